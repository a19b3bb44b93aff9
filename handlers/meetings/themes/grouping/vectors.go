// Package grouping finds the themes of a chat: which messages belong
// together. Time counts for more than words; reply links, openings such as
// "can I raise", and subjects taken up again later all say something.
package grouping

import (
	"math"
	"slices"

	"cymar/handlers/meetings/themes/reading"
)

// vector is a sparse vector: ids in rising order with their values.
type vector struct {
	ids []int32
	val []float32
}

// space gives every word and topic of a chat a number and a weight.
type space struct {
	ids map[string]int32
	idf []float32
	n   int
}

// newSpace counts in how many lines each stem stands.
func newSpace(c *reading.Chat, lines []int) *space {
	s := &space{ids: map[string]int32{}, n: len(lines)}
	var df []int
	seen := map[int32]bool{}
	for _, i := range lines {
		clear(seen)
		for _, w := range c.Lines[i].Content {
			id, ok := s.ids[w]
			if !ok {
				id = int32(len(df))
				s.ids[w] = id
				df = append(df, 0)
			}
			if !seen[id] {
				seen[id] = true
				df[id]++
			}
		}
	}
	s.idf = make([]float32, len(df))
	for id, d := range df {
		s.idf[id] = float32(math.Log(float64(1+s.n)/float64(1+d)) + 1)
	}
	return s
}

// size is one more than the highest id in use.
func (s *space) size(topics int) int { return len(s.idf) + topics }

// vector gives a line's unit vector; topics count as much as topicShare times
// its words.
func (s *space) vector(c *reading.Chat, l *reading.Line, topicShare float32) vector {
	m := map[int32]float32{}
	for _, w := range l.Content {
		m[s.ids[w]]++
	}
	var norm float32
	for id, tf := range m {
		x := (1 + float32(math.Log(float64(tf)))) * s.idf[id]
		m[id] = x
		norm += x * x
	}
	scale(m, norm, 1)
	var tnorm float32
	tm := map[int32]float32{}
	for _, t := range l.Topics {
		id := int32(len(s.idf) + t.Topic)
		tm[id] = float32(t.Weight)
		tnorm += tm[id] * tm[id]
	}
	scale(tm, tnorm, topicShare)
	for id, x := range tm {
		m[id] = x
	}
	return unit(m)
}

func scale(m map[int32]float32, norm2, to float32) {
	if norm2 == 0 {
		return
	}
	f := to / float32(math.Sqrt(float64(norm2)))
	for id := range m {
		m[id] *= f
	}
}

func unit(m map[int32]float32) vector {
	var v vector
	var norm float64
	for id := range m {
		v.ids = append(v.ids, id)
	}
	slices.Sort(v.ids)
	v.val = make([]float32, len(v.ids))
	for k, id := range v.ids {
		v.val[k] = m[id]
		norm += float64(m[id]) * float64(m[id])
	}
	if norm > 0 {
		f := float32(1 / math.Sqrt(norm))
		for k := range v.val {
			v.val[k] *= f
		}
	}
	return v
}

// blend adds a share of another vector and makes the result a unit vector.
func blend(a, b vector, share float32) vector {
	m := make(map[int32]float32, len(a.ids)+len(b.ids))
	for k, id := range a.ids {
		m[id] += a.val[k]
	}
	for k, id := range b.ids {
		m[id] += share * b.val[k]
	}
	return unit(m)
}

func dot(a, b vector) float64 {
	var s float64
	for i, j := 0, 0; i < len(a.ids) && j < len(b.ids); {
		switch {
		case a.ids[i] < b.ids[j]:
			i++
		case a.ids[i] > b.ids[j]:
			j++
		default:
			s += float64(a.val[i]) * float64(b.val[j])
			i++
			j++
		}
	}
	return s
}

// sumOf gives the sum of vectors.
func sumOf(vs []vector) vector {
	m := map[int32]float32{}
	for _, v := range vs {
		for k, id := range v.ids {
			m[id] += v.val[k]
		}
	}
	var out vector
	for id := range m {
		out.ids = append(out.ids, id)
	}
	slices.Sort(out.ids)
	for _, id := range out.ids {
		out.val = append(out.val, m[id])
	}
	return out
}

func length(v vector) float64 {
	var s float64
	for _, x := range v.val {
		s += float64(x) * float64(x)
	}
	return math.Sqrt(s)
}
