package supervision_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/supervision"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

// record is what is kept of bea.
func (sc *scene) record() supervision.Record {
	sc.t.Helper()
	r, err := sc.store.Load(sc.t.Context(), bea)
	if err != nil {
		sc.t.Fatal(err)
	}
	return r
}

// both sets up peer-led supervision on 3 December and line management on 15.
func both(t *testing.T) *scene {
	t.Helper()
	sc := setUp(t, "3 December")
	sc.says(bea, "line management monthly, last one was 15 November, next on 15 December")
	has(t, sc.says(bea, "save it"), "Saved")
	return sc
}

// line is how a supervision stands, in short.
func line(c supervision.Clock) string {
	parts := []string{string(c.Kind), "last " + c.Last.String(), "next " + c.Next.String()}
	if c.State != ladder.Running {
		parts = append(parts, string(c.State))
	}
	if !c.Snooze.Zero() {
		parts = append(parts, "snoozed "+c.Snooze.String())
	}
	if c.Monthly {
		parts = append(parts, "monthly")
	}
	return strings.Join(parts, ", ")
}

func lines(r supervision.Record) []string {
	var out []string
	for _, c := range r.Clocks {
		out = append(out, line(c))
	}
	return out
}

const (
	peerAsItWas = "peer, last , next 2026-12-03"
	lineAsItWas = "line, last 2026-11-15, next 2026-12-15"
)

// changes is what can be written in either language, and how things stand then.
var changes = []struct {
	en, cy string
	want   []string
}{
	{
		en: "held peer", cy: "cynhaliwyd gan gymheiriaid",
		want: []string{"peer, last 2026-11-23, next 2026-12-21", lineAsItWas},
	},
	{
		en: "held peer on 20 November", cy: "cynhaliwyd gan gymheiriaid ar 20 Tachwedd",
		want: []string{"peer, last 2026-11-20, next 2026-12-18", lineAsItWas},
	},
	{
		en: "it was on Friday, line management", cy: "roedd ar ddydd Gwener, rheolaeth llinell",
		want: []string{peerAsItWas, "line, last 2026-11-20, next 2026-12-20"},
	},
	{
		en: "it was held yesterday line", cy: "fe'i cynhaliwyd ddoe llinell",
		want: []string{peerAsItWas, "line, last 2026-11-22, next 2026-12-22"},
	},
	{
		en: "moved to 9 December peer", cy: "symudwyd i 9 Rhagfyr cymheiriaid",
		want: []string{"peer, last , next 2026-12-09", lineAsItWas},
	},
	{
		en: "moved line management to the 19th", cy: "symudwyd rheolaeth llinell i'r 19eg",
		want: []string{peerAsItWas, "line, last 2026-11-15, next 2026-12-19"},
	},
	{
		en: "snooze 3", cy: "atgoffa wedyn 3",
		want: []string{peerAsItWas + ", snoozed 2026-11-26", lineAsItWas + ", snoozed 2026-11-26"},
	},
	{
		en: "snooze a week", cy: "atgoffa wedyn wythnos",
		want: []string{peerAsItWas + ", snoozed 2026-11-30", lineAsItWas + ", snoozed 2026-11-30"},
	},
	{
		en: "snooze line 12 December", cy: "atgoffa wedyn llinell 12 Rhagfyr",
		want: []string{peerAsItWas, lineAsItWas + ", snoozed 2026-12-12"},
	},
	{
		en: "cancelled on me line", cy: "canslwyd arna i llinell",
		want: []string{peerAsItWas, "line, last 2026-11-15, next , cancelled"},
	},
	{
		en: "it was cancelled on me peer-led supervision", cy: "cafodd ei ganslo arna i goruchwyliaeth gan gymheiriaid",
		want: []string{"peer, last , next , cancelled", lineAsItWas},
	},
	{
		en: "nobody yet peer", cy: "neb eto cymheiriaid",
		want: []string{"peer, last , next , nobody", lineAsItWas},
	},
	{
		en: "i have nobody yet clinical", cy: "does gen i neb eto clinigol",
		want: []string{peerAsItWas, lineAsItWas, "clinical, last , next , nobody"},
	},
	{
		en: "nobody yet monthly peer", cy: "neb eto bob mis cymheiriaid",
		want: []string{"peer, last , next , nobody, monthly", lineAsItWas},
	},
	{
		en: "stop supervision peer", cy: "stopio goruchwyliaeth cymheiriaid",
		want: []string{lineAsItWas},
	},
}

func TestEveryChangeCanBeWrittenInBothLanguagesAndUndone(t *testing.T) {
	t.Parallel()
	for _, c := range changes {
		for undo, said := range map[string]string{"undo": c.en, "dadwneud": c.cy} {
			sc := both(t)
			before := sc.record()
			answer := sc.says(bea, said)
			if diff := cmp.Diff(c.want, lines(sc.record())); diff != "" {
				t.Errorf("%q: %s\n%s", said, diff, answer)
			}
			sc.says(bea, undo)
			ignore := cmpopts.IgnoreFields(supervision.Record{}, "Event", "Lang", "Before", "Look")
			if diff := cmp.Diff(before, sc.record(), ignore); diff != "" {
				t.Errorf("%q was not undone: %s", said, diff)
			}
			hasNot(t, sc.says(bea, undo), "My supervision", "Fy ngoruchwyliaeth")
		}
	}
}

