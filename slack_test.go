package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cymar/adapters/slack/slackfake"
	"cymar/bot/bottest"
	"cymar/config"
)

// workspace is the whole program on a faked Slack.
type workspace struct {
	t      *testing.T
	fake   *slackfake.Slack
	server *bottest.Server
	socket bool
	url    string  // where it listens, over HTTP
	log    *waiter // nil where it runs as a process
	stop   func()
}

const slackSpace = `spaces:
  - {name: Peers, platform: slack, tenant: T0WORK0001, places: [C0COMMUN01], nation: wales, language: en, roles: {facilitator: [U0BEA00001]}}
`

// inSlack runs a test over both ways, each on a Slack and a Redis of its own.
func inSlack(t *testing.T, story func(w *workspace)) {
	t.Helper()
	for name, socket := range map[string]bool{"over HTTP": false, "over a socket": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &workspace{t: t, fake: slackfake.New(t), server: bottest.NewServer(t), socket: socket}
			w.start("SLACK_BOT_TOKEN=" + slackfake.BotToken)
			story(w)
		})
	}
}

// environ is the settings for this way.
func (w *workspace) environ() []string {
	settings := filepath.Join(w.t.TempDir(), "settings.yaml")
	if err := os.WriteFile(settings, []byte(slackSpace), 0o600); err != nil {
		w.t.Fatal(err)
	}
	way := "SLACK_SIGNING_SECRET=" + slackfake.Signing
	if w.socket {
		way = "SLACK_APP_TOKEN=" + slackfake.AppToken
	}
	return []string{"REDIS_URL=" + w.server.URL, "CYMAR_DATA=" + w.t.TempDir(), "CYMAR_SETTINGS=" + settings,
		"PLAYGROUND_ADDR=127.0.0.1:0", "LISTEN_ADDR=127.0.0.1:0", "SLACK_API_URL=" + w.fake.API(), way}
}

// start runs a replica; it ends with the test, or by stop.
func (w *workspace) start(environ ...string) {
	w.t.Helper()
	w.log = newWaiter("never")
	cfg, err := config.Load(append(w.environ(), environ...))
	if err != nil {
		w.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(w.t.Context()))
	a, err := assemble(ctx, cfg, slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		w.t.Fatal(err)
	}
	page, err := a.listen()
	if err != nil {
		w.t.Fatal(err)
	}
	if a.public != nil {
		w.url = "http://" + a.public.Addr().String()
	}
	done := make(chan error, 1)
	go func() { done <- a.serve(ctx, page) }()
	w.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			w.t.Errorf("serve ended with %v", err)
		}
		if err := a.close(); err != nil {
			w.t.Error(err)
		}
	})
	w.t.Cleanup(w.stop)
}

// brings delivers a payload until it is taken, as Slack does, and returns the
// answer in it.
func (w *workspace) brings(payload string) string {
	w.t.Helper()
	if payload == "" {
		w.t.Fatal("there is nothing to deliver")
	}
	for try := range 5 {
		if w.socket {
			if answer, ok := w.fake.Push(payload); ok {
				return string(answer)
			}
		} else if status, answer := w.fake.Post(w.t, w.url, payload, try); status == http.StatusOK {
			return string(answer)
		}
	}
	w.t.Fatalf("never taken: %.300s", payload)
	return ""
}

// quiet fails the test where the log shows a token, a name or what was said.
func (w *workspace) quiet(words ...string) {
	w.t.Helper()
	for _, s := range append(words, slackfake.BotToken, slackfake.AppToken, slackfake.Signing, slackfake.Alex) {
		if strings.Contains(w.log.String(), s) {
			w.t.Errorf("the log shows %q", s)
		}
	}
}

// answers counts the messages in a place that show all of want.
func (w *workspace) answers(channel string, want ...string) (n int) {
	for _, m := range w.fake.Messages() {
		if m.Channel == channel && m.User == "" && m.Shows(want...) {
			n++
		}
	}
	return n
}

func TestInSlackAMentionIsAnsweredOnceInItsThreadHoweverOftenItComes(t *testing.T) {
	t.Parallel()
	inSlack(t, func(w *workspace) {
		twice := w.fake.Mentions(slackfake.Alex, slackfake.Community, "she knitted me a scarf, do i take it?")
		var all sync.WaitGroup
		for i := range 20 {
			all.Go(func() { w.brings(twice[i%2]) })
		}
		all.Wait()
		m := w.fake.AwaitText(w.t, "Sources:")
		if m.Channel != slackfake.Community || m.Thread == "" || m.User != "" {
			w.t.Errorf("answered in %q, thread %q", m.Channel, m.Thread)
		}
		w.brings(w.fake.Says(slackfake.Alex, "help"))
		w.fake.AwaitText(w.t, "What I can do")
		if n := w.answers(slackfake.Community, "Sources:"); n != 1 {
			w.t.Errorf("%d answers", n)
		}
		w.quiet("scarf")
	})
}

