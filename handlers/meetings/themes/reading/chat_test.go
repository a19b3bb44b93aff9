package reading_test

import (
	"testing"

	"cymar/handlers/meetings/themes/internal/chattest"
	"cymar/handlers/meetings/themes/reading"
)

const talk = `
10:00 Jo Hill: welcome everyone, agenda on screen
10:01 Jo Hill: first question, what helps with supervision? put it in the chat
10:05 Ann Lee: group supervision works for new peer workers
10:06 Ben Rees >3 +like*4 +laugh: Ann does it work on nights?
10:07 Ann Lee: Ben it does, with a rota
10:30 Jo Hill: moving on to pay, please use the chat
10:31 Cat Moss: pay bands differ https://example.org/bands
10:32 Dwi Non: mae goruchwyliaeth yn bwysig iawn i ni yma`

func TestReplyLinksAndNamesSayWhoAnswersWhom(t *testing.T) {
	t.Parallel()
	c := reading.Read(chattest.Chat(t, talk), reading.Options{})
	if l := c.Lines[3]; l.Parent != 2 || !l.Linked {
		t.Errorf("the linked reply answers line %d, linked %v", l.Parent, l.Linked)
	}
	if l := c.Lines[4]; l.Parent != 3 || l.Linked {
		t.Errorf("the reply by name answers line %d, linked %v", l.Parent, l.Linked)
	}
	if n := c.Lines[2].Replies; n != 1 {
		t.Errorf("%d replies to the third line", n)
	}
}

func TestWhatALineIsMadeOfIsNoted(t *testing.T) {
	t.Parallel()
	c := reading.Read(chattest.Chat(t, talk), reading.Options{})
	if l := c.Lines[3]; l.Likes != 4 || l.Laughs != 1 || !l.Question {
		t.Errorf("likes %d, laughs %d, question %v", l.Likes, l.Laughs, l.Question)
	}
	if !c.Lines[6].Link || c.Lines[5].Link {
		t.Error("the link is not where it was posted")
	}
	if !c.Lines[7].Welsh || c.Lines[2].Welsh {
		t.Error("Welsh is not told from English")
	}
	if i, ok := c.Index("m7"); !ok || i != 6 {
		t.Errorf("m7 is line %d (%v)", i, ok)
	}
}

func TestWhoLeadsIsGuessedFromWhatOnlyLeadersSay(t *testing.T) {
	t.Parallel()
	c := reading.Read(chattest.Chat(t, talk), reading.Options{})
	if !c.Lines[0].Host || c.Lines[2].Host {
		t.Error("the facilitator is not told from the others")
	}
	tr := chattest.Chat(t, talk)
	tr.Facilitators = []string{"Cat Moss"}
	if c = reading.Read(tr, reading.Options{}); c.Lines[0].Host || !c.Lines[6].Host {
		t.Error("the named facilitator is not taken")
	}
}

func TestAQuestionWithoutItsMarkIsStillAQuestion(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"does anyone have a policy on gifts":     true,
		"what are others doing about pay":        true,
		"whats the plan for supervision":         true,
		"and can peers see the record":           true,
		"what a good idea that was":              false,
		"do not forget the carers":               false,
		"supervision is what people ask for":     false,
		"how people are welcomed says it all":    false,
		"are peers invited to the ward round":    true,
		"is there a training course for mentors": true,
	} {
		if got := middle(t, text).Question; got != want {
			t.Errorf("%q is a question: %v", text, got)
		}
	}
}

func TestNamesAreTakenOutOfWhatIsRead(t *testing.T) {
	t.Parallel()
	c := reading.Read(chattest.Chat(t, `
10:00 Jo Hill: supervision first
10:05 Ann Lee: @Ben Rees supervision for peer workers is too rare
10:06 Ben Rees: Ann, group supervision would help`), reading.Options{})
	for _, i := range []int{1, 2} {
		for _, s := range c.Lines[i].Sentences {
			for _, name := range []string{"Ann", "Ben", "Rees"} {
				if contains(s.Text, name) {
					t.Errorf("%q still names %s", s.Text, name)
				}
			}
		}
	}
	if !c.Lines[1].Addressed {
		t.Error("nobody seems to be spoken to")
	}
}

func contains(s, part string) bool {
	for i := 0; i+len(part) <= len(s); i++ {
		if s[i:i+len(part)] == part {
			return true
		}
	}
	return false
}

func TestTopicsNeedMoreThanALoneHint(t *testing.T) {
	t.Parallel()
	c := reading.Read(chattest.Chat(t, `
10:00 Jo Hill: supervision and pay today
10:05 Ann Lee: peer supervision should be monthly
10:06 Ben Rees: the rota is full
10:40 Cat Moss: shopping`), reading.Options{})
	key := func(i int) map[string]bool {
		m := map[string]bool{}
		for _, t := range c.Lines[i].Topics {
			m[c.Lexicon.Topics[t.Topic].Key] = true
		}
		return m
	}
	if !key(1)["supervision"] {
		t.Error("supervision is not seen")
	}
	if key(3)["role-drift"] {
		t.Error("a lone hint makes a topic")
	}
}

func TestAnEmptyChatIsReadWithoutHarm(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "10:00 Jo Hill: .", "10:00 Jo Hill -: gone"} {
		reading.Read(chattest.Chat(t, s), reading.Options{})
	}
}
