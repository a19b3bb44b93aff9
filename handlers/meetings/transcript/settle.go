package transcript

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"cymar/handlers/meetings/transcript/stamp"
)

// undated is the day on which messages lie whose day is not known. It is not
// the first of that year, so that midnight is not the zero time.
var undated = dayNumber(1, 1, 2)

const daySeconds = 24 * 3600

// dayNumber counts the days since the beginning of the year 1, from 1.
func dayNumber(y, m, d int) int {
	return int((time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix()+62135596800)/daySeconds) + 1
}

// settle finds out the day of every item of a piece, as far as the piece
// itself tells: the order of day and month, the year, and what "today" is.
func (p *piece) settle(o Options) {
	first := p.dayFirst()
	years := p.years(first)
	for i := range p.items {
		it := &p.items[i]
		if it.key == "" {
			it.key = keyOf(it.text)
		}
		if !it.at.IsZero() || !it.when.Clock && !it.when.HasDay() {
			continue
		}
		it.when = it.when.Decide(first)
		switch {
		case it.when.HasDay():
			p.placeYear(&it.when, years, o.Now)
			it.day = day{n: dayNumber(max(it.when.Year, 1), it.when.Month, it.when.Day)}
		case it.when.Relative:
			it.day.vague = fmt.Sprint("r", it.when.Back)
		case it.when.Weekday > 0:
			it.day.vague = fmt.Sprint("w", it.when.Weekday)
		}
	}
}

// placeYear gives a date its year: the one that stands elsewhere beside the
// same day, else the nearest to now. Where there is no now it stays 0.
func (p *piece) placeYear(s *stamp.Stamp, years map[[2]int]int, now time.Time) {
	if s.Year != 0 {
		return
	}
	if y := years[[2]int{s.Month, s.Day}]; y > 0 {
		s.Year = y
		return
	}
	if y := years[[2]int{}]; y > 0 {
		s.Year = s.YearNear(time.Date(y, 6, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 6, 0))
		if s.Weekday == 0 || s.Year == 0 {
			s.Year = y
		}
		return
	}
	if now.IsZero() {
		return
	}
	if s.Year = s.YearNear(now); s.Year > 0 && !slices.Contains(p.guessed, MissingDate) {
		p.guessed = append(p.guessed, MissingDate)
	}
}

// stamps are all that the piece's layout shows, with those of quotations.
func (p *piece) stamps() []stamp.Stamp {
	all := slices.Clone(p.seen)
	for i := range p.items {
		all = append(all, p.items[i].when)
	}
	return all
}

// years maps month and day to the year that stands beside them somewhere in
// the piece; the zero key has the latest year that stands anywhere.
func (p *piece) years(dayFirst bool) map[[2]int]int {
	years := map[[2]int]int{}
	for _, s := range p.stamps() {
		if s = s.Decide(dayFirst); s.Year > 0 {
			years[[2]int{s.Month, s.Day}] = s.Year
			years[[2]int{}] = max(years[[2]int{}], s.Year)
		}
	}
	return years
}

// dayFirst decides between 12 March and 3 December for 12/03: by a number
// over twelve, by a date written out, by which order makes the shorter
// meeting, and last by how American programs print.
func (p *piece) dayFirst() bool {
	named := map[[2]int]bool{}
	first, second, american := 0, 0, 0
	var numeric []stamp.Stamp
	for _, s := range p.stamps() {
		if s.A == 0 {
			if s.Day > 0 {
				named[[2]int{s.Month, s.Day}] = true
			}
			continue
		}
		numeric = append(numeric, s)
		if s.Bare && s.Half != stamp.Unsaid {
			american++
		}
	}
	for _, s := range numeric {
		switch {
		case s.A > 12 || named[[2]int{s.B, s.A}]:
			first++
		case s.B > 12 || named[[2]int{s.A, s.B}]:
			second++
		}
	}
	if first != second {
		return first > second
	}
	if a, b := span(numeric, true), span(numeric, false); a != b {
		return a < b
	}
	return american == 0
}

// span is how many days lie between the first and the last of dates.
func span(all []stamp.Stamp, dayFirst bool) int {
	lo, hi := 1<<30, -1
	for _, s := range all {
		s = s.Decide(dayFirst)
		n := dayNumber(max(s.Year, 2000), s.Month, s.Day)
		lo, hi = min(lo, n), max(hi, n)
	}
	return hi - lo
}

