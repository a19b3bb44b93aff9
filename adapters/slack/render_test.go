package slack_test

import (
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"cymar/adapters/adaptertest"
	"cymar/adapters/slack/slackfake"
	"cymar/bot"
	"cymar/bot/bottest"
)

var update = flag.Bool("update", false, "write the golden files again")

func TestEveryFixtureCardIsAsItWasWhenItWasLookedAt(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	for _, f := range bottest.Cards() {
		got, err := w.slack.JSON(f.Card)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, '\n')
		file := "testdata/golden/" + f.Name + ".json"
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil || string(want) != string(got) {
			t.Errorf("%s is another now (%v): %s", f.Name, err, got)
		}
	}
}

// messages is the messages of a card, as they would arrive.
func messages(t *testing.T, w world, c bot.Card) []string {
	t.Helper()
	data, err := w.slack.JSON(c)
	if err != nil {
		t.Fatal(err)
	}
	if data[0] == '{' {
		return []string{string(data)}
	}
	var out []string
	for _, m := range decode[[]json.RawMessage](t, data) {
		out = append(out, string(m))
	}
	return out
}

func read(t *testing.T, body string) slackfake.Shown {
	t.Helper()
	s, err := slackfake.Read(body)
	if err != nil {
		t.Errorf("Slack would not take it: %v in %.500s", err, body)
	}
	return s
}

func TestPeopleChannelsAndLinksOfSlackBecomeSlacksOwn(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	spans := []bot.Span{
		{Text: "Alex", Mention: userOf(slackfake.Alex)}, {Text: "the channel", At: place(slackfake.Community)},
		{Text: "NHS", Link: "https://www.nhs.uk/"}, {Text: "bad", Link: "javascript:alert(1)"}, {Text: "odd", Mention: userOf("U1> <!channel")},
		{Text: "private", At: place(slackfake.Direct(slackfake.Alex))},
	}
	for _, b := range []bot.Block{bot.Text{Spans: spans}, bot.Note{Spans: spans}, bot.Quote{Spans: spans}, bot.List{Items: [][]bot.Span{spans}}} {
		s := read(t, messages(t, w, bot.Card{Summary: "s", Blocks: []bot.Block{b}})[0])
		if !slices.Equal(s.Mentions, []string{slackfake.Alex, slackfake.Community}) || !slices.Equal(s.Links, []string{"https://www.nhs.uk/"}) {
			t.Errorf("%T points to %q and %q", b, s.Mentions, s.Links)
		}
		if !strings.Contains(s.Text, "bad") || !strings.Contains(s.Text, "odd") || !strings.Contains(s.Text, "private") {
			t.Errorf("%T shows %q", b, s.Text)
		}
	}
}

func TestALongOverviewIsSplitAtItsPartsAndNothingIsLost(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	c := bot.Card{Summary: "The overview"}
	for range 40 {
		c.Blocks = append(c.Blocks, bot.Heading{Text: "A theme"}, bot.Para(strings.Repeat("What people said about it. ", 40)), bot.Divider{})
	}
	c.Blocks = append(c.Blocks, bot.Buttons{Buttons: []bot.Button{{Action: "a.b", Label: "Approve"}}})
	all := messages(t, w, c)
	if len(all) < 4 || len(all) > 10 {
		t.Errorf("%d messages", len(all))
	}
	var text, last string
	for _, m := range all {
		s := read(t, m)
		if strings.HasSuffix(strings.TrimSpace(last), "A theme") {
			t.Error("a heading is left at the end of a message")
		}
		last = s.Text
		text += s.Text
	}
	if n := strings.Count(text, "What people said about it."); n != 1600 {
		t.Errorf("%d sentences of 1600", n)
	}
	if s := read(t, all[len(all)-1]); !strings.Contains(s.Buttons, "Approve") {
		t.Error("the button is not at the end")
	}
}

func TestOnlyAWordLongerThanAMessageIsCut(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	words := strings.Fields(strings.Repeat("goruchwyliaeth gan gymheiriaid ", 900))
	for _, m := range messages(t, w, bot.Say(bot.Welsh, strings.Join(words, " "))) {
		for _, word := range strings.Fields(read(t, m).Text) {
			if word != "goruchwyliaeth" && word != "gan" && word != "gymheiriaid" {
				t.Fatalf("a word became %q", word)
			}
		}
	}
	long := messages(t, w, bot.Say(bot.English, strings.Repeat("x", 40000)))
	if len(long) < 4 {
		t.Errorf("40,000 letters are %d messages", len(long))
	}
}

