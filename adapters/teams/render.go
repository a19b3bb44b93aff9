package teams

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/infracloudio/msbotbuilder-go/schema"

	"cymar/bot"
)

// node is a part of an Adaptive Card.
type node = map[string]any

// renderer draws cards as Adaptive Cards 1.5.
type renderer struct {
	nonce func() string              // tells one drawing's buttons from another's
	fill  func(lang bot.Lang) string // what a field says that was left empty
}

// mostPicture is how large a picture may be, in bytes, to ride in a card; a
// larger one is told in its words.
const mostPicture = 12 << 10

// activity is a message with the card. Its summary is what a notification
// shows.
func (r renderer) activity(c bot.Card, kind bot.PlaceKind) schema.Activity {
	return schema.Activity{
		Type: schema.Message, Summary: short(c.Summary), Locale: string(c.Lang),
		Attachments: []schema.Attachment{{ContentType: cardType, Content: r.whole(c, kind)}},
	}
}

// Render is a card as Teams would get it, in as many messages as it takes.
func Render(c bot.Card) ([]byte, error) {
	r := renderer{nonce: func() string { return "…" }, fill: func(bot.Lang) string { return "" }}
	var drawn []node
	for _, piece := range r.split(c) {
		drawn = append(drawn, r.whole(piece, bot.DirectChat))
	}
	if len(drawn) == 1 {
		return json.MarshalIndent(drawn[0], "", "  ")
	}
	return json.MarshalIndent(drawn, "", "  ")
}

// attached is a card as a dialog wants it.
func attached(c node) node { return node{"contentType": cardType, "content": c} }

// drawing is one card on its way to Adaptive Card.
type drawing struct {
	renderer
	nonceHere string
	lang      bot.Lang
	dialogs   bool // whether a form opens beside the card, and not in its place
	body      []node
	mentions  []node
	line      bool // a line is due above what comes next
}

// whole is a card in one piece.
func (r renderer) whole(c bot.Card, kind bot.PlaceKind) node {
	d := &drawing{renderer: r, nonceHere: r.nonce(), lang: c.Lang, dialogs: kind != bot.DirectChat}
	for _, b := range c.Blocks {
		d.block(b)
	}
	if len(d.body) == 0 {
		d.paragraph(bot.Plainly(c.Summary), look{})
	}
	if len(d.body) == 0 { // Teams takes no card without content
		d.paragraph(bot.Plainly("…"), look{})
	}
	return d.card(c.Summary)
}

func (d *drawing) card(summary string) node {
	c := node{
		"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.5",
		"body": d.body, "speak": spoken(summary), "fallbackText": short(summary),
	}
	teams := node{"width": "Full"}
	if len(d.mentions) > 0 {
		teams["entities"] = d.mentions
	}
	c["msteams"] = teams
	if d.lang != "" {
		c["lang"] = string(d.lang)
	}
	return c
}

// add puts an element into the card, under a line where one is due.
func (d *drawing) add(n node) {
	if d.line {
		n["separator"], d.line = true, false
	}
	d.body = append(d.body, n)
}

func (d *drawing) block(b bot.Block) {
	switch b := b.(type) {
	case bot.Heading:
		d.heading(b.Text)
	case bot.Text:
		d.paragraph(b.Spans, look{})
	case bot.Note:
		d.paragraph(b.Spans, look{small: true})
	case bot.List:
		for i, item := range b.Items {
			d.paragraph(append([]bot.Span{{Text: "• "}}, item...), look{tight: i > 0})
		}
	case bot.Quote:
		inner := &drawing{renderer: d.renderer}
		inner.paragraph(b.Spans, look{italic: true})
		d.mentions = append(d.mentions, inner.mentions...)
		d.add(node{"type": "Container", "style": "emphasis", "items": inner.body})
	case bot.Facts:
		d.facts(b.Rows)
	case bot.Table:
		d.table(b)
	case bot.Picture:
		d.picture(b)
	case bot.Divider:
		d.line = len(d.body) > 0
	case bot.Buttons:
		d.buttons(b.Buttons)
	}
}

// heading is a heading to a screen reader as well, where its text has nothing
// in it that could be taken for markup.
func (d *drawing) heading(text string) {
	text = oneLine(text)
	if marked(text) {
		d.paragraph([]bot.Span{{Text: text, Bold: true}}, look{large: true})
		return
	}
	if text != "" {
		d.add(node{"type": "TextBlock", "text": text, "style": "heading", "size": "medium", "weight": "bolder", "wrap": true})
	}
}

// look is how a paragraph differs from an ordinary one.
type look struct{ small, large, italic, tight bool }

// paragraph is spans as runs, which are never read as markup; a line is an
// element of its own. Only where somebody is mentioned does it become a text
// block, in which whatever could be markup is made harmless.
func (d *drawing) paragraph(spans []bot.Span, l look) {
	for i, line := range lines(spans) {
		if i > 0 {
			l.tight = true
		}
		n := node{"type": "RichTextBlock", "inlines": runs(line, l)}
		if mentions(line) {
			n = d.mentioning(line, l)
		}
		if l.tight {
			n["spacing"] = "small"
		}
		d.add(n)
		if n["type"] == "TextBlock" {
			d.links(line, l)
		}
	}
}

