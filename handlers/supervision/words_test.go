package supervision_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"cymar/handlers/supervision"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/roster"
	"cymar/handlers/supervision/when"
)

var said = regexp.MustCompile(`(?:word|count)\("([a-z_.]+)"[,)]`)

func TestEveryStringThatTheCodeSaysExists(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, name := range files {
		code, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllStringSubmatch(string(code), -1) {
			if n++; !supervision.HasWord(m[1]) {
				t.Errorf("%s says %q, which is not there", name, m[1])
			}
		}
	}
	if n < 60 {
		t.Errorf("only %d strings were found", n)
	}
}

func TestEveryValueHasItsWords(t *testing.T) {
	t.Parallel()
	var ids []string
	for _, k := range when.Kinds {
		ids = append(ids, "kind."+string(k))
	}
	for _, w := range []when.Why{when.NoSuchDay, when.NoSuchMonth, when.WrongWeekday, when.InThePast, when.InTheFuture, when.TooFar,
		when.ZeroInterval, when.TooLong, when.Ambiguous, when.Incomplete, when.Nothing} {
		ids = append(ids, "fault."+string(w))
	}
	for _, w := range []roster.Why{roster.NoName, roster.NoKind, roster.Formula, roster.Duplicate, roster.Oneself, roster.Broken, roster.LongCell, roster.TooLarge, roster.Empty} {
		ids = append(ids, "roster_fault."+string(w))
	}
	for _, s := range []ladder.Step{ladder.Ahead, ladder.Today, ladder.Overdue, ladder.Ask, ladder.Quiet} {
		ids = append(ids, "nudge."+string(s))
	}
	for _, n := range []calendar.Nation{calendar.EnglandAndWales, calendar.Scotland, calendar.NorthernIreland} {
		ids = append(ids, "nation."+string(n))
	}
	ids = append(ids, "nth.1", "nth.2", "nth.3", "nth.4", "nth.-1", "state.nobody", "state.cancelled", "discreet.on", "discreet.off", "word.on", "word.off", "offer_date.held", "offer_date.moved", "offer_date.pause", "offer_date.snooze", "digest.on", "digest.off")
	for _, id := range ids {
		if !supervision.HasWord(id) {
			t.Errorf("%q has no words", id)
		}
	}
}

func TestNoStandardIsClaimedAndNobodyIsChased(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile("words/en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, no := range []string{"must ", "you have not", "failed", "compliance", "requires", "guidance", "manager will", "report you"} {
		if strings.Contains(strings.ToLower(string(b)), no) {
			t.Errorf("the words hold %q", no)
		}
	}
}
