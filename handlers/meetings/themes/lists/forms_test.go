package lists_test

import (
	"strings"
	"testing"
)

func TestARequestIsKnownInWhateverFormItComes(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"please share the zine? would have saved me":                    "zine",
		"Can we see the postcards?":                                     "postcards",
		"could you send the running order for an open evening?":         "running order",
		"could you post the 4 page grant form? a blank one":             "grant form",
		"could we see a blank of the 4 column log?":                     "log",
		"is there a JD for the job share? could you share it?":          "JD for the job share",
		"there is a risk assessment for trips, would be good to borrow": "risk assessment",
		"could somebody post the escalation chart?":                     "chart",
		"any chance someone could share the rota?":                      "rota",
		"oes geirfa i gael?":                                            "glossary",
		"allech chi rannu'r templed?":                                   "template",
		"oes fersiwn Gymraeg i gael?":                                   "Welsh version",
	} {
		got := whats(draw(t, lines(in)).Requested)
		if len(got) != 1 || !strings.Contains(got[0], want) {
			t.Errorf("%q asks for %q, want %q", in, got, want)
		}
	}
}

func TestToSpeakOfAThingIsNotToAskForIt(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"meal support is in my job description and the ward manager says yes please",
		"could you share your views on this?",
		"could you share your screen?",
		"could you send me your email?",
		"please share the load, it is a lot for one person",
		"can you share the room with us?",
		"what happens when somebody hears a thing and nobody agreed to it being shared",
	} {
		if got := whats(draw(t, lines(in)).Requested); len(got) != 0 {
			t.Errorf("%q asks for %q, want nothing", in, got)
		}
	}
}

func TestAWordingGivenInTheChatIsShared(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		`half a page in the recruitment guidance, pasting: "The holder chooses how the role is described and may change it."`: true,
		"the advert wording for the video route is in the chat files now":                                                     true,
		"the JD for the job share is up in files":                                                                             true,
		`reference wording as promised: "If there is a gap you may give a personal referee, and need not say why."`:           true,
		"slides will go in the files tab by tomorrow":                                                                         false,
		"we have a card, I'll pop it in the files once the numbers are off":                                                   false,
		"own clothes here, it's in the policy":                                                                                false,
		"ours: not yet":                                                                                                       false,
	} {
		if got := whats(draw(t, lines(in)).Shared); (len(got) == 1) != want {
			t.Errorf("%q shares %q, want %v", in, got, want)
		}
	}
}

func TestAWordingThatAnswersARequestIsCalledByIt(t *testing.T) {
	t.Parallel()
	l := draw(t, lines("is there a template for a wellbeing plan anyone could share?",
		`ours, 2 pages, pasting main bit: "Wash hands before food. Closed shoes. Nobody is made to join in or record it."`))
	if got := whats(l.Shared); len(got) != 1 || !strings.Contains(got[0], "template") {
		t.Errorf("shared %q", got)
	}
}

func TestAnAnswerThatIsNoneLeavesTheQuestionOpen(t *testing.T) {
	t.Parallel()
	ask := "does anyone know if volunteers can claim travel?"
	for answer, open := range map[string]bool{
		"good q":                                      true,
		"tumbleweed":                                  true,
		"not sorted here, and it isn't written":       true,
		"can't answer that, not my area":              true,
		"still waiting for it in writing":             true,
		"yes volunteers can claim travel on the form": false,
		"yes, volunteers claim travel monthly":        false,
	} {
		if got := whats(draw(t, lines(ask, answer)).Questions); (len(got) == 1) != open {
			t.Errorf("after %q the open questions are %q", answer, got)
		}
	}
}

func TestAQuestionIsReadWithoutWhatJoinsItToTheLast(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"as in who supervises the director of lived experience?", "but who supervises the director of lived experience?", "and who supervises the director of lived experience?"} {
		got := whats(draw(t, lines(in, "good q")).Questions)
		if len(got) != 1 || got[0] != "who supervises the director of lived experience" {
			t.Errorf("%q leaves open %q", in, got)
		}
	}
}

func TestYesToAThoughtIsNoPromise(t *testing.T) {
	t.Parallel()
	for answer, n := range map[string]int{
		"yes of course":                                     1,
		"yes to a pool of them":                             0,
		"yes but put our name on it":                        0,
		"yes. Saying no each time costs you the whole team": 0,
		"I'll type it up":                                   1,
		"wna i, posta i fe heno":                            1,
		"anfona i neges atat ti rŵan":                       0,
	} {
		if got := whats(draw(t, lines("could someone share the induction checklist?", answer)).Actions); len(got) != n {
			t.Errorf("%q undertakes %q, want %d", answer, got, n)
		}
	}
}
