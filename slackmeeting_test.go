package main

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"cymar/adapters/slack/slackfake"
	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/meetings"
)

// chats is somebody writing in the channel, to nobody in particular.
func (w *workspace) chats(user, text string) {
	w.t.Helper()
	ts := w.fake.NewTS()
	w.brings(w.fake.Event(map[string]any{"type": "message", "channel_type": "channel", "user": user, "text": text, "ts": ts, "event_ts": ts, "channel": slackfake.Community}))
}

// asks is somebody mentioning the bot in the channel.
func (w *workspace) asks(user, text string) {
	w.t.Helper()
	for _, p := range w.fake.Mentions(user, slackfake.Community, text) {
		w.brings(p)
	}
}

// sees waits for a message to a channel, to all there, that shows all of want.
func (w *workspace) sees(channel string, want ...string) {
	w.t.Helper()
	w.fake.Await(w.t, strings.Join(want, " and ")+" in "+channel, func([]slackfake.Message) bool { return w.answers(channel, want...) > 0 })
}

func TestInSlackAMeetingIsCollectedDrawnAndPublishedWithItsFiles(t *testing.T) {
	t.Parallel()
	inSlack(t, func(w *workspace) {
		bea := slackfake.Direct(slackfake.Bea)
		w.chats(slackfake.Alex, "said before the notice, falcon")
		w.brings(w.fake.Command(slackfake.Bea, slackfake.Community, "/overview", "start Peer space"))
		w.sees(slackfake.Community, "is being collected")
		store := meetings.NewStore(w.server.Client(w.t), 1, nil, meetings.Keep{})
		room := bot.Place{Platform: "slack", Tenant: slackfake.Team, ID: slackfake.Community}
		bottest.Eventually(w.t, "it collects", func() bool {
			id, err := store.Running(w.t.Context(), room)
			return err == nil && id != ""
		})
		for i, line := range meetingLines {
			w.chats([]string{slackfake.Alex, "U0CERI0001", "U0DYLAN001"}[i%3], line)
		}
		w.asks(slackfake.Bea, "stop collecting")
		w.sees(bea, "Peer space: Meeting Chat Overview")
		w.sees(bea, "Check and publish")
		if all := stored(w.t, w.server.Client(w.t)); strings.Contains(all, "falcon") {
			w.t.Error("what was said before the notice is kept")
		}
		w.brings(w.fake.Says(slackfake.Bea, "overview chart off"))
		for _, kind := range []string{"single", "name", "place", "number", "health", "untraced"} {
			w.brings(w.fake.Says(slackfake.Bea, "overview keep "+kind))
		}
		w.brings(w.fake.Says(slackfake.Bea, "overview publish"))
		w.sees(slackfake.Community, "Meeting Chat Overview")
		w.sees(slackfake.Community, "approved by the facilitator")
		w.fake.Await(w.t, "the document", func([]slackfake.Message) bool {
			for _, f := range w.fake.Files() {
				if strings.HasSuffix(f.Name, ".docx") && f.Channel == slackfake.Community {
					return true
				}
			}
			return false
		})
		w.quiet("falcon", "Role drift")
	})
}

func TestInSlackAChatThatIsDroppedIntoTheDirectChatIsRead(t *testing.T) {
	t.Parallel()
	inSlack(t, func(w *workspace) {
		w.asks(slackfake.Bea, "help")
		export, err := os.ReadFile("handlers/meetings/testdata/chats/digital-gdpr-boundaries/raw/slack-copy.txt")
		if err != nil {
			w.t.Fatal(err)
		}
		w.brings(w.fake.Drops(slackfake.Bea, "chat.txt", export))
		m := w.fake.Await(w.t, "an answer in the direct chat", func([]slackfake.Message) bool { return w.answers(slackfake.Direct(slackfake.Bea)) > 0 })
		if last := m[len(m)-1]; strings.Contains(last.Text, "went wrong") {
			w.t.Errorf("the answer is %q", last.Text)
		}
	})
}

