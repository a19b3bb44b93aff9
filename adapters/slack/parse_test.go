package slack_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cymar/adapters/adaptertest"
	"cymar/adapters/slack"
	"cymar/adapters/slack/slackfake"
	"cymar/bot"
)

// come delivers payloads over HTTP and returns what became of them.
func come(t *testing.T, names ...string) []bot.Event {
	t.Helper()
	w, took := quiet(t)
	for _, n := range names {
		if status, _ := w.fake.Post(t, w.url, payload(t, n), 0); status != 200 {
			t.Fatalf("%s: status %d", n, status)
		}
	}
	return took.All()
}

// one is the single event of a payload.
func one(t *testing.T, name string) bot.Event {
	t.Helper()
	all := come(t, name)
	if len(all) != 1 {
		t.Fatalf("%s became %d events", name, len(all))
	}
	return all[0]
}

func inThread(channel, ts string) bot.Place {
	p := place(channel)
	p.Thread = bot.MessageID(ts)
	return p
}

func onlyAlex(p bot.Place) bot.Place {
	p.Route = "only:" + slackfake.Alex
	return p
}

func TestEveryPayloadBecomesItsEvent(t *testing.T) {
	t.Parallel()
	const root = "1795440002.000300"
	direct := place(slackfake.Direct(slackfake.Alex))
	for name, want := range map[string]bot.Event{
		"message_thread": {In: inThread(slackfake.Community, root), What: bot.Said{Text: "see https://www.nhs.uk/ & ask @someone in #other <3",
			Message: "1795440003.000400", ReplyTo: root, Mentions: []bot.User{userOf(slackfake.Bea)}}},
		"message_group":      {In: inThread(slackfake.Closed, "1795440004.000500"), What: bot.Said{Text: "hello", Message: "1795440004.000500"}},
		"message_changed":    {In: inThread(slackfake.Community, root), What: bot.Edited{Text: "zebrafinch, I meant", Message: root}},
		"message_deleted":    {In: inThread(slackfake.Community, root), What: bot.Removed{Message: root}},
		"reaction_added":     {In: inThread(slackfake.Community, root), What: bot.Reacted{Message: root, Name: "+1"}},
		"reaction_removed":   {In: inThread(slackfake.Community, root), What: bot.Reacted{Message: root, Name: "+1", Gone: true}},
		"message_file":       {In: direct, What: bot.Uploaded{File: bot.FileRef{Name: "meeting.txt", Type: "text/plain", Size: 21, Route: slackfake.Team + "/F0EXPORT01"}, Message: "1795440011.000900"}},
		"bot_joined":         {In: place(slackfake.Community), What: bot.Installed{}},
		"app_home_opened":    {In: direct, What: bot.Opened{}},
		"block_actions":      {In: inThread(slackfake.Community, "1795440000.000100"), What: bot.Pressed{Action: "principles.rate", Value: "mutual:up", Message: "1795440030.000100"}},
		"block_actions_only": {In: onlyAlex(place(slackfake.Community)), What: bot.Pressed{Action: "welcome.language", Value: "cy", Message: "1795440032.000100"}},
		"view_submission": {In: inThread(slackfake.Community, "1795440000.000100"), What: bot.Submitted{Form: "supervision.setup", State: "peer",
			Fields: map[string]string{"name": "zebrafinch", "next": "2026-12-01", "at": "09:30", "kind": "peer", "days": "mon,tue", "empty": ""}}},
		"shortcut":       {In: direct, What: bot.Said{Text: "my supervision", ToBot: true}},
		"message_action": {In: onlyAlex(inThread(slackfake.Community, "1795440003.000400")), What: bot.Said{Text: "what does @someone mean by mutual?", ToBot: true}},
		"command":        {In: onlyAlex(place(slackfake.Community)), What: bot.Said{Text: "zebrafinch", ToBot: true}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := one(t, name)
			if got.ID == "" || got.At.IsZero() || got.From != userOf(slackfake.Alex) {
				t.Errorf("id %q, at %v, from %v", got.ID, got.At, got.From)
			}
			if diff := cmp.Diff(want.What, got.What); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(want.In, got.In); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhoComesAndGoesIsNamed(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bot.What{"member_joined": bot.Joined{}, "member_left": bot.Left{}} {
		if ev := one(t, name); ev.What != want || ev.From != userOf(slackfake.Bea) || ev.In.ID != slackfake.Community {
			t.Errorf("%s: %+v", name, ev)
		}
	}
}

func TestAWorkspaceThatRemovedTheAppIsGoneWhole(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"app_uninstalled", "tokens_revoked"} {
		ev := one(t, name)
		if ev.What != (bot.Uninstalled{}) || ev.In.Tenant != slackfake.Team || ev.In.ID != "" || ev.From.ID != "" {
			t.Errorf("%s: %+v", name, ev)
		}
	}
}

func TestAButtonOnTheHomePageCountsInTheDirectChatAndThePageIsShownAgain(t *testing.T) {
	t.Parallel()
	all := come(t, "block_actions_home")
	if len(all) != 2 {
		t.Fatalf("%d events", len(all))
	}
	if p, ok := all[0].What.(bot.Pressed); !ok || p.Action != "supervision.mine" || all[0].In != place(slackfake.Direct(slackfake.Alex)) {
		t.Errorf("%+v", all[0])
	}
	if _, ok := all[1].What.(bot.Opened); !ok || all[1].ID == all[0].ID {
		t.Errorf("%+v", all[1])
	}
}

func TestEveryPayloadIsTheSameEventWhenItComesAgain(t *testing.T) {
	t.Parallel()
	seen := map[bot.EventID]string{}
	for _, name := range []string{
		"app_mention", "message_im", "message_channel", "message_changed", "message_deleted", "reaction_added", "reaction_removed", "member_joined",
		"member_left", "app_home_opened", "app_uninstalled", "block_actions", "block_actions_only", "view_submission", "shortcut", "message_action", "command", "message_file",
	} {
		all := come(t, name, name)
		if len(all) != 2 || all[0].ID != all[1].ID {
			t.Errorf("%s: %d events, ids %v", name, len(all), ids(all))
		}
		if other, ok := seen[all[0].ID]; ok {
			t.Errorf("%s and %s have one id", name, other)
		}
		seen[all[0].ID] = name
	}
}

func ids(all []bot.Event) (out []bot.EventID) {
	for _, ev := range all {
		out = append(out, ev.ID)
	}
	return out
}

func TestAFileWithWordsIsBothAndInAChannelOnlyWhereTheBotIsAsked(t *testing.T) {
	t.Parallel()
	w, took := quiet(t)
	send := func(text, channel, kind string) int {
		before := len(took.All())
		body := fmt.Sprintf(`{"type":"event_callback","team_id":%q,"event_id":"E%s","event_time":1795440000,"authorizations":[{"team_id":%q,"user_id":%q,"is_bot":true}],
			"event":{"type":"message","subtype":"file_share","user":%q,"text":%q,"ts":"1795440050.000100","channel":%q,"channel_type":%q,"files":[{"id":"F01","name":"a.csv"},{"id":"F02","name":"b.csv"}]}}`,
			slackfake.Team, text, slackfake.Team, slackfake.Bot, slackfake.Alex, text, channel, kind)
		w.fake.Post(t, w.url, body, 0)
		return len(took.All()) - before
	}
	if n := send("the roster", slackfake.Direct(slackfake.Alex), "im"); n != 3 {
		t.Errorf("in the direct chat: %d events", n)
	}
	if n := send("look at this", slackfake.Community, "channel"); n != 1 {
		t.Errorf("to each other in a channel: %d events", n)
	}
	if n := send("<@"+slackfake.Bot+"> the roster", slackfake.Community, "channel"); n != 3 {
		t.Errorf("to the bot in a channel: %d events", n)
	}
}

func TestACommandSaysWhatItsNameSays(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"/peer ": "help", "/peer help": "help", "/peer what is mutual?": "what is mutual?", "/supervision": "help",
		"/supervision every 4 weeks": "supervision every 4 weeks", "/supervision Supervision held": "Supervision held",
		"/overview": "help", "/overview help": "overview help", "/overview start": "overview start", "/peer a &lt;b&gt; &amp; c": "a <b> & c",
	} {
		var name, text string
		if _, err := fmt.Sscanf(in, "%s", &name); err != nil {
			t.Fatal(err)
		}
		text = in[len(name):]
		w, took := quiet(t)
		body := fmt.Sprintf(`{"command":%q,"text":%q,"team_id":%q,"channel_id":%q,"user_id":%q,"trigger_id":"t"}`, name, text, slackfake.Team, slackfake.Community, slackfake.Alex)
		w.fake.Post(t, w.url, body, 0)
		ev := took.Last(t)
		if said := ev.What.(bot.Said); said.Text != want || !said.ToBot {
			t.Errorf("%q says %q", in, said.Text)
		}
		if shared := name == "/overview" && want != "help"; shared != (ev.In.Route == "") {
			t.Errorf("%q is answered in %+v", in, ev.In)
		}
	}
}

func TestACommandInAChatOfTwoIsAnsweredInTheChatWithTheBot(t *testing.T) {
	t.Parallel()
	w, took := quiet(t)
	body := fmt.Sprintf(`{"command":"/peer","text":"hi","team_id":%q,"channel_id":"D0BETWEEN2","user_id":%q,"trigger_id":"t"}`, slackfake.Team, slackfake.Alex)
	w.fake.Post(t, w.url, body, 0)
	if in := took.Last(t).In; in != place(slackfake.Direct(slackfake.Alex)) {
		t.Errorf("%+v", in)
	}
}

func FuzzPayloads(f *testing.F) {
	for _, name := range []string{"app_mention", "message_thread", "message_changed", "message_deleted", "message_file", "reaction_added", "member_joined",
		"app_home_opened", "tokens_revoked", "block_actions", "view_submission", "shortcut", "message_action", "command"} {
		f.Add(payload(f, name))
	}
	f.Add(`{"type":"event_callback","team_id":"T","event":{"type":"message","text":"<@U1|x> <#C|y> <!here> <a|b> < > <<>>","user":"U2","ts":"1.1","channel":"C1"}}`)
	// Nobody listens there, so that what would call Slack fails at once.
	s, err := slack.New(slack.Options{BotToken: slackfake.BotToken, APIURL: "http://127.0.0.1:1/api/"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		took := &adaptertest.Taker{}
		for _, kind := range []string{"events_api", "interactive", "slash_commands", "else"} {
			if _, err := slack.Handle(s, t.Context(), took, kind, []byte(body)); err != nil && json.Unmarshal([]byte(body), &map[string]any{}) != nil {
				t.Errorf("what is no object would come again: %v", err)
			}
		}
		for _, ev := range took.All() {
			if ev.ID == "" || ev.What == nil || ev.In.Platform != "slack" || ev.In.Tenant == "" {
				t.Errorf("%+v", ev)
			}
			if _, err := json.Marshal(ev); err != nil {
				t.Error(err)
			}
		}
	})
}
