package supervision_test

import (
	"strings"
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
)

func TestOneSentenceIsSaidBackAndSavedOnlyAfterAYes(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	got := sc.says(bea, oneLine)
	has(t, got, "This is what I understood", "Peer-led supervision", "every 4 weeks", "our peer lead", "Saturday 12 December", "save it")
	hasNot(t, got, "default")
	if r, err := sc.store.Load(t.Context(), bea); err != nil || len(r.Clocks) != 0 {
		t.Errorf("before the yes: %+v, %v", r, err)
	}
	has(t, sc.says(bea, "save it"), "Saved.", "Undo")
	has(t, sc.says(bea, "my supervision"), "Saturday 12 December")
}

func TestTheSameInWelsh(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	got := sc.says(bea, "goruchwyliaeth gan gymheiriaid bob pedair wythnos, nesaf ar 12 Rhagfyr")
	has(t, got, "Dyma beth ddeallais i", "Goruchwyliaeth gan gymheiriaid", "bob 4 wythnos", "dydd Sadwrn 12 Rhagfyr", "cadw")
	has(t, sc.says(bea, "cadw"), "Wedi cadw")
	has(t, sc.says(bea, "fy ngoruchwyliaeth"), "bob 4 wythnos")
	has(t, sc.says(bea, "cynhaliwyd ddoe"), "cynhaliwyd ddoe", "20 Rhagfyr")
	has(t, sc.says(bea, "dadwneud"), "12 Rhagfyr")
}

func TestWhereTheKindIsMissingItIsAskedFor(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	has(t, sc.says(bea, "goruchwyliaeth bob pedair wythnos"), "Pa fath", "math Rheolaeth llinell")
	has(t, sc.press(bea, "supervision.kind", "line"), "every 4 weeks", "Line management", "counted from how often")
	has(t, sc.press(bea, "supervision.save", ""), "Saved")
}

func TestADefaultIsCalledADefaultAndNotAStandard(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	has(t, sc.says(bea, "line management, last one was 3 Nov"), "every 6 weeks (a default, not a standard)", "15 December")
}

func TestSomebodyNewIsSeenTwiceAsOftenByDefault(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	_, sent := sc.Do(bea, bottest.Direct(bea), bot.Submitted{Form: "supervision.setup",
		Fields: map[string]string{"peer": "have", "line": "leave", "in_post": "2026-11-02"}})
	has(t, sc.text(sent), "Monday 7 December")
}

func TestADateThatCanMeanTwoThingsIsAsked(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	got := sc.says(bea, "peer supervision every 4 weeks, next Tuesday")
	has(t, got, "can mean two things", "Tuesday 24 November", "Tuesday 1 December", "every 4 weeks")
	has(t, sc.press(bea, "supervision.next", "2026-12-01"), "in 8 days, Tuesday 1 December", "Yes, save it")
	has(t, sc.says(bea, "clinical supervision every 4-6 weeks"), "every 4 weeks", "→ every 6 weeks")
	has(t, sc.press(bea, "supervision.every", "6 weeks"), "How often: every 6 weeks")
}

func TestBadInputGetsAClearSentenceAndLosesNothing(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"peer supervision every 4 weeks, next on 31 February":  "no such day",
		"peer supervision every 0 days, next on 12 December":   "cannot be",
		"peer supervision every 2 years, next on 12 December":  "longer than a year",
		"peer supervision every 4 weeks, next on 12 Nov 2026":  "in the past",
		"peer supervision every 4 weeks, next on 12/13":        "no such month",
		"peer supervision every 4 weeks, next Monday 8 Dec":    "not on that day of the week",
		"peer supervision every 4 weeks from next week":        "which day",
		"peer supervision every 4 weeks, last was 12 Dec 2026": "still to come",
	} {
		sc := newScene(t)
		got := sc.says(bea, said)
		has(t, got, want, "Peer-led supervision")
		hasNot(t, got, "Yes, save it")
		r, err := sc.store.Load(t.Context(), bea)
		if err != nil || r.Draft == nil || len(r.Clocks) > 0 {
			t.Errorf("%q: %+v, %v", said, r, err)
		}
		has(t, sc.says(bea, "next on 14 December"), "Monday 14 December", "Yes, save it")
	}
}

