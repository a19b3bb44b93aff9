package kb

import (
	"net/url"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	gtext "github.com/yuin/goldmark/text"
)

// markdown reads the restricted Markdown of an answer: paragraphs, bullets,
// bold and links. Anything else is a fault with its line.
func (p *parser) markdown(src []byte, firstLine int) []Block {
	m := &markdown{p: p, src: src, first: firstLine}
	doc := goldmark.DefaultParser().Parse(gtext.NewReader(src))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		m.block(n)
	}
	if m.bullets > maxBullets {
		p.fault(firstLine, "%d bullets; at most %d: shorten the answer", m.bullets, maxBullets)
	}
	return m.blocks
}

type markdown struct {
	p       *parser
	src     []byte
	first   int
	at      int // the last line seen, for inline nodes, which know none
	bullets int
	blocks  []Block
}

func (m *markdown) block(n ast.Node) {
	m.at = m.line(n)
	switch n := n.(type) {
	case *ast.Paragraph:
		m.blocks = append(m.blocks, Block{Lines: [][]Span{m.line1(n)}})
	case *ast.List:
		if n.IsOrdered() {
			m.p.fault(m.at, "a numbered list: write bullets that begin with a dash")
		}
		m.list(n)
	default:
		m.p.fault(m.at, "%s: an answer has only paragraphs, bullets, **bold** and [links](https://…)", blockName(n))
	}
}

func blockName(n ast.Node) string {
	switch n.(type) {
	case *ast.Heading:
		return "a heading"
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return "a code block (lines that begin with four spaces are one)"
	case *ast.HTMLBlock:
		return "HTML"
	case *ast.ThematicBreak:
		return "a rule"
	case *ast.Blockquote:
		return "a quotation"
	case *ast.List:
		return "a list inside a list"
	}
	return "something else than text"
}

func (m *markdown) list(n *ast.List) {
	block := Block{List: true}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		var line []Span
		for child := item.FirstChild(); child != nil; child = child.NextSibling() {
			m.at = m.line(child)
			switch child.(type) {
			case *ast.TextBlock, *ast.Paragraph:
				if len(line) > 0 {
					line = append(line, Span{Text: " "})
				}
				line = append(line, m.line1(child)...)
			default:
				m.p.fault(m.at, "%s in a bullet: a bullet is one or two sentences", blockName(child))
			}
		}
		if len(line) == 0 {
			m.p.fault(m.at, "an empty bullet")
			continue
		}
		m.bullets++
		block.Lines = append(block.Lines, line)
	}
	m.blocks = append(m.blocks, block)
}

// line1 is the text of a block, soft line breaks as spaces.
func (m *markdown) line1(n ast.Node) []Span {
	var spans []Span
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		spans = m.inline(spans, c, Span{})
	}
	return spans
}

func (m *markdown) inline(spans []Span, n ast.Node, style Span) []Span {
	switch n := n.(type) {
	case *ast.Text:
		style.Text = unescape(string(n.Segment.Value(m.src)))
		if n.SoftLineBreak() || n.HardLineBreak() {
			style.Text += " "
		}
		return add(spans, style)
	case *ast.String:
		style.Text = string(n.Value)
		return add(spans, style)
	case *ast.Emphasis:
		if n.Level == 1 {
			m.p.fault(m.at, "*one asterisk* or _underscores_: use **two** for bold, or none")
		}
		style.Bold = true
	case *ast.Link:
		style.Link = m.address(string(n.Destination))
	case *ast.AutoLink:
		style.Link = m.address(string(n.URL(m.src)))
		style.Text = string(n.Label(m.src))
		return add(spans, style)
	default:
		m.p.fault(m.at, "pictures, HTML and code cannot be shown in an answer: write it in words")
		return spans
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		spans = m.inline(spans, c, style)
	}
	return spans
}

// add appends a span, to the last one where it has the same style.
func add(spans []Span, s Span) []Span {
	if n := len(spans); n > 0 && spans[n-1].Bold == s.Bold && spans[n-1].Link == s.Link {
		spans[n-1].Text += s.Text
		return spans
	}
	return append(spans, s)
}

func (m *markdown) address(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		m.p.fault(m.at, "link to %q: write a whole web address that begins with https://", s)
		return ""
	}
	return s
}

// unescape takes the backslashes off that Markdown needs before its signs.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("\\`*_{}[]()#+-.!<>|~&\"'", s[i+1]) >= 0 {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// line is where a block begins in the file.
func (m *markdown) line(n ast.Node) int {
	for ; n != nil; n = n.FirstChild() {
		if n.Type() != ast.TypeInline && n.Lines() != nil && n.Lines().Len() > 0 {
			return lineOf(m.src, n.Lines().At(0).Start, m.first)
		}
	}
	return m.at
}
