package supervision_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
	"cymar/bot/words"
	"cymar/handlers/supervision"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

// crowd is several replicas on one real Redis, whose store fails now and then.
type crowd struct {
	t        *testing.T
	db       redis.UniversalClient
	clock    *bottest.Clock
	platform *bottest.Platform
	bots     []*bot.Bot
	store    supervision.Store
	server   *bottest.Server
}

// shaky is a store that fails before or after a step, as when the process dies.
type shaky struct {
	supervision.Store
	chance dice
}

var errDied = bot.Unavailable(errors.New("died"))

func (s *shaky) dies() error {
	if s.chance.one(8) {
		return errDied
	}
	return nil
}

func (s *shaky) Due(ctx context.Context, shard int, now time.Time, limit int) ([]supervision.Record, error) {
	if err := s.dies(); err != nil {
		return nil, err
	}
	return s.Store.Due(ctx, shard, now, limit)
}

func (s *shaky) Look(ctx context.Context, shard int, all []supervision.Record) error {
	return errors.Join(s.dies(), s.Store.Look(ctx, shard, all), s.dies())
}

func (s *shaky) Change(ctx context.Context, u bot.User, change func(*supervision.Record) error) (supervision.Record, error) {
	r, err := s.Store.Change(ctx, u, change)
	return r, errors.Join(err, s.dies())
}

func newCrowd(t *testing.T, replicas int, shaking bool) *crowd {
	t.Helper()
	server := bottest.NewServer(t, "--appendonly", "yes", "--appendfsync", "always")
	c := &crowd{t: t, server: server, db: server.Client(t), clock: bottest.NewClock(at("2026-01-05 00:00")), platform: bottest.NewPlatform()}
	c.store = supervision.NewStore(c.db, 1)
	for i := range replicas {
		var store supervision.Store = supervision.NewStore(server.Client(t), 1)
		if shaking {
			store = &shaky{Store: store, chance: dice{rnd: rand.New(rand.NewPCG(uint64(i), 5))}}
		}
		c.bots = append(c.bots, c.replica(server.Client(t), store))
	}
	state, err := redisstate.New(t.Context(), c.db, redisstate.Options{Clock: c.clock})
	if err != nil {
		t.Fatal(err)
	}
	space := bot.Space{ID: "s1", Platform: "fake", Tenant: bottest.Tenant, Name: "Space", Nation: bot.England, Places: []bot.PlaceID{channel.ID}}
	if err := state.Spaces().Save(t.Context(), space); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *crowd) replica(db redis.UniversalClient, store supervision.Store) *bot.Bot {
	c.t.Helper()
	s, err := redisstate.New(c.t.Context(), db, redisstate.Options{Clock: c.clock, Poll: 5 * time.Millisecond, Grace: time.Second})
	if err != nil {
		c.t.Fatal(err)
	}
	h, err := supervision.New(supervision.Options{Store: store, Spaces: s.Spaces(), Profiles: s.Profiles(), Clock: c.clock})
	if err != nil {
		c.t.Fatal(err)
	}
	b, err := bot.New(bot.Options{Inbox: s.Inbox(), Outbox: s.Outbox(), Directory: s.Directory(), Spaces: s.Spaces(), Profiles: s.Profiles(),
		Router: bot.NewRouter(h), Senders: []bot.Sender{c.platform}, Words: func(_ bot.Lang, id string) string { return id }, Language: words.Choose, Clock: c.clock,
		Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		c.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); _ = b.Run(ctx) }()
	c.t.Cleanup(func() { stop(); <-done })
	return b
}

// everywhere hands the same event to all replicas at once, again until one of
// them has accepted it, as the clock and the platforms do.
func (c *crowd) everywhere(ev bot.Event) {
	c.t.Helper()
	var wg sync.WaitGroup
	for _, b := range c.bots {
		wg.Go(func() {
			again := time.NewTicker(time.Millisecond)
			defer again.Stop()
			for end := time.Now().Add(bottest.Patience); time.Now().Before(end); <-again.C {
				if _, err := b.Receive(c.t.Context(), ev); err == nil {
					return
				}
			}
			c.t.Error("an event was never accepted")
		})
	}
	wg.Wait()
	c.settled()
}

