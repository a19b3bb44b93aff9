// Package grammar knows enough English to turn what was typed in a chat into
// reported speech where that is safe, and to say that it is not where it is
// not. It prefers saying nothing to saying it wrongly.
package grammar

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// words.txt holds the words of the field with care, more.txt the rest of
// everyday English as other word lists have it.
var (
	//go:embed words.txt
	wordsFile string
	//go:embed more.txt
	moreFile string
)

// kind is a set of the parts of speech that a word can be.
type kind uint16

const (
	kNoun kind = 1 << iota
	kPlural
	kMass
	kPerson
	kBase   // a verb as in "to share"
	kThird  // "shares"
	kPast   // "shared"
	kPartic // "been shared"
	kIng    // "sharing"
	kAdj
	kAdv
	kRest // known from more.txt only
)

// entry is what is known about one word form.
type entry struct {
	kinds kind
	base  string // of a verb form
}

type verb struct{ base, third, past, partic, ing string }

type lexis struct {
	forms  map[string]entry
	verbs  map[string]verb
	closed map[string]Tag
}

var loadLexis = sync.OnceValue(func() *lexis {
	l, err := parseLexis(wordsFile, moreFile)
	if err != nil {
		panic(err) // the files are part of the program; a test reads them
	}
	return l
})

func parseLexis(words, more string) (*lexis, error) {
	l := &lexis{forms: map[string]entry{}, verbs: map[string]verb{}, closed: closedWords()}
	if err := l.read(words); err != nil {
		return nil, err
	}
	rest := &lexis{forms: map[string]entry{}, verbs: map[string]verb{}, closed: l.closed}
	if err := rest.read(more); err != nil {
		return nil, err
	}
	l.fill(rest)
	return l, nil
}

// fill adds the words of another list that this one lacks.
func (l *lexis) fill(rest *lexis) {
	for w, e := range rest.forms {
		if _, known := l.forms[w]; known || l.closed[w] != 0 {
			continue
		}
		if _, known := l.verbs[e.base]; e.base != "" && e.base != w && known {
			continue // a form of a verb that the first list has otherwise
		}
		e.kinds |= kRest
		l.forms[w] = e
	}
	for b, v := range rest.verbs {
		if _, known := l.verbs[b]; !known {
			l.verbs[b] = v
		}
	}
}

func (l *lexis) read(file string) error {
	block := ""
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '@':
			block = line[1:]
		case block == "irregular":
			for v := range strings.SplitSeq(line, ",") {
				f := strings.Fields(v)
				if len(f) != 3 {
					return fmt.Errorf("irregular verb %q", v)
				}
				l.addVerb(verb{f[0], third(f[0]), f[1], f[2], ing(f[0])})
			}
		default:
			for w := range strings.FieldsSeq(line) {
				if err := l.add(block, w); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (l *lexis) add(block, w string) error {
	switch block {
	case "verbs":
		p := past(w)
		l.addVerb(verb{w, third(w), p, p, ing(w)})
	case "nouns":
		l.mark(w, kNoun)
		l.mark(plural(w), kNoun|kPlural)
	case "mass":
		l.mark(w, kNoun|kMass)
	case "people":
		l.mark(w, kNoun|kPerson)
		l.mark(plural(w), kNoun|kPlural|kPerson)
	case "adjectives":
		l.mark(w, kAdj)
	case "adverbs":
		l.mark(w, kAdv)
	default:
		return fmt.Errorf("unknown block %q", block)
	}
	return nil
}

func (l *lexis) mark(w string, k kind) {
	e := l.forms[w]
	e.kinds |= k
	l.forms[w] = e
}

func (l *lexis) addVerb(v verb) {
	if _, known := l.verbs[v.base]; known {
		return // an irregular verb comes first
	}
	l.verbs[v.base] = v
	for form, k := range map[string]kind{v.base: kBase, v.third: kThird, v.ing: kIng} {
		l.verbForm(form, k, v.base)
	}
	l.verbForm(v.past, kPast, v.base)
	l.verbForm(v.partic, kPartic, v.base)
}

func (l *lexis) verbForm(w string, k kind, base string) {
	e := l.forms[w]
	e.kinds |= k
	if e.base == "" || k == kBase {
		e.base = base
	}
	l.forms[w] = e
}

const vowels = "aeiou"

func isVowel(b byte) bool { return strings.IndexByte(vowels, b) >= 0 }

// third gives "shares" for "share".
func third(w string) string {
	switch w {
	case "be":
		return "is"
	case "have":
		return "has"
	case "do":
		return "does"
	case "go", "undo":
		return w + "es"
	}
	return plural(w)
}

// plural gives the regular plural, and the few irregular ones that matter.
func plural(w string) string {
	if p, ok := oddPlurals[w]; ok {
		return p
	}
	n := len(w)
	switch {
	case n < 2:
		return w + "s"
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "x"), strings.HasSuffix(w, "z"), strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "sh"):
		return w + "es"
	case w[n-1] == 'y' && !isVowel(w[n-2]):
		return w[:n-1] + "ies"
	}
	return w + "s"
}

