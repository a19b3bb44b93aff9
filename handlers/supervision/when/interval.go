package when

import (
	"strings"
	"time"
)

// every is an interval that was found: what it is or may be, what is wrong
// with it, and how many tokens it takes.
type every struct {
	is    Interval
	may   []Interval
	fault Why
	n     int
}

// ReadInterval reads an interval alone: "every 4 weeks", "monthly", "first
// Monday", "6 weeks", "bob yn ail wythnos".
func ReadInterval(s string) (Interval, *Fault) {
	r := reader{tokens(s)}
	for i := range r.toks {
		if e, ok := r.interval(i); ok {
			is, f := r.settle(e, i)
			return is, f.typed(s)
		}
	}
	for i := range r.toks { // "6 weeks", which in a sentence could be anything
		if e, ok := r.times(i); ok {
			is, f := r.settle(e, i)
			return is, f.typed(s)
		}
	}
	return Interval{}, (&Fault{Why: Nothing, Said: r.said(0, len(r.toks))}).typed(s)
}

// settle is the interval of what was found at i, or what is wrong with it.
func (r reader) settle(e every, i int) (Interval, *Fault) {
	said := r.said(i, i+e.n)
	switch {
	case e.fault != "":
		return Interval{}, &Fault{Why: e.fault, Said: said}
	case len(e.may) > 0:
		return Interval{}, &Fault{Why: Ambiguous, Said: said, Every: e.may}
	}
	if nth, ok := r.monthly(i + e.n); ok && e.is.Months > 0 && e.is.Nth == 0 {
		e.is.Nth, e.is.On = nth.nth, nth.day
	}
	if f := e.is.Valid(); f != nil {
		f.Said = said
		return Interval{}, f
	}
	return e.is, nil
}

// monthly is a weekday of the month within a few tokens from i.
func (r reader) monthly(i int) (nthDay, bool) {
	for j := i; j < i+3; j++ {
		if d, ok := r.nthDay(j); ok && d.month == 0 {
			return d, true
		}
	}
	return nthDay{}, false
}

// interval reads an interval that begins at i.
func (r reader) interval(i int) (every, bool) {
	for _, read := range []func(int) (every, bool){r.afterEvery, r.onceA, r.period, r.nthOfMonth} {
		if e, ok := read(i); ok {
			return r.withDay(e, i), true
		}
	}
	return every{}, false
}

func (r reader) isEvery(i int) bool { return r.is(i, "every", "each", "bob", "pob", "phob") }

// afterEvery is "every …".
func (r reader) afterEvery(i int) (every, bool) {
	if !r.isEvery(i) {
		return every{}, false
	}
	for _, read := range []func(int) (every, bool){r.everyOther, r.everyNth, r.everyDay, r.times, r.one} {
		if e, ok := read(i + 1); ok {
			e.n++
			return e, true
		}
	}
	if _, ok := r.number(i + 1); ok || r.is(i+1, "few", "so", "ychydig") {
		return every{fault: Incomplete, n: 2}, true
	}
	return every{}, false
}

// everyOther is "other week", "yn ail wythnos".
func (r reader) everyOther(i int) (every, bool) {
	k := 0
	switch {
	case r.is(i, "other", "second", "ail", "2nd", "2il", "alternate"):
		k = 1
	case r.is(i, "yn") && r.is(i+1, "ail"):
		k = 2
	default:
		return every{}, false
	}
	if u, ok := words.units[r.at(i+k).text]; ok && u.Days != 1 {
		return every{is: u.times(2), n: k + 1}, true
	}
	if day, n, ok := r.weekday(i + k); ok && r.is(i, "other", "yn") {
		return every{is: Interval{Days: 14, On: day, Fixed: true}, n: k + n}, true
	}
	return every{}, false
}

// everyNth is "first Monday" after every. "Every second Monday" can be two
// things.
func (r reader) everyNth(i int) (every, bool) {
	d, ok := r.nthDay(i)
	if !ok || d.month != 0 {
		return every{}, false
	}
	month := Interval{Months: 1, Nth: d.nth, On: d.day}
	if d.nth > 1 && !d.ofMonth {
		return every{may: []Interval{{Days: 7 * d.nth, On: d.day, Fixed: true}, month}, n: d.n}, true
	}
	return every{is: month, n: d.n}, true
}

