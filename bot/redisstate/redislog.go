package redisstate

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/redis/go-redis/v9"
)

// LogTo sends what go-redis says by itself to log, at the level debug, instead
// of to the standard error. It is for the whole process: main calls it once.
func LogTo(log *slog.Logger) { redis.SetLogger(redisLog{log}) }

type redisLog struct{ log *slog.Logger }

// Printf takes a line of go-redis. Its values are addresses and errors of
// connections; the line is cut short all the same.
func (l redisLog) Printf(ctx context.Context, format string, v ...any) {
	l.log.DebugContext(ctx, "go-redis", "says", fmt.Sprintf("%.200s", fmt.Sprintf(format, v...)))
}
