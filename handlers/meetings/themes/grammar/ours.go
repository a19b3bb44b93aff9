package grammar

import (
	"slices"
	"strings"
)

// ours reports what the writer's own service does as what one service does:
// "we lump the three into one hour" → lumps the three into one hour. What it
// did stays in the past. What people think, know or hope together is not what a
// service does, and a plan is not yet done.
func (r Rules) ours(ws []Word) (Statement, bool) {
	k := ourSubject(ws)
	if k == 0 {
		return Statement{}, false
	}
	lead, rest := leadAdverbs(ws[k:])
	if len(rest) < 2 || has(rest, "together") && has(rest, "all") {
		return Statement{}, false
	}
	if s, ok := r.toldThat(rest); ok {
		return s, true
	}
	if rest[0].Tag == Do && rest[1].Tag == Base {
		rest = rest[1:] // "we do carry people"
	}
	verb, rest, ok := serviceVerb(rest, ws[0].Lower == "ours")
	if !ok {
		return Statement{}, false
	}
	rest = undated(cutOurs(rest))
	if len(rest) == 0 {
		return Statement{}, false
	}
	rest = ofIts(everybody(rest))
	tail, ok := r.settle(andThird(verb, rest), agentService)
	if !ok || len(tail) == 0 || len(tail) == 1 && tail[0].Tag != Noun {
		return Statement{}, false
	}
	words := slices.Concat(lead, verb, tail)
	if n := count(words); n < 3 || n < 4 && (verb[0].Lower == "does" || verb[0].Lower == "did" || verb[0].Lower == "has" || verb[0].Lower == "had") || tail[0].Lower == "nothing" {
		return Statement{}, false
	}
	s := Statement{Text: Print(words), Form: Did, Stance: Practice, Negative: negative(words), Words: count(words) + 2}
	if tail, ok = r.settle(andDoing(verb, rest), agentService); ok && len(tail) > 0 {
		s.Doing = Print(slices.Concat(lead, doingOf(verb), ofTheirs(tail)))
	}
	return s, true
}

// ofTheirs puts "their" for the "its" of a service.
func ofTheirs(ws []Word) []Word {
	out := slices.Clone(ws)
	for i := range out {
		if out[i].Lower == "its" {
			out[i].Text, out[i].Lower = "their", "their"
		}
	}
	return out
}

// toldThat reports what a service has been told: "we've been told every peer
// needs a certificate" → has been told that every peer needs a certificate.
func (r Rules) toldThat(ws []Word) (Statement, bool) {
	k := 0
	for k < len(ws) && (ws[k].Lower == "have" || ws[k].Lower == "been" || ws[k].Lower == "were" || ws[k].Lower == "are") {
		k++
	}
	if k == 0 || k+3 >= len(ws) || ws[k].Lower != "told" && ws[k].Lower != "advised" {
		return Statement{}, false
	}
	rest := ws[k+1:]
	if rest[0].Lower == "that" {
		rest = rest[1:]
	}
	s, ok := r.clause(rest, Plain)
	if !ok {
		return Statement{}, false
	}
	by := "has been " + ws[k].Lower + " that "
	s.Doing, s.Text = "having been "+ws[k].Lower+" that "+s.Text, by+s.Text
	s.Form, s.Stance, s.Words = Did, Practice, s.Words+4
	return s, true
}

// doingOf turns the verb of what a service does into a gerund: "has stopped" →
// having stopped; "does not use" → not using.
func doingOf(verb []Word) []Word {
	put := func(s string) Word { return Word{Text: s, Lower: s, Tag: IngV} }
	first, last := verb[0], verb[len(verb)-1]
	switch {
	case first.Lower == "cannot":
		return append(Parse("not being able to"), verb[1:]...)
	case first.Tag == Do && len(verb) > 1:
		out := slices.Clone(verb[1:])
		out[len(out)-1] = put(Ing(base(last)))
		return out
	case first.Lower == "is" && len(verb) > 1:
		return verb[1:]
	}
	return append([]Word{put(Ing(base(first)))}, verb[1:]...)
}

// base gives the base form of a verb.
func base(w Word) string {
	switch w.Lower {
	case "has", "had", "have":
		return "have"
	case "does", "did", "do":
		return "do"
	}
	if e := loadLexis().forms[w.Lower]; e.base != "" {
		return e.base
	}
	return w.Lower
}

