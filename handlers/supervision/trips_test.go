package supervision_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
	"cymar/handlers/supervision"
)

// trips counts how often Redis is asked, and lets it be as far away as that.
type trips struct {
	n    atomic.Int64
	away time.Duration
}

func (*trips) DialHook(next redis.DialHook) redis.DialHook { return next }

func (h *trips) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, c redis.Cmder) error { h.trip(); return next(ctx, c) }
}

func (h *trips) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, c []redis.Cmder) error { h.trip(); return next(ctx, c) }
}

func (h *trips) trip() {
	h.n.Add(1)
	if h.away > 0 {
		<-time.After(h.away)
	}
}

// far is the job on a Redis that is so far away, with so many people due, and
// all that is kept of them there.
func far(tb testing.TB, away time.Duration, due int) (*supervision.Handler, *trips, func()) {
	tb.Helper()
	server, now := bottest.NewServer(tb), at("2026-12-02 10:00")
	db, clock := server.Client(tb), bottest.NewClock(now)
	state, err := redisstate.New(tb.Context(), db, redisstate.Options{Clock: clock})
	if err != nil {
		tb.Fatal(err)
	}
	first := enrolledPeople(tb, db, due, due, now)
	for _, r := range first {
		if err := state.Profiles().SaveProfile(tb.Context(), r.User, bot.Profile{Lang: bot.Welsh}); err != nil {
			tb.Fatal(err)
		}
	}
	store := supervision.NewStore(db, 1)
	h, err := supervision.New(supervision.Options{Store: store, Spaces: state.Spaces(), Profiles: state.Profiles(), Clock: clock})
	if err != nil {
		tb.Fatal(err)
	}
	count := &trips{away: away}
	db.AddHook(count)
	return h, count, func() {
		if err := store.Look(tb.Context(), 0, first); err != nil {
			tb.Fatal(err)
		}
	}
}

// due500 is a tick.
func due500() bot.Event { return bottest.Tick("supervision.nudge", at("2026-12-02 10:00")) }

func TestATickOf500PeopleAsksRedisAFewTimes(t *testing.T) {
	t.Parallel()
	h, asked, _ := far(t, 0, 500)
	r, err := h.Nudge(t.Context(), due500())
	if err != nil || len(r.Sends) != 500 {
		t.Fatalf("%d, %v", len(r.Sends), err)
	}
	seen := map[string]bool{}
	for _, s := range r.Sends {
		if seen[s.Key] || s.To != bot.DM(bottest.Person(bot.UserID(s.Key[strings.LastIndex(s.Key, ":")+1:]))) || s.Card.Lang != bot.Welsh {
			t.Fatalf("%s for %v in %s", s.Key, s.To, s.Card.Lang)
		}
		seen[s.Key] = true
	}
	if n := asked.n.Load(); n > 10 {
		t.Errorf("%d times", n)
	}
}

func TestAPanicOverOnePersonIsTheTicks(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("it was swallowed, or would have ended the program")
		}
	}()
	err := supervision.Side(100, func(i int) error {
		if i == 50 {
			panic("bad record")
		}
		return nil
	})
	t.Errorf("it went on: %v", err)
}

func TestAnErrorOverOnePersonIsTheTicks(t *testing.T) {
	t.Parallel()
	err := supervision.Side(100, func(i int) error {
		if i == 50 {
			return bot.Unavailable(errors.New("gone"))
		}
		return nil
	})
	if !bot.Passing(err) {
		t.Errorf("%v", err)
	}
}

// BenchmarkTickOf500 is a tick that finds 500 people, on a Redis that is a
// millisecond away for every question, and ten.
func BenchmarkTickOf500(b *testing.B) {
	for _, away := range []time.Duration{0, time.Millisecond, 10 * time.Millisecond} {
		b.Run(fmt.Sprint("away=", away), func(b *testing.B) {
			h, asked, again := far(b, away, 500)
			asked.n.Store(0)
			for b.Loop() {
				if r, err := h.Nudge(b.Context(), due500()); err != nil || len(r.Sends) != 500 {
					b.Fatal(len(r.Sends), err)
				}
				b.StopTimer()
				again()
				b.StartTimer()
			}
			b.ReportMetric(float64(asked.n.Load())/float64(b.N)-1, "trips/op")
		})
	}
}
