package when_test

import (
	"strings"
	"testing"
	"time"

	"cymar/handlers/supervision/calendar"
	. "cymar/handlers/supervision/when"
)

func TestAWholeSentenceIsUnderstood(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]Sentence{
		"peer-led supervision every 4 weeks with our peer lead, next on 12 December": {
			Kind: Peer, Every: Weeks(4), Next: day("2026-12-12"), With: "our peer lead"},
		"line management monthly, first Monday, last one was 3 Nov": {
			Kind: Line, Every: Interval{Months: 1, Nth: 1, On: time.Monday}, Last: day("2026-11-03")},
		"goruchwyliaeth bob pedair wythnos":                       {Every: Weeks(4)},
		"goruchwyliaeth gan gymheiriaid bob mis, nesaf 7 Rhagfyr": {Kind: Peer, Every: Interval{Months: 1}, Next: day("2026-12-07")},
		"rheolaeth llinell bob chwe wythnos, yr un ddiwethaf oedd 3 Tachwedd": {
			Kind: Line, Every: Weeks(6), Last: day("2026-11-03")},
		"set me up for peer supervision every four weeks":              {Kind: Peer, Every: Weeks(4)},
		"add a reminder for group reflective practice every fortnight": {Kind: Group, Every: Weeks(2)},
		"put in co-reflection every month with Jo":                     {Kind: CoReflection, Every: Interval{Months: 1}, With: "Jo"},
		"1:1 with my line manager every 2 months":                      {Kind: Line, Every: Interval{Months: 2}, With: "my line manager"},
		"line management with my peer lead every 6 weeks":              {Kind: Line, Every: Weeks(6), With: "my peer lead"},
		"clinigol unwaith y mis gyda Sam ar y 3ydd":                    {Kind: Clinical, Every: Interval{Months: 1}, Next: day("2026-12-03"), With: "Sam"},
		"peer mentoring every other week":                              {Kind: Mentor, Every: Weeks(2)},
		"line management every other Thursday starting Thursday 26 November": {
			Kind: Line, Every: Interval{Days: 14, On: time.Thursday, Fixed: true}, Next: day("2026-11-26")},
		"last friday of the month, group supervision":       {Kind: Group, Every: Interval{Months: 1, Nth: -1, On: time.Friday}},
		"peer supervision first Monday of December":         {Kind: Peer, Next: day("2026-12-07")},
		"remind me about supervision on the 3rd":            {Next: day("2026-12-03")},
		"peer bob dydd Llun, nesaf mewn pythefnos":          {Kind: Peer, Every: Interval{Days: 7, On: time.Monday, Fixed: true}, Next: day("2026-12-07")},
		"4-weekly peer supervision, next Monday 7 December": {Kind: Peer, Every: Weeks(4), Next: day("2026-12-07")},
		"what should I bring to supervision?":               {},
	} {
		got := Read(said, today)
		if got.Kind != want.Kind || got.Every != want.Every || got.Next != want.Next || got.Last != want.Last || got.With != want.With || len(got.Faults) > 0 {
			t.Errorf("%q:\n got %+v\nwant %+v", said, got, want)
		}
	}
}

func TestASentenceWithAFaultSaysWhichAndLosesNothing(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]Why{
		"peer supervision every 4 weeks, next on 31 February":  NoSuchDay,
		"peer supervision every 0 days":                        ZeroInterval,
		"peer supervision every 2 years":                       TooLong,
		"peer supervision every 4 weeks, next on 12 Nov 2026":  InThePast,
		"peer supervision every 4 weeks, last was 12 Dec 2026": InTheFuture,
		"peer supervision every 4-6 weeks":                     Ambiguous,
		"peer supervision every 4 weeks, next Tuesday":         Ambiguous,
		"peer supervision on 3 December and 5 December":        Ambiguous,
		"peer supervision every 4 weeks from next week":        Incomplete,
	} {
		got := Read(said, today)
		if got.Kind != Peer || len(got.Faults) != 1 || got.Faults[0].Why != want || got.Faults[0].Said == "" {
			t.Errorf("%q: %+v", said, got)
		}
	}
}

