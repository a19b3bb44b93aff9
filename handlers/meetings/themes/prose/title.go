package prose

import (
	"strings"

	"cymar/handlers/meetings/themes/text"
)

// shareWord tells whether two titles have a word in common.
func (w *Writer) shareWord(a, b string) bool {
	return overlaps(w.c.Stemmer.Content(a), stemSet(w.c.Stemmer.Content(b)))
}

func words(s string) int { return len(strings.Fields(s)) }

// echoes tells whether a phrase only repeats a word of a title in another form:
// "commissioner" beside "commissioning".
func echoes(bare, title string) bool {
	const stem = 6
	for _, a := range text.Words(bare) {
		for _, b := range text.Words(title) {
			if len(a) > stem && len(b) > stem && a[:stem] == b[:stem] {
				return true
			}
		}
	}
	return false
}

// sound tells whether a phrase is worth a place in the text: several people
// use it, or it is a known term.
func (w *Writer) sound(p phrase) bool {
	if !p.open && len(p.authors) < 2 || p.score < 1.2 {
		return false
	}
	if len(p.authors) >= 2 {
		return len(p.authors) > 2 || len(p.stems) > 1 || p.score >= ownWord || w.telling(p.stems)
	}
	return w.compound(p.stems)
}

// ownWord is the score from which on a word that two people use is a theme's
// own: hardly anybody uses it elsewhere.
const ownWord = 2.3

// titular tells whether a phrase is worth a place in a title.
func (w *Writer) titular(p phrase) bool {
	if p.open && len(p.stems) == 1 && p.score >= 1 && p.fit {
		return true
	}
	return w.sound(p) || p.open && p.score >= 1 && len(p.lines) > 1 && p.fit
}

func overlaps(stems []string, in map[string]bool) bool {
	for _, s := range stems {
		if in[s] {
			return true
		}
	}
	return false
}

// list joins phrases: "a, b and c".
func list(xs []string) string {
	switch len(xs) {
	case 0:
		return ""
	case 1:
		return xs[0]
	}
	sep := " and "
	for _, x := range xs {
		if strings.Contains(x, " and ") {
			sep = ", and "
		}
	}
	return strings.Join(xs[:len(xs)-1], ", ") + sep + xs[len(xs)-1]
}
