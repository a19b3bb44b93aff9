// Package redisstate keeps the core's state in Redis: which events were
// handled (Inbox), what is on its way out (Outbox, on Redis Streams), how to
// reach people (Directory), the spaces and the profiles.
//
// Everything goes through redis.UniversalClient: one node, Sentinel or
// Cluster. Open connects to a Redis address or starts the embedded store; New
// works on a client that is there already.
package redisstate

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/seal"
)

// Options is how a Store works. The zero value of a field means its default.
type Options struct {
	// URL is the address of a Redis; see Open for its forms. Empty: the
	// embedded store.
	URL string
	// DataDir is the embedded store's folder. Empty: "data".
	DataDir string
	// Shards is the number of parts of the state, 1 to 64. It is fixed when
	// the store is first used. 0: whatever it was then, else 1.
	Shards int
	// Replicas is how many replicas must have a commit before an event counts
	// as accepted (WAIT); 1 is advised with Cluster and Sentinel, and is their
	// default. -1: none.
	Replicas int

	// Seal encrypts what people say and what is said to them: the bodies on
	// their way, the kept answers, the cards left for somebody. Nil: plain.
	Seal *seal.Box

	Meter bot.Meter    // bot.NoMeter
	Clock bot.Clock    // SystemClock
	Log   *slog.Logger // slog.DiscardHandler

	// Workers is how many nudges or follow-up events of one shard are worked on
	// at once, 64 of each at most over all shards; of answers four times as
	// many, and without that bound. 8.
	Workers int
	// Share is how many entries of one installation lie on a queue's stream at
	// once, over all replicas; the rest wait in a line of its own, so that an
	// installation's storm does not stand before another's answer. 0: three
	// quarters of the workers of all replicas.
	Share int
	// Steal is after what time an entry is taken over from a replica that has
	// not finished it. 30 s. A delivery may take five sixths of it.
	Steal time.Duration
	// Poll is how long a worker waits at most before it looks at the clock and
	// at whether it should stop. 1 s.
	Poll time.Duration
	// Grace is how long what is in hand may take at the end. 4 s.
	Grace time.Duration
	// GiveUp is after what time an entry that cannot be dealt with is given
	// up, counted from when it was due, if it was tried ten times. 24 h.
	GiveUp time.Duration
	// SentMarks is how long the mark of a nudge that was sent is kept. 40 days.
	SentMarks time.Duration
	// Pace is the least time between two nudges to an installation whose
	// platform said that they came too fast. 250 ms.
	Pace time.Duration
}

func (o Options) withDefaults() Options {
	if o.Meter == nil {
		o.Meter = bot.NoMeter{}
	}
	if o.Clock == nil {
		o.Clock = bot.SystemClock{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	orElse(&o.DataDir, "data")
	orElse(&o.Workers, 8)
	orElse(&o.Steal, 30*time.Second)
	orElse(&o.Poll, time.Second)
	orElse(&o.Grace, 4*time.Second)
	orElse(&o.GiveUp, 24*time.Hour)
	orElse(&o.SentMarks, 40*24*time.Hour)
	orElse(&o.Pace, 250*time.Millisecond)
	return o
}

func orElse[T comparable](v *T, otherwise T) {
	var zero T
	if *v == zero {
		*v = otherwise
	}
}

// Store is the core's state in one Redis. Make it with Open or New.
type Store struct {
	// Volatile: nothing outlives the process, because there was neither a
	// Redis address nor a redis-server to start.
	Volatile bool
	// Where says in a few words where the state lies, without a password.
	Where string

	o      Options
	client redis.UniversalClient
	shards bot.Shards
	wake   []chan struct{} // by shard: something may be due earlier than thought
	mates  []atomic.Int64  // by shard: how many replicas work on it
	closer []func() error
	pepper []byte // keys the digests of the audit log
}

// New is a store on a client that the caller made and closes. It fixes or
// checks the number of shards.
func New(ctx context.Context, client redis.UniversalClient, o Options) (*Store, error) {
	s := &Store{o: o.withDefaults(), client: client, Where: "the given Redis"}
	return s, errors.Join(s.settleShards(ctx), s.settlePepper(ctx))
}

// Client is the connection, for the stores of the handlers.
func (s *Store) Client() redis.UniversalClient { return s.client }

// Shards is the number of parts that the state is in.
func (s *Store) Shards() bot.Shards { return s.shards }

// Ping reports whether Redis answers; the error is one sentence that names the
// place and the remedy.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.client.Ping(ctx).Err(); err != nil {
		return bot.Unavailable(fmt.Errorf(
			"%s does not answer (%w): nothing is lost, events are refused until it is back", s.Where, err))
	}
	return nil
}

// Close ends the connection that Open made and the embedded store. Call it
// after Outbox.Run has returned.
func (s *Store) Close() error {
	var errs []error
	for _, c := range s.closer {
		errs = append(errs, c())
	}
	s.closer = nil
	return errors.Join(errs...)
}

// format is the form of the data. A later form that this one cannot read gets
// another number.
const format = 1

// settleShards fixes the number of shards at the first start and compares it
// at every other.
func (s *Store) settleShards(ctx context.Context) error {
	want := max(s.o.Shards, 1)
	if want > 64 {
		return &SetupError{Where: "the number of shards", What: fmt.Sprintf("%d is too many", want), Remedy: "choose 1 to 64"}
	}
	var have *redis.SliceCmd
	_, err := s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.HSetNX(ctx, storeKey(), "shards", want)
		p.HSetNX(ctx, storeKey(), "format", format)
		have = p.HMGet(ctx, storeKey(), "shards", "format")
		return nil
	})
	if err != nil {
		return bot.Unavailable(err)
	}
	n, f := number(have.Val()[0]), number(have.Val()[1])
	if f != format {
		return &SetupError{Where: s.Where, What: fmt.Sprintf("its data have form %d and this version reads form %d", f, format),
			Remedy: "start the version that wrote them, or use another database"}
	}
	if s.o.Shards != 0 && n != s.o.Shards {
		return &SetupError{Where: s.Where, What: fmt.Sprintf("it was set up with %d shards and %d are asked for", n, s.o.Shards),
			Remedy: fmt.Sprintf("ask for %d, or start with an empty database", n)}
	}
	s.shards, s.mates = bot.Shards(n), make([]atomic.Int64, n)
	for range n {
		s.wake = append(s.wake, make(chan struct{}, 1))
	}
	return nil
}

func number(v any) int {
	t, _ := v.(string)
	n, _ := strconv.Atoi(t)
	return n
}

// SetupError is why a store could not be opened: one sentence that names the
// place and the remedy. The program ends with exit status 2.
type SetupError struct {
	Where  string // the place: an address without its password, a folder
	What   string // what is wrong with it
	Remedy string // what to do about it
	Err    error  // the cause; it holds no password
}

func (e *SetupError) Error() string {
	s := e.Where + ": " + e.What
	if e.Remedy != "" {
		s += "; " + e.Remedy
	}
	return s
}

func (e *SetupError) Unwrap() error { return e.Err }

// ms is a time as Redis gets it.
func (s *Store) ms(t time.Time) int64 { return t.UnixMilli() }

func (s *Store) now() time.Time { return s.o.Clock.Now() }

// nudge tells a shard's mover that something may be due earlier than it thinks.
func (s *Store) nudge(shard int) {
	select {
	case s.wake[shard] <- struct{}{}:
	default:
	}
}
