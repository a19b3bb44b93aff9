package calendar

import (
	"slices"
	"time"
)

// Nation is whose bank holidays count.
type Nation string

// The nations. England and Wales have the same days.
const (
	EnglandAndWales Nation = "england-wales"
	Scotland        Nation = "scotland"
	NorthernIreland Nation = "northern-ireland"
)

// proclaimed is the bank holidays that were proclaimed for one year, or that a
// year's holiday was moved to, and where; nil means everywhere. The rules below
// know nothing of them. New ones are added here.
var proclaimed = map[Date][]Nation{
	must(2020, time.May, 8):        nil,        // early May, on VE Day
	must(2022, time.June, 2):       nil,        // spring, for the Platinum Jubilee
	must(2022, time.June, 3):       nil,        // Platinum Jubilee
	must(2022, time.September, 19): nil,        // State Funeral of Queen Elizabeth II
	must(2023, time.May, 8):        nil,        // Coronation
	must(2026, time.June, 15):      {Scotland}, // men's football World Cup
}

// moved is a bank holiday of the rules that was held on another day that year.
var moved = map[Date]bool{
	must(2020, time.May, 4):  true,
	must(2022, time.May, 30): true,
}

func must(y int, m time.Month, d int) Date {
	date, ok := Make(y, m, d)
	if !ok {
		panic("calendar: no such day in the table")
	}
	return date
}

// Holiday reports whether the day is a bank holiday of the nation, or the day
// in place of which one is given: where Christmas Day is a Saturday, both the
// Saturday and the Monday that is given for it. A nation that is not known
// counts as England and Wales.
func Holiday(d Date, n Nation) bool {
	if in, ok := proclaimed[d]; ok && (in == nil || slices.Contains(in, n)) {
		return true
	}
	if moved[d] {
		return false
	}
	y, m, day := d.YMD()
	return fixedRule(d, m, day, n) || mondayRule(d, y, m, n) || easterRule(d, y, n)
}

// fixedRule is the holidays of a date: the date itself, and the weekday given
// for it where it is at a weekend.
func fixedRule(d Date, m time.Month, day int, n Nation) bool {
	switch {
	case m == time.January:
		return newYear(d, day, n)
	case m == time.December && day >= 25:
		return christmas(d, day)
	case n == NorthernIreland && m == time.March:
		return orMonday(d, day, 17)
	case n == NorthernIreland && m == time.July:
		return orMonday(d, day, 12)
	case n == Scotland && m == time.November:
		return day == 30
	case n == Scotland && m == time.December: // 30 November at a weekend
		return d.Weekday() == time.Monday && day <= 2
	}
	return false
}

// orMonday is one day, or the Monday after where it is at a weekend.
func orMonday(d Date, day, of int) bool {
	return day == of || d.Weekday() == time.Monday && (day == of+1 || day == of+2)
}

// newYear is 1 January, in Scotland 2 January as well, and the weekdays given
// for them.
func newYear(d Date, day int, n Nation) bool {
	if n != Scotland {
		return orMonday(d, day, 1)
	}
	return pair(d, day, 1)
}

// christmas is 25 and 26 December and the weekdays given for them.
func christmas(d Date, day int) bool { return pair(d, day, 25) }

// pair is two days in a row from first, and for each that is at a weekend the
// next weekday that is not taken.
func pair(d Date, day, first int) bool {
	if day == first || day == first+1 {
		return true
	}
	switch d.Add(first - day).Weekday() {
	case time.Friday: // the second is a Saturday
		return day == first+3
	case time.Saturday: // both
		return day == first+2 || day == first+3
	case time.Sunday: // the first; the Monday is taken by the second
		return day == first+2
	}
	return false
}

// mondayRule is the holidays that are a Monday of a month.
func mondayRule(d Date, y int, m time.Month, n Nation) bool {
	nth := func(i int) bool { of, _ := Nth(y, m, i, time.Monday); return of == d }
	switch m {
	case time.May:
		return nth(1) || nth(-1)
	case time.August:
		return n == Scotland && nth(1) || n != Scotland && nth(-1)
	}
	return false
}

// easterRule is Good Friday and, but for Scotland, Easter Monday.
func easterRule(d Date, y int, n Nation) bool {
	e := easter(y)
	return d == e.Add(-2) || n != Scotland && d == e.Add(1)
}

// easter is Easter Sunday by the Gregorian reckoning (the anonymous computus).
func easter(y int) Date {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	d, _ := Make(y, time.Month(n/31), n%31+1)
	return d
}
