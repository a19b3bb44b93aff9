package bottest

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	"cymar/bot"
)

var (
	_ bot.Inbox     = (*Memory)(nil)
	_ bot.Outbox    = (*Memory)(nil)
	_ bot.Directory = (*Memory)(nil)
	_ bot.Spaces    = (*Memory)(nil)
	_ bot.Profiles  = (*Memory)(nil)
)

// Memory is all the state of the core in memory, for tests of what is around
// it: fast, and with no worker of its own: Drain sends what waits. What must
// hold over crashes and replicas is tested on redisstate.
type Memory struct {
	// Fail is called with the name of every method before it does anything;
	// an error makes the method fail. Nil: nothing fails.
	Fail func(method string) error

	clock bot.Clock

	mu         sync.Mutex
	claims     map[bot.EventID]*memoryClaim
	deliveries []bot.Delivery
	next       []bot.Event
	marks      map[string]bot.Mark
	direct     map[bot.User]bot.Place
	left       map[bot.User]bot.Card
	seen       map[bot.User]bot.SpaceID
	spaces     []bot.Space
	profiles   map[bot.User]bot.Profile
}

type memoryClaim struct {
	token string
	until time.Time
	done  bool
	now   *bot.Now
}

// NewMemory is an empty state whose leases run by clock.
func NewMemory(clock bot.Clock) *Memory {
	return &Memory{clock: clock, claims: map[bot.EventID]*memoryClaim{}, marks: map[string]bot.Mark{},
		direct: map[bot.User]bot.Place{}, left: map[bot.User]bot.Card{}, seen: map[bot.User]bot.SpaceID{}, profiles: map[bot.User]bot.Profile{}}
}

// enter takes the lock, unless the method is to fail or ctx has ended.
func (m *Memory) enter(ctx context.Context, method string) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, bot.Unavailable(err)
	}
	if m.Fail != nil {
		if err := m.Fail(method); err != nil {
			return nil, err
		}
	}
	m.mu.Lock()
	return m.mu.Unlock, nil
}

// Begin claims an event.
func (m *Memory) Begin(ctx context.Context, ev bot.Event, lease time.Duration) (bot.Claim, error) {
	leave, err := m.enter(ctx, "Begin")
	if err != nil {
		return bot.Claim{}, err
	}
	defer leave()
	c, now := m.claims[ev.ID], m.clock.Now()
	switch {
	case c != nil && c.done:
		return bot.Claim{Event: ev.ID, Done: true, Now: c.now}, nil
	case c != nil && now.Before(c.until):
		return bot.Claim{}, bot.ErrBusy
	}
	c = &memoryClaim{token: rand.Text(), until: now.Add(lease)}
	m.claims[ev.ID] = c
	return bot.Claim{Event: ev.ID, Token: c.token}, nil
}

// Commit marks it done and keeps what came of it for Drain.
func (m *Memory) Commit(ctx context.Context, c bot.Claim, o bot.Outcome) error {
	leave, err := m.enter(ctx, "Commit")
	if err != nil {
		return err
	}
	defer leave()
	held := m.claims[c.Event]
	if held == nil || held.done || held.token != c.Token {
		return bot.ErrBusy
	}
	held.done = true
	if !o.Brief {
		held.now = o.Now
	}
	m.deliveries, m.next = append(m.deliveries, o.Deliveries...), append(m.next, o.Next...)
	return nil
}

// Release gives a claim back.
func (m *Memory) Release(ctx context.Context, c bot.Claim) error {
	leave, err := m.enter(ctx, "Release")
	if err != nil {
		return err
	}
	defer leave()
	if held := m.claims[c.Event]; held != nil && !held.done && held.token == c.Token {
		delete(m.claims, c.Event)
	}
	return nil
}

// Run does nothing until ctx ends; see Drain.
func (m *Memory) Run(ctx context.Context, _ bot.Worker) error { <-ctx.Done(); return nil }

// Sent is the mark of a part.
func (m *Memory) Sent(ctx context.Context, d bot.Delivery, key string) (bot.Mark, error) {
	leave, err := m.enter(ctx, "Sent")
	if err != nil {
		return bot.Mark{}, err
	}
	defer leave()
	mark, ok := m.marks[bot.Digest(string(d.Platform), string(d.Tenant), key)]
	if !ok {
		return bot.Mark{}, bot.ErrNotFound
	}
	return mark, nil
}

// MarkSent records a part.
func (m *Memory) MarkSent(ctx context.Context, d bot.Delivery, key string, mark bot.Mark) error {
	leave, err := m.enter(ctx, "MarkSent")
	if err != nil {
		return err
	}
	defer leave()
	m.marks[bot.Digest(string(d.Platform), string(d.Tenant), key)] = mark
	return nil
}

// Waiting is the deliveries that were committed and not yet drained.
func (m *Memory) Waiting() []bot.Delivery {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.deliveries)
}

// Drain hands everything that is due to the worker, and what comes of that as
// well, until nothing is left. What fails for now stays; what fails for good
// is reported as the real outbox does. It returns all errors.
func (m *Memory) Drain(ctx context.Context, w bot.Worker) error {
	var errs []error
	for {
		ds, evs := m.due()
		if len(ds)+len(evs) == 0 {
			return errors.Join(errs...)
		}
		var kept []bot.Delivery
		for _, d := range ds {
			err := w.Deliver(ctx, roundTrip(d))
			errs = append(errs, err)
			var failed *bot.SendError
			if bot.Passing(err) || errors.As(err, &failed) && failed.Reason.Passing() {
				kept = append(kept, d)
				continue
			}
			m.report(d, err)
		}
		for _, ev := range evs {
			_, err := w.Receive(ctx, roundTrip(ev))
			errs = append(errs, err)
		}
		m.mu.Lock()
		m.deliveries = append(m.deliveries, kept...)
		m.mu.Unlock()
		if len(kept) > 0 {
			return errors.Join(errs...)
		}
	}
}

// due takes out what is due.
func (m *Memory) due() (ds []bot.Delivery, evs []bot.Event) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.clock.Now()
	m.deliveries = slices.DeleteFunc(m.deliveries, func(d bot.Delivery) bool {
		if d.NotBefore.After(now) {
			return false
		}
		ds = append(ds, d)
		return true
	})
	m.next = slices.DeleteFunc(m.next, func(ev bot.Event) bool {
		if ev.At.After(now) {
			return false
		}
		evs = append(evs, ev)
		return true
	})
	return ds, evs
}

// report puts the event that tells a handler what became of its send.
func (m *Memory) report(d bot.Delivery, err error) {
	if !d.Report {
		return
	}
	ev := bot.Event{ID: bot.EventID(d.ID + "!"), At: m.clock.Now(), In: bot.Place{Platform: d.Platform, Tenant: d.Tenant}}
	var failed *bot.SendError
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case err == nil:
		mark := m.marks[bot.Digest(string(d.Platform), string(d.Tenant), d.Parts[0].Key)]
		what := bot.Delivered{Key: d.Parts[0].Key}
		if n := len(mark.Messages); n > 0 {
			what.Message = mark.Messages[n-1]
		}
		ev.What = what
	case errors.As(err, &failed):
		ev.What = bot.Undelivered{Key: d.Parts[0].Key, Reason: failed.Reason}
	default:
		ev.What = bot.Undelivered{Key: d.Parts[0].Key, Reason: bot.Invalid}
	}
	m.next = append(m.next, ev)
}

// roundTrip is what a store gives back: v after being written and read.
func roundTrip[T any](v T) T {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	var out T
	if err := json.Unmarshal(b, &out); err != nil {
		panic(err)
	}
	return out
}