// settled waits until nothing is on its way. What failed is tried again a
// little later, so the clock goes on to then.
func (c *crowd) settled() {
	c.t.Helper()
	bottest.Eventually(c.t, "the outbox is empty", func() bool {
		var streams []*redis.IntCmd
		var delayed *redis.ZSliceCmd
		_, err := c.db.TxPipelined(c.t.Context(), func(p redis.Pipeliner) error { // at one moment: entries move between them
			for _, q := range []string{"nudge", "work", "reply"} {
				streams = append(streams, p.XLen(c.t.Context(), "{cymar:00}:"+q))
			}
			delayed = p.ZRangeWithScores(c.t.Context(), "{cymar:00}:delayed", 0, 0)
			return nil
		})
		if err != nil {
			return false
		}
		later := delayed.Val()
		if len(later) > 0 {
			if at := time.UnixMilli(int64(later[0].Score)); at.After(c.clock.Now()) {
				c.clock.Set(at)
			}
		}
		return len(later) == 0 && streams[0].Val()+streams[1].Val()+streams[2].Val() == 0
	})
}

// next is when somebody is due; false when nobody is.
func (c *crowd) next() (time.Time, bool) {
	c.t.Helper()
	z, err := c.db.ZRangeWithScores(c.t.Context(), "{cymar:00}:supervision:due", 0, 0).Result()
	if err != nil {
		c.t.Fatal(err)
	}
	if len(z) == 0 {
		return time.Time{}, false
	}
	return time.Unix(int64(z[0].Score), 0), true
}

// year lets a year pass at the minutes at which something is due. Who is told
// that it is today records that it was held.
func (c *crowd) year(end time.Time) map[bot.UserID][]string {
	c.t.Helper()
	got := map[bot.UserID][]string{}
	for {
		at, ok := c.next()
		if !ok || at.After(end) {
			return got
		}
		if at.Before(c.clock.Now()) {
			at = c.clock.Now()
		}
		at = at.Truncate(time.Minute).Add(time.Minute)
		c.clock.Set(at)
		before := len(c.platform.All())
		c.everywhere(bottest.Tick("supervision.nudge", at))
		for _, s := range c.platform.All()[before:] {
			if s.How != "send" {
				continue
			}
			id := bot.UserID(strings.TrimPrefix(string(s.To.ID), "d-"))
			got[id] = append(got[id], at.In(london).Format(time.DateOnly))
			if strings.Contains(s.Card.Summary, " is today") {
				u := bottest.Person(id)
				c.everywhere(bot.Event{ID: bot.EventID(fmt.Sprintf("held:%s:%d", id, at.Unix())), At: at, From: u, In: channel,
					What: bot.Pressed{Action: "supervision.held", Value: "peer"}})
			}
		}
	}
}

// alone is the same year worked out from dates alone.
func alone(r supervision.Record, from, end time.Time) []string {
	hours := calendar.Hours{Zone: london, Spread: calendar.SpreadOf(bot.Digest(string(r.User.ID)))}
	p := ladder.Person{Hours: hours, Rungs: ladder.Usual, Clocks: []ladder.Clock{r.Clocks[0].Clock}}
	var out []string
	for now := from; ; {
		next, ok := p.Next(now)
		if !ok || next.After(end) {
			return out
		}
		today := hours.Today(next)
		out = append(out, today.String())
		if p.Due(next)[0].Step == ladder.Today {
			p.Clocks[0] = p.Clocks[0].Held(today, today, 0)
		}
		p.Told, now = today, next
	}
}

// people enrols some with intervals of their own, and says what each is to be
// told within the year.
func (c *crowd) people(n int, end time.Time) map[bot.UserID][]string {
	c.t.Helper()
	want := map[bot.UserID][]string{}
	today := calendar.On(c.clock.Now(), london)
	for i := range n {
		u := bottest.Person(bot.UserID(fmt.Sprint("p", i)))
		clock := ladder.Clock{Kind: when.Peer, Every: when.Interval{Days: 7 * (2 + i%5)}, Next: today.Add(9 + 5*i), Since: today.Add(-3)}
		r, err := c.store.Change(c.t.Context(), u, func(r *supervision.Record) error {
			r.Clocks, r.Accepted, r.Space, r.Look = []supervision.Clock{{Clock: clock}}, today, "s1", c.clock.Now()
			return nil
		})
		if err != nil {
			c.t.Fatal(err)
		}
		want[u.ID] = alone(r, c.clock.Now(), end)
	}
	return want
}

// dice is chance that several goroutines can use.
type dice struct {
	mu  sync.Mutex
	rnd *rand.Rand
}

// one reports true once in n times.
func (d *dice) one(n int) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.rnd.IntN(n) == 0
}
