package supervision

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"cymar/bot"
	"cymar/handlers/supervision/calendar"
)

// goneAfter is how many messages in a row that did not reach somebody mean
// that they are not told any more.
const goneAfter = 3

// atATime is how many records one step looks at, about.
const atATime = 10_000

// PurgeIdle erases a shard's records with which nothing has happened for as
// long as keep: no date of theirs lies nearer, nothing was changed, and no
// reminder reached them. With dry it only counts them. It looks at some of them
// and says from where to go on, "" at the end.
func PurgeIdle(ctx context.Context, store Store, clock bot.Clock, shard int, keep time.Duration, dry bool, from string) (sum int64, next string, err error) {
	homes, err := store.Homes(ctx, shard)
	if err != nil {
		return 0, "", err
	}
	slices.SortFunc(homes, func(a, b Home) int { return strings.Compare(a.member(), b.member()) })
	before := calendar.On(clock.Now().Add(-keep), time.UTC)
	at, cursor := place(from)
	for seen := 0; at < len(homes); {
		var page []Record
		var n int64
		page, cursor, err = store.Page(ctx, homes[at], cursor)
		if err == nil {
			n, err = purgeIdle(ctx, store, page, before, dry)
		}
		if sum += n; err != nil {
			return sum, "", err
		}
		if cursor == 0 {
			at++
		}
		if seen += len(page); seen >= atATime && at < len(homes) {
			return sum, fmt.Sprint(at, " ", cursor), nil
		}
	}
	return sum, "", nil
}

// place is the home and the cursor to go on from.
func place(from string) (at int, cursor uint64) {
	home, rest, _ := strings.Cut(from, " ")
	at, _ = strconv.Atoi(home)
	cursor, _ = strconv.ParseUint(rest, 10, 64)
	return max(at, 0), cursor
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
