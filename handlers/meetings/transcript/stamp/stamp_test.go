package stamp

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestAStampIsReadAsItIsPrinted(t *testing.T) {
	t.Parallel()
	clock := func(h, m int) Stamp { return Stamp{Clock: true, Hour: h, Min: m} }
	with := func(s Stamp, f func(*Stamp)) Stamp { f(&s); return s }
	for in, want := range map[string]Stamp{
		"13:57":               clock(13, 57),
		"  13:57":             clock(13, 57),
		"13.57":               clock(13, 57),
		"9:05":                clock(9, 5),
		"2:03 PM":             with(clock(2, 3), func(s *Stamp) { s.Half = PM }),
		"2:03\u202fpm":        with(clock(2, 3), func(s *Stamp) { s.Half = PM }),
		"2:03pm":              with(clock(2, 3), func(s *Stamp) { s.Half = PM }),
		"2.03 p.m.":           with(clock(2, 3), func(s *Stamp) { s.Half = PM }),
		"2:03 yh":             with(clock(2, 3), func(s *Stamp) { s.Half = PM }),
		"4pm":                 with(clock(4, 0), func(s *Stamp) { s.Half = PM }),
		"13:57:09":            with(clock(13, 57), func(s *Stamp) { s.Sec, s.HasSec = 9, true }),
		"12/03/2026 14:07":    with(clock(14, 7), func(s *Stamp) { s.A, s.B, s.Year = 12, 3, 2026 }),
		"12/03/2026, 14:07":   with(clock(14, 7), func(s *Stamp) { s.A, s.B, s.Year = 12, 3, 2026 }),
		"3/12/26 2:07 PM":     with(clock(2, 7), func(s *Stamp) { s.A, s.B, s.Year, s.Half, s.Bare = 3, 12, 2026, PM, true }),
		"12.03.2026 14:07":    with(clock(14, 7), func(s *Stamp) { s.A, s.B, s.Year = 12, 3, 2026 }),
		"09:12 13/03":         with(clock(9, 12), func(s *Stamp) { s.A, s.B = 13, 3 }),
		"13/03 09:12":         with(clock(9, 12), func(s *Stamp) { s.A, s.B = 13, 3 }),
		"2026-03-12 13:57:09": {Clock: true, Hour: 13, Min: 57, Sec: 9, HasSec: true, Year: 2026, Month: 3, Day: 12},
		"2026-03-12T13:57:09.123Z": {Clock: true, Hour: 13, Min: 57, Sec: 9, HasSec: true,
			Year: 2026, Month: 3, Day: 12, Zoned: true},
		"2026-03-12T13:57:09+01:00": {Clock: true, Hour: 13, Min: 57, Sec: 9, HasSec: true,
			Year: 2026, Month: 3, Day: 12, Zoned: true, Offset: 3600},
		"Thursday 12 March":           {Weekday: 4, Day: 12, Month: 3},
		"Thursday, 12 March 2026":     {Weekday: 4, Day: 12, Month: 3, Year: 2026},
		"Tuesday, May 19th":           {Weekday: 2, Day: 19, Month: 5},
		"May 19th, 2026 at 10:02 AM":  {Clock: true, Hour: 10, Min: 2, Half: AM, Day: 19, Month: 5, Year: 2026},
		"Thu 12 Mar":                  {Weekday: 4, Day: 12, Month: 3},
		"Dydd Iau 12 Mawrth 2026":     {Weekday: 4, Day: 12, Month: 3, Year: 2026},
		"Dydd Mawrth 10 Mawrth":       {Weekday: 2, Day: 10, Month: 3},
		"12 Mawrth":                   {Day: 12, Month: 3},
		"Mawrth":                      {Weekday: 2},
		"19eg o Fai 2026":             {Day: 19, Month: 5, Year: 2026},
		"Iau, 12 Chwef 2026":          {Weekday: 4, Day: 12, Month: 2, Year: 2026},
		"Heddiw am 14:03":             {Clock: true, Hour: 14, Min: 3, Relative: true},
		"Yesterday 4:42 PM":           {Clock: true, Hour: 4, Min: 42, Half: PM, Relative: true, Back: 1},
		"Thursday 14:03":              {Clock: true, Hour: 14, Min: 3, Weekday: 4},
		"Today":                       {Relative: true},
		"14:03 (UTC)":                 {Clock: true, Hour: 14, Min: 3, Zoned: true},
		"14:03 BST":                   {Clock: true, Hour: 14, Min: 3, Zoned: true, Offset: 3600},
		"12 March 2026 14:07":         {Clock: true, Hour: 14, Min: 7, Day: 12, Month: 3, Year: 2026},
		"Thursday 12 March 2026":      {Weekday: 4, Day: 12, Month: 3, Year: 2026},
		"Monday, May 18th at 4:42 PM": {Clock: true, Hour: 4, Min: 42, Half: PM, Weekday: 1, Day: 18, Month: 5},
	} {
		got, ok := Parse(in)
		if !ok {
			t.Errorf("%q was not read", in)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
}

func TestWhatIsNotOnlyAStampIsNotRead(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"", "hello", "14", "6.7", "6.7 is a lovely clause", "Band 4", "25:00", "13:75", "2026", "March", "see you 14:00",
		"31/31/2026", "12 of them", "Thursday 12", "at", "o", "10-12", "0800 111 222", "m18", "3 people",
		"14:00 15:00", "4:42 PM PM", "12/03/2026 13/03/2026",
	} {
		if got, ok := Parse(in); ok {
			t.Errorf("%q was read as %+v", in, got)
		}
	}
}

func TestTheHalfOfTheDayIsCounted(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{
		"12:05 AM": 5 * 60, "12:05 PM": 12*3600 + 300, "1:00 pm": 13 * 3600, "14:03 PM": 14*3600 + 180, "00:10": 600,
	} {
		s, ok := Parse(in)
		if !ok || s.Seconds() != want {
			t.Errorf("%q is %d seconds (%v), want %d", in, s.Seconds(), ok, want)
		}
	}
}

func TestTheOrderOfDayAndMonthIsLeftToTheCallerUnlessANumberDecides(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][2][2]int{ // day, month: day first, month first
		"12/03/2026": {{12, 3}, {3, 12}},
		"13/03/2026": {{13, 3}, {13, 3}},
		"03/13/2026": {{13, 3}, {13, 3}},
		"12 March":   {{12, 3}, {12, 3}},
	} {
		s, _ := Parse(in)
		a, b := s.Decide(true), s.Decide(false)
		if got := [2][2]int{{a.Day, a.Month}, {b.Day, b.Month}}; got != want {
			t.Errorf("%q is %v, want %v", in, got, want)
		}
	}
}

