package themes_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cymar/handlers/meetings/themes"
	"cymar/handlers/meetings/themes/internal/chattest"
)

const spoken = `
10:00 Jo Hill: welcome, supervision first
10:04 Ann Lee: peer workers at Larch House need supervision every month
10:05 Ben Rees: Larch House supervision works well for new peer workers
10:06 Cat Moss -: the lead at our place cancels it three times in a row
10:08 Dev Rao: I was sectioned twice and nobody in the team asked me about it`

func risks(t *testing.T, paragraph string) []themes.Risk {
	t.Helper()
	tr := *chattest.Chat(t, spoken)
	guard := func(s string) string {
		if strings.Contains(s, "overdose") {
			return "R"
		}
		return ""
	}
	return themes.Risks(tr, themes.Options{Guard: guard}, themes.Overview{}, "Space: Meeting Chat Overview\n\n"+paragraph)
}

func TestTheGuardListNamesEveryRisk(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]themes.RiskKind{
		"Participants discussed supervision.":                                                     nil,
		"Rees described group supervision.":                                                       {themes.RiskName},
		"Peer workers at Larch House need supervision.":                                           {themes.RiskPlace},
		"The ward can be reached on 01632 960123.":                                                {themes.RiskContact},
		"Write to jo@example.org for it.":                                                         {themes.RiskContact},
		"See https://example.org/form for it.":                                                    {themes.RiskContact},
		"The form of J.S. was discussed.":                                                         {themes.RiskContact},
		"It was noted that 41% have none.":                                                        {themes.RiskNumber},
		"One participant described being sectioned.":                                              {themes.RiskHealth},
		"It was said that the lead at our place cancels it three times.":                          {themes.RiskWords},
		"Somebody spoke of an overdose.":                                                          {themes.RiskDisclosure},
		"One worker said that nobody in the team asked me about it after they had been sectioned": {themes.RiskHealth, themes.RiskWords},
	} {
		var got []themes.RiskKind
		for _, r := range risks(t, text) {
			if r.Paragraph != 1 {
				t.Errorf("%q: a risk in paragraph %d", text, r.Paragraph)
			}
			if !slices.Contains(got, r.Kind) {
				got = append(got, r.Kind)
			}
		}
		for _, k := range want {
			if !slices.Contains(got, k) {
				t.Errorf("%q: %v, want %v", text, got, want)
			}
		}
		if want == nil && len(got) > 0 {
			t.Errorf("%q: %v, want nothing", text, got)
		}
	}
}

func TestASentenceOfOnePersonOrOfNobodyIsARisk(t *testing.T) {
	t.Parallel()
	tr := *chattest.Chat(t, spoken)
	for name, c := range map[string]struct {
		ids  []string
		want themes.RiskKind
	}{
		"two people":        {[]string{"m2", "m3"}, ""},
		"one person":        {[]string{"m2"}, themes.RiskSingle},
		"nobody":            {nil, themes.RiskUntraced},
		"a withdrawn one":   {[]string{"m2", "m4"}, themes.RiskDeleted},
		"an unknown one":    {[]string{"m77"}, themes.RiskDeleted},
		"one person, twice": {[]string{"m2", "m2"}, themes.RiskSingle},
	} {
		s := themes.Sentence{Text: "Participants discussed supervision.", Messages: c.ids}
		o := themes.Overview{Title: "T", Themes: []themes.Theme{{Title: "Supervision", Part: themes.Part{Sentences: []themes.Sentence{s}}}}}
		var got themes.RiskKind
		for _, r := range themes.Risks(tr, themes.Options{}, o, "T\n\n"+s.Text) {
			got = r.Kind
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		o.Themes[0].Hidden = true
		if rs := themes.Risks(tr, themes.Options{}, o, "T\n\n"+s.Text); len(rs) > 0 {
			t.Errorf("%s: a hidden theme is a risk: %v", name, rs)
		}
	}
}

func TestADraftHasNoNameAndNoContactAtRisk(t *testing.T) {
	t.Parallel()
	for _, c := range all(t) {
		o := themes.Draw(c.Transcript, themes.Options{})
		for _, r := range themes.Risks(c.Transcript, themes.Options{}, o, o.Text()) {
			switch r.Kind {
			case themes.RiskContact, themes.RiskWords, themes.RiskDeleted, themes.RiskUntraced, themes.RiskName:
				t.Errorf("%s: %s %q", c.Name, r.Kind, r.Text)
			case themes.RiskPlace, themes.RiskHealth, themes.RiskSingle, themes.RiskNumber, themes.RiskDisclosure:
			}
		}
	}
}

func TestTopicsAreCountedOverMeetingsWithoutWords(t *testing.T) {
	t.Parallel()
	one := themes.Overview{Themes: []themes.Theme{{Key: "pay", Contributors: 3}, {Key: "supervision", Contributors: 5}, {Key: "pay", Contributors: 4}, {Contributors: 9}, {Key: "endings", Hidden: true}}}
	if diff := cmp.Diff([]themes.Mark{{Key: "pay", Contributors: 4}, {Key: "supervision", Contributors: 5}}, one.Marks()); diff != "" {
		t.Error(diff)
	}
	got := themes.Recurring([][]themes.Mark{one.Marks(), {{Key: "pay", Contributors: 2}}, {{Key: "unheard-of", Contributors: 2}}})
	want := []themes.Trend{
		{Key: "pay", Title: "Pay and banding", Meetings: 2, Of: 3, Contributors: 6, Last: 1},
		{Key: "supervision", Title: "Supervision", Meetings: 1, Of: 3, Contributors: 5},
		{Key: "unheard-of", Title: "unheard-of", Meetings: 1, Of: 3, Contributors: 2, Last: 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