// forwards puts a piece in order that lists the newest message first.
func (p *piece) forwards() {
	up, down := 0, 0
	for i := 1; i < len(p.items); i++ {
		a, b := &p.items[i-1], &p.items[i]
		switch c := compareWhen(a, b); {
		case c < 0:
			up++
		case c > 0:
			down++
		}
	}
	if down > 2*up {
		slices.Reverse(p.items)
	}
}

func compareWhen(a, b *item) int {
	if !a.at.IsZero() && !b.at.IsZero() {
		return a.at.Compare(b.at)
	}
	if a.day.n > 0 && b.day.n > 0 && a.day.n != b.day.n {
		return cmp.Compare(a.day.n, b.day.n)
	}
	if !a.when.Clock || !b.when.Clock {
		return 0
	}
	return cmp.Compare(a.when.Seconds(), b.when.Seconds())
}

// sortItems orders by time; what has the same time stays as it was.
func sortItems(items []item) []item {
	slices.SortStableFunc(items, func(a, b item) int { return a.at.Compare(b.at) })
	return items
}

// fillDays gives a day to every item that has none: from its neighbours, one
// more where the clock goes back by hours or "Thursday" becomes "Friday".
// Where no day is known, most of them lie on the day given, or on no day. It
// reports whether the days are known.
func fillDays(items []item, known time.Time) (dated bool) {
	first := slices.IndexFunc(items, func(it item) bool { return it.day.n > 0 })
	if first < 0 {
		return assume(items, known)
	}
	for i := first - 1; i >= 0; i-- {
		items[i].day.n = items[i+1].day.n - daysBetween(&items[i], &items[i+1])
	}
	for i := first + 1; i < len(items); i++ {
		if items[i].day.n == 0 {
			items[i].day.n = items[i-1].day.n + daysBetween(&items[i-1], &items[i])
		}
	}
	return items[first].day.n > dayNumber(1970, 1, 1)
}

// assume counts days from the first item, and puts the busiest on the day of
// the meeting.
func assume(items []item, known time.Time) (dated bool) {
	busy := map[int]int{}
	n := undated
	for i := range items {
		if i > 0 {
			n += daysBetween(&items[i-1], &items[i])
		}
		items[i].day.n = n
		busy[n]++
	}
	if known.IsZero() {
		return false
	}
	most := undated
	for d, count := range busy {
		if count > busy[most] || count == busy[most] && d < most {
			most = d
		}
	}
	y, m, d := known.Date()
	shift := dayNumber(y, int(m), d) - most
	for i := range items {
		items[i].day.n += shift
	}
	return true
}

// daysBetween is how many days later b was written than a, as far as the
// names of the days and the clock tell.
func daysBetween(a, b *item) int {
	va, vb := a.day.vague, b.day.vague
	if va != "" && vb != "" && va[0] == vb[0] {
		n, m := int(va[1]-'0'), int(vb[1]-'0')
		if va[0] == 'r' {
			return max(0, n-m)
		}
		return (m - n + 7) % 7
	}
	const hours = 3 * 3600 // further back than messages get out of order
	if a.when.Clock && b.when.Clock && a.when.Seconds() > b.when.Seconds()+hours {
		return 1
	}
	return 0
}

// moment is the point in time of an item whose day is known.
func (it *item) moment(zone *time.Location) time.Time {
	switch {
	case it.at.Year() > 1:
		return it.at.In(zone)
	case !it.at.IsZero():
		return it.at // a time without a day has no zone either
	}
	if it.day.n <= 0 || !it.when.Clock {
		return time.Time{}
	}
	sec := it.when.Seconds()
	midnight := time.Unix(int64(it.day.n-1)*daySeconds-62135596800, 0).UTC()
	switch {
	case midnight.Year() < 1970: // no day, so no zone either
		return midnight.Add(time.Duration(sec) * time.Second)
	case it.when.Zoned:
		return midnight.Add(time.Duration(sec-it.when.Offset) * time.Second).In(zone)
	}
	y, m, d := midnight.Date()
	return time.Date(y, m, d, sec/3600, sec/60%60, sec%60, 0, zone)
}
