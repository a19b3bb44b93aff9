package supervision_test

import (
	"strings"
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
)

// english is words that no Welsh card may hold.
var english = []string{"supervision", "Nothing is saved", "Held", "Saved", "Undo", "reminder", "Which", "when there is", "today", "cancelled"}

// welshCard looks that a card is in Welsh throughout.
func welshCard(t *testing.T, what, got string) {
	t.Helper()
	if got == "" {
		t.Errorf("%s: nothing was said", what)
	}
	for _, w := range english {
		if strings.Contains(got, w) {
			t.Errorf("%s holds %q:\n%s", what, w, got)
		}
	}
}

func TestEverythingCanBeDoneInWelsh(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	for _, step := range []struct{ said, want string }{
		{"gosod goruchwyliaeth", "Dywedwch mewn un llinell"},
		{"goruchwyliaeth bob pedair wythnos", "Pa fath o oruchwyliaeth"},
		{"math cymheiriaid", "Does dim wedi'i gadw eto"},
		{"nesaf ar 3 Rhagfyr", "dydd Iau 3 Rhagfyr"},
		{"cadw", "Wedi cadw"},
		{"fy ngoruchwyliaeth", "dydd Iau 3 Rhagfyr"},
		{"cynhaliwyd ar 20 Tachwedd", "cynhaliwyd 3 diwrnod yn ôl"},
		{"dadwneud", "Wedi dadwneud"},
		{"symudwyd i 9 Rhagfyr", "dydd Mercher 9 Rhagfyr"},
		{"atgoffa wedyn 3", "Dim nodiadau cyn dydd Iau 26 Tachwedd"},
		{"oedi tan 5 Ionawr", "dim nodiadau cyn dydd Mawrth 5 Ionawr 2027"},
		{"ailddechrau", "Croeso nôl"},
		{"cafodd ei ganslo arna i", "Fydda i ddim yn eich poeni"},
		{"neb eto cymheiriaid", "nid eich bai chi"},
		{"neb eto bob mis cymheiriaid", "un llinell dawel y mis"},
		{"fy nyddiau gwaith Llun Mawrth Iau", "dydd Llun, dydd Mawrth, dydd Iau"},
		{"fy oriau gwaith 8 i 4", "o 08:00"},
		{"gwyliau banc yr Alban", "yr Alban"},
		{"fy mharth amser Europe/London", "Europe/London"},
		{"yn y swydd ers 1 Tachwedd", "dydd Sul 1 Tachwedd"},
		{"nodiadau cynnil ymlaen", "Nodyn atgoffa gan Cymar"},
		{"gosod goruchwyliaeth glinigol", "Goruchwyliaeth glinigol"},
		{"cadw", "Wedi cadw"},
		{"stopio goruchwyliaeth clinigol", "Mae'r lleill yn mynd ymlaen"},
		{"stopio goruchwyliaeth", "Wedi stopio"},
	} {
		got := sc.says(bea, step.said)
		has(t, got, step.want)
		welshCard(t, step.said, got)
	}
}

func TestWhatIsWrongIsSaidInWelsh(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"goruchwyliaeth gan gymheiriaid bob mis, nesaf ar 31 Chwefror": "Does dim diwrnod fel “31 Chwefror”",
		"goruchwyliaeth bob 0 diwrnod":                                 "Ni all “bob 0 diwrnod” fod",
		"goruchwyliaeth bob dwy flynedd":                               "yn hirach na blwyddyn",
		"goruchwyliaeth bob mis, nesaf ar 12/13":                       "gyda'r diwrnod yn gyntaf",
		"goruchwyliaeth bob mis gyda fi fy hun":                        "enwi eich hun",
		"goruchwyliaeth bob mis, nesaf dydd Mawrth nesaf":              "olygu dau beth",
	} {
		got := newScene(t).says(bea, said)
		has(t, got, want)
		welshCard(t, said, got)
	}
}

