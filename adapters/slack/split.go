package slack

import (
	"fmt"

	"cymar/bot"
)

// Split breaks a card into as many as Slack needs: at blocks, else at list
// items and rows, else at paragraphs, lines and words. Nothing is lost. A
// picture is a message of its own, because it goes as a file.
func (s *Slack) Split(c bot.Card) []bot.Card {
	var p packer
	for _, b := range c.Blocks {
		for _, part := range apart(b) {
			p.add(part)
		}
	}
	p.close()
	if len(p.cards) == 0 {
		return summaries(c)
	}
	for i := range p.cards {
		p.cards[i].Summary, p.cards[i].Lang = c.Summary, c.Lang
		if i > 0 {
			p.cards[i].Summary = fmt.Sprintf("%s (%d/%d)", short(c.Summary, maxFallback-20), i+1, len(p.cards))
		}
	}
	return p.cards
}

// summaries is a card that has only a summary: in as many pieces as the text
// beside the blocks may not hold.
func summaries(c bot.Card) []bot.Card {
	text := clean(c.Summary)
	if units(text) <= maxFallback {
		return []bot.Card{{Summary: c.Summary, Lang: c.Lang}}
	}
	var out []bot.Card
	for _, piece := range pieces(text, ourText) {
		out = append(out, bot.Card{Summary: piece, Lang: c.Lang})
	}
	return out
}

// packer fills cards with blocks that are each small enough.
type packer struct {
	cards  []bot.Card
	blocks []bot.Block
	count  int // Block Kit blocks so far
	text   int // units so far
	table  bool
}

func (p *packer) add(b bot.Block) {
	picture, isPicture := b.(bot.Picture)
	_, isTable := b.(bot.Table)
	alone := isPicture && len(picture.PNG) > 0
	n, size := weight(b)
	if alone || p.count+n > ourBlocks || p.text+size > ourTotal || isTable && p.table {
		p.flush()
	}
	p.blocks, p.count, p.text, p.table = append(p.blocks, b), p.count+n, p.text+size, p.table || isTable
	if alone {
		p.close()
	}
}

// flush closes a card; a heading that would be left at its end goes with what
// follows it.
func (p *packer) flush() {
	var carried bot.Block
	if n := len(p.blocks); n > 1 {
		if h, ok := p.blocks[n-1].(bot.Heading); ok {
			carried, p.blocks = h, p.blocks[:n-1]
		}
	}
	p.close()
	if carried != nil {
		n, size := weight(carried)
		p.blocks, p.count, p.text = []bot.Block{carried}, n, size
	}
}

func (p *packer) close() {
	if len(p.blocks) > 0 {
		p.cards = append(p.cards, bot.Card{Blocks: p.blocks})
	}
	p.blocks, p.count, p.text, p.table = nil, 0, 0, false
}

// weight is how many blocks of Slack's a block becomes at most, and its text.
func weight(b bot.Block) (blocks, text int) {
	switch b := b.(type) {
	case bot.Heading:
		return 1, units(b.Text)
	case bot.Text:
		return 1, spanUnits(b.Spans)
	case bot.Quote:
		return 1, spanUnits(b.Spans)
	case bot.Note:
		return 1, spanUnits(b.Spans)
	case bot.Picture:
		return 1, units(b.Alt) + 20
	case bot.List:
		for _, i := range b.Items {
			text += spanUnits(i) + 2
		}
	case bot.Facts:
		for _, r := range b.Rows {
			text += units(r.Label) + units(r.Value) + 3
		}
	case bot.Table:
		for _, r := range append([][]string{b.Header}, b.Rows...) {
			text += rowUnits(r)
		}
	case bot.Buttons:
		return 2 * len(b.Buttons), buttonUnits(b)
	}
	return 1, text
}

func spanUnits(ss []bot.Span) (n int) {
	for _, s := range ss {
		n += units(s.Text) + units(s.Link)
	}
	return n
}

func rowUnits(row []string) (n int) {
	for _, c := range row {
		n += units(c) + 3
	}
	return n
}

func buttonUnits(b bot.Buttons) (n int) {
	for _, x := range b.Buttons {
		n += min(units(x.Label), ourText) + units(x.Value) + units(x.URL) + min(units(x.Confirm), maxConfirm)
	}
	return n
}

