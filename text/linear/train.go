package linear

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Example is one text of known class.
type Example struct {
	Class    string
	Features []Feature
	Weight   float32 // how much it counts; 0 means 1
}

// Options of Train. The zero value of each field stands for the default.
type Options struct {
	Epochs    int     // passes over the examples (20)
	Rate      float64 // first learning rate; it falls to a hundredth (0.5; with Unit 2 or more does better)
	L2        float64 // pull of all weights towards zero (1e-5)
	Balance   float64 // 0: each example counts alike; 1: each class does
	Smoothing float64 // share of certainty given away to all classes, for example 0.05
	Dropout   float64 // share of features hidden at each step, so that none is relied on alone
	MinCount  int     // features in fewer examples are left out (1)
	IDF       bool    // rare features weigh more
	Unit      bool    // scale each text's features to length one
	Prune     float64 // weights smaller than this share of the largest are left out (0.01)
	Seed      uint64  // of the order in which examples are visited
}

func (o Options) filled() Options {
	o.Epochs = cmp.Or(o.Epochs, 20)
	o.Rate = cmp.Or(o.Rate, 0.5)
	o.L2 = cmp.Or(o.L2, 1e-5)
	o.MinCount = cmp.Or(o.MinCount, 1)
	o.Prune = cmp.Or(o.Prune, 0.01)
	return o
}

// Limits of a model, on training and on reading.
const (
	maxClasses = 4096
	maxRows    = 4 << 20
)

// ErrNoExamples is returned by Train for fewer than two classes.
var ErrNoExamples = errors.New("linear: training needs examples of at least two classes")

// Train makes a model from examples. The classes are in alphabetical order.
func Train(examples []Example, o Options) (*Model, error) {
	o = o.filled()
	t := &trainer{o: o, classes: classNames(examples)}
	if len(t.classes) < 2 {
		return nil, ErrNoExamples
	}
	if len(t.classes) > maxClasses {
		return nil, fmt.Errorf("linear: %d classes, at most %d", len(t.classes), maxClasses)
	}
	t.countFeatures(examples)
	if len(t.ids) > maxRows {
		return nil, fmt.Errorf("linear: %d features, at most %d", len(t.ids), maxRows)
	}
	t.prepare(examples)
	t.descend()
	return t.model(), nil
}

