package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// checked is what “cymar roster check” makes of a list.
func checked(t *testing.T, list string, args ...string) ran {
	t.Helper()
	file := filepath.Join(t.TempDir(), "roster.csv")
	if err := os.WriteFile(file, []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	return cymar(t, "", nil, append([]string{"roster", "check", file}, args...)...)
}

func TestAGoodRosterEndsWithStatusNought(t *testing.T) {
	t.Parallel()
	day := time.Now().AddDate(0, 1, 0).Format("02/01/2006")
	got := checked(t, "Name,Kind,Interval,Next date\nBea Jones,peer,every 4 weeks,"+day+"\nCat Ray,line,monthly,\n")
	if got.status != 0 || got.out != "I read 2 lines; 2 can be used.\n" || got.err != "" {
		t.Errorf("%+v", got)
	}
}

func TestEveryFaultyLineOfARosterIsNamedWithItsReason(t *testing.T) {
	t.Parallel()
	got := checked(t, "Name;Kind;Interval;Next date;Supervisor\n"+
		"B\xe9a Si\xf4n;peer;every 4 weeks;;\n"+ // Latin-1, as old spreadsheets write it
		"Cat;peer;every 0 days;;\n"+
		"=HYPERLINK(\"http://x\");peer;;;\n"+
		"Dan;tea;monthly;;\n"+
		"Eve;line;every 18 months;;\n"+
		"Fay;line;monthly;31/02/2027;\n"+
		"Gil;peer;;;Gil\n"+
		"b\xe9a si\xf4n;peer;monthly;;\n")
	want := []string{"I read 8 lines; 1 can be used.", "Line 3: “every 0 days”", "Line 4: “=HYPERLINK(\"http://x\")” is a formula", "Line 5: “tea”",
		"Line 6: “every 18 months” is longer than a year", "Line 7: There is no such day as “31/02/2027”", "Line 8: “Gil” would supervise themselves", "Line 9: “béa siôn” is there with the same kind already"}
	for _, w := range want {
		if !strings.Contains(got.out, w) {
			t.Errorf("it does not say %q:\n%s", w, got.out)
		}
	}
	if got.status != 1 || !strings.Contains(got.err, "some lines cannot be used") {
		t.Errorf("status %d: %s", got.status, got.err)
	}
}

func TestARosterIsCheckedInWelshAndFromStandardInput(t *testing.T) {
	t.Parallel()
	got := cymar(t, "Bea,peer,bob 4 wythnos\nCat,te,bob mis\n", nil, "roster", "check", "-", "--lang", "cy")
	if got.status != 1 || !strings.Contains(got.out, "Darllenais") || !strings.Contains(got.out, "Llinell 2: nid yw “te”") {
		t.Errorf("%+v", got)
	}
}

func TestFiftyThousandLinesOfARosterAreChecked(t *testing.T) {
	t.Parallel()
	var list strings.Builder
	for i := range 50_000 {
		_, _ = fmt.Fprintf(&list, "Person %d,peer,every 4 weeks\n", i)
	}
	if got := checked(t, list.String()); got.status != 0 || !strings.Contains(got.out, "I read 50000 lines; 50000 can be used") {
		t.Errorf("%d: %.200s", got.status, got.out+got.err)
	}
	list.WriteString("One too many,peer,monthly\n")
	if got := checked(t, list.String()); got.status != 1 || !strings.Contains(got.out, "at most 50,000 lines") {
		t.Errorf("%d: %.200s", got.status, got.out+got.err)
	}
}

func TestARosterThatCannotBeOpenedIsTheOperatorsToMend(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"roster", "check", filepath.Join(t.TempDir(), "nowhere.csv")}, {"roster", "check", t.TempDir()},
		{"roster", "check"}, {"roster", "check", "x", "--lang", "fr"}} {
		if got := cymar(t, "", nil, args...); got.status != 2 || got.out != "" && !strings.Contains(got.out, "Usage") {
			t.Errorf("%v: %+v", args, got)
		}
	}
}

func TestAFileThatIsNoRosterSaysSo(t *testing.T) {
	t.Parallel()
	for name, list := range map[string]string{"empty": "", "blank": "\n\n  \n", "a heading alone": "Name,Kind\n"} {
		if got := checked(t, list); got.status != 1 || !strings.Contains(got.out, "–: there is no line in it") {
			t.Errorf("%s: %+v", name, got)
		}
	}
	for name, list := range map[string]string{"a picture": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "an open quotation mark": "Bea,\"peer\nCat,peer\n"} {
		if got := checked(t, list); got.status != 1 || strings.Contains(got.out, "\x00") || strings.Contains(got.out, "\x1a") {
			t.Errorf("%s: %q", name, got.out)
		}
	}
	if got := checked(t, strings.Repeat("x", 16<<20+1)); got.status != 1 || !strings.Contains(got.out, "too large") {
		t.Errorf("too large: %.200s", got.out)
	}
}
