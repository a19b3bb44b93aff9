package meetings_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/meetings"
)

// collecting is a scene in whose channel a collection was announced.
func collecting(t *testing.T) *scene {
	t.Helper()
	sc := newScene(t)
	sc.Say(lead, channel, "start collecting Perinatal space")
	return sc
}

func TestNothingIsCollectedUntilTheNoticeStandsThere(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.writes(ann, "said before anybody was told")
	sent := sc.Say(lead, channel, "start collecting")
	has(t, sc.text(sent), "being collected for an overview", "yn cael ei chasglu ar gyfer trosolwg", "Nothing written before this notice is taken", "leave me out",
		"gadael fi allan", "30 days", "90 days", "Once it stands there I collect")
	if first := sent[0].Card.Summary; !strings.HasPrefix(first, "Mae") {
		t.Errorf("in Wales the notice begins in Welsh, not with %q", first)
	}
	sc.writes(ann, "said after the notice")
	if got := sc.kept(); got != "said after the notice" {
		t.Errorf("kept %q", got)
	}
}

func TestWithoutItsNoticeACollectionDoesNotBegin(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.Platform.Before = func(_ context.Context, s bottest.Sent) error {
		if strings.Contains(s.Card.Summary, "being collected") {
			return bottest.Refused(bot.Unreachable, 0)
		}
		return nil
	}
	has(t, sc.text(sc.Say(lead, channel, "start collecting")), "could not post the notice")
	sc.writes(ann, "said where nobody was told")
	all, err := sc.store.All(t.Context(), meetings.Home{Platform: "fake", Tenant: bottest.Tenant})
	if err != nil || len(all) != 0 {
		t.Errorf("%d meetings, %v", len(all), err)
	}
}

func TestOnlyAFacilitatorCollects(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	hasNot(t, sc.text(sc.Say(ann, channel, "start collecting")), "being collected")
	hasNot(t, sc.text(sc.Say(ann, channel, "overview start")), "being collected")
	has(t, sc.text(sc.Say(lead, bottest.Direct(lead), "start collecting")), "in the channel or the meeting’s chat")
	has(t, sc.text(sc.Say(lead, channel, "/overview start")), "being collected")
	has(t, sc.text(sc.Say(lead, channel, "start collecting")), "already")
}

func TestWhatIsSaidToTheBotIsNoPartOfTheMeeting(t *testing.T) {
	t.Parallel()
	sc := collecting(t)
	sc.Say(ann, channel, "what is role drift")
	sc.writes(ann, "Role drift is on my mind")
	if got := sc.kept(); got != "Role drift is on my mind" {
		t.Errorf("kept %q", got)
	}
}

func TestEditsAndRemovalsAtTheSourceAreFollowed(t *testing.T) {
	t.Parallel()
	sc := collecting(t)
	a, b := sc.writes(ann, "my first words"), sc.writes(ben, "to be taken back")
	sc.Do(ann, channel, bot.Edited{Message: a, Text: "my second words"})
	sc.Do(ben, channel, bot.Removed{Message: b})
	if got := sc.kept(); got != "my second words" {
		t.Errorf("kept %q", got)
	}
	sc.Do(ben, channel, bot.Said{Message: b, Text: "to be taken back"}) // a copy that comes late
	if got := sc.kept(); got != "my second words" {
		t.Errorf("a late copy brought it back: %q", got)
	}
	sc.Do(ann, channel, bot.Edited{Message: a, Text: "I want to die"})
	if got := sc.kept(); got != "" {
		t.Errorf("what became a disclosure is kept: %q", got)
	}
}

// A platform promises no order, and Teams keeps none when it is busy.
func TestARemovalThatComesBeforeItsMessageIsFollowed(t *testing.T) {
	t.Parallel()
	sc := collecting(t)
	sc.writes(ann, "my words")
	sc.Do(ben, channel, bot.Removed{Message: "early"})
	sc.Do(ben, channel, bot.Said{Message: "early", Text: "to be taken back"})
	if got := sc.kept(); got != "my words" {
		t.Errorf("kept %q", got)
	}
}