func TestAPauseCanBeLengthenedUndoneAndEnded(t *testing.T) {
	t.Parallel()
	sc := both(t)
	has(t, sc.says(bea, "pause until 5 January"), "Paused until Tuesday 5 January 2027", "not as overdue")
	sc.Clock.Set(at("2026-12-01 12:00"))
	has(t, sc.says(bea, "oedi tan 12 Ionawr"), "12 Ionawr")
	if p := sc.record().Pause; p.From.String() != "2026-11-23" || p.Until.String() != "2027-01-12" {
		t.Errorf("%+v", p)
	}
	has(t, sc.says(bea, "my supervision"), "Everything is paused until Tuesday 12 January 2027", "I am back")
	sc.says(bea, "undo")
	if p := sc.record().Pause; p.Until.String() != "2027-01-05" {
		t.Errorf("%+v", p)
	}
	hasNot(t, sc.says(bea, "resume"), "paused")
	if p := sc.record().Pause; p.Holds(sc.record().Pause.Until) || p.Until.String() != "2026-12-01" {
		t.Errorf("%+v", p)
	}
}

func TestWhereSeveralAreMeantTheDateIsNotLostInAsking(t *testing.T) {
	t.Parallel()
	sc := both(t)
	for said, c := range map[string]struct{ action, value, command string }{
		"held on 20 November":   {"supervision.held", "peer 2026-11-20", "held Peer-led supervision 2026-11-20"},
		"moved to 9 December":   {"supervision.moved", "line 2026-12-09", "moved to Line management 2026-12-09"},
		"cancelled on me":       {"supervision.cancelled", "line", "cancelled on me Line management"},
		"held":                  {"supervision.held", "peer", "held Peer-led supervision"},
		"moved to 14/12 please": {"supervision.moved", "peer 2026-12-14", "moved to Peer-led supervision 2026-12-14"},
	} {
		found := false
		for _, s := range sc.Say(bea, bottest.Direct(bea), said) {
			has(t, s.Text(), "Which one do you mean?")
			for _, block := range s.Card.Blocks {
				bs, _ := block.(bot.Buttons)
				for _, b := range bs.Buttons {
					found = found || b.Action == c.action && b.Value == c.value && b.Command == c.command
				}
			}
		}
		if !found {
			t.Errorf("%q does not offer %+v", said, c)
		}
	}
}

func TestADateGivenToWhoHadNobodyStartsTheLadder(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	has(t, sc.says(bea, "nobody yet"), "Which kind")
	has(t, sc.press(bea, "supervision.nobody", "peer"), "nobody yet", "not your fault", "What to do when there is no supervision")
	if r := sc.record(); r.Accepted.Zero() || len(r.Clocks) != 1 || r.Clocks[0].State != ladder.Nobody {
		t.Fatalf("%+v", r)
	}
	if sent := sc.until(at("2026-11-23 12:00")); len(sent) != 0 {
		t.Errorf("chased: %v", sent)
	}
	has(t, sc.says(bea, "moved to 3 December"), "Thursday 3 December")
	sc.Clock.Set(at("2026-11-26 09:20"))
	told(t, sc.until(at("2026-11-26 09:30")), "Thu 26 Nov 09:23 d-bea: Peer-led supervision is coming up in 7 days, Thursday 3 December.")
}

func TestTheQuietLineComesOnceAMonth(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.says(bea, "nobody yet monthly peer")
	var got []string
	for _, day := range []string{"2026-12-22", "2026-12-23", "2026-12-24", "2027-01-25", "2027-01-26"} {
		sc.Clock.Set(at(day + " 09:20"))
		got = append(got, sc.until(at(day+" 09:30"))...)
	}
	told(t, got, "Wed 23 Dec 09:23 d-bea: Peer-led supervision: if there is still nobody, here is what can help. If there is somebody now, write “moved to” and the first date.",
		"Mon 25 Jan 09:23 d-bea: Peer-led supervision: if there is still nobody, here is what can help. If there is somebody now, write “moved to” and the first date.")
}

func TestANewSentenceChangesWhatIsThereAndKeepsTheRest(t *testing.T) {
	t.Parallel()
	sc := both(t)
	sc.says(bea, "held line 20 November")
	has(t, sc.says(bea, "line management every 6 weeks"), "every 6 weeks", "Friday 20 November", "Friday 1 January 2027", "counted from")
	sc.says(bea, "save it")
	r := sc.record()
	if i := r.Clocks[1]; i.Every != when.Weeks(6) || i.Last.String() != "2026-11-20" || i.Next.String() != "2027-01-01" {
		t.Errorf("%+v", i)
	}
	if got := lines(r)[0]; got != peerAsItWas {
		t.Errorf("the other changed: %s", got)
	}
}

func TestKindsStandInTheirOrderHoweverTheyCame(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	for _, k := range []string{"mentoring", "group supervision", "line management", "co-reflection", "clinical supervision", "peer supervision"} {
		sc.says(bea, k+" every 4 weeks, next on 12 December")
		sc.says(bea, "save it")
	}
	var got []when.Kind
	for _, c := range sc.record().Clocks {
		got = append(got, c.Kind)
	}
	if diff := cmp.Diff(when.Kinds, got); diff != "" {
		t.Error(diff)
	}
}

func TestACancellationIsCountedAndNeverSaidToBeAnybodysFault(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	has(t, sc.says(bea, "cancelled on me"), "I will not chase you")
	sc.says(bea, "moved to 3 December")
	if on := sc.record().Clocks[0].LastOff; on.String() != "2026-11-23" {
		t.Errorf("once there is a new date it says %s", on)
	}
	sc.says(bea, "cancelled on me")
	sc.says(bea, "undo")
	sc.says(bea, "undo")
	if on := sc.record().Clocks[0].LastOff; on.String() != "2026-11-23" {
		t.Errorf("what was undone still counts: %s", on)
	}
}