// andDoing makes a second verb a gerund too.
func andDoing(verb, ws []Word) []Word {
	out := andThird(verb, ws)
	for i := range out {
		if i+2 >= len(out) || out[i].Lower != "and" && out[i].Lower != "or" && out[i].Lower != "then" {
			continue
		}
		w := &out[i+1]
		shares := w.Tag == Noun && loadLexis().forms[w.Lower].kinds&kThird != 0 && (out[i+2].Tag == Det || out[i+2].Tag == Poss)
		if shares || w.Tag == Third && w.Lemma != "" || w.Tag == Past && verb[0].Tag != Have && len(verb) == 1 || verb[0].Tag == Third && ws[i+1].Tag == Base {
			g := Ing(base(*w))
			*w = Word{Text: g, Lower: g, Tag: IngV}
		}
	}
	return out
}

// unspoken tells whether a sentence lacks its subject, which is the writer's
// service: "compared the job descriptions", "asks only what people need".
func unspoken(ws []Word) bool {
	if len(ws) < 4 || ws[0].Tag != Past && ws[0].Tag != Third || !practical[ws[0].Lemma] || ws[0].Lemma == "get" || ws[0].Lemma == "take" || ws[0].Lemma == "cost" {
		return false
	}
	return isThing(ws[1]) || ws[1].Tag == Poss || ws[0].Tag == Third && (ws[1].Tag == Adv || ws[1].Tag == Wh)
}

// ourSubject gives how many words stand for the writer's service.
func ourSubject(ws []Word) int {
	switch {
	case ws[0].Lower == "we":
		return 1
	case ws[0].Lower == "ours" && len(ws) > 3 && (ws[1].Tag != Be || ws[2].Tag == Det):
		return 1
	case ws[0].Lower == "our" && len(ws) > 4 && own[ws[1].Lower]:
		return 2
	}
	return 0
}

// leadAdverbs parts the adverbs before a verb that a report keeps from those it
// drops. "We both", "we all" and "we just" speak of those in the room.
func leadAdverbs(ws []Word) (lead, rest []Word) {
	for len(ws) > 0 {
		if len(ws) > 2 && ws[0].Lower == "no" && ws[1].Lower == "longer" {
			lead, ws = append(lead, ws[:2]...), ws[2:]
			continue
		}
		switch ws[0].Lower {
		case "now", "always", "also", "usually", "often", "already", "never", "still", "sometimes", "only":
			if ws[0].Lower != "also" && ws[0].Lower != "still" {
				lead = append(lead, ws[0])
			}
		case "actually", "basically", "literally", "simply", "deliberately":
		default:
			return lead, ws
		}
		ws = ws[1:]
	}
	return lead, ws
}

