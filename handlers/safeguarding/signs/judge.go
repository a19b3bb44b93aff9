package signs

import (
	"math"

	"cymar/handlers/safeguarding/signs/internal/reading"
	"cymar/handlers/safeguarding/signs/internal/traits"
	"cymar/text/linear"
)

// classes are where each level stands in the model's scores.
type classes struct{ r, t, a, s, n int }

// limits are the probabilities from which a level is reported. They were
// chosen on messages that the model had not seen: to miss a person in danger
// is the worst, and one ordinary message in 200 may be raised.
type limits struct {
	danger   float64 // R and T together
	concern  float64 // S
	distress float64 // A
	perPiece float64 // how much surer it must be for each doubling of a message's pieces
}

// scores are a message's: the highest of any piece, with R and T of the same
// piece.
type scores struct{ r, t, a, s float64 }

func bounded(text string) string { return reading.Visible(text) }

// judge scores every piece of a message.
func (r *Reader) judge(m traits.Message) scores {
	var out scores
	var p []float32
	for _, piece := range m.Pieces {
		p = r.model.Probabilities(p, piece.Features)
		if rt := float64(p[r.class.r] + p[r.class.t]); rt > out.r+out.t {
			out.r, out.t = float64(p[r.class.r]), float64(p[r.class.t])
		}
		out.a = max(out.a, float64(p[r.class.a]))
		out.s = max(out.s, float64(p[r.class.s]))
	}
	// Each piece is one more chance to be wrong.
	if n := len(m.Pieces); n > 1 {
		out = out.doubted(r.limits.perPiece * math.Log2(float64(n)))
	}
	return out
}

// doubted moves the scores down by so much on the scale of log odds.
func (s scores) doubted(by float64) scores {
	danger := lower(s.r+s.t, by)
	if sum := s.r + s.t; sum > 0 {
		s.r, s.t = danger*s.r/sum, danger*s.t/sum
	}
	s.a, s.s = lower(s.a, by), lower(s.s, by)
	return s
}

func lower(p, by float64) float64 {
	if p <= 0 || p >= 1 {
		return p
	}
	return 1 / (1 + (1-p)/p*math.Exp(by))
}

func (r *Reader) level(s scores) Level {
	switch {
	case s.r+s.t >= r.limits.danger && s.t > s.r:
		return Other
	case s.r+s.t >= r.limits.danger:
		return Crisis
	case s.s >= r.limits.concern && s.s >= s.a:
		return Safeguarding
	case s.a >= r.limits.distress:
		return Distress
	case s.s >= r.limits.concern:
		return Safeguarding
	}
	return Nothing
}

// classesOf finds the levels among the model's classes.
func classesOf(m *linear.Model) classes {
	return classes{r: m.Class("R"), t: m.Class("T"), a: m.Class("A"), s: m.Class("S"), n: m.Class("N")}
}