func TestNobodySupervisesThemselves(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	has(t, sc.says(bea, "peer supervision every 4 weeks with myself"), "yourself")
	_, sent := sc.Do(bea, bottest.Direct(bea), bot.Said{Text: "peer supervision every 4 weeks", Message: "m", ToBot: true, Mentions: []bot.User{bea}})
	has(t, sc.text(sent), "yourself")
}

func TestTheFormAsksForTwoKindsAndChecksEveryField(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	now, _ := sc.Press(bea, bottest.Direct(bea), "supervision.form", "")
	if now == nil || now.Form == nil || len(now.Form.Fields) != 7 {
		t.Fatalf("%+v", now)
	}
	fields := map[string]string{"peer": "have", "peer_every": "every 0 days", "peer_next": "2026-02-31", "line": "nobody", "in_post": "2027-01-01"}
	now, _ = sc.Do(bea, bottest.Direct(bea), bot.Submitted{Form: "supervision.setup", Fields: fields})
	for _, f := range []string{"peer_every", "peer_next", "in_post"} {
		if now == nil || now.FieldErrors[f] == "" {
			t.Errorf("%s has no error: %+v", f, now)
		}
	}
	fields = map[string]string{"peer": "have", "peer_every": "4 weeks", "peer_next": "2026-12-12", "line": "nobody"}
	_, sent := sc.Do(bea, bottest.Direct(bea), bot.Submitted{Form: "supervision.setup", Fields: fields})
	has(t, sc.text(sent), "Saturday 12 December", "nobody yet", "save it")
	has(t, sc.says(bea, "save it"), "Saved")
	now, _ = sc.Do(bea, bottest.Direct(bea), bot.Submitted{Form: "supervision.setup", Fields: map[string]string{"peer": "leave", "line": "leave"}})
	if now == nil || now.FieldErrors["peer"] == "" {
		t.Errorf("an empty form: %+v", now)
	}
}

func TestWhatIsNotSavedGoesAfterADay(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.says(bea, oneLine)
	sc.tick(at("2026-11-24 09:01"))
	if r, err := sc.store.Load(t.Context(), bea); err == nil {
		t.Errorf("still there: %+v", r)
	}
	has(t, sc.says(bea, "save it"), "nothing waiting to be saved")
}

func TestEverybodysQuestionsAreNoCommands(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.says(bea, oneLine)
	sc.says(bea, "save it")
	before, err := sc.store.Load(t.Context(), bea)
	if err != nil {
		t.Fatal(err)
	}
	for _, said := range []string{
		"supervision is making me anxious, what should I do?", "held the hand of somebody on the ward yesterday",
		"stop supervision being about risk all the time, how?", "next steps for my career", "every time I share my story I shake",
		"peer supervision: who should give it?", "kind words help, don't they", "moved to tears today, is that ok",
	} {
		sc.Say(bea, channel, said)
	}
	after, err := sc.store.Load(t.Context(), bea)
	if err != nil || after.Event != before.Event {
		t.Errorf("something changed: %+v, %v", after, err)
	}
}

