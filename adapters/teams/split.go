package teams

import (
	"strings"
	"unicode/utf8"

	"cymar/bot"
)

const (
	// mostCard is how large the JSON of one message may be, in bytes.
	mostCard = 28_000
	// room is what is left for blocks once a card's frame is drawn: summary,
	// address and the like.
	room = mostCard - 4_000
	// mostRun is how long a piece of text may be before it is cut, in bytes.
	mostRun = 3_000
	// mostLines is how many lines or points may stand in one piece.
	mostLines = 25
)

// Split breaks a card that is too large into several, in order; no word is
// lost, and buttons stay whole.
func (a *Adapter) Split(c bot.Card) []bot.Card { return a.render.split(c) }

func (r renderer) split(c bot.Card) []bot.Card {
	if len(c.Blocks) == 0 && len(c.Summary) > mostRun {
		c.Blocks = []bot.Block{bot.Para(c.Summary)}
	}
	if r.size(c.Blocks) <= room {
		return []bot.Card{c}
	}
	var out []bot.Card
	var now []bot.Block
	used := 0
	for _, b := range c.Blocks {
		for _, piece := range pieces(b) {
			n := r.size([]bot.Block{piece})
			if used+n > room && len(now) > 0 {
				out, now, used = append(out, bot.Card{Summary: c.Summary, Lang: c.Lang, Blocks: now}), nil, 0
			}
			now, used = append(now, piece), used+n
		}
	}
	return append(out, bot.Card{Summary: c.Summary, Lang: c.Lang, Blocks: now})
}

// size is how many bytes blocks take, drawn.
func (r renderer) size(blocks []bot.Block) int {
	b, err := encode(r.whole(bot.Card{Blocks: blocks}, bot.Channel))
	if err != nil {
		return mostCard
	}
	return len(b)
}

// pieces breaks a block into blocks that each fit.
func pieces(b bot.Block) []bot.Block {
	switch b := b.(type) {
	case bot.Heading:
		if len(b.Text) > mostRun {
			return pieces(bot.Para(b.Text))
		}
	case bot.Text:
		return cut(b.Spans, func(s []bot.Span) bot.Block { return bot.Text{Spans: s} })
	case bot.Quote:
		return cut(b.Spans, func(s []bot.Span) bot.Block { return bot.Quote{Spans: s} })
	case bot.Note:
		return cut(b.Spans, func(s []bot.Span) bot.Block { return bot.Note{Spans: s} })
	case bot.List:
		return items(b.Items)
	case bot.Facts:
		return facts(b.Rows)
	case bot.Table:
		return tables(b)
	case bot.Buttons:
		return groups(b.Buttons, rowOfButtons, func(g []bot.Button) bot.Block { return bot.Buttons{Buttons: g} })
	case bot.Picture:
		if len(b.PNG) == 0 || len(b.PNG) > mostPicture {
			return pieces(bot.Para(b.Alt))
		}
	}
	return []bot.Block{b}
}

// cut breaks spans into blocks of at most mostRun bytes and mostLines lines.
func cut(spans []bot.Span, make func([]bot.Span) bot.Block) []bot.Block {
	var out []bot.Block
	var now []bot.Span
	used, ends := 0, 0
	for _, s := range spans {
		text := breaks().Replace(s.Text)
		if s.Mention.ID != "" {
			text = clip(text, mostName)
		}
		for _, part := range chop(text) {
			n := strings.Count(part, "\n")
			if len(now) > 0 && (used+len(part) > mostRun || ends+n > mostLines || len(now) >= mostLines) {
				out, now, used, ends = append(out, make(now)), nil, 0, 0
			}
			piece := s
			piece.Text = part
			now, used, ends = append(now, piece), used+len(part), ends+n
		}
	}
	return append(out, make(now))
}

// chop breaks a text at spaces or line ends into parts that fit a block; a
// word too long for one is broken between characters.
func chop(s string) []string {
	var out []string
	for {
		n := fitting(s)
		if n >= len(s) {
			return append(out, s)
		}
		at := strings.LastIndexAny(s[:n], " \n")
		if at <= 0 {
			at = n
			for at > 1 && !utf8.RuneStart(s[at]) {
				at--
			}
		} else {
			at++
		}
		out, s = append(out, s[:at]), s[at:]
	}
}

// fitting is how many bytes of s go into one block.
func fitting(s string) int {
	ends := 0
	for i := 0; i < len(s); i++ {
		if i >= mostRun {
			return i
		}
		if s[i] == '\n' {
			ends++
		}
		if ends >= mostLines {
			return i + 1
		}
	}
	return len(s)
}

// groups cuts a list into lists of at most n.
func groups[T any](all []T, n int, make func([]T) bot.Block) []bot.Block {
	var out []bot.Block
	for len(all) > n {
		out, all = append(out, make(all[:n])), all[n:]
	}
	return append(out, make(all))
}

// items breaks a list; a point that is too long goes on as text.
func items(all [][]bot.Span) []bot.Block {
	var out []bot.Block
	for _, item := range all {
		parts := cut(item, func(s []bot.Span) bot.Block { return bot.List{Items: [][]bot.Span{s}} })
		for i, p := range parts {
			if l, ok := p.(bot.List); ok && i > 0 {
				parts[i] = bot.Text{Spans: l.Items[0]}
			}
		}
		out = append(out, parts...)
	}
	return out
}

// facts breaks rows; a value that is too long goes on as text.
func facts(rows []bot.Fact) []bot.Block {
	var out []bot.Block
	for _, f := range rows {
		if len(f.Label)+len(f.Value) > mostRun || strings.Count(f.Value, "\n") > mostLines {
			out = append(out, pieces(bot.Text{Spans: []bot.Span{{Text: f.Label + ": ", Bold: true}, {Text: f.Value}}})...)
			continue
		}
		out = append(out, bot.Facts{Rows: []bot.Fact{f}})
	}
	return out
}

// tables breaks a table between rows, each part under the header; one with
// cells that are too long goes on as facts.
func tables(t bot.Table) []bot.Block {
	var out []bot.Block
	for _, row := range t.Rows {
		long := 0
		for _, c := range append(row[:len(row):len(row)], t.Header...) {
			long += len(c)
		}
		if long <= mostRun && len(row) <= mostLines {
			out = append(out, bot.Table{Header: t.Header, Rows: [][]string{row}})
			continue
		}
		for i, c := range row {
			label := ""
			if i < len(t.Header) {
				label = t.Header[i]
			}
			out = append(out, facts([]bot.Fact{{Label: label, Value: c}})...)
		}
	}
	if len(t.Rows) == 0 {
		return []bot.Block{t}
	}
	return out
}
