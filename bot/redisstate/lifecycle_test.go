package redisstate_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
)

func TestAtTheEndWhatIsInHandIsFinished(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	sending, finish := make(chan struct{}), make(chan struct{})
	b.platform.Before = func(context.Context, bottest.Sent) error {
		close(sending)
		<-finish
		return nil
	}
	b.jobs = []bot.Job{answering{}}
	core := b.bot(t, b.store(t))
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = core.Run(ctx) }()
	receive(t, core, hello)
	bottest.Closed(t, sending, "the message to be in hand")
	cancel()
	close(finish)
	bottest.Closed(t, ended, "the outbox to end")
	if n := len(b.platform.All()); n != 1 {
		t.Errorf("sent %d", n)
	}
	b.settled(t)
}

func TestWhatCannotBeFinishedInTimeIsGivenBackAtOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.options.Grace, b.options.Steal = 20*time.Millisecond, time.Hour
	sending := make(chan struct{})
	b.platform.Before = func(ctx context.Context, _ bottest.Sent) error {
		close(sending)
		<-ctx.Done()
		return ctx.Err()
	}
	b.jobs = []bot.Job{answering{}}
	core := b.bot(t, b.store(t))
	stop := run(t, core)
	receive(t, core, hello)
	bottest.Closed(t, sending, "the message to be in hand")
	stop()
	heir := b.platform
	heir.Before = nil
	b.replica(t)
	heir.Await(t, 1) // long before it could be taken over
}

func TestAReplicaThatEndsLeavesNoConsumerBehind(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.jobs = []bot.Job{answering{}}
	core := b.bot(t, b.store(t))
	stop := run(t, core)
	receive(t, core, hello)
	b.platform.Await(t, 1)
	b.settled(t)
	stop()
	for _, stream := range []string{"reply", "nudge", "work"} {
		left, err := b.client.XInfoConsumers(t.Context(), "{cymar:00}:"+stream, "cymar").Result()
		if err != nil && err.Error() == "ERR no such key" { // it ended before it ever looked there
			continue
		}
		if err != nil || len(left) != 0 {
			t.Errorf("%s: %v, %v", stream, left, err)
		}
	}
}

func TestWithoutRedisEventsAreRefusedAndEverythingHealsWhenItIsBack(t *testing.T) {
	t.Parallel()
	b := benchOn(t, bottest.NewServer(t, "--appendonly", "yes", "--appendfsync", "always"))
	if !b.server.Real() {
		t.Skip("redis-server is not installed")
	}
	later := say("later")
	later.NotBefore = b.clock.Now().Add(time.Hour)
	b.jobs = []bot.Job{sends(say("now"), later)}
	s := b.store(t)
	core := b.bot(t, s)
	run(t, core)
	receive(t, core, hello)
	b.platform.Await(t, 1)
	b.waits(t, 1)

	b.server.Stop()
	other := bottest.Said(bottest.Person("u2"), bottest.Channel("c1"), "are you there?")
	if _, err := core.Receive(t.Context(), other); !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("Receive without Redis: %v", err)
	}
	if err := s.Ping(t.Context()); !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("Ping without Redis: %v", err)
	}

	b.server.Start(t)
	retry(t, core, other)
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("Ping: %v", err)
	}
	b.platform.Await(t, 2)
	b.clock.Advance(2 * time.Hour)
	b.platform.Await(t, 4) // what waited was not lost
}

func TestARedisThatLostEverythingIsSetUpAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.jobs = []bot.Job{answering{}}
	core := b.replica(t)
	receive(t, core, hello)
	b.platform.Await(t, 1)
	if err := b.client.FlushAll(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	receive(t, core, bottest.Said(bottest.Person("u2"), bottest.Channel("c1"), "again"))
	b.platform.Await(t, 2)
}

func TestTheNumberOfShardsIsFixedAtTheFirstStart(t *testing.T) {
	t.Parallel()
	client := bottest.Redis(t)
	open := func(n int) (*redisstate.Store, error) {
		return redisstate.New(t.Context(), client, redisstate.Options{Shards: n})
	}
	if s, err := open(16); err != nil || s.Shards() != 16 {
		t.Fatal(err)
	}
	if s, err := open(0); err != nil || s.Shards() != 16 {
		t.Errorf("not asking for a number: %v", err)
	}
	var setup *redisstate.SetupError
	if _, err := open(4); !errors.As(err, &setup) || setup.Remedy == "" {
		t.Errorf("another number: %v", err)
	}
	if _, err := open(65); !errors.As(err, &setup) || setup.Remedy == "" {
		t.Errorf("too many: %v", err)
	}
	client.HSet(t.Context(), "{cymar:00}:store", "format", 99)
	if _, err := open(16); !errors.As(err, &setup) {
		t.Errorf("data of a later version: %v", err)
	}
}

func TestShardsAreWorkedOnAlike(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.options.Shards = 4
	b.jobs = []bot.Job{answering{}}
	core := b.replica(t)
	const tenants = 12
	for i := range tenants {
		u := bot.User{Platform: "fake", Tenant: bot.TenantID(rune('a' + i)), ID: "u"}
		receive(t, core, bottest.Said(u, bottest.Direct(u), "hello "+string(u.Tenant)))
	}
	b.platform.Await(t, tenants)
	used := 0
	for shard := range 4 {
		if n := b.client.Exists(t.Context(), bot.Tag(shard)+":reply").Val(); n > 0 {
			used++
		}
	}
	if used != 4 {
		t.Errorf("%d shards have a stream", used)
	}
	b.settled(t)
}

func TestABodyThatWasErasedIsNotSent(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	later := say("later")
	later.NotBefore = b.clock.Now().Add(time.Hour)
	b.jobs = []bot.Job{sends(later)}
	core := b.replica(t)
	receive(t, core, hello)
	b.waits(t, 1)
	for _, key := range b.client.Keys(t.Context(), "*:out:*").Val() {
		b.client.Del(t.Context(), key)
	}
	b.clock.Advance(2 * time.Hour)
	b.settled(t)
	if got := b.platform.All(); len(got) != 0 {
		t.Errorf("sent %v", texts(got))
	}
}

func TestAnEntryThatKillsWhoeverTakesItIsGivenUp(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.options.Steal = 50 * time.Millisecond
	b.jobs = []bot.Job{answering{}}
	core := b.bot(t, b.store(t))
	receive(t, core, hello)
	stream := "{cymar:00}:reply"
	if err := b.client.XGroupCreate(t.Context(), stream, "cymar", "0").Err(); err != nil {
		t.Fatal(err)
	}
	read, err := b.client.XReadGroup(t.Context(), &redis.XReadGroupArgs{Group: "cymar", Consumer: "x", Streams: []string{stream, ">"}}).Result()
	if err != nil {
		t.Fatal(err)
	}
	for range 11 { // eleven replicas took it and died
		b.client.XClaim(t.Context(), &redis.XClaimArgs{Stream: stream, Group: "cymar", Consumer: "x", Messages: []string{read[0].Messages[0].ID}})
	}
	run(t, core)
	b.settled(t)
	st, err := b.store(t).Stats(t.Context())
	if err != nil || st.Failed[bot.GaveUp] != 1 || len(b.platform.All()) != 0 {
		t.Errorf("%+v, %v, sent %d", st, err, len(b.platform.All()))
	}
}
