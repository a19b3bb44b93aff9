package redisstate

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

// lane is one queue of one shard: a reader and a few workers.
type lane struct {
	o        *Outbox
	s        *Store
	w        bot.Worker
	shard    int
	queue    bot.Queue
	stream   string
	consumer string
	free     chan struct{} // one for each worker that has nothing to do
	swept    time.Time     // when what others left was last looked for
	down     bool          // Redis did not answer last time
	busy     sync.WaitGroup
}

func (o *Outbox) lane(shard int, q bot.Queue, consumer string, w bot.Worker) *lane {
	l := &lane{o: o, s: o.s, w: w, shard: shard, queue: q, consumer: consumer,
		stream: streamKey(shard, q)}
	n := o.s.workers(q)
	l.free = make(chan struct{}, n)
	l.put(n)
	return l
}

// run reads entries and hands them to workers until ctx ends; hands ends when
// the workers must let go of what they hold.
func (l *lane) run(ctx, hands context.Context) {
	for ctx.Err() == nil {
		n := l.take(ctx)
		if n == 0 {
			break
		}
		read, err := l.read(ctx, n)
		l.put(n - len(read))
		if err != nil {
			l.trouble(ctx, err)
			continue
		}
		l.down = false
		l.start(ctx, hands, read)
	}
	l.busy.Wait()
	l.leave()
}

// take waits for one free worker and takes as many as there are.
func (l *lane) take(ctx context.Context) int {
	select {
	case <-ctx.Done():
		return 0
	case <-l.free:
	}
	n := 1
	for {
		select {
		case <-l.free:
			n++
		default:
			return n
		}
	}
}

func (l *lane) put(n int) {
	for range n {
		l.free <- struct{}{}
	}
}

// read gets up to n entries: those that a dead replica left, from time to
// time, else new ones.
func (l *lane) read(ctx context.Context, n int) ([]entry, error) {
	if time.Since(l.swept) >= l.s.o.Steal/3 {
		stolen, err := l.steal(ctx, n)
		if err != nil || len(stolen) > 0 {
			return stolen, err
		}
		l.swept = time.Now()
	}
	got, err := l.s.client.XReadGroup(ctx, &redis.XReadGroupArgs{Group: group, Consumer: l.consumer,
		Streams: []string{l.stream, ">"}, Count: int64(n), Block: l.s.o.Poll}).Result()
	if err == redis.Nil || len(got) == 0 { //nolint:errorlint // go-redis returns it bare
		return nil, ignoreNil(err)
	}
	return entries(got[0].Messages), nil
}

func ignoreNil(err error) error {
	if err == redis.Nil { //nolint:errorlint // go-redis returns it bare
		return nil
	}
	return err
}

func entries(msgs []redis.XMessage) []entry {
	out := make([]entry, len(msgs))
	for i, m := range msgs {
		id, _ := m.Values["d"].(string)
		tenant, _ := m.Values["t"].(string)
		out[i] = entry{msg: m.ID, id: id, tenant: tenant}
	}
	return out
}

// steal takes over what another replica has held for too long, and finds out
// how often that has happened to each.
func (l *lane) steal(ctx context.Context, n int) ([]entry, error) {
	msgs, _, err := l.s.client.XAutoClaim(ctx, &redis.XAutoClaimArgs{Stream: l.stream, Group: group,
		Consumer: l.consumer, MinIdle: l.s.o.Steal, Start: "0-0", Count: int64(n)}).Result()
	if err != nil || len(msgs) == 0 {
		return nil, err
	}
	pending, err := l.s.client.XPendingExt(ctx, &redis.XPendingExtArgs{Stream: l.stream, Group: group,
		Consumer: l.consumer, Start: msgs[0].ID, End: msgs[len(msgs)-1].ID, Count: int64(n + cap(l.free))}).Result()
	if err != nil {
		return nil, err
	}
	taken := map[string]int64{}
	for _, p := range pending {
		taken[p.ID] = p.RetryCount
	}
	stolen := entries(msgs)
	for i := range stolen {
		stolen[i].taken = taken[stolen[i].msg]
	}
	return stolen, nil
}

// trouble makes the group where it is missing and waits a little where Redis
// does not answer. It says so once.
func (l *lane) trouble(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	if redis.HasErrorPrefix(err, "NOGROUP") {
		if err = l.s.ensureGroup(ctx, l.stream); err == nil {
			return
		}
	}
	if !l.down {
		l.s.o.Log.Warn("outbox waits for Redis", "queue", string(l.queue), "shard", l.shard, "reason", err)
	}
	l.down = true
	l.s.pause(ctx, min(l.s.o.Poll, time.Second), nil)
}

// entry is one message of a stream with its body.
type entry struct {
	msg    string // the stream's id
	id     string // the delivery's
	tenant string // the digest of the installation whose share of the stream it is
	taken  int64  // how often it was taken over, when it was
	body   string
	gone   bool // the body was erased: there is nothing to do
	tries  int
	why    bot.Reason // what it waited for, if it did
	since  time.Time  // when it was due first
}

// start loads the bodies in one go and gives each entry to a worker. What
// came too late to begin is given back.
func (l *lane) start(ctx, hands context.Context, read []entry) {
	if len(read) == 0 {
		return
	}
	if err := l.load(hands, read); err != nil { // they stay ours in the stream and are taken up again
		l.put(len(read))
		l.trouble(ctx, err)
		return
	}
	for _, e := range read {
		l.busy.Go(func() {
			defer l.put(1)
			if ctx.Err() != nil {
				l.later(e, verdict{untried: true}, l.s.now())
				return
			}
			l.work(hands, e)
		})
	}
}

// load fills in what the bodies say.
func (l *lane) load(ctx context.Context, read []entry) error {
	defer l.o.step(l.queue)()
	got := make([]*redis.SliceCmd, len(read))
	_, err := l.s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i, e := range read {
			got[i] = p.HMGet(ctx, bodyKey(l.shard, e.id), "b", "n", "at", "why")
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, g := range got {
		e, v := &read[i], g.Val()
		body, ok := v[0].(string)
		e.body, e.gone, e.tries = body, !ok, number(v[1])
		why, _ := v[3].(string)
		e.why = bot.Reason(why)
		at, _ := v[2].(string)
		since, _ := strconv.ParseInt(at, 10, 64)
		e.since = time.UnixMilli(since)
	}
	return nil
}

// leave takes this replica off the stream's list of consumers, if it holds
// nothing there any more.
func (l *lane) leave() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	pending, err := l.s.client.XPendingExt(ctx, &redis.XPendingExtArgs{
		Stream: l.stream, Group: group, Start: "-", End: "+", Count: 1, Consumer: l.consumer}).Result()
	if err == nil && len(pending) == 0 {
		err = l.s.client.XGroupDelConsumer(ctx, l.stream, group, l.consumer).Err()
	}
	if err != nil {
		l.s.o.Log.Debug("consumer stays listed", "queue", string(l.queue), "reason", fmt.Sprintf("%T", err))
	}
}
