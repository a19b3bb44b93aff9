package supervision_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/supervision"
	"cymar/handlers/supervision/ladder"
)

var sam = bottest.Person("sam")

// sharing is a scene in which so many people share their date on 3 December
// with sam, and both sides have agreed.
func sharing(t *testing.T, n int) *scene {
	t.Helper()
	sc := newScene(t)
	for i := range n {
		sc.shares(bottest.Person(bot.UserID(fmt.Sprint("psw", i))), "3 December")
	}
	return sc
}

// shares lets somebody set up a date and share it with sam, who agrees.
func (sc *scene) shares(u bot.User, next string) {
	sc.t.Helper()
	sc.says(u, "peer-led supervision every 4 weeks, next on "+next)
	sc.says(u, "save it")
	_, sent := sc.Do(u, bottest.Direct(u), bot.Said{Text: "tell my supervisor @Sam", Message: "m", ToBot: true, Mentions: []bot.User{sam}})
	has(sc.t, sc.text(sent), "asking your supervisor")
	has(sc.t, sc.press(sam, "supervision.agree", string(u.ID)+" peer"), "at most one message a day")
}

// of is what was sent to one person, from what until returns.
func of(all []string, u bot.User) []string {
	var out []string
	for _, s := range all {
		if strings.Contains(s, " d-"+string(u.ID)+":") {
			out = append(out, s)
		}
	}
	return out
}

// newest is the card that was sent to somebody last.
func (sc *scene) newest(u bot.User) string {
	sc.t.Helper()
	all := sc.Platform.All()
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].To.ID == bottest.Direct(u).ID {
			return all[i].Text()
		}
	}
	return ""
}

func TestASupervisorOfSeveralGetsOneMergedMessageADay(t *testing.T) {
	t.Parallel()
	sc := sharing(t, 7)
	got := of(sc.until(at("2026-12-04 18:00")), sam)
	told(t, got,
		"Thu 26 Nov 09:05 d-sam: Supervision: 7 dates that people share with you",
		"Wed 2 Dec 09:05 d-sam: Supervision: 7 dates that people share with you",
		"Thu 3 Dec 09:05 d-sam: Supervision: 7 dates that people share with you")
	card := sc.newest(sam)
	if n := strings.Count(card, "Peer-led supervision is today, Thursday 3 December."); n != 7 {
		t.Errorf("%d dates in\n%s", n, card)
	}
	has(t, card, "Nobody else is told", "“stop sharing” ends the sharing")
	hasNot(t, card, "held", "snooze", "cancelled on me")
}

func TestASupervisorsOwnDateComesInTheSameMessage(t *testing.T) {
	t.Parallel()
	sc := sharing(t, 2)
	sc.says(sam, "line management monthly, next on 3 December")
	sc.says(sam, "save it")
	told(t, of(sc.until(at("2026-11-27 18:00")), sam), "Thu 26 Nov 09:05 d-sam: Supervision: 3 dates")
	card := sc.newest(sam)
	has(t, card, "Line management is coming up in 7 days", "Peer-led supervision is coming up in 7 days", "held Line management")
	hasNot(t, card, "held Peer-led")
}

func TestASupervisorIsNeverToldOfWhatHasPassed(t *testing.T) {
	t.Parallel()
	sc := sharing(t, 3)
	sc.Clock.Set(at("2026-12-03 19:00")) // the bot was down until the day was over
	for _, line := range sc.until(at("2026-12-09 18:00")) {
		if strings.Contains(line, "d-sam") {
			t.Error(line)
		}
	}
}

func TestWhatSomebodyChangesHoldsForTheirSupervisorAtOnce(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"held":                       "",
		"cancelled on me":            "",
		"nobody yet peer":            "",
		"stop supervision":           "",
		"stop sharing":               "",
		"stop telling my supervisor": "",
		"pause until 20 December":    "",
		"snooze 7":                   "Thu 26 Nov 09:05 d-sam: Supervision: a date that somebody shares with you",
		"moved to 27 November":       "Thu 26 Nov 09:05 d-sam: Supervision: a date that somebody shares with you",
	} {
		sc := sharing(t, 1)
		sc.says(bottest.Person("psw0"), said)
		sc.Clock.Set(at("2026-11-26 09:00"))
		if got := strings.Join(of(sc.until(at("2026-11-26 10:00")), sam), "\n"); got != want {
			t.Errorf("after %q the supervisor got %q, want %q", said, got, want)
		}
	}
}

func TestSharingThatNoLongerStandsIsForgotten(t *testing.T) {
	t.Parallel()
	sc := sharing(t, 2)
	sc.says(bottest.Person("psw0"), "stop sharing")
	if n := len(sc.of(sam).Sees); n != 2 {
		t.Fatalf("%d before the morning", n)
	}
	sc.tick(at("2026-11-24 09:05"))
	if r := sc.of(sam); len(r.Sees) != 1 || r.Sees[0].User != "psw1" {
		t.Errorf("%+v", r.Sees)
	}
	sc.says(bottest.Person("psw1"), "nobody yet peer")
	sc.tick(at("2026-11-25 09:05"))
	if _, err := sc.store.Load(t.Context(), sam); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("a record without anything in it is kept: %v", err)
	}
}

// of is somebody's record.
func (sc *scene) of(u bot.User) supervision.Record {
	sc.t.Helper()
	r, err := sc.store.Load(sc.t.Context(), u)
	if err != nil {
		sc.t.Fatal(err)
	}
	return r
}

