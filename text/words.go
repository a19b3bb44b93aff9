package text

import (
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
)

// maxWord is the longest word kept, in bytes: longer runs are keyboard noise,
// and are cut so that they cost no more than a word.
const maxWord = 40

// Words splits a folded text (see Fold) into its words, without accents, in
// order. An apostrophe inside an English word goes (don't → dont); one before
// a Welsh ending divides (i'r → i, r). Everything else that is not a letter
// or digit divides words. The result is nil for a text without words.
func Words(folded string) []string { return AppendWords(nil, Plain(folded)) }

// AppendWords is Words for a text that is already without accents (see
// Plain); it appends to dst, so that a caller can use one slice again.
func AppendWords(dst []string, plain string) []string {
	for i := 0; i < len(plain); {
		r, size := utf8.DecodeRuneInString(plain[i:])
		if !isWordRune(r) {
			i += size
			continue
		}
		end := wordEnd(plain, i)
		word := plain[i:end]
		i = end
		if tail, next := apostropheTail(plain, end); next > end {
			i = next
			if !welshTail(tail) {
				dst = append(dst, cut(word+tail))
				continue
			}
			dst = append(dst, cut(word), tail)
			continue
		}
		dst = append(dst, cut(word))
	}
	return dst
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func wordEnd(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isWordRune(r) {
			break
		}
		i += size
	}
	return i
}

// apostropheTail returns the short ending that an apostrophe at s[at] joins
// to the word before it, and where the ending stops; next is at when there is
// none.
func apostropheTail(s string, at int) (tail string, next int) {
	if at >= len(s) || s[at] != '\'' {
		return "", at
	}
	end := wordEnd(s, at+1)
	if n := end - at - 1; n == 0 || n > 3 {
		return "", at
	}
	return s[at+1 : end], end
}

// welshTail says whether an ending after an apostrophe is one of Welsh's
// small words: i'r, sy'n, a'u, i'w, o'ch.
func welshTail(tail string) bool {
	switch tail {
	case "n", "r", "w", "u", "i", "ch":
		return true
	}
	return false
}

func cut(word string) string {
	if len(word) <= maxWord {
		return word
	}
	end := maxWord
	for end > 0 && !utf8.RuneStart(word[end]) {
		end--
	}
	return word[:end]
}

// Stem returns the stem of an English word in lower case (snowball): driving
// and drives become drive. A word of another language, or a number, comes
// back much as it was, and always the same way.
func Stem(word string) string {
	if len(word) < 3 || !isASCII(word) {
		return word
	}
	return english.Stem(word, false)
}
