package grammar

// clause reports a sentence that has a subject of its own.
func (r Rules) clause(ws []Word, stance Stance) (Statement, bool) {
	v := verbAt(ws)
	if v <= 0 {
		return Statement{}, false
	}
	subj, who, ok := r.subject(ws[:v])
	if !ok {
		return Statement{}, false
	}
	rest := cutClause(ws[v:])
	if len(rest) == 0 || !verbHolds(rest, stance) {
		return Statement{}, false
	}
	tail, ok := r.settle(rest, who)
	if !ok || len(tail) < 2 {
		return Statement{}, false
	}
	words := append(subj, tail...)
	s := Statement{Text: Print(words), Form: That, Stance: stance, Words: count(words), Negative: negative(words)}
	if s.Stance == Plain && (has(words, "should") || has(words, "ought") || has(words, "must") || needs(words)) {
		s.Stance = Should
	}
	return s, true
}

// verbAt gives the place of the first finite verb, before which only a subject
// stands; 0 where there is none.
func verbAt(ws []Word) int {
	for i := 1; i < len(ws) && i < 9; i++ {
		if isFinite(ws, i) {
			return i
		}
		switch ws[i].Tag {
		case Mark, Sub, Wh:
			return 0
		}
	}
	return 0
}

// subject checks the words before the verb, and says whom "they" and "it" may
// then mean.
func (r Rules) subject(ws []Word) ([]Word, agent, bool) {
	first := ws[0]
	switch {
	case first.Tag == There:
		return ws, agentNone, len(ws) == 1 || ws[1].Tag == Adv
	case first.Lower == "it":
		return nil, agentNone, false
	case first.Lower == "everyone" || first.Lower == "nobody" || first.Lower == "someone" || first.Lower == "people" || first.Lower == "anyone":
		return ws, agentPlural, len(ws) <= 2
	case first.Tag == Pron || first.Tag == Poss && first.Lower != "their" || first.Tag == Wh || first.Tag == Sub:
		return nil, agentNone, false
	case first.Tag == Base || first.Lower == "let" || ws[len(ws)-1].Lower == "rest" || ws[len(ws)-1].Lower == "latter":
		return nil, agentNone, false
	case first.Tag == Det && (deictic[first.Lower] || first.Lower == "any"):
		return nil, agentNone, false
	}
	noun := false
	for _, w := range ws {
		switch w.Tag {
		case Noun, IngV:
			noun = true
		case Det, Adj, Num, Prep, Conj, Adv, Partic, Past, To, Base:
		default:
			return nil, agentNone, false
		}
	}
	out, ok := r.settle(ws, agentNone)
	if !ok || !noun {
		return nil, agentNone, false
	}
	who := agentThing
	for _, w := range ws {
		if w.Tag == Noun && (isPlural(loadLexis(), w.Lower) || IsPerson(w.Lower)) {
			who = agentPlural
		}
	}
	return out, who, true
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
