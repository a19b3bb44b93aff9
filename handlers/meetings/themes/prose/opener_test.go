package prose

import (
	"strings"
	"testing"
)

func TestTheFirstAndTheLastThemeHaveBeginningsOfTheirOwn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		of       []string
		place, n int
		want     string
	}{
		{nil, 0, 4, "A key theme was pay."},
		{[]string{"bands", "keys"}, 0, 4, "A key theme was pay, in particular bands and keys."},
		{nil, 3, 4, "Finally, participants reflected on pay."},
		{[]string{"bands"}, 3, 4, "Finally, participants reflected on pay, including bands."},
		{[]string{"bands"}, 1, 2, "Several contributors discussed pay, including bands."},
		{nil, 1, 4, "The conversation explored pay."},
	} {
		if got := (&Writer{}).openerText("pay", c.of, 5, newFrames(), c.place, c.n); got != c.want {
			t.Errorf("%d of %d: %q, want %q", c.place, c.n, got, c.want)
		}
	}
}

func TestTheBeginningsOfThemesTakeTurns(t *testing.T) {
	t.Parallel()
	f := newFrames()
	with, without := map[string]bool{}, map[string]bool{}
	for range 6 {
		with[withPhrases("pay", "bands", 5, f)] = true
	}
	for range 5 {
		without[withoutPhrases("pay", 5, f)] = true
	}
	if len(with) != 6 || len(without) != 5 {
		t.Errorf("%d and %d beginnings", len(with), len(without))
	}
	for s := range with {
		if !strings.Contains(strings.ToLower(s), "pay") || !strings.Contains(s, "bands") {
			t.Errorf("%q leaves something out", s)
		}
	}
}