// apart breaks one block into blocks that each keep the limit of a block.
func apart(b bot.Block) []bot.Block {
	switch b := b.(type) {
	case bot.Heading:
		return each(pieces(b.Text, ourText), func(t string) bot.Block { return bot.Heading{Text: t} })
	case bot.Text:
		return each(spanPieces(b.Spans), func(s []bot.Span) bot.Block { return bot.Text{Spans: s} })
	case bot.Quote:
		return each(spanPieces(b.Spans), func(s []bot.Span) bot.Block { return bot.Quote{Spans: s} })
	case bot.Note:
		return each(spanPieces(b.Spans), func(s []bot.Span) bot.Block { return bot.Note{Spans: s} })
	case bot.List:
		return lists(b)
	case bot.Facts:
		return factsApart(b)
	case bot.Table:
		return tables(b)
	case bot.Picture:
		b.Alt = short(b.Alt, maxContext)
		return []bot.Block{b}
	}
	return []bot.Block{b}
}

func each[T any](parts []T, make func(T) bot.Block) []bot.Block {
	out := []bot.Block{}
	for _, p := range parts {
		out = append(out, make(p))
	}
	return out
}

// pieces is a text in parts that each keep the limit.
func pieces(s string, limit int) []string {
	s = clean(s)
	out := []string{}
	for units(s) > limit {
		var head string
		head, s = cut(s, limit)
		out = append(out, head)
	}
	return append(out, s)
}

// spanPieces is spans in runs that each keep the limit of a block.
func spanPieces(spans []bot.Span) [][]bot.Span {
	var out [][]bot.Span
	var run []bot.Span
	size := 0
	for _, s := range spans {
		for _, text := range pieces(s.Text, ourText) {
			part := s
			part.Text = text
			if n := spanUnits([]bot.Span{part}); size+n > ourText && len(run) > 0 {
				out, run, size = append(out, run), nil, 0
			}
			run, size = append(run, part), size+spanUnits([]bot.Span{part})
		}
	}
	if len(run) == 0 && len(out) > 0 {
		return out
	}
	return append(out, run)
}

func lists(l bot.List) []bot.Block {
	var out []bot.Block
	var now bot.List
	size := 0
	for _, item := range l.Items {
		for _, part := range spanPieces(item) {
			if n := spanUnits(part); size+n > ourText && len(now.Items) > 0 {
				out, now, size = append(out, now), bot.List{}, 0
			}
			now.Items, size = append(now.Items, part), size+spanUnits(part)+2
		}
	}
	if len(now.Items) == 0 && len(out) > 0 {
		return out
	}
	return append(out, now)
}

func factsApart(f bot.Facts) []bot.Block {
	var out []bot.Block
	var now bot.Facts
	size := 0
	put := func(label, value string) {
		n := units(label) + units(value)
		if size+n > ourText && len(now.Rows) > 0 {
			out, now, size = append(out, now), bot.Facts{}, 0
		}
		now.Rows, size = append(now.Rows, bot.Fact{Label: label, Value: value}), size+n+3
	}
	for _, r := range f.Rows {
		labels, values := pieces(r.Label, ourText/2), pieces(r.Value, ourText/2)
		for _, l := range labels[:len(labels)-1] {
			put(l, "")
		}
		put(labels[len(labels)-1], values[0])
		for _, v := range values[1:] {
			put("", v)
		}
	}
	return append(out, now)
}

// tables is a table in parts that each have its header. One whose rows are
// too long for a table becomes paragraphs.
func tables(t bot.Table) []bot.Block {
	head := rowUnits(t.Header)
	for _, r := range append([][]string{t.Header}, t.Rows...) {
		if rowUnits(r) > ourText/2 {
			return paragraphs(t)
		}
	}
	out := []bot.Block{}
	now, size := bot.Table{Header: t.Header}, head
	for _, r := range t.Rows {
		if size+rowUnits(r) > ourTotal/2 || len(now.Rows) >= maxRows-1 {
			out, now, size = append(out, now), bot.Table{Header: t.Header}, head
		}
		now.Rows, size = append(now.Rows, r), size+rowUnits(r)
	}
	return append(out, now)
}

func paragraphs(t bot.Table) []bot.Block {
	var out []bot.Block
	for _, r := range append([][]string{t.Header}, t.Rows...) {
		for _, c := range r {
			out = append(out, each(pieces(c, ourText), func(s string) bot.Block { return bot.Para(s) })...)
		}
	}
	return out
}
