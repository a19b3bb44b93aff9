package lexicon

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"cymar/handlers/meetings/themes/text"
)

//go:embed aspects.txt
var aspectsFile string

// Side is a topic as seen from one side: "waiting for DBS checks" of vetting.
type Side struct {
	Text  string     // within a sentence; may hold slots, see Fill
	signs [][]string // stems, in a row, of which one must be said
}

// Seen tells whether a text, given by its stems, shows the side.
func (s Side) Seen(stems []string) bool {
	for i, x := range stems {
		for _, sign := range s.signs {
			if x == sign[0] && i+len(sign) <= len(stems) && slices.Equal(stems[i:i+len(sign)], sign) {
				return true
			}
		}
	}
	return false
}

// sides reads the file of sides into the topics.
func (l *Lexicon) sides(file string) error {
	st := text.NewStemmer()
	at := -1
	n := 0
	for line := range strings.Lines(file) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		kind, rest := line[0], strings.TrimSpace(line[1:])
		if kind == '=' {
			k, ok := l.byKey[rest]
			if !ok || l.Topics[k].Short != "" {
				return fmt.Errorf("aspects, line %d: %q is no topic, or stands twice", n, rest)
			}
			at = k
			continue
		}
		if at < 0 {
			return fmt.Errorf("aspects, line %d: %q before the first topic", n, line)
		}
		if err := l.Topics[at].side(kind, rest, st); err != nil {
			return fmt.Errorf("aspects, line %d: %w", n, err)
		}
	}
	return nil
}

func (t *Topic) side(kind byte, rest string, st *text.Stemmer) error {
	switch kind {
	case '&':
		t.Short = rest
	case '@':
		t.Where = rest
	case '~':
		phrase, signs, ok := strings.Cut(rest, " | ")
		if !ok {
			return fmt.Errorf("%q has no words that show it", rest)
		}
		s := Side{Text: strings.TrimSpace(phrase)}
		for term := range strings.FieldsSeq(signs) {
			var stems []string
			for _, w := range SplitWords(strings.ReplaceAll(text.Fold(term), "_", " ")) {
				stems = append(stems, st.Stem(w))
			}
			s.signs = append(s.signs, stems)
		}
		t.Sides = append(t.Sides, s)
	default:
		return fmt.Errorf("unknown kind %q", kind)
	}
	return nil
}
