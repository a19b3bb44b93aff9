package lexicon

import (
	"slices"
	"strings"
)

// trie holds phrases word by word.
type trie struct {
	nodes []node
}

type node struct {
	next     map[string]int32
	concepts []Concept
}

func (t *trie) grow() int32 {
	t.nodes = append(t.nodes, node{})
	return int32(len(t.nodes) - 1)
}

// step is the node after at with a word, made where it is missing.
func (t *trie) step(at int32, word string) int32 {
	if to, ok := t.nodes[at].next[word]; ok {
		return to
	}
	to := t.grow()
	n := &t.nodes[at]
	if n.next == nil {
		n.next = make(map[string]int32)
	}
	n.next[word] = to
	return to
}

func (t *trie) mark(at int32, c Concept) {
	n := &t.nodes[at]
	if !slices.Contains(n.concepts, c) {
		n.concepts = append(n.concepts, c)
	}
}

func (t *trie) add(words []string, c Concept) {
	at := int32(0)
	for _, w := range words {
		at = t.step(at, w)
	}
	t.mark(at, c)
}

// addForms adds every phrase that has one of forms[i] as its i-th word.
func (t *trie) addForms(at int32, forms [][]string, c Concept) {
	if len(forms) == 0 {
		t.mark(at, c)
		return
	}
	for _, w := range forms[0] {
		t.addForms(t.step(at, w), forms[1:], c)
	}
}

func (t *trie) find(words []string) Match {
	var m Match
	at := int32(0)
	for i, w := range words {
		to, ok := t.nodes[at].next[w]
		if !ok {
			break
		}
		at = to
		if c := t.nodes[at].concepts; len(c) > 0 {
			m = Match{Concepts: c, Len: i + 1}
		}
	}
	return m
}

// changes are the beginnings of Welsh words with what the soft, nasal and
// aspirate mutations make of them. "ll" and "rh" stand before their first
// letters, and a beginning of two letters that does not change ("ff", "th")
// keeps its first letter's row away from it.
var changes = []struct {
	from string
	to   []string
}{
	{"ll", []string{"l"}}, {"rh", []string{"r"}}, {"ch", nil}, {"dd", nil}, {"ff", nil}, {"ng", nil}, {"ph", nil}, {"th", nil},
	{"p", []string{"b", "mh", "ph"}}, {"t", []string{"d", "nh", "th"}}, {"c", []string{"g", "ngh", "ch"}},
	{"b", []string{"f", "m"}}, {"d", []string{"dd", "n"}}, {"g", []string{"", "ng"}}, {"m", []string{"f"}},
}

// mutated returns a Welsh word with all the forms that it may take. A word of
// one or two letters stays as it is: too many others look like it.
func mutated(word string) []string {
	forms := []string{word}
	if len(word) < 3 {
		return forms
	}
	for _, ch := range changes {
		rest, ok := strings.CutPrefix(word, ch.from)
		if !ok {
			continue
		}
		for _, to := range ch.to {
			forms = append(forms, to+rest)
		}
		break
	}
	if strings.ContainsRune("aeiouwy", rune(word[0])) {
		forms = append(forms, "h"+word)
	}
	return forms
}
