package lexicon

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"cymar/handlers/meetings/themes/text"
)

//go:embed cues.txt
var cuesFile string

// Cue is one phrase that tells what somebody is doing rather than what about.
type Cue struct {
	Class string
	At    int // index of the first word
	Len   int
}

// Cues finds such phrases. It is read-only once made.
type Cues struct{ root *cueNode }

type cueNode struct {
	next    map[string]*cueNode
	classes []string
}

var loadCues = sync.OnceValue(func() *Cues {
	c, err := parseCues(cuesFile)
	if err != nil {
		panic(err) // the file is part of the program; a test reads it
	}
	return c
})

// DefaultCues gives the cues that are part of the program.
func DefaultCues() *Cues { return loadCues() }

func parseCues(file string) (*Cues, error) {
	c := &Cues{root: &cueNode{next: map[string]*cueNode{}}}
	class := ""
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '@':
			class = line[1:]
		case class == "":
			return nil, fmt.Errorf("%q stands before the first class", line)
		default:
			for phrase := range strings.SplitSeq(line, ",") {
				c.add(class, strings.Fields(phrase))
			}
		}
	}
	return c, nil
}

func (c *Cues) add(class string, words []string) {
	if len(words) == 0 {
		return
	}
	at := c.root
	for _, w := range words {
		w = text.Fold(w)
		if at.next[w] == nil {
			at.next[w] = &cueNode{next: map[string]*cueNode{}}
		}
		at = at.next[w]
	}
	at.classes = append(at.classes, class)
}

// Find gives every cue in the words. The words are as CueWords gives them.
func (c *Cues) Find(words []string) []Cue {
	var out []Cue
	for i := range words {
		out = c.root.walk(words, i, i, out)
	}
	return out
}

func (n *cueNode) walk(words []string, from, i int, out []Cue) []Cue {
	for _, class := range n.classes {
		out = append(out, Cue{Class: class, At: from, Len: i - from})
	}
	if i >= len(words) {
		return out
	}
	if next := n.next[words[i]]; next != nil {
		out = next.walk(words, from, i+1, out)
	}
	if next := n.next["*"]; next != nil {
		out = next.walk(words, from, i+1, out)
	}
	return out
}

// CueWords gives a text's words as cues are written: lower case, no
// apostrophes, hyphenated words apart.
func CueWords(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ReplaceAll(w, "'", "")
	}
	return out
}
