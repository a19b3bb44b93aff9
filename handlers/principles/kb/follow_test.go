package kb

import "testing"

func TestASecondTurnStaysWithItsTopic(t *testing.T) {
	t.Parallel()
	b := mustLoad(t, nil)
	for _, c := range []struct{ last, question string }{
		{"not-clinical-tasks", "and if she says no?"},
		{"not-clinical-tasks", "why"},
		{"not-clinical-tasks", "but what if they insist"},
		{"supervision-frequency", "what about at weekends"},
		{"supervision-frequency", "and for part timers"},
		{"supervision-missing", "tell me more"},
		{"supervision-missing", "what then?"},
		{"hope", "can you explain that please"},
		{"hope", "give me an example"},
		{"hope", "go on"},
		{"relationship-boundaries", "what if he gets upset"},
		{"relationship-boundaries", "ok but how"},
		{"wrap", "who does that"},
		{"wrap", "more"},
		{"role-drift", "really?"},
		{"hope", "dwed mwy"},
		{"hope", "pam?"},
		{"confidentiality", "a beth os yw hi'n dweud na"},
	} {
		got := b.Find(Query{Text: c.question, LastTopic: c.last})
		if got.Outcome != Answer || got.Entry.ID != c.last || !got.FollowUp {
			t.Errorf("%q after %s leads to %s %v", c.question, c.last, got.Outcome, got.Entry)
		}
	}
}

func TestANewQuestionLeavesTheLastTopic(t *testing.T) {
	t.Parallel()
	b := mustLoad(t, nil)
	for question, want := range map[string]string{
		"and what is a wrap":                           "wrap",
		"what about role drift":                        "role-drift",
		"ok how often should i have supervision":       "supervision-frequency",
		"what are the core principles of peer support": "principles-overview",
		"so can i give meds":                           "not-clinical-tasks",
	} {
		if got := b.Find(Query{Text: question, LastTopic: "hope"}); got.Entry == nil || got.Entry.ID != want || got.FollowUp {
			t.Errorf("%q leads to %v", question, got.Entry)
		}
	}
	for question, want := range map[string]Outcome{"thanks": Smalltalk, "remind me about supervision on friday": Routed, "what's the capital of france": Unsure} {
		if got := b.Find(Query{Text: question, LastTopic: "hope"}); got.Outcome != want {
			t.Errorf("%q after an answer leads to %s", question, got.Outcome)
		}
	}
}

func TestWithoutALastTopicNothingIsAFollowUp(t *testing.T) {
	t.Parallel()
	b := mustLoad(t, nil)
	for _, last := range []string{"", "no-such-entry", "out-of-scope"} {
		if got := b.Find(Query{Text: "why?", LastTopic: last}); got.FollowUp {
			t.Errorf("after %q: %+v", last, got)
		}
	}
}
