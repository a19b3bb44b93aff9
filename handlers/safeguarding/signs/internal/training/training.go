// Package training makes the guard's model from its corpus.
package training

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"slices"

	"cymar/handlers/safeguarding/signs/corpus"
	"cymar/handlers/safeguarding/signs/internal/traits"
	"cymar/text/linear"
)

// Ordinary is the level of messages that show nothing.
const Ordinary = "N"

// How much the pieces of one message count.
const (
	ofSeveral = 0.6 // a piece of an ordinary message that has several
	ofRaised  = 0.7 // the whole of a message of another level, or its clearest piece
	clearFrom = 0.2 // a piece must be this probable to stand for its message
)

// Options are those that the model is trained with.
func Options() linear.Options {
	return linear.Options{Rate: 4, Epochs: 25, L2: 3e-6, Smoothing: 0.05, Dropout: 0.5, MinCount: 2, Prune: 0.025, Seed: 1}
}

// Read brings the messages into the form that Train takes. Messages without
// words are left out.
func Read(r *traits.Reader, messages []corpus.Message) []Text {
	out := make([]Text, 0, len(messages))
	for _, m := range messages {
		if t := (Text{Message: m, Pieces: r.Read(m.Text).Pieces}); len(t.Pieces) > 0 {
			out = append(out, t)
		}
	}
	return out
}

// Text is a message of the corpus with its pieces.
type Text struct {
	corpus.Message
	Pieces []traits.Piece
}

// Train makes a model. It goes over the texts twice: which sentence of a long
// message shows its level is known only to a model that has seen short ones.
func Train(texts []Text) (*linear.Model, error) {
	first, err := linear.Train(examples(texts, nil), Options())
	if err != nil {
		return nil, fmt.Errorf("training: %w", err)
	}
	m, err := linear.Train(examples(texts, first), Options())
	if err != nil {
		return nil, fmt.Errorf("training: %w", err)
	}
	return m, nil
}

// examples: of an ordinary message every piece is ordinary. Of another the
// whole counts, and the piece that shows it best.
func examples(texts []Text, m *linear.Model) []linear.Example {
	var out []linear.Example
	for _, t := range texts {
		switch {
		case t.Level == Ordinary:
			out = append(out, ordinary(t)...)
		case len(t.Pieces) == 1:
			out = append(out, linear.Example{Class: t.Level, Features: t.Pieces[0].Features})
		default:
			out = append(out, raised(t, m)...)
		}
	}
	return out
}

func ordinary(t Text) []linear.Example {
	weight := float32(1)
	if len(t.Pieces) > 1 {
		weight = ofSeveral
	}
	var out []linear.Example
	for _, p := range t.Pieces {
		out = append(out, linear.Example{Class: Ordinary, Features: p.Features, Weight: weight})
	}
	return out
}

func raised(t Text, m *linear.Model) []linear.Example {
	var out []linear.Example
	if i := slices.IndexFunc(t.Pieces, func(p traits.Piece) bool { return p.Whole }); i >= 0 {
		out = append(out, linear.Example{Class: t.Level, Features: t.Pieces[i].Features, Weight: ofRaised})
	}
	if m == nil {
		return out
	}
	best, clearest := float32(clearFrom), -1
	for i, p := range t.Pieces {
		if probability := m.Probabilities(nil, p.Features)[m.Class(t.Level)]; !p.Whole && probability > best {
			best, clearest = probability, i
		}
	}
	if clearest >= 0 {
		out = append(out, linear.Example{Class: t.Level, Features: t.Pieces[clearest].Features, Weight: ofRaised})
	}
	return out
}

// Fingerprint is a hash of the corpus and of the features of samples from it:
// another one means that the model must be made anew.
func Fingerprint(messages []corpus.Message, r *traits.Reader) string {
	h := sha256.New()
	fmt.Fprintln(h, corpus.Sum(messages), Options())
	for i := 0; i < len(messages); i += 97 {
		for _, p := range r.Read(messages[i].Text).Pieces {
			for _, f := range p.Features {
				var b [8]byte
				binary.LittleEndian.PutUint32(b[:4], f.ID)
				binary.LittleEndian.PutUint32(b[4:], math.Float32bits(f.Value))
				h.Write(b[:])
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
