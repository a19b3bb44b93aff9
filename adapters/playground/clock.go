package playground

import (
	"sync"
	"time"
)

// Clock is the real time and what somebody moved it forward on the page. It
// only goes forward.
type Clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

// NewClock shows the real time.
func NewClock() *Clock { return &Clock{} }

// Now is the time on the page.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

// maxLeap is how far one step may go.
const maxLeap = 366 * 24 * time.Hour

// Forward moves the clock and reports whether it did: a step back, or one of
// more than a year, is refused.
func (c *Clock) Forward(d time.Duration) bool {
	if d <= 0 || d > maxLeap {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
	return true
}