func TestAPressOnAWelshCardIsAnsweredInWelsh(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	for _, lang := range []string{"cy", ""} {
		if err := sc.Memory.SaveProfile(t.Context(), bea, bot.Profile{Lang: bot.Lang(lang)}); err != nil {
			t.Fatal(err)
		}
		sc.prepare(bot.Welsh)
		sc.says(bea, "cadw")
		for _, said := range []string{"fy ngoruchwyliaeth", "cynhaliwyd", "neb eto", "stopio goruchwyliaeth", "goruchwyliaeth bob mis"} {
			for _, s := range sc.Say(bea, bottest.Direct(bea), said) {
				for _, block := range s.Card.Blocks {
					bs, _ := block.(bot.Buttons)
					for _, b := range bs.Buttons {
						if !strings.HasPrefix(b.Action, "supervision.") {
							continue
						}
						now, sent := sc.Press(bea, bottest.Direct(bea), b.Action, b.Value)
						if now != nil && now.Form != nil {
							if now.Form.Lang != bot.Welsh || !strings.HasSuffix(now.Form.ID, ".cy") {
								t.Errorf("%s opens a form in %q: %s", b.Action, now.Form.Lang, now.Form.ID)
							}
							continue
						}
						welshCard(t, b.Action+" "+b.Value, sc.text(sent))
					}
				}
			}
		}
	}
}

func TestAWelshFormIsAnsweredInWelsh(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	now, _ := sc.Press(bea, bottest.Direct(bea), "supervision.form.cy", "")
	if now == nil || now.Form == nil || now.Form.Lang != bot.Welsh || now.Form.Title != "Goruchwyliaeth" {
		t.Fatalf("%+v", now)
	}
	fields := map[string]string{"peer": "have", "peer_every": "bob 0 wythnos", "line": "nobody"}
	now, _ = sc.Do(bea, bottest.Direct(bea), bot.Submitted{Form: now.Form.ID, Fields: fields})
	if now == nil || !strings.Contains(now.FieldErrors["peer_every"], "Ni all") {
		t.Fatalf("%+v", now)
	}
	fields["peer_every"], fields["peer_next"] = "bob pythefnos", "2026-12-03"
	_, sent := sc.Do(bea, bottest.Direct(bea), bot.Submitted{Form: "supervision.setup.cy", Fields: fields})
	welshCard(t, "the form", sc.text(sent))
	has(t, sc.text(sent), "bob 2 wythnos", "dydd Iau 3 Rhagfyr", "neb eto")
}

func TestANudgeAndAllItsStepsAreInWelsh(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.says(bea, "goruchwyliaeth gan gymheiriaid bob mis, nesaf ar 3 Rhagfyr")
	sc.says(bea, "cadw")
	for _, moment := range []string{"2026-11-26 09:40", "2026-12-02 09:40", "2026-12-03 09:40", "2026-12-07 09:40", "2027-01-05 09:40"} {
		sent := sc.tick(at(moment))
		if len(sent) != 1 {
			t.Errorf("%s: %d messages", moment, len(sent))
			continue
		}
		got := strings.ReplaceAll(sent[0].Text(), "What to do when there is no supervision", "")
		welshCard(t, moment, got)
		if sent[0].Card.Lang != bot.Welsh {
			t.Errorf("%s is marked %q", moment, sent[0].Card.Lang)
		}
	}
}

func TestWhatSupervisionIsAboutIsNotKept(t *testing.T) {
	t.Parallel()
	for said, with := range map[string]string{
		"peer supervision every 4 weeks with Sam about my panic attacks, next on 3 December":           "Sam",
		"peer supervision monthly with our peer lead because I was off sick with stress":               "our peer lead",
		"line management monthly with my manager to talk about the complaint against me":               "my manager",
		"peer supervision monthly with Jo who knows about my diagnosis":                                "Jo",
		"clinical supervision monthly with Dr Ray regarding self harm on the ward":                     "Dr Ray",
		"goruchwyliaeth gan gymheiriaid bob mis gyda Sam am fy salwch":                                 "Sam",
		"goruchwyliaeth gan gymheiriaid bob mis gyda Sam oherwydd y straen, nesaf ar 3 Rhagfyr":        "Sam",
		"peer supervision every 4 weeks with our peer lead, next on 3 December, about my panic attack": "our peer lead",
	} {
		sc := newScene(t)
		sc.says(bea, said)
		sc.says(bea, "save it")
		r := sc.record()
		if len(r.Clocks) != 1 || r.Clocks[0].With != with {
			t.Errorf("%q keeps %+v", said, r.Clocks)
		}
		for _, secret := range []string{"panic", "sick", "stress", "complaint", "diagnosis", "harm", "salwch", "straen"} {
			if body := dump(t, sc.store, bea); strings.Contains(body, secret) {
				t.Errorf("%q keeps %q: %s", said, secret, body)
			}
		}
	}
}
