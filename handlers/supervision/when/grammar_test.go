package when_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cymar/handlers/supervision/calendar"
	. "cymar/handlers/supervision/when"
)

// part is something that can be said, and what it means.
type part[T any] struct {
	said string
	is   T
}

// kinds, intervals, dates and supervisors as people say them, in one language.
type grammar struct {
	kinds []part[Kind]
	every []part[Interval]
	next  []part[calendar.Date]
	last  []part[calendar.Date]
	with  []part[string]
}

var english = grammar{
	kinds: []part[Kind]{
		{"peer-led supervision", Peer}, {"peer supervision", Peer}, {"line management", Line}, {"clinical supervision", Clinical},
		{"group supervision", Group}, {"reflective practice", Group}, {"co-reflection", CoReflection}, {"mentoring", Mentor},
	},
	every: []part[Interval]{
		{"every 4 weeks", Weeks(4)}, {"every six weeks", Weeks(6)}, {"fortnightly", Weeks(2)}, {"monthly", Interval{Months: 1}},
		{"every 3 months", Interval{Months: 3}}, {"every 10 days", Interval{Days: 10}},
		{"monthly on the first Monday", Interval{Months: 1, Nth: 1, On: time.Monday}},
		{"on the last Friday of every month", Interval{Months: 1, Nth: -1, On: time.Friday}},
		{"every other Thursday", Interval{Days: 14, On: time.Thursday, Fixed: true}},
	},
	next: []part[calendar.Date]{
		{"next on 12 December", day("2026-12-12")}, {"next one on the 3rd", day("2026-12-03")}, {"next in two weeks", day("2026-12-07")},
		{"starting tomorrow", day("2026-11-24")}, {"due 4/12", day("2026-12-04")}, {"next on Saturday 12 December 2026", day("2026-12-12")},
	},
	last: []part[calendar.Date]{
		{"last one was 3 Nov", day("2026-11-03")}, {"last held on 20 October", day("2026-10-20")}, {"last was yesterday", day("2026-11-22")},
		{"last was two weeks ago", day("2026-11-09")},
	},
	with: []part[string]{{"with our peer lead", "our peer lead"}, {"with Sam Jones", "Sam Jones"}, {"with my manager", "my manager"}},
}

var welsh = grammar{
	kinds: []part[Kind]{
		{"goruchwyliaeth gan gymheiriaid", Peer}, {"rheolaeth llinell", Line}, {"goruchwyliaeth glinigol", Clinical},
		{"goruchwyliaeth grŵp", Group}, {"ymarfer myfyriol", Group}, {"cyd-fyfyrio", CoReflection}, {"mentora", Mentor},
	},
	every: []part[Interval]{
		{"bob pedair wythnos", Weeks(4)}, {"bob 6 wythnos", Weeks(6)}, {"bob pythefnos", Weeks(2)}, {"bob mis", Interval{Months: 1}},
		{"bob tri mis", Interval{Months: 3}}, {"bob 10 diwrnod", Interval{Days: 10}},
		{"bob mis ar y dydd Llun cyntaf", Interval{Months: 1, Nth: 1, On: time.Monday}},
	},
	next: []part[calendar.Date]{
		{"nesaf ar 12 Rhagfyr", day("2026-12-12")}, {"nesaf ar y 3ydd", day("2026-12-03")}, {"nesaf mewn pythefnos", day("2026-12-07")},
		{"nesaf yfory", day("2026-11-24")}, {"nesaf ar 4/12", day("2026-12-04")},
	},
	last: []part[calendar.Date]{
		{"yr un ddiwethaf oedd 3 Tachwedd", day("2026-11-03")}, {"ddiwethaf ar 20 Hydref", day("2026-10-20")}, {"roedd ddoe", day("2026-11-22")},
	},
	with: []part[string]{{"gyda Sam Jones", "Sam Jones"}, {"gyda'n harweinydd", ""}},
}

// reads checks what a sentence says; parts that were not said are zero.
func reads(t *testing.T, said string, want Sentence) {
	t.Helper()
	got := Read(said, today)
	if len(got.Faults) > 0 {
		t.Errorf("%q: a fault, %v about %q", said, got.Faults[0], got.Faults[0].Said)
		return
	}
	if got.Kind != want.Kind || got.Every != want.Every || got.Next != want.Next || got.Last != want.Last {
		t.Errorf("%q:\n got %+v\nwant %+v", said, got, want)
	}
	if want.With != "" && got.With != want.With {
		t.Errorf("%q: with %q, want %q", said, got.With, want.With)
	}
}

