package kb

import (
	"math"

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
	for i, e := range entries {
		for _, q := range append(e.questions(), e.names()...) {
			var f features
			at := int32(len(n.owner))
			n.owner = append(n.owner, int32(i))
			x := f.meaning(v, v.read(q, ""))
			length := n.length(x)
			for _, y := range x {
				n.postings[y.ID] = append(n.postings[y.ID], posting{at, n.weigh(y) / length})
			}
		}
	}
	return n
}

func (n *near) weigh(f linear.Feature) float32 { return f.Value * n.model.IDF(f.ID) }

func (n *near) length(x []linear.Feature) float32 {
	sum := 1e-9
	for _, f := range x {
		w := float64(n.weigh(f))
		sum += w * w
	}
	return float32(math.Sqrt(sum))
}

// similarities are how alike a question is to each entry, from 0 to 1: its
// nearest example counts for most, the next two for the rest.
func (n *near) similarities(v *vocabulary, r reading) []float64 {
	if len(n.entries) == 0 {
		return nil
	}
	var f features
	x := f.meaning(v, r)
	length := n.length(x)
	alike := make([]float32, len(n.owner))
	for _, y := range x {
		w := n.weigh(y) / length
		for _, p := range n.postings[y.ID] {
			alike[p.example] += w * p.value
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
