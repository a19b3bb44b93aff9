package reading_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"cymar/handlers/safeguarding/signs/internal/reading"
	"cymar/text"
)

// speller knows a few words, so that they are left as they are written.
func speller() *reading.Speller {
	known := map[string]bool{"suicidal": true, "kill": true, "brother": true, "kiln": true}
	return reading.NewSpeller(func(w string) bool { return known[w] })
}

// read is a message as words, with a bar between sentences.
func read(raw string) string {
	var out []string
	for _, s := range speller().Read(raw).Sentences {
		var words []string
		for _, w := range s.Words {
			words = append(words, w.Text)
		}
		out = append(out, strings.Join(words, " "))
	}
	return strings.Join(out, " | ")
}

func TestWordsAreWrittenInOneSpelling(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"I'm gonna":                      "i am going to",
		"I’m GONNA":                      "i am going to",
		"im gonna":                       "i am going to",
		"cant do it tmrw":                "can not do it tomorrow",
		"ill be there":                   "i will be there",
		"i am ill":                       "i am ill",
		"i was ill with flu":             "i was ill with flu",
		"sucidal":                        "suicidal",
		"i wanna unalive miself 2nite":   "i want to unalive myself tonight",
		"noooo":                          "no",
		"the kiln is hot":                "the kiln is hot",
		"kinves":                         "kinves",
		"it was in 2009":                 "it was in pastyear",
		"it is in 2026":                  "it is in yearnumber",
		"room 1234":                      "room 1234",
		"dwi'n mynd i neud o":            "dwi n mynd i neud o",
		"tablts and paracetomol":         "tablets and paracetamol",
		"😂 that meeting":                 "lol that meeting",
		"💊💊":                             "pills pills",
		"k m s":                          "kms",
		"i w a n t t o d i e":            "i want to die",
		"a d c":                          "a d c",
		"plan B is a go":                 "plan be is a go",
		"I want to k1ll myself":          "i want to kill myself",
		"su!c!de":                        "suicide",
		"k.m.s":                          "kms",
		"c0vid":                          "c0vid",
		"d i e d":                        "d i e d",
		"":                               "",
		"   \n\t ":                       "",
		"!!! ??? ...":                    "",
		"\xff\xfe":                       "",
		"\u202eI want\u202c":             "i want",
		"wa\u200bnt":                     "want",
		"wаnt to ԁie":                    "want to die",
		"Ｉ ｗａｎｔ":                         "i want",
		"café":                           "cafe",
		"tŷ":                             "ty",
		"first line\nsecond line":        "first line | second line",
		"one. two! three? four; five":    "one | two | three | four | five",
		"Dr. Smith sees me at 10.30 a.m": "dr smith sees me at 10 30 a m",
	} {
		if got := read(raw); got != want {
			t.Errorf("%q is read as %q, want %q", raw, got, want)
		}
	}
}

func TestWhatStandsInQuotationMarksIsSetOff(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`she said "i want to die" today`: "i want to die",
		`she said “i want to die” today`: "i want to die",
		`she said 'i want to die' today`: "i want to die",
		`it's the patients' choice, ok`:  "",
		`he said "stop`:                  "",
		`"one. two" three`:               "one two",
		`the word 'kms' alone`:           "",
		`the word "kms" alone`:           "kms",
		`""`:                             "",
	} {
		var got []string
		for _, s := range speller().Read(raw).Sentences {
			for _, w := range s.Words {
				if w.Quoted {
					got = append(got, w.Text)
				}
			}
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", raw, diff)
		}
	}
}

func TestHowASentenceEndsIsKept(t *testing.T) {
	t.Parallel()
	m := speller().Read("is it me? no! yes")
	var got [][2]bool
	for _, s := range m.Sentences {
		got = append(got, [2]bool{s.Question, s.Shout})
	}
	if diff := cmp.Diff([][2]bool{{true, false}, {false, true}, {false, false}}, got); diff != "" {
		t.Errorf("question and shout (-want +got):\n%s", diff)
	}
}

func TestTheLanguageIsTold(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]struct {
		lang  string
		welsh bool
	}{
		"mae hi'n braf iawn yma heddiw":              {text.Welsh, true},
		"it is a lovely day here today":              {text.English, false},
		"I am so tired now, dwi ddim yn gallu cysgu": {"", true},
		"zzzz": {"", false},
		"the minutes are on the drive, thank you, all": {text.English, false},
	} {
		m := speller().Read(raw)
		if want.lang != "" && m.Lang != want.lang || m.Welsh != want.welsh {
			t.Errorf("%q: language %q, Welsh in it %v", raw, m.Lang, m.Welsh)
		}
	}
}

func TestOfAVeryLongMessageTheBeginningAndTheEndAreRead(t *testing.T) {
	t.Parallel()
	long := "the very beginning " + strings.Repeat("and ŵ on ", 400_000) + "the very end"
	seen := reading.Visible(long)
	if len(seen) > 70<<10 || !utf8.ValidString(seen) {
		t.Errorf("%d bytes are read, valid %v", len(seen), utf8.ValidString(seen))
	}
	for _, want := range []string{"the very beginning", "the very end"} {
		if !strings.Contains(seen, want) {
			t.Errorf("%q is not read", want)
		}
	}
}

func TestInvisibleTextCannotPushWordsOutOfSight(t *testing.T) {
	t.Parallel()
	if got := read(strings.Repeat("\u200b", 100_000) + "i want to die"); got != "i want to die" {
		t.Errorf("read as %.60q", got)
	}
}

func TestALineWithoutSpacesIsReadInParts(t *testing.T) {
	t.Parallel()
	if got := read(strings.Repeat("ŵ", 40_000)); !strings.Contains(got, "w") {
		t.Errorf("read as %.60q", got)
	}
}

func FuzzReading(f *testing.F) {
	s := speller()
	for _, raw := range []string{"", "I'm \"gonna\" k.m.s", "'", "\"'\"'", "k-i-l-l", "a.b.c. d", "…", "\xff", "i i i i i i", "’’’", "ŵ. Ŷ? '"} {
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for _, sentence := range s.Read(raw).Sentences {
			if len(sentence.Words) == 0 {
				t.Errorf("%q has a sentence without words", raw)
			}
			for _, w := range sentence.Words {
				if w.Text == "" || strings.ContainsAny(w.Text, " \n\t") {
					t.Errorf("%q has the word %q", raw, w.Text)
				}
			}
		}
	})
}
