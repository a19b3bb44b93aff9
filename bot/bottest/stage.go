package bottest

import (
	"fmt"
	"log/slog"
	"testing"

	"cymar/bot"
	"cymar/bot/words"
)

// Stage is the core with some jobs on it, state in memory and a fake
// platform: a test says something and looks at what came back.
type Stage struct {
	Bot      *bot.Bot
	Memory   *Memory
	Platform *Platform
	Clock    *Clock

	tb   testing.TB
	n    int
	seen int
}

// NewStage sets the jobs up. jobs may change the core's options and gets the
// stage's own parts; the jobs that it returns are registered.
func NewStage(tb testing.TB, jobs func(s *Stage, o *bot.Options) []bot.Job) *Stage {
	tb.Helper()
	s := &Stage{Clock: NewClock(Start), Platform: NewPlatform(), tb: tb}
	s.Memory = NewMemory(s.Clock)
	core, err := words.Core()
	if err != nil {
		tb.Fatal(err)
	}
	o := bot.Options{
		Inbox: s.Memory, Outbox: s.Memory, Directory: s.Memory, Spaces: s.Memory, Profiles: s.Memory,
		Senders: []bot.Sender{s.Platform}, Language: words.Choose, Clock: s.Clock, Log: slog.New(slog.DiscardHandler),
		Words: func(lang bot.Lang, id string) string { return core.Say(lang, id) }, Patience: Patience,
	}
	o.Router = bot.NewRouter(jobs(s, &o)...)
	if s.Bot, err = bot.New(o); err != nil {
		tb.Fatal(err)
	}
	return s
}

// Say is somebody writing to the bot; it returns what that led to.
func (s *Stage) Say(u bot.User, in bot.Place, text string) []Sent {
	s.tb.Helper()
	_, sent := s.Do(u, in, bot.Said{Text: text, Message: "said", ToBot: true})
	return sent
}

// Press is somebody pressing a button.
func (s *Stage) Press(u bot.User, in bot.Place, action, value string) (*bot.Now, []Sent) {
	s.tb.Helper()
	return s.Do(u, in, bot.Pressed{Action: action, Value: value})
}

// Do lets something happen under an id of its own and returns what was
// answered at once and what was sent.
func (s *Stage) Do(u bot.User, in bot.Place, w bot.What) (*bot.Now, []Sent) {
	s.tb.Helper()
	s.n++
	return s.Receive(bot.Event{ID: bot.EventID(fmt.Sprintf("e%d", s.n)), At: s.Clock.Now(), From: u, In: in, What: w})
}

// Receive hands an event over and returns what was answered at once and what
// was sent since the last call, without the opening of direct chats.
func (s *Stage) Receive(ev bot.Event) (*bot.Now, []Sent) {
	s.tb.Helper()
	now, err := s.Bot.Receive(s.tb.Context(), ev)
	if err != nil {
		s.tb.Fatalf("not accepted: %v", err)
	}
	_ = s.Memory.Drain(s.tb.Context(), s.Bot) // what failed for good was reported as an event
	all := s.Platform.All()
	var out []Sent
	for _, sent := range all[s.seen:] {
		if sent.How != "open" {
			out = append(out, sent)
		}
	}
	s.seen = len(all)
	return now, out
}
