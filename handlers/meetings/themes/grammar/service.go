package grammar

import "strings"

// we turns what a service does into a gerund or a noun phrase.
func (r Rules) we(ws []Word) (Statement, bool) {
	for len(ws) > 0 && (ws[0].Tag == Adv || ws[0].Lower == "both" || ws[0].Lower == "all") {
		ws = ws[1:]
	}
	if len(ws) < 2 {
		return Statement{}, false
	}
	if s, ok := r.undergone(ws); ok {
		return s, true
	}
	switch w := ws[0]; {
	case w.Lower == "get" && ws[1].Tag != Noun:
		return Statement{}, false
	case w.Lower == "would" && (ws[1].Lower == "like" || ws[1].Lower == "love"):
		return r.wanted(ws[1:])
	case w.Tag == Modal, w.Lower == "need":
		return r.weShould(ws)
	case w.Lower == "have":
		return r.weHave(ws)
	case w.Lower == "want" || w.Lower == "like" || w.Lower == "love":
		return r.wanted(ws)
	case (w.Tag == Base || w.Tag == Past) && practical[w.Lemma]:
		return r.doing(ws, Practice)
	}
	return Statement{}, false
}

// weShould: "we should ask people" → asking people, as an idea.
func (r Rules) weShould(ws []Word) (Statement, bool) {
	switch ws[0].Lower {
	case "should", "could", "must":
		ws = ws[1:]
	case "ought", "need":
		if len(ws) > 2 && ws[1].Tag == To {
			ws = ws[2:]
		} else if ws[0].Lower == "need" && (ws[1].Tag == Det || ws[1].Tag == Noun || ws[1].Tag == Adj) {
			return r.thing(ws[1:], Wishing, Idea)
		}
	default:
		return Statement{}, false
	}
	for len(ws) > 0 && (ws[0].Tag == Adv) {
		ws = ws[1:]
	}
	if len(ws) > 1 && ws[0].Tag == Base {
		return r.doing(ws, Idea)
	}
	return Statement{}, false
}

// weHave: "we have got a hub day" → a hub day; "we have made a set" → making a
// set.
func (r Rules) weHave(ws []Word) (Statement, bool) {
	ws = ws[1:]
	for len(ws) > 0 && (ws[0].Lower == "got" || ws[0].Tag == Adv) {
		ws = ws[1:]
	}
	switch {
	case len(ws) < 2:
		return Statement{}, false
	case ws[0].Tag == Partic || ws[0].Tag == Past:
		if practical[ws[0].Lemma] {
			return r.doing(ws, Practice)
		}
	case ws[0].Tag == Det || ws[0].Tag == Adj || ws[0].Tag == Noun:
		return r.thing(ws, Having, Practice)
	}
	return Statement{}, false
}

// practical are the verbs of what services do for others to copy.
var practical = setOf(`ask make use run share write meet train pay build start set hold offer teach give invite include arrange agree match keep let send
	lend put introduce employ recruit work plan review design co-produce coproduce co-design create develop organise open pool produce publish record
	reply rename separate split supervise support swap take talk test tell translate try visit involve host cover combine collect check change bring add
	agree allow book buddy build call cap check compare cook do debrief draft embed explain fund get go help insist interview join link list measure
	name negotiate order pair pick pilot prepare present print protect provide reserve ring rotate say schedule shadow show sit spend stop tailor treat
	walk welcome advertise appoint cater count drop encourage invest rewrite listen mentor phone text`)

func setOf(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// imperative: "get supervision written into the job description" → getting
// supervision written into the job description.
func (r Rules) imperative(ws []Word) (Statement, bool) {
	if !serves(ws[0].Lemma) || toTheRoom[ws[0].Lemma] {
		return Statement{}, false
	}
	if ws[0].Lemma == "ask" && len(ws) > 2 && ws[2].Tag == Mark {
		return Statement{}, false // "ask digital, not recruitment": whom somebody should ask now
	}
	if len(ws) < 3 || ws[1].Tag == Mark || ws[1].Tag == Pron || ws[1].Tag == Conj {
		return Statement{}, false
	}
	return r.doing(ws, Idea)
}

// toTheRoom are what people in a meeting tell each other to do.
var toTheRoom = setOf(`mind book do go say tell let try send share post add join type click mute drop email message ping ring call text leave stop thank give show
	forward copy paste raise check press scroll sign fill note put wait hold bear excuse pardon imagine`)

// doing makes a gerund phrase of a verb phrase.
func (r Rules) doing(ws []Word, stance Stance) (Statement, bool) {
	if ws[0].Lemma == "" || ws[0].Lemma == "be" || len(ws) > 1 && ws[1].Tag == IngV && (ws[0].Lemma == "stop" || ws[0].Lemma == "start" || ws[0].Lemma == "keep") {
		return Statement{}, false
	}
	rest, ok := r.settle(cutClause(ws[1:]), agentPlural)
	if !ok || len(rest) == 0 {
		return Statement{}, false
	}
	words := append([]Word{{Text: Ing(ws[0].Lemma), Lower: Ing(ws[0].Lemma), Tag: IngV}}, rest...)
	return Statement{Text: Print(words), Form: Doing, Stance: stance, Words: count(words)}, true
}
