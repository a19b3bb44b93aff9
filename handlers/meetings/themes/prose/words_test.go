package prose

import (
	"slices"
	"strings"
	"testing"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/grouping"
	"cymar/handlers/meetings/themes/internal/chattest"
	"cymar/handlers/meetings/themes/lists"
	"cymar/handlers/meetings/themes/reading"
)

// writer reads a chat and prepares to write about all of it as one theme.
func writer(t *testing.T, chat string) (*Writer, []int) {
	t.Helper()
	c := reading.Read(chattest.Chat(t, chat), reading.Options{})
	rules := grammar.Rules{Name: c.People.IsName, Known: c.Familiar}
	var lines []int
	for i := range c.Lines {
		if !c.Lines[i].Small && !c.Lines[i].Gone {
			lines = append(lines, i)
		}
	}
	groups := []grouping.Theme{{Lines: lines}}
	return New(c, rules, lists.Draw(c, rules), groups), lines
}

func TestQuantityWordsAreCounted(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "One participant", 1: "One participant", 2: "Two participants", 3: "Several contributors", 7: "Several contributors", 8: "Many participants", 60: "Many participants"} {
		if got := quantity(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestContributorsAreCountedAndNotMessages(t *testing.T) {
	t.Parallel()
	w, lines := writer(t, `
10:05 Ann Lee: supervision should be monthly for peer workers
10:06 Ann Lee: supervision of peers should be protected time
10:07 Ann Lee: supervision notes should be shared with the peer
10:08 Ben Rees: supervision by a peer lead works best`)
	if n := w.countVoices(lines); n != 2 {
		t.Errorf("%d contributors in %d messages", n, len(lines))
	}
}

func TestListsAreJoinedAsInEnglish(t *testing.T) {
	t.Parallel()
	for want, xs := range map[string][]string{
		"":                         nil,
		"slides":                   {"slides"},
		"slides and forms":         {"slides", "forms"},
		"slides, forms and a rota": {"slides", "forms", "a rota"},
		"pay and bands, and hours": {"pay and bands", "hours"},
	} {
		if got := list(xs); got != want {
			t.Errorf("%q: %q, want %q", xs, got, want)
		}
	}
}

func TestShortFormsAreWrittenOut(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"pooling JDs":             "pooling job descriptions",
		"a JD and a job plan":     "a job description and a job plan",
		"the LE workforce":        "the lived experience workforce",
		"IG and consent":          "information governance and consent",
		"obs, meds":               "observations, meds",
		"jobs and lobsters":       "jobs and lobsters",
		"the NHS":                 "the NHS",
		"whatsapp groups":         "WhatsApp groups",
		"occ health and gps, too": "occupational health and GPs, too",
		"person specs":            "person specifications",
	} {
		if got := spelled(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestFramesTakeTurns(t *testing.T) {
	t.Parallel()
	f := newFrames()
	var got []string
	for range 6 {
		got = append(got, f.pick("a", "b", "c"))
	}
	if strings.Join(got, "") != "abcabc" {
		t.Errorf("%q", got)
	}
}

func TestThingsAgreeInNumber(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{"the slides": true, "the slides of the talk": true, "the policy for peers": false, "a checklist": false, "the form and the rota": true, "the process": false} {
		if got := pluralThing(in); got != want {
			t.Errorf("%q is plural: %v", in, got)
		}
	}
}

func TestTheSubjectOfAMeetingIsInItsTitle(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Peer Support Space: Digital Tools and GDPR":         "digital tools and GDPR",
		"Perinatal Peer Support Implementation Space":        "perinatal peer support",
		"Young People's Peer Work Network":                   "young people's peer work",
		"Peer Support Implementation Space":                  "",
		"Rhwydwaith X / Older People's Peer Support Network": "older people's peer support",
		"Team meeting": "",
		"":             "",
	} {
		if got := subjectOf(in); got != want {
			t.Errorf("%q is about %q, want %q", in, got, want)
		}
	}
}

func TestWhatSetsApartIsNoConcern(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{"keys are about training and not about history": true, "safety gets passed on, nothing else": true, "peers have no keys": false, "nobody asks": false} {
		if got := setsApart(in); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func TestAClosingSaysBothSidesAndWhatPeopleAgreeOn(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]closer{
		"highlighted strong interest in pay, alongside shared concerns around nights":                                                   {good: []string{"pay"}, hard: []string{"nights"}},
		"highlighted strong commitment to peer support, alongside shared concerns around a, b and c":                                    {good: []string{"pay"}, hard: []string{"a", "b", "c"}},
		"highlighted strong commitment to peer work and to sharing resources, alongside shared concerns around nights":                  {subject: "peer work", shared: true, hard: []string{"nights"}},
		"highlighted strong commitment to peer support, alongside shared concerns around nights, and a shared view that rest is needed": {hard: []string{"nights"}, view: "rest is needed"},
		"highlighted strong commitment to peer support, alongside shared concerns around nights, with several questions still open":     {hard: []string{"nights"}, open: true},
		"highlighted strong interest in pay and nights, with several questions still open":                                              {good: []string{"pay", "nights", "rest"}, open: true},
		"highlighted strong interest in pay, nights and sharing resources":                                                              {good: []string{"pay", "nights"}, shared: true},
		"highlighted strong interest in pay":                                                   {good: []string{"pay"}},
		"highlighted strong commitment to peer support, and a shared view that rest is needed": {view: "rest is needed"},
	} {
		if got := c.sentences(); len(got) == 0 || got[0] != want {
			t.Errorf("%+v closes with %q", c, got)
		}
	}
	if got := (closer{}).sentences(); got != nil {
		t.Errorf("%q of nothing", got)
	}
}

func TestASubjectIsCalledAsItsPeopleBroughtItUp(t *testing.T) {
	t.Parallel()
	for first, want := range map[string]string{
		"Gaming! three of the young people only talk while playing":           "gaming",
		"can I bring up social media":                                         "social media",
		"ok, schools and families next":                                       "schools and families",
		"Leave. Peers going out with people never happens":                    "leave",
		"last thing from me, pay and studying":                                "pay and studying",
		"Ann Lee! hello again":                                                "",
		"yes. exactly that":                                                   "",
		"the way that people on the ward talk about forms is a worry to most": "",
		"sorry! the sound went":                                               "",
		"Shrewsbury. they have a group":                                       "",
	} {
		w, lines := writer(t, "10:00 Jo Hill: welcome all\n10:20 Dev Rao: "+first+`
10:21 Ben Rees: gaming with young people on social media is side by side, in schools and with families
10:22 Cat Moss: playing games is how pay and studying come up on leave
10:23 Dev Rao: families find gaming and social media strange, leave alone pay`)
		if len(lines) > 0 && w.c.Lines[lines[0]].Raw == "welcome all" {
			lines = lines[1:]
		}
		if !slices.Contains(lines, 1) {
			lines = append([]int{1}, lines...)
		}
		got, ok := w.announced(lines)
		if got.text != want && (ok || want != "") {
			t.Errorf("%q is called %q (%.1f), want %q", first, got.text, got.score, want)
		}
	}
}

func TestASentenceThatRunsAlongAClosedMessageIsNotSafe(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, `
10:05 Ann Lee: I was sectioned when the team forgot to call me back
10:06 Ben Rees: our team calls everybody back the same day without fail
10:07 Cat Moss: teams should call people back on the day that they were asked to`)
	for s, want := range map[string]bool{
		"It was noted that the team forgot to call.":                                 false, // five words of a closed one
		"Teams forget to call.":                                                      true,
		"It was noted that a team calls everybody back the same day without fail.":   false, // six of what one service does
		"It was noted that people are called back on the day.":                       true,
		"Teams should call people back on the day that they were asked to, it said.": false, // eleven of any
	} {
		if got := w.safe(s, runSaid); got != want {
			t.Errorf("%q is safe: %v", s, got)
		}
	}
}

func TestASentenceMustBeTraceable(t *testing.T) {
	t.Parallel()
	w, lines := writer(t, `
10:05 Ann Lee: supervision gets cancelled after 2 weeks of shifts
10:06 Ben Rees: supervision by peers matters`)
	for s, want := range map[string]bool{
		"Several contributors noted that supervision gets cancelled.": true,
		"It was noted that two weeks of shifts cancel supervision.":   true,
		"It was noted that managers dislike supervision training.":    false,
		"Overall, the discussion was about dragons.":                  false,
	} {
		if got := w.traced(s, lines); got != want {
			t.Errorf("%q is traced: %v", s, got)
		}
	}
}
