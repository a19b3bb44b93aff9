package prose

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/reading"
	"cymar/handlers/meetings/themes/text"
)

// label is what somebody called a subject when they brought it up: "Vetting!",
// "can I raise social media", "ok, schools and families".
type label struct {
	text  string // as it stands within a sentence
	stems []string
	line  int
	first bool // it opened the theme
	score float64
}

// announced gives the label that fits a theme best: the beginning is the place
// where subjects are named, and what is named there is spoken of afterwards.
func (w *Writer) announced(lines []int) (label, bool) {
	var best label
	before := w.leadIn(lines[0])
	for place, i := range slices.Concat(before, lines[:min(len(lines), labelPlaces)]) {
		l := &w.c.Lines[i]
		if l.Gone || l.Level != "" || l.Welsh || l.Closed == reading.ReasonIdentifier || l.Closed == reading.ReasonConfiding || l.Cues["bye"]+l.Cues["greet"]+l.Cues["thanks"]+l.Cues["tech"] > 0 {
			continue
		}
		for _, s := range w.labels(l) {
			x, ok := w.label(s, i, lines)
			if !ok || l.Closed != "" && x.score < 1 {
				continue // a word of a message that is not retold: only if others use it too
			}
			x.first = place <= len(before)
			x.score += 1.5 / (1 + 0.3*float64(place))
			if l.Host || l.Parent < 0 {
				x.score++
			}
			if x.score > best.score {
				best = x
			}
		}
	}
	return best, best.score >= leastLabel
}

// A subject is named early; and whether it is spoken of shows in so many lines.
const (
	labelPlaces = 40
	labelEchoes = 200
)

// leastLabel is the score below which a label does not speak for a theme.
const leastLabel = 2

// leadIn gives the lines just before a theme with which somebody who leads the
// meeting may have opened it.
func (w *Writer) leadIn(first int) []int {
	var out []int
	for i := max(0, first-4); i < first; i++ {
		l := &w.c.Lines[i]
		if (l.Host || l.Cues["shift"] > 0 || leading.MatchString(l.Clean)) && len(l.Words) < 12 && w.c.Lines[first].At.Sub(l.At) < 6*time.Minute {
			out = append(out, i)
		}
	}
	return out
}

// opening are the ways to bring a subject up; what follows is the subject.
var opening = regexp.MustCompile(`(?i)\b(?:(?:can|could|may) (?:i|we|you) (?:just |also |quickly )?(?:bring (?:up|in)|raise|talk about|ask about|say something about|mention|go back to|think about)|(?:i've|i have|got) (?:a|one) thing about|(?:last|another|next|one more|one other|different|second|third) (?:one|thing|point|topic|theme)(?: from (?:me|us))?(?: is)?[,:]?|moving on to|move on to|turn(?:ing)? to|onto|back to|going back to|coming back to|thinking about|on the subject of|on the topic of|what about|how about|let's (?:talk about|do|take|start with|move to))\s+`)

// leading and trailing words that belong to the turn and not to the subject.
var (
	leading  = regexp.MustCompile(`(?i)^(?:(?:ok(?:ay)?|right|so|now|next(?: up)?|then|great|lovely|and|well|great stuff|thanks|first|second|third|finally|also|oh|ah|yes|um|for me|number \w+|theme \w+|part \w+|topic \w+|question \w+)[,:.!–-]?\s+)+`)
	trailing = regexp.MustCompile(`(?i)[,]?\s+(?:next|now|then|please|time|first|too|everyone|all|folks|again|here|today|though|for a sec|for a second|quickly)$`)
)

// labels gives what may be the name of a subject in a line.
func (w *Writer) labels(l *reading.Line) []string {
	var out []string
	add := func(s string) { out = append(out, strings.Trim(s, " .,:;!–-")) }
	for k, s := range l.Sentences {
		if s.Quote {
			continue
		}
		if at := opening.FindStringIndex(s.Text); at != nil && at[0] < 40 {
			rest := s.Text[at[1]:]
			rest, _, _ = strings.Cut(rest, ",")
			add(trailing.ReplaceAllString(rest, ""))
		}
		if k > 0 || s.End == '?' {
			continue
		}
		t := leading.ReplaceAllString(s.Text, "")
		head, _, colon := strings.Cut(t, ": ")
		switch {
		case colon:
			add(head)
		case len(l.Sentences) > 1 || len(l.Words) < 12:
			add(trailing.ReplaceAllString(t, ""))
		}
	}
	return out
}

