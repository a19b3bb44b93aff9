package stamp

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

var welshDays = []string{"Dydd Sul", "Dydd Llun", "Dydd Mawrth", "Dydd Mercher", "Dydd Iau", "Dydd Gwener", "Dydd Sadwrn"}

var welshMonths = []string{"Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"}

// after "o" some months change their first letter.
var mutated = map[string]string{"Mawrth": "Fawrth", "Mai": "Fai", "Mehefin": "Fehefin", "Gorffennaf": "Orffennaf", "Medi": "Fedi", "Tachwedd": "Dachwedd", "Rhagfyr": "Ragfyr"}

// printers are the ways in which programs print a date and a time.
var printers = map[string]func(t time.Time) string{
	"Teams, British":       func(t time.Time) string { return t.Format("02/01/2006 15:04") },
	"Teams, American":      func(t time.Time) string { return t.Format("1/2/2006 3:04 PM") },
	"Teams, date line":     func(t time.Time) string { return t.Format("Monday 2 January") },
	"Teams, long":          func(t time.Time) string { return t.Format("Monday, 2 January 2006 15:04") },
	"Slack, date line":     func(t time.Time) string { return t.Format("Monday, January ") + english(t.Day()) },
	"Slack, with the year": func(t time.Time) string { return t.Format("January ") + english(t.Day()) + t.Format(", 2006") },
	"Slack, hover":         func(t time.Time) string { return t.Format("Jan 2 at 3:04 PM") },
	"Outlook":              func(t time.Time) string { return t.Format("Mon 02/01/2006 15:04") },
	"a sheet":              func(t time.Time) string { return t.Format("02/01/2006 15:04:05") },
	"a short sheet":        func(t time.Time) string { return t.Format("02/01/06 15:04") },
	"ISO":                  func(t time.Time) string { return t.Format("2006-01-02 15:04:05") },
	"ISO with T and Z":     func(t time.Time) string { return t.Format("2006-01-02T15:04:05Z") },
	"RFC 3339":             func(t time.Time) string { return t.Format("2006-01-02T15:04:05.000") + "+01:00" },
	"a messenger":          func(t time.Time) string { return t.Format("02/01/2006, 15:04") },
	"German dots":          func(t time.Time) string { return t.Format("02.01.2006 15:04") },
	"dashes":               func(t time.Time) string { return t.Format("02-01-2006 15:04") },
	"in words":             func(t time.Time) string { return t.Format("2 January 2006 at 3:04 pm") },
	"short words":          func(t time.Time) string { return t.Format("2 Jan 2006, 15:04") },
	"day and month":        func(t time.Time) string { return t.Format("02/01 15:04") },
	"time before date":     func(t time.Time) string { return t.Format("15:04 02/01/2006") },
	"no space before am":   func(t time.Time) string { return t.Format("2 January 2006 3:04pm") },
	"a narrow space":       func(t time.Time) string { return t.Format("1/2/2006, 3:04\u202fPM") },
	"Welsh, date line": func(t time.Time) string {
		return fmt.Sprintf("%s %d %s", welshDays[t.Weekday()], t.Day(), welshMonths[t.Month()-1])
	},
	"Welsh, with a comma": func(t time.Time) string {
		return fmt.Sprintf("%s, %d %s %d, %s", welshDays[t.Weekday()], t.Day(), welshMonths[t.Month()-1], t.Year(), t.Format("15:04"))
	},
	"Welsh, in words": func(t time.Time) string {
		m := welshMonths[t.Month()-1]
		if s := mutated[m]; s != "" {
			m = s
		}
		return fmt.Sprintf("%d%s o %s %d", t.Day(), welshOrdinal(t.Day()), m, t.Year())
	},
	"Welsh, short": func(t time.Time) string {
		return fmt.Sprintf("%s %d %s %s", strings.TrimPrefix(welshDays[t.Weekday()], "Dydd ")[:3], t.Day(), welshMonths[t.Month()-1][:3], t.Format("15:04"))
	},
}

func english(n int) string {
	switch {
	case n/10 == 1:
		return fmt.Sprint(n, "th")
	case n%10 == 1:
		return fmt.Sprint(n, "st")
	case n%10 == 2:
		return fmt.Sprint(n, "nd")
	case n%10 == 3:
		return fmt.Sprint(n, "rd")
	}
	return fmt.Sprint(n, "th")
}

