package slack_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"cymar/adapters/adaptertest"
	"cymar/adapters/slack"
	"cymar/adapters/slack/slackfake"
	"cymar/bot"
	"cymar/bot/bottest"
)

// running holds the sockets of an adapter open until the test ends; stop ends
// them before.
func running(t *testing.T, w world, r bot.Receiver) (stop func() time.Duration) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := w.slack.Run(ctx, r); err != nil {
			t.Errorf("Run ended with %v", err)
		}
	}()
	stop = func() time.Duration {
		began := time.Now()
		cancel()
		<-done
		return time.Since(began)
	}
	t.Cleanup(func() { stop() })
	return stop
}

func TestTwoSocketsAreHeldAndEachDeliveryIsAcknowledgedOnce(t *testing.T) {
	t.Parallel()
	w, took := quiet(t, overSocket)
	if w.slack.Ready() == nil {
		t.Error("ready before a socket is open")
	}
	stop := running(t, w, took)
	w.fake.Connected(t, 2)
	bottest.Eventually(t, "it is ready", func() bool { return w.slack.Ready() == nil })
	for range 6 {
		if _, ok := w.fake.Push(payload(t, "app_mention")); !ok {
			t.Fatal("not acknowledged")
		}
	}
	if n := len(took.All()); n != 6 {
		t.Errorf("%d events of 6", n)
	}
	stop()
	if w.slack.Ready() == nil {
		t.Error("ready though every socket is closed")
	}
}

func TestAFormsFaultsGoBackInTheAcknowledgement(t *testing.T) {
	t.Parallel()
	w, took := quiet(t, overSocket)
	running(t, w, took)
	took.Answer(&bot.Now{FieldErrors: map[string]string{"next": "not a day"}})
	answer, ok := w.fake.Push(payload(t, "view_submission"))
	if !ok || !strings.Contains(string(answer), `"not a day"`) {
		t.Errorf("%v %s", ok, answer)
	}
	long := map[string]string{}
	for _, f := range []string{"name", "next", "at", "kind", "days", "empty"} {
		long[f] = strings.Repeat("much ", 4000)
	}
	took.Answer(&bot.Now{FieldErrors: long})
	if answer, ok := w.fake.Push(payload(t, "view_submission")); !ok || len(answer) >= 20<<10 {
		t.Errorf("long faults: %v, %d bytes", ok, len(answer))
	}
}

func TestWhatSlackGoCannotReadIsAcknowledgedAllTheSame(t *testing.T) {
	t.Parallel()
	w, took, log := logged(t, overSocket)
	running(t, w, took)
	for _, p := range []string{payload(t, "unknown_event"), payload(t, "bad_field"), "no JSON", `{"type":"block_actions","actions":7}`, `{"command":7}`} {
		if _, ok := w.fake.Push(p); !ok {
			t.Errorf("Slack would send this for ever: %.100s", p)
		}
	}
	log.calm(t, "")
}

func TestARefreshInTheMiddleOfABurstLosesNothing(t *testing.T) {
	t.Parallel()
	w, took := quiet(t, overSocket)
	w.fake.AckWait = 2 * time.Second
	running(t, w, took)
	w.fake.Connected(t, 2)
	base := decode[map[string]any](t, []byte(payload(t, "message_im")))
	var burst sync.WaitGroup
	for i := range 60 {
		ev := base["event"].(map[string]any)
		ev["ts"] = "1795440001." + string(rune('0'+i/10)) + string(rune('0'+i%10)) + "0000"
		body, err := json.Marshal(base)
		if err != nil {
			t.Fatal(err)
		}
		if i == 20 || i == 40 {
			w.fake.Refresh()
		}
		burst.Go(func() {
			for try := 0; ; try++ {
				if _, ok := w.fake.Push(string(body)); ok {
					return
				}
				if try == 5 {
					t.Errorf("given up after %d tries", try)
					return
				}
			}
		})
	}
	burst.Wait()
	seen := map[bot.EventID]bool{}
	for _, ev := range took.All() {
		seen[ev.ID] = true
	}
	if len(seen) != 60 {
		t.Errorf("%d events of 60", len(seen))
	}
	w.fake.Connected(t, 3)
}

// slow is a receiver that takes a while, and says when it began.
type slow struct {
	adaptertest.Taker
	began, go1 chan struct{}
}

func (s *slow) Receive(ctx context.Context, ev bot.Event) (*bot.Now, error) {
	s.began <- struct{}{}
	<-s.go1
	return s.Taker.Receive(ctx, ev)
}

func TestWhatIsInHandWhenItIsToEndIsFinishedAndAcknowledged(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t, overSocket)
	s := &slow{began: make(chan struct{}, 1), go1: make(chan struct{})}
	stop := running(t, w, s)
	acked := make(chan bool, 1)
	go func() {
		_, ok := w.fake.Push(payload(t, "app_mention"))
		acked <- ok
	}()
	bottest.Receive(t, s.began, "the event")
	ended := make(chan time.Duration, 1)
	go func() { ended <- stop() }()
	close(s.go1)
	if !bottest.Receive(t, acked, "the acknowledgement") {
		t.Error("it was handled and not acknowledged")
	}
	if d := bottest.Receive(t, ended, "the end"); d > 5*time.Second {
		t.Errorf("it took %v", d)
	}
}

func TestWhatTakesTooLongDoesNotHoldUpTheEnd(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t, overSocket)
	s := &slow{began: make(chan struct{}, 1), go1: make(chan struct{})}
	w.fake.AckWait = 10 * time.Millisecond
	stop := running(t, w, s)
	w.fake.Push(payload(t, "app_mention"))
	bottest.Receive(t, s.began, "the event")
	if d := stop(); d > 5*time.Second {
		t.Errorf("it took %v", d)
	}
	close(s.go1)
}

func TestAWrongAppTokenIsSaidCalmlyAndTriedAgain(t *testing.T) {
	t.Parallel()
	w, took, log := logged(t, overSocket, func(o *slack.Options) { o.AppToken = "xapp-wrong-zebrafinch" })
	stop := running(t, w, took)
	bottest.Eventually(t, "it says so", func() bool { return strings.Contains(log.String(), "invalid_auth") })
	log.calm(t, "opened again")
	if d := stop(); d > 5*time.Second {
		t.Errorf("it took %v", d)
	}
}

func TestASlackThatIsAwayIsTriedAgain(t *testing.T) {
	t.Parallel()
	w, took, log := logged(t, overSocket)
	w.fake.Break(slackfake.Fault{Method: "apps.connections.open", Status: 503}, slackfake.Fault{Method: "apps.connections.open", Cut: true},
		slackfake.Fault{Method: "apps.connections.open", Garbage: true})
	running(t, w, took)
	if _, ok := w.fake.Push(payload(t, "message_im")); !ok {
		t.Error("not acknowledged")
	}
	log.calm(t, "not opened")
}

func TestWithoutAnAppTokenItOnlyWaits(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.slack.Run(ctx, receiver(func(bot.Event) (*bot.Now, error) { return nil, errors.New("no") })); err != nil {
		t.Error(err)
	}
	if w.fake.Calls("apps.connections.open") != 0 || w.slack.Ready() != nil {
		t.Error("it opened a socket")
	}
}
