package calendar_test

import (
	_ "embed"
	"encoding/json"
	"strings"
	"testing"
	"time"

	. "cymar/handlers/supervision/calendar"
)

//go:embed testdata/bank-holidays.txt
var published string

func date(t testing.TB, s string) Date {
	t.Helper()
	d, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func london(t testing.TB) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestBankHolidaysAreThoseOfThePublishedLists(t *testing.T) {
	t.Parallel()
	years := 0
	for _, line := range strings.Split(strings.TrimSpace(published), "\n") {
		f := strings.Fields(line)
		if f[0] == "#" {
			continue
		}
		want := map[string]bool{}
		for _, day := range f[2:] {
			want[f[1]+"-"+day] = true
		}
		for d := date(t, f[1]+"-01-01"); strings.HasPrefix(d.String(), f[1]); d = d.Add(1) {
			if got := Holiday(d, Nation(f[0])); got != want[d.String()] {
				t.Errorf("%s, %s %s: %v", f[0], d.Weekday(), d, got)
			}
		}
		years++
	}
	if years != 33 {
		t.Errorf("%d years were checked", years)
	}
}

func TestSubstituteAndOneOffDaysCount(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		day    string
		nation Nation
		want   bool
	}{
		{"2026-12-28", EnglandAndWales, true}, // Boxing Day is a Saturday
		{"2027-12-27", EnglandAndWales, true}, // Christmas Day is a Saturday
		{"2027-12-28", Scotland, true},
		{"2028-01-03", EnglandAndWales, true},
		{"2028-01-04", EnglandAndWales, false},
		{"2028-01-04", Scotland, true},
		{"2026-06-15", Scotland, true},
		{"2026-06-15", EnglandAndWales, false},
		{"2023-05-08", NorthernIreland, true},
		{"2022-05-30", EnglandAndWales, false}, // spring was moved to June
		{"2026-07-13", NorthernIreland, true},
		{"2026-11-30", Scotland, true},
		{"2026-11-30", EnglandAndWales, false},
		{"2026-04-06", Scotland, false}, // Easter Monday
		{"2026-04-06", "somewhere else", true},
	} {
		if got := Holiday(date(t, c.day), c.nation); got != c.want {
			t.Errorf("%s in %s: %v", c.day, c.nation, got)
		}
	}
}

func TestThereIsNoThirtyFirstOfFebruary(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		y    int
		m    time.Month
		d    int
		want bool
	}{
		{2026, 2, 31, false}, {2026, 2, 29, false}, {2028, 2, 29, true}, {2026, 13, 1, false},
		{2026, 4, 31, false}, {2026, 12, 31, true}, {2026, 1, 0, false}, {9999, 1, 1, false}, {-5, 1, 1, false},
	} {
		if _, ok := Make(c.y, c.m, c.d); ok != c.want {
			t.Errorf("%d-%d-%d: %v", c.y, c.m, c.d, ok)
		}
	}
}

func TestAMonthLaterIsTheSameDayOrTheLast(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"}, {"2028-01-31", 1, "2028-02-29"}, {"2026-12-15", 1, "2027-01-15"},
		{"2026-03-31", -1, "2026-02-28"}, {"2026-05-31", 6, "2026-11-30"},
	} {
		if got := date(t, c.from).AddMonths(c.n); got.String() != c.want {
			t.Errorf("%s and %d months: %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestTheNthWeekdayOfAMonth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n    int
		day  time.Weekday
		want string
	}{
		{1, time.Monday, "2026-12-07"}, {1, time.Tuesday, "2026-12-01"}, {3, time.Friday, "2026-12-18"},
		{-1, time.Monday, "2026-12-28"}, {-1, time.Thursday, "2026-12-31"}, {-2, time.Thursday, "2026-12-24"},
		{5, time.Tuesday, "2026-12-29"}, {5, time.Friday, ""}, {0, time.Friday, ""},
	} {
		got, ok := Nth(2026, time.December, c.n, c.day)
		if !ok {
			got = 0
		}
		if got.String() != c.want {
			t.Errorf("%d, %s: %s, want %s", c.n, c.day, got, c.want)
		}
	}
}

func TestADateIsWrittenAndReadAgain(t *testing.T) {
	t.Parallel()
	for d := date(t, "2024-01-01"); d < date(t, "2031-01-01"); d = d.Add(1) {
		b, err := json.Marshal(d)
		var back Date
		if err != nil || json.Unmarshal(b, &back) != nil || back != d {
			t.Fatalf("%s: %s, %v", d, b, err)
		}
		y, m, day := d.YMD()
		if again, ok := Make(y, m, day); !ok || again != d {
			t.Fatalf("%s became %s", d, again)
		}
	}
	for _, bad := range []string{"2026-02-31", "12/12/2026", "0001-01-01", "tomorrow"} {
		if d, err := Parse(bad); err == nil {
			t.Errorf("%q is %s", bad, d)
		}
	}
	if d, err := Parse(""); err != nil || !d.Zero() {
		t.Errorf("nothing is %v, %v", d, err)
	}
}
