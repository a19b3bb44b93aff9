// Package document writes an overview of a meeting as Word, HTML and Markdown,
// draws the chart of its themes over time, and reads back a Word file that
// somebody edited. It is pure and its output is the same for the same input:
// times and dates come in as arguments.
package document

import (
	"strings"
	"time"
)

// The languages that a document, or a part of it, is written in.
const (
	English = "en"
	Welsh   = "cy"
)

// Overview is what is to be written, as it is to be read by people.
type Overview struct {
	Title      string // "Space: Meeting Chat Overview"
	DateLine   string // "Thursday 8 January 2026, 14:00 – 16:00 | MS Teams"
	Lang       string // English or Welsh; "" means English
	Paragraphs []Paragraph
	Lists      []List // resources, open questions, actions
	Chart      *Chart // nil: none
	Note       string // a line at the end in small letters, for instance that it is a draft

	Author  string    // for the properties of the file; "" for none
	Created time.Time // for the properties of the file; zero for none
}

// Paragraph is one paragraph, perhaps under a heading of its own.
type Paragraph struct {
	Heading  string // "" for none
	Text     string
	Lang     string // "" as the document
	Evidence []Said // for the annex only
}

// Said is one message behind a paragraph. It appears in the annex and nowhere
// else.
type Said struct {
	When string // the time of day, as shown
	Who  string // "" where names are to be kept out
	Text string
	Lang string
}

// List is a heading with items below it.
type List struct {
	Heading string
	Items   []Item
}

// Item is one line of a list, with the messages behind it.
type Item struct {
	Text     string
	Evidence []Said
}

// Chart is a picture of the themes over the meeting's time, as vectors and as
// pixels, with words for those who do not see it.
type Chart struct {
	Title string
	Alt   string
	SVG   string // an <svg> element
	PNG   []byte
	Width int // of PNG and SVG, in pixels
	High  int
}

// kind is what a block of the document is.
type kind int

const (
	kindTitle kind = iota
	kindDate
	kindHeading
	kindText
	kindBullet
	kindChart
	kindNote
	kindSaid // a message in the annex
)

// block is one line or paragraph of a document, whatever the form of the file.
type block struct {
	kind kind
	text string
	lang string
	said Said
}

// blocks lays the overview out.
func (o Overview) blocks() []block {
	all := []block{{kind: kindTitle, text: o.Title}}
	if o.DateLine != "" {
		all = append(all, block{kind: kindDate, text: o.DateLine})
	}
	for _, p := range o.Paragraphs {
		if p.Heading != "" {
			all = append(all, block{kind: kindHeading, text: p.Heading, lang: p.Lang})
		}
		for part := range strings.SplitSeq(p.Text, "\n\n") {
			if part = strings.TrimSpace(part); part != "" {
				all = append(all, block{kind: kindText, text: part, lang: p.Lang})
			}
		}
	}
	if o.Chart != nil {
		all = append(all, block{kind: kindChart, text: o.Chart.Alt})
	}
	for _, l := range o.Lists {
		if len(l.Items) == 0 {
			continue
		}
		all = append(all, block{kind: kindHeading, text: l.Heading})
		for _, it := range l.Items {
			all = append(all, block{kind: kindBullet, text: it.Text})
		}
	}
	if o.Note != "" {
		all = append(all, block{kind: kindNote, text: o.Note})
	}
	return all
}

// Annex is the evidence for an overview as a document of its own, which is
// the facilitator's alone: each paragraph and list with the messages behind
// it. The note says whom it is for.
func (o Overview) Annex(title, note string) Overview {
	a := Overview{Title: title, DateLine: o.DateLine, Lang: o.Lang, Author: o.Author, Created: o.Created, Note: note}
	for _, p := range o.Paragraphs {
		if len(p.Evidence) == 0 {
			continue
		}
		a.Paragraphs = append(a.Paragraphs, Paragraph{Heading: headline(p), Text: p.Text, Lang: p.Lang, Evidence: p.Evidence})
	}
	for _, l := range o.Lists {
		for _, it := range l.Items {
			if len(it.Evidence) > 0 {
				a.Paragraphs = append(a.Paragraphs, Paragraph{Heading: l.Heading + ": " + it.Text, Evidence: it.Evidence})
			}
		}
	}
	return a
}

// headline is a paragraph's heading, or its first words.
func headline(p Paragraph) string {
	if p.Heading != "" {
		return p.Heading
	}
	words := strings.Fields(p.Text)
	if len(words) <= 8 {
		return strings.Join(words, " ")
	}
	return strings.TrimRight(strings.Join(words[:8], " "), ",;:") + " …"
}

// annexBlocks lays an annex out: below each paragraph its messages.
func (o Overview) annexBlocks() []block {
	all := []block{{kind: kindTitle, text: o.Title}}
	if o.DateLine != "" {
		all = append(all, block{kind: kindDate, text: o.DateLine})
	}
	if o.Note != "" {
		all = append(all, block{kind: kindNote, text: o.Note})
	}
	for _, p := range o.Paragraphs {
		all = append(all, block{kind: kindHeading, text: p.Heading, lang: p.Lang})
		if p.Text != "" {
			all = append(all, block{kind: kindText, text: p.Text, lang: p.Lang})
		}
		for _, s := range p.Evidence {
			all = append(all, block{kind: kindSaid, said: s, text: s.line(), lang: s.Lang})
		}
	}
	return all
}

// hasEvidence tells an annex from an overview.
func (o Overview) layOut(annex bool) []block {
	if annex {
		return o.annexBlocks()
	}
	return o.blocks()
}

// line is a message of the annex on one line.
func (s Said) line() string {
	head := strings.TrimSpace(s.When + " " + s.Who)
	if head == "" {
		return s.Text
	}
	return head + ": " + s.Text
}

// tag is the language tag that readers aloud choose a voice by.
func tag(lang string) string {
	if lang == Welsh {
		return "cy-GB"
	}
	return "en-GB"
}

// plain removes what no document can hold: control characters, and marks that
// turn the direction of the text that follows.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff || r == '\ufffd':
			return -1
		case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0xfeff || r == 0x2028 || r == 0x2029:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
}
