package slack

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	api "github.com/slack-go/slack"
	"github.com/slack-go/slack/slackutilsx"

	"cymar/bot"
)

// renderer turns cards into Block Kit. Every text becomes plain_text or a
// rich_text element, which Slack does not parse: what somebody typed can
// become neither a mention nor markup.
type renderer struct {
	say     func(lang bot.Lang, id string) string
	lang    bot.Lang
	actions int  // buttons so far, for ids that differ
	plain   bool // a form or the App Home, which take no tables
}

// JSON shows a card as Slack gets it, for the playground: one list of blocks a
// message.
func (s *Slack) JSON(c bot.Card) ([]byte, error) {
	var all []map[string]any
	for _, piece := range s.Split(c) {
		blocks := s.blocks(piece, false)
		all = append(all, map[string]any{"text": fallback(piece), "blocks": blocks})
	}
	if len(all) == 1 {
		return json.MarshalIndent(all[0], "", "  ")
	}
	return json.MarshalIndent(all, "", "  ")
}

func (s *Slack) blocks(c bot.Card, plain bool) []api.Block {
	r := &renderer{say: func(lang bot.Lang, id string) string { return s.words.Say(lang, id) }, lang: c.Lang, plain: plain}
	var out []api.Block
	for _, b := range c.Blocks {
		out = append(out, r.block(b)...)
	}
	return out
}

// fallback is the words of a card for a notification and a screen reader.
// Slack reads markup in it, so what could be some is escaped.
func fallback(c bot.Card) string {
	text := c.Summary
	if strings.TrimSpace(clean(text)) == "" {
		text = c.Plain()
	}
	return slackutilsx.EscapeMessage(orElse(strings.TrimSpace(short(text, maxFallback)), "…"))
}

func (r *renderer) block(b bot.Block) []api.Block {
	switch b := b.(type) {
	case bot.Heading:
		return r.heading(b)
	case bot.Text:
		return rich(section(b.Spans, false))
	case bot.Quote:
		return quote(b)
	case bot.Note:
		return note(b)
	case bot.Facts:
		return facts(b)
	case bot.List:
		return list(b)
	case bot.Divider:
		return []api.Block{api.NewDividerBlock()}
	case bot.Buttons:
		return r.buttons(b)
	case bot.Picture:
		return rich(section(bot.Plainly(r.say(r.lang, "picture")+" "+b.Alt), false))
	case bot.Table:
		return r.table(b)
	}
	return nil
}

func plain(s string) *api.TextBlockObject {
	return &api.TextBlockObject{Type: api.PlainTextType, Text: s}
}

func (r *renderer) heading(h bot.Heading) []api.Block {
	text := strings.TrimSpace(clean(h.Text))
	switch {
	case text == "":
		return nil
	case units(text) > maxHeader || strings.Contains(text, "\n"):
		return rich(section([]bot.Span{{Text: text, Bold: true}}, false))
	}
	return []api.Block{api.NewHeaderBlock(plain(text))}
}

// rich is a block of rich text, or nothing where there is no text.
func rich(parts ...api.RichTextElement) []api.Block {
	var kept []api.RichTextElement
	for _, p := range parts {
		if s, ok := p.(*api.RichTextSection); ok && s == nil {
			continue
		}
		kept = append(kept, p)
	}
	if len(kept) == 0 {
		return nil
	}
	return []api.Block{api.NewRichTextBlock("", kept...)}
}

// section is one run of spans; nil where they say nothing.
func section(spans []bot.Span, tail bool) *api.RichTextSection {
	els := elements(spans)
	if len(els) == 0 {
		return nil
	}
	if tail {
		els = append(els, api.NewRichTextSectionTextElement("\n", nil))
	}
	return api.NewRichTextSection(els...)
}

func elements(spans []bot.Span) []api.RichTextSectionElement {
	var out []api.RichTextSectionElement
	for _, s := range spans {
		if e := element(s); e != nil {
			out = append(out, e)
		}
	}
	return out
}

func element(s bot.Span) api.RichTextSectionElement {
	style := styleOf(s)
	text := clean(s.Text)
	switch {
	case s.Mention.Platform == Platform && userID.MatchString(string(s.Mention.ID)):
		return api.NewRichTextSectionUserElement(string(s.Mention.ID), style)
	case s.At.Platform == Platform && channelID.MatchString(string(s.At.ID)) && s.At.Kind != bot.DirectChat:
		return api.NewRichTextSectionChannelElement(string(s.At.ID), style)
	case text == "":
		return nil
	case followable(s.Link):
		return api.NewRichTextSectionLinkElement(s.Link, text, style)
	}
	return api.NewRichTextSectionTextElement(text, style)
}

func styleOf(s bot.Span) *api.RichTextSectionTextStyle {
	if !s.Bold && !s.Italic {
		return nil
	}
	return &api.RichTextSectionTextStyle{Bold: s.Bold, Italic: s.Italic}
}

