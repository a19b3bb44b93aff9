package slack_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"cymar/adapters/adaptertest"
	"cymar/adapters/slack"
	"cymar/adapters/slack/slackfake"
	"cymar/bot"
)

// call posts to the adapter as anybody could, and returns the status.
func call(t *testing.T, w world, path, body string, sign func(*http.Request)) (int, string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodPost, w.url+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	sign(req)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(answer)
}

func signedNow(body string) func(*http.Request) {
	return func(r *http.Request) { slackfake.Sign(r, []byte(body), slackfake.Signing, time.Now()) }
}

// logged is an adapter with a log to look at.
func logged(t *testing.T, edit ...func(*slack.Options)) (world, *adaptertest.Taker, *lines) {
	t.Helper()
	log, took := &lines{}, &adaptertest.Taker{}
	w := start(t, adaptertest.World{Receiver: took, Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))}, edit...)
	return w, took, log
}

type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// calm fails the test where the log shows what it may not, or lacks a line.
func (l *lines) calm(t *testing.T, want string) {
	t.Helper()
	text := l.String()
	for _, secret := range []string{"zebrafinch", slackfake.Signing, slackfake.BotToken, slackfake.AppToken, slackfake.ClientSecret, slackfake.Alex} {
		if strings.Contains(text, secret) {
			t.Errorf("the log shows %q: %s", secret, text)
		}
	}
	if !strings.Contains(text, want) || strings.Contains(text, "level=ERROR") {
		t.Errorf("no calm line with %q in: %s", want, text)
	}
}

func TestWhatSlackDidNotSignIsRefused(t *testing.T) {
	t.Parallel()
	body := payload(t, "app_mention")
	at := func(when time.Time, secret, signed string) func(*http.Request) {
		return func(r *http.Request) { slackfake.Sign(r, []byte(signed), secret, when) }
	}
	for name, c := range map[string]struct {
		sign func(*http.Request)
		want string
	}{
		"no signature":       {func(*http.Request) {}, "no signature"},
		"another secret":     {at(time.Now(), "guess", body), "wrong signature"},
		"an empty secret":    {at(time.Now(), "", body), "wrong signature"},
		"another body":       {at(time.Now(), slackfake.Signing, body+" "), "wrong signature"},
		"six minutes old":    {at(time.Now().Add(-6*time.Minute), slackfake.Signing, body), "too old"},
		"from the future":    {at(time.Now().Add(6*time.Minute), slackfake.Signing, body), "too old"},
		"no time":            {func(r *http.Request) { signedNow(body)(r); r.Header.Set("X-Slack-Request-Timestamp", "soon") }, "wrong signature"},
		"another kind":       {func(r *http.Request) { signedNow(body)(r); r.Header.Set("X-Slack-Signature", "v1=00") }, "wrong signature"},
		"half a signature":   {func(r *http.Request) { signedNow(body)(r); r.Header.Set("X-Slack-Signature", "v0=00ff") }, "wrong signature"},
		"no hexadecimal":     {func(r *http.Request) { signedNow(body)(r); r.Header.Set("X-Slack-Signature", "v0=zz") }, "wrong signature"},
		"another time in it": {func(r *http.Request) { signedNow(body)(r); r.Header.Set("X-Slack-Request-Timestamp", "1795440000") }, "wrong signature"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, took, log := logged(t)
			for _, path := range []string{"/slack/events", "/slack/interactions", "/slack/commands"} {
				if status, _ := call(t, w, path, body, c.sign); status != http.StatusUnauthorized {
					t.Errorf("%s: status %d", path, status)
				}
			}
			if name != "another time in it" {
				log.calm(t, c.want)
			}
			if len(took.All()) != 0 {
				t.Error("it became an event")
			}
		})
	}
}

