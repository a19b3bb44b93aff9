package supervision_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cymar/bot"
	"cymar/bot/bottest"
)

// setUp is a scene in which bea has peer-led supervision on a day.
func setUp(t *testing.T, next string) *scene {
	t.Helper()
	sc := newScene(t)
	sc.says(bea, "peer-led supervision every 4 weeks, next on "+next)
	has(t, sc.says(bea, "save it"), "Saved")
	return sc
}

func told(t *testing.T, got []string, want ...string) {
	t.Helper()
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("sent:\n%s\nwant:\n%s", g, w)
	}
}

func TestANudgeArrivesOnceOnAWorkingMorningInPrivate(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	told(t, sc.until(at("2026-12-03 18:00")),
		"Thu 26 Nov 09:23 d-bea: Peer-led supervision is coming up in 7 days, Thursday 3 December.",
		"Wed 2 Dec 09:23 d-bea: Peer-led supervision is coming up tomorrow, Thursday 3 December.",
		"Thu 3 Dec 09:23 d-bea: Peer-led supervision is today, Thursday 3 December.")
}

func TestTheDayBeforeOffersWhatToBring(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	sc.until(at("2026-11-26 10:00"))
	far := sc.Platform.All()
	hasNot(t, far[len(far)-1].Text(), "What you might bring")
	sc.Clock.Set(at("2026-12-02 09:20"))
	sc.until(at("2026-12-02 09:30"))
	all := sc.Platform.All()
	has(t, all[len(all)-1].Text(), "What you might bring", "held Peer-led supervision", "snooze 3", "Only you see this")
}

func TestADiscreetReminderSaysNothing(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	has(t, sc.says(bea, "discreet reminders on"), "nothing else")
	told(t, sc.until(at("2026-11-26 10:00")), "Thu 26 Nov 09:23 d-bea: A reminder from Cymar")
	all := sc.Platform.All()
	hasNot(t, all[len(all)-1].Text(), "upervision is", "December")
	has(t, sc.press(bea, "supervision.mine", ""), "3 December")
}

func TestANudgeSpeaksThePersonsLanguage(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.says(bea, "goruchwyliaeth gan gymheiriaid bob mis, nesaf ar 3 Rhagfyr")
	sc.says(bea, "cadw")
	told(t, sc.until(at("2026-11-26 10:00")), "Thu 26 Nov 09:23 d-bea: Goruchwyliaeth gan gymheiriaid: ymhen 7 diwrnod, dydd Iau 3 Rhagfyr.")
}

func TestWhatIsRecordedEndsTheLadder(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"held 26 november":       "",
		"cancelled on me":        "Thu 3 Dec 09:23 d-bea: Peer-led supervision was cancelled on you. Is there a new date? If not, I will not ask again.",
		"nobody yet peer":        "",
		"stop supervision":       "",
		"moved to 9 December":    "Wed 2 Dec 09:23 d-bea: Peer-led supervision is coming up in 7 days, Wednesday 9 December.",
		"snooze 8":               "Fri 4 Dec 09:23 d-bea: Peer-led supervision was planned for yesterday, Thursday 3 December. If it took place, tell me when; if it has moved or was cancelled, that is fine too.",
		"pause until 5 December": "",
	} {
		sc := setUp(t, "3 December")
		sc.Clock.Set(at("2026-11-26 09:23"))
		sc.tick(at("2026-11-26 09:23"))
		sc.says(bea, said)
		sc.Clock.Set(at("2026-12-02 09:00"))
		got := sc.until(at("2026-12-02 09:40"))
		sc.Clock.Set(at("2026-12-03 09:00"))
		got = append(got, sc.until(at("2026-12-03 09:40"))...)
		sc.Clock.Set(at("2026-12-04 09:00"))
		got = append(got, sc.until(at("2026-12-04 09:40"))...)
		if strings.Join(got, "\n") != want {
			t.Errorf("after %q:\n%s\nwant:\n%s", said, strings.Join(got, "\n"), want)
		}
	}
}

func TestAThreeDayOutageEndsInOneMergedMessage(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	sc.says(bea, "line management monthly, next on 4 December")
	sc.says(bea, "save it")
	sc.Clock.Set(at("2026-12-02 09:00"))
	sc.Clock.Set(at("2026-12-05 03:10")) // back on a Saturday night
	got := sc.until(at("2026-12-07 12:00"))
	told(t, got, "Mon 7 Dec 09:23 d-bea: Supervision: 2 dates")
	all := sc.Platform.All()
	has(t, all[len(all)-1].Text(), "Peer-led supervision was planned for 4 days ago", "Line management was planned for 3 days ago")
}

