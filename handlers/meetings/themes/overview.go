// Package themes draws a Meeting Chat Overview out of a transcript: themes
// with a paragraph each, what was asked for and shared, open questions,
// actions, and what must be kept out. It is pure and deterministic: the same
// transcript gives the same overview, nothing leaves the process, and every
// sentence keeps the messages that bear it out.
package themes

import (
	"strings"
	"time"
)

// Overview is a draft for the facilitator. Its Text is what would be
// published; the message IDs are for the facilitator only.
type Overview struct {
	Title    string // with "Meeting Chat Overview"
	DateLine string
	Opening  Part
	Themes   []Theme
	Material Part // what was asked for, shared and promised
	Closing  Part

	Requested []Item
	Shared    []Item
	Questions []Item // left open
	Actions   []Item

	Sensitive []Sensitive // what was kept out, without its words
	Noise     []string    // IDs of small talk
	Messages  int         // how many messages the transcript has
	People    int         // how many people wrote
}

// Part is a paragraph with its evidence.
type Part struct {
	Sentences []Sentence
}

// Sentence is one sentence and the IDs of the messages behind it.
type Sentence struct {
	Text     string
	Messages []string
}

// Theme is one theme of the meeting.
type Theme struct {
	Key          string   // stable across meetings ("role-drift"), or "" where the lexicon knows none
	Keys         []string // all topics of the lexicon, strongest first
	Title        string
	Part                  // the paragraph
	Messages     []string // all messages that belong to the theme
	Contributors int      // how many different people wrote them
	From, To     time.Time
	Hidden       bool // left out of Text by the facilitator
	Edited       bool // the facilitator changed the title or the paragraph
}

// Item is one resource, question or action.
type Item struct {
	What     string
	Messages []string
	Status   string // of a request: "asked", "offered", "posted"
	Done     bool   // of an action
}

// Sensitive tells which message was kept out and why, in a key and not in
// words.
type Sensitive struct {
	Message string
	Reason  string // see package reading
	Level   string // "R", "A", "S" where its writer may need somebody to check in
	At      time.Time
}

// Text gives the paragraph as running text.
func (p Part) Text() string {
	parts := make([]string, 0, len(p.Sentences))
	for _, s := range p.Sentences {
		parts = append(parts, s.Text)
	}
	return strings.Join(parts, " ")
}

// Evidence gives the IDs of all messages behind a part, each once.
func (p Part) Evidence() []string {
	var out []string
	seen := map[string]bool{}
	for _, s := range p.Sentences {
		for _, id := range s.Messages {
			if !seen[id] {
				seen[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}

// Paragraphs gives the overview's paragraphs below the date line, hidden
// themes and empty parts left out.
func (o Overview) Paragraphs() []string {
	var out []string
	add := func(s string) {
		if strings.TrimSpace(s) != "" {
			out = append(out, s)
		}
	}
	add(o.Opening.Text())
	for _, t := range o.Themes {
		if !t.Hidden {
			add(t.Text())
		}
	}
	add(o.Material.Text())
	add(o.Closing.Text())
	return out
}

// Text gives the whole overview as it would be published: title, date line and
// paragraphs, with a blank line between them.
func (o Overview) Text() string {
	parts := []string{o.Title}
	if o.DateLine != "" {
		parts = append(parts, o.DateLine)
	}
	return strings.Join(append(parts, o.Paragraphs()...), "\n\n")
}