func TestInSlackAWorkspaceThatInstallsTheAppIsWelcomedAndAnswered(t *testing.T) {
	t.Parallel()
	w := &workspace{t: t, fake: slackfake.New(t), server: bottest.NewServer(t)}
	w.start("SLACK_CLIENT_ID="+slackfake.ClientID, "SLACK_CLIENT_SECRET="+slackfake.ClientSecret, "SLACK_PUBLIC_URL=https://cymar.example",
		"CYMAR_KEYS=a=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Get(w.url + "/slack/install")
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	to, err := res.Location()
	if err != nil || len(res.Cookies()) != 1 || !res.Cookies()[0].Secure || !res.Cookies()[0].HttpOnly {
		t.Fatalf("%v, %v", err, res.Cookies())
	}
	back, err := http.NewRequest(http.MethodGet, w.url+"/slack/oauth?"+url.Values{"state": {to.Query().Get("state")}, "code": {w.fake.Code(true)}}.Encode(), nil)
	if err != nil {
		t.Fatal(err)
	}
	back.AddCookie(res.Cookies()[0])
	if res, err = client.Do(back); err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err != nil || !strings.Contains(string(page), "Cymar is installed") {
		t.Fatalf("%s: %s", res.Status, page)
	}
	w.sees(slackfake.Direct(slackfake.Alex), "Hello, I am Cymar")
	w.asks(slackfake.Bea, "what does non-directive mean?")
	m := w.fake.AwaitText(t, "Sources:")
	if m.Channel != slackfake.Community || m.Thread == "" {
		t.Errorf("%+v", m)
	}
	if all := stored(t, w.server.Client(t)); strings.Contains(all, "xoxb-fake") || strings.Contains(all, "xoxe-fake") {
		t.Error("a token is in Redis for everybody to read")
	}
	w.quiet(slackfake.ClientSecret, "xoxb-fake")
}

func TestTheManifestIsPrintedForBothWays(t *testing.T) {
	t.Parallel()
	socket, over := cymar(t, "", nil, "slack", "manifest"), cymar(t, "", nil, "slack", "manifest", "--url", "https://cymar.example.nhs.uk")
	if socket.status != 0 || !strings.Contains(socket.out, "socket_mode_enabled: true") || strings.Contains(socket.out, "request_url") {
		t.Errorf("%+v", socket)
	}
	if over.status != 0 || !strings.Contains(over.out, "https://cymar.example.nhs.uk/slack/events") || strings.Contains(over.out, "cymar.example/") {
		t.Errorf("%+v", over)
	}
	if bad := cymar(t, "", nil, "slack", "manifest", "--url", "cymar.example"); bad.status != 2 || !strings.Contains(bad.err, "https://") {
		t.Errorf("%+v", bad)
	}
}

func TestCheckAsksSlackWhetherTheTokensAreGood(t *testing.T) {
	t.Parallel()
	fake := slackfake.New(t)
	environ := func(bot, app string) []string {
		return []string{"SLACK_BOT_TOKEN=" + bot, "SLACK_APP_TOKEN=" + app, "SLACK_API_URL=" + fake.API()}
	}
	good := cymar(t, "", environ(slackfake.BotToken, slackfake.AppToken), "check")
	if good.status != 0 || !strings.Contains(good.out, "slack: in the workspace Peer support Wales, over Socket Mode") {
		t.Errorf("%+v", good)
	}
	for name, e := range map[string][]string{
		"the bot token":       environ("xoxb-wrong", slackfake.AppToken),
		"the app-level token": environ(slackfake.BotToken, "xapp-wrong"),
	} {
		if bad := cymar(t, "", e, "check"); bad.status != 2 || !strings.Contains(bad.err, name) || !strings.Contains(bad.err, "invalid_auth") || strings.Contains(bad.err+bad.out, "wrong") {
			t.Errorf("%s: %+v", name, bad)
		}
	}
}
