package ladder_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"cymar/handlers/supervision/calendar"
	. "cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

// of is a date of somebody else's.
func of(who, next string) Clock {
	c := peer(next)
	c.Of = who
	return c
}

func TestADateOfSomebodyElseHasTheRungsBeforeAndNoneAfter(t *testing.T) {
	t.Parallel()
	expect(t, story(person(of("bea", "2026-12-03")), "2026-11-01 00:00", 90),
		"Thu 26 Nov 09:00: peer ahead",
		"Wed 2 Dec 09:00: peer ahead",
		"Thu 3 Dec 09:00: peer today")
}

func TestDatesOfManyComeTogetherWithOnesOwn(t *testing.T) {
	t.Parallel()
	own := Clock{Kind: when.Line, Every: when.Weeks(6), Next: date("2026-12-03"), Since: date("2026-01-05")}
	expect(t, story(person(own, of("bea", "2026-12-03"), of("cat", "2026-12-10")), "2026-11-25 12:00", 20),
		"Thu 26 Nov 09:00: line ahead + peer ahead",
		"Wed 2 Dec 09:00: line ahead + peer ahead",
		"Thu 3 Dec 09:00: line today + peer today + peer ahead",
		"Mon 7 Dec 09:00: line overdue", // the third day after was a Sunday
		"Wed 9 Dec 09:00: peer ahead",
		"Thu 10 Dec 09:00: peer today",
		"Mon 14 Dec 09:00: line overdue")
}

func TestADateOfSomebodyElseThatHasNoDateSaysNothing(t *testing.T) {
	t.Parallel()
	cancelled, nobody := of("bea", "2026-12-03").CalledOff(date("2026-11-20")), of("cat", "2026-12-03").WithNobody(date("2026-10-20"), true)
	if got := story(person(cancelled, nobody), "2026-11-20 00:00", 120); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

func TestADateOfSomebodyElseThatIsOverIsNotCaughtUpWith(t *testing.T) {
	t.Parallel()
	p := person(of("bea", "2026-12-03"))
	if got := story(p, "2026-12-03 18:30", 60); len(got) != 0 {
		t.Errorf("after an outage: %q", got)
	}
	p.Hours.Days = calendar.Days(time.Monday) // who works on Mondays only is told on the Monday before
	expect(t, story(p, "2026-11-20 12:00", 60), "Mon 23 Nov 09:00: peer ahead", "Mon 30 Nov 09:00: peer ahead")
}

// TestAnyDatesSharedKeepToOneMessageADay gives anybody any dates of others.
func TestAnyDatesSharedKeepToOneMessageADay(t *testing.T) {
	t.Parallel()
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 21))
		from := date("2024-01-01").Add(r.IntN(6 * 365))
		p := somebody(r, from)
		for i := range 1 + r.IntN(12) {
			c := Clock{Kind: when.Kinds[r.IntN(len(when.Kinds))], Every: when.Weeks(4), Next: from.Add(r.IntN(60) - 10), Since: from.Add(-r.IntN(30)), Of: fmt.Sprint("u", i)}
			p.Clocks = append(p.Clocks, c)
		}
		now := from.At(r.IntN(24), r.IntN(60), p.Hours.Zone)
		for n := 0; n < 60; n++ {
			next, ok := p.Next(now)
			if !ok {
				break
			}
			day := p.Hours.Today(next)
			if day <= p.Told || !p.Hours.Works(day) || next.Before(now) {
				t.Fatalf("seed %d: told at %s, last on %s", seed, next, p.Told)
			}
			for _, i := range p.Due(next) {
				if i.Clock.Of != "" && (i.Step != Ahead && i.Step != Today || i.Clock.Next < day) {
					t.Fatalf("seed %d: on %s of somebody else's: %+v", seed, day, i)
				}
			}
			p.Told, now = day, next
		}
	}
}

