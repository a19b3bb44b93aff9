package supervision_test

import (
	"strings"
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
)

func TestWorkingDaysAndHoursAreKept(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	has(t, sc.says(bea, "my working days Monday to Wednesday and Friday"), "Monday, Tuesday, Wednesday, Friday.")
	has(t, sc.says(bea, "my working hours 10:30 to 4"), "from 10:30")
	told(t, sc.until(at("2026-11-27 18:00")), "Wed 25 Nov 10:53 d-bea: Peer-led supervision is coming up in 8 days, Thursday 3 December.")
}

func TestWishesThatCannotBeAreAnsweredWithWhatToWrite(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"my working days":             "Mon Tue Thu",
		"my working hours":            "8 to 4",
		"bank holidays":               "bank holidays Wales",
		"my time zone":                "Europe/London",
		"in post since":               "Which date",
		"pause until":                 "Which date",
		"moved to":                    "Which date",
		"snooze 400":                  "up to 60",
		"snooze":                      "For how long",
		"pause until 3 November 2026": "in the past",
		"held on 12 December 2026":    "still to come",
		"held 31/2":                   "no such day",
		"held clinical":               "no dates for Clinical",
		"stop supervision clinical":   "no reminders",
		"undo":                        "Undone",
	} {
		has(t, setUp(t, "3 December").says(bea, said), want)
	}
}

func TestHoursAreReadInManyForms(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	for said, want := range map[string]string{
		"my working hours 9 to 5":     "from 09:00",
		"my working hours 8:30-16:00": "from 08:30",
		"my working hours 1pm to 7pm": "from 13:00",
		"fy oriau gwaith 8 i 4":       "o 08:00",
		"my working hours 10":         "from 10:00",
	} {
		has(t, sc.says(bea, said), want)
	}
	for _, said := range []string{"my working hours 3 to 4", "my working hours 22:00 to 06:00"} {
		hasNot(t, sc.says(bea, said), "I will write to you from")
	}
}

func TestOtherWishesAreKept(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	has(t, sc.says(bea, "bank holidays Scotland"), "Scotland count as days off")
	has(t, sc.says(bea, "bank holidays working"), "working days of yours")
	has(t, sc.says(bea, "my time zone America/New_York"), "America/New_York")
	has(t, sc.says(bea, "in post since 2 November"), "twelve weeks")
	has(t, sc.says(bea, "my name if unreachable on"), "may know")
	has(t, sc.says(bea, "undo"), "Undone")
	r, err := sc.store.Load(t.Context(), bea)
	w := r.Wishes
	if err != nil || w.Nation != "scotland" || !w.Holidays || w.Zone != "America/New_York" || w.InPost.String() != "2026-11-02" || w.Named {
		t.Errorf("%+v, %v", w, err)
	}
	sc.says(bea, "bank holidays working")
	sc.tick(at("2026-11-26 09:23"))
	if all := sc.tick(at("2026-11-26 14:23")); len(all) != 1 {
		t.Errorf("at 9:23 in New York: %d", len(all))
	}
}

func TestWishesOfWhoHasNoSupervisionOfferToSetItUp(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	for _, said := range []string{"my working days Mon", "snooze 3", "pause until 5 January", "held", "my supervision"} {
		has(t, sc.says(bea, said), "Tell me in one line")
	}
}

func TestTheCalendarFileHoldsDatesAndNoNames(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	sc.says(bea, "line management monthly, with Sam Jones, next on 15 December")
	sc.says(bea, "save it")
	var body string
	for _, s := range sc.Say(bea, bottest.Direct(bea), "supervision calendar") {
		body += s.Body
	}
	has(t, body, "BEGIN:VCALENDAR", "DTSTART;VALUE=DATE:20261203", "DTEND;VALUE=DATE:20261204", "DTSTART;VALUE=DATE:20261215", "SUMMARY:Peer-led supervision", "UID:")
	hasNot(t, body, "Sam", "bea")
	body = ""
	_, sent := sc.Press(bea, bottest.Direct(bea), "supervision.calendar", "line")
	for _, s := range sent {
		body += s.Body
	}
	if strings.Count(body, "BEGIN:VEVENT") != 1 {
		t.Errorf("not one event:\n%s", body)
	}
	sc.says(bea, "nobody yet peer")
	sc.says(bea, "cancelled on me line")
	has(t, sc.says(bea, "supervision calendar"), "no date to come")
}

