package grammar

import "strings"

// agent says whom "we", "you" and "they" mean in what is reported.
type agent uint8

const (
	agentNone    agent = iota
	agentPlural        // people, services: "their", "them"
	agentService       // one service that does something to others
	agentSelf          // one person, of whom nothing is known: "their", "them"
	agentThing         // one thing: "it", "its"
)

// deictic words point at something outside the sentence.
var deictic = map[string]bool{"this": true, "that": true, "these": true, "those": true, "such": true, "another": true, "both": true, "either": true, "neither": true, "other": true}

// cutClause ends a stretch where a new main clause begins: after a comma or
// "and" with a subject of its own, at "but", "so", "which".
func cutClause(ws []Word) []Word {
	for i, w := range ws {
		switch {
		case w.Tag == Mark && w.Text != "," && w.Text != "'":
			return ws[:i]
		case w.Lower == "but" && (i+1 == len(ws) || ws[i+1].Tag != Not):
			return nil // what follows is the point; half of it would mislead
		case w.Lower == "which" || w.Lower == "so" && i > 0 && !(i+1 < len(ws) && (ws[i+1].Tag == Adj || ws[i+1].Tag == Partic || ws[i+1].Lower == "much" || ws[i+1].Lower == "many")):
			return trimEnd(ws[:i])
		case w.Tag == Mark && i+1 < len(ws) && newClause(ws[i+1:]):
			return trimEnd(ws[:i])
		case w.Tag == Conj && i+1 < len(ws) && newClause(ws[i+1:]):
			return trimEnd(ws[:i])
		}
	}
	return trimEnd(ws)
}

// newClause tells whether words begin with a subject and its verb.
func newClause(ws []Word) bool {
	for i := 0; i < len(ws) && i < 5; i++ {
		switch ws[i].Tag {
		case Conj, Mark:
			if i == 0 {
				continue
			}
			return false
		case Pron:
			return i+1 < len(ws) && isFinite(ws, i+1)
		case Det, Poss, Adj, Noun, Num, Adv, Prep, There, IngV, Not:
			continue
		default:
			return i > 0 && isFinite(ws, i)
		}
	}
	return false
}

func isFinite(ws []Word, i int) bool {
	switch ws[i].Tag {
	case Modal, Third, Past:
		return true
	case Base:
		return i > 0 && (ws[i-1].Tag == Pron || ws[i-1].Tag == Noun || ws[i-1].Tag == Wh || (ws[i-1].Tag == Adv || ws[i-1].Lower == "never") && i > 1)
	case Be:
		l := ws[i].Lower
		return l == "is" || l == "are" || l == "was" || l == "were" || l == "am"
	case Have:
		return ws[i].Lower != "having"
	case Do:
		return ws[i].Lower == "do" || ws[i].Lower == "does" || ws[i].Lower == "did"
	}
	return false
}

// settle checks every word of what follows a verb, and puts pronouns right.
// It fails where a word points outside, names somebody or is not known.
func (r Rules) settle(ws []Word, who agent) ([]Word, bool) {
	out := make([]Word, 0, len(ws))
	seen := who // what a later "they" may refer to
	things, people := 0, false
	if who == agentThing {
		things++ // "a plan needs someone who follows it up"
	}
	for i, w := range ws {
		n, ok := r.word(ws, i, seen, things)
		if w.Lower == "them" && !people && who != agentSelf && !(who == agentService && seen == agentPlural) {
			ok = false // a subject is not its own object
		}
		if !ok {
			return cutBack(ws, out, i)
		}
		switch {
		case w.Tag == Noun && isPlural(loadLexis(), w.Lower), w.Lower == "people", w.Lower == "someone", w.Lower == "everyone", w.Tag == Noun && IsPerson(w.Lower):
			seen, people = agentPlural, true
		case w.Tag == Noun:
			things++
		}
		if n.Text != "" {
			out = append(out, n)
		}
	}
	if k := contrast(out); len(out) > 0 && !goodEnd(out) && k > 3 {
		out = out[:k]
	}
	return out, len(out) == 0 || goodEnd(out)
}

// contrast gives where what something is not begins: ", not as a prize"; or 0.
func contrast(ws []Word) int {
	for i := range ws {
		if ws[i].Text == "," && i+1 < len(ws) && ws[i+1].Tag == Not {
			return i
		}
	}
	return 0
}

