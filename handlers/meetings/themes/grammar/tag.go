package grammar

import (
	"strings"
	"unicode"

	"cymar/handlers/meetings/themes/text"
)

// Tag is a part of speech in its place.
type Tag uint8

// The tags.
const (
	Noun Tag = iota
	Pron
	Det
	Poss // my, our
	Num
	Adj
	Adv
	Prep
	Conj
	Sub   // because, if, when
	Wh    // who, what, how
	Modal // can, should
	Be
	Have
	Do
	Not
	To
	Base   // share
	Third  // shares
	Past   // shared
	Partic // (been) shared
	IngV   // sharing
	There  // there is
	Intj   // please, yes
	Mark   // punctuation
)

// Word is a word with its tag.
type Word struct {
	Text  string // to be printed
	Lower string
	Tag   Tag
	Lemma string // base form of a verb, or ""
	Upper bool   // began with a capital where no sentence begins
}

// closedWords gives the small words, each with its usual tag.
func closedWords() map[string]Tag {
	closed := map[string]Tag{}
	put := func(t Tag, words string) {
		for w := range strings.FieldsSeq(words) {
			closed[w] = t
		}
	}
	put(Pron, "i you he she it we they me him us them myself yourself himself herself itself ourselves themselves someone somebody anyone anybody everyone everybody nobody no-one none something anything everything nothing mine ours yours theirs hers one ones each-other oneself others")
	put(Det, "a an the this that these those every each some any no all both another such either neither half several many much more most few fewer enough other")
	put(Poss, "my your his her its our their whose")
	put(Num, "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million once twice dozen")
	put(Prep, "of in on at for with by from about into onto over under between through during against without within across along around behind beyond near off out outside inside towards toward upon per via than like despite beside besides alongside among amongst throughout instead up down after before as including regarding except plus until since")
	put(Conj, "and or but nor yet")
	put(Sub, "because if when whenever while whilst although though unless whether so that where wherever whereas")
	put(Wh, "who what which how why whom whatever whoever")
	put(Modal, "will would can could may might shall should must ought cannot")
	put(Be, "am is are was were be been being")
	put(Have, "have has had having")
	put(Do, "do does did doing done")
	put(Not, "not never")
	put(To, "to")
	put(Adv, "very too also just only really even still again always often never sometimes usually already ever soon maybe perhaps quite rather almost now then here so well together instead apart away back else later earlier sooner twice once mostly partly mainly however therefore actually honestly basically probably certainly definitely literally simply nearly abroad yet")
	put(Intj, "please yes yeah yep no nope ok okay oh ah wow lol haha hi hello thanks sorry ta cheers hmm well")
	closed["there"] = There
	closed["not"], closed["never"] = Not, Not
	closed["so"] = Sub
	closed["yet"] = Adv
	closed["no"] = Det
	closed["well"] = Adv
	return closed
}

// Parse tags the words of one sentence of cleaned chat text.
func Parse(sentence string) []Word {
	toks := normal(text.Tokens(sentence))
	ws := make([]Word, 0, len(toks))
	for i, t := range toks {
		w := Word{Text: t.Text, Lower: t.Lower}
		if !t.Word {
			w.Tag = Mark
		} else if i > 0 {
			r := []rune(t.Text)
			w.Upper = unicode.IsUpper(r[0])
		}
		ws = append(ws, w)
	}
	lx := loadLexis()
	for i := range ws {
		if ws[i].Tag != Mark {
			lx.tag(ws, i)
		}
	}
	for i := range ws {
		lx.retag(ws, i)
	}
	return ws
}

// tag gives a word its likeliest tag, looking at what stands before it.
func (lx *lexis) tag(ws []Word, i int) {
	w := &ws[i]
	if t, ok := lx.closed[w.Lower]; ok {
		w.Tag = t
		lx.lemma(w)
		return
	}
	if w.Lower[0] >= '0' && w.Lower[0] <= '9' {
		w.Tag = Num
		return
	}
	e, known := lx.forms[w.Lower]
	if !known {
		e = guess(lx, w.Lower)
	}
	w.Lemma = e.base
	w.Tag = choose(e.kinds, before(ws, i))
}

func (lx *lexis) lemma(w *Word) {
	switch w.Tag {
	case Be:
		w.Lemma = "be"
	case Have:
		w.Lemma = "have"
	case Do:
		w.Lemma = "do"
	}
}

// before gives the tag of the word before i, adverbs and "not" left out; Mark
// at the beginning.
func before(ws []Word, i int) Tag {
	for k := i - 1; k >= 0; k-- {
		if ws[k].Tag == Adv || ws[k].Tag == Not {
			continue
		}
		return ws[k].Tag
	}
	return Mark
}

