package kb

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"cymar/text"
	"cymar/text/linear"
)

const folds = 5

// heldOut is what models said about examples that they had not seen.
type heldOut struct {
	scores [][]float32
	truth  []int // index of the right class
	welsh  []bool
}

// crossValidate scores every example by a model that has not seen it. The
// examples of an entry lie side by side, so every fifth is a fair fold.
func (s *trainingSet) crossValidate() (heldOut, error) {
	n := len(s.examples)
	held := heldOut{make([][]float32, n), make([]int, n), make([]bool, n)}
	for i, q := range s.questions {
		held.welsh[i] = text.Language(q) == text.Welsh
	}
	errs := make(chan error, folds)
	for fold := range folds {
		go func() { errs <- s.fold(fold, held) }()
	}
	var all []error
	for range folds {
		all = append(all, <-errs)
	}
	return held, errors.Join(all...)
}

func (s *trainingSet) fold(fold int, held heldOut) error {
	var train []linear.Example
	for i, e := range s.examples {
		if i%folds != fold {
			train = append(train, e)
		}
	}
	m, err := linear.Train(append(train, s.beside...), trainOptions)
	if err != nil {
		return fmt.Errorf("kb: train: %w", err)
	}
	for i := fold; i < len(s.examples); i += folds {
		held.scores[i] = m.Scores(nil, s.examples[i].Features)
		held.truth[i] = m.Class(s.examples[i].Class)
	}
	return nil
}

// measure counts how often the held-out examples were found.
func measure(entries []*Entry, m *linear.Model, held heldOut) Measure {
	byID := make(map[string]*Entry)
	for _, e := range entries {
		byID[e.ID] = e
	}
	var t tally
	for i, scores := range held.scores {
		right := byID[m.Classes()[held.truth[i]]]
		ranked := make([]Candidate, len(scores))
		for c, p := range softmax(scores, m.Temperature()) {
			ranked[c] = Candidate{byID[m.Classes()[c]], p}
		}
		slices.SortStableFunc(ranked, byConfidence)
		t.add(ranked, right, held.welsh[i])
	}
	return t.measure(len(entries))
}

// tally adds up what measure reports.
type tally struct {
	n, first, three, welsh, firstWelsh, outcome int
	bins                                        [10]struct{ n, said, right float64 }
}

func (t *tally) add(ranked []Candidate, right *Entry, welsh bool) {
	t.n++
	first := ranked[0].Entry == right
	if first {
		t.first++
	}
	if slices.ContainsFunc(ranked[:3], func(c Candidate) bool { return c.Entry == right }) {
		t.three++
	}
	if welsh {
		t.welsh++
		if first {
			t.firstWelsh++
		}
	}
	if decide(ranked).Outcome == right.Outcome {
		t.outcome++
	}
	said := honest(ranked[0].Confidence)
	bin := &t.bins[min(int(said*10), 9)]
	bin.n++
	bin.said += said
	if first {
		bin.right++
	}
}

func (t *tally) measure(entries int) Measure {
	share := func(a, b int) float64 { return math.Round(float64(a)/float64(max(b, 1))*1e4) / 1e4 }
	gap := 0.0
	for _, b := range t.bins {
		gap += math.Abs(b.said - b.right)
	}
	return Measure{
		Examples: t.n, Entries: entries,
		First: share(t.first, t.n), FirstThree: share(t.three, t.n), FirstWelsh: share(t.firstWelsh, t.welsh),
		Outcome: share(t.outcome, t.n), Calibration: math.Round(gap/float64(max(t.n, 1))*1e4) / 1e4,
	}
}

func softmax(scores []float32, temperature float64) []float64 {
	top, sum := slices.Max(scores), 0.0
	out := make([]float64, len(scores))
	for i, s := range scores {
		out[i] = math.Exp(float64(s-top) / temperature)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}
