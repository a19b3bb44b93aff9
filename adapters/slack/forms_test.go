package slack_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"cymar/adapters/slack/slackfake"
	"cymar/bot"
)

// receiver lets a function be a Receiver.
type receiver func(ev bot.Event) (*bot.Now, error)

func (f receiver) Receive(_ context.Context, ev bot.Event) (*bot.Now, error) { return f(ev) }

// press presses a button of a payload with a trigger of the fake's own.
func press(t *testing.T, w world, name, trigger string, more ...string) {
	t.Helper()
	p := decode[map[string]any](t, []byte(payload(t, name)))
	p["trigger_id"] = trigger
	for i := 0; i+1 < len(more); i += 2 {
		p[more[i]] = more[i+1]
	}
	body, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	if status, _ := w.fake.Post(t, w.url, string(body), 0); status != http.StatusOK {
		t.Fatalf("status %d", status)
	}
}

func smallForm() *bot.Now {
	return &bot.Now{Form: &bot.Form{ID: "supervision.setup", Title: "Your supervision", State: "peer", Lang: bot.Welsh,
		Fields: []bot.Field{{Name: "next", Label: "Nesaf", Kind: bot.DateField, Value: "2026-12-01"}, {Name: "note", Label: "Nodyn", Kind: bot.TextField}}}}
}

func TestAButtonOpensAFormAndItsAnswerComesBackToTheSamePlace(t *testing.T) {
	t.Parallel()
	w, took := quiet(t)
	took.Answer(smallForm())
	press(t, w, "block_actions", w.fake.Trigger())
	views := w.fake.Views()
	if len(views) != 1 || !strings.Contains(string(views[0].Raw), "Canslo") || !strings.Contains(string(views[0].Raw), "2026-12-01") {
		t.Fatalf("%+v", views)
	}
	sent := decode[map[string]any](t, views[0].Raw)
	took.Answer(nil)
	form := decode[map[string]any](t, []byte(payload(t, "view_submission")))
	form["view"].(map[string]any)["private_metadata"] = sent["private_metadata"]
	body, err := json.Marshal(form)
	if err != nil {
		t.Fatal(err)
	}
	if status, answer := w.fake.Post(t, w.url, string(body), 0); status != http.StatusOK || len(answer) != 0 {
		t.Errorf("%d %s", status, answer)
	}
	pressed, submitted := took.All()[0], took.Last(t)
	if s := submitted.What.(bot.Submitted); s.State != "peer" || s.Form != "supervision.setup" || submitted.In != pressed.In {
		t.Errorf("%+v in %+v, the button was in %+v", s, submitted.In, pressed.In)
	}
}

func TestTheFaultsOfAFormStandAtTheirFields(t *testing.T) {
	t.Parallel()
	w, took := quiet(t)
	took.Answer(&bot.Now{FieldErrors: map[string]string{"next": "31 February is not a day", "": "Try later"}})
	_, answer := w.fake.Post(t, w.url, payload(t, "view_submission"), 0)
	got := decode[struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
	}](t, answer)
	if got.Action != "errors" || got.Errors["next"] != "31 February is not a day" || got.Errors["name"] != "Try later" || len(got.Errors) != 2 {
		t.Errorf("%s", answer)
	}
}

func TestAFormMayFollowAForm(t *testing.T) {
	t.Parallel()
	w, took := quiet(t)
	took.Answer(smallForm())
	_, answer := w.fake.Post(t, w.url, payload(t, "view_submission"), 0)
	got := decode[struct {
		Action string          `json:"response_action"`
		View   json.RawMessage `json:"view"`
	}](t, answer)
	if got.Action != "update" || slackfake.CheckView(got.View) != nil {
		t.Errorf("%s: %v", answer, slackfake.CheckView(got.View))
	}
}

func TestATriggerThatIsTooOldIsSaidInWords(t *testing.T) {
	t.Parallel()
	w, took, log := logged(t)
	took.Answer(smallForm())
	press(t, w, "block_actions", w.fake.Late(), "response_url", w.fake.Response(slackfake.Community, "1795440030.000100"))
	if m := w.fake.AwaitText(t, "Cymerodd hynny"); m.Method != "respond" {
		t.Errorf("%+v", m)
	}
	log.calm(t, "expired_trigger_id")
	press(t, w, "block_actions", "never given", "response_url", "https://evil.example/steal")
	log.calm(t, "not Slack's")
}