// A request that somebody recorded is signed rightly for five minutes: its
// event's id is what makes it harmless.
func TestInSlackARecordedRequestThatComesAgainIsNotAnsweredAgain(t *testing.T) {
	t.Parallel()
	w := &workspace{t: t, fake: slackfake.New(t), server: bottest.NewServer(t)}
	w.start("SLACK_BOT_TOKEN=" + slackfake.BotToken)
	recorded := w.fake.Mentions(slackfake.Alex, slackfake.Community, "she knitted me a scarf, do i take it?")[0]
	then := time.Now().Add(-4 * time.Minute)
	post := func() {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, w.url+"/slack/events", strings.NewReader(recorded))
		if err != nil {
			t.Fatal(err)
		}
		slackfake.Sign(req, []byte(recorded), slackfake.Signing, then)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if err := res.Body.Close(); err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("status %d, %v", res.StatusCode, err)
		}
	}
	post()
	w.fake.AwaitText(t, "Sources:")
	for range 3 {
		post()
	}
	w.brings(w.fake.Says(slackfake.Alex, "help"))
	w.fake.AwaitText(t, "What I can do")
	if n := w.answers(slackfake.Community, "Sources:"); n != 1 {
		t.Errorf("%d answers", n)
	}
}

func TestInSlackSomebodyChoosesWelshByAButtonAndIsAnsweredInIt(t *testing.T) {
	t.Parallel()
	inSlack(t, func(w *workspace) {
		w.brings(w.fake.Says(slackfake.Alex, "hello"))
		hello := w.fake.AwaitText(w.t, "Hello, I am Cymar", "Cymraeg")
		w.brings(w.fake.Presses(slackfake.Alex, hello, "Cymraeg"))
		w.fake.AwaitText(w.t, "Byddaf yn ysgrifennu atoch yn Gymraeg")
		changed := w.fake.Await(w.t, "the card to change", func(all []slackfake.Message) bool {
			for _, m := range all {
				if m.Method == "chat.update" && m.TS == hello.TS {
					return true
				}
			}
			return false
		})
		if len(changed) == 0 {
			w.t.Error("nothing came")
		}
		w.brings(w.fake.Says(slackfake.Alex, "beth yw egwyddorion craidd cefnogaeth gan gymheiriaid?"))
		w.fake.AwaitText(w.t, "Ffynonellau:", "Roedd hyn yn help")
		w.brings(w.fake.Opens(slackfake.Alex))
		home := w.fake.AwaitView(w.t, "Fy ngoruchwyliaeth")
		if home.User != slackfake.Alex || !strings.Contains(string(home.Raw), "Gofyn cwestiwn") {
			w.t.Errorf("%s", home.Raw)
		}
	})
}

func TestInSlackAFormIsOpenedCorrectedAndSaved(t *testing.T) {
	t.Parallel()
	inSlack(t, func(w *workspace) {
		w.brings(w.fake.Command(slackfake.Alex, slackfake.Community, "/supervision", "supervision"))
		offer := w.fake.AwaitText(w.t, "form")
		if offer.User != slackfake.Alex {
			w.t.Errorf("supervision is offered to %q", offer.User)
		}
		label := labelOf(w.t, offer, "form")
		w.brings(w.fake.Presses(slackfake.Alex, offer, label))
		form := w.fake.AwaitView(w.t, "supervision.setup")
		fields := map[string]string{"peer:choice": "have", "peer_every": "every blue moon", "line:choice": "leave"}
		if answer := w.brings(w.fake.Submits(slackfake.Alex, form, fields)); !strings.Contains(answer, "peer_every") {
			w.t.Errorf("a fault is answered with %s", answer)
		}
		fields["peer_every"] = "4 weeks"
		if answer := w.brings(w.fake.Submits(slackfake.Alex, form, fields)); strings.Contains(answer, "errors") {
			w.t.Errorf("%s", answer)
		}
		saved := w.fake.AwaitText(w.t, "4 weeks")
		if saved.User != slackfake.Alex && saved.Channel != slackfake.Direct(slackfake.Alex) {
			w.t.Errorf("somebody's dates are shown in %q", saved.Channel)
		}
		w.quiet("blue moon")
	})
}

// labelOf is the label of the button that holds a word.
func labelOf(t *testing.T, m slackfake.Message, word string) string {
	t.Helper()
	shown, err := slackfake.Read(m.Body())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range strings.Split(shown.Buttons, "\n") {
		if strings.Contains(strings.ToLower(l), word) {
			return l
		}
	}
	t.Fatalf("no button with %q among %q", word, shown.Buttons)
	return ""
}

