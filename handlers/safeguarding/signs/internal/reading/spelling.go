package reading

import (
	"strings"

	"cymar/text"
)

// Speller writes words in one spelling. Make one with NewSpeller; it is safe
// for use by many goroutines at once.
type Speller struct {
	known func(string) bool
	slips map[string][]string // by first letter: the words that are put right
}

// NewSpeller returns a speller that leaves alone the words that known knows.
func NewSpeller(known func(string) bool) *Speller {
	s := &Speller{known: known, slips: make(map[string][]string)}
	for _, w := range strings.Fields(keyWords) {
		s.slips[w[:1]] = append(s.slips[w[:1]], w)
	}
	return s
}

// words writes a sentence's words in one spelling.
func (s *Speller) words(sp span, welsh bool) []Word {
	var out []Word
	for _, p := range sp.parts {
		for _, w := range s.spell(joinSpaced(p.words), welsh) {
			out = append(out, Word{Text: w, Stem: text.Stem(w), Quoted: p.quoted})
		}
	}
	return out
}

func (s *Speller) spell(words []string, welsh bool) []string {
	out := make([]string, 0, len(words)+4)
	for i, w := range words {
		if isYear(w) {
			out = append(out, yearWord(w))
			continue
		}
		if full, ok := opened(words, i, welsh); ok {
			out = append(out, full...)
			continue
		}
		out = append(out, s.correct(w, welsh))
	}
	return out
}

func isYear(w string) bool {
	return len(w) == 4 && (strings.HasPrefix(w, "19") || strings.HasPrefix(w, "20")) && isDigit(w[2]) && isDigit(w[3])
}

// yearWord says whether a year lies behind the writer, for there is no clock
// here: years from 2025 on may be this one or the next.
func yearWord(w string) string {
	if w < "2025" {
		return "pastyear"
	}
	return "yearnumber"
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// opened returns a contraction or slang written out. In Welsh many of their
// short forms are words of their own.
func opened(words []string, i int, welsh bool) ([]string, bool) {
	w := words[i]
	if w == "ill" && !welsh && !sick(words, i) {
		return []string{"i", "will"}, true
	}
	if full, ok := contractions[w]; ok {
		return full, true
	}
	if welsh {
		return nil, false
	}
	full, ok := slang[w]
	return full, ok
}

// sick tells the "ill" of illness from the "I'll" without its apostrophe.
func sick(words []string, i int) bool {
	if i+1 == len(words) {
		return true
	}
	switch words[i+1] {
	case "be", "do", "go", "never", "just", "not", "probably", "end", "kill", "take", "jump", "have", "get", "see", "miss", "die",
		"make", "try", "let", "send", "ask", "bring", "call", "follow", "join", "find", "finish", "always", "b", "still", "give", "need", "put", "drop", "pop", "come", "leave", "only", "even":
		return false
	}
	return true
}

// correct puts right a slip in one of the words that matter most. A word that
// is known as it stands is left alone.
func (s *Speller) correct(w string, welsh bool) string {
	w = shorten(w)
	if len(w) < 4 || len(w) > 14 || welsh || s.known(w) || neighbours[w] {
		return w
	}
	for _, key := range s.slips[w[:1]] {
		if near(w, key) {
			return key
		}
	}
	return w
}

// shorten takes out letters that are written three times and more.
func shorten(w string) string {
	for i := 0; i+2 < len(w); i++ {
		if w[i] == w[i+1] && w[i] == w[i+2] && !isDigit(w[i]) {
			return shortenFrom(w)
		}
	}
	return w
}

func shortenFrom(w string) string {
	var b strings.Builder
	for i := 0; i < len(w); {
		j := i
		for j < len(w) && w[j] == w[i] {
			j++
		}
		if j-i >= 3 {
			b.WriteByte(w[i])
		} else {
			b.WriteString(w[i:j])
		}
		i = j
	}
	return b.String()
}

// near says whether a is one slip away from key (two for long words): a
// letter more, less, other, or two changed about.
func near(a, key string) bool {
	allowed := 1
	if len(key) >= 8 {
		allowed = 2
	}
	if len(key) < 5 && len(a) != len(key) {
		return false
	}
	d := len(a) - len(key)
	return d <= allowed && -d <= allowed && distance(a, key) <= allowed
}

// distance is the number of slips between two short words (optimal string
// alignment).
func distance(a, b string) int {
	var rows [3][16]int
	prev2, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}
