package prose

import (
	"strings"
	"unicode"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/reading"
	"cymar/handlers/meetings/themes/text"
)

// open tells whether a statement may be reported of its line. From one that
// tells of its writer only what is general may: what should be, a view, or a
// clause in which no first person stands. What one service does is reported
// where it could be the service of many.
func (w *Writer) open(l *reading.Line, s text.Sentence, st grammar.Statement) bool {
	switch st.Form {
	case grammar.Did, grammar.Local:
		return !(l.Story && ofMe(s.Text)) && !(l.Wary && st.Negative) && !w.striking(l, st.Text)
	case grammar.View:
		return (w.shared(st.Text) || w.telling(stemsOf(w, st.Text))) && !strings.ContainsFunc(s.Text, unicode.IsDigit) && !w.striking(l, st.Text)
	}
	return !l.Wary || general(st) || impersonal(s.Text, st)
}

// ofMe tells whether a sentence speaks of its writer alone, or holds a figure.
func ofMe(sentence string) bool {
	for _, x := range text.Words(sentence) {
		if x[0] == 'i' && firstPerson[x] || x == "me" || x == "my" || x == "mine" || x == "myself" || unicode.IsDigit(rune(x[0])) {
			return true
		}
	}
	return false
}

// beforeQuote gives what a sentence says before words that it quotes, or ""
// where those are what it says. A short name in quotation marks stays.
func beforeQuote(s string) string {
	head, quoted, ok := strings.Cut(s, `"`)
	if !ok {
		return s
	}
	name, after, closed := strings.Cut(quoted, `"`)
	if closed && words(name) < 5 && strings.HasPrefix(after, " ") && words(after) > 0 && words(head) > 2 && strings.ToLower(name) == name {
		return head + name + after // "a "stop the clock" rule"
	}
	head = strings.TrimRight(head, " ,:-–(")
	if ws := strings.Fields(head); len(ws) < 4 || introduces[strings.ToLower(ws[len(ws)-1])] {
		return ""
	}
	return head
}

// introduces are words after which the quoted words are what is said.
var introduces = set("say says said goes went go ask asks asked is was are were be like that think thinks thought call calls called tell told me us them and or as")

// general tells whether a statement is of what should be, or a view.
func general(st grammar.Statement) bool {
	return st.Form == grammar.That && (st.Stance == grammar.Should || st.Stance == grammar.Opinion) || st.Form == grammar.Doing && st.Stance == grammar.Idea
}

// impersonal tells whether a sentence says of things in general what they are,
// with nobody in it who speaks and no thing of which there is one: "the duty
// line" is that of the writer.
func impersonal(sentence string, st grammar.Statement) bool {
	first, _, _ := strings.Cut(st.Text, " ")
	if st.Form != grammar.That || st.Past || first == "the" || first == "a" || first == "an" || first == "one" {
		return false
	}
	if _, after, ok := strings.Cut(sentence, ": "); ok && strings.HasPrefix(after, st.Text[:min(len(st.Text), 8)]) {
		sentence = after
	}
	for _, x := range text.Words(sentence) {
		if firstPerson[x] || unicode.IsDigit(rune(x[0])) {
			return false
		}
	}
	return true
}

var firstPerson = set(`i i'm im i've ive i'd i'll id me my mine myself we we're we've we'd we'll us our ours ourselves mum dad wife husband son daughter brother sister`)

// striking tells whether a text has words by which its writer would be known:
// more than one that nobody else in the chat uses and that is not of the field.
func (w *Writer) striking(l *reading.Line, s string) bool {
	n := 0
	for _, x := range w.c.Stemmer.Content(s) {
		if len(w.users[x]) < 2 && !w.c.Lexicon.Has(x) {
			n++
		}
	}
	return n > strikingWords
}

// strikingWords is how many words of a service's practice may be its own.
const strikingWords = 4

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
		k := swapIn(ws, at, n, n == runAlike)
		if k < 0 {
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

// parted words a clause with what reports it in its middle, where the whole
// would run along a message: "the door person, it was noted, is the most
// important". It gives "" where the clause cannot be parted.
func (x point) parted(f *frames) string {
	ws := strings.Fields(x.text)
	if x.form != grammar.That || x.head < 1 || x.head < 2 && len(ws[0]) < 6 || x.head+2 > len(ws) || x.stance == grammar.Worry {
		return ""
	}
	if strings.HasSuffix(ws[x.head-1], ",") {
		return ""
	}
	by := f.pick("it was noted", "it was said", "it was observed")
	if x.stance == grammar.Should || x.stance == grammar.Opinion {
		by = f.pick("it was felt", "it was suggested")
	}
	return strings.Join(ws[:x.head], " ") + ", " + by + ", " + strings.Join(ws[x.head:], " ")
}

// instanced words what a service does with "for example" in its middle, where
// the whole would run along a message. It gives "" where that cannot help.
func (w *Writer) instanced(s string) string {
	ws := strings.Fields(s)
	for k := len(ws) - 2; k > 3; k-- {
		if !joints[ws[k]] || spans[ws[k-1]] || ws[k-1] == "only" || ws[k-1] == "one" || strings.HasSuffix(ws[k-1], ",") || joints[ws[k-1]] {
			continue
		}
		if t := strings.Join(ws[:k], " ") + ", for example, " + strings.Join(ws[k:], " "); w.safe(t, runSaid) {
			return t
		}
	}
	return ""
}

// spans are what "before" and "after" belong to.
var spans = set("days weeks months years hours minutes week month year day hour time")

// joints are words before which a sentence can be interrupted.
var joints = set("in on at with for from by because until when where before after and so within to")

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
	case "and":
		return objects[next] && next != "no" && grammar.IsNoun(prev) && !grammar.IsClause(strings.Join(ws[k+1:], " "))
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
var plainer = pairs(`and:as_well_as had:needed a:per without:with_no can:are_able_to where:in_which first:beforehand people:those because:since in:within every:each get:receive gets:receives need:require
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
