package grammar

import "slices"

// behindPhrase reports a clause behind the phrase that it begins with: "in Punjabi
// there is no word for carer". The phrase must stand by itself.
func (r Rules) behindPhrase(ws []Word, stance Stance) (Statement, bool) {
	end := phraseEnd(ws)
	if end == 0 || end+2 >= len(ws) {
		return Statement{}, false
	}
	phrase, ok := r.settle(ws[:end], agentNone)
	if !ok || len(phrase) < 2 || has(ws[:end], "our") || has(ws[:end], "my") || has(ws[:end], "your") {
		return Statement{}, false
	}
	rest := ws[end:]
	if rest[0].Tag == Mark {
		rest = rest[1:]
	}
	s, ok := r.clause(rest, stance)
	if !ok {
		return Statement{}, false
	}
	s.Text = Print(phrase) + ", " + s.Text
	s.Words += count(phrase)
	return s, true
}

// phraseEnd gives the end of the prepositional phrase that words begin with, or
// 0: before a comma, or before "there" or a subject with an article.
func phraseEnd(ws []Word) int {
	if ws[0].Tag != Prep || ws[0].Lower == "as" || ws[0].Lower == "like" || ws[0].Lower == "than" || ws[0].Lower == "plus" || ws[0].Lower == "of" {
		return 0
	}
	k := 1
	for k < len(ws) && (ws[k].Tag == Det || ws[k].Tag == Poss || ws[k].Tag == Num) {
		k++
	}
	end := nounRun(ws, k)
	if end > 0 && end+2 < len(ws) && ws[end].Lower == "of" {
		end = max(end, nounRun(ws, end+1)) // "from a clinical point of view"
	}
	if end == 0 || end > 7 || end+2 >= len(ws) {
		return 0
	}
	if next := ws[end]; next.Text == "," || next.Tag == There || next.Tag == Det && !deictic[next.Lower] || indefinite[next.Lower] || next.Lower == "people" {
		return end
	}
	return 0
}

// inOurs puts "… at ours" for what is written in the writer's own papers: "it is
// in our policy that peers are not counted".
func inOurs(ws []Word) []Word {
	if len(ws) < 8 || ws[0].Lower != "it" || ws[1].Lower != "is" {
		return ws
	}
	k := 2
	if ws[k].Lower == "written" {
		k++
	}
	if ws[k].Lower != "in" && ws[k].Lower != "into" || ws[k+1].Lower != "our" {
		return ws
	}
	end := nounRun(ws, k+2)
	if end == 0 || end+3 >= len(ws) || ws[end].Lower != "that" {
		return ws
	}
	return slices.Concat(ws[end+1:], Parse("at ours"))
}

// supplied puts in what is left out in typing: "some come for the Welsh" → some
// people; "depends on the contract" → it depends; "week 11 people stop" → in
// week eleven. What happens too often happens.
func supplied(ws []Word) []Word {
	if len(ws) < 4 {
		return ws
	}
	first := ws[0].Lower
	switch {
	case first == "one" && (ws[1].Tag == Noun || ws[1].Tag == Adj) && !hasFinite(ws):
		out := slices.Clone(ws)
		out[0].Tag = Num // "one calendar, on the wall"
		return out
	case (first == "some" || first == "many" || first == "most") && (ws[1].Lower == "come" || ws[1].Tag == Base || ws[1].Lower == "are" || ws[1].Lower == "have" || ws[1].Lower == "do"):
		return slices.Concat(ws[:1], Parse("people"), asVerb(ws[1:]))
	case first == "too" && ws[1].Lower == "often", first == "all" && ws[1].Lower == "too" && ws[2].Lower == "often":
		return trim(ws[slices.IndexFunc(ws, func(w Word) bool { return w.Lower == "often" })+1:])
	case (first == "week" || first == "day" || first == "month") && ws[1].Tag == Num && numerals[ws[1].Lower] != "" && ws[2].Tag != Mark:
		return slices.Concat(Parse("in "+first+" "+numerals[ws[1].Lower]+","), ws[2:])
	}
	return ws
}

// asVerb gives words of which the first is a verb.
func asVerb(ws []Word) []Word {
	out := slices.Clone(ws)
	if out[0].Tag == Adj || out[0].Tag == Noun {
		out[0].Tag, out[0].Lemma = Base, out[0].Lower
	}
	return out
}

