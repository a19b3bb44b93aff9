// Package lexicon knows what is talked about in peer support implementation
// spaces: topics, their words in English and Welsh, and what a person would
// call them. It holds no phrase of any meeting.
package lexicon

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"cymar/handlers/meetings/themes/text"
)

//go:embed topics.txt
var topicsFile string

// Topic is one subject with a stable key, so that meetings can be compared.
type Topic struct {
	Key   string   // stable: "role-drift"
	Title string   // as a heading: "Role drift"; may hold slots, see Fill
	Needs []string // stems of which the chat must have one; none: no condition
	About string   // within a sentence: "role drift"; may hold slots, see Fill
	Short string   // in a word or two, beside another topic; may hold slots
	Where string   // as a place: "on wards"; "" where it is none
	Sides []Side   // from which it may be seen
}

// Hit is one term of a topic found in a text.
type Hit struct {
	Topic  int     // index into Lexicon.Topics
	Weight float64 // 1 for a telling term, less for a hint
	At     int     // index of the first word
	Len    int     // number of words
}

// Lexicon finds topics in stemmed words. It is read-only once made.
type Lexicon struct {
	Topics []Topic
	root   *node
	welsh  map[byte][]welshTerm
	byKey  map[string]int
	words  map[string]bool // stems of all words of all terms
}

type welshTerm struct {
	prefix string
	topic  int
}

type node struct {
	next  map[string]*node
	ends  []Hit
	depth int
}

// Weights of a telling term and of a hint.
const (
	telling = 1.0
	hinting = 0.35
)

var load = sync.OnceValue(func() *Lexicon {
	l, err := parse(topicsFile)
	if err != nil {
		panic(err) // the file is part of the program; a test reads it
	}
	return l
})

// Default gives the lexicon that is part of the program.
func Default() *Lexicon { return load() }

func parse(file string) (*Lexicon, error) {
	l := &Lexicon{root: &node{next: map[string]*node{}}, welsh: map[byte][]welshTerm{}, byKey: map[string]int{}, words: map[string]bool{}}
	st := text.NewStemmer()
	n := 0
	for line := range strings.Lines(file) {
		n++
		if err := l.line(strings.TrimSpace(line), st); err != nil {
			return nil, fmt.Errorf("topics, line %d: %w", n, err)
		}
	}
	return l, l.sides(aspectsFile)
}

func (l *Lexicon) line(line string, st *text.Stemmer) error {
	if line == "" || line[0] == '#' {
		return nil
	}
	kind, rest := line[0], strings.TrimSpace(line[1:])
	if kind != '=' && len(l.Topics) == 0 {
		return fmt.Errorf("%q before the first topic", line)
	}
	switch kind {
	case '=':
		return l.topic(rest)
	case '+':
		l.terms(rest, telling, st)
	case '!':
		t := &l.Topics[len(l.Topics)-1]
		for w := range strings.FieldsSeq(rest) {
			t.Needs = append(t.Needs, st.Stem(w))
		}
	case '-':
		l.terms(rest, hinting, st)
	case 'w':
		for w := range strings.FieldsSeq(rest) {
			w = text.Fold(w)
			l.welsh[w[0]] = append(l.welsh[w[0]], welshTerm{prefix: w, topic: len(l.Topics) - 1})
		}
	default:
		return fmt.Errorf("unknown kind %q", kind)
	}
	return nil
}

func (l *Lexicon) topic(s string) error {
	f := strings.Split(s, " | ")
	if len(f) != 3 {
		return fmt.Errorf("%q: a topic has a key, a title and a phrase", s)
	}
	t := Topic{Key: strings.TrimSpace(f[0]), Title: strings.TrimSpace(f[1]), About: strings.TrimSpace(f[2])}
	if _, twice := l.byKey[t.Key]; twice {
		return fmt.Errorf("topic %q stands twice", t.Key)
	}
	l.byKey[t.Key] = len(l.Topics)
	l.Topics = append(l.Topics, t)
	return nil
}

func (l *Lexicon) terms(s string, weight float64, st *text.Stemmer) {
	for term := range strings.FieldsSeq(s) {
		at := l.root
		words := SplitWords(strings.ReplaceAll(text.Fold(term), "_", " "))
		for _, w := range words {
			key := st.Stem(w)
			l.words[key] = true
			if at.next[key] == nil {
				at.next[key] = &node{next: map[string]*node{}, depth: at.depth + 1}
			}
			at = at.next[key]
		}
		w := weight
		if len(words) > 1 && weight == telling {
			w = 1.6 // a term of several words is seldom an accident
		}
		at.ends = append(at.ends, Hit{Topic: len(l.Topics) - 1, Weight: w, Len: len(words)})
	}
}

// SplitWords cuts folded text into words, hyphenated ones into their parts, so
// that "peer-led" and "peer led" are the same.
func SplitWords(s string) []string {
	var out []string
	for _, w := range text.Words(s) {
		if !strings.Contains(w, "-") {
			out = append(out, w)
			continue
		}
		for part := range strings.SplitSeq(w, "-") {
			if part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

// Find gives the terms in a text: words as SplitWords gives them, and their
// stems. Of terms that begin at the same word only the longest counts.
func (l *Lexicon) Find(words, stems []string) []Hit {
	var out []Hit
	for i := 0; i < len(stems); i++ {
		longest := l.longest(stems, i)
		for _, h := range longest {
			h.At = i
			out = append(out, h)
		}
		for _, w := range l.welsh[words[i][0]] {
			if strings.HasPrefix(words[i], w.prefix) {
				out = append(out, Hit{Topic: w.topic, Weight: telling, At: i, Len: 1})
			}
		}
		if len(longest) > 0 {
			i += longest[0].Len - 1
		}
	}
	return out
}

func (l *Lexicon) longest(stems []string, i int) []Hit {
	var best []Hit
	at := l.root
	for j := i; j < len(stems); j++ {
		if at = at.next[stems[j]]; at == nil {
			break
		}
		if len(at.ends) > 0 {
			best = at.ends
		}
	}
	return best
}

// Has tells whether a stem is part of some term.
func (l *Lexicon) Has(stem string) bool { return l.words[stem] }

// ByKey gives a topic's index by its key.
func (l *Lexicon) ByKey(key string) (int, bool) {
	i, ok := l.byKey[key]
	return i, ok
}

// Fill fills the slots of a text: of the alternatives in "{a|b|c}" the first
// that fits, or else the last. The slot {P} stays.
func Fill(s string, fits func(alternative string) bool) string {
	var b strings.Builder
	rest := s
	for {
		before, slot, open := strings.Cut(rest, "{")
		b.WriteString(before)
		if !open {
			return b.String()
		}
		slot, rest, _ = strings.Cut(slot, "}")
		if slot == "P" {
			b.WriteString("{P}")
			continue
		}
		options := strings.Split(slot, "|")
		pick := options[len(options)-1]
		for _, o := range options[:len(options)-1] {
			if fits(o) {
				pick = o
				break
			}
		}
		b.WriteString(pick)
	}
}
