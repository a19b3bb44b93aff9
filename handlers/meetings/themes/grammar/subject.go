package grammar

import "strings"

// clause reports a sentence that has a subject of its own.
func (r Rules) clause(ws []Word, stance Stance) (Statement, bool) {
	v := verbAt(ws)
	if v <= 0 {
		return Statement{}, false
	}
	v = beforeAdverbs(ws, v)
	subj, who, ok := r.subject(ws[:v])
	if !ok {
		return Statement{}, false
	}
	rest := everybody(cutClause(ws[v:]))
	if len(rest) == 0 {
		return Statement{}, false
	}
	verb := rest[adverbs(rest):]
	if mixed(rest) {
		return Statement{}, false
	}
	if len(verb) == 0 || !verbHolds(verb, stance) && !(happened(verb) && (who == agentPlural || inGeneral(ws[:v])) && ws[0].Tag != Pron && !person(ws[:v])) {
		return Statement{}, false
	}
	tail, ok := r.settle(rest, who)
	if !ok || len(tail) < 2 && !(len(tail) == 1 && alone[tail[0].Lower]) {
		return Statement{}, false
	}
	words := append(subj, tail...)
	s := Statement{Text: Print(words), Form: That, Stance: stance, Words: count(words), Negative: negative(words), Past: happened(verb), Subject: count(subj)}
	if s.Stance == Plain && (has(words, "should") || has(words, "ought") || has(words, "must") || needs(words)) {
		s.Stance = Should
	}
	return s, true
}

// mixed tells whether a question stands within a clause: "is assessing can you
// make tea".
func mixed(ws []Word) bool {
	for i := 1; i < len(ws); i++ {
		if ws[i].Tag == Modal && ws[i-1].Tag == IngV {
			return true
		}
	}
	return false
}

// alone are verbs that say enough without anything after them.
var alone = setOf("helps works matters counts varies changes help work matter vary")

// verbAt gives the place of the first finite verb, before which only a subject
// stands; 0 where there is none.
func verbAt(ws []Word) int {
	for i := 1; i < len(ws) && i < 12; i++ {
		if relative(ws, i) {
			if i = afterRelative(ws, i); i == 0 {
				return 0
			}
			continue
		}
		if isFinite(ws, i) {
			return i
		}
		switch ws[i].Tag {
		case Wh:
			if i = afterRelative(ws, i); i == 0 {
				return 0
			}
		case Mark, Sub:
			return 0
		}
	}
	return 0
}

// relative tells whether a relative clause begins: "people who speak Urdu".
func relative(ws []Word, i int) bool {
	return (ws[i].Lower == "who" || ws[i].Lower == "that") && ws[i-1].Tag == Noun && i+1 < len(ws) && (isFinite(ws, i+1) || IsPerson(ws[i-1].Lower) && loadLexis().forms[ws[i+1].Lower].kinds&kBase != 0)
}

// afterRelative gives the place of the relative clause's own verb.
func afterRelative(ws []Word, i int) int {
	for k := i + 1; k < len(ws) && k < i+6; k++ {
		if isFinite(ws, k) || loadLexis().forms[ws[k].Lower].kinds&kBase != 0 {
			return k
		}
	}
	return 0
}

// subject checks the words before the verb, and says whom "they" and "it" may
// then mean.
func (r Rules) subject(ws []Word) ([]Word, agent, bool) {
	if n := len(ws); n > 1 && ws[n-1].Lower == "themselves" {
		ws = ws[:n-1]
	}
	first := ws[0]
	switch {
	case first.Tag == There:
		return ws, agentNone, len(ws) == 1 || ws[1].Tag == Adv
	case first.Lower == "it":
		return nil, agentNone, false
	case len(ws) <= 2 && (indefinite[first.Lower] || first.Lower == "people"):
		return ws, agentPlural, true
	case first.Tag == Pron && !(indefinite[first.Lower] && (ws[1].Lower == "who" || ws[1].Tag == Prep || ws[1].Tag == IngV)) || first.Tag == Poss && first.Lower != "their" || first.Tag == Wh || first.Tag == Sub:
		return nil, agentNone, false
	case has(ws, "then") || has(ws, "likely") || first.Tag == Base || first.Lower == "let" || ws[len(ws)-1].Lower == "rest" || ws[len(ws)-1].Lower == "latter":
		return nil, agentNone, false
	case first.Tag == Det && (deictic[first.Lower] || first.Lower == "any"):
		return nil, agentNone, false
	}
	if !subjectWords(ws) {
		return nil, agentNone, false
	}
	if n := len(ws); n > 3 && ws[n-2].Tag == Prep && ws[n-1].Lower[0] >= '0' && ws[n-1].Lower[0] <= '9' {
		ws = ws[:n-2] // "a caution from 1996"
	}
	out, ok := r.settle(ws, agentNone)
	if !ok || len(out) == 0 || out[len(out)-1].Lower != ws[len(ws)-1].Lower {
		return nil, agentNone, false // "peers placed in …" are not all peers
	}
	who := agentThing
	for _, w := range ws {
		if w.Tag == Noun && (isPlural(loadLexis(), w.Lower) || IsPerson(w.Lower)) || indefinite[w.Lower] {
			who = agentPlural
		}
	}
	return withThe(ws, out), who, true
}