func TestAFormThatSlackWouldNotTakeIsLoggedAndNotLostInSilence(t *testing.T) {
	t.Parallel()
	w, took, log := logged(t)
	now := smallForm()
	now.Form.State = strings.Repeat("zebrafinch", 400)
	took.Answer(now)
	press(t, w, "block_actions", w.fake.Trigger(), "response_url", w.fake.Response(slackfake.Community, "1"))
	w.fake.AwaitText(t, "hir")
	log.calm(t, "a form was not opened")
}

func TestACardIsChangedWhereItsButtonStood(t *testing.T) {
	t.Parallel()
	w, took := quiet(t)
	id, err := w.slack.Send(t.Context(), place(slackfake.Community), nil, bot.Say(bot.English, "first"))
	if err != nil {
		t.Fatal(err)
	}
	changed := bot.Say(bot.English, "second")
	took.Answer(&bot.Now{Card: &changed})
	body := strings.ReplaceAll(payload(t, "block_actions"), "1795440030.000100", string(id))
	w.fake.Post(t, w.url, body, 0)
	if m := w.fake.AwaitText(t, "second"); m.Method != "chat.update" || m.TS != string(id) {
		t.Errorf("%+v", m)
	}
	// What only one person sees is changed through the address that came with it.
	press(t, w, "block_actions_only", w.fake.Trigger(), "response_url", w.fake.Response(slackfake.Community, "9"))
	w.fake.Await(t, "the other", func(all []slackfake.Message) bool { return all[len(all)-1].Method == "respond" })
}

func TestTheHomePageShowsWhatTheBotSaysAndAWayToAsk(t *testing.T) {
	t.Parallel()
	w, took := quiet(t)
	card := bot.Card{Lang: bot.Welsh, Blocks: []bot.Block{bot.Para("Croeso"), bot.Table{Header: []string{"a"}, Rows: [][]string{{"b"}}},
		bot.Buttons{Buttons: []bot.Button{{Action: "supervision.mine", Label: "Fy ngoruchwyliaeth"}}}}}
	took.Answer(&bot.Now{Card: &card})
	w.fake.Post(t, w.url, payload(t, "app_home_opened"), 0)
	v := w.fake.AwaitView(t, "Croeso")
	if v.Method != "views.publish" || v.User != slackfake.Alex || !strings.Contains(string(v.Raw), "Gofyn cwestiwn") || !strings.Contains(string(v.Raw), "supervision.mine") {
		t.Errorf("%s %s", v.User, v.Raw)
	}
}

func TestAQuestionTypedOnTheHomePageIsAMessageInTheDirectChat(t *testing.T) {
	t.Parallel()
	w, took := quiet(t)
	body := strings.Replace(payload(t, "block_actions_home"), "supervision.mine#2", "slack.ask#1", 1)
	w.fake.Post(t, w.url, strings.Replace(body, "1234.5678.abcdeh", w.fake.Trigger(), 1), 0)
	v := decode[map[string]any](t, w.fake.AwaitView(t, "question").Raw)
	form := decode[map[string]any](t, []byte(payload(t, "view_submission")))
	view := form["view"].(map[string]any)
	view["callback_id"], view["private_metadata"] = v["callback_id"], v["private_metadata"]
	view["state"] = map[string]any{"values": map[string]any{"question": map[string]any{"value": map[string]any{"value": "what is mutual?"}}}}
	sent, err := json.Marshal(form)
	if err != nil {
		t.Fatal(err)
	}
	w.fake.Post(t, w.url, string(sent), 0)
	ev := took.Last(t)
	if s, ok := ev.What.(bot.Said); !ok || s.Text != "what is mutual?" || !s.ToBot || ev.In != place(slackfake.Direct(slackfake.Alex)) {
		t.Errorf("%+v in %+v", ev.What, ev.In)
	}
}

func TestTheShortcutThatAsksOpensTheSameForm(t *testing.T) {
	t.Parallel()
	w, took := quiet(t)
	w.fake.Post(t, w.url, strings.Replace(payload(t, "shortcut_ask"), "1234.5678.abcdel", w.fake.Trigger(), 1), 0)
	w.fake.AwaitView(t, "slack.ask")
	if len(took.All()) != 0 {
		t.Error("opening a form became an event")
	}
}
