package supervision

import (
	"context"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

// CountDue is for how many people there is something to do now, over all
// shards: what the next round will look at.
func CountDue(ctx context.Context, db redis.UniversalClient, shards bot.Shards, now time.Time) (int64, error) {
	var sum int64
	for shard := range int(shards) {
		n, err := db.ZCount(ctx, due(shard), "-inf", strconv.FormatInt(now.Unix(), 10)).Result()
		if err != nil {
			return 0, bot.Unavailable(err)
		}
		sum += n
	}
	return sum, nil
}
