package signs

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"

	"cymar/handlers/safeguarding/signs/internal/personal"
	"cymar/handlers/safeguarding/signs/internal/traits"
	"cymar/text/linear"
)

// What `go generate` writes: the model, and how it was made.
var (
	//go:embed model.bin
	modelData []byte
	//go:embed model.json
	modelNotes []byte
)

// notes say what a model was made from.
type notes struct {
	Made string `json:"made_from"` // a hash of the corpus and of the features of samples from it
}

var errClasses = errors.New("signs: the model does not know all levels")

// New makes a reader from the embedded model. It takes some milliseconds, so
// make one and keep it. An error means that the program was built wrong.
func New() (*Reader, error) {
	t, err := traits.New()
	if err != nil {
		return nil, fmt.Errorf("signs: %w", err)
	}
	r := &Reader{traits: t, finder: personal.New(), model: new(linear.Model), limits: chosen}
	if err := r.model.UnmarshalBinary(modelData); err != nil {
		return nil, fmt.Errorf("signs: the embedded model: %w", err)
	}
	if r.class = classesOf(r.model); min(r.class.r, r.class.t, r.class.a, r.class.s, r.class.n) < 0 {
		return nil, errClasses
	}
	return r, nil
}

// madeFrom is the hash that the embedded model was made from.
func madeFrom() (string, error) {
	var n notes
	if err := json.Unmarshal(modelNotes, &n); err != nil {
		return "", fmt.Errorf("signs: model.json: %w", err)
	}
	return n.Made, nil
}

// chosen are the limits; docs/decisions/0004-the-guard.md says how they were
// chosen.
var chosen = limits{danger: 0.50, concern: 0.5, distress: 0.55, perPiece: 0.5}
