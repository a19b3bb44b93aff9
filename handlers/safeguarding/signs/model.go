package signs

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"cymar/handlers/safeguarding/signs/internal/judging"
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

// New makes a reader from the embedded model. It takes some milliseconds, so
// make one and keep it. An error means that the program was built wrong.
func New() (*Reader, error) {
	t, err := traits.New()
	if err != nil {
		return nil, fmt.Errorf("signs: %w", err)
	}
	m := new(linear.Model)
	if err := m.UnmarshalBinary(modelData); err != nil {
		return nil, fmt.Errorf("signs: the embedded model: %w", err)
	}
	judge, err := judging.New(m)
	if err != nil {
		return nil, fmt.Errorf("signs: %w", err)
	}
	r := &Reader{traits: t, finder: personal.New(), judge: judge}
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