// links puts the links of a line below it, where the line itself can have none.
func (d *drawing) links(line []bot.Span, l look) {
	var out []bot.Span
	for _, s := range line {
		if opens(s.Link) {
			out = append(out, s, bot.Span{Text: " "})
		}
	}
	if len(out) > 0 {
		d.add(node{"type": "RichTextBlock", "inlines": runs(out, l), "spacing": "small"})
	}
}

func runs(spans []bot.Span, l look) []node {
	out := make([]node, 0, len(spans))
	for _, s := range spans {
		r := node{"type": "TextRun", "text": s.Text}
		if s.Bold {
			r["weight"] = "bolder"
		}
		if s.Italic || l.italic {
			r["italic"] = true
		}
		if l.large {
			r["size"] = "medium"
		}
		if l.small {
			r["size"], r["isSubtle"] = "small", true
		}
		if opens(s.Link) {
			r["underline"], r["color"] = true, "accent"
			r["selectAction"] = node{"type": "Action.OpenUrl", "url": s.Link}
		}
		out = append(out, r)
	}
	return out
}

// opens reports whether a link is one that a person may be sent to.
func opens(link string) bool {
	ok := strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://") || strings.HasPrefix(link, "mailto:") || strings.HasPrefix(link, "tel:")
	return ok && !strings.ContainsAny(link, " \t\r\n\x00") && len(link) <= 2000
}

func mentions(spans []bot.Span) bool {
	for _, s := range spans {
		if s.Mention.ID != "" && strings.TrimSpace(s.Text) != "" {
			return true
		}
	}
	return false
}

// mentioning is a text block in which people are pointed to. Teams takes an
// <at> for a mention only where an entity says so, and each has one.
func (d *drawing) mentioning(spans []bot.Span, l look) node {
	var w strings.Builder
	for _, s := range spans {
		if s.Mention.ID == "" || strings.TrimSpace(s.Text) == "" {
			w.WriteString(harmless(s.Text))
			continue
		}
		name := strings.TrimSpace(harmless(oneLine(s.Text)))
		d.mentions = append(d.mentions, node{"type": "mention", "text": "<at>" + name + "</at>",
			"mentioned": node{"id": string(s.Mention.ID), "name": name}})
		w.WriteString("<at>" + name + "</at>")
	}
	n := node{"type": "TextBlock", "text": w.String(), "wrap": true}
	if l.small {
		n["size"], n["isSubtle"] = "small", true
	}
	return n
}

// facts is a list of labels and values, or lines where a value could be taken
// for markup.
func (d *drawing) facts(rows []bot.Fact) {
	var facts []node
	for _, f := range rows {
		if marked(oneLine(f.Label)) || marked(oneLine(f.Value)) || strings.Contains(strings.TrimSpace(f.Value), "\n") {
			d.factLines(rows)
			return
		}
		facts = append(facts, node{"title": oneLine(f.Label), "value": oneLine(f.Value)})
	}
	if len(facts) > 0 {
		d.add(node{"type": "FactSet", "facts": facts})
	}
}

func (d *drawing) factLines(rows []bot.Fact) {
	for i, f := range rows {
		d.paragraph([]bot.Span{{Text: f.Label + ": ", Bold: true}, {Text: f.Value}}, look{tight: i > 0})
	}
}

func (d *drawing) table(t bot.Table) {
	width := len(t.Header)
	for _, row := range t.Rows {
		width = max(width, len(row))
	}
	if width == 0 {
		return
	}
	columns := make([]node, width)
	for i := range columns {
		columns[i] = node{"width": 1}
	}
	rows := make([]node, 0, len(t.Rows)+1)
	if len(t.Header) > 0 {
		rows = append(rows, row(t.Header, width, true))
	}
	for _, r := range t.Rows {
		rows = append(rows, row(r, width, false))
	}
	d.add(node{"type": "Table", "columns": columns, "rows": rows, "firstRowAsHeader": len(t.Header) > 0, "gridStyle": "default"})
}

func row(cells []string, width int, bold bool) node {
	out := make([]node, width)
	for i := range out {
		text := ""
		if i < len(cells) {
			text = oneLine(cells[i])
		}
		run := node{"type": "TextRun", "text": text}
		if bold {
			run["weight"] = "bolder"
		}
		out[i] = node{"type": "TableCell", "items": []node{{"type": "RichTextBlock", "inlines": []node{run}}}}
	}
	return node{"type": "TableRow", "cells": out}
}

func (d *drawing) picture(p bot.Picture) {
	alt := clip(p.Alt, 1000)
	if len(p.PNG) == 0 || len(p.PNG) > mostPicture {
		d.paragraph(bot.Plainly(p.Alt), look{})
		return
	}
	d.add(node{"type": "Image", "url": "data:image/png;base64," + base64.StdEncoding.EncodeToString(p.PNG), "altText": alt, "size": "auto"})
}
