package lexicon_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cymar/handlers/safeguarding/signs/internal/lexicon"
	"cymar/text"
)

func load(t *testing.T) *lexicon.Lexicon {
	t.Helper()
	l, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// find is the names of what the words begin with, and how many words it takes.
func find(l *lexicon.Lexicon, phrase string, welsh bool) (names []string, n int) {
	words := strings.Fields(phrase)
	stems := make([]string, len(words))
	for i, w := range words {
		stems[i] = text.Stem(w)
	}
	m := l.Find(words, stems, welsh)
	for _, c := range m.Concepts {
		names = append(names, l.Name(c))
	}
	return names, m.Len
}

func TestTheLongestPhraseIsFound(t *testing.T) {
	t.Parallel()
	l := load(t)
	for _, c := range []struct {
		phrase, name string
		welsh        bool
		words        int
	}{
		{"kill myself tonight", "SUIC_SELF", false, 2},
		{"killing myself tonight", "SUIC_SELF", false, 2},
		{"end my own life now", "SUIC_SELF", false, 4},
		{"kill himself", "SUIC_OTHER", false, 2},
		{"not wake up again", "DIE", false, 4},
		{"die", "DIE", false, 1},
		{"lladd fy hun heno", "SUIC_SELF", true, 3},
		{"paracetamol", "PILLS", true, 1},
	} {
		names, n := find(l, c.phrase, c.welsh)
		if !slices.Contains(names, c.name) || n != c.words {
			t.Errorf("%q: %v of %d words, want %s of %d", c.phrase, names, n, c.name, c.words)
		}
	}
}

func TestWelshWordsAreKnownInTheirMutatedForms(t *testing.T) {
	t.Parallel()
	l := load(t)
	for phrase, name := range map[string]string{
		"marw": "DIE", "farw": "DIE", "pont": "HEIGHT", "bont": "HEIGHT", "mhont": "HEIGHT", "phont": "HEIGHT",
		"cyllell": "BLADE", "gyllell": "BLADE", "nghyllell": "BLADE", "chyllell": "BLADE", "tabledi": "PILLS", "dabledi": "PILLS", "nhabledi": "PILLS",
		"rhaff": "ROPE", "raff": "ROPE", "llyn": "WATER", "lyn": "WATER",
	} {
		if names, _ := find(l, phrase, true); !slices.Contains(names, name) {
			t.Errorf("%q is %v, want %s", phrase, names, name)
		}
	}
}

func TestWelshPhrasesAreNotLookedForInEnglish(t *testing.T) {
	t.Parallel()
	l := load(t)
	for _, phrase := range []string{"lladd fy hun", "cyllell"} {
		if names, n := find(l, phrase, false); n != 0 {
			t.Errorf("%q in English is %v", phrase, names)
		}
	}
}

func TestWhatIsInNoListIsFoundNowhere(t *testing.T) {
	t.Parallel()
	l := load(t)
	for _, phrase := range []string{"", "xylophones", "zzz die"} {
		if names, n := find(l, phrase, true); n != 0 || names != nil {
			t.Errorf("%q is %v of %d words", phrase, names, n)
		}
	}
	if _, ok := l.Concept("NO_SUCH"); ok {
		t.Error("there is a concept that is in no list")
	}
}

func TestConceptsKeepTheirNames(t *testing.T) {
	t.Parallel()
	l := load(t)
	for c := 1; c < l.Len(); c++ {
		id := lexicon.Concept(c)
		if got, ok := l.Concept(l.Name(id)); !ok || got != id {
			t.Errorf("concept %d is called %q, which is %d", c, l.Name(id), got)
		}
	}
}

func TestWordsOfPhrasesAreKnownAsWritten(t *testing.T) {
	t.Parallel()
	l := load(t)
	for word, want := range map[string]bool{"paracetamol": true, "gyllell": true, "paracetemool": false, "": false} {
		if got := l.Known(word); got != want {
			t.Errorf("%q is known: %v", word, got)
		}
	}
}

func TestWordsHaveSenses(t *testing.T) {
	t.Parallel()
	s, err := lexicon.LoadSenses()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		word  string
		welsh bool
		want  []string
	}{
		{"daughter", false, []string{"s.kin"}},
		{"knife", false, s.Of("knives", text.Stem("knives"), false)},
		{"ferch", true, []string{"s.kin"}},
		{"merch", true, []string{"s.kin"}},
		{"merch", false, nil},
		{"qwertyuiop", true, nil},
		{"", false, nil},
	} {
		if diff := cmp.Diff(c.want, s.Of(c.word, text.Stem(c.word), c.welsh)); diff != "" {
			t.Errorf("%q, Welsh %v (-want +got):\n%s", c.word, c.welsh, diff)
		}
	}
	if !s.Known("daughter") || !s.Known("ferch") || s.Known("qwertyuiop") {
		t.Error("what is known is not what is listed")
	}
}

func TestAHelpingVerbIsNoTestament(t *testing.T) {
	t.Parallel()
	s, err := lexicon.LoadSenses()
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Of("will", "will", false); len(got) > 0 {
		t.Errorf("“will” has the senses %v: it stands in every second sentence", got)
	}
}
