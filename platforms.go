package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"cymar/adapters/playground"
	"cymar/adapters/slack"
	"cymar/adapters/teams"
	"cymar/bot"
	"cymar/config"
)

// platforms is the adapters that run, so that a handler reaches people and
// files without knowing where they are.
type platforms []bot.Sender

func (p platforms) of(name bot.Platform) bot.Sender {
	for _, s := range p {
		if s.Platform() == name {
			return s
		}
	}
	return nil
}

// People is who is in a place.
func (p platforms) People(ctx context.Context, in bot.Place) ([]bot.Person, error) {
	who, ok := p.of(in.Platform).(bot.People)
	if !ok {
		return nil, &bot.SendError{Reason: bot.Invalid, Err: errors.New("this platform does not tell who is in a place")}
	}
	return who.People(ctx, in)
}

// Open opens a file that was dropped into a chat.
func (p platforms) Open(ctx context.Context, on bot.Platform, f bot.FileRef) (io.ReadCloser, error) {
	from, ok := p.of(on).(bot.Fetcher)
	if !ok {
		return nil, &bot.SendError{Reason: bot.Invalid, Err: errors.New("this platform gives no files")}
	}
	return from.Fetch(ctx, f)
}

// connected reports whether the bot is on a real platform. Then there is no
// playground: its clock would move the reminders of real people.
func connected(cfg config.Config) bool { return cfg.Slack.Set() || cfg.Teams.Set() }

// connect makes the adapters that the settings ask for, and the playground
// where they ask for none.
func (a *app) connect(now bot.Clock) error {
	inSlack, err := slack.New(a.slackOptions(now))
	if err != nil {
		return err
	}
	if moved, ok := now.(*playground.Clock); ok && !connected(a.cfg) {
		a.page = playground.New(playground.Options{
			Clock: moved, Log: a.log, Volatile: a.store.Volatile, Renderers: []playground.Renderer{
				{Name: "Block Kit (Slack)", Render: inSlack.JSON}, {Name: "Adaptive Card (Teams)", Render: teams.Render},
			},
		})
		a.on = append(a.on, a.page)
	}
	if a.cfg.Slack.Set() {
		a.on, a.sources = append(a.on, inSlack), append(a.sources, inSlack)
	}
	if a.cfg.Slack.Signing.Set() {
		a.hooks = append(a.hooks, inSlack)
	}
	if a.cfg.Teams.Set() {
		t, err := teams.New(a.teamsOptions())
		if err != nil {
			return usageError{err}
		}
		a.on, a.hooks = append(a.on, t), append(a.hooks, t)
	}
	return nil
}

func (a *app) slackOptions(now bot.Clock) slack.Options {
	c := a.cfg.Slack
	o := slack.Options{BotToken: c.BotToken.Reveal(), AppToken: c.AppToken.Reveal(), Signing: c.Signing.Reveal(), APIURL: c.APIURL, Clock: now, Log: a.log}
	if c.ClientID != "" {
		o.OAuth = &slack.OAuth{ClientID: c.ClientID, ClientSecret: c.ClientSecret.Reveal(), PublicURL: c.PublicURL, Vault: a.store.Vault()}
	}
	return o
}

func (a *app) teamsOptions() teams.Options {
	c := a.cfg.Teams
	return teams.Options{
		AppID: c.AppID, Tenant: bot.TenantID(c.Tenant), Secret: c.Secret.Reveal, Identity: c.Identity, Name: c.Name,
		Endpoints: teams.Endpoints{OpenID: c.OpenID, Issuer: c.Issuer, Login: c.Login, Service: c.Service, Graph: c.Graph},
		Hosts:     c.Hosts, FileAt: c.Drive, Parcels: a.store.Parcels(), History: c.History, Log: a.log,
	}
}

// checker is an adapter that can try whether its settings are good.
type checker interface {
	Check(ctx context.Context) (where string, err error)
}

// reach asks each platform whether the bot is known there, and says where.
func (a *app) reach(ctx context.Context, out io.Writer) error {
	for _, s := range a.on {
		c, ok := s.(checker)
		if !ok {
			continue
		}
		where, err := c.Check(ctx)
		if err != nil {
			return usageError{fmt.Errorf("%s does not take the settings: %w", s.Platform(), err)}
		}
		_, _ = fmt.Fprintf(out, "%s: %s\n", s.Platform(), where)
	}
	return nil
}

// clockFor is the playground's, which can be moved, or the real time.
func clockFor(cfg config.Config) bot.Clock {
	if connected(cfg) {
		return bot.SystemClock{}
	}
	return playground.NewClock()
}

// door is an address and what is served there.
type door struct {
	at      net.Listener
	handler http.Handler
}

// serve serves a door until ctx ends, then lets what is in hand finish.
func (d door) serve(ctx context.Context) error {
	s := &http.Server{Handler: d.handler, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(d.at) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return s.Shutdown(last)
}

// inside is what is served on this machine only.
func (a *app) inside() http.Handler {
	mux := http.NewServeMux()
	if a.page != nil {
		a.page.Mount(mux, a.bot)
		a.desk.Mount(mux, a.bot)
	}
	mux.HandleFunc("GET /healthz", a.health)
	return mux
}

// outside is what the platforms call.
func (a *app) outside() http.Handler {
	mux := http.NewServeMux()
	for _, h := range a.hooks {
		h.Mount(mux, a.bot)
	}
	if a.cfg.Public != "" {
		a.desk.Mount(mux, a.bot)
	}
	return mux
}

// deskAt is where a platform's people reach the desk for overviews.
func (a *app) deskAt(p bot.Platform) string {
	if p == playground.Platform {
		return a.pageAt
	}
	return a.cfg.Public
}
