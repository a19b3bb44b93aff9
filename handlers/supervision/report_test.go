package supervision_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/supervision"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/ladder"
)

// change changes the records of a team's people, one after the other.
func (sc *scene) change(team string, n int, do func(i int, r *supervision.Record)) {
	sc.t.Helper()
	for i := range n {
		_, err := sc.store.Change(sc.t.Context(), bottest.Person(bot.UserID(fmt.Sprintf("%s%d", team, i))), func(r *supervision.Record) error {
			do(i, r)
			return nil
		})
		if err != nil {
			sc.t.Fatal(err)
		}
	}
}

// row is the line of the coverage card that begins so, cell by cell.
func (sc *scene) row(begins string) []string {
	sc.t.Helper()
	for _, line := range strings.Split(sc.text(sc.Say(lead, channel, "coverage")), "\n") {
		if strings.HasPrefix(line, begins) {
			return strings.Split(line, " | ")
		}
	}
	return nil
}

const peerRow = "1 | Peer-led supervision"

func TestWhoIsPausedCountsAsPausedAndNotAsBehind(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.fill("North", 20, 10, 0)
	today := calendar.On(sc.Clock.Now(), london)
	sc.change("North", 20, func(i int, r *supervision.Record) {
		if i >= 12 {
			r.Pause = ladder.Pause{From: today.Add(-3), Until: today.Add(10)}
		}
	})
	if got := sc.row(peerRow); len(got) != 6 || got[2] != "about 10 (50%)" || got[4] != "about 10" {
		t.Errorf("%q", got)
	}
	sc.Clock.Set(sc.Clock.Now().AddDate(0, 0, 10)) // they are back, by themselves
	if got := sc.row(peerRow); got[4] != "fewer than five" {
		t.Errorf("%q", got)
	}
}

func TestACancellationCountsForThreeMonthsWithANewDateOrWithout(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.fill("North", 20, 10, 0)
	today := calendar.On(sc.Clock.Now(), london)
	sc.change("North", 20, func(i int, r *supervision.Record) {
		if i < 6 { // who had it since all the same
			r.Clocks[0].LastOff = today
		}
	})
	for days, want := range map[int]string{0: "about 5", 90: "about 5", 91: "fewer than five"} {
		sc.Clock.Set(at("2026-11-23 09:00").AddDate(0, 0, days))
		if got := sc.row(peerRow); got[5] != want {
			t.Errorf("after %d days: %q", days, got)
		}
	}
}

func TestWhoStoppedOrNeverAcceptedIsNotCounted(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.fill("North", 30, 12, 0)
	today := calendar.On(sc.Clock.Now(), london)
	sc.change("North", 30, func(i int, r *supervision.Record) {
		switch {
		case i < 6:
			r.Stopped = today
		case i >= 24:
			r.Accepted = 0
		}
	})
	has(t, sc.text(sc.Say(lead, channel, "coverage")), "Invited: about 30. Accepted: about 20.", "about 5 (30%)")
}

func TestASupervisorWithoutDatesOfTheirOwnIsNotCounted(t *testing.T) {
	t.Parallel()
	sc := sharing(t, 5)
	has(t, sc.text(sc.Say(lead, channel, "coverage")), "Invited: about 5. Accepted: all or nearly all.")
}

func TestAnotherSpacesPeopleAreNotCounted(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.fill("North", 20, 10, 0)
	sc.fill("Other", 20, 0, 20)
	sc.change("Other", 20, func(_ int, r *supervision.Record) { r.Space = "s2" })
	if got := sc.row(peerRow); got[2] != "about 10 (50%)" || got[3] != "fewer than five" {
		t.Errorf("%q", got)
	}
}

func TestTheFileIsReadBackByASpreadsheet(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	for _, team := range []string{"=HYPERLINK(\"x\")", "+North", "-South", "@East", "West, \"the far\" one"} {
		sc.fill(team, 6, 5, 0)
	}
	var body string
	for _, s := range sc.Say(lead, channel, "coverage file") {
		if s.How == "upload" {
			body = s.Body
			if s.To.Kind != bot.DirectChat || s.File.Name != "coverage.csv" {
				t.Errorf("%+v to %+v", s.File, s.To)
			}
		}
	}
	text, marked := strings.CutPrefix(body, "\uFEFF")
	in := csv.NewReader(strings.NewReader(text))
	in.FieldsPerRecord = -1
	rows, err := in.ReadAll()
	if err != nil || !marked || len(rows) < 8 {
		t.Fatalf("%v, a mark: %v, %d rows in\n%s", err, marked, len(rows), body)
	}
	card := sc.text(sc.Say(lead, channel, "coverage"))
	teams := 0
	for _, row := range rows {
		for _, c := range row {
			if c != "" && strings.ContainsRune("=+-@", rune(c[0])) {
				t.Errorf("a formula: %q", c)
			}
			if figure := strings.TrimPrefix(c, "'"); !strings.Contains(card, figure) {
				t.Errorf("%q is not on the card", figure)
			}
		}
		if strings.HasPrefix(row[0], "'") || strings.HasPrefix(row[0], "West") {
			teams++
		}
	}
	if teams != 5 {
		t.Errorf("%d teams in\n%s", teams, body)
	}
}

