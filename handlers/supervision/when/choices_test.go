package when_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cymar/handlers/supervision/calendar"
	. "cymar/handlers/supervision/when"
)

var (
	englishMonths = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	welshMonths   = []string{"Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"}
	welshDays     = []string{"Sul", "Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn"}
)

// forms is a day of a month as people write it in either language.
func forms(m, d int) []string {
	return []string{
		fmt.Sprintf("%d %s", d, englishMonths[m-1]), fmt.Sprintf("%s %d", englishMonths[m-1], d), fmt.Sprintf("%d %s", d, englishMonths[m-1][:3]),
		fmt.Sprintf("the %d of %s", d, englishMonths[m-1]), fmt.Sprintf("%d/%d", d, m), fmt.Sprintf("%02d/%02d", d, m), fmt.Sprintf("%d.%d", d, m),
		fmt.Sprintf("%d %s", d, welshMonths[m-1]), fmt.Sprintf("ar %d %s", d, welshMonths[m-1]), fmt.Sprintf("%d o %s", d, welshMonths[m-1]),
	}
}

func TestADayThatAMonthNeverHasIsRefusedInEveryForm(t *testing.T) {
	t.Parallel()
	longest := []int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	for m := 1; m <= 12; m++ {
		for d := longest[m-1] + 1; d <= 40; d++ {
			for _, said := range forms(m, d) {
				for _, way := range []Towards{Future, Past} {
					if got, f := ReadDate(said, today, way); f == nil || f.Why != NoSuchDay {
						t.Errorf("%q is %s, %v", said, got, f)
					}
				}
			}
		}
	}
}

func TestTheDayComesFirstWhateverTheFigures(t *testing.T) {
	t.Parallel()
	for m := 1; m <= 12; m++ {
		for d := 1; d <= 28; d++ {
			for _, sep := range []string{"/", "."} {
				said := fmt.Sprintf("%d%s%d%s2027", d, sep, m, sep)
				want, _ := calendar.Make(2027, time.Month(m), d)
				got, f := ReadDate(said, day("2026-12-31"), Future)
				if f != nil || got != want {
					t.Errorf("%q is %s (%v), want %s", said, got, f, want)
				}
			}
		}
	}
	for d := 1; d <= 31; d++ {
		for m := 13; m <= 31; m++ {
			if got, f := ReadDate(fmt.Sprintf("%d/%d", d, m), today, Future); f == nil || f.Why != NoSuchMonth {
				t.Errorf("%d/%d is %s, %v: it is never turned round", d, m, got, f)
			}
		}
	}
}

func TestTheTwentyNinthOfFebruaryIsThereInLeapYearsAlone(t *testing.T) {
	t.Parallel()
	for y := 2024; y <= 2030; y++ {
		from := day(fmt.Sprint(y, "-01-10"))
		got, f := ReadDate(fmt.Sprint("29 February ", y), from, Future)
		if leap := y%4 == 0; leap != (f == nil) || leap && got.String() != fmt.Sprint(y, "-02-29") || !leap && f.Why != NoSuchDay {
			t.Errorf("%d: %s, %v", y, got, f)
		}
	}
}

func TestADateWithoutAYearIsTheNearestThatIsLikely(t *testing.T) {
	t.Parallel()
	for now := day("2024-01-01"); now < day("2030-12-31"); now += 11 {
		for ahead := calendar.Date(0); ahead <= 270; ahead += 9 {
			want := now + ahead
			_, m, d := want.YMD()
			said := fmt.Sprintf("%d %s", d, englishMonths[m-1])
			if got, f := ReadDate(said, now, Future); m != time.February && (f != nil || got != want) {
				t.Errorf("%q on %s is %s (%v), want %s", said, now, got, f, want)
			}
			before := now - ahead
			_, m, d = before.YMD()
			said = fmt.Sprintf("%d %s", d, welshMonths[m-1])
			if got, f := ReadDate(said, now, Past); m != time.February && (f != nil || got != before) {
				t.Errorf("%q on %s is %s (%v), want %s", said, now, got, f, before)
			}
		}
	}
}

