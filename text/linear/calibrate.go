package linear

import (
	"fmt"
	"math"
)

// Calibrate sets the temperature with which the model's probabilities fit
// best what happens: scores are those of texts that the model (or its like,
// see CrossValidate) was not trained on, truth the index of the right class
// of each. It returns the temperature.
func (m *Model) Calibrate(scores [][]float32, truth []int) float64 {
	low, high := math.Log(0.05), math.Log(20.0)
	const golden = 0.6180339887498949
	for range 40 {
		a, b := high-golden*(high-low), low+golden*(high-low)
		if loss(scores, truth, math.Exp(a)) < loss(scores, truth, math.Exp(b)) {
			high = b
		} else {
			low = a
		}
	}
	m.temperature = float32(math.Exp((low + high) / 2))
	return float64(m.temperature)
}

// loss is the mean surprise, in nats, at the right classes.
func loss(scores [][]float32, truth []int, temperature float64) float64 {
	var sum float64
	for i, z := range scores {
		var e, top float64 = 0, math.Inf(-1)
		for _, v := range z {
			top = max(top, float64(v))
		}
		for _, v := range z {
			e += math.Exp((float64(v) - top) / temperature)
		}
		sum += math.Log(e) - (float64(z[truth[i]])-top)/temperature
	}
	return sum / float64(len(scores))
}

// CrossValidate trains folds models, each without every folds-th example, and
// returns the raw scores that each example got from the model that had not
// seen it, with the index of its class: what to calibrate and to measure on.
// All folds know all classes, in alphabetical order as Train has them; a class
// with fewer than folds examples may be missing from a fold, which is an error.
func CrossValidate(examples []Example, folds int, o Options) (scores [][]float32, truth []int, err error) {
	names := classNames(examples)
	index := make(map[string]int, len(names))
	for i, n := range names {
		index[n] = i
	}
	scores, truth = make([][]float32, len(examples)), make([]int, len(examples))
	for fold := range folds {
		var train []Example
		for i, e := range examples {
			if i%folds != fold {
				train = append(train, e)
			}
		}
		m, err := Train(train, o)
		if err != nil {
			return nil, nil, err
		}
		if len(m.classes) != len(names) {
			return nil, nil, fmt.Errorf("linear: fold %d lacks a class: too few examples for %d folds", fold, folds)
		}
		for i := fold; i < len(examples); i += folds {
			scores[i] = m.Scores(nil, examples[i].Features)
			truth[i] = index[examples[i].Class]
		}
	}
	return scores, truth, nil
}
