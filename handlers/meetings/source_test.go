package meetings_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/meetings"
)

// talked is a scene whose collection is still open, with a small meeting in
// it; it gives the messages' ids.
func talked(t *testing.T) (*scene, []bot.MessageID) {
	t.Helper()
	sc := collecting(t)
	var ids []bot.MessageID
	for i, s := range []string{"peer-led supervision is monthly in our team", "our supervision is every six weeks and peer-led", "we would like peer-led supervision too",
		"supervision needs protected time", "protected time for supervision is rare here", "no protected time for supervision"} {
		ids = append(ids, sc.writes([]bot.User{ann, ben, cai}[i%3], s))
	}
	return sc, ids
}

// changes is what can happen to a message after it was collected.
var changes = map[string]func(sc *scene, ids []bot.MessageID){
	"an edit": func(sc *scene, ids []bot.MessageID) {
		sc.Do(ann, channel, bot.Edited{Message: ids[0], Text: "peer-led supervision is fortnightly"})
	},
	"an edit into a disclosure": func(sc *scene, ids []bot.MessageID) {
		sc.Do(ann, channel, bot.Edited{Message: ids[0], Text: "I am really struggling"})
	},
	"a removal":                     func(sc *scene, ids []bot.MessageID) { sc.Do(ben, channel, bot.Removed{Message: ids[1]}) },
	"a wish to be left out":         func(sc *scene, _ []bot.MessageID) { sc.says(cai, "leave me out") },
	"a wish of one in the channel":  func(sc *scene, _ []bot.MessageID) { sc.Say(cai, channel, "leave me out") },
	"a wish to leave a message out": func(sc *scene, _ []bot.MessageID) { sc.says(ann, "leave my last message out") },
	"somebody who is forgotten":     func(sc *scene, _ []bot.MessageID) { _ = sc.store.Erase(sc.t.Context(), ben) },
}

func TestEveryChangeAtTheSourceMarksTheDraftAndKeepsItFromBeingPublished(t *testing.T) {
	t.Parallel()
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sc, ids := talked(t)
			sc.Say(lead, channel, "stop collecting")
			sc.settled()
			if sc.meeting().Stale {
				t.Fatal("it is marked before anything changed")
			}
			change(sc, ids)
			if !sc.meeting().Stale {
				t.Error("the draft is not marked")
			}
			has(t, sc.says(lead, "overview"), "was removed after this was drawn")
			has(t, sc.says(lead, "overview publish"), "A message changed after the draft was drawn")
			if sc.meeting().State == meetings.Published {
				t.Error("it went out all the same")
			}
			sc.says(lead, "overview draw")
			if sc.meeting().Stale {
				t.Error("a new drawing is marked still")
			}
		})
	}
}

func TestAReactionDoesNotMarkADraft(t *testing.T) {
	t.Parallel()
	sc, ids := talked(t)
	sc.Say(lead, channel, "stop collecting")
	sc.Do(ben, channel, bot.Reacted{Message: ids[0], Name: "like"})
	sc.Do(ann, channel, bot.Edited{Message: ids[0], Text: "peer-led supervision is monthly in our team"}) // a link's preview came
	if sc.meeting().Stale {
		t.Error("it is marked")
	}
}

func TestAChangeThatWasLookedAtDoesNotCoverTheNextOne(t *testing.T) {
	t.Parallel()
	sc, ids := talked(t)
	sc.Say(lead, channel, "stop collecting")
	sc.settled()
	sc.Do(ann, channel, bot.Edited{Message: ids[0], Text: "supervision is now fortnightly"})
	sc.says(lead, "overview keep stale")
	has(t, sc.says(lead, "overview check"), "Nothing is left to settle")
	sc.Do(ben, channel, bot.Edited{Message: ids[1], Text: "we have none at all"})
	has(t, sc.says(lead, "overview publish"), "A message changed after the draft was drawn")
	if sc.meeting().State == meetings.Published {
		t.Error("it went out all the same")
	}
}

func TestAChangeWhileTheFirstDraftIsDrawnMarksItToo(t *testing.T) {
	t.Parallel()
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sc, ids := talked(t)
			sc.Say(lead, channel, "stop collecting")
			m, err := sc.store.Change(t.Context(), meetings.Home{Platform: "fake", Tenant: bottest.Tenant}, sc.meeting().ID, "", func(m *meetings.Meeting) error {
				m.State, m.Draft = meetings.Drawing, nil // as it is before the work is done
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			change(sc, ids)
			sc.Receive(bot.Event{ID: "late", In: bot.Place{Platform: "fake", Tenant: bottest.Tenant}, What: bot.Continue{Job: "meetings.draw", State: fmt.Sprintf("%s/%d", m.ID, m.Round)}})
			if m := sc.meeting(); m.State != meetings.Reviewing || !m.Stale {
				t.Errorf("%s, marked: %v", m.State, m.Stale)
			}
		})
	}
}

