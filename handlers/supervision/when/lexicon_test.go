package when_test

import (
	"fmt"
	"testing"
	"time"

	. "cymar/handlers/supervision/when"
)

func TestMonthsAreKnownInEveryMutatedForm(t *testing.T) {
	t.Parallel()
	for month, forms := range map[time.Month][]string{
		time.January:   {"Ionawr", "January", "Jan"},
		time.February:  {"Chwefror", "February", "Feb"},
		time.March:     {"Mawrth", "Fawrth", "March", "Mar"},
		time.April:     {"Ebrill", "April", "Apr"},
		time.May:       {"Mai", "Fai", "May"},
		time.June:      {"Mehefin", "Fehefin", "June", "Jun"},
		time.July:      {"Gorffennaf", "Orffennaf", "Ngorffennaf", "July", "Jul"},
		time.August:    {"Awst", "August", "Aug"},
		time.September: {"Medi", "Fedi", "September", "Sept", "Sep"},
		time.October:   {"Hydref", "October", "Oct"},
		time.November:  {"Tachwedd", "Dachwedd", "Nhachwedd", "Thachwedd", "November", "Nov"},
		time.December:  {"Rhagfyr", "Ragfyr", "December", "Dec"},
	} {
		for _, form := range forms {
			for _, said := range []string{"7 " + form, "7fed o " + form, form + " 7", "the 7th of " + form, "ar 7 " + form} {
				d, f := ReadDate(said, today, Future)
				if f != nil && f.Why == Ambiguous {
					d = f.Dates[1] // a little in the past: it is asked
				}
				if _, m, n := d.YMD(); m != month || n != 7 {
					t.Errorf("%q is %s (%v)", said, d, f)
				}
			}
		}
	}
}

func TestWeekdaysAreKnownInEveryForm(t *testing.T) {
	t.Parallel()
	for day, forms := range map[time.Weekday][]string{
		time.Monday:    {"Monday", "mon", "dydd Llun", "ddydd Llun", "nos Lun"},
		time.Tuesday:   {"Tuesday", "tues", "tue", "dydd Mawrth", "ddydd Mawrth", "nos Fawrth"},
		time.Wednesday: {"Wednesday", "weds", "wed", "dydd Mercher", "nos Fercher"},
		time.Thursday:  {"Thursday", "thurs", "thu", "dydd Iau", "nos Iau"},
		time.Friday:    {"Friday", "fri", "dydd Gwener", "nos Wener"},
		time.Saturday:  {"Saturday", "sat", "dydd Sadwrn", "nos Sadwrn"},
		time.Sunday:    {"Sunday", "sun", "dydd Sul", "nos Sul"},
	} {
		for _, form := range forms {
			d, f := ReadDate("this "+form, today, Future)
			if f != nil && f.Why == Ambiguous {
				d = f.Dates[0]
			}
			if d.Weekday() != day || d < today || d > today.Add(7) {
				t.Errorf("%q is %s (%v)", form, d, f)
			}
			if got, f := ReadInterval("every " + form); f != nil || !got.Fixed || got.On != day {
				t.Errorf("every %q is %+v (%v)", form, got, f)
			}
		}
	}
}

func TestNumbersAreKnownInWordsAndInEveryMutatedForm(t *testing.T) {
	t.Parallel()
	for n, forms := range map[int][]string{
		2:  {"2", "two", "dwy", "ddwy", "dau", "ddau"},
		3:  {"3", "three", "tair", "dair", "thair", "tri", "dri", "thri"},
		4:  {"4", "four", "pedair", "bedair", "phedair", "pedwar", "bedwar", "phedwar"},
		5:  {"5", "five", "pump", "bump", "phump", "pum", "bum", "phum"},
		6:  {"6", "six", "chwech", "chwe"},
		7:  {"7", "seven", "saith"},
		8:  {"8", "eight", "wyth"},
		9:  {"9", "nine", "naw"},
		10: {"10", "ten", "deg", "ddeg", "deng", "ddeng"},
		12: {"12", "twelve", "deuddeg", "ddeuddeg", "deuddeng"},
		15: {"15", "fifteen", "pymtheg", "bymtheg"},
		20: {"20", "twenty", "ugain"},
	} {
		for _, form := range forms {
			for _, said := range []string{"every %s weeks", "bob %s wythnos", "every %s wks", "%s weekly"} {
				said = fmt.Sprintf(said, form)
				if got, f := ReadInterval(said); f != nil || got != Weeks(n) {
					t.Errorf("%q is %+v (%v)", said, got, f)
				}
			}
			in, cy := fmt.Sprintf("in %s weeks", form), fmt.Sprintf("mewn %s wythnos", form)
			for _, said := range []string{in, cy} {
				if got, f := ReadDate(said, today, Future); f != nil || got != today.Add(7*n) {
					t.Errorf("%q is %s (%v)", said, got, f)
				}
			}
		}
	}
}

func TestUnitsAreKnownInEveryForm(t *testing.T) {
	t.Parallel()
	for want, forms := range map[Interval][]string{
		{Days: 3}:    {"3 days", "3 day", "3 diwrnod", "3 dydd", "3 niwrnod"},
		{Days: 21}:   {"3 weeks", "3 week", "3 wks", "3 wk", "3 wythnos", "3 wythnosau"},
		{Days: 42}:   {"3 fortnights", "3 pythefnos"},
		{Months: 3}:  {"3 months", "3 month", "3 mths", "3 mis", "3 fis", "3 misoedd"},
		{Months: 6}:  {"2 quarters", "2 chwarter"},
		{Months: 12}: {"1 year", "a year", "1 blwyddyn", "un flwyddyn"},
	} {
		for _, form := range forms {
			if got, f := ReadInterval("every " + form); f != nil || got != want {
				t.Errorf("every %q is %+v (%v)", form, got, f)
			}
		}
	}
}

func TestOrdinaryWordsAreNoDates(t *testing.T) {
	t.Parallel()
	for _, said := range []string{
		"may I ask something",
		"I sat with her in the sun",
		"we wed in haste",
		"mar the surface",
		"they march on",
		"an august body",
		"dec the halls",
		"rydw i'n meddwl mai dyna'r peth gorau",
		"mae hi'n fis prysur",
		"wyth o bobl",
		"one to one with nobody",
		"1:1",
		"4-6 people",
		"band 5 and band 6",
		"£12.50",
		"ward 12",
		"24/7",
	} {
		got := Read(said, today)
		if !got.Next.Zero() || !got.Last.Zero() || !got.Every.Zero() {
			t.Errorf("%q is taken for %+v", said, got)
		}
	}
}

func TestADateIsCountedFromTheDayThatItIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ now, said, want string }{
		{"2026-12-30", "3 January", "2027-01-03"},
		{"2026-12-31", "tomorrow", "2027-01-01"},
		{"2027-01-02", "the 1st", "2027-02-01"},
		{"2027-01-31", "in a month", "2027-02-28"},
		{"2028-01-31", "in a month", "2028-02-29"},
		{"2027-01-31", "the 30th", "2027-03-30"}, // February has none
		{"2028-02-01", "29 February", "2028-02-29"},
		{"2026-11-27", "Friday week", "2026-12-11"},
		{"2026-03-28", "tomorrow", "2026-03-29"}, // the clocks go forward
		{"2026-10-24", "in 2 days", "2026-10-26"},
	} {
		if got, f := ReadDate(c.said, day(c.now), Future); got.String() != c.want {
			t.Errorf("on %s %q is %s (%v), want %s", c.now, c.said, got, f, c.want)
		}
	}
}
