package bot_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cymar/bot"
	"cymar/bot/bottest"
)

// whats is one of every kind of event, each field set.
var whats = []bot.What{
	bot.Said{Text: "hi", Message: "m", ToBot: true, ReplyTo: "r", Mentions: []bot.User{ann}}, bot.Edited{Text: "new", Message: "m"}, bot.Removed{Message: "m"},
	bot.Reacted{Message: "m", Name: "thumbsup", Gone: true}, bot.Pressed{Action: "a.b", Value: "v", Card: "k", Message: "m"},
	bot.Submitted{Form: "a.b", State: "s", Fields: map[string]string{"f": "v"}},
	bot.Uploaded{File: bot.FileRef{Name: "n", Type: "t", Size: 3, Route: "r", Data: []byte{0, 255}}, Message: "m"},
	bot.Installed{}, bot.Uninstalled{}, bot.Joined{}, bot.Left{}, bot.Opened{}, bot.MeetingStarted{Title: "t"}, bot.MeetingEnded{},
	bot.Tick{Job: "a.b", Shard: 3, Due: bottest.Start}, bot.Continue{Job: "a.b", Shard: 3, State: "s", Nudging: true},
	bot.Delivered{Key: "k", Message: "m"}, bot.Undelivered{Key: "k", Reason: bot.GaveUp},
}

func TestEveryKindOfEventIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	for _, w := range whats {
		for i := range reflect.TypeOf(w).NumField() {
			if reflect.ValueOf(w).Field(i).IsZero() {
				t.Errorf("the fixture of %T leaves %s empty", w, reflect.TypeOf(w).Field(i).Name)
			}
		}
		want := bot.Event{ID: "e", At: bottest.Start, From: ann, In: channel, What: w}
		var got bot.Event
		readBack(t, want, &got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%T: %s", w, diff)
		}
	}
}

func readBack(t *testing.T, v, into any) {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", b, err)
	}
}

func TestEveryCardIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	kinds := map[string]bool{}
	for _, f := range bottest.Cards() {
		var got bot.Card
		readBack(t, f.Card, &got)
		if diff := cmp.Diff(f.Card, got); diff != "" {
			t.Errorf("%s: %s", f.Name, diff)
		}
		for _, b := range f.Card.Blocks {
			kinds[reflect.TypeOf(b).Name()] = true
		}
	}
	if len(kinds) != 10 {
		t.Errorf("the fixture cards have only %v", kinds)
	}
}

func TestHostileTextSurvivesTheStore(t *testing.T) {
	t.Parallel()
	for name, text := range bottest.Hostile() {
		want := bot.Say(bot.Welsh, text)
		var got bot.Card
		readBack(t, want, &got)
		if name == "invalid UTF-8" { // JSON has no way to say it
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestWhatIsNotUnderstoodIsAnErrorAndNoPanic(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "null?", `{}`, `{"what":{"kind":"unheard"}}`, `{"what":{"kind":"said","data":7}}`, `{"what":7}`} {
		var ev bot.Event
		if err := json.Unmarshal([]byte(text), &ev); err == nil {
			t.Errorf("the event %s was read as %+v", text, ev)
		}
	}
	for _, text := range []string{`{"blocks":[{"kind":"unheard"}]}`, `{"blocks":[{"kind":"text","data":7}]}`, `{"blocks":7}`} {
		var c bot.Card
		if err := json.Unmarshal([]byte(text), &c); err == nil {
			t.Errorf("the card %s was read as %+v", text, c)
		}
	}
	if _, err := json.Marshal(bot.Event{}); err == nil {
		t.Error("an event of nothing was written")
	}
}

func FuzzAnEventIsReadOrRefused(f *testing.F) {
	for _, w := range whats {
		b, err := json.Marshal(bot.Event{ID: "e", At: time.Unix(0, 0), From: ann, In: channel, What: w})
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var ev bot.Event
		if json.Unmarshal(data, &ev) != nil {
			return
		}
		b, err := json.Marshal(ev)
		if err != nil {
			t.Skip("a time that JSON cannot say")
		}
		var again bot.Event
		if err := json.Unmarshal(b, &again); err != nil {
			t.Errorf("%s: %v", b, err)
		}
	})
}

func FuzzACardIsReadOrRefused(f *testing.F) {
	for _, c := range bottest.Cards() {
		b, err := json.Marshal(c.Card)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var c bot.Card
		if json.Unmarshal(data, &c) != nil {
			return
		}
		_ = c.Plain()
		if _, err := json.Marshal(c); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	})
}