// serviceVerb gives the verb as it follows "one service", and what is left. Of
// "ours is a list" the service has the thing.
func serviceVerb(ws []Word, thing bool) (verb, rest []Word, ok bool) {
	put := func(s string) Word { return Word{Text: s, Lower: s, Tag: Third} }
	w, next := ws[0], ws[1]
	if w.Lemma == "get" && (next.Tag == Partic || next.Tag == Past || next.Tag == Det && !reached(ws[2:]) && !(len(ws) > 4 && ws[3].Lower == "of")) || w.Lemma == "keep" && next.Tag != IngV && next.Tag != Det {
		return nil, nil, false // what one gets is not what one does
	}
	k := 1
	for k < len(ws) && (ws[k].Tag == Adv && ws[k].Lower != "together" || ws[k].Lower == "got") {
		k++
	}
	switch {
	case k >= len(ws):
		return nil, nil, false
	case (w.Lower == "have" || w.Lower == "had") && ws[k].Tag == To && k+1 < len(ws) && serves(ws[k+1].Lemma) && ws[1].Lower != "got":
		return []Word{put(singular[w.Lower])}, ws[k:], true
	case w.Lower == "have" && (ws[k].Tag == Partic || ws[k].Tag == Past) && (serves(ws[k].Lemma) || tries[ws[k].Lemma]) && k+1 < len(ws):
		return []Word{put("has"), ws[k]}, ws[k+1:], true
	case (w.Lower == "have" || w.Lower == "has" || w.Lower == "had") && (isThing(ws[k]) || ws[k].Lower == "one") && len(ws) > k+1:
		if ws[k].Tag == Num && ws[k+1].Tag != Noun && ws[k+1].Tag != Adj {
			return nil, nil, false // "we have two in the clinic"
		}
		if unserious[ws[k+1].Lower] || unserious[ws[k].Lower] || ws[k].Lower == "no" && len(ws) < k+3 {
			return nil, nil, false
		}
		return []Word{put(singular[w.Lower])}, ws[k:], true
	case w.Tag == Do && isThing(next) && len(ws) > 2 && w.Lower != "done":
		return []Word{put(singular[w.Lower])}, ws[1:], true
	case w.Tag == Do && next.Tag == Not && len(ws) > 3 && w.Lower != "done":
		return refusal(ws)
	case w.Lower == "cannot" && len(ws) > 2 && serves(ws[1].Lemma):
		return []Word{put("cannot"), ws[1]}, ws[2:], true
	case thing && (w.Lower == "is" || w.Lower == "are") && isThing(next) && next.Tag == Det && len(ws) > 3 && !IsPerson(ws[min(nounEnd(ws, 2), len(ws))-1].Lower):
		return []Word{put("has")}, ws[1:], true // "ours is five prompts on a page"
	case w.Lower == "are" && ws[k].Tag == IngV && serves(ws[k].Lemma) && k+1 < len(ws):
		return []Word{put("is"), ws[k]}, ws[k+1:], true
	case w.Tag == Past && (serves(w.Lemma) || tries[w.Lemma]):
		return []Word{put(w.Lower)}, ws[1:], true
	case (w.Tag == Base || w.Tag == Third || w.Tag == Noun) && (serves(w.Lemma) || tries[w.Lemma]) && loadLexis().forms[w.Lower].kinds&(kBase|kThird) != 0:
		if loadLexis().forms[w.Lower].kinds&kPast != 0 && w.Tag == Base {
			return nil, nil, false // "we let", "we put": now or then?
		}
		return []Word{put(third(w.Lemma))}, ws[1:], true
	}
	return nil, nil, false
}

// nounEnd gives where the nouns end that begin at or after a place.
func nounEnd(ws []Word, i int) int { return max(nounRun(ws, i), nounRun(ws, i-1), i) }

// reached tells whether something was got done: "got the form changed".
func reached(ws []Word) bool {
	for _, w := range ws {
		if w.Tag == Partic || w.Tag == Past || w.Lower == "through" {
			return true
		}
	}
	return false
}

// singular gives how an auxiliary follows one service.
var singular = map[string]string{"have": "has", "has": "has", "had": "had", "do": "does", "does": "does", "did": "did"}

// refusal: "we do not write risk notes" → does not write risk notes.
func refusal(ws []Word) (verb, rest []Word, ok bool) {
	k := 2
	for k < len(ws) && ws[k].Tag == Adv {
		k++
	}
	if k+1 >= len(ws) || ws[k].Tag != Base && ws[k].Lower != "have" || !serves(ws[k].Lemma) && ws[k].Lower != "have" {
		return nil, nil, false
	}
	do := singular[ws[0].Lower]
	if do == "" {
		return nil, nil, false
	}
	verb = append([]Word{{Text: do, Lower: do, Tag: Do}}, ws[1:k+1]...)
	return verb, ws[k+1:], true
}

// tries are verbs before another verb.
var tries = setOf("start stop try begin refuse agree manage decide choose keep")

// serves tells whether a verb says what a service does or decides, and not
// what people think, say, feel or undergo.
func serves(lemma string) bool {
	return lemma != "" && !ponders[lemma] && (practical[lemma] || seldom[lemma] || Common(lemma))
}

var ponders = setOf(`be think know feel hope wonder guess love like want need mean see hear notice find believe remember forget understand appreciate worry
	care fear hate enjoy miss wish expect look seem sound come go die cry laugh joke live grow age become sit stand fight argue struggle suffer fail
	drown burn cope face hit deserve owe discuss mention thank apologise note doubt suspect assume imagine realise recognise reckon learn suppose consider
	tend happen belong depend matter appear remain exist wake sleep eat drink cost earn bet dread regret trust respect admire prefer call speak chat listen
	say read watch`)

