package when

import (
	"strconv"
	"strings"
	"time"

	"cymar/handlers/supervision/calendar"
)

// day is a date that was found: what it is or may be, what is wrong with it,
// and how many tokens it takes.
type day struct {
	is    calendar.Date
	may   []calendar.Date
	fault Why
	n     int
}

// ReadDate reads one date. Where the year or the month is not said, it is the
// nearest in that direction.
func ReadDate(s string, today calendar.Date, way Towards) (calendar.Date, *Fault) {
	r := reader{tokens(s)}
	for i := range r.toks {
		if d, ok := r.date(i, today, way); ok {
			is, f := r.decide(d, i, today, way)
			return is, f.typed(s)
		}
	}
	return 0, (&Fault{Why: Nothing, Said: r.said(0, len(r.toks))}).typed(s)
}

// furthestBack is how long ago a date may be, in days.
const furthestBack = 3 * longest

// decide is the date, or what is wrong with it.
func (r reader) decide(d day, i int, today calendar.Date, way Towards) (calendar.Date, *Fault) {
	from := i
	for from < i+d.n-1 && r.is(from, "on", "ar") {
		from++
	}
	f := &Fault{Said: r.said(from, i+d.n), Dates: d.may}
	switch {
	case d.fault != "":
		f.Why = d.fault
	case len(d.may) > 0:
		f.Why = Ambiguous
	case way == Future && d.is < today:
		f.Why, f.Dates = InThePast, []calendar.Date{d.is}
	case way == Past && d.is > today:
		f.Why, f.Dates = InTheFuture, []calendar.Date{d.is}
	case d.is > today.Add(longest) || d.is < today.Add(-furthestBack):
		f.Why, f.Dates = TooFar, []calendar.Date{d.is}
	default:
		return d.is, nil
	}
	return 0, f
}

// date reads a date that begins at i.
func (r reader) date(i int, today calendar.Date, way Towards) (day, bool) {
	for _, read := range []func(int, calendar.Date, Towards) (day, bool){
		r.figures, r.calendarDay, r.neighbour, r.after, r.nthDate, r.weekdayDate, r.ofThisMonth, r.vague,
	} {
		if d, ok := read(i, today, way); ok {
			return d, true
		}
	}
	return day{}, false
}

// figures is 12/12, 12.12.26, 2026-12-12.
func (r reader) figures(i int, today calendar.Date, way Towards) (day, bool) {
	parts := strings.FieldsFunc(r.at(i).text, func(c rune) bool { return strings.ContainsRune("/.-", c) })
	between := len(parts) == 2 && strings.Contains(r.at(i).text, "-") // "4-6" is from four to six
	if len(parts) < 2 || atoi(parts[0]) < 0 || between || r.is(i, "24/7") {
		return day{}, false
	}
	y := 0
	if len(parts) == 3 {
		if len(parts[0]) == 4 {
			parts[0], parts[2] = parts[2], parts[0]
		}
		y = fullYear(atoi(parts[2]))
	}
	return inYear(atoi(parts[1]), atoi(parts[0]), y, today, way, 1), true
}

// fullYear is 2026 for 26.
func fullYear(y int) int {
	if y > 0 && y < 100 {
		return 2000 + y
	}
	return y
}

// inYear is a day of a month in a year, or in the nearest year where y is 0.
func inYear(m, d, y int, today calendar.Date, way Towards, n int) day {
	if m < 1 || m > 12 {
		return day{fault: NoSuchMonth, n: n}
	}
	if d < 1 || d > 31 || d > 29 && m == 2 || d > 30 && (m == 4 || m == 6 || m == 9 || m == 11) {
		return day{fault: NoSuchDay, n: n}
	}
	if y != 0 {
		is, ok := calendar.Make(y, time.Month(m), d)
		if !ok {
			return day{fault: NoSuchDay, n: n}
		}
		return day{is: is, n: n}
	}
	return nearestYear(time.Month(m), d, today, way, n)
}

// unlikely is how far away a date without a year may be before it is asked
// whether it was not meant in the other direction.
const unlikely = 274

