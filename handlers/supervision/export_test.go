package supervision

import (
	"context"
	"encoding/json"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/when"
)

// Nudge is the tick's handler, for measuring it alone.
func (h *Handler) Nudge(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	return h.nudge(ctx, ev)
}

// Side does things side by side.
func Side(n int, do func(i int) error) error { return side(n, do) }

// Fill writes many records at once.
func Fill(ctx context.Context, db redis.UniversalClient, all []Record) error {
	k := keys{1}
	_, err := db.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, r := range all {
			body, err := json.Marshal(r)
			if err != nil {
				return err
			}
			p.Set(ctx, k.person(r.User), body, 0)
			p.SAdd(ctx, k.people(homeOf(r.User)), userDigest(r.User))
			p.ZAdd(ctx, due(0), redis.Z{Score: float64(r.Look.Unix()), Member: member(r.User)})
		}
		return nil
	})
	return err
}

// HasWord reports whether there is a string of this id.
func HasWord(id string) bool {
	cat, err := catalogue()
	return err == nil && cat.Has(id)
}

// Intended is the verb that a request is about.
func Intended(said string) string { return intended(said) }

// Every is an interval in words.
func (h *Handler) Every(lang bot.Lang, i when.Interval) string { return h.speak(lang).every(i) }

// Date is a date in words; near as well with how near it is.
func (h *Handler) Date(lang bot.Lang, d, today calendar.Date) (plain, near, example string) {
	s := h.speak(lang)
	return s.date(d, today), s.near(d, today), s.example(d)
}

// Kind is a kind in words.
func (h *Handler) Kind(lang bot.Lang, k when.Kind) string { return h.speak(lang).kind(k) }
