package grammar

import "strings"

// Promise gives what somebody undertakes in a sentence as a bare verb phrase
// ("draft a one-page note"), true with an empty text where the object is left
// to what went before ("will do"), or false where nothing is promised.
func (r Rules) Promise(sentence string) (string, bool) {
	ws := trim(Parse(sentence))
	for i := range ws {
		n := promiseAt(ws, i)
		if n == 0 {
			continue
		}
		return r.promised(ws[n:])
	}
	return "", false
}

// promiseAt gives where the promised verb begins, when a promise begins at i;
// or 0.
func promiseAt(ws []Word, i int) int {
	rest := ws[i:]
	for _, p := range promises {
		if len(rest) >= len(p) && starts(rest, p) {
			n := i + len(p)
			for n < len(ws) && ws[n].Tag == Adv {
				n++
			}
			return n
		}
	}
	if i == 0 && len(rest) > 1 && rest[0].Lower == "will" && rest[1].Tag == Base {
		return 1
	}
	return 0
}

var promises = [][]string{strings.Fields("i will"), strings.Fields("i can"), strings.Fields("let me"), strings.Fields("happy to"), strings.Fields("we will"),
	strings.Fields("i could"), strings.Fields("i am going to"), strings.Fields("i am happy to"), strings.Fields("shall i"), strings.Fields("we could look at"), strings.Fields("i have said i will")}

// promised words what follows "I will".
func (r Rules) promised(ws []Word) (string, bool) {
	if len(ws) == 0 || ws[0].Tag != Base && ws[0].Tag != Do && ws[0].Tag != Have && loadLexis().forms[ws[0].Lower].kinds&kBase == 0 {
		return "", false
	}
	if ws[0].Lower == "do" && len(ws) <= 4 {
		return "", true
	}
	switch ws[0].Lower {
	case "not", "be", "have", "say", "admit", "stop", "leave", "go":
		return "", false // "I'll be honest", "I can say"
	}
	words := []Word{ws[0]}
	for i := 1; i < len(ws); i++ {
		w := ws[i]
		if _, ok := r.word(ws, i, agentPlural, 1); !ok && w.Lower != "my" || w.Tag == Mark && (w.Text != "," || i+1 < len(ws) && ws[i+1].Tag != Noun && ws[i+1].Tag != Det && ws[i+1].Tag != Adj) || w.Tag == Conj && i+1 < len(ws) && newClause(ws[i+1:]) {
			break
		}
		if w.Lower == "our" || w.Lower == "my" {
			w = Word{Text: "the", Lower: "the", Tag: Det}
		}
		words = append(words, w)
	}
	words = trimEnd(words)
	for i := 1; i < len(words); i++ {
		if words[i-1].Tag == Conj && words[i].Tag == Base && loadLexis().verbs[words[i].Lower].base != "" {
			words = trimEnd(words[:i]) // "ask the team and report back": one thing at a time
		}
	}
	for len(words) > 1 && (!goodEnd(words) || words[len(words)-1].Tag == Prep && ws[1].Tag != Prep) {
		words = trimEnd(words[:len(words)-1])
	}
	if len(words) < 2 || has(words, "who") || has(words, "which") {
		return "", true // cut short, or nothing but a verb
	}
	return Print(words), true
}

// Thing gives a noun phrase with its article and what belongs to it: "a
// completed form for an online group". It gives "" where a word is not known.
func (r Rules) Thing(ws []Word, p Phrase) string {
	from := indexOf(ws, p)
	if from < 0 {
		return ""
	}
	end := from + len(p.Words)
	words, ok := r.settle(p.Words, agentNone)
	if !ok {
		return ""
	}
	if end < len(ws) && ws[end].Tag == Prep && (ws[end].Lower == "for" || ws[end].Lower == "of" || ws[end].Lower == "on" || ws[end].Lower == "about" || ws[end].Lower == "with" || ws[end].Lower == "from") {
		if more, ok := r.settle(prepRun(ws, end), agentPlural); ok {
			words = append(words, more...)
		}
	}
	return article(p, words) + Print(words)
}

// prepRun gives a preposition with the noun phrase after it.
func prepRun(ws []Word, i int) []Word {
	k := i + 1
	for k < len(ws) && (ws[k].Tag == Det || ws[k].Tag == Poss || ws[k].Tag == Num) {
		k++
	}
	end := nounRun(ws, k)
	if end == 0 {
		return nil
	}
	if end+1 < len(ws) && ws[end].Tag == Conj {
		if more := nounRun(ws, end+1); more > 0 {
			end = more
		}
	}
	return ws[i:end]
}

func indexOf(ws []Word, p Phrase) int {
	for i := range ws {
		if len(p.Words) > 0 && &ws[i] == &p.Words[0] {
			return i
		}
	}
	return -1
}

// article gives what must stand before a noun phrase in running text.
func article(p Phrase, words []Word) string {
	if len(words) == 0 || p.Plural || IsMass(p.Head) {
		return ""
	}
	switch p.Det {
	case "a", "an", "any", "":
		return aOrAn(words[0].Lower) + " "
	}
	return "the "
}

// aOrAn gives the article that fits the sound of a word.
func aOrAn(w string) string {
	switch {
	case w == "":
		return "a"
	case w == "mou", strings.HasPrefix(w, "uni") && !strings.HasPrefix(w, "unin"), strings.HasPrefix(w, "use"), strings.HasPrefix(w, "one"), strings.HasPrefix(w, "euro"):
		if w == "mou" {
			return "an"
		}
		return "a"
	case w == "sop", w == "hr", w == "mdt", w == "nhs", w == "rct", w == "icb", w == "hour", strings.HasPrefix(w, "hon"):
		return "an"
	case isVowel(w[0]):
		return "an"
	}
	return "a"
}
