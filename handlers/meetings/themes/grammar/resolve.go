package grammar

import "strings"

// Resolve puts the subject of the sentence before for the "they" or "it" with
// which a sentence begins, where nothing else can be meant: "Adverts cost money.
// They never reach older people". Otherwise it gives the sentence as it is.
func (r Rules) Resolve(before, sentence string) string {
	first, _, _ := strings.Cut(strings.ToLower(sentence), " ")
	if first != "they" && first != "it" || len(before) > longest || len(sentence) > longest {
		return sentence
	}
	ws := trim(Parse(sentence))
	if len(ws) < 4 || ws[0].Tag != Pron || !isFinite(ws, 1) && ws[1].Tag != Adv && ws[1].Tag != Not && ws[1].Tag != Base || first == "it" && (ws[1].Lower == "is" || ws[1].Lower == "was") {
		return sentence
	}
	prev := trim(Parse(before))
	if len(prev) < 3 {
		return sentence
	}
	v := verbAt(prev)
	if v <= 0 {
		return sentence
	}
	v = beforeAdverbs(prev, v)
	subj, who, ok := r.subject(prev[:v])
	if !ok || len(subj) == 0 || subj[0].Tag == There || indefinite[subj[0].Lower] || (who == agentPlural) != (first == "they") || rival(prev[v:], first == "they") {
		return sentence
	}
	return Print(subj) + " " + Print(ws[1:])
}

// rival tells whether words hold something else that the pronoun could mean.
func rival(ws []Word, many bool) bool {
	for _, w := range ws {
		if w.Tag == Noun && isPlural(loadLexis(), w.Lower) == many && !spans[w.Lower] && !IsPerson(w.Lower) == !many {
			return true
		}
	}
	return false
}
