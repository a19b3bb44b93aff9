package reading_test

import (
	"testing"

	"cymar/handlers/meetings/themes/internal/chattest"
	"cymar/handlers/meetings/themes/reading"
)

func line(t *testing.T, text string) reading.Line {
	t.Helper()
	c := reading.Read(chattest.Chat(t, "10:00 Jo Hill: welcome all\n10:20 Ann Lee: "+text+"\n11:00 Ben Rees: bye"), reading.Options{})
	return c.Lines[1]
}

func TestAQuestionIsKnownByItsMarkOrByTheOrderOfItsWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"who pays for travel?":                             true,
		"who pays for travel":                              false, // who pays is a matter; nobody asks for sure
		"how do people pay for travel":                     true,
		"can u claim travel while you wait. it adds up":    true, // ends like a statement, but nobody states so
		"is there a form for travel. asking for all of us": true,
		"would love a form for travel.":                    false,
		"do it the way that we do.":                        false,
		"have a look at the page on travel.":               false,
		"what is needed is time.":                          false,
		"are you there.":                                   false, // too short to tell
		"so does anyone have a form":                       true,
		"we asked who pays for travel.":                    false,
	} {
		if got := line(t, text).Question; got != want {
			t.Errorf("%q is a question: %v", text, got)
		}
	}
}

func TestCuesTellWhatSomebodyIsDoing(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"it differs, ours says yes":                    "unsure",
		"I'm the wrong person to ask about pensions":   "unsure",
		"not one that I've ever been shown":            "unsure",
		"I'll type up the form of words":               "promise",
		"I'll arrange a call with the finance people":  "promise",
		"I can see the slides now":                     "tech",
		"Croeso nôl! llawr agored":                     "host",
		"eight minutes for tea, talk among yourselves": "host",
		"keys again. what if people knew":              "return",
	} {
		if got := line(t, text).Cues; got[want] == 0 {
			t.Errorf("%q has the cues %v, want %q", text, got, want)
		}
	}
	if got := line(t, "cancelled it again last week, and then again").Cues; got["return"] > 0 {
		t.Errorf("a complaint is taken for a return: %v", got)
	}
	if got := line(t, "as far as I can see the answer is nobody").Cues; got["tech"] > 0 {
		t.Errorf("an opinion is taken for trouble with the screen: %v", got)
	}
}
