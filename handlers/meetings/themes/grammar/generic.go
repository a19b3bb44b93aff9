package grammar

// placed writes "at ours" for "here" at the end of a clause: where the writer
// sits.
func placed(ws []Word) []Word {
	for i := 3; i < len(ws); i++ {
		if ws[i].Lower == "here" && (i+1 == len(ws) || ws[i+1].Tag == Mark || ws[i+1].Lower == "so" || ws[i+1].Lower == "and" || ws[i+1].Lower == "because") {
			return append(append(ws[:i:i], Parse("at ours")...), ws[i+1:]...)
		}
	}
	return ws
}

// lack: "no room for peers to meet" → there is no room for peers to meet.
func (r Rules) lack(ws []Word) (Statement, bool) {
	if verbAt(ws) > 0 {
		return r.clause(ws, Plain)
	}
	if s, ok := r.insteadOf(ws); ok {
		return s, true
	}
	run := nounRun(ws, 1)
	if run == 0 || run == len(ws) || unserious[ws[run-1].Lower] || (ws[run].Tag != Prep && ws[run].Tag != To && ws[run].Tag != IngV) || several(ws[1:]) {
		return Statement{}, false
	}
	if hasFinite(ws) || has(ws, "or") || has(ws, "than") {
		return Statement{}, false
	}
	tail, ok := r.settle(ws[1:], agentNone)
	if !ok || len(tail) == 0 {
		return Statement{}, false
	}
	be := "is"
	if isPlural(loadLexis(), ws[run-1].Lower) {
		be = "are"
	}
	words := append(Parse("there "+be+" no"), tail...)
	return Statement{Text: Print(words), Form: That, Negative: true, Words: count(words)}, true
}

// insteadOf reports "no fixed number, but a wellbeing plan before starting" as
// what was proposed.
func (r Rules) insteadOf(ws []Word) (Statement, bool) {
	run := nounRun(ws, 1)
	if run == 0 || run+4 > len(ws) || unserious[ws[run-1].Lower] || ws[run].Text != "," || ws[run+1].Lower != "but" || hasFinite(ws) {
		return Statement{}, false
	}
	first, ok := r.settle(ws[:run], agentNone)
	if !ok {
		return Statement{}, false
	}
	s, ok := r.thing(ws[run+2:], Having, Idea)
	if !ok {
		return Statement{}, false
	}
	s.Text = Print(first) + " but " + s.Text
	s.Words += count(first) + 1
	return s, true
}

// several tells whether a list of lacks was typed: "no drama, no forms", which
// is more often praise.
func several(ws []Word) bool {
	for _, w := range ws {
		if w.Tag == Mark || w.Lower == "no" {
			return true
		}
	}
	return false
}

// unserious are what people have none of in a manner of speaking.
var unserious = setOf(`worries worry problem problems idea ideas sound rush need harm pressure offence doubt way chance sign answer answers clue thanks
	joke shame question questions surprise wonder bother point hurry fear drama comment sense such excuse excuses picture signal slides audio video wifi`)

// itIs reports "it" where it stands for what follows: "it is hard to say no to
// a team", "it takes months to get keys".
func (r Rules) itIs(ws []Word, stance Stance) (Statement, bool) {
	to := 0
	for i := range ws {
		if ws[i].Tag == To && i+1 < len(ws) && ws[i+1].Tag != Mark {
			to = i
			break
		}
	}
	if to < 2 || to > 7 || len(ws) < to+3 || ws[1].Tag == Past || ws[1].Lower == "was" || !judges(ws[1:to]) {
		return Statement{}, false
	}
	tail, ok := r.settle(cutClause(ws[1:]), agentNone)
	if !ok || len(tail) < to+2 {
		return Statement{}, false
	}
	words := append(Parse("it"), tail...)
	return Statement{Text: Print(words), Form: That, Stance: stance, Negative: negative(words), Words: count(words)}, true
}

// judges tells whether the words between "it" and "to" say what doing the rest
// is like, so that "it" points forward.
func judges(ws []Word) bool {
	switch ws[0].Lower {
	case "takes", "helps", "costs":
		return !has(ws, "me") && !has(ws, "us") && !has(ws, "you")
	case "is":
		for _, w := range ws[1:] {
			if judgements[w.Lower] {
				return true
			}
		}
	}
	return false
}

var judgements = setOf(`hard harder easy easier difficult important good better best possible impossible essential useful helpful vital right wrong safe unsafe
	safer fair unfair kinder simpler quicker unrealistic realistic reasonable worth cheaper tempting exhausting lonely isolating scary frightening common
	rare normal natural powerful`)

