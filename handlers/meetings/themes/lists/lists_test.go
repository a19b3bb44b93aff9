package lists_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/internal/chattest"
	"cymar/handlers/meetings/themes/lists"
	"cymar/handlers/meetings/themes/reading"
)

func draw(t *testing.T, chat string) lists.Lists {
	t.Helper()
	c := reading.Read(chattest.Chat(t, chat), reading.Options{})
	return lists.Draw(c, grammar.Rules{Name: c.People.IsName, Known: c.Familiar})
}

func whats(items []lists.Item) []string {
	var out []string
	for _, it := range items {
		out = append(out, it.What)
	}
	return out
}

// lines puts remarks of two people into the middle of a meeting.
func lines(remarks ...string) string {
	var b strings.Builder
	b.WriteString("10:00 Jo Hill: welcome everyone\n")
	who := []string{"Ann Lee", "Ben Rees"}
	for i, r := range remarks {
		b.WriteString("10:2" + string(rune('0'+i)) + " " + who[i%2] + ": " + r + "\n")
	}
	b.WriteString("11:30 Cat Moss: peer workers need supervision\n")
	return b.String()
}

func TestWhatWasAskedForIsNamed(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"could you share the slides please?":                            {"the slides"},
		"can I have a copy of the job description?":                     {"the job description"},
		"is there a template for a wellbeing plan anyone could share?":  {"a template for a wellbeing plan"},
		"please send me the policy":                                     {"the policy"},
		"has anyone got a checklist for induction they'd share?":        {"a checklist for induction"},
		"would love a copy of that guidance":                            {"guidance"},
		"any chance of the risk assessment form?":                       {"the risk assessment form"},
		"do you have a brief for the task you could share?":             nil, // a brief what? no word says so
		"could we see the one-page summary?":                            {"the one-page summary"},
		"is there any money for training?":                              nil,
		"could you say that again?":                                     nil,
		"we should share more":                                          nil,
		"supervision could share a slot with line management":           nil,
		"oes gan rywun gopi o'r polisi? could someone share the policy": {"the policy"},
	} {
		got := whats(draw(t, lines(in)).Requested)
		if want == nil && len(got) == 0 {
			continue
		}
		if len(got) != len(want) || len(got) > 0 && !strings.Contains(got[0], strings.TrimPrefix(strings.TrimPrefix(want[0], "the "), "a ")) {
			t.Errorf("%q asks for %q, want %q", in, got, want)
		}
	}
}

func TestARequestGoesFromAskedToOfferedToPosted(t *testing.T) {
	t.Parallel()
	l := draw(t, lines("could someone share the induction checklist?", "yes I'll send it tonight", "me too please", "here it is: https://example.org/induction"))
	if len(l.Requested) != 1 || l.Requested[0].Status != lists.Posted {
		t.Fatalf("requested %+v", l.Requested)
	}
	if diff := cmp.Diff([]int{1, 3}, l.Requested[0].Lines); diff != "" {
		t.Errorf("who joins in is not counted: %s", diff)
	}
	if len(l.Shared) != 1 || len(l.Actions) != 1 || !strings.Contains(l.Actions[0].What, "induction checklist") {
		t.Errorf("shared %q, actions %q", whats(l.Shared), whats(l.Actions))
	}
}

func TestWhatWasPostedIsKnownByItsLinkFileOrPaste(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]int{
		"the slides are here https://example.org/slides": 1,
		"jd-band4.docx attached":                         1,
		"pasting our policy:\\nPeers do not do observations\\nPeers do not restrain\\nPeers do not give out pills": 1,
		"join the call: https://teams.microsoft.com/l/meetup-join/19abc":                                           0,
		"we have a policy on that":             0,
		"the recording is on the shared drive": 1,
		"Minutes of the last meeting\\nItem 1\\nMatters arising from the trust board were discussed at length by all": 0,
	} {
		if got := draw(t, lines(in)).Shared; len(got) != want {
			t.Errorf("%q: shared %q, want %d", in, whats(got), want)
		}
	}
}

func TestQuestionsThatNobodyAnsweredAreLeftOpen(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		remarks []string
		want    []string
	}{
		"nobody knows":    {[]string{"who funds the post after March?", "good question, nobody knows"}, []string{"who funds the post after March"}},
		"not a clue":      {[]string{"does anyone know if volunteers can claim travel?", "not a clue"}, []string{"whether volunteers can claim travel"}},
		"answered":        {[]string{"does anyone know if volunteers can claim travel?", "yes volunteers can claim travel on the form"}, nil},
		"a favour":        {[]string{"could you move your chair please?"}, nil},
		"a proposal":      {[]string{"could we swap supervisors between trusts?"}, nil},
		"rhetorical":      {[]string{"isn't it always the way with budgets?"}, nil},
		"trouble":         {[]string{"can anyone hear me? no sound"}, nil},
		"asked elsewhere": {[]string{"is there guidance on consent for peer support? I've asked everywhere and got a shrug"}, []string{"whether there is guidance on consent for peer support"}},
	} {
		if diff := cmp.Diff(c.want, whats(draw(t, lines(c.remarks...)).Questions)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestPromisesBecomeActions(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"I'll draft a page on endings by June":              {"draft a page on endings by June"},
		"I will ask our finance team about mileage":         {"ask the finance team about mileage"},
		"leave it with me, I'll raise it with the board":    {"raise it with the board"},
		"I'll put the kettle on":                            nil,
		"I'll be back in a minute":                          nil,
		"I'd never do that":                                 nil,
		"we will see":                                       nil,
		"I'll ring you after":                               nil,
		"I'll set up a meeting for the carers' group":       {"set up a meeting for the carers' group"},
		"happy to circulate the notes to the whole network": {"circulate the notes to the whole network"},
	} {
		got := whats(draw(t, lines(in)).Actions)
		if len(got) != len(want) || len(got) > 0 && got[0] != want[0] {
			t.Errorf("%q undertakes %q, want %q", in, got, want)
		}
	}
}

func TestNothingIsTakenFromWhoMayNotBeUsed(t *testing.T) {
	t.Parallel()
	l := draw(t, `
10:00 Jo Hill: welcome
10:20 Ann Lee -: could you share the slides please?
10:21 Minutes Bot *: I will share the policy
10:22 Ben Rees: please leave me out of the overview
10:23 Ben Rees: could someone send me the template?
10:24 Ben Rees: I'll draft a page on endings
10:25 Cat Moss: peer workers need supervision`)
	if n := len(l.Requested) + len(l.Shared) + len(l.Actions) + len(l.Questions); n > 0 {
		t.Errorf("%+v", l)
	}
	if got := l.Lines(); len(got) > 0 {
		t.Errorf("lines %v", got)
	}
}

func TestEveryItemSaysWhatAndWhere(t *testing.T) {
	t.Parallel()
	hostile := []string{
		"could you share <script>alert(1)</script> please?", "can I have =HYPERLINK(\"x\") the form?", "please send " + strings.Repeat("the form ", 400),
		"who \u202eknows\u202c the answer to the question about forms?", "I'll send it it it it it", "????????", "I'll", "can I have", "\u200b\u200b", "please share",
	}
	for _, h := range hostile {
		l := draw(t, lines(h, "me too please"))
		for _, items := range [][]lists.Item{l.Requested, l.Shared, l.Questions, l.Actions} {
			for _, it := range items {
				if it.What == "" || len(it.Lines) == 0 || strings.ContainsAny(it.What, "<>=\u202e{}|") || len(it.What) > 300 {
					t.Errorf("%.40q gives %.80q on %v", h, it.What, it.Lines)
				}
			}
		}
	}
}
