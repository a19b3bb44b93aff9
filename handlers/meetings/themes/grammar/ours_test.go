package grammar

import "testing"

// ofServices are sentences on what the writer's own service does, with what is
// told of "one service" and of what somebody "described".
var ofServices = []struct{ in, does, doing string }{
	{"we lump line management, practice supervision and reflective space into one hour a month", "lumps line management, practice supervision and reflective space into one hour a month", "lumping line management, practice supervision and reflective space into one hour a month"},
	{"we gave candidates the questions in both languages and let people bring someone", "gave candidates the questions in both languages and let people bring someone", "giving candidates the questions in both languages and letting people bring someone"},
	{"we trialled long nights and dropped them after a fortnight", "trialled long nights and dropped them after a fortnight", "trialling long nights and dropping them after a fortnight"},
	{"we always ask people how they want to hear", "always asks people how they want to hear", "always asking people how they want to hear"},
	{"we never use agency staff", "never uses agency staff", "never using agency staff"},
	{"we no longer use agency staff", "no longer uses agency staff", "no longer using agency staff"},
	{"we stopped using agency staff", "stopped using agency staff", "stopping using agency staff"},
	{"we don't carry passengers", "does not carry passengers", "not carrying passengers"},
	{"we didn't renew the contract", "did not renew the contract", "not renewing the contract"},
	{"we can't offer a room at night", "cannot offer a room at night", "not being able to offer a room at night"},
	{"we have to record every contact", "has to record every contact", "having to record every contact"},
	{"we had to write down what is passed on", "had to write down what is passed on", "having to write down what is passed on"},
	{"we've started paying bus fares", "has started paying bus fares", "having started paying bus fares"},
	{"we're piloting a shared rota with two wards", "is piloting a shared rota with two wards", "piloting a shared rota with two wards"},
	{"we do a fortnightly circle, 6 of us, facilitated by a senior PSW", "does a fortnightly circle", "doing a fortnightly circle"},
	{"we get an hour of supervision for endings", "gets an hour of supervision for endings", "getting an hour of supervision for endings"},
	{"we got our form changed after a year", "got its form changed after a year", "getting their form changed after a year"},
	{"we keep losing people to better paid posts", "keeps losing people to better paid posts", "keeping losing people to better paid posts"},
	{"our team meets every fortnight and shares the notes", "meets every fortnight and shares the notes", "meeting every fortnight and sharing the notes"},
	{"our trust gives two weeks paid", "gives two weeks paid", "giving two weeks paid"},
	{"ours has a dietitian and a way of opting out", "has a dietitian and a way of opting out", "having a dietitian and a way of opting out"},
	{"sends the interview questions three days ahead", "sends the interview questions three days ahead", "sending the interview questions three days ahead"},
	{"compared the job descriptions line by line", "compared the job descriptions line by line", "comparing the job descriptions line by line"},
	{"we meet men in the prison on Tuesdays", "meets men in the prison", "meeting men in the prison"},
	{"we built a 10 day induction", "built a ten day induction", "building a ten day induction"},
	{"we buy an hour with an adviser for everyone", "buys an hour with an adviser for everyone", "buying an hour with an adviser for everyone"},
	{"for new starters we hold a week of shadowing", "holds a week of shadowing for new starters", ""},
}

func TestWhatAServiceDoesIsToldOfOneService(t *testing.T) {
	t.Parallel()
	for _, c := range ofServices {
		t.Run(c.in, func(t *testing.T) {
			t.Parallel()
			s, ok := testRules().Report(c.in)
			if !ok || s.Form != Did || s.Text != c.does {
				t.Fatalf("told as %q (%v, form %d), want %q", s.Text, ok, s.Form, c.does)
			}
			if c.doing != "" && s.Doing != c.doing {
				t.Errorf("described as %q, want %q", s.Doing, c.doing)
			}
		})
	}
}

func TestWhatHoldsInAServiceIsToldOfOne(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"our peers carry keys":                                                  "peers carry keys",
		"our managers ask for a report every month":                             "managers ask for a report every month",
		"our policy says nothing about peers":                                   "the policy says nothing about peers",
		"the peers at ours get a day a month":                                   "the peers get a day a month",
		"work phones are banned here so people do not answer calls":             "work phones are banned, so people do not answer calls",
		"it's in our policy that peers are not counted in the numbers":          "peers are not counted in the numbers",
		"it is written into our job description that peers do not drive people": "peers do not drive people",
	} {
		s, ok := testRules().Report(in)
		if !ok || s.Form != Local || s.Text != want {
			t.Errorf("%q is told as %q (%v, form %d), want %q", in, s.Text, ok, s.Form, want)
		}
	}
}

// Who "we" are is not always a service: the meeting, its host, people at large,
// those who feel or hope together. A service is not told of one of its people,
// nor of what it is.
var notOfServices = []string{
	"we know what works",
	"we feel stuck",
	"we think peers belong in every team",
	"we hope to start in May",
	"we all agree on that",
	"we both run groups",
	"we will send the slides",
	"we would print it",
	"we're recording this meeting",
	"we are collecting messages from now on",
	"we are a tiny charity",
	"we are the only peers in the county",
	"we were told to wait",
	"we forget fathers",
	"we love a biscuit",
	"we see people get worse",
	"we heard that already",
	"we got lucky",
	"we get a different answer every time",
	"we did it once",
	"we do that too",
	"we do walks",
	"we ring every single one",
	"our manager is off sick",
	"our psychologist leaves in May",
	"our consultant asks for a report",
	"ours is lovely",
	"ours is a nurse",
	"ours says no",
	"ours are told to wait",
	"we lost her in the spring",
	`we said "no bank shifts on your own ward"`,
	"we had 14 people last year",
	"we have nothing written",
	"we meet on Tuesdays at the Kestrel",
	"two of our seniors left",
	"we copied that from Riverside",
}

func TestWhatIsNotAServicesDoingIsNotToldOfOne(t *testing.T) {
	t.Parallel()
	for _, in := range notOfServices {
		if s, ok := testRules().Report(in); ok && (s.Form == Did || s.Form == Local) {
			t.Errorf("%q is told as %q", in, s.Text)
		}
	}
}

func TestWhatServicesUndergoIsAWorryAndNotADeed(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"we get told to wait": "being told to wait", "we are asked to cover reception": "being asked to cover reception"} {
		s, ok := testRules().Report(in)
		if !ok || s.Form != Doing || s.Stance != Worry || s.Text != want {
			t.Errorf("%q is told as %q (%v, form %d), want %q", in, s.Text, ok, s.Form, want)
		}
	}
}
