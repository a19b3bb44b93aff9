package kb

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cymar/text/linear"
)

// Explanation is why a question led where it did, for the curators.
type Explanation struct {
	Result     Result
	Words      []string // as they were read: stems of English, of Welsh its translation
	Concepts   []string
	Candidates []Because
}

// Because is what spoke for one candidate.
type Because struct {
	Candidate
	Features []Reason // of the model, strongest first
	Examples []Reason // the entry's examples most like the question
}

// Reason is one thing that spoke for a candidate, and how strongly.
type Reason struct {
	What   string
	Weight float64
}

// Explain finds, and says why.
func (b *Base) Explain(q Query) Explanation {
	r := b.vocab.read(q.Text, q.Lang)
	ex := Explanation{Result: b.Find(q), Words: r.stems}
	for _, c := range r.concepts {
		ex.Concepts = append(ex.Concepts, b.vocab.concepts.names[c])
	}
	if len(r.words) == 0 {
		return ex
	}
	f := features{names: make(map[uint32]string)}
	x := f.all(b.vocab, r)
	ranked := b.rank(q, r)
	for _, c := range ranked[:min(len(ranked), maxCandidate)] {
		ex.Candidates = append(ex.Candidates, Because{c, b.reasons(c.Entry, x, f.names), b.nearest(c.Entry, r)})
	}
	return ex
}

const maxReasons = 8

// reasons are the features that spoke most strongly for an entry.
func (b *Base) reasons(e *Entry, x []linear.Feature, names map[uint32]string) []Reason {
	class := b.model.Class(e.ID)
	if class < 0 {
		return nil
	}
	var out []Reason
	for _, f := range x {
		if w := b.model.Weight(class, f); w > 0 {
			out = append(out, Reason{names[f.ID], float64(w)})
		}
	}
	return strongest(out, maxReasons)
}

// nearest are the examples of an entry that are most like the question.
func (b *Base) nearest(e *Entry, r reading) []Reason {
	var out []Reason
	for _, q := range append(e.questions(), e.names()...) {
		n := newNear(b.vocab, b.model, []*Entry{{Examples: Examples{English: []string{q}}, Title: Words{English: q}}})
		if s := n.similarities(b.vocab, r)[0]; s > 0.1 {
			out = append(out, Reason{q, s})
		}
	}
	return strongest(out, 3)
}

func strongest(out []Reason, n int) []Reason {
	slices.SortFunc(out, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), strings.Compare(a.What, b.What))
	})
	return out[:min(len(out), n)]
}

// String is the explanation as lines for a terminal.
func (ex Explanation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "outcome   %s, confidence %.2f\n", ex.Result.Outcome, ex.Result.Confidence)
	fmt.Fprintf(&b, "read as   %s\n", strings.Join(ex.Words, " "))
	fmt.Fprintf(&b, "concepts  %s\n", strings.Join(ex.Concepts, ", "))
	for _, c := range ex.Candidates {
		fmt.Fprintf(&b, "%5.2f  %s (%s)\n", c.Confidence, c.Entry.ID, c.Entry.Outcome)
		for _, r := range c.Features {
			fmt.Fprintf(&b, "         %+.2f %s\n", r.Weight, r.What)
		}
		for _, r := range c.Examples {
			fmt.Fprintf(&b, "         %.2f like: %s\n", r.Weight, r.What)
		}
	}
	return b.String()
}
