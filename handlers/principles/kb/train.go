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

//go:generate go run ./internal/train data/model.bin

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

const folds = 5

// Train makes the model that is embedded: it learns from the entries, and is
// calibrated by cross-validation over their examples.
func Train(ours fs.FS) ([]byte, error) {
	entries, err := Read(ours, nil)
	if err != nil {
		return nil, err
	}
	v, err := newVocabulary()
	if err != nil {
		return nil, err
	}
	set := newTrainingSet(v, entries)
	scores, truth, err := set.crossValidate()
	if err != nil {
		return nil, err
	}
	m, err := linear.Train(append(set.examples, set.prose...), trainOptions)
	if err != nil {
		return nil, fmt.Errorf("kb: train: %w", err)
	}
	m.Calibrate(scores, truth)
	data, err := m.MarshalBinary()
	if err != nil {
		return nil, fmt.Errorf("kb: write the model: %w", err)
	}
	print := fingerprint(entries)
	return append(append([]byte(modelMagic), print[:]...), data...), nil
}

// trainingSet is what the entries teach.
type trainingSet struct {
	questions []string // the text of each example
	examples  []linear.Example
	prose     []linear.Example // titles, terms and the sentences of answers
}

func newTrainingSet(v *vocabulary, entries []*Entry) *trainingSet {
	var s trainingSet
	for _, e := range entries {
		for _, q := range e.questions() {
			s.questions = append(s.questions, q)
			s.examples = append(s.examples, example(v, e.ID, q, 1))
		}
		for _, t := range e.names() {
			s.prose = append(s.prose, example(v, e.ID, t, weightTerm))
		}
		for _, t := range e.sentences() {
			s.prose = append(s.prose, example(v, e.ID, t, weightSentence))
		}
	}
	return &s
}

func example(v *vocabulary, class, s string, weight float32) linear.Example {
	var f features
	return linear.Example{Class: class, Features: f.all(v, v.read(s, "")), Weight: weight}
}

// crossValidate scores every example by a model that has not seen it. The
// examples of an entry lie side by side, so every fifth is a fair fold.
func (s *trainingSet) crossValidate() (scores [][]float32, truth []int, err error) {
	scores, truth = make([][]float32, len(s.examples)), make([]int, len(s.examples))
	errs := make(chan error, folds)
	for fold := range folds {
		go func() { errs <- s.fold(fold, scores, truth) }()
	}
	var all []error
	for range folds {
		all = append(all, <-errs)
	}
	return scores, truth, errors.Join(all...)
}

func (s *trainingSet) fold(fold int, scores [][]float32, truth []int) error {
	var train []linear.Example
	for i, e := range s.examples {
		if i%folds != fold {
			train = append(train, e)
		}
	}
	m, err := linear.Train(append(train, s.prose...), trainOptions)
	if err != nil {
		return fmt.Errorf("kb: train: %w", err)
	}
	for i := fold; i < len(s.examples); i += folds {
		scores[i] = m.Scores(nil, s.examples[i].Features)
		truth[i] = m.Class(s.examples[i].Class)
	}
	return nil
}

// fingerprint identifies all that training depends on.
func fingerprint(entries []*Entry) [sha256.Size]byte {
	h := sha256.New()
	write := func(lists ...[]string) {
		for _, l := range lists {
			fmt.Fprintf(h, "%q\n", l)
		}
	}
	write([]string{recipe, lexiconText, wordClassesText, welshText})
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
