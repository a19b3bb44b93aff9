// Package when reads dates and intervals as people write them, in English and
// Welsh: “every 4 weeks, next on 12 December”, “bob pedair wythnos”, “first
// Monday”, “3/11”. The day always comes before the month. What can mean two
// things is not guessed: it comes back as a Fault with the choices, to be
// asked. It is pure: what day it is today is an argument.
package when

import (
	"time"

	"cymar/handlers/supervision/calendar"
)

// Kind is a kind of supervision.
type Kind string

// The kinds, in the order in which they are shown.
const (
	Peer         Kind = "peer"         // peer-led practice supervision
	Line         Kind = "line"         // line management
	Clinical     Kind = "clinical"     // clinical or case supervision
	Group        Kind = "group"        // group or reflective practice
	CoReflection Kind = "coreflection" // peers together
	Mentor       Kind = "mentor"       // mentoring, buddying
)

// Kinds is every kind, in order.
var Kinds = []Kind{Peer, Line, Clinical, Group, CoReflection, Mentor}

// Why is what is wrong with something that was written.
type Why string

// The faults.
const (
	NoSuchDay    Why = "no_such_day"   // 31 February
	NoSuchMonth  Why = "no_such_month" // 12/13: the day comes first
	WrongWeekday Why = "wrong_weekday" // Monday 8 December, when that is a Tuesday
	InThePast    Why = "past"
	InTheFuture  Why = "future"
	TooFar       Why = "too_far"       // a date more than a year away
	ZeroInterval Why = "zero_interval" // every 0 days
	TooLong      Why = "too_long"      // an interval of more than a year
	Ambiguous    Why = "ambiguous"     // the choices are in Dates or Every
	Incomplete   Why = "incomplete"    // "next week", without a day
	Nothing      Why = "nothing"       // there is no date or interval in it
)

// Fault is something that was written and cannot be taken as it is.
type Fault struct {
	Why   Why
	Said  string          // the words that it is about, as they were read
	Dates []calendar.Date // what a date may mean
	Every []Interval      // what an interval may mean
}

// typed is the fault with its words as they stand in s, capitals and all.
func (f *Fault) typed(s string) *Fault {
	if f != nil {
		f.Said = asTyped(s, f.Said)
	}
	return f
}

// Error names the fault, without the words.
func (f *Fault) Error() string { return "when: " + string(f.Why) }

// Interval is how often: every so many days or months, and on which weekday
// where one was named. Nth, where set, makes it a weekday of the month: 1 is
// the first, -1 the last. The zero Interval means “not said”.
type Interval struct {
	Days   int          `json:"d,omitempty"`
	Months int          `json:"m,omitempty"`
	Nth    int          `json:"n,omitempty"`
	On     time.Weekday `json:"w,omitempty"`
	Fixed  bool         `json:"f,omitempty"` // On is set
}

// Weeks is every n weeks.
func Weeks(n int) Interval { return Interval{Days: 7 * n} }

// longest is the longest interval, and how far away a date may be.
const longest = 366

// Zero reports whether no interval was said.
func (i Interval) Zero() bool { return i.Days == 0 && i.Months == 0 }

// Length is about how many days it is.
func (i Interval) Length() int {
	if i.Months > 0 {
		return (i.Months*3044 + 50) / 100
	}
	return i.Days
}

// Half is half the interval, in days, for somebody new in post.
func (i Interval) Half() Interval {
	return Interval{Days: max((i.Length()+1)/2, 1)}
}

// Valid is nil for an interval of between a day and a year.
func (i Interval) Valid() *Fault {
	switch {
	case i.Length() <= 0:
		return &Fault{Why: ZeroInterval}
	case i.Length() > longest:
		return &Fault{Why: TooLong}
	}
	return nil
}

// After is the date that comes an interval after d.
func (i Interval) After(d calendar.Date) calendar.Date {
	switch {
	case i.Nth != 0:
		return i.nthAfter(d)
	case i.Months > 0:
		return i.nearest(d, d.AddMonths(i.Months))
	}
	return i.nearest(d, d.Add(max(i.Days, 1)))
}

// nearest is the named weekday nearest to a date, but after d.
func (i Interval) nearest(d, to calendar.Date) calendar.Date {
	if !i.Fixed {
		return to
	}
	n := to.Add(-4).Next(i.On)
	for n <= d {
		n = n.Add(7)
	}
	return n
}

// nthAfter is the nth weekday of a month that is at least half an interval
// away, so that a meeting held a few days early does not count twice.
func (i Interval) nthAfter(d calendar.Date) calendar.Date {
	y, m, _ := d.YMD()
	for k := range 24 {
		n, ok := calendar.Nth(y, m+time.Month(k), i.Nth, i.On)
		if ok && int(n-d) > i.Length()/2 {
			return n
		}
	}
	return d.AddMonths(i.Months)
}

// Default is how often a kind is suggested where nobody says; it is a
// default, not a standard.
func Default(k Kind) Interval {
	if k == Line {
		return Weeks(6)
	}
	return Weeks(4)
}

// Towards is in which direction an incomplete date is meant: "3 Nov" is the
// coming one or the last one.
type Towards int

// The directions.
const (
	Future Towards = iota
	Past
)