func TestADateThatIsJustOverIsAskedAndNotPutOffForAYear(t *testing.T) {
	t.Parallel()
	for ago := calendar.Date(1); ago <= 60; ago++ {
		was := today - ago
		_, m, d := was.YMD()
		for _, said := range []string{fmt.Sprintf("%d %s", d, englishMonths[m-1]), fmt.Sprintf("%d %s", d, welshMonths[m-1]), fmt.Sprintf("%d/%d", d, m)} {
			_, f := ReadDate(said, today, Future)
			if f == nil || f.Why != Ambiguous || len(f.Dates) != 2 || f.Dates[0] != was || f.Dates[1] != was+365 {
				t.Errorf("%q: %+v", said, f)
			}
		}
	}
}

func TestAWeekdayIsTheComingOneWhateverDayItIs(t *testing.T) {
	t.Parallel()
	for now := today; now < today+14; now++ {
		for w := time.Sunday; w <= time.Saturday; w++ {
			for _, said := range []string{w.String(), "on " + w.String(), "this " + w.String(), "dydd " + welshDays[w], "ddydd " + welshDays[w]} {
				got, f := ReadDate(said, now, Future)
				if w == now.Weekday() {
					if f == nil || f.Why != Ambiguous || !cmp.Equal(f.Dates, []calendar.Date{now, now + 7}) {
						t.Errorf("%q on a %s: %s, %+v", said, w, got, f)
					}
					continue
				}
				if f != nil || got.Weekday() != w || got <= now || got > now+6 {
					t.Errorf("%q on %s %s is %s, %v", said, now.Weekday(), now, got, f)
				}
			}
		}
	}
}

func TestNextWeekdayIsAskedInBothLanguages(t *testing.T) {
	t.Parallel()
	for now := today; now < today+7; now++ {
		for w := time.Sunday; w <= time.Saturday; w++ {
			for _, said := range []string{"next " + w.String(), "dydd " + welshDays[w] + " nesaf"} {
				_, f := ReadDate(said, now, Future)
				if f == nil || f.Why != Ambiguous || len(f.Dates) != 2 || f.Dates[1]-f.Dates[0] != 7 || f.Dates[0].Weekday() != w || f.Dates[0] <= now {
					t.Errorf("%q on %s: %+v", said, now.Weekday(), f)
				}
			}
		}
	}
}

func TestAWeekdayThatIsOverIsTheLastOne(t *testing.T) {
	t.Parallel()
	for now := today; now < today+7; now++ {
		for w := time.Sunday; w <= time.Saturday; w++ {
			for _, said := range []string{"last " + w.String(), "dydd " + welshDays[w] + " diwethaf"} {
				if got, f := ReadDate(said, now, Past); f != nil || got.Weekday() != w || got >= now || got < now-7 {
					t.Errorf("%q on %s is %s, %v", said, now.Weekday(), got, f)
				}
			}
			if got, f := ReadDate(w.String(), now, Past); f != nil || got.Weekday() != w || got > now || got <= now-7 {
				t.Errorf("%q on %s is %s, %v", w, now.Weekday(), got, f)
			}
		}
	}
}

func TestTheWrongWeekdayComesWithTheTwoDaysItMayBe(t *testing.T) {
	t.Parallel()
	for d := today + 1; d < today+40; d++ {
		_, m, n := d.YMD()
		for w := time.Sunday; w <= time.Saturday; w++ {
			for _, said := range []string{fmt.Sprintf("%s %d %s", w, n, englishMonths[m-1]), fmt.Sprintf("dydd %s %d %s", welshDays[w], n, welshMonths[m-1])} {
				got, f := ReadDate(said, today, Future)
				if w == d.Weekday() {
					if f != nil || got != d {
						t.Errorf("%q is %s, %v", said, got, f)
					}
					continue
				}
				if f == nil || f.Why != WrongWeekday || len(f.Dates) != 2 || f.Dates[0].Weekday() != w || f.Dates[1] != d || max(f.Dates[0]-d, d-f.Dates[0]) > 4 {
					t.Errorf("%q is %s, %+v", said, got, f)
				}
			}
		}
	}
}

