// Package linear is a small multi-class linear classifier for short texts:
// softmax regression over hashed features, trained once (at build time) and
// kept in a compact quantised form.
//
// Training is deterministic: the same examples in the same order with the
// same options give the same model. A model is safe for use by many
// goroutines at once; prediction into a slice of the caller's allocates
// nothing.
package linear

import (
	"math"
	"slices"
)

// Feature is one property of a text: which (see ID) and how much of it. An ID
// occurs at most once in a text's features.
type Feature struct {
	ID    uint32
	Value float32
}

// ID is the number of a feature with this name, for example "w:supervision".
// Two names share a number about once in 4,000 million.
func ID(name string) uint32 { return Extend(Offset, name) }

// Offset is the ID of the empty name, for building a name piece by piece with
// Extend.
const Offset uint32 = 2166136261

// Extend continues an ID with more of its name (FNV-1a), so that
// Extend(ID("w:"), "a") == ID("w:a") without joining strings.
func Extend(id uint32, more string) uint32 {
	for i := 0; i < len(more); i++ {
		id = (id ^ uint32(more[i])) * 16777619
	}
	return id
}

// Merge sorts features by ID and adds up those that occur twice. It works in
// place and returns the shortened slice.
func Merge(x []Feature) []Feature {
	slices.SortStableFunc(x, func(a, b Feature) int {
		switch {
		case a.ID < b.ID:
			return -1
		case a.ID > b.ID:
			return 1
		}
		return 0
	})
	n := 0
	for i := range x {
		if n > 0 && x[n-1].ID == x[i].ID {
			x[n-1].Value += x[i].Value
			continue
		}
		x[n] = x[i]
		n++
	}
	return x[:n]
}

// Model tells classes apart. Make one with Train or UnmarshalBinary.
type Model struct {
	classes     []string
	bias        []float32
	temperature float32
	unit        bool // features are scaled to length one before weighing

	ids    []uint32  // of each row, ascending
	idf    []float32 // of each row: what its value is multiplied by
	scale  []float32 // of each row: what its quantised weights are multiplied by
	starts []uint32  // of each row, and one more: where its cells begin
	cells  []cell

	rarest float32 // the largest idf
	table  []int32 // open addressing: hash of an id → row, -1 for none
	mask   uint32
}

// cell is one weight of a row that is not zero.
type cell struct {
	class  uint16
	weight int8
}

// Classes are the names of the classes in the order of all scores.
func (m *Model) Classes() []string { return m.classes }

// Class is the index of a class by name, -1 when the model has none such.
func (m *Model) Class(name string) int { return slices.Index(m.classes, name) }

// Rows is how many features the model knows.
func (m *Model) Rows() int { return len(m.ids) }

// Temperature is what scores are divided by before they become
// probabilities; above 1 makes them more modest.
func (m *Model) Temperature() float64 { return float64(m.temperature) }

// Scores are the raw scores of each class, in dst when it has room.
func (m *Model) Scores(dst []float32, x []Feature) []float32 {
	dst = append(dst[:0], m.bias...)
	length := m.length(x)
	if length == 0 {
		return dst
	}
	for _, f := range x {
		row := m.row(f.ID)
		if row < 0 {
			continue
		}
		v := f.Value * m.idf[row] * m.scale[row] / length
		for _, c := range m.cells[m.starts[row]:m.starts[row+1]] {
			// The conversion keeps compilers from fusing the two operations,
			// which would round differently from machine to machine.
			dst[c.class] += float32(v * float32(c.weight))
		}
	}
	return dst
}

// Probabilities are the classes' calibrated probabilities, in dst when it has
// room. They add up to 1.
func (m *Model) Probabilities(dst []float32, x []Feature) []float32 {
	dst = m.Scores(dst, x)
	softmax(dst, float64(m.temperature))
	return dst
}

// Known is the share of the features' weight that the model has seen in
// training, from 0 to 1: low for a text about something else altogether.
func (m *Model) Known(x []Feature) float64 {
	var known, all float64
	for _, f := range x {
		v := float64(f.Value) * float64(f.Value)
		all += v
		if m.row(f.ID) >= 0 {
			known += v
		}
	}
	if all == 0 {
		return 0
	}
	return known / all
}

// IDF is what a feature's value is multiplied by because of its rarity; for a
// feature that training did not see, that of the rarest.
func (m *Model) IDF(id uint32) float32 {
	if row := m.row(id); row >= 0 {
		return m.idf[row]
	}
	return m.rarest
}

// Weight is what one feature alone adds to the score of a class, before the
// scaling of its text to length one. Zero where the model does not know the
// feature.
func (m *Model) Weight(class int, f Feature) float32 {
	row := m.row(f.ID)
	if row < 0 {
		return 0
	}
	for _, c := range m.cells[m.starts[row]:m.starts[row+1]] {
		if int(c.class) == class {
			return f.Value * m.idf[row] * m.scale[row] * float32(c.weight)
		}
	}
	return 0
}

func (m *Model) length(x []Feature) float32 {
	if !m.unit {
		return 1
	}
	var sum float64
	for _, f := range x {
		if row := m.row(f.ID); row >= 0 {
			v := float64(f.Value * m.idf[row])
			sum += v * v
		}
	}
	return float32(math.Sqrt(sum))
}

func (m *Model) row(id uint32) int32 {
	for at := spread(id) & m.mask; ; at = (at + 1) & m.mask {
		row := m.table[at]
		if row < 0 || m.ids[row] == id {
			return row
		}
	}
}

// index builds the table from ids; it is at most half full.
func (m *Model) index() {
	size := uint32(4)
	for size < 2*uint32(len(m.ids)) {
		size *= 2
	}
	m.mask = size - 1
	m.table = make([]int32, size)
	for i := range m.table {
		m.table[i] = -1
	}
	for row, id := range m.ids {
		at := spread(id) & m.mask
		for m.table[at] >= 0 {
			at = (at + 1) & m.mask
		}
		m.table[at] = int32(row)
		m.rarest = max(m.rarest, m.idf[row])
	}
}

func spread(id uint32) uint32 {
	id ^= id >> 16
	id *= 0x7feb352d
	id ^= id >> 15
	return id
}

// softmax turns scores into probabilities in place.
func softmax(z []float32, temperature float64) {
	if len(z) == 0 {
		return
	}
	top := slices.Max(z)
	var sum float64
	for i, v := range z {
		e := math.Exp(float64(v-top) / temperature)
		z[i] = float32(e)
		sum += e
	}
	for i := range z {
		z[i] = float32(float64(z[i]) / sum)
	}
}
