// Package playground is the whole bot on a web page, with no account and no
// network: a few people to be, a community channel, a meeting chat, and each
// person's direct chat with the bot. It speaks the same events and cards as
// the real platforms, so what works here works there.
//
// It listens on loopback only. What is said on the page is kept in memory and
// is gone when the program stops; what the bot keeps of it is in its store.
package playground

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"

	"cymar/bot"
)

// Names of the platform and its one installation.
const (
	Platform bot.Platform = "playground"
	Tenant   bot.TenantID = "playground"
)

// Renderer shows a card in another platform's own form.
type Renderer struct {
	Name   string // "Slack Block Kit"
	Render func(bot.Card) ([]byte, error)
}

// Options is what the playground is made of.
type Options struct {
	Clock     *Clock
	Log       *slog.Logger
	Volatile  bool // nothing outlives the process; the page says so
	Renderers []Renderer
}

// Playground is the adapter.
type Playground struct {
	o     Options
	hub   *hub
	boot  string // tells one run's events from another's
	count counter
}

var (
	_ bot.Webhook  = (*Playground)(nil)
	_ bot.Sender   = (*Playground)(nil)
	_ bot.Updater  = (*Playground)(nil)
	_ bot.Opener   = (*Playground)(nil)
	_ bot.Uploader = (*Playground)(nil)
	_ bot.Fetcher  = (*Playground)(nil)
	_ bot.People   = (*Playground)(nil)
)

// New makes the adapter; Close ends what its pages are waiting for.
func New(o Options) *Playground {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Playground{o: o, hub: newHub(), boot: fmt.Sprintf("%x", o.Clock.Now().UnixNano())}
}

// Close lets every open page go.
func (p *Playground) Close() { p.hub.close() }

// counter gives numbers that are used once in a run.
type counter struct {
	mu sync.Mutex
	n  int
}

func (c *counter) next() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	return c.n
}

// Platform names the adapter.
func (p *Playground) Platform() bot.Platform { return Platform }

// Caps is what the page can do: everything that the richest platform can.
func (p *Playground) Caps() bot.Caps {
	return bot.Caps{Ephemeral: true, Update: true, Forms: true, Files: true, Threads: true, Mention: mention}
}

// Split leaves a card whole: the page has no limit.
func (p *Playground) Split(c bot.Card) []bot.Card { return []bot.Card{c} }

// Send puts a card on the page, for everybody in the place or for one.
func (p *Playground) Send(_ context.Context, to bot.Place, only *bot.User, card bot.Card) (bot.MessageID, error) {
	if !known(to.ID) {
		return "", &bot.SendError{Reason: bot.Unreachable, Err: errors.New("there is no such place")}
	}
	m := message{Place: to.ID, Thread: to.Thread, From: botID, Card: &card}
	if only != nil {
		m.Only = only.ID
	}
	return p.post(m), nil
}

// post numbers a message and shows it.
func (p *Playground) post(m message) bot.MessageID {
	m.ID = bot.MessageID(fmt.Sprintf("%s-%d", p.boot, p.count.next()))
	m.At = p.o.Clock.Now()
	p.hub.put(m)
	return m.ID
}

// Update changes a card that is on the page.
func (p *Playground) Update(_ context.Context, _ bot.Place, id bot.MessageID, card bot.Card) error {
	if !p.hub.change(id, func(m *message) { m.Card = &card }) {
		return &bot.SendError{Reason: bot.Unreachable, Err: errors.New("the message is gone")}
	}
	return nil
}

// Open is a person's direct chat; each has one.
func (p *Playground) Open(_ context.Context, u bot.User) (bot.Place, error) {
	if !isCast(u.ID) {
		return bot.Place{}, &bot.SendError{Reason: bot.Unreachable, Err: bot.ErrUnreachable}
	}
	return directOf(u.ID), nil
}

// Upload offers a file for download.
func (p *Playground) Upload(_ context.Context, to bot.Place, f bot.FileRef, body io.Reader) (bot.MessageID, error) {
	data, err := io.ReadAll(io.LimitReader(body, maxUpload+1))
	if err != nil || len(data) > maxUpload {
		return "", &bot.SendError{Reason: bot.Invalid, Err: errors.New("the file is too large for the page")}
	}
	f.Data = data
	return p.post(message{Place: to.ID, Thread: to.Thread, From: botID, File: &f}), nil
}

// Fetch opens a file that was dropped on the page.
func (p *Playground) Fetch(_ context.Context, f bot.FileRef) (io.ReadCloser, error) {
	body, ok := p.hub.file(f.Route)
	if !ok {
		return nil, &bot.SendError{Reason: bot.Unreachable, Err: errors.New("the file is gone")}
	}
	return io.NopCloser(body), nil
}

// People is everybody who can be played.
func (p *Playground) People(context.Context, bot.Place) ([]bot.Person, error) {
	out := make([]bot.Person, len(cast))
	for i, c := range cast {
		out[i] = bot.Person{User: userOf(c.ID), Name: c.Name}
	}
	return out, nil
}
