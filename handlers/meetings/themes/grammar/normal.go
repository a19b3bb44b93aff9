package grammar

import (
	"strings"

	"cymar/handlers/meetings/themes/text"
)

// normal writes out what people shorten in a chat: "dont" → "do not", "hrs" →
// "hours". A word may become two.
func normal(toks []text.Token) []text.Token {
	out := make([]text.Token, 0, len(toks)+4)
	for i, t := range toks {
		if n := len(out); n > 0 && t.Lower == "pager" && out[n-1].Lower == "one" {
			out[n-1] = word("one-pager")
			continue
		}
		if n := len(out); n > 0 && t.Lower == "one" && out[n-1].Lower == "no" && (i+1 == len(toks) || !oneThing[toks[i+1].Lower]) {
			out[n-1] = word("nobody")
			continue
		}
		if n := len(out); n > 0 && (t.Text == "'" || t.Text == "’") && strings.HasSuffix(out[n-1].Lower, "s") && i+1 < len(toks) && toks[i+1].Word && single(toks, t.Text) {
			out[n-1].Text, out[n-1].Lower = out[n-1].Text+"'", out[n-1].Lower+"'" // "carers' group"
			continue
		}
		if !t.Word {
			out = mark(out, toks, i)
			continue
		}
		next := ""
		if i+1 < len(toks) {
			next = toks[i+1].Lower
		}
		out = append(out, expand(t, next)...)
	}
	return out
}

func mark(out []text.Token, toks []text.Token, i int) []text.Token {
	switch toks[i].Text {
	case "&", "+":
		return append(out, word("and"))
	case "/":
		if n := len(out); n > 0 && out[n-1].Lower == "w" {
			out[n-1] = word("with")
			return out
		}
	}
	return append(out, toks[i])
}

func word(s string) text.Token { return text.Token{Text: s, Lower: strings.ToLower(s), Word: true} }

// expand gives the words that stand for one typed word.
func expand(t text.Token, next string) []text.Token {
	if t.Text == "IT" {
		return []text.Token{{Text: t.Text, Lower: computing, Word: true}}
	}
	if full, ok := shortForms[t.Lower]; ok && t.Text != "HR" {
		return split(full, t)
	}
	if t.Lower == "its" && strings.Contains(itIs, " "+next+" ") {
		return split("it is", t)
	}
	if i := strings.IndexByte(t.Lower, '\''); i > 0 {
		return apostrophe(t, i, next)
	}
	return []text.Token{t}
}

func split(full string, t text.Token) []text.Token {
	var out []text.Token
	for k, w := range strings.Fields(full) {
		tok := word(w)
		if k == 0 && t.Text != t.Lower && strings.ToUpper(t.Text) != t.Text {
			tok.Text = text.UpperFirst(w)
		}
		out = append(out, tok)
	}
	return out
}

// apostrophe writes out "isn't", "we've", "it's"; a possessive stays.
func apostrophe(t text.Token, i int, next string) []text.Token {
	stem, end := t.Lower[:i], t.Lower[i:]
	switch {
	case strings.HasSuffix(t.Lower, "n't"):
		return split(strings.TrimSuffix(t.Lower, "n't")+" not", t)
	case end == "'re":
		return split(stem+" are", t)
	case end == "'ve":
		return split(stem+" have", t)
	case end == "'ll":
		return split(stem+" will", t)
	case end == "'m":
		return split(stem+" am", t)
	case end == "'d":
		if loadLexis().forms[next].kinds&(kPartic|kPast) != 0 && loadLexis().forms[next].kinds&kBase == 0 || next == "been" || next == "had" {
			return split(stem+" had", t)
		}
		return split(stem+" would", t)
	case end == "'s" && isClause(stem, next):
		be := " is"
		if e := loadLexis().forms[next]; next == "got" || next == "been" || e.kinds&kPartic != 0 && e.kinds&kAdj == 0 && (next == "gone" || next == "become" || next == "done") {
			be = " has"
		}
		return split(stem+be, t)
	}
	return []text.Token{t}
}

