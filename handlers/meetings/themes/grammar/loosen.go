package grammar

// indefinite pronouns can be subjects of which something general is said.
var indefinite = setOf("everyone nobody someone anyone everything nothing")

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

// own are what people call where they work.
var own = setOf("trust team service ward place organisation college charity centre board unit house group department")

// joined reports two clauses that hang together by "and", "but" or "because",
// where both can be told whole.
func (r Rules) joined(ws []Word, stance Stance) (Statement, bool) {
	for i := 3; i+3 < len(ws); i++ {
		w := ws[i]
		if w.Lower == "if" || w.Lower == "unless" || w.Lower == "when" {
			break
		}
		if w.Lower != "and" && w.Lower != "but" && w.Lower != "so" || !newClause(ws[i+1:]) {
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
		a.Negative, a.Past = a.Negative || b.Negative, a.Past || b.Past
		if b.Stance == Should {
			a.Stance = Should
		}
		return a, true
	}
	return r.setBeside(ws, stance)
}

// setBeside joins two clauses that are set against each other with nothing but
// a comma: "peers get a year, nurses get a post" → …, while nurses get a post.
func (r Rules) setBeside(ws []Word, stance Stance) (Statement, bool) {
	for i := 3; i+3 < len(ws); i++ {
		if ws[i].Tag != Mark || !setAgainst(ws, ws[i+1:]) {
			continue
		}
		a, ok := r.clause(ws[:i], stance)
		b, fits := r.clause(ws[i+1:], Plain)
		if !ok || !fits || a.Words < i || b.Words < len(ws)-i-1 || pointsOut(ws[i+1:]) || a.Words+b.Words+1 > most {
			return Statement{}, false
		}
		a.Text += ", while " + b.Text
		a.Words += b.Words + 1
		a.Negative, a.Past = a.Negative || b.Negative, a.Past || b.Past
		return a, true
	}
	return Statement{}, false
}

// empty are adverbs that a report leaves out.
var empty = setOf("actually basically literally honestly obviously really simply frankly truly definitely absolutely totally completely")

// pointsAhead tells whether "it" stands for what follows: "parents find it
// hard to ask".
func pointsAhead(ws []Word, i int) bool {
	if i == 0 || i+2 >= len(ws) {
		return false
	}
	if ws[i-1].Lemma == "make" && i+3 < len(ws) && ws[i+1].Tag == Det && ws[i+2].Tag == Noun {
		return ws[i+3].Tag == To || ws[i+3].Lower == "that" // "make it a rule that"
	}
	if ws[i+1].Tag != Adj {
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

// spelledOut writes a small number of hours, weeks and the like, and a figure
// of things, in letters, or gives "". Others, and how many people there are, may
// point at somebody and are not printed.
func spelledOut(ws []Word, i int) string {
	if ws[i].Tag != Num {
		return ""
	}
	if i > 0 && counted[ws[i-1].Lower] && len(ws[i].Lower) == 1 {
		return numerals[ws[i].Lower]
	}
	if i+1 >= len(ws) {
		return ""
	}
	next := ws[i+1]
	if i+2 < len(ws) && ws[i+2].Tag == Noun && spans[next.Lower+"s"] {
		return numerals[ws[i].Lower] // "a ten day induction"
	}
	if !spans[next.Lower] && (next.Tag != Noun || !isPlural(loadLexis(), next.Lower) || IsPerson(next.Lower) || len(ws[i].Lower) > 1 && !dozen[ws[i].Lower]) {
		return ""
	}
	return numerals[ws[i].Lower]
}

// counted are what has a number behind it: "week 4", "level 2".
var counted = setOf("week day month level step stage room")

var dozen = setOf("10 11 12")

var spans = setOf("minutes hours days weeks months years times sessions")

var numerals = map[string]string{"2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine", "10": "ten",
	"11": "eleven", "12": "twelve", "15": "fifteen", "20": "twenty", "30": "thirty", "40": "forty"}