func TestAnAmbiguousIntervalComesWithItsChoices(t *testing.T) {
	t.Parallel()
	for said, want := range map[string][]Interval{
		"every 4-6 weeks":      {Weeks(4), Weeks(6)},
		"every 4 to 6 weeks":   {Weeks(4), Weeks(6)},
		"every 4 or 6 weeks":   {Weeks(4), Weeks(6)},
		"bob 4 neu 6 wythnos":  {Weeks(4), Weeks(6)},
		"bob 4 i 6 wythnos":    {Weeks(4), Weeks(6)},
		"every 1-2 months":     {{Months: 1}, {Months: 2}},
		"biweekly":             {Weeks(2), {Days: 3}},
		"bi-monthly":           {Weeks(2), {Months: 2}},
		"every second Tuesday": {{Days: 14, On: time.Tuesday, Fixed: true}, {Months: 1, Nth: 2, On: time.Tuesday}},
		"every third Friday":   {{Days: 21, On: time.Friday, Fixed: true}, {Months: 1, Nth: 3, On: time.Friday}},
	} {
		got, f := ReadInterval(said)
		if f == nil || f.Why != Ambiguous {
			t.Errorf("%q is %+v, %v", said, got, f)
			continue
		}
		if diff := cmp.Diff(want, f.Every); diff != "" {
			t.Errorf("%q: %s", said, diff)
		}
		for _, i := range f.Every {
			if i.Valid() != nil {
				t.Errorf("%q offers %+v, which cannot be", said, i)
			}
		}
	}
}

func TestRelativeDatesAreCountedInEveryForm(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 50; n++ {
		for said, want := range map[string]calendar.Date{
			fmt.Sprintf("in %d days", n):          today.Add(n),
			fmt.Sprintf("%d days from now", n):    today.Add(n),
			fmt.Sprintf("in %d weeks", n):         today.Add(7 * n),
			fmt.Sprintf("in %d weeks time", n):    today.Add(7 * n),
			fmt.Sprintf("mewn %d wythnos", n):     today.Add(7 * n),
			fmt.Sprintf("ymhen %d diwrnod", n):    today.Add(n),
			fmt.Sprintf("in %d months", n%12+1):   today.AddMonths(n%12 + 1),
			fmt.Sprintf("mewn %d mis", n%12+1):    today.AddMonths(n%12 + 1),
			fmt.Sprintf("%d weeks from today", n): today.Add(7 * n),
		} {
			if got, f := ReadDate(said, today, Future); f != nil || got != want {
				t.Errorf("%q is %s (%v), want %s", said, got, f, want)
			}
		}
		for said, want := range map[string]calendar.Date{
			fmt.Sprintf("%d days ago", n): today.Add(-n), fmt.Sprintf("%d weeks ago", n): today.Add(-7 * n),
			fmt.Sprintf("%d diwrnod yn ôl", n): today.Add(-n), fmt.Sprintf("%d wythnos yn ôl", n): today.Add(-7 * n),
		} {
			if got, f := ReadDate(said, today, Past); f != nil || got != want {
				t.Errorf("%q is %s (%v), want %s", said, got, f, want)
			}
		}
	}
}

func TestHostileTextIsReadInAMomentAndMeansNothing(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"very long":           strings.Repeat("every 4 weeks next on 12 December ", 3000),
		"digits without end":  strings.Repeat("9", 50_000),
		"slashes without end": strings.Repeat("1/", 20_000),
		"turned direction":    "next on \u202e21\u202c December",
		"zero-width":          "ev\u200bery 4 we\u200deks",
		"another script":      "كل ٤ أسابيع",
		"full-width figures":  "every ４ weeks",
		"NUL":                 "every\x004\x00weeks",
		"broken UTF-8":        "every 4 weeks \xff\xfe next \xc3(",
		"only marks":          strings.Repeat(",.;!?", 10_000),
		"combining marks":     "e" + strings.Repeat("\u0301", 5000) + "very 4 weeks",
	} {
		start := time.Now()
		got := Read(text, today)
		_, _ = ReadDate(text, today, Future)
		_, _ = ReadInterval(text)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s took %s", name, took)
		}
		holds(t, name, today, got)
		for _, f := range got.Faults {
			if len(f.Said) > 10_000 {
				t.Errorf("%s: a fault of %d bytes", name, len(f.Said))
			}
		}
	}
}
