package transcript

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"cymar/handlers/meetings/transcript/stamp"
)

func TestDaysAreCountedFromTheYearOne(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ y, m, d, want int }{
		{1, 1, 1, 1}, {1, 1, 2, 2}, {1, 12, 31, 365}, {2, 1, 1, 366}, {1970, 1, 1, 719163}, {2000, 3, 1, 730180},
	} {
		if got := dayNumber(c.y, c.m, c.d); got != c.want {
			t.Errorf("%d-%d-%d is day %d, want %d", c.y, c.m, c.d, got, c.want)
		}
	}
}

// at is an item with a clock and what is known of its day.
func at(clock string, d day) item {
	st, _ := stamp.Parse(clock)
	return item{when: st, day: d}
}

func days(items []item) []int {
	var all []int
	for _, it := range items {
		all = append(all, it.day.n)
	}
	return all
}

func TestDaysThatAreNotToldComeFromTheirNeighbours(t *testing.T) {
	t.Parallel()
	known := dayNumber(2026, 3, 12)
	for name, c := range map[string]struct {
		items []item
		want  []int
		dated bool
	}{
		"after":             {[]item{at("14:00", day{n: known}), at("14:05", day{}), at("15:00", day{})}, []int{known, known, known}, true},
		"before":            {[]item{at("14:00", day{}), at("14:05", day{n: known})}, []int{known, known}, true},
		"past midnight":     {[]item{at("23:50", day{n: known}), at("00:10", day{})}, []int{known, known + 1}, true},
		"the evening":       {[]item{at("23:50", day{}), at("00:10", day{n: known})}, []int{known - 1, known}, true},
		"a little late":     {[]item{at("14:10", day{n: known}), at("14:05", day{})}, []int{known, known}, true},
		"another date":      {[]item{at("14:00", day{n: known}), at("14:05", day{n: known + 3}), at("14:06", day{})}, []int{known, known + 3, known + 3}, true},
		"nothing known":     {[]item{at("14:00", day{}), at("14:05", day{}), at("09:00", day{})}, []int{undated, undated, undated + 1}, false},
		"weekdays":          {[]item{at("14:00", day{vague: "w4"}), at("09:00", day{vague: "w1"})}, []int{undated, undated + 4}, false},
		"yesterday, today":  {[]item{at("14:00", day{vague: "r1"}), at("16:00", day{vague: "r0"})}, []int{undated, undated + 1}, false},
		"no clock at all":   {[]item{{}, {}}, []int{undated, undated}, false},
		"a day of year one": {[]item{at("14:00", day{n: dayNumber(1, 3, 12)}), at("14:01", day{})}, []int{dayNumber(1, 3, 12), dayNumber(1, 3, 12)}, false},
	} {
		if dated := fillDays(c.items, time.Time{}); dated != c.dated || !slices.Equal(days(c.items), c.want) {
			t.Errorf("%s: %v %v, want %v", name, dated, days(c.items), c.want)
		}
	}
}

func TestTheBusiestDayIsTheDayThatIsGiven(t *testing.T) {
	t.Parallel()
	items := []item{at("16:00", day{}), at("09:00", day{}), at("09:10", day{}), at("09:20", day{}), at("08:00", day{vague: ""})}
	meeting := time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
	if !fillDays(items, meeting) {
		t.Error("the day was not taken")
	}
	n := dayNumber(2026, 3, 12)
	if want := []int{n - 1, n, n, n, n}; !slices.Equal(days(items), want) {
		t.Errorf("%v, want %v", days(items), want)
	}
}

