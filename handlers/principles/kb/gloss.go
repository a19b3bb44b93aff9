package kb

import (
	"fmt"
	"strings"

	"cymar/text"
	"cymar/text/linear"
)

// gloss is a small Welsh dictionary: it turns the words of a question in
// Welsh into English ones, so that the question profits from all that the
// finder learned in English.
type gloss struct {
	exact   map[uint32][]string // hash of the words of a phrase → English words
	mutated map[uint32][]string // hash of their keys, the same for all mutations
}

// parseGloss reads the dictionary file; see the comments at its top.
func parseGloss(file, src string) (*gloss, error) {
	g := &gloss{exact: make(map[uint32][]string), mutated: make(map[uint32][]string)}
	var faults Faults
	for i, row := range strings.Split(src, "\n") {
		row = strings.TrimSpace(row)
		if row == "" || row[0] == '#' {
			continue
		}
		for pair := range strings.SplitSeq(row, ";") {
			welsh, english, ok := strings.Cut(pair, "=")
			from, to := text.Words(text.Fold(welsh)), text.Words(text.Fold(english))
			if !ok || len(from) == 0 || len(from) > maxPhrase || len(to) == 0 {
				faults = append(faults, Fault{file, i + 1, fmt.Sprintf(`%q: a pair is "gair = word"`, strings.TrimSpace(pair))})
				continue
			}
			g.add(from, to)
		}
	}
	return g, faults.orNil()
}

// add puts a phrase into the dictionary, unless an earlier one has its place.
func (g *gloss) add(from, to []string) {
	exact, mutated := linear.Offset, linear.Offset
	for _, w := range from {
		exact, mutated = extend(exact, w), extend(mutated, text.Demutate(w))
	}
	if g.exact[exact] == nil {
		g.exact[exact] = to
	}
	if g.mutated[mutated] == nil {
		g.mutated[mutated] = to
	}
}

func extend(id uint32, word string) uint32 { return linear.Extend(linear.Extend(id, word), " ") }

// english appends to dst the English words for Welsh ones, the longest
// phrases first; a word that is not in the dictionary stays as it is.
func (g *gloss) english(dst, words []string) []string {
	for i := 0; i < len(words); {
		n, to := g.longest(words[i:])
		if n == 0 {
			n, to = 1, words[i:i+1]
		}
		dst = append(dst, to...)
		i += n
	}
	return dst
}

// longest finds the longest phrase at the beginning of words; just these words
// come before a mutation of others (tîm, a team, before dim, nothing).
func (g *gloss) longest(words []string) (n int, to []string) {
	exact, mutated := linear.Offset, linear.Offset
	for i, w := range words[:min(len(words), maxPhrase)] {
		exact, mutated = extend(exact, w), extend(mutated, text.Demutate(w))
		found, ok := g.exact[exact]
		if !ok {
			found, ok = g.mutated[mutated]
		}
		if ok {
			n, to = i+1, found
		}
	}
	return n, to
}
