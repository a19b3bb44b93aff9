package document

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Markdown writes the overview as Markdown, to be pasted into a channel. The
// chart is left out, because one file cannot hold it.
func Markdown(w io.Writer, o Overview) error { return markdown(w, o.blocks()) }

// MarkdownAnnex writes an annex (see Annex) as Markdown.
func MarkdownAnnex(w io.Writer, o Overview) error { return markdown(w, o.annexBlocks()) }

func markdown(w io.Writer, all []block) error {
	b := bufio.NewWriter(w)
	last := kindTitle
	for i, bl := range all {
		if bl.kind == kindChart {
			continue
		}
		if i > 0 && !(bl.kind == last && (bl.kind == kindBullet || bl.kind == kindSaid)) {
			_, _ = b.WriteString("\n")
		}
		_, _ = b.WriteString(markdownBlock(bl) + "\n")
		last = bl.kind
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("writing Markdown: %w", err)
	}
	return nil
}

func markdownBlock(bl block) string {
	text := escapeMarkdown(oneLine(plain(bl.text)))
	switch bl.kind {
	case kindTitle:
		return "# " + text
	case kindHeading:
		return "## " + text
	case kindBullet, kindSaid:
		return "- " + text
	case kindNote:
		return "*" + text + "*"
	}
	return text
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// escapeMarkdown makes a text stand as it is: no links, no markup, no HTML.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case strings.ContainsRune("\\`*_[]<~", r):
			b.WriteByte('\\')
		case r == '&' && entity(s[i:]):
			b.WriteByte('\\')
		case i == 0 && strings.ContainsRune("#+-=>", r), r == '!' && strings.HasPrefix(s[i+1:], "["):
			b.WriteByte('\\')
		case (r == '.' || r == ')') && i > 0 && i < 10 && strings.Trim(s[:i], "0123456789") == "":
			b.WriteByte('\\') // a number at the start would begin a list
		}
		b.WriteRune(r)
	}
	return strings.ReplaceAll(b.String(), "://", ":\\//")
}

// entity reports that a reader would take what follows for a character's name.
func entity(s string) bool {
	end := strings.IndexByte(s[:min(len(s), 12)], ';')
	return end > 1
}
