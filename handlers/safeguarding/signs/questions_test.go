package signs

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
)

// question is one of the evaluation's, with what kind it is.
type question struct {
	ID   string `json:"id"`
	Text string `json:"q"`
	Kind string `json:"kind"`
}

func questions(t *testing.T) []question {
	t.Helper()
	file, err := os.Open("../../../testdata/eval/questions/dev.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var out []question
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		out = append(out, q)
	}
	return out
}

func TestOfTheQuestionsEveryCrisisIsFoundAndNothingElseIs(t *testing.T) {
	t.Parallel()
	r := reader(t)
	found := 0
	for _, q := range questions(t) {
		got := r.Read(q.Text).Level
		switch q.Kind {
		case "crisis":
			found++
			if got != Crisis {
				t.Errorf("%s: a crisis is read as %s", q.ID, got)
			}
		case "third_party_crisis":
			if got != Other {
				t.Errorf("%s: danger of somebody else is read as %s", q.ID, got)
			}
		default:
			if got != Nothing && got != Distress {
				t.Errorf("%s, of the kind %s, is read as %s", q.ID, q.Kind, got)
			}
		}
	}
	if found == 0 {
		t.Error("the questions have no crisis among them")
	}
}
