package supervision_test

import (
	"testing"

	"cymar/handlers/supervision"
	"cymar/handlers/supervision/when"
)

// requests is what people ask for in their own words, and the verb that it is
// about; "setup" where a date or an interval says it all.
var requests = map[string][]string{
	"setup": {
		"set me up for peer supervision every four weeks",
		"peer-led supervision every 4 weeks with our peer lead, next on 12 december",
		"line management monthly, first monday, last one was 3 nov",
		"add a reminder for group reflective practice every fortnight",
		"add clinical supervision every six weeks",
		"put in co-reflection every month with jo",
		"schedule a monthly reminder for group supervision",
		"every 4 weeks from today",
		"every month on the last friday",
		"Kindly set a recurring reminder for my practice supervision on the first Monday of each month.",
		"reflective practice is the last thursday of the month",
		"remind me about supervision on the 3rd",
		"goruchwyliaeth bob pedair wythnos",
		"rheolaeth llinell bob mis, dydd llun cyntaf",
		"ychwanega oruchwyliaeth grŵp bob pythefnos",
	},
	"mine": {
		"my supervision",
		"when is my next supervision",
		"when's my next sup",
		"have i got supervision this week",
		"is my supervision due",
		"am i overdue for supervision",
		"when did i last have supervision",
		"what date was my last line management",
		"show my supervision dates",
		"list my reminders",
		"what reminders have i got",
		"nxt sup?",
		"Could you let me know the date of my next line management meeting?",
		"do i have anything booked in for december",
		"tell me how long since my last peer supervision",
		"days till my next sup",
		"what are my settings",
		"can i see which kinds of supervision i've set",
		"is my reminder switched on",
		"fy ngoruchwyliaeth",
		"pryd mae fy ngoruchwyliaeth nesaf",
		"pryd ges i oruchwyliaeth ddiwethaf",
		"dangos fy nyddiadau goruchwylio",
	},
	"held": {
		"record supervision as held",
		"it was held today",
		"mark it as done",
		"had my supervision this morning",
		"supervision done yesterday",
		"done my sup, log it please",
		"it was on 3 dec",
		"we had it on tuesday, put it down",
		"i had line management on the 5th",
		"log reflective practice for today",
		"tick off my peer supervision",
		"just come out of supervision, record it please",
		"sup held 2day",
		"Please register that my supervision took place on 11 November.",
		"log a mentoring catch up",
		"put a note that i met my mentor on monday",
		"enter my supervision from last month, i forgot",
		"backdate my supervision to the 2nd",
		"ges i oruchwyliaeth heddiw",
		"mi ges i hi ddoe, cofnoda hi",
	},
	"cancelled": {
		"my supervision was cancelled, note it",
		"they cancelled on me again, log it",
		"supervisor cancelled my session today",
		"it didn't happen",
		"mark it as cancelled",
		"cancelled, no new date yet",
		"my manager was off so it was called off, please note",
		"record a cancellation for last friday",
		"cancld again",
		"reflective group was cancelled by the psychologist, log that",
		"she's rung in sick so sup is off, can you note that",
		"i was ill that day so supervision never went ahead, record cancelled",
		"change the last one to cancelled not held",
		"cafodd fy ngoruchwyliaeth ei chanslo",
	},
	"nobody": {
		"put down that i have nobody yet",
		"i have nobody to supervise me, mark that",
		"set me to nobody yet",
		"no supervisor available this month, record it",
		"there is no one to supervise me",
		"i don't have a supervisor",
		"does gen i neb i'm goruchwylio, noda hynny",
	},
	"moved": {
		"move my supervision to 3rd december",
		"my supervision has been moved to friday",
		"change my sup to next wednesday",
		"shift my line management back a week",
		"reschedule my peer supervision for the 19th",
		"new date for supervision is 14 jan",
		"my 1:1 got bumped to the 22nd",
		"my boss has put our catch up back to half three on the 9th",
		"symud fy ngoruchwyliaeth i ddydd gwener",
	},
	"snooze": {
		"snooze for three days",
		"snooze this till monday",
		"not now, remind me tomorrow",
		"later",
		"ask me again on thursday",
		"skip this one",
		"snoze",
		"i do earlies this week and lates next, snooze till the 30th",
		"atgoffa fi fory",
	},
	"pause": {
		"pause my reminders until january",
		"pause, i'm on annual leave for two weeks",
		"i'm off sick, pause my supervision please",
		"pausing my reminders while on maternity leave",
		"i'm on secondment till april, put it on hold",
		"I wish to suspend my supervision reminders until I return from leave.",
		"i've got jury service, hold my nudges for a fortnight",
		"oedi'r nodiadau tan fis ionawr",
		"dwi ar wyliau, oeda fy nodiadau",
	},
	"resume": {
		"resume my reminders",
		"i'm back from leave, start my reminders again",
		"unpause",
		"turn my notifications back on",
		"dwi 'nôl o'r gwyliau, ailddechrau",
	},
	"stop": {
		"turn reminders off",
		"stop reminding me",
		"stop my supervision reminders",
		"stop all nudges please",
		"cancel my reminders",
		"unsubscribe me from supervision messages",
		"delete my supervision reminder",
		"i've left the psw role, cancel my dates",
		"remove line management but keep peer",
		"wipe my supervision dates and begin again",
		"stopio'r nodiadau atgoffa",
		"dwi'm isio nodiadau atgoffa dim mwy",
	},
	"undo": {
		"undo that last one",
		"oops wrong date, undo",
		"i pressed held by mistake",
		"that's wrong it was the 4th",
		"it wasn't line management it was peer, correct it",
		"dadwneud",
	},
	"calendar": {
		"download my supervision dates",
		"give me an ics for my calendar",
		"add my supervision to outlook calendar",
		"export my reminder dates",
		"rho'r dyddiad yn fy nghalendr",
	},
	"coverage": {
		"coverage report",
		"show me the coverage",
		"how many of my peers had peer supervision this quarter",
		"what share of the team have had line management on time",
		"show the trend in peer-led supervision",
		"how many people accepted the invite",
		"how many are in the nobody state",
		"bar chart of our supervision",
		"percentage of our team with peer supervision in date",
		"figures for supervision in my team",
		"adroddiad cwmpas",
	},
	"digest": {
		"send me the coverage figures every monday",
		"turn off the weekly digest",
		"anfon y ffigurau bob dydd llun",
	},
	"roster": {
		"import my roster",
		"upload the roster csv",
		"add these people to supervision reminders",
		"invite my team to reminders",
		"invite the new psws to set up reminders",
		"my csv has semicolons, can you check it",
		"gwahodd fy nhîm i'r nodiadau atgoffa",
	},
	"save":     {"accept the invite", "i want to join reminders", "i accept the reminders", "that's me"},
	"decline":  {"decline the invitation", "i don't want to be on the roster", "take me off the supervision list"},
	"discreet": {"make reminders discreet", "hide what the notification says", "just show \"a reminder from cymar\""},
	"share":    {"tell my supervisor as well as me", "let my supervisor get the same nudge"},
	"confirm":  {"ask my supervisor to confirm we met"},
	"days":     {"my working days are wed to fri", "only remind me on mondays and tuesdays", "i do three days a week, change my days", "newid fy niwrnodau gwaith"},
	"hours":    {"change the time of my reminders to 2pm", "send my reminders at 10 not 9", "i work nights so remind me at 8pm", "only remind me between 9 and 3, school hours"},
	"zone":     {"set my reminder timezone"},
	"every":    {"change it from monthly to every six weeks", "change the interval on my clinical supervision", "make my peer sup fortnightly"},
}

