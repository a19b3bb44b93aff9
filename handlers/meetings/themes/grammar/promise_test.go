package grammar

import "testing"

func TestAPromiseIsTakenAsABareVerbPhrase(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{"I'll send the slides round after the meeting", "send the slides round after the meeting"},
		{"I'll ask the governance team", "ask the governance team"},
		{"I will draft a one pager on endings", "draft a one-pager on endings"},
		{"will share the template", "share the template"},
		{"I can bring the leaflets", "bring the leaflets"},
		{"let me check with the union", "check with the union"},
		{"happy to share the checklist", "share the checklist"},
		{"I'll take it to the steering group in March", "take it to the steering group in March"},
		{"I'll raise it with the finance committee", "raise it with the finance committee"},
		{"I'll put the policy in the folder", "put the policy in the folder"},
		{"I'll find out if volunteers are insured", "find out if volunteers are insured"},
		{"I'll set up a shared document", "set up a shared document"},
		{"I'll start a list", "start a list"},
		{"I'll start it", "start it"},
		{"we'll post the recording", "post the recording"},
		{"we will circulate the notes", "circulate the notes"},
		{"I could write a paragraph on carers", "write a paragraph on carers"},
		{"shall I collect examples", "collect examples"},
		{"I'll feed that back", "feed that back"},
		{"I'll report back in May", "report back"},
		{"I'll look into funding for travel", "look into funding for travel"},
		{"I'll talk to the ward manager", "talk to the ward manager"},
		{"I'll invite the chaplain to the next session", "invite the chaplain to the next session"},
		{"I'll speak to our lead about the pilot", "speak to the lead about the pilot"},
		{"I'll dig out the letter tonight", "dig out the letter"},
		{"I'll chase the contract", "chase the contract"},
		{"I'll bring it to the next meeting", "bring it to the next meeting"},
		{"I'll add it to the agenda", "add it to the agenda"},
		{"yes I'll share the rota, it's not perfect", "share the rota"},
		{"I'll put together a reading list", "put together a reading list"},
		{"I'll write up the survey and share it", "write up the survey and share it"},
	} {
		t.Run(c.in, func(t *testing.T) {
			t.Parallel()
			if got, ok := testRules().Promise(c.in); !ok || got != c.want {
				t.Errorf("promised %q (%v), want %q", got, ok, c.want)
			}
		})
	}
}

func TestAPromiseWithoutItsObjectIsKeptWithoutWords(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"I'll do that",
		"I can send ours",
		"let me find out who holds the budget",
		"happy to help",
		"I'll help",
		"I'm going to raise this with HR",
		"I'll ask the people who come to the group",
		"I'll make a subfolder for job descriptions and post the link",
	} {
		if got, ok := testRules().Promise(in); !ok || got != "" {
			t.Errorf("%q promises %q (%v), want a promise without words", in, got, ok)
		}
	}
}

func TestWhatOthersDoOrWhatWasDoneIsNoPromise(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"will do",
		"I'll message you",
		"I'll be honest",
		"I'll say it again",
		"I'll never forget it",
		"I'll have to go",
		"shall I",
		"I'll email Marcus",
		"no I won't",
		"we sent it last week",
		"they will send it",
		"you could send it",
		"I would send it",
		"I'd like to send it",
	} {
		if got, ok := testRules().Promise(in); ok {
			t.Errorf("%q is taken as the promise %q", in, got)
		}
	}
}
