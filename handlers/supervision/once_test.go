package supervision_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cymar/bot"
	"cymar/bot/bottest"
)

func TestFiveReplicasThroughAYearRemindEachPersonOnceForEveryRung(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 5, false)
	end := at("2026-12-31 23:00")
	want := c.people(5, end)
	got := c.year(end)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(want["p0"]) < 60 {
		t.Errorf("only %d messages in a year", len(want["p0"]))
	}
}

func TestReplicasThatDieBetweenStepsLoseNothingAndSendNothingTwice(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 3, true)
	end := at("2026-06-30 23:00")
	want := c.people(4, end)
	got := c.year(end)
	for id, days := range want {
		if extra := slices.Compact(slices.Clone(got[id])); len(extra) != len(got[id]) {
			t.Errorf("%s was told twice on a day: %v", id, got[id])
		}
		if diff := cmp.Diff(days, got[id]); diff != "" {
			t.Errorf("%s: %s", id, diff)
		}
	}
}

func TestAPlatformThatFailsLosesNothingAndOnlyItsOwnWindowSendsTwice(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 2, false)
	var unsaid atomic.Int64
	chance := &dice{rnd: rand.New(rand.NewPCG(1, 2))}
	c.platform.Before = func(_ context.Context, s bottest.Sent) error {
		if s.How == "send" && chance.one(4) {
			return bottest.Refused(bot.RateLimited, 0)
		}
		if s.How == "send" && chance.one(6) {
			return bottest.Refused(bot.ServerFault, 0)
		}
		return nil
	}
	c.platform.After = func(_ context.Context, s bottest.Sent) error {
		if s.How == "send" && chance.one(6) { // it took the message, and did not say so
			unsaid.Add(1)
			return bottest.Refused(bot.ServerFault, 0)
		}
		return nil
	}
	end := at("2026-05-31 23:00")
	want := c.people(1, end)
	got := c.year(end)
	for id, days := range want {
		if diff := cmp.Diff(days, slices.Compact(slices.Clone(got[id]))); diff != "" {
			t.Errorf("%s: %s", id, diff)
		}
		twice := int64(len(got[id]) - len(days))
		if twice > unsaid.Load() {
			t.Errorf("%d were sent twice, and %d were taken without a word", twice, unsaid.Load())
		}
		t.Logf("%d messages, %d of them twice, each where the platform took it and did not say so", len(days), twice)
	}
}

func TestARedisThatIsRestartedLosesNothing(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 2, false)
	if !c.server.Real() {
		t.Skip("miniredis keeps nothing over a restart: redis-server is not installed")
	}
	end := at("2026-06-30 23:00")
	want := c.people(3, end)
	got := map[bot.UserID][]string{}
	for _, stop := range []string{"2026-02-01 12:00", "2026-03-29 01:30", "2026-06-30 23:00"} {
		for id, days := range c.year(at(stop)) {
			got[id] = append(got[id], days...)
		}
		c.server.Stop()
		c.server.Start(t)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
