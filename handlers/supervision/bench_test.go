package supervision_test

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/robfig/cron/v3"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/supervision"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

// BenchmarkTick is what a minute costs: with nobody and with a thousand people
// due, at so many enrolled; and the same with one cron entry a person.
func BenchmarkTick(b *testing.B) {
	for _, enrolled := range []int{1_000, 100_000} {
		ticks(b, enrolled)
	}
}

// BenchmarkTickOfAMillion takes minutes to prepare.
func BenchmarkTickOfAMillion(b *testing.B) { ticks(b, 1_000_000) }

func ticks(b *testing.B, enrolled int) {
	for _, due := range []int{0, 1_000} {
		b.Run(fmt.Sprintf("ours/enrolled=%d/due=%d", enrolled, due), func(b *testing.B) { ourTick(b, enrolled, due) })
		b.Run(fmt.Sprintf("cron/enrolled=%d/due=%d", enrolled, due), func(b *testing.B) { cronTick(b, enrolled, due) })
	}
}

// used is the memory that Redis uses, in bytes.
func used(b *testing.B, db redis.UniversalClient) float64 {
	b.Helper()
	for _, line := range strings.Split(db.Info(b.Context(), "memory").Val(), "\r\n") {
		if v, ok := strings.CutPrefix(line, "used_memory:"); ok {
			n, err := strconv.ParseFloat(v, 64)
			if err != nil {
				b.Fatal(err)
			}
			return n
		}
	}
	return 0
}

// enrolled is records of so many people, the first of them due now.
func enrolledPeople(b testing.TB, db redis.UniversalClient, enrolled, due int, now time.Time) (first []supervision.Record) {
	b.Helper()
	next := date(b, "2026-12-03")
	var batch []supervision.Record
	for i := range enrolled {
		u := bottest.Person(bot.UserID(fmt.Sprintf("U%010d", i)))
		r := supervision.Record{User: u, Space: "s0123456789abcdef", Lang: bot.English, Accepted: next.Add(-60), Told: next.Add(-35), Look: now.Add(90 * 24 * time.Hour)}
		for _, k := range when.Kinds[:2] {
			r.Clocks = append(r.Clocks, supervision.Clock{Clock: ladder.Clock{Kind: k, Every: when.Weeks(4), Last: next.Add(-28), Next: next, Since: next.Add(-28)}})
		}
		if i < due {
			r.Look = now.Add(-time.Minute)
			first = append(first, r)
		}
		if batch = append(batch, r); len(batch) == 5000 || i == enrolled-1 {
			if err := supervision.Fill(b.Context(), db, batch); err != nil {
				b.Fatal(err)
			}
			batch = batch[:0]
		}
	}
	return first
}

func ourTick(b *testing.B, enrolled, due int) {
	db, now := bottest.Redis(b), at("2026-12-02 10:00")
	clock := bottest.NewClock(now)
	before := used(b, db)
	first := enrolledPeople(b, db, enrolled, due, now)
	each := (used(b, db) - before) / float64(enrolled)
	memory := bottest.NewMemory(clock)
	store := supervision.NewStore(db, 1)
	h, err := supervision.New(supervision.Options{Store: store, Spaces: memory, Profiles: memory, Clock: clock})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		sent := 0
		ev := bottest.Tick("supervision.nudge", now)
		for more := true; more; {
			r, err := h.Nudge(b.Context(), ev)
			if err != nil {
				b.Fatal(err)
			}
			if sent, more = sent+len(r.Sends), len(r.Next) > 0; more {
				ev.What = r.Next[0].What
			}
		}
		if sent != due {
			b.Fatalf("%d of %d", sent, due)
		}
		b.StopTimer()
		if err := store.Look(b.Context(), 0, first); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(each, "B/person")
}

// often is a schedule that is due again at once; rarely one that is far away.
type (
	often  struct{}
	rarely struct{}
)

func (often) Next(t time.Time) time.Time  { return t.Add(time.Microsecond) }
func (rarely) Next(t time.Time) time.Time { return t.Add(90 * 24 * time.Hour) }

// cronTick is what it costs the usual bot to wake once: one entry a person in
// robfig/cron, in memory. With none due, one entry that does nothing stands
// for the minute.
func cronTick(b *testing.B, enrolled, due int) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	c := cron.New()
	var wg sync.WaitGroup
	woken := make(chan struct{})
	for range enrolled - due {
		c.Schedule(rarely{}, cron.FuncJob(func() {}))
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	for range max(due, 1) {
		c.Schedule(often{}, cron.FuncJob(func() { woken <- struct{}{} }))
	}
	wg.Go(c.Run)
	for b.Loop() {
		for range max(due, 1) {
			<-woken
		}
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(enrolled), "B/person")
	done := c.Stop()
	for running := true; running; {
		select {
		case <-woken:
		case <-done.Done():
			running = false
		}
	}
	wg.Wait()
}
