// Package adaptertest says what every adapter must do, whatever its platform.
// An adapter's own test sets up the adapter with a fake of its platform, fills
// in a Rig and calls Exercise; what is peculiar to the platform it tests
// beside that. Only tests import it.
package adaptertest

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

// World is what an adapter is started in.
type World struct {
	Receiver bot.Receiver
	Clock    *bottest.Clock // the suite moves it on before every send, so that no pace holds it up
	Log      *slog.Logger   // the suite looks for secrets and texts in it
}

// Start sets up one adapter with a fake of its platform around it. What it
// opens ends with the test; every part of the suite starts its own.
type Start func(t *testing.T, w World) Rig

// Rig is an adapter with a fake platform around it, ready to be used.
type Rig struct {
	Sender bot.Sender
	// Run is Source.Run where the adapter goes and gets its events; nil where
	// the platform calls it. The suite runs it and ends it.
	Run func(ctx context.Context) error
	// Deliver brings one payload to the adapter as the platform does, once. It
	// reports whether the platform may take it as delivered; false means that
	// the platform would try again.
	Deliver  func(payload string) bool
	Payloads Payloads

	// Person can be reached in a direct chat, Stranger cannot. A zero Stranger
	// is for platforms that tell so only later.
	Person, Stranger bot.User
	// Arrived is what reached the fake platform as messages, oldest first: a
	// changed message comes once more under its id.
	Arrived func() []Arrival
	// Read shows a message's body as the platform would show it. The error is
	// a broken limit or a form that the platform does not know.
	Read func(body string) (Shown, error)
	// Break makes the next call to the platform fail; nil where there is no
	// wire that could break.
	Break func(Fault)
	// Secrets may appear in no error and no log line.
	Secrets []string
	// Passing lists statuses below 500 that the platform asks to try again,
	// besides 429.
	Passing []int
}

// Payloads is events as the platform sends them. In the first four somebody
// wrote the word “zebrafinch”, which may not appear in a log.
type Payloads struct {
	Mention string   // to the bot, in a channel, by a mention
	Direct  string   // in the direct chat with the bot, by Person
	Channel string   // in a channel, to nobody in particular
	Again   []string // Mention as it may come under other names: retries, a second kind of event
	Own     []string // what the bot itself, or another bot, wrote
	Unknown []string // what is no event that we know, or no event at all
}

// Arrival is one message as it reached the fake platform.
type Arrival struct {
	Place   bot.PlaceID
	Only    bot.UserID // the one who sees it; empty for everybody
	Message bot.MessageID
	Body    string
}

// Shown is what a person sees of a message.
type Shown struct {
	Text     string   // all words, in order
	Mentions []string // people, groups or channels that it calls or points to
	Links    []string // addresses that can be followed, but for buttons
}

// Fault is how the next call to the platform fails. Of the fields one is set.
type Fault struct {
	Status     int           // answered with this HTTP status
	RetryAfter time.Duration // and this header, where not 0
	Cut        bool          // the connection is cut before anything is answered
	Garbage    bool          // 200, and a body that is no answer
	Stall      bool          // nothing is answered until the caller gives up
}

// Exercise runs the whole suite on an adapter.
func Exercise(t *testing.T, start Start) {
	for name, part := range map[string]func(*testing.T, *stage){
		"the same payload is the same event":                              samePayload,
		"a mention is stripped and the message is for the bot":            mentionStripped,
		"what people say to each other is not for the bot":                notForTheBot,
		"what a bot wrote is no event":                                    ownIgnored,
		"what nobody knows is accepted and is no event":                   unknownAccepted,
		"what was not accepted comes again":                               tryAgain,
		"a direct chat's place can be stored, reloaded and sent to":       placeStored,
		"a direct chat can be opened":                                     opened,
		"a message for one person is seen by that person":                 onlyOne,
		"a card can be changed":                                           changed,
		"what it says that it can do it can do":                           capable,
		"every fixture card is shown whole and within the limits":         fixtures,
		"every status of the platform has its reason":                     statuses,
		"a connection that is cut, slow or nonsense is the world's fault": broken,
		"no error and no log line carries a secret or a text":             secrets,
		"it ends within five seconds of being told to":                    ending,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			part(t, newStage(t, start))
		})
	}
	for name, text := range bottest.Hostile() {
		t.Run("no text becomes a mention or a link, and none is lost: "+name, func(t *testing.T) {
			t.Parallel()
			hostile(t, newStage(t, start), text)
		})
	}
}