// seldom are verbs of services that few people use.
var seldom = setOf("lump trial taper ring-fence ringfence co-locate subsidise reimburse timetable roster outsource scrap loan")

// cutOurs ends what a service does where somebody else's clause begins, and
// keeps a second thing that it does: "gave people the questions and let them
// bring someone".
func cutOurs(ws []Word) []Word {
	for i, w := range ws {
		if i < 2 || w.Lower != "and" || i+2 >= len(ws) || ws[i+1].Lower != "we" {
			continue
		}
		ws = append(append(append([]Word{}, ws[:i+1]...), Word{Text: "", Lower: "", Tag: Adv}), ws[i+2:]...)
		return cutClause(slices.DeleteFunc(ws, func(x Word) bool { return x.Text == "" }))
	}
	return cutClause(ws)
}

// andThird makes a second verb agree: "meets every week and share notes" →
// meets every week and shares notes.
func andThird(verb, ws []Word) []Word {
	if len(verb) != 1 || loadLexis().forms[verb[0].Lower].kinds&kThird == 0 && verb[0].Lower != "has" {
		return ws
	}
	out := slices.Clone(ws)
	for i := range out {
		if i+2 >= len(out) || out[i].Lower != "and" && out[i].Lower != "or" && out[i].Lower != "then" {
			continue
		}
		w := &out[i+1]
		verbal := w.Tag == Base || serves(w.Lower) && loadLexis().forms[w.Lower].kinds&kBase != 0 && (out[i+2].Tag == Det || out[i+2].Tag == Poss || out[i+2].Tag == Pron)
		if verbal && loadLexis().forms[w.Lower].kinds&kPast == 0 {
			*w = Word{Text: third(w.Lower), Lower: third(w.Lower), Tag: Third, Lemma: w.Lower}
		}
	}
	return out
}

// undated leaves out on which day of the week something is done: it says where.
func undated(ws []Word) []Word {
	for i := 1; i < len(ws); i++ {
		if day := strings.TrimSuffix(ws[i].Lower, "s"); !strings.HasSuffix(day, "day") || capitals[day] == "" {
			continue
		}
		if p := ws[i-1].Lower; p == "on" || p == "every" {
			return append(slices.Clone(ws[:i-1]), ws[i+1:]...)
		}
	}
	return ws
}

// ofIts puts "its" for "our" in what one service does.
func ofIts(ws []Word) []Word {
	out := slices.Clone(ws)
	for i := range out {
		if out[i].Lower == "our" && i+1 < len(out) {
			out[i] = Word{Text: "its", Lower: "its", Tag: Det}
		}
	}
	return out
}

// local reports a sentence about people or things of the writer's service as
// one that holds in one service: "our peers get a day a month" → peers get a
// day a month.
func (r Rules) local(ws []Word) (Statement, bool) {
	switch {
	case ws[0].Lower == "our" && len(ws) > 3 && !own[ws[1].Lower]:
		k := nounRun(ws, 1)
		if k == 0 || k > 4 {
			return Statement{}, false
		}
		if w := ourWord(ws, 0); w.Text != "" {
			ws = append([]Word{w}, ws[1:]...)
		} else {
			ws = ws[1:]
		}
	default:
		at := atOurs(ws)
		if at < 2 {
			return Statement{}, false
		}
		ws = append(slices.Clone(ws[:at]), ws[at+2:]...)
	}
	if v := verbAt(ws); v > 0 && person(ws[:v]) {
		return Statement{}, false
	}
	s, ok := r.joined(undated(ws), Plain)
	if !ok {
		s, ok = r.clause(undated(ws), Plain)
	}
	if !ok || s.Form != That {
		return Statement{}, false
	}
	s.Form, s.Stance = Local, Practice
	return s, true
}

// atOurs gives the place of "at ours", or 0.
func atOurs(ws []Word) int {
	for i := 1; i+1 < len(ws); i++ {
		if (ws[i].Lower == "at" || ws[i].Lower == "in") && ws[i+1].Lower == "ours" {
			return i
		}
	}
	return 0
}
