package text

// The languages that Language tells apart.
const (
	English = "en"
	Welsh   = "cy"
)

// Language says in which language a text is written: English, Welsh, or ""
// where it cannot tell (a name, a number, a word common to both). It counts
// function words and the commonest words of the field, with or without Welsh
// accents and mutations; of a mixed text it names the language with more of
// them.
func Language(s string) string { return LanguageOf(Words(Fold(s))) }

// LanguageOf is Language for the words of a text (see Words).
func LanguageOf(words []string) string {
	cy, en := 0, 0
	for _, w := range words {
		c, e := evidence(w)
		cy += c
		en += e
	}
	switch {
	case cy > en:
		return Welsh
	case en > cy:
		return English
	case cy > 0:
		// As much of either: somebody who writes Welsh among English words.
		return Welsh
	}
	return ""
}

// evidence is how much one word speaks for Welsh and for English.
func evidence(w string) (cy, en int) {
	if n, ok := welshWords[w]; ok {
		return n, 0
	}
	if n, ok := englishWords[w]; ok {
		return 0, n
	}
	if len(w) < 4 {
		return 0, 0
	}
	if welshKeys[Demutate(w)] && !looksEnglish(w) {
		return 2, 0
	}
	if looksWelsh(w) {
		return 1, 0
	}
	if looksEnglish(w) {
		return 0, 1
	}
	return 0, 0
}

// looksWelsh knows letter groups that English hardly has.
func looksWelsh(w string) bool {
	switch {
	case w[0] == 'd' && w[1] == 'd', w[0] == 'n' && w[1] == 'g', w[0] == 'r' && w[1] == 'h' && w[2] == 'o':
		return true
	}
	end := w[len(w)-3:]
	switch end {
	case "edd", "odd", "ydd", "add", "wyr", "iwr", "iau", "dau", "nau", "rau", "ith", "oes", "aid", "yth":
		return end != "aid" && end != "ith" && end != "oes" || len(w) > 6
	case "wch", "wyd", "fyd":
		return true
	}
	return false
}

// looksEnglish knows letters and endings that Welsh does not write.
func looksEnglish(w string) bool {
	for i := 0; i < len(w); i++ {
		switch w[i] {
		case 'k', 'q', 'v', 'x', 'z':
			return true
		}
	}
	switch w[len(w)-3:] {
	case "ing", "ion", "ght", "ers", "ess", "ent", "ies", "ous":
		return w[len(w)-3:] != "ion" || w[len(w)-4] == 't' || w[len(w)-4] == 's'
	}
	return false
}
