package teams

import (
	"cymar/bot"
)

// rowOfButtons is how many buttons Teams shows in one set.
const rowOfButtons = 6

// buttons is things to do next, in sets that Teams shows whole.
func (d *drawing) buttons(all []bot.Button) {
	for len(all) > 0 {
		n := min(rowOfButtons, len(all))
		set := make([]node, n)
		for i, b := range all[:n] {
			set[i] = d.button(b)
		}
		d.add(node{"type": "ActionSet", "actions": set})
		all = all[n:]
	}
}

// button is one action; where it must be confirmed, pressing it first shows
// the question.
func (d *drawing) button(b bot.Button) node {
	title := clip(oneLine(b.Label), 200)
	if b.URL != "" {
		return node{"type": "Action.OpenUrl", "title": title, "url": b.URL}
	}
	do := d.execute(title, b)
	if b.Confirm == "" {
		return do
	}
	ask := node{"type": "RichTextBlock", "inlines": runs([]bot.Span{{Text: clip(b.Confirm, 500)}}, look{})}
	return node{"type": "Action.ShowCard", "title": title, "card": node{
		"type": "AdaptiveCard", "version": "1.5", "body": []node{ask}, "actions": []node{do}}}
}

// execute is a button whose answer takes the card's place. A client that does
// not know it gets a dialog instead.
func (d *drawing) execute(title string, b bot.Button) node {
	p := press{Nonce: d.nonceHere, Action: b.Action, Value: b.Value, Lang: d.lang}
	n := node{"type": "Action.Execute", "title": title, "verb": b.Action, "data": node{pressField: p},
		"fallback": styled(dialog(title, p), b.Style)}
	return styled(n, b.Style)
}

// dialog is a button that opens a dialog.
func dialog(title string, p press) node {
	return node{"type": "Action.Submit", "title": title, "data": node{pressField: p, "msteams": node{"type": taskFetch}}}
}

func styled(n node, s bot.Style) node {
	switch s {
	case bot.Primary:
		n["style"] = "positive"
	case bot.Danger:
		n["style"] = "destructive"
	}
	return n
}

// form is a form as a card with inputs: in the place of the card whose button
// asked for it, or in a dialog. It carries itself, so that it can be shown
// again with its faults.
func (r renderer) form(f bot.Form, faults map[string]string, inDialog bool) node {
	d := &drawing{renderer: r, nonceHere: r.nonce(), lang: f.Lang}
	d.heading(f.Title)
	if f.Intro != "" {
		d.paragraph(bot.Plainly(f.Intro), look{})
	}
	d.fault(faults[""])
	for _, field := range f.Fields {
		d.field(field, faults[field.Name])
	}
	kept := f
	kept.Fields = make([]bot.Field, len(f.Fields))
	for i, field := range f.Fields {
		field.Value = "" // what is filled in comes back by itself
		kept.Fields[i] = field
	}
	p := press{Nonce: d.nonceHere, Lang: f.Lang, Form: &kept}
	do := node{"type": "Action.Execute", "title": oneLine(f.Submit), "verb": f.ID, "style": "positive", "data": node{pressField: p},
		"fallback": node{"type": "Action.Submit", "title": oneLine(f.Submit), "style": "positive", "data": node{pressField: p}}}
	if inDialog { // a dialog knows Submit only
		do = node{"type": "Action.Submit", "title": oneLine(f.Submit), "style": "positive", "data": node{pressField: p}}
	}
	d.add(node{"type": "ActionSet", "actions": []node{do}})
	return d.card(f.Title)
}

// fault says what is wrong, in words; the colour only helps to find it.
func (d *drawing) fault(what string) {
	for _, line := range lines(bot.Plainly(what)) {
		inlines := runs(line, look{})
		for _, run := range inlines {
			run["color"], run["weight"] = "attention", "bolder"
		}
		d.add(node{"type": "RichTextBlock", "inlines": inlines})
	}
}

// field is one input with its label. A date or time that the input could not
// show is asked for as text.
func (d *drawing) field(f bot.Field, wrong string) {
	d.fault(wrong)
	n := node{"id": inputMark + f.Name, "label": oneLine(f.Label)}
	if !f.Optional {
		n["isRequired"], n["errorMessage"] = true, d.fill(d.lang)
	}
	switch f.Kind {
	case bot.DateField:
		n["type"] = "Input.Date"
	case bot.TimeField:
		n["type"] = "Input.Time"
	case bot.ChoiceField, bot.ManyField:
		n["type"], n["choices"], n["style"], n["wrap"] = "Input.ChoiceSet", choices(f.Options), "compact", true
		if f.Kind == bot.ManyField {
			n["isMultiSelect"], n["style"] = true, "expanded"
		}
	default:
		n["type"] = "Input.Text"
		if f.Kind == bot.LongText {
			n["isMultiline"] = true
		}
		if f.Max > 0 {
			n["maxLength"] = f.Max
		}
	}
	d.hint(f, n)
	if f.Value != "" {
		n["value"] = f.Value
	}
	d.add(n)
}

// hint helps to fill in: inside a field of text, above any other.
func (d *drawing) hint(f bot.Field, n node) {
	if f.Hint == "" {
		return
	}
	if n["type"] == "Input.Text" {
		n["placeholder"] = oneLine(f.Hint)
		return
	}
	d.paragraph(bot.Plainly(f.Hint), look{small: true})
}

func choices(options []bot.Option) []node {
	out := make([]node, len(options))
	for i, o := range options {
		out[i] = node{"title": harmless(oneLine(o.Label)), "value": o.Value}
	}
	return out
}
