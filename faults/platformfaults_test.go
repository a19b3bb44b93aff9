//go:build linux

package faults

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

func platformFaults() []fault {
	return []fault{
		{name: "a slow platform: every message takes half a second", events: 300, happens: (*scene).slowPlatform, clean: true,
			expect: "nothing is lost and nothing comes twice; events are accepted as fast as ever"},
		{name: "a platform that takes a message and never says so", events: 60, happens: (*scene).silentPlatform,
			expect: "nothing is lost; those messages go twice, and are counted"},
		{name: "a platform that answers 500 to every message at first", events: 60, happens: (*scene).faultyPlatform, clean: true,
			expect: "tried again after a second or two; nothing is lost"},
		{name: "a storm of 429: the platform takes 50 reminders a second, and all are due at once", events: 300, happens: (*scene).tooFast, clean: true,
			expect: "each reminder gets a time of its own; none is lost, none comes twice, and the platform is asked little more than it must"},
	}
}

// local is three replicas on a Redis of this machine.
func (s *scene) local() *bottest.Server {
	server := bottest.NewServer(s.t)
	s.options.URL = server.URL
	s.start(3)
	return server
}

// wait is a platform taking its time.
func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *scene) slowPlatform() {
	s.options.Steal = 30 * time.Second
	s.platform.before = func(ctx context.Context, _ bot.Place) error { return wait(ctx, 500*time.Millisecond) }
	s.local()
	s.open()
	began := time.Now()
	done := s.asking()
	<-done
	accepted := time.Since(began)
	s.finish(done)
	s.seen = fmt.Sprintf("All were accepted after %.1f s and answered after %.1f s.", accepted.Seconds(), time.Since(began).Seconds())
}

// firsts is whether a place is seen for the first time.
type firsts struct{ m sync.Map }

func (f *firsts) time(to bot.Place) bool {
	_, again := f.m.LoadOrStore(to.ID, true)
	return !again
}

func (s *scene) silentPlatform() {
	var seen firsts
	s.platform.after = func(ctx context.Context, to bot.Place) error {
		if seen.time(to) && strings.HasSuffix(string(to.ID), "0") { // every tenth person
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	}
	s.local()
	s.open()
	s.finish(s.asking())
}

func (s *scene) faultyPlatform() {
	var seen firsts
	var n atomic.Int64
	s.platform.before = func(_ context.Context, to bot.Place) error {
		n.Add(1)
		if seen.time(to) {
			return bottest.Refused(bot.ServerFault, 0)
		}
		return nil
	}
	s.local()
	s.open()
	s.finish(s.asking())
	s.seen = fmt.Sprintf("%d calls for %d messages.", n.Load(), s.n)
}

// bucket is a platform's limit: so many a second.
type bucket struct {
	mu     sync.Mutex
	rate   float64
	left   float64
	filled time.Time
	asked  int
}

// take refuses what comes too fast.
func (b *bucket) take(context.Context, bot.Place) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	b.left = min(b.rate, b.left+now.Sub(b.filled).Seconds()*b.rate)
	b.filled = now
	b.asked++
	if b.left < 1 {
		return bottest.Refused(bot.RateLimited, time.Second)
	}
	b.left--
	return nil
}

// reminding sends so many people a reminder at every tick of its job.
type reminding struct{ people int }

func (r reminding) Register(to *bot.Router) {
	to.Tick("faults.remind", "* * * * *", bot.HandlerFunc(func(_ context.Context, ev bot.Event) (bot.Reply, error) {
		var reply bot.Reply
		due := ev.What.(bot.Tick).Due
		for i := range r.people {
			u := reminded(i)
			reply.Sends = append(reply.Sends, bot.Send{To: bot.DM(u), Key: "faults:" + due.Format(time.DateOnly) + ":" + string(u.ID), Card: bot.Say(bot.English, "a reminder")})
		}
		return reply, nil
	}))
}

func reminded(i int) bot.User { return bottest.Person(bot.UserID(fmt.Sprintf("r%06d", i))) }

// remind lets the job's clock fire on every replica, and counts what is
// accepted of it as one event for each person.
func (s *scene) remind(due time.Time, people int) {
	for i := range s.bots {
		if !s.insist(bottest.Tick("faults.remind", due), i) {
			s.t.Error("a tick was not accepted")
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range people {
		s.accepted[bottest.Direct(reminded(i)).ID] = true
	}
}

func (s *scene) tooFast() {
	limit := &bucket{rate: 50, left: 50, filled: time.Now()}
	s.platform.before = limit.take
	s.jobs = append(s.jobs, reminding{s.n})
	s.options.Pace = 60 * time.Millisecond // three replicas: together as fast as the platform allows
	s.options.Steal = 30 * time.Second
	s.local()
	s.remind(time.Now(), s.n)
	s.settle()
	s.seen = fmt.Sprintf("The platform was asked %d times for %d messages.", limit.asked, s.n)
}
