package prose

import (
	"strings"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/text"
)

// apartFrom puts other words for some, until a text keeps away from the words
// of the messages that it must not run along.
func (w *Writer) apartFrom(s string, line int) string {
	other := w.reworded(s)
	if !w.traced(other, []int{line}) {
		other = s // what is put otherwise must still be what was said
	}
	return w.shorter(other)
}

// reworded puts other words for some in a text.
func (w *Writer) reworded(s string) string {
	for range 6 {
		ws := strings.Fields(s)
		at, n := w.along(ws)
		if at < 0 {
			return s
		}
		if t := turned(ws, at, n); t != "" && n != runAlike {
			s = t
			continue
		}
		if k := swapIn(ws, at, n, n == runAlike); k < 0 {
			return s
		}
		s = strings.Join(strings.Fields(strings.Join(ws, " ")), " ")
	}
	return s
}

// along gives where a run of words begins that stands in a message too, and its
// length, the runs that must not be first; or -1.
func (w *Writer) along(ws []string) (at, n int) {
	for _, n := range []int{runClosed, runWary, runAlike} {
		for i := range ws {
			if i+n <= len(ws) && w.runs.shared(text.Words(strings.Join(ws[i:i+n], " ")), n) {
				return i, n
			}
		}
	}
	return -1, 0
}

// turned puts another turn of phrase for one that the row of n words from a place
// holds, or gives "".
func turned(ws []string, at, n int) string {
	row := " " + strings.Join(ws[at:min(at+n, len(ws))], " ") + " "
	for _, t := range phrasings {
		if before, after, ok := strings.Cut(row, " "+t[0]+" "); ok {
			row = before + " " + t[1] + " " + after
			return strings.Join(strings.Fields(strings.Join(ws[:at], " ")+" "+row+" "+strings.Join(ws[min(at+n, len(ws)):], " ")), " ")
		}
	}
	return ""
}

// phrasings are turns of phrase with others that say the same.
var phrasings = [][2]string{{"to be part of", "to take part in"}, {"at the end", "at the close"}, {"at the start", "at the outset"}, {"going the same day", "going on the same day"},
	{"each way", "in each direction"}, {"for free", "free of charge"}, {"give evidence", "provide evidence"}, {"want to", "wish to"}, {"wants to", "wishes to"},
	{"try to", "attempt to"}, {"find out", "learn"}, {"a lot of", "much"}, {"lots of", "many"}, {"only for", "solely for"}, {"only when", "solely when"}, {"only with", "solely with"},
	{"no answer yet", "no answer so far"}, {"and then", "and afterwards"}, {"next to", "beside"},
	{"made a", "produced a"}, {"makes a", "produces a"}, {"wrote a", "drafted a"}, {"built a", "developed a"}, {"built the", "developed the"}, {"gives a", "provides a"}, {"give a", "provide a"},
	{"buys a", "purchases a"}, {"buys an", "purchases an"}, {"so that", "in order that"}, {"all the time", "constantly"},
	{"on their own", "by themselves"}, {"straight away", "at once"}, {"turn up", "come"}}

// swapIn puts another word for one in the row of n that begins at a place, the
// last that it can, and gives where; or -1. Mildly it only writes more formally.
func swapIn(ws []string, at, n int, mild bool) int {
	for k := min(at+n, len(ws)) - 1; k >= at; k-- {
		word := strings.TrimRight(ws[k], ",")
		if k == 0 || !swappable(ws, k, word) || mild && !formal[word] {
			continue
		}
		ws[k] = plainer[word] + ws[k][len(word):]
		if word == "have" || word == "has" {
			ws[k+1] = "" // "has to" is "must"
		}
		return k
	}
	return -1
}

// swappable tells whether another word can stand in a place.
func swappable(ws []string, k int, word string) bool {
	if _, known := plainer[word]; !known {
		return false
	}
	prev, next := ws[k-1], ""
	if k+1 < len(ws) {
		next = ws[k+1]
	}
	switch word {
	case "in":
		return (next == "the" || next == "each" || next == "every") && k+2 < len(ws) && !times[ws[k+2]]
	case "get", "gets", "need", "needs":
		return objects[next] && !objects[prev]
	case "where":
		return grammar.IsNoun(prev)
	case "first":
		return next == ""
	case "people":
		return next == "who"
	case "have", "has", "had":
		return next == "to" && k+2 < len(ws)
	case "a":
		return (next == "week" || next == "month" || next == "year" || next == "day") && !preps[prev]
	case "without":
		return next != "" && !strings.HasSuffix(next, "ing") && next != "a" && next != "an" && next != "the" && next != "their"
	case "can":
		return strings.HasSuffix(prev, "s") && prev != "this" && !strings.HasSuffix(prev, "ss") || prev == "people"
	case "own":
		return prev == "their" || prev == "its"
	case "hard":
		return next == "to"
	case "thinks", "because":
		return next != "of" && next != "about"
	case "every":
		return next != "other"
	case "dad", "mum":
		return !strings.HasSuffix(next, "s") || objects[prev]
	}
	return true
}

var (
	times   = set("end morning evening afternoon past world way meantime past future first")
	preps   = set("in on at for with of from about half twice once")
	objects = set("a an the more no their its some support time help training")
)

// formal are words for which a report has better ones.
var formal = set("because kids mums mum dads dad big bigger whole often many quickly boss kit photo get gets need needs")

// plainer has for a word another that says the same in the same place.
var plainer = pairs(`had:needed a:per without:with_no can:are_able_to where:in_which first:beforehand people:those because:since in:within every:each get:receive gets:receives need:require
	needs:requires have:must has:must kids:children mums:mothers mum:mother dads:fathers dad:father big:large bigger:larger often:frequently
	whole:entire thinks:believes says:states nobody:no_one always:invariably hard:difficult many:numerous quickly:promptly whether:if
	should:ought_to own: just: even: also: very: still: actually: straight:directly kit:equipment boss:manager
	photo:photograph`)

func pairs(s string) map[string]string {
	m := map[string]string{}
	for f := range strings.FieldsSeq(s) {
		a, b, _ := strings.Cut(f, ":")
		m[a] = strings.ReplaceAll(b, "_", " ")
	}
	return m
}