// beforeWhom ends words before what is said of the last thing in them: "a box on
// the form that accepts a gap".
func beforeWhom(ws []Word) []Word {
	for i := 2; i+2 < len(ws); i++ {
		if (ws[i].Lower == "who" || ws[i].Lower == "that") && ws[i-1].Tag == Noun && (ws[i+1].Tag == Third || ws[i+1].Tag == Do || ws[i].Lower == "who" && isFinite(ws, i+1)) && !hasFinite(ws[:i]) {
			return ws[:i]
		}
	}
	return ws
}

// depends reports "depends what is written in the contract".
func (r Rules) depends(ws []Word, stance Stance) (Statement, bool) {
	k := 0
	if ws[0].Lower == "it" {
		k++
	}
	if len(ws) < k+3 || ws[k].Lower != "depends" || ws[k+1].Tag != Wh && ws[k+1].Lower != "on" && ws[k+1].Tag != Sub {
		return Statement{}, false
	}
	rest := everybody(cutClause(ws[k:]))
	tail, ok := r.settle(rest, agentNone)
	if !ok || len(tail) < 3 || len(tail) < len(rest) {
		return Statement{}, false
	}
	words := append(Parse("it"), tail...)
	return Statement{Text: Print(words), Form: That, Stance: stance, Words: count(words), Subject: 1}, true
}

// ofPhrase reports what a service does behind the phrase that a sentence begins
// with: "after the twelve weeks we have a drop-in".
func (r Rules) ofPhrase(ws []Word) (Statement, bool) {
	k := 1
	for k < len(ws) && (ws[k].Tag == Det || ws[k].Tag == Num) {
		k++
	}
	end := nounRun(ws, k)
	if ws[0].Tag != Prep || end == 0 || end > 6 || end+4 > len(ws) {
		return Statement{}, false
	}
	rest := ws[end:]
	if rest[0].Tag == Mark {
		rest = rest[1:]
	}
	phrase, ok := r.settle(ws[:end], agentNone)
	if !ok || len(phrase) < 2 || rest[0].Lower != "we" || has(ws[:end], "our") || has(ws[:end], "my") {
		return Statement{}, false
	}
	for i, w := range rest {
		if i > 3 && w.Tag == Mark {
			rest = rest[:i]
			break
		}
	}
	s, ok := r.ours(rest)
	if !ok || s.Words > 14 {
		return Statement{}, false
	}
	s.Text += " " + Print(phrase)
	s.Words += count(phrase)
	return s, true
}

// someOf puts "some carers" for "the carers I meet".
func someOf(ws []Word) []Word {
	k := 0
	for k < len(ws) && (ws[k].Lower == "the" || ws[k].Lower == "most" || ws[k].Lower == "many" || ws[k].Lower == "of") {
		k++
	}
	end := nounRun(ws, k)
	if end == 0 || end+3 >= len(ws) || !isPlural(loadLexis(), ws[end-1].Lower) || ws[end].Lower != "i" && ws[end].Lower != "we" || !meets[ws[end+1].Lemma] {
		return ws
	}
	rest := end + 2
	if ws[rest].Lower == "with" {
		rest++
	}
	return slices.Concat(Parse("some"), ws[k:end], ws[rest:])
}

var meets = setOf("meet see support know work visit")

// ofWhom reports a thing by what is said of it: "patients who do not want the
// family told".
func (r Rules) ofWhom(ws []Word, stance Stance) (Statement, bool) {
	run := nounRun(ws, 0)
	if run == 0 && ws[0].Lower == "a" {
		run = nounRun(ws, 1) // "a door-keeper who lets people in one at a time"
	}
	if run == 0 || run > 4 || run+3 > len(ws) || ws[run].Lower != "who" && ws[run].Lower != "that" || ws[0].Tag != Det && !isPlural(loadLexis(), ws[run-1].Lower) || !isFinite(ws, run+1) && ws[run+1].Tag != Do {
		return Statement{}, false
	}
	for i := run + 2; i < len(ws); i++ {
		if isFinite(ws, i) && ws[i].Tag != Base && ws[i].Tag != Past {
			return Statement{}, false // the main clause has its own verb
		}
	}
	return r.thing(ws, Having, stance)
}
