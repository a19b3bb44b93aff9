package kb

import (
	"math"
	"sync"

	"cymar/text/linear"
)

// near finds entries that the model was not trained on, a deployer's own, by
// their nearest examples.
type near struct {
	entries  []*Entry
	owner    []int32 // of each example, the index of its entry
	postings map[uint32][]posting
	model    *linear.Model
}

type posting struct {
	example int32
	value   float32
}

// newNear indexes the examples, titles and terms of entries.
func newNear(v *vocabulary, m *linear.Model, entries []*Entry) *near {
	n := &near{entries: entries, postings: make(map[uint32][]posting), model: m}
	vectors := make([][][]linear.Feature, len(entries))
	var wait sync.WaitGroup
	for i, e := range entries {
		wait.Go(func() {
			for _, q := range append(e.questions(), e.names()...) {
				vectors[i] = append(vectors[i], n.vector(v, v.read(q, "")))
			}
		})
	}
	wait.Wait()
	for i, of := range vectors {
		for _, x := range of {
			at := int32(len(n.owner))
			n.owner = append(n.owner, int32(i))
			for _, y := range x {
				n.postings[y.ID] = append(n.postings[y.ID], posting{at, y.Value})
			}
		}
	}
	return n
}

// vector is what a reading means, rare features weighing more, of length one.
func (n *near) vector(v *vocabulary, r reading) []linear.Feature {
	var f features
	x := f.meaning(v, r)
	sum := 1e-9
	for i := range x {
		x[i].Value *= n.model.IDF(x[i].ID)
		sum += float64(x[i].Value) * float64(x[i].Value)
	}
	length := float32(math.Sqrt(sum))
	for i := range x {
		x[i].Value /= length
	}
	return x
}

// similarities are how alike a question is to each entry, from 0 to 1: its
// nearest example counts for most, the next two for the rest.
func (n *near) similarities(v *vocabulary, r reading) []float64 {
	if len(n.entries) == 0 {
		return nil
	}
	alike := make([]float32, len(n.owner))
	for _, y := range n.vector(v, r) {
		for _, p := range n.postings[y.ID] {
			alike[p.example] += float32(y.Value * p.value) // not to be fused: see linear.Model.Scores
		}
	}
	best := make([][3]float32, len(n.entries))
	for i, s := range alike {
		rank(&best[n.owner[i]], s)
	}
	out := make([]float64, len(n.entries))
	for i, b := range best {
		out[i] = 0.7*float64(b[0]) + 0.2*float64(b[1]) + 0.1*float64(b[2])
	}
	return out
}

// rank puts s into the three best, if it is one of them.
func rank(best *[3]float32, s float32) {
	for i, b := range best {
		if s > b {
			copy(best[i+1:], best[i:2])
			best[i] = s
			return
		}
	}
}
