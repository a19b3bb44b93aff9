package calendar_test

import (
	"fmt"
	"testing"
	"time"

	. "cymar/handlers/supervision/calendar"
)

// nations is everybody's bank holidays.
var nations = []Nation{EnglandAndWales, Scotland, NorthernIreland}

// holidays is the bank holidays of a year that are on weekdays: the days on
// which nobody is written to who works Monday to Friday.
func holidays(t *testing.T, y int, n Nation) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for d := date(t, fmt.Sprint(y, "-01-01")); d < date(t, fmt.Sprint(y+1, "-01-01")); d++ {
		if w := d.Weekday(); w != time.Saturday && w != time.Sunday && Holiday(d, n) {
			out[d.String()[5:]] = true
		}
	}
	return out
}

// substitutes restates the published rule once more, by hand, for each year in
// which a holiday of a date is at a weekend: the weekday that is given for it.
var substitutes = map[Nation]map[int][]string{
	EnglandAndWales: {2026: {"12-28"}, 2027: {"12-27", "12-28"}, 2028: {"01-03"}},
	Scotland:        {2024: {"12-02"}, 2025: {"12-01"}, 2026: {"12-28"}, 2027: {"01-04", "12-27", "12-28"}, 2028: {"01-03", "01-04"}, 2030: {"12-02"}},
	NorthernIreland: {2024: {"03-18"}, 2025: {"07-14"}, 2026: {"07-13", "12-28"}, 2027: {"12-27", "12-28"}, 2028: {"01-03"}, 2029: {"03-19"}, 2030: {"03-18"}},
}

func TestEveryNationHasAsManyDaysOffAsItsRulesGiveIt(t *testing.T) {
	t.Parallel()
	for y := 2024; y <= 2030; y++ {
		for _, n := range nations {
			want := map[Nation]int{EnglandAndWales: 8, Scotland: 9, NorthernIreland: 10}[n]
			if n == Scotland && y == 2026 {
				want++ // the World Cup
			}
			if got := holidays(t, y, n); len(got) != want {
				t.Errorf("%s %d: %d weekdays off, want %d: %v", n, y, len(got), want, got)
			}
			for _, day := range substitutes[n][y] {
				if !holidays(t, y, n)[day] {
					t.Errorf("%s: %d-%s is not given for the day at the weekend", n, y, day)
				}
			}
		}
	}
}

func TestNoDayIsGivenWhereNoneIsAtAWeekend(t *testing.T) {
	t.Parallel()
	for y := 2024; y <= 2030; y++ {
		for _, n := range nations {
			fixed := map[string]bool{"01-01": true, "12-25": true, "12-26": true, "01-02": n == Scotland, "11-30": n == Scotland,
				"03-17": n == NorthernIreland, "07-12": n == NorthernIreland, "06-15": n == Scotland && y == 2026}
			given := map[string]bool{}
			for _, day := range substitutes[n][y] {
				given[day] = true
			}
			for day := range holidays(t, y, n) {
				d := date(t, fmt.Sprint(y, "-", day))
				monday, goodFriday := d.Weekday() == time.Monday && d.String()[5:7] >= "04" && d.String()[5:7] <= "08", d.Weekday() == time.Friday
				easterInMarch := d.Weekday() == time.Monday && day[:2] == "03"
				if !fixed[day] && !given[day] && !monday && !goodFriday && !easterInMarch {
					t.Errorf("%s: %s %d-%s is a day off by no rule", n, d.Weekday(), y, day)
				}
			}
		}
	}
}

// easters is Easter Sundays as they are published.
var easters = map[int]string{2024: "03-31", 2025: "04-20", 2026: "04-05", 2027: "03-28", 2028: "04-16", 2029: "04-01", 2030: "04-21"}

func TestGoodFridayAndEasterMondayAreAroundThePublishedEaster(t *testing.T) {
	t.Parallel()
	for y, day := range easters {
		sunday := date(t, fmt.Sprint(y, "-", day))
		for _, n := range nations {
			if !Holiday(sunday.Add(-2), n) {
				t.Errorf("%s: %s is Good Friday", n, sunday.Add(-2))
			}
			if got := Holiday(sunday.Add(1), n); got != (n != Scotland) {
				t.Errorf("%s: Easter Monday %s is %v", n, sunday.Add(1), got)
			}
		}
	}
}

