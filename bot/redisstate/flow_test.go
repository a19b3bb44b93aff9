package redisstate_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
)

// bench is one Redis with everything around it that a test needs.
type bench struct {
	server   *bottest.Server
	client   redis.UniversalClient
	clock    *bottest.Clock
	platform *bottest.Platform
	jobs     []bot.Job
	guard    bot.Guard
	options  redisstate.Options
}

func newBench(t testing.TB) *bench {
	return benchOn(t, bottest.NewServer(t))
}

func benchOn(t testing.TB, server *bottest.Server) *bench {
	b := &bench{server: server, client: server.Client(t), clock: bottest.NewClock(time.Time{}), platform: bottest.NewPlatform()}
	b.options = redisstate.Options{Clock: b.clock, Poll: 10 * time.Millisecond, Steal: 5 * time.Second, Grace: time.Second}
	return b
}

// store is a store on the bench's Redis.
func (b *bench) store(t testing.TB) *redisstate.Store {
	t.Helper()
	s, err := redisstate.New(t.Context(), b.client, b.options)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// bot is a replica's core on a store.
func (b *bench) bot(t testing.TB, s *redisstate.Store) *bot.Bot {
	t.Helper()
	core, err := bot.New(b.parts(s))
	if err != nil {
		t.Fatal(err)
	}
	return core
}

func (b *bench) parts(s *redisstate.Store) bot.Options {
	return bot.Options{Inbox: s.Inbox(), Outbox: s.Outbox(), Directory: s.Directory(), Spaces: s.Spaces(), Profiles: s.Profiles(),
		Router: bot.NewRouter(b.jobs...), Senders: []bot.Sender{b.platform},
		Words:    func(_ bot.Lang, id string) string { return id },
		Language: func(string, bot.Lang, bot.Lang) bot.Lang { return bot.English },
		Clock:    b.clock, Log: slog.New(slog.DiscardHandler), Guard: b.guard}
}

// replica is a core whose outbox runs until the test ends.
func (b *bench) replica(t testing.TB) *bot.Bot {
	t.Helper()
	core := b.bot(t, b.store(t))
	run(t, core)
	return core
}

// run runs a core until the test ends, or until stop is called.
func run(t testing.TB, core *bot.Bot) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := core.Run(ctx); err != nil {
			t.Errorf("the outbox ended with %v", err)
		}
	}()
	stop = func() { cancel(); bottest.Closed(t, done, "the outbox to end") }
	t.Cleanup(stop)
	return stop
}

// answering is a job that answers every message with its text.
type answering struct{}

func (answering) Register(r *bot.Router) {
	r.Answer(bot.HandlerFunc(func(_ context.Context, ev bot.Event) (bot.Reply, error) {
		return bot.Reply{Sends: []bot.Send{{Card: bot.Say(bot.English, "you said "+ev.What.(bot.Said).Text)}}}, nil
	}))
}

func TestAQuestionIsAnsweredInItsPlace(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.jobs = []bot.Job{answering{}}
	core := b.replica(t)
	place := bottest.Channel("c1")
	if _, err := core.Receive(t.Context(), bottest.Said(bottest.Person("u1"), place, "hello")); err != nil {
		t.Fatal(err)
	}
	got := b.platform.Await(t, 1)[0]
	if got.Text() != "you said hello" || !got.To.Same(place) {
		t.Errorf("got %q in %v", got.Text(), got.To)
	}
}
