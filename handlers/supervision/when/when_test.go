package when_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cymar/handlers/supervision/calendar"
	. "cymar/handlers/supervision/when"
)

// today is Monday 23 November 2026.
var today = day("2026-11-23")

func day(s string) calendar.Date {
	d, err := calendar.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestDatesAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"12 December":                       "2026-12-12",
		"12th December":                     "2026-12-12",
		"the 12th of December":              "2026-12-12",
		"12 Dec 2026":                       "2026-12-12",
		"December 12":                       "2026-12-12",
		"Dec 12th, please":                  "2026-12-12",
		"12/12":                             "2026-12-12",
		"12/12/26":                          "2026-12-12",
		"12.12.2026":                        "2026-12-12",
		"2026-12-12":                        "2026-12-12",
		"4/12":                              "2026-12-04",
		"on Saturday 12 December":           "2026-12-12",
		"next Monday 7 December":            "2026-12-07",
		"3 Jan":                             "2027-01-03",
		"29 february 2028":                  "",
		"today":                             "2026-11-23",
		"tomorrow":                          "2026-11-24",
		"the day after tomorrow":            "2026-11-25",
		"Friday":                            "2026-11-27",
		"this Friday":                       "2026-11-27",
		"Friday week":                       "2026-12-04",
		"in 3 weeks":                        "2026-12-14",
		"in a fortnight":                    "2026-12-07",
		"in a month":                        "2026-12-23",
		"a week today":                      "2026-11-30",
		"the 3rd":                           "2026-12-03",
		"the 30th":                          "2026-11-30",
		"first Monday of December":          "2026-12-07",
		"last Friday of next month":         "2026-12-25",
		"first Tuesday":                     "2026-12-01",
		"12 Rhagfyr":                        "2026-12-12",
		"Rhagfyr 12":                        "2026-12-12",
		"12fed o Ragfyr":                    "2026-12-12",
		"ar y 12fed o Ragfyr":               "2026-12-12",
		"yfory":                             "2026-11-24",
		"heddiw":                            "2026-11-23",
		"dydd Gwener":                       "2026-11-27",
		"ddydd Gwener":                      "2026-11-27",
		"mewn 4 wythnos":                    "2026-12-21",
		"mewn pedair wythnos":               "2026-12-21",
		"ymhen pythefnos":                   "2026-12-07",
		"mewn mis":                          "2026-12-23",
		"y 3ydd":                            "2026-12-03",
		"3 Mawrth":                          "2027-03-03",
		"dydd Mawrth cyntaf ym mis Rhagfyr": "2026-12-01",
		"dydd Llun cyntaf Rhagfyr":          "2026-12-07",
		"ar ddydd Iau":                      "2026-11-26",
	} {
		got, f := ReadDate(said, today, Future)
		if got.String() != want {
			t.Errorf("%q is %s (%v), want %s", said, got, f, want)
		}
	}
}

func TestDatesThatAreOverAreReadBackwards(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"3 Nov":                  "2026-11-03",
		"it was on 3 Dec":        "",
		"3 October":              "2026-10-03",
		"today":                  "2026-11-23",
		"yesterday":              "2026-11-22",
		"Friday":                 "2026-11-20",
		"last Friday":            "2026-11-20",
		"Monday":                 "2026-11-23",
		"last Monday":            "2026-11-16",
		"2 weeks ago":            "2026-11-09",
		"a month ago":            "2026-10-23",
		"the 3rd":                "2026-11-03",
		"the 30th":               "2026-10-30",
		"23/11":                  "2026-11-23",
		"ddoe":                   "2026-11-22",
		"3 Tachwedd":             "2026-11-03",
		"3ydd o Dachwedd":        "2026-11-03",
		"dydd Gwener diwethaf":   "2026-11-20",
		"pythefnos yn ôl":        "2026-11-09",
		"3 wythnos yn ôl":        "2026-11-02",
		"last Friday of October": "2026-10-30",
		"30 December":            "2025-12-30",
	} {
		got, f := ReadDate(said, today, Past)
		if said == "30 December" || said == "it was on 3 Dec" {
			if f == nil || f.Why != Ambiguous || len(f.Dates) != 2 {
				t.Errorf("%q was not asked: %s, %v", said, got, f)
			}
			continue
		}
		if got.String() != want {
			t.Errorf("%q is %s (%v), want %s", said, got, f, want)
		}
	}
}

func TestWhatCannotBeADateIsRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]Why{
		"31 February":       NoSuchDay,
		"31/2":              NoSuchDay,
		"30 Chwefror":       NoSuchDay,
		"31 April":          NoSuchDay,
		"the 32nd":          NoSuchDay,
		"0 May":             NoSuchDay,
		"29 Feb 2027":       NoSuchDay,
		"29 february 2028":  TooFar,
		"12/13":             NoSuchMonth,
		"Monday 8 December": WrongWeekday,
		"3 November 2026":   InThePast,
		"yesterday":         InThePast,
		"in 2 years":        TooFar,
		"12 Dec 2029":       TooFar,
		"next week":         Incomplete,
		"yr wythnos nesaf":  Incomplete,
		"next Tuesday":      Ambiguous,
		"dydd Mawrth nesaf": Ambiguous,
		"Monday":            Ambiguous,
		"3 Nov":             Ambiguous,
		"soon":              Nothing,
		"":                  Nothing,
		"may be":            Nothing,
		"12":                Nothing,
		"in 99999 months":   TooFar,
	} {
		got, f := ReadDate(said, today, Future)
		if f == nil || f.Why != want {
			t.Errorf("%q is %s (%v), want %s", said, got, f, want)
		}
	}
}

func TestAnAmbiguousDateComesWithItsChoices(t *testing.T) {
	t.Parallel()
	for said, want := range map[string][]calendar.Date{
		"next Tuesday":      {day("2026-11-24"), day("2026-12-01")},
		"Monday":            {day("2026-11-23"), day("2026-11-30")},
		"3/11":              {day("2026-11-03"), day("2027-11-03")},
		"Monday 8 December": {day("2026-12-07"), day("2026-12-08")},
	} {
		_, f := ReadDate(said, today, Future)
		if f == nil {
			t.Errorf("%q was not asked", said)
		} else if diff := cmp.Diff(want, f.Dates); diff != "" {
			t.Errorf("%q: %s", said, diff)
		}
	}
}

func TestIntervalsAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	month := Interval{Months: 1}
	first := Interval{Months: 1, Nth: 1, On: time.Monday}
	for said, want := range map[string]Interval{
		"every 4 weeks":                      Weeks(4),
		"every four weeks":                   Weeks(4),
		"each 4 wks":                         Weeks(4),
		"4 weeks":                            Weeks(4),
		"4-weekly":                           Weeks(4),
		"four weekly":                        Weeks(4),
		"weekly":                             Weeks(1),
		"every week":                         Weeks(1),
		"once a week":                        Weeks(1),
		"fortnightly":                        Weeks(2),
		"every fortnight":                    Weeks(2),
		"every other week":                   Weeks(2),
		"every second week":                  Weeks(2),
		"every couple of weeks":              Weeks(2),
		"twice a month":                      Weeks(2),
		"monthly":                            month,
		"every month":                        month,
		"once a month":                       month,
		"every 30 days":                      {Days: 30},
		"quarterly":                          {Months: 3},
		"every 3 months":                     {Months: 3},
		"first Monday":                       first,
		"monthly, first Monday":              first,
		"first Monday of the month":          first,
		"the first monday of every month":    first,
		"every first Monday":                 first,
		"monthly on the first Monday":        first,
		"last Friday of the month":           {Months: 1, Nth: -1, On: time.Friday},
		"every Monday":                       {Days: 7, On: time.Monday, Fixed: true},
		"weekly on Mondays":                  {Days: 7, On: time.Monday, Fixed: true},
		"every 4 weeks on a Tuesday":         {Days: 28, On: time.Tuesday, Fixed: true},
		"every other Thursday":               {Days: 14, On: time.Thursday, Fixed: true},
		"bob pedair wythnos":                 Weeks(4),
		"bob 4 wythnos":                      Weeks(4),
		"pob pedair wythnos":                 Weeks(4),
		"bob wythnos":                        Weeks(1),
		"wythnosol":                          Weeks(1),
		"bob pythefnos":                      Weeks(2),
		"bob yn ail wythnos":                 Weeks(2),
		"bob dwy wythnos":                    Weeks(2),
		"bob tair wythnos":                   Weeks(3),
		"bob chwe wythnos":                   Weeks(6),
		"bob wyth wythnos":                   Weeks(8),
		"bob mis":                            month,
		"misol":                              month,
		"unwaith y mis":                      month,
		"bob tri mis":                        {Months: 3},
		"bob chwarter":                       {Months: 3},
		"dydd Llun cyntaf":                   first,
		"dydd Llun cyntaf bob mis":           first,
		"bob mis, dydd Llun cyntaf":          first,
		"y dydd Llun cyntaf o bob mis":       first,
		"bob dydd Llun":                      {Days: 7, On: time.Monday, Fixed: true},
		"bob pedair wythnos ar ddydd Mawrth": {Days: 28, On: time.Tuesday, Fixed: true},
	} {
		got, f := ReadInterval(said)
		if f != nil || got != want {
			t.Errorf("%q is %+v (%v), want %+v", said, got, f, want)
		}
	}
}

func TestWhatCannotBeAnIntervalIsRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]Why{
		"every 0 days":                     ZeroInterval,
		"every zero weeks":                 ZeroInterval,
		"bob 0 diwrnod":                    ZeroInterval,
		"every 400 days":                   TooLong,
		"every 2 years":                    TooLong,
		"bob dwy flynedd":                  TooLong,
		"every 99999999999999999999 weeks": TooLong,
		"every 4-6 weeks":                  Ambiguous,
		"every 4 to 6 weeks":               Ambiguous,
		"bob 4 neu 6 wythnos":              Ambiguous,
		"biweekly":                         Ambiguous,
		"bi-monthly":                       Ambiguous,
		"every second Tuesday":             Ambiguous,
		"every few weeks":                  Incomplete,
		"every 4":                          Incomplete,
		"sometimes":                        Nothing,
		"":                                 Nothing,
	} {
		if got, f := ReadInterval(said); f == nil || f.Why != want {
			t.Errorf("%q is %+v (%v), want %s", said, got, f, want)
		}
	}
}

func TestASnoozeIsANumberOfDays(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]int{"3": 3, "3 days": 3, "for a week": 7, "1 day": 1, "am 3 diwrnod": 3, "wythnos": 7, "tridiau": -1, "12 December": -1, "": -1} {
		got, ok := Days(said)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q is %d, want %d", said, got, want)
		}
	}
}

func TestTheNextDateIsCountedFromTheLast(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		every      Interval
		held, want string
	}{
		{Weeks(4), "2026-11-23", "2026-12-21"},
		{Interval{Months: 1}, "2026-01-31", "2026-02-28"}, // not 30 times 24 hours
		{Interval{Months: 1}, "2026-11-23", "2026-12-23"},
		{Interval{Months: 12}, "2028-02-29", "2029-02-28"},
		{Interval{Months: 1, Nth: 1, On: time.Monday}, "2026-11-03", "2026-12-07"},
		{Interval{Months: 1, Nth: 1, On: time.Monday}, "2026-11-30", "2027-01-04"}, // a week early
		{Interval{Months: 1, Nth: -1, On: time.Friday}, "2026-11-27", "2026-12-25"},
		{Interval{Days: 28, On: time.Tuesday, Fixed: true}, "2026-11-23", "2026-12-22"},
		{Interval{Days: 7, On: time.Monday, Fixed: true}, "2026-11-20", "2026-11-30"},
		{Interval{Days: 1}, "2026-11-23", "2026-11-24"},
	} {
		if got := c.every.After(day(c.held)); got.String() != c.want {
			t.Errorf("%+v after %s: %s, want %s", c.every, c.held, got, c.want)
		}
	}
}

func TestSomebodyNewIsSeenTwiceAsOften(t *testing.T) {
	t.Parallel()
	for every, want := range map[Interval]int{Weeks(4): 14, Weeks(6): 21, {Months: 1}: 15, {Days: 1}: 1} {
		if got := every.Half(); got.Days != want {
			t.Errorf("half of %+v is %+v", every, got)
		}
	}
	if Default(Line) != Weeks(6) || Default(Peer) != Weeks(4) {
		t.Error("the defaults have changed")
	}
}
