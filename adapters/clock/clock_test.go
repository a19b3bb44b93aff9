package clock_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"cymar/adapters/clock"
	"cymar/bot"
)

type stopped struct{ t time.Time }

func (s *stopped) Now() time.Time { return s.t }

type sink struct {
	ids   []string
	fails int
}

func (s *sink) Receive(_ context.Context, ev bot.Event) (*bot.Now, error) {
	if s.fails > 0 {
		s.fails--
		return nil, errors.New("no")
	}
	s.ids = append(s.ids, string(ev.ID))
	return nil, nil
}

func at(s string) time.Time {
	t, err := time.Parse("2006-01-02 15:04:05", s)
	if err != nil {
		panic(err)
	}
	return t
}

func start(t *testing.T, spec string, shards int, from string) (*clock.Clock, *stopped, *sink) {
	t.Helper()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	now := &stopped{at(from)}
	c, err := clock.New(clock.Options{
		Schedules: []bot.Schedule{{Job: "a.b", Spec: spec}}, Shards: shards, Zone: london,
		Clock: now, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, now, &sink{}
}

func TestATickIsFiredOnceForEachShardWhenItIsDue(t *testing.T) {
	t.Parallel()
	c, now, got := start(t, "* * * * *", 2, "2026-11-23 08:59:30")
	c.Step(t.Context(), got)
	now.t = at("2026-11-23 09:00:00")
	c.Step(t.Context(), got)
	now.t = at("2026-11-23 09:00:30")
	c.Step(t.Context(), got)
	want := []string{"tick:a.b:00:2026-11-23T09:00Z", "tick:a.b:01:2026-11-23T09:00Z"}
	if !slices.Equal(got.ids, want) {
		t.Errorf("%v, want %v", got.ids, want)
	}
}

func TestTheIDDoesNotDependOnWhenAReplicaLooks(t *testing.T) {
	t.Parallel()
	a, nowA, gotA := start(t, "0 9 * * *", 1, "2026-11-23 08:00:00")
	b, nowB, gotB := start(t, "0 9 * * *", 1, "2026-11-22 23:00:00")
	nowA.t, nowB.t = at("2026-11-23 09:00:01"), at("2026-11-23 09:07:00")
	a.Step(t.Context(), gotA)
	b.Step(t.Context(), gotB)
	if len(gotA.ids) != 1 || !slices.Equal(gotA.ids, gotB.ids) {
		t.Errorf("%v and %v", gotA.ids, gotB.ids)
	}
}

func TestALeapForwardFiresTheLatestOnly(t *testing.T) {
	t.Parallel()
	for spec, want := range map[string]string{
		"* * * * *": "2026-12-23T12:00Z",
		"0 9 * * *": "2026-12-23T09:00Z",
		"0 9 1 * *": "2026-12-01T09:00Z",
	} {
		c, now, got := start(t, spec, 1, "2026-11-23 08:00:00")
		now.t = at("2026-12-23 12:00:00")
		c.Step(t.Context(), got)
		if len(got.ids) != 1 || !strings.HasSuffix(got.ids[0], want) {
			t.Errorf("%s: %v, want %s", spec, got.ids, want)
		}
	}
}

func TestAnHourIsTheZonesHourInSummerAndWinter(t *testing.T) {
	t.Parallel()
	c, now, got := start(t, "0 9 * * *", 1, "2026-10-24 00:00:00")
	for _, s := range []string{"2026-10-24 09:30:00", "2026-10-25 09:30:00"} {
		now.t = at(s)
		c.Step(t.Context(), got)
	}
	want := []string{"tick:a.b:00:2026-10-24T08:00Z", "tick:a.b:00:2026-10-25T09:00Z"}
	if !slices.Equal(got.ids, want) {
		t.Errorf("%v, want %v", got.ids, want)
	}
}

func TestATickThatWasNotAcceptedComesAgain(t *testing.T) {
	t.Parallel()
	c, now, got := start(t, "* * * * *", 1, "2026-11-23 08:59:30")
	got.fails = 1
	now.t = at("2026-11-23 09:00:00")
	c.Step(t.Context(), got)
	now.t = at("2026-11-23 09:00:01")
	c.Step(t.Context(), got)
	if len(got.ids) != 1 {
		t.Errorf("%v", got.ids)
	}
}

func TestAClockSetBackFiresAgainOnlyFromThere(t *testing.T) {
	t.Parallel()
	c, now, got := start(t, "0 * * * *", 1, "2026-11-23 08:30:00")
	now.t = at("2026-11-22 08:30:00")
	c.Step(t.Context(), got)
	now.t = at("2026-11-22 09:00:00")
	c.Step(t.Context(), got)
	if len(got.ids) != 1 || !strings.Contains(got.ids[0], "2026-11-22T09:00Z") {
		t.Errorf("%v", got.ids)
	}
}

func TestAScheduleThatCannotBeReadIsNamed(t *testing.T) {
	t.Parallel()
	_, err := clock.New(clock.Options{Schedules: []bot.Schedule{{Job: "x.y", Spec: "often"}}, Clock: &stopped{}})
	if err == nil || !strings.Contains(err.Error(), "x.y") {
		t.Errorf("%v", err)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	t.Parallel()
	c, _, got := start(t, "* * * * *", 1, "2026-11-23 08:59:30")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.Run(ctx, got); err != nil {
		t.Error(err)
	}
}