func TestADeathBetweenAnyTwoStepsLosesNothingAndSendsNothingTwice(t *testing.T) {
	t.Parallel()
	for _, step := range []string{"Commit", "MarkSent", "Sent", "Begin"} {
		sc := setUp(t, "3 December")
		failed := false
		sc.Memory.Fail = func(method string) error {
			if method == step && !failed && sc.Clock.Now().After(at("2026-11-26 09:00")) {
				failed = true
				return bot.Unavailable(errors.New("died"))
			}
			return nil
		}
		var got []bottest.Sent
		for m := at("2026-11-26 09:20"); m.Before(at("2026-11-26 10:20")); m = m.Add(time.Minute) {
			sc.Clock.Set(m)
			before := len(sc.Platform.All())
			ev := bottest.Tick("supervision.nudge", m)
			if _, err := sc.Bot.Receive(t.Context(), ev); err != nil && !errors.Is(err, bot.ErrUnavailable) {
				t.Fatal(err)
			}
			_ = sc.Memory.Drain(t.Context(), sc.Bot)
			got = append(got, sc.Platform.All()[before:]...)
		}
		want := 1
		if step == "MarkSent" { // the platform has it, and we died before our mark: one of the two windows
			want = 2
		}
		if len(got) != want || !failed {
			t.Errorf("dying at %s: %d messages", step, len(got))
		}
	}
}

func TestWhoCannotBeReachedIsTriedAtTheNextRungAndCounted(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	sc.Platform.Before = func(_ context.Context, s bottest.Sent) error {
		if s.How == "send" {
			return bottest.Refused(bot.Unreachable, 0)
		}
		return nil
	}
	for i, day := range []string{"2026-11-26", "2026-12-02", "2026-12-03"} {
		sc.tick(at(day + " 09:23"))
		r, err := sc.store.Load(t.Context(), bea)
		if err != nil || r.Missed != i+1 || r.Reason != bot.Unreachable || r.Told.String() != day {
			t.Errorf("%s: %+v, %v", day, r, err)
		}
		if again := sc.tick(at(day + " 10:30")); len(again) != 0 {
			t.Errorf("%s: tried again", day)
		}
	}
	sc.Platform.Before = nil
	sc.tick(at("2026-12-07 09:23"))
	if r, err := sc.store.Load(t.Context(), bea); err != nil || r.Missed != 0 || r.Reason != "" {
		t.Errorf("once reached: %+v, %v", r, err)
	}
}

func TestWhatAPlatformHeldUpTooLongComesOnTheNextMorning(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	sc.Platform.Before = func(_ context.Context, s bottest.Sent) error {
		if sc.Clock.Now().Before(at("2026-11-27 00:00")) {
			return bottest.Refused(bot.RateLimited, time.Minute)
		}
		return nil
	}
	sc.Clock.Set(at("2026-11-26 09:20"))
	told(t, sc.until(at("2026-11-27 12:00")), "Fri 27 Nov 09:23 d-bea: Peer-led supervision is coming up in 6 days, Thursday 3 December.")
}

func TestTwelveHundredDueAreSentInPages(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	for i := range 1200 {
		u := bottest.Person(bot.UserID(fmt.Sprintf("u%04d", i)))
		enrol(t, sc.store, u, "2026-11-26", at("2026-11-26 09:40"))
	}
	sent := sc.tick(at("2026-11-26 09:40"))
	people := map[bot.PlaceID]bool{}
	for _, s := range sent {
		people[s.To.ID] = true
	}
	if len(sent) != 1200 || len(people) != 1200 {
		t.Errorf("%d messages to %d people", len(sent), len(people))
	}
	if again := sc.tick(at("2026-11-26 09:41")); len(again) != 0 {
		t.Errorf("%d again", len(again))
	}
}

func TestTheSameCommandTwiceChangesNothingMore(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	ev := bottest.Said(bea, bottest.Direct(bea), "cancelled on me")
	sc.Receive(ev)
	first, err := sc.store.Load(t.Context(), bea)
	if err != nil {
		t.Fatal(err)
	}
	sc.Memory = bottest.NewMemory(sc.Clock) // the core forgot that it was handled
	again := newSceneOn(t, sc.store)
	again.Receive(ev)
	second, err := sc.store.Load(t.Context(), bea)
	if err != nil || cmp.Diff(first, second) != "" {
		t.Errorf("%+v, %v", second, err)
	}
}
