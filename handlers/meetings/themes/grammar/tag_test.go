package grammar

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var tagNames = [...]string{"n", "pron", "det", "poss", "num", "adj", "adv", "prep", "conj", "sub", "wh", "modal", "be", "have", "do", "not", "to", "base", "third", "past", "partic", "ing", "there", "intj", "mark"}

func tagged(sentence string) string {
	var out []string
	for _, w := range Parse(sentence) {
		out = append(out, w.Lower+"/"+tagNames[w.Tag])
	}
	return strings.Join(out, " ")
}

func TestWordsAreTaggedByWhereTheyStand(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"peers share the notes":                 "peers/n share/base the/det notes/n",
		"the share is small":                    "the/det share/n is/be small/adj",
		"we share it":                           "we/pron share/base it/pron",
		"to share notes":                        "to/to share/base notes/n",
		"the shared notes are long":             "the/det shared/adj notes/n are/be long/adj",
		"notes are shared":                      "notes/n are/be shared/partic",
		"peers are waiting":                     "peers/n are/be waiting/ing",
		"the ward covers nights":                "the/det ward/n covers/third nights/n",
		"there is no room":                      "there/there is/be no/det room/n",
		"I think that is slow":                  "i/pron think/base that/pron is/be slow/adj",
		"peers really need time":                "peers/n really/adv need/base time/n",
		"of course people ask":                  "of/prep course/adv people/n ask/base",
		"I gave her the form":                   "i/pron gave/past her/pron the/det form/n",
		"her form is long":                      "her/poss form/n is/be long/adj",
		"people like the group":                 "people/n like/base the/det group/n",
		"rooms like the chapel are free":        "rooms/n like/prep the/det chapel/n are/be free/adj",
		"a group written off by the ward helps": "a/det group/n written/adj off/prep by/prep the/det ward/n helps/third",
	} {
		if d := cmp.Diff(want, tagged(in)); d != "" {
			t.Errorf("%q (-want +got):\n%s", in, d)
		}
	}
}

func TestShortenedWordsAreWrittenOut(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"ppl dont get it":         "people do not get it",
		"it's the hrs":            "it is the hours",
		"its too long":            "it is too long",
		"its pages":               "its pages",
		"we've got no sup":        "we have got no supervision",
		"they'd been asked":       "they had been asked",
		"they'd ask":              "they would ask",
		"the ward's locked door":  "the ward's locked door",
		"supervision's not there": "supervision is not there",
		"peers & carers":          "peers and carers",
		"folk w/ kids":            "people with kids",
		"a one pager":             "a one-pager",
		"NHS psws cant go":        "NHS PSWs cannot go",
		"who's got a policy":      "who has got a policy",
		"tea bc it helps":         "tea because it helps",
	} {
		if got := Print(Parse(in)); got != want {
			t.Errorf("%q is written out as %q, want %q", in, got, want)
		}
	}
}

func TestCapitalsStayOnlyWhereTheyBelong(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Supervision In WALES":    "supervision in Wales",
		"the nhs and the gp":      "the NHS and the GP",
		"on a monday in march":    "on a Monday in march",
		"Black staff in london":   "Black staff in london",
		"PEERS on SEEWARD duties": "peers on SEEWARD duties",
		"north wales":             "North Wales",
	} {
		if got := Print(Parse(in)); got != want {
			t.Errorf("%q is printed as %q, want %q", in, got, want)
		}
	}
}

func TestUnknownWordsAreGuessedByTheirEnding(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"people zorbed the form": "people/n zorbed/past the/det form/n",
		"a zorbful day":          "a/det zorbful/adj day/n",
		"they met zorbly":        "they/pron met/past zorbly/adv",
		"zorbs and trust-funded": "zorbs/n and/conj trust-funded/adj",
	} {
		if d := cmp.Diff(want, tagged(in)); d != "" {
			t.Errorf("%q (-want +got):\n%s", in, d)
		}
	}
}
