package lists_test

import (
	"strings"
	"testing"
	"time"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/internal/chattest"
	"cymar/handlers/meetings/themes/lists"
	"cymar/handlers/meetings/themes/reading"
)

func TestOnlyWhatSomebodyThemselvesUndertakesIsAnAction(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{
		"I'll draft a page on endings":                                              1,
		`we tell them "I'll follow your lead" and they laugh`:                       0, // quoted
		`"it was quiet" is what I'll take from this session`:                        0, // understood, not undertaken
		"I'll take that as a yes about the forms":                                   0,
		"my lot will take people to a place like that":                              0, // others
		"is there a checklist that I can share with managers?":                      0, // asked
		"I'll type up the form of words by Friday":                                  1,
		"pasting our rules:\\nWe will share the kettle\\nWe'll send you home happy": 0, // the thing itself
		"sure, will post the form tonight":                                          1,
		"I'll name my next dog after you":                                           0,
		"I'll talk about it another day":                                            0,
		"I'll talk to the finance team about mileage":                               1,
	} {
		if got := draw(t, lines(in)).Actions; len(got) != want {
			t.Errorf("%q undertakes %q, want %d", in, whats(got), want)
		}
	}
}

func TestAPromiseOfWhatWasAskedForNamesIt(t *testing.T) {
	t.Parallel()
	for reply, want := range map[string]string{
		"yes will do tonight":                      "share the induction checklist",
		"will put it in the folder":                "share the induction checklist",
		"of course, I'll send it round":            "share the induction checklist",
		"I'll ask whether ours may be shared":      "ask",
		`ours says "we'll help you" on every page`: "",
		"no idea where ours went":                  "",
	} {
		got := draw(t, lines("could someone share the induction checklist?", reply)).Actions
		switch {
		case want == "" && len(got) > 0:
			t.Errorf("%q undertakes %q", reply, whats(got))
		case want != "" && (len(got) != 1 || !strings.HasPrefix(got[0].What, want)):
			t.Errorf("%q undertakes %q, want %q", reply, whats(got), want)
		}
	}
}

func TestWhoLeadsTheMeetingPutsThingsOnTheAgenda(t *testing.T) {
	t.Parallel()
	chat := `
10:00 Jo Hill: welcome everyone, agenda is in the chat, housekeeping first
10:01 Jo Hill: we'll start with a round of hellos, moving on after
10:02 Jo Hill: five minutes left for this, then a comfort break
10:20 Ann Lee: people ask what we are once we are long well
10:21 Jo Hill: Adding "identity over time" as a topic for the June session
10:22 Ben Rees: Adding to that, it is the same for carers here
11:30 Cat Moss: peer workers need supervision`
	got := whats(draw(t, chat).Actions)
	if len(got) != 1 || !strings.HasPrefix(got[0], "add identity over time") {
		t.Errorf("%q", got)
	}
}

func TestAQuestionStaysOpenUntilSomebodyKnows(t *testing.T) {
	t.Parallel()
	for answer, open := range map[string]bool{
		"I'll ask the regional team and report back":         true,
		"let me find out, somebody in HR may know":           true,
		"it differs, ours says yes and theirs says no":       true,
		"I'm the wrong person to ask":                        true,
		"not one that I've ever been shown":                  true,
		"yes, volunteers can claim travel with the old form": false,
		"we claim travel for ours every month":               false,
		"I'll send you the form for travel, volunteers can":  false,
	} {
		got := draw(t, lines("can volunteers claim travel to the hub?", answer)).Questions
		if (len(got) == 1) != open {
			t.Errorf("after %q open are %q", answer, whats(got))
		}
		if open && len(got) == 1 && got[0].What != "whether volunteers can claim travel to the hub" {
			t.Errorf("after %q: %q", answer, got[0].What)
		}
	}
}

func TestAQuestionWithoutItsMarkIsOneToo(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{
		"can volunteers claim travel to the hub. nobody tells me":                   0, // the order of words says it only with a pronoun
		"can you claim travel while clearance is pending. been paying my own train": 1,
		"whose insurance covers a visiting dog at the hub?":                         1,
		"would it cover volunteers as well as paid peers?":                          1,
		"would love the form for travel.":                                           0,
	} {
		if got := draw(t, lines(in)).Questions; len(got) != want {
			t.Errorf("%q leaves open %q, want %d", in, whats(got), want)
		}
	}
}

func TestWhatIsAskedBeforeTheMeetingIsNotLeftOpen(t *testing.T) {
	t.Parallel()
	const chat = `
10:05 Ann Lee: who funds the post after March?
10:20 Jo Hill: welcome everyone
10:40 Ben Rees: peer workers need supervision every month
11:30 Cat Moss: bye all`
	for start, want := range map[int]int{0: 1, 15: 0} { // minutes past the hour
		tr := chattest.Chat(t, chat)
		tr.Start = tr.Start.Add(time.Duration(start) * time.Minute)
		c := reading.Read(tr, reading.Options{})
		got := lists.Draw(c, grammar.Rules{Name: c.People.IsName, Known: c.Familiar}).Questions
		if len(got) != want {
			t.Errorf("begun %d minutes past: open are %q", start, whats(got))
		}
	}
}

func TestAQuestionThatCannotBeTurnedRoundIsNamedByItsSubject(t *testing.T) {
	t.Parallel()
	got := draw(t, lines("pay bands differ for the same job", "and would it cover Wales or is it going to be England again?", "good question, don't know")).Questions
	if len(got) != 1 || !strings.HasPrefix(got[0].What, "a question about ") || !got[0].Loose {
		t.Errorf("%+v", got)
	}
}

func TestAnAddressIsNoThingToPassOn(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{"yep, send me your email": 0, "can I have your contact details please": 0, "could you share the email that went to staff?": 1} {
		if got := draw(t, lines(in)).Requested; len(got) != want {
			t.Errorf("%q asks for %q, want %d", in, whats(got), want)
		}
	}
}

func TestAPromiseOfItIsNamedByItsSubject(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"our travel budget is cut again, I'll take it back": "follow up on",
		"I'll take it to the next contract meeting":         "take it to the next contract meeting",
		"travel is half of my day, I'll raise that":         "follow up on distance and travel",
	} {
		got := whats(draw(t, lines(in)).Actions)
		if len(got) != 1 || !strings.HasPrefix(got[0], want) {
			t.Errorf("%q undertakes %q, want %q", in, got, want)
		}
	}
}
