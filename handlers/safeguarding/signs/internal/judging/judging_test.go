package judging_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cymar/handlers/safeguarding/signs/internal/judging"
	"cymar/handlers/safeguarding/signs/internal/traits"
	"cymar/text/linear"
)

// has is the features of a piece that holds these words.
func has(words ...string) []linear.Feature {
	var x []linear.Feature
	for _, w := range words {
		x = append(x, linear.Feature{ID: linear.ID(w), Value: 1})
	}
	return linear.Merge(x)
}

func pieces(words ...string) []traits.Piece {
	var out []traits.Piece
	for _, w := range words {
		out = append(out, traits.Piece{Features: has(w)})
	}
	return out
}

// judge knows one word for each level.
func judge(t *testing.T) *judging.Judge {
	t.Helper()
	var examples []linear.Example
	for _, level := range []string{"R", "T", "A", "S", "N"} {
		for range 8 {
			examples = append(examples, linear.Example{Class: level, Features: has("word of " + level)})
		}
	}
	m, err := linear.Train(examples, linear.Options{Rate: 2, Epochs: 40})
	if err != nil {
		t.Fatal(err)
	}
	j, err := judging.New(m)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestAMessageIsAsUrgentAsItsMostUrgentPiece(t *testing.T) {
	t.Parallel()
	j := judge(t)
	for _, level := range []string{"R", "T", "A", "S", "N"} {
		for _, ps := range [][]traits.Piece{pieces("word of " + level), pieces("word of N", "word of "+level), pieces("word of "+level, "word of N")} {
			if got := j.Score(ps, judging.Chosen).Level(judging.Chosen); got != level {
				t.Errorf("%d pieces with one of %s are read as %s", len(ps), level, got)
			}
		}
	}
}

func TestNothingAtAllIsOrdinary(t *testing.T) {
	t.Parallel()
	if got := judge(t).Score(nil, judging.Chosen).Level(judging.Chosen); got != "N" {
		t.Errorf("no pieces are read as %s", got)
	}
}

func TestEveryPieceMoreAsksForMoreCertainty(t *testing.T) {
	t.Parallel()
	j := judge(t)
	last := math.Inf(1)
	for _, n := range []int{1, 2, 4, 64, 4000} {
		ps := pieces("word of R")
		for len(ps) < n {
			ps = append(ps, pieces("word of N")...)
		}
		if s := j.Score(ps, judging.Chosen); s.R >= last || s.R <= 0 {
			t.Errorf("with %d pieces the score is %v, after %v with fewer", n, s.R, last)
		} else {
			last = s.R
		}
	}
}

func TestDoubtKeepsWhoIsSpokenOf(t *testing.T) {
	t.Parallel()
	j := judge(t)
	one := j.Score(pieces("word of T"), judging.Chosen)
	many := j.Score(pieces("word of T", "word of N", "word of N"), judging.Chosen)
	if diff := cmp.Diff(one.T/one.R, many.T/many.R, cmpopts.EquateApprox(0.001, 0)); diff != "" {
		t.Errorf("T to R, alone and among others (-one +many):\n%s", diff)
	}
}

func TestLevelsFollowFromScores(t *testing.T) {
	t.Parallel()
	l := judging.Limits{Danger: 0.5, Other: 0.4, Concern: 0.5, Distress: 0.5}
	for _, test := range []struct {
		name   string
		scores judging.Scores
		want   string
	}{
		{"danger, rather the writer's", judging.Scores{R: 0.3, T: 0.2, A: 0.9, S: 0.9}, "R"},
		{"danger, rather somebody else's", judging.Scores{R: 0.2, T: 0.3, A: 0.9, S: 0.9}, "T"},
		{"both alike", judging.Scores{R: 0.25, T: 0.25}, "R"},
		{"not quite danger is distress", judging.Scores{R: 0.3, T: 0.19, A: 0.6}, "A"},
		{"concern before distress", judging.Scores{A: 0.6, S: 0.7}, "S"},
		{"distress before concern", judging.Scores{A: 0.7, S: 0.6}, "A"},
		{"concern alone", judging.Scores{A: 0.4, S: 0.5}, "S"},
		{"somebody else's danger needs less", judging.Scores{R: 0.15, T: 0.26, A: 0.6}, "T"},
		{"a little of each", judging.Scores{R: 0.2, T: 0.15, A: 0.45, S: 0.4}, "N"},
		{"what is not a number raises nothing", judging.Scores{R: math.NaN()}, "N"},
	} {
		if got := test.scores.Level(l); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

func TestAModelThatLacksALevelIsRefused(t *testing.T) {
	t.Parallel()
	m, err := linear.Train([]linear.Example{{Class: "R", Features: has("a")}, {Class: "N", Features: has("b")}}, linear.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := judging.New(m); err == nil {
		t.Error("a model of two levels was taken")
	}
}
