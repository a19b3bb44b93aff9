package bottest

import (
	"context"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	"cymar/bot"
)

var (
	_ bot.Sender   = (*Platform)(nil)
	_ bot.Updater  = (*Platform)(nil)
	_ bot.Opener   = (*Platform)(nil)
	_ bot.Uploader = (*Platform)(nil)
)

// Sent is what reached the fake platform.
type Sent struct {
	How     string // "send", "update", "open" or "upload"
	To      bot.Place
	Only    *bot.User
	Card    bot.Card
	File    bot.FileRef
	Body    string // of an upload
	Opened  bot.User
	Message bot.MessageID // what the platform called it; for an update, what was changed
}

// Text is what was sent, as plain text.
func (s Sent) Text() string { return s.Card.Plain() }

// Platform is a platform that records what it is sent. Its fields may be set
// until it is first used.
type Platform struct {
	Name bot.Platform // "fake" when empty
	Can  bot.Caps
	// Pieces is into how many cards a card is split; 1 when zero.
	Pieces int
	// Before is called before anything is accepted: an error refuses it, and
	// waiting makes the platform slow.
	Before func(ctx context.Context, s Sent) error
	// After is called once it is accepted and recorded: an error is a
	// platform that took the message and failed to say so.
	After func(ctx context.Context, s Sent) error

	mu   sync.Mutex
	sent []Sent
	more chan struct{} // closed and replaced whenever something was recorded
}

// NewPlatform is a platform that can do everything.
func NewPlatform() *Platform {
	return &Platform{Can: bot.Caps{Ephemeral: true, Update: true, Forms: true, Files: true, Threads: true, Mention: "@Cymar"}}
}

// Platform is the fake's name.
func (p *Platform) Platform() bot.Platform {
	if p.Name == "" {
		return "fake"
	}
	return p.Name
}

// Caps is Can.
func (p *Platform) Caps() bot.Caps { return p.Can }

// Split makes Pieces of a card, each with its number in the summary.
func (p *Platform) Split(c bot.Card) []bot.Card {
	if p.Pieces <= 1 {
		return []bot.Card{c}
	}
	out := make([]bot.Card, p.Pieces)
	for i := range out {
		out[i] = c
		out[i].Summary = fmt.Sprintf("%s (%d/%d)", c.Summary, i+1, p.Pieces)
	}
	return out
}

// Send records a card.
func (p *Platform) Send(ctx context.Context, to bot.Place, only *bot.User, card bot.Card) (bot.MessageID, error) {
	return p.take(ctx, Sent{How: "send", To: to, Only: only, Card: card})
}

// Update records a change to a card.
func (p *Platform) Update(ctx context.Context, in bot.Place, m bot.MessageID, card bot.Card) error {
	_, err := p.take(ctx, Sent{How: "update", To: in, Message: m, Card: card})
	return err
}

// Open records that a direct chat was opened; its id is made from the person's.
func (p *Platform) Open(ctx context.Context, u bot.User) (bot.Place, error) {
	to := Direct(u)
	_, err := p.take(ctx, Sent{How: "open", To: to, Opened: u})
	return to, err
}

// Upload records a file.
func (p *Platform) Upload(ctx context.Context, to bot.Place, f bot.FileRef, body io.Reader) (bot.MessageID, error) {
	b, err := io.ReadAll(body)
	if err != nil {
		return "", err
	}
	return p.take(ctx, Sent{How: "upload", To: to, File: f, Body: string(b)})
}

func (p *Platform) take(ctx context.Context, s Sent) (bot.MessageID, error) {
	if p.Before != nil {
		if err := p.Before(ctx, s); err != nil {
			return "", err
		}
	}
	p.mu.Lock()
	if s.Message == "" {
		s.Message = bot.MessageID(fmt.Sprintf("m%d", len(p.sent)+1))
	}
	p.sent = append(p.sent, s)
	if p.more != nil {
		close(p.more)
	}
	p.more = make(chan struct{})
	p.mu.Unlock()
	if p.After != nil {
		return s.Message, p.After(ctx, s)
	}
	return s.Message, nil
}

// All is what was recorded so far, in order.
func (p *Platform) All() []Sent {
	sent, _ := p.look()
	return sent
}

func (p *Platform) look() ([]Sent, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.more == nil {
		p.more = make(chan struct{})
	}
	return append([]Sent(nil), p.sent...), p.more
}

// Await waits until at least n things were recorded and returns them all.
func (p *Platform) Await(tb testing.TB, n int) []Sent {
	tb.Helper()
	t := time.NewTimer(Patience)
	defer t.Stop()
	for {
		sent, more := p.look()
		if len(sent) >= n {
			return sent
		}
		select {
		case <-more:
		case <-t.C:
			tb.Fatalf("the platform got %d of %d messages in %v", len(sent), n, Patience)
		}
	}
}

// Plain is the same platform with nothing but Send: it cannot change a card,
// open a chat or take a file.
func (p *Platform) Plain() bot.Sender { return struct{ bot.Sender }{p} }

// Fail is a function for Before or After that returns each error in turn, nil
// for no error, and nil ever after.
func Fail(errs ...error) func(context.Context, Sent) error {
	var mu sync.Mutex
	return func(context.Context, Sent) error {
		mu.Lock()
		defer mu.Unlock()
		if len(errs) == 0 {
			return nil
		}
		err := errs[0]
		errs = errs[1:]
		return err
	}
}

// Refused is a *bot.SendError.
func Refused(r bot.Reason, after time.Duration) error {
	return &bot.SendError{Reason: r, After: after}
}