// label checks that a text is a short noun phrase, or two, in known words, of
// which the theme speaks.
func (w *Writer) label(s string, line int, lines []int) (label, bool) {
	ws := grammar.Parse(s)
	n := 0
	for n < len(ws) && n < 6 && within(ws, n) {
		n++
	}
	if n == 0 || n > 5 || n < len(ws) || ws[n-1].Tag != grammar.Noun && ws[n-1].Tag != grammar.IngV || !w.names(ws) {
		return label{}, false
	}
	x := label{text: grammar.Print(ws), line: line}
	x.stems = w.c.Stemmer.Content(x.text)
	if len(x.stems) == 0 || w.properName(x.text) || !w.safe(x.text, runSaid) {
		return label{}, false
	}
	x.score = w.spokenOf(x, lines)
	return x, true
}

// within tells whether a word may stand in a label.
func within(ws []grammar.Word, i int) bool {
	switch ws[i].Tag {
	case grammar.Noun, grammar.Adj, grammar.IngV, grammar.Partic:
		return true
	case grammar.Conj:
		return i > 0 && ws[i].Lower == "and"
	case grammar.Prep:
		return i > 0 && (ws[i].Lower == "of" || ws[i].Lower == "for" || ws[i].Lower == "on" || ws[i].Lower == "in" || ws[i].Lower == "to" || ws[i].Lower == "with")
	case grammar.Det:
		return ws[i].Lower == "the" || ws[i].Lower == "a" || ws[i].Lower == "an"
	case grammar.Mark:
		return i > 0 && ws[i].Text == ","
	}
	return false
}

// turns are what people call a turn in talk, not a subject.
var turns = set(`fact facts point points order update updates recap summary thought thoughts reminder reminders news aside example examples headline headlines
	apologies intro introductions question questions answer answers story stories note confession plan`)

// names tells whether the words of a label may be printed and say something.
func (w *Writer) names(ws []grammar.Word) bool {
	says := false
	if last := ws[len(ws)-1].Lower; emptyHead[last] && last != "leave" || turns[last] {
		return false
	}
	for k, x := range ws {
		if handed[x.Lower] && (k+1 == len(ws) || ws[k+1].Tag == grammar.Prep) || turns[x.Lower] && k+1 < len(ws) && ws[k+1].Tag == grammar.Prep {
			return false // "the paper on endings", "order of play"
		}
	}
	for _, x := range ws {
		if x.Tag == grammar.Mark {
			continue
		}
		if !w.printable(x) || !grammar.Known(x.Lower) && !grammar.Capital(x.Lower) && !w.c.Familiar(w.c.Stemmer.Stem(x.Lower)) {
			return false
		}
		says = says || (x.Tag == grammar.Noun || x.Tag == grammar.IngV) && text.IsContent(x.Lower)
	}
	return says
}

// spokenOf scores how much of a theme is about a label: a word of it in other
// lines, or a topic of the lexicon that the theme has.
func (w *Writer) spokenOf(x label, lines []int) float64 {
	own := stemSet(x.stems)
	topics := map[int]bool{}
	for _, h := range w.c.Lexicon.Find(x.stems, x.stems) {
		topics[h.Topic] = h.Weight >= 1
	}
	n := 0.0
	for _, i := range lines[:min(len(lines), labelEchoes)] {
		if i == x.line {
			continue
		}
		if overlaps(w.c.Lines[i].Content, own) {
			n++
			continue
		}
		for _, t := range w.c.Lines[i].Topics {
			if topics[t.Topic] && t.Weight >= 1 {
				n += 0.5
				break
			}
		}
	}
	return min(3, n)
}
