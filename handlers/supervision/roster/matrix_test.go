package roster_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"

	. "cymar/handlers/supervision/roster"
	"cymar/handlers/supervision/when"
)

// encodings is how spreadsheets save a text.
var encodings = map[string]func(string) string{
	"UTF-8":             func(s string) string { return s },
	"UTF-8 with a mark": func(s string) string { return "\uFEFF" + s },
	"UTF-16":            utf16,
	"UTF-16, big end first": func(s string) string {
		out := []byte{0xfe, 0xff}
		for _, r := range s {
			out = append(out, byte(r>>8), byte(r))
		}
		return string(out)
	},
	"Latin-1": func(s string) string {
		out, err := charmap.ISO8859_1.NewEncoder().String(s)
		if err != nil {
			panic(err)
		}
		return out
	},
	"Windows-1252": func(s string) string {
		out, err := charmap.Windows1252.NewEncoder().String(s)
		if err != nil {
			panic(err)
		}
		return out
	},
}

// TestEveryEncodingSeparatorAndLineEndGiveTheSameList saves one list in every
// way there is.
func TestEveryEncodingSeparatorAndLineEndGiveTheSameList(t *testing.T) {
	t.Parallel()
	table := [][]string{
		{"Enw", "Math", "Pa mor aml", "Nesaf", "Goruchwyliwr", "Tîm"},
		{"Siân Tŷ Gwyn", "cymheiriaid", "bob 4 wythnos", "12 Rhagfyr", "Gwên Ôl", "Gogledd"},
		{"Zoë Müller", "line", "monthly", "4/12", "", "De-ddwyrain"},
		{"D'Arcy O’Neill", "clinical", "", "", "our peer lead", ""},
	}
	want := []Line{
		{Number: 2, Who: "Siân Tŷ Gwyn", Kind: when.Peer, Every: when.Weeks(4), Next: day("2026-12-12"), With: "Gwên Ôl", Team: "Gogledd"},
		{Number: 3, Who: "Zoë Müller", Kind: when.Line, Every: when.Interval{Months: 1}, Next: day("2026-12-04"), Team: "De-ddwyrain"},
		{Number: 4, Who: "D'Arcy O’Neill", Kind: when.Clinical, With: "our peer lead"},
	}
	for encoding, encode := range encodings {
		for _, sep := range []string{",", ";", "\t"} {
			for _, end := range []string{"\n", "\r\n"} {
				for _, quote := range []string{"", `"`} {
					var lines []string
					for _, row := range table {
						cells := make([]string, len(row))
						for i, c := range row {
							cells[i] = quote + c + quote
						}
						lines = append(lines, strings.Join(cells, sep))
					}
					text, expected := strings.Join(lines, end)+end, want
					if encoding == "Latin-1" || encoding == "Windows-1252" { // these have no ŷ, and Latin-1 no curly apostrophe
						text = strings.NewReplacer("ŷ", "y", "’", "'").Replace(text)
						expected = []Line{want[0], want[1], want[2]}
						expected[0].Who, expected[2].Who = "Siân Ty Gwyn", "D'Arcy O'Neill"
					}
					got := Read([]byte(encode(text)), today)
					if diff := cmp.Diff(expected, got.Lines); diff != "" || len(got.Faults) > 0 {
						t.Errorf("%s, %q, %q, quotes %q: %s%+v", encoding, sep, end, quote, diff, got.Faults)
					}
				}
			}
		}
	}
}

