package transcript

import (
	"fmt"
	"testing"
)

func TestTimesInATableAreReadInEveryForm(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"12/03/2026 14:03":      "2026-3-12 14:3:0 open",
		"2026-03-12T14:03:09Z":  "2026-3-12 14:3:9 zoned",
		"1773324189":            "2026-3-12 14:3:9 zoned",
		"1773324189.000200":     "2026-3-12 14:3:9 zoned",
		"1773324189123":         "2026-3-12 14:3:9 zoned",
		"14:03":                 "0-0-0 14:3:0",
		"12 March 2026 2:03 PM": "2026-3-12 2:3:0",
	} {
		st, ok := readWhen(in)
		if !ok {
			t.Errorf("%q was not read", in)
			continue
		}
		open, zoned := "", ""
		if st.A > 0 {
			open, st = " open", st.Decide(true)
		}
		if st.Zoned {
			zoned = " zoned"
		}
		if got := fmt.Sprintf("%d-%d-%d %d:%d:%d%s%s", st.Year, st.Month, st.Day, st.Hour, st.Min, st.Sec, open, zoned); got != want {
			t.Errorf("%q is %s, want %s", in, got, want)
		}
	}
	for _, in := range []string{"", "soon", "17", "-5", "9e99", "NaN", "1773324189123456"} {
		if st, ok := readWhen(in); ok {
			t.Errorf("%q is %+v", in, st)
		}
	}
}

func TestReactionsInACellAreReadInEveryForm(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"like x4; heart x2": "map[heart:2 like:4]",
		"👍 4, ❤️ 2":         "map[heart:2 like:4]",
		"like:4":            "map[like:4]",
		"like (3)":          "map[like:3]",
		"like=3|sad=1":      "map[like:3 sad:1]",
		":wave: 2":          "map[wave:2]",
		"like":              "map[like:1]",
		"":                  "map[]",
		" ; , ":             "map[]",
		"like x999999999":   "map[like:100000]",
		"like x-4":          "map[like x-4:1]",
	} {
		var it item
		cellReactions(&it, in)
		if got := fmt.Sprint(it.reactions); got != want {
			t.Errorf("%q gives %s, want %s", in, got, want)
		}
	}
}

func TestYesAndNoAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{"yes": true, "TRUE": true, "1": true, "2026-03-12": true, "": false, "no": false, "False": false, "0": false, "null": false, "na": false} {
		if got := truthy(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func TestColumnsWithoutHeadingsAreFoundByWhatIsInThem(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want string
	}{
		"time, name, text": {"12/03/2026 14:01,Ann Lee,hello all of you\n12/03/2026 14:02,Bob Ray,good afternoon\n12/03/2026 14:03,Ann Lee,thank you all\n", "[1 4 5]"},
		"text first":       {"hello all of you;Ann Lee;14:01\ngood afternoon to you;Bob Ray;14:02\nthank you all;Ann Lee;14:03\n", "[5 4 3]"},
		"date and time":    {"12/03/2026\t14:01\tAnn Lee\thello all of you\n12/03/2026\t14:02\tBob Ray\tgood afternoon\n12/03/2026\t14:03\tAnn Lee\tthanks to all\n", "[2 3 4 5]"},
	} {
		tb, _, ok := headless(c.text)
		if !ok || fmt.Sprint(tb.columns) != c.want {
			t.Errorf("%s: %v %v", name, ok, tb.columns)
		}
	}
	for name, text := range map[string]string{
		"two columns":    "14:01,hello\n14:02,there\n14:03,you\n",
		"no times":       "a,Ann Lee,hello\nb,Bob Ray,there\nc,Ann Lee,you\n",
		"no names":       "14:01,is it?,hello there\n14:02,no!,hello there\n14:03,why?,hello there\n",
		"uneven":         "14:01,Ann,hello\n14:02,Bob\n14:03,Cat,you,and,more\n",
		"too short":      "14:01,Ann,hello\n",
		"a text":         "Ann said hello, and Bob, who was late, said it too.\nThen we began.\nAnd ended.\n",
		"nothing at all": "",
	} {
		if tb, _, ok := headless(text); ok {
			t.Errorf("%s: %v", name, tb.columns)
		}
	}
}

func TestASecondColumnOfAKindIsLeftAside(t *testing.T) {
	t.Parallel()
	tb, ok := newTable([]string{"Timestamp", "Time", "Name", "User", "Message", "Text"})
	if !ok || fmt.Sprint(tb.columns) != fmt.Sprint([]role{roleWhen, roleNone, roleAuthor, roleNone, roleText, roleNone}) {
		t.Errorf("%v %v", ok, tb.columns)
	}
	if _, ok := newTable([]string{"Time", "Message"}); ok {
		t.Error("a table without names is one")
	}
	if _, ok := newTable(nil); ok {
		t.Error("nothing is a table")
	}
}

func TestARowBecomesAMessageOrSaysWhyNot(t *testing.T) {
	t.Parallel()
	tb, _ := newTable([]string{"Time", "Name", "Message", "Deleted"})
	for name, c := range map[string]struct {
		row  []string
		text string
		why  Reason
	}{
		"whole":         {[]string{"14:01", "Ann", "hello", ""}, "hello", ""},
		"too short":     {[]string{"14:01", "Ann", "hello"}, "hello", ""},
		"no name":       {[]string{"14:01", "", "hello", ""}, "", NoName},
		"no text":       {[]string{"14:01", "Ann", "", ""}, "", Empty},
		"empty":         {[]string{"", "", "", ""}, "", Empty},
		"bad time":      {[]string{"soon", "Ann", "hello", ""}, "hello", BadTime},
		"no time":       {[]string{"", "Ann", "hello", ""}, "hello", ""},
		"deleted":       {[]string{"14:01", "Ann", "", "yes"}, "", ""},
		"spaces around": {[]string{" 14:01 ", " Ann ", " hello ", " "}, "hello", ""},
	} {
		it, why := tb.item(c.row)
		if why != c.why || why == "" && it.text != c.text {
			t.Errorf("%s: %q %q", name, it.text, why)
		}
	}
}

func TestALineIsDividedWithoutHeedToQuotationMarks(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		`a;b;c`: "[a b c]", `"a";"b ""x""";c`: `[a b "x" c]`, `a;"b`: "[a b]", "": "[]",
	} {
		if got := fmt.Sprint(splitPlainly(in, ';')); got != want {
			t.Errorf("%q is %s, want %s", in, got, want)
		}
	}
}
