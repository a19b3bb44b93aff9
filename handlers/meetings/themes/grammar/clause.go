package grammar

import "strings"

// Form says what a statement was turned into.
type Form uint8

// The forms of a statement.
const (
	That    Form = iota // a clause: "supervision should be regular"
	Doing               // a gerund: "pooling job descriptions"
	Having              // a noun phrase: "a monthly hub day"
	Wishing             // a noun phrase that was called for
	Did                 // what follows "one service": "runs a drop-in"
	Local               // a clause that holds in one service: "peers carry keys"
	View                // what follows "one contributor": "would prefer a quiet room"
)

// Stance says how the writer stands to it.
type Stance uint8

// The stances.
const (
	Plain    Stance = iota
	Opinion         // "I think …"
	Worry           // "my worry is …"
	Should          // what ought to be
	Practice        // what is done somewhere
	Idea            // what might be done
)

// Statement is one thing that was said, in a form that can be reported without
// saying who said it.
type Statement struct {
	Text     string
	Form     Form
	Stance   Stance
	Negative bool
	Past     bool // it tells what happened
	Words    int
	Doing    string // of what a service does, as it follows "described": "running a drop-in"
	Subject  int    // how many words a clause has before its verb, where known
}

// Rules are what the grammar cannot know by itself.
type Rules struct {
	Known func(lower string) bool // a word that may be printed although it is not in the dictionary
	Name  func(word string) bool  // a person's or place's name as written
}

// limits on what is worth reporting, in words.
const (
	fewest = 3
	most   = 24

	longest = 1000 // bytes of a sentence that is read at all
)

// Report turns a sentence into a statement, or says that this is not safe.
func (r Rules) Report(sentence string) (Statement, bool) {
	if len(sentence) > longest {
		return Statement{}, false
	}
	sentence = strings.ReplaceAll(withoutAsides(sentence), "w/ ", "with ")
	if strings.ContainsAny(sentence, `"?@£%/()[]{}=<>|~`) {
		return Statement{}, false
	}
	if before, after, ok := strings.Cut(sentence, ":"); ok {
		if s, ok := r.Report(before); ok && (s.Form == That && !s.Negative || s.Form == Did) {
			return s, true
		}
		return r.Report(after)
	}
	ws := trim(Parse(sentence))
	ws, stance := opinion(ws)
	if has(ws[:min(1, len(ws))], "then") {
		return Statement{}, false // what follows from something said before
	}
	ws = supplied(inOurs(someOf(placed(apartNot(ws)))))
	if len(ws) < fewest {
		return Statement{}, false
	}
	if s, ok := r.joined(ws, stance); ok && !doubtful(s.Text) {
		return s, true
	}
	for k, part := range parts(ws) {
		if k > 0 && (pointsOut(part) || setAgainst(ws, part)) {
			continue
		}
		s, ok := r.shape(part, stance)
		if ok && s.Words >= fewest && s.Words <= most && !doubtful(s.Text) {
			return s, true
		}
		stance = Plain
	}
	return Statement{}, false
}

// apartNot puts the comma that was left out before what something is not:
// "for everyone not an adjustment".
func apartNot(ws []Word) []Word {
	for i := 2; i+2 < len(ws); i++ {
		if ws[i].Tag == Not && ws[i].Lower == "not" && (ws[i+1].Lower == "a" || ws[i+1].Lower == "an" || ws[i+1].Lower == "the") && (ws[i-1].Tag == Noun || indefinite[ws[i-1].Lower]) {
			return append(append(append([]Word{}, ws[:i]...), Word{Text: ",", Lower: ",", Tag: Mark}), ws[i:]...)
		}
	}
	return ws
}

// withoutAsides leaves out what stands in brackets.
func withoutAsides(s string) string {
	for {
		before, rest, ok := strings.Cut(s, " (")
		if !ok {
			return s
		}
		_, after, ok := strings.Cut(rest, ")")
		if !ok {
			return s
		}
		s = before + after
	}
}

