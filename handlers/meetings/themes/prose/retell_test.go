package prose

import (
	"strings"
	"testing"

	"cymar/handlers/meetings/themes/grammar"
)

func TestAServiceIsToldOfAsOneAndThenAnother(t *testing.T) {
	t.Parallel()
	w, lines := writer(t, `
10:05 Ann Lee: for supervision we pool our budgets with a charity
10:06 Ben Rees: for supervision we hold a group every month with a senior peer
10:07 Cara Moss: supervision should be in the job plan of every peer`)
	text := w.One(lines, 1, 4).Text()
	if !strings.Contains(text, "another") && !strings.Contains(text, "Another") {
		t.Errorf("two services are not set beside each other in %q", text)
	}
	if strings.Contains(text, " we ") || strings.Contains(text, " our ") {
		t.Errorf("somebody speaks in %q", text)
	}
}

func TestOfOnePersonsServiceOneThingIsTold(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, `
10:05 Ann Lee: we pool our supervision budgets with the charity next door
10:06 Ann Lee: we hold a supervision group every month with a senior peer
10:07 Ben Rees: supervision should be in the job plan`)
	ps := []point{{text: "pools its budgets", form: grammar.Did, lines: []int{0}}, {text: "holds a group", form: grammar.Did, lines: []int{1}}}
	if got := w.ofEach(ps); len(got) != 1 || got[0].text != "pools its budgets" {
		t.Errorf("told of one person: %v", got)
	}
}

func TestOfALineThatTellsOfItsWriterOnlyWhatIsGeneralIsOpen(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, `
10:05 Ann Lee: I waited 14 months for keys. Peers should have keys from the first day. The duty line rings out. Wards lock the doors at night. I'd rather have a named person in each team. We asked my manager twice
10:06 Ben Rees: each team has its own rules
10:07 Cara Moss: the team decides that`)
	l := &w.c.Lines[0]
	want := map[string]bool{"Peers should have keys from the first day": true, "Wards lock the doors at night": true, "I'd rather have a named person in each team": true}
	for _, s := range l.Sentences {
		if _, ok := w.point(l, s); ok != want[s.Text] {
			t.Errorf("%q: told %v", s.Text, ok)
		}
	}
}

func TestAStrikingPictureOfAServiceIsNotTold(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, `
10:05 Ann Lee: we serve pancakes with lavender honey beside the harbour fountain
10:06 Ben Rees: we hold supervision in a room on the ward`)
	if !w.striking(&w.c.Lines[0], "serves pancakes with lavender honey beside the harbour fountain") {
		t.Error("a picture by which a service would be known is told")
	}
	if w.striking(&w.c.Lines[1], "holds supervision in a room on the ward") {
		t.Error("what any service does is taken for striking")
	}
}

func TestOtherWordsArePutWhereASentenceWouldRunAlongAMessage(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, `
10:05 Ann Lee: we think peers should stay in the team every day
10:06 Ben Rees: we have to ask every ward for a room`)
	for in, want := range map[string]string{
		"peers should stay in the team every day": "peers should stay within the team every day",
		"has to ask every ward for a room":        "has to ask each ward for a room",
		"nothing of this stands in the chat":      "nothing of this stands in the chat",
	} {
		got := w.reworded(in)
		if got != want || !w.safe(got, runSaid) {
			t.Errorf("%q becomes %q (safe %v), want %q", in, got, w.safe(got, runSaid), want)
		}
	}
}

func TestAWordIsOnlyChangedWhereTheOtherFits(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"they work hard":               "",
		"it is hard to ask":            "it is difficult to ask",
		"people get lost":              "",
		"people get a letter":          "people receive a letter",
		"twice a week":                 "",
		"six hours a week":             "six hours per week",
		"they ring and wait":           "",
		"every other day":              "",
		"in the end":                   "",
		"without asking":               "",
		"the place where peers meet":   "the place in which peers meet",
		"nobody knows where they meet": "",
	} {
		ws := strings.Fields(in)
		got := ""
		for k := len(ws) - 1; k > 0; k-- {
			if swappable(ws, k, ws[k]) {
				ws[k] = plainer[ws[k]]
				got = strings.Join(ws, " ")
				break
			}
		}
		if got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestAClauseCanBePartedByWhatReportsIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		x    point
		want string
	}{
		{point{text: "the door person is the most important job", form: grammar.That, head: 3}, "the door person, it was noted, is the most important job"},
		{point{text: "peers should choose", form: grammar.That, stance: grammar.Should, head: 1}, ""},
		{point{text: "the peers should choose a lead", form: grammar.That, stance: grammar.Should, head: 2}, "the peers, it was felt, should choose a lead"},
		{point{text: "running a group", form: grammar.Doing, head: 2}, ""},
	} {
		if got := c.x.parted(newFrames()); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.x.text, got, c.want)
		}
	}
}

