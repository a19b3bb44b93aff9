//go:build linux

package load

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
	"cymar/bot/words"
	"cymar/handlers/principles"
	"cymar/handlers/supervision"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

const (
	replicas = 5
	shards   = 16
	askers   = 8 // people who ask one question after another, each in an installation of their own
	patience = 5 * time.Minute
)

// morning is when the first storm is: a Wednesday on which everybody may be
// written to. The second comes a day later.
var morning = time.Date(2026, time.December, 2, 10, 0, 0, 0, time.UTC)

// clock runs as the real one does, from a moment of its own: what is put off
// must come up.
type clock struct{ ahead atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.ahead.Store(int64(time.Until(morning)))
	return c
}

func (c *clock) Now() time.Time          { return time.Now().Add(time.Duration(c.ahead.Load())) }
func (c *clock) advance(d time.Duration) { c.ahead.Add(int64(d)) }

// turns is how much one installation may have: as much as usual (0), or
// without end.
func (s *stage) turns() int {
	if s.fair {
		return 0
	}
	return 1 << 20
}

// stage is five replicas of the bot with its real jobs on one Redis.
type stage struct {
	t      *testing.T
	fair   bool
	clock  *clock
	redis  *redis.Client
	bots   []*bot.Bot
	store  *redisstate.Store
	dates  supervision.Store
	out    *platform
	who    []bot.TenantID // of whom those who ask are, one each
	asked  atomic.Int64
	remind int64 // how many reminders must have come
}

func newStage(t *testing.T, fair bool) *stage {
	t.Helper()
	server := bottest.NewServer(t, "--appendonly", "yes", "--appendfsync", "everysec")
	s := &stage{t: t, fair: fair, clock: newClock(), redis: server.Client(t), out: newPlatform()}
	for range replicas {
		store, err := redisstate.Open(t.Context(), redisstate.Options{URL: server.URL, Shards: shards, Clock: s.clock, Share: s.turns()})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = store.Close() })
		s.store, s.dates = store, supervision.NewStore(store.Client(), store.Shards())
		s.run(store)
	}
	return s
}

// run is one replica.
func (s *stage) run(store *redisstate.Store) {
	s.t.Helper()
	library, err := principles.Open("", slog.New(slog.DiscardHandler))
	if err != nil {
		s.t.Fatal(err)
	}
	reminding, err := supervision.New(supervision.Options{Store: s.dates, Spaces: store.Spaces(), Profiles: store.Profiles(), Clock: s.clock})
	if err != nil {
		s.t.Fatal(err)
	}
	answering, err := principles.New(library, principles.NewStore(store.Client(), store.Shards(), s.clock), s.clock, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	core, err := bot.New(bot.Options{Inbox: store.Inbox(), Outbox: store.Outbox(), Directory: store.Directory(), Spaces: store.Spaces(),
		Profiles: store.Profiles(), Router: bot.NewRouter(reminding, answering), Senders: []bot.Sender{s.out},
		Words: func(_ bot.Lang, id string) string { return id }, Language: words.Choose, Clock: s.clock, Log: slog.New(slog.DiscardHandler),
		AtOnce: s.turns()})
	if err != nil {
		s.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(s.t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = core.Run(ctx) }()
	s.t.Cleanup(func() { cancel(); <-ended })
	s.bots = append(s.bots, core)
}

func home(i int) bot.TenantID { return bot.TenantID(fmt.Sprintf("T%08d", i)) }

// somebody is a person of an installation.
func somebody(tenant bot.TenantID, id string) bot.User {
	return bot.User{Platform: "fake", Tenant: tenant, ID: bot.UserID(id)}
}

// big is the installation whose storm comes alone, a day after the other.
const big bot.TenantID = "TBIG"

// enrol fills Redis with people spread over the installations, of whom some
// are due on the first morning, and with as many of one installation who are
// due on the second. It reports what a person costs.
func (s *stage) enrol(r *results) {
	s.t.Helper()
	for i := range *homes {
		s.open(home(i))
	}
	for a := range askers {
		s.who = append(s.who, home(a))
	}
	s.open(big)
	before := s.info("memory", "used_memory")
	began := time.Now()
	s.parallel(*people, func(i int) error {
		look := morning.AddDate(0, 1, 0)
		if i < *due {
			look = morning.Add(-time.Minute)
		}
		return s.keep(somebody(home(i%*homes), fmt.Sprintf("U%010d", i)), "2026-12-09", look)
	})
	r.Enrolled, r.Memory = time.Since(began), s.info("memory", "used_memory")
	r.Each = (r.Memory - before) / float64(*people)
	s.parallel(*due, func(i int) error {
		return s.keep(somebody(big, fmt.Sprintf("B%010d", i)), "2026-12-10", morning.Add(23*time.Hour))
	})
}

// open saves an installation's space.
func (s *stage) open(tenant bot.TenantID) {
	s.t.Helper()
	space := bot.Space{ID: "s1", Platform: "fake", Tenant: tenant, Name: "Space", Nation: bot.England, Lang: bot.English, Places: []bot.PlaceID{"c1"}}
	if err := s.store.Spaces().Save(s.t.Context(), space); err != nil {
		s.t.Fatal(err)
	}
}

// keep is all that is kept of somebody with two supervisions.
func (s *stage) keep(u bot.User, next string, look time.Time) error {
	d, err := calendar.Parse(next)
	if err != nil {
		return err
	}
	_, err = s.dates.Change(s.t.Context(), u, func(r *supervision.Record) error {
		r.Space, r.Lang, r.Accepted, r.Told, r.Look = "s1", bot.English, d.Add(-60), d.Add(-35), look
		r.Clocks = nil
		for _, k := range when.Kinds[:2] {
			r.Clocks = append(r.Clocks, supervision.Clock{Clock: ladder.Clock{Kind: k, Every: when.Weeks(4), Last: d.Add(-28), Next: d, Since: d.Add(-28)}})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return s.store.Directory().Remember(s.t.Context(), u, bottest.Direct(u), "s1")
}

// parallel does something so many times, 32 at once.
func (s *stage) parallel(n int, do func(i int) error) {
	s.t.Helper()
	var next atomic.Int64
	var all sync.WaitGroup
	for range 32 {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if err := do(i); err != nil {
					s.t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	if s.t.Failed() {
		s.t.FailNow()
	}
}

// info is a number of Redis's INFO.
func (s *stage) info(section, field string) float64 {
	s.t.Helper()
	for line := range strings.Lines(s.redis.Info(s.t.Context(), section).Val()) {
		if v, ok := strings.CutPrefix(strings.TrimSpace(line), field+":"); ok {
			n, err := strconv.ParseFloat(v, 64)
			if err != nil {
				s.t.Fatal(err)
			}
			return n
		}
	}
	s.t.Fatalf("Redis does not tell %s", field)
	return 0
}

// check is what must hold on any machine.
func (s *stage) check() {
	s.t.Helper()
	if got := s.out.reminders.Load(); got != s.remind {
		s.t.Errorf("%d reminders arrived and %d were due", got, s.remind)
	}
	st, err := s.store.Stats(s.t.Context())
	if err != nil || len(st.Failed) > 0 {
		s.t.Errorf("failed for good: %v, %v", st.Failed, err)
	}
}
