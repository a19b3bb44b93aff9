// Package bottest is what tests of the bot are made of: a clock that stands
// still, a platform that records, a Redis of one's own, state in memory, the
// fixture cards and hostile texts. Only tests import it.
package bottest

import (
	"sync"
	"testing"
	"time"

	"cymar/bot"
)

// Patience is how long a test waits for something that must happen.
const Patience = 20 * time.Second

// Start is when a test's clock begins unless it says otherwise: a Monday
// morning in November, after the clocks went back.
var Start = time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)

var _ bot.Clock = (*Clock)(nil)

// Clock stands still until it is moved. It is safe for use by several
// goroutines.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock is a clock that stands at t, or at Start when t is zero.
func NewClock(t time.Time) *Clock {
	if t.IsZero() {
		t = Start
	}
	return &Clock{now: t}
}

// Now is where the clock stands.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock on and returns where it stands then.
func (c *Clock) Advance(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return c.now
}

// Set moves the clock to t.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// Receive waits for a value, and fails the test when none comes.
func Receive[T any](tb testing.TB, from <-chan T, what string) T {
	tb.Helper()
	t := time.NewTimer(Patience)
	defer t.Stop()
	select {
	case v, ok := <-from:
		if !ok {
			tb.Fatalf("waiting for %s: the channel was closed", what)
		}
		return v
	case <-t.C:
		tb.Fatalf("waited %v for %s", Patience, what)
	}
	panic("unreachable")
}

// Closed waits until a channel is closed, and fails the test when it is not.
func Closed[T any](tb testing.TB, done <-chan T, what string) {
	tb.Helper()
	t := time.NewTimer(Patience)
	defer t.Stop()
	for {
		select {
		case _, open := <-done:
			if !open {
				return
			}
		case <-t.C:
			tb.Fatalf("waited %v for %s", Patience, what)
		}
	}
}

// Eventually waits until a condition holds that nothing signals, such as the
// state of another process. Where there is a signal, wait for that instead.
func Eventually(tb testing.TB, what string, holds func() bool) {
	tb.Helper()
	end := time.NewTimer(Patience)
	defer end.Stop()
	look := time.NewTicker(2 * time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-look.C:
		case <-end.C:
			tb.Fatalf("waited %v until %s", Patience, what)
		}
	}
}
