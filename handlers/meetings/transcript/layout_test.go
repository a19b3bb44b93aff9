package transcript

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestTheStyleThatExplainsMostOfATextIsTaken(t *testing.T) {
	t.Parallel()
	all := chat(t, "perinatal-sharing-and-boundaries").Messages
	for i := range all {
		all[i].Reactions = nil // Zoom saves each as a message
	}
	for name, c := range map[string]struct {
		text             string
		style            style
		spaced, previews bool
	}{
		"brackets":   {bracketed(all, knobs{clock: "15:04"}), styleBracket, true, false},
		"comma":      {commaNamed(all, knobs{clock: "15:04"}, "A Title Here"), styleNamed, true, false},
		"two lines":  {twoLines(all, knobs{clock: "15:04", divider: english, quotes: true}), styleTwo, true, false},
		"select all": {selected(all, knobs{clock: "15:04", date: "02/01/2006", quotes: true}), styleTwo, false, true},
		"Zoom":       {zoomed(all, knobs{quotes: true}, "%s From %s to Everyone:"), styleZoom, false, false},
		"log":        {sameLine(all, knobs{clock: "15:04", date: "02/01/2006,"}, "%s - %s: %s"), styleStamped, false, false},
		"above":      {above(all, knobs{clock: "15:04"}), styleAbove, true, false},
	} {
		l := learn(strings.Split(c.text, "\n"))
		if l.style != c.style || l.spaced != c.spaced || l.previews != c.previews {
			t.Errorf("%s: style %d, spaced %v, previews %v", name, l.style, l.spaced, l.previews)
		}
		if n := len(l.heads); n < len(all)*9/10 || n > len(all)+2 {
			t.Errorf("%s: %d heads for %d messages", name, n, len(all))
		}
	}
}

func TestAHeadThatIsAloneInItsLookIsNone(t *testing.T) {
	t.Parallel()
	heads := func(signs ...string) (all []head) {
		for i, s := range signs {
			all = append(all, head{at: i, sign: s})
		}
		return all
	}
	for name, c := range map[string]struct {
		in   []head
		want int
	}{
		"all alike":        {heads("a", "a", "a"), 3},
		"one apart":        {heads("a", "a", "a", "b"), 3},
		"two looks":        {heads("a", "a", "b", "b"), 4},
		"a few among many": {append(heads(strings.Split(strings.Repeat("a ", 99)+"a", " ")...), heads("b", "b")...), 100},
		"a single one":     {heads("a"), 1},
		"none":             {nil, 0},
	} {
		if got := len(usualSigns(slices.Clone(c.in))); got != c.want {
			t.Errorf("%s: %d", name, got)
		}
	}
}

func TestNamesThatComeAgainWeighMore(t *testing.T) {
	t.Parallel()
	h := func(authors ...string) (all []head) {
		for _, a := range authors {
			all = append(all, head{author: a})
		}
		return all
	}
	if again, once := evidence(h("Ann", "Bob", "Ann", "Bob")), evidence(h("a", "b", "c", "d")); again <= once {
		t.Errorf("%v and %v", again, once)
	}
}

func TestThePreviewOfAMessageIsToldFromItsText(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"hello all by Ann Lee":                      "hello all",
		"hello all, this is a long ... by Ann Lee":  "hello all, this is a long",
		"Begin Reference, yes of course by Ann Lee": "yes of course",
		"bore da bawb gan Ann Lee":                  "bore da bawb",
		"hello by Bob Ray":                          "-",
		"Ann Lee":                                   "-",
		"hello Ann Lee":                             "-",
		"written with Ann Lee":                      "-",
	} {
		got, ok := previewOf(in, "Ann Lee")
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestEverySecondBlankLineIsTakenAway(t *testing.T) {
	t.Parallel()
	var lines []string
	for i := range 20 {
		lines = append(lines, fmt.Sprint("line ", i), "")
	}
	if got := undouble(lines); len(got) != 20 || got[1] != "line 1" {
		t.Errorf("%d lines", len(got))
	}
	if got := undouble(append([]string{""}, lines...)); len(got) != 20 {
		t.Errorf("shifted by one: %d lines", len(got))
	}
	usual := strings.Split(strings.Repeat("a\nb\n\n", 20), "\n")
	if got := undouble(usual); len(got) != len(usual) {
		t.Errorf("%d of %d lines", len(got), len(usual))
	}
	if got := undouble([]string{"a", "", "b", ""}); len(got) != 4 {
		t.Errorf("a short text lost lines: %q", got)
	}
}

func TestParagraphsKnowWhereTheyStand(t *testing.T) {
	t.Parallel()
	got := paragraphs([]string{"", "a", "b", "", "", "c"}, 10)
	if len(got) != 2 || got[0].at != 11 || got[1].at != 15 || len(got[0].lines) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestTheIndentThatAllLinesShareIsTakenOff(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"    a\n    b":    "a\nb",
		"    a\n      b":  "a\n  b",
		"\ta\n\t\n\tb":    "a\n\nb",
		"a\n  b":          "a\n  b",
		"    a\n\nlike 4": "a\n\nlike 4",
		"":                "",
	} {
		if got := strings.Join(dedent(strings.Split(in, "\n")), "\n"); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestListsAreKnownByTheirMarks(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{"1. one": true, "2) two": true, "- three": true, "• four": true, "10. ten": true, "1.5 hours": true, "one": false, "": false, "14:03": false, "2026": false, "-dash": false} {
		if got := listMark(in) > 0; got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func TestAnOpenQuotationIsSeen(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{`he said "no`: true, `he said "no"`: false, "she “said": true, "she “said”": false, "plain": false, "\"a\"\n\"b": true} {
		if got := openQuote(strings.Split(in, "\n")); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}
