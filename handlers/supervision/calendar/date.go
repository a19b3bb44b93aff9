// Package calendar is days: dates without a time, the bank holidays of the
// nations of the United Kingdom, the days and hours somebody works, and the
// morning on which to write to them. It is pure: what day it is now is always
// an argument.
package calendar

import (
	"fmt"
	"time"
)

// Date is a day without a time or a zone: the days since 1 January 1970. The
// zero Date means “none”.
type Date int32

// The first and the last day that a Date may be when it is read from text.
const (
	minYear = 1970
	maxYear = 2200
)

// Make is the day, and false where there is no such day: 31 February.
func Make(year int, month time.Month, day int) (Date, bool) {
	if year < minYear || year > maxYear {
		return 0, false
	}
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	y, m, d := t.Date()
	return fromUTC(t), y == year && m == month && d == day && fromUTC(t) > 0
}

func fromUTC(t time.Time) Date { return Date(t.Unix() / (24 * 60 * 60)) }

// On is the day that it is in a place at a moment.
func On(t time.Time, zone *time.Location) Date {
	y, m, d := t.In(zone).Date()
	return fromUTC(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}

func (d Date) utc() time.Time { return time.Unix(int64(d)*24*60*60, 0).UTC() }

// Zero reports whether it is no date.
func (d Date) Zero() bool { return d == 0 }

// YMD is the year, the month and the day of the month.
func (d Date) YMD() (int, time.Month, int) { return d.utc().Date() }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// Add is n days later; n may be negative.
func (d Date) Add(n int) Date { return d + Date(n) }

// AddMonths is the same day n months later, or the last day of that month
// where it is too short: a month after 31 January is 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	y, m, day := d.YMD()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return fromUTC(first) + Date(min(day, last)-1)
}

// Nth is the nth of a weekday in a month, 1 for the first and -1 for the
// last, and false where there is none.
func Nth(year int, month time.Month, n int, w time.Weekday) (Date, bool) {
	if n < 0 {
		d := fromUTC(time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC))
		return d.Add(-(int(d.Weekday()-w+7) % 7)).Add(7 * (n + 1)), n >= -4
	}
	d := fromUTC(time.Date(year, month, 1, 0, 0, 0, 0, time.UTC))
	d = d.Add(int(w-d.Weekday()+7)%7 + 7*(n-1))
	_, m, _ := d.YMD()
	return d, n > 0 && m == time.Date(year, month, 1, 0, 0, 0, 0, time.UTC).Month()
}

// Next is the first such weekday after d.
func (d Date) Next(w time.Weekday) Date { return d.Add((int(w-d.Weekday())+6)%7 + 1) }

// At is the moment at which the clocks of a zone show a time on that day.
// Where they skip it, it is the moment after the gap.
func (d Date) At(hour, minute int, zone *time.Location) time.Time {
	y, m, day := d.YMD()
	return time.Date(y, m, day, hour, minute, 0, 0, zone)
}

// String is the date as 2026-11-23; "" when there is none.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// Parse reads what String writes.
func Parse(s string) (Date, error) {
	if s == "" {
		return 0, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("not a date: %w", err)
	}
	if y := t.Year(); y < minYear || y > maxYear {
		return 0, fmt.Errorf("the year %d is out of range", y)
	}
	return fromUTC(t), nil
}

// MarshalText writes String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads it.
func (d *Date) UnmarshalText(b []byte) error {
	var err error
	*d, err = Parse(string(b))
	return err
}