// leastUnderstood is the share of requests that must be understood. It only
// rises.
const leastUnderstood = 1.0

func TestRequestsInPeoplesOwnWordsAreUnderstood(t *testing.T) {
	t.Parallel()
	right, all := 0, 0
	for want, texts := range requests {
		for _, said := range texts {
			all++
			got := supervision.Intended(said)
			if got == "" || got == "mine" && want == "setup" {
				got = "mine"
				if when.Read(said, someMonday(t)).Timed() {
					got = "setup"
				}
			}
			if got == want {
				right++
				continue
			}
			t.Logf("%q is taken for %q, not for %q", said, got, want)
		}
	}
	share := float64(right) / float64(all)
	t.Logf("%d of %d requests are understood", right, all)
	if share < leastUnderstood {
		t.Errorf("%.3f of the requests are understood, less than %.3f", share, leastUnderstood)
	}
}

func TestEveryRequestIsAnswered(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	before, err := sc.store.Load(t.Context(), bea)
	if err != nil {
		t.Fatal(err)
	}
	for _, texts := range requests {
		for _, said := range texts {
			r := sc.says(bea, said)
			if r == "" {
				t.Errorf("%q is not answered", said)
			}
			sc.says(bea, "undo")
		}
	}
	after, err := sc.store.Load(t.Context(), bea)
	if err != nil || after.Accepted != before.Accepted {
		t.Errorf("%+v, %v", after, err)
	}
}

