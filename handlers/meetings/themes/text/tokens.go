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
	rs := []rune(s)
	var out []Token
	for i := 0; i < len(rs); {
		switch {
		case unicode.IsSpace(rs[i]):
			i++
		case isWordRune(rs[i]):
			j := wordEnd(rs, i)
			out = append(out, newToken(string(rs[i:j]), true))
			i = j
		default:
			out = append(out, newToken(string(rs[i]), false))
			i++
		}
	}
	return out
}

func newToken(s string, word bool) Token {
	return Token{Text: s, Lower: Fold(s), Word: word}
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

func wordEnd(rs []rune, i int) int {
	for i < len(rs) {
		if isWordRune(rs[i]) {
			i++
			continue
		}
		if i+1 < len(rs) && isWordRune(rs[i+1]) && joins(rs, i) {
			i += 2
			continue
		}
		return i
	}
	return i
}

// joins tells whether the mark at i holds two halves of one word together.
func joins(rs []rune, i int) bool {
	switch rs[i] {
	case '\'', '’', '‘', '-', '‐', '‑':
		return true
	case '&':
		return unicode.IsUpper(rs[i+1])
	case '.', ',', ':':
		return i > 0 && unicode.IsDigit(rs[i-1]) && unicode.IsDigit(rs[i+1])
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
	toks := Tokens(s)
	out := make([]string, 0, len(toks))
	for _, t := range toks {
		if t.Word {
			out = append(out, t.Lower)
		}
	}
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
