package principles

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

// PurgeQuestions removes a shard's unanswered questions that were first asked
// longer ago than keep, with who waits for an answer, or only counts them.
func PurgeQuestions(ctx context.Context, db redis.UniversalClient, shards bot.Shards, clock bot.Clock, shard int, keep time.Duration, dry bool) (int64, error) {
	s := &redisStore{keys{shards}, db, clock.Now}
	all, err := s.Homes(ctx, shard)
	if err != nil {
		return 0, err
	}
	var sum int64
	for _, h := range all {
		n, err := s.purge(ctx, h, s.now().Add(-keep), dry)
		if err != nil {
			return sum, err
		}
		sum += n
	}
	return sum, nil
}

func (s *redisStore) purge(ctx context.Context, h Home, before time.Time, dry bool) (int64, error) {
	all, err := s.db.HGetAll(ctx, s.questions(h)).Result()
	if err != nil {
		return 0, bot.Unavailable(err)
	}
	var sum int64
	for n, body := range all {
		var q Question
		if err := json.Unmarshal([]byte(body), &q); err != nil {
			return sum, fmt.Errorf("question %s: %w", n, err)
		}
		if !q.First.Before(before) {
			continue
		}
		sum++
		if dry {
			continue
		}
		if err := s.Close(ctx, h, "Q-"+n); err != nil {
			return sum, err
		}
	}
	return sum, nil
}
