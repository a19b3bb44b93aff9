package meetings_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/meetings"
)

// archive is a zip of names and bodies, in order.
func archive(t testing.TB, files ...[2]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		w, err := z.Create(f[0])
		if err == nil {
			_, err = w.Write([]byte(f[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const threeLines = "[14:01] Ann Pritchard\n    we need more supervision in our team\n[14:02] Ben Okafor\n    so do we, supervision is monthly\n[14:03] Cai Morgan\n    peer-led supervision would help us\n"

func TestAnArchiveWhosePathsLeadOutsideIsRefusedAndSaidSo(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	day := `[{"type":"message","user":"U1","text":"we need more supervision","ts":"1767880860.000100"},{"type":"message","user":"U2","text":"so do we","ts":"1767880920.000100"}]`
	for _, path := range []string{"../general/2026-01-08.json", "/etc/2026-01-08.json", `..\general\2026-01-08.json`} {
		got := sc.drops(lead, "export.zip", archive(t, [2]string{path, day}))
		has(t, got, "lead outside")
		hasNot(t, got, "2 messages")
	}
}

func TestWhatIsCutOffIsReadAsFarAsItGoesAndSaidSo(t *testing.T) {
	t.Parallel()
	lines := `{"id":"1","ts":"2026-01-08T14:01:00Z","author":"Ann","text":"we need supervision"}` + "\n" +
		`{"id":"2","ts":"2026-01-08T14:02:00Z","author":"Ben","text":"so do we"}` + "\n" + `{"id":"3","ts":"2026-01-08T14:0`
	graph := `{"value":[{"id":"1","messageType":"message","createdDateTime":"2026-01-08T14:01:00Z","from":{"user":{"displayName":"Ann"}},"body":{"contentType":"text","content":"we need supervision"}},` +
		`{"id":"2","messageType":"message","createdDateTime":"2026-01-08T14:02:00Z","from":{"user":{"displayName":"Ben"}},"body":{"contentType":"text","content":"so do we"}},{"id":"3","mess`
	for name, body := range map[string]string{"chat.jsonl": lines, "page.json": graph} {
		sc := newScene(t)
		has(t, sc.drops(lead, name, body), "2 messages by 2 people", "Not read", "it ends in the middle")
	}
}

func TestAnotherLanguageIsSaidSo(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	var b strings.Builder
	for i, s := range slices.Repeat([]string{"Wir brauchen mehr Supervision in unserem Team, und zwar jede Woche", "Bei uns ist das auch so, die Leitung hat keine Zeit dafür",
		"Ich finde, dass die Gruppe sehr hilfreich gewesen ist", "Das stimmt, aber wir haben zu wenig Geld für die Stellen", "Wer kann uns die Unterlagen vom letzten Treffen schicken?",
		"Ich schicke sie euch heute Abend, wenn ich wieder zu Hause bin"}, 4) {
		fmt.Fprintf(&b, "[14:%02d] %s\n    %s\n", i, []string{"Ann", "Ben", "Cai"}[i%3], s)
	}
	has(t, sc.drops(lead, "deutsch.txt", b.String()), "neither English nor Welsh", "24 messages")
}

func TestAThemeNeedsSomethingThatTwoPeopleTalkedAbout(t *testing.T) {
	t.Parallel()
	const nothing = "no themes. You can add one"
	for name, c := range map[string]struct{ body, want string }{
		"greetings only": {"[14:01] Ann\n    hello all\n[14:02] Ben\n    hi everyone\n[14:03] Cai\n    bore da\n[14:04] Ann\n    bye all, thanks\n", nothing},
		"one person": {"[14:01] Ann\n    supervision should be peer-led in every team\n[14:02] Ann\n    supervision is monthly here and that is too rare\n" +
			"[14:03] Ann\n    protected time for supervision would help\n[14:04] Ann\n    supervision again\n", nothing},
		"three of different things": {"[14:01] Ann\n    parking is dear\n[14:02] Ben\n    the biscuits ran out\n[14:03] Cai\n    my laptop is slow\n", nothing},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sc := newScene(t)
			sc.drops(lead, "chat.txt", c.body)
			has(t, sc.says(lead, "overview draw"), c.want)
			if n := len(sc.meeting().Draft.Overview.Themes); n != 0 {
				t.Errorf("%d themes", n)
			}
			sc.says(lead, "overview check")
			sc.says(lead, "overview files")
			has(t, sc.says(lead, "overview add Our own: m1"), "Our own")
		})
	}
}

func TestAnEmptyCollectionEndsInASentence(t *testing.T) {
	t.Parallel()
	sc := collecting(t)
	out := sc.text(sc.Say(lead, channel, "stop collecting"))
	has(t, out, "no themes")
	if m := sc.meeting(); m.State != meetings.Reviewing {
		t.Errorf("it is left in %s", m.State)
	}
}

func TestABadFileTakesNothingOfADraft(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	before, said := sc.state(), sc.kept()
	for name, body := range map[string]string{"empty.txt": "", "photo.png": "\x89PNG\r\n\x1a\n0000000000000000", "broken.zip": "PK\x03\x04 nothing", "broken.docx": "PK\x03\x04 nothing",
		"out.zip": archive(t, [2]string{"../x.txt", threeLines}), "deep.docx": archive(t, [2]string{"word/document.xml", "<w:document"})} {
		if got := sc.drops(lead, name, body); got == "" {
			t.Errorf("%s: nothing was said", name)
		}
		has(t, sc.says(lead, "overview"), "The draft is ready") // it is on the desk still
	}
	if sc.state() != before || sc.kept() != said {
		t.Error("a bad file changed the draft or its messages")
	}
}

func TestTrendsAreOfOneSpaceAndGiveNoNumberOfFewPeople(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	home := meetings.Home{Platform: "fake", Tenant: bottest.Tenant}
	count := func(space bot.SpaceID, id string, c meetings.Counted) {
		c.Meeting, c.Date = id, "2026-01-08"
		if err := sc.store.Count(t.Context(), home, space, c); err != nil {
			t.Fatal(err)
		}
	}
	count("s1", "a", meetings.Counted{Marks: append(marks("role-drift", 5), marks("supervision", 2)...)})
	count("s2", "b", meetings.Counted{Marks: marks("careers", 9)})
	out := sc.text(sc.Say(ann, channel, "recurring themes"))
	has(t, out, "| 5", "1 of 1", "a few")
	hasNot(t, out, "| 2", "areer", "| 9")
}

func TestAfterThePurgeNothingOfTheMessagesIsLeftAnywhere(t *testing.T) {
	t.Parallel()
	sc, _ := talked(t)
	sc.writes(ann, "our zebrafinch supervision is monthly")
	sc.Say(lead, channel, "stop collecting")
	sc.says(lead, "overview text 1: Our own words.")
	sc.settled()
	sc.says(lead, "overview publish")
	if sc.meeting().State != meetings.Published || !strings.Contains(dump(t, sc), "zebrafinch") {
		t.Fatal("it was not published, or kept nothing")
	}
	sc.tick(sc.Clock.Now().Add(31 * 24 * time.Hour))
	all := dump(t, sc)
	for _, w := range []string{"zebrafinch", "every six weeks", `"u":"ann"`} {
		if strings.Contains(all, w) {
			t.Errorf("%q is left", w)
		}
	}
	has(t, sc.says(lead, "overview annex"), "no messages behind this")
	has(t, sc.says(lead, "overview draw"), "not drawn again")
	has(t, sc.says(lead, "overview undo"), "nothing to undo")
	_, sent := sc.Do(ann, channel, bot.Removed{Message: "w1"})
	if len(sent) != 0 {
		t.Errorf("a removal after the purge led to %s", sc.text(sent))
	}
}
