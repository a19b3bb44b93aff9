package prose

import (
	"strings"
	"testing"

	"cymar/handlers/meetings/themes/grouping"
	"cymar/handlers/meetings/themes/text"
)

// called gives what a theme of some remarks, each by another person, is called.
func called(t *testing.T, remarks ...string) string {
	t.Helper()
	w, lines := writer(t, meeting(remarks...))
	return w.study(lines).name.title
}

func meeting(remarks ...string) string {
	who := []string{"Ann Lee", "Ben Rees", "Cat Moss", "Dev Rao", "Eve Fox", "Fay Orr"}
	var b strings.Builder
	for k, r := range remarks {
		b.WriteString("10:" + string(rune('2'+k/10)) + string(rune('0'+k%10)) + " " + who[k%len(who)] + ": " + r + "\n")
	}
	return b.String()
}

func TestATitleSaysWhatOfItsSubject(t *testing.T) {
	t.Parallel()
	for want, remarks := range map[string][]string{
		"Waiting for DBS checks":         {"DBS checks take three months here", "vetting is slow, people are waiting since June", "we lose people who wait for the DBS checks"},
		"Night cover and safe staffing":  {"nights are short of cover, safe staffing is a dream", "on our night shift the cover falls to one peer worker", "night shifts need safe staffing"},
		"Sick pay":                       {"sick pay stops after a week on our contracts", "the pay band has no sick pay at all", "pay should be there when you are ill"},
		"Role drift into clinical tasks": {"role drift is real: clinical tasks land on us", "drift into obs and clinical tasks every week", "who stops the drift when tasks pile up"},
	} {
		if got := called(t, remarks...); got != want {
			t.Errorf("%q is called %q, want %q", remarks[0], got, want)
		}
	}
}

func TestASideNeedsTwoPeopleAndItsWords(t *testing.T) {
	t.Parallel()
	w, lines := writer(t, `
10:20 Ann Lee: vetting takes months and we wait
10:21 Ann Lee: waiting for vetting is the worst
10:22 Ben Rees: the vetting form is long
10:23 Cat Moss: vetting should be paid for by the trust`)
	for _, n := range w.study(lines).names {
		if strings.Contains(n.title, "Waiting for") {
			t.Errorf("one person alone speaks of waiting, yet %q", n.title)
		}
		if strings.Contains(strings.ToLower(n.title), "dbs") {
			t.Errorf("nobody said it, yet %q", n.title)
		}
	}
}

func TestAMatterAndAPlaceAreNamedAsSuch(t *testing.T) {
	t.Parallel()
	got := called(t, "supervision on the ward is cancelled a lot", "wards forget supervision", "no supervision at all on our wards", "the ward manager says supervision can happen later")
	if got != "Supervision on wards" {
		t.Errorf("%q", got)
	}
	if got = called(t, "supervision needs a budget", "no money for supervision this year", "the budget went on buses", "supervision is what I miss"); got != "Supervision and money" {
		t.Errorf("of two matters: %q", got)
	}
}

func TestWhatEverybodyComesBackToIsNamedThoughTheLexiconDoesNotKnowIt(t *testing.T) {
	t.Parallel()
	got := called(t, "the goat comes on Fridays", "our goat ate the rota", "who feeds the goat at the weekend", "a goat calms people", "some are afraid of a goat")
	if !strings.Contains(strings.ToLower(got), "goat") {
		t.Errorf("%q", got)
	}
}

func TestNoTitleIsABareEverydayNounWhereMoreCanBeSaid(t *testing.T) {
	t.Parallel()
	got := called(t, "the piano is out of tune", "our piano has a bench and no lid", "a bench by the pond was asked for", "the bench is old, the piano older")
	if len(strings.Fields(got)) < 2 {
		t.Errorf("%q", got)
	}
}

