package kb

import (
	"slices"
	"strings"
	"time"

	"cymar/text"
)

// Outcome is what a question leads to.
type Outcome string

// The outcomes. An entry has one of them, except DidYouMean, which only a
// search can have.
const (
	Answer     Outcome = "answer"
	DidYouMean Outcome = "did-you-mean"
	Unsure     Outcome = "unsure"
	Routed     Outcome = "routed"
	Smalltalk  Outcome = "smalltalk"
)

// The nations whose sections an answer may add.
const (
	England = "england"
	Wales   = "wales"
	Both    = "both"
)

// Entry is one topic of the knowledge base.
type Entry struct {
	ID            string
	Outcome       Outcome
	Title         Words
	Terms         []string // names of the thing itself, in both languages
	Sources       []Source
	Related       []string  // ids of other entries
	Checked       time.Time // the day on which the facts were checked
	Review        time.Time // the day on which they are due to be checked again
	WelshReviewed bool      // a native speaker has read the Welsh
	Examples      Examples
	File          string // where it came from, for the curators

	theirs   bool // from a deployer's folder
	sections map[section][]Block
}

// String is the entry's id.
func (e *Entry) String() string {
	if e == nil {
		return "no entry"
	}
	return e.ID
}

// Words is one phrase in both languages; Welsh may be missing in a
// deployer's entry.
type Words struct{ English, Welsh string }

// In returns the phrase in a language, in English where there is no other.
func (w Words) In(lang string) string {
	if lang == text.Welsh && w.Welsh != "" {
		return w.Welsh
	}
	return w.English
}

// Source is what an answer rests on.
type Source struct {
	Title string
	Place string // web address, or page and section; may be empty
}

// Examples are questions as people type them.
type Examples struct{ English, Welsh []string }

// section names one part of an entry's body; nation is "" for the main part.
type section struct{ lang, nation string }

// Block is a paragraph, or a list of bullets.
type Block struct {
	List  bool
	Lines [][]Span // one for a paragraph, one for each bullet of a list
}

// Span is a run of text in one style. Text is never to be parsed as mark-up.
type Span struct {
	Text string
	Bold bool
	Link string // web address, or ""
}

// Answer is the body in a language (English where the entry has no Welsh)
// with the paragraphs of the nation: England, Wales or Both; any other value
// leaves them out.
func (e *Entry) Answer(lang, nation string) []Block {
	if !e.Has(lang) {
		lang = text.English
	}
	blocks := append([]Block(nil), e.sections[section{lang, ""}]...)
	for _, n := range [...]string{England, Wales} {
		if nation == n || nation == Both {
			blocks = append(blocks, e.sections[section{lang, n}]...)
		}
	}
	return blocks
}

// Has says whether the answer is there in a language.
func (e *Entry) Has(lang string) bool {
	_, ok := e.sections[section{lang, ""}]
	return ok
}

// Lead is the sentence that answers, in a language: the first of the body.
func (e *Entry) Lead(lang string) string {
	body := e.Answer(lang, "")
	if len(body) == 0 {
		return ""
	}
	first := plain(body[0].Lines[0])
	if end := strings.Index(first, ". "); end >= 0 {
		return first[:end+1]
	}
	return first
}

// questions are the example questions in both languages.
func (e *Entry) questions() []string {
	return slices.Concat(e.Examples.English, e.Examples.Welsh)
}

// names are what the entry's subject is called.
func (e *Entry) names() []string {
	names := append([]string{e.Title.English}, e.Terms...)
	if e.Title.Welsh != "" {
		names = append(names, e.Title.Welsh)
	}
	return names
}

// sentences are those of the whole body.
func (e *Entry) sentences() []string {
	var out []string
	for _, lang := range [...]string{text.English, text.Welsh} {
		if !e.Has(lang) {
			continue
		}
		for _, block := range e.Answer(lang, Both) {
			for _, line := range block.Lines {
				out = append(out, strings.Split(plain(line), ". ")...)
			}
		}
	}
	return out
}

// plain is the text of a line without its addresses.
func plain(line []Span) string {
	var b strings.Builder
	for _, s := range line {
		b.WriteString(s.Text)
	}
	return b.String()
}
