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
	of   map[string]rest // by installation
}

// rest is what a platform asked for.
type rest struct {
	shut time.Time // nothing may go before
	next time.Time // the first time that is not given to anybody
}

func newGate(pace time.Duration) *gate { return &gate{pace: pace, of: map[string]rest{}} }

// turn reports whether a nudge may go now, and else at what time; that time is
// its own. One that had its turn before comes to it now, and goes before those
// that are new.
func (g *gate) turn(d bot.Delivery, now time.Time, had bool) (time.Time, bool) {
	key := bot.TenantDigest(d.Platform, d.Tenant)
	g.mu.Lock()
	defer g.mu.Unlock()
	r, ok := g.of[key]
	switch {
	case !ok:
		return now, true
	case now.Before(r.shut):
	case had:
		return now, true
	case !r.next.After(now):
		delete(g.of, key)
		return now, true
	}
	mine := r.next
	g.of[key] = rest{r.shut, mine.Add(g.pace)}
	return mine, false
}

// close lets nothing through for a while.
func (g *gate) close(d bot.Delivery, until time.Time) {
	key := bot.TenantDigest(d.Platform, d.Tenant)
	g.mu.Lock()
	defer g.mu.Unlock()
	r := g.of[key]
	if until.After(r.shut) {
		r.shut = until
	}
	if r.next.Before(r.shut) {
		r.next = r.shut
	}
	g.of[key] = r
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