func TestADateCanBeGivenInAForm(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	for form, want := range map[string]string{"heldon": "held on", "movedto": "moved to", "pausing": "Pause until"} {
		now, _ := sc.Press(bea, bottest.Direct(bea), "supervision."+form, "peer")
		if now == nil || now.Form == nil || now.Form.State != "peer" && form != "pausing" {
			t.Fatalf("%s: %+v", form, now)
		}
		has(t, now.Form.Title, want)
	}
	_, sent := sc.Do(bea, bottest.Direct(bea), bot.Submitted{Form: "supervision.heldon", State: "peer", Fields: map[string]string{"date": "2026-11-20"}})
	has(t, sc.text(sent), "held 3 days ago", "Friday 18 December")
	now, _ := sc.Do(bea, bottest.Direct(bea), bot.Submitted{Form: "supervision.movedto", State: "peer", Fields: map[string]string{"date": "2026-11-20"}})
	if now == nil || !strings.Contains(now.FieldErrors[""], "in the past") {
		t.Errorf("%+v", now)
	}
}

func TestWherePlatformsHaveNoFormsTheButtonSaysWhatToWrite(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	sc.Platform.Can.Forms = false
	has(t, sc.press(bea, "supervision.heldon", "peer"), "held Peer-led supervision 22 November")
	has(t, sc.press(bea, "supervision.movedto", "peer"), "moved to 7 December Peer-led supervision")
	has(t, sc.press(bea, "supervision.pausing", ""), "pause until 7 December")
	hasNot(t, sc.says(bea, "set up supervision"), "Fill in a form")
}

func TestWhoStoppedCanComeBackForAWeekAndThenIsForgotten(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	has(t, sc.says(bea, "stop supervision"), "Stopped")
	has(t, sc.says(bea, "undo"), "Thursday 3 December")
	sc.says(bea, "stop supervision")
	sc.tick(at("2026-11-29 23:00"))
	if _, err := sc.store.Load(t.Context(), bea); err != nil {
		t.Fatal(err)
	}
	sc.tick(at("2026-11-30 09:00"))
	if r, err := sc.store.Load(t.Context(), bea); err == nil {
		t.Errorf("still there: %+v", r)
	}
}

func TestHostileTextIsShownAsItIsAndBreaksNothing(t *testing.T) {
	t.Parallel()
	for name, text := range bottest.Hostile() {
		sc := newScene(t)
		sc.says(bea, "peer supervision every 4 weeks with "+text)
		sc.says(bea, "held "+text)
		sc.press(bea, "supervision.moved", text)
		if _, err := sc.store.Load(t.Context(), bea); err != nil && !strings.Contains(err.Error(), "not found") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDiscreetRemindersAreUndoneWithOnePress(t *testing.T) {
	t.Parallel()
	for lang, said := range map[bot.Lang][2]string{bot.English: {"discreet reminders on", "discreet reminders off"}, bot.Welsh: {"nodiadau cynnil ymlaen", "nodiadau cynnil i ffwrdd"}} {
		sc := setUp(t, "3 December")
		if err := sc.Memory.SaveProfile(t.Context(), bea, bot.Profile{Lang: lang}); err != nil {
			t.Fatal(err)
		}
		for i, s := range []string{said[0], said[1], said[0]} {
			var undo bot.Button
			for _, sent := range sc.Say(bea, bottest.Direct(bea), s) {
				for _, b := range sent.Card.Blocks {
					if bs, ok := b.(bot.Buttons); ok {
						undo = bs.Buttons[0]
					}
				}
			}
			if p, err := sc.Memory.Profile(t.Context(), bea); err != nil || p.Discreet != (i != 1) {
				t.Errorf("%q: %+v, %v", s, p, err)
			}
			if want := said[(i+1)%2]; undo.Command != want {
				t.Errorf("%q is undone by %q, want %q", s, undo.Command, want)
			}
			if i == 2 {
				sc.press(bea, undo.Action, undo.Value)
				if p, err := sc.Memory.Profile(t.Context(), bea); err != nil || p.Discreet {
					t.Errorf("the press did not undo it: %+v, %v", p, err)
				}
			}
		}
	}
}
