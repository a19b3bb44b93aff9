package teams_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"cymar/adapters/teams/teamsfake"
	"cymar/bot"
)

// asked is a form with one field of each kind.
func asked() bot.Form {
	return bot.Form{ID: "supervision.setup", Title: "Your supervision", Submit: "Save", Intro: "As it is now.", State: "state", Lang: bot.English, Fields: []bot.Field{
		{Name: "who", Label: "With whom", Kind: bot.TextField, Hint: "A first name is enough", Max: 60},
		{Name: "more", Label: "Anything else", Kind: bot.LongText, Optional: true},
		{Name: "next", Label: "Next on", Hint: "Leave it empty if you do not know", Kind: bot.DateField, Value: "2026-11-30", Optional: true},
		{Name: "at", Label: "At", Kind: bot.TimeField},
		{Name: "kind", Label: "Kind", Kind: bot.ChoiceField, Value: "peer", Options: []bot.Option{{Value: "peer", Label: "Peer-led"}, {Value: "line", Label: "Line management"}}},
		{Name: "days", Label: "Days", Kind: bot.ManyField, Options: []bot.Option{{Value: "mon", Label: "Monday"}, {Value: "tue", Label: "Tuesday"}}},
	}}
}

// act presses what carries data, in a direct chat, and returns the answer.
func (r *rig) act(t *testing.T, id string, data any, now *bot.Now) map[string]any {
	t.Helper()
	amara, _, _ := teamsfake.People()
	r.took.Answer(now)
	return object(t, r.deliver(t, http.StatusOK, r.fake.Invoke(id, amara, teamsfake.Personal(amara), "adaptiveCard/action",
		map[string]any{"action": map[string]any{"type": "Action.Execute", "verb": "x", "data": data}, "trigger": "manual"})))
}

// dialogue is act for a dialog: task/fetch or task/submit.
func (r *rig) dialogue(t *testing.T, name string, data any, now *bot.Now) map[string]any {
	t.Helper()
	amara, _, _ := teamsfake.People()
	r.took.Answer(now)
	return object(t, r.deliver(t, http.StatusOK, r.fake.Invoke("i", amara, teamsfake.ChannelThread(channel, "1"), name, map[string]any{"data": data})))
}

func pressData(nonce, action, value string) map[string]any {
	return map[string]any{"cymar": map[string]any{"n": nonce, "a": action, "v": value, "l": "en"}}
}

// find is everything below v that has a field with a value.
func find(v any, field string, value any) []map[string]any {
	var out []map[string]any
	switch v := v.(type) {
	case map[string]any:
		if v[field] == value {
			out = append(out, v)
		}
		for _, below := range v {
			out = append(out, find(below, field, value)...)
		}
	case []any:
		for _, below := range v {
			out = append(out, find(below, field, value)...)
		}
	}
	return out
}

// filled is the data of a drawn form's button with what a person put in.
func filled(t *testing.T, card any, kind string, in map[string]any) map[string]any {
	t.Helper()
	for _, a := range find(card, "type", kind) {
		if data, ok := a["data"].(map[string]any); ok {
			return teamsfake.Merge(data, in)
		}
	}
	t.Fatalf("no %s in %v", kind, card)
	return nil
}

func text(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(data)
}

func TestAPressIsAnsweredWithTheCardThatTakesItsPlace(t *testing.T) {
	t.Parallel()
	r := open(t)
	card := bot.Say(bot.English, "Noted.")
	got := r.act(t, "i", pressData("n1", "supervision.held", "2026-11-23"), &bot.Now{Card: &card})
	if got["statusCode"] != 200.0 || got["type"] != "application/vnd.microsoft.card.adaptive" || len(find(got["value"], "text", "Noted.")) == 0 {
		t.Errorf("%v", got)
	}
	p, ok := r.took.Last(t).What.(bot.Pressed)
	if !ok || p.Action != "supervision.held" || p.Value != "2026-11-23" || p.Message != "1700000000001" {
		t.Errorf("%+v", r.took.Last(t))
	}
	got = r.act(t, "i", pressData("n2", "a.b", ""), nil)
	if got["type"] != "application/vnd.microsoft.activity.message" || got["value"] == "" {
		t.Errorf("%v", got)
	}
}

