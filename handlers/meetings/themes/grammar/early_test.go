package grammar

import "testing"

func TestAClauseIsFoundBehindWhatStandsBeforeIt(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"In Punjabi there's no word for carer":                                                             "in Punjabi, there is no word for carer",
		"on most wards nobody reads the plan":                                                              "on most wards, nobody reads the plan",
		"The carers I meet are in their seventies":                                                         "some carers are in their seventies",
		"most people we support live alone":                                                                "some people live alone",
		"patients who do not want the family told":                                                         "patients who do not want the family told",
		"a door-keeper who lets people in one at a time":                                                   "a door-keeper who lets people in one at a time",
		"If you join in, you're finished as a peer":                                                        "if people join in, they are finished as a peer",
		"You turn into a free interpreter":                                                                 "people turn into free interpreters",
		"you shouldn't have to leave your own village":                                                     "people should not have to leave their own village",
		"you are still caring at home and then you do it all day":                                          "people are still caring at home",
		"no fixed number, but a wellbeing plan before starting":                                            "no fixed number but a wellbeing plan before starting",
		"the form would be so useful":                                                                      "the form would be so useful",
		"the Welsh language should be essential for those posts":                                           "the Welsh language should be essential for such posts",
		"a card of 5 lines":                                                                                "a card of five lines",
		"the manager raises the IT request on the day of the offer":                                        "the manager raises the IT request on the day of the offer",
		"attendance went up after the letter":                                                              "attendance went up after the letter",
		"that's why everything ends on the birthday":                                                       "everything ends on the birthday",
		"adjustments ought to be in place before anyone is ill, not handed out as a prize for having been": "adjustments ought to be in place before anyone is ill",
	} {
		if s, ok := testRules().Report(in); !ok || s.Text != want {
			t.Errorf("%q is told as %q (%v), want %q", in, s.Text, ok, want)
		}
	}
}

func TestWhatSpeaksToSomebodyOrPointsAwayStaysUntold(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"If you want I can send it", "if you need help you can ask me", "you are right", "you raise a good point", "you know who you are",
		"the slides I sent are old", "people who were here", "someone who left", "people drop out in those months", "the letter went out late",
		"no idea, but a good question", "an OT is assessing can people make tea", "in our team there is no cover", "from our side there are three holds",
		"it is in our kitchen that we meet", "mind the step by the door", "worth a look before the tender",
	} {
		if s, ok := testRules().Report(in); ok {
			t.Errorf("%q is told as %q", in, s.Text)
		}
	}
}

func TestAPronounIsReplacedWhereNothingElseCanBeMeant(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ before, in, want string }{
		{"Adverts cost money", "They never reach older people", "adverts never reach older people"},
		{"Peers wait for months", "They need someone to ring", "peers need someone to ring"},
		{"The form takes time", "It needs a second page", "It needs a second page"},
		{"Training is short", "It ends before lunch", "training ends before lunch"},
		{"Peers help families", "They wait too long", "They wait too long"},
		{"Somebody asked", "They said no", "They said no"},
		{"She left", "It was hard", "It was hard"},
		{"Adverts cost money", "They are what they are", "adverts are what they are"},
		{"Adverts cost money", "But they never reach people", "But they never reach people"},
		{"There are adverts", "They cost money", "They cost money"},
	} {
		if got := testRules().Resolve(c.before, c.in); got != c.want {
			t.Errorf("%q after %q becomes %q, want %q", c.in, c.before, got, c.want)
		}
	}
}

func TestWhatIsLeftOutInTypingIsPutIn(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Some come for the Welsh and stay for the group":                "some people come for the Welsh and stay for the group",
		"it depends on the ward":                                        "it depends on the ward",
		"depends which ward it is":                                      "",
		"Too often somebody sees the form and stops reading":            "someone sees the form and stops reading",
		"what worked was a peer asking":                                 "what worked was a peer asking",
		"write the job description to the factors":                      "writing the job description to the factors",
		"move the groups to the library":                                "moving the groups to the library",
		"mind the step":                                                 "",
		"book the room by Friday please":                                "",
		"we were told that peers cannot read the record":                "has been told that peers cannot read the record",
		"we've been told every peer needs level 2 before they can cook": "has been told that every peer needs level two before they can cook",
		"Somebody always loses either way":                              "someone always loses",
		"first three days are quiet":                                    "the first three days are quiet",
		"yet the box is ticked every time":                              "the box is ticked every time",
		"the school doesn't know, ward never asked about children":      "the school does not know",
		"we have two in our clinic":                                     "",
	} {
		s, ok := testRules().Report(in)
		if ok != (want != "") || s.Text != want {
			t.Errorf("%q is told as %q (%v), want %q", in, s.Text, ok, want)
		}
	}
}
