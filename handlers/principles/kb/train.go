package kb

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"

	"cymar/text/linear"
)

//go:generate go run ./internal/train data/model.bin data/measure.json

//go:embed data/model.bin
var modelData []byte

// modelMagic begins the file of the trained model; the fingerprint of what it
// was trained on follows, then the model.
const modelMagic = "CYKB\x01"

// recipe changes whenever the features or the training change, so that an old
// model is noticed.
const recipe = "1"

// trainOptions were chosen by cross-validation, see
// docs/decisions/0003-finding-the-answer.md.
var trainOptions = linear.Options{
	Unit: true, IDF: true, Rate: 4, Epochs: 10, L2: 1e-6, Balance: 0.3, MinCount: 2, Prune: 0.01, Seed: 1,
}

// How much titles and terms, and sentences of the answers, count in training
// beside an example.
const (
	weightTerm     = 1
	weightSentence = 0.5
)

// Measure is how well questions are found that a model has not seen: five-fold
// cross-validation over the examples of our entries. Shares are from 0 to 1.
type Measure struct {
	Examples    int     `json:"examples"`
	Entries     int     `json:"entries"`
	First       float64 `json:"first"`       // the right entry comes first
	FirstThree  float64 `json:"firstThree"`  // it is among the first three
	FirstWelsh  float64 `json:"firstWelsh"`  // it comes first, questions in Welsh
	Outcome     float64 `json:"outcome"`     // answer, decline, route or smalltalk is right
	Calibration float64 `json:"calibration"` // mean gap between confidence and how often it is right
}

// Train makes the model that is embedded: it learns from the entries, and is
// calibrated by cross-validation over their examples, which it also returns
// the measure of.
func Train(ours fs.FS) ([]byte, Measure, error) {
	entries, err := Read(ours, nil)
	if err != nil {
		return nil, Measure{}, err
	}
	v, err := newVocabulary()
	if err != nil {
		return nil, Measure{}, err
	}
	set, err := newTrainingSet(v, entries)
	if err != nil {
		return nil, Measure{}, err
	}
	held, err := set.crossValidate()
	if err != nil {
		return nil, Measure{}, err
	}
	m, err := linear.Train(append(set.examples, set.beside...), trainOptions)
	if err != nil {
		return nil, Measure{}, fmt.Errorf("kb: train: %w", err)
	}
	m.Calibrate(held.scores, held.truth)
	data, err := m.MarshalBinary()
	if err != nil {
		return nil, Measure{}, fmt.Errorf("kb: write the model: %w", err)
	}
	print := fingerprint(entries)
	return append(append([]byte(modelMagic), print[:]...), data...), measure(entries, m, held), nil
}

// trainingSet is what the entries teach.
type trainingSet struct {
	questions []string // the text of each example
	examples  []linear.Example
	beside    []linear.Example // further examples, titles, terms and the sentences of answers
}

func newTrainingSet(v *vocabulary, entries []*Entry) (*trainingSet, error) {
	var s trainingSet
	known := make(map[string]bool)
	for _, e := range entries {
		known[e.ID] = true
		for _, q := range e.questions() {
			s.questions = append(s.questions, q)
			s.examples = append(s.examples, example(v, e.ID, q, 1))
		}
		for _, t := range e.names() {
			s.beside = append(s.beside, example(v, e.ID, t, weightTerm))
		}
		for _, t := range e.sentences() {
			s.beside = append(s.beside, example(v, e.ID, t, weightSentence))
		}
	}
	further, err := parseFurther("further.txt", furtherText, known)
	for _, q := range further {
		s.beside = append(s.beside, example(v, q.id, q.question, 1))
	}
	return &s, err
}

func example(v *vocabulary, class, s string, weight float32) linear.Example {
	var f features
	return linear.Example{Class: class, Features: f.all(v, v.read(s, "")), Weight: weight}
}

// fingerprint identifies all that training depends on.
func fingerprint(entries []*Entry) [sha256.Size]byte {
	h := sha256.New()
	write := func(lists ...[]string) {
		for _, l := range lists {
			fmt.Fprintf(h, "%q\n", l)
		}
	}
	write([]string{recipe, lexiconText, wordClassesText, welshText, furtherText})
	for _, e := range entries {
		write([]string{e.ID, string(e.Outcome)}, e.questions(), e.names(), e.sentences())
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// loadModel reads the embedded model and what it was trained on.
func loadModel(data []byte) (*linear.Model, [sha256.Size]byte, error) {
	var print [sha256.Size]byte
	rest, ok := bytes.CutPrefix(data, []byte(modelMagic))
	if !ok || len(rest) < len(print) {
		return nil, print, errors.New("kb: the embedded model is none: run go generate ./handlers/principles/kb")
	}
	copy(print[:], rest)
	var m linear.Model
	if err := m.UnmarshalBinary(rest[len(print):]); err != nil {
		return nil, print, fmt.Errorf("kb: read the embedded model: %w", err)
	}
	return &m, print, nil
}
