//go:build linux

package faults

import (
	"os/exec"
	"strings"
	"testing"
	"time"
)

// fault is one way in which the world fails.
type fault struct {
	name    string
	expect  string // in a sentence, for the page
	events  int    // in the short form; ten times as many in the long one
	happens func(s *scene)
	clean   bool // nothing may come twice at all
	loses   bool // it shows a loss, so that the one beside it shows something
	// inHand, where not 0, is how many may come twice uncounted: a promoted
	// replica does not know what the dead primary had not yet told it, and
	// cannot count it.
	inHand int
}

// tally is what became of the events of one fault.
type tally struct {
	Fault    fault
	Accepted int // events that the platform was told are taken care of
	Refused  int64
	Lost     int // accepted, and no answer came
	Doubled  int // answers more than one for an event
	Counted  int64
	Took     time.Duration
	Seen     string
}

// faults is the suite. The page has a line for each.
func faults() []fault {
	all := [][]fault{deaths(), redisFaults(), failovers(), wireFaults(), platformFaults(), eventFaults()}
	var out []fault
	for _, a := range all {
		out = append(out, a...)
	}
	return out
}

func TestEveryFaultLosesNothingThatWasAccepted(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Skip("redis-server is not installed")
	}
	all := faults()
	results := make([]tally, len(all))
	began := time.Now()
	t.Cleanup(func() { // once all of them are over
		t.Logf("%d faults in %v", len(all), time.Since(began).Round(time.Second))
		if *page != "" && !t.Failed() {
			writePage(t, *page, results)
		}
	})
	for i, f := range all {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			results[i] = try(t, f)
		})
	}
}

// try lets one fault happen and judges what came of it.
func try(t *testing.T, f fault) tally {
	n := f.events
	if *long {
		n *= 10
	}
	s := newScene(t, n)
	began := time.Now()
	f.happens(s)
	got := s.tally()
	got.Fault, got.Took = f, time.Since(began)
	t.Logf("accepted %d after %d refusals, lost %d, doubled %d (counted %d) in %v. %s",
		got.Accepted, got.Refused, got.Lost, got.Doubled, got.Counted, got.Took.Round(time.Millisecond), got.Seen)
	switch {
	case got.Accepted != n:
		t.Errorf("%d of %d events were accepted in the end", got.Accepted, n)
	case f.loses && got.Lost == 0:
		t.Error("nothing was lost, so the fault beside it shows nothing")
	case !f.loses && got.Lost > 0:
		t.Errorf("%d of those that were accepted are lost: %s", got.Lost, s.firstLost())
	}
	if got.Doubled > 0 && f.clean {
		t.Errorf("%d came twice", got.Doubled)
	}
	if int64(got.Doubled) > got.Counted+int64(f.inHand) && !f.loses {
		t.Errorf("%d came twice, and only %d are counted as windows in which that may happen", got.Doubled, got.Counted)
	}
	return got
}

func TestEveryFaultHasANameOfItsOwnAndAnExpectation(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, f := range faults() {
		if names[f.name] || f.expect == "" || f.events == 0 || strings.Contains(f.name+f.expect, "|") {
			t.Errorf("%q: %q, %d events", f.name, f.expect, f.events)
		}
		names[f.name] = true
	}
	if len(names) < 20 {
		t.Errorf("only %d faults", len(names))
	}
}
