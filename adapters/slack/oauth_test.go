package slack_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
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

// safe is a vault in memory.
type safe struct {
	mu    sync.Mutex
	kept  map[bot.TenantID][]byte
	turns map[bot.TenantID]bool
	fail  error
}

func (s *safe) Put(_ context.Context, _ bot.Platform, t bot.TenantID, secret []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail == nil {
		s.kept[t] = secret
	}
	return s.fail
}

func (s *safe) Get(_ context.Context, _ bot.Platform, t bot.TenantID) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		return nil, s.fail
	}
	if b, ok := s.kept[t]; ok {
		return b, nil
	}
	return nil, bot.ErrNotFound
}

func (s *safe) Turn(_ context.Context, _ bot.Platform, t bot.TenantID, _ time.Duration) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	mine := !s.turns[t]
	s.turns[t] = true
	return mine, s.fail
}

// shop is an adapter that workspaces install.
type shop struct {
	world
	took  *adaptertest.Taker
	safe  *safe
	clock *bottest.Clock
	log   *lines
}

func newShop(t *testing.T) shop {
	t.Helper()
	s := shop{took: &adaptertest.Taker{}, safe: &safe{kept: map[bot.TenantID][]byte{}, turns: map[bot.TenantID]bool{}}, clock: bottest.NewClock(time.Now()), log: &lines{}}
	s.world = start(t, adaptertest.World{Receiver: s.took, Clock: s.clock, Log: slog.New(slog.NewTextHandler(s.log, nil))}, func(o *slack.Options) {
		o.BotToken = ""
		o.OAuth = &slack.OAuth{ClientID: slackfake.ClientID, ClientSecret: slackfake.ClientSecret, PublicURL: "http://cymar.example", Vault: s.safe}
	})
	return s
}

