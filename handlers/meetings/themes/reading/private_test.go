package reading_test

import (
	"testing"

	"cymar/handlers/meetings/themes/internal/chattest"
	"cymar/handlers/meetings/themes/reading"
)

func TestWhatTellsOfSomebodyIsClosed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, why string }{
		{"ring me on 01632 960123 about the supervision rota", reading.ReasonIdentifier},
		{"email the form to someone@example.org please", reading.ReasonIdentifier},
		{"NHS number 943 476 5919 is on the referral", reading.ReasonIdentifier},
		{"the lady KP on the ward asked for a peer", reading.ReasonIdentifier},
		{"I was sectioned when I was nineteen and nobody asked", reading.ReasonPersonal},
		{"my brother was on that ward for a year", reading.ReasonPersonal},
		{"I have been off sick with depression since March", reading.ReasonPersonal},
		{"she told the whole team about the supervision notes", reading.ReasonPointing},
		{"he never came to supervision again", reading.ReasonPointing},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			if got := middle(t, c.text).Closed; got != c.why {
				t.Errorf("closed for %q, want %q", got, c.why)
			}
		})
	}
}

func TestWhatIsSaidInGeneralStaysOpen(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"peer workers need supervision from someone who has done the job",
		"people are asked to tell their story again and again",
		"carers should be asked how they are",
		"wards should have a quiet room",
		"medication reviews take too long for most people",
		"sick pay is a worry for people on bank contracts",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			if l := middle(t, text); l.Closed != "" || l.Wary {
				t.Errorf("closed for %q, wary %v", l.Closed, l.Wary)
			}
		})
	}
}

func TestAStoryOfItsWriterIsHandledWithCare(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"I asked for supervision and waited for months",
		"our manager never reads the job description",
		"ours refused to pay travel",
		"my team ignored the framework",
	} {
		if l := middle(t, text); l.Closed == "" && !l.Wary {
			t.Errorf("%q is open without reserve", text)
		}
	}
}

func TestTheGuardDecidesWhatIsDangerous(t *testing.T) {
	t.Parallel()
	tr := chattest.Chat(t, `
10:00 Jo Hill: welcome, today is about supervision
10:10 Ann Lee: red words
10:11 Ben Rees: so sorry to hear that
10:12 Cat Moss: peer workers need supervision every month
10:13 Dev Rao: purple words`)
	guard := func(s string) string {
		switch s {
		case "red words":
			return "R"
		case "purple words":
			return "P"
		}
		return "N"
	}
	c := reading.Read(tr, reading.Options{Guard: guard})
	want := []string{"", reading.ReasonDanger, reading.ReasonDanger, "", reading.ReasonIdentifier}
	for i, w := range want {
		if c.Lines[i].Closed != w {
			t.Errorf("line %d closed for %q, want %q", i+1, c.Lines[i].Closed, w)
		}
	}
	if c.Lines[1].Level != "R" || c.Lines[3].Level != "" {
		t.Errorf("levels %q and %q", c.Lines[1].Level, c.Lines[3].Level)
	}
}

func TestWithoutAGuardPlainWordsOfCrisisAreStillSeen(t *testing.T) {
	t.Parallel()
	if l := middle(t, "I want to end my life and I don't know who to tell"); l.Level != "R" || l.Closed != reading.ReasonDanger {
		t.Errorf("level %q, closed for %q", l.Level, l.Closed)
	}
	if l := middle(t, "the group talks about suicide prevention and safety plans"); l.Level != "" {
		t.Errorf("a general remark has level %q", l.Level)
	}
}

func TestWhoAskedToBeLeftOutIsLeftOutWhole(t *testing.T) {
	t.Parallel()
	chat := `
10:00 Jo Hill: say so if you do not want to be in the overview
10:10 Ann Lee: supervision should be monthly for peer workers
10:11 Ben Rees: please leave my messages out of the overview
10:12 Ben Rees: pay bands differ between trusts
10:13 Cat Moss: induction should say what a peer worker does`
	for name, opt := range map[string]reading.Options{
		"in the chat":        {},
		"before the chat":    {LeaveOut: []string{"Ben Rees"}},
		"message by message": {Omit: map[string]bool{"m3": true, "m4": true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := reading.Read(chattest.Chat(t, chat), opt)
			for i, gone := range []bool{false, false, true, true, false} {
				if c.Lines[i].Gone != gone {
					t.Errorf("line %d (%q) left out: %v", i+1, c.Lines[i].Raw, c.Lines[i].Gone)
				}
			}
		})
	}
}

func TestAWithdrawnMessageIsGone(t *testing.T) {
	t.Parallel()
	c := reading.Read(chattest.Chat(t, `
10:00 Jo Hill: today is about supervision
10:10 Ann Lee -: supervision is a mess at our place`), reading.Options{})
	if l := c.Lines[1]; !l.Gone || l.Closed != reading.ReasonDeleted {
		t.Errorf("gone %v, closed for %q", l.Gone, l.Closed)
	}
}

func TestWordsThatOthersQuoteAreNotRetold(t *testing.T) {
	t.Parallel()
	c := reading.Read(chattest.Chat(t, `
10:00 Jo Hill: today is about endings
10:10 Ann Lee: endings are a door left on the latch for people
10:12 Ben Rees: "a door left on the latch" is going on my wall
10:14 Cat Moss: endings should be planned with the person`), reading.Options{})
	if !c.Lines[1].Echoed || c.Lines[3].Echoed {
		t.Errorf("quoted line echoed %v, other line %v", c.Lines[1].Echoed, c.Lines[3].Echoed)
	}
}

func TestTellsOfHealthKnowsOnePersonFromHealthInGeneral(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"One participant described being sectioned.":            true,
		"It was noted that my own depression came back.":        true,
		"Participants discussed support after being sectioned.": false,
		"Several contributors described waiting lists.":         false,
	} {
		if got := reading.TellsOfHealth(s); got != want {
			t.Errorf("%q tells of somebody's health: %v", s, got)
		}
	}
}
