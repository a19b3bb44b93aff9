package grammar

import "strings"

// Ask turns a question into an indirect one: "whether charity peers can read
// the record", "who supervises the senior peers". It fails where a pronoun
// would be left without its meaning.
func (r Rules) Ask(sentence string) (string, bool) {
	if len(sentence) > longest || strings.ContainsAny(sentence, `"@£%/[]{}:=<>|~`) {
		return "", false
	}
	ws := trim(Parse(sentence))
	ws, clause := preamble(ws)
	if len(ws) < 3 || ws[0].Lower == "what" && ws[1].Lower == "about" || ws[0].Lower == "how" && ws[1].Lower == "about" {
		return "", false
	}
	ws = firstQuestion(ws)
	var words []Word
	var ok bool
	switch {
	case ws[0].Lower == "any" && nounRun(ws, 1) > 0:
		words, ok = r.anyThing(ws)
	case ws[0].Tag == Wh || ws[0].Lower == "when" || ws[0].Lower == "where":
		words, ok = r.whQuestion(ws)
	case clause:
		return r.whether(ws)
	case isAux(ws[0]):
		words, ok = r.yesNo(ws)
	}
	for ok && len(words) > 3 && (words[len(words)-1].Lower == "then" || words[len(words)-1].Lower == "though") {
		words = words[:len(words)-1]
	}
	if n := len(words); !ok || turnedWithin(words) || count(words) < 3 || count(words) > 22 || n > 3 && words[n-2].Tag == Wh && words[n-1].Tag == Noun {
		return "", false
	}
	return Print(words), true
}

// turnedWithin tells whether a second question stands within the first: "what
// people say when somebody asks should they go".
func turnedWithin(ws []Word) bool {
	for i := 3; i+1 < len(ws); i++ {
		if (ws[i].Tag == Modal || ws[i].Tag == Do) && ws[i+1].Tag == Pron && !indefinite[ws[i+1].Lower] && ws[i-1].Tag != Noun && ws[i-1].Tag != Pron {
			return true
		}
	}
	return false
}

// secondVerb tells whether words that follow a verb have another of their own.
func secondVerb(ws []Word) bool {
	for i, w := range ws {
		switch {
		case w.Tag == Sub || w.Tag == Wh || w.Tag == Conj || w.Tag == Mark || w.Lower == "that":
			return false
		case i > 0 && w.Tag == Third && ws[i-1].Tag == Noun:
			return true
		}
	}
	return false
}

// preamble takes "can I ask", "question:" and the like from a question.
// It tells whether what is left is a clause, as after "does anyone know if".
func preamble(ws []Word) ([]Word, bool) {
	for i := 1; i+5 < len(ws) && ws[0].Lower != "if"; i++ {
		if ws[i].Lower == "know" && (ws[i-1].Lower == "anyone" || ws[i-1].Lower == "we" || ws[i-1].Lower == "people") {
			ws = ws[i+1:]
			break
		}
	}
	clause := len(ws) > 4 && (ws[0].Lower == "if" || ws[0].Lower == "whether")
	if clause {
		ws = ws[1:]
	}
	for _, p := range askOpeners {
		if n := len(p); len(ws) > n+3 && starts(ws, p) {
			ws = ws[n:]
			for len(ws) > 0 && ws[0].Tag == Mark {
				ws = ws[1:]
			}
			clause = clause || p[0] == "if"
		}
	}
	return ws, clause
}

// whether reports a clause that stood behind "does anyone know if".
func (r Rules) whether(ws []Word) (string, bool) {
	s, ok := r.clause(ws, Opinion)
	if !ok || s.Words < count(ws)-2 {
		return "", false
	}
	return "whether " + s.Text, true
}

var askOpeners = [][]string{strings.Fields("can i ask"), strings.Fields("could i ask"), strings.Fields("may i ask"), strings.Fields("i wonder"),
	strings.Fields("i was wondering"), strings.Fields("just wondering"), strings.Fields("wondering"), strings.Fields("does anyone know"),
	strings.Fields("does anybody know"), strings.Fields("do we know"), strings.Fields("anyone know"), strings.Fields("do people know"), strings.Fields("any idea"), strings.Fields("if")}

// firstQuestion cuts what follows the question itself: a second one after a
// comma and "or", an afterthought.
func firstQuestion(ws []Word) []Word {
	for i, w := range ws {
		if i < 3 {
			continue
		}
		switch {
		case w.Tag == Mark && i+1 < len(ws) && (isAux(ws[i+1]) || ws[i+1].Tag == Wh || ws[i+1].Tag == Pron && ws[i+1].Lower != "it"):
			return ws[:i]
		case w.Tag == Conj && w.Lower == "or" && i+2 < len(ws) && (isAux(ws[i+1]) || ws[i+1].Tag == Pron):
			return ws[:i]
		case w.Tag == Conj && w.Lower == "and" && i+2 < len(ws) && (isAux(ws[i+1]) || ws[i+1].Tag == Wh):
			return ws[:i]
		}
	}
	return ws
}

