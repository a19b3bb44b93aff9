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
	if ws := strings.Fields(head); len(ws) > 0 && !articles[strings.ToLower(ws[len(ws)-1])] {
		closed = false // "the form takes "time out"": what is printed there
	}
	if closed && words(name) < 5 && strings.HasPrefix(after, " ") && words(after) > 0 && words(head) > 2 && strings.ToLower(name) == name {
		return head + name + after // "a "stop the clock" rule"
	}
	head = strings.TrimRight(head, " ,:-–(")
	if ws := strings.Fields(head); len(ws) < 4 || introduces[strings.ToLower(ws[len(ws)-1])] {
		return ""
	}
	return head
}

var articles = set("a an the our their its your this no any each one called our own old new so-called")

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