var oddPlurals = map[string]string{"child": "children", "man": "men", "woman": "women", "person": "people", "wife": "wives", "life": "lives",
	"half": "halves", "staff": "staff", "series": "series", "crisis": "crises", "criterion": "criteria", "analysis": "analyses", "hypothesis": "hypotheses",
	"diagnosis": "diagnoses", "basis": "bases", "police": "police", "people": "people", "shelf": "shelves", "self": "selves", "foot": "feet"}

// ing gives "sharing" for "share".
func ing(w string) string {
	n := len(w)
	switch {
	case w == "be":
		return "being"
	case strings.HasSuffix(w, "ie"):
		return w[:n-2] + "ying"
	case strings.HasSuffix(w, "ee"), strings.HasSuffix(w, "oe"), strings.HasSuffix(w, "ye"):
		return w + "ing"
	case w[n-1] == 'e':
		return w[:n-1] + "ing"
	case doubles(w):
		return w + w[n-1:] + "ing"
	}
	return w + "ing"
}

// past gives "shared" for a regular "share".
func past(w string) string {
	n := len(w)
	switch {
	case w[n-1] == 'e':
		return w + "d"
	case n > 1 && w[n-1] == 'y' && !isVowel(w[n-2]):
		return w[:n-1] + "ied"
	case doubles(w):
		return w + w[n-1:] + "ed"
	}
	return w + "ed"
}

// doubles tells whether the last consonant is doubled before -ed and -ing.
func doubles(w string) bool {
	switch w {
	case "travel", "trial", "cancel", "label", "model", "counsel", "level", "signal", "refer", "prefer", "transfer", "occur", "admit", "commit", "permit", "submit",
		"regret", "begin", "forget", "control", "enrol", "fulfil", "equip", "outwit", "reset", "upset", "overlap", "unpick", "kidnap", "handicap":
		return w != "unpick"
	}
	n := len(w)
	if n < 3 || isVowel(w[n-1]) || strings.IndexByte("wxy", w[n-1]) >= 0 || !isVowel(w[n-2]) || isVowel(w[n-3]) && !(n > 3 && w[n-3] == 'u' && w[n-4] == 'q') {
		return false
	}
	syllables := 0
	for i := 0; i < n; i++ {
		if isVowel(w[i]) && (i == 0 || !isVowel(w[i-1])) {
			syllables++
		}
	}
	return syllables == 1
}

// Ing gives the -ing form of a base verb.
func Ing(base string) string {
	if v, ok := loadLexis().verbs[base]; ok {
		return v.ing
	}
	return ing(base)
}

// Plural gives the plural of a singular noun.
func Plural(noun string) string { return plural(noun) }

// Known tells whether a lower-case word is an ordinary English word that this
// package has seen; names, places, slang and slips of the finger are not.
func Known(w string) bool {
	lx := loadLexis()
	if _, ok := lx.closed[w]; ok {
		return true
	}
	_, ok := lx.forms[w]
	return ok
}

// Common tells whether a lower-case word is one that people of the field use
// often. A word that is known but not common may be a name when it is written
// with a capital: Heather, Reading, Bishop.
func Common(w string) bool {
	lx := loadLexis()
	if _, ok := lx.closed[w]; ok {
		return true
	}
	e, ok := lx.forms[w]
	return ok && e.kinds&kRest == 0
}

// IsMass tells whether a noun has no plural.
func IsMass(w string) bool { return loadLexis().forms[w].kinds&kMass != 0 }

// IsPerson tells whether a noun means a person or people.
func IsPerson(w string) bool { return loadLexis().forms[w].kinds&kPerson != 0 }

// IsDeed tells whether a word is a verb's form as well as a noun: "stands",
// "starts".
func IsDeed(w string) bool { return loadLexis().forms[w].kinds&(kThird|kBase) != 0 }

// Lemmas gives the base forms of the verbs in a text.
func Lemmas(s string) []string {
	var out []string
	for _, w := range Parse(s) {
		if w.Lemma != "" && w.Lemma != w.Lower {
			out = append(out, w.Lemma)
		}
	}
	return out
}

// IsClause tells whether a text has a finite verb, or begins with one.
func IsClause(s string) bool {
	ws := Parse(s)
	return len(ws) > 1 && (hasFinite(ws) || ws[0].Lemma != "" && ws[0].Tag != Noun)
}
