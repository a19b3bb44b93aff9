package lexicon

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"cymar/handlers/meetings/themes/text"
)

//go:embed points.txt
var pointsFile string

// Kind says how a point is reported.
type Kind byte

// The kinds of points.
const (
	Difficulty Kind = '-' // follows "that"
	View       Kind = '=' // follows "that"
	Practice   Kind = '+' // stands in a list
	Proposal   Kind = '>' // stands in a list
)

// Point is something that is often said, with the words that show it.
type Point struct {
	Kind     Kind
	Text     string       // {P} stands for what the meeting calls peer workers
	Topics   map[int]bool // topics of the lexicon that it belongs to
	needs    []need
	unless   []alternative
	negative bool // one of the needed words is a negation
}

type need []alternative

// alternative is one word or several in a row, as stems.
type alternative []string

// Points is the bank of points. It is read-only once made.
type Points struct {
	All   []Point
	first map[string][]int // stem of a first word → points of which the first need can begin so
}

var loadPoints = sync.OnceValue(func() *Points {
	p, err := parsePoints(pointsFile)
	if err != nil {
		panic(err) // the file is part of the program; a test reads it
	}
	return p
})

// DefaultPoints gives the bank that is part of the program.
func DefaultPoints() *Points { return loadPoints() }

func parsePoints(file string) (*Points, error) {
	out := &Points{first: map[string][]int{}}
	st := text.NewStemmer()
	n := 0
	for line := range strings.Lines(file) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		p, err := parsePoint(line, st)
		if err != nil {
			return nil, fmt.Errorf("points, line %d: %w", n, err)
		}
		p.anchor(Default(), st)
		for _, a := range p.needs[0] {
			out.first[a[0]] = append(out.first[a[0]], len(out.All))
		}
		out.All = append(out.All, p)
	}
	return out, nil
}

func parsePoint(line string, st *text.Stemmer) (Point, error) {
	trigger, words, ok := strings.Cut(line[1:], "::")
	p := Point{Kind: Kind(line[0]), Text: strings.TrimSpace(words)}
	if !ok || p.Text == "" || !strings.ContainsRune("-=+>", rune(line[0])) {
		return p, fmt.Errorf("%q is no point", line)
	}
	for f := range strings.FieldsSeq(trigger) {
		if f[0] == '!' {
			p.unless = append(p.unless, stemmed(f[1:], st))
			continue
		}
		var n need
		for a := range strings.SplitSeq(f, "|") {
			n = append(n, stemmed(a, st))
			p.negative = p.negative || negations[strings.ReplaceAll(a, "'", "")]
		}
		p.needs = append(p.needs, n)
	}
	if len(p.needs) < 2 {
		return p, fmt.Errorf("%q needs two words at least", line)
	}
	return p, nil
}

// anchor notes the topics that the point's own words belong to.
func (p *Point) anchor(l *Lexicon, st *text.Stemmer) {
	p.Topics = map[int]bool{}
	note := func(words, stems []string) {
		for _, h := range l.Find(words, stems) {
			if h.Weight >= telling {
				p.Topics[h.Topic] = true
			}
		}
	}
	words := SplitWords(text.Fold(p.Words(func(string) bool { return true })))
	stems := make([]string, len(words))
	for i, w := range words {
		stems[i] = st.Stem(w)
	}
	note(words, stems)
	for _, n := range p.needs {
		for _, a := range n {
			note(a, a)
		}
	}
}

// Words gives the report with its slots filled; the slot {P} stays.
func (p *Point) Words(fits func(alternative string) bool) string { return Fill(p.Text, fits) }

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

// Needs is how many different words a message must have for the point.
func (p *Point) Needs() int { return len(p.needs) }

func stemmed(a string, st *text.Stemmer) alternative {
	var out alternative
	for _, w := range SplitWords(strings.ReplaceAll(text.Fold(a), "_", " ")) {
		out = append(out, st.Stem(w))
	}
	return out
}

var negations = map[string]bool{"not": true, "no": true, "never": true, "dont": true, "doesnt": true, "cant": true, "nobody": true, "without": true,
	"none": true, "isnt": true, "arent": true, "wont": true, "no_one": true, "neither": true, "nothing": true, "nowhere": true, "hasnt": true, "do_not": true, "hadnt": true, "didnt": true}

// Match gives the points that a text makes, by index: stems of its words in
// order.
func (p *Points) Match(stems []string) []int {
	at := map[string][]int{}
	for i, s := range stems {
		at[s] = append(at[s], i)
	}
	var out []int
	seen := map[int]bool{}
	for _, s := range stems {
		for _, k := range p.first[s] {
			if !seen[k] {
				seen[k] = true
				if p.All[k].holds(stems, at) {
					out = append(out, k)
				}
			}
		}
	}
	return out
}

// holds tells whether every need is met, by different words.
func (p *Point) holds(stems []string, at map[string][]int) bool {
	for _, a := range p.unless {
		if a.find(stems, at, nil) >= 0 {
			return false
		}
	}
	used := map[int]bool{}
	for _, n := range p.needs {
		found := -1
		for _, a := range n {
			if found = a.find(stems, at, used); found >= 0 {
				for k := range a {
					used[found+k] = true
				}
				break
			}
		}
		if found < 0 || !p.negative && denied(stems, found) {
			return false
		}
	}
	return true
}

// find gives where the words stand in a row, not where they are used already.
func (a alternative) find(stems []string, at map[string][]int, used map[int]bool) int {
	for _, i := range at[a[0]] {
		ok := i+len(a) <= len(stems) && !used[i]
		for k := 1; ok && k < len(a); k++ {
			ok = stems[i+k] == a[k] && !used[i+k]
		}
		if ok {
			return i
		}
	}
	return -1
}

// denied tells whether a negation stands just before a word.
func denied(stems []string, i int) bool {
	for k := max(0, i-2); k < i; k++ {
		switch stems[k] {
		case "not", "never", "no", "dont", "doesnt", "cant", "isnt", "wont", "didnt", "wasnt", "arent", "without", "neither":
			return true
		}
	}
	return false
}
