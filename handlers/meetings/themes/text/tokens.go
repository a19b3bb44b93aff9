// Package text cuts what people type in a chat into sentences, words and
// stems. It knows letters and punctuation, not meaning.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Token is one word, number or mark of a text.
type Token struct {
	Text  string // as typed
	Lower string // lower case, straight apostrophes
	Word  bool   // letters or digits, not a mark
}

// Tokens cuts a text into words and marks. An apostrophe or hyphen within a
// word, a decimal point or colon within a number, and "&" within letters
// ("A&E") stay part of it.
func Tokens(s string) []Token {
	out := make([]Token, 0, len(s)/5+2)
	each(s, func(t string, word bool) {
		out = append(out, Token{Text: t, Lower: Fold(t), Word: word})
	})
	return out
}

// each calls yield for every word and mark of a text.
func each(s string, yield func(t string, word bool)) {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r):
			i += n
		case isWordRune(r):
			j := wordEnd(s, i)
			yield(s[i:j], true)
			i = j
		default:
			yield(s[i:i+n], false)
			i += n
		}
	}
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// wordEnd gives the end of the word that begins at i.
func wordEnd(s string, i int) int {
	var prev rune
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if isWordRune(r) {
			prev = r
			i += n
			continue
		}
		next, m := utf8.DecodeRuneInString(s[i+n:])
		if m == 0 || !isWordRune(next) || !joins(prev, r, next) {
			return i
		}
		prev = next
		i += n + m
	}
	return i
}

// joins tells whether a mark holds two halves of one word together.
func joins(prev, mark, next rune) bool {
	switch mark {
	case '\'', '’', '‘', '-', '‐', '‑':
		return true
	case '&':
		return unicode.IsUpper(next)
	case '.', ',', ':':
		return unicode.IsDigit(prev) && unicode.IsDigit(next)
	}
	return false
}

// Fold gives lower case with straight apostrophes and plain hyphens.
func Fold(s string) string {
	if isPlain(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', 'ʼ', '`':
			return '\''
		case '‐', '‑':
			return '-'
		case '\u00ad':
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' || c == '`' {
			return false
		}
	}
	return true
}

// Words gives the lower-case words of a text without its marks.
func Words(s string) []string {
	out := make([]string, 0, len(s)/6+2)
	each(s, func(t string, word bool) {
		if word {
			out = append(out, Fold(t))
		}
	})
	return out
}

// HasLetter tells whether a text has any letter at all.
func HasLetter(s string) bool {
	return strings.IndexFunc(s, unicode.IsLetter) >= 0
}

// UpperFirst gives the text with its first letter as a capital.
func UpperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// LowerFirst gives the text with a small first letter, unless its first word
// is written in capitals throughout ("GP", "NHS") or is "I".
func LowerFirst(s string) string {
	word, _, _ := strings.Cut(s, " ")
	upper := 0
	for _, r := range word {
		if unicode.IsUpper(r) {
			upper++
		}
	}
	if upper != 1 || word == "I" {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}
