package grouping_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestTwoSubjectsThatShareAWordAreNotOneLargeTheme has four subjects of equal
// length that all speak of the ward: the like of it must not swallow two.
func TestTwoSubjectsThatShareAWordAreNotOneLargeTheme(t *testing.T) {
	t.Parallel()
	subjects := [][]string{
		{"keys on the ward", "the alarm and the keys", "keys open every ward door", "no key without training", "keys and alarms at the ward desk", "who holds keys"},
		{"supervision on the ward", "supervision is cancelled", "ward supervision every month", "supervisors who did the job", "group supervision on wards", "supervision notes"},
		{"discharge from the ward", "going home from hospital", "discharge letters", "the first week after discharge", "discharge from a ward on a Friday", "home after hospital"},
		{"meals on the ward", "cooking a meal together", "food and meals at noon", "meals with staff on the ward", "cooking lunch", "food that people like"},
	}
	var b strings.Builder
	who := []string{"Ann Lee", "Ben Rees", "Cat Moss", "Dev Rao"}
	for k, s := range subjects {
		for n, line := range s {
			fmt.Fprintf(&b, "10:%02d %s: %s\n", 12*k+n, who[n%4], line)
		}
	}
	_, ts := group(t, b.String())
	for _, th := range ts {
		if len(th.Lines) > 12 {
			t.Errorf("a theme of %d of 24 lines: %v", len(th.Lines), ts)
		}
	}
	if len(ts) < 3 {
		t.Errorf("%d themes", len(ts))
	}
}

func TestALabelOpensATheme(t *testing.T) {
	t.Parallel()
	c, ts := group(t, "10:00 Jo Hill: welcome all"+supervision+`
10:11 Eve Fox: Travel. buses stop at six and nobody pays for miles
10:12 Fay Orr: miles are paid but not the time on the bus
10:13 Ann Lee: travel takes half of my day
10:14 Ben Rees: no bus reaches the far villages`)
	if a, b := of(ts, 6), of(ts, 1); a == b || a < 0 {
		t.Errorf("%q is in theme %d with supervision: %v", c.Lines[6].Raw, a, ts)
	}
	if of(ts, 6) != of(ts, 9) {
		t.Errorf("travel is in two themes: %v", ts)
	}
}

func TestAFewLinesBesideAreNoThemeWhereThereAreEnoughOfOthers(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	who := []string{"Ann Lee", "Ben Rees", "Cat Moss", "Dev Rao"}
	say := func(at int, lines ...string) {
		for n, line := range lines {
			fmt.Fprintf(&b, "10:%02d %s: %s\n", at+n, who[n%4], line)
		}
	}
	about := func(at int, word string) {
		for n, rest := range strings.Fields("monthly cancelled shared minimum national written promised short long paid unpaid peer-led split local") {
			say(at+n, word+" is "+rest)
		}
	}
	about(0, "supervision")
	say(14, "the hub has a piano", "a piano in the hub", "tune the piano")
	about(17, "pay")
	about(32, "discharge")
	about(46, "training")
	_, ts := group(t, b.String())
	for _, th := range ts {
		if len(th.Lines) < 4 {
			t.Errorf("%d lines are a theme: %v", len(th.Lines), ts)
		}
	}
	// In a chat that has nothing else, three lines are one.
	b.Reset()
	say(0, "the hub has a piano", "a piano in the hub", "tune the piano")
	if _, ts = group(t, b.String()); len(ts) != 1 || len(ts[0].Lines) != 3 {
		t.Errorf("%v", ts)
	}
}
