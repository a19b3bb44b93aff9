package redisstate

import (
	"context"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

// workers is how many entries of a queue and shard a replica works on at once.
func (s *Store) workers(q bot.Queue) int {
	if q == bot.Replies { // somebody is waiting
		return s.o.Workers * eager
	}
	return max(1, min(s.o.Workers, unhurried/int(s.shards)))
}

// unhurried is how many nudges a replica works on at once at most, and how
// many follow-up events, over all shards: more would only be in the way of
// answers.
const unhurried = 64

// eager is how many times more workers the answers have than the other queues.
const eager = 4

// abreast is how many calls to Redis a replica makes at once for what nobody
// waits for, and how many follow-up events it handles at once, over all
// shards: more would stand before what answers somebody.
const abreast = 8

// step waits until a call may be made for an entry of a queue; the result says
// that it was made. For answers there is no waiting.
func (o *Outbox) step(q bot.Queue) (made func()) {
	if q == bot.Replies {
		return func() {}
	}
	return pass(o.aside)
}

// pass waits for room in a channel and gives it back.
func pass(room chan struct{}) (back func()) {
	room <- struct{}{}
	return func() { <-room }
}

// most is how many entries of one installation lie on a stream at once: three
// quarters of what all replicas work on, so that some worker is always free
// for the others.
func (s *Store) most(shard int, q bot.Queue) int {
	if s.o.Share > 0 {
		return s.o.Share
	}
	return max(1, s.workers(q)*3/4) * max(1, int(s.mates[shard].Load()))
}

// allMost is most of every queue.
func (s *Store) allMost(shard int) []any {
	var all []any
	for _, q := range queues {
		all = append(all, s.most(shard, q))
	}
	return all
}

// recount says that this replica works on a shard, finds out how many do, and
// puts right what those of an older version may have left wrong where somebody
// waits in a line. What fails is done the next time.
func (o *Outbox) recount(ctx context.Context, shard int, consumer string) {
	s, key, now := o.s, matesKey(shard), time.Now()
	var mates *redis.IntCmd
	_, err := s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.ZAdd(ctx, key, redis.Z{Score: float64(now.UnixMilli()), Member: consumer})
		p.ZRemRangeByScore(ctx, key, "-inf", fmt.Sprint(now.Add(-s.o.Steal).UnixMilli()))
		p.PExpire(ctx, key, s.o.Steal)
		mates = p.ZCard(ctx, key)
		return nil
	})
	if err != nil {
		return
	}
	s.mates[shard].Store(mates.Val())
	for _, q := range queues {
		line := lineKey(shard, q)
		if n, err := s.client.ZCard(ctx, line).Result(); err != nil || n == 0 {
			continue
		}
		if err := s.do(ctx, recountScript, []string{streamKey(shard, q), line, shareKey(shard, q)}, s.most(shard, q)); err != nil {
			s.o.Log.Warn("shares not counted", "queue", string(q), "shard", shard, "type", fmt.Sprintf("%T", err))
		}
	}
}

// retire says that this replica works on a shard no more.
func (o *Outbox) retire(shard int, consumer string) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if err := o.s.client.ZRem(ctx, matesKey(shard), consumer).Err(); err != nil {
		o.s.o.Log.Debug("replica stays counted", "shard", shard, "reason", fmt.Sprintf("%T", err))
	}
}