// everyDay is "Monday" after every.
func (r reader) everyDay(i int) (every, bool) {
	day, n, ok := r.weekday(i)
	if !ok {
		return every{}, false
	}
	return every{is: Interval{Days: 7, On: day, Fixed: true}, n: n}, true
}

// one is "week" after every.
func (r reader) one(i int) (every, bool) {
	u, ok := words.units[r.at(i).text]
	return every{is: u, n: 1}, ok
}

// times is "4 weeks", "4-6 weeks", "a couple of weeks".
func (r reader) times(i int) (every, bool) {
	lo, hi, n, ok := r.count(i)
	if !ok {
		return every{}, false
	}
	u, ok := words.units[r.at(i+n).text]
	if !ok {
		u, ok = words.periods[r.at(i+n).text]
	}
	if !ok {
		return every{}, false
	}
	if hi > 0 {
		return every{may: []Interval{u.times(lo), u.times(hi)}, n: n + 1}, true
	}
	return every{is: u.times(lo), n: n + 1}, true
}

// count is a number, or a range of two (hi is 0 where there is one).
func (r reader) count(i int) (lo, hi, n int, ok bool) {
	if a, b, found := strings.Cut(r.at(i).text, "-"); found {
		x, y := atoi(a), atoi(b)
		return x, y, 1, x > 0 && y > x
	}
	lo, ok = r.number(i)
	if !ok {
		return 0, 0, 0, false
	}
	n = 1
	if r.is(i+1, "to", "or", "i", "neu") {
		if hi, ok = r.number(i + 2); ok && hi > lo {
			return lo, hi, 3, true
		}
	}
	if r.is(i+n, "of", "o") {
		n++
	}
	return lo, 0, n, true
}

func atoi(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > 9999 {
			return -1
		}
		n = 10*n + int(c-'0')
	}
	return n
}

// times is n of the interval.
func (i Interval) times(n int) Interval {
	i.Days, i.Months = i.Days*n, i.Months*n
	return i
}

// onceA is "once a month", "unwaith y mis", "twice a month".
func (r reader) onceA(i int) (every, bool) {
	per := 0
	switch {
	case r.is(i, "once", "unwaith"):
		per = 1
	case r.is(i, "twice", "dwywaith", "ddwywaith"):
		per = 2
	default:
		return every{}, false
	}
	k := 1
	if r.is(i+k, "a", "per", "y", "yr", "in", "the") || r.isEvery(i+k) {
		k++
	}
	if e, ok := r.times(i + k); ok && per == 1 {
		e.n += k
		return e, true
	}
	u, ok := words.units[r.at(i+k).text]
	if !ok {
		return every{}, false
	}
	if per == 2 {
		u = Interval{Days: u.Length() / 2 / 7 * 7}
	}
	return every{is: u, n: k + 1}, true
}

// period is "monthly", "4 weekly", "biweekly".
func (r reader) period(i int) (every, bool) {
	switch r.at(i).text {
	case "biweekly":
		return every{fault: "", may: []Interval{Weeks(2), {Days: 3}}, n: 1}, true
	case "bimonthly":
		return every{may: []Interval{Weeks(2), {Months: 2}}, n: 1}, true
	}
	if p, ok := words.periods[r.at(i).text]; ok {
		return every{is: p, n: 1}, true
	}
	lo, hi, n, ok := r.count(i)
	p, known := words.periods[r.at(i+n).text]
	switch {
	case !ok || !known:
		return every{}, false
	case hi > 0:
		return every{may: []Interval{p.times(lo), p.times(hi)}, n: n + 1}, true
	}
	return every{is: p.times(lo), n: n + 1}, true
}

// nthOfMonth is "first Monday", "last Friday of the month".
func (r reader) nthOfMonth(i int) (every, bool) {
	d, ok := r.nthDay(i)
	if !ok || d.month != 0 || d.nth < 0 && !d.ofMonth {
		return every{}, false // "last Friday" is a date
	}
	return every{is: Interval{Months: 1, Nth: d.nth, On: d.day}, n: d.n}, true
}

