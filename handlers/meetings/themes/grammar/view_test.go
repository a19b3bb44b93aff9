package grammar

import "testing"

func TestWhatSomebodyWouldLikeIsToldOfOneContributor(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"I'd rather have a manager who has done the job":                                         "would rather have a manager who has done the job",
		"I'd rather not use a shared phone":                                                      "would rather not use a shared phone",
		"I'd like a named person in each team":                                                   "would like a named person in each team",
		"I'd love a rota that lets people sleep":                                                 "would like a rota that lets people sleep",
		"I want a supervisor who knows the job":                                                  "wanted a supervisor who knows the job",
		"I don't want a bot chasing me for supervision":                                          "did not want a bot chasing them for supervision",
		"I don't want to train managers again":                                                   "did not want to train managers again",
		"I would welcome a national standard":                                                    "would welcome a national standard",
		"I prefer groups with two facilitators":                                                  "preferred groups with two facilitators",
		"I value the time in the car":                                                            "valued the time in the car",
		"As a psychologist I'd worry about making it a rule that only peers may supervise peers": "would worry about making it a rule that only peers may supervise peers",
	} {
		s, ok := testRules().Report(in)
		if !ok || s.Form != View || s.Text != want {
			t.Errorf("%q is told as %q (%v, form %d), want %q", in, s.Text, ok, s.Form, want)
		}
	}
}

// What somebody asks for in the room, wants to say, or tells of themselves is
// no view on the work.
func TestWhatTellsOfItsWriterIsNoView(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"I'd like a copy", "I'd love to see it", "I want to ask about pay", "I'd like to say thank you", "I want my job back",
		"I'd rather that than a vacancy", "I'd like us to meet again", "I want you to know", "I need a break", "I would like what she has",
		"I want what we had before", "I'd rather be at home", "I want to leave", "I'd love your slides", "I was told no", "I have a child at home",
		"I go alone to farms", "I wish my mother had known", "as a carer I cried", "I feel seen", "I find groups easier than one to one",
	} {
		if s, ok := testRules().Report(in); ok {
			t.Errorf("%q is told as %q", in, s.Text)
		}
	}
}
