package principles_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/principles"
	"cymar/handlers/principles/kb"
)

func handler(t *testing.T) (*principles.Handler, *kb.Base) {
	t.Helper()
	base, err := ours()
	if err != nil {
		t.Fatal(err)
	}
	h, err := principles.New(&shelf{base: base}, nil, bottest.NewClock(bottest.Start), nil)
	if err != nil {
		t.Fatal(err)
	}
	return h, base
}

func TestWhatElseAQuestionMayMeanIsNamedInOneSentenceAndOneButton(t *testing.T) {
	t.Parallel()
	h, base := handler(t)
	answer, other := base.Entry("wrap"), base.Entry("mutual")
	card := h.Card(kb.Result{Outcome: kb.Answer, Entry: answer, Beside: []*kb.Entry{other}}, bot.English, bot.Wales)
	if plain := card.Plain(); !strings.Contains(plain, "If you meant something else:\n\n• "+other.Title.English+": "+other.Lead("en")) {
		t.Errorf("nothing is named beside the answer:\n%s", plain)
	}
	var first string
	for _, b := range card.Blocks {
		if buttons, ok := b.(bot.Buttons); ok && first == "" {
			first = buttons.Buttons[0].Value
		}
	}
	if first != other.ID {
		t.Errorf("the first button opens %q, want %q", first, other.ID)
	}
	sure := h.Card(kb.Result{Outcome: kb.Answer, Entry: answer}, bot.English, bot.Wales).Plain()
	if strings.Contains(sure, "something else") {
		t.Errorf("a sure answer names others:\n%s", sure)
	}
}

// Whoever asks a short question does not want a lecture.
func TestAnAnswerStaysShortWhateverStandsBesideIt(t *testing.T) {
	t.Parallel()
	h, base := handler(t)
	for _, lang := range []bot.Lang{bot.English, bot.Welsh} {
		entries := slices.DeleteFunc(slices.Clone(base.Entries()), func(e *kb.Entry) bool { return e.Outcome != kb.Answer })
		slices.SortFunc(entries, func(a, b *kb.Entry) int { return len(b.Lead(string(lang))) - len(a.Lead(string(lang))) })
		for _, e := range entries {
			text := h.Text(kb.Result{Outcome: kb.Answer, Entry: e, Beside: entries[:2]}, lang, bot.Both)
			if n := utf8.RuneCountInString(text); n > 1500 {
				t.Errorf("%s in %s: %d characters", e.ID, lang, n)
			}
		}
	}
}
