package grouping_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cymar/handlers/meetings/themes/grouping"
	"cymar/handlers/meetings/themes/internal/chattest"
	"cymar/handlers/meetings/themes/reading"
)

func group(t testing.TB, chat string) (*reading.Chat, []grouping.Theme) {
	t.Helper()
	c := reading.Read(chattest.Chat(t, chat), reading.Options{})
	return c, grouping.Group(c, grouping.DefaultTuning)
}

// of gives the theme that a line is in, or -1.
func of(ts []grouping.Theme, line int) int {
	return slices.IndexFunc(ts, func(t grouping.Theme) bool { return slices.Contains(t.Lines, line) })
}

const supervision = `
10:04 Ann Lee: peer workers need supervision every month
10:05 Ben Rees: group supervision works well for new peer workers
10:06 Cat Moss: supervision gets cancelled when the ward is short
10:08 Dev Rao: supervisors should have done the peer role
10:09 Ann Lee: reflective practice is part of supervision too`

const pay = `
10:31 Cat Moss: pay bands differ between trusts for the same job
10:32 Ben Rees: the banding is too low for the skill that the job takes
10:33 Dev Rao: pay should be the same across services
10:35 Ann Lee: sick pay is missing from most bank contracts`

func TestWhatIsSaidTogetherAndOfOneSubjectIsOneTheme(t *testing.T) {
	t.Parallel()
	_, ts := group(t, "10:00 Jo Hill: welcome all"+supervision+"\n10:30 Jo Hill: moving on to pay"+pay)
	if len(ts) != 2 {
		t.Fatalf("%d themes: %v", len(ts), ts)
	}
	for _, pair := range [][2]int{{1, 5}, {7, 10}} {
		if of(ts, pair[0]) != of(ts, pair[1]) {
			t.Errorf("lines %d and %d are apart: %v", pair[0], pair[1], ts)
		}
	}
	if of(ts, 1) == of(ts, 7) {
		t.Error("supervision and pay are one theme")
	}
}

func TestALateReplyGoesWithWhatItAnswers(t *testing.T) {
	t.Parallel()
	_, ts := group(t, "10:00 Jo Hill: welcome all"+supervision+"\n10:30 Jo Hill: moving on to pay"+pay+`
10:36 Ben Rees: band 4 and band 5 posts do the same job for different pay
10:37 Cat Moss: pay panels never ask peers about their banding
10:38 Dev Rao: agenda for change leaves the job at a low band
10:39 Eve Fox >4: ours stopped being cancelled when it went into the rota`)
	if a, b := of(ts, 14), of(ts, 3); a != b || a < 0 {
		t.Errorf("the late reply is in theme %d, its question in %d", a, b)
	}
}

func TestASubjectTakenUpAgainJoinsItsTheme(t *testing.T) {
	t.Parallel()
	_, ts := group(t, "10:00 Jo Hill: welcome all"+supervision+"\n10:30 Jo Hill: moving on to pay"+pay+`
10:40 Eve Fox: going back to supervision, group supervision needs a supervisor who is a peer
10:41 Ann Lee: yes, peer supervision and reflective practice for every supervisor
10:42 Ben Rees: supervision every month should be in the job plan`)
	if a, b := of(ts, 11), of(ts, 1); a != b {
		t.Errorf("supervision is in themes %d and %d: %v", b, a, ts)
	}
}

func TestSmallTalkIsInNoTheme(t *testing.T) {
	t.Parallel()
	c, ts := group(t, "10:00 Jo Hill: welcome all\n10:01 Ann Lee: morning everyone\n10:02 Ben Rees: can you hear me? no sound"+supervision+"\n10:58 Cat Moss: thanks all, bye")
	for _, th := range ts {
		for _, i := range th.Lines {
			if c.Lines[i].Small || i < 3 || i > 7 {
				t.Errorf("%q is in a theme", c.Lines[i].Raw)
			}
		}
	}
	if _, ts = group(t, "10:00 Jo Hill: hello\n10:01 Ann Lee: hiya 👋\n10:02 Ben Rees: bye"); len(ts) > 0 {
		t.Errorf("greetings make %d themes", len(ts))
	}
}

func TestLinesThatNoThemeHasGoWithWhatTheyAnswer(t *testing.T) {
	t.Parallel()
	c, ts := group(t, "10:00 Jo Hill: welcome all"+supervision+"\n10:10 Eve Fox >2: me too please")
	grouping.Attach(c, ts, []int{6})
	if of(ts, 6) != of(ts, 1) {
		t.Errorf("the answer is in theme %d", of(ts, 6))
	}
	before := len(ts[of(ts, 1)].Lines)
	grouping.Attach(c, ts, []int{6, 6, 1})
	if after := len(ts[of(ts, 1)].Lines); after != before {
		t.Errorf("attached again: %d lines, then %d", before, after)
	}
}

// TestHoweverAChatIsMixedTheThemesHoldTogether draws chats at random: no line
// twice, no line that may not be used, rising order, the same every time.
func TestHoweverAChatIsMixedTheThemesHoldTogether(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 7))
	words := strings.Fields("supervision pay band ward peer carers induction form rota training digital phone crisis the and of for with not is are need should")
	for range 40 {
		var b strings.Builder
		n := 1 + rng.IntN(120)
		for i := range n {
			fmt.Fprintf(&b, "%02d:%02d %s", 9+i/60, i%60, []string{"Ann Lee", "Ben Rees", "Cat Moss", "Dev Rao"}[rng.IntN(4)])
			if i > 0 && rng.IntN(5) == 0 {
				fmt.Fprintf(&b, " >%d", 1+rng.IntN(i))
			}
			if rng.IntN(12) == 0 {
				b.WriteString(" -")
			}
			b.WriteString(":")
			for range 1 + rng.IntN(14) {
				b.WriteString(" " + words[rng.IntN(len(words))])
			}
			b.WriteString("\n")
		}
		c, ts := group(t, b.String())
		seen := map[int]bool{}
		for _, th := range ts {
			if !slices.IsSorted(th.Lines) || len(th.Lines) == 0 {
				t.Fatalf("out of order: %v", th.Lines)
			}
			for _, i := range th.Lines {
				if seen[i] || c.Lines[i].Gone || c.Lines[i].Bot {
					t.Fatalf("line %d is twice in a theme, or may not be used", i)
				}
				seen[i] = true
			}
		}
		if _, again := group(t, b.String()); !cmp.Equal(ts, again) {
			t.Fatal("the second time the themes are others")
		}
		if len(ts) > 8 {
			t.Fatalf("%d themes of %d lines", len(ts), n)
		}
	}
}

func TestWhoLooksAfterSomebodyIsInNoTheme(t *testing.T) {
	t.Parallel()
	chat := "10:00 Jo Hill: welcome all" + supervision + `
10:10 Eve Fox: red flag words
10:11 Ann Lee >7: supervision can wait, I am ringing you now about supervision
10:12 Ben Rees: supervision every week for new peers`
	for level, want := range map[string]bool{"R": false, "": true} {
		guard := func(s string) string {
			if s == "red flag words" {
				return level
			}
			return ""
		}
		c := reading.Read(chattest.Chat(t, chat), reading.Options{Guard: guard})
		ts := grouping.Group(c, grouping.DefaultTuning)
		if got := of(ts, 7) >= 0; got != want {
			t.Errorf("with level %q: %v", level, ts)
		}
	}
}
