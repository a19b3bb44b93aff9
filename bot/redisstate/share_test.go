package redisstate

import (
	"fmt"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
)

// sharing is a store whose outbox does not run.
func sharing(t *testing.T, o Options) *Store {
	t.Helper()
	o.Clock = bottest.NewClock(bottest.Start)
	s, err := New(t.Context(), bottest.Redis(t), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// queue puts so many answers of an installation on their way.
func queue(t *testing.T, s *Store, tenant bot.TenantID, n int) {
	t.Helper()
	var all []bot.Delivery
	for i := range n {
		all = append(all, bot.Delivery{ID: fmt.Sprint(tenant, i), Platform: "fake", Tenant: tenant, Parts: []bot.Part{{Key: fmt.Sprint(i)}}})
	}
	claim, err := s.Inbox().Begin(t.Context(), bot.Event{ID: bot.EventID("of " + tenant)}, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Inbox().Commit(t.Context(), claim, bot.Outcome{Deliveries: all}); err != nil {
		t.Fatal(err)
	}
}

func TestAnInstallationHasThreeQuartersOfTheWorkersOfEveryLivingReplica(t *testing.T) {
	t.Parallel()
	s := sharing(t, Options{Steal: time.Minute})
	one, two := s.Outbox(), s.Outbox()
	for step, join := range []func(){
		func() {},
		func() { one.recount(t.Context(), 0, "one") },
		func() { two.recount(t.Context(), 0, "two"); one.recount(t.Context(), 0, "one") },
		func() { one.retire(0, "one"); two.recount(t.Context(), 0, "two") },
		func() {
			s.client.ZAdd(t.Context(), matesKey(0), redis.Z{Score: float64(time.Now().Add(-61 * time.Second).UnixMilli()), Member: "dead"})
			two.recount(t.Context(), 0, "two")
		},
	} {
		join()
		if got := fmt.Sprint(s.allMost(0)...); got != []string{"24 6 6", "24 6 6", "48 12 12", "24 6 6", "24 6 6"}[step] {
			t.Errorf("step %d: %s", step, got)
		}
	}
}

func TestAStormGetsMoreWhenAReplicaJoinsAndLessWhenOneLeaves(t *testing.T) {
	t.Parallel()
	s := sharing(t, Options{Share: 4})
	queue(t, s, "loud", 30)
	on := func() int64 { return s.client.XLen(t.Context(), streamKey(0, bot.Replies)).Val() }
	if on() != 4 {
		t.Fatalf("%d are on the stream", on())
	}
	s.o.Share = 8
	s.Outbox().recount(t.Context(), 0, "me")
	if on() != 8 {
		t.Fatalf("%d are on the stream after a replica joined", on())
	}
	s.o.Share = 5
	l := s.Outbox().lane(0, bot.Replies, "me", nil)
	if err := s.ensureGroup(t.Context(), l.stream); err != nil {
		t.Fatal(err)
	}
	for want := int64(7); want >= 4; want-- { // down to the share, and no further
		read, err := l.read(t.Context(), 1)
		if err != nil || len(read) != 1 {
			t.Fatal(read, err)
		}
		l.done(job{entry: read[0]}, "")
		if got := on(); got != max(want, 5) {
			t.Errorf("%d are on the stream, not %d", got, max(want, 5))
		}
	}
}

func TestAnEntryOfAnOlderVersionCountsForNobody(t *testing.T) {
	t.Parallel()
	s := sharing(t, Options{Share: 1})
	l := s.Outbox().lane(0, bot.Replies, "me", nil)
	if err := s.ensureGroup(t.Context(), l.stream); err != nil {
		t.Fatal(err)
	}
	s.client.XAdd(t.Context(), xadd(l.stream, "old"))
	queue(t, s, "loud", 2)
	read, err := l.read(t.Context(), 1)
	if err != nil || len(read) != 1 || read[0].id != "old" {
		t.Fatal(read, err)
	}
	l.done(job{entry: read[0]}, "")
	if on, line := s.client.XLen(t.Context(), l.stream).Val(), s.client.ZCard(t.Context(), lineKey(0, bot.Replies)).Val(); on != 1 || line != 1 {
		t.Errorf("%d on the stream, %d in line", on, line)
	}
}

func TestTheOldestTellsHowLongItStoodInLine(t *testing.T) {
	t.Parallel()
	s := sharing(t, Options{Share: 2})
	queue(t, s, "loud", 10)
	clock, _ := s.o.Clock.(*bottest.Clock)
	clock.Advance(time.Minute)
	l := s.Outbox().lane(0, bot.Replies, "me", nil)
	if err := s.ensureGroup(t.Context(), l.stream); err != nil {
		t.Fatal(err)
	}
	for range 2 { // those that did not wait leave
		read, err := l.read(t.Context(), 1)
		if err != nil || len(read) != 1 {
			t.Fatal(read, err)
		}
		l.done(job{entry: read[0]}, "")
	}
	if st, err := s.Stats(t.Context()); err != nil || st.Oldest[bot.Replies] != time.Minute || st.Waiting[bot.Replies] != 8 {
		t.Errorf("%v, %v", st, err)
	}
}

func TestWhatAnOlderVersionPutOffComesUp(t *testing.T) {
	t.Parallel()
	s := sharing(t, Options{})
	s.client.ZAdd(t.Context(), delayedKey(0), redis.Z{Score: 1, Member: "nudge:old"})
	keys := append([]string{delayedKey(0)}, streamsKeys(0)...)
	if _, err := s.list(t.Context(), dueScript, keys, append([]any{s.ms(s.now()), dueBatch}, s.allMost(0)...)...); err != nil {
		t.Fatal(err)
	}
	got := s.client.XRange(t.Context(), streamKey(0, bot.Nudges), "-", "+").Val()
	if len(got) != 1 || got[0].Values["d"] != "old" || got[0].Values["t"] != nil {
		t.Errorf("%v", got)
	}
}

func TestWhatNobodyWaitsForTakesItsTurnAndAnAnswerNone(t *testing.T) {
	t.Parallel()
	out := sharing(t, Options{}).Outbox()
	var made []func()
	for range abreast {
		made = append(made, out.step(bot.Nudges))
	}
	passed := make(chan struct{})
	go func() { defer close(passed); out.step(bot.Work)() }()
	out.step(bot.Replies)()
	select {
	case <-passed:
		t.Error("one more call was made than may be")
	default:
	}
	made[0]()
	bottest.Closed(t, passed, "the next call")
}