// pointsOut tells whether a clause has a pronoun that an earlier clause may
// explain.
func pointsOut(ws []Word) bool {
	for _, w := range ws {
		switch w.Lower {
		case "they", "them", "their", "it", "its", "he", "she", "him", "her":
			return true
		}
	}
	return false
}

// setAgainst tells whether the last clause of a sentence is set against the
// first with the same verb, so that it says little alone: "peers get this
// money, nurses get that money".
func setAgainst(ws, part []Word) bool {
	at := len(ws) - len(part) - 1
	if at < 1 || ws[at].Tag != Mark {
		return false
	}
	v, u := verbAt(ws[:at]), verbAt(part)
	return v > 0 && u > 0 && base(ws[v]) == base(part[u]) && (ws[v].Tag == Base || ws[v].Tag == Third)
}

// parts gives a sentence and then the clauses that it is made of, so that one
// of them can be reported where the whole cannot. A clause that hangs on "if"
// or the like is not taken by itself.
func parts(ws []Word) [][]Word {
	out := [][]Word{ws}
	if ws[0].Tag == Sub {
		return out
	}
	if len(ws) > 3 && ws[0].Tag == Prep {
		for i := 2; i < len(ws) && i < 6; i++ {
			if ws[i].Tag == Mark && ws[i].Text == "," {
				out = append(out, trim(ws[i+1:])) // "in my community also, …"
			}
		}
	}
	for i := 3; i+3 < len(ws); i++ {
		w := ws[i]
		if w.Lower == "if" || w.Lower == "unless" || w.Lower == "when" {
			break
		}
		if (w.Tag == Mark && w.Text == "," || w.Tag == Conj && w.Lower != "or") && newClause(ws[i+1:]) {
			out = append(out, trim(ws[i+1:]))
		}
	}
	return out
}

// shape tries the ways in which a sentence can be turned.
func (r Rules) shape(ws []Word, stance Stance) (Statement, bool) {
	switch {
	case ws[0].Lower == "i" || ws[0].Lower == "as" && has(ws, "i"):
		return r.view(ws)
	case ws[0].Lower == "we":
		if s, ok := r.ours(ws); ok {
			return s, true
		}
		return r.we(ws[1:])
	case ws[0].Lower == "ours" || ws[0].Lower == "our" && own[ws[1].Lower]:
		return r.ours(ws)
	case ws[0].Lower == "our" || atOurs(ws) > 0:
		return r.local(ws)
	case ws[0].Lower == "what" && len(ws) > 5 && ws[1].Lower == "we" && ws[2].Lower == "do" && ws[3].Lower == "is":
		return r.we(ws[4:])
	case ws[0].Lower == "could" && len(ws) > 2 && ws[1].Lower == "we" && ws[2].Tag == Base:
		return r.doing(ws[2:], Idea)
	case len(ws) < fewest:
		return Statement{}, false
	case ws[0].Lower == "no":
		return r.lack(ws)
	case ws[0].Lower == "depends" || ws[0].Lower == "it" && ws[1].Lower == "depends":
		return r.depends(ws, stance)
	case ws[0].Lower == "it":
		return r.itIs(ws, stance)
	case ws[0].Lower == "you":
		return r.anybody(ws, stance)
	case ws[0].Lower == "what":
		return r.cleft(ws, stance)
	case ws[0].Lower == "if" || ws[0].Lower == "when":
		return r.conditional(ws, stance)
	case ws[0].Lower == "need" || ws[0].Lower == "needs":
		return r.thing(ws[1:], Wishing, Idea)
	case ws[0].Tag == Base && ws[0].Lemma != "":
		return r.imperative(ws)
	case ws[0].Tag == Noun && (ws[1].Tag == Det && !deictic[ws[1].Lower] || ws[1].Tag == Poss) && loadLexis().forms[ws[0].Lower].kinds&kBase != 0 && !hasFinite(ws[1:]):
		return r.imperative(asVerb(ws)) // "move the groups"
	case unspoken(ws):
		if s, ok := r.ours(append(Parse("we"), ws...)); ok {
			return s, true
		}
		return r.fragment(ws, stance)
	}
	if s, ok := r.clause(ws, stance); ok {
		return s, true
	}
	if s, ok := r.ofPhrase(ws); ok {
		return s, true
	}
	if s, ok := r.behindPhrase(ws, stance); ok {
		return s, true
	}
	if s, ok := r.ofWhom(ws, stance); ok {
		return s, true
	}
	return r.fragment(ws, stance)
}

