// Package judging turns a model's scores of a message's pieces into a level.
package judging

import (
	"errors"
	"math"

	"cymar/handlers/safeguarding/signs/internal/traits"
	"cymar/text/linear"
)

// Limits are the probabilities from which a level is reported.
type Limits struct {
	Danger   float64 // R and T together
	Other    float64 // R and T together, where T is the greater: an answer in place costs less than a wrong one alone
	Concern  float64 // S
	Distress float64 // A together with what of R and T fell short of Danger
	PerPiece float64 // how much surer it must be, in log odds, for each doubling of a message's pieces
}

// Chosen are the limits that the guard uses. They were chosen on wordings
// that the model had not seen; docs/decisions/0004-the-guard.md has the table.
var Chosen = Limits{Danger: 0.52, Other: 0.4, Concern: 0.3, Distress: 0.5, PerPiece: 0.5}

// Judge scores messages with a model. It is safe for use by many goroutines
// at once.
type Judge struct {
	model         *linear.Model
	r, t, a, s, n int
}

// Scores are a message's: the highest of any piece, with R and T of the same
// piece, and in A all three together: who may be in danger is in distress.
type Scores struct{ R, T, A, S float64 }

var errClasses = errors.New("judging: the model does not know all levels")

// New makes a judge of a model.
func New(m *linear.Model) (*Judge, error) {
	j := &Judge{model: m, r: m.Class("R"), t: m.Class("T"), a: m.Class("A"), s: m.Class("S"), n: m.Class("N")}
	if min(j.r, j.t, j.a, j.s, j.n) < 0 {
		return nil, errClasses
	}
	return j, nil
}

// Score judges every piece of a message.
func (j *Judge) Score(pieces []traits.Piece, l Limits) Scores {
	var out Scores
	var p []float32
	for _, piece := range pieces {
		p = j.model.Probabilities(p, piece.Features)
		if danger := float64(p[j.r] + p[j.t]); danger > out.R+out.T {
			out.R, out.T = float64(p[j.r]), float64(p[j.t])
		}
		out.A = max(out.A, float64(p[j.a]+p[j.r]+p[j.t]))
		out.S = max(out.S, float64(p[j.s]))
	}
	// Each piece is one more chance to be wrong.
	if n := len(pieces); n > 1 {
		out = out.doubted(l.PerPiece * math.Log2(float64(n)))
	}
	return out
}

// doubted moves the scores down by so much on the scale of log odds.
func (s Scores) doubted(by float64) Scores {
	if sum := s.R + s.T; sum > 0 {
		danger := lower(sum, by)
		s.R, s.T = danger*s.R/sum, danger*s.T/sum
	}
	s.A, s.S = lower(s.A, by), lower(s.S, by)
	return s
}

func lower(p, by float64) float64 {
	if p <= 0 || p >= 1 {
		return p
	}
	return 1 / (1 + (1-p)/p*math.Exp(by))
}

// Level is what scores amount to: R, T, S, A or N.
func (s Scores) Level(l Limits) string {
	switch {
	case s.R+s.T >= l.Other && s.T > s.R:
		return "T"
	case s.R+s.T >= l.Danger:
		return "R"
	case s.S >= l.Concern && s.S >= s.A:
		return "S"
	case s.A >= l.Distress:
		return "A"
	case s.S >= l.Concern:
		return "S"
	}
	return "N"
}
