package teams_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cymar/adapters/teams"
	"cymar/bot"
	"cymar/bot/bottest"
)

var update = flag.Bool("update", false, "write the golden files again")

// golden compares with a file, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (go test ./adapters/teams -update writes it again):\n%s", name, diff)
	}
}

func pretty(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEveryFixtureCardIsDrawnAsItsGoldenFile(t *testing.T) {
	t.Parallel()
	r := open(t)
	r.adapter.Still()
	for _, f := range bottest.Cards() {
		golden(t, f.Name+".json", pretty(t, r.adapter.Drawn(f.Card, bot.DirectChat)))
	}
	golden(t, "form.json", pretty(t, r.adapter.FormCard(asked(), nil, false)))
	golden(t, "form-faults.json", pretty(t, r.adapter.FormCard(asked(), map[string]string{"next": "31 February is not a day.", "": "Please look again."}, false)))
	golden(t, "form-dialog.json", pretty(t, r.adapter.FormCard(asked(), nil, true)))
}

// shownForm reads a drawn form as a client would.
func shownForm(t *testing.T, card map[string]any) *viewer {
	t.Helper()
	v := &viewer{}
	v.look("AdaptiveCard", object(t, pretty(t, card)))
	if len(v.faults) > 0 {
		t.Error(v.faults)
	}
	return v
}

func TestAFormHasALabelForEveryInputAndSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	r := open(t)
	for _, dialog := range []bool{false, true} {
		v := shownForm(t, r.adapter.FormCard(asked(), map[string]string{"next": "31 February is not a day."}, dialog))
		for _, want := range []string{"Your supervision", "As it is now.", "31 February is not a day.", "Leave it empty"} {
			if !strings.Contains(v.shown.Text, want) {
				t.Errorf("no %q in %q", want, v.shown.Text)
			}
		}
	}
}

func TestNoTextOfAFormBecomesMarkup(t *testing.T) {
	t.Parallel()
	r := open(t)
	for name, s := range bottest.Hostile() {
		f := bot.Form{ID: "a.b", Title: s, Intro: s, Submit: "Go", State: s, Fields: []bot.Field{
			{Name: "x", Label: "X", Hint: s, Value: s, Kind: bot.TextField}, {Name: "y", Label: "Y", Hint: s, Kind: bot.ChoiceField, Options: []bot.Option{{Value: "v", Label: s}}}}}
		if v := shownForm(t, r.adapter.FormCard(f, map[string]string{"x": s}, false)); len(v.shown.Mentions)+len(v.shown.Links) > 0 {
			t.Errorf("%s: %.200q %.200q", name, v.shown.Mentions, v.shown.Links)
		}
	}
}

func TestAMentionPointsToThePersonAndHostileTextBesideItToNobody(t *testing.T) {
	t.Parallel()
	r := open(t)
	for name, s := range bottest.Hostile() {
		c := bot.Card{Summary: "s", Blocks: []bot.Block{bot.Text{Spans: []bot.Span{
			{Text: s}, {Text: "Ruth Marsh", Mention: bot.User{ID: "aad-ruth"}}, {Text: s}}}}}
		pieces := r.adapter.Split(c)
		found := 0
		for _, piece := range pieces {
			card := object(t, pretty(t, r.adapter.Drawn(piece, bot.Channel)))
			v := &viewer{}
			v.look("AdaptiveCard", card)
			v.entities(card)
			if len(v.faults) > 0 || len(v.shown.Links) > 0 {
				t.Errorf("%s: %.200v %.200v", name, v.faults, v.shown.Links)
			}
			found += len(v.shown.Mentions)
		}
		if found != 1 {
			t.Errorf("%s: %d mentions", name, found)
		}
	}
}

func TestAMentionsNameCannotBeTheEndOfAMention(t *testing.T) {
	t.Parallel()
	r := open(t)
	for name, s := range bottest.Hostile() {
		card := object(t, pretty(t, r.adapter.Drawn(bot.Card{Blocks: []bot.Block{bot.Text{Spans: []bot.Span{{Text: s, Mention: bot.User{ID: "u"}}}}}}, bot.Channel)))
		v := &viewer{}
		v.look("AdaptiveCard", card)
		v.entities(card)
		if len(v.faults) > 0 || len(v.shown.Mentions) > 1 {
			t.Errorf("%s: %.200v %.200q", name, v.faults, v.shown.Mentions)
		}
	}
}

