// Package ladder says what somebody is to be reminded of and when: which rung
// each of their supervisions has reached, merged into one message a day. It is
// pure: everything comes from the person's dates and from what time it is now.
//
// No rung is ever marked as sent. A rung has a day, worked out from the date
// of the supervision; it is pending while that day lies after the last day on
// which the person was told. So rungs that were missed merge into the latest,
// and nothing can be counted twice.
package ladder

import (
	"time"

	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/when"
)

// State is how things stand with one supervision.
type State string

// The states.
const (
	Running   State = ""          // there is a date
	Nobody    State = "nobody"    // there is nobody to do it yet
	Cancelled State = "cancelled" // it was cancelled on the person
)

// Clock is one kind of supervision of one person.
type Clock struct {
	Kind    when.Kind     `json:"k"`
	Every   when.Interval `json:"e,omitzero"`
	Default bool          `json:"d,omitempty"` // nobody chose the interval
	Last    calendar.Date `json:"l,omitzero"`  // when it was last held
	Next    calendar.Date `json:"n,omitzero"`  // when it is due
	State   State         `json:"s,omitempty"`
	Since   calendar.Date `json:"c,omitzero"`  // when this was last changed: rungs up to that day are not sent
	Snooze  calendar.Date `json:"z,omitzero"`  // nothing is sent before this day
	Monthly bool          `json:"m,omitempty"` // with Nobody: one quiet line a month
	// Of says whose it is, where it is not the person's own: of that, only the
	// date to come is told, with no snooze of theirs and nothing once it passed.
	Of string `json:"-"`
}

// Pause is when nothing is sent: from the first day up to, not including, the
// second.
type Pause struct {
	From  calendar.Date `json:"f,omitzero"`
	Until calendar.Date `json:"u,omitzero"`
}

// Holds reports whether the day lies in the pause.
func (p Pause) Holds(d calendar.Date) bool { return p.From <= d && d < p.Until }

// Rungs is when people are reminded, in days from the date.
type Rungs struct {
	Before []int // days before, and 0 for the day itself; the most first
	After  int   // days after, for the first reminder of what is overdue
	Every  int   // days between those
	Times  int   // how many of them there are
}

// Usual is the rungs where a space says nothing else.
var Usual = Rungs{Before: []int{7, 1, 0}, After: 3, Every: 7, Times: 4}

// Person is all that decides what somebody is sent.
type Person struct {
	Clocks []Clock
	Pause  Pause
	Told   calendar.Date // the last day on which a message reached them, or never will
	Tried  calendar.Date // the last day on which one was tried
	Hours  calendar.Hours
	Rungs  Rungs
}

// Step is what a reminder is about.
type Step string

// The steps.
const (
	Ahead   Step = "ahead"   // the date is coming
	Today   Step = "today"   // it is the day
	Overdue Step = "overdue" // the date has passed
	Ask     Step = "ask"     // it was cancelled: is there a new date?
	Quiet   Step = "quiet"   // the monthly line to those who have nobody
)

// Item is one supervision in a message.
type Item struct {
	Clock Clock
	Step  Step
	Final bool // after this one the ladder stops
}

// touch is a day on which a clock has something to say.
type touch struct {
	on    calendar.Date
	final bool
}

// lateness is how late a message may be and still come within the day; what
// is later comes on the next suitable morning.
const lateness = 24 * time.Hour

// morning is how long after its time a message still counts as the morning's.
const morning = time.Hour

// Next is when the person is to be written to, at now or later, if nothing
// changes; false when there is nothing to come.
func (p Person) Next(now time.Time) (time.Time, bool) {
	coming, latest := time.Time{}, time.Time{}
	for _, c := range p.Clocks {
		for _, t := range p.pending(c, now) {
			at := p.Hours.Morning(t.on)
			switch {
			case at.After(now):
				if coming.IsZero() || at.Before(coming) {
					coming = at
				}
			case at.After(latest):
				latest = at
			}
		}
	}
	if latest.IsZero() {
		return p.suitable(coming), !coming.IsZero()
	}
	return p.late(now, latest), true
}

// suitable is the moment of a message to come, unless the day is taken.
func (p Person) suitable(at time.Time) time.Time {
	if at.IsZero() || p.Hours.Today(at) > p.taken() {
		return at
	}
	return p.Hours.Morning(p.day(p.taken().Add(1)))
}

// day is the first working day from d on that is in no pause.
func (p Person) day(d calendar.Date) calendar.Date {
	if d = p.Hours.OnOrAfter(d); p.Pause.Holds(d) {
		d = p.Hours.OnOrAfter(p.Pause.Until)
	}
	return d
}

// taken is the last day on which the person was written to.
func (p Person) taken() calendar.Date { return max(p.Told, p.Tried) }