func TestManyButtonsAndRowsKeepWithinWhatSlackTakes(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	var row bot.Buttons
	table := bot.Table{Header: []string{"Month", "Held"}}
	var facts bot.Facts
	for range 130 {
		row.Buttons = append(row.Buttons, bot.Button{Action: "a.b", Label: "Same", Value: "v"})
		table.Rows = append(table.Rows, []string{"October", "9", "more than the header"})
		facts.Rows = append(facts.Rows, bot.Fact{Label: strings.Repeat("label ", 40), Value: strings.Repeat("value ", 700)})
	}
	wide := bot.Table{Header: make([]string, 30), Rows: [][]string{make([]string, 30)}}
	wide.Rows[0][29] = "the last"
	shown := ""
	for _, b := range []bot.Block{row, table, facts, wide, bot.Table{}} {
		for _, m := range messages(t, w, bot.Card{Summary: "s", Blocks: []bot.Block{b, b}}) {
			s := read(t, m)
			shown += s.Text + s.Buttons
		}
	}
	if n := strings.Count(shown, "Same"); n != 260 {
		t.Errorf("%d buttons of 260", n)
	}
	if n := strings.Count(shown, "October"); n != 260 {
		t.Errorf("%d rows of 260", n)
	}
	if n := strings.Count(shown, "value"); n != 2*130*700 {
		t.Errorf("%d values of %d", n, 2*130*700)
	}
	if !strings.Contains(shown, "the last") {
		t.Error("a wide table lost a cell")
	}
}

func FuzzCards(f *testing.F) {
	for _, text := range bottest.Hostile() {
		f.Add(text, text, 3)
	}
	f.Fuzz(func(t *testing.T, a, b string, n int) {
		w, _ := quiet(t)
		sp := []bot.Span{{Text: a, Bold: true}, {Text: b, Link: a}}
		c := bot.Card{Summary: a, Blocks: []bot.Block{
			bot.Heading{Text: b}, bot.Text{Spans: sp}, bot.Note{Spans: sp}, bot.Facts{Rows: []bot.Fact{{Label: a, Value: b}}},
			bot.List{Items: [][]bot.Span{sp, sp}}, bot.Buttons{Buttons: []bot.Button{{Action: "a.b", Label: a, URL: b, Confirm: b}}},
		}}
		for range n % 8 {
			c.Blocks = append(c.Blocks, bot.Table{Header: []string{a, b}, Rows: [][]string{{b, a}}}, bot.Quote{Spans: sp})
		}
		shown := ""
		for _, m := range messages(t, w, c) {
			s := read(t, m)
			shown += s.Text
			if len(s.Mentions) > 0 {
				t.Errorf("%q became a mention", s.Mentions)
			}
		}
		for _, want := range adaptertest.Words(c) {
			if want = strings.TrimSpace(want); len(want) < 100 && strings.Trim(want, "abcdefghijklmnopqrstuvwxyz") == "" && !strings.Contains(shown, want) {
				t.Errorf("%q is lost", want)
			}
		}
	})
}

func TestAFormKeepsWithinWhatSlackTakes(t *testing.T) {
	t.Parallel()
	for name, text := range bottest.Hostile() {
		w, took := quiet(t)
		form := bot.Form{ID: "f.g", Title: text, Submit: text, Cancel: text, Intro: text, State: "s"}
		for i, kind := range []bot.FieldKind{bot.TextField, bot.LongText, bot.DateField, bot.TimeField, bot.ChoiceField, bot.ManyField} {
			form.Fields = append(form.Fields, bot.Field{Name: string(rune('a' + i)), Label: text, Hint: text, Kind: kind, Value: text, Max: 60,
				Options: []bot.Option{{Value: "one", Label: text}, {Value: "two", Label: text}, {Value: text, Label: text}}})
		}
		took.Answer(&bot.Now{Form: &form})
		body := strings.Replace(payload(t, "block_actions"), "1234.5678.abcdef", w.fake.Trigger(), 1)
		w.fake.Post(t, w.url, body, 0)
		if n := len(w.fake.Views()); n != 1 {
			t.Errorf("%s: %d forms were opened", name, n)
		}
	}
}
