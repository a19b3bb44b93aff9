package text

import (
	"strings"
	"unicode"
)

// Sentence is one sentence or line of a message.
type Sentence struct {
	Text  string // without its closing mark
	End   rune   // '.', '?', '!', or 0 where the writer put none
	Quote bool   // holds somebody's quoted words
}

var abbreviations = map[string]bool{"e.g": true, "i.e": true, "etc": true, "vs": true, "dr": true, "mr": true, "mrs": true, "ms": true,
	"prof": true, "approx": true, "no": false, "incl": true, "st": true, "inc": true}

// Sentences cuts a cleaned text into sentences: at closing marks, at line
// breaks, and at a dash between spaces.
func Sentences(s string) []Sentence {
	var out []Sentence
	for line := range strings.Lines(s) {
		out = append(out, splitLine(strings.TrimSpace(line))...)
	}
	return out
}

func splitLine(line string) []Sentence {
	var out []Sentence
	rs := []rune(line)
	from, quoted := 0, false
	for i := 0; i < len(rs); i++ {
		switch {
		case rs[i] == '"':
			quoted = !quoted
		case quoted || !isEnd(rs, i):
		default:
			end := rs[i]
			j := i
			for j+1 < len(rs) && strings.ContainsRune(".!?…", rs[j+1]) {
				j++
				if rs[j] == '?' {
					end = '?'
				}
			}
			out = appendSentence(out, string(rs[from:i]), end)
			from, i = j+1, j
		}
	}
	return appendSentence(out, string(rs[from:]), 0)
}

func isEnd(rs []rune, i int) bool {
	switch rs[i] {
	case '?', '!', '…':
		return true
	case '.':
		if i+1 < len(rs) && !unicode.IsSpace(rs[i+1]) && rs[i+1] != '.' && rs[i+1] != '"' && rs[i+1] != ')' {
			return false
		}
		return !abbreviations[lastWord(rs[:i])] && !singleLetter(rs[:i])
	case '-', '–', '—':
		return i > 0 && i+1 < len(rs) && unicode.IsSpace(rs[i-1]) && unicode.IsSpace(rs[i+1])
	case ';':
		return true
	}
	return false
}

func lastWord(rs []rune) string {
	i := len(rs)
	for i > 0 && (unicode.IsLetter(rs[i-1]) || rs[i-1] == '.') {
		i--
	}
	return strings.ToLower(string(rs[i:]))
}

func singleLetter(rs []rune) bool {
	n := len(rs)
	return n > 0 && unicode.IsUpper(rs[n-1]) && (n == 1 || !isWordRune(rs[n-2]))
}

func appendSentence(out []Sentence, s string, end rune) []Sentence {
	s = strings.Trim(s, " \t,:;-–—")
	if !HasLetter(s) {
		return out
	}
	if end == '…' || end == '-' || end == '–' || end == '—' || end == ';' {
		end = 0
	}
	return append(out, Sentence{Text: s, End: end, Quote: strings.ContainsRune(s, '"')})
}
