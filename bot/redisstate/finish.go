package redisstate

import (
	"context"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

// settleTime is how long settling an entry may take; if it fails, the entry
// is taken up again and the marks keep it from being sent twice.
const settleTime = 5 * time.Second

// finish runs a script that settles an entry, even while we are stopping.
func (l *lane) finish(sc *redis.Script, keys []string, args ...any) {
	defer l.o.step(l.queue)()
	ctx, cancel := context.WithTimeout(context.Background(), settleTime)
	defer cancel()
	if err := sc.Run(ctx, l.s.client, keys, args...).Err(); err != nil {
		l.s.o.Log.Warn("outbox entry not settled, it will be taken up again",
			"queue", string(l.queue), "shard", l.shard, "type", fmt.Sprintf("%T", err))
	}
}