// cutBack ends a stretch before a word that cannot be printed, where what is
// left stands by itself: before "for you", "at ours", before "and" and "because".
func cutBack(ws, out []Word, i int) ([]Word, bool) {
	n := len(out)
	switch {
	case n > 0 && out[n-1].Lower == "of":
		return nil, false
	case n > 3 && i == len(ws)-1 && (out[n-1].Tag == Prep || out[n-1].Tag == To):
		out = trimEnd(out[:n-1])
	case n > 3 && out[n-1].Tag == Mark && !limits(ws[i:]):
		out = trimEnd(out)
	case n > 3 && (out[n-1].Tag == Conj && out[n-1].Lower == "and" || out[n-1].Lower == "because" || out[n-1].Lower == "like"):
		out = trimEnd(out[:n-1])
	case phraseless(out) > 3 && len(ws)-i <= 3 && !limits(ws[i:]):
		out = trimEnd(out[:phraseless(out)])
	default:
		k := lastAnd(out)
		if k < 4 || limits(ws[i:]) {
			return nil, false
		}
		out = trimEnd(out[:k])
	}
	return out, len(out) > 2 && goodEnd(out)
}

// phraseless gives where the phrase begins that words end in the middle of: "in
// the first …"; or 0.
func phraseless(ws []Word) int {
	k := len(ws)
	for k > 0 && (ws[k-1].Tag == Det || ws[k-1].Tag == Adj || ws[k-1].Tag == Num) {
		k--
	}
	if k == 0 || ws[k-1].Tag != Prep {
		return 0
	}
	switch ws[k-1].Lower {
	case "of", "without", "except", "until", "than", "like", "as", "against", "despite", "between":
		return 0
	}
	return k - 1
}

// lastAnd gives the place of the last "and" with a verb behind it, or 0.
func lastAnd(ws []Word) int {
	for k := len(ws) - 1; k > 0; k-- {
		if ws[k].Lower == "and" || ws[k].Lower == "because" {
			for _, w := range ws[k:] {
				if w.Tag == Base || w.Tag == Third || w.Tag == Modal || w.Tag == Be || w.Tag == Have || w.Tag == Pron {
					return k
				}
			}
			return 0
		}
	}
	return 0
}

// limits tells whether words that are cut off would have limited what is left.
func limits(ws []Word) bool {
	for _, w := range ws {
		switch w.Lower {
		case "if", "unless", "only", "but", "not", "when", "never", "until", "except", "or":
			return true
		}
	}
	return false
}

// word gives what stands for one word, an empty one where it is left out.
func (r Rules) word(ws []Word, i int, seen agent, things int) (Word, bool) {
	w := ws[i]
	switch w.Lower {
	case "i", "me", "my", "mine", "myself", "he", "she", "him", "her", "his", "hers", "himself", "herself", "ours", "yours", "ourselves", "yourself", "we", "us":
		return w, false
	case "you", "your", "yourselves":
		return w, false
	case "our":
		if i+1 < len(ws) && ws[i+1].Lower == "own" {
			return Word{Text: "their", Lower: "their", Tag: Poss}, true
		}
		return ourWord(ws, i), true
	case "they", "them", "their", "themselves", "theirs":
		return w, seen == agentPlural || seen == agentSelf
	case "it", "its", "itself":
		return w, w.Tag == Det || (things > 0 || seen == agentThing) && !(i+1 == len(ws) && i > 0 && (ws[i-1].Lower == "of" || ws[i-1].Lower == "for")) || pointsAhead(ws, i)
	case "there", "here":
		if w.Tag == There && i+1 < len(ws) && ws[i+1].Tag == Be {
			return w, true
		}
		return w, false
	case "one", "ones", "some", "none", "others":
		return w, i+1 < len(ws) && (w.Lower == "one" || w.Lower == "some") || w.Lower == "one" && i > 0 && (ws[i-1].Lower == "day" || ws[i-1].Lower == "week")
	}
	if w.Lower == "either" && (i+1 == len(ws) || ws[i+1].Lower == "way" || ws[i+1].Tag == Sub || ws[i+1].Tag == Prep) {
		return Word{}, true // "it is not neutral either"
	}
	if w.Lower == "way" && i > 0 && ws[i-1].Lower == "either" {
		return Word{}, true
	}
	if (w.Lower == "those" || w.Lower == "these") && i > 1 && ws[i-1].Tag == Prep && i+1 < len(ws) && isPlural(loadLexis(), ws[i+1].Lower) && !IsPerson(ws[i+1].Lower) && !spans[ws[i+1].Lower] && ws[i+1].Tag == Noun {
		return Word{Text: "such", Lower: "such", Tag: Det}, true // "essential for those posts"
	}
	if deictic[w.Lower] {
		return w, pointsWithin(ws, i)
	}
	if w.Tag == Num && i > 0 && (ws[i-1].Lower == "the" || ws[i-1].Lower == "last") && (i+1 == len(ws) || ws[i+1].Tag != Noun && ws[i+1].Tag != Adj) {
		return w, false // "the two": which?
	}
	if w.Tag == Mark {
		return w, w.Text == ","
	}
	if empty[w.Lower] {
		return Word{}, true
	}
	if n := spelledOut(ws, i); n != "" {
		return Word{Text: n, Lower: n, Tag: Num}, true
	}
	return w, r.printable(w)
}

