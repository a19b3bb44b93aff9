package slack_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cymar/adapters/adaptertest"
	"cymar/adapters/slack"
	"cymar/bot"
	"cymar/bot/bottest"
)

// peer is a Slack that others wrote, npm's emulate, so that our own fake is
// not the only judge of what we send.
type peer struct {
	t     *testing.T
	url   string
	token string
}

// newPeer starts it behind a proxy that puts the token where it looks for it:
// Slack takes it in the form, as slack-go sends it, and emulate does not.
func newPeer(t *testing.T, redirect string) *peer {
	t.Helper()
	dir := filepath.Join("testdata", "npm")
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("there is no node: make needs")
	}
	if _, err := os.Stat(filepath.Join(dir, "node_modules")); err != nil {
		t.Skip("npm's emulate is not installed: make needs")
	}
	var behind atomic.Pointer[url.URL]
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(behind.Load())
		r.Out.Host = r.In.Host
		lift(r.Out)
	}})
	t.Cleanup(proxy.Close)
	seed, err := json.Marshal(map[string]any{
		"strict_scopes": true, "users": []map[string]any{{"name": "alex", "real_name": "Alex Hughes", "email": "alex@example.org"}},
		"channels":   []map[string]any{{"name": "community"}},
		"oauth_apps": []map[string]any{{"client_id": "1.2", "client_secret": "s", "name": "Cymar", "redirect_uris": []string{redirect}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "emulate.mjs", string(seed), proxy.URL)
	cmd.Dir = dir
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err1 != nil || err2 != nil || cmd.Start() != nil {
		t.Fatalf("emulate did not start: %v %v", err1, err2)
	}
	t.Cleanup(func() { _ = in.Close(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("emulate did not say where it is: %v", err)
	}
	at, err := url.Parse(strings.TrimSpace(line))
	if err != nil {
		t.Fatal(err)
	}
	behind.Store(at)
	return &peer{t: t, url: proxy.URL}
}

// lift copies the token from a call's form into its header.
func lift(r *http.Request) {
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") || r.Body == nil {
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	if form, err := url.ParseQuery(string(body)); err == nil && form.Get("token") != "" {
		r.Header.Set("Authorization", "Bearer "+form.Get("token"))
	}
}

// asks calls a method as the bot would, and decodes the answer.
func (p *peer) asks(method string, form url.Values) map[string]any {
	p.t.Helper()
	req, err := http.NewRequest(http.MethodPost, p.url+"/api/"+method, strings.NewReader(form.Encode()))
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Authorization", "Bearer "+p.token)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var v map[string]any
	if err := json.NewDecoder(res.Body).Decode(&v); err != nil || v["ok"] != true {
		p.t.Fatalf("%s: %v %v", method, v, err)
	}
	return v
}

var hidden = regexp.MustCompile(`name="([a-z_]+)" value="([^"]*)"`)

// allows is Alex at Slack's page, who installs the app, and where that leads.
func (p *peer) allows(c *http.Client, authorize string) string {
	p.t.Helper()
	_, page := get(p.t, c, authorize)
	form := url.Values{}
	for _, f := range hidden.FindAllStringSubmatch(page, -1) {
		form.Set(f[1], strings.ReplaceAll(f[2], "&amp;", "&"))
	}
	res, err := c.PostForm(p.url+"/oauth/v2/authorize/callback", form)
	if err != nil {
		p.t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusFound {
		p.t.Fatalf("allowing it: %s, with %v", res.Status, form)
	}
	return res.Header.Get("Location")
}

func TestASlackThatOthersWroteInstallsUsTakesOurMessagesAndOurFiles(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	p := newPeer(t, server.URL+"/slack/oauth")
	clock, took, kept := bottest.NewClock(time.Now()), &adaptertest.Taker{}, &safe{kept: map[bot.TenantID][]byte{}, turns: map[bot.TenantID]bool{}}
	s, err := slack.New(slack.Options{Signing: "x", APIURL: p.url + "/api/", Clock: clock, OAuth: &slack.OAuth{
		ClientID: "1.2", ClientSecret: "s", PublicURL: server.URL, Vault: kept, AuthorizeURL: p.url + "/oauth/v2/authorize"}})
	if err != nil {
		t.Fatal(err)
	}
	s.Mount(mux, took)
	c := visitor(t)
	res, _ := get(t, c, server.URL+"/slack/install")
	back := p.allows(c, res.Header.Get("Location"))
	if res, text := get(t, c, back); res.StatusCode != http.StatusOK || !strings.Contains(text, "is installed") {
		t.Fatalf("%s %s", res.Status, text)
	}
	ev := took.Last(t)
	grant := decode[map[string]any](t, kept.kept[ev.From.Tenant])
	p.token = grant["token"].(string)
	p.exchanges(s, clock, ev)
}

// exchanges sends and fetches what a bot does, and looks at what arrived.
func (p *peer) exchanges(s *slack.Slack, clock *bottest.Clock, ev bot.Event) {
	p.t.Helper()
	ctx := p.t.Context()
	var channel string
	for _, c := range p.asks("conversations.list", nil)["channels"].([]any) {
		if c.(map[string]any)["name"] == "community" {
			channel = c.(map[string]any)["id"].(string)
		}
	}
	to := bot.Place{Platform: slack.Platform, Tenant: ev.From.Tenant, ID: bot.PlaceID(channel), Kind: bot.Channel}
	for _, f := range bottest.Cards() {
		for _, piece := range s.Split(f.Card) {
			clock.Advance(time.Minute)
			if _, err := s.Send(ctx, to, nil, piece); err != nil {
				p.t.Errorf("%s: %v", f.Name, err)
			}
		}
	}
	id, err := s.Send(ctx, to, nil, bot.Say(bot.English, "before"))
	if err != nil {
		p.t.Fatal(err)
	}
	if err := s.Update(ctx, to, id, bot.Say(bot.English, "after <!channel>")); err != nil {
		p.t.Errorf("changing it: %v", err)
	}
	if _, err := s.Send(ctx, to, &ev.From, bot.Say(bot.English, "for one")); err != nil {
		p.t.Errorf("for one person: %v", err)
	}
	direct, err := s.Open(ctx, ev.From)
	if err != nil {
		p.t.Fatal(err)
	}
	if _, err := s.Send(ctx, direct, nil, bot.Say(bot.Welsh, "bore da")); err != nil {
		p.t.Errorf("in the direct chat: %v", err)
	}
	p.swaps(s, to)
	history, err := json.Marshal(p.asks("conversations.history", url.Values{"channel": {channel}, "limit": {"200"}}))
	if err != nil {
		p.t.Fatal(err)
	}
	if text := string(history); !strings.Contains(text, `after \u0026lt;!channel\u0026gt;`) || strings.Contains(text, `"before"`) || !strings.Contains(text, "Next due") {
		p.t.Errorf("the channel holds %.3000s", text)
	}
}

// swaps puts a file up and fetches it again.
func (p *peer) swaps(s *slack.Slack, to bot.Place) {
	p.t.Helper()
	id, err := s.Upload(p.t.Context(), to, bot.FileRef{Name: "overview.md"}, strings.NewReader("# Overview\n"))
	if err != nil {
		p.t.Fatalf("putting a file up: %v", err)
	}
	body, err := s.Fetch(p.t.Context(), bot.FileRef{Route: string(to.Tenant) + "/" + string(id)})
	if err != nil {
		p.t.Fatalf("fetching it again: %v", err)
	}
	defer func() { _ = body.Close() }()
	if b, err := io.ReadAll(body); err != nil || string(b) != "# Overview\n" {
		p.t.Errorf("%q, %v", b, err)
	}
}
