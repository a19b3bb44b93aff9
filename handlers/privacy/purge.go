package privacy

import (
	"context"
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

// purge is the nightly round: each class is an event of its own, which says in
// the log what it removed; then the file is written anew. It may run twice:
// then there is nothing left to remove.
func (h *Handler) purge(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	switch w := ev.What.(type) {
	case bot.Tick:
		return h.purgeNext(w.Shard, 0), nil
	case bot.Continue:
		for i, p := range h.o.Purges {
			if p.Class != w.State {
				continue
			}
			n, err := p.Run(ctx, w.Shard, p.Keep, false)
			if err != nil {
				return bot.Reply{}, err
			}
			h.o.Log.Info("nightly purge: removed", "class", p.Class, "shard", w.Shard, "removed", n, "older_than_days", int(p.Keep.Hours()/24))
			return h.purgeNext(w.Shard, i+1), nil
		}
		h.rewrite(ctx)
	}
	return bot.Reply{}, nil
}

// written is the last step of the round, after all classes.
const written = "the file"

func (h *Handler) purgeNext(shard, i int) bot.Reply {
	step := written
	if i < len(h.o.Purges) {
		step = h.o.Purges[i].Class
	}
	return bot.Reply{Next: []bot.Event{{What: bot.Continue{Job: purgeJob, Shard: shard, State: step}}}}
}
