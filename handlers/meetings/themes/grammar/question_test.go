package grammar

import "testing"

func TestAQuestionIsTurnedIntoAnIndirectOne(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{"Can somebody with dementia be a peer worker", "whether someone with dementia can be a peer worker"},
		{"who supervises volunteers", "who supervises volunteers"},
		{"who pays for the room", "who pays for the room"},
		{"who decides what counts", "who decides what counts"},
		{"what counts as evidence", "what counts as evidence"},
		{"what do people do about endings", "what people do about endings"},
		{"what do others use for supervision", "what others use for supervision"},
		{"what should a peer write in the notes", "what a peer should write in the notes"},
		{"what can peers see", "what peers can see"},
		{"how do people draw the line", "how people draw the line"},
		{"how do you all manage sickness", "how others manage sickness"},
		{"how long does the DBS take", "how long the DBS takes"},
		{"how many peers are in each team", "how many peers are in each team"},
		{"how often do people meet", "how often people meet"},
		{"how do we keep peers in post", "how services keep peers in post"},
		{"why do teams refuse", "why teams refuse"},
		{"why can't peers refer", "why peers cannot refer"},
		{"when should an ending be discussed", "when an ending should be discussed"},
		{"where do people go when the group closes", "where people go when the group closes"},
		{"does anyone have a policy on gifts", "whether anyone has a policy on gifts"},
		{"does anybody use a booking system", "whether anyone uses a booking system"},
		{"has anyone tried peer support in prisons", "whether anyone has tried peer support in prisons"},
		{"has anybody got a view on uniforms", "whether anyone has got a view on uniforms"},
		{"is there any funding for interpreters", "whether there is any funding for interpreters"},
		{"is there a national standard for supervision", "whether there is a national standard for supervision"},
		{"are there any courses in Welsh", "whether there are any courses in Welsh"},
		{"are peers allowed to drive people", "whether peers are allowed to drive people"},
		{"are volunteers covered by the insurance", "whether volunteers are covered by the insurance"},
		{"can peers attend tribunals", "whether peers can attend tribunals"},
		{"can I ask who holds the budget", "who holds the budget"},
		{"can we claim travel", "whether services can claim travel"},
		{"could peers sit on panels", "whether peers could sit on panels"},
		{"should peers wear lanyards", "whether peers should wear lanyards"},
		{"would honorary contracts work across the border", "whether honorary contracts would work across the border"},
		{"do people pay expenses on the day", "whether people pay expenses on the day"},
		{"do you pay expenses on the day", "whether others pay expenses on the day"},
		{"are you recruiting", "whether others are recruiting"},
		{"any ideas on endings", "ideas on endings"},
		{"any training for managers", "training for managers"},
		{"any answer on the DBS title", "an answer on the DBS title"},
		{"does starting work trigger a review", "whether starting work triggers a review"},
		{"does the waiting list close", "whether the waiting list closes"},
		{"does the recovery college run in the evening", "whether the recovery college runs in the evening"},
		{"do the wards have a quiet room", "whether the wards have a quiet room"},
		{"how would people know", "how people would know"},
		{"what happens when a peer is unwell", "what happens when a peer is unwell"},
		{"what happens to the group in August", "what happens to the group in August"},
		{"who would cover the ward if the peer is off", "who would cover the ward if the peer is off"},
		{"is supervision paid time", "whether supervision is paid time"},
		{"is the training free", "whether the training is free"},
		{"are the slides in English and Welsh", "whether the slides are in English and Welsh"},
		{"can carers refer themselves", "whether carers can refer themselves"},
		{"can a peer say no to a referral", "whether a peer can say no to a referral"},
		{"must peers write in the record", "whether peers must write in the record"},
		{"will the pilot be extended", "whether the pilot will be extended"},
		{"will there be a second round", "whether there will be a second round"},
		{"has the strategy been published", "whether the strategy has been published"},
		{"have any trusts published a framework", "whether any trusts have published a framework"},
		{"is peer support commissioned separately", "whether peer support is commissioned separately"},
		{"how are peers matched with people", "how peers are matched with people"},
		{"how is the waiting list managed", "how the waiting list is managed"},
		{"what would help teams understand the role", "what would help teams understand the role"},
		{"where are notes kept", "where notes are kept"},
		{"who owns the plan", "who owns the plan"},
		{"why is the form so long", "why the form is so long"},
		{"how do people cope on nights", "how people cope on nights"},
		{"do peers get breaks on nights", "whether peers get breaks on nights"},
		{"how do we measure hope", "how services measure hope"},
		{"is a car essential", "whether a car is essential"},
		{"should adverts ask for a driving licence", "whether adverts should ask for a driving licence"},
		{"does a caution rule people out", "whether a caution rules people out"},
	} {
		t.Run(c.in, func(t *testing.T) {
			t.Parallel()
			if got, ok := testRules().Ask(c.in); !ok || got != c.want {
				t.Errorf("asked as %q (%v), want %q", got, ok, c.want)
			}
		})
	}
}

func TestAQuestionWhosePronounsLeadOutsideIsRefused(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"when is round two of the survey", // not: when round is two
		"how does the rota work",
		"which teams have a peer lead",
		"does anyone know if volunteers are insured",
		"could we pilot it",
		"would a shared rota help",
		"would it be accredited",
		"did it work",
		"is it paid",
		"is that normal",
		"isn't that clinical",
		"am I allowed",
		"have others had this",
		"who is she",
		"what did he say",
		"what is the waiting time at Kestrel",
		"anyone know a good venue",
		"do we know whether the pilot was evaluated",
		"I wonder how others record groups",
		"just wondering who covers leave",
		"what about pay",
		"what does good supervision look like",
		"whose job is it",
		"what does a peer say when somebody asks should they fast",
		"who is on the panel counts for more than the work",
	} {
		if got, ok := testRules().Ask(in); ok {
			t.Errorf("%q is asked as %q", in, got)
		}
	}
}