// TestEachSpacesRungsAreKeptTo gives a space any rungs: each comes on its day,
// or on the working day before or after it.
func TestEachSpacesRungsAreKeptTo(t *testing.T) {
	t.Parallel()
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 22))
		p := person(peer("2026-12-16"))
		p.Hours.Days, p.Hours.Holidays = 127, true // every day is a working day
		p.Rungs = Rungs{After: 1 + r.IntN(6), Every: 1 + r.IntN(9), Times: r.IntN(6)}
		want := map[string]bool{}
		for n := 30; n >= 0; n -= 1 + r.IntN(12) {
			p.Rungs.Before = append(p.Rungs.Before, n)
			want[date("2026-12-16").Add(-n).String()] = true
		}
		for k := range p.Rungs.Times {
			want[date("2026-12-16").Add(p.Rungs.After+k*p.Rungs.Every).String()] = true
		}
		got := map[string]bool{}
		for now := at("2026-10-01 12:00"); ; {
			next, ok := p.Next(now)
			if !ok {
				break
			}
			p.Told, now = p.Hours.Today(next), next
			got[p.Told.String()] = true
		}
		if len(got) != len(want) {
			t.Fatalf("seed %d: %v, want %v", seed, got, want)
		}
		for day := range want {
			if !got[day] {
				t.Fatalf("seed %d: nothing on %s of %+v", seed, day, p.Rungs)
			}
		}
	}
}

func TestAStateFollowsFromWhatWasPressedLast(t *testing.T) {
	t.Parallel()
	today := date("2026-11-23")
	press := map[string]func(Clock) Clock{
		"held":      func(c Clock) Clock { return c.Held(today, today, 0) },
		"moved":     func(c Clock) Clock { return c.Moved(date("2026-12-09"), today) },
		"cancelled": func(c Clock) Clock { return c.CalledOff(today) },
		"nobody":    func(c Clock) Clock { return c.WithNobody(today, true) },
		"snoozed":   func(c Clock) Clock { return c.Quiet(date("2026-11-30")) },
	}
	state := map[string]State{"held": Running, "moved": Running, "cancelled": Cancelled, "nobody": Nobody}
	for first, one := range press {
		for second, two := range press {
			c := two(one(peer("2026-12-03")))
			if second == "snoozed" {
				continue
			}
			if c.State != state[second] || !c.Snooze.Zero() || c.Since != today {
				t.Errorf("%s, then %s: %+v", first, second, c)
			}
			if c.Monthly && c.State != Nobody || (c.State != Running) != c.Next.Zero() {
				t.Errorf("%s, then %s leaves something of the other: %+v", first, second, c)
			}
		}
	}
}

// TestTheNextDateIsAlwaysCountedFromTheDayItWasHeld holds for every interval
// and every day, early, late or on time.
func TestTheNextDateIsAlwaysCountedFromTheDayItWasHeld(t *testing.T) {
	t.Parallel()
	for _, every := range []when.Interval{when.Weeks(1), when.Weeks(2), when.Weeks(4), when.Weeks(6), {Days: 10}, {Months: 1}, {Months: 3}} {
		for off := -20; off <= 20; off++ {
			c := peer("2026-12-03")
			c.Every = every
			on := c.Next.Add(off)
			got := c.Held(on, date("2026-12-30"), 0)
			if got.Last != on || got.Next != every.After(on) || got.Next <= on {
				t.Errorf("every %+v, held %s: next %s", every, on, got.Next)
			}
		}
	}
}

func TestWhoIsNewIsHalvedUntilTheTwelfthWeekAndOnlyByDefault(t *testing.T) {
	t.Parallel()
	post := date("2026-10-05")
	for week := range 20 {
		on := post.Add(7 * week)
		chosen, byDefault := peer("2026-12-03"), peer("2026-12-03")
		byDefault.Default = true
		if got := chosen.Held(on, on, post).Next - on; got != 28 {
			t.Errorf("week %d: what was chosen became %d days", week, got)
		}
		want := calendar.Date(28)
		if week < 12 {
			want = 14
		}
		if got := byDefault.Held(on, on, post).Next - on; got != want {
			t.Errorf("week %d: the default became %d days, want %d", week, got, want)
		}
	}
}
