//go:build unix

package supervision_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
	"cymar/bot/words"
	"cymar/handlers/supervision"
)

// dies kills its own process when it comes to a point, as kill -9 does.
type dies struct{ at string }

func (d dies) point(name string) {
	if d.at == name {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}

// around is a step with a point before it and one after it.
func around[T any](d dies, step string, do func() (T, error)) (T, error) {
	d.point("before " + step)
	v, err := do()
	d.point("after " + step)
	return v, err
}

// mortalStore dies while it says who is due, puts them off, or settles.
type mortalStore struct {
	supervision.Store
	dies
}

func (m mortalStore) Due(ctx context.Context, shard int, now time.Time, limit int) ([]supervision.Record, error) {
	return around(m.dies, "due", func() ([]supervision.Record, error) { return m.Store.Due(ctx, shard, now, limit) })
}

func (m mortalStore) Look(ctx context.Context, shard int, all []supervision.Record) error {
	_, err := around(m.dies, "putting off", func() (int, error) { return 0, m.Store.Look(ctx, shard, all) })
	return err
}

func (m mortalStore) Change(ctx context.Context, u bot.User, change func(*supervision.Record) error) (supervision.Record, error) {
	return around(m.dies, "settling", func() (supervision.Record, error) { return m.Store.Change(ctx, u, change) })
}

// mortalInbox dies while it claims or commits. Its leases are short, so that
// nobody has to wait for a dead replica's.
type mortalInbox struct {
	bot.Inbox
	dies
}

func (m mortalInbox) Begin(ctx context.Context, ev bot.Event, _ time.Duration) (bot.Claim, error) {
	return around(m.dies, "claim", func() (bot.Claim, error) { return m.Inbox.Begin(ctx, ev, 200*time.Millisecond) })
}

func (m mortalInbox) Commit(ctx context.Context, c bot.Claim, o bot.Outcome) error {
	_, err := around(m.dies, "enqueue", func() (int, error) { return 0, m.Inbox.Commit(ctx, c, o) })
	return err
}

// mortalOutbox dies while it marks.
type mortalOutbox struct {
	bot.Outbox
	dies
}

func (m mortalOutbox) MarkSent(ctx context.Context, d bot.Delivery, key string, mark bot.Mark) error {
	_, err := around(m.dies, "mark", func() (int, error) { return 0, m.Outbox.MarkSent(ctx, d, key, mark) })
	return err
}

// killTime is a morning on which everybody of the test is due.
var killTime = at("2026-11-26 09:40")

// playReplica lets 20 minutes of ticks pass on the Redis at CYMAR_TEST_REDIS,
// and kills itself at a point. The platform is a list in that Redis.
func playReplica(point string) int {
	ctx := context.Background()
	client := redis.NewClient(&redis.Options{Addr: os.Getenv("CYMAR_TEST_REDIS"), PoolSize: 50})
	clock, d := bottest.NewClock(killTime), dies{point}
	s, err := redisstate.New(ctx, client, redisstate.Options{Clock: clock, Poll: 5 * time.Millisecond, Steal: 300 * time.Millisecond})
	if err != nil {
		return 1
	}
	platform := bottest.NewPlatform()
	platform.Before = func(context.Context, bottest.Sent) error { d.point("before send"); return nil }
	platform.After = func(ctx context.Context, s bottest.Sent) error {
		if s.How != "send" {
			return nil
		}
		err := client.RPush(ctx, "platform", string(s.To.ID)).Err()
		d.point("after send")
		return err
	}
	h, err := supervision.New(supervision.Options{Store: mortalStore{supervision.NewStore(client, 1), d}, Spaces: s.Spaces(), Profiles: s.Profiles(), Clock: clock})
	if err != nil {
		return 1
	}
	b, err := bot.New(bot.Options{Inbox: mortalInbox{s.Inbox(), d}, Outbox: mortalOutbox{s.Outbox(), d}, Directory: s.Directory(), Spaces: s.Spaces(),
		Profiles: s.Profiles(), Router: bot.NewRouter(h), Senders: []bot.Sender{platform}, Words: func(_ bot.Lang, id string) string { return id },
		Language: words.Choose, Clock: clock, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return 1
	}
	go func() { _ = b.Run(ctx) }()
	for minute := killTime; !minute.After(killTime.Add(20 * time.Minute)); minute = minute.Add(time.Minute) {
		clock.Set(minute)
		for { // the clock offers a tick again until it is accepted
			if _, err := b.Receive(ctx, bottest.Tick("supervision.nudge", minute)); err == nil {
				break
			}
		}
		settle(ctx, client, clock)
	}
	return 0
}

// settle waits until the outbox is empty; what waits for a later moment is let
// have it.
func settle(ctx context.Context, db redis.UniversalClient, clock *bottest.Clock) {
	again := time.NewTicker(2 * time.Millisecond)
	defer again.Stop()
	for ; ; <-again.C {
		n := int64(0)
		for _, q := range []string{"nudge", "work", "reply"} {
			n += db.XLen(ctx, "{cymar:00}:"+q).Val()
		}
		later := db.ZRangeWithScores(ctx, "{cymar:00}:delayed", 0, 0).Val()
		if n == 0 && len(later) == 0 {
			return
		}
		if len(later) > 0 {
			if at := time.UnixMilli(int64(later[0].Score)); at.After(clock.Now()) {
				clock.Set(at)
			}
		}
	}
}

// play runs a replica to its end and reports whether kill -9 ended it.
func play(t *testing.T, server *bottest.Server, point string) (killed bool) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), bottest.Patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program)
	cmd.Env = append(os.Environ(), "CYMAR_TEST_REDIS="+server.Addr(), "CYMAR_TEST_POINT="+point)
	out, err := cmd.CombinedOutput()
	status, _ := cmd.ProcessState.Sys().(syscall.WaitStatus)
	if ctx.Err() != nil || err != nil && status.Signal() != syscall.SIGKILL {
		t.Fatalf("%v, %v: %s", ctx.Err(), err, out)
	}
	return err != nil
}