// stage is one rig, running, with what it received and logged.
type stage struct {
	Rig
	took  *Taker
	clock *bottest.Clock
	log   *lockedBuffer
	ended chan error // what Run returned; nil where there is none
	stop  context.CancelFunc
}

func newStage(t *testing.T, start Start) *stage {
	t.Helper()
	s := &stage{took: &Taker{}, clock: bottest.NewClock(time.Time{}), log: &lockedBuffer{}}
	log := slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s.Rig = start(t, World{Receiver: s.took, Clock: s.clock, Log: log})
	if s.Run == nil {
		return s
	}
	var ctx context.Context
	ctx, s.stop = context.WithCancel(context.WithoutCancel(t.Context()))
	s.ended = make(chan error, 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.ended <- s.Run(ctx)
	}()
	t.Cleanup(func() { s.stop(); <-done })
	return s
}

// send puts a card on the platform, a minute after whatever came before.
func (s *stage) send(ctx context.Context, to bot.Place, only *bot.User, c bot.Card) (bot.MessageID, error) {
	s.clock.Advance(time.Minute)
	return s.Sender.Send(ctx, to, only, c)
}

// direct is Person's direct chat, as an event brought it.
func (s *stage) direct(t *testing.T) bot.Place {
	t.Helper()
	if !s.Deliver(s.Payloads.Direct) {
		t.Fatal("the message in the direct chat was not accepted")
	}
	return s.took.Last(t).In
}

// last is the newest message on the platform.
func (s *stage) last(t *testing.T) Arrival {
	t.Helper()
	all := s.Arrived()
	if len(all) == 0 {
		t.Fatal("nothing reached the platform")
	}
	return all[len(all)-1]
}

// Taker is a receiver that keeps what it got. Set Fail to refuse events and
// Now to answer them.
type Taker struct {
	mu     sync.Mutex
	events []bot.Event
	fail   error
	now    *bot.Now
}

// Receive keeps the event, unless it was told to refuse.
func (k *Taker) Receive(_ context.Context, ev bot.Event) (*bot.Now, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.fail != nil {
		return nil, k.fail
	}
	k.events = append(k.events, ev)
	return k.now, nil
}

// Refuse makes it refuse what comes, with err, or accept again with nil.
func (k *Taker) Refuse(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.fail = err
}

// Answer is what every event is answered with from now on.
func (k *Taker) Answer(now *bot.Now) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.now = now
}

// All is what was accepted so far.
func (k *Taker) All() []bot.Event {
	k.mu.Lock()
	defer k.mu.Unlock()
	return append([]bot.Event(nil), k.events...)
}

// Last is the newest event; the test fails where there is none.
func (k *Taker) Last(tb testing.TB) bot.Event {
	tb.Helper()
	all := k.All()
	if len(all) == 0 {
		tb.Fatal("no event came")
	}
	return all[len(all)-1]
}

// errRefused is what a receiver answers that cannot take an event in.
var errRefused = bot.Unavailable(errors.New("not now"))

// lockedBuffer is a log that several goroutines write to.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// holds reports which of the secrets a text shows.
func holds(text string, secrets []string) (string, bool) {
	for _, s := range secrets {
		if s != "" && strings.Contains(text, s) {
			return s, true
		}
	}
	return "", false
}