// ourWord: "our peers" → peers; "our team" → the team.
func ourWord(ws []Word, i int) Word {
	for j := i + 1; j < len(ws); j++ {
		if ws[j].Tag != Noun {
			continue
		}
		if j+1 < len(ws) && ws[j+1].Tag == Noun {
			continue
		}
		if isPlural(loadLexis(), ws[j].Lower) || IsMass(ws[j].Lower) {
			return Word{}
		}
		break
	}
	return Word{Text: "the", Lower: "the", Tag: Det}
}

// pointsWithin tells whether "that", "such" and the like stay within the
// sentence: a conjunction, a relative, "such as".
func pointsWithin(ws []Word, i int) bool {
	switch ws[i].Lower {
	case "that":
		return i > 0 && (ws[i].Tag == Sub || ws[i-1].Tag == Noun && i+2 < len(ws) && ws[i+1].Tag == Third)
	case "such":
		return i+1 < len(ws) && (ws[i+1].Lower == "as" || ws[i+1].Lower == "a")
	case "another", "other":
		return i+1 < len(ws) && ws[i+1].Tag == Noun
	case "both", "either", "neither":
		if i+1 < len(ws) && ws[i+1].Tag == Conj {
			return false // "supporting both and the carer": both of whom?
		}
		if end := nounRun(ws, i+1); ws[i].Lower == "both" && end > 0 && (isPlural(loadLexis(), ws[end-1].Lower) || end < len(ws) && ws[end].Tag == Third) {
			return true // "in both languages"
		}
		for _, w := range ws[i+1:] {
			if w.Tag == Conj {
				return true
			}
		}
	}
	return false
}

// printable tells whether a content word may be printed.
func (r Rules) printable(w Word) bool {
	if w.Lower[0] >= '0' && w.Lower[0] <= '9' || slang[w.Lower] {
		return false
	}
	if capitals[w.Lower] != "" {
		return true
	}
	if r.Name != nil && w.Text != w.Lower && r.Name(w.Text) {
		return false
	}
	if w.Upper && capitals[w.Lower] == "" && !Common(w.Lower) {
		return false
	}
	if Known(w.Lower) || capitals[w.Lower] != "" {
		return true
	}
	if base, ok := strings.CutSuffix(w.Lower, "'s"); ok && Known(base) {
		return true
	}
	if base, ok := strings.CutSuffix(w.Lower, "s'"); ok && Known(base+"s") {
		return true
	}
	for part := range strings.SplitSeq(w.Lower, "-") {
		if !Known(part) && (r.Known == nil || !r.Known(w.Lower)) {
			return false
		}
	}
	return true
}

var slang = setOf(`daft stupid silly weird mad crap rubbish bloke blokes lad lads stuff bits knackered gutted sod damn hell bloody idiot nonsense nuts insane
	awful horrible terrible ridiculous pathetic joke laugh lol dead killer kill bum arse shit okay ok yeah nope gonna ish bit lot lots thing things
	hiya cheers ta innit dunno reckon loads tons heaps funny lovely nice fab brilliant amazing gold fancy oh hey cuppa anymore tomorrow yesterday today
	tonight earlier pls plz please mate guys anyway`)

// goodEnd tells whether words can end a phrase.
func goodEnd(ws []Word) bool {
	w := ws[len(ws)-1]
	switch w.Tag {
	case Wh: // "who is told what"
		return len(ws) > 3 && has(ws[:len(ws)-1], "who") && (ws[len(ws)-2].Tag == Partic || ws[len(ws)-2].Tag == Third || ws[len(ws)-2].Tag == Past)
	case Be: // "explaining what a payment is"
		return has(ws, "what") || has(ws, "how") || has(ws, "where") || has(ws, "who")
	case Do:
		return w.Lower == "done" && len(ws) > 2 && (ws[len(ws)-2].Tag == Noun || ws[len(ws)-2].Tag == IngV)
	case Det, Poss, Num, Conj, Sub, Modal, To, Mark, Not, Prep, Have:
		if n := len(ws); n > 2 && (w.Lower == "before" || w.Lower == "after") && spans[ws[n-2].Lower] {
			return true // "two weeks before"
		}
		if n := len(ws); n > 2 && w.Lower == "on" && (ws[n-2].Tag == Partic || ws[n-2].Tag == Past) {
			return true // "what is passed on"
		}
		return w.Tag == Prep && (w.Lower == "in" || w.Lower == "up" || w.Lower == "out" || w.Lower == "down" || w.Lower == "off" || w.Lower == "over" || w.Lower == "outside" || w.Lower == "inside" || w.Lower == "around" || w.Lower == "through") || w.Lower == "all"
	}
	return true
}
