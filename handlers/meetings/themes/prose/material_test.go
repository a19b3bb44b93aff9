package prose

import (
	"strings"
	"testing"

	"cymar/handlers/meetings/themes/lists"
)

func TestAThingWithItsArticleIsOneOrMany(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		"slides":                      true,
		"the slides of the talk":      true,
		"a checklist for new starts":  false,
		"the address of two services": false,
		"a form and a letter":         true,
		"access":                      false,
	} {
		if got := pluralThing(in); got != want {
			t.Errorf("%q: many %v", in, got)
		}
	}
}

func TestOfWhatWasAskedForEachHeadIsNamedOnce(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, `10:05 Ann Lee: the slides please`)
	items := []lists.Item{{What: "the slides", Head: "slides", Lines: []int{0}}, {What: "slides of the talk", Head: "slides", Lines: []int{1}},
		{What: "a link", Head: "link"}, {What: "", Head: "none"}, {What: "a form", Head: "form", Lines: []int{2}, From: []int{3}}, {What: "a rota", Head: "rota", Lines: []int{4}}}
	xs, lines := w.whats(items, 2)
	if strings.Join(xs, "|") != "the slides|a form" || len(lines) != 3 {
		t.Errorf("%q from lines %v", xs, lines)
	}
}

func TestPromisesAreToldAsGerundsAndOnlyWhereTheySayWhat(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, `10:05 Ann Lee: I will send the form`)
	for what, want := range map[string]string{
		"send the form":     "sending the form",
		"share it tomorrow": "",
		"check that":        "",
		"ask":               "",
		"write up a list":   "writing up a list",
	} {
		w.lists = lists.Lists{Actions: []lists.Item{{What: what, Lines: []int{0}}}}
		if xs, _ := w.actions(4); strings.Join(xs, "|") != want {
			t.Errorf("%q is told as %q, want %q", what, xs, want)
		}
	}
}

func TestAQuestionThatWasToldIsNotAskedAgain(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, `10:05 Ann Lee: who supervises senior peers on wards?`)
	f := newFrames()
	if w.told(f, "who supervises senior peers") {
		t.Error("told before anything was said")
	}
	f.said = append(f.said, w.saidStems("Participants asked who supervises senior peers on wards."))
	if !w.told(f, "who supervises senior peers") || w.told(f, "whether rooms are locked at night") {
		t.Error("what was told is not known by its words")
	}
}
