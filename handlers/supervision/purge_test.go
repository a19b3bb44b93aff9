package supervision_test

import (
	"errors"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/supervision"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/ladder"
)

const thirteenMonths = 396 * 24 * time.Hour

func TestARecordWithWhichNothingHappenedForThirteenMonthsGoes(t *testing.T) {
	t.Parallel()
	old := date(t, "2025-01-06")
	now := at("2026-03-02 09:00") // 13 months and three weeks later
	for name, c := range map[string]struct {
		gone   bool
		change func(r *supervision.Record)
	}{
		"untouched":                    {true, func(*supervision.Record) {}},
		"due later":                    {false, func(r *supervision.Record) { r.Clocks[0].Next = date(t, "2026-06-01") }},
		"held since":                   {false, func(r *supervision.Record) { r.Clocks[0].Last = old.Add(300) }},
		"changed since":                {false, func(r *supervision.Record) { r.Clocks[0].Since = old.Add(300) }},
		"a monthly line reached them":  {false, func(r *supervision.Record) { r.Told = old.Add(300) }},
		"monthly lines reached nobody": {true, func(r *supervision.Record) { r.Told, r.Missed = old.Add(400), 3 }},
		"one line missed them":         {false, func(r *supervision.Record) { r.Told, r.Missed = old.Add(400), 1 }},
		"paused until lately":          {false, func(r *supervision.Record) { r.Pause = ladder.Pause{From: old, Until: old.Add(400)} }},
		"setting something up":         {false, func(r *supervision.Record) { r.Draft = &supervision.Draft{Until: now} }},
		"told of others' dates":        {false, func(r *supervision.Record) { r.Sees = []supervision.Seen{{User: "other"}} }},
		"invited, never answered":      {true, func(r *supervision.Record) { r.Accepted, r.Clocks, r.Invited = 0, nil, old }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := bottest.Redis(t)
			store, clock := supervision.NewStore(db, 1), bottest.NewClock(now)
			idle(t, store, old, c.change)
			want := map[bool]int64{true: 1}[c.gone]
			for _, dry := range []bool{true, false} {
				if n, next, err := supervision.PurgeIdle(t.Context(), store, clock, 0, thirteenMonths, dry, ""); err != nil || n != want || next != "" {
					t.Errorf("dry %v: %d, %v", dry, n, err)
				}
				_, err := store.Load(t.Context(), bea)
				if gone := errors.Is(err, bot.ErrNotFound); gone != (c.gone && !dry) {
					t.Errorf("dry %v: %v", dry, err)
				}
			}
			if keys := allKeys(t, db); c.gone && len(keys) != 0 {
				t.Errorf("left: %v", keys)
			}
		})
	}
}

// idle is a record with which nothing happened since a day, but for change.
func idle(t *testing.T, store supervision.Store, since calendar.Date, change func(*supervision.Record)) {
	t.Helper()
	_, err := store.Change(t.Context(), bea, func(r *supervision.Record) error {
		r.Accepted, r.Told, r.Look = since, since, bottest.Start
		r.Clocks = []supervision.Clock{{Clock: ladder.Clock{Kind: "line", Last: since.Add(-28), Next: since, Since: since.Add(-28)}}}
		change(r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAGreatShardIsPurgedInSteps(t *testing.T) {
	t.Parallel()
	db, now := bottest.Redis(t), at("2028-03-02 09:00")
	const people = 25_000
	enrolledPeople(t, db, people, 0, now) // with dates in 2026
	if err := db.SAdd(t.Context(), "{cymar:00}:supervision:homes", "fake\x00"+string(bottest.Tenant)).Err(); err != nil {
		t.Fatal(err)
	}
	store, clock := supervision.NewStore(db, 1), bottest.NewClock(now)
	var sum int64
	steps, from := 0, ""
	for more := true; more; more = from != "" {
		n, next, err := supervision.PurgeIdle(t.Context(), store, clock, 0, thirteenMonths, true, from)
		if err != nil {
			t.Fatal(err)
		}
		sum, from = sum+n, next
		steps++
	}
	if sum < people || sum > people+people/10 || steps < 2 || steps > 4 { // a scan may show somebody twice
		t.Errorf("%d people in %d steps", sum, steps)
	}
}
