package redisstate

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

// Stats is how the outbox stands, over all shards.
type Stats struct {
	Waiting map[bot.Queue]int64         // entries that are due and not yet dealt with
	Oldest  map[bot.Queue]time.Duration // how long the first of them has been there
	Delayed int64                       // entries that wait for their time
	Failed  map[bot.Reason]int64        // failures for good since the store was set up
	// TwiceDied and TwiceFault count the parts that may have gone twice: a
	// replica died, or the platform answered 5xx or not at all, between the
	// platform's accepting it and our mark.
	TwiceDied, TwiceFault int64
}

// Stats reads how the outbox stands.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	st := Stats{Waiting: map[bot.Queue]int64{}, Oldest: map[bot.Queue]time.Duration{}, Failed: map[bot.Reason]int64{}}
	for shard := range int(s.shards) {
		if err := s.addStats(ctx, shard, &st); err != nil {
			return Stats{}, bot.Unavailable(err)
		}
	}
	return st, nil
}

func (s *Store) addStats(ctx context.Context, shard int, st *Stats) error {
	waiting, line, first := map[bot.Queue]*redis.IntCmd{}, map[bot.Queue]*redis.IntCmd{}, map[bot.Queue]*redis.XMessageSliceCmd{}
	var delayed *redis.IntCmd
	var counts *redis.MapStringStringCmd
	_, err := s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, q := range queues {
			waiting[q], line[q] = p.XLen(ctx, streamKey(shard, q)), p.ZCard(ctx, lineKey(shard, q))
			first[q] = p.XRangeN(ctx, streamKey(shard, q), "-", "+", 1)
		}
		delayed = p.ZCard(ctx, delayedKey(shard))
		counts = p.HGetAll(ctx, countsKey(shard))
		return nil
	})
	if err != nil {
		return err
	}
	for q, n := range waiting {
		st.Waiting[q] += n.Val() + line[q].Val()
		for _, m := range first[q].Val() {
			st.Oldest[q] = max(st.Oldest[q], s.now().Sub(dueSince(m)))
		}
	}
	st.Delayed += delayed.Val()
	for name, v := range counts.Val() {
		st.count(name, v)
	}
	return nil
}

func (st *Stats) count(name, value string) {
	n, _ := strconv.ParseInt(value, 10, 64)
	reason, failed := strings.CutPrefix(name, "failed:")
	switch {
	case failed:
		st.Failed[bot.Reason(reason)] += n
	case name == "twice:died":
		st.TwiceDied += n
	case name == "twice:fault":
		st.TwiceFault += n
	}
}

// Failure is one thing that could not be delivered.
type Failure struct {
	At       time.Time
	Delivery string // a digest of its id, as in the log
	Queue    bot.Queue
	Reason   bot.Reason
}

// Failures is the latest permanent failures of every shard, at most n of each,
// the newest first.
func (s *Store) Failures(ctx context.Context, n int64) ([]Failure, error) {
	var all []Failure
	for shard := range int(s.shards) {
		msgs, err := s.client.XRevRangeN(ctx, failedKey(shard), "+", "-", n).Result()
		if err != nil {
			return nil, bot.Unavailable(err)
		}
		for _, m := range msgs {
			all = append(all, readFailure(m))
		}
	}
	return all, nil
}

// dueSince is from when on an entry has been due, with the time it stood in its
// installation's line.
func dueSince(m redis.XMessage) time.Time {
	text, _ := m.Values["s"].(string)
	if at, err := strconv.ParseInt(text, 10, 64); err == nil {
		return time.UnixMilli(at)
	}
	return streamTime(m.ID)
}

// streamTime is when an entry was put on its stream, by Redis's clock.
func streamTime(id string) time.Time {
	millis, _, _ := strings.Cut(id, "-")
	at, _ := strconv.ParseInt(millis, 10, 64)
	return time.UnixMilli(at)
}

func readFailure(m redis.XMessage) Failure {
	text := func(name string) string { t, _ := m.Values[name].(string); return t }
	return Failure{streamTime(m.ID), text("d"), bot.Queue(text("queue")), bot.Reason(text("reason"))}
}