// fragment reports a sentence without a verb as the thing that it names:
// "papers a week before, in plain words"; after "my worry is" also a gerund.
func (r Rules) fragment(ws []Word, stance Stance) (Statement, bool) {
	k := 0
	for k < len(ws) && (ws[k].Tag == Det || ws[k].Tag == Num) {
		k++
	}
	if n := len(ws); n > 3 && ws[n-1].Lower == "nothing" && ws[n-2].Lower == "or" {
		ws = ws[:n-2]
	}
	if n := len(ws); ws[n-1].Lower == "all" || has(ws, "nothing") || has(ws, "then") || has(ws, "than") || has(ws, "later") || has(ws, "themselves") {
		return Statement{}, false
	}
	run := nounRun(ws, k)
	if w := ws[0]; k == 0 && run > 0 && (w.Lower == "worth" || w.Lower == "mind" || w.Tag == Noun && run == 1 && ws[min(run, len(ws)-1)].Tag == Det && loadLexis().forms[w.Lower].kinds&kBase != 0) {
		return Statement{}, false // "mind the step"
	}
	if ws[0].Tag == Num && stance == Plain {
		return Statement{}, false // "two bars in the car park": whose?
	}
	if w := ws[0]; practical[w.Lower] && len(ws) > 1 && (ws[1].Tag == Noun || ws[1].Tag == Det) {
		return Statement{}, false // "pay expenses": a noun or a request?
	}
	if run > 0 && run+2 < len(ws) && ws[run].Lower == "being" && ws[run+1].Tag == Partic && !hasFinite(ws[:run]) {
		return r.thing(ws, Having, Worry)
	}
	if run == 0 || run == len(ws) || hasFinite(beforeWhom(ws)) || ws[0].Lower == "no" || ws[0].Lower == "same" || count(ws) > 18 {
		return Statement{}, false
	}
	if t := ws[run].Tag; t != Prep && t != Conj && t != IngV && t != To && ws[run].Text != "," && t != Det {
		return Statement{}, false
	}
	return r.thing(ws, Having, stance)
}

// opinion takes "I think that" and the like from the beginning.
func opinion(ws []Word) ([]Word, Stance) {
	for _, o := range openers {
		n := len(o.words)
		if len(ws) <= n+2 || !starts(ws, o.words) {
			continue
		}
		if (ws[n].Lower == "that" || ws[n].Lower == "about") && len(ws) > n+3 {
			n++
		}
		return ws[n:], o.stance
	}
	return ws, Plain
}

func starts(ws []Word, words []string) bool {
	for i, w := range words {
		if ws[i].Lower != w {
			return false
		}
	}
	return true
}

var openers = []struct {
	words  []string
	stance Stance
}{
	{strings.Fields("i would say"), Opinion}, {strings.Fields("i would argue"), Opinion}, {strings.Fields("i think"), Opinion}, {strings.Fields("i feel"), Opinion},
	{strings.Fields("i believe"), Opinion}, {strings.Fields("i reckon"), Opinion}, {strings.Fields("i suppose"), Opinion}, {strings.Fields("i find"), Opinion},
	{strings.Fields("i do think"), Opinion}, {strings.Fields("i also think"), Opinion}, {strings.Fields("my view is"), Opinion}, {strings.Fields("in my view"), Opinion}, {strings.Fields("in my experience"), Opinion},
	{strings.Fields("the thing is"), Plain}, {strings.Fields("the point is"), Plain}, {strings.Fields("for me"), Opinion}, {strings.Fields("the problem is"), Worry},
	{strings.Fields("i worry"), Worry}, {strings.Fields("my worry is"), Worry}, {strings.Fields("the worry is"), Worry}, {strings.Fields("i am worried"), Worry}, {strings.Fields("my concern is"), Worry}, {strings.Fields("i agree"), Opinion},
}

