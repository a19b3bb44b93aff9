package meetings

import (
	"context"
	"sync"
	"time"
)

// hands do what may take longer than a handler has: reading a large file,
// drawing a long chat. A handler waits a little and, if that was not enough,
// comes back with a follow-up event. Where the process dies, so does the
// work; the follow-up event does not, and begins it anew elsewhere.
type hands struct {
	mu   sync.Mutex
	jobs map[string]*job
}

type job struct {
	began time.Time
	done  chan struct{}
	out   any // nil when it panicked
}

// waited is how long a handler waits, of the two seconds that it has; kept is
// how long a result waits to be fetched.
const (
	patience = 2 * time.Second
	waited   = 1200 * time.Millisecond
	kept     = 10 * time.Minute
)

func newHands() *hands { return &hands{jobs: map[string]*job{}} }

// busy reports whether the work was begun here already.
func (h *hands) busy(key string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.jobs[key] != nil
}

// begin starts the work unless it was begun.
func (h *hands) begin(key string, do func() any) *job {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := time.Now()
	for k, j := range h.jobs {
		if now.Sub(j.began) > kept {
			delete(h.jobs, k)
		}
	}
	if j := h.jobs[key]; j != nil {
		return j
	}
	j := &job{began: now, done: make(chan struct{})}
	h.jobs[key] = j
	go func() {
		defer close(j.done)
		defer func() {
			if recover() != nil {
				j.out = nil
			}
		}()
		j.out = do()
	}()
	return j
}

func (h *hands) end(key string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.jobs, key)
}

// outcome is how far a piece of work has come.
type outcome int

const (
	later outcome = iota
	finished
	broken // it panicked: trying again would not help
)

// await waits a little for a piece of work.
func await[T any](ctx context.Context, h *hands, key string, do func() T) (T, outcome) {
	var none T
	j := h.begin(key, func() any { return do() })
	t := time.NewTimer(waited)
	defer t.Stop()
	select {
	case <-j.done:
		h.end(key)
		if out, ok := j.out.(T); ok {
			return out, finished
		}
		return none, broken
	case <-t.C:
	case <-ctx.Done():
	}
	return none, later
}
