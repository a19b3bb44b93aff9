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
	words map[uint32][]string // hash of the keys of a phrase → English words
}

// parseGloss reads the dictionary file; see the comments at its top.
func parseGloss(file, src string) (*gloss, error) {
	g := &gloss{words: make(map[uint32][]string)}
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
			id := phraseID(from)
			if g.words[id] == nil {
				g.words[id] = to
			}
		}
	}
	return g, faults.orNil()
}

// phraseID is the same for a phrase in all its mutations.
func phraseID(words []string) uint32 {
	id := linear.Offset
	for _, w := range words {
		id = linear.Extend(linear.Extend(id, text.Demutate(w)), " ")
	}
	return id
}

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

// longest finds the longest phrase at the beginning of words.
func (g *gloss) longest(words []string) (n int, to []string) {
	id := linear.Offset
	for i, w := range words[:min(len(words), maxPhrase)] {
		id = linear.Extend(linear.Extend(id, text.Demutate(w)), " ")
		if found, ok := g.words[id]; ok {
			n, to = i+1, found
		}
	}
	return n, to
}
