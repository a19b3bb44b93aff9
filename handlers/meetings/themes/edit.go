package themes

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ErrNoTheme says that a theme or a message was named that the overview does
// not have.
var ErrNoTheme = errors.New("no such theme")

// clone gives a copy that shares nothing that an edit changes.
func (o Overview) clone() Overview {
	o.Themes = slices.Clone(o.Themes)
	for i := range o.Themes {
		o.Themes[i].Messages = slices.Clone(o.Themes[i].Messages)
		o.Themes[i].Sentences = slices.Clone(o.Themes[i].Sentences)
		o.Themes[i].Keys = slices.Clone(o.Themes[i].Keys)
	}
	return o
}

func (o Overview) at(i int) error {
	if i < 0 || i >= len(o.Themes) {
		return fmt.Errorf("theme %d of %d: %w", i+1, len(o.Themes), ErrNoTheme)
	}
	return nil
}

// Rename gives the overview with another title for a theme.
func (o Overview) Rename(theme int, title string) (Overview, error) {
	if err := o.at(theme); err != nil {
		return o, err
	}
	o = o.clone()
	o.Themes[theme].Title, o.Themes[theme].Edited = strings.TrimSpace(title), true
	return o, nil
}

// Rewrite gives the overview with a paragraph in the facilitator's words. Its
// evidence is all messages of the theme.
func (o Overview) Rewrite(theme int, paragraph string) (Overview, error) {
	if err := o.at(theme); err != nil {
		return o, err
	}
	o = o.clone()
	t := &o.Themes[theme]
	t.Sentences, t.Edited = nil, true
	if p := strings.TrimSpace(paragraph); p != "" {
		t.Sentences = []Sentence{{Text: p, Messages: slices.Clone(t.Messages)}}
	}
	return o, nil
}

// Hide leaves a theme out of the text, or takes it in again.
func (o Overview) Hide(theme int, hidden bool) (Overview, error) {
	if err := o.at(theme); err != nil {
		return o, err
	}
	o = o.clone()
	o.Themes[theme].Hidden = hidden
	return o, nil
}

// Merge puts the second theme into the first: its sentences after those of the
// first, its messages among them. The title is the first one's.
func (o Overview) Merge(into, from int) (Overview, error) {
	if err := errors.Join(o.at(into), o.at(from)); err != nil {
		return o, err
	}
	if into == from {
		return o, nil
	}
	o = o.clone()
	a, b := &o.Themes[into], o.Themes[from]
	a.Sentences = append(a.Sentences, b.Sentences...)
	a.Messages = union(a.Messages, b.Messages)
	a.Keys = union(a.Keys, b.Keys)
	a.Contributors = max(a.Contributors, b.Contributors) // at least; Redraw counts again
	if b.From.Before(a.From) {
		a.From = b.From
	}
	if b.To.After(a.To) {
		a.To = b.To
	}
	a.Edited = true
	o.Themes = slices.Delete(o.Themes, from, from+1)
	return o, nil
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, x := range b {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	slices.Sort(out)
	return out
}

// Move takes a message out of one theme and puts it into another. The
// paragraphs stay as they are: see Redraw.
func (o Overview) Move(message string, from, to int) (Overview, error) {
	if err := errors.Join(o.at(from), o.at(to)); err != nil {
		return o, err
	}
	k := slices.Index(o.Themes[from].Messages, message)
	if k < 0 {
		return o, fmt.Errorf("message %s in theme %d: %w", message, from+1, ErrNoTheme)
	}
	o = o.clone()
	o.Themes[from].Messages = slices.Delete(o.Themes[from].Messages, k, k+1)
	o.Themes[to].Messages = union(o.Themes[to].Messages, []string{message})
	o.Themes[from].Edited, o.Themes[to].Edited = true, true
	return o, nil
}

// Add gives the overview with a theme of the facilitator's own at the end. Its
// paragraph is empty: see Redraw and Rewrite.
func (o Overview) Add(title string, messages []string) Overview {
	o = o.clone()
	o.Themes = append(o.Themes, Theme{Title: strings.TrimSpace(title), Messages: union(nil, messages), Edited: true})
	return o
}
