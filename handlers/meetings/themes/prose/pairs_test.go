package prose

import "testing"

func TestOnlyShortNamesStandSideBySide(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ a, b, want string }{
		{"supervision", "pay", "supervision and pay"},
		{"", "pay", ""},
		{"supervision", "", ""},
		{"pay and bands", "keys", ""},
		{"keys", "pay, bands", ""},
	} {
		if got := together(c.a, c.b); got != c.want {
			t.Errorf("%q beside %q: %q, want %q", c.a, c.b, got, c.want)
		}
	}
}

func TestAPhraseWeighsByWhoUsesIt(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]float64{0: 0.5, 1: 0.5, 2: 1, 3: 1.5, 9: 1.5} {
		p := phrase{authors: map[string]bool{}}
		for k := range n {
			p.authors[string(rune('a'+k))] = true
		}
		if got := weight(p); got != want {
			t.Errorf("%d people: %v, want %v", n, got, want)
		}
	}
}