// withDay adds the weekday that is named after an interval: "weekly on
// Tuesdays", "bob pedair wythnos ar ddydd Mawrth".
func (r reader) withDay(e every, i int) every {
	if e.fault != "" || len(e.may) > 0 || e.is.Nth != 0 || e.is.Fixed {
		return e
	}
	k := i + e.n
	if !r.is(k, "on", "ar") {
		return e
	}
	k++
	if r.is(k, "a", "the", "y") {
		k++
	}
	_, nth := r.nthDay(k) // "ar y dydd Llun cyntaf" is read with what it belongs to
	if day, n, ok := r.weekday(k); ok && !nth && !r.isDate(k+n) {
		e.is.On, e.is.Fixed, e.n = day, true, k+n-i
	}
	return e
}

// isDate reports whether a date follows, so that the weekday before it is its.
func (r reader) isDate(i int) bool {
	_, ok := r.dayMonth(i)
	return ok || r.is(i, "week", "nesaf", "next")
}

// weekday is a day of the week at i, with the Welsh "dydd" before it or
// without.
func (r reader) weekday(i int) (time.Weekday, int, bool) {
	n := 0
	if r.is(i, "dydd", "ddydd", "nydd", "nos") {
		n = 1
	}
	t := r.at(i + n).text
	d, ok := words.days[t]
	if n == 0 && ok && r.otherwise(i) {
		return 0, 0, false
	}
	return d, n + 1, ok
}

// otherwise reports whether the weekday at i is rather another word: Mawrth is
// a month beside a number, and nobody's Sunday is "in the sun".
func (r reader) otherwise(i int) bool {
	switch {
	case r.is(i, "mawrth", "fawrth"):
		return r.at(i+1).figure >= 0
	case !r.is(i, "sat", "sun", "wed", "lun", "sul", "iau"):
		return false
	case i == 0 || r.at(i-1).stop() || r.isEvery(i-1):
		return false
	}
	_, nth := words.ordinals[r.at(i-1).text]
	return !nth && !r.is(i-1, "on", "this", "next", "last", "by", "from", "until", "till", "to", "coming", "other", "and", "weekly", "ar", "nos")
}

// nthDay is a weekday of a month: "first Monday", "dydd Llun cyntaf", "last
// Friday of November".
type nthDay struct {
	nth     int
	day     time.Weekday
	ofMonth bool       // "of the month"
	month   time.Month // where one is named
	ahead   int        // months ahead, for "of next month"; then month is -1
	n       int
}

func (r reader) nthDay(i int) (nthDay, bool) {
	var d nthDay
	k := i
	if r.is(k, "the", "y", "yr") {
		k++
	}
	if nth, ok := words.ordinals[r.at(k).text]; ok {
		day, n, ok := r.weekday(k + 1)
		d.nth, d.day = nth, day
		if !ok {
			return d, false
		}
		k += 1 + n
	} else if day, n, ok := r.weekday(k); ok {
		if d.nth, ok = words.ordinals[r.at(k+n).text]; !ok {
			return d, false
		}
		d.day = day
		k += n + 1
	} else {
		return d, false
	}
	d.n = k - i
	return r.ofMonth(d, i), true
}

// ofMonth reads "of the month", "of December", "ym mis Rhagfyr", "bob mis".
func (r reader) ofMonth(d nthDay, i int) nthDay {
	k := i + d.n
	for r.is(k, "of", "in", "the", "o", "ym", "yn", "y", "r") || r.isEvery(k) {
		k++
	}
	if r.is(k, "next", "this") && r.is(k+1, "month") {
		d.month, d.ahead, d.n = -1, 0, k+2-i
		if r.is(k, "next") {
			d.ahead = 1
		}
		return d
	}
	if r.is(k, "mis", "fis") {
		if m, ok := words.months[r.at(k+1).text]; ok && k > i+d.n {
			d.month, d.n = m, k+2-i
			return d
		}
	}
	if m, ok := words.months[r.at(k).text]; ok && k > i+d.n {
		d.month, d.n = m, k+1-i
		return d
	}
	if r.is(k, "month", "months", "mis", "monthly") {
		d.ofMonth, d.n = true, k+1-i
	}
	return d
}
