package meetings

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"cymar/handlers/meetings/document"
	"cymar/handlers/meetings/themes"
)

// Draft is the overview as the facilitator has made it so far.
type Draft struct {
	Overview themes.Overview `json:"overview"`
	// Numbers is what each theme is called, in the order of the themes. A
	// number stays with its theme and is not given again, so that "hide 4"
	// means the same before and after others were merged.
	Numbers []int            `json:"numbers"`
	Given   int              `json:"given"`           // the last number that was given
	Lists   bool             `json:"lists,omitempty"` // whether resources, questions and actions stand below the text
	NoChart bool             `json:"no_chart,omitempty"`
	Word    *document.Edited `json:"word,omitempty"` // the facilitator's own version, as it came back from Word
}

// The parts that are no themes, as commands and cards name them.
const (
	partOpening  = "opening"
	partMaterial = "resources"
	partClosing  = "closing"
)

// errNoPart: no part of the draft is called that.
var errNoPart = errors.New("no such part of the draft")

func newDraft(o themes.Overview) *Draft {
	d := &Draft{Overview: o}
	for range o.Themes {
		d.number()
	}
	return d
}

func (d *Draft) number() {
	d.Given++
	d.Numbers = append(d.Numbers, d.Given)
}

// clone is a copy that shares nothing that a change changes; the overview's
// own operations copy what they change.
func (d Draft) clone() Draft {
	d.Numbers = slices.Clone(d.Numbers)
	return d
}

// theme is the index of the theme with a number.
func (d Draft) theme(part string) (int, error) {
	n, err := strconv.Atoi(part)
	if err != nil {
		return 0, errNoPart
	}
	i := slices.Index(d.Numbers, n)
	if i < 0 {
		return 0, errNoPart
	}
	return i, nil
}

// other is a part that is no theme.
func (d *Draft) other(part string) *themes.Part {
	switch part {
	case partOpening:
		return &d.Overview.Opening
	case partMaterial:
		return &d.Overview.Material
	case partClosing:
		return &d.Overview.Closing
	}
	return nil
}

// parts is what the draft consists of, in order.
func (d Draft) parts() []string {
	out := []string{partOpening}
	for _, n := range d.Numbers {
		out = append(out, strconv.Itoa(n))
	}
	return append(out, partMaterial, partClosing)
}

// view is a part as it is shown.
type view struct {
	Part     string
	Title    string // of a theme
	Text     string
	Hidden   bool
	Theme    bool
	People   int // who wrote what is behind a theme
	Messages []string
}

func (d Draft) view(part string) (view, error) {
	if p := d.other(part); p != nil {
		return view{Part: part, Text: p.Text(), Messages: p.Evidence()}, nil
	}
	i, err := d.theme(part)
	if err != nil {
		return view{}, err
	}
	t := d.Overview.Themes[i]
	return view{Part: part, Title: t.Title, Text: t.Text(), Hidden: t.Hidden, Theme: true, People: t.Contributors, Messages: t.Messages}, nil
}

// rename and the others change the draft, or leave it as it is with an error.
func (d *Draft) rename(part, title string) error {
	return d.edit(part, func(i int) (themes.Overview, error) { return d.Overview.Rename(i, title) })
}

func (d *Draft) edit(part string, do func(int) (themes.Overview, error)) error {
	i, err := d.theme(part)
	if err != nil {
		return err
	}
	o, err := do(i)
	if err == nil {
		d.Overview = o
	}
	return err
}

func (d *Draft) rewrite(part, text string) error {
	text = strings.TrimSpace(text)
	p := d.other(part)
	if p == nil {
		return d.edit(part, func(i int) (themes.Overview, error) { return d.Overview.Rewrite(i, text) })
	}
	behind := p.Evidence()
	*p = themes.Part{}
	if text != "" {
		p.Sentences = []themes.Sentence{{Text: text, Messages: behind}}
	}
	return nil
}

func (d *Draft) hide(part string, hidden bool) error {
	return d.edit(part, func(i int) (themes.Overview, error) { return d.Overview.Hide(i, hidden) })
}

// merge puts the first theme into the second, whose number stays.
func (d *Draft) merge(from, into string) error {
	i, err1 := d.theme(from)
	j, err2 := d.theme(into)
	if err := errors.Join(err1, err2); err != nil {
		return errNoPart
	}
	if i == j {
		return errNoPart
	}
	o, err := d.Overview.Merge(j, i)
	if err != nil {
		return err
	}
	d.Overview, d.Numbers = o, slices.Delete(slices.Clone(d.Numbers), i, i+1)
	return nil
}

// move takes a message out of the themes that have it and puts it into one.
func (d *Draft) move(message, into string) error {
	to, err := d.theme(into)
	if err != nil {
		return err
	}
	o, moved := d.Overview, false
	for from, t := range o.Themes {
		if from == to || !slices.Contains(t.Messages, message) {
			continue
		}
		if o, err = o.Move(message, from, to); err != nil {
			return err
		}
		moved = true
	}
	if !moved && !slices.Contains(o.Themes[to].Messages, message) {
		o.Themes = slices.Clone(o.Themes)
		t := &o.Themes[to]
		t.Messages, t.Edited = append(slices.Clone(t.Messages), message), true
	}
	d.Overview = o
	return nil
}

// add puts a theme of the facilitator's own at the end.
func (d *Draft) add(title string, messages []string) string {
	d.Overview = d.Overview.Add(title, messages)
	d.Numbers = slices.Clone(d.Numbers)
	d.number()
	return strconv.Itoa(d.Given)
}

// quote puts a sentence with somebody's exact words at the end of a theme.
func (d *Draft) quote(part, sentence, message string) error {
	i, err := d.theme(part)
	if err != nil {
		return err
	}
	o := d.Overview
	o.Themes = slices.Clone(o.Themes)
	t := &o.Themes[i]
	t.Sentences = append(slices.Clone(t.Sentences), themes.Sentence{Text: sentence, Messages: []string{message}})
	t.Edited = true
	d.Overview = o
	return nil
}

// published is the text as it would go out, a blank line between paragraphs.
func (d Draft) published() string {
	if d.Word != nil {
		return strings.Join(d.Word.Texts(), "\n\n")
	}
	text := d.Overview.Text()
	if !d.Lists {
		return text
	}
	for _, items := range [][]themes.Item{d.Overview.Requested, d.Overview.Shared, d.Overview.Questions, d.Overview.Actions} {
		for _, it := range items {
			text += "\n\n" + it.What
		}
	}
	return text
}

// checked is that text as the guard list reads it: with the labels of the
// chart, and with the line of date and times marked as such, whose figures
// point at nobody.
func (d Draft) checked() string {
	date := d.Overview.DateLine
	if d.Word != nil {
		date = d.Word.DateLine
	}
	text := d.published()
	if date != "" && !strings.Contains(date, "|") {
		text = strings.Replace(text, "\n\n"+date, "\n\n"+date+" |", 1)
	}
	if d.NoChart || d.Word != nil {
		return text
	}
	for _, th := range d.Overview.Themes {
		if !th.Hidden {
			text += "\n\n" + th.Title + "."
		}
	}
	return text
}
