package supervision_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/supervision"
)

// What people complain of in other reminders, each as a test of ours.

func TestASnoozeDoublesNothing(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	got := sc.until(at("2026-11-26 10:00"))
	for _, n := range []string{"1", "3", "7"} {
		sc.press(bea, "supervision.snooze", n)
	}
	sc.press(bea, "supervision.snooze", "3")
	got = append(got, sc.until(at("2026-12-03 18:00"))...)
	told(t, got,
		"Thu 26 Nov 09:23 d-bea: Peer-led supervision is coming up in 7 days, Thursday 3 December.",
		"Mon 30 Nov 09:23 d-bea: Peer-led supervision is coming up in 3 days, Thursday 3 December.", // the snooze's day was a Sunday
		"Wed 2 Dec 09:23 d-bea: Peer-led supervision is coming up tomorrow, Thursday 3 December.",
		"Thu 3 Dec 09:23 d-bea: Peer-led supervision is today, Thursday 3 December.")
}

func TestAnotherTimeZoneMeansAnotherHourAndNotASecondMessage(t *testing.T) {
	t.Parallel()
	for zone, want := range map[string]string{"Europe/London": "09:23", "America/New_York": "14:23", "Asia/Kolkata": "03:53", "Pacific/Auckland": "20:23"} {
		sc := setUp(t, "3 December")
		has(t, sc.says(bea, "my time zone "+zone), zone)
		var days []string
		for _, line := range sc.until(at("2026-12-03 23:59")) {
			if !strings.Contains(line, want) {
				t.Errorf("%s: %s", zone, line)
			}
			days = append(days, line[:6])
		}
		if len(days) != 3 || days[0] == days[1] || days[1] == days[2] {
			t.Errorf("%s: %q", zone, days)
		}
	}
}

func TestWhenTheClocksChangeTheHourStays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ start, next, end string }{
		{"2026-10-15 09:00", "26 October", "2026-10-26 18:00"}, // the clocks go back on the 25th
		{"2027-03-18 09:00", "29 March 2027", "2027-03-30 18:00"},
		{"2027-03-20 09:00", "31 March 2027", "2027-03-31 18:00"}, // and forward on the 28th, at Easter
	} {
		sc := newScene(t)
		sc.Clock.Set(at(c.start))
		sc.says(bea, "peer-led supervision every 4 weeks, next on "+c.next)
		has(t, sc.says(bea, "save it"), "Saved")
		got := sc.until(at(c.end))
		seen := map[string]bool{}
		for _, line := range got {
			if !strings.Contains(line, " 09:23 ") || seen[line[:10]] {
				t.Errorf("%s: %s", c.next, line)
			}
			seen[line[:10]] = true
		}
		if len(got) < 2 {
			t.Errorf("%s: only %q", c.next, got)
		}
	}
}

func TestWhatIsStoppedStaysStoppedThroughEveryRestart(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	sc.says(bea, "line management monthly, next on 4 December")
	sc.says(bea, "save it")
	sc.says(bea, "stop supervision")
	for _, day := range []string{"2026-11-26", "2026-11-27", "2026-12-02", "2026-12-03"} {
		again := newSceneOn(t, sc.store) // the bot was started anew
		if sent := again.tick(at(day + " 09:40")); len(sent) != 0 {
			t.Errorf("%s: %s", day, sent[0].Text())
		}
	}
}

func TestARestartOnTheSameDaySendsNothingAgain(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	if sent := sc.tick(at("2026-11-26 09:40")); len(sent) != 1 {
		t.Fatalf("%d messages", len(sent))
	}
	for range 5 {
		if sent := newSceneOn(t, sc.store).tick(at("2026-11-26 10:30")); len(sent) != 0 {
			t.Errorf("again: %s", sent[0].Text())
		}
	}
}

