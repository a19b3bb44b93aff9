package meetings_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/meetings"
	"cymar/handlers/meetings/document"
)

// settled answers every risk: what may be kept is kept, what may not is
// written anew.
func (sc *scene) settled() {
	sc.t.Helper()
	for range 40 {
		list := sc.says(lead, "overview check")
		if strings.Contains(list, "Nothing is left to settle") {
			return
		}
		if n := regexp.MustCompile(`overview keep (\d+)`).FindStringSubmatch(list); n != nil {
			sc.says(lead, "overview keep "+n[1])
			continue
		}
		part := regexp.MustCompile(`overview edit (\S+)\)`).FindStringSubmatch(list)
		if part == nil {
			sc.t.Fatalf("nothing can be done about: %s", list)
		}
		sc.says(lead, "overview text "+part[1]+": Participants spoke of their work.")
	}
	sc.t.Fatal("the guard list does not end")
}

// published is a scene with an overview that went out.
func published(t *testing.T) *scene {
	t.Helper()
	sc := reviewing(t)
	sc.settled()
	sc.presses(lead, "publish", "")
	if sc.meeting().State != meetings.Published {
		t.Fatal("it is not published")
	}
	return sc
}

func TestPublishingIsRefusedWhileARiskIsOpen(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	sc.says(lead, "overview text 1: Twelve people and 17 others met in Llanfabon with Khadija, who can be rung on 01632 960123.")
	list := sc.says(lead, "overview check")
	has(t, list, "to settle", "Figure: 17", "01632 960123", "Llanfabon")
	hasNot(t, list, "service: Zoom") // which the bot wrote itself
	has(t, sc.says(lead, "overview publish"), "to settle")
	has(t, sc.presses(lead, "publish", ""), "to settle")
	if sc.meeting().State == meetings.Published {
		t.Fatal("it went out all the same")
	}
	for _, s := range sc.Platform.All() {
		if s.To.ID == channel.ID && strings.Contains(s.Text(), "Llanfabon") {
			t.Error("it stands in the channel")
		}
	}
	has(t, sc.says(lead, "overview keep contact"), "cannot be kept")
	sc.says(lead, "overview text 1: Several people met and I am really struggling today.")
	has(t, sc.says(lead, "overview check"), "distress or safety")
	has(t, sc.says(lead, "overview keep disclosure"), "cannot be kept")
}

func TestAPublishedOverviewIsInTheChannelWithWhoApprovedItAndWhen(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	sc.settled()
	before := len(sc.Platform.All())
	has(t, sc.presses(lead, "publish", ""), "Published. Your approval is recorded", "deleted on 23/12/2026")
	var card, file bool
	for _, s := range sc.Platform.All()[before:] {
		if s.To.ID != channel.ID {
			continue
		}
		card = card || strings.Contains(s.Text(), "Peer space: Meeting Chat Overview") && strings.Contains(s.Text(), "approved by the facilitator")
		file = file || s.How == "upload" && strings.HasSuffix(s.File.Name, ".docx")
	}
	if !card || !file {
		t.Errorf("in the channel: card %v, file %v", card, file)
	}
	m := sc.meeting()
	if m.Approved != lead.ID || !m.At.Equal(sc.Clock.Now()) || len(m.Settled) == 0 {
		t.Errorf("recorded: %v at %v, %d decisions", m.Approved, m.At, len(m.Settled))
	}
	for id, d := range m.Settled {
		if d.By != lead.ID || d.Kind == "" || len(id) > 8 {
			t.Errorf("decision %s: %+v", id, d)
		}
	}
}