// Classes of the examples, in alphabetical order.
func classNames(examples []Example) []string {
	var names []string
	for _, e := range examples {
		names = append(names, e.Class)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

type trainer struct {
	o       Options
	classes []string
	ids     []uint32
	idf     []float32
	texts   []sparse
	w       []float32 // row-major: [row*len(classes)+class], to be multiplied by shrink
	bias    []float32
	shrink  float64
	rng     *rand.Rand
}

// sparse is an example with its features as rows.
type sparse struct {
	class  int
	weight float32
	rows   []int32
	values []float32
}

func (t *trainer) countFeatures(examples []Example) {
	count := make(map[uint32]int)
	for _, e := range examples {
		for _, f := range e.Features {
			count[f.ID]++
		}
	}
	for id, n := range count {
		if n >= t.o.MinCount {
			t.ids = append(t.ids, id)
		}
	}
	slices.Sort(t.ids)
	t.idf = make([]float32, len(t.ids))
	for i, id := range t.ids {
		t.idf[i] = 1
		if t.o.IDF {
			t.idf[i] = float32(math.Log(float64(1+len(examples))/float64(1+count[id])) + 1)
		}
	}
}

func (t *trainer) prepare(examples []Example) {
	row := make(map[uint32]int32, len(t.ids))
	for i, id := range t.ids {
		row[id] = int32(i)
	}
	index := make(map[string]int, len(t.classes))
	for i, c := range t.classes {
		index[c] = i
	}
	perClass := make([]float64, len(t.classes))
	for _, e := range examples {
		s := t.sparsify(e, row)
		s.class = index[e.Class]
		perClass[s.class] += float64(s.weight)
		t.texts = append(t.texts, s)
	}
	mean := float64(len(examples)) / float64(len(t.classes))
	for i := range t.texts {
		s := &t.texts[i]
		s.weight *= float32(math.Pow(mean/perClass[s.class], t.o.Balance))
	}
	t.w = make([]float32, len(t.ids)*len(t.classes))
	t.bias = make([]float32, len(t.classes))
	t.shrink = 1
	t.rng = rand.New(rand.NewPCG(t.o.Seed, 0x5eed))
}

func (t *trainer) sparsify(e Example, row map[uint32]int32) sparse {
	s := sparse{weight: cmp.Or(e.Weight, 1)}
	var sum float64
	for _, f := range e.Features {
		r, ok := row[f.ID]
		if !ok {
			continue
		}
		v := f.Value * t.idf[r]
		sum += float64(v) * float64(v)
		s.rows = append(s.rows, r)
		s.values = append(s.values, v)
	}
	if t.o.Unit && sum > 0 {
		for i := range s.values {
			s.values[i] /= float32(math.Sqrt(sum))
		}
	}
	return s
}

// descend is stochastic gradient descent with a falling rate. The pull of L2
// is kept in one factor (shrink), so that a step touches only the rows of its
// own text.
func (t *trainer) descend() {
	order := make([]int, len(t.texts))
	for i := range order {
		order[i] = i
	}
	steps, step := float64(t.o.Epochs*len(order)), 0.0
	z := make([]float32, len(t.classes))
	active := make([]int, 0, len(t.classes))
	for range t.o.Epochs {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			rate := t.o.Rate * math.Pow(0.01, step/steps)
			step++
			active = t.step(t.drop(&t.texts[i]), rate, z, active)
		}
	}
}

// drop hides some features of a text for one step, and makes up for them.
func (t *trainer) drop(s *sparse) sparse {
	if t.o.Dropout <= 0 {
		return *s
	}
	keep := 1 - t.o.Dropout
	out := sparse{class: s.class, weight: s.weight, rows: make([]int32, 0, len(s.rows)), values: make([]float32, 0, len(s.rows))}
	for i, r := range s.rows {
		if t.rng.Float64() < keep {
			out.rows = append(out.rows, r)
			out.values = append(out.values, s.values[i]/float32(keep))
		}
	}
	return out
}

func (t *trainer) step(s sparse, rate float64, z []float32, active []int) []int {
	t.forward(s, z)
	t.shrink *= 1 - rate*t.o.L2
	even := float32(t.o.Smoothing / float64(len(z)))
	active = active[:0]
	for c := range z {
		z[c] -= even
		if c == s.class {
			z[c] -= float32(1 - t.o.Smoothing)
		}
		// Most classes are out of the question for most texts, and their
		// share of the step would drown in rounding.
		if z[c] > 1e-5 || z[c] < -1e-5 {
			active = append(active, c)
		}
	}
	k := len(t.classes)
	for i, r := range s.rows {
		row := t.w[int(r)*k : int(r)*k+k]
		d := float32(rate*float64(s.weight)/t.shrink) * s.values[i]
		for _, c := range active {
			row[c] -= d * z[c]
		}
	}
	for _, c := range active {
		t.bias[c] -= float32(rate*0.1) * s.weight * z[c]
	}
	return active
}

// forward fills z with the probabilities of the classes.
func (t *trainer) forward(s sparse, z []float32) {
	clear(z)
	k := len(t.classes)
	for i, r := range s.rows {
		row := t.w[int(r)*k : int(r)*k+k]
		v := s.values[i]
		for c, w := range row {
			z[c] += v * w
		}
	}
	for c := range z {
		z[c] = z[c]*float32(t.shrink) + t.bias[c]
	}
	softmax(z, 1)
}

// model quantises the weights: eight bits each, with a scale per row.
func (t *trainer) model() *Model {
	m := &Model{classes: t.classes, bias: t.bias, temperature: 1, unit: t.o.Unit, starts: []uint32{0}}
	k := len(t.classes)
	var largest float32
	for _, w := range t.w {
		largest = max(largest, w, -w)
	}
	floor := largest * float32(t.o.Prune)
	for i, id := range t.ids {
		row := t.w[i*k : i*k+k]
		top := max(slices.Max(row), -slices.Min(row))
		if top <= floor || top == 0 {
			continue
		}
		m.ids = append(m.ids, id)
		m.idf = append(m.idf, t.idf[i])
		m.scale = append(m.scale, top/127*float32(t.shrink))
		for c, w := range row {
			if q := int8(math.Round(float64(w / top * 127))); q != 0 && max(w, -w) > floor {
				m.cells = append(m.cells, cell{uint16(c), q})
			}
		}
		m.starts = append(m.starts, uint32(len(m.cells)))
	}
	m.index()
	return m
}
