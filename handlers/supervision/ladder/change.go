package ladder

import "cymar/handlers/supervision/calendar"

// newcomer is how long somebody counts as new in post, in days.
const newcomer = 12 * 7

// After is when the supervision is due next, counted from a day: a default is
// halved for somebody who came into post less than twelve weeks before.
func (c Clock) After(from, inPost calendar.Date) calendar.Date {
	if c.Default && !inPost.Zero() && from < inPost.Add(newcomer) {
		return c.Every.Half().After(from)
	}
	return c.Every.After(from)
}

// Held records that it took place; the next date is counted from that day.
func (c Clock) Held(on, today, inPost calendar.Date) Clock {
	c.Last, c.Next = on, c.After(on, inPost)
	return c.set(Running, today)
}

// Moved gives it a date.
func (c Clock) Moved(to, today calendar.Date) Clock {
	c.Next = to
	return c.set(Running, today)
}

// CalledOff records that it was cancelled on the person: there is no date, and
// nothing is overdue.
func (c Clock) CalledOff(today calendar.Date) Clock {
	c.Next = 0
	return c.set(Cancelled, today)
}

// WithNobody records that there is nobody to do it.
func (c Clock) WithNobody(today calendar.Date, monthly bool) Clock {
	c.Next, c.Monthly = 0, monthly
	return c.set(Nobody, today)
}

// Quiet puts the reminders off until a day.
func (c Clock) Quiet(until calendar.Date) Clock {
	c.Snooze = until
	return c
}

func (c Clock) set(s State, today calendar.Date) Clock {
	c.State, c.Since, c.Snooze = s, today, 0
	if s != Nobody {
		c.Monthly = false
	}
	return c
}

// Standing is how a clock counts in a report.
type Standing string

// The standings. Exactly one holds.
const (
	UpToDate  Standing = "up to date" // held within its interval
	NotYet    Standing = "not yet"    // never held, and the first date is to come
	Behind    Standing = "overdue"
	Paused    Standing = "paused"
	NoOne     Standing = "nobody"
	CalledOff Standing = "cancelled"
)

// Standing is how the clock counts on a day.
func (c Clock) Standing(p Pause, today calendar.Date) Standing {
	switch {
	case c.State == Nobody:
		return NoOne
	case p.Holds(today):
		return Paused
	case c.State == Cancelled:
		return CalledOff
	case !c.Last.Zero() && today <= c.Every.After(c.Last):
		return UpToDate
	case c.Last.Zero() && today <= c.Next:
		return NotYet
	}
	return Behind
}
