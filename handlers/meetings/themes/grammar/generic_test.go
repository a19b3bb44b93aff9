package grammar

import "testing"

func TestWhatHoldsInGeneralIsToldAsItIs(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"no room for peers to meet":                                "there is no room for peers to meet",
		"no rooms for peers to meet":                               "there are no rooms for peers to meet",
		"no worries for peers":                                     "",
		"no drama, no forms":                                       "",
		"it is hard to say no to a team":                           "it is hard to say no to a team",
		"it was hard to say no to a team":                          "",
		"it takes months to get keys":                              "it takes months to get keys",
		"it takes me months to get keys":                           "",
		"what helps is time with a peer":                           "what helps is time with a peer",
		"when the ward is short, peers are counted in the numbers": "when the ward is short, peers are counted in the numbers",
		"you get pulled to cover lessons":                          "people get pulled to cover lessons",
		"you turn into a free interpreter":                         "people turn into free interpreters",
		"you turn into a wall of paper":                            "people turn into a wall of paper",
		"a caution from 1996 does not rule peers out":              "a caution does not rule peers out",
	} {
		s, _ := testRules().Report(in)
		if s.Text != want {
			t.Errorf("%q is told as %q, want %q", in, s.Text, want)
		}
	}
}
