package text

import (
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"
)

// Stemmer gives English stems and remembers them. It is not safe for use by
// several goroutines at once.
type Stemmer struct{ known map[string]string }

// NewStemmer gives an empty stemmer.
func NewStemmer() *Stemmer { return &Stemmer{known: map[string]string{}} }

// Stem gives the stem of a lower-case word.
func (s *Stemmer) Stem(w string) string {
	if v, ok := s.known[w]; ok {
		return v
	}
	v := stem(w)
	s.known[w] = v
	return v
}

func stem(w string) string {
	base := strings.TrimSuffix(w, "'s")
	base = strings.ReplaceAll(base, "'", "")
	if len(base) <= 3 {
		return base
	}
	return english.Stem(base, true)
}

// Content gives the stems of a text's content words: no stop words, no bare
// numbers, nothing of one letter.
func (s *Stemmer) Content(text string) []string {
	var out []string
	for _, w := range Words(text) {
		for part := range strings.SplitSeq(w, "-") {
			if IsContent(part) {
				out = append(out, s.Stem(part))
			}
		}
	}
	return out
}

// IsContent tells whether a lower-case word carries meaning of its own.
func IsContent(w string) bool {
	if len(w) < 2 || stop[w] {
		return false
	}
	return strings.IndexFunc(w, unicode.IsLetter) >= 0
}
