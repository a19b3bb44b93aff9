package teams

import (
	"sync"
	"time"
)

// window is how many calls may be made in a time.
type window struct {
	most int
	in   time.Duration
}

// What Teams allows in one conversation, and one app in one tenant.
func perConversation() []window {
	return []window{{7, time.Second}, {8, 2 * time.Second}, {60, 30 * time.Second}, {1800, time.Hour}}
}

func perTenant() []window { return []window{{50, time.Second}} }

// manyConversations is when those that were quiet for long are forgotten.
const manyConversations = 4096

// pace counts what was sent where, so that we keep to the limits before Teams
// has to say so. It never waits: it says for how long.
type pace struct {
	limits []window

	mu   sync.Mutex
	sent map[string][]time.Time
}

func newPace(limits []window) *pace { return &pace{limits: limits, sent: map[string][]time.Time{}} }

// take counts one call in a conversation, or says when there will be room.
func (p *pace) take(id string, now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	longest := p.limits[len(p.limits)-1]
	past := since(p.sent[id], now.Add(-longest.in))
	for i := len(p.limits) - 1; i >= 0; i-- {
		w := p.limits[i]
		if n := len(past) - w.most; n >= 0 && past[n].After(now.Add(-w.in)) {
			p.sent[id] = past
			return past[n].Add(w.in).Sub(now)
		}
	}
	if _, known := p.sent[id]; !known && len(p.sent) >= manyConversations {
		p.forget(now.Add(-longest.in))
	}
	p.sent[id] = append(past, now)
	return 0
}

// since is the times after a moment; they are in order.
func since(all []time.Time, from time.Time) []time.Time {
	i := 0
	for i < len(all) && !all[i].After(from) {
		i++
	}
	return all[i:]
}

// forget drops the conversations in which nothing was sent since.
func (p *pace) forget(from time.Time) {
	for id, all := range p.sent {
		if len(since(all, from)) == 0 {
			delete(p.sent, id)
		}
	}
}
