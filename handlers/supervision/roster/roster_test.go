package roster_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cymar/handlers/supervision/calendar"
	. "cymar/handlers/supervision/roster"
	"cymar/handlers/supervision/when"
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

func TestARosterIsReadHoweverItWasSaved(t *testing.T) {
	t.Parallel()
	want := []Line{
		{Number: 2, Who: "Siân Jones", Kind: when.Peer, Every: when.Weeks(4), Next: day("2026-12-12"), With: "peer lead", Team: "North"},
		{Number: 3, Who: "@bea", Kind: when.Line, Every: when.Interval{Months: 1}},
	}
	const body = "Siân Jones,peer-led,every 4 weeks,12/12/2026,peer lead,North\n@bea,line management,monthly,,,\n"
	latin := strings.ReplaceAll("Name,Kind,Interval,Next date,Supervisor,Team\n"+body, "â", "\xe2")
	for name, file := range map[string]string{
		"commas":         "Name,Kind,Interval,Next date,Supervisor,Team\n" + body,
		"semicolons":     strings.ReplaceAll("Name,Kind,Interval,Next date,Supervisor,Team\n"+body, ",", ";"),
		"tabs":           strings.ReplaceAll("Name,Kind,Interval,Next date,Supervisor,Team\n"+body, ",", "\t"),
		"Latin-1":        latin,
		"a mark":         "\uFEFFName,Kind,Interval,Next date,Supervisor,Team\n" + body,
		"Windows' lines": strings.ReplaceAll("Name,Kind,Interval,Next date,Supervisor,Team\n"+body, "\n", "\r\n"),
		"UTF-16":         utf16("Name,Kind,Interval,Next date,Supervisor,Team\n" + body),
		"Welsh":          "Enw,Math,Pa mor aml,Nesaf,Goruchwyliwr,Tîm\n" + body,
		"quotes":         "\"Name\",\"Kind\",\"Interval\",\"Next date\",\"Supervisor\",\"Team\"\n" + body,
		"empty lines":    "Name,Kind,Interval,Next date,Supervisor,Team\n" + body + "\n ,,\n",
	} {
		got := Read([]byte(file), today)
		if diff := cmp.Diff(want, got.Lines); diff != "" || len(got.Faults) > 0 || got.Read != 2 {
			t.Errorf("%s: %s\n%+v", name, diff, got.Faults)
		}
	}
}

func utf16(s string) string {
	out := []byte{0xff, 0xfe}
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return string(out)
}

func TestWithoutAHeadingTheOrderIsTheUsualOne(t *testing.T) {
	t.Parallel()
	got := Read([]byte("Ann,clinical,6 weeks,14 December\nBob,peer,bob pedair wythnos,"), today)
	want := []Line{{Number: 1, Who: "Ann", Kind: when.Clinical, Every: when.Weeks(6), Next: day("2026-12-14")}, {Number: 2, Who: "Bob", Kind: when.Peer, Every: when.Weeks(4)}}
	if diff := cmp.Diff(want, got.Lines); diff != "" {
		t.Error(diff)
	}
}

func TestColumnsMayComeInAnyOrderWithOthersBetween(t *testing.T) {
	t.Parallel()
	got := Read([]byte("Band;Type;Name;E-mail;Next\n5;peer;Ann;a@example.org;3/12\n"), today)
	want := []Line{{Number: 2, Who: "Ann", Kind: when.Peer, Next: day("2026-12-03")}}
	if diff := cmp.Diff(want, got.Lines); diff != "" {
		t.Error(diff)
	}
}

func TestEveryFaultyLineIsNamedWithItsReason(t *testing.T) {
	t.Parallel()
	file := strings.Join([]string{"name,kind,every,next,supervisor",
		",peer,4 weeks,,", "Ann,,4 weeks,,", "Bob,knitting,4 weeks,,", "Cat,peer,every 0 days,,", "Dan,peer,4-6 weeks,,",
		"Eve,peer,4 weeks,31/2/2027,", "Fay,peer,4 weeks,12/13,", "Gus,peer,4 weeks,3/11/2026,", "Hal,peer,4 weeks,,Hal",
		"=HYPERLINK(\"http://evil.example\"),peer,4 weeks,,", "@SUM(1+1),peer,,,", "+44 1234,peer,,,", "-2,peer,,,",
		"Ivy,peer,2 years,,", "Joe,peer,4 weeks,,", "joe,peer,4 weeks,,", strings.Repeat("x", 300) + ",peer,,,", "Kim,line,monthly,,"}, "\n")
	got := Read([]byte(file), today)
	want := []string{"2 who no_name", "3 kind no_kind", "4 kind no_kind", "5 every zero_interval", "6 every ambiguous",
		"7 next no_such_day", "8 next no_such_month", "9 next past", "10 with oneself", "11 who formula", "12 who formula", "13 who formula",
		"14 who formula", "15 every too_long", "17 who duplicate", "18 who long_cell"}
	var found []string
	for _, f := range got.Faults {
		found = append(found, fmt.Sprintf("%d %s %s", f.Line, f.Column, f.Why))
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Error(diff)
	}
	if len(got.Lines) != 2 || got.Read != 18 {
		t.Errorf("%d of %d lines were taken", len(got.Lines), got.Read)
	}
}

func TestAFileThatIsNoRosterSaysSo(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]Why{"": Empty, "\n\n": Empty, "name,kind\n": Empty, string(make([]byte, MaxBytes+1)): TooLarge} {
		got := Read([]byte(file), today)
		if len(got.Faults) == 0 || got.Faults[0].Why != want || got.Faults[0].Line != 0 {
			t.Errorf("%.20q: %+v", file, got.Faults)
		}
	}
}

func TestFiftyThousandLinesAreReadInAMoment(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("name;kind;every;next\n")
	for i := range MaxLines + 5 {
		fmt.Fprintf(&b, "Person %d;peer;every 4 weeks;12/12/2026\n", i)
	}
	began := time.Now()
	got := Read([]byte(b.String()), today)
	if len(got.Lines) != MaxLines || len(got.Faults) != 1 || got.Faults[0].Why != TooLarge {
		t.Errorf("%d lines, %d faults", len(got.Lines), len(got.Faults))
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestNoExportedCellIsAFormula(t *testing.T) {
	t.Parallel()
	for _, c := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "|cmd", "%x"} {
		if got := Safe(c); !strings.HasPrefix(got, "'") {
			t.Errorf("%q became %q", c, got)
		}
	}
	if Safe("North team") != "North team" || Safe("") != "" {
		t.Error("a plain cell was changed")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("name,kind,every,next\nAnn,peer,4 weeks,12/12\n"))
	f.Add([]byte("\"a\n\"\"b,;\t\xff\xfe=1"))
	f.Add([]byte{0xff, 0xfe, 0x00})
	f.Fuzz(func(t *testing.T, data []byte) {
		got := Read(data, today)
		for _, l := range got.Lines {
			if l.Who == "" || l.Kind == "" || l.Number < 1 || !l.Next.Zero() && l.Next < today || !l.Every.Zero() && l.Every.Valid() != nil {
				t.Errorf("%+v", l)
			}
			for _, c := range []string{l.Who, l.With, l.Team} {
				if strings.HasPrefix(c, "=") || strings.ContainsAny(c, "\x00\n\r\t") {
					t.Errorf("%q", c)
				}
			}
		}
		if len(got.Lines) > got.Read {
			t.Errorf("%d of %d", len(got.Lines), got.Read)
		}
	})
}
