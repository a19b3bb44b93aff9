package bot

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

var loud, quiet, third = home{"fake", "loud"}, home{"fake", "quiet"}, home{"fake", "third"}

func never() bool { return false }

// came reports whether a turn has come.
func came(turn chan struct{}) bool {
	select {
	case <-turn:
		return true
	default:
		return false
	}
}

// line1000 is a storm: a thousand of one installation, and all in line.
func line1000(t *turns) (all []chan struct{}) {
	for range 1000 {
		all = append(all, t.queue(loud))
	}
	return all
}

func TestAStormLeavesPlacesForOthers(t *testing.T) {
	t.Parallel()
	turns := newTurns(8)
	storm := line1000(turns)
	for i, turn := range storm[:3] {
		if came(turn) != (i < 2) {
			t.Errorf("number %d of the storm: %v", i, came(turn))
		}
	}
	if !came(turns.queue(quiet)) {
		t.Error("the other installation waits")
	}
}

func TestWhereAllPlacesAreTakenInstallationsTakeTurns(t *testing.T) {
	t.Parallel()
	turns := newTurns(1)
	storm := line1000(turns)
	a, b, c := turns.queue(quiet), turns.queue(third), turns.queue(quiet)
	order := []struct {
		of   home
		turn chan struct{}
	}{{loud, storm[0]}, {loud, storm[1]}, {quiet, a}, {third, b}, {loud, storm[2]}, {quiet, c}, {loud, storm[3]}, {loud, storm[4]}}
	for i, o := range order {
		if !came(o.turn) {
			t.Fatalf("turn %d did not come", i)
		}
		if i+1 < len(order) && came(order[i+1].turn) {
			t.Fatalf("turn %d came too early", i+1)
		}
		turns.give(o.of)
	}
}

func TestWhoeverGoesAwayLeavesNoGap(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(1)
		if _, err := turns.take(t.Context(), loud, never); err != nil {
			t.Fatal(err)
		}
		gone, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { _, err := turns.take(gone, quiet, never); ended <- err }()
		synctest.Wait()
		next := turns.queue(third)
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		turns.give(loud)
		if !came(next) {
			t.Error("the next one waits for somebody who went away")
		}
		turns.give(third)
		if len(turns.of) != 0 || len(turns.next) != 0 || turns.free != 1 {
			t.Errorf("something is left: %d, %d, %d free", len(turns.of), len(turns.next), turns.free)
		}
	})
}

func TestATurnThatComesAsOneGoesAwayIsGivenBack(t *testing.T) {
	t.Parallel()
	turns := newTurns(1)
	mine := turns.queue(loud)
	turns.abandon(loud, mine)
	if !came(turns.queue(quiet)) {
		t.Error("the place is lost")
	}
}

func TestNobodyWaitsForever(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(1)
		turns.queue(loud)
		began := time.Now()
		if _, err := turns.take(t.Context(), loud, never); !errors.Is(err, ErrBusy) || time.Since(began) != inLine {
			t.Errorf("after %v: %v", time.Since(began), err)
		}
	})
}

func TestWhatIsUrgentWaitsForNobodyAndTakesNobodysPlace(t *testing.T) {
	t.Parallel()
	turns := newTurns(1)
	turns.queue(loud)
	give, err := turns.take(t.Context(), loud, func() bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	next := turns.queue(quiet)
	give()
	if came(next) {
		t.Error("a place was given back that it did not have")
	}
	turns.give(loud)
	if !came(next) {
		t.Error("the place is lost")
	}
}

func TestOnlyWhatComesFromOutsideWaitsForATurn(t *testing.T) {
	t.Parallel()
	for want, all := range map[bool][]What{
		true:  {Said{}, Edited{}, Removed{}, Reacted{}, Pressed{}, Submitted{}, Uploaded{}, Installed{}, Uninstalled{}, Joined{}, Left{}, Opened{}},
		false: {Tick{}, Continue{}, Delivered{}, Undelivered{}},
	} {
		for _, w := range all {
			if ofPeople(w) != want {
				t.Errorf("%s: %v", w.kind(), !want)
			}
		}
	}
}
