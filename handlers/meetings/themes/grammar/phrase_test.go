package grammar

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func testRules() Rules {
	return Rules{Name: func(w string) bool { return w == "Marcus" || w == "Kestrel" || w == "Riverside" }}
}

func TestNounPhrasesAreFoundWithoutTheirArticles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"supervision for peer support workers in crisis teams", []string{"supervision", "peer support workers", "crisis teams"}},
		{"the operational policy says nothing about lone working", []string{"operational policy"}},
		{"our peer lead wrote a job description with the union", []string{"peer lead", "job description", "union"}},
		{"people want permanent contracts and a career pathway", []string{"people", "permanent contracts", "career pathway"}},
		{"the waiting list for training is long", []string{"waiting list"}},
		{"two seats on the board are better than one", []string{"seats", "board"}},
		{"a panel of young people chose the questions", []string{"panel of young people", "questions"}},
		{"role drift into clinical tasks", []string{"role drift", "clinical tasks"}},
		{"what matters is the welcome", []string{"welcome"}},
		{"she asked about the medication round", []string{"medication round"}},
		{"the quality of supervision varies", []string{"quality of supervision"}},
		{"a set of practice conversations for new starters", []string{"set of practice conversations", "new starters"}},
		{"Black men are sectioned more often", []string{"Black men"}},
		{"the ward's quiet room is locked", []string{"ward", "quiet room"}},
		{"team leaders' expectations differ", []string{"team leaders' expectations"}},
		{"good things take time", []string{"things", "time"}},
	} {
		var got []string
		for _, p := range Phrases(Parse(c.in)) {
			got = append(got, p.Text())
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%q (-want +got):\n%s", c.in, d)
		}
	}
}
