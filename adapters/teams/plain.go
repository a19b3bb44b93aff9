package teams

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cymar/bot"
)

// clean takes out what no text needs and what could mislead: control codes,
// broken bytes, and marks that turn the direction of reading.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\u00a0':
			return ' '
		case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff', unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
}

// breaks makes one kind of line end of all.
func breaks() *strings.Replacer {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\v", "\n", "\f", "\n")
}

func tidy(s string) string { return clean(breaks().Replace(s)) }

// oneLine is a text where only one line can stand.
func oneLine(s string) string { return strings.Join(strings.Fields(tidy(s)), " ") }

// clip keeps the first n characters, and says that there was more.
func clip(s string, n int) string {
	s = oneLine(s)
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

// short is a summary for a notification.
func short(s string) string { return clip(s, 300) }

// spoken is a summary for a voice. What is spoken may be read as SSML, so it
// has none of its signs.
func spoken(s string) string {
	return strings.NewReplacer("<", " ", ">", " ", "&", " and ").Replace(short(s))
}

// mostName is how many characters of a name are shown.
const mostName = 200

// lines cuts spans at line ends; empty lines go.
func lines(spans []bot.Span) [][]bot.Span {
	var out [][]bot.Span
	var line []bot.Span
	end := func() {
		if said(line) {
			out = append(out, line)
		}
		line = nil
	}
	for _, s := range spans {
		text := tidy(s.Text)
		if s.Mention.ID != "" { // a name is one line
			text = clip(text, mostName)
		}
		for i, part := range strings.Split(text, "\n") {
			if i > 0 {
				end()
			}
			if part != "" {
				piece := s
				piece.Text = part
				line = append(line, piece)
			}
		}
	}
	end()
	return out
}

func said(line []bot.Span) bool {
	for _, s := range line {
		if strings.TrimSpace(s.Text) != "" {
			return true
		}
	}
	return false
}

// marked reports whether a text could be read as markup where Teams reads some:
// Markdown, HTML, or a date to be filled in.
func marked(s string) bool {
	if strings.ContainsAny(s, "*_`~[]<>\\|{}&@") || strings.Contains(s, "://") || strings.Contains(s, "\n") {
		return true
	}
	start := strings.TrimLeft(s, " ")
	if start == "" {
		return false
	}
	if strings.ContainsRune("#+-=:", rune(start[0])) {
		return true
	}
	digits := strings.TrimLeft(start, "0123456789")
	return len(digits) < len(start) && (strings.HasPrefix(digits, ". ") || strings.HasPrefix(digits, ") ") || digits == "." || digits == ")")
}

// harmless keeps a text's words where only a text block will do: a sign of
// markup becomes its look-alike that Teams gives no meaning.
func harmless(s string) string {
	if !marked(s) {
		return s
	}
	s = strings.NewReplacer(
		"<", "‹", ">", "›", "&", "＆", "*", "∗", "_", "＿", "`", "ˋ", "~", "∼", "[", "［", "]", "］",
		"\\", "＼", "|", "∣", "{", "｛", "}", "｝", "@", "＠", "://", "∶//",
	).Replace(s)
	if marked(s) { // what only means something where it stands first
		s = "\u200b" + s
	}
	return s
}