// anybody reports "you" where it means anybody: "you get pulled to cover
// lessons" → people get pulled to cover lessons.
func (r Rules) anybody(ws []Word, stance Stance) (Statement, bool) {
	if len(ws) > 4 && ws[1].Lower == "can" && ws[2].Tag == Base && !has(ws, "me") && !has(ws[1:], "you") {
		return r.possible(ws[2:])
	}
	v := 1
	for v < len(ws) && (ws[v].Tag == Adv || ws[v].Tag == Not) {
		v++
	}
	if v >= len(ws) || !everyones[ws[v].Lower] && !anyones(ws[v:]) || has(ws[v:], "i") || has(ws[v:], "me") || has(ws[v:], "we") || has(ws[v:], "us") || has(ws[v:], "our") || ws[v].Lower == "do" && (v+1 >= len(ws) || ws[v+1].Tag != Not) {
		return Statement{}, false
	}
	words := cutClause(ws)
	if len(words) < 3 {
		return Statement{}, false
	}
	words = append([]Word{}, words...)
	for i, w := range words {
		switch {
		case i == 0:
			words[i] = Word{Text: "people", Lower: "people", Tag: Noun}
		case w.Lower == "your":
			words[i] = Word{Text: "their", Lower: "their", Tag: Poss}
		case w.Lower == "you":
			words[i] = Word{Text: "they", Lower: "they", Tag: Pron}
		}
	}
	return r.clause(intoMany(words), stance)
}

// intoMany gives what people turn into as many: "people turn into a free
// interpreter" → into free interpreters.
func intoMany(ws []Word) []Word {
	for i := 2; i+2 < len(ws); i++ {
		end := nounRun(ws, i+1)
		if ws[i].Lower != "a" && ws[i].Lower != "an" || ws[i-1].Lower != "into" || end == 0 || !IsPerson(ws[end-1].Lower) {
			continue
		}
		out := append(append([]Word{}, ws[:i]...), ws[i+1:]...)
		out[end-2].Text, out[end-2].Lower = Plural(out[end-2].Lower), Plural(out[end-2].Lower)
		return out
	}
	return ws
}

// anyones tells whether what follows "you" is true of anybody: a verb that is
// not one of speaking to somebody, "should not have to", "are" doing something.
func anyones(ws []Word) bool {
	w := ws[0]
	switch {
	case len(ws) < 3:
		return false
	case w.Lower == "should":
		return ws[1].Tag == Not && len(ws) > 5
	case w.Lower == "are":
		return ws[1].Tag == Adv && len(ws) > 4 && (ws[2].Tag == IngV || ws[2].Tag == Partic) || (ws[1].Tag == IngV || ws[1].Tag == Partic) && len(ws) > 4 && serves(ws[1].Lemma)
	}
	return w.Tag == Base && w.Lemma != "" && Common(w.Lower) && len(ws) > 3 && !spokenTo[w.Lower]
}

var spokenTo = setOf(`know mean see say ask want like love think hear remember send share put tell mention write post hope wish guess believe agree sound
	look seem talk speak describe suggest make call raise touch show read find work help come go let keep try use give take join check bring add hold run`)

// everyones are verbs that follow a "you" that means anybody and seldom one
// that speaks to somebody.
var everyones = setOf(`get feel cannot lose need end spend become burn learn earn wait carry do have`)

// wanted: "we want people who have been there" → what was called for.
func (r Rules) wanted(ws []Word) (Statement, bool) {
	ws = ws[1:]
	if len(ws) < 2 || ws[0].Tag == To || ws[0].Tag == Pron {
		return Statement{}, false
	}
	return r.thing(ws, Wishing, Idea)
}

// undergone reports what services live with, as a worry: "we get asked to cover
// reception" → being asked to cover reception; "we have no policy" → having no
// policy; "we lose people" → losing people.
func (r Rules) undergone(ws []Word) (Statement, bool) {
	var words []Word
	w := ws[0]
	switch {
	case len(ws) < 3:
		return Statement{}, false
	case (w.Lower == "are" || w.Lower == "get") && suffered[ws[1].Lower]:
		words = append(Parse("being"), ws[1:]...)
	case w.Lower == "have" && ws[1].Lower == "no" && !unserious[ws[2].Lower]:
		words = append(Parse("having"), ws[1:]...)
	case w.Lower == "do" && ws[1].Tag == Not && ws[2].Lower == "have" && len(ws) > 3:
		words = append(Parse("not having"), ws[3:]...)
	case w.Lower == "do" && ws[1].Tag == Not:
		k := 2
		for k < len(ws) && ws[k].Tag == Adv {
			k++
		}
		if k+1 >= len(ws) || ws[k].Tag != Base || !practical[ws[k].Lemma] {
			return Statement{}, false
		}
		words = append(append(Parse("not"), ws[2:k]...), append(Parse(Ing(ws[k].Lemma)), ws[k+1:]...)...)
	case w.Lower == "cannot" && ws[1].Tag == Base:
		words = append(Parse("not being able to"), ws[1:]...)
	case w.Tag == Base && losing[w.Lower]:
		words = append(Parse(Ing(w.Lower)), ws[1:]...)
	default:
		return Statement{}, false
	}
	rest, ok := r.settle(cutClause(words), agentPlural)
	if !ok || len(rest) < fewest {
		return Statement{}, false
	}
	return Statement{Text: Print(rest), Form: Doing, Stance: Worry, Negative: true, Words: count(rest)}, true
}