func nearestYear(m time.Month, d int, today calendar.Date, way Towards, n int) day {
	this, _, _ := today.YMD()
	var before, after calendar.Date
	for y := this - 4; y <= this+4; y++ { // 29 February may be four years away
		c, ok := calendar.Make(y, m, d)
		switch {
		case !ok:
		case c < today, c == today && way == Past:
			before = c
		case after == 0:
			after = c
		}
	}
	meant, other := after, before
	if way == Past {
		meant, other = before, after
	}
	if abs(int(meant-today)) > unlikely && abs(int(other-today)) < longest-unlikely {
		return day{may: []calendar.Date{other, meant}, n: n}
	}
	return day{is: meant, n: n}
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// calendarDay is "12 December", "the 12th of December", "Monday 7 December
// 2026", "December 12", "12fed o Ragfyr".
func (r reader) calendarDay(i int, today calendar.Date, way Towards) (day, bool) {
	k, named := i, false
	if r.is(k, "next", "this", "last") {
		k++
	}
	w, n, ok := r.weekday(k)
	if ok {
		k, named = k+n, true
	} else {
		k = i
	}
	dm, ok := r.dayMonth(k)
	if !ok {
		return day{}, false
	}
	k += dm.n
	y := 0
	if f := r.at(k).figure; f >= 1970 && f <= 2200 {
		y, k = f, k+1
	}
	d := inYear(dm.month, dm.day, y, today, way, k-i)
	if named && d.is != 0 && d.is.Weekday() != w {
		return day{fault: WrongWeekday, may: []calendar.Date{d.is.Add(-4).Next(w), d.is}, n: k - i}, true
	}
	return d, true
}

// dayMonth is a day and a month at i, in either order.
type dayMonth struct{ day, month, n int }

func (r reader) dayMonth(i int) (dayMonth, bool) {
	k := i
	for r.is(k, "the", "y", "yr", "on", "ar") {
		k++
	}
	if f := r.at(k).figure; f >= 0 && f < 1000 {
		k++
		for r.is(k, "of", "o", "ym", "mis", "fis") {
			k++
		}
		m, ok := words.months[r.at(k).text]
		return dayMonth{f, int(m), k + 1 - i}, ok
	}
	if r.is(k, "mis", "fis") {
		k++
	}
	m, ok := words.months[r.at(k).text]
	if !ok {
		return dayMonth{}, false
	}
	k++
	if r.is(k, "the") {
		k++
	}
	f := r.at(k)
	return dayMonth{f.figure, int(m), k + 1 - i}, f.figure >= 0 && f.figure < 1000
}

// neighbour is today, tomorrow, yesterday, the day after tomorrow.
func (r reader) neighbour(i int, today calendar.Date, _ Towards) (day, bool) {
	k := i
	if r.is(k, "the") {
		k++
	}
	switch {
	case r.is(k, "day") && r.is(k+1, "after") && r.is(k+2, "tomorrow"):
		return day{is: today.Add(2), n: k + 3 - i}, true
	case r.is(k, "day") && r.is(k+1, "before") && r.is(k+2, "yesterday"):
		return day{is: today.Add(-2), n: k + 3 - i}, true
	}
	n, ok := words.relative[r.at(i).text]
	return day{is: today.Add(n), n: 1}, ok
}

// after is "in 3 weeks", "3 weeks ago", "mewn pythefnos", "a week today".
func (r reader) after(i int, today calendar.Date, _ Towards) (day, bool) {
	k, ahead := i, r.is(i, "in", "mewn", "ymhen", "within")
	if ahead {
		k++
	}
	e, ok := r.times(k)
	if !ok {
		e, ok = r.one(k)
	}
	if !ok || len(e.may) > 0 {
		return day{}, false
	}
	k += e.n
	switch {
	case ahead:
		if r.is(k, "time") {
			k++
		}
	case r.is(k, "ago"):
		e.is, k = e.is.times(-1), k+1
	case r.is(k, "yn") && r.is(k+1, "ol"):
		e.is, k = e.is.times(-1), k+2
	case r.is(k, "today", "time", "heddiw") || r.is(k, "from") && r.is(k+1, "now", "today"):
		k++
	default:
		return day{}, false
	}
	if abs(e.is.Length()) > furthestBack {
		return day{fault: TooFar, n: k - i}, true
	}
	return day{is: today.AddMonths(e.is.Months).Add(e.is.Days), n: k - i}, true
}

// nthDate is "first Monday of December", "last Friday of next month".
func (r reader) nthDate(i int, today calendar.Date, way Towards) (day, bool) {
	d, ok := r.nthDay(i)
	if !ok || d.nth < 0 && d.month == 0 {
		return day{}, false
	}
	y, m, _ := today.YMD()
	step := 1
	if way == Past {
		step = -1
	}
	switch {
	case d.month < 0:
		at, ok := calendar.Nth(y, m+time.Month(d.ahead), d.nth, d.day)
		return day{is: at, n: d.n}, ok
	case d.month > 0:
		m, step = d.month, step*12
	}
	for k := -1; k < 14; k++ {
		at, ok := calendar.Nth(y, m+time.Month(k*step), d.nth, d.day)
		if ok && (way == Future && at >= today || way == Past && at <= today) {
			return day{is: at, n: d.n}, true
		}
	}
	return day{fault: NoSuchDay, n: d.n}, true
}

// weekdayDate is "Tuesday", "next Tuesday", "dydd Mawrth diwethaf". Next
// Tuesday can mean the coming one or the one after it: it is asked.
func (r reader) weekdayDate(i int, today calendar.Date, way Towards) (day, bool) {
	k := i
	next, this, last := r.is(k, "next"), r.is(k, "this", "coming"), r.is(k, "last", "past")
	if next || this || last {
		k++
	}
	w, n, ok := r.weekday(k)
	if !ok {
		return day{}, false
	}
	k += n
	switch {
	case r.is(k, "nesaf", "next"):
		next, k = true, k+1
	case r.is(k, "hwn", "yma"):
		this, k = true, k+1
	case r.is(k, "diwethaf", "ddiwethaf"):
		last, k = true, k+1
	case r.is(k, "week"): // Tuesday week
		return day{is: today.Next(w).Add(7), n: k + 1 - i}, true
	}
	coming, gone := today.Next(w), today.Next(w).Add(-7)
	if gone == today {
		gone = gone.Add(-7)
	}
	switch {
	case next:
		return day{may: []calendar.Date{coming, coming.Add(7)}, n: k - i}, true
	case last || way == Past && !this:
		if !last && today.Weekday() == w {
			gone = today
		}
		return day{is: gone, n: k - i}, true
	case today.Weekday() == w:
		return day{may: []calendar.Date{today, coming}, n: k - i}, true
	}
	return day{is: coming, n: k - i}, true
}

// ofThisMonth is "the 3rd", "ar y 3ydd".
func (r reader) ofThisMonth(i int, today calendar.Date, way Towards) (day, bool) {
	k := i
	if r.is(k, "the", "y", "yr") {
		k++
	}
	t := r.at(k)
	if t.figure < 1 || t.suffix == "" && k == i || r.unit(k+1) {
		return day{}, false
	}
	if t.figure > 31 {
		return day{fault: NoSuchDay, n: k + 1 - i}, true
	}
	y, m, _ := today.YMD()
	step := 1
	if way == Past {
		step = -1
	}
	for j := range 3 {
		first, _ := calendar.Make(y, m, 1)
		yy, mm, _ := first.AddMonths(j * step).YMD()
		d, ok := calendar.Make(yy, mm, t.figure)
		if ok && (way == Future && d >= today || way == Past && d <= today) {
			return day{is: d, n: k + 1 - i}, true
		}
	}
	return day{fault: NoSuchDay, n: k + 1 - i}, true
}

func (r reader) unit(i int) bool {
	t := r.at(i).text
	_, u := words.units[t]
	_, p := words.periods[t]
	_, d := words.days[t]
	return u || p || d
}

// vague is "next week", "yr wythnos nesaf", "end of the month": which day?
func (r reader) vague(i int, _ calendar.Date, _ Towards) (day, bool) {
	_, u := words.units[r.at(i+1).text]
	if r.is(i, "next", "this", "last") && u {
		return day{fault: Incomplete, n: 2}, true
	}
	_, u = words.units[r.at(i).text]
	if u && r.is(i+1, "nesaf", "diwethaf", "ddiwethaf", "hwn", "yma") {
		return day{fault: Incomplete, n: 2}, true
	}
	return day{}, false
}

// Days is how many days away a snooze of "3", "3 days" or "a week" is, and
// false where it is none of these.
func Days(s string) (int, bool) {
	if n, err := strconv.Atoi(strings.TrimSpace(s)); err == nil {
		return n, true
	}
	r := reader{tokens(s)}
	i := 0
	if r.is(i, "for", "in", "am", "mewn") {
		i++
	}
	e, ok := r.times(i)
	if !ok {
		e, ok = r.one(i)
	}
	return e.is.Length(), ok && len(e.may) == 0 && i+e.n == len(r.toks)
}
