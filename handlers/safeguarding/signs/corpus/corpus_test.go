package corpus_test

import (
	"slices"
	"strings"
	"testing"

	"cymar/handlers/safeguarding/signs/corpus"
)

func load(t *testing.T) []corpus.Message {
	t.Helper()
	all, err := corpus.Load()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryMessageHasWordsALevelALanguageAndAVoice(t *testing.T) {
	t.Parallel()
	for _, m := range load(t) {
		if strings.TrimSpace(m.Text) == "" || !slices.Contains([]string{"R", "T", "A", "S", "N"}, m.Level) ||
			m.Lang != "en" && m.Lang != "cy" || m.Voice == "" {
			t.Errorf("%+v", m)
		}
	}
}

func TestNoMessageIsBothACrisisAndOrdinary(t *testing.T) {
	t.Parallel()
	danger := map[string]bool{"R": true, "T": true, "N": true}
	levels := make(map[string]string)
	for _, m := range load(t) {
		key := strings.ToLower(strings.Trim(m.Text, " .!"))
		if was, ok := levels[key]; ok && (was == "N") != (m.Level == "N") && danger[was] && danger[m.Level] {
			t.Errorf("%q is %s and %s", m.Text, was, m.Level)
		}
		levels[key] = m.Level
	}
}

func TestBothLanguagesAndAllLevelsAreThere(t *testing.T) {
	t.Parallel()
	count := make(map[string]int)
	for _, m := range load(t) {
		count[m.Lang+m.Level]++
	}
	for key, least := range map[string]int{"enR": 3000, "cyR": 800, "enT": 500, "cyT": 150, "enA": 800, "cyA": 150, "enS": 400, "cyS": 80, "enN": 4000, "cyN": 600} {
		if count[key] < least {
			t.Errorf("%d messages of %s, want %d", count[key], key, least)
		}
	}
}

func TestABrokenLineIsNamed(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		"{\"text\":\"a\"}\n{": "line 2",
		"nonsense":            "line 1",
		"\n\n[]":              "line 3",
	} {
		_, err := corpus.Parse([]byte(data))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", data, err)
		}
	}
}

func TestEmptyLinesAreLeftOut(t *testing.T) {
	t.Parallel()
	got, err := corpus.Parse([]byte("\n{\"text\":\"a\",\"level\":\"N\"}\n\n"))
	if err != nil || len(got) != 1 || got[0].Text != "a" {
		t.Errorf("%v, %v", got, err)
	}
}

func TestTheSumFollowsEveryField(t *testing.T) {
	t.Parallel()
	base := corpus.Message{Text: "a", Level: "N", Lang: "en", Voice: "v"}
	sum := corpus.Sum([]corpus.Message{base})
	for _, m := range []corpus.Message{
		{Text: "b", Level: "N", Lang: "en", Voice: "v"}, {Text: "a", Level: "R", Lang: "en", Voice: "v"},
		{Text: "a", Level: "N", Lang: "cy", Voice: "v"}, {Text: "a", Level: "N", Lang: "en", Voice: "w"},
	} {
		if corpus.Sum([]corpus.Message{m}) == sum {
			t.Errorf("%+v has the sum of %+v", m, base)
		}
	}
}
