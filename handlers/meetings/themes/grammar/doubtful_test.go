package grammar

import "testing"

func TestWhatWouldPuzzleAReaderIsNotRetold(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"the job description is up in files",
		"places to ring are on the last slide",
		"welfare advice can do a lunchtime in December",
		"advert wording is in the folder now",
		"supervision is the place for it",
		"isolation is the word",
		"everything is pizza and vodka",
		"every poster every zine each group is girls",
		"a prison vetting seven to eleven months",
		"taking a breath everyone",
		"forty minutes of a shift on hold to the helpdesk",
	} {
		if !doubtful(text) {
			t.Errorf("%q is retold", text)
		}
	}
}

func TestWhatStandsByItselfIsNotDoubted(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"managers ask for a report every month",
		"two teams withdrew when they had to answer",
		"the form is the problem",
		"people need time for it to settle",
		"everyone knows everyone",
		"peers at band four do the same work",
		"posts end in March",
		"everything depends on the manager",
		"a list of links for carers",
	} {
		if doubtful(text) {
			t.Errorf("%q is doubted", text)
		}
	}
}

func TestAnApostropheAfterSomebodyIsAPossessiveBeforeANoun(t *testing.T) {
	t.Parallel()
	if s, ok := testRules().Report("family support is on nobody's budget line"); !ok || s.Text != "family support is on nobody's budget line" {
		t.Errorf("told as %q (%v)", s.Text, ok)
	}
}
