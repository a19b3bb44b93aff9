// Package slack is the way to and from Slack: what a workspace sends becomes
// events, cards become Block Kit. It comes over Socket Mode (Run) or over HTTP
// request URLs (Mount), through one set of handlers. It decides nothing.
//
// Of slack-go it uses the calls, the Block Kit types, the signature check and
// the socket; what comes in it reads itself (see events.go for why).
package slack

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	api "github.com/slack-go/slack"

	"cymar/bot"
	"cymar/bot/words"
)

//go:embed words
var files embed.FS

// Options is what the adapter is made of. Either BotToken is set, for the one
// workspace that it belongs to, or Installs, for those that install the app.
type Options struct {
	BotToken string
	AppToken string // for Socket Mode; empty: HTTP only
	Signing  string // for HTTP; empty: Socket Mode only
	OAuth    *OAuth // nil: the app is installed by its owner
	APIURL   string // another Slack, with a slash at its end; empty: the real one
	Sockets  int    // connections; 2 when 0
	Clock    bot.Clock
	Log      *slog.Logger
}

// Slack is the adapter. Make it with New.
type Slack struct {
	o      Options
	http   *http.Client
	words  *words.Catalogue
	pace   *pace
	direct *directs

	mu   sync.Mutex
	team string // the workspace of BotToken, once it is known
	open int    // sockets that are open
	self map[string]string
}

var (
	_ bot.Source   = (*Slack)(nil)
	_ bot.Webhook  = (*Slack)(nil)
	_ bot.Sender   = (*Slack)(nil)
	_ bot.Updater  = (*Slack)(nil)
	_ bot.Opener   = (*Slack)(nil)
	_ bot.Uploader = (*Slack)(nil)
	_ bot.Fetcher  = (*Slack)(nil)
	_ bot.People   = (*Slack)(nil)
	_ bot.Ready    = (*Slack)(nil)
)

// timeout is how long one call to Slack may take.
const timeout = 10 * time.Second

// New makes the adapter; it calls nobody yet.
func New(o Options) (*Slack, error) {
	cat, err := words.In(files, "words")
	if err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Clock == nil {
		o.Clock = bot.SystemClock{}
	}
	if o.Sockets == 0 {
		o.Sockets = 2
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 32
	return &Slack{
		o: o, http: &http.Client{Timeout: timeout, Transport: transport}, words: cat, pace: newPace(o.Clock),
		direct: &directs{byUser: map[bot.User]string{}}, self: map[string]string{},
	}, nil
}

// Platform names the adapter.
func (s *Slack) Platform() bot.Platform { return Platform }

// Caps is what Slack can do.
func (s *Slack) Caps() bot.Caps {
	return bot.Caps{Ephemeral: true, Update: true, Forms: true, Files: true, Threads: true, Mention: "@Cymar"}
}

// Check asks Slack whether the tokens are good, and says which workspace they
// are of.
func (s *Slack) Check(ctx context.Context) (where string, err error) {
	how := "over HTTP"
	if s.o.AppToken != "" {
		how = "over Socket Mode"
		if _, _, err := s.appClient().StartSocketModeContext(ctx); err != nil {
			return "", fmt.Errorf("the app-level token: %w", failed(err))
		}
	}
	if s.o.BotToken == "" {
		return "in every workspace that installs it, " + how, nil
	}
	name, err := s.learn(ctx)
	if err != nil {
		return "", fmt.Errorf("the bot token: %w", err)
	}
	return "in the workspace " + name + ", " + how, nil
}

// learn asks which workspace the bot token is of, and who we are there.
func (s *Slack) learn(ctx context.Context) (workspace string, err error) {
	res, err := s.client(s.o.BotToken).AuthTestContext(ctx)
	if err != nil {
		return "", failed(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.team, s.self[res.TeamID] = res.TeamID, res.UserID
	return res.Team, nil
}

var errNotOpen = errors.New("slack: no socket is open")

// Ready reports whether events can come: over HTTP always, else while one of
// the sockets is open.
func (s *Slack) Ready() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.o.AppToken != "" && s.o.Signing == "" && s.open == 0 {
		return errNotOpen
	}
	return nil
}

// opened counts a socket that opened, or closed.
func (s *Slack) opened(by int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open += by
}

// selfIn is our own user in a workspace, as far as it is known.
func (s *Slack) selfIn(team string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.self[team]
}

func (s *Slack) appClient() *api.Client {
	opts := []api.Option{api.OptionHTTPClient(s.http), api.OptionAppLevelToken(s.o.AppToken)}
	if s.o.APIURL != "" {
		opts = append(opts, api.OptionAPIURL(s.o.APIURL))
	}
	return api.New("", opts...)
}

func (s *Slack) client(token string) *api.Client {
	opts := []api.Option{api.OptionHTTPClient(s.http)}
	if s.o.APIURL != "" {
		opts = append(opts, api.OptionAPIURL(s.o.APIURL))
	}
	return api.New(token, opts...)
}

// with calls Slack for a workspace.
func (s *Slack) with(ctx context.Context, t bot.TenantID, do func(*api.Client) error) error {
	token, err := s.token(ctx, t)
	if err != nil {
		return err
	}
	return do(s.client(token))
}

var errNoInstall = errors.New("slack: the app is not installed in this workspace")

// token is the token of a workspace.
func (s *Slack) token(ctx context.Context, t bot.TenantID) (string, error) {
	if s.o.BotToken == "" {
		if s.o.OAuth == nil {
			return "", &bot.SendError{Reason: bot.AuthFailed, Err: errNoInstall}
		}
		return s.installed(ctx, t)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.team != "" && string(t) != s.team {
		return "", &bot.SendError{Reason: bot.Unreachable, Err: errNoInstall}
	}
	return s.o.BotToken, nil
}

// directs remembers direct chats that were opened, which never change.
type directs struct {
	mu     sync.Mutex
	byUser map[bot.User]string
}

const maxDirects = 10000

func (d *directs) get(u bot.User) (string, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	id, ok := d.byUser[u]
	return id, ok
}

func (d *directs) put(u bot.User, id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.byUser) >= maxDirects {
		clear(d.byUser)
	}
	d.byUser[u] = id
}

// forget drops what is remembered of a workspace that removed the app.
func (d *directs) forget(t bot.TenantID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for u := range d.byUser {
		if u.Tenant == t {
			delete(d.byUser, u)
		}
	}
}
