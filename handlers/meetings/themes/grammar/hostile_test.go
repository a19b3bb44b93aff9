package grammar

import (
	"strings"
	"testing"
)

// barred may never be printed in what is retold: they would say who spoke.
var barred = []string{" i ", " me ", " my ", " mine ", " we ", " us ", " our ", " you ", " your ", " he ", " she ", " his ", " him ", " her ", " myself ", " ours "}

func checkRetold(t *testing.T, in, out string) {
	t.Helper()
	lower := " " + strings.ToLower(out) + " "
	for _, b := range barred {
		if strings.Contains(lower, b) {
			t.Errorf("%q is retold with%q: %q", in, b, out)
		}
	}
	if strings.ContainsAny(out, "0123456789@/<>[]{}\"?!\n") {
		t.Errorf("%q is retold with marks or figures: %q", in, out)
	}
}

func TestNothingRetoldSaysWhoSpoke(t *testing.T) {
	t.Parallel()
	r := testRules()
	for _, c := range reported {
		checkRetold(t, c.in, c.want)
	}
	for _, in := range []string{
		"I think our Gwen should ask my manager about it",
		"supervision helps me stay at work",
		"peers told us that his ward was closed",
		"the group helped my brother when he was ill",
		"you need 3 forms from Riverside for that",
		"call the office on 01632 960999",
	} {
		if s, ok := r.Report(in); ok {
			checkRetold(t, in, s.Text)
		}
		if s, ok := r.Ask(in); ok {
			checkRetold(t, in, s)
		}
	}
}

func TestOddInputIsReadWithoutHarm(t *testing.T) {
	t.Parallel()
	r := testRules()
	for _, in := range []string{"", " ", ",", "but", "and but or", "we", "I think", "the", "could we", "who", "whether", "'", "''''", "any", "do do do do",
		"of of of of of", strings.Repeat("peers ", 400), strings.Repeat("and the ", 300), "\x00\xff\xfe", "é", "שלום", "🙂🙂🙂", "a\nb\nc", "what what what", "is is is is"} {
		r.Report(in)
		r.Ask(in)
		r.Promise(in)
		r.About(in)
		for _, p := range Phrases(Parse(in)) {
			r.Thing(Parse(in), p)
		}
	}
}

func TestALongLineCostsNoTimeToRefuse(t *testing.T) {
	t.Parallel()
	r := testRules()
	for _, unit := range []string{"a: ", "we run and ", "and the peers run "} {
		s := strings.Repeat(unit, 100_000/len(unit))
		if _, ok := r.Report(s); ok {
			t.Errorf("%q over and over is retold", unit)
		}
		if _, ok := r.Ask(s); ok {
			t.Errorf("%q over and over is asked", unit)
		}
		if got := r.Resolve(s, "They run "+s); got != "They run "+s {
			t.Errorf("%q over and over is resolved", unit)
		}
	}
}

func FuzzRetelling(f *testing.F) {
	for _, c := range reported {
		f.Add(c.in)
	}
	for _, s := range refused {
		f.Add(s)
	}
	r := testRules()
	f.Fuzz(func(t *testing.T, in string) {
		if s, ok := r.Report(in); ok {
			checkRetold(t, in, s.Text)
			if s.Words < fewest || s.Words > most {
				t.Errorf("%q is retold in %d words", in, s.Words)
			}
		}
		if s, ok := r.Ask(in); ok {
			checkRetold(t, in, s)
		}
		r.Promise(in)
		r.About(in)
	})
}