func TestALinkIsFollowedOnlyWhereItLeadsToAPage(t *testing.T) {
	t.Parallel()
	r := open(t)
	for link, want := range map[string]int{
		"https://www.nhs.uk/": 1, "tel:116123": 1, "mailto:a@b.org": 1, "javascript:alert(1)": 0, "data:text/html,x": 0,
		"https://a b": 0, "https://x\n.y": 0, "": 0, "//evil": 0,
	} {
		card := r.adapter.Drawn(bot.Card{Blocks: []bot.Block{bot.Text{Spans: []bot.Span{{Text: "t", Link: link}}}}}, bot.Channel)
		if got := len(find(object(t, pretty(t, card)), "type", "Action.OpenUrl")); got != want {
			t.Errorf("%q: %d", link, got)
		}
	}
}

func TestWelshAndEmojiArriveWhole(t *testing.T) {
	t.Parallel()
	r := open(t)
	const said = "Sŵn y môr, tŷ gwyn, ŷd, ffôn, Ŵyl â'r plant 👩🏽‍⚕️🏴󠁧󠁢󠁷󠁬󠁳󠁿"
	card := bot.Card{Summary: said, Lang: bot.Welsh, Blocks: []bot.Block{bot.Heading{Text: said}, bot.Para(said), bot.Facts{Rows: []bot.Fact{{Label: said, Value: said}}}}}
	if n := bytes.Count(pretty(t, r.adapter.Drawn(card, bot.Channel)), []byte(said)); n != 6 { // and spoken, and fallback
		t.Errorf("it is there %d times", n)
	}
}

func TestALargePictureIsToldInItsWords(t *testing.T) {
	t.Parallel()
	r := open(t)
	card := bot.Card{Blocks: []bot.Block{bot.Picture{Alt: "four themes", PNG: make([]byte, 40_000)}}}
	if drawn := pretty(t, r.adapter.Drawn(card, bot.Channel)); len(drawn) > 2000 || !bytes.Contains(drawn, []byte("four themes")) {
		t.Errorf("%d bytes", len(drawn))
	}
}

func TestTextThatMeansSomethingToMarkdownIsFound(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"plain words": false, "30 November 2026": false, "9–5": false, "116 123": false, "(24 hours)": false, "Ystyr: da": false, "": false,
		"*bold*": true, "a_b": true, "1. one": true, "# head": true, "- item": true, "{{DATE(x)}}": true, "<at>x</at>": true, "a|b": true,
		"https://x": true, "x@y": true, "a\nb": true, "  - item": true, "12) x": true,
	} {
		if got := teams.Marked(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// FuzzCard draws any text in every place for text.
func FuzzCard(f *testing.F) {
	for _, s := range bottest.Hostile() {
		if len(s) < 500 {
			f.Add(s)
		}
	}
	a, err := teams.New(teams.Options{AppID: "a", Tenant: "t", Secret: func() string { return "s" }})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		card := bot.Card{Summary: s, Blocks: []bot.Block{
			bot.Heading{Text: s}, bot.Para(s), bot.Facts{Rows: []bot.Fact{{Label: s, Value: s}}}, bot.Table{Header: []string{s}, Rows: [][]string{{s}}},
			bot.Text{Spans: []bot.Span{{Text: s}, {Text: s, Mention: bot.User{ID: "u"}}}}, bot.Quote{Spans: bot.Plainly(s)},
		}}
		for _, piece := range a.Split(card) {
			drawn := pretty(t, a.Drawn(piece, bot.Channel))
			v := &viewer{}
			v.look("AdaptiveCard", object(t, drawn))
			if len(v.faults) > 0 || len(v.shown.Links) > 0 {
				t.Errorf("%q: %v %v", s, v.faults, v.shown.Links)
			}
			if len(drawn) > 90_000 {
				t.Errorf("%d bytes", len(drawn))
			}
		}
	})
}