func TestEveryFormulaInEveryColumnIsRefused(t *testing.T) {
	t.Parallel()
	formulas := []string{`=HYPERLINK("http://x","y")`, "=1+1", "+44 20", "-2", "@SUM(A1)", "@A1+1", "|cmd", "%0A", `="a"`, "=cmd|'/c calc'!A1", "＝1"}
	for i, column := range []string{"who", "kind", "every", "next", "with", "team"} {
		for _, f := range formulas[:10] {
			cells := []string{"Ann", "peer", "every 4 weeks", "12 December", "Sam", "North"}
			cells[i] = f
			for j, c := range cells {
				cells[j] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			got := Read([]byte("Name,Kind,Interval,Next date,Supervisor,Team\n"+strings.Join(cells, ",")+"\n"), today)
			if len(got.Lines) != 0 || len(got.Faults) == 0 || got.Faults[0].Why != Formula || got.Faults[0].Column != column || got.Faults[0].Line != 2 {
				t.Errorf("%q as %s: %+v", f, column, got)
			}
		}
	}
}

func TestAHandleIsNoFormula(t *testing.T) {
	t.Parallel()
	for _, who := range []string{"@bea", "@bea.jones", "@bea_jones-2", "@Bea Jones", "U012AB3CD", "bea.jones@wales.nhs.uk"} {
		got := Read([]byte(who+",peer\n"), today)
		if len(got.Lines) != 1 || got.Lines[0].Who != who {
			t.Errorf("%q: %+v", who, got)
		}
	}
}

func TestAnOpenQuotationMarkTakesNothingInSilence(t *testing.T) {
	t.Parallel()
	got := Read([]byte("Name,Kind\nAnn,peer\nBea,\"peer\nCat,peer\nDan,peer\n"), today)
	if len(got.Lines) != 1 || got.Lines[0].Who != "Ann" || len(got.Faults) != 1 || got.Faults[0].Why != Broken || got.Faults[0].Line != 3 {
		t.Errorf("%+v", got)
	}
	got = Read([]byte("Name,Kind\n\"Ann\nRay\",peer\nBea,peer\n"), today)
	if len(got.Lines) != 1 || got.Lines[0].Who != "Bea" || len(got.Faults) != 1 || got.Faults[0].Why != Broken {
		t.Errorf("a line break in a cell: %+v", got)
	}
}

func TestEveryFaultOfADateOrAnIntervalIsToldOfALine(t *testing.T) {
	t.Parallel()
	for cells, why := range map[string]Why{
		"every 0 days,":            Why(when.ZeroInterval),
		"every 3 years,":           Why(when.TooLong),
		"every 4-6 weeks,":         Why(when.Ambiguous),
		"sometimes,":               Why(when.Nothing),
		"every few weeks,":         Why(when.Incomplete),
		"monthly,31/02/2027":       Why(when.NoSuchDay),
		"monthly,01/13/2027":       Why(when.NoSuchMonth),
		"monthly,3 November 2026":  Why(when.InThePast),
		"monthly,12 December 2029": Why(when.TooFar),
		"monthly,next Tuesday":     Why(when.Ambiguous),
		"monthly,tbc":              Why(when.Nothing),
		"monthly,Monday 8 Dec":     Why(when.WrongWeekday),
		"monthly,next month":       Why(when.Incomplete),
	} {
		got := Read([]byte("Name,Kind,Interval,Next date\nAnn,peer,"+cells+"\nBea,peer,monthly,12 December\n"), today)
		if len(got.Lines) != 1 || got.Lines[0].Who != "Bea" || len(got.Faults) != 1 || got.Faults[0].Why != why || got.Faults[0].Line != 2 || got.Faults[0].Said == "" {
			t.Errorf("%q: %+v", cells, got)
		}
	}
}

func TestALineWithSeveralFaultsTellsThemAll(t *testing.T) {
	t.Parallel()
	got := Read([]byte("Name,Kind,Interval,Next date,Supervisor\nAnn,tea,every 0 days,31/2,=1\n"), today)
	var why []string
	for _, f := range got.Faults {
		why = append(why, f.Column+" "+string(f.Why))
	}
	want := []string{"kind no_kind", "every zero_interval", "next no_such_day", "with formula"}
	if diff := cmp.Diff(want, why); diff != "" {
		t.Error(diff)
	}
}

func TestWhatASpreadsheetShowsIsShortInAFault(t *testing.T) {
	t.Parallel()
	got := Read([]byte("Ann,"+strings.Repeat("ŵ", 5000)+"\n"), today)
	if len(got.Faults) != 1 || len([]rune(got.Faults[0].Said)) > 41 {
		t.Errorf("%+v", got.Faults)
	}
}

func TestTheSamePersonMayHaveSeveralKindsAndNoKindTwice(t *testing.T) {
	t.Parallel()
	var list strings.Builder
	for _, k := range []string{"peer", "line", "clinical", "group", "co-reflection", "mentor"} {
		_, _ = fmt.Fprintf(&list, "Ann Ray,%s\n", k)
	}
	list.WriteString("@ann ray,peer\nANN  RAY,llinell\n")
	got := Read([]byte(list.String()), today)
	if len(got.Lines) != 6 || len(got.Faults) != 2 || got.Faults[0].Why != Duplicate || got.Faults[1].Why != Duplicate {
		t.Errorf("%+v", got)
	}
}

func TestALargeFileOfFaultsIsReadInAMoment(t *testing.T) {
	t.Parallel()
	start := time.Now()
	got := Read([]byte(strings.Repeat("=1,=1,=1,=1,=1,=1\n", 50_000)), today)
	if got.Read != 50_000 || len(got.Faults) != 300_000 || len(got.Lines) != 0 {
		t.Errorf("%d read, %d faults", got.Read, len(got.Faults))
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
}