func TestTheMessagesGoThirtyDaysAfterPublicationAndTheCountsStay(t *testing.T) {
	t.Parallel()
	sc := published(t)
	sc.tick(sc.Clock.Now().Add(29 * 24 * time.Hour))
	if sc.kept() == "" {
		t.Fatal("they went early")
	}
	sc.tick(sc.Clock.Now().Add(2 * 24 * time.Hour))
	if got := sc.kept(); got != "" {
		t.Errorf("kept %q", got)
	}
	has(t, sc.says(lead, "overview evidence 1"), "no messages behind this")
	has(t, sc.says(lead, "overview publish"), "not drawn again")
	has(t, sc.text(sc.Say(ann, channel, "What did we talk about in the last six meetings?")), "Themes of the last meeting", "1 of 1")
}

func TestRecurringThemesAreCountedWithoutWords(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	has(t, sc.text(sc.Say(ann, channel, "what did we talk about in the last six meetings")), "No overview was published")
	home := meetings.Home{Platform: "fake", Tenant: bottest.Tenant}
	for i := range 30 {
		c := meetings.Counted{Meeting: fmt.Sprint("m", i), Date: fmt.Sprintf("2026-%02d-%02d", 1+i/28, 1+i%28)}
		c.Marks = append(c.Marks, marks("role-drift", 5)...)
		if i%2 == 0 {
			c.Marks = append(c.Marks, marks("supervision", 2)...)
		}
		if err := sc.store.Count(t.Context(), home, "s1", c); err != nil {
			t.Fatal(err)
		}
	}
	all, err := sc.store.Counts(t.Context(), home, "s1")
	if err != nil || len(all) != 24 || all[0].Meeting != "m6" {
		t.Errorf("%d are kept, the first is %v (%v)", len(all), all[0].Meeting, err)
	}
	out := sc.text(sc.Say(ann, channel, "what did we talk about in the last six meetings?"))
	has(t, out, "last 6 meetings", "6 of 6", "3 of 6", "| 30", "| 6")
	has(t, sc.text(sc.Say(ann, channel, "am beth fuon ni'n siarad yn y chwe chyfarfod diwethaf?")), "6 o 6")
	for said, want := range map[string]int{"": 6, "in the last six meetings": 6, "over the past 3 meetings": 3, "in our last meetings": 6, "yn y tri chyfarfod diwethaf": 3} {
		if n, ok := meetings.ReadSpan(said); !ok || n != want {
			t.Errorf("%q: %d %v", said, n, ok)
		}
	}
	for _, said := range []string{"with the new manager in Leeds", "in the last 99 meetings", "in the last banana meetings"} {
		if n, ok := meetings.ReadSpan(said); ok {
			t.Errorf("%q: %d", said, n)
		}
	}
}