// windows is where a message may go twice: between the platform's accepting it
// and our mark.
var windows = map[string]bool{"after send": true, "before mark": true}

// steps is every step of a reminder's way.
var steps = []string{"claim", "due", "putting off", "enqueue", "send", "mark", "settling"}

func TestAProcessKilledAtEveryStepLosesNothing(t *testing.T) {
	t.Parallel()
	for _, step := range steps {
		for _, side := range []string{"before ", "after "} {
			t.Run(side+step, func(t *testing.T) {
				t.Parallel()
				killed(t, side+step, 1, windows[side+step])
			})
		}
	}
}

func TestAProcessKilledInTheMiddleOfManyLosesNothing(t *testing.T) {
	t.Parallel()
	for _, point := range []string{"after enqueue", "after send", "after mark", "after settling"} {
		t.Run(point, func(t *testing.T) {
			t.Parallel()
			killed(t, point, 40, true) // others were in a window when the one came to the point
		})
	}
}

// killed lets a replica die at a point while so many people are due, and
// another one go on.
func killed(t *testing.T, point string, people int, window bool) {
	t.Helper()
	server := bottest.NewServer(t)
	if !server.Real() {
		t.Skip("other processes cannot use miniredis: redis-server is not installed")
	}
	db := server.Client(t)
	store := supervision.NewStore(db, 1)
	for i := range people {
		enrol(t, store, bottest.Person(bot.UserID(fmt.Sprint("p", i))), "2026-12-03", killTime)
	}
	if !play(t, server, point) {
		t.Fatal("it never came to that point")
	}
	if play(t, server, "never") {
		t.Fatal("the second replica was killed too")
	}
	onceOnly(t, db, people, window)
	for i := range people {
		r, err := store.Load(t.Context(), bottest.Person(bot.UserID(fmt.Sprint("p", i))))
		if err != nil || r.Told.String() != "2026-11-26" || r.Missed != 0 {
			t.Errorf("it is not known that %d was told: %+v, %v", i, r, err)
		}
	}
}

// onceOnly looks at what reached the platform: nothing may be lost, and in the
// windows alone may something have gone twice, which is counted.
func onceOnly(t *testing.T, db redis.UniversalClient, people int, window bool) {
	t.Helper()
	got := map[string]int{}
	for _, to := range db.LRange(t.Context(), "platform", 0, -1).Val() {
		got[to]++
	}
	lost, again := 0, 0
	for i := range people {
		n := got[fmt.Sprint("d-p", i)]
		if n == 0 {
			lost++
		}
		again += max(n-1, 0)
	}
	counted, err := db.HGet(t.Context(), "{cymar:00}:counts", "twice:died").Int()
	t.Logf("%d people: lost %d, sent twice %d, counted as possibly twice %d", people, lost, again, counted)
	switch {
	case lost > 0:
		t.Errorf("%d were not told", lost)
	case again > 0 && (err != nil || counted < again):
		t.Errorf("%d went twice, and %d are counted: %v", again, counted, err)
	case again > 0 && !window:
		t.Errorf("%d went twice outside the windows", again)
	}
}
