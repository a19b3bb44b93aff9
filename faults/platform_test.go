//go:build linux

package faults

import (
	"context"
	"maps"
	"sync"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

// platform counts what arrives, by place.
type platform struct {
	before func(ctx context.Context, to bot.Place) error // may refuse, or take its time
	after  func(ctx context.Context, to bot.Place) error // took it, and may fail to say so

	mu    sync.Mutex
	got   map[bot.PlaceID]int
	total int
	more  chan struct{} // closed and replaced when something arrives
}

func newPlatform() *platform {
	return &platform{got: map[bot.PlaceID]int{}, more: make(chan struct{})}
}

func (*platform) Platform() bot.Platform      { return "fake" }
func (*platform) Caps() bot.Caps              { return bot.Caps{Ephemeral: true} }
func (*platform) Split(c bot.Card) []bot.Card { return []bot.Card{c} }
func (p *platform) all() map[bot.PlaceID]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.got)
}
func (p *platform) add(to bot.PlaceID, n int) { p.mu.Lock(); defer p.mu.Unlock(); p.got[to] += n }
func (p *platform) Open(_ context.Context, u bot.User) (bot.Place, error) {
	return bottest.Direct(u), nil
}

func (p *platform) Send(ctx context.Context, to bot.Place, _ *bot.User, _ bot.Card) (bot.MessageID, error) {
	if p.before != nil {
		if err := p.before(ctx, to); err != nil {
			return "", err
		}
	}
	p.mu.Lock()
	p.got[to.ID]++
	p.total++
	close(p.more)
	p.more = make(chan struct{})
	p.mu.Unlock()
	if p.after != nil {
		return "m", p.after(ctx, to)
	}
	return "m", nil
}

// await waits until so many have arrived.
func (p *platform) await(t *testing.T, n int) {
	t.Helper()
	end := time.NewTimer(patience)
	defer end.Stop()
	for {
		p.mu.Lock()
		total, more := p.total, p.more
		p.mu.Unlock()
		if total >= n {
			return
		}
		select {
		case <-more:
		case <-end.C:
			t.Fatalf("%d of %d messages in %v", total, n, patience)
		}
	}
}
