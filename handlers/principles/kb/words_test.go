package kb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cymar/text"
)

func mustVocabulary(tb testing.TB) *vocabulary {
	tb.Helper()
	v, err := newVocabulary()
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

// named are the names of concepts.
func named(l *lexicon, found []uint16) string {
	var names []string
	for _, c := range found {
		names = append(names, l.names[c])
	}
	return strings.Join(names, " ")
}

func TestDifferentWordsForAThingShareItsConcept(t *testing.T) {
	t.Parallel()
	v := mustVocabulary(t)
	for concept, questions := range map[string][]string{
		"gift":       {"she knitted me a SCARF", "box of chocs", "wedi rhoi siocled i mi", "ga i dderbyn anrhegion"},
		"medication": {"a nurse asked me to do the meds round", "depot day", "rhoi tabledi i rywun"},
		"transport":  {"i spend all day driving ppl to appts", "he wants a lift", "gyrru pobl i apwyntiadau"},
		"frequency":  {"how often", "once a month?", "Pa mor aml"},
	} {
		for _, q := range questions {
			r := v.read(q, "")
			if got := " " + named(v.concepts, r.concepts) + " "; !strings.Contains(got, " "+concept+" ") {
				t.Errorf("%q has the concepts%s, want %s", q, got, concept)
			}
		}
	}
}

func TestALexiconLineThatIsNoneIsAFault(t *testing.T) {
	t.Parallel()
	_, err := parseLexicon("lexicon.txt", "# fine\n\ngift: scarf\nno colon\ngift xx: a\ngift: one two three four five six seven\n")
	want := `lexicon.txt:4: a line is "name: word, two words" or "name cy: gair, dau air"
lexicon.txt:5: a line is "name: word, two words" or "name cy: gair, dau air"
lexicon.txt:6: "one two three four five six seven": a phrase has one to 6 words`
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Error(diff)
	}
}

func TestWelshIsReadThroughEnglish(t *testing.T) {
	t.Parallel()
	v := mustVocabulary(t)
	for welsh, english := range map[string]string{
		"Pa mor aml ddylwn i gael goruchwyliaeth?": "how often should i get supervision",
		"oes rhaid dweud wrth y tîm":               "must tell to y team",
		"rhannu fy stori":                          "share my story",
	} {
		got := strings.Join(v.welsh.english(nil, text.Words(text.Fold(welsh))), " ")
		if got != english {
			t.Errorf("%q is read %q, want %q", welsh, got, english)
		}
	}
}

func TestADictionaryPairThatIsNoneIsAFault(t *testing.T) {
	t.Parallel()
	_, err := parseGloss("welsh.txt", "gair = word; dim\n= x")
	if err == nil || strings.Count(err.Error(), "\n") != 1 || !strings.Contains(err.Error(), `welsh.txt:1: "dim": a pair is`) {
		t.Errorf("error %v", err)
	}
}

func TestFurtherExamplesNameEntriesThatAreThere(t *testing.T) {
	t.Parallel()
	known := map[string]bool{"hope": true}
	_, err := parseFurther("further.txt", "stray\n[hope]\na question\n[hop]\nanother\n", known)
	if err == nil || err.Error() != "further.txt:1: a question before the first [id]\nfurther.txt:4: there is no entry \"hop\"" {
		t.Errorf("error %v", err)
	}
	got, err := parseFurther("further.txt", "# note\n[hope]\na question\n", known)
	if err != nil || len(got) != 1 || got[0] != (furtherQuestion{"hope", "a question"}) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestALongQuestionCostsNoMoreThanItsFirstAndLastWords(t *testing.T) {
	t.Parallel()
	r := mustVocabulary(t).read("start "+strings.Repeat("word ", 900)+"end", "")
	if len(r.words) != maxWords || r.words[0] != "start" || r.words[maxWords-1] != "end" {
		t.Errorf("%d words, from %q to %q", len(r.words), r.words[0], r.words[len(r.words)-1])
	}
}
