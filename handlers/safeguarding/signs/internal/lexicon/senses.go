package lexicon

import (
	"embed"
	"fmt"
	"strings"

	"cymar/text"
)

//go:embed senses/*.txt
var senseFiles embed.FS

// Senses knows what kind of thing each of some thousand ordinary words names:
// a part of the body, an animal, a time, a way of leaving.
type Senses struct {
	english map[string][]string
	welsh   map[string][]string
}

// LoadSenses reads the words that are built in.
func LoadSenses() (*Senses, error) {
	data, err := senseFiles.ReadFile("senses/senses.txt")
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	s := &Senses{english: make(map[string][]string), welsh: make(map[string][]string)}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, words, ok := strings.Cut(line, ": ")
		sense, lang, ok2 := strings.Cut(head, " ")
		if !ok || !ok2 {
			return nil, fmt.Errorf("lexicon: senses: %q is not “sense language: words”", head)
		}
		s.add(sense, lang, strings.Fields(words))
	}
	return s, nil
}

func (s *Senses) add(sense, lang string, words []string) {
	for _, w := range words {
		w = text.Plain(w)
		if lang != text.Welsh {
			s.english[w] = append(s.english[w], sense)
			if stem := text.Stem(w); stem != w && len(s.english[stem]) == 0 {
				s.english[stem] = append(s.english[stem], sense)
			}
			continue
		}
		for _, form := range mutated(w) {
			s.welsh[form] = append(s.welsh[form], sense)
		}
	}
}

// Known says whether a word has a sense.
func (s *Senses) Known(word string) bool { return len(s.english[word]) > 0 || len(s.welsh[word]) > 0 }

// Of returns the senses of a word; none for one that is not listed.
func (s *Senses) Of(word, stem string, welsh bool) []string {
	if welsh {
		if w := s.welsh[word]; len(w) > 0 {
			return w
		}
	}
	if e := s.english[word]; len(e) > 0 {
		return e
	}
	return s.english[stem]
}
