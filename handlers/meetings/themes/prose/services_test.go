package prose

import (
	"strings"
	"testing"

	"cymar/handlers/meetings/themes/grammar"
)

func did(text, doing string) point { return point{text: text, doing: doing, form: grammar.Did} }

func TestWhatOneServiceDoesIsWordedByItsForm(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		x    point
		seen int
		want string
	}{
		{did("pools its budgets", "pooling their budgets"), 0, "One service pools its budgets|One contributor described pooling their budgets"},
		{did("pools its budgets", "pooling their budgets"), 1, "Another service pools its budgets|Another described pooling their budgets"},
		{did("pools its budgets", ""), 0, "One service pools its budgets"},
		{point{text: "peers have keys", form: grammar.Local}, 0, "In one service, peers have keys|One contributor described how peers have keys"},
		{point{text: "peers have keys", form: grammar.Local}, 2, "Elsewhere, peers have keys|In another, peers have keys"},
	} {
		if got := strings.Join(newFrames().alone(c.x, c.seen), "|"); got != c.want {
			t.Errorf("after %d: %q, want %q", c.seen, got, c.want)
		}
	}
}

func TestTwoServicesShareASentenceOnlyInOneForm(t *testing.T) {
	t.Parallel()
	a, b := did("pools its budgets", "pooling their budgets"), did("holds a group", "holding a group")
	local, bare := point{text: "peers have keys", form: grammar.Local}, did("meets monthly", "")
	for _, c := range []struct {
		x, y point
		want string
	}{
		{a, b, "One service pools its budgets, while another holds a group"},
		{local, local, "In one service, peers have keys, while elsewhere peers have keys"},
		{a, local, ""},
		{local, a, ""},
		{bare, a, "One service meets monthly, while another pools its budgets"},
	} {
		got := ""
		if all := newFrames().both(c.x, c.y, 0); len(all) > 0 {
			got = all[0]
		}
		if got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	f := newFrames()
	first, second := f.both(a, b, 0)[0], f.both(a, b, 2)[0]
	if strings.HasPrefix(second, "One ") || !strings.Contains(second, " and another ") || !strings.Contains(first, ", while another ") {
		t.Errorf("the wordings do not take turns: %q, %q", first, second)
	}
}

func TestWishesAreOfOneAndThenAnother(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, `
10:05 Ann Lee: I would prefer a quiet room for supervision
10:06 Ann Lee: I would like a longer handover
10:07 Ben Rees: I would like a named person for peers`)
	var p Paragraph
	w.wishes(&p, newFrames(), []point{
		{text: "would prefer a quiet room", lines: []int{0}},
		{text: "would like a longer handover", lines: []int{1}},
		{text: "would like a named person", lines: []int{2}},
	})
	if want := "One contributor would prefer a quiet room. Another would like a named person."; p.Text() != want {
		t.Errorf("%q, want %q", p.Text(), want)
	}
}