func isAux(w Word) bool {
	switch w.Tag {
	case Modal, Do:
		return w.Lower != "done" && w.Lower != "doing"
	case Be:
		return w.Lower == "is" || w.Lower == "are" || w.Lower == "was" || w.Lower == "were"
	case Have:
		return w.Lower == "has" || w.Lower == "have"
	}
	return false
}

// anyThing: "any ideas on endings" → ideas on endings; "any answer" → an answer.
func (r Rules) anyThing(ws []Word) ([]Word, bool) {
	words, ok := r.settle(cutClause(ws[1:]), agentPlural)
	if !ok || len(words) == 0 {
		return nil, false
	}
	if run := nounRun(words, 0); run > 0 && !isPlural(loadLexis(), words[run-1].Lower) && !IsMass(words[run-1].Lower) {
		words = append(Parse(aOrAn(words[0].Lower)), words...) // "any answer on the title"
	}
	return words, true
}

// whQuestion turns "how do people draw the line" round.
func (r Rules) whQuestion(ws []Word) ([]Word, bool) {
	k := 1
	for k < len(ws) && k < 5 && !isAux(ws[k]) && !isFinite(ws, k) {
		if ws[k].Tag == Pron || ws[k].Tag == Mark {
			return nil, false
		}
		k++
	}
	if k >= len(ws) {
		return nil, false
	}
	head, ok := r.settle(ws[:k], agentNone)
	if !ok && k > 1 {
		return nil, false
	}
	if !ok || len(head) == 0 {
		head = ws[:1]
	}
	if k == 1 && isAux(ws[k]) && secondVerb(ws[k+1:]) {
		return nil, false // "who is on the panel counts for more": no question
	}
	if !isAux(ws[k]) || k+1 < len(ws) && subjectEnd(ws, k+1) == k+1 {
		rest, ok := r.settle(cutClause(ws[k:]), agentPlural) // "who supervises the senior peers", "who is responsible"
		return append(head, rest...), ok
	}
	rest, ok := r.turn(ws[k:])
	return append(head, rest...), ok
}

// yesNo turns "can peers read the record" into "whether peers can read it".
func (r Rules) yesNo(ws []Word) ([]Word, bool) {
	rest, ok := r.turn(ws)
	return append([]Word{{Text: "whether", Lower: "whether", Tag: Sub}}, rest...), ok
}

// turn puts the subject before its auxiliary and drops "do".
func (r Rules) turn(ws []Word) ([]Word, bool) {
	aux := ws[0]
	not := 0
	if len(ws) > 1 && ws[1].Tag == Not {
		not = 1
	}
	end := subjectEnd(ws, 1+not)
	if end < len(ws) && (aux.Tag == Do || aux.Tag == Modal) {
		end = afterObject(ws, 1+not, end)
		end = beforeVerb(ws, 1+not, end)
	}
	if end <= 1+not || end >= len(ws) {
		return nil, false
	}
	subject := ws[1+not : end]
	if ws[end].Lower == "all" && end+1 < len(ws) {
		end++ // "how do you all manage"
	}
	subj, who, ok := r.askSubject(subject)
	if !ok {
		return nil, false
	}
	if (aux.Tag == Do || aux.Tag == Modal) && !baseFirst(ws[end:]) {
		return nil, false // "does a caution rule people out": the verb was taken for part of the subject
	}
	rest, ok := r.settle(cutClause(ws[end:]), who)
	if !ok || len(rest) == 0 {
		return nil, false
	}
	if subj[0].Tag == There {
		return append(subj, append([]Word{aux}, rest...)...), true
	}
	plural := who == agentPlural && !singularPron(subj)
	return append(subj, verbGroup(aux, not == 1, rest, plural)...), true
}

// beforeVerb ends a subject before the noun that is really the verb: "would
// contracts work across the border".
func beforeVerb(ws []Word, from, end int) int {
	if baseFirst(ws[end:]) {
		return end
	}
	for k := from + 1; k < end; k++ {
		if loadLexis().forms[ws[k].Lower].kinds&kBase != 0 && ws[k-1].Tag != Prep && ws[k-1].Tag != Det {
			return k
		}
	}
	return end
}

// afterObject ends a subject that is something done with what it is done to:
// "does starting work trigger a review".
func afterObject(ws []Word, from, end int) int {
	verb := from + 2
	if verb > end || verb+1 >= len(ws) || loadLexis().forms[ws[from].Lower].kinds&kIng == 0 {
		return end
	}
	if bare := ws[verb : verb+1]; !baseFirst(ws[verb-1:verb]) || !baseFirst(bare) || !isThing(ws[verb+1]) {
		return end
	}
	return verb
}

// baseFirst tells whether words begin with a bare verb, after adverbs.
func baseFirst(ws []Word) bool {
	for _, w := range ws {
		switch {
		case w.Tag == Adv || w.Lower == "all":
			continue
		case w.Tag == Base || w.Lower == "be" || w.Lower == "have" || w.Lower == "do":
			return true
		}
		return loadLexis().forms[w.Lower].kinds&kBase != 0
	}
	return false
}