func TestTheTrendIsSixMonthsAndTheLastIsThisOne(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	for month := range 14 {
		sc.Clock.Set(time.Date(2025, time.Month(10+month), 1, 3, 15, 0, 0, london))
		sc.fill("North", 20, 5+month%2*5, 0)
		sc.Receive(bottest.Tick("supervision.month", sc.Clock.Now()))
	}
	sc.Clock.Set(at("2026-11-23 09:00"))
	sc.fill("North", 20, 15, 0)
	var months []string
	for _, line := range strings.Split(sc.text(sc.Say(lead, channel, "coverage")), "\n") {
		if strings.Contains(line, " 2025 |") || strings.Contains(line, " 2026 |") {
			months = append(months, line)
		}
	}
	if len(months) != 6 || !strings.HasPrefix(months[0], "June 2026 |") || !strings.HasPrefix(months[5], "November 2026 | about 20 | about 15 (80%)") {
		t.Errorf("%q", months)
	}
	kept, err := sc.store.Trend(t.Context(), supervision.Home{Platform: "fake", Tenant: bottest.Tenant}, "s1")
	if err != nil || len(kept) > 13 {
		t.Errorf("%d months are kept: %v", len(kept), err)
	}
}

func TestTheDigestIsForWhoMayStillSeeIt(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.fill("North", 20, 10, 0)
	sc.Say(lead, channel, "weekly digest on")
	space, err := sc.Memory.Of(t.Context(), channel)
	if err != nil {
		t.Fatal(err)
	}
	space.Roles = map[bot.UserID]bot.Role{}
	if err := sc.Memory.Save(t.Context(), space); err != nil {
		t.Fatal(err)
	}
	sc.Clock.Set(at("2026-11-30 09:00"))
	if _, sent := sc.Receive(bottest.Tick("supervision.digest", sc.Clock.Now())); len(sent) != 0 {
		t.Errorf("somebody who leads no more got %q", sent[0].Text())
	}
}

func TestTheDigestIsInTheLeadsLanguageAndOnceAWeek(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.fill("North", 20, 10, 0)
	if err := sc.Memory.SaveProfile(t.Context(), lead, bot.Profile{Lang: bot.Welsh}); err != nil {
		t.Fatal(err)
	}
	has(t, sc.text(sc.Say(lead, channel, "crynodeb wythnosol ymlaen")), "dydd Llun am 9")
	sc.Clock.Set(at("2026-11-30 09:00"))
	tick := bottest.Tick("supervision.digest", sc.Clock.Now())
	_, sent := sc.Receive(tick)
	if len(sent) != 1 || sent[0].To.ID != bottest.Direct(lead).ID {
		t.Fatalf("%+v", sent)
	}
	has(t, sent[0].Text(), "Cwmpas goruchwyliaeth", "tua 10 (50%)", "Tachwedd 2026")
	tick.ID += "-again" // another replica, after the first forgot
	if _, again := sc.Receive(tick); len(again) != 0 {
		t.Error("the digest came twice on a Monday")
	}
}

func TestWhatCannotBeReachedIsNotedByWhatCameOfIt(t *testing.T) {
	t.Parallel()
	for reason, want := range map[bot.Reason]struct {
		missed      int
		told, tried string
	}{
		bot.Unreachable: {1, "2026-11-26", ""},
		bot.Invalid:     {1, "2026-11-26", ""},
		bot.TooLate:     {0, "", "2026-11-26"},
		bot.GaveUp:      {0, "", "2026-11-26"},
		bot.AuthFailed:  {0, "", "2026-11-26"},
	} {
		sc := setUp(t, "3 December")
		key := "supervision.nudge:2026-11-26:bea"
		for range 2 { // what came of it may be told twice
			ev := bot.Event{ID: bot.EventID("o" + string(reason)), From: bot.User{}, In: bot.Place{Platform: "fake", Tenant: bottest.Tenant}, What: bot.Undelivered{Key: key, Reason: reason}}
			if _, err := sc.Bot.Receive(t.Context(), ev); err != nil {
				t.Fatal(err)
			}
		}
		r := sc.record()
		if r.Missed != want.missed || r.Told.String() != want.told || r.Tried.String() != want.tried || r.Reason != reason {
			t.Errorf("%s: missed %d, told %q, tried %q, reason %q", reason, r.Missed, r.Told, r.Tried, r.Reason)
		}
	}
}

func TestAKeyThatIsNoneOfOursChangesNothing(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	before := sc.record()
	for _, key := range []string{"supervision.nudge:", "supervision.nudge:2026-13-40:bea", "supervision.nudge:2026-11-26:", "supervision.nudge:x:bea", "supervision.nudge:2026-11-26:nobody"} {
		ev := bot.Event{ID: bot.EventID(key), In: bot.Place{Platform: "fake", Tenant: bottest.Tenant}, What: bot.Undelivered{Key: key, Reason: bot.Unreachable}}
		if _, err := sc.Bot.Receive(t.Context(), ev); err != nil {
			t.Fatalf("%q: %v", key, err)
		}
	}
	if after := sc.record(); after.Missed != before.Missed || after.Told != before.Told {
		t.Errorf("%+v", after)
	}
	if _, err := sc.store.Load(t.Context(), bottest.Person("nobody")); err == nil {
		t.Error("somebody who is not there got a record")
	}
}
