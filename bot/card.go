package bot

import "strings"

// Card is a message as meaning, not as markup: every adapter renders the same
// card in its platform's own form. Summary stands for the whole card in a
// notification and in a screen reader.
type Card struct {
	Summary string
	Lang    Lang
	Blocks  []Block
}

// Block is one part of a card; the set is closed.
type Block interface{ block() string }

type (
	// Heading is a short title.
	Heading struct {
		Text string `json:"text"`
	}
	// Text is a paragraph.
	Text struct {
		Spans []Span `json:"spans"`
	}
	// Facts is a short table of labels and values.
	Facts struct {
		Rows []Fact `json:"rows"`
	}
	// List is a list of points.
	List struct {
		Items [][]Span `json:"items"`
	}
	// Quote is words that are somebody else's.
	Quote struct {
		Spans []Span `json:"spans"`
	}
	// Note is small print: a source, a date, how to undo.
	Note struct {
		Spans []Span `json:"spans"`
	}
	// Divider is a line between parts.
	Divider struct{}
	// Buttons is a row of things to do next.
	Buttons struct {
		Buttons []Button `json:"buttons"`
	}
	// Picture is an image with the words that stand for it.
	Picture struct {
		Alt string `json:"alt"`
		PNG []byte `json:"png"`
	}
	// Table is rows of plain cells under a header.
	Table struct {
		Header []string   `json:"header"`
		Rows   [][]string `json:"rows"`
	}
)

func (Heading) block() string { return "heading" }
func (Text) block() string    { return "text" }
func (Facts) block() string   { return "facts" }
func (List) block() string    { return "list" }
func (Quote) block() string   { return "quote" }
func (Note) block() string    { return "note" }
func (Divider) block() string { return "divider" }
func (Buttons) block() string { return "buttons" }
func (Picture) block() string { return "picture" }
func (Table) block() string   { return "table" }

// Span is a run of text. Text is never parsed as markup. Mention or At, where
// set, is a person or a place that the platform should point to; Text is then
// what stands there where it cannot.
type Span struct {
	Text    string `json:"text"`
	Bold    bool   `json:"bold,omitempty"`
	Italic  bool   `json:"italic,omitempty"`
	Link    string `json:"link,omitempty"`
	Mention User   `json:"mention,omitzero"`
	At      Place  `json:"at,omitzero"`
}

// Fact is one labelled value.
type Fact struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// Style is how much a button stands out; it never carries the meaning alone.
type Style string

// The styles of a button.
const (
	Plain   Style = ""
	Primary Style = "primary"
	Danger  Style = "danger"
)

// Button is something to press. Command is what can be typed instead; with a
// URL it opens a page and needs no action.
type Button struct {
	Action  string `json:"action,omitempty"` // handler.verb
	Label   string `json:"label"`
	Value   string `json:"value,omitempty"`
	Command string `json:"command,omitempty"`
	URL     string `json:"url,omitempty"`
	Style   Style  `json:"style,omitempty"`
	Confirm string `json:"confirm,omitempty"` // asked before it counts
}

// Points is a list with one plain point a line of s.
func Points(s string) List {
	var l List
	for _, line := range strings.Split(strings.TrimSpace(s), "\n") {
		l.Items = append(l.Items, Plainly(line))
	}
	return l
}

// Small is small print of plain words.
func Small(s string) Note { return Note{Spans: Plainly(s)} }

// Plainly is a span without style.
func Plainly(s string) []Span { return []Span{{Text: s}} }

// Para is a paragraph of plain words.
func Para(s string) Text { return Text{Spans: Plainly(s)} }

// Say is a card of one plain paragraph.
func Say(lang Lang, s string) Card {
	return Card{Summary: s, Lang: lang, Blocks: []Block{Para(s)}}
}

// Plain is the whole card as plain text: what a terminal shows and what a
// platform that can render nothing else sends.
func (c Card) Plain() string {
	var parts []string
	for _, b := range c.Blocks {
		if s := plainBlock(b); s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) == 0 {
		return c.Summary
	}
	return strings.Join(parts, "\n\n")
}

func plainBlock(b Block) string {
	switch b := b.(type) {
	case Heading:
		return b.Text
	case Text:
		return plainSpans(b.Spans)
	case Quote:
		return "“" + plainSpans(b.Spans) + "”"
	case Note:
		return plainSpans(b.Spans)
	case Facts:
		return joinLines(b.Rows, func(f Fact) string { return f.Label + ": " + f.Value })
	case List:
		return joinLines(b.Items, func(i []Span) string { return "• " + plainSpans(i) })
	case Buttons:
		return joinLines(b.Buttons, plainButton)
	case Picture:
		return b.Alt
	case Table:
		rows := append([][]string{b.Header}, b.Rows...)
		return joinLines(rows, func(r []string) string { return strings.Join(r, " | ") })
	}
	return ""
}

func plainButton(b Button) string {
	switch {
	case b.URL != "":
		return "→ " + b.Label + ": " + b.URL
	case b.Command != "" && b.Command != b.Label:
		return "→ " + b.Label + " (" + b.Command + ")"
	}
	return "→ " + b.Label
}

func plainSpans(ss []Span) string {
	var w strings.Builder
	for _, s := range ss {
		w.WriteString(s.Text)
		if s.Link != "" && s.Link != s.Text {
			w.WriteString(" (" + s.Link + ")")
		}
	}
	return w.String()
}

func joinLines[T any](items []T, line func(T) string) string {
	lines := make([]string, len(items))
	for i, it := range items {
		lines[i] = line(it)
	}
	return strings.Join(lines, "\n")
}
