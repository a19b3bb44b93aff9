package transcript

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"cymar/handlers/meetings/transcript/stamp"
)

// item is a message on its way in: its time may still be half known.
type item struct {
	id, replyID string // the source's own, where it has some
	author      string
	text        string
	key         string // text in its comparable form; see keyOf
	at          time.Time
	when        stamp.Stamp // what the form says, where at is zero
	day         day         // the day that holds for it, where known
	line        int
	piece       string // the file's name, for what is said of an orphan
	reactions   map[string]int
	edited      time.Time
	deleted     bool
	bot         bool
	orphan      bool // came without a header: the author is not known
	follows     bool // under the header of the message before it
	links       []string
	quoted      quote // the message that it answers, as quoted above it
}

// quote is the beginning of a message that another one answers.
type quote struct {
	author string // "" where only the words are given
	prefix string // in comparable form
}

// day is a calendar day, or the name of one. The zero value is unknown.
type day struct {
	n     int    // days since 1 January of year 1, plus 1; 0 where unknown
	vague string // "w4" a Thursday, "r0" today, "r1" yesterday
}

// piece is what one file gave.
type piece struct {
	name      string
	form      Form
	encoding  string
	platform  Platform
	title     string
	channel   string
	items     []item
	faults    []Fault
	system    int
	quotes    int
	private   int
	callStart time.Time
	callEnd   time.Time
	guessed   []Missing
	seen      []stamp.Stamp // dates that are not those of messages: in quotations, between messages
	spoken    bool          // speech; its times count from the start
}

func (p *piece) fault(line int, why Reason) {
	if len(p.faults) < maxFaults {
		p.faults = append(p.faults, Fault{Piece: p.name, Line: line, Why: why})
	}
}

func (p *piece) add(it item) { p.items = append(p.items, it) }

// keyOf is the form in which two copies of a text are compared: letters,
// digits and symbols only, in lower case. Spaces, line breaks and
// punctuation differ between layouts.
func keyOf(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r == '\ufe0f' || r == '_':
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
		case r >= 0x2190 && !unicode.IsPunct(r) && !unicode.IsSpace(r) || r == '+':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// personKey is the form in which two spellings of a display name are compared:
// its words without what stands in brackets, in order of the alphabet, so that
// "KHALID, Mariam (TRUST)" is "Mariam Khalid". A name that has nothing outside
// brackets is compared whole.
func personKey(name string) string {
	words := nameWords(outsideBrackets(name))
	if len(words) == 0 {
		words = nameWords(name)
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

func nameWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func outsideBrackets(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth = max(0, depth-1)
		case depth == 0:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func (it *item) react(name string, n int) {
	if it.reactions == nil {
		it.reactions = map[string]int{}
	}
	it.reactions[name] += n
}

// message is the finished form of an item whose time is settled.
func (it *item) message(id, reply string) Message {
	m := Message{ID: id, At: it.at, Author: it.author, Text: it.text, ReplyTo: reply, Links: it.links,
		Edited: it.edited, Deleted: it.deleted, Bot: it.bot}
	if m.Deleted {
		m.Text, m.Links = "", nil
	}
	for name, n := range it.reactions {
		m.Reactions = append(m.Reactions, Reaction{Name: name, Count: n})
	}
	slices.SortFunc(m.Reactions, func(a, b Reaction) int { return strings.Compare(a.Name, b.Name) })
	return m
}