func TestASupervisorCanEndTheSharingAndNothingBringsItBack(t *testing.T) {
	t.Parallel()
	sc := sharing(t, 2)
	has(t, sc.says(sam, "my supervision"), "2 dates are shared with you", "(Peer-led supervision)", "stop sharing")
	has(t, sc.says(sam, "stop sharing"), "The sharing has ended")
	has(t, sc.says(sam, "stop sharing"), "You share no dates")
	has(t, sc.says(sam, "undo"), "nothing to undo")
	psw := bottest.Person("psw0")
	has(t, sc.says(psw, "stop sharing"), "The sharing has ended")
	has(t, sc.says(psw, "undo"), "nothing to undo")
	if got := of(sc.until(at("2026-11-27 10:00")), sam); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

func TestOneKindCanBeSharedAndTheOtherNot(t *testing.T) {
	t.Parallel()
	sc := sharing(t, 1)
	psw := bottest.Person("psw0")
	sc.says(psw, "line management monthly, next on 3 December")
	sc.says(psw, "save it")
	sc.Clock.Set(at("2026-11-26 09:00"))
	told(t, of(sc.until(at("2026-11-26 10:00")), sam), "Thu 26 Nov 09:05 d-sam: Supervision: a date that somebody shares with you")
	hasNot(t, sc.newest(sam), "Line management")
}

func TestASupervisorsOwnDaysOffHold(t *testing.T) {
	t.Parallel()
	sc := sharing(t, 1)
	has(t, sc.says(sam, "my working days Mon Tue"), "Monday, Tuesday")
	told(t, of(sc.until(at("2026-12-04 18:00")), sam),
		"Tue 24 Nov 09:05 d-sam: Supervision: a date that somebody shares with you",
		"Tue 1 Dec 09:05 d-sam: Supervision: a date that somebody shares with you")
}

func TestOneAgreementIsEnoughHoweverOftenItIsPressed(t *testing.T) {
	t.Parallel()
	sc := sharing(t, 1)
	for range 3 {
		sc.press(sam, "supervision.agree", "psw0 peer")
	}
	if r := sc.of(sam); len(r.Sees) != 1 {
		t.Errorf("%+v", r.Sees)
	}
}

func TestASupervisorNamedAtTheStartIsAskedByName(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.Do(bea, bottest.Direct(bea), bot.Said{Text: "peer-led supervision every 4 weeks with @Sam, next on 3 December", Message: "m", ToBot: true, Mentions: []bot.User{sam}})
	sc.says(bea, "save it")
	if c := sc.of(bea).Clocks[0]; c.Supervisor != "sam" || c.Shared != supervision.NotAsked {
		t.Fatalf("%+v", c)
	}
	has(t, sc.says(bea, "tell my supervisor"), "I am asking your supervisor", "Do you agree?")
	if c := sc.of(bea).Clocks[0]; c.Shared != supervision.Asked {
		t.Errorf("%+v", c)
	}
}

func TestWhatASupervisorConfirmedIsShown(t *testing.T) {
	t.Parallel()
	sc := sharing(t, 1)
	psw := bottest.Person("psw0")
	sc.says(psw, "held")
	hasNot(t, sc.says(psw, "my supervision"), "says so too")
	sc.says(psw, "ask my supervisor to confirm")
	has(t, sc.press(sam, "supervision.confirmed", "psw0 peer 2026-11-23"), "confirmed")
	has(t, sc.says(psw, "my supervision"), "Monday 23 November (your supervisor says so too)")
}

func TestForgettingASupervisorOrWhoTheySuperviseLeavesNoTrace(t *testing.T) {
	t.Parallel()
	for _, gone := range []bot.User{sam, bottest.Person("psw0")} {
		db := bottest.Redis(t)
		sc := newSceneOn(t, supervision.NewStore(db, 1))
		for i := range 3 {
			sc.shares(bottest.Person(bot.UserID(fmt.Sprint("psw", i))), "3 December")
		}
		before := dueOf(t, db)
		if err := sc.store.Erase(t.Context(), gone); err != nil {
			t.Fatal(err)
		}
		for _, key := range allKeys(t, db) {
			if body, err := db.Get(t.Context(), key).Result(); err == nil && strings.Contains(body, string(gone.ID)) {
				t.Errorf("%s is still named in %s: %s", gone.ID, key, body)
			}
		}
		after := dueOf(t, db)
		if len(after) != len(before)-1 {
			t.Errorf("%d of %d are still due", len(after), len(before))
		}
		for member, score := range after {
			if before[member] != score {
				t.Errorf("%s comes up at %v instead of %v", member, score, before[member])
			}
		}
	}
}

// dueOf is who comes up when.
func dueOf(t *testing.T, db redis.UniversalClient) map[string]float64 {
	t.Helper()
	all, err := db.ZRangeWithScores(t.Context(), "{cymar:00}:supervision:due", 0, -1).Result()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for _, z := range all {
		out[z.Member.(string)] = z.Score
	}
	return out
}

func TestADateOfSomebodyElseIsNotMixedUpWithOnesOwn(t *testing.T) {
	t.Parallel()
	sc := sharing(t, 1)
	sc.shares(bea, "3 December")
	sc.says(sam, "peer-led supervision every 4 weeks, next on 9 December")
	sc.says(sam, "save it")
	sc.says(sam, "cancelled on me")
	if c := sc.of(bea).Clocks[0]; c.State != ladder.Running {
		t.Errorf("what sam pressed changed bea's: %+v", c)
	}
	if c := sc.of(sam).Clocks[0]; c.State != ladder.Cancelled || len(sc.of(sam).Sees) != 2 {
		t.Errorf("%+v", sc.of(sam))
	}
}
