package supervision

import (
	"context"
	"time"

	"cymar/bot"
	"cymar/handlers/supervision/calendar"
)

// goneAfter is how many messages in a row that did not reach somebody mean
// that they are not told any more.
const goneAfter = 3

// PurgeIdle erases a shard's records with which nothing has happened for as
// long as keep: no date of theirs lies nearer, nothing was changed, and no
// reminder reached them. With dry it only counts them.
func PurgeIdle(ctx context.Context, store Store, clock bot.Clock, shard int, keep time.Duration, dry bool) (int64, error) {
	homes, err := store.Homes(ctx, shard)
	if err != nil {
		return 0, err
	}
	before := calendar.On(clock.Now().Add(-keep), time.UTC)
	var sum int64
	for _, h := range homes {
		err := store.Each(ctx, h, func(all []Record) error {
			n, err := purgeIdle(ctx, store, all, before, dry)
			sum += n
			return err
		})
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}

func purgeIdle(ctx context.Context, store Store, all []Record, before calendar.Date, dry bool) (sum int64, err error) {
	for _, r := range all {
		if !r.idle(before) {
			continue
		}
		sum++
		if dry {
			continue
		}
		_, err := store.Change(ctx, r.User, func(r *Record) error {
			if r.idle(before) { // else they changed it meanwhile
				*r = Record{User: r.User}
			}
			return nil
		})
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}

// idle reports whether all that happened was before a day.
func (r Record) idle(before calendar.Date) bool {
	last := max(r.Accepted, r.Invited, r.Stopped, r.Pause.Until)
	if r.Missed < goneAfter {
		last = max(last, r.Told, r.Tried)
	}
	for _, c := range r.Clocks {
		last = max(last, c.Last, c.Next, c.Since, c.Confirmed, c.LastOff)
	}
	return last < before && r.Draft == nil && len(r.Sees) == 0
}
