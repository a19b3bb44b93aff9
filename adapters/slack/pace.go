package slack

import (
	"sync"
	"time"

	"cymar/bot"
)

// Slack lets about one message a second into a channel, and short bursts. A
// send that would be too soon is refused with the time to come back, each
// later than the one before it, so that nothing waits in a worker and they do
// not all return at once.
const (
	paceEvery = time.Second
	paceBurst = 4
	paceKept  = 4096 // channels remembered; those that are quiet go first
)

type pace struct {
	clock bot.Clock

	mu    sync.Mutex
	lanes map[string]*lane
}

// lane is one channel: used is when its messages so far would be through at
// one a second, promised the latest time that was given to somebody.
type lane struct{ used, promised time.Time }

func newPace(clock bot.Clock) *pace { return &pace{clock: clock, lanes: map[string]*lane{}} }

// take asks to send into a channel now.
func (p *pace) take(channel string) error {
	now := p.clock.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	l := p.lanes[channel]
	if l == nil {
		p.tidy(now)
		l = &lane{}
		p.lanes[channel] = l
	}
	if l.used.Before(now) {
		l.used = now
	}
	if l.used.Sub(now) <= (paceBurst-1)*paceEvery {
		l.used = l.used.Add(paceEvery)
		return nil
	}
	if l.promised.Before(now) {
		l.promised = now
	}
	l.promised = l.promised.Add(paceEvery)
	return &bot.SendError{Reason: bot.RateLimited, After: l.promised.Sub(now), Err: errPace}
}

// tidy forgets channels that have been quiet; the caller holds the lock.
func (p *pace) tidy(now time.Time) {
	if len(p.lanes) < paceKept {
		return
	}
	for c, l := range p.lanes {
		if l.used.Before(now) {
			delete(p.lanes, c)
		}
	}
}