// trim takes away what hangs on at both ends: "and", "honestly", "mind".
func trim(ws []Word) []Word {
	for len(ws) > 0 {
		w := ws[0]
		switch {
		case w.Tag == Mark, w.Tag == Conj, w.Tag == Intj, hollow[w.Lower] && len(ws) > 1 && w.Tag != Prep,
			w.Lower == "so" && len(ws) > 1 && ws[1].Tag != Adj && ws[1].Tag != Adv && ws[1].Lower != "many":
			ws = ws[1:]
		case len(ws) > 5 && (w.Lower == "that" || w.Lower == "which") && ws[1].Lower == "is" && ws[2].Lower == "why":
			ws = ws[3:]
		case len(ws) > 3 && w.Lower == "to" && ws[1].Lower == "be" && (ws[2].Lower == "fair" || ws[2].Lower == "honest"):
			ws = ws[3:]
		default:
			return trimEnd(ws)
		}
	}
	return ws
}

func trimEnd(ws []Word) []Word {
	for len(ws) > 0 {
		if n := len(ws); n > 3 && ws[n-1].Lower == "stop" && ws[n-2].Lower == "full" {
			ws = ws[:n-2]
			continue
		}
		w := ws[len(ws)-1]
		if w.Tag != Mark && w.Tag != Intj && w.Tag != Conj && !tail[w.Lower] {
			return ws
		}
		ws = ws[:len(ws)-1]
	}
	return ws
}

var hollow = map[string]bool{"also": true, "honestly": true, "actually": true, "basically": true, "obviously": true, "sadly": true, "personally": true,
	"exactly": true, "anyway": true, "plus": true, "well": true, "hopefully": true, "ideally": true, "clearly": true, "frankly": true,
	"interestingly": true, "unfortunately": true, "though": true, "agree": true, "agreed": true, "true": true, "yet": true, "absolutely": true, "tbh": true}

var tail = map[string]bool{"mind": true, "though": true, "tbh": true, "honestly": true, "too": true, "really": true, "right": true, "sadly": true,
	"actually": true, "anyway": true, "either": true, "obviously": true, "x": true, "xx": true, "lol": true, "etc": true, "there": true, "frankly": true, "even": true, "imo": true, "instead": true, "straight": true}

// thing reports a noun phrase with what follows it.
func (r Rules) thing(ws []Word, form Form, stance Stance) (Statement, bool) {
	if d := ws[0].Lower; ws[0].Tag == Det && (deictic[d] || d == "no" || d == "enough" || d == "none") {
		return Statement{}, false
	}
	ws = cutClause(ws)
	k := 0
	for k < len(ws) && (ws[k].Tag == Det || ws[k].Tag == Num) {
		k++
	}
	if nounRun(ws, k) == 0 {
		return Statement{}, false
	}
	words, ok := r.settle(ws, agentPlural)
	if !ok {
		return Statement{}, false
	}
	if run := nounRun(ws, 0); k == 0 && run > 0 && !isPlural(loadLexis(), ws[run-1].Lower) && !IsMass(ws[run-1].Lower) && len(words) > 0 && ws[0].Tag != IngV {
		words = append(Parse(aOrAn(words[0].Lower)), words...)
	}
	return Statement{Text: Print(words), Form: form, Stance: stance, Words: count(words)}, true
}

func count(ws []Word) int {
	n := 0
	for _, w := range ws {
		if w.Tag != Mark {
			n++
		}
	}
	return n
}