// TestEveryWayOfPuttingThePartsTogetherIsUnderstood says each kind with each
// interval and each date, in two orders and with and without commas.
func TestEveryWayOfPuttingThePartsTogetherIsUnderstood(t *testing.T) {
	t.Parallel()
	n := 0
	for _, g := range []grammar{english, welsh} {
		for _, k := range g.kinds {
			for _, e := range g.every {
				for _, d := range g.next {
					want := Sentence{Kind: k.is, Every: e.is, Next: d.is}
					reads(t, k.said+" "+e.said+", "+d.said, want)
					reads(t, strings.Join([]string{k.said, e.said, d.said}, ", "), want)
					reads(t, "  "+strings.ToUpper(k.said)+" "+e.said+" , "+d.said+".", want)
					n += 3
				}
				for _, d := range g.last {
					reads(t, k.said+" "+e.said+", "+d.said, Sentence{Kind: k.is, Every: e.is, Last: d.is})
					n++
				}
			}
		}
	}
	if n < 1500 {
		t.Errorf("only %d sentences", n)
	}
}

func TestASupervisorCanBeNamedAnywhereInTheSentence(t *testing.T) {
	t.Parallel()
	for _, g := range []grammar{english, welsh} {
		for _, w := range g.with {
			for _, e := range g.every[:6] {
				d := g.next[0]
				want := Sentence{Kind: Peer, Every: e.is, Next: d.is, With: w.is}
				reads(t, g.kinds[0].said+" "+e.said+" "+w.said+", "+d.said, want)
				reads(t, g.kinds[0].said+" "+w.said+", "+e.said+", "+d.said, want)
				reads(t, g.kinds[0].said+" "+e.said+", "+d.said+", "+w.said, want)
			}
		}
	}
}

func TestNextAndLastCanBothBeSaid(t *testing.T) {
	t.Parallel()
	for _, g := range []grammar{english, welsh} {
		for _, l := range g.last {
			for _, d := range g.next {
				want := Sentence{Kind: Line, Every: Weeks(6), Last: l.is, Next: d.is}
				k, e := g.kinds[2].said, g.every[1].said
				if g.kinds[2].is != Line {
					k = g.kinds[1].said
				}
				reads(t, k+" "+e+", "+l.said+", "+d.said, want)
				reads(t, k+" "+e+", "+d.said+", "+l.said, want)
			}
		}
	}
}

func TestFaultsAreSaidWithThePersonsOwnWords(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"Peer supervision, next on 31 February":       "31 February",
		"peer supervision every 0 Weeks":              "every 0 Weeks",
		"peer supervision next TUESDAY":               "next TUESDAY",
		"goruchwyliaeth ar 31 Chwefror":               "31 Chwefror",
		"Peer supervision, next on Monday 8 December": "Monday 8 December",
		"peer supervision Every 18 Months":            "Every 18 Months",
	} {
		got := Read(said, today)
		if len(got.Faults) != 1 || got.Faults[0].Said != want {
			t.Errorf("%q: %+v, want %q", said, got.Faults, want)
		}
	}
	for said, want := range map[string]string{"On 31 February": "31 February", "ar 31 Chwefror": "31 Chwefror", "Soon, I hope": "soon , i hope"} {
		if _, f := ReadDate(said, today, Future); f == nil || !strings.EqualFold(f.Said, want) {
			t.Errorf("%q: %+v", said, f)
		}
	}
	if _, f := ReadInterval("Every 0 Days"); f == nil || f.Said != "Every 0 Days" {
		t.Errorf("%+v", f)
	}
}

// TestEveryCountOfWeeksIsReadInEveryForm counts in figures and in words.
func TestEveryCountOfWeeksIsReadInEveryForm(t *testing.T) {
	t.Parallel()
	inWords := []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
	ynGymraeg := []string{"", "un", "dwy", "tair", "pedair", "pum", "chwe", "saith", "wyth", "naw", "deg"}
	for n := 1; n <= 52; n++ {
		forms := []string{fmt.Sprintf("every %d weeks", n), fmt.Sprintf("each %d weeks", n), fmt.Sprintf("%d-weekly", n), fmt.Sprintf("%d weekly", n),
			fmt.Sprintf("bob %d wythnos", n), fmt.Sprintf("%d weeks", n), fmt.Sprintf("once every %d weeks", n)}
		if n < len(inWords) {
			forms = append(forms, "every "+inWords[n]+" weeks")
		}
		if n < len(ynGymraeg) {
			forms = append(forms, "bob "+ynGymraeg[n]+" wythnos")
		}
		for _, said := range forms {
			if got, f := ReadInterval(said); f != nil || got != Weeks(n) {
				t.Errorf("%q is %+v, %v", said, got, f)
			}
		}
	}
	for n := 53; n < 60; n++ {
		if got, f := ReadInterval(fmt.Sprintf("every %d weeks", n)); f == nil || f.Why != TooLong {
			t.Errorf("%d weeks: %+v, %v", n, got, f)
		}
	}
}