// late is when a message goes whose time has come: now, if now is in the
// person's hours and it is not too late, else on the next suitable morning.
func (p Person) late(now, due time.Time) time.Time {
	today := p.Hours.Today(now)
	next := p.Hours.Morning(p.day(max(today, p.taken()).Add(1)))
	first, last := p.Hours.Morning(today), p.Hours.Evening(today)
	switch {
	case today <= p.taken(), !p.Hours.Works(today), p.Pause.Holds(today):
		return next
	case now.Before(first):
		return first
	case now.Sub(first) <= morning, !now.After(last) && now.Sub(due) <= lateness:
		return now
	}
	return next
}

// Due is what to write now: an item for each supervision with something
// pending, nil when now is not the time.
func (p Person) Due(now time.Time) []Item {
	at, ok := p.Next(now)
	if !ok || at.After(now) {
		return nil
	}
	var out []Item
	today := p.Hours.Today(now)
	for _, c := range p.Clocks {
		var reached *touch
		for _, t := range p.pending(c, now) {
			if t.on <= today && !p.Hours.Morning(t.on).After(now) {
				reached = &t
			}
		}
		if reached != nil && (c.Of == "" || c.Next >= today) {
			out = append(out, Item{Clock: c, Step: step(c, today), Final: reached.final})
		}
	}
	return out
}

// step is what is to be said of a clock on a day.
func step(c Clock, today calendar.Date) Step {
	switch {
	case c.State == Nobody:
		return Quiet
	case c.State == Cancelled:
		return Ask
	case c.Next > today:
		return Ahead
	case c.Next == today:
		return Today
	}
	return Overdue
}

// pending is what a clock has still to say, in order of days.
func (p Person) pending(c Clock, now time.Time) []touch {
	told := max(p.Told, c.Since)
	all := p.touches(c, now)
	out := all[:0]
	for _, t := range all {
		if t.on > told {
			out = append(out, t)
		}
	}
	return out
}

// touches is every day on which a clock has something to say.
func (p Person) touches(c Clock, now time.Time) []touch {
	var all []touch
	if c.Of != "" && (c.State != Running || now.After(p.Hours.Evening(c.Next))) {
		return nil
	}
	switch c.State {
	case Running:
		all = p.ladder(c)
	case Cancelled:
		all = []touch{{on: c.Since.Add(askAfter)}}
	case Nobody:
		all = p.quiet(c, now)
	}
	all = p.snoozed(c, all)
	for i := range all {
		if p.Pause.Holds(all[i].on) {
			all[i].on = p.Pause.Until
		}
	}
	return p.onWorkingDays(c, all)
}

// askAfter is how many days after a cancellation a new date is asked for.
const askAfter = 7

// ladder is the rungs of a date.
func (p Person) ladder(c Clock) []touch {
	if c.Next.Zero() {
		return nil
	}
	var all []touch
	for _, n := range p.Rungs.Before {
		all = append(all, touch{on: c.Next.Add(-n)})
	}
	if c.Of != "" {
		return all
	}
	for k := range p.Rungs.Times {
		on := c.Next.Add(p.Rungs.After + k*p.Rungs.Every)
		all = append(all, touch{on: p.afterPause(c.Next, on), final: k == p.Rungs.Times-1})
	}
	return all
}

// afterPause puts off what is overdue by the days of the pause: those count as
// paused, not as overdue.
func (p Person) afterPause(due, on calendar.Date) calendar.Date {
	from := max(p.Pause.From, due)
	if p.Pause.Until <= from || on < from {
		return on
	}
	return on + p.Pause.Until - from
}

// quiet is the monthly lines about now.
func (p Person) quiet(c Clock, now time.Time) []touch {
	if !c.Monthly || c.Since.Zero() {
		return nil
	}
	today := p.Hours.Today(now)
	y, m, _ := today.YMD()
	y0, m0, _ := c.Since.YMD()
	months := 12*(y-y0) + int(m-m0)
	var all []touch
	for k := max(months-1, 1); k <= max(months, 0)+2; k++ {
		all = append(all, touch{on: c.Since.AddMonths(k)})
	}
	return all
}

// snoozed leaves out what lies before the end of a snooze, and says it then.
func (p Person) snoozed(c Clock, all []touch) []touch {
	if c.Snooze.Zero() {
		return all
	}
	out := []touch{{on: c.Snooze}}
	for _, t := range all {
		if t.on > c.Snooze {
			out = append(out, t)
		} else {
			out[0].final = out[0].final || t.final
		}
	}
	return out
}

// onWorkingDays moves each to a working day: before the date to the one
// before, after it to the one after; and merges those that meet.
func (p Person) onWorkingDays(c Clock, all []touch) []touch {
	out := all[:0]
	for _, t := range all {
		if c.State == Running && t.on <= c.Next && t.on != c.Snooze {
			t.on = p.Hours.OnOrBefore(t.on)
		} else {
			t.on = p.Hours.OnOrAfter(t.on)
		}
		if p.Pause.Holds(t.on) {
			t.on = p.Hours.OnOrAfter(p.Pause.Until)
		}
		if n := len(out); n > 0 && out[n-1].on >= t.on {
			out[n-1].final = out[n-1].final || t.final
			continue
		}
		out = append(out, t)
	}
	return out
}
