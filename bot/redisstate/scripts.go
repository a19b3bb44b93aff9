package redisstate

import (
	"context"
	_ "embed"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

// The scripts. Each says in its head what it takes and what it returns.
var (
	//go:embed scripts/begin.lua
	beginLua string
	//go:embed scripts/commit.lua
	commitLua string
	//go:embed scripts/touch.lua
	touchLua string
	//go:embed scripts/release.lua
	releaseLua string
	//go:embed scripts/sent.lua
	sentLua string
	//go:embed scripts/mark.lua
	markLua string
	//go:embed scripts/done.lua
	doneLua string
	//go:embed scripts/later.lua
	laterLua string
	//go:embed scripts/due.lua
	dueLua string
	//go:embed scripts/recount.lua
	recountLua string
	//go:embed scripts/line.lua
	lineLua string

	beginScript   = redis.NewScript(beginLua)
	commitScript  = redis.NewScript(lineLua + commitLua)
	touchScript   = redis.NewScript(touchLua)
	releaseScript = redis.NewScript(releaseLua)
	sentScript    = redis.NewScript(sentLua)
	markScript    = redis.NewScript(markLua)
	doneScript    = redis.NewScript(lineLua + doneLua)
	laterScript   = redis.NewScript(lineLua + laterLua)
	dueScript     = redis.NewScript(lineLua + dueLua)
	recountScript = redis.NewScript(lineLua + recountLua)
)

// callTime is how long one call of the core to Redis may take: a platform
// waits for its answer.
const callTime = 2 * time.Second

// do runs a script whose result does not matter.
func (s *Store) do(ctx context.Context, sc *redis.Script, keys []string, args ...any) error {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	return bot.Unavailable(sc.Run(ctx, s.client, keys, args...).Err())
}

// list runs a script that returns a list.
func (s *Store) list(ctx context.Context, sc *redis.Script, keys []string, args ...any) ([]any, error) {
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	l, err := sc.Run(ctx, s.client, keys, args...).Slice()
	return l, bot.Unavailable(err)
}

// at is one element of a script's list, as a number.
func at(list []any, i int) int64 {
	if i >= len(list) {
		return 0
	}
	n, _ := list[i].(int64)
	return n
}

// textAt is one element of a script's list, as text.
func textAt(list []any, i int) string {
	if i >= len(list) {
		return ""
	}
	t, _ := list[i].(string)
	return t
}