func TestReactionsCountOncePerPerson(t *testing.T) {
	t.Parallel()
	sc := collecting(t)
	a := sc.writes(ann, "we need job plans")
	for range 2 {
		sc.Do(ben, channel, bot.Reacted{Message: a, Name: "like"})
	}
	sc.Do(cai, channel, bot.Reacted{Message: a, Name: "like"})
	sc.Do(cai, channel, bot.Reacted{Message: a, Name: "like", Gone: true})
	all, err := sc.store.Messages(t.Context(), sc.meeting())
	if err != nil || len(all) != 1 || len(all[0].Reactions["like"]) != 1 {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestWhatTheGuardHoldsBackIsNeverKeptAndItsTimeIsToldOnce(t *testing.T) {
	t.Parallel()
	sc := collecting(t)
	for _, s := range []string{"I want to die", "I am really struggling", "the lady in bed 4 Maple", "he was hit by staff", "she took an overdose"} {
		sc.writes(ann, s)
	}
	sc.writes(ben, "supervision is monthly here")
	if got := sc.kept(); got != "supervision is monthly here" {
		t.Errorf("kept %q", got)
	}
	end := sc.text(sc.Say(lead, channel, "stop collecting"))
	has(t, end, "messages may need somebody to check in", "I kept nothing of them")
	hasNot(t, end, "want to die", "struggling", "bed 4", "Ann", "overdose")
	if m := sc.meeting(); len(m.Checks) != 0 || len(m.Quiet) != 0 {
		t.Errorf("the times are kept after they were told: %v %v", m.Checks, m.Quiet)
	}
	hasNot(t, sc.says(lead, "overview draw"), "check in")
}

func TestWhoeverAsksIsLeftOutBeforeDuringAndAfter(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	has(t, sc.says(ann, "leave me out"), "left out from now on")
	sc.Say(lead, channel, "start collecting")
	sc.writes(ann, "by Ann, who asked before")
	sc.writes(ben, "by Ben, who asks now")
	if got := sc.kept(); got != "by Ben, who asks now" {
		t.Errorf("kept %q", got)
	}
	sc.writes(ben, "Please leave me out")
	sc.writes(ben, "by Ben again")
	sc.writes(cai, "by Cai, who asks afterwards")
	if got := sc.kept(); got != "by Cai, who asks afterwards" {
		t.Errorf("kept %q", got)
	}
	sc.Say(lead, channel, "stop collecting")
	has(t, sc.says(cai, "gadael fi allan"), "wedi’i ddileu")
	if got := sc.kept(); got != "" {
		t.Errorf("kept %q", got)
	}
	if !sc.meeting().Stale {
		t.Error("the draft is not marked")
	}
	has(t, sc.says(ben, "take me in again"), "take part")
}

func TestOneMessageCanBeLeftOut(t *testing.T) {
	t.Parallel()
	sc := collecting(t)
	a := sc.writes(ann, "the first")
	sc.writes(ann, "the second")
	sc.writes(ben, "by Ben")
	_, sent := sc.Do(ann, channel, bot.Said{Text: "leave this out", Message: "x", ToBot: true, ReplyTo: a})
	has(t, sc.text(sent), "deleted")
	if got := sc.kept(); got != "the second | by Ben" {
		t.Errorf("kept %q", got)
	}
	sc.says(ann, "leave my last message out")
	if got := sc.kept(); got != "by Ben" {
		t.Errorf("kept %q", got)
	}
	has(t, sc.says(cai, "leave this out"), "no message of yours")
}

func TestAMeetingIsCollectedAsItBeginsWhereTheSpaceHasThatSwitchedOn(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.Do(ann, channel, bot.MeetingStarted{Title: "Perinatal"})
	sc.writes(ann, "nobody switched it on")
	has(t, sc.text(sc.Say(lead, channel, "overview with meetings on")), "whenever a meeting")
	_, sent := sc.Do(ann, channel, bot.MeetingStarted{Title: "Perinatal"})
	has(t, sc.text(sent), "being collected")
	sc.writes(ann, "somebody did")
	if m := sc.meeting(); m.Owner != lead || m.Facts.Title != "Perinatal" {
		t.Errorf("%+v", m)
	}
	_, sent = sc.Do(ann, channel, bot.MeetingEnded{})
	has(t, sc.text(sent), "stopped collecting")
	has(t, sc.text(sc.Say(lead, channel, "trosolwg gyda chyfarfodydd diffodd")), "mwyach")
}

func TestACollectionThatNobodyStopsEnds(t *testing.T) {
	t.Parallel()
	sc := collecting(t)
	sc.writes(ann, "we talked about supervision")
	if out := sc.tick(sc.Clock.Now().Add(11 * time.Hour)); out != "" {
		t.Errorf("it stopped early: %s", out)
	}
	has(t, sc.tick(sc.Clock.Now().Add(2*time.Hour)), "stopped collecting")
	sc.writes(ann, "said after it ended")
	hasNot(t, sc.kept(), "after it ended")
}

func TestAfterACollectionNobodyListens(t *testing.T) {
	t.Parallel()
	sc := collecting(t)
	a := sc.writes(ann, "during")
	sc.Say(lead, channel, "stop collecting")
	listens := func(w bot.What) bool {
		on, err := sc.handler.Listening(t.Context(), channel, w)
		if err != nil {
			t.Fatal(err)
		}
		return on
	}
	if listens(bot.Said{}) || !listens(bot.Edited{}) || !listens(bot.Removed{}) {
		t.Error("it listens to what is said, or not to what is taken back")
	}
	_, sent := sc.Do(ann, channel, bot.Removed{Message: a})
	has(t, sc.text(sent), "changed or removed a message")
	if got := sc.kept(); got != "" {
		t.Errorf("kept %q", got)
	}
}

func TestHostileTextIsCollectedAsItIs(t *testing.T) {
	t.Parallel()
	sc := collecting(t)
	for name, text := range bottest.Hostile() {
		_, sent := sc.Do(ann, channel, bot.Said{Text: text, Message: bot.MessageID("h" + name)})
		if len(sent) != 0 {
			t.Errorf("%s led to %q", name, sc.text(sent))
		}
	}
	out := sc.text(sc.Say(lead, channel, "stop collecting"))
	hasNot(t, out, "evil.example", "<script>")
}

func TestWhatIsSaidToSomebodyInDangerIsNotRetoldOrKept(t *testing.T) {
	t.Parallel()
	sc := collecting(t)
	for i, who := range []bot.User{ann, ben, cai, ann, ben, cai} {
		sc.writes(who, []string{"peer-led supervision is monthly in our team", "our supervision is every six weeks and peer-led",
			"we would like peer-led supervision too", "supervision needs protected time", "protected time for supervision is rare here", "no protected time for supervision"}[i])
	}
	cry := sc.writes(ann, "I want to die")
	sc.writes(ben, "so sorry you feel like that, please ring 999 or the Samaritans, the ostrich is with you", cry)
	sc.writes(cai, "so sorry you feel like that, thinking of you, heron")
	out := sc.text(sc.Say(lead, channel, "stop collecting"))
	has(t, out, "The draft is ready", "check in")
	hasNot(t, out, "ostrich", "heron", "999")
	hasNot(t, sc.kept(), "ostrich", "heron")
	for _, th := range sc.meeting().Draft.Overview.Themes {
		for _, s := range th.Sentences {
			hasNot(t, s.Text, "danger")
		}
	}
}

func TestADraftRestsOnlyOnMessagesThatAreKept(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	body := strings.Replace(chat(t, "supervision-role-drift/raw/zoom-chat.txt"), "This was me.", "This was me, I want to die.", 1)
	sc.drops(lead, "zoom.txt", body)
	sc.says(lead, "overview draw")
	kept := map[string]bool{}
	all, err := sc.store.Messages(t.Context(), sc.meeting())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		kept[m.ID] = true
	}
	for _, th := range sc.meeting().Draft.Overview.Themes {
		for _, id := range append(th.Evidence(), th.Messages...) {
			if !kept[id] {
				t.Errorf("%q rests on %s, which is not kept", th.Title, id)
			}
		}
	}
	hasNot(t, sc.says(lead, "overview check"), "message that was removed")
}
