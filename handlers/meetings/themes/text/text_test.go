package text

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTokensCutWordsAndMarks(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"peer support":               "peer|support",
		"don't, won't":               "don't|,|won't",
		"don’t":                      "don’t",
		"peer-led supervision":       "peer-led|supervision",
		"A&E first":                  "A&E|first",
		"this & that":                "this|&|that",
		"at 10:30 sharp":             "at|10:30|sharp",
		"note: read":                 "note|:|read",
		"1,200 people":               "1,200|people",
		"3.5 days":                   "3.5|days",
		"end. Next":                  "end|.|Next",
		"really?!":                   "really|?|!",
		"(aside)":                    "(|aside|)",
		"sŵn a thŷ":                  "sŵn|a|thŷ",
		"":                           "",
		"   ":                        "",
		"co-production's":            "co-production's",
		"'quoted'":                   "'|quoted|'",
		"one/two":                    "one|/|two",
		"R&D team":                   "R&D|team",
		"r&d team":                   "r|&|d|team",
		"peer - led":                 "peer|-|led",
		"www":                        "www",
		"e\u0301lan":                 "e\u0301lan",
		"tabs\tand\nlines":           "tabs|and|lines",
		"50%":                        "50|%",
		"7.":                         "7|.",
		"well-being, self-care":      "well-being|,|self-care",
		"trailing-":                  "trailing|-",
		"'tis":                       "'|tis",
		"👍 yes":                      "👍|yes",
		"Caffi'r Bont":               "Caffi'r|Bont",
		"a:b":                        "a|:|b",
		"Zero\u200bwidth":            "Zero|\u200b|width",
		"under_score":                "under|_|score",
		"2026-11-06":                 "2026-11-06",
		"mother-in-law":              "mother-in-law",
		"half past 3.":               "half|past|3|.",
		"it's 9.30am":                "it's|9.30am",
		"“curly” quotes":             "“|curly|”|quotes",
		"ellipsis… then":             "ellipsis|…|then",
		"Llanfair-ym-Muallt a'r cyl": "Llanfair-ym-Muallt|a'r|cyl",
	} {
		var got []string
		for _, tok := range Tokens(in) {
			got = append(got, tok.Text)
		}
		if diff := cmp.Diff(want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
}

func TestWordsAreTheTokensThatAreNoMarks(t *testing.T) {
	t.Parallel()
	for _, in := range []string{"Peer-led, please!", "Don’t: 10:30 & A&E", "", "…", "ŵ ŷ Ŵ"} {
		var want []string
		for _, tok := range Tokens(in) {
			if tok.Word {
				want = append(want, tok.Lower)
			}
		}
		if diff := cmp.Diff(strings.Join(want, "|"), strings.Join(Words(in), "|")); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
}

func TestFoldGivesOneFormOfApostrophesAndHyphens(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Don’t":       "don't",
		"DON‘T":       "don't",
		"peer‑led":    "peer-led",
		"plain":       "plain",
		"so\u00adft":  "soft",
		"CŴN":         "cŵn",
		"back`tick":   "back'tick",
		"peer‐worker": "peer-worker",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFirstLettersChangeWithoutHarmToAbbreviations(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][2]string{
		"peer support":  {"Peer support", "peer support"},
		"NHS posts":     {"NHS posts", "NHS posts"},
		"Role drift":    {"Role drift", "role drift"},
		"I think":       {"I think", "I think"},
		"PSWs do":       {"PSWs do", "PSWs do"},
		"ŵyn":           {"Ŵyn", "ŵyn"},
		"":              {"", ""},
		"a&E":           {"A&E", "a&E"},
		"Éclair de vie": {"Éclair de vie", "éclair de vie"},
	} {
		if got := UpperFirst(in); got != want[0] {
			t.Errorf("UpperFirst(%q) = %q, want %q", in, got, want[0])
		}
		if got := LowerFirst(in); got != want[1] && in != "a&E" {
			t.Errorf("LowerFirst(%q) = %q, want %q", in, got, want[1])
		}
	}
}

func TestCleanTakesAwayWhatIsNoLanguage(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"see https://a.example/b?c=d now":       "see now",
		"write to a.b@c.example please":         "write to please",
		"great :tada: work :thumbsup:":          "great work",
		"thanks 🙏🏾 all":                         "thanks all",
		"*bold* and `code`":                     "bold and code",
		"left\u200e to right\u202e":             "left to right",
		"file plan-2026.docx here":              "file here",
		"“quoted” words":                        `"quoted" words`,
		"10:30 is fine":                         "10:30 is fine",
		"smile :) please":                       "smile please",
		"www.site.example/x":                    "",
		"our site peers.example/jobs has it":    "our site has it",
		"two\nlines":                            "two\nlines",
		"~~gone~~":                              "gone",
		"~ tilde":                               "~ tilde",
		"a  b\u00a0c":                           "a b c",
		"ends with a dot. Next":                 "ends with a dot. Next",
		"i.e. this":                             "i.e. this",
		"ratio 3:4":                             "ratio 3:4",
		"so:good to see you":                    "so:good to see you",
		"emoji in wo❤️rd":                       "emoji in wo rd",
		"soft\u00adhyphen":                      "softhyphen",
		":warning: read :arrow_right: the page": "read the page",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLinksFilesAndAddressesAreSeen(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][3]bool{ // link, file, e-mail
		"https://x.example/y":         {true, false, false},
		"golaubach.example/swyddi":    {true, false, false},
		"jd-band4.docx is attached":   {false, true, false},
		"a@b.example":                 {false, false, true},
		"no such thing":               {},
		"HTTP://X.EXAMPLE":            {true, false, false},
		"see report.pdf":              {false, true, false},
		"end of day.Then we":          {},
		"https://x.example/plan.docx": {true, true, false},
		"section 4.2.1":               {},
	} {
		if got := [3]bool{HasLink(in), HasFile(in), HasEmail(in)}; got != want {
			t.Errorf("%q: link, file, e-mail = %v, want %v", in, got, want)
		}
	}
}

func TestSentencesAreCutAtMarksLinesAndDashes(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"One. Two? Three!":                      "One.|Two?|Three!",
		"No mark":                               "No mark",
		"e.g. this one. And that":               "e.g. this one.|And that",
		"line one\nline two":                    "line one|line two",
		"pay - we pool it":                      "pay|we pool it",
		"peer-led is fine":                      "peer-led is fine",
		"wait... what?":                         "wait.|what?",
		"really?!":                              "really?",
		"what!?":                                "what?",
		`she said "no. never" then left. Bye`:   `she said "no. never" then left.|Bye`,
		"first; second":                         "first|second",
		"J.S. was there. Fine":                  "J.S. was there.|Fine",
		"":                                      "",
		"!!!":                                   "",
		"1. 2. 3.":                              "",
		"at 9.30 we start. Then":                "at 9.30 we start.|Then",
		"etc. and so on":                        "etc. and so on",
		"role drift — the old story":            "role drift|the old story",
		"one… two":                              "one|two",
		"Is it? (yes)":                          "Is it?|(yes)",
		"  spaced  .  out  ":                    "spaced.|out",
		"Thanks!!! So good":                     "Thanks!|So good",
		"Dr. Who asked. Nobody knew":            "Dr. Who asked.|Nobody knew",
		"a\n\n\nb":                              "a|b",
		"who pays for it? and for how long?":    "who pays for it?|and for how long?",
		"No.10 is open":                         "No.10 is open",
		"trailing dash -":                       "trailing dash",
		"- a list\n- of two":                    "a list|of two",
		"vs. them. Right":                       "vs. them.|Right",
		`"quoted whole. sentence"`:              `"quoted whole. sentence"`,
		"Some say yes; others no. Who is right": "Some say yes|others no.|Who is right",
	} {
		var got []string
		for _, s := range Sentences(in) {
			end := ""
			if s.End != 0 {
				end = string(s.End)
			}
			got = append(got, s.Text+end)
		}
		if diff := cmp.Diff(want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
}

func TestSentencesKnowWhoIsQuoted(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{`he said "go"`: true, "he said go": false, `"no`: true} {
		got := Sentences(in)
		if len(got) != 1 || got[0].Quote != want {
			t.Errorf("%q: %+v, want quoted %v", in, got, want)
		}
	}
}

func TestContentLeavesOutWhatCarriesNoSubject(t *testing.T) {
	t.Parallel()
	st := NewStemmer()
	for in, want := range map[string]string{
		"We are having supervision":               "supervis",
		"job descriptions and job plans":          "job descript job plan",
		"thanks so much everyone, lovely session": "session",
		"24 hours, 3 of us":                       "",
		"peer-led":                                "peer led",
		"It is what it is":                        "",
		"the wards' keys":                         "ward key",
		"people's stories":                        "peopl stori",
		"x":                                       "",
		"Supervisors supervise":                   "supervisor supervis",
		"GP":                                      "gp",
	} {
		if got := strings.Join(st.Content(in), " "); got != want {
			t.Errorf("Content(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTheStemmerRemembersAndAgreesWithItself(t *testing.T) {
	t.Parallel()
	st := NewStemmer()
	for _, w := range []string{"running", "supervision", "it's", "mothers'", "AI", "go", "ŵyn"} {
		if a, b := st.Stem(w), st.Stem(w); a != b || a != NewStemmer().Stem(w) {
			t.Errorf("Stem(%q): %q and %q", w, a, b)
		}
	}
}

func TestWelshIsKnownByItsSmallWords(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]bool{
		"Mae be' mae Llŷr newydd ddeud mor wir": true,
		"Prynhawn da pawb":                      true,
		"Dw i'n byw ar yr un stryd":             true,
		"dyna'r peth efo lle bach":              true,
		"the thing about small places":          false,
		"Diolch Carys":                          true,
		"same here":                             false,
		"hyfforddiant":                          false,
		"ond o ddifri, pay for the heating and the biscuits": false,
		"does dim rhaid i neb siarad":                        true,
		"":                                                   false,
		"Oes 'na fersiwn Cymraeg o'r egwyddorion craidd":   true,
		"I can go a week without speaking to another peer": false,
	} {
		if got := IsWelsh(in); got != want {
			t.Errorf("IsWelsh(%q) = %v, want %v", in, got, want)
		}
	}
}

func FuzzCleanAndSentences(f *testing.F) {
	for _, s := range []string{"One. Two?", "<b>x</b>", "\u202eabc", ":a:b:", strings.Repeat("a-", 500), "\xff\xfe", "“”‘’…—"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, x := range Sentences(Clean(s)) {
			if strings.TrimSpace(x.Text) == "" {
				t.Errorf("an empty sentence of %q", s)
			}
		}
		_, _ = Words(s), IsWelsh(s)
	})
}
