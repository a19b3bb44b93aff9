package supervision_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
	"time"

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
			if unsaid.Add(1)%2 == 0 {
				return fmt.Errorf("post: %w", context.DeadlineExceeded)
			}
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
		if counted, _ := c.db.HGet(t.Context(), "{cymar:00}:counts", "twice:fault").Int64(); counted < twice {
			t.Errorf("%d were sent twice, and %d are counted", twice, counted)
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

func TestAClockThatJumpsLosesNothingAndSendsNothingTwice(t *testing.T) {
	t.Parallel()
	c := newCrowd(t, 2, false)
	end := at("2026-04-30 12:00")
	want := c.people(6, end)
	rnd, days := rand.New(rand.NewPCG(7, 9)), map[string]int{}
	for now := at("2026-01-05 09:00"); now.Before(end); now = now.Add(time.Duration(rnd.IntN(40)) * time.Hour) {
		for _, back := range []time.Duration{0, time.Duration(rnd.IntN(300)) * time.Minute} { // it goes back as well, as a corrected clock does
			moment := now.Add(-back).Truncate(time.Minute)
			c.clock.Set(moment)
			before := len(c.platform.All())
			c.everywhere(bottest.Tick("supervision.nudge", moment))
			for _, s := range c.platform.All()[before:] {
				if s.How != "send" {
					continue
				}
				local := c.clock.Now().In(london)
				days[string(s.To.ID)+" "+local.Format(time.DateOnly)]++
				if local.Hour() < 9 || local.Hour() > 18 || local.Weekday() == time.Saturday || local.Weekday() == time.Sunday {
					t.Errorf("sent at %s", local)
				}
			}
		}
	}
	for day, n := range days {
		if n > 1 {
			t.Errorf("%d messages: %s", n, day)
		}
	}
	c.nothingPending(want)
	if len(days) < 20 {
		t.Errorf("only %d messages", len(days))
	}
	t.Logf("%d messages, none twice on a day, none left over", len(days))
}

// nothingPending looks that nobody has something left to be told, a working
// hour after the last jump.
func (c *crowd) nothingPending(people map[bot.UserID][]string) {
	c.t.Helper()
	for _, moment := range []string{"2026-05-05 09:00", "2026-05-05 09:40", "2026-05-06 09:40"} {
		c.clock.Set(at(moment))
		c.everywhere(bottest.Tick("supervision.nudge", at(moment)))
	}
	for id := range people {
		r, err := c.store.Load(c.t.Context(), bottest.Person(id))
		if err != nil || r.Told < r.Clocks[0].Next {
			c.t.Errorf("%s was last told on %s of %s: %v", id, r.Told, r.Clocks[0].Next, err)
		}
	}
	if at, ok := c.next(); ok {
		c.t.Errorf("somebody is still due at %s", at)
	}
}
