package lexicon

import "testing"

func TestTheTopicsFileIsWellFormed(t *testing.T) {
	t.Parallel()
	l, err := parse(topicsFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(l.Topics) < 60 {
		t.Errorf("only %d topics", len(l.Topics))
	}
}