// isClause tells whether "'s" after a word is "is" and not a possessive.
func isClause(stem, next string) bool {
	switch stem {
	case "women", "men", "children", "people", "person", "carer", "child", "woman", "man", "peer", "team", "nhs":
		if t, ok := loadLexis().closed[next]; !ok || t != Det && t != Not {
			return false // "women's secure services", "the carer's leave"
		}
	case "everyone", "nobody", "somebody", "everybody", "someone":
		return loadLexis().forms[next].kinds&kNoun == 0 // "everyone's faces", "nobody's budget"
	case "it", "he", "she", "that", "there", "here", "what", "who", "where", "how", "when", "this", "let":
		return stem != "let"
	}
	if t, ok := loadLexis().closed[next]; ok {
		return t == Det || t == Adv || t == Prep || t == Not || t == Poss || t == Pron || t == To || t == Sub
	}
	e := loadLexis().forms[next]
	return next == "" || e.kinds&(kAdj|kIng|kAdv) != 0 && e.kinds&kNoun == 0
}

// computing is how "IT" in capitals is known, beside "it".
const computing = "i.t"

var shortForms = map[string]string{"occ": "occupational", "re": "regarding", "psych": "psychology", "dont": "do not", "doesnt": "does not", "didnt": "did not", "cant": "cannot", "can't": "cannot", "wont": "will not", "won't": "will not",
	"isnt": "is not", "arent": "are not", "wasnt": "was not", "werent": "were not", "shouldnt": "should not", "couldnt": "could not", "wouldnt": "would not",
	"havent": "have not", "hasnt": "has not", "hadnt": "had not", "im": "I am", "i'm": "I am", "ive": "I have", "i've": "I have", "i'd": "I would", "i'll": "I will", "youre": "you are", "theyre": "they are",
	"thats": "that is", "whats": "what is", "whos": "who is", "hes": "he is", "shes": "she is", "weve": "we have", "theyve": "they have", "youve": "you have", "theres": "there is",
	"shan't": "shall not", "ppl": "people", "hrs": "hours", "hr": "hour", "wk": "week", "wks": "weeks", "mins": "minutes", "min": "minute", "yr": "year", "yrs": "years",
	"mth": "month", "mths": "months", "bc": "because", "bcs": "because", "cos": "because", "cuz": "because", "coz": "because", "tho": "though", "thru": "through", "u": "you", "ur": "your",
	"mgmt": "management", "mgr": "manager", "incl": "including", "info": "information", "docs": "documents", "comms": "communications", "til": "until", "till": "until",
	"prep": "preparation", "no-one": "nobody",
	"sop": "SOP", "pm": "pm", "org": "organisation", "orgs": "organisations", "vol": "voluntary", "uni": "university",
	"specs": "specifications", "spec": "specification", "e-mail": "email", "perm": "permanent", "temp": "temporary", "sup": "supervision",
	"obs": "observations", "rep": "representative", "reps": "representatives", "psw": "PSW", "psws": "PSWs", "em": "them", "folk": "people", "folks": "people", "gonna": "going to", "wanna": "want to", "lads": "men", "everybody": "everyone", "somebody": "someone", "anybody": "anyone", "meds": "medication"}

// single tells whether a mark stands once in a sentence, so that it closes no
// quotation.
func single(toks []text.Token, mark string) bool {
	n := 0
	for _, t := range toks {
		if t.Text == mark {
			n++
		}
	}
	return n == 1
}

// oneThing are nouns before which "no one" is "not any one".
var oneThing = setOf("size way thing person service team answer model approach place reason")

// itIs are the words after which "its" is meant as "it is".
const itIs = " not the a an too very so just about been hard easy good bad great only all being always never nice important difficult like really also more less impossible better worse possible on in still already what whether how because when where who going getting no "
