package grammar

import "testing"

func TestWhatWouldPuzzleAReaderIsNotRetold(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"nothing you type will be written up",
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
		"fewer applicants, better fit",
		"a first shop, first bus, contactless and self checkouts",
		"a peer bank would be better",
		"schools also only think in terms",
		"people support people one valley over",
		"paid time at the end",
		"the farm has got risk assessment",
		"the leaver form says personal reasons",
		"a number is lazy",
		"the letter tells how long they wait",
		"honorary contracts took the longest",
		"giving their peers the choice",
		"line management can be anyone",
		"no money changes hands",
		"a charity grant until March",
		"appointments, shopping and moving house once",
		"supervision is the place for it, as long as there is time",
		"four accounts live by last night",
		"the policy states decline everything, no explanation",
		"eleven tickets came in",
		"a template of the stopping plan would be so useful",
	} {
		if !doubtful(text) {
			t.Errorf("%q is retold", text)
		}
	}
}

func TestNothingAtAllIsDoubted(t *testing.T) {
	t.Parallel()
	if !Doubtful("") || !Doubtful(" ") {
		t.Error("nothing is retold")
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
		"giving volunteers a letter before they start",
		"someone who has done the job knows what they need",
		"would rather have a manager before they start",
		"consent gets asked once on admission",
		"peers hand the keys over at the end of the shift",
		"a list of links for carers",
		"paid time at the end of a placement",
		"peers would be better with a desk",
		"the farm has got a risk assessment",
		"the farm has got insurance",
		"the belt says staff before people have opened their mouth",
		"the manager says training is a luxury",
		"the rooms on wards are cold",
		"the pay is low",
		"three people took other jobs",
		"fewer applicants means a better fit",
		"a paid lead would be useful to small teams",
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
