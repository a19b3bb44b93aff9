package meetings

import (
	"fmt"
	"strings"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/meetings/document"
	"cymar/handlers/meetings/themes"
)

// present shows a new draft: its head, and a card for each part.
func (h *Handler) present(m Meeting) bot.Reply {
	a := asked{speaker: h.speak(m.Lang)}
	r := bot.Reply{Sends: []bot.Send{instead(m.Owner, m.key("progress"), "/done", a.headCard(m, h.o.Page(m.Owner.Platform) != ""))}}
	return labelled(r.And(a.partCards(m)), m.ID)
}

// partCards is a card for each part, to the facilitator alone.
func (a asked) partCards(m Meeting) bot.Reply {
	var r bot.Reply
	for _, part := range m.Draft.parts() {
		if card, ok := a.partCard(m, part); ok {
			r.Sends = append(r.Sends, bot.Send{To: bot.DM(m.Owner), Card: card, Key: m.partKey(part)})
		}
	}
	return r
}

// headCard is what the draft is called, how it was made and what can be done
// with the whole of it.
func (a asked) headCard(m Meeting, page bool) bot.Card {
	d := m.Draft
	title, dateLine := d.Overview.Title, d.Overview.DateLine
	if d.Word != nil {
		title, dateLine = d.Word.Title, d.Word.DateLine
	}
	ready := a.ready(m)
	card := bot.Card{Summary: ready, Lang: a.lang, Blocks: []bot.Block{bot.Heading{Text: orElse(title, a.word("head.untitled"))}}}
	if dateLine != "" {
		card.Blocks = append(card.Blocks, bot.Para(dateLine))
	}
	card.Blocks = append(card.Blocks, bot.Para(ready))
	if d.Word != nil {
		card.Blocks = append(card.Blocks, bot.Para(a.word("head.word")))
	}
	if m.Stale {
		card.Blocks = append(card.Blocks, bot.Para(a.word("head.stale")))
	}
	if m.Told != "yes" {
		card.Blocks = append(card.Blocks, bot.Para(a.word("told.was_no")))
	}
	if m.State == Published {
		card.Blocks = append(card.Blocks, bot.Para(a.word("head.published", words.Data{"Date": m.At.In(m.zone()).Format("02/01/2006 15:04")})))
	}
	row := []bot.Button{a.button("check", "", bot.Primary)}
	if page {
		row = append(row, a.button("page", "", bot.Plain))
	}
	row = append(row, a.button("files", "", bot.Plain), a.button("undo", "", bot.Plain), a.button("draw", "", bot.Plain), a.button("how", "", bot.Plain))
	return withBlocks(card, bot.Buttons{Buttons: row}, bot.Small(a.word("head.private")))
}

// partCard is one part of the draft; false where there is nothing to show.
func (a asked) partCard(m Meeting, part string) (bot.Card, bool) {
	v, err := m.Draft.view(part)
	if err != nil || !v.Theme && v.Text == "" {
		return bot.Card{}, false
	}
	name := a.partTitle(v)
	card := bot.Card{Summary: name, Lang: a.lang, Blocks: []bot.Block{bot.Heading{Text: name}}}
	text := v.Text
	if text == "" {
		text = a.word("part.empty")
	}
	card.Blocks = append(card.Blocks, bot.Para(text))
	row := []bot.Button{a.button("edit", part, bot.Plain)}
	if v.Theme {
		note := a.count("people", v.People) + ", " + a.count("messages", len(v.Messages))
		verb := "hide"
		if v.Hidden {
			note, verb = a.word("part.hidden")+" "+note, "unhide"
		}
		card.Blocks = append(card.Blocks, bot.Small(note))
		row = append(row, a.button(verb, part, bot.Plain), a.button("merge", part, bot.Plain), a.button("redraw", part, bot.Plain))
	}
	row = append(row, a.button("evidence", part, bot.Plain))
	return withBlocks(card, bot.Buttons{Buttons: row}), true
}

// partTitle is what a part is called on its card.
func (s speaker) partTitle(v view) string {
	if v.Theme {
		return v.Part + ". " + v.Title
	}
	return s.word("part." + v.Part)
}

// line is a message as the facilitator sees it, by its number and time and
// without a name.
func (m Meeting) line(msg Message) []bot.Span {
	at := ""
	if !msg.At.IsZero() {
		at = " " + clockOf(m, msg)
	}
	return []bot.Span{{Text: fmt.Sprintf("m%d%s  ", msg.N, at), Bold: true}, {Text: cut(msg.Text, mostShown)}}
}

func clockOf(m Meeting, msg Message) string {
	if msg.At.IsZero() {
		return ""
	}
	if msg.At.Year() < 1970 {
		return msg.At.Format("15:04")
	}
	return msg.At.In(m.zone()).Format("15:04")
}

// mostShown is how much of a message is shown among others.
const mostShown = 400

func cut(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n]) + "…"
}

// body is the overview as blocks of a card, as it is published.
func (d Draft) body(say speaker) []bot.Block {
	if d.Word != nil {
		return wordBlocks(*d.Word)
	}
	var out []bot.Block
	for _, p := range d.Overview.Paragraphs() {
		out = append(out, bot.Para(p))
	}
	if !d.Lists {
		return out
	}
	for _, l := range d.lists() {
		if len(l.items) == 0 {
			continue
		}
		list := bot.List{}
		for _, it := range l.items {
			list.Items = append(list.Items, bot.Plainly(it.What))
		}
		out = append(out, bot.Heading{Text: say.word("list." + l.id)}, list)
	}
	return out
}

// named is a list of the overview.
type namedList struct {
	id    string
	items []themes.Item
}

func (d Draft) lists() []namedList {
	o := d.Overview
	return []namedList{{"requested", o.Requested}, {"shared", o.Shared}, {"questions", o.Questions}, {"actions", o.Actions}}
}

// wordBlocks is a version that came back from Word.
func wordBlocks(w document.Edited) []bot.Block {
	var out []bot.Block
	for _, p := range w.Paragraphs {
		if p.Heading != "" {
			out = append(out, bot.Heading{Text: p.Heading})
		}
		if p.Text != "" {
			out = append(out, bot.Para(p.Text))
		}
	}
	for _, l := range w.Lists {
		list := bot.List{}
		for _, it := range l.Items {
			list.Items = append(list.Items, bot.Plainly(it.Text))
		}
		if l.Heading != "" {
			out = append(out, bot.Heading{Text: l.Heading})
		}
		out = append(out, list)
	}
	if w.Note != "" {
		out = append(out, bot.Small(w.Note))
	}
	return out
}
