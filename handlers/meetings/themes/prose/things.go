package prose

import (
	"slices"
	"sort"
	"strings"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/reading"
	"cymar/handlers/meetings/themes/text"
)

// thing is a noun phrase with what belongs to it: "a letter for the work
// coach". It says more than its head alone.
type thing struct {
	text  string
	stems []string
	line  int
	score float64
}

// things gives such phrases from what may be retold in some lines, best first.
func (w *Writer) things(lines []int) []thing {
	centre := w.centre(lines)
	var out []thing
	for _, i := range lines {
		l := &w.c.Lines[i]
		if !w.retellable(l) || l.Wary {
			continue
		}
		for _, s := range l.Sentences {
			if s.Quote || text.IsWelsh(s.Text) {
				continue
			}
			for _, t := range w.thingsIn(unquoted(l, s.Text)) {
				t.line = i
				t.score = w.rateThing(l, t, centre)
				out = append(out, t)
			}
		}
	}
	sort.SliceStable(out, func(a, b int) bool { return out[a].score > out[b].score })
	return out
}

func (w *Writer) thingsIn(sentence string) []thing {
	ws := grammar.Parse(sentence)
	var out []thing
	for _, p := range grammar.Phrases(ws) {
		if !w.holds(p) {
			continue
		}
		t := w.rules.Thing(ws, p)
		n := len(strings.Fields(t))
		last := t[strings.LastIndexByte(t, ' ')+1:]
		if n < len(p.Words)+2 || n > 9 || emptyHead[last] && !grammar.IsPerson(last) || w.properName(t) || repeats(t) || adrift(t) {
			continue
		}
		out = append(out, thing{text: t, stems: w.c.Stemmer.Content(t)})
	}
	return out
}

// adrift tells whether what follows a thing is a turn of phrase that belongs to
// the verb ("the board on purpose"), or a thing of every house ("places with
// actual sheep").
func adrift(t string) bool {
	for _, by := range []string{" on purpose", " in terms", " on hold", " in fact", " at all", " in case", " by accident", " in public", " on time", " at once", " for nothing", " for granted"} {
		if strings.HasSuffix(t, by) {
			return true
		}
	}
	last := t[strings.LastIndexByte(t, ' ')+1:]
	return household[last] || household[strings.TrimSuffix(last, "s")]
}

// holds tells whether a noun phrase can carry what follows it: a thing in
// ordinary words, with its article unless it needs none.
func (w *Writer) holds(p grammar.Phrase) bool {
	first := p.Words[0]
	switch {
	case emptyHead[p.Head] || deeds[p.Head] || vague[p.Head] || units[first.Lower] || grammar.IsPerson(p.Head) && !p.Plural:
		return false
	case p.Det == "my" || p.Det == "your" || p.Det == "his" || p.Det == "her" || p.Det == "this" || p.Det == "that" || p.Det == "no":
		return false
	case p.Det == "" && !p.Plural && !grammar.IsMass(p.Head):
		return false
	}
	for _, x := range p.Words {
		if !w.printable(x) || !grammar.Known(x.Lower) && !grammar.Capital(x.Lower) {
			return false
		}
	}
	return true
}

// vague are heads that say little even with what follows them.
var vague = set(`request charge difference amount reason chance member members lots plenty pair rest kinds types sorts parts sides ways ends ones
	start starts use uses need needs want wants likes look looks sound sounds talk talks thought thoughts mention mentions people folk colleagues copy`)

// rateThing judges a thing by how central its words are and whether they are
// of the field.
func (w *Writer) rateThing(l *reading.Line, t thing, centre map[string]int) float64 {
	if len(t.stems) < 2 {
		return 0
	}
	s := 0.0
	for _, x := range t.stems {
		s += min(1.2, 0.3*float64(centre[x]))
		if w.telling([]string{x}) {
			s += 0.5
		}
	}
	return s/float64(len(t.stems)) + 0.02*float64(l.Likes+2*l.Replies)
}

// leastThing is the score below which a thing is not worth naming.
const leastThing = 0.42

// aside names a few such things, so that a thin paragraph says what was spoken
// of and not only in which words.
func (w *Writer) aside(t theme, said map[string]bool, most int) (xs []string, lines []int) {
	for _, x := range w.things(t.lines) {
		if len(xs) == most || x.score < leastThing-0.08*float64(w.fuller) {
			break
		}
		if slices.Contains(lines, x.line) || 2*fresh(x.stems, said) < len(x.stems) || !w.safe(x.text, runSaid) || !w.traced(x.text, t.lines) {
			continue
		}
		for _, s := range x.stems {
			said[s] = true
		}
		xs = append(xs, x.text)
		lines = append(lines, x.line)
	}
	return xs, lines
}

// fresh counts the stems that were not said yet.
func fresh(stems []string, said map[string]bool) int {
	n := 0
	for _, s := range stems {
		if !said[s] {
			n++
		}
	}
	return n
}
