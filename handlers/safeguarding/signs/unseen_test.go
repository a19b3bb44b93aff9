package signs

import (
	"os"
	"testing"

	"cymar/handlers/safeguarding/signs/corpus"
)

// floors are the least shares of each level in testdata/unseen.jsonl that must
// be found, and the largest share of its ordinary messages that may be raised.
// They only rise (and fall for ordinary messages). The file is half of what
// one writer wrote; nothing of it is ever trained on.
var floors = []struct {
	level string
	as    string // read as one of these it is found
	least float64
}{
	{"R", "RT", 0.89}, {"R", "RTA", 0.93}, {"T", "TR", 0.88}, {"A", "ARTS", 0.80}, {"S", "SRT", 0.75}, {"P", "P", 0.85},
}

const mostOrdinaryRaised = 0.018

func unseen(t *testing.T) map[string][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/unseen.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	messages, err := corpus.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	byLevel := make(map[string][]string)
	for _, m := range messages {
		byLevel[m.Level] = append(byLevel[m.Level], m.Text)
	}
	return byLevel
}

// share is the part of the texts that is read as one of the levels.
func share(r *Reader, texts []string, levels string) float64 {
	n := 0
	for _, text := range texts {
		for _, l := range levels {
			if r.Read(text).Level == Level(l) {
				n++
			}
		}
	}
	return float64(n) / float64(max(1, len(texts)))
}

func TestWordingsThatTheModelHasNotSeenAreFound(t *testing.T) {
	t.Parallel()
	r, texts := reader(t), unseen(t)
	for _, f := range floors {
		got := share(r, texts[f.level], f.as)
		t.Logf("%s read as one of %s: %.1f%% of %d", f.level, f.as, 100*got, len(texts[f.level]))
		if got < f.least {
			t.Errorf("of %d messages of level %s only %.1f%% are read as one of %s, want %.0f%%", len(texts[f.level]), f.level, 100*got, f.as, 100*f.least)
		}
	}
}

func TestOrdinaryMessagesAreLeftInPeace(t *testing.T) {
	t.Parallel()
	r, texts := reader(t), unseen(t)["N"]
	for levels, most := range map[string]float64{"RT": mostOrdinaryRaised, "S": 0.005, "P": 0.005} {
		got := share(r, texts, levels)
		t.Logf("ordinary read as one of %s: %.1f%% of %d", levels, 100*got, len(texts))
		if got > most {
			t.Errorf("%.1f%% of %d ordinary messages are read as one of %s", 100*got, len(texts), levels)
		}
	}
}

func TestNothingOfTheTestIsTrainedOn(t *testing.T) {
	t.Parallel()
	messages, err := corpus.Load()
	if err != nil {
		t.Fatal(err)
	}
	known := make(map[string]bool)
	for _, m := range messages {
		known[m.Text] = true
	}
	same := 0
	for _, texts := range unseen(t) {
		for _, text := range texts {
			// Two writers may both write “kms”; no more than such few words.
			if known[text] && len(text) > 40 {
				t.Errorf("%q is in the corpus", text)
			}
			if known[text] {
				same++
			}
		}
	}
	if same > 40 {
		t.Errorf("%d messages of the test are in the corpus", same)
	}
}
