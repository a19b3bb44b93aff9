package meetings

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func TestAHandlerWaitsALittleAndComesBackForWorkThatTakesLonger(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h, began, gate := newHands(), 0, make(chan struct{})
		work := func() int { began++; <-gate; return 7 }
		for range 3 {
			at := time.Now()
			if _, how := await(t.Context(), h, "k", work); how != later {
				t.Errorf("outcome %v", how)
			}
			if took := time.Since(at); took != waited {
				t.Errorf("it waited %v", took)
			}
		}
		close(gate)
		if out, how := await(t.Context(), h, "k", work); how != finished || out != 7 || began != 1 {
			t.Errorf("%v %v, begun %d times", out, how, began)
		}
		if h.busy("k") {
			t.Error("it is kept after it was fetched")
		}
	})
}

func TestWorkThatPanicsIsBrokenAndTakesNobodyWithIt(t *testing.T) {
	t.Parallel()
	h := newHands()
	if _, how := await(t.Context(), h, "k", func() int { panic("no") }); how != broken {
		t.Errorf("outcome %v", how)
	}
	if out, how := await(t.Context(), h, "k", func() int { return 1 }); how != finished || out != 1 {
		t.Errorf("afterwards %v %v", out, how)
	}
}

func TestAResultThatNobodyFetchesGoes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHands()
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		gate := make(chan struct{})
		if _, how := await(ended, h, "old", func() int { <-gate; return 1 }); how != later {
			t.Errorf("outcome %v", how)
		}
		close(gate)
		<-time.After(kept + time.Second) // by the clock of the bubble
		h.begin("new", func() any { return 1 })
		if h.busy("old") {
			t.Error("it is still there")
		}
	})
}