func TestARepeatedPressUnderANewIDIsTheSameEventAndALaterOneIsNot(t *testing.T) {
	t.Parallel()
	r := open(t)
	id := func(activity string, data map[string]any) bot.EventID {
		r.act(t, activity, data, nil)
		return r.took.Last(t).ID
	}
	first := id("i1", pressData("n", "a.b", "1"))
	if again := id("i2", pressData("n", "a.b", "1")); again != first {
		t.Error("a repeat has another id")
	}
	for name, data := range map[string]map[string]any{"another drawing": pressData("m", "a.b", "1"), "another button": pressData("n", "a.c", "1"), "another value": pressData("n", "a.b", "2")} {
		if id("i3", data) == first {
			t.Errorf("%s has the same id", name)
		}
	}
	r.clock.Advance(6 * time.Minute)
	if id("i4", pressData("n", "a.b", "1")) == first {
		t.Error("pressing again later is taken for a repeat")
	}
}

func TestAFormOpensIsCorrectedAndSubmittedInPlace(t *testing.T) {
	t.Parallel()
	r := open(t)
	form := asked()
	got := r.act(t, "1", pressData("n", "supervision.form", ""), &bot.Now{Form: &form})
	in := map[string]any{"in-who": "Sam", "in-next": "2026-02-31", "in-kind": "line", "in-days": "mon,tue"}
	got = r.act(t, "2", filled(t, got, "Action.Execute", in), &bot.Now{FieldErrors: map[string]string{"next": "31 February is not a day.", "": "Please look again."}})
	s, ok := r.took.Last(t).What.(bot.Submitted)
	if !ok || s.Form != form.ID || s.State != "state" || s.Fields["who"] != "Sam" || s.Fields["days"] != "mon,tue" {
		t.Errorf("%+v", r.took.Last(t).What)
	}
	shown := text(got)
	for _, want := range []string{"31 February is not a day.", "Please look again.", `"value":"Sam"`, `"value":"line"`} {
		if !strings.Contains(shown, want) {
			t.Errorf("no %s in %s", want, shown)
		}
	}
	first := r.took.Last(t).ID
	got = r.act(t, "3", filled(t, got, "Action.Execute", map[string]any{"in-who": "Sam"}), nil)
	if r.took.Last(t).ID == first || len(find(got, "text", "Sent. My answer comes as a message.")) == 0 {
		t.Errorf("%v", got)
	}
}

func TestAFormOpensInADialogWhereManyAreReading(t *testing.T) {
	t.Parallel()
	r := open(t)
	form := asked()
	got := r.dialogue(t, "task/fetch", pressData("n", "spaces.setup", ""), &bot.Now{Form: &form})
	task, _ := got["task"].(map[string]any)
	if value, ok := task["value"].(map[string]any); task["type"] != "continue" || !ok || value["title"] != form.Title {
		t.Fatalf("%v", got)
	}
	if len(find(got, "type", "Action.Execute")) > 0 {
		t.Error("a dialog knows Submit only")
	}
	got = r.dialogue(t, "task/submit", filled(t, got, "Action.Submit", map[string]any{"in-who": "S"}), &bot.Now{FieldErrors: map[string]string{"at": "Which time?"}})
	if !strings.Contains(text(got), "Which time?") {
		t.Errorf("%v", got)
	}
	card := hello()
	if got = r.dialogue(t, "task/submit", filled(t, got, "Action.Submit", nil), &bot.Now{Card: &card}); len(find(got, "text", "hello")) == 0 {
		t.Errorf("%v", got)
	}
	form.Lang = bot.Welsh
	welsh := r.dialogue(t, "task/fetch", pressData("n", "spaces.setup", ""), &bot.Now{Form: &form})
	if got = r.dialogue(t, "task/submit", filled(t, welsh, "Action.Submit", nil), nil); !strings.Contains(text(got), "Anfonwyd") {
		t.Errorf("%v", got)
	}
	if got = r.dialogue(t, "task/fetch", pressData("n", "a.b", ""), nil); !strings.Contains(text(got), "I have got that") {
		t.Errorf("%v", got)
	}
}

func TestAClientThatAnswersWithAMessageIsUnderstood(t *testing.T) {
	t.Parallel()
	r := open(t)
	amara, _, _ := teamsfake.People()
	activity := teamsfake.Merge(r.fake.Message("m", amara, teamsfake.Personal(amara), ""), map[string]any{"value": pressData("n", "a.b", "1"), "replyToId": "170"})
	if p, ok := r.only(t, activity).What.(bot.Pressed); !ok || p.Action != "a.b" || p.Message != "170" {
		t.Errorf("%+v", p)
	}
}

func TestAPressThatCannotBeTakenInIsToBeTriedAgain(t *testing.T) {
	t.Parallel()
	r := open(t)
	r.took.Refuse(bot.ErrBusy)
	amara, _, _ := teamsfake.People()
	r.deliver(t, http.StatusServiceUnavailable, r.fake.Invoke("i", amara, teamsfake.Personal(amara), "adaptiveCard/action",
		map[string]any{"action": map[string]any{"data": pressData("n", "a.b", "")}}))
}
