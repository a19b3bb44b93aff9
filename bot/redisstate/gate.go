package redisstate

import (
	"math/rand/v2"
	"sync"
	"time"

	"cymar/bot"
)

// gate keeps the pace of nudges to an installation whose platform said that
// they come too fast: no worker waits, each nudge gets a time of its own. It
// is a replica's own; another one learns from the platform as this one did.
type gate struct {
	mu   sync.Mutex
	pace time.Duration
	next map[string]time.Time // by installation: when the next one may go
}

func newGate(pace time.Duration) *gate { return &gate{pace: pace, next: map[string]time.Time{}} }

// turn is when a nudge to the installation may go: now, or a time that is
// reserved for it.
func (g *gate) turn(d bot.Delivery, now time.Time) (time.Time, bool) {
	key := bot.TenantDigest(d.Platform, d.Tenant)
	g.mu.Lock()
	defer g.mu.Unlock()
	next, shut := g.next[key]
	if !shut {
		return now, true
	}
	if !next.After(now) {
		delete(g.next, key)
		return now, true
	}
	g.next[key] = next.Add(g.pace)
	return next, false
}

// shut closes the gate for a while.
func (g *gate) shut(d bot.Delivery, until time.Time) {
	key := bot.TenantDigest(d.Platform, d.Tenant)
	g.mu.Lock()
	defer g.mu.Unlock()
	if until.After(g.next[key]) {
		g.next[key] = until
	}
}

const (
	firstTry = time.Second
	longest  = 5 * time.Minute
)

// backoff is how long to wait after the nth try: twice as long each time, up
// to five minutes, and up to a half more by chance so that what failed
// together does not come back together.
func backoff(n int) time.Duration {
	d := longest
	if n < 9 {
		d = min(firstTry<<max(n, 0), longest)
	}
	return d + rand.N(d/2)
}
