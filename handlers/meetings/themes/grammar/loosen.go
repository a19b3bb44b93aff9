package grammar

// indefinite pronouns can be subjects of which something general is said.
var indefinite = setOf("everyone nobody someone anyone")

// beforeAdverbs moves the place of a verb to before the adverbs and the "never"
// that belong to it: "the team never meets the peer".
func beforeAdverbs(ws []Word, v int) int {
	for v > 1 && (ws[v-1].Tag == Adv || ws[v-1].Tag == Not) {
		v--
	}
	return v
}

// adverbs counts those with which words begin.
func adverbs(ws []Word) int {
	k := 0
	for k < len(ws) && (ws[k].Tag == Adv || ws[k].Tag == Not) {
		k++
	}
	return k
}

// everybody puts "people" where "you" means anybody: of a subject in the third
// person, "the form asks you for three references". What will or might happen
// to "you", or happens if you wish, is said to somebody.
func everybody(ws []Word) []Word {
	out := append([]Word{}, ws...)
	said := false
	for i, w := range ws {
		switch {
		case w.Tag == Modal && w.Lower != "can" && w.Lower != "cannot" && w.Lower != "should", w.Tag == Past, w.Lower == "if",
			w.Lower == "they", w.Lower == "them", w.Lower == "their":
			return ws
		case w.Lower == "you":
			out[i] = Word{Text: "people", Lower: "people", Tag: Noun}
			said = true
		case w.Lower == "your" && said:
			out[i] = Word{Text: "their", Lower: "their", Tag: Poss}
		}
	}
	return out
}

// possible: "you can accept character references" → it is possible to accept
// character references.
func (r Rules) possible(ws []Word) (Statement, bool) {
	tail, ok := r.settle(cutClause(ws), agentPlural)
	if !ok || len(tail) < 2 {
		return Statement{}, false
	}
	words := append(Parse("it is possible to"), tail...)
	return Statement{Text: Print(words), Form: That, Stance: Opinion, Words: count(words)}, true
}

// ofOurs gives how many words at the beginning stand for the writer's own
// service, before a verb of what it does: "ours run a drop-in", "our team asks
// people twice". Then it is a practice and not the service that is reported.
func ofOurs(ws []Word) int {
	k := 0
	switch {
	case ws[0].Lower == "ours":
		k = 1
	case ws[0].Lower == "our" && len(ws) > 3 && own[ws[1].Lower]:
		k = 2
	}
	if k == 0 || len(ws) < k+2 {
		return 0
	}
	if v := ws[k]; v.Lemma == "" || !practical[v.Lemma] || v.Tag != Base && v.Tag != Third && v.Tag != Past && v.Tag != Noun {
		return 0
	}
	ws[k].Tag = Base
	return k
}

var own = setOf("trust team service ward place organisation college charity centre board unit house group department")

// joined reports two clauses that hang together by "and", "but" or "because",
// where both can be told whole.
func (r Rules) joined(ws []Word, stance Stance) (Statement, bool) {
	for i := 3; i+3 < len(ws); i++ {
		w := ws[i]
		if w.Lower == "if" || w.Lower == "unless" || w.Lower == "when" || w.Lower == "so" {
			break
		}
		if w.Lower != "and" && w.Lower != "but" || !newClause(ws[i+1:]) {
			continue
		}
		left, right := trimEnd(ws[:i]), ws[i+1:]
		a, ok := r.clause(left, stance)
		if !ok || a.Words < count(left) || stance != Plain {
			break
		}
		b, ok := r.clause(right, Plain)
		if !ok || b.Words < count(right) || pointsOut(right) || a.Words+b.Words+1 > most {
			break
		}
		a.Text += ", " + w.Lower + " " + b.Text
		if w.Lower == "and" {
			a.Text = a.Text[:len(a.Text)-len(b.Text)-6] + " and " + b.Text
		}
		a.Words += b.Words + 1
		a.Negative = a.Negative || b.Negative
		if b.Stance == Should {
			a.Stance = Should
		}
		return a, true
	}
	return Statement{}, false
}

// empty are adverbs that a report leaves out.
var empty = setOf("actually basically literally honestly obviously really simply frankly truly definitely absolutely totally completely")

// pointsAhead tells whether "it" stands for what follows: "parents find it
// hard to ask".
func pointsAhead(ws []Word, i int) bool {
	if i == 0 || i+2 >= len(ws) || ws[i+1].Tag != Adj {
		return false
	}
	switch ws[i-1].Lemma {
	case "find", "make", "think", "feel":
		return ws[i+2].Tag == To || ws[i+2].Lower == "that"
	}
	return false
}

// Written gives the lower-case words of a text as a report would write them:
// short forms written out, small numbers in letters.
func Written(s string) []string {
	ws := Parse(s)
	out := make([]string, 0, len(ws))
	for i, w := range ws {
		if n := spelledOut(ws, i); n != "" {
			out = append(out, n)
		} else if w.Tag != Mark {
			out = append(out, w.Lower)
		}
	}
	return out
}

// spelledOut writes a small number of hours, weeks and the like in letters, or
// gives "". Other figures may point at somebody and are not printed.
func spelledOut(ws []Word, i int) string {
	if ws[i].Tag != Num || i+1 >= len(ws) || !spans[ws[i+1].Lower] {
		return ""
	}
	return numerals[ws[i].Lower]
}

var spans = setOf("minutes hours days weeks months years times sessions")

var numerals = map[string]string{"2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine", "10": "ten",
	"11": "eleven", "12": "twelve", "15": "fifteen", "20": "twenty", "30": "thirty", "40": "forty"}