func singularPron(subj []Word) bool {
	switch subj[len(subj)-1].Lower {
	case "anyone", "someone", "everyone", "nobody":
		return true
	}
	return indefinite[subj[0].Lower]
}

// verbGroup joins an auxiliary and the rest behind the subject.
func verbGroup(aux Word, not bool, rest []Word, plural bool) []Word {
	if aux.Tag != Do || not {
		a := agree(aux, plural)
		out := []Word{a}
		if not {
			out = append(out, Word{Text: "not", Lower: "not", Tag: Not})
		}
		return append(out, rest...)
	}
	k := 0
	for k < len(rest) && rest[k].Tag == Adv {
		k++
	}
	if k == len(rest) {
		return rest
	}
	v, ok := loadLexis().verbs[rest[k].Lower]
	if !ok {
		return rest
	}
	form := v.base
	switch {
	case aux.Lower == "did":
		form = v.past
	case !plural:
		form = v.third
	}
	out := append([]Word{}, rest...)
	out[k] = Word{Text: form, Lower: form, Tag: Third, Lemma: v.base}
	return out
}

// agree makes "are" and "have" fit a subject that was changed.
func agree(aux Word, plural bool) Word {
	var swap map[string]string
	if !plural {
		swap = map[string]string{"are": "is", "have": "has", "were": "was", "do": "does"}
	} else {
		swap = map[string]string{"is": "are", "has": "have", "was": "were", "does": "do"}
	}
	if s, ok := swap[aux.Lower]; ok {
		aux.Text, aux.Lower = s, s
	}
	return aux
}

// subjectEnd gives the end of the noun phrase or pronoun that begins at i.
func subjectEnd(ws []Word, i int) int {
	if i >= len(ws) {
		return i
	}
	switch {
	case ws[i].Tag == Pron, ws[i].Tag == There:
		if i+1 < len(ws) && ws[i+1].Lower == "else" {
			return i + 2
		}
		if i+2 < len(ws) && indefinite[ws[i].Lower] && ws[i+1].Tag == Prep {
			if end := nounRun(ws, i+2); end > 0 {
				return end // "can someone with dementia be a peer"
			}
		}
		return i + 1
	case ws[i].Lower == "other" || ws[i].Lower == "others":
		if i+1 < len(ws) && ws[i+1].Tag == Noun {
			return i + 2
		}
		return i + 1
	}
	j := i
	for j < len(ws) && (ws[j].Tag == Det || ws[j].Tag == Poss || ws[j].Tag == Num) {
		j++
	}
	end := nounRun(ws, j)
	if end == 0 {
		return i
	}
	if end+1 < len(ws) && ws[end].Tag == Num && ws[end+1].Tag != Noun {
		end++ // "when is round two of the survey"
	}
	if end+1 < len(ws) && (ws[end].Lower == "of" || ws[end].Lower == "from" || ws[end].Lower == "in" || ws[end].Lower == "on") {
		k := end + 1
		for k < len(ws) && (ws[k].Tag == Det || ws[k].Tag == Num) {
			k++
		}
		if more := nounRun(ws, k); more > 0 && more < len(ws) {
			return more
		}
	}
	return end
}

// askSubject says who is meant: "you" asks the others, "we" all services.
func (r Rules) askSubject(ws []Word) ([]Word, agent, bool) {
	put := func(s string) []Word { return []Word{{Text: s, Lower: s, Tag: Noun}} }
	switch ws[0].Lower {
	case "you":
		return put("others"), agentPlural, true
	case "we":
		return put("services"), agentPlural, true
	case "there":
		return ws, agentNone, true
	case "anyone", "anybody", "someone", "everyone":
		if len(ws) > 1 && ws[1].Lower != "else" {
			out, ok := r.settle(ws, agentNone)
			return out, agentPlural, ok
		}
		return put(strings.Replace(ws[0].Lower, "body", "one", 1)), agentPlural, true
	case "people", "others", "others'":
		return put(ws[0].Lower), agentPlural, true
	}
	if ws[0].Tag == Pron || ws[0].Tag == Poss || ws[0].Tag == Det && deictic[ws[0].Lower] {
		if ws[0].Lower != "other" {
			return nil, agentNone, false
		}
	}
	out, ok := r.settle(ws, agentNone)
	who := agentThing
	if len(ws) > 0 && isPlural(loadLexis(), ws[len(ws)-1].Lower) {
		who = agentPlural
	}
	return out, who, ok && len(out) > 0
}

// About names what a sentence is about by its first noun phrase of several
// words, or gives "".
func (r Rules) About(sentence string) string {
	ws := Parse(sentence)
	for _, p := range Phrases(ws) {
		if len(p.Words) > 1 {
			if t := r.Thing(ws, p); t != "" {
				return t
			}
		}
	}
	return ""
}
