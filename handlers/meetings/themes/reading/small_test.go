package reading_test

import (
	"testing"

	"cymar/handlers/meetings/themes/internal/chattest"
	"cymar/handlers/meetings/themes/reading"
)

// middle puts a line into the middle of a meeting, so that no rule about
// beginnings and ends applies, and gives what was noted about it.
func middle(t *testing.T, text string) *reading.Line {
	t.Helper()
	c := reading.Read(chattest.Chat(t, `
10:00 Facilitator Jo: welcome everyone, agenda on screen, introduce yourselves in the chat
10:20 Ann Lee: the hard part of supervision is that nobody has done the job
10:21 Ben Rees: our peer workers share supervision with the next trust, monthly
10:30 Cat Moss: `+text+`
10:36 Dev Rao: job descriptions differ between services and bands differ as well
10:37 Eve Hunt: induction for new peer workers should say what the role is
11:30 Facilitator Jo: thanks all, summary to follow, bye`), reading.Options{})
	return &c.Lines[3]
}

func TestSmallTalkIsToldFromPoints(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"thank you so much", "hi all, sorry I'm late", "can't hear you", "you're on mute Dev", "lol", "haha love that", "👏👏", "yes!",
		"so true", "bye everyone, lovely to see you all", "got to go, next meeting", "wifi dropped, back now", "well said", "brilliant session",
		"diolch yn fawr", "bore da pawb", "agree", "ha, same", "is the recording on?", "back in 2 mins", "xx", ":)", "made it, traffic",
		"can everyone see my screen?", "great point", "that's so powerful, thank you",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			if !middle(t, text).Small {
				t.Error("taken for a point")
			}
		})
	}
}

func TestPointsAreNotTakenForSmallTalk(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"supervision should be in the diary for the whole year", "thanks, and peer workers need protected time for supervision too",
		"we don't have a policy on lone working", "can anyone share a job description?", "does anyone pay volunteers' expenses on the day?",
		"carers are never asked how they are", "travel eats half the day in rural areas", "https://example.org/framework",
		"I'll send the slides round after the meeting", "job plan template attached: jobplan.docx", "interpreters are booked too late",
		"role drift is worst at night", "a peer lead in each locality makes the difference", "pay bands differ from trust to trust",
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			if l := middle(t, text); l.Small {
				t.Errorf("taken for small talk; cues %v", l.Cues)
			}
		})
	}
}

func TestArrivalsAndFarewellsAreSmallByWhereTheyStand(t *testing.T) {
	t.Parallel()
	c := reading.Read(chattest.Chat(t, `
10:00 Jo Hill: welcome, please say where you are joining from
10:01 Ann Lee: Ann here, peer support lead in a rural team
10:02 Ben Rees: Ben, carer lead
10:15 Ann Lee: supervision for peer workers is the thing that slips first
11:00 Ben Rees: lots to take back, thank you
11:01 Ann Lee: bye all`), reading.Options{})
	want := []bool{true, true, true, false, true, true}
	for i, w := range want {
		if c.Lines[i].Small != w {
			t.Errorf("line %d (%q): small talk is %v, want %v", i+1, c.Lines[i].Raw, c.Lines[i].Small, w)
		}
	}
}

func TestCommandsToAProgramAndItsAnswersAreSmall(t *testing.T) {
	t.Parallel()
	c := reading.Read(chattest.Chat(t, `
10:00 Jo Hill: today is about supervision and pay for peer workers
10:20 Ann Lee: @TidyBot remind me about supervision notes
10:20 TidyBot *: I will remind you about supervision notes
10:21 Ben Rees: supervision notes should be shared with the peer worker`), reading.Options{})
	if !c.Lines[1].Small || !c.Lines[2].Bot || c.Lines[3].Small {
		t.Errorf("command %v, program %v, point %v", c.Lines[1].Small, c.Lines[2].Bot, c.Lines[3].Small)
	}
}

func TestAProgramIsKnownByItsName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"TidyBot": true, "Nodiadur (bot)": true, "Minutes (Bot, external)": true, "Polly [bot]": true, "Calendar (app)": true, "Slackbot": true,
		"Abbott": false, "Ann Lee": false, "Bo Tan": false, "Appiah": false,
	} {
		c := reading.Read(chattest.Chat(t, "10:00 Jo Hill: welcome all\n10:20 Ann Lee: peers need supervision"), reading.Options{})
		if got := c.People.IsBot(name); got != want {
			t.Errorf("%q is a program: %v", name, got)
		}
	}
}