// followable reports whether Slack takes an address as a link.
func followable(link string) bool {
	u, err := url.Parse(link)
	if err != nil || units(link) > maxURL || clean(link) != link {
		return false
	}
	return (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" || u.Scheme == "mailto"
}

func quote(q bot.Quote) []api.Block {
	els := elements(q.Spans)
	if len(els) == 0 {
		return nil
	}
	return rich(&api.RichTextQuote{Type: api.RTEQuote, Elements: els})
}

// note is small print. Where it links or points it is rich text, because
// Slack's small print takes markup only for that.
func note(n bot.Note) []api.Block {
	var w strings.Builder
	for _, s := range n.Spans {
		if followable(s.Link) || s.Mention.ID != "" || s.At.ID != "" {
			return rich(section(n.Spans, false))
		}
		w.WriteString(clean(s.Text))
	}
	text := strings.TrimSpace(w.String())
	switch {
	case text == "":
		return nil
	case units(text) > maxContext:
		return rich(section(n.Spans, false))
	}
	return []api.Block{api.NewContextBlock("", plain(text))}
}

func facts(f bot.Facts) []api.Block {
	var parts []api.RichTextElement
	for i, row := range f.Rows {
		label := strings.TrimSpace(clean(row.Label))
		if label != "" {
			label += ": "
		}
		spans := []bot.Span{{Text: label, Bold: true}, {Text: row.Value}}
		if s := section(spans, i < len(f.Rows)-1); s != nil {
			parts = append(parts, s)
		}
	}
	return rich(parts...)
}

func list(l bot.List) []api.Block {
	var items []api.RichTextElement
	for _, spans := range l.Items {
		if s := section(spans, false); s != nil {
			items = append(items, s)
		}
	}
	if len(items) == 0 {
		return nil
	}
	return rich(api.NewRichTextList(api.RTEListBullet, 0, items...))
}

// buttons is rows of buttons. A label that Slack would not take whole stands
// above them in full.
func (r *renderer) buttons(row bot.Buttons) []api.Block {
	var out []api.Block
	var els []api.BlockElement
	for _, b := range row.Buttons {
		label := strings.TrimSpace(clean(b.Label))
		if label == "" {
			label = "…"
		}
		if units(label) > maxLabel {
			out = append(out, rich(section(bot.Plainly(short(label, ourText)), false))...)
		}
		els = append(els, r.button(b, short(label, maxLabel)))
	}
	for len(els) > 0 {
		n := min(len(els), maxButtons)
		out = append(out, api.NewActionBlock("", els[:n]...))
		els = els[n:]
	}
	return out
}

func (r *renderer) button(b bot.Button, label string) api.BlockElement {
	r.actions++
	e := api.NewButtonBlockElement(fmt.Sprintf("%s%s%d", orElse(b.Action, "open"), actionMark, r.actions), b.Value, plain(label))
	if followable(b.URL) {
		e.URL = b.URL
	}
	switch b.Style {
	case bot.Primary:
		e.Style = api.StylePrimary
	case bot.Danger:
		e.Style = api.StyleDanger
	}
	if ask := strings.TrimSpace(clean(b.Confirm)); ask != "" {
		e.Confirm = api.NewConfirmationBlockObject(plain(r.say(r.lang, "confirm.title")), plain(short(ask, maxConfirm)),
			plain(r.say(r.lang, "confirm.yes")), plain(r.say(r.lang, "confirm.no")))
	}
	return e
}

// table is Slack's own where it may be one, else lines.
func (r *renderer) table(t bot.Table) []api.Block {
	rows := append([][]string{t.Header}, t.Rows...)
	columns := 0
	for _, row := range rows {
		columns = max(columns, len(row))
	}
	if r.plain || columns == 0 || columns > maxColumns || len(rows) > maxRows {
		return lines(rows)
	}
	b := api.NewTableBlock("")
	for i, row := range rows {
		cells := make([]api.TableCell, columns)
		for j := range cells {
			cells[j] = cell(row, j, i == 0)
		}
		b.Rows = append(b.Rows, cells)
	}
	return []api.Block{b}
}

func cell(row []string, j int, head bool) api.TableCell {
	text := ""
	if j < len(row) {
		text = strings.TrimSpace(clean(row[j]))
	}
	if text == "" {
		text = "–"
	}
	if !head {
		return api.NewTableRawTextCell(text)
	}
	return api.NewTableRichTextCell(section([]bot.Span{{Text: text, Bold: true}}, false))
}

func lines(rows [][]string) []api.Block {
	var parts []api.RichTextElement
	for i, row := range rows {
		text := strings.Trim(strings.Join(row, " | "), " |")
		if s := section([]bot.Span{{Text: text, Bold: i == 0}}, i < len(rows)-1); s != nil {
			parts = append(parts, s)
		}
	}
	return rich(parts...)
}