func TestAWordFileThatComesBackIsCheckedBeforeItCanBePublished(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	edited := func(text string) string {
		var b strings.Builder
		d := document.Overview{Title: "Peer space: Meeting Chat Overview", DateLine: "Thursday 8 January 2026, 14:00 – 16:00", Paragraphs: []document.Paragraph{{Text: text}}}
		if err := document.DOCX(&b, d); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	has(t, sc.drops(lead, "edited.docx", edited("Some met Wil Cadwgan at 17 Mill Lane, who is really struggling.")), "I took your edited version: 1 paragraphs", "to settle", "17", "distress or safety")
	has(t, sc.says(lead, "overview publish"), "to settle")
	has(t, sc.says(lead, "overview hide 1"), "edited in Word")
	has(t, sc.drops(lead, "again.docx", edited("Participants spoke of supervision.")), "Nothing is left to settle")
	sc.presses(lead, "publish", "")
	out := ""
	for _, s := range sc.Platform.All() {
		if s.To.ID == channel.ID {
			out += s.Text()
		}
	}
	has(t, out, "Participants spoke of supervision.")
	hasNot(t, out, "Cadwgan")
	has(t, sc.drops(lead, "not.docx", "PK\x03\x04 nothing"), "could not read that as an edited overview")
}

func TestTheFilesAreWordHTMLAndMarkdownAndTheAnnexIsApart(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	_, sent := sc.Do(lead, bottest.Direct(lead), bot.Said{Text: "overview files", ToBot: true})
	var names []string
	for _, s := range sent {
		if s.How == "upload" {
			names = append(names, s.File.Name)
			if s.To.ID != bottest.Direct(lead).ID || len(s.Body) < 500 {
				t.Errorf("%s went to %s with %d bytes", s.File.Name, s.To.ID, len(s.Body))
			}
			hasNot(t, s.Body, "m1 14:")
		}
	}
	if strings.Join(names, " ") != "Meeting Chat Overview 2026-01-08.docx Meeting Chat Overview 2026-01-08.html Meeting Chat Overview 2026-01-08.md" {
		t.Errorf("files: %v", names)
	}
	_, sent = sc.Do(lead, bottest.Direct(lead), bot.Said{Text: "overview annex", ToBot: true})
	var annex document.Edited
	for _, s := range sent {
		if s.How == "upload" {
			e, err := document.ReadDOCX(strings.NewReader(s.Body), int64(len(s.Body)))
			if err != nil {
				t.Fatal(err)
			}
			annex = e
		}
	}
	if len(annex.Paragraphs) < 10 {
		t.Errorf("the annex has %d paragraphs", len(annex.Paragraphs))
	}
}

func TestOpenQuestionsGoOnWithoutWhoAskedThem(t *testing.T) {
	t.Parallel()
	sc := published(t)
	out := sc.says(lead, "overview questions")
	if n := len(sc.meeting().Draft.Overview.Questions); n == 0 {
		t.Skip("this chat leaves no question open")
	}
	if len(sc.asked) == 0 && !strings.Contains(out, "stayed here") {
		t.Errorf("none went on: %s", out)
	}
	for _, q := range sc.asked {
		hasNot(t, q, "Khalid", "Pritchard", "@")
	}
}

func TestAChangeAfterPublicationIsToldToTheFacilitator(t *testing.T) {
	t.Parallel()
	sc := collecting(t)
	var ids []bot.MessageID
	for i, who := range []bot.User{ann, ben, cai, ann, ben, cai} {
		ids = append(ids, sc.writes(who, fmt.Sprintf("supervision should be peer-led and monthly, point %c", 'a'+i)))
	}
	sc.Say(lead, channel, "stop collecting")
	sc.settled()
	sc.says(lead, "overview publish")
	_, sent := sc.Do(ann, channel, bot.Removed{Message: ids[0]})
	has(t, sc.text(sent), "after the overview was published")
	if sent[0].To.ID != bottest.Direct(lead).ID {
		t.Errorf("told to %s", sent[0].To.ID)
	}
}

func TestWhereToPublishIsAskedWhenItIsNotKnown(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	sc.settled()
	space, err := sc.Memory.Of(context.Background(), channel)
	if err != nil {
		t.Fatal(err)
	}
	space.Places = append(space.Places, "c2")
	if err := sc.Memory.Save(t.Context(), space); err != nil {
		t.Fatal(err)
	}
	other := bottest.Channel("c2")
	sc.Say(lead, other, "hello")
	has(t, sc.says(lead, "overview publish"), "@Cymar overview publish")
	sc.Say(lead, other, "overview publish")
	found := false
	for _, s := range sc.Platform.All() {
		found = found || s.To.ID == "c2" && strings.Contains(s.Text(), "Peer space: Meeting Chat Overview")
	}
	if !found {
		t.Error("it is not in the channel where it was typed")
	}
}

func TestTheSameEventTwentyTimesPublishesOnce(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	sc.settled()
	ev := bot.Event{ID: "again", At: sc.Clock.Now(), From: lead, In: bottest.Direct(lead), What: bot.Pressed{Action: "meetings.publish"}}
	for range 20 {
		sc.Receive(ev)
	}
	n := 0
	for _, s := range sc.Platform.All() {
		if s.How == "send" && s.To.ID == channel.ID && strings.Contains(s.Card.Summary, "Meeting Chat Overview") {
			n++
		}
	}
	if n != 1 || sc.meeting().Times != 1 {
		t.Errorf("published %d times, counted %d", n, sc.meeting().Times)
	}
}