var suffered = setOf(`asked told pulled left moved counted used expected sent seen treated given put forgotten called excluded drawn dragged mistaken ignored
	invited squeezed judged overlooked pushed stuck`)

var losing = setOf(`lose struggle lack miss wait`)

// cleft: "what helps is time" stays as it is, where it points at nothing
// outside.
func (r Rules) cleft(ws []Word, stance Stance) (Statement, bool) {
	k := 2
	for k < len(ws) && ws[k].Lower != "is" && ws[k].Lower != "was" {
		k++
	}
	if k+1 >= len(ws) || k > 8 || ws[1].Tag != Third && ws[1].Tag != Noun && ws[1].Tag != Past {
		return Statement{}, false
	}
	words, ok := r.settle(cutClause(ws), agentNone)
	if !ok || len(words) < 4 {
		return Statement{}, false
	}
	return Statement{Text: Print(words), Form: That, Stance: stance, Negative: negative(words), Words: count(words)}, true
}

// conditional reports "when the ward is short, peers are counted" whole: the
// second half alone would say too much.
func (r Rules) conditional(ws []Word, stance Stance) (Statement, bool) {
	ws = ofAnybody(ws)
	v := verbAt(ws[1:])
	if v == 0 {
		return Statement{}, false
	}
	for k := v + 3; k+2 < len(ws); k++ {
		comma := ws[k].Tag == Mark && ws[k].Text == ","
		if !comma && ws[k].Lower != "they" {
			continue
		}
		first, ok := r.clause(ws[1:k], Plain)
		if !ok || first.Words != count(ws[1:k]) {
			return Statement{}, false
		}
		second, ok := r.consequence(ws[k:], stance, isPlural(loadLexis(), lastNoun(ws[1:v+1])))
		if !ok {
			return Statement{}, false
		}
		second.Text = ws[0].Lower + " " + first.Text + ", " + second.Text
		second.Words += first.Words + 1
		return second, true
	}
	return Statement{}, false
}

// ofAnybody puts "people" and "they" for the "you" of a condition that holds for
// anybody: "if you join in, you are finished". What may or will come of it for
// you is said to somebody.
func ofAnybody(ws []Word) []Word {
	if len(ws) < 5 || ws[1].Lower != "you" || !isFinite(ws, 2) && ws[2].Tag != Base {
		return ws
	}
	out := append([]Word{}, ws...)
	for i, w := range ws {
		switch {
		case w.Lower == "i" || w.Lower == "me" || w.Lower == "we" || w.Lower == "will" || w.Lower == "could" || w.Lower == "would" || w.Lower == "want" || w.Lower == "like" || w.Lower == "need" || w.Lower == "they":
			return ws
		case i == 1:
			out[i] = Word{Text: "people", Lower: "people", Tag: Noun}
		case w.Lower == "you":
			out[i] = Word{Text: "they", Lower: "they", Tag: Pron}
		case w.Lower == "your":
			out[i] = Word{Text: "their", Lower: "their", Tag: Poss}
		}
	}
	return out
}

// consequence is the second half of a conditional; "they" are those of the
// first, where they are many.
func (r Rules) consequence(ws []Word, stance Stance, many bool) (Statement, bool) {
	if ws[0].Tag == Mark {
		ws = ws[1:]
	}
	if ws[0].Lower != "they" {
		return r.clause(ws, stance)
	}
	if !many || !isFinite(ws, 1) {
		return Statement{}, false
	}
	words, ok := r.settle(cutClause(ws), agentPlural)
	if !ok || len(words) < fewest {
		return Statement{}, false
	}
	return Statement{Text: Print(words), Form: That, Stance: stance, Negative: negative(words), Words: count(words)}, true
}

func lastNoun(ws []Word) string {
	for i := len(ws) - 1; i >= 0; i-- {
		if ws[i].Tag == Noun {
			return ws[i].Lower
		}
	}
	return ""
}