func TestAKindIsKnownByItsManyNames(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]Kind{
		"peer":                 Peer,
		"peer-led":             Peer,
		"practice supervision": Peer,
		"lived experience":     Peer,
		"gan gymheiriaid":      Peer,
		"line":                 Line,
		"manager":              Line,
		"one to one":           Line,
		"1:1":                  Line,
		"rheolwr":              Line,
		"clinical":             Clinical,
		"glinigol":             Clinical,
		"caseload":             Clinical,
		"group":                Group,
		"reflective practice":  Group,
		"grŵp":                 Group,
		"co-reflection":        CoReflection,
		"cyd-fyfyrio":          CoReflection,
		"mentor":               Mentor,
		"buddy":                Mentor,
		"fentora":              Mentor,
		"something":            "",
		"":                     "",
	} {
		if got := ReadKind(said); got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}

func TestALongDescriptionOfASupervisorIsCut(t *testing.T) {
	t.Parallel()
	got := Read("peer supervision every 4 weeks with "+strings.Repeat("é very long name ", 40), today)
	if len(got.With) > 60 || got.With == "" {
		t.Errorf("%d bytes", len(got.With))
	}
}

// holds reports what must be true of whatever was read.
func holds(t *testing.T, s string, today calendar.Date, got Sentence) {
	t.Helper()
	if !got.Every.Zero() && got.Every.Valid() != nil {
		t.Errorf("%q: interval %+v", s, got.Every)
	}
	if d := got.Next; d != 0 && (d < today || d > today.Add(366)) {
		t.Errorf("%q: next %s", s, d)
	}
	if d := got.Last; d != 0 && (d > today || d < today.Add(-3*366)) {
		t.Errorf("%q: last %s", s, d)
	}
	if !got.Every.Zero() && got.Every.After(today) <= today {
		t.Errorf("%q: %+v does not go on", s, got.Every)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"peer-led supervision every 4 weeks with our peer lead, next on 12 December", "bob pedair wythnos", "31/2", "every 0 days",
		"last friday of next month", "the 32nd of the 13th", "in 99999 years", "first first monday monday", "12fed o Ragfyr", "29 feb",
		"every every every", "next next tuesday week", "with with with", "1-1-1-1", "4-6-8 weeks ago", "\x00\xff", "twice a day",
	} {
		f.Add(s, int32(today))
	}
	f.Fuzz(func(t *testing.T, s string, now int32) {
		from := day("2020-01-01") + calendar.Date(uint32(now)%10000)
		holds(t, s, from, Read(s, from))
		for _, way := range []Towards{Future, Past} {
			if d, f := ReadDate(s, from, way); f == nil && (d <= 0 || way == Future && d < from || way == Past && d > from) {
				t.Errorf("%q from %s: %s", s, from, d)
			}
		}
		if i, f := ReadInterval(s); f == nil && i.Valid() != nil {
			t.Errorf("%q: %+v", s, i)
		}
		Days(s)
	})
}

func TestEveryDayOfTheYearIsReadInBothLanguages(t *testing.T) {
	t.Parallel()
	welsh := []string{"Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"}
	for d := today; d < today.Add(365); d++ {
		y, m, n := d.YMD()
		at := d.At(0, 0, time.UTC)
		for _, said := range []string{at.Format("2 January 2006"), at.Format("2/1/06"), at.Format("Mon 2 Jan 2006"), at.Format("2006-01-02"),
			at.Format("2 ") + welsh[m-1] + at.Format(" 2006")} {
			if got, f := ReadDate(said, today, Future); got != d {
				t.Fatalf("%q (%d-%d-%d): %s, %v", said, y, m, n, got, f)
			}
		}
	}
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		Read("peer-led supervision every 4 weeks with our peer lead, next on 12 December", today)
	}
}
