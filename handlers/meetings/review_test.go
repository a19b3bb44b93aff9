package meetings_test

import (
	"regexp"
	"strings"
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
)

// reviewing is a scene with the draft of one of the chats.
func reviewing(t *testing.T) *scene {
	t.Helper()
	sc := newScene(t)
	sc.drops(lead, "zoom.txt", chat(t, "supervision-role-drift/raw/zoom-chat.txt"))
	for _, s := range []string{"name Peer space", "date 8 January 2026", "times 14:00 to 16:00", "told yes", "draw"} {
		sc.says(lead, "overview "+s)
	}
	if sc.meeting().Draft == nil {
		t.Fatal("there is no draft")
	}
	return sc
}

// text is a part of the draft as it is now.
func (sc *scene) theme(i int) (title, text string) {
	th := sc.meeting().Draft.Overview.Themes[i]
	return th.Title, th.Text()
}

func TestTheDraftGoesToTheFacilitatorAlone(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.drops(lead, "zoom.txt", chat(t, "supervision-role-drift/raw/zoom-chat.txt"))
	_, sent := sc.Do(lead, bottest.Direct(lead), bot.Said{Text: "overview draw", ToBot: true})
	if len(sent) < 6 {
		t.Fatalf("only %d cards", len(sent))
	}
	for _, s := range sent {
		if s.To.ID != bottest.Direct(lead).ID {
			t.Errorf("a card went to %s", s.To.ID)
		}
	}
	if !strings.Contains(sc.says(ann, "overview"), "acilitator") && !strings.Contains(sc.says(ann, "overview"), "only") {
		hasNot(t, sc.says(ann, "overview"), "The draft is ready")
	}
}

func TestAPartIsEditedByFormAndByCommand(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	now, _ := sc.Press(lead, bottest.Direct(lead), "meetings.edit", "1")
	if now == nil || now.Form == nil || len(now.Form.Fields) != 2 {
		t.Fatalf("answered %+v", now)
	}
	before, _ := sc.theme(0)
	if now.Form.Fields[0].Value != before {
		t.Errorf("the form holds %q", now.Form.Fields[0].Value)
	}
	_, sent := sc.Do(lead, bottest.Direct(lead), bot.Submitted{Form: "meetings.part", State: now.Form.State, Fields: map[string]string{"title": "Ours", "text": "In our words."}})
	if len(sent) != 1 || sent[0].How != "update" {
		t.Errorf("the card was not changed in place: %+v", sent)
	}
	if title, text := sc.theme(0); title != "Ours" || text != "In our words." {
		t.Errorf("%q %q", title, text)
	}
	sc.says(lead, "overview title 1: Yours: and theirs")
	sc.says(lead, "overview text 1: Participants\ndescribed much.")
	if title, text := sc.theme(0); title != "Yours: and theirs" || text != "Participants\ndescribed much." {
		t.Errorf("%q %q", title, text)
	}
	sc.says(lead, "overview text opening: The meeting focused on much.")
	if got := sc.meeting().Draft.Overview.Opening.Text(); got != "The meeting focused on much." {
		t.Errorf("%q", got)
	}
	sc.says(lead, "trosolwg testun diweddglo: Overall, much.")
	if got := sc.meeting().Draft.Overview.Closing.Text(); got != "Overall, much." {
		t.Errorf("%q", got)
	}
}

func TestThemesAreHiddenMergedAddedAndUndone(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	before := sc.meeting().Draft
	sc.presses(lead, "hide", "2")
	if !sc.meeting().Draft.Overview.Themes[1].Hidden {
		t.Error("it is not hidden")
	}
	sc.says(lead, "overview show 2")
	has(t, sc.says(lead, "overview merge 2 into 1"), "Theme 2 is part of theme 1")
	d := sc.meeting().Draft
	if len(d.Overview.Themes) != len(before.Overview.Themes)-1 || d.Numbers[0] != 1 || d.Numbers[1] != 3 {
		t.Errorf("%d themes, numbers %v", len(d.Overview.Themes), d.Numbers)
	}
	has(t, sc.says(lead, "overview hide 2"), "no such part")
	sc.says(lead, "overview hide 3")
	if !sc.meeting().Draft.Overview.Themes[1].Hidden {
		t.Error("after a merge a number means another theme")
	}
	has(t, sc.says(lead, "overview add Rural travel: m4 m9"), "Rural travel", "2 messages")
	for range 5 {
		has(t, sc.says(lead, "overview undo"), "undone")
	}
	if got := sc.meeting().Draft.Overview.Text(); got != before.Overview.Text() {
		t.Error("undoing did not bring the draft back")
	}
	has(t, sc.says(lead, "overview undo"), "nothing to undo")
}

