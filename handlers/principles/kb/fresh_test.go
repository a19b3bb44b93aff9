package kb

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// freshQuestion is a question by somebody who had seen the list of topics, but
// neither entries nor examples.
type freshQuestion struct {
	Q     string   `json:"q"`
	Kind  string   `json:"kind"`
	Topic string   `json:"topic"`
	Also  []string `json:"also"` // topics whose answer would do as well
}

func freshQuestions(tb testing.TB, file string) []freshQuestion {
	tb.Helper()
	f, err := os.Open(file)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	var out []freshQuestion
	for s := bufio.NewScanner(f); s.Scan(); {
		var q freshQuestion
		if err := json.Unmarshal(s.Bytes(), &q); err != nil {
			tb.Fatal(err)
		}
		out = append(out, q)
	}
	return out
}

// outcome is what a question of this kind should lead to.
func (q freshQuestion) outcome() Outcome {
	switch q.Kind {
	case "out_of_scope", "near_miss":
		return Unsure
	case "smalltalk":
		return Smalltalk
	case "command_like":
		return Routed
	}
	return Answer
}

// freshScore counts how a set of questions was dealt with. Right means the
// topic that the writer had in mind, or one that the writer said would do.
type freshScore struct {
	n, right, offered, shown                           int
	answerable, overDeclined, declinable, overAnswered int
}

func (s *freshScore) add(q freshQuestion, got Result) {
	s.n++
	want, out := q.outcome(), got.Outcome
	if out == DidYouMean {
		out = Unsure
	}
	hit := func(c Candidate) bool { return c.Entry.ID == q.Topic || slices.Contains(q.Also, c.Entry.ID) }
	if out == want && (want != Answer || hit(Candidate{Entry: got.Entry})) {
		s.right++
	}
	switch want {
	case Answer:
		s.answerable++
		if out == Unsure {
			s.overDeclined++
		}
		if slices.ContainsFunc(got.Candidates[:min(3, len(got.Candidates))], hit) {
			s.offered++
		}
		if out == Answer && (hit(Candidate{Entry: got.Entry}) || slices.ContainsFunc(got.Beside, func(e *Entry) bool { return hit(Candidate{Entry: e}) })) {
			s.shown++
		}
	case Unsure:
		s.declinable++
		if out == Answer {
			s.overAnswered++
		}
	}
}

// The figures that generalise: see docs/decisions/0003-finding-the-answer.md.
// fresh.jsonl is never looked at when the finder is changed; tune.jsonl is.
func TestFreshQuestionsHoldTheirFloors(t *testing.T) {
	t.Parallel()
	b := mustLoad(t, nil)
	for file, floor := range map[string]struct{ right, offered, shown, overAnswered, overDeclined float64 }{
		"testdata/fresh.jsonl": {0.80, 0.91, 0.89, 0.15, 0.05},
		"testdata/tune.jsonl":  {0.80, 0.94, 0.90, 0.15, 0.05},
	} {
		var s freshScore
		for _, q := range freshQuestions(t, file) {
			s.add(q, b.Find(Query{Text: q.Q}))
		}
		right, offered, shown := share(s.right, s.n), share(s.offered, s.answerable), share(s.shown, s.answerable)
		overAnswered, overDeclined := share(s.overAnswered, s.declinable), share(s.overDeclined, s.answerable)
		t.Logf("%s: %d questions, right %.3f; of the answerable: answered or beside the answer %.3f, among the first three %.3f, declined %.3f; of the others answered %.3f",
			file, s.n, right, shown, offered, overDeclined, overAnswered)
		if right < floor.right || offered < floor.offered || shown < floor.shown || overAnswered > floor.overAnswered || overDeclined > floor.overDeclined {
			t.Errorf("%s is below its floors %+v", file, floor)
		}
	}
}

func share(a, b int) float64 { return float64(a) / float64(b) }