func TestTheYearIsFoundFromTheWeekdayOrTheDaysBefore(t *testing.T) {
	t.Parallel()
	ref := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	for in, want := range map[string]int{
		"Monday, May 18th": 2026, "Thursday 12 March": 2026, "12 March": 2026, "25 November": 2026, "24 December": 2025,
		"Wednesday 24 December": 2025, "Thursday 24 December": 2026, "Thursday 29 February": 2024, "29 February": 2024,
	} {
		s, ok := Parse(in)
		if got := s.YearNear(ref); !ok || got != want {
			t.Errorf("%q falls in %d, want %d", in, got, want)
		}
	}
	if got := (Stamp{Day: 31, Month: 2}).YearNear(ref); got != 0 {
		t.Errorf("31 February falls in %d", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"13:57", "12/03/2026 14:07", "Dydd Iau 12 Mawrth", "2026-03-12T13:57:09.1+01:00", "4:42 PM", "+", "9999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := Parse(s)
		if !ok {
			return
		}
		if n := got.Seconds(); n < 0 || n > 24*3600 {
			t.Errorf("%q is %d seconds", s, n)
		}
		if d := got.Decide(true); got.HasDay() && (d.Day < 1 || d.Day > 31 || d.Month < 1 || d.Month > 12) {
			t.Errorf("%q is day %d of month %d", s, d.Day, d.Month)
		}
		got.Decide(true).YearNear(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	})
}

func BenchmarkParseALineThatIsNoStamp(b *testing.B) {
	for b.Loop() {
		Parse("I've been in post 3 years and never once had supervision")
	}
}