func TestBadRequestsEndInTheRightStatusAndACalmLine(t *testing.T) {
	t.Parallel()
	long := `{"type":"event_callback","zebrafinch":"` + strings.Repeat("x", 1<<20) + `"}`
	for name, c := range map[string]struct {
		path, body string
		status     int
		line       string
	}{
		"over the limit":           {"/slack/events", long, http.StatusRequestEntityTooLarge, "too large"},
		"no JSON":                  {"/slack/events", "zebrafinch", http.StatusBadRequest, "no JSON"},
		"half a JSON":              {"/slack/events", `{"type":"event_callback",`, http.StatusBadRequest, "no JSON"},
		"nothing":                  {"/slack/events", "", http.StatusBadRequest, "no JSON"},
		"JSON that is no event":    {"/slack/events", `["zebrafinch"]`, http.StatusOK, ""},
		"an interaction of none":   {"/slack/interactions", "payload=", http.StatusBadRequest, "no JSON"},
		"an interaction unknown":   {"/slack/interactions", "payload=" + url.QueryEscape(`{"type":"dance","user":{"id":"U1"},"team":{"id":"T1"}}`), http.StatusOK, ""},
		"an interaction by nobody": {"/slack/interactions", "payload=" + url.QueryEscape(`{"type":"block_actions"}`), http.StatusOK, "cannot be read"},
		"a form that is none":      {"/slack/interactions", "%zz", http.StatusBadRequest, ""},
		"an unknown command":       {"/slack/commands", "command=%2Fdance&text=zebrafinch&team_id=T1&user_id=U1", http.StatusOK, ""},
		"a command form of none":   {"/slack/commands", "%zz", http.StatusBadRequest, ""},
		"too many events":          {"/slack/events", `{"type":"app_rate_limited","team_id":"T1"}`, http.StatusOK, "too many events"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, took, log := logged(t)
			if status, _ := call(t, w, c.path, c.body, signedNow(c.body)); status != c.status {
				t.Errorf("status %d, want %d", status, c.status)
			}
			log.calm(t, c.line)
			if len(took.All()) != 0 {
				t.Error("it became an event")
			}
		})
	}
}

func TestSlackIsToldThatTheAddressIsOurs(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t)
	body := `{"token":"x","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}`
	if status, answer := call(t, w, "/slack/events", body, signedNow(body)); status != http.StatusOK || answer != "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P" {
		t.Errorf("%d %q", status, answer)
	}
	if status, _ := call(t, w, "/slack/events", body, func(*http.Request) {}); status != http.StatusUnauthorized {
		t.Errorf("unsigned: %d", status)
	}
}

func TestOnlyWhatIsWorthItIsTriedAgain(t *testing.T) {
	t.Parallel()
	w, took := quiet(t)
	took.Refuse(errors.New("the store is away"))
	body := payload(t, "app_mention")
	req, err := http.NewRequest(http.MethodPost, w.url+"/slack/events", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	signedNow(body)(req)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("X-Slack-No-Retry") != "" {
		t.Errorf("%s, no retry %q", res.Status, res.Header.Get("X-Slack-No-Retry"))
	}
	req, _ = http.NewRequest(http.MethodPost, w.url+"/slack/events", strings.NewReader(body))
	if res, err = http.DefaultClient.Do(req); err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.Header.Get("X-Slack-No-Retry") != "1" {
		t.Error("an unsigned request is asked for again")
	}
}

func TestWithoutASigningSecretThereIsNoAddress(t *testing.T) {
	t.Parallel()
	w, _ := quiet(t, overSocket)
	if status, _ := call(t, w, "/slack/events", "{}", signedNow("{}")); status != http.StatusNotFound {
		t.Errorf("status %d", status)
	}
	res, err := http.Get(w.url + "/slack/install")
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusNotFound {
		t.Errorf("install: status %d", res.StatusCode)
	}
}

// busy is a receiver that is handling the event for another delivery of it.
type busy struct {
	adaptertest.Taker
	mu    sync.Mutex
	times int
}

func TestAMentionThatComesTwiceAtOnceIsAcceptedTwice(t *testing.T) {
	t.Parallel()
	b := &busy{times: 3}
	w := start(t, adaptertest.World{Receiver: receiver(func(ev bot.Event) (*bot.Now, error) {
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.times--; b.times >= 0 {
			return nil, bot.ErrBusy
		}
		return nil, nil
	}), Log: slog.New(slog.DiscardHandler)})
	if status, _ := w.fake.Post(t, w.url, payload(t, "message_mention"), 0); status != http.StatusOK {
		t.Errorf("status %d: Slack would send it again", status)
	}
	b.mu.Lock()
	b.times = 1 << 20
	b.mu.Unlock()
	if status, _ := w.fake.Post(t, w.url, payload(t, "message_mention"), 0); status != http.StatusServiceUnavailable {
		t.Errorf("status %d though nobody ever finished it", status)
	}
}
