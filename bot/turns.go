package bot

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

const (
	// atOnce is how many events of people a replica handles at once, unless
	// Options say otherwise. One installation has a quarter of them at most.
	atOnce = 64
	// inLine is how long an event waits for its turn at most. The platform is
	// then told to come again.
	inLine = 10 * time.Second
)

// home is an installation.
type home struct {
	Platform Platform
	Tenant   TenantID
}

// turns lets in so many at once, of one installation a part of them only.
// Where more come, the installations take turns, and each of them lets in its
// own in the order in which they came.
type turns struct {
	mu    sync.Mutex
	free  int // places that nobody has
	share int // how many an installation may have
	of    map[home]*line
	next  []*line // those where somebody waits, by turn
}

// line is what an installation has in hand and who waits.
type line struct {
	held    int
	waiting []chan struct{}
}

func newTurns(n int) *turns {
	return &turns{free: n, share: max(n/4, 1), of: map[home]*line{}}
}

// take waits for a place, which must be given back; what is urgent and would
// have to wait goes without one. ErrBusy: it took too long.
func (t *turns) take(ctx context.Context, h home, urgent func() bool) (give func(), err error) {
	turn := t.queue(h)
	select {
	case <-turn:
		return func() { t.give(h) }, nil
	default:
	}
	if urgent() {
		t.abandon(h, turn)
		return func() {}, nil
	}
	return func() { t.give(h) }, t.wait(ctx, h, turn)
}

func (t *turns) wait(ctx context.Context, h home, turn chan struct{}) error {
	limit := time.NewTimer(inLine)
	defer limit.Stop()
	var err error
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-limit.C:
		err = fmt.Errorf("too many events wait for their turn: %w", ErrBusy)
	}
	t.abandon(h, turn)
	return err
}

// queue gets in line. The channel is closed when the turn has come.
func (t *turns) queue(h home) chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.of[h]
	if l == nil {
		l = &line{}
		t.of[h] = l
	}
	turn := make(chan struct{})
	if l.waiting = append(l.waiting, turn); len(l.waiting) == 1 {
		t.next = append(t.next, l)
	}
	t.admit()
	return turn
}

// abandon gets out of the line, or gives back the turn that came meanwhile.
func (t *turns) abandon(h home, turn chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.of[h]
	at := slices.Index(l.waiting, turn)
	if at < 0 {
		t.leave(h, l)
		return
	}
	l.waiting = slices.Delete(l.waiting, at, at+1)
	if len(l.waiting) == 0 {
		t.next = slices.DeleteFunc(t.next, func(o *line) bool { return o == l })
	}
	t.forget(h, l)
}

// give gives a place back.
func (t *turns) give(h home) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.leave(h, t.of[h])
}

func (t *turns) leave(h home, l *line) {
	l.held--
	t.free++
	t.admit()
	t.forget(h, l)
}

func (t *turns) forget(h home, l *line) {
	if l.held == 0 && len(l.waiting) == 0 {
		delete(t.of, h)
	}
}

// admit gives free places to those whose turn it is.
func (t *turns) admit() {
	for t.free > 0 {
		at := slices.IndexFunc(t.next, func(l *line) bool { return l.held < t.share })
		if at < 0 {
			return
		}
		l := t.next[at]
		t.next = slices.Delete(t.next, at, at+1)
		close(l.waiting[0])
		l.waiting = l.waiting[1:]
		l.held++
		t.free--
		if len(l.waiting) > 0 {
			t.next = append(t.next, l)
		}
	}
}

// ofPeople reports whether an event comes from outside. What we set ourselves
// to do comes by workers that take turns already.
func ofPeople(w What) bool {
	switch w.(type) {
	case Tick, Continue, Delivered, Undelivered:
		return false
	}
	return true
}