func TestWhoeverIsLeftOutGivesNoWeightEither(t *testing.T) {
	t.Parallel()
	sc, ids := talked(t)
	sc.Do(cai, channel, bot.Reacted{Message: ids[0], Name: "like"})
	sc.Do(ben, channel, bot.Reacted{Message: ids[0], Name: "like"})
	sc.says(cai, "leave me out")
	sc.Do(cai, channel, bot.Reacted{Message: ids[1], Name: "like"})
	all, err := sc.store.Messages(t.Context(), sc.meeting())
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, m := range all {
		n += len(m.Reactions["like"])
	}
	if n != 1 {
		t.Errorf("%d reactions count, and one is Ben’s", n)
	}
}

func TestNothingFromBeforeTheNoticeComesInByAnotherWay(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	at := sc.Clock.Now()
	sc.writes(ann, "zebrafinch, said before", "")
	sc.Clock.Advance(time.Minute)
	sc.Say(lead, channel, "start collecting")
	sc.Receive(bot.Event{ID: "late", At: at.Add(30 * time.Second), From: ben, In: channel, What: bot.Said{Text: "zebrafinch, on its way for long", Message: "late"}})
	sc.Do(ann, channel, bot.Edited{Message: "w1", Text: "zebrafinch, edited after the notice"})
	sc.Do(ben, channel, bot.Reacted{Message: "w1", Name: "like"})
	sc.writes(cai, "said after the notice", "w1")
	sc.Do(ben, bottest.Channel("c2"), bot.Said{Text: "zebrafinch, in another channel", Message: "o"})
	sc.says(cai, "zebrafinch, to the bot alone")
	if got := sc.kept(); got != "said after the notice" {
		t.Errorf("kept %q", got)
	}
	if all := dump(t, sc); strings.Contains(all, "zebrafinch") {
		t.Error("something from before is kept")
	}
}

func TestWhatIsSaidInAThreadBelongsToTheMeeting(t *testing.T) {
	t.Parallel()
	sc := collecting(t)
	thread := channel
	thread.Thread = "t1"
	sc.Do(ann, thread, bot.Said{Text: "said in a thread", Message: "t"})
	if got := sc.kept(); got != "said in a thread" {
		t.Errorf("kept %q", got)
	}
	sc.Do(ann, thread, bot.Removed{Message: "t"})
	if got := sc.kept(); got != "" {
		t.Errorf("kept %q", got)
	}
}

func TestStoppingWhereNothingIsCollectedSaysSo(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	before := sc.meeting()
	has(t, sc.says(lead, "stop collecting"), "I am not collecting here")
	has(t, sc.text(sc.Say(lead, channel, "stop collecting")), "I am not collecting here")
	if m := sc.meeting(); m.State != before.State || m.Round != before.Round {
		t.Errorf("%s in round %d", m.State, m.Round)
	}
	live, _ := talked(t)
	has(t, live.says(lead, "stop collecting"), "The draft is ready") // from the direct chat, the one on the desk
	has(t, live.says(lead, "stop collecting"), "I am not collecting here")
}

func TestAMeetingThatBeginsWhileOneIsCollectedChangesNothing(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.Say(lead, channel, "overview with meetings on")
	sc.Say(lead, channel, "start collecting")
	_, sent := sc.Do(ann, channel, bot.MeetingStarted{Title: "Perinatal"})
	if len(sent) != 0 {
		t.Errorf("it said: %s", sc.text(sent))
	}
	sc.writes(ann, "supervision")
	if got := sc.kept(); got != "supervision" {
		t.Errorf("kept %q", got)
	}
}

func TestACheckInIsToldToTheFacilitatorAloneAndOnlyOnce(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	body := func(text string) string {
		return "[14:01] Ann Pritchard\n    we need more supervision\n[14:02] Ben Okafor\n    " + text + "\n[14:03] Cai Morgan\n    so do we in our team\n"
	}
	const one = "1 message may need somebody to check in: 14:02"
	has(t, sc.drops(lead, "1.txt", body("I want to die")), one)
	hasNot(t, sc.drops(lead, "again.txt", body("I want to die")), "check in")
	for _, s := range []string{"overview", "overview draw", "overview check", "overview draw", "overview more", "overview annex", "overview files"} {
		hasNot(t, sc.says(lead, s), "check in:")
	}
	other := body("I want to die") + strings.ReplaceAll(body("he was hit by staff"), "14:0", "14:3") // which overlaps the first
	has(t, sc.drops(lead, "2.txt", other), "1 message may need somebody to check in: 14:32")
	n := 0
	for _, s := range sc.Platform.All() {
		if !strings.Contains(s.Text(), "check in:") {
			continue
		}
		n++
		if s.To.ID != bottest.Direct(lead).ID {
			t.Errorf("told in %s", s.To.ID)
		}
		hasNot(t, s.Text(), "Ben", "Okafor", "die", "hit")
	}
	if n != 2 {
		t.Errorf("told %d times", n)
	}
}

func TestPersonalDataIsLeftOutWithoutACheckIn(t *testing.T) {
	t.Parallel()
	sc, _ := talked(t)
	sc.writes(ann, "the lady in bed 4 Maple")
	out := sc.text(sc.Say(lead, channel, "stop collecting"))
	has(t, out, "The draft is ready")
	hasNot(t, out, "check in", "Maple")
	hasNot(t, sc.kept(), "Maple")
}
