// Package lexicon knows what words and phrases are about: wanting, dying, a
// person who is spoken of, a training course, a figure of speech. The phrases
// lie in text files, in English and Welsh; one concept serves both languages,
// so that what is learnt of one helps in the other.
package lexicon

import (
	"embed"
	"fmt"
	"strings"

	"cymar/text"
)

//go:embed *.txt
var files embed.FS

// Concept is what a phrase is about. The zero value is none.
type Concept uint8

// Match is a phrase that was found.
type Match struct {
	Concepts []Concept // what it is about; more than one where the lists agree on the phrase
	Len      int       // in words; 0 when nothing was found
}

// Lexicon finds phrases. Make one with Load; it is safe for use by many
// goroutines at once.
type Lexicon struct {
	names   []string
	index   map[string]Concept
	english trie
	welsh   trie
	known   map[string]bool
}

// Load reads the phrases that are built in.
func Load() (*Lexicon, error) {
	l := &Lexicon{names: []string{""}, index: make(map[string]Concept), known: make(map[string]bool)}
	l.english.grow()
	l.welsh.grow()
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	for _, e := range entries {
		data, err := files.ReadFile(e.Name())
		if err != nil {
			return nil, fmt.Errorf("lexicon: %w", err)
		}
		if err := l.parse(string(data)); err != nil {
			return nil, fmt.Errorf("lexicon: %s: %w", e.Name(), err)
		}
	}
	return l, nil
}

func (l *Lexicon) parse(data string) error {
	n := 0
	for line := range strings.Lines(data) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, phrases, ok := strings.Cut(line, ": ")
		name, lang, ok2 := strings.Cut(head, " ")
		if !ok || !ok2 || lang != text.English && lang != text.Welsh {
			return fmt.Errorf("line %d: want “CONCEPT en: phrase; phrase” or cy", n)
		}
		l.add(name, lang, strings.Split(phrases, ";"))
	}
	return nil
}

func (l *Lexicon) add(name, lang string, phrases []string) {
	c, ok := l.index[name]
	if !ok {
		c = Concept(len(l.names))
		l.index[name] = c
		l.names = append(l.names, name)
	}
	for _, p := range phrases {
		words := text.Words(text.Fold(p))
		if len(words) == 0 {
			continue
		}
		if lang == text.Welsh {
			l.addWelsh(words, c)
			continue
		}
		for _, w := range words {
			l.known[w] = true
		}
		l.english.add(stems(words), c)
	}
}

// addWelsh adds a phrase with every form that its words can take.
func (l *Lexicon) addWelsh(words []string, c Concept) {
	forms := make([][]string, len(words))
	for i, w := range words {
		forms[i] = mutated(w)
		for _, f := range forms[i] {
			l.known[f] = true
		}
	}
	l.welsh.addForms(0, forms, c)
}

func stems(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = text.Stem(w)
	}
	return out
}

// Concept is the concept with a name; false when there is none such.
func (l *Lexicon) Concept(name string) (Concept, bool) {
	c, ok := l.index[name]
	return c, ok
}

// Name is what a concept is called.
func (l *Lexicon) Name(c Concept) string { return l.names[c] }

// Len is one more than the highest concept.
func (l *Lexicon) Len() int { return len(l.names) }

// Known says whether a word occurs in any phrase, as it is written there.
func (l *Lexicon) Known(word string) bool { return l.known[word] }

// Find returns the longest phrase that begins the words: words as they are
// written, stems their English stems. Welsh phrases are looked for only where
// welsh is set; of two as long both count.
func (l *Lexicon) Find(words, stems []string, welsh bool) Match {
	m := l.english.find(stems)
	if !welsh {
		return m
	}
	w := l.welsh.find(words)
	switch {
	case w.Len > m.Len:
		return w
	case w.Len == m.Len && w.Len > 0:
		return Match{Concepts: append(w.Concepts[:len(w.Concepts):len(w.Concepts)], m.Concepts...), Len: w.Len}
	}
	return m
}
