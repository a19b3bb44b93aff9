package kb

import (
	_ "embed"
	"errors"

	"cymar/text"
)

var (
	//go:embed data/lexicon.txt
	lexiconText string
	//go:embed data/wordclasses.txt
	wordClassesText string
	//go:embed data/welsh.txt
	welshText string
)

// vocabulary is what the finder knows about words, apart from what it learned
// from examples.
type vocabulary struct {
	concepts *lexicon // of the field: gift, medication, role-drift
	classes  *lexicon // of everyday words: w-woman, w-give
	welsh    *gloss
	weights  weights
}

func newVocabulary() (*vocabulary, error) {
	v := vocabulary{weights: chosenWeights()}
	var errs [3]error
	v.concepts, errs[0] = parseLexicon("lexicon.txt", lexiconText)
	v.classes, errs[1] = parseLexicon("wordclasses.txt", wordClassesText)
	v.welsh, errs[2] = parseGloss("welsh.txt", welshText)
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	return &v, nil
}

// maxWords is how many words of a question count: of a longer one, the first
// and the last half of them.
const maxWords = 120

// reading is a question as the finder sees it.
type reading struct {
	words    []string // as typed, folded, without accents
	stems    []string // stems of the English words; of Welsh, of their translation
	keys     []string // Welsh stems without mutations; nil unless Welsh
	concepts []uint16
	classes  []uint16
	lang     string
}

// read takes a question apart. Where the words do not tell the language, it
// is lang.
func (v *vocabulary) read(s, lang string) reading {
	r := reading{words: text.Words(text.Fold(s))}
	if n := len(r.words); n > maxWords {
		r.words = append(r.words[:maxWords/2:maxWords/2], r.words[n-maxWords/2:]...)
	}
	r.lang = text.LanguageOf(r.words)
	if r.lang == "" {
		r.lang = lang
	}
	english := r.words
	if r.lang == text.Welsh {
		english = v.welsh.english(nil, r.words)
		r.keys = each(r.words, text.WelshStem)
	}
	r.stems = each(english, text.Stem)
	r.concepts = v.concepts.find(nil, r.stems, r.keys)
	r.classes = v.classes.find(nil, r.stems, nil)
	return r
}

func each(words []string, f func(string) string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = f(w)
	}
	return out
}