func TestNoPointIsToldTwiceAndTheParagraphEnds(t *testing.T) {
	t.Parallel()
	w, lines := writer(t, `
10:05 Ann Lee: peers should have keys
10:06 Ben Rees: peers need a room for supervision
10:07 Cara Moss: supervision notes belong to the peer
10:08 Dai Pugh: the supervision group meets without a lead
10:09 Eve Hart: volunteers get no supervision
10:10 Finn Shaw: managers need training in supervision
10:11 Gwen Rowe: supervision takes time`)
	f, th := newFrames(), w.study(lines)
	first := w.choose(f, th)
	if len(first) < 3 || len(first) > w.room(th) {
		t.Fatalf("%d points for a paragraph", len(first))
	}
	if again := w.choose(f, th); len(again) > 0 {
		t.Errorf("told again: %v", again)
	}
}

func TestAPhraseThatSaysNothingIsNotNamed(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, `10:05 Ann Lee: the kettle is on`)
	two := map[string]bool{"a": true, "b": true}
	for _, c := range []struct {
		x    phrase
		want bool
	}{
		{phrase{stems: []string{"kettl"}, head: "kettle", authors: two}, false},
		{phrase{stems: []string{"cup"}, head: "cups", authors: two}, false},
		{phrase{stems: []string{"appl"}, head: "applicants", authors: two}, true},
		{phrase{stems: []string{"appl"}, head: "applicants", authors: map[string]bool{"a": true}}, false},
		{phrase{stems: []string{"birth", "injuri"}, bare: "birth injuries", head: "injuries", authors: map[string]bool{"a": true}}, false},
		{phrase{stems: []string{"job", "plan"}, head: "plans", authors: map[string]bool{"a": true}}, true},
	} {
		if got := w.substantial(c.x); got != c.want {
			t.Errorf("%s of %d: %v", c.x.head, len(c.x.authors), got)
		}
	}
}

func TestThingsTypedWithCommasAreListedWithAnd(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"appointments, shopping, moving house": "appointments, shopping and moving house",
		"a card, five lines":                   "a card, five lines",
		"pay, hours and leave, in that order":  "pay, hours and leave, in that order",
		"a peer, a lead, not a manager":        "a peer, a lead, not a manager",
	} {
		if got := withAnd(in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

func TestQuotedWordsAreNotRetoldButWhatStandsBeforeThemIs(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`we have a line in the letter: "we live here too"`:              "we have a line in the letter",
		`we have a "stop the clock" rule now`:                           "we have a stop the clock rule now",
		`they said "no"`:                                                "",
		`"we ask if you have eaten" is what stays with me`:              "",
		`we made a set of practice talks with the college, "hard asks"`: "we made a set of practice talks with the college",
		"nothing is quoted here":                                        "nothing is quoted here",
	} {
		if got := beforeQuote(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestATurnOfPhraseIsPutOtherwiseWithinTheRowOnly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in    string
		at, n int
		want  string
	}{
		{"one service refuses to be part of training", 2, 6, "one service refuses to take part in training"},
		{"to be part of it and to be part of that", 5, 5, "to be part of it and to take part in that"},
		{"nothing here has another turn", 0, 5, ""},
		{"an hour only for endings", 0, 3, ""},
	} {
		if got := turned(strings.Fields(c.in), c.at, c.n); got != c.want {
			t.Errorf("%q from %d for %d becomes %q, want %q", c.in, c.at, c.n, got, c.want)
		}
	}
}

func TestAQuestionIsToldWhereNothingElseCanBe(t *testing.T) {
	t.Parallel()
	w, lines := writer(t, `
10:05 Ann Lee: does anyone know who should supervise senior peers on the wards?
10:06 Ben Rees: supervision, yes
10:07 Cara Moss: supervision again`)
	ps := w.choose(newFrames(), w.study(lines))
	if len(ps) != 1 || !ps[0].asked {
		t.Errorf("chosen: %v", ps)
	}
}

func TestViewsThatDifferAreSetBesideEachOther(t *testing.T) {
	t.Parallel()
	w, lines := writer(t, `
10:05 Ann Lee: peer supervision should be a rule in every team
10:06 Ben Rees: not convinced. Peer supervision is a luxury in small teams
10:07 Cara Moss: peer supervision needs time`)
	text := w.One(lines, 1, 4).Text()
	if !strings.Contains(text, "One view was that ") || !strings.Contains(text, "; another was that ") {
		t.Errorf("the two views stand apart in %q", text)
	}
	a, b := point{text: "a", lines: []int{0}, stems: map[string]bool{"supervis": true}}, point{text: "b", lines: []int{1}, stems: map[string]bool{"supervis": true}}
	if w.objects(b, a) || w.objects(a, a) {
		t.Error("the first objects to the second, or to itself")
	}
}

func TestReactionsWeighAsAgreement(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, `
10:05 Ann Lee: peers need keys
10:06 Ben Rees: rooms are short`)
	for likes, want := range map[int]string{0: "It was noted that peers need keys.", 4: "It was noted that peers need keys.", 9: "Several agreed that peers need keys."} {
		w.c.Lines[0].Likes = likes
		var p Paragraph
		w.pairs(&p, newFrames(), []point{{text: "peers need keys", lines: []int{0}}}, frameView)
		if p.Text() != want {
			t.Errorf("%d reactions: %q, want %q", likes, p.Text(), want)
		}
	}
}
