package calendar_test

import (
	"fmt"
	"testing"
	"time"

	. "cymar/handlers/supervision/calendar"
)

func TestTheMorningIsAlwaysTheSameWallClockTime(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo"} {
		loc, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		h := Hours{Zone: loc, Spread: SpreadOf("somebody")}
		var before time.Time
		for d := date(t, "2024-01-01"); d < date(t, "2031-01-01"); d = d.Add(1) {
			m := h.Morning(d)
			if m.Hour() != 9 || m.Minute() != h.Spread || On(m, loc) != d {
				t.Fatalf("%s on %s is %s", zone, d, m)
			}
			if gap := m.Sub(before); !before.IsZero() && (gap < 23*time.Hour || gap > 25*time.Hour) {
				t.Fatalf("%s to %s is %s", zone, d, gap)
			}
			before = m
		}
	}
}

func TestNobodyIsWrittenToOnAWeekendOrABankHoliday(t *testing.T) {
	t.Parallel()
	h := Hours{Zone: london(t), Nation: EnglandAndWales}
	for _, c := range []struct{ day, before, after string }{
		{"2026-11-23", "2026-11-23", "2026-11-23"}, // a Monday
		{"2026-11-22", "2026-11-20", "2026-11-23"}, // a Sunday
		{"2026-12-25", "2026-12-24", "2026-12-29"}, // Christmas, a weekend, a substitute day
		{"2026-12-28", "2026-12-24", "2026-12-29"},
		{"2026-04-04", "2026-04-02", "2026-04-07"}, // Easter
		{"2027-12-26", "2027-12-24", "2027-12-29"},
	} {
		d := date(t, c.day)
		if b, a := h.OnOrBefore(d).String(), h.OnOrAfter(d).String(); b != c.before || a != c.after {
			t.Errorf("%s: before %s, after %s; want %s and %s", d, b, a, c.before, c.after)
		}
	}
}

func TestSomebodyWhoWorksWeekendsAndBankHolidaysIsWrittenToThen(t *testing.T) {
	t.Parallel()
	h := Hours{Zone: london(t), Days: Days(time.Saturday, time.Sunday), Nation: EnglandAndWales}
	if got := h.OnOrAfter(date(t, "2026-11-23")); got.String() != "2026-11-28" {
		t.Errorf("the next weekend: %s", got)
	}
	if got := h.OnOrAfter(date(t, "2026-12-26")); got.String() != "2026-12-27" {
		t.Errorf("over Boxing Day: %s", got)
	}
	h.Holidays = true
	if got := h.OnOrAfter(date(t, "2026-12-26")); got.String() != "2026-12-26" {
		t.Errorf("who works bank holidays: %s", got)
	}
}

func TestEverySetOfDaysHasAWorkingDayNearby(t *testing.T) {
	t.Parallel()
	for w := Week(0); w < 128; w++ {
		for _, n := range []Nation{EnglandAndWales, Scotland, NorthernIreland} {
			h := Hours{Days: w, Nation: n}
			for d := date(t, "2026-01-01"); d < date(t, "2028-01-15"); d = d.Add(3) {
				after, before := h.OnOrAfter(d), h.OnOrBefore(d)
				if !h.Works(after) || !h.Works(before) || after < d || before > d || after-d > 35 || d-before > 35 {
					t.Fatalf("days %07b, %s: %s to %s", w, d, before, after)
				}
			}
		}
	}
}

func TestPeopleAreSpreadOverHalfAnHour(t *testing.T) {
	t.Parallel()
	var at [30]int
	for i := range 30000 {
		at[SpreadOf(fmt.Sprintf("person %d", i))]++
	}
	for minute, n := range at {
		if n < 800 || n > 1200 {
			t.Errorf("%d of 30,000 in minute %d", n, minute)
		}
	}
}

func TestWhateverHoursAreChosenItIsNeverNight(t *testing.T) {
	t.Parallel()
	d := date(t, "2026-11-23")
	for from := -100; from < 2000; from += 10 {
		for until := -100; until < 2000; until += 10 {
			h := Hours{From: from, Until: until, Zone: london(t), Spread: 29}
			m, e := h.Morning(d), h.Evening(d)
			if m.Hour() < 7 || e.Hour() > 20 || e.Sub(m) < 30*time.Minute || On(m, london(t)) != d || On(e, london(t)) != d {
				t.Fatalf("from %d until %d: %s to %s", from, until, m, e)
			}
		}
	}
}

func BenchmarkNextWorkingMorning(b *testing.B) {
	h := Hours{Zone: london(b), Nation: Scotland}
	d := date(b, "2026-12-25")
	for b.Loop() {
		h.Morning(h.OnOrAfter(d))
	}
}
