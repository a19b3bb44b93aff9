//go:build linux

package load

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

// platform counts reminders, and tells those who ask when their answer came.
type platform struct {
	reminders atomic.Int64
	takes     atomic.Int64  // how long a message takes
	more      chan struct{} // one for each reminder that came, as far as there is room
	mu        sync.Mutex
	waiting   map[bot.PlaceID]chan struct{}
}

func newPlatform() *platform {
	p := &platform{more: make(chan struct{}, 1), waiting: map[bot.PlaceID]chan struct{}{}}
	p.takes.Store(int64(latency))
	return p
}

func (*platform) Platform() bot.Platform      { return "fake" }
func (*platform) Caps() bot.Caps              { return bot.Caps{Ephemeral: true} }
func (*platform) Split(c bot.Card) []bot.Card { return []bot.Card{c} }

func (p *platform) Send(ctx context.Context, to bot.Place, _ *bot.User, _ bot.Card) (bot.MessageID, error) {
	t := time.NewTimer(time.Duration(p.takes.Load()))
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	p.mu.Lock()
	answered := p.waiting[to.ID]
	delete(p.waiting, to.ID)
	p.mu.Unlock()
	if answered != nil {
		close(answered)
		return "m", nil
	}
	p.reminders.Add(1)
	select {
	case p.more <- struct{}{}:
	default:
	}
	return "m", nil
}

// expects is closed when something arrives at a place.
func (p *platform) expects(to bot.PlaceID) <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waiting[to] = make(chan struct{})
	return p.waiting[to]
}

// one asks one question and waits for its answer.
func (s *stage) one(tenant bot.TenantID, took *times) {
	n := s.asked.Add(1)
	u := somebody(tenant, fmt.Sprintf("Q%08d", n))
	ev := bottest.Said(u, bottest.Direct(u), "what does non-directive mean")
	answered := s.out.expects(ev.In.ID)
	began := time.Now()
	for _, err := s.bots[n%replicas].Receive(s.t.Context(), ev); err != nil; _, err = s.bots[n%replicas].Receive(s.t.Context(), ev) {
		if s.t.Context().Err() != nil || time.Since(began) > patience {
			s.t.Errorf("a question was not accepted: %v", err)
			return
		}
	}
	limit := time.NewTimer(patience)
	defer limit.Stop()
	select {
	case <-answered:
		took.add(time.Since(began))
	case <-limit.C:
		s.t.Error("a question was not answered")
	}
}

// times is how long questions took.
type times struct {
	mu  sync.Mutex
	all []time.Duration
}

func (t *times) add(d time.Duration) { t.mu.Lock(); defer t.mu.Unlock(); t.all = append(t.all, d) }

// at is a part of them in order: 0.5 is the median.
func (t *times) at(part float64) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.all) == 0 {
		return 0
	}
	slices.Sort(t.all)
	return t.all[int(part*float64(len(t.all)-1))]
}

// ask has the askers ask so many questions, one after the other each.
func (s *stage) ask(n int) *times {
	took := &times{}
	s.asking(func(i int64) bool { return i < int64(n) }, took)
	return took
}

// askUntil has them ask until something is over.
func (s *stage) askUntil(done <-chan struct{}) *times {
	took := &times{}
	s.asking(func(int64) bool {
		select {
		case <-done:
			return false
		default:
			return true
		}
	}, took)
	return took
}

func (s *stage) asking(more func(i int64) bool, took *times) {
	var next atomic.Int64
	var all sync.WaitGroup
	for _, tenant := range s.who {
		all.Go(func() {
			for more(next.Add(1) - 1) {
				s.one(tenant, took)
			}
		})
	}
	all.Wait()
}

// run is what was measured in one stretch of time.
type run struct {
	Took     time.Duration
	Reminded int
	Settled  time.Duration // until what came of every reminder was written down
	Asked    int
	P50, P99 time.Duration
	Redis    float64 // CPU seconds of redis-server
	Bots     float64 // CPU seconds of the five replicas, with the people who ask
	Peak     float64 // bytes Redis used at most since it began
}

// while measures questions, and what they cost.
func (s *stage) while(do func() *times) run {
	s.t.Helper()
	r, redis, bots := run{}, s.cpu(), ownCPU()
	began := time.Now()
	took := do()
	r.Took, r.Asked, r.P50, r.P99 = time.Since(began), len(took.all), took.at(0.5), took.at(0.99)
	r.Redis, r.Bots, r.Peak = s.cpu()-redis, ownCPU()-bots, s.info("memory", "used_memory_peak")
	return r
}

