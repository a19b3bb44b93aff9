package grammar

import "slices"

// view reports what somebody would like, prefers or worries about, as what one
// contributor does: "I'd rather have a manager who thinks it matters" → would
// rather have a manager who thinks it matters. It tells nothing of who they
// are; what has been or is the case with them is refused.
func (r Rules) view(ws []Word) (Statement, bool) {
	if ws[0].Lower == "as" {
		ws = afterRole(ws)
	}
	if len(ws) < 5 || ws[0].Lower != "i" {
		return Statement{}, false
	}
	verb, rest := viewVerb(ws[1:])
	if len(verb) == 0 {
		return Statement{}, false
	}
	if rest = cutClause(rest); len(rest) < 2 || outside(rest) {
		return Statement{}, false
	}
	tail, ok := r.settle(ofThem(rest), agentSelf)
	if !ok || len(tail) < 2 {
		return Statement{}, false
	}
	words := slices.Concat(verb, tail)
	return Statement{Text: Print(words), Form: View, Stance: Opinion, Negative: negative(words), Words: count(words) + 2}, true
}

// afterRole leaves out as what somebody speaks: "as a psychologist I would …".
func afterRole(ws []Word) []Word {
	for i := 1; i < len(ws) && i < 6; i++ {
		if ws[i].Lower == "i" {
			return ws[i:]
		}
	}
	return ws
}

// viewVerb gives the verb of a view as it follows "one contributor".
func viewVerb(ws []Word) (verb, rest []Word) {
	for len(ws) > 2 && (ws[0].Lower == "really" || ws[0].Lower == "still" || ws[0].Lower == "also" || ws[0].Lower == "just") {
		ws = ws[1:]
	}
	for _, v := range views {
		if len(ws) < len(v.words)+2 || !starts(ws, v.words) {
			continue
		}
		rest = ws[len(v.words):]
		switch {
		case v.to && (rest[0].Tag == To && practicalView(rest[1:]) || !v.only && isThing(rest[0])),
			v.base && rest[0].Tag == Base && practicalView(rest), v.base && rest[0].Lower == "have" && isThing(rest[1]),
			v.thing && isThing(rest[0]):
			return Parse(v.told), rest
		}
		return nil, nil
	}
	return nil, nil
}

// views are the ways to say what one would like, and how they are told.
var views = []struct {
	words    []string
	told     string
	to, base bool // "to" or a bare verb may follow
	thing    bool // a noun phrase may follow
	only     bool // nothing but "to" may follow
}{
	{words: []string{"would", "rather", "not"}, told: "would rather not", base: true},
	{words: []string{"would", "rather"}, told: "would rather", base: true},
	{words: []string{"would", "prefer"}, told: "would prefer", to: true},
	{words: []string{"would", "like"}, told: "would like", to: true},
	{words: []string{"would", "love"}, told: "would like", to: true},
	{words: []string{"would", "want"}, told: "would want", to: true},
	{words: []string{"would", "welcome"}, told: "would welcome", thing: true},
	{words: []string{"would", "worry", "about"}, told: "would worry about", thing: true},
	{words: []string{"do", "not", "want"}, told: "did not want", to: true},
	{words: []string{"want"}, told: "wanted", to: true},
	{words: []string{"prefer"}, told: "preferred", to: true},
	{words: []string{"value"}, told: "valued", thing: true},
}

func isThing(w Word) bool {
	switch w.Tag {
	case Det:
		return !deictic[w.Lower] && w.Lower != "all" && w.Lower != "any"
	case Noun, Adj, IngV, Num:
		return true
	case Pron:
		return indefinite[w.Lower]
	}
	return false
}

// practicalView tells whether a bare verb says what should be done, and not
// what somebody wants to say or hear.
func practicalView(ws []Word) bool {
	return len(ws) > 1 && ws[0].Tag == Base && practical[ws[0].Lemma] && !spoken[ws[0].Lemma]
}

var spoken = setOf("say ask tell talk share add join show listen present book phone text mention check go try start stop help send")

// outside tells whether words speak to somebody or of themselves.
func outside(ws []Word) bool {
	for i, w := range ws {
		switch w.Lower {
		case "you", "your", "we", "us", "our", "ours", "he", "she", "copy", "slides", "this", "that":
			if w.Lower != "that" || i+1 == len(ws) || w.Tag != Sub && ws[max(i-1, 0)].Tag != Noun {
				return true
			}
		case "am", "was", "had", "been", "have":
			if w.Lower != "have" || i > 0 && ws[i-1].Lower == "i" {
				return true
			}
		}
	}
	return false
}

// ofThem puts "they" for the "I" of a view.
func ofThem(ws []Word) []Word {
	out := slices.Clone(ws)
	for i := range out {
		if s := theirs[out[i].Lower]; s != "" {
			out[i].Text, out[i].Lower = s, s
		}
	}
	return out
}

var theirs = map[string]string{"i": "they", "me": "them", "my": "their", "mine": "theirs", "myself": "themselves"}