// withThe gives a subject the article that was left out in typing: "team fills
// in a form" → the team fills in a form.
func withThe(ws, out []Word) []Word {
	if f := ws[0].Lower; (f == "first" || f == "last" || f == "next") && len(out) > 1 {
		return append([]Word{{Text: "the", Lower: "the", Tag: Det}}, out...) // "first three days"
	}
	k := nounRun(ws, 0)
	if k == 0 || ws[0].Tag == IngV || len(out) == 0 {
		return out
	}
	head := ws[k-1]
	if k == 1 && !IsPerson(head.Lower) && !collective[head.Lower] && !sole[head.Lower] {
		return out // "choice should be the measure"
	}
	if isPlural(loadLexis(), head.Lower) || IsMass(head.Lower) || head.Upper || capitals[head.Lower] != "" || !Known(head.Lower) || strings.ToUpper(head.Text) == head.Text {
		return out
	}
	return append([]Word{{Text: "the", Lower: "the", Tag: Det}}, out...)
}

// sole are things of which a service has one, or one at a time.
var sole = setOf(`form policy kitchen ward unit system notice advert rota checklist letter room door office handbook guide agreement contract school
	reception consultant matron panel interview garden car laptop phone number manager`)

// subjectWords tells whether words can be a subject: a noun is among them, and
// a verb only in a relative clause.
func subjectWords(ws []Word) bool {
	noun, within := false, false
	for i, w := range ws {
		if i > 0 && (relative(ws, i) || w.Tag == Wh) {
			within = true
		}
		switch w.Tag {
		case Noun, IngV:
			noun = true
		case Pron:
			if noun = noun || i == 0 && indefinite[w.Lower]; i > 0 && !within {
				return false
			}
		case Det, Adj, Num, Prep, Conj, Adv, Partic, Past, To, Base:
		case Be, Have:
			if w.Lower == "being" || w.Lower == "having" {
				noun = true
			} else if !within {
				return false
			}
		default:
			if !within {
				return false
			}
		}
	}
	return noun
}

// verbHolds tells whether the verb makes a statement that holds in general:
// the present, or what should be; what happened once does not.
func verbHolds(ws []Word, stance Stance) bool {
	w := ws[0]
	switch w.Tag {
	case Past:
		return false
	case Be:
		return w.Lower == "is" || w.Lower == "are"
	case Have:
		return w.Lower == "has" || w.Lower == "have"
	case Do:
		return w.Lower != "did"
	case Modal:
		return w.Lower != "might" || stance != Plain
	}
	return true
}

// happened tells whether a verb says what once was the case.
func happened(ws []Word) bool {
	return ws[0].Tag == Past || ws[0].Lower == "were" || ws[0].Lower == "had" || ws[0].Lower == "did"
}

// inGeneral tells whether a subject is a matter and no single thing: "sickness
// on nights".
func inGeneral(ws []Word) bool {
	run := nounRun(ws, 0)
	if run == 0 || ws[0].Tag != Noun && ws[0].Tag != Adj {
		return false
	}
	head := ws[run-1]
	return head.Tag == Noun && !head.Upper && capitals[head.Lower] == "" && Known(head.Lower) && !collective[head.Lower] && !own[head.Lower] && !IsPerson(head.Lower)
}

// person tells whether a subject is one person, of whom nothing is told.
func person(ws []Word) bool {
	for _, w := range ws {
		if w.Tag == Noun && IsPerson(w.Lower) && !isPlural(loadLexis(), w.Lower) {
			return true
		}
	}
	return false
}

func has(ws []Word, lower string) bool {
	for _, w := range ws {
		if w.Lower == lower {
			return true
		}
	}
	return false
}

func needs(ws []Word) bool {
	for i, w := range ws {
		if (w.Lower == "need" || w.Lower == "needs") && i+1 < len(ws) && ws[i+1].Tag == To {
			return true
		}
	}
	return false
}

// Denies tells whether a text says that something is not so, or hard.
func Denies(s string) bool { return negative(Parse(s)) }

func negative(ws []Word) bool {
	for i, w := range ws {
		switch w.Lower {
		case "few", "little":
			if i == 0 || ws[i-1].Lower != "a" {
				return true
			}
		case "not", "no", "never", "nobody", "nothing", "nowhere", "without", "cannot", "neither", "nor", "lack", "lacks", "hard", "difficult", "unsafe", "excluded", "missing", "unable", "rarely", "seldom", "fear", "afraid", "worse", "worst", "problem", "barrier", "barriers", "less":
			return true
		}
	}
	return false
}
