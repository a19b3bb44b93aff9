package meetings_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/meetings"
	"cymar/handlers/meetings/document"
)

// state is the draft as it is kept.
func (sc *scene) state() string {
	sc.t.Helper()
	b, err := json.Marshal(sc.meeting().Draft)
	if err != nil {
		sc.t.Fatal(err)
	}
	return string(b)
}

// edited is an overview as Word would give it back.
func edited(t testing.TB, text string) string {
	t.Helper()
	var b strings.Builder
	d := document.Overview{Title: "Peer space: Meeting Chat Overview", DateLine: "Thursday 8 January 2026, 14:00 – 16:00", Paragraphs: []document.Paragraph{{Text: text}}}
	if err := document.DOCX(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEveryKindOfEditCanBeUndone(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	all, err := sc.store.Messages(t.Context(), sc.meeting())
	if err != nil {
		t.Fatal(err)
	}
	exact := strings.Join(strings.Fields(strings.Split(all[5].Text, "\n")[0])[:3], " ")
	moved := ""
	for _, m := range all {
		if d := sc.meeting().Draft; strings.Contains(strings.Join(d.Overview.Themes[0].Messages, " ")+" ", m.ID+" ") {
			moved = fmt.Sprint("m", m.N)
		}
	}
	for _, edit := range []string{"title 1: Ours", "text 1: In our words.", "text opening: It began.", "text closing: It ended.", "hide 2", "merge 3 into 1",
		"move " + moved + " to 2", "add Rural travel: m4 m9", "quote 1 m6: “" + exact + "”", "lists on", "chart off", "draw"} {
		before := sc.state()
		sc.says(lead, "overview "+edit)
		if sc.state() == before && edit != "draw" {
			t.Errorf("%s changed nothing", edit)
		}
		has(t, sc.says(lead, "overview undo"), "undone")
		if sc.state() != before {
			t.Errorf("%s was not undone", edit)
		}
	}
	before := sc.state()
	sc.drops(lead, "edited.docx", edited(t, "Participants spoke of supervision."))
	if sc.state() == before {
		t.Error("the Word file changed nothing")
	}
	has(t, sc.says(lead, "overview undo"), "undone")
	if sc.state() != before {
		t.Error("the Word file was not undone")
	}
}

func TestTenStepsCanBeUndoneAndTheSameEventUndoesOne(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	for i := range 12 {
		sc.says(lead, fmt.Sprintf("overview title 1: Title %c", 'a'+i))
	}
	ev := bot.Event{ID: "undo", At: sc.Clock.Now(), From: lead, In: bottest.Direct(lead), What: bot.Pressed{Action: "meetings.undo"}}
	for range 5 {
		sc.Receive(ev)
	}
	if title, _ := sc.theme(0); title != "Title k" {
		t.Errorf("after one undo that came five times it is %q", title)
	}
	for range 9 {
		sc.says(lead, "overview undo")
	}
	if title, _ := sc.theme(0); title != "Title b" {
		t.Errorf("after ten it is %q", title)
	}
	has(t, sc.says(lead, "overview undo"), "nothing to undo")
}

// strangers are those who may do nothing with an overview: somebody without a
// role, and a facilitator whose overview it is not.
func strangers(t *testing.T, sc *scene) []bot.User {
	t.Helper()
	space, err := sc.Memory.Of(t.Context(), channel)
	if err != nil {
		t.Fatal(err)
	}
	space.Roles[cai.ID] = bot.Facilitator
	if err := sc.Memory.Save(t.Context(), space); err != nil {
		t.Fatal(err)
	}
	sc.Say(cai, channel, "hello")
	return []bot.User{ann, cai}
}

func TestNobodyButItsFacilitatorDoesAnythingWithAnOverview(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	before, id := sc.state(), sc.meeting().ID
	for _, u := range strangers(t, sc) {
		for verb, phrases := range sc.handler.Verbs() {
			if verb == "start" || verb == "auto" || verb == "leave" || verb == "rejoin" {
				continue // what a facilitator may do, and what everybody may
			}
			for _, args := range []string{"", " 1", " yes", " 2 into 1", " m4 to 2", " 1: Ours", " " + id} {
				for _, out := range []string{sc.says(u, "overview "+append(phrases[0], verb)[0]+args), sc.presses(u, verb, strings.TrimSpace(args))} {
					hasNot(t, out, "The draft is ready", "Peer space", "/desk/open", "file:", "Published", "The messages behind")
				}
			}
		}
		for form, fields := range map[string]map[string]string{"part": {"title": "Ours", "text": "Ours"}, "merging": {"into": "1"}, "facts": {"name": "Ours"}} {
			sc.Do(u, bottest.Direct(u), bot.Submitted{Form: "meetings." + form, State: id + "/2", Fields: fields})
			sc.Do(u, bottest.Direct(u), bot.Submitted{Form: "meetings." + form, State: id, Fields: fields})
		}
		sc.drops(u, "edited.docx", edited(t, "Somebody else’s words."))
	}
	if m := sc.meeting(); sc.state() != before || m.State != meetings.Reviewing || m.Facts.Title != "Peer space" {
		t.Errorf("something changed: %s, %q", m.State, m.Facts.Title)
	}
}

func TestAFormChangesTheOverviewForWhichItWasOpened(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	first := sc.meeting().ID
	now, _ := sc.Press(lead, bottest.Direct(lead), "meetings.merge", "2")
	facts, _ := sc.Press(lead, bottest.Direct(lead), "meetings.fill", "")
	sc.Clock.Advance(time.Second)
	sc.drops(lead, "other.txt", chat(t, pieces+"1.txt"))
	sc.says(lead, "overview draw")
	sc.Do(lead, bottest.Direct(lead), bot.Submitted{Form: "meetings.merging", State: now.Form.State, Fields: map[string]string{"into": "1"}})
	sc.Do(lead, bottest.Direct(lead), bot.Submitted{Form: "meetings.facts", State: facts.Form.State, Fields: map[string]string{"name": "Renamed"}})
	all, err := sc.store.All(t.Context(), meetings.Home{Platform: "fake", Tenant: bottest.Tenant})
	if err != nil || len(all) != 2 {
		t.Fatalf("%d meetings, %v", len(all), err)
	}
	for _, m := range all {
		mine := m.ID == first
		if merged := m.Draft.Numbers[1] == 3; merged != mine || (m.Facts.Title == "Renamed") != mine {
			t.Errorf("the one it was opened for: %v; merged: %v, called %q", mine, merged, m.Facts.Title)
		}
	}
}

func TestALinkToTheDeskLivesForAQuarterOfAnHour(t *testing.T) {
	t.Parallel()
	o := newOffice(t, reviewing(t))
	link := o.link()
	var pass string
	for line := range strings.SplitSeq(dump(t, o.scene), "\n") {
		if key, _, _ := strings.Cut(line, " "); strings.Contains(key, ":pass:") {
			pass = key
		}
	}
	if ttl := o.db.TTL(t.Context(), pass).Val(); ttl > 15*time.Minute || ttl < 14*time.Minute {
		t.Errorf("it lives %v", ttl)
	}
	if strings.Contains(pass, link[len(link)-20:]) {
		t.Error("the secret stands in the key’s name")
	}
	if err := o.db.Del(t.Context(), pass).Err(); err != nil { // as its time does
		t.Fatal(err)
	}
	if status, _ := o.enter(o.client, link); status != http.StatusForbidden {
		t.Errorf("after its time: %d", status)
	}
}

func TestABrowserAtTheDeskReachesOneOverviewOnly(t *testing.T) {
	t.Parallel()
	o := newOffice(t, reviewing(t))
	_, path := o.enter(o.client, o.link())
	first := o.meeting().ID
	o.Clock.Advance(time.Second)
	o.drops(lead, "other.txt", chat(t, pieces+"1.txt"))
	o.says(lead, "overview draw")
	all, err := o.store.All(t.Context(), meetings.Home{Platform: "fake", Tenant: bottest.Tenant})
	if err != nil || len(all) != 2 {
		t.Fatalf("%d meetings, %v", len(all), err)
	}
	if status, _ := o.send(http.MethodGet, strings.Replace(path, first, all[0].ID, 1)+"/data", "", ""); status != http.StatusForbidden {
		t.Errorf("another overview: %d", status)
	}
	if status, _ := o.send(http.MethodGet, path+"/data", "", ""); status != http.StatusOK {
		t.Errorf("its own: %d", status)
	}
	if err := o.store.Delete(t.Context(), all[1]); err != nil {
		t.Fatal(err)
	}
	if status, _ := o.send(http.MethodGet, path+"/data", "", ""); status != http.StatusForbidden {
		t.Errorf("after it was deleted: %d", status)
	}
}

func TestNoLinkIsGivenInAChannel(t *testing.T) {
	t.Parallel()
	o := newOffice(t, reviewing(t))
	hasNot(t, o.text(o.Say(lead, channel, "overview page")), "/desk/open")
	hasNot(t, o.says(ann, "overview page"), "/desk/open")
}

func TestTheGuardListNamesEachKindOfRisk(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text, want string
		keep       string // what can be kept; "" for what must be changed
	}{
		"a name":          {"Many agreed with Iwan Meredith about supervision.", "Name", "name"},
		"a place":         {"Participants from Bronglais Hospital spoke of supervision.", "Place or service", "place"},
		"a figure":        {"Supervision was every 17 weeks.", "Figure", "number"},
		"an address":      {"Participants can write to someone@nhs.example for more.", "Contact detail or link", ""},
		"a phone number":  {"Participants can ring 01632 960123.", "Contact detail or link", ""},
		"an NHS number":   {"Somebody gave 943 476 5919 as theirs.", "Contact detail or link", ""},
		"distress":        {"Participants were really struggling with supervision.", "Somebody’s distress or safety", ""},
		"somebody’s hurt": {"A patient was hit by staff.", "Somebody’s distress or safety", ""},
		"own health":      {"One participant said that she has bipolar disorder and was sectioned.", "Somebody’s own health", "health"},
		"nobody’s words":  {"Somebody said “words that nobody wrote at all”.", "Not the exact words of a message", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, way := range []string{"in the draft", "in a Word file"} {
				sc := reviewing(t)
				sc.settled()
				if way == "in the draft" && name == "somebody’s hurt" {
					continue // typed, it is a safeguarding matter of the facilitator's, and no edit
				}
				if way == "in the draft" {
					sc.says(lead, "overview text 1: "+c.text)
				} else {
					sc.drops(lead, "edited.docx", edited(t, c.text))
				}
				list := sc.says(lead, "overview publish")
				has(t, list, c.want)
				if sc.meeting().State == meetings.Published {
					t.Errorf("%s it went out", way)
				}
				if c.keep == "" {
					for _, kind := range []string{"contact", "disclosure", "quote", "1", "2", "3"} {
						sc.says(lead, "overview keep "+kind)
					}
					has(t, sc.says(lead, "overview publish"), c.want)
					continue
				}
				sc.says(lead, "overview keep "+c.keep)
				hasNot(t, sc.says(lead, "overview check"), c.want+":")
			}
		})
	}
}
