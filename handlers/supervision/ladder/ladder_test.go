package ladder_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cymar/handlers/supervision/calendar"
	. "cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

func date(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

var london = func() *time.Location {
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	return loc
}()

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, london)
	if err != nil {
		panic(err)
	}
	return t
}

// person is somebody who works office hours in England.
func person(clocks ...Clock) Person {
	return Person{Clocks: clocks, Rungs: Usual, Hours: calendar.Hours{Zone: london, Nation: calendar.EnglandAndWales}}
}

// peer is a peer-led supervision on a day, set up long ago.
func peer(next string) Clock {
	return Clock{Kind: when.Peer, Every: when.Weeks(4), Next: date(next), Since: date("2026-01-05")}
}

// story lets time pass, telling the person whenever something is due, and
// says what they were told and when.
func story(p Person, from string, days int) []string {
	var out []string
	now := at(from)
	for end := now.AddDate(0, 0, days); ; {
		next, ok := p.Next(now)
		if !ok || next.After(end) {
			return out
		}
		now = next
		var said []string
		for _, i := range p.Due(now) {
			s := fmt.Sprintf("%s %s", i.Clock.Kind, i.Step)
			if i.Final {
				s += " final"
			}
			said = append(said, s)
		}
		out = append(out, now.In(london).Format("Mon 2 Jan 15:04")+": "+strings.Join(said, " + "))
		p.Told = p.Hours.Today(now)
	}
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("told:\n%s\nwant:\n%s", g, w)
	}
}

func TestTheLadderHasThreeRungsBeforeAndFourAfterAndThenItStops(t *testing.T) {
	t.Parallel()
	expect(t, story(person(peer("2026-10-15")), "2026-09-01 12:00", 365),
		"Thu 8 Oct 09:00: peer ahead",
		"Wed 14 Oct 09:00: peer ahead",
		"Thu 15 Oct 09:00: peer today",
		"Mon 19 Oct 09:00: peer overdue", // three days later is a Sunday
		"Mon 26 Oct 09:00: peer overdue", // the clocks went back on Sunday
		"Mon 2 Nov 09:00: peer overdue",
		"Mon 9 Nov 09:00: peer overdue final")
}

func TestASpaceCanHaveOtherRungs(t *testing.T) {
	t.Parallel()
	p := person(peer("2026-10-15"))
	p.Rungs = Rungs{Before: []int{14, 0}, After: 1, Every: 3, Times: 1}
	expect(t, story(p, "2026-09-01 12:00", 365),
		"Thu 1 Oct 09:00: peer ahead", "Thu 15 Oct 09:00: peer today", "Fri 16 Oct 09:00: peer overdue final")
	p.Rungs = Rungs{}
	expect(t, story(p, "2026-09-01 12:00", 365))
}

func TestRungsAvoidWeekendsAndBankHolidays(t *testing.T) {
	t.Parallel()
	expect(t, story(person(peer("2026-12-28")), "2026-12-01 12:00", 30),
		"Mon 21 Dec 09:00: peer ahead",
		"Thu 24 Dec 09:00: peer ahead", // for the day before and for the day itself, a substitute holiday
		"Thu 31 Dec 09:00: peer overdue")
}

func TestTheSubstituteDayIsAWorkingDayOfSomeWhoAreWrittenToThen(t *testing.T) {
	t.Parallel()
	p := person(peer("2026-12-28"))
	p.Hours.Holidays, p.Hours.Days = true, calendar.Days(time.Saturday, time.Sunday, time.Monday)
	p.Told = date("2026-12-21")
	expect(t, story(p, "2026-12-22 12:00", 8), "Sun 27 Dec 09:00: peer ahead", "Mon 28 Dec 09:00: peer today")
}

func TestSeveralKindsOnADayMergeIntoOneMessage(t *testing.T) {
	t.Parallel()
	line := Clock{Kind: when.Line, Every: when.Weeks(6), Next: date("2026-10-22"), Since: date("2026-01-05")}
	got := story(person(peer("2026-10-15"), line), "2026-09-01 12:00", 50)
	expect(t, got[:4], "Thu 8 Oct 09:00: peer ahead", "Wed 14 Oct 09:00: peer ahead",
		"Thu 15 Oct 09:00: peer today + line ahead", "Mon 19 Oct 09:00: peer overdue")
}

func TestAfterAnOutageTheMissedRungsAreOneMessageOnTheNextSuitableMorning(t *testing.T) {
	t.Parallel()
	p := person(peer("2026-10-15"))
	p.Told = date("2026-10-08")
	for _, c := range []struct{ back, want string }{
		{"2026-10-14 11:30", "Wed 14 Oct 11:30: peer ahead"},        // hours late, within the day
		{"2026-10-14 23:10", "Thu 15 Oct 09:00: peer today"},        // not at night
		{"2026-10-17 03:00", "Mon 19 Oct 09:00: peer overdue"},      // three days: merged, and not on Saturday
		{"2026-10-16 08:00", "Fri 16 Oct 09:00: peer overdue"},      // late by a day
		{"2026-10-16 14:00", "Mon 19 Oct 09:00: peer overdue"},      // late by more, so not in the afternoon
		{"2026-10-16 09:40", "Fri 16 Oct 09:40: peer overdue"},      // but a morning will do
		{"2027-03-01 02:00", "Mon 1 Mar 09:00: peer overdue final"}, // everything was missed
	} {
		if got := story(p, c.back, 200); len(got) == 0 || got[0] != c.want {
			t.Errorf("back at %s: %v, want %s", c.back, got, c.want)
		}
	}
}

