package slack_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"cymar/adapters/adaptertest"
	"cymar/adapters/slack"
	"cymar/adapters/slack/slackfake"
	"cymar/bot"
	"cymar/bot/bottest"
)

// payload is an event as Slack sends it.
func payload(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/payloads/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// world is the adapter between a fake Slack and a receiver.
type world struct {
	fake  *slackfake.Slack
	slack *slack.Slack
	url   string // where the adapter listens
}

// start makes an adapter for a fake Slack of its own, and lets it listen.
func start(t *testing.T, w adaptertest.World, edit ...func(*slack.Options)) world {
	t.Helper()
	fake := slackfake.New(t)
	if w.Clock == nil {
		w.Clock = bottest.NewClock(time.Time{})
	}
	o := slack.Options{BotToken: slackfake.BotToken, Signing: slackfake.Signing, APIURL: fake.API(), Log: w.Log, Clock: w.Clock}
	for _, e := range edit {
		e(&o)
	}
	s, err := slack.New(o)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	s.Mount(mux, w.Receiver)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return world{fake, s, server.URL}
}

func overSocket(o *slack.Options) { o.AppToken, o.Signing = slackfake.AppToken, "" }

func userOf(id string) bot.User {
	return bot.User{Platform: slack.Platform, Tenant: slackfake.Team, ID: bot.UserID(id)}
}

func place(id string) bot.Place {
	p := bot.Place{Platform: slack.Platform, Tenant: slackfake.Team, ID: bot.PlaceID(id), Kind: bot.Channel}
	if id[0] == 'D' {
		p.Kind = bot.DirectChat
	}
	return p
}

// rig is what both ways have in common.
func (w world) rig(t *testing.T) adaptertest.Rig {
	read := func(name string) string { return payload(t, name) }
	return adaptertest.Rig{
		Sender: w.slack, Person: userOf(slackfake.Alex), Stranger: userOf(slackfake.Gone),
		Secrets: []string{slackfake.BotToken, slackfake.AppToken, slackfake.Signing},
		Payloads: adaptertest.Payloads{
			Mention: read("app_mention"), Direct: read("message_im"), Channel: read("message_channel"), Again: []string{read("message_mention")},
			Own: []string{read("message_bot_own"), read("message_bot_other"), read("mention_by_bot"), read("message_slackbot")},
			Unknown: []string{
				read("unknown_event"), read("bad_field"), read("channel_join_notice"), read("message_unfurled"), read("app_rate_limited"),
				read("block_actions_link"), read("view_closed"), read("app_home_messages"), read("tokens_revoked_user"),
				`{}`, `{"type":"event_callback"}`, `{"type":"event_callback","team_id":"T1","event":7}`, `{"type":"event_callback","team_id":"T1","event_id":"E","event":{"type":"message"}}`,
				`{"type":"block_actions"}`, `{"type":"block_actions","user":{"id":"U1"},"team":{"id":"T1"},"actions":[]}`,
				`{"type":"view_submission","user":{"id":"U1"},"team":{"id":"T1"},"view":{"private_metadata":"zebrafinch"}}`,
				`{"type":"block_suggestion","user":{"id":"U1"},"team":{"id":"T1"}}`, `{"command":"/dance","text":"zebrafinch","team_id":"T1","user_id":"U1"}`,
			},
		},
		Arrived: func() []adaptertest.Arrival { return arrived(w.fake) },
		Read:    shown,
		Break: func(f adaptertest.Fault) {
			w.fake.Break(slackfake.Fault{Method: "chat.postMessage", Status: f.Status, RetryAfter: f.RetryAfter, Cut: f.Cut, Garbage: f.Garbage, Stall: f.Stall})
		},
	}
}

func arrived(fake *slackfake.Slack) (out []adaptertest.Arrival) {
	for _, m := range fake.Messages() {
		out = append(out, adaptertest.Arrival{Place: bot.PlaceID(m.Channel), Only: bot.UserID(m.User), Message: bot.MessageID(m.TS), Body: m.Body()})
	}
	return out
}

// shown reads a message as Slack shows it. Fixture mentions are of another
// platform and stay words, so every mention is a fault.
func shown(body string) (adaptertest.Shown, error) {
	s, err := slackfake.Read(body)
	return adaptertest.Shown{Text: s.Text, Mentions: s.Mentions, Links: s.Links}, err
}

func TestSlackOverHTTPDoesWhatEveryAdapterMustDo(t *testing.T) {
	t.Parallel()
	adaptertest.Exercise(t, func(t *testing.T, aw adaptertest.World) adaptertest.Rig {
		w := start(t, aw)
		rig := w.rig(t)
		rig.Deliver = func(payload string) bool {
			status, _ := w.fake.Post(t, w.url, payload, 0)
			return status == http.StatusOK
		}
		return rig
	})
}

func TestSlackOverASocketDoesWhatEveryAdapterMustDo(t *testing.T) {
	t.Parallel()
	adaptertest.Exercise(t, func(t *testing.T, aw adaptertest.World) adaptertest.Rig {
		w := start(t, aw, overSocket)
		w.fake.AckWait = time.Second // so that a busy machine is not taken for a refusal
		rig := w.rig(t)
		rig.Payloads.Unknown = append(rig.Payloads.Unknown, "no JSON at all")
		rig.Run = func(ctx context.Context) error { return w.slack.Run(ctx, aw.Receiver) }
		rig.Deliver = func(payload string) bool {
			_, acked := w.fake.Push(payload)
			return acked
		}
		return rig
	})
}

// quiet is an adapter for tests of what it sends.
func quiet(t *testing.T, edit ...func(*slack.Options)) (world, *adaptertest.Taker) {
	t.Helper()
	took := &adaptertest.Taker{}
	return start(t, adaptertest.World{Receiver: took, Log: slog.New(slog.DiscardHandler)}, edit...), took
}

func decode[T any](t *testing.T, data []byte) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%v in %s", err, data)
	}
	return v
}