func TestInSlackACommandIsAnsweredForItsWriterAloneAndAnEmptyOneWithHelp(t *testing.T) {
	t.Parallel()
	inSlack(t, func(w *workspace) {
		w.brings(w.fake.Command(slackfake.Alex, slackfake.Community, "/peer", "what does non-directive mean"))
		if m := w.fake.AwaitText(w.t, "Sources:"); m.User != slackfake.Alex || m.Channel != slackfake.Community {
			w.t.Errorf("%+v", m)
		}
		for _, name := range []string{"/peer", "/supervision", "/overview"} {
			before := len(w.fake.Messages())
			w.brings(w.fake.Command(slackfake.Bea, slackfake.Community, name, ""))
			w.fake.Await(w.t, "help for "+name, func(all []slackfake.Message) bool {
				for _, m := range all[before:] {
					if m.User == slackfake.Bea && m.Shows("What I can do") {
						return true
					}
				}
				return false
			})
		}
		w.brings(w.fake.Command(slackfake.Alex, slackfake.Elsewhere, "/peer", "what does mutual mean"))
		w.fake.Await(w.t, "an answer where the bot is not", func(all []slackfake.Message) bool {
			for _, m := range all {
				if m.Channel == slackfake.Direct(slackfake.Alex) && m.Shows("Sources:") {
					return true
				}
			}
			return false
		})
	})
}

func TestInSlackSomebodyInDangerIsAnsweredInPrivateAtOnceAndNothingIsKept(t *testing.T) {
	t.Parallel()
	inSlack(t, func(w *workspace) {
		for _, p := range w.fake.Mentions(slackfake.Alex, slackfake.Community, "i want to kill myself, zebrafinch") {
			w.brings(p)
		}
		m := w.fake.AwaitText(w.t, "116 123", "999")
		if m.User != slackfake.Alex && m.Channel != slackfake.Direct(slackfake.Alex) {
			w.t.Errorf("seen by everybody in %q", m.Channel)
		}
		if all := stored(w.t, w.server.Client(w.t)); strings.Contains(all, "zebrafinch") {
			w.t.Error("words of somebody in danger are in Redis")
		}
		w.quiet("zebrafinch", "kill")
	})
}

func TestInSlackAMessageOfFortyThousandCharactersIsAnswered(t *testing.T) {
	t.Parallel()
	inSlack(t, func(w *workspace) {
		w.brings(w.fake.Says(slackfake.Alex, strings.Repeat("zebrafinch ", 3637)))
		w.fake.Await(w.t, "an answer", func(all []slackfake.Message) bool { return len(all) >= 2 })
		w.quiet("zebrafinch")
	})
}

func TestInSlackARemovedWorkspaceLeavesNothing(t *testing.T) {
	t.Parallel()
	inSlack(t, func(w *workspace) {
		w.brings(w.fake.Says(slackfake.Alex, "iaith Cymraeg"))
		w.fake.AwaitText(w.t, "Byddaf yn ysgrifennu")
		db := w.server.Client(w.t)
		if !strings.Contains(stored(w.t, db), slackfake.Alex) {
			w.t.Fatal("nothing was kept, so this test shows nothing")
		}
		w.fake.Revoke()
		w.brings(w.fake.Leaves())
		bottest.Eventually(w.t, "the last traces to go", func() bool {
			for _, line := range strings.Split(stored(w.t, db), "\n") {
				if strings.Contains(line, slackfake.Alex) && !role(line) {
					return false
				}
			}
			return true
		})
		w.brings(w.fake.Says(slackfake.Alex, "are you there?"))
		bottest.Eventually(w.t, "the failure to be counted", func() bool { return strings.Contains(stored(w.t, db), "auth") })
		w.quiet("are you there")
	})
}

func TestInSlackARefreshOfTheSocketInABurstLosesNoAnswer(t *testing.T) {
	t.Parallel()
	w := &workspace{t: t, fake: slackfake.New(t), server: bottest.NewServer(t), socket: true}
	w.start("SLACK_BOT_TOKEN=" + slackfake.BotToken)
	w.fake.Connected(t, 2)
	users := []string{slackfake.Alex, slackfake.Bea}
	var all sync.WaitGroup
	for i := range 6 {
		if i == 3 {
			w.fake.Refresh()
		}
		p := w.fake.Says(users[i%2], fmt.Sprintf("how many peer support workers does leeds employ, number %d", i))
		all.Go(func() { w.brings(p) })
	}
	all.Wait()
	for _, u := range users {
		w.fake.Await(t, "three answers for "+u, func([]slackfake.Message) bool {
			return w.answers(slackfake.Direct(u), "Tell me when there is an answer") == 3
		})
	}
}
