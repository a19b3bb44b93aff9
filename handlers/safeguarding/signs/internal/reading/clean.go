// Package reading brings a message into the form that the guard judges:
// disguises undone, lines and sentences apart, words in one spelling, and
// what stands in quotation marks set off.
package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cymar/text"
)

// How much of a message is read, in bytes of what can be seen. Of a longer
// one the beginning and the end count; the rest is read by nobody in a chat
// either.
const (
	readHead = 48 << 10
	readTail = 16 << 10
	readRaw  = 1 << 20
	longLine = 3 << 10
)

// lines are the folded lines of a message, without empty ones.
func lines(raw string) []string {
	raw = Visible(raw)
	var out []string
	for line := range strings.Lines(raw) {
		for line != "" {
			var part string
			part, line = piece(line)
			if folded := text.Fold(unmask(part)); folded != "" {
				out = append(out, folded)
			}
		}
	}
	return out
}

// Visible is what can be seen of a message, bounded: of a very long one its
// beginning and its end.
func Visible(raw string) string {
	return ends(visible(ends(raw, readRaw/2, readRaw/2)), readHead, readTail)
}

// ends keeps the first head and the last tail bytes of a long text.
func ends(s string, head, tail int) string {
	if len(s) <= head+tail {
		return s
	}
	from := len(s) - tail
	for head > 0 && !utf8.RuneStart(s[head]) {
		head--
	}
	for from < len(s) && !utf8.RuneStart(s[from]) {
		from++
	}
	return s[:head] + "\n" + s[from:]
}

// piece takes a part off a long line, at a space where there is one: what is
// folded at once is bounded, and nothing in the middle is lost.
func piece(line string) (first, rest string) {
	if len(line) <= longLine {
		return line, ""
	}
	at := strings.LastIndexAny(line[:longLine], " \t.")
	if at <= 0 {
		at = longLine
		for !utf8.RuneStart(line[at]) {
			at--
		}
		return line[:at], line[at:]
	}
	return line[:at+1], line[at+1:]
}

// visible drops what nobody can see, and says emoji in words where they carry
// the meaning; between two letters an emoji goes without a trace. Letters
// that only look Latin become Latin.
func visible(s string) string {
	if plainASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	var last rune
	rest := strings.ToValidUTF8(s, " ")
	for i, r := range rest {
		if invisible(r) {
			continue
		}
		out := lookalike(r)
		if isPicture(r) {
			said := picture(r)
			if said == "" && unicode.IsLetter(last) && startsWithLetter(rest[i+utf8.RuneLen(r):]) {
				continue
			}
			b.WriteString(" " + said + " ")
			last = ' '
			continue
		}
		b.WriteRune(out)
		last = out
	}
	return b.String()
}

func plainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func invisible(r rune) bool {
	if r < 0xad {
		return false
	}
	switch r {
	case '\u00ad', '\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u3164', '\uffa0':
		return true
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// isPicture: emoji and their skin tones, arrows, dingbats.
func isPicture(r rune) bool {
	return r >= 0x2190 && (unicode.Is(unicode.So, r) || 0x1f3fb <= r && r <= 0x1f3ff)
}

func startsWithLetter(s string) bool {
	for _, r := range s {
		if invisible(r) || isPicture(r) {
			continue
		}
		return unicode.IsLetter(r)
	}
	return false
}

// picture is the word for an emoji that says something, "" for the rest.
func picture(r rune) string {
	switch r {
	case '😂', '🤣', '😆', '😹', '😅':
		return "lol"
	case '💊':
		return "pills"
	case '🔪', '🗡':
		return "knife"
	case '🔫':
		return "gun"
	case '⚰', '🪦':
		return "grave"
	case '🎂', '🍰', '☕', '🍺', '🍕', '🏖', '✈', '🎉', '🎄':
		return "party"
	}
	return ""
}

// lookalike maps Cyrillic and Greek letters that look Latin to Latin ones.
func lookalike(r rune) rune {
	switch r {
	case 'а', 'А', 'α', 'Α':
		return 'a'
	case 'е', 'Е', 'ё', 'Ε':
		return 'e'
	case 'о', 'О', 'ο', 'Ο':
		return 'o'
	case 'р', 'Р', 'ρ', 'Ρ':
		return 'p'
	case 'с', 'С', 'ϲ':
		return 'c'
	case 'х', 'Х', 'Χ':
		return 'x'
	case 'і', 'І', 'ι', 'Ι', 'ӏ':
		return 'i'
	case 'ѕ', 'Ѕ':
		return 's'
	case 'ԁ':
		return 'd'
	case 'к', 'К', 'κ', 'Κ':
		return 'k'
	case 'т', 'Т', 'Τ':
		return 't'
	case 'м', 'М', 'Μ':
		return 'm'
	case 'у', 'У':
		return 'y'
	case 'ԝ':
		return 'w'
	case 'ո':
		return 'n'
	}
	return r
}