func TestWhatWasJustSetUpIsNotRemindedOfAtOnce(t *testing.T) {
	t.Parallel()
	c := peer("2026-10-15")
	c.Since = date("2026-10-12")
	expect(t, story(person(c), "2026-10-12 10:00", 4), "Wed 14 Oct 09:00: peer ahead", "Thu 15 Oct 09:00: peer today")
}

func TestASnoozeSaysItOnceOnItsDay(t *testing.T) {
	t.Parallel()
	c := peer("2026-10-15")
	p := person(c.Quiet(date("2026-10-17"))) // a Saturday
	p.Told = date("2026-10-14")
	expect(t, story(p, "2026-10-14 10:00", 14), "Mon 19 Oct 09:00: peer overdue", "Mon 26 Oct 09:00: peer overdue")
}

func TestAPauseIsNotOverdueAndEndsByItself(t *testing.T) {
	t.Parallel()
	p := person(peer("2026-10-15"))
	p.Pause = Pause{From: date("2026-10-12"), Until: date("2026-10-31")} // a Saturday
	expect(t, story(p, "2026-10-01 10:00", 60),
		"Thu 8 Oct 09:00: peer ahead",
		"Mon 2 Nov 09:00: peer overdue", // the day itself, put off
		"Tue 3 Nov 09:00: peer overdue",
		"Tue 10 Nov 09:00: peer overdue",
		"Tue 17 Nov 09:00: peer overdue",
		"Tue 24 Nov 09:00: peer overdue final")
}

func TestACancellationIsNotChased(t *testing.T) {
	t.Parallel()
	c := peer("2026-10-15").CalledOff(date("2026-10-14"))
	expect(t, story(person(c), "2026-10-14 10:00", 365), "Wed 21 Oct 09:00: peer ask")
}

func TestWhoHasNobodyIsNotChased(t *testing.T) {
	t.Parallel()
	expect(t, story(person(peer("2026-10-15").WithNobody(date("2026-09-30"), false)), "2026-09-30 10:00", 365))
	expect(t, story(person(peer("2026-10-15").WithNobody(date("2026-09-30"), true)), "2026-09-30 10:00", 100),
		"Fri 30 Oct 09:00: peer quiet", "Mon 30 Nov 09:00: peer quiet", "Wed 30 Dec 09:00: peer quiet")
}

func TestHeldCountsTheNextDateFromTheDayItWasHeld(t *testing.T) {
	t.Parallel()
	c := peer("2026-10-15").Quiet(date("2026-10-20")).Held(date("2026-10-12"), date("2026-10-13"), 0)
	if c.Last != date("2026-10-12") || c.Next != date("2026-11-09") || c.Snooze != 0 || c.State != Running {
		t.Errorf("%+v", c)
	}
	if again := c.Held(date("2026-10-12"), date("2026-10-13"), 0); again != c {
		t.Errorf("the same again changed it to %+v", again)
	}
}

func TestADefaultIsHalvedInTheFirstTwelveWeeks(t *testing.T) {
	t.Parallel()
	c := Clock{Kind: when.Peer, Every: when.Weeks(4), Default: true}
	post := date("2026-10-01")
	for on, want := range map[string]string{"2026-10-12": "2026-10-26", "2026-12-24": "2027-01-21"} {
		if got := c.Held(date(on), date(on), post).Next; got != date(want) {
			t.Errorf("held on %s: %s", on, got)
		}
	}
	c.Default = false
	if got := c.Held(date("2026-10-12"), date("2026-10-12"), post).Next; got != date("2026-11-09") {
		t.Errorf("a chosen interval was halved: %s", got)
	}
}

func TestEachClockCountsInOneWay(t *testing.T) {
	t.Parallel()
	today, pause := date("2026-10-20"), Pause{From: date("2026-10-01"), Until: date("2026-11-01")}
	held := func(on string) Clock { c := peer("2026-10-15"); return c.Held(date(on), date(on), 0) }
	for _, c := range []struct {
		clock Clock
		pause Pause
		want  Standing
	}{
		{held("2026-10-01"), Pause{}, UpToDate},
		{held("2026-09-01"), Pause{}, Behind},
		{held("2026-09-01"), pause, Paused},
		{peer("2026-10-25"), Pause{}, NotYet},
		{peer("2026-10-15"), Pause{}, Behind},
		{held("2026-10-01").CalledOff(today), Pause{}, CalledOff},
		{held("2026-10-01").WithNobody(today, true), pause, NoOne},
	} {
		if got := c.clock.Standing(c.pause, today); got != c.want {
			t.Errorf("%+v: %s, want %s", c.clock, got, c.want)
		}
	}
}