func TestTwoThemesDoNotSoundAlike(t *testing.T) {
	t.Parallel()
	w, lines := writer(t, meeting(
		"supervision should be led by a peer", "peer-led supervision works, a psychologist never did this job", "supervision by a peer lead is rare",
		"supervision is cancelled when the rota is short", "ours is cancelled too, no protected time for supervision", "supervision needs protected time in the diary"))
	themes := []theme{w.study(lines[:3]), w.study(lines[3:])}
	w.settle(themes)
	a, b := themes[0].name.title, themes[1].name.title
	if a == b || likeness(themes[0].name, themes[1].name) > 0.5 {
		t.Errorf("%q and %q", a, b)
	}
	if !strings.Contains(strings.ToLower(a), "peer") || !strings.Contains(a+b, "rotected time") {
		t.Errorf("%q and %q", a, b)
	}
}

func TestTheTopicOfTheWholeMeetingIsNoTheme(t *testing.T) {
	t.Parallel()
	w, lines := writer(t, meeting("carers are tired of forms", "carers ring the ward and wait", "the ward never rings carers back", "a carer waits at the ward door"))
	w.c.Transcript.Title = "Carer Peer Support Network"
	again := New(w.c, w.rules, w.lists, []grouping.Theme{{Lines: lines}})
	if got := again.study(lines).name.title; got == "Carers and families" || got == "Carers" {
		t.Errorf("%q", got)
	}
}

func TestEveryNameStandsInTheLines(t *testing.T) {
	t.Parallel()
	chats := [][]string{
		{"supervision on the ward is cancelled a lot", "wards forget supervision", "pay bands differ", "the phone rings at night", "night shifts again"},
		{"vetting takes months", "convictions stop people", "the panel asks about a record", "records are old", "DBS forms"},
		{"peers run the allotment", "we grow beans", "beans for the kitchen", "the kitchen is locked", "who has the key"},
	}
	for _, remarks := range chats {
		w, lines := writer(t, meeting(remarks...))
		said := map[string]bool{}
		for _, i := range lines {
			for _, s := range w.meant(i) {
				said[s] = true
			}
		}
		for _, n := range w.study(lines).names {
			if words(n.title) > mostTitle {
				t.Errorf("%q is long", n.title)
			}
			for _, x := range text.Words(n.about) {
				for part := range strings.SplitSeq(x, "-") {
					if text.IsContent(part) && !reporting[part] && !light[part] && !said[w.c.Stemmer.Stem(part)] {
						t.Errorf("nobody said %q, yet %q", part, n.title)
					}
				}
			}
		}
	}
}

func TestAThemeWithoutWordsHasANameToo(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, "10:05 Ann Lee: hm\n10:06 Ben Rees: ah")
	if got := w.study([]int{0, 1}).name.title; got != "Other points" {
		t.Errorf("%q", got)
	}
}

func TestAnOpeningTakesTheCoreOfAName(t *testing.T) {
	t.Parallel()
	for about, want := range map[string]string{
		"pay":                                   "pay",
		"drink and who is let in":               "drink and who is let in",
		"dementia, the memory clinic and rooms": "dementia and the memory clinic",
		"keys, lanyards and looking like staff": "keys and lanyards",
		"police, ambulance and A&E":             "police and ambulance",
		"sick pay and holidays, rest and sleep": "sick pay and holidays",
	} {
		if got := core(about); got != want {
			t.Errorf("%q: %q, want %q", about, got, want)
		}
	}
}

func TestWhatGoesOnInAPlaceIsNamedBeforeThePlace(t *testing.T) {
	t.Parallel()
	remarks := []string{"the piano on the ward is out of tune", "a ward choir sings round the piano", "the piano calms people on wards", "wards are loud without music", "the ward loves its piano"}
	got := called(t, remarks...)
	if !strings.HasSuffix(got, "on wards") || !strings.Contains(strings.ToLower(got), "piano") {
		t.Errorf("%q", got)
	}
	w, lines := writer(t, meeting(remarks...))
	w.c.Transcript.Title = "Wards Network"
	again := New(w.c, w.rules, w.lists, []grouping.Theme{{Lines: lines}})
	if got = again.study(lines).name.title; strings.Contains(strings.ToLower(got), "ward") {
		t.Errorf("in a meeting about wards: %q", got)
	}
}

