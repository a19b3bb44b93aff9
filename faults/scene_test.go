//go:build linux

package faults

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
)

// patience is how long anything may take here: machines are shared.
const patience = 150 * time.Second

// scene is some replicas on a Redis, a platform, and people who ask.
type scene struct {
	t        *testing.T
	n        int // how many questions
	clock    bot.Clock
	platform *platform
	jobs     []bot.Job
	options  redisstate.Options
	seen     string // what else is worth telling
	tenants  int    // of how many installations the people are; 0: one

	stores   []*redisstate.Store
	bots     []*bot.Bot
	stop     []func()
	refused  atomic.Int64
	gate     chan struct{} // the last third is asked once it is open
	mu       sync.Mutex
	accepted map[bot.PlaceID]bool
}

func newScene(t *testing.T, n int) *scene {
	return &scene{t: t, n: n, clock: bot.SystemClock{}, platform: newPlatform(), jobs: []bot.Job{answering{}},
		options: redisstate.Options{Poll: 20 * time.Millisecond, Grace: time.Second, Steal: 6 * time.Second},
		gate:    make(chan struct{}), accepted: map[bot.PlaceID]bool{}}
}

// start runs so many replicas, each with connections of its own, on the Redis
// that the options name.
func (s *scene) start(replicas int) {
	s.t.Helper()
	s.options.Clock = s.clock
	for range replicas {
		store, err := redisstate.Open(s.t.Context(), s.options)
		if err != nil {
			s.t.Fatal(err)
		}
		s.t.Cleanup(func() { _ = store.Close() })
		s.join(store)
	}
}

// join runs one replica on a store until the test ends.
func (s *scene) join(store *redisstate.Store) {
	s.t.Helper()
	core := replica(s.t, store, s.clock, s.platform, s.jobs)
	s.stores, s.bots = append(s.stores, store), append(s.bots, core)
	s.run(core)
}

// run works a replica's outbox until the test or rest ends it.
func (s *scene) run(core *bot.Bot) {
	ctx, cancel := context.WithCancel(s.t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = core.Run(ctx) }()
	stop := sync.OnceFunc(func() { cancel(); <-ended })
	s.t.Cleanup(stop)
	s.stop = append(s.stop, stop)
}

// rest ends all outboxes: events are taken in and nothing leaves.
func (s *scene) rest() {
	for _, stop := range s.stop {
		stop()
	}
	s.stop = nil
}

// work is the end of rest.
func (s *scene) work() {
	for _, core := range s.bots {
		s.run(core)
	}
}

// replica is a core on a store.
func replica(t testing.TB, s *redisstate.Store, clock bot.Clock, out bot.Sender, jobs []bot.Job) *bot.Bot {
	core, err := bot.New(parts(s, clock, out, jobs))
	if err != nil {
		t.Fatal(err)
	}
	return core
}

func parts(s *redisstate.Store, clock bot.Clock, out bot.Sender, jobs []bot.Job) bot.Options {
	return bot.Options{Inbox: hasty{s.Inbox()}, Outbox: s.Outbox(), Directory: s.Directory(), Spaces: s.Spaces(), Profiles: s.Profiles(),
		Router: bot.NewRouter(jobs...), Senders: []bot.Sender{out}, Words: func(_ bot.Lang, id string) string { return id },
		Language: bottest.PersonFirst, Clock: clock, Log: slog.New(slog.DiscardHandler)}
}

// hasty is an inbox with short leases, so that nobody waits 20 s for those of
// a dead replica.
type hasty struct{ bot.Inbox }

func (h hasty) Begin(ctx context.Context, ev bot.Event, _ time.Duration) (bot.Claim, error) {
	return h.Inbox.Begin(ctx, ev, 2*time.Second)
}

// answering answers every question, and panics where it is asked to.
type answering struct{}

func (answering) Register(r *bot.Router) {
	r.Answer(bot.HandlerFunc(func(_ context.Context, ev bot.Event) (bot.Reply, error) {
		if strings.HasPrefix(ev.What.(bot.Said).Text, "panic") {
			panic("a handler's mistake")
		}
		return bot.Reply{Sends: []bot.Send{{Card: bot.Say(bot.English, "an answer")}}}, nil
	}))
}

// question is the ith question, in one of the scene's installations.
func (s *scene) question(i int) bot.Event {
	ev := question(i)
	if s.tenants > 0 {
		ev.From.Tenant = bot.TenantID(fmt.Sprintf("t%d", i%s.tenants))
		ev.In.Tenant = ev.From.Tenant
	}
	return ev
}

