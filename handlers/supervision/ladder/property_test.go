package ladder_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"cymar/handlers/supervision/calendar"
	. "cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

// somebody is a person with any dates, days, hours, zone and rungs.
func somebody(r *rand.Rand, from calendar.Date) Person {
	zones := []string{"Europe/London", "Europe/London", "America/New_York", "Pacific/Auckland"}
	zone, err := time.LoadLocation(zones[r.IntN(len(zones))])
	if err != nil {
		panic(err)
	}
	nations := []calendar.Nation{calendar.EnglandAndWales, calendar.Scotland, calendar.NorthernIreland}
	p := Person{Rungs: Usual, Hours: calendar.Hours{Zone: zone, Nation: nations[r.IntN(3)], Days: calendar.Week(r.IntN(128)),
		From: r.IntN(24 * 60), Until: r.IntN(24 * 60), Spread: r.IntN(30), Holidays: r.IntN(4) == 0}}
	for _, k := range when.Kinds[:1+r.IntN(len(when.Kinds))] {
		c := Clock{Kind: k, Every: when.Interval{Days: 1 + r.IntN(60)}, Next: from.Add(r.IntN(90) - 20), Since: from.Add(-r.IntN(40))}
		switch r.IntN(6) {
		case 0:
			c = c.CalledOff(from.Add(-r.IntN(9)))
		case 1:
			c = c.WithNobody(from.Add(-r.IntN(60)), r.IntN(2) == 0)
		case 2:
			c = c.Quiet(from.Add(r.IntN(30)))
		}
		p.Clocks = append(p.Clocks, c)
	}
	if r.IntN(3) == 0 {
		p.Pause.From = from.Add(r.IntN(40) - 10)
		p.Pause.Until = p.Pause.From.Add(r.IntN(40))
	}
	return p
}

// check is what must be true of every message.
func check(t *testing.T, p Person, now, asked time.Time) {
	t.Helper()
	day, local := p.Hours.Today(now), now.In(p.Hours.Zone)
	switch {
	case now.Before(asked):
		t.Fatalf("due %s, before it was asked at %s", now, asked)
	case !p.Hours.Works(day):
		t.Fatalf("%s is no working day", local)
	case local.Hour() < 7 || local.Hour() > 20:
		t.Fatalf("%s is at night", local)
	case day <= p.Told:
		t.Fatalf("a second message on %s", day)
	case p.Pause.Holds(day):
		t.Fatalf("%s is in the pause", day)
	case len(p.Due(now)) == 0:
		t.Fatalf("nothing to say at %s", local)
	}
}

func TestNobodyIsEverWrittenToTwiceADayOrAtNightOrOnADayOff(t *testing.T) {
	t.Parallel()
	for seed := range uint64(1500) {
		r := rand.New(rand.NewPCG(seed, 7))
		from := date("2024-01-01").Add(r.IntN(7 * 365))
		p := somebody(r, from)
		now := from.At(r.IntN(24), r.IntN(60), p.Hours.Zone)
		overdue := map[when.Kind]int{}
		for n := 0; ; n++ {
			if r.IntN(5) == 0 { // an outage, of minutes or of days
				now = now.Add(time.Duration(r.IntN(1+r.IntN(10*24*60))) * time.Minute)
			}
			next, ok := p.Next(now)
			if !ok || n > 60 {
				break
			}
			check(t, p, next, now)
			for _, i := range p.Due(next) {
				if i.Step == Overdue && i.Clock.Next.Add(2) < p.Hours.Today(next) {
					overdue[i.Clock.Kind]++
				}
			}
			p.Told, now = p.Hours.Today(next), next
		}
		for k, n := range overdue {
			if n > 6 { // four, and a snooze or a pause that ended
				t.Fatalf("seed %d: %s was chased %d times", seed, k, n)
			}
		}
	}
}

// TestNoRungIsSkippedOrDoubledWhenTheClocksChange follows a weekly supervision
// over seven years: the same wall-clock minute, once on every rung's day.
func TestNoRungIsSkippedOrDoubledWhenTheClocksChange(t *testing.T) {
	t.Parallel()
	hours := calendar.Hours{Zone: london, Holidays: true, Days: 127, Spread: 17}
	told := map[calendar.Date]int{}
	for next := date("2024-01-10"); next < date("2030-12-20"); next = next.Add(7) {
		p := Person{Rungs: Rungs{Before: []int{1, 0}}, Hours: hours,
			Clocks: []Clock{{Kind: when.Peer, Every: when.Weeks(1), Next: next, Since: next.Add(-7)}}}
		now := next.Add(-6).At(0, 0, london)
		for range 2 {
			var ok bool
			if now, ok = p.Next(now); !ok {
				t.Fatalf("a rung of %s is missing", next)
			}
			if l := now.In(london); l.Hour() != 9 || l.Minute() != 17 {
				t.Fatalf("%s is not at 9:17", l)
			}
			p.Told = hours.Today(now)
			told[p.Told]++
		}
		if again, ok := p.Next(now); ok {
			t.Fatalf("a third rung of %s at %s", next, again)
		}
	}
	for next := date("2024-01-10"); next < date("2030-12-20"); next = next.Add(7) {
		if told[next] != 1 || told[next.Add(-1)] != 1 {
			t.Errorf("%s: %d on the day, %d the day before", next, told[next], told[next.Add(-1)])
		}
	}
}

func FuzzNext(f *testing.F) {
	f.Add(uint64(1), int64(1_790_000_000), int64(60))
	f.Fuzz(func(t *testing.T, seed uint64, unix, later int64) {
		unix = 1_700_000_000 + (unix%200_000_000+200_000_000)%200_000_000
		r := rand.New(rand.NewPCG(seed, 1))
		now := time.Unix(unix, 0)
		p := somebody(r, calendar.On(now, time.UTC))
		p.Tried = p.Hours.Today(now).Add(-r.IntN(3))
		next, ok := p.Next(now)
		if !ok {
			return
		}
		check(t, p, next, now)
		// Asking again in between changes nothing: the set of who is due can
		// be read at any time.
		if gap := next.Sub(now); gap > 0 {
			between := now.Add(time.Duration(uint64(later) % uint64(gap)))
			if again, ok := p.Next(between); !ok || !again.Equal(next) {
				t.Fatalf("at %s it was %s, at %s it is %s", now, next, between, again)
			}
		}
	})
}

func BenchmarkNext(b *testing.B) {
	p := person(peer("2026-10-15"), Clock{Kind: when.Line, Every: when.Weeks(6), Next: date("2026-10-22")})
	now := at("2026-10-01 12:00")
	for b.Loop() {
		p.Next(now)
	}
}
