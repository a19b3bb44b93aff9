package prose

import (
	"strings"
	"testing"

	"cymar/handlers/meetings/themes/grammar"
)

func TestOnlyWhatIsHardIsToldAsAConcern(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		x       point
		voices  int
		concern bool
	}{
		{point{text: "no money changes hands", neg: true}, 2, false},
		{point{text: "peers are not included in the numbers", neg: true}, 2, false},
		{point{text: "the third sector cannot get an account", neg: true}, 2, true},
		{point{text: "there is no room for peers to meet", neg: true}, 2, true},
		{point{text: "posts end with the grant", stance: grammar.Worry}, 2, true},
		{point{text: "the third sector cannot get an account", neg: true}, 3, false}, // several noted it
	} {
		f := newFrames()
		if got := frameHard(f, c.x, c.voices, 0); strings.HasPrefix(got, "Concern ") != c.concern {
			t.Errorf("%q by %d: %q", c.x.text, c.voices, got)
		}
	}
}

func TestWhatHappenedIsNotAgreedTo(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, `
10:05 Ann Lee: peers need keys
10:06 Ben Rees: rooms are short`)
	w.c.Lines[0].Likes = 12
	for _, c := range []struct {
		x    point
		want string
	}{
		{point{text: "peers needed keys", past: true}, "It was noted that "},
		{point{text: "peers need keys"}, "Several agreed that "},
		{point{text: "it is possible to need keys", stance: grammar.Opinion}, "Several agreed that "},
		{point{text: "peers should have keys", stance: grammar.Should}, "There was strong support for the view that "},
	} {
		var p Paragraph
		c.x.lines = []int{0}
		w.pairs(&p, newFrames(), []point{c.x}, frameView)
		if !strings.HasPrefix(p.Text(), c.want) {
			t.Errorf("%q is told as %q", c.x.text, p.Text())
		}
	}
}

func TestAThingIsAskedForAndAQuestionAsked(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"whether peers have keys":       "Participants asked whether peers have keys",
		"who supervises":                "Participants asked who supervises",
		"an answer on the DBS title":    "Participants asked for an answer on the DBS title",
		"ideas on endings":              "Participants asked for ideas on endings",
		"whichever form is used for it": "Participants asked for whichever form is used for it",
	} {
		if got := askedFor(newFrames(), in); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAQuestionThatLooksRoundTheRoomIsNotTold(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		"who has got a dog on the ward":      true,
		"who else is in a charity":           true,
		"what the rule is exactly":           true,
		"who supervises senior peers":        false,
		"what the rule on second jobs means": false,
		"whether peers can have a dog":       false,
	} {
		if got := ofTheRoom(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func TestACutNeverLosesOnWhatTheRestHangs(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		"as long as the supervisor listens": true,
		"if they ask":                       true,
		"unless a manager objects":          true,
		"when people are at their worst":    false, // once the time was named already
		"and peers are paid":                false,
	} {
		if got := conditions(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
	w, _ := writer(t, `
10:05 Ann Lee: supervision belongs to the lead, as long as the lead is a peer who has done the work
10:06 Ben Rees: yes`)
	if got := w.shorter("supervision belongs to the lead, as long as the lead is a peer who has done the work"); !strings.Contains(got, "as long as") {
		t.Errorf("cut to %q", got)
	}
}

func TestPointsAreSortedByWhatTheySay(t *testing.T) {
	t.Parallel()
	k := sorted([]point{
		{text: "asked", asked: true},
		{text: "does", form: grammar.Did}, {text: "here", form: grammar.Local},
		{text: "would like", form: grammar.View},
		{text: "never", neg: true}, {text: "worry", stance: grammar.Worry},
		{text: "should not be a test", neg: true, stance: grammar.Should}, {text: "about training and not about history", neg: true},
		{text: "losing people", form: grammar.Doing, stance: grammar.Worry},
		{text: "a hub day", form: grammar.Having},
		{text: "asking people", form: grammar.Doing, stance: grammar.Idea},
	})
	for what, c := range map[string]struct{ got, want int }{
		"asked": {len(k.asked), 1}, "services": {len(k.services), 2}, "wishes": {len(k.wishes), 1}, "hard": {len(k.hard), 2},
		"views": {len(k.views), 2}, "feared": {len(k.feared), 1}, "done": {len(k.done), 1}, "ideas": {len(k.ideas), 1},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", what, c.got, c.want)
		}
	}
}
