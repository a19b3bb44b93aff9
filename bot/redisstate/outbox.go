package redisstate

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

var _ bot.Outbox = (*Outbox)(nil)

// group is the consumer group of every stream.
const group = "cymar"

// queues is every stream of a shard.
var queues = []bot.Queue{bot.Replies, bot.Nudges, bot.Work}

// Outbox is the one way out: three streams a shard, each with workers of its
// own, and a set of what waits for its time.
type Outbox struct {
	s     *Store
	gate  *gate
	aside chan struct{} // one for each call to Redis for what nobody waits for
	work  chan struct{} // one for each follow-up event that is being handled
}

// Outbox is the store's way out. One of them runs in a process.
func (s *Store) Outbox() *Outbox {
	return &Outbox{s: s, gate: newGate(s.o.Pace), aside: make(chan struct{}, abreast), work: make(chan struct{}, abreast)}
}

// Run works until ctx ends, then finishes what is in hand within Options.Grace
// and gives back the rest. It returns nil.
func (o *Outbox) Run(ctx context.Context, w bot.Worker) error {
	hands, drop := context.WithCancel(context.WithoutCancel(ctx))
	defer drop()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(o.s.o.Grace, drop) })
	defer stop()
	var wg sync.WaitGroup
	consumer := rand.Text()
	for shard := range int(o.s.shards) {
		for _, q := range queues {
			l := o.lane(shard, q, consumer, w)
			wg.Go(func() { l.run(ctx, hands) })
		}
		wg.Go(func() { o.moveDue(ctx, shard, consumer) })
	}
	wg.Wait()
	return nil
}

// Sent returns the mark of a part; see bot.Outbox. Asked for a part of d
// itself it takes the right to send it: ErrBusy, when another delivery with
// the same key is about to.
func (o *Outbox) Sent(ctx context.Context, d bot.Delivery, key string) (bot.Mark, error) {
	take := "0"
	if d.Owns(key) {
		take = "1"
	}
	id := deliveryID(d.ID)
	keys := []string{sentKey(d, key), holdKey(d, key), bodyKey(d.Shard, id), countsKey(d.Shard)}
	defer o.step(d.Queue)()
	got, err := o.s.list(ctx, sentScript, keys, id, holdTTL.Milliseconds(), sendID(d, key), take)
	if err != nil {
		return bot.Mark{}, err
	}
	switch at(got, 0) {
	case 1:
		return bot.Mark{}, fmt.Errorf("the same send is on its way: %w", bot.ErrBusy)
	case 2:
		return readMark(textAt(got, 1)), nil
	}
	return bot.Mark{}, bot.ErrNotFound
}

// readMark reads a mark. One that cannot be read still says that it was sent.
func readMark(text string) bot.Mark {
	var m bot.Mark
	_ = json.Unmarshal([]byte(text), &m)
	return m
}

// MarkSent records that a part was sent; see bot.Outbox.
func (o *Outbox) MarkSent(ctx context.Context, d bot.Delivery, key string, m bot.Mark) error {
	person, send := personID(d.Dest.User), sendID(d, key)
	if d.NoTrace || d.Brief { // of a personal crisis the mark alone
		m = bot.Mark{}
	}
	if d.NoTrace || d.Brief || person == "" {
		send = ""
	}
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	id := deliveryID(d.ID)
	keys := []string{sentKey(d, key), holdKey(d, key), bodyKey(d.Shard, id), marksKey(d.Shard, d.Platform, d.Tenant, person)}
	defer o.step(d.Queue)()
	return o.s.do(ctx, markScript, keys, string(b), o.s.markTTL(d).Milliseconds(), id, send, o.s.ms(time.Now()))
}

func (s *Store) markTTL(d bot.Delivery) time.Duration {
	switch {
	case d.Brief:
		return briefTTL
	case d.Queue == bot.Nudges:
		return s.o.SentMarks
	}
	return replyMarkTTL
}

// moveDue moves what is due to the streams until ctx ends. Every replica does
// it; the script makes sure that each member moves once.
func (o *Outbox) moveDue(ctx context.Context, shard int, consumer string) {
	defer o.retire(shard, consumer)
	keys := append([]string{delayedKey(shard)}, streamsKeys(shard)...)
	var counted time.Time
	for ctx.Err() == nil {
		if time.Since(counted) >= o.s.o.Steal/3 {
			o.recount(ctx, shard, consumer)
			counted = time.Now()
		}
		args := append([]any{o.s.ms(o.s.now()), dueBatch}, o.s.allMost(shard)...)
		got, err := o.s.list(ctx, dueScript, keys, args...)
		if err == nil && at(got, 0) == dueBatch {
			continue
		}
		wait := o.s.o.Poll
		if next := at(got, 1); err == nil && next >= 0 {
			wait = min(wait, max(time.UnixMilli(next).Sub(o.s.now()), time.Millisecond))
		}
		o.s.pause(ctx, wait, o.s.wake[shard])
	}
}

// dueBatch is how many members one run of the due script moves.
const dueBatch = 100

// pause waits for d, for a signal, or for the end.
func (s *Store) pause(ctx context.Context, d time.Duration, signal <-chan struct{}) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-signal:
	case <-t.C:
	}
}

// ensureGroup makes a stream and its group where there is none.
func (s *Store) ensureGroup(ctx context.Context, stream string) error {
	err := s.client.XGroupCreateMkStream(ctx, stream, group, "0").Err()
	if redis.HasErrorPrefix(err, "BUSYGROUP") {
		return nil
	}
	return bot.Unavailable(err)
}

// verdict is what to do with an entry after it was worked on.
type verdict struct {
	reason  bot.Reason // why it failed; "" when it did not
	again   bool       // put it back for later
	after   time.Duration
	untried bool // nothing was tried, so it counts as no attempt
}

// judge makes a verdict of what the worker said.
func judge(err error) verdict {
	var failed *bot.SendError
	switch {
	case err == nil:
		return verdict{}
	case errors.As(err, &failed) && failed.Reason.Passing():
		return verdict{reason: failed.Reason, again: true, after: failed.After}
	case errors.As(err, &failed):
		return verdict{reason: failed.Reason}
	case errors.Is(err, bot.ErrBusy):
		return verdict{again: true}
	case bot.Passing(err):
		return verdict{reason: bot.ServerFault, again: true}
	}
	return verdict{reason: bot.Invalid}
}