func welshOrdinal(n int) string {
	switch n {
	case 1:
		return "af"
	case 2:
		return "il"
	case 5, 6:
		return "ed"
	case 7, 8, 9, 10, 12, 15, 18, 20:
		return "fed"
	case 21, 23, 25:
		return "ain"
	}
	return "eg"
}

func TestEveryDayOfTheYearIsReadInEveryWayItIsPrinted(t *testing.T) {
	t.Parallel()
	for name, print := range printers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			monthFirst := strings.Contains(name, "American") || name == "a narrow space"
			faults := 0
			for day := range 365 {
				at := time.Date(2026, 1, 1, 13, 7, 0, 0, time.UTC).AddDate(0, 0, day)
				s := print(at)
				got, ok := Parse(s)
				d := got.Decide(!monthFirst)
				if !ok || d.Day != at.Day() || d.Month != int(at.Month()) || d.Year != 0 && d.Year != at.Year() {
					if faults++; faults < 5 {
						t.Errorf("%q is %+v (%v)", s, d, ok)
					}
					continue
				}
				if d.Weekday > 0 && d.Weekday != weekday(at) {
					t.Errorf("%q falls on day %d of the week", s, d.Weekday)
				}
				if d.Clock && d.Seconds() != 13*3600+7*60 {
					t.Errorf("%q is at %d seconds", s, d.Seconds())
				}
			}
		})
	}
}

func TestEveryMinuteOfTheDayIsReadInEveryWayItIsPrinted(t *testing.T) {
	t.Parallel()
	for _, layout := range []string{"15:04", "15.04", "3:04 PM", "3:04pm", "3:04 p.m.", "15:04:05", "3:04:05 PM"} {
		for minute := range 24 * 60 {
			at := time.Date(2026, 1, 1, 0, minute, 0, 0, time.UTC)
			s := at.Format(layout)
			if strings.HasSuffix(layout, "p.m.") {
				s = at.Format("3:04 ") + map[bool]string{true: "a.m.", false: "p.m."}[at.Hour() < 12]
			}
			if got, ok := Parse(s); !ok || got.Seconds() != minute*60 {
				t.Fatalf("%q is %d seconds (%v), want %d", s, got.Seconds(), ok, minute*60)
			}
		}
	}
}

func TestHoursByThemselvesAreReadWithTheirHalf(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{"4pm": 16, "12 am": 0, "12 PM": 12, "9 a.m.": 9, "2 yp": 14, "9 yb": 9, "8 yr hwyr": 20} {
		if got, ok := Parse(in); !ok || got.Seconds() != want*3600 {
			t.Errorf("%q is %d seconds (%v)", in, got.Seconds(), ok)
		}
	}
	for _, in := range []string{"13 pm 4", "0 pm", "4 pmx", "4", "44pm"} {
		if got, ok := Parse(in); ok {
			t.Errorf("%q is %+v", in, got)
		}
	}
}

func TestZonesAreRead(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{"14:03 UTC": 0, "14:03 GMT": 0, "14:03 BST": 3600, "14:03+01:00": 3600, "14:03 +0530": 19800, "14:03Z": 0} {
		if got, ok := Parse(in); !ok || !got.Zoned || got.Offset != want {
			t.Errorf("%q is %+v (%v)", in, got, ok)
		}
	}
	for _, in := range []string{"UTC", "+01:00", "14:03 +1", "14:03 UTC GMT"} {
		if got, ok := Parse(in); ok {
			t.Errorf("%q is %+v", in, got)
		}
	}
}

func TestDaysKnownOnlyByWhereTheyStandAreVague(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{"Thursday": true, "Yesterday 14:03": true, "Heddiw": true, "Ddoe am 2:03 yp": true, "Thursday 12 March": false, "14:03": false, "12/03": false} {
		got, ok := Parse(in)
		if !ok || got.Vague() != want || got.HasDay() == (want || in == "14:03") {
			t.Errorf("%q is %+v (%v)", in, got, ok)
		}
	}
}
