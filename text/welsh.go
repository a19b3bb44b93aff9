package text

import "strings"

// mutations maps the beginning of a Welsh word, longest first, to one letter
// for all the forms that this beginning can take: profiad, brofiad, phrofiad
// and mhrofiad all begin with one. Initial g vanishes under soft mutation
// (gweithiwr → weithiwr), so it goes everywhere, and with it c, which shares
// its mutated forms.
var mutations = [...]struct{ from, to string }{
	{"ngh", ""}, {"ng", ""}, {"mh", "p"}, {"nh", "t"}, {"ph", "p"}, {"th", "t"}, {"ch", ""},
	{"dd", "t"}, {"ff", "ff"}, {"rh", "r"}, {"ll", "l"},
	{"p", "p"}, {"b", "p"}, {"m", "p"}, {"f", "p"}, {"t", "t"}, {"d", "t"}, {"n", "t"}, {"c", ""}, {"g", ""},
}

// Demutate returns a key that is the same for all mutated forms of a Welsh
// word (soft, nasal, aspirate, and h before a vowel): cymheiriaid,
// gymheiriaid and chymheiriaid share one. The key is for comparing with other
// keys; it is not a word, and some unrelated words share one. The word is
// expected folded and without accents.
func Demutate(word string) string {
	if len(word) < 3 {
		return word
	}
	if word[0] == 'h' && isVowel(word[1]) {
		return word[1:]
	}
	for _, m := range mutations {
		if rest, ok := strings.CutPrefix(word, m.from); ok {
			if len(rest) < 2 {
				return word
			}
			return m.to + rest
		}
	}
	return word
}

func isVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u', 'w', 'y':
		return true
	}
	return false
}

// endings are the commonest endings of Welsh plurals, agents, verb nouns and
// abstract nouns, longest first.
var endings = [...]string{
	"iaethau", "iaeth", "iadau", "wyr", "iwr", "iaid", "ion", "iau", "iad", "iol", "wr", "ydd",
	"aeth", "aid", "ais", "odd", "wch", "wyd", "ir", "on", "au", "io", "ol", "ad", "u", "o",
}

// WelshStem is Demutate with the commonest endings taken off, so that
// goruchwylio, goruchwyliwr and oruchwyliaeth share a key too. At least four
// bytes stay.
func WelshStem(word string) string {
	key := Demutate(word)
	for _, e := range endings {
		if len(key)-len(e) >= 4 && strings.HasSuffix(key, e) {
			return key[:len(key)-len(e)]
		}
	}
	return key
}
