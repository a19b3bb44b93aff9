package reading

import (
	"strings"
	"unicode"
)

// masked are the words that people disguise. Short ones that a disguise could
// turn into something harmless are left out.
var masked = []string{
	"kill", "killing", "killed", "suicide", "suicidal", "die", "dying", "dead", "death", "kms", "unalive",
	"myself", "hang", "overdose", "overdosed", "cutting", "selfharm", "tablets", "pills", "marw", "lladd", "hunanladdiad", "hunanladdol",
}

// unmask undoes disguises inside words: k1ll, su!cide, k*ll, k.m.s, k-i-l-l.
// Whatever does not turn into a word that people disguise stays as it is.
func unmask(s string) string {
	if !strings.ContainsFunc(s, isDisguise) {
		return s
	}
	fields := strings.Split(s, " ")
	for i, f := range fields {
		if !strings.ContainsFunc(f, isDisguise) || len(f) > 40 {
			continue
		}
		fields[i] = unmaskWord(f)
	}
	return strings.Join(fields, " ")
}

func isDisguise(r rune) bool {
	return strings.ContainsRune("*@$!|0134578#.-_+/", r)
}

func unmaskWord(f string) string {
	core := strings.Trim(f, ".,!?;:()\"'\n\r\t*_~")
	if core == "" || !strings.ContainsFunc(core, unicode.IsLetter) || !strings.ContainsFunc(core, isDisguise) {
		return f
	}
	lower := strings.ToLower(core)
	for _, w := range masked {
		if matchesMasked(lower, w) {
			return strings.Replace(f, core, w, 1)
		}
	}
	return f
}

// matchesMasked says whether a disguised word could be w: the same length with
// look-alike signs or blots, or its letters with one sign between each two.
func matchesMasked(s, w string) bool {
	if len(s) == len(w) {
		return matchesSigns(s, w)
	}
	if len(s) == 2*len(w)-1 {
		return matchesSpread(s, w)
	}
	return false
}

func matchesSigns(s, w string) bool {
	same := 0
	for i := 0; i < len(w); i++ {
		if s[i] == w[i] {
			same++
			continue
		}
		if !blots(s[i], w[i]) {
			return false
		}
	}
	// "1" alone is no letter of anything: most of the word must be there.
	return 2*same >= len(w) || same > 0 && len(w) <= 3
}

func matchesSpread(s, w string) bool {
	for i := 0; i < len(w); i++ {
		if s[2*i] != w[i] {
			return false
		}
		if i > 0 && !strings.ContainsRune(".-_*/+|", rune(s[2*i-1])) {
			return false
		}
	}
	return true
}

// blots says whether a sign can stand for a letter.
func blots(sign, letter byte) bool {
	switch sign {
	case '*', '#':
		return true
	case '1', '!', '|':
		return letter == 'i' || letter == 'l'
	case '3':
		return letter == 'e'
	case '0':
		return letter == 'o'
	case '4', '@':
		return letter == 'a'
	case '5', '$':
		return letter == 's'
	case '7', '+':
		return letter == 't'
	case '8':
		return letter == 'b'
	}
	return false
}

// joinSpaced puts together a word that somebody wrote letter by letter
// ("k m s", "s u i c i d e"), where the letters make words that people
// disguise.
func joinSpaced(words []string) []string {
	var out []string
	for i := 0; i < len(words); {
		n := singles(words[i:])
		var made []string
		if n >= 3 {
			made = segment(strings.Join(words[i:i+n], ""))
		}
		if made == nil {
			n = max(n, 1)
			made = words[i : i+n]
		}
		out = append(out, made...)
		i += n
	}
	return out
}

// singles counts the one-letter words that words begins with.
func singles(words []string) int {
	n := 0
	for n < len(words) && n < 40 && len(words[n]) == 1 {
		n++
	}
	return n
}

// segment divides a run of letters into disguised words and the small words
// around them; nil when it does not come out even.
func segment(s string) []string {
	for _, pair := range [][2]string{{"", ""}, {"iwantto", "i want to"}, {"want", "want"}, {"i", "i"}} {
		rest, ok := strings.CutPrefix(s, pair[0])
		if !ok {
			continue
		}
		if words := cover(rest); words != nil {
			return append(strings.Fields(pair[1]), words...)
		}
	}
	return nil
}

func cover(s string) []string {
	var out []string
	for s != "" {
		longest := ""
		for _, w := range masked {
			if len(w) > len(longest) && strings.HasPrefix(s, w) {
				longest = w
			}
		}
		if longest == "" {
			return nil
		}
		out = append(out, longest)
		s = s[len(longest):]
	}
	return out
}
