package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The longest text that Fold looks at, in bytes. Of a longer one it keeps the
// beginning and the end, because a long message opens with what it is about
// and closes with what it asks.
const (
	foldHead = 6 << 10
	foldTail = 2 << 10
)

// Fold returns s in the one form that the rest of the program compares:
// without Slack or Teams mark-up, NFKC, lower case, one kind of quote and
// dash, no control, zero-width or direction characters, single spaces, none
// at the ends. Mentions and bare addresses are dropped; the words of a link
// or of a channel's name are kept. The result is at most about 8 KiB.
func Fold(s string) string {
	s = strings.ToValidUTF8(clip(s), " ")
	s = stripMarkup(s)
	// NFKC can lengthen one character eighteenfold, so clip once more.
	s = clip(norm.NFKC.String(s))
	return squeeze(s)
}

// clip keeps the head and the tail of a long text, cut between characters.
func clip(s string) string {
	if len(s) <= foldHead+foldTail {
		return s
	}
	head, tail := foldHead, len(s)-foldTail
	for head > 0 && !utf8.RuneStart(s[head]) {
		head--
	}
	for tail < len(s) && !utf8.RuneStart(s[tail]) {
		tail++
	}
	return s[:head] + " " + s[tail:]
}

// squeeze maps every character to its folded form and runs of spaces to one.
func squeeze(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		r = foldRune(r)
		switch {
		case r == drop:
		case r == ' ':
			space = b.Len() > 0
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

const drop rune = -1

// foldRune gives a character its folded form: a space for anything that
// separates words, drop for what nobody can see.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		return foldASCII(r)
	}
	switch r {
	case '‘', '’', '‚', '‛', 'ʼ', '´', '′', 'ʹ', 'ˈ', '＇':
		return '\''
	case '“', '”', '„', '‟', '″', '«', '»':
		return '"'
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹘', '－':
		return '-'
	case '…':
		return '.'
	case '\u00ad', '\u034f', '\u115f', '\u1160', '\u17b4', '\u17b5', '\u3164':
		return drop
	}
	switch {
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		return drop
	case unicode.IsSpace(r), unicode.IsControl(r), r == utf8.RuneError:
		return ' '
	}
	return unicode.ToLower(r)
}

func foldASCII(r rune) rune {
	switch {
	case r <= ' ' || r == 0x7f:
		return ' '
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r == '`':
		return '\''
	}
	return r
}

// Plain removes the accents of Latin letters: tîm becomes tim, dŵr becomes
// dwr. People on phones leave them out, so matching must not need them.
func Plain(s string) string {
	if isASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