func TestADayOffIsNeverOneOfSomebodyElsesNation(t *testing.T) {
	t.Parallel()
	for y := 2024; y <= 2030; y++ {
		for _, only := range []struct {
			day string
			of  Nation
		}{{"03-17", NorthernIreland}, {"07-12", NorthernIreland}, {"11-30", Scotland}} {
			for _, n := range nations {
				d := date(t, fmt.Sprint(y, "-", only.day))
				if Holiday(d, n) != (n == only.of) {
					t.Errorf("%s in %s", d, n)
				}
			}
		}
	}
}

// TestDatesCountAsTheStandardLibraryDoes compares every day of fourteen years.
func TestDatesCountAsTheStandardLibraryDoes(t *testing.T) {
	t.Parallel()
	d, at := date(t, "2020-01-01"), time.Date(2020, 1, 1, 12, 0, 0, 0, time.UTC)
	for ; at.Year() < 2034; d, at = d.Add(1), at.AddDate(0, 0, 1) {
		y, m, n := d.YMD()
		if y != at.Year() || m != at.Month() || n != at.Day() || d.Weekday() != at.Weekday() || d.String() != at.Format(time.DateOnly) {
			t.Fatalf("%s is not %s", d, at.Format(time.DateOnly))
		}
		if made, ok := Make(y, m, n); !ok || made != d {
			t.Fatalf("made %s of %s", made, d)
		}
		if On(at, time.UTC) != d {
			t.Fatalf("%s is on %s", at, On(at, time.UTC))
		}
	}
}

func TestTheDateIsThatOfThePlaceAndNotOfGreenwich(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ at, zone, want string }{
		{"2026-06-30T23:30:00Z", "Europe/London", "2026-07-01"}, // half past midnight in summer time
		{"2026-12-31T23:30:00Z", "Europe/London", "2026-12-31"},
		{"2026-03-29T00:59:00Z", "Europe/London", "2026-03-29"}, // the hour before the clocks change
		{"2026-10-25T00:30:00Z", "Europe/London", "2026-10-25"},
		{"2026-06-30T23:30:00Z", "America/New_York", "2026-06-30"},
		{"2026-06-30T13:30:00Z", "Pacific/Auckland", "2026-07-01"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		loc, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := On(at, loc); got.String() != c.want {
			t.Errorf("%s in %s is %s, want %s", c.at, c.zone, got, c.want)
		}
	}
}

// TestWorkingDaysAreFoundAroundEveryHoliday looks around each holiday of seven
// years for somebody who works Monday to Friday.
func TestWorkingDaysAreFoundAroundEveryHoliday(t *testing.T) {
	t.Parallel()
	for _, n := range nations {
		h := Hours{Zone: london(t), Nation: n}
		for y := 2024; y <= 2030; y++ {
			for day := range holidays(t, y, n) {
				d := date(t, fmt.Sprint(y, "-", day))
				before, after := h.OnOrBefore(d), h.OnOrAfter(d)
				if before >= d || after <= d || !h.Works(before) || !h.Works(after) || d-before > 6 || after-d > 6 {
					t.Errorf("%s, %s: %s to %s", n, d, before, after)
				}
				for between := before + 1; between < after; between++ {
					if h.Works(between) {
						t.Errorf("%s, %s: %s was passed over", n, d, between)
					}
				}
			}
		}
	}
}

func TestTheEveningIsAfterTheMorningOnEveryDayOfTheClocksChange(t *testing.T) {
	t.Parallel()
	for y := 2024; y <= 2030; y++ {
		for d := date(t, fmt.Sprint(y, "-03-20")); d < date(t, fmt.Sprint(y, "-11-05")); d++ {
			for _, h := range []Hours{{Zone: london(t)}, {Zone: london(t), From: 7 * 60, Until: 9 * 60}, {Zone: london(t), From: 19 * 60}} {
				m, e := h.Morning(d), h.Evening(d)
				if !e.After(m) || On(m, h.Zone) != d || On(e, h.Zone) != d {
					t.Fatalf("%s: from %s to %s", d, m, e)
				}
			}
		}
	}
}