func TestTheSubjectOfAMeetingIsTakenFromItsTitle(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"National Peer Support Space: Crisis Alternatives":                "crisis alternatives",
		"Carer Peer Support: Community of Practice":                       "carer peer support",
		"Forensic and Secure Services Peer Support Forum":                 "forensic and secure services peer support",
		"Peer Workforce Implementation Space":                             "",
		"Gofod y Gogledd / North Wales Peer Support Implementation Space": "North Wales peer support",
		"": "",
	} {
		if got := subjectOf(title); got != want {
			t.Errorf("%q is about %q, want %q", title, got, want)
		}
	}
}

func TestTheCloseDoesNotRepeatWhatTheOpeningNamed(t *testing.T) {
	t.Parallel()
	w, lines := writer(t, meeting("nobody knows who pays, depends on the area", "not sure about the rota", "it depends", "nobody knows"))
	var ts []Paragraph
	for _, about := range []string{"pay", "rotas", "travel", "keys"} {
		ts = append(ts, Paragraph{About: about, Lines: lines, Voices: 3})
	}
	good, hard := w.sides(ts, []string{"pay", "rotas"})
	if len(good) > 0 || len(hard) != 3 || hard[0] != "travel" || hard[1] != "keys" {
		t.Errorf("good %q, hard %q", good, hard)
	}
}

func TestATurnInTalkIsNoSubject(t *testing.T) {
	t.Parallel()
	for first, want := range map[string]bool{
		"Facts: bands are set by a panel":            false,
		"order of play: a talk on bands, then lunch": false,
		"the paper on bands: it is long":             false,
		"Bands: they differ by trust":                true,
	} {
		w, lines := writer(t, meeting(first, "bands differ between trusts", "our bands are low", "a paper says bands and facts matter"))
		if x, ok := w.announced(lines); ok != want {
			t.Errorf("%q names %q: %v", first, x.text, ok)
		}
	}
}

func TestASideIsOfItsTopicOnlyWhereSomeLineSpeaksOfBoth(t *testing.T) {
	t.Parallel()
	apart := called(t, "vetting forms are long", "vetting again this year", "we wait for the bus", "waiting for the bus at night")
	if strings.HasPrefix(apart, "Waiting for vetting") {
		t.Errorf("two subjects are called %q", apart)
	}
	if got := called(t, "vetting forms are long and we wait", "vetting again this year", "waiting for the bus", "waiting is hard"); got != "Waiting for vetting" {
		t.Errorf("%q", got)
	}
}

func TestBesideASubjectStandOnlyTermsOfTheFieldOrWhatSeveralSay(t *testing.T) {
	t.Parallel()
	w, lines := writer(t, meeting("supervision should be monthly", "supervision and references", "supervision by a ward clerk in the first month", "supervision of students", "supervision is a right"))
	th := w.study(lines)
	th.points, th.name.about = nil, "supervision"
	of, _ := w.named(th)
	for _, x := range of {
		if x == "ward clerks" || strings.Contains(x, "month") {
			t.Errorf("one person alone said %q, yet it stands in %q", x, of)
		}
	}
	if len(of) == 0 {
		t.Error("nothing stands beside the subject")
	}
}

func TestAWordIsWorthNamingWhereItIsTheThemesOwn(t *testing.T) {
	t.Parallel()
	w, _ := writer(t, meeting("the swap needs two leads", "a swap saves money"))
	people := func(n int) map[string]bool {
		m := map[string]bool{}
		for k := range n {
			m[string(rune('a'+k))] = true
		}
		return m
	}
	for name, c := range map[string]struct {
		p    phrase
		want bool
	}{
		"two people, and hardly said elsewhere": {phrase{open: true, authors: people(2), stems: []string{"swap"}, score: 2.4}, true},
		"two people, but said everywhere":       {phrase{open: true, authors: people(2), stems: []string{"swap"}, score: 1.9}, false},
		"three people":                          {phrase{open: true, authors: people(3), stems: []string{"swap"}, score: 1.9}, true},
		"one person":                            {phrase{open: true, authors: people(1), stems: []string{"swap"}, score: 2.9}, false},
		"one person, a term of the field":       {phrase{open: true, authors: people(1), stems: []string{"recoveri", "colleg"}, score: 2.9}, true},
		"of closed messages, by one person":     {phrase{authors: people(1), stems: []string{"recoveri", "colleg"}, score: 2.9}, false},
	} {
		if got := w.sound(c.p); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