func TestNobodyIsMissedInSilence(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.fill("North", 40, 0, 0)
	sc.change("North", 40, func(_ int, r *supervision.Record) {
		r.Clocks[0].Next, r.Clocks[0].Since = date(t, "2026-12-03"), date(t, "2026-11-01")
		r.Look = at("2026-11-26 09:00")
	})
	gone := func(to bot.PlaceID) bool { return to == "d-North3" || to == "d-North7" }
	sc.Platform.Before = func(_ context.Context, s bottest.Sent) error {
		if gone(s.To.ID) || s.Opened.ID == "North3" || s.Opened.ID == "North7" {
			return bottest.Refused(bot.Unreachable, 0)
		}
		return nil
	}
	for _, day := range []string{"2026-11-26", "2026-12-02", "2026-12-03"} {
		reached := map[bot.PlaceID]bool{}
		for _, s := range sc.tick(at(day + " 09:40")) {
			reached[s.To.ID] = !gone(s.To.ID)
		}
		if len(reached) != 38 {
			t.Errorf("%s: %d were reached", day, len(reached))
		}
	}
	got := sc.text(sc.Say(lead, channel, "coverage"))
	has(t, got, "2 people could not be reached")
	hasNot(t, got, "North3", "North7")
}

func TestAPauseOfTwoWeeksStartsAgainByItself(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	has(t, sc.says(bea, "pause until in two weeks"), "Monday 7 December", "goes on by itself")
	told(t, sc.until(at("2026-12-08 18:00")),
		"Mon 7 Dec 09:23 d-bea: Peer-led supervision was planned for 4 days ago, Thursday 3 December. If it took place, tell me when; if it has moved or was cancelled, that is fine too.")
}

func TestWhoWorksOnMondaysIsWrittenToOnceAWeek(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "9 December")
	has(t, sc.says(bea, "my working days Monday"), "Monday")
	told(t, sc.until(at("2026-12-11 18:00")),
		"Mon 30 Nov 09:23 d-bea: Peer-led supervision is coming up in 9 days, Wednesday 9 December.",
		"Mon 7 Dec 09:23 d-bea: Peer-led supervision is coming up in 2 days, Wednesday 9 December.")
}

func TestEverybodyHasAnIntervalOfTheirOwn(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	for weeks := 1; weeks <= 12; weeks++ {
		u := bottest.Person(bot.UserID(fmt.Sprint("u", weeks)))
		sc.says(u, fmt.Sprintf("peer supervision every %d weeks, next on 23 November", weeks))
		sc.says(u, "save it")
		sc.says(u, "held")
		if next := sc.of(u).Clocks[0].Next; next != someMonday(t).Add(7*weeks) {
			t.Errorf("every %d weeks: %s", weeks, next)
		}
	}
}

// TestAFaultOfAnHourIsMadeUpFor: nothing is dropped because a tick was missed.
func TestAFaultOfAnHourIsMadeUpFor(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	sc.Memory.Fail = func(string) error {
		if now := sc.Clock.Now(); now.After(at("2026-11-26 09:00")) && now.Before(at("2026-11-26 10:30")) {
			return bot.Unavailable(errors.New("no connection"))
		}
		return nil
	}
	for m := at("2026-11-26 09:00"); m.Before(at("2026-11-26 10:29")); m = m.Add(time.Minute) {
		sc.Clock.Set(m)
		_, _ = sc.Bot.Receive(t.Context(), bottest.Tick("supervision.nudge", m))
	}
	sc.Clock.Set(at("2026-11-26 10:30"))
	told(t, sc.until(at("2026-11-26 12:00")), "Thu 26 Nov 10:31 d-bea: Peer-led supervision is coming up in 7 days, Thursday 3 December.")
}

func TestNothingOfSupervisionIsEverSaidInAChannel(t *testing.T) {
	t.Parallel()
	sc := sharing(t, 3)
	sc.Say(lead, channel, "weekly digest on")
	sc.until(at("2026-11-26 12:00"))
	sc.Clock.Set(at("2026-12-02 09:00"))
	sc.until(at("2026-12-08 12:00"))
	for _, s := range sc.Platform.All() {
		if s.To.Kind != bot.DirectChat && s.Only == nil {
			t.Errorf("to everybody in %s: %s", s.To.ID, s.Text())
		}
		if s.To.ID == bottest.Direct(lead).ID && strings.Contains(s.Text(), "psw") {
			t.Errorf("the lead was told about somebody: %s", s.Text())
		}
	}
}
