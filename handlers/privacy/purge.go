package privacy

import (
	"context"
	"log/slog"
	"time"

	"cymar/bot"
)

const purgeJob = "privacy.purge"

// Purge removes one class of data when its time has come.
type Purge struct {
	Class string        // "audit", as the settings name it
	Keep  time.Duration // how long it is kept
	// Run removes from a shard what is older, or only counts it.
	Run func(ctx context.Context, shard int, keep time.Duration, dry bool) (int64, error)
}

// purge is the nightly round: it goes through every class and says in the log
// what it removed. It may run twice: then there is nothing left to remove.
func (h *Handler) purge(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	t, _ := ev.What.(bot.Tick)
	report := []any{slog.Int("shard", t.Shard)}
	for _, p := range h.o.Purges {
		n, err := p.Run(ctx, t.Shard, p.Keep, false)
		if err != nil {
			return bot.Reply{}, err
		}
		report = append(report, slog.Int64(p.Class, n))
	}
	h.rewrite(ctx)
	h.o.Log.Info("nightly purge: removed", report...)
	return bot.Reply{}, nil
}
