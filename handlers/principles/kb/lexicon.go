package kb

import (
	"fmt"
	"slices"
	"strings"

	"cymar/text"
	"cymar/text/linear"
)

// maxPhrase is the longest phrase of the lexicon, in words.
const maxPhrase = 6

// lexicon knows which words and phrases stand for which concept.
type lexicon struct {
	names   []string
	english map[uint32][]uint16 // hash of the stems of a phrase → concepts
	welsh   map[uint32][]uint16
	stems   map[string]string // while reading: many phrases share words
}

func newLexicon() *lexicon {
	return &lexicon{english: make(map[uint32][]uint16), welsh: make(map[uint32][]uint16), stems: make(map[string]string)}
}

// parseLexicon reads the lexicon file; see the comments at its top.
func parseLexicon(file, src string) (*lexicon, error) {
	l := newLexicon()
	index := make(map[string]uint16)
	var faults Faults
	for i, row := range strings.Split(src, "\n") {
		row = strings.TrimSpace(row)
		if row == "" || row[0] == '#' {
			continue
		}
		head, list, ok := strings.Cut(row, ":")
		name, lang, _ := strings.Cut(head, " ")
		if !ok || !validID.MatchString(name) || lang != "" && lang != text.Welsh {
			faults = append(faults, Fault{file, i + 1, `a line is "name: word, two words" or "name cy: gair, dau air"`})
			continue
		}
		concept, ok := index[name]
		if !ok {
			concept = uint16(len(l.names))
			index[name] = concept
			l.names = append(l.names, name)
		}
		for phrase := range strings.SplitSeq(list, ",") {
			if err := l.add(concept, lang == text.Welsh, phrase); err != nil {
				faults = append(faults, Fault{file, i + 1, err.Error()})
			}
		}
	}
	l.stems = nil
	return l, faults.orNil()
}

func (l *lexicon) stem(word string) string {
	s, ok := l.stems[word]
	if !ok {
		s = text.Stem(word)
		l.stems[word] = s
	}
	return s
}

func (l *lexicon) add(concept uint16, welsh bool, phrase string) error {
	words := text.Words(text.Fold(phrase))
	if len(words) == 0 || len(words) > maxPhrase {
		return fmt.Errorf("%q: a phrase has one to %d words", strings.TrimSpace(phrase), maxPhrase)
	}
	table, key := l.english, l.stem
	if welsh {
		table, key = l.welsh, text.WelshStem
	}
	id := linear.Offset
	for _, w := range words {
		id = extend(id, key(w))
	}
	if !slices.Contains(table[id], concept) {
		table[id] = append(table[id], concept)
	}
	return nil
}

// find appends to dst the concepts of a text, each once, in order: English
// phrases by stems, Welsh ones by keys, which are nil for a text in English.
func (l *lexicon) find(dst []uint16, stems, keys []string) []uint16 {
	dst = match(dst, l.english, stems)
	dst = match(dst, l.welsh, keys)
	slices.Sort(dst)
	return slices.Compact(dst)
}

func match(dst []uint16, table map[uint32][]uint16, words []string) []uint16 {
	for i := range words {
		id := linear.Offset
		for _, w := range words[i:min(len(words), i+maxPhrase)] {
			id = extend(id, w)
			dst = append(dst, table[id]...)
		}
	}
	return dst
}