func TestWhatOnlyLeadsMayIsOfferedToNobodyElse(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	hasNot(t, sc.says(bea, "bar chart of our supervision"), "supervision coverage")
	hasNot(t, sc.says(bea, "import my roster"), "supervision roster")
	sc.Say(lead, channel, "my supervision") // so that the space of the direct chat is known
	has(t, sc.says(lead, "bar chart of our supervision"), "Is this what you mean?", "→ supervision coverage")
}

func TestWhatMayBeMeantIsOfferedWithEachOfItsDates(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	has(t, sc.says(bea, "it has moved to next Wednesday"), "It has moved to Wednesday 25 November (moved to 2026-11-25)", "It has moved to Wednesday 2 December (moved to 2026-12-02)")
	has(t, sc.says(bea, "could you snooze it until next Friday please"), "Remind me on Friday 27 November", "Remind me on Friday 4 December")
	has(t, sc.says(bea, "we had supervision on Tuesday 20 November"), "Held")
	if c := sc.record().Clocks[0]; c.Next.String() != "2026-12-03" || !c.Snooze.Zero() {
		t.Errorf("something changed: %+v", c)
	}
}

func TestAnotherSupervisionIsNotTakenForTheOneThatIsThere(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.says(bea, "line management monthly, next on 7 December")
	sc.says(bea, "save it")
	has(t, sc.says(bea, "supervision every 4 weeks with our peer lead"), "Which kind of supervision is it?", "every 4 weeks")
	has(t, sc.press(bea, "supervision.kind", "peer"), "Peer-led supervision", "our peer lead")
	has(t, sc.says(bea, "save it"), "Saved")
	if r := sc.record(); len(r.Clocks) != 2 {
		t.Errorf("%q", lines(r))
	}
}

func TestATimeOrAZoneThatCannotBeIsAnsweredWithWhatToWrite(t *testing.T) {
	t.Parallel()
	sc := setUp(t, "3 December")
	for said, want := range map[string]string{
		"my working hours 3 to 4":       "between 7 in the morning and 7 in the evening",
		"my working hours 25:00":        "between 7 in the morning and 7 in the evening",
		"my time zone Europe/Cardiff":   "Europe/London",
		"my time zone Local/../../etc":  "Europe/London",
		"fy mharth amser Cymru/Wrecsam": "Europe/London",
	} {
		has(t, sc.says(bea, said), want)
	}
	if w := sc.record().Wishes; w != (supervision.Wishes{}) {
		t.Errorf("something was kept: %+v", w)
	}
}
