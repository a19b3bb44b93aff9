package privacy

import (
	"context"
	"strings"
	"time"

	"cymar/bot"
)

const purgeJob = "privacy.purge"

// Purge removes one class of data when its time has come.
type Purge struct {
	Class string        // "audit", as the settings name it
	Keep  time.Duration // how long it is kept
	// Run removes from a shard what is older, or only counts it. Where there
	// is too much to look at in one go it says from where to go on; from is ""
	// at first, and next is "" at the end.
	Run func(ctx context.Context, shard int, keep time.Duration, dry bool, from string) (n int64, next string, err error)
}

// purge is the nightly round: each class is an event of its own, which says in
// the log what it removed, and a fault in one holds up none of the others; then
// the file is written anew. It may run twice: then there is nothing left to
// remove.
func (h *Handler) purge(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	switch w := ev.What.(type) {
	case bot.Tick:
		return h.round(w.Shard), nil
	case bot.Continue:
		if w.State == written {
			h.rewrite(ctx)
		}
		return h.purgeClass(ctx, w.State, w.Shard)
	}
	return bot.Reply{}, nil
}

// purgeClass is one class, or one step of it: "reminders" or "reminders@17".
func (h *Handler) purgeClass(ctx context.Context, state string, shard int) (bot.Reply, error) {
	class, from, _ := strings.Cut(state, "@")
	for _, p := range h.o.Purges {
		if p.Class != class {
			continue
		}
		n, next, err := p.Run(ctx, shard, p.Keep, false, from)
		if err != nil {
			return bot.Reply{}, err
		}
		h.o.Log.Info("nightly purge: removed", "class", class, "shard", shard, "removed", n, "older_than_days", int(p.Keep.Hours()/24), "more", next != "")
		if next != "" {
			return bot.Reply{Next: []bot.Event{{What: bot.Continue{Job: purgeJob, Shard: shard, State: class + "@" + next}}}}, nil
		}
	}
	return bot.Reply{}, nil
}

const (
	// written is the last step of the round.
	written = "the file"
	// settling is how long all classes have before it.
	settling = 10 * time.Minute
)

// round is the steps of a shard.
func (h *Handler) round(shard int) bot.Reply {
	var r bot.Reply
	for _, p := range h.o.Purges {
		r.Next = append(r.Next, bot.Event{What: bot.Continue{Job: purgeJob, Shard: shard, State: p.Class}})
	}
	r.Next = append(r.Next, bot.Event{At: h.o.Clock.Now().Add(settling), What: bot.Continue{Job: purgeJob, Shard: shard, State: written}})
	return r
}
