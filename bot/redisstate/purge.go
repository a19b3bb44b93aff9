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

// PurgeAudit removes the lines of a shard's audit logs that are older than
// keep, or only counts them.
func (s *Store) PurgeAudit(ctx context.Context, shard int, keep time.Duration, dry bool) (int64, error) {
	before := "(" + strconv.FormatInt(s.now().Add(-keep).Unix(), 10)
	logs, err := s.client.SMembers(ctx, auditsKey(shard)).Result()
	count := s.client.ZRemRangeByScore
	if dry {
		count = s.client.ZCount
	}
	var sum, n int64
	for i := 0; err == nil && i < len(logs); i++ {
		n, err = count(ctx, auditKey(shard, logs[i]), "-inf", before).Result()
		sum += n
	}
	return sum, bot.Unavailable(err)
}

// PurgeFailures removes what is noted of undelivered messages longer ago than
// keep, or only counts it.
func (s *Store) PurgeFailures(ctx context.Context, shard int, keep time.Duration, dry bool) (int64, error) {
	before := s.now().Add(-keep).UnixMilli()
	if dry {
		old, err := s.client.XRange(ctx, failedKey(shard), "-", fmt.Sprintf("(%d", before)).Result()
		return int64(len(old)), bot.Unavailable(err)
	}
	n, err := s.client.XTrimMinID(ctx, failedKey(shard), strconv.FormatInt(before, 10)).Result()
	return n, bot.Unavailable(err)
}

// eachKey goes over every key of a pattern, on every node.
func (s *Store) eachKey(ctx context.Context, pattern string, f func(key string) error) error {
	var one sync.Mutex // a cluster's nodes are asked side by side
	each := func(ctx context.Context, c redis.Cmdable) error {
		keys := c.Scan(ctx, 0, pattern, 1000).Iterator()
		for keys.Next(ctx) {
			one.Lock()
			err := f(keys.Val())
			one.Unlock()
			if err != nil {
				return err
			}
		}
		return keys.Err()
	}
	if c, ok := s.client.(*redis.ClusterClient); ok {
		return c.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error { return each(ctx, node) })
	}
	return each(ctx, s.client)
}

// RewriteFile lets Redis write its append-only file anew, so that what was
// erased is no longer in it. False: it would not now (it is at it, there is no
// such file, or the user may not ask for it).
func (s *Store) RewriteFile(ctx context.Context) bool {
	rewrite := func(ctx context.Context, c redis.Cmdable) error { return c.BgRewriteAOF(ctx).Err() }
	if c, ok := s.client.(*redis.ClusterClient); ok {
		return c.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error { return rewrite(ctx, node) }) == nil
	}
	return rewrite(ctx, s.client) == nil
}
