package when

import (
	"regexp"
	"strconv"
	"strings"

	"cymar/text"
)

// token is a word, a number, a date in figures or a comma.
type token struct {
	text   string // folded, without accents
	figure int    // -1 where it is no number
	suffix string // of a number: "th", "fed"
}

// Everything that the package looks at, in one go: dates in figures, one to
// one, numbers with what is joined to them, words, and marks that end a part.
var pieces = regexp.MustCompile(`\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|1[:-]1\b|\d{1,2}[:h]\d{2}\b|\d{1,2}[./-]\d{1,2}|\d+|[\pL]+|[,;.!?()]`)

const maxTokens = 200

// tokens divides a text. "4-weekly" is two tokens, "3rd" and "12fed" one.
func tokens(s string) []token {
	plain := text.Plain(text.Fold(s))
	plain = joined.Replace(plain)
	var out []token
	for _, at := range pieces.FindAllStringIndex(plain, maxTokens) {
		p := plain[at[0]:at[1]]
		if n := len(out); n > 0 && at[0] > 0 && out[n-1].figure >= 0 && isSuffix(p) && isDigit(plain[at[0]-1]) {
			out[n-1].suffix, out[n-1].text = p, out[n-1].text+p
			continue
		}
		t := token{text: p, figure: -1}
		if strings.Trim(p, "0123456789") == "" {
			t.figure = figure(p)
		}
		out = append(out, t)
	}
	return out
}

// figure is a number of any length, cut off where no date or interval goes.
func figure(p string) int {
	const most = 100000
	n, err := strconv.Atoi(p)
	if err != nil || n > most {
		return most
	}
	return n
}

// joined makes one word of what people write as two.
var joined = strings.NewReplacer("co-reflection", "coreflection", "co reflection", "coreflection",
	"co-supervision", "cosupervision", "cyd-fyfyrio", "cydfyfyrio", "cyd-oruchwyliaeth", "cydoruchwyliaeth",
	"one to one", "1:1", "one-to-one", "1:1", "un i un", "1:1", "bi-weekly", "biweekly", "bi-monthly", "bimonthly",
	"'r ", " ", "'n ", " ")

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isSuffix(p string) bool {
	switch p {
	case "st", "nd", "rd", "th", "af", "il", "ydd", "fed", "ed", "eg", "ain":
		return true
	}
	return false
}

// stop reports whether the token ends a part of the sentence.
func (t token) stop() bool {
	return strings.ContainsAny(t.text, ",;.!?()") && t.figure < 0 && len(t.text) == 1
}

// reader walks over the tokens.
type reader struct{ toks []token }

// at is the token at i, or an empty one past the end.
func (r reader) at(i int) token {
	if i < 0 || i >= len(r.toks) {
		return token{figure: -1}
	}
	return r.toks[i]
}

// is reports whether the token at i is one of these words.
func (r reader) is(i int, any ...string) bool {
	t := r.at(i).text
	for _, w := range any {
		if t == w {
			return true
		}
	}
	return false
}

// said is the words from i to j.
func (r reader) said(i, j int) string {
	var ws []string
	for _, t := range r.toks[i:min(j, len(r.toks))] {
		ws = append(ws, t.text)
	}
	return strings.Join(ws, " ")
}

// number is a number at i in figures or in words.
func (r reader) number(i int) (int, bool) {
	t := r.at(i)
	if t.figure >= 0 && t.suffix == "" {
		return t.figure, true
	}
	n, ok := words.numbers[t.text]
	return n, ok && t.figure < 0
}