func TestAMessageMovesAndItsThemeIsWrittenAnew(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	shown := sc.says(lead, "overview evidence 1")
	m := regexp.MustCompile(`m\d+`).FindString(shown)
	if m == "" {
		t.Fatalf("no messages: %s", shown)
	}
	hasNot(t, shown, "Pritchard", "Okafor")
	n := len(sc.meeting().Draft.Overview.Themes[1].Messages)
	has(t, sc.says(lead, "overview move "+m+" to 2"), "belongs to theme 2")
	if got := len(sc.meeting().Draft.Overview.Themes[1].Messages); got != n+1 {
		t.Errorf("%d messages, not %d", got, n+1)
	}
	_, was := sc.theme(0)
	sc.says(lead, "overview text 1: Nothing of it.")
	sc.presses(lead, "redraw", "1")
	if _, text := sc.theme(0); text == "Nothing of it." || len(text) < len(was)/3 {
		t.Errorf("drawn anew: %q", text)
	}
	has(t, sc.says(lead, "overview move m9999 to 2"), "no message")
	has(t, sc.says(lead, "overview move banana"), "Write, for example")
	has(t, sc.says(lead, "overview move "+m+" to 99"), "no such part")
}

func TestEvidenceIsShownInTheDirectChatOnly(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	has(t, sc.text(sc.Say(lead, channel, "overview evidence 1")), "direct chat only")
}

func TestAQuotationIsExactOrRefused(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	all, err := sc.store.Messages(t.Context(), sc.meeting())
	if err != nil {
		t.Fatal(err)
	}
	msg := all[5]
	words := strings.Join(strings.Fields(strings.Split(msg.Text, "\n")[0])[:3], " ")
	sc.says(lead, "overview quote 1 m6: “"+words+"”")
	_, text := sc.theme(0)
	has(t, text, "As one participant put it, “"+words+"”")
	has(t, sc.says(lead, "overview quote 1 m6: words that nobody wrote"), "does not hold exactly those words")
	sc.says(lead, "overview text 2: Somebody said “words that nobody wrote at all”.")
	has(t, sc.says(lead, "overview check"), "Not the exact words of a message")
}

func TestWhatIsTypedWronglyIsAnsweredWithAnExample(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	before := sc.meeting().Revision
	for said, want := range map[string]string{
		"hide": "Which part", "hide banana": "Which part", "hide 99": "no such part", "hide opening": "no such part", "title 1": "Write, for example",
		"title 1:": "Write, for example", "text banana: x": "Write, for example", "merge 1": "Write, for example", "merge 1 into 1": "no such part",
		"quote 1": "Write, for example", "lists perhaps": "Write “overview lists on”", "chart": "Write “overview chart on”", "redraw opening": "Only a theme",
		"open 9": "Write the number", "keep 999": "Write the number", "add": "Write, for example", "told perhaps": "Write “overview told yes”", "edit 1": "Write “overview title 1",
		"evidence 99": "no such part", "more": "other pieces",
	} {
		if said == "more" {
			continue
		}
		has(t, sc.says(lead, "overview "+said), want)
	}
	if after := sc.meeting().Revision; after != before {
		t.Errorf("something changed: revision %d, not %d", after, before)
	}
	has(t, sc.says(lead, "overview of the meeting please"), "an answer")
	for name, text := range bottest.Hostile() {
		sc.says(lead, "overview title 1: "+text)
		sc.says(lead, "overview text 1: "+text)
		if title, _ := sc.theme(0); len([]rune(title)) > 200 {
			t.Errorf("%s: a title of %d characters", name, len(title))
		}
	}
}

func TestHelpNamesEveryVerbInBothLanguages(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	has(t, sc.says(lead, "overview help"), "overview merge", "overview keep", "overview publish", "overview leave out"[:8])
	has(t, sc.says(lead, "trosolwg cymorth"), "trosolwg uno", "trosolwg cyhoeddi", "dadwneud")
}

func TestAnOverviewIsFoundAgainAndDeleted(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	sc.Clock.Advance(1)
	sc.says(lead, chat(t, pieces+"1.txt")) // another one, which is on the desk now
	has(t, sc.says(lead, "overview list"), "Peer space", "draft", "chat coming in")
	has(t, sc.says(lead, "overview open 2"), "The draft is ready", "Peer space")
	has(t, sc.says(lead, "overview delete"), "cannot be undone")
	has(t, sc.says(lead, "overview delete yes"), "deleted")
	if left := dump(t, sc); strings.Contains(left, "supervision") {
		t.Error("something of it is left")
	}
	has(t, sc.says(lead, "overview"), "no overview here")
}
