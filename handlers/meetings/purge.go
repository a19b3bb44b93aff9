package meetings

import (
	"context"
	"errors"
	"time"

	"cymar/bot"
)

// Keep is how long what belongs to a meeting is kept. The zero value of a field
// means its default.
type Keep struct {
	// Chat is how long messages and drafts are kept in any case: 90 days.
	Chat time.Duration
	// Published is how long messages are kept after the overview was published:
	// 30 days.
	Published time.Duration
}

const oneDay = 24 * time.Hour

func (k Keep) orUsual() Keep {
	if k.Chat == 0 {
		k.Chat = 90 * oneDay
	}
	if k.Published == 0 {
		k.Published = 30 * oneDay
	}
	return k
}

// PurgePublished removes a shard's messages of meetings whose overview was
// published longer ago than keep, or only counts those meetings.
func PurgePublished(ctx context.Context, store Store, clock bot.Clock, shard int, keep time.Duration, dry bool) (int64, error) {
	before := clock.Now().Add(-keep)
	old := func(m Meeting) bool { return m.State == Published && !m.Purged && m.At.Before(before) }
	return purge(ctx, store, shard, dry, old, func(m Meeting) error { return spent(ctx, store, m) })
}

// PurgeChats removes a shard's meetings that were begun longer ago than keep,
// with messages and draft, or only counts them.
func PurgeChats(ctx context.Context, store Store, clock bot.Clock, shard int, keep time.Duration, dry bool) (int64, error) {
	before := clock.Now().Add(-keep)
	old := func(m Meeting) bool { return m.Made.Before(before) }
	return purge(ctx, store, shard, dry, old, func(m Meeting) error { return store.Delete(ctx, m) })
}

func purge(ctx context.Context, store Store, shard int, dry bool, old func(Meeting) bool, remove func(Meeting) error) (int64, error) {
	homes, err := store.Homes(ctx, shard)
	var sum int64
	for i := 0; err == nil && i < len(homes); i++ {
		var all []Meeting
		all, err = store.All(ctx, homes[i])
		for j := 0; err == nil && j < len(all); j++ {
			if !old(all[j]) {
				continue
			}
			sum++
			if !dry {
				err = remove(all[j])
			}
		}
	}
	return sum, err
}

// spent removes a meeting's messages, with what was drawn from them and not
// published.
func spent(ctx context.Context, store Store, m Meeting) error {
	if err := store.Purge(ctx, m); err != nil {
		return err
	}
	_, err := store.Change(ctx, m.home(), m.ID, "", func(m *Meeting) error {
		m.Purged, m.Past, m.Quiet, m.Checks, m.Names = true, nil, nil, nil, nil
		return nil
	})
	if errors.Is(err, bot.ErrNotFound) {
		err = nil
	}
	return err
}