func TestAMomentIsInTheMeetingsZone(t *testing.T) {
	t.Parallel()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	summer := day{n: dayNumber(2026, 7, 2)}
	zoned := at("14:00", summer)
	zoned.when.Zoned = true
	east := zoned
	east.when.Offset = 7200
	for name, c := range map[string]struct {
		it   item
		want string
	}{
		"local":        {at("14:00", summer), "2026-07-02T14:00:00+01:00"},
		"winter":       {at("14:00", day{n: dayNumber(2026, 1, 8)}), "2026-01-08T14:00:00Z"},
		"UTC":          {zoned, "2026-07-02T15:00:00+01:00"},
		"another zone": {east, "2026-07-02T13:00:00+01:00"},
		"afternoon":    {at("2:03 PM", summer), "2026-07-02T14:03:00+01:00"},
		"undated":      {at("14:00", day{n: undated}), "0001-01-02T14:00:00Z"},
		"absolute":     {item{at: time.Date(2026, 7, 2, 13, 0, 0, 0, time.UTC)}, "2026-07-02T14:00:00+01:00"},
		"no clock":     {item{day: summer}, "0001-01-01T00:00:00Z"},
		"no day":       {at("14:00", day{}), "0001-01-01T00:00:00Z"},
	} {
		if got := c.it.moment(london).Format(time.RFC3339); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestAPieceThatListsTheNewestFirstIsTurnedRound(t *testing.T) {
	t.Parallel()
	down := &piece{items: itemsOf(t, "14:03 Ann: c\n14:02 Bob: b\n14:01 Cat: a")}
	down.forwards()
	if itemWords(down.items) != "Cat a|Bob b|Ann c" {
		t.Error(itemWords(down.items))
	}
	mixed := &piece{items: itemsOf(t, "14:01 Ann: a\n14:03 Bob: b\n14:02 Cat: c\n14:05 Dee: d")}
	mixed.forwards()
	if itemWords(mixed.items) != "Ann a|Bob b|Cat c|Dee d" {
		t.Error(itemWords(mixed.items))
	}
}

func TestTimesAreComparedAsFarAsTheyAreKnown(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 12, 14, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		a, b item
		want int
	}{
		"absolute":  {item{at: now}, item{at: now.Add(time.Second)}, -1},
		"days":      {at("23:00", day{n: 5}), at("01:00", day{n: 6}), -1},
		"clocks":    {at("14:00", day{}), at("13:00", day{}), 1},
		"the same":  {at("14:00", day{n: 5}), at("14:00", day{n: 5}), 0},
		"unknown":   {item{}, at("13:00", day{}), 0},
		"one day":   {at("14:00", day{n: 5}), at("13:00", day{}), 1},
		"half days": {at("1:00 PM", day{}), at("11:00 AM", day{}), 1},
	} {
		if got := compareWhen(&c.a, &c.b); got != c.want {
			t.Errorf("%s: %d", name, got)
		}
	}
}

func TestTheYearStandsBesideTheSameDayOrIsTheNearest(t *testing.T) {
	t.Parallel()
	parse := func(s string) stamp.Stamp {
		st, ok := stamp.Parse(s)
		if !ok {
			t.Fatal(s)
		}
		return st
	}
	for name, c := range map[string]struct {
		seen, date string
		want       int
		guessed    bool
	}{
		"beside it":         {"12/03/2024 14:00", "12 March", 2024, false},
		"beside another":    {"13/03/2024 14:00", "12 March", 2024, false},
		"by its weekday":    {"13:00", "Thursday 12 March", 2026, true},
		"by now":            {"13:00", "12 March", 2026, true},
		"its own":           {"12/03/2024 14:00", "12 March 2025", 2025, false},
		"weekday, and year": {"13/03/2020 14:00", "Thursday 12 March", 2020, false},
	} {
		p := &piece{seen: []stamp.Stamp{parse(c.seen)}}
		d := parse(c.date)
		p.placeYear(&d, p.years(true), laterThatYear)
		if d.Year != c.want || (len(p.guessed) > 0) != c.guessed {
			t.Errorf("%s: %d, guessed %v", name, d.Year, p.guessed)
		}
	}
}

func TestVagueDaysAreSettledAsNamesOfDays(t *testing.T) {
	t.Parallel()
	p := &piece{items: []item{at("Thursday 14:03", day{}), at("Yesterday 14:03", day{}), at("12/03/2026 14:03", day{}), at("14:03", day{}), {text: "words"}}}
	p.settle(Options{Now: laterThatYear})
	var got []string
	for _, it := range p.items {
		got = append(got, fmt.Sprint(it.day.n, it.day.vague))
	}
	want := []string{"0w4", "0r1", fmt.Sprint(dayNumber(2026, 3, 12), ""), "0", "0"}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d: %q, want %q", i, got[i], want[i])
		}
	}
	if p.items[4].key != "words" {
		t.Error("an item has no key")
	}
}
