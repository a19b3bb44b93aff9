// Package stamp reads the dates and times that chat programs print beside a
// message: "13:57", "2:03 PM", "12/03/2026 14:07", "Thursday 12 March",
// "Tuesday, May 19th", "Dydd Iau 12 Mawrth 2026", "Yesterday 4:42 PM",
// "2026-03-12T13:57:09Z". It is pure: what such a stamp leaves out (the year,
// the order of day and month) is for the caller to find out from the others.
package stamp

import "time"

// Half says which half of the day a twelve-hour time belongs to.
type Half uint8

// The halves. The zero value means that the stamp does not say.
const (
	Unsaid Half = iota
	AM
	PM
)

// Stamp is what one piece of text says about when. Its zero value says
// nothing.
type Stamp struct {
	Clock          bool // an hour and a minute are given
	Hour, Min, Sec int
	HasSec         bool
	Half           Half

	Year, Month, Day int  // each 0 where it is not given
	A, B             int  // day and month, or month and day: the order is open
	Bare             bool // A or B has one digit only, as programs in American English write it
	Weekday          int  // 1 is Monday, 7 is Sunday, 0 is not given
	Relative         bool // "today" or "yesterday"
	Back             int  // how many days before today, where Relative

	Zoned  bool // a time zone is given
	Offset int  // seconds east of Greenwich, where Zoned
}

// HasDay reports whether the stamp gives day and month.
func (s Stamp) HasDay() bool { return s.Day > 0 || s.A > 0 }

// Vague reports whether the stamp names a day only by where it stands:
// "Thursday", "yesterday".
func (s Stamp) Vague() bool { return !s.HasDay() && (s.Relative || s.Weekday > 0) }

// Seconds is the time of day in seconds. A twelve-hour time whose half is not
// given is taken as it stands.
func (s Stamp) Seconds() int {
	h := s.Hour
	switch {
	case s.Half == PM && h < 12:
		h += 12
	case s.Half == AM && h == 12:
		h = 0
	}
	return h*3600 + s.Min*60 + s.Sec
}

// Decide fills in day and month of a stamp that gives them in an open order.
// A number over twelve decides for itself.
func (s Stamp) Decide(dayFirst bool) Stamp {
	if s.A == 0 {
		return s
	}
	s.Day, s.Month = s.A, s.B
	if s.B > 12 || !dayFirst && s.A <= 12 {
		s.Day, s.Month = s.B, s.A
	}
	return s
}

// YearNear is the year in which the stamp's day and month fall, looked for
// around ref. Where the weekday is given it must agree, and the nearest such
// year is taken; else the latest that does not lie more than a week after ref.
// It reports 0 where there is none.
func (s Stamp) YearNear(ref time.Time) int {
	best, dist := 0, 0
	for y := ref.Year() - 12; y <= ref.Year()+12; y++ {
		d := time.Date(y, time.Month(s.Month), s.Day, 0, 0, 0, 0, time.UTC)
		if d.Day() != s.Day {
			continue
		}
		away := int(d.Sub(ref.UTC()).Hours() / 24)
		if s.Weekday > 0 && weekday(d) != s.Weekday || s.Weekday == 0 && away > 7 {
			continue
		}
		if away < 0 {
			away = -away
		}
		if best == 0 || away < dist {
			best, dist = y, away
		}
	}
	return best
}

func weekday(t time.Time) int {
	if d := int(t.Weekday()); d > 0 {
		return d
	}
	return 7
}
