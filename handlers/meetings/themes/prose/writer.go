package prose

import (
	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/grouping"
	"cymar/handlers/meetings/themes/lexicon"
	"cymar/handlers/meetings/themes/lists"
	"cymar/handlers/meetings/themes/reading"
	"cymar/handlers/meetings/themes/text"
)

// Writer writes the overview of one chat.
type Writer struct {
	c       *reading.Chat
	rules   grammar.Rules
	lists   lists.Lists
	inLine  map[int][]occurrence
	total   map[string]int             // phrase key → lines in the whole chat
	users   map[string]map[string]bool // stem → authors
	runs    *runs
	inFull  map[int][]string
	byStem  map[string][]int  // stem → lines that may be retold or grouped
	topics  []float64         // weight of each topic in the whole chat
	lines   map[string]int    // stem → lines
	subject map[int]bool      // topics that the meeting's title names
	titled  map[string]bool   // stems of the title of the meeting
	given   map[[2]int][]name // names of the themes, by their first line and their length
	fuller  int               // how much more is told than at first, see Write
}

// New prepares a writer.
func New(c *reading.Chat, rules grammar.Rules, ls lists.Lists, groups []grouping.Theme) *Writer {
	w := &Writer{c: c, rules: rules, lists: ls, inLine: map[int][]occurrence{}, total: map[string]int{}, users: map[string]map[string]bool{}, runs: newRuns(c), byStem: map[string][]int{}, lines: map[string]int{}, given: map[[2]int][]name{}, inFull: map[int][]string{}, topics: make([]float64, len(c.Lexicon.Topics))}
	w.subject, w.titled = map[int]bool{}, stemSet(c.Stemmer.Content(c.Transcript.Title))
	title := lexicon.SplitWords(text.Fold(c.Transcript.Title))
	for _, h := range c.Lexicon.Find(title, stemsOf(w, c.Transcript.Title)) {
		w.subject[h.Topic] = w.subject[h.Topic] || h.Weight >= 1
	}
	for i := range c.Lines {
		l := &c.Lines[i]
		if l.Gone || l.Bot {
			continue
		}
		for _, s := range l.Stems {
			if w.users[s] == nil {
				w.users[s] = map[string]bool{}
			}
			w.users[s][l.Author] = true
			if at := w.byStem[s]; len(at) == 0 || at[len(at)-1] != i {
				w.lines[s]++
			}
			if at := w.byStem[s]; len(at) < mostWitnesses && (len(at) == 0 || at[len(at)-1] != i) {
				w.byStem[s] = append(at, i)
			}
		}
	}
	for _, g := range groups {
		for _, i := range g.Lines {
			for _, o := range w.linePhrases(i) {
				w.total[join(o.stems)]++
			}
			for _, t := range c.Lines[i].Topics {
				w.topics[t.Topic] += t.Weight
			}
		}
	}
	return w
}

// mostWitnesses is how many lines are kept as witnesses of a word.
const mostWitnesses = 2

// voices counts the authors who use a word.
func (w *Writer) voices(lower string) int { return len(w.users[w.c.Stemmer.Stem(lower)]) }

func join(stems []string) string {
	s := ""
	for i, x := range stems {
		if i > 0 {
			s += " "
		}
		s += x
	}
	return s
}