func TestRequestsInOtherWordsAreOfferedAndChangeNothing(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.says(bea, oneLine)
	sc.says(bea, "save it")
	for said, want := range map[string]string{
		"when is my next supervision?":                             "Saturday 12 December",
		"remind me about supervision on the 3rd":                   "Thursday 3 December",
		"cancel my reminder":                                       "Shall I stop",
		"my supervision got cancelled again":                       "cancelled on me",
		"can you turn the reminders off please":                    "stop supervision",
		"we had supervision on 20 november":                        "Held on Friday 20 November",
		"I'm on annual leave until 5 January":                      "Pause until Tuesday 5 January 2027",
		"there is nobody to supervise me":                          "I have nobody yet",
		"could you rearrange, it has moved to 14/12":               "It has moved to Monday 14 December",
		"pryd mae fy ngoruchwyliaeth nesaf?":                       "12 Rhagfyr",
		"stopiwch fy atgoffa i am oruchwyliaeth os gwelwch yn dda": "stopio goruchwyliaeth",
	} {
		has(t, sc.says(bea, said), want)
	}
	if r, err := sc.store.Load(t.Context(), bea); err != nil || r.Clocks[0].Next.String() != "2026-12-12" || !r.Stopped.Zero() {
		t.Errorf("something changed: %+v, %v", r, err)
	}
}

func TestInAChannelOnlyThePersonSeesIt(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	for _, said := range []string{"my supervision", oneLine, "save it", "held", "undo", "snooze 3", "every 0 days"} {
		for _, s := range sc.Say(bea, channel, said) {
			if s.To.Kind != bot.DirectChat && (s.Only == nil || s.Only.ID != bea.ID) {
				t.Errorf("%q was answered to everybody", said)
			}
		}
	}
	for _, s := range sc.Say(bea, channel, "supervision calendar") {
		if s.To.Kind != bot.DirectChat {
			t.Errorf("the calendar file went to %s", s.To.ID)
		}
	}
}

func TestEveryButtonsCommandDoesWhatTheButtonDoes(t *testing.T) {
	t.Parallel()
	for _, lang := range []bot.Lang{bot.English, bot.Welsh} {
		sc := newScene(t)
		if err := sc.Memory.SaveProfile(t.Context(), bea, bot.Profile{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		for _, b := range sc.everyButton(lang) {
			sc.prepare(lang)
			now, sent := sc.Press(bea, bottest.Direct(bea), b.Action, b.Value)
			pressed := sc.text(sent)
			if now != nil {
				continue // a form; its command is the line that it stands for
			}
			sc.prepare(lang)
			if typed := sc.says(bea, b.Command); typed != pressed {
				t.Errorf("%s %q, typed as %q:\n%s\npressed:\n%s", b.Action, b.Value, b.Command, typed, pressed)
			}
		}
	}
}

// prepare brings the person back to three supervisions in three states.
func (sc *scene) prepare(lang bot.Lang) {
	sc.t.Helper()
	if err := sc.store.Erase(sc.t.Context(), bea); err != nil {
		sc.t.Fatal(err)
	}
	for _, said := range []string{oneLine, "save it", "line management monthly, next on 15 December", "save it", "nobody yet clinical"} {
		sc.says(bea, said)
	}
	_ = lang
}

// everyButton is the buttons that the person can meet.
func (sc *scene) everyButton(lang bot.Lang) []bot.Button {
	sc.t.Helper()
	sc.prepare(lang)
	hear := map[bot.Lang][]string{
		bot.English: {"my supervision", "held", "held peer", "cancelled on me peer", "nobody yet clinical", "stop supervision"},
		bot.Welsh:   {"fy ngoruchwyliaeth", "cynhaliwyd", "cynhaliwyd cymheiriaid", "canslwyd arna i cymheiriaid", "neb eto clinigol", "stopio goruchwyliaeth"},
	}
	seen, out := map[string]bool{}, []bot.Button(nil)
	for _, said := range hear[lang] {
		for _, s := range sc.Say(bea, bottest.Direct(bea), said) {
			for _, block := range s.Card.Blocks {
				bs, _ := block.(bot.Buttons)
				for _, b := range bs.Buttons {
					if b.Command == "" {
						sc.t.Errorf("%s has no command", b.Action)
					}
					if strings.HasPrefix(b.Action, "supervision.") && !seen[b.Command] {
						seen[b.Command] = true
						out = append(out, b)
					}
				}
			}
		}
	}
	if len(out) < 15 {
		sc.t.Fatalf("only %d buttons", len(out))
	}
	return out
}
