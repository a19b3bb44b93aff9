package prose

import (
	"strings"
	"testing"
)

func TestAListOfOddSingleWordsIsNotWritten(t *testing.T) {
	t.Parallel()
	w, lines := writer(t, `
10:05 Ann Lee: the corridors were on my mind after supervision
10:06 Ben Rees: the rooms and the rota
10:07 Cara Moss: rooms with a dietitian in them`)
	for _, c := range []struct {
		xs   string
		want bool
	}{
		{"", false},
		{"corridors", false},
		{"corridors|the rota", false},
		{"the corridors|the rota|the walls", false},
		{"rooms|corridors", false},
		{"the bowls club", false},
		{"a job description for senior peers", true},
		{"the agreement with the ward", true},           // one that says of what it is
		{"rooms|supervision", true},                     // of two people, and a subject of the field
		{"the walking group|corridors", false},          // one says something
		{"the walking group|a letter for nurses", true}, // of several words each
	} {
		var xs []string
		if c.xs != "" {
			xs = strings.Split(c.xs, "|")
		}
		if got := w.worthAList(xs, lines); got != c.want {
			t.Errorf("%q: %v", c.xs, got)
		}
	}
}

func TestAPieceOfASentenceIsNoPhrase(t *testing.T) {
	t.Parallel()
	one, two := map[string]bool{"a": true}, map[string]bool{"a": true, "b": true}
	for _, c := range []struct {
		x    phrase
		want bool
	}{
		{phrase{bare: "tender", text: "tender", authors: two}, false},
		{phrase{bare: "account", text: "account", authors: two}, false},
		{phrase{bare: "young", text: "young", authors: two}, true},
		{phrase{bare: "already", text: "already", authors: two}, true},
		{phrase{bare: "relatives", text: "relatives", plural: true, authors: two}, false},
		{phrase{bare: "relative", text: "the relative", authors: two}, false},
		{phrase{bare: "training", text: "training", mass: true, authors: two}, false},
		{phrase{bare: "IG", text: "IG", authors: two}, false},
		{phrase{bare: "work waits", text: "work waits", plural: true, authors: one}, true},
		{phrase{bare: "phone trees", text: "phone trees", plural: true, authors: two}, false},
		{phrase{bare: "bacon rolls", text: "bacon rolls", plural: true, authors: one}, true},
		{phrase{bare: "blankets", text: "blankets", plural: true, authors: two}, true},
		{phrase{bare: "job plans", text: "job plans", plural: true, authors: one}, false},
	} {
		if got := cutShort(c.x); got != c.want {
			t.Errorf("%q: %v", c.x.text, got)
		}
	}
}

func TestANounWithoutItsArticleIsNamedInThePlural(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		x    phrase
		want string
	}{
		{phrase{bare: "relative", text: "relative"}, "relatives"},
		{phrase{bare: "relative", text: "the relative"}, "the relative"},
		{phrase{bare: "interview", text: "an interview"}, "interviews"},
		{phrase{bare: "training", text: "training", mass: true}, "training"},
		{phrase{bare: "IG", text: "IG"}, "IG"},
		{phrase{bare: "third sector", text: "third sector"}, "third sector"},
	} {
		if got := ofMany(c.x); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.x.text, got, c.want)
		}
	}
}

func TestOnlyAMessageOfWhatIsTheWritersOwnIsSpentByOneThing(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{
		"somebody left a risk assessment in our kitchen": 1,
		"somebody left a risk assessment in a kitchen":   0,
	} {
		w, lines := writer(t, "\n10:05 Ann Lee: "+in+"\n10:06 Ben Rees: supervision matters\n10:07 Cara Moss: and so does supervision")
		th := theme{lines: lines, phrases: w.phrases(lines)}
		for k := range th.phrases {
			th.phrases[k].plain, th.phrases[k].open, th.phrases[k].fit, th.phrases[k].score = true, true, true, 3
		}
		if got := w.ownStories(th); (len(got) > 0) != (want > 0) {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func TestAnArticleIsNoWordOfAThing(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"the rota": "rota", "an OT": "OT", "a hub day": "hub day", "theatre": "theatre", "answers": "answers"} {
		if got := unarticled(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestWhatIsInEveryHouseOrBelongsToTheVerbIsNoThing(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		"the board on purpose":         true,
		"the helpdesk on hold":         true,
		"places with actual sheep":     true,
		"a room with a kettle":         true,
		"a letter for the work coach":  false,
		"the survey on supervision":    false,
		"tablets with data for people": false,
	} {
		if got := adrift(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func TestAThinParagraphNamesWhatElseWasSpokenOfAndAFullOneDoesNot(t *testing.T) {
	t.Parallel()
	w, lines := writer(t, `
10:05 Ann Lee: has anyone a job description for senior peers
10:06 Ben Rees: a job description, yes, and an honorary contract
10:07 Cara Moss: the honorary contract and a risk assessment
10:08 Dai Pugh: a risk assessment, every time`)
	th := w.study(lines)
	var thinly, fully Paragraph
	w.besides(&thinly, newFrames(), th, 0)
	if s := thinly.Text(); !strings.Contains(s, "contract") || !strings.Contains(s, " and ") {
		t.Errorf("a thin paragraph goes on with %q", s)
	}
	for range 3 {
		fully.Sentences = append(fully.Sentences, Sentence{Text: strings.Repeat("enough has been said here ", 6)})
	}
	if w.besides(&fully, newFrames(), th, 0); len(fully.Sentences) != 3 {
		t.Errorf("a full paragraph goes on with %q", fully.Sentences[3].Text)
	}
}

func TestThePhrasesBeforeAListTakeTurns(t *testing.T) {
	t.Parallel()
	f := newFrames()
	seen := map[string]bool{}
	for range 4 {
		seen[f.beside(0)] = true
	}
	if len(seen) != 4 {
		t.Errorf("%d beginnings in four lists", len(seen))
	}
	if s := f.beside(2); !strings.Contains(s, "also") && !strings.Contains(s, "ther") {
		t.Errorf("after other sentences a list begins %q", s)
	}
}

func TestOneWordOfSomebodysBodyIsNotNamed(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{"birth injuries": true, "a hip": true, "miscarriages": true, "job plans": false, "": false} {
		if got := bodily(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}