// guess judges an unknown word by its ending.
func guess(lx *lexis, w string) entry {
	if i := strings.LastIndexByte(w, '-'); i > 0 {
		if e, ok := lx.forms[w[i+1:]]; ok {
			if e.kinds&(kPartic|kIng) != 0 {
				return entry{kinds: kAdj}
			}
			return entry{kinds: e.kinds &^ (kBase | kThird | kPast)}
		}
	}
	switch {
	case strings.HasSuffix(w, "ly"):
		return entry{kinds: kAdv}
	case comparative(lx, w):
		return entry{kinds: kAdj}
	case hasAny(w, "ful", "less", "able", "ible", "ical", "ous", "ive", "ish"):
		return entry{kinds: kAdj}
	case strings.HasSuffix(w, "ing") && len(w) > 5:
		return entry{kinds: kIng | kNoun}
	case strings.HasSuffix(w, "ed") && len(w) > 4:
		return entry{kinds: kPast | kPartic}
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 3:
		return entry{kinds: kNoun | kPlural}
	}
	return entry{kinds: kNoun}
}

// comparative tells whether a word is an adjective with -er or -est.
func comparative(lx *lexis, w string) bool {
	for _, end := range []string{"er", "est"} {
		b, ok := strings.CutSuffix(w, end)
		if !ok || len(b) < 3 {
			continue
		}
		for _, c := range []string{b, b + "e", strings.TrimSuffix(b, "i") + "y", b[:len(b)-1]} {
			if lx.forms[c].kinds&kAdj != 0 {
				return true
			}
		}
	}
	return false
}

func hasAny(w string, endings ...string) bool {
	for _, e := range endings {
		if strings.HasSuffix(w, e) && len(w) > len(e)+2 {
			return true
		}
	}
	return false
}

// choose settles between the kinds that a word can be.
func choose(k kind, prev Tag) Tag {
	nounish := prev == Det || prev == Poss || prev == Adj || prev == Num
	verbish := prev == To || prev == Modal || prev == Do || prev == Pron
	switch {
	case verbish && k&kBase != 0 && prev != Pron:
		return Base
	case prev == Wh && k&kThird != 0:
		return Third
	case prev == Pron && k&kPast != 0:
		return Past
	case prev == Pron && k&(kBase|kThird) != 0:
		if k&kThird != 0 {
			return Third
		}
		return Base
	case (prev == Be || prev == Have) && k&kPartic != 0:
		return Partic
	case prev == Be && k&kIng != 0:
		return IngV
	case nounish && k&kAdj != 0 && k&kNoun == 0:
		return Adj
	case nounish && k&kNoun != 0 && k&kAdj != 0:
		return Adj // settled by what follows; see retag
	case nounish && k&kNoun != 0:
		return Noun
	case nounish && k&(kPartic|kIng) != 0:
		return Adj
	case nounish && k&kBase != 0 && prev != Num:
		return Noun
	}
	return plainChoice(k)
}

func plainChoice(k kind) Tag {
	switch {
	case k&kAdj != 0 && k&(kNoun|kBase) == 0:
		return Adj
	case k&kAdv != 0 && k&(kNoun|kAdj) == 0:
		return Adv
	case k&kIng != 0:
		return IngV
	case k&kPast != 0 && k&kNoun == 0:
		return Past
	case k&kPartic != 0 && k&kNoun == 0:
		return Partic
	case k&kNoun != 0:
		return Noun
	case k&kAdj != 0:
		return Adj
	case k&kBase != 0:
		return Base
	case k&kThird != 0:
		return Third
	case k&kAdv != 0:
		return Adv
	}
	return Noun
}