// visitor is a browser that does not follow to Slack's page.
func visitor(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func get(t *testing.T, c *http.Client, address string) (*http.Response, string) {
	t.Helper()
	res, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(b)
}

// begin goes to /slack/install and returns the state that Slack is sent.
func (s shop) begin(t *testing.T, c *http.Client) string {
	t.Helper()
	res, _ := get(t, c, s.url+"/slack/install")
	to, err := url.Parse(res.Header.Get("Location"))
	if err != nil || res.StatusCode != http.StatusFound || to.Host != "slack.com" || to.Query().Get("client_id") != slackfake.ClientID {
		t.Fatalf("%s to %s", res.Status, to)
	}
	if sc := to.Query().Get("scope"); !strings.Contains(sc, "chat:write") || strings.Contains(sc, "email") {
		t.Errorf("scopes %q", sc)
	}
	return to.Query().Get("state")
}

func (s shop) back(t *testing.T, c *http.Client, state, code string) (int, string) {
	t.Helper()
	res, text := get(t, c, s.url+"/slack/oauth?"+url.Values{"state": {state}, "code": {code}}.Encode())
	return res.StatusCode, text
}

func (s shop) installed(t *testing.T, rotate bool) {
	t.Helper()
	c := visitor(t)
	if status, text := s.back(t, c, s.begin(t, c), s.fake.Code(rotate)); status != http.StatusOK || !strings.Contains(text, "is installed") {
		t.Fatalf("%d %s", status, text)
	}
}

func (s shop) send(t *testing.T) error {
	t.Helper()
	s.clock.Advance(time.Minute)
	_, err := s.slack.Send(t.Context(), place(slackfake.Community), nil, hello())
	return err
}

func TestAWorkspaceInstallsTheAppAndIsAnswered(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	if err := s.send(t); reason(t, err).Reason != bot.AuthFailed {
		t.Errorf("before: %v", err)
	}
	s.installed(t, false)
	ev := s.took.Last(t)
	if ev.What != (bot.Installed{}) || ev.From != userOf(slackfake.Alex) || ev.In != place(slackfake.Direct(slackfake.Alex)) {
		t.Errorf("%+v", ev)
	}
	if err := s.send(t); err != nil {
		t.Error(err)
	}
	s.log.calm(t, "")
}

func TestAStateIsGoodInItsOwnBrowserAndForTenMinutes(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	mine, other := visitor(t), visitor(t)
	state := s.begin(t, mine)
	s.begin(t, other)
	for name, try := range map[string]func() (int, string){
		"another browser": func() (int, string) { return s.back(t, other, state, s.fake.Code(false)) },
		"no browser":      func() (int, string) { return s.back(t, visitor(t), state, s.fake.Code(false)) },
		"no state":        func() (int, string) { return s.back(t, mine, "", s.fake.Code(false)) },
		"made up":         func() (int, string) { return s.back(t, mine, "9999999999.x.y", s.fake.Code(false)) },
	} {
		if status, text := try(); status != http.StatusBadRequest || !strings.Contains(text, "/slack/install") {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
	again := visitor(t)
	state = s.begin(t, again)
	parts := strings.Split(state, ".")
	if status, _ := s.back(t, again, "9999999999."+parts[1]+"."+parts[2], s.fake.Code(false)); status != http.StatusBadRequest {
		t.Errorf("a later end: %d", status)
	}
	late := visitor(t)
	state = s.begin(t, late)
	s.clock.Advance(11 * time.Minute)
	if status, _ := s.back(t, late, state, s.fake.Code(false)); status != http.StatusBadRequest {
		t.Errorf("after eleven minutes: %d", status)
	}
	if len(s.safe.kept) != 0 {
		t.Error("a token was kept")
	}
}

func TestAnInstallationThatDoesNotComeAboutIsSaidPlainly(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	c := visitor(t)
	if status, text := s.back(t, c, s.begin(t, c), ""); status != http.StatusOK || !strings.Contains(text, "Nothing was changed") {
		t.Errorf("declined: %d %s", status, text)
	}
	if status, text := s.back(t, c, s.begin(t, c), "used before"); status != http.StatusBadGateway || strings.Contains(text, "used before") {
		t.Errorf("a bad code: %d %s", status, text)
	}
	s.safe.fail = bot.ErrUnavailable
	if status, _ := s.back(t, c, s.begin(t, c), s.fake.Code(false)); status != http.StatusBadGateway {
		t.Errorf("without a store: %d", status)
	}
	s.log.calm(t, "not installed")
}

func TestATokenIsExchangedOnceBeforeItEnds(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.installed(t, true)
	s.clock.Advance(11*time.Hour + 40*time.Minute)
	before := s.fake.Calls("oauth.v2.access")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := s.slack.Open(t.Context(), userOf(slackfake.Bea)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := s.fake.Calls("oauth.v2.access") - before; n != 1 {
		t.Errorf("exchanged %d times", n)
	}
	s.clock.Advance(time.Hour)
	if err := s.send(t); err != nil {
		t.Errorf("with the new token: %v", err)
	}
	s.log.calm(t, "")
}

func TestATokenThatCannotBeExchangedServesToItsEnd(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.installed(t, true)
	s.clock.Advance(11*time.Hour + 40*time.Minute)
	s.fake.Break(slackfake.Fault{Method: "oauth.v2.access", Status: 503})
	if err := s.send(t); err != nil {
		t.Errorf("the old one still holds: %v", err)
	}
	s.clock.Advance(time.Hour)
	if err := s.send(t); !reason(t, err).Reason.Passing() {
		t.Errorf("while another replica exchanges it: %v", err)
	}
}

func TestAVaultThatIsAwayOrOfAnotherKeyIsToldApart(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.installed(t, false)
	s.safe.fail = bot.ErrUnavailable
	if err := s.send(t); reason(t, err).Reason != bot.ServerFault {
		t.Errorf("away: %v", err)
	}
	s.safe.fail, s.safe.kept[slackfake.Team] = nil, []byte("no grant")
	if err := s.send(t); reason(t, err).Reason != bot.AuthFailed {
		t.Errorf("unreadable: %v", err)
	}
}
