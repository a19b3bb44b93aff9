package supervision_test

import (
	"testing"
	"time"

	"cymar/bot"
	"cymar/handlers/supervision"
	"cymar/handlers/supervision/when"
)

func speaking(t *testing.T) *supervision.Handler {
	t.Helper()
	h, err := supervision.New(supervision.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// TestWhatTheBotSaysItCanRead: a person may copy what they see.
func TestWhatTheBotSaysItCanRead(t *testing.T) {
	t.Parallel()
	h := speaking(t)
	var all []when.Interval
	for n := 1; n <= 52; n++ {
		all = append(all, when.Weeks(n))
	}
	for n := 1; n <= 12; n++ {
		all = append(all, when.Interval{Months: n})
	}
	for n := 1; n <= 100; n += 3 {
		if n%7 != 0 {
			all = append(all, when.Interval{Days: n})
		}
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		for _, nth := range []int{1, 2, 3, 4, -1} {
			all = append(all, when.Interval{Months: 1, Nth: nth, On: day})
		}
		all = append(all, when.Interval{Days: 28, On: day, Fixed: true}, when.Interval{Days: 7, On: day, Fixed: true})
	}
	for _, lang := range []bot.Lang{bot.English, bot.Welsh} {
		for _, i := range all {
			said := h.Every(lang, i)
			if got, f := when.ReadInterval(said); f != nil || got != i {
				t.Errorf("%s: %q is read as %+v (%v), not %+v", lang, said, got, f, i)
			}
		}
	}
}

func TestEveryDateThatTheBotSaysItCanRead(t *testing.T) {
	t.Parallel()
	h, today := speaking(t), someMonday(t)
	for _, lang := range []bot.Lang{bot.English, bot.Welsh} {
		for d := today; d < today.Add(360); d++ {
			plain, near, _ := h.Date(lang, d, today)
			for _, said := range []string{plain, near} {
				if got, f := when.ReadDate(said, today, when.Future); f != nil || got != d {
					t.Fatalf("%s: %q is read as %s (%v), not %s", lang, said, got, f, d)
				}
			}
		}
		for d := today; d > today.Add(-55); d-- {
			plain, near, _ := h.Date(lang, d, today)
			for _, said := range []string{plain, near} {
				if got, f := when.ReadDate(said, today, when.Past); f != nil || got != d {
					t.Fatalf("%s: %q is read as %s (%v), not %s", lang, said, got, f, d)
				}
			}
		}
	}
}

func TestExamplesOfDatesAreReadAsThemselves(t *testing.T) {
	t.Parallel()
	h, today := speaking(t), someMonday(t)
	for _, lang := range []bot.Lang{bot.English, bot.Welsh} {
		for d := today; d < today.Add(200); d++ {
			_, _, example := h.Date(lang, d, today)
			if got, f := when.ReadDate(example, today, when.Future); f != nil || got != d {
				t.Fatalf("%s: %q is read as %s (%v), not %s", lang, example, got, f, d)
			}
		}
	}
}

func TestKindsThatTheBotSaysItCanRead(t *testing.T) {
	t.Parallel()
	h := speaking(t)
	for _, lang := range []bot.Lang{bot.English, bot.Welsh} {
		for _, k := range when.Kinds {
			if got := when.ReadKind(h.Kind(lang, k)); got != k {
				t.Errorf("%s: %q is read as %q, not %q", lang, h.Kind(lang, k), got, k)
			}
		}
	}
}

func TestDatesAreSaidAsPeopleSayThem(t *testing.T) {
	t.Parallel()
	h, today := speaking(t), someMonday(t)
	for _, c := range []struct {
		lang bot.Lang
		day  string
		want string
	}{
		{bot.English, "2026-11-23", "today, Monday 23 November"},
		{bot.English, "2026-11-24", "tomorrow, Tuesday 24 November"},
		{bot.English, "2026-11-25", "in 2 days, Wednesday 25 November"},
		{bot.English, "2026-11-22", "yesterday, Sunday 22 November"},
		{bot.English, "2026-11-20", "3 days ago, Friday 20 November"},
		{bot.English, "2026-12-25", "Friday 25 December"},
		{bot.English, "2027-01-04", "Monday 4 January 2027"},
		{bot.Welsh, "2026-11-23", "heddiw, dydd Llun 23 Tachwedd"},
		{bot.Welsh, "2026-11-24", "yfory, dydd Mawrth 24 Tachwedd"},
		{bot.Welsh, "2026-11-25", "ymhen 2 ddiwrnod, dydd Mercher 25 Tachwedd"},
		{bot.Welsh, "2026-11-26", "ymhen 3 diwrnod, dydd Iau 26 Tachwedd"},
		{bot.Welsh, "2026-11-22", "ddoe, dydd Sul 22 Tachwedd"},
		{bot.Welsh, "2026-11-21", "2 ddiwrnod yn ôl, dydd Sadwrn 21 Tachwedd"},
		{bot.Welsh, "2027-01-01", "dydd Gwener 1 Ionawr 2027"},
	} {
		if _, near, _ := h.Date(c.lang, date(t, c.day), today); near != c.want {
			t.Errorf("%s: %q, want %q", c.day, near, c.want)
		}
	}
}

func TestIntervalsAreSaidAsPeopleSayThem(t *testing.T) {
	t.Parallel()
	h := speaking(t)
	for _, c := range []struct {
		every  when.Interval
		en, cy string
	}{
		{when.Weeks(1), "every week", "bob wythnos"},
		{when.Weeks(4), "every 4 weeks", "bob 4 wythnos"},
		{when.Interval{Months: 1}, "every month", "bob mis"},
		{when.Interval{Months: 2}, "every 2 months", "bob 2 fis"},
		{when.Interval{Days: 10}, "every 10 days", "bob 10 diwrnod"},
		{when.Interval{Days: 2}, "every 2 days", "bob 2 ddiwrnod"},
		{when.Interval{Months: 1, Nth: 1, On: time.Monday}, "every month, first Monday", "bob mis, dydd Llun cyntaf"},
		{when.Interval{Months: 1, Nth: -1, On: time.Friday}, "every month, last Friday of the month", "bob mis, dydd Gwener olaf y mis"},
		{when.Interval{Days: 28, On: time.Tuesday, Fixed: true}, "every 4 weeks on Tuesday", "bob 4 wythnos ar ddydd Mawrth"},
	} {
		if got := h.Every(bot.English, c.every); got != c.en {
			t.Errorf("%q, want %q", got, c.en)
		}
		if got := h.Every(bot.Welsh, c.every); got != c.cy {
			t.Errorf("%q, want %q", got, c.cy)
		}
	}
}