// retag looks at what follows: an adjective with no noun after it may be a
// noun, a noun before a determiner may be a verb.
func (lx *lexis) retag(ws []Word, i int) {
	w := &ws[i]
	k := lx.forms[w.Lower].kinds
	next, prev := Mark, Mark
	if i+1 < len(ws) {
		next = ws[i+1].Tag
	}
	if i > 0 {
		prev = ws[i-1].Tag
	}
	switch {
	case prev == Prep && i > 0 && ws[i-1].Lower == "of" && w.Lower == "course":
		w.Tag = Adv
	case w.Tag == Adj && k&kNoun != 0 && next != Noun && next != Adj && next != IngV && prev != Be && prev != Adv:
		w.Tag = Noun
	case w.Tag == Noun && prev == Noun && mostlyVerbs[w.Lower]:
		w.Tag = Third
	case w.Tag == Noun && k&kNoun != 0 && (nextIs(ws, i, "for") || nextIs(ws, i, "of")) && !(k&kBase != 0 && i == 1 && IsPerson(ws[0].Lower) && isPlural(lx, ws[0].Lower) && lacksVerb(ws, i)):
	case w.Tag == Noun && (prev == Noun || prev == Adv) && finiteAfter(ws, i) && k&(kBase|kThird) != 0 && (opens(next) || next == Mark || next == IngV && IsNoun(ws[i+1].Lower)) && lacksVerb(ws, i):
		w.Tag = Base
		if k&kThird != 0 && k&kBase == 0 {
			w.Tag = Third
		}
	case w.Tag == Past && prev == Prep && next == Noun && k&kPartic != 0:
		w.Tag = Adj // "on escorted leave"
	case w.Tag == Past && next != Det && next != Poss && prev == Noun && k&kPartic != 0 && hasFinite(ws[i+1:]):
		w.Tag = Partic
	case w.Tag == Partic && k&kBase != 0 && prev == Noun && isPlural(lx, ws[i-1].Lower) && lacksVerb(ws, i):
		w.Tag = Base // "adverts come out"
	case w.Lower == "that" && prev != Noun && (next == Prep || i+2 < len(ws) && ws[i+1].Lower == "as" && ws[i+2].Lower == "well"):
		w.Tag = Pron // "hold that as well"
	case w.Lower == "that" && next == Noun && prev != Noun:
		w.Tag = Det
	case w.Lower == "that" && (next == Mark || next == Conj || next == Be || next == Modal || next == Third || next == Past):
		w.Tag = Pron
	case w.Lower == "like" && (prev == Pron || prev == Modal || prev == Noun && next == Det && !hasFinite(ws[:i]) && !hasFinite(ws[i+1:])):
		w.Tag, w.Lemma = Base, "like"
	case w.Lower == "her" && next != Noun && next != Adj && next != IngV:
		w.Tag = Pron
	}
}

// mostlyVerbs can be plural nouns, but after a noun they seldom are.
var mostlyVerbs = setOf("covers says shows needs helps wants works makes means gets goes takes comes looks feels asks tells gives keeps lets runs starts stops sits stands thinks uses matters counts")

func nextIs(ws []Word, i int, lower string) bool {
	return i+1 < len(ws) && ws[i+1].Lower == lower
}

// lacksVerb tells whether the clause around i has no finite verb but perhaps i.
func lacksVerb(ws []Word, i int) bool {
	from, to := i, i+1
	for from > 0 && !clauseEdge(ws[from-1]) {
		from--
	}
	for to < len(ws) && !clauseEdge(ws[to]) {
		to++
	}
	return !hasFinite(ws[from:i]) && !hasFinite(ws[i+1:to])
}

func clauseEdge(w Word) bool {
	return w.Tag == Mark || w.Tag == Sub || w.Lower == "before" || w.Lower == "after" || w.Lower == "until" || w.Tag == Wh || w.Tag == Conj && w.Lower != "and" && w.Lower != "or"
}

// finiteAfter tells whether a noun at i can be the verb: its number agrees
// with the noun before it.
func finiteAfter(ws []Word, i int) bool {
	j := i - 1
	for j >= 0 && ws[j].Tag == Adv {
		j--
	}
	if j < 0 || ws[j].Tag != Noun {
		return false
	}
	lx := loadLexis()
	pl := isPlural(lx, ws[j].Lower)
	third := lx.forms[ws[i].Lower].kinds&kThird != 0
	return pl != third || collective[ws[j].Lower] && !third
}

// collective nouns may take a plural verb.
var collective = setOf("hr team board council management staff trust committee panel union police")

func isPlural(lx *lexis, w string) bool {
	e, ok := lx.forms[w]
	if ok {
		return e.kinds&kPlural != 0 || w == "people" || w == "staff"
	}
	if c := capitals[w]; c != "" && c == strings.ToUpper(w) {
		return false // "DBS"
	}
	return strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss")
}

// opens tells whether a tag can follow a verb but seldom a noun.
func opens(t Tag) bool {
	return t == Det || t == Poss || t == Pron || t == Prep || t == Adv || t == To || t == Adj || t == Not || t == Num || t == Wh || t == Noun || t == Sub
}

// hasFinite tells whether there is a finite verb among the words.
func hasFinite(ws []Word) bool {
	for i := range ws {
		switch ws[i].Tag {
		case Modal, Third, Past:
			return true
		case Be:
			if ws[i].Lower != "be" && ws[i].Lower != "been" && ws[i].Lower != "being" {
				return true
			}
		case Have:
			if ws[i].Lower != "having" {
				return true
			}
		case Do:
			if ws[i].Lower != "doing" && ws[i].Lower != "done" {
				return true
			}
		case Base:
			if i > 0 && (ws[i-1].Tag == Noun || ws[i-1].Tag == Pron || ws[i-1].Tag == Adv) {
				return true
			}
		}
	}
	return false
}