// question is the ith question: in a direct chat of its own, so that its
// answer is known by where it goes.
func question(i int) bot.Event {
	u := bottest.Person(bot.UserID(fmt.Sprintf("u%06d", i)))
	ev := bottest.Said(u, bottest.Direct(u), "question")
	ev.At = time.Now()
	return ev
}

// asking has all questions asked by 16 people at once and returns a channel
// that is closed when each was accepted. The last third waits for the gate.
func (s *scene) asking() <-chan struct{} {
	var next atomic.Int64
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < s.n && !s.t.Failed(); i = int(next.Add(1)) - 1 {
				if i >= s.n*2/3 {
					s.atGate()
				}
				s.offer(s.question(i), i)
			}
		})
	}
	done := make(chan struct{})
	go func() { all.Wait(); close(done) }()
	return done
}

// offer has an event accepted and remembers that it was.
func (s *scene) offer(ev bot.Event, first int) {
	if s.insist(ev, first) {
		s.mu.Lock()
		s.accepted[ev.In.ID] = true
		s.mu.Unlock()
	}
}

// insist is what a platform does with an event: it comes again, to whichever
// replica, until it is accepted.
func (s *scene) insist(ev bot.Event, first int) bool {
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for end := time.Now().Add(patience); time.Now().Before(end); first++ {
		if _, err := s.bots[first%len(s.bots)].Receive(s.t.Context(), ev); err == nil {
			return true
		}
		s.refused.Add(1)
		select {
		case <-again.C:
		case <-s.t.Context().Done():
			return false
		}
	}
	return false
}

// through asks everything and lets something happen when a third has been
// answered; it returns when all is over.
func (s *scene) through(happens func()) {
	s.t.Helper()
	done := s.asking()
	s.platform.await(s.t, s.n/3)
	happens()
	s.open()
	s.finish(done)
}

func (s *scene) atGate() {
	select {
	case <-s.gate:
	case <-s.t.Context().Done():
	}
}

func (s *scene) open() {
	select {
	case <-s.gate:
	default:
		close(s.gate)
	}
}

// finish waits until every question was accepted and nothing is on its way.
func (s *scene) finish(done <-chan struct{}) {
	s.t.Helper()
	end := time.NewTimer(2 * patience)
	defer end.Stop()
	select {
	case <-done:
	case <-end.C:
		s.t.Fatal("not all questions were accepted")
	}
	s.settle()
}

// settle waits until nothing is on its way any more.
func (s *scene) settle() {
	s.t.Helper()
	eventually(s.t, "nothing is on its way", s.idle)
}

func (s *scene) idle() bool {
	st, err := s.stores[0].Stats(s.t.Context())
	return err == nil && st.Delayed == 0 && st.Waiting[bot.Replies]+st.Waiting[bot.Nudges]+st.Waiting[bot.Work] == 0
}

// untilRefused waits until so many more offers were refused: the fault shows.
func (s *scene) untilRefused(more int64) {
	s.t.Helper()
	before := s.refused.Load()
	eventually(s.t, "events are refused", func() bool { return s.refused.Load() >= before+more })
}

// tally counts what became of what was accepted.
func (s *scene) tally() tally {
	s.t.Helper()
	got := tally{Refused: s.refused.Load(), Seen: s.seen}
	s.mu.Lock()
	defer s.mu.Unlock()
	got.Accepted = len(s.accepted)
	arrived := s.platform.all()
	for place, n := range arrived {
		if n > 1 {
			got.Doubled += n - 1
		}
		if !s.accepted[place] {
			s.t.Errorf("%s got an answer, and nobody asked there", place)
		}
	}
	for place := range s.accepted {
		if arrived[place] == 0 {
			got.Lost++
		}
	}
	st, err := s.stores[0].Stats(s.t.Context())
	if err != nil {
		s.t.Error(err)
	}
	got.Counted = st.TwiceDied + st.TwiceFault
	return got
}

func (s *scene) firstLost() bot.PlaceID {
	arrived := s.platform.all()
	for place := range s.accepted {
		if arrived[place] == 0 {
			return place
		}
	}
	return ""
}

// eventually waits for a state of another process, which nothing signals.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	end := time.NewTimer(patience)
	defer end.Stop()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-look.C:
		case <-end.C:
			t.Fatalf("waited %v until %s", patience, what)
		}
	}
}
