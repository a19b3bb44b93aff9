package grammar

import "testing"

// reported are sentences that may be retold, with what is made of them.
var reported = []struct {
	in   string
	form Form
	by   Stance
	not  bool // the statement denies something
	want string
}{
	{"supervision should be in the diary for the whole year", That, Should, false, "supervision should be in the diary for the whole year"},
	{"I think peer workers should choose their own supervisor", That, Opinion, false, "peer workers should choose their own supervisor"},
	{"we run a drop-in every Monday", Doing, Practice, false, "running a drop-in every Monday"},
	{"we need more time for reflection", Wishing, Idea, false, "more time for reflection"},
	{"we should ask people what they want", Doing, Idea, false, "asking people what they want"},
	{"we could pool our training budgets", Doing, Idea, false, "pooling training budgets"},
	{"we don't have a policy", Doing, Worry, true, "not having a policy"},
	{"we can't find a room", Doing, Worry, true, "not being able to find a room"},
	{"nobody asks carers how they are", That, Plain, true, "nobody asks carers how they are"},
	{"everyone brings something to the group", That, Plain, false, "everyone brings something to the group"},
	{"people leave when there is no progression", That, Plain, true, "people leave when there is no progression"},
	{"people dont apply because of the checks", That, Plain, true, "people do not apply because of the checks"},
	{"there is no cover when a peer is off", That, Plain, true, "there is no cover when a peer is off"},
	{"there are too few rooms", That, Plain, true, "there are too few rooms"},
	{"there's a waiting list for supervision", That, Plain, false, "there is a waiting list for supervision"},
	{"group supervision works well for new starters", That, Plain, false, "group supervision works well for new starters"},
	{"peers aren't invited to ward rounds", That, Plain, true, "peers are not invited to ward rounds"},
	{"PSWs are asked to cover reception", That, Plain, false, "PSWs are asked to cover reception"},
	{"a peer lead makes a difference", That, Plain, false, "a peer lead makes a difference"},
	{"the policy says nothing about peers", That, Plain, true, "the policy says nothing about peers"},
	{"managers need training before they supervise peers", That, Plain, false, "managers need training before they supervise peers"},
	{"line managers don't always understand the role", That, Plain, true, "line managers do not always understand the role"},
	{"volunteers get expenses on the day", That, Plain, false, "volunteers get expenses on the day"},
	{"ask people what they need", Doing, Idea, false, "asking people what they need"},
	{"make supervision part of the contract", Doing, Idea, false, "making supervision part of the contract"},
	{"the problem is the pay", That, Plain, true, "the problem is the pay"},
	{"I worry about volunteers filling gaps", Having, Worry, false, "volunteers filling gaps"},
	{"my worry is people burning out", Having, Worry, false, "people burning out"},
	{"my concern is that the role becomes clinical", That, Worry, false, "the role becomes clinical"},
	{"in my experience teams want peers but not change", That, Opinion, true, "teams want peers but not change"},
	{"for me the group is the supervision", That, Opinion, false, "the group is the supervision"},
	{"honestly the form is the problem", That, Plain, true, "the form is the problem"},
	{"and the form takes an hour", That, Plain, false, "the form takes an hour"},
	{"but nobody reads the form", That, Plain, true, "nobody reads the form"},
	{"so the form gets skipped", That, Plain, false, "the form gets skipped"},
	{"the form takes an hour and nobody reads it", That, Plain, false, "the form takes an hour"},
	{"the form takes an hour, which is too long", That, Plain, false, "the form takes an hour"},
	{"the room is booked but the door is locked", That, Plain, false, "the door is locked"},
	{"when people ask in a crisis they wait longer", That, Plain, false, "when people ask in a crisis, they wait longer"},
	{"people wait because there are no interpreters", That, Plain, true, "people wait because there are no interpreters"},
	{"interpreters cost money so people use family", That, Plain, false, "interpreters cost money"},
	{"trust takes time", That, Plain, false, "trust takes time"},
	{"trust takes years, not weeks", That, Plain, true, "trust takes years, not weeks"},
	{"a group without a facilitator is not safe", That, Plain, true, "a group without a facilitator is not safe"},
	{"half the team are on fixed-term contracts", That, Plain, false, "half the team are on fixed-term contracts"},
	{"most peers work part time", That, Plain, false, "most peers work part time"},
	{"some wards lock the kitchen", That, Plain, false, "some wards lock the kitchen"},
	{"many services forget carers", That, Plain, false, "many services forget carers"},
	{"all peers should have a mentor", That, Should, false, "all peers should have a mentor"},
	{"no peer should work alone", That, Should, true, "no peer should work alone"},
	{"NHS trusts vary", That, Plain, false, "NHS trusts vary"},
	{"Wales has no national offer", That, Plain, true, "Wales has no national offer"},
	{"the Welsh version is out of date", That, Plain, false, "the Welsh version is out of date"},
	{"Black staff carry the work", That, Plain, false, "Black staff carry the work"},
	{"Deaf people are left out", That, Plain, false, "Deaf people are left out"},
	{"the NHS is not one organisation", That, Plain, true, "the NHS is not one organisation"},
	{"GPs refer late", That, Plain, false, "GPs refer late"},
	{"the DBS takes months", That, Plain, false, "the DBS takes months"},
	{"I'd say trust comes first", That, Opinion, false, "trust comes first"},
	{"I'd argue that pay follows respect", That, Opinion, false, "pay follows respect"},
	{"I feel that the role is changing", That, Opinion, false, "the role is changing"},
	{"I believe peers belong in every team", That, Opinion, false, "peers belong in every team"},
	{"exactly, the pay is low", That, Plain, false, "the pay is low"},
	{"yes and the hours are long", That, Plain, false, "the hours are long"},
	{"papers a week in advance", Having, Plain, false, "papers a week in advance"},
	{"a quiet room with a door", Having, Plain, false, "a quiet room with a door"},
	{"clear boundaries from the start", Having, Plain, false, "clear boundaries from the start"},
	{"paid time for reflection", Having, Plain, false, "paid time for reflection"},
	{"no support at all", That, Plain, true, "there is no support at all"},
	{"a year of waiting", Having, Plain, false, "a year of waiting"},
	{"fortnightly supervision in the first year", Having, Plain, false, "fortnightly supervision in the first year"},
	{"supervision with pizza", Having, Plain, false, "supervision with pizza"},
	{"better pay and shorter hours", Having, Plain, false, "better pay and shorter hours"},
	{"working alone at night is not safe", That, Plain, true, "working alone at night is not safe"},
	{"being the only peer is lonely", That, Plain, false, "being the only peer is lonely"},
	{"having a mentor helps", That, Plain, false, "having a mentor helps"},
	{"asking people what matters is simple", That, Plain, false, "asking people what matters is simple"},
	{"waiting for a laptop wastes weeks", That, Plain, false, "waiting for a laptop wastes weeks"},
	{"what helps is time", That, Plain, false, "what helps is time"},
	{"peers who speak Urdu are needed", That, Plain, false, "peers who speak Urdu are needed"},
	{"a letter from the trust would help", That, Plain, false, "a letter from the trust would help"},
	{"a national standard would make life easier", That, Plain, false, "a national standard would make life easier"},
	{"shared posts could work", That, Plain, false, "shared posts could work"},
	{"peers must not do observations", That, Should, true, "peers must not do observations"},
	{"peers may go with people to appointments", That, Plain, false, "peers may go with people to appointments"},
	{"people ought to be paid for panels", That, Should, false, "people ought to be paid for panels"},
	{"the peer should stay with the person", That, Should, false, "the peer should stay with the person"},
	{"the team has to want a peer", That, Plain, false, "the team has to want a peer"},
	{"teams have to be ready", That, Plain, false, "teams have to be ready"},
	{"peers had been left out", That, Plain, false, "peers had been left out"},
	{"the post has been cut", That, Plain, false, "the post has been cut"},
	{"posts get cut first", That, Plain, false, "posts get cut first"},
	{"money follows crisis", That, Plain, false, "money follows crisis"},
	{"carers come last", That, Plain, false, "carers come last"},
	{"everybody knows everybody", That, Plain, false, "everyone knows everyone"},
	{"somebody always stays late", That, Plain, false, "someone always stays late"},
	{"anyone can refer", That, Plain, false, "anyone can refer"},
	{"there should be a form for that", That, Should, false, "there should be a form"},
	{"there would be less drift with a clear job description", That, Plain, true, "there would be less drift with a clear job description"},
	{"it takes six months to get keys", That, Plain, false, "it takes six months to get keys"},
	{"you can't build trust in six weeks", That, Plain, true, "people cannot build trust in six weeks"},
	{"you need time to build trust", That, Plain, false, "people need time to build trust"},
	{"peers fall between two teams", That, Plain, false, "peers fall between two teams"},
	{"a few of the wards are good", That, Plain, false, "a few of the wards are good"},
	{"we ask everyone the same three questions", Doing, Practice, false, "asking everyone the same three questions"},
	{"we made a checklist with the ward", Doing, Practice, false, "making a checklist with the ward"},
	{"we wrote our own guide with people who use the service", Doing, Practice, false, "writing their own guide with people who use the service"},
	{"we let people choose", Doing, Practice, false, "letting people choose"},
	{"we keep a place for carers", Doing, Practice, false, "keeping a place for carers"},
	{"we got the hours changed", Doing, Practice, false, "getting the hours changed"},
	{"we tell people at the start", Doing, Practice, false, "telling people at the start"},
	{"we meet families in a café first", Doing, Practice, false, "meeting families in a café first"},
	{"we train peers and managers together", Doing, Practice, false, "training peers and managers together"},
	{"we trained forty peers", Doing, Practice, false, "training forty peers"},
	{"we work with the mosque", Doing, Practice, false, "working with the mosque"},
	{"we pay people for their time", Doing, Practice, false, "paying people for their time"},
	{"we hold the group online", Doing, Practice, false, "holding the group online"},
	{"could we share a rota", Doing, Idea, false, "sharing a rota"},
	{"could we agree what to call the role", Doing, Idea, false, "agreeing what to call the role"},
	{"keep notes short", Doing, Idea, false, "keeping notes short"},
	{"bring carers in early", Doing, Idea, false, "bringing carers in early"},
	{"let people bring a friend", Doing, Practice, false, "letting people bring a friend"},
	{"no room for peers to meet anyone", That, Plain, true, "there is no room for peers to meet anyone"},
	{"no progression for peers", That, Plain, true, "there is no progression for peers"},
	{"no career pathways for peers", That, Plain, true, "there are no career pathways for peers"},
	{"it is hard to say no to a team", That, Plain, true, "it is hard to say no to a team"},
	{"it takes months to get keys", That, Plain, false, "it takes months to get keys"},
	{"it takes six months to get a DBS", That, Plain, false, "it takes six months to get a DBS"},
	{"it helps to have somebody in the room", That, Plain, false, "it helps to have someone in the room"},
	{"it's important to have a peer lead", That, Plain, false, "it is important to have a peer lead"},
	{"you get pulled to cover lessons", That, Plain, false, "people get pulled to cover lessons"},
	{"you feel like a visitor", That, Plain, false, "people feel like a visitor"},
	{"you need a policy for that", That, Plain, false, "people need a policy"},
	{"you cannot build trust in a week", That, Plain, true, "people cannot build trust in a week"},
	{"you do not get paid for travel", That, Plain, true, "people do not get paid for travel"},
	{"need a bigger room for groups", Wishing, Idea, false, "a bigger room for groups"},
	{"needs a named lead in each team", Wishing, Idea, false, "a named lead in each team"},
	{"we want people who have been in secure services", Wishing, Idea, false, "people who have been in secure services"},
	{"we'd love younger people on panels", Wishing, Idea, false, "younger people on panels"},
	{"we would like a career pathway for peers", Wishing, Idea, false, "a career pathway for peers"},
	{"volunteers get supervision at ours", That, Plain, false, "some volunteers get supervision"},
	{"expenses are paid late at ours", That, Plain, false, "some expenses are paid late"},
	{"HR treat any convictions as a no unless someone fights", That, Plain, true, "HR treat any convictions as a no unless someone fights"},
	{"what matters is the welcome", That, Plain, false, "what matters is the welcome"},
	{"if people ask in Welsh they wait longer", That, Plain, false, "if people ask in Welsh, they wait longer"},
	{"when the ward is short, peers are counted", That, Plain, false, "when the ward is short, peers are counted"},
	{"we don't have a policy on gifts", Doing, Worry, true, "not having a policy on gifts"},
	{"we are asked to cover reception", Doing, Worry, true, "being asked to cover reception"},
	{"we get asked to do observations", Doing, Worry, true, "being asked to do observations"},
	{"we lose people because of pay", Doing, Worry, true, "losing people because of pay"},
	{"we do not routinely ask what the journey costs families", Doing, Worry, true, "not routinely asking what the journey costs families"},
	{"the team want a peer", That, Plain, false, "the team want a peer"},
	{"compared the job descriptions line by line", Doing, Practice, false, "comparing the job descriptions line by line"},
	{"readmissions went down", That, Plain, false, "readmissions went down"},
	{"two teams withdrew when they had to answer", That, Plain, false, "two teams withdrew when they had to answer"},
	{"PSWs being counted in the numbers", Having, Worry, false, "PSWs being counted in the numbers"},
	{"people being asked to leave", Having, Worry, false, "people being asked to leave"},
	{"NHS adverts come out at more pay and take your best people", That, Plain, false, "NHS adverts come out at more pay"},
	{"the door person is the most important job there", That, Plain, false, "the door person is the most important job"},
	{"choice should be the measure: was the person offered one", That, Should, false, "choice should be the measure"},
	{"agreed: peers need their own phones", That, Plain, false, "peers need their own phones"},
	{"peers need their own phones (sorry)", That, Plain, false, "peers need their own phones"},
	{"volunteers were told to wait", That, Plain, false, "volunteers were told to wait"},
}

func TestASentenceIsRetoldWithoutItsSpeaker(t *testing.T) {
	t.Parallel()
	for _, c := range reported {
		t.Run(c.in, func(t *testing.T) {
			t.Parallel()
			s, ok := testRules().Report(c.in)
			if !ok || s.Text != c.want {
				t.Fatalf("retold as %q (%v), want %q", s.Text, ok, c.want)
			}
			if s.Form != c.form || s.Stance != c.by || s.Negative != c.not {
				t.Errorf("form %d stance %d negative %v, want %d, %d, %v", s.Form, s.Stance, s.Negative, c.form, c.by, c.not)
			}
		})
	}
}

func TestWhatWasRetoldIsLeftAloneWhenItIsReadAgain(t *testing.T) {
	t.Parallel()
	for _, c := range reported {
		if c.form != That {
			continue
		}
		s, ok := testRules().Report(c.want)
		if ok && s.Form == That && s.Text != c.want {
			t.Errorf("%q becomes %q on a second reading", c.want, s.Text)
		}
	}
}