func (s *stage) cpu() float64 {
	return s.info("cpu", "used_cpu_sys") + s.info("cpu", "used_cpu_user")
}

func ownCPU() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// storm lets the clock of a day fire on every replica for every shard, and has
// questions asked from that moment until the last reminder has arrived.
func (s *stage) storm(day int, ask func(done <-chan struct{}) *times) run {
	s.t.Helper()
	s.clock.advance(time.Duration(day) * 24 * time.Hour)
	at := s.clock.Now()
	s.remind += int64(*due)
	done, settled := make(chan struct{}), make(chan time.Duration, 1)
	began := time.Now()
	var sent time.Duration
	r := s.while(func() *times {
		go func() {
			defer close(done)
			s.fire(at)
			s.arrive()
			sent = time.Since(began)
		}()
		took := ask(done)
		s.drained()
		settled <- time.Since(began)
		return took
	})
	r.Took, r.Settled, r.Reminded = sent, <-settled, *due
	return r
}

func (s *stage) fire(at time.Time) {
	s.t.Helper()
	var all sync.WaitGroup
	for _, b := range s.bots {
		all.Go(func() {
			for shard := range shards {
				ev := bot.Event{ID: bot.EventID(fmt.Sprintf("tick:supervision.nudge:%02d:%s", shard, at.Format(time.RFC3339))), At: at,
					What: bot.Tick{Job: "supervision.nudge", Shard: shard, Due: at}}
				again := time.NewTicker(50 * time.Millisecond) // another replica has it, and it is offered again
				for _, err := b.Receive(s.t.Context(), ev); err != nil && s.t.Context().Err() == nil; _, err = b.Receive(s.t.Context(), ev) {
					<-again.C
				}
				again.Stop()
			}
		})
	}
	all.Wait()
}

// arrive waits until all reminders that are due have come. A tick that could
// not be finished in its two seconds has put its people off for ten minutes:
// where nothing comes any more, those pass.
func (s *stage) arrive() {
	limit := time.NewTimer(patience)
	defer limit.Stop()
	const still = 15 * time.Second
	quiet := time.NewTimer(still)
	defer quiet.Stop()
	for s.out.reminders.Load() < s.remind {
		select {
		case <-s.out.more:
			quiet.Reset(still)
		case <-quiet.C:
			s.clock.advance(11 * time.Minute)
			s.fire(s.clock.Now())
			quiet.Reset(still)
		case <-limit.C:
			s.t.Errorf("%d of %d reminders came", s.out.reminders.Load(), s.remind)
			return
		}
	}
}

// drained waits until nothing is on its way.
func (s *stage) drained() {
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for end := time.Now().Add(patience); time.Now().Before(end); <-look.C {
		st, err := s.store.Stats(s.t.Context())
		if err == nil && st.Delayed+st.Waiting[bot.Replies]+st.Waiting[bot.Nudges]+st.Waiting[bot.Work] == 0 {
			return
		}
	}
	s.t.Error("something stays on its way")
}

// neighbours are other installations in the same shard.
func (s *stage) neighbours(of bot.TenantID, n int) []bot.TenantID {
	s.t.Helper()
	var all []bot.TenantID
	for i := 0; len(all) < n; i++ {
		tenant := bot.TenantID(fmt.Sprintf("N%08d", i))
		if s.store.Shards().Of("fake", tenant) == s.store.Shards().Of("fake", of) {
			s.open(tenant)
			all = append(all, tenant)
		}
	}
	return all
}

// questions is a storm of questions that come at once in one installation,
// while people of others in the same shard ask one after the other; and how
// long it takes those on a quiet machine.
func (s *stage) questions(n int) (quiet, stormy run) {
	s.t.Helper()
	loud := home(0)
	s.open(loud)
	s.who = s.neighbours(loud, askers)
	s.out.takes.Store(int64(slow))
	defer s.out.takes.Store(int64(latency))
	quiet = s.while(func() *times { return s.ask(10 * askers) })
	stormy = s.while(func() *times {
		var all sync.WaitGroup
		for range n {
			all.Go(func() { s.one(loud, &times{}) })
		}
		over := make(chan struct{})
		go func() { all.Wait(); close(over) }()
		return s.askUntil(over)
	})
	return quiet, stormy
}
