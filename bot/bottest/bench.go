package bottest

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"cymar/bot"
)

// Bench is a whole bot with its state in memory, for tests of handlers: what
// is said to it is answered before Say returns.
type Bench struct {
	*bot.Bot
	Memory   *Memory
	Platform *Platform
	Clock    *Clock

	tb   testing.TB
	said atomic.Int64
}

// NewBench is a bot with these jobs. Edit, where given, changes its parts
// before it is made.
func NewBench(tb testing.TB, jobs []bot.Job, edit ...func(*bot.Options)) *Bench {
	tb.Helper()
	b := &Bench{Platform: NewPlatform(), Clock: NewClock(time.Time{}), tb: tb}
	b.Memory = NewMemory(b.Clock)
	o := bot.Options{Inbox: b.Memory, Outbox: b.Memory, Directory: b.Memory, Spaces: b.Memory, Profiles: b.Memory,
		Router: bot.NewRouter(append(slices.Clip(jobs), bot.Show{Directory: b.Memory, Words: IDs})...), Senders: []bot.Sender{b.Platform}, Words: IDs, Language: PersonFirst,
		Clock: b.Clock, Log: slog.New(slog.DiscardHandler)}
	for _, e := range edit {
		e(&o)
	}
	core, err := bot.New(o)
	if err != nil {
		tb.Fatal(err)
	}
	b.Bot = core
	return b
}

// IDs are words that show the id of the string, after the language.
func IDs(lang bot.Lang, id string) string { return string(lang) + ":" + id }

// PersonFirst is the language without reading the text: the person's, else the
// space's, else English.
func PersonFirst(_ string, person, space bot.Lang) bot.Lang {
	for _, l := range []bot.Lang{person, space} {
		if l != "" {
			return l
		}
	}
	return bot.English
}

// Do lets an event happen and returns what was answered inside the request
// and what reached the platform because of it.
func (b *Bench) Do(ev bot.Event) (*bot.Now, []Sent) {
	b.tb.Helper()
	before := len(b.Platform.All())
	now, err := b.Receive(b.tb.Context(), ev)
	if err != nil {
		b.tb.Fatalf("Receive: %v", err)
	}
	b.Drain()
	return now, b.Platform.All()[before:]
}

// Drain sends what is due. Failures are the test's to look for in the events
// that report them.
func (b *Bench) Drain() { _ = b.Memory.Drain(context.WithoutCancel(b.tb.Context()), b.Bot) }

// Say says something to the bot and returns what it sent. The same words said
// again are another message.
func (b *Bench) Say(u bot.User, in bot.Place, text string) []Sent {
	b.tb.Helper()
	ev := Said(u, in, text)
	ev.ID, ev.At = bot.EventID(fmt.Sprintf("%s:%d", ev.ID, b.said.Add(1))), b.Clock.Now()
	_, sent := b.Do(ev)
	return sent
}
