package calendar

import (
	"hash/fnv"
	"time"
)

// Week is a set of weekdays. The empty set means Monday to Friday.
type Week uint8

// MondayToFriday is the usual week.
const MondayToFriday Week = 1<<time.Monday | 1<<time.Tuesday | 1<<time.Wednesday | 1<<time.Thursday | 1<<time.Friday

// Days is the set of these days.
func Days(days ...time.Weekday) Week {
	var w Week
	for _, d := range days {
		w |= 1 << d
	}
	return w
}

// Has reports whether the day is in the set.
func (w Week) Has(d time.Weekday) bool {
	if w == 0 {
		w = MondayToFriday
	}
	return w&(1<<d) != 0
}

// The hours within which anybody may be written to, and what holds where
// nothing was chosen, in minutes after midnight.
const (
	Earliest     = 7 * 60
	Latest       = 20 * 60
	DefaultFrom  = 9 * 60
	DefaultUntil = 17 * 60
)

// spread is over how many minutes the mornings of people are spread.
const spread = 30

// Hours is when somebody can be written to.
type Hours struct {
	Days     Week
	From     int // minutes after midnight; 0: DefaultFrom
	Until    int // minutes after midnight; 0: eight hours after From, at most Latest
	Zone     *time.Location
	Nation   Nation
	Holidays bool // bank holidays are working days
	Spread   int  // minutes after From, of this person's own; see SpreadOf
}

// SpreadOf is a person's own minute within the half-hour, by the hash of what
// names them, so that not everybody is written to at once.
func SpreadOf(name string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return int(h.Sum32() % spread)
}

// Works reports whether the person works on that day.
func (h Hours) Works(d Date) bool {
	return h.Days.Has(d.Weekday()) && (h.Holidays || !Holiday(d, h.Nation))
}

// furthest is how many days are looked through for a working day. Somebody
// who works one day a week meets one within five weeks even over Christmas.
const furthest = 60

// OnOrBefore is the last working day up to d.
func (h Hours) OnOrBefore(d Date) Date { return h.seek(d, -1) }

// OnOrAfter is the first working day from d on.
func (h Hours) OnOrAfter(d Date) Date { return h.seek(d, 1) }

func (h Hours) seek(d Date, step int) Date {
	for i := range furthest {
		if c := d.Add(i * step); h.Works(c) {
			return c
		}
	}
	return d
}

func (h Hours) zone() *time.Location {
	if h.Zone == nil {
		return time.UTC
	}
	return h.Zone
}

// Today is the day that it is for the person.
func (h Hours) Today(now time.Time) Date { return On(now, h.zone()) }

// Morning is when the person is written to on that day.
func (h Hours) Morning(d Date) time.Time {
	return d.At(0, h.from()+h.Spread, h.zone())
}

// Evening is until when the person may be written to on that day.
func (h Hours) Evening(d Date) time.Time { return d.At(0, h.until(), h.zone()) }

func (h Hours) from() int {
	if h.From == 0 {
		return DefaultFrom
	}
	return min(max(h.From, Earliest), Latest-2*spread)
}

// until leaves at least an hour after from, so that a late morning is not lost.
func (h Hours) until() int {
	u := h.Until
	if u == 0 {
		u = h.from() + DefaultUntil - DefaultFrom
	}
	return min(max(u, h.from()+2*spread), Latest)
}
