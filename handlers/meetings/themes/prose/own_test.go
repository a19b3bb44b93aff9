package prose

import (
	"strings"
	"testing"

	"cymar/handlers/meetings/themes/reading"
)

func TestAMessageThatTellsOfSomebodyEvenInPassingIsTheirOwn(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]bool{
		"text is good with a screen reader as well, I use one":    true,
		"peers here have to get sign off to carry naloxone":       true,
		"man came out with no prescription and two weeks to wait": true,
		"she never asked":                                          true,
		"mae fy ngoruchwyliwr yn nyrs":                             true,
		"in our trust it goes in the personal file":                true,
		"supervision should be in the job plan":                    false,
		"I think supervision should be in the job plan":            false,
		"peers who speak Welsh are needed on wards":                false,
		"agreed, and I wonder whether commissioners know that":     false,
		"a manager who has done the job makes all the difference.": false,
	} {
		if got := own(&reading.Line{Raw: said}); got != want {
			t.Errorf("%q: own %v, want %v", said, got, want)
		}
	}
}

func TestWhatSomebodyWasCalledIsNotNamed(t *testing.T) {
	t.Parallel()
	w, lines := writer(t, `
10:05 Ann Lee: my payslip says "therapy helper" and the job title is wrong
10:06 Ben Rees: the job title should say peer support worker
10:07 Cara Moss: job titles on the payslip confuse people`)
	if text := w.One(lines, 1, 4).Text(); strings.Contains(text, "therapy") || strings.Contains(text, "helper") {
		t.Errorf("what one person was called stands in %q", text)
	}
}

func TestNoSixWordsOfAMessageOfSomebodysOwnStandInARow(t *testing.T) {
	t.Parallel()
	w, lines := writer(t, `
10:05 Ann Lee: peers here wait for sign off from pharmacy. The shop next door could give it out
10:06 Ben Rees: sign off from pharmacy should be quick
10:07 Cara Moss: pharmacy sign off is a barrier for peers`)
	if text := w.One(lines, 1, 4).Text(); strings.Contains(text, "next door could") {
		t.Errorf("told word for word: %q", text)
	}
	if w.safe("the shop next door could give it out", runSaid) {
		t.Error("a row of words from a message of somebody's own is safe")
	}
}
