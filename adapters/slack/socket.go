package slack

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"sync"
	"time"

	api "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"cymar/bot"
)

const (
	// inHand is how many deliveries are handled at once, over all sockets.
	inHand = 64
	// drain is how long what is in hand may take once it is to end.
	drain = 3 * time.Second
	// again is how long it waits when Slack will not let it connect.
	again = 30 * time.Second
	// maxFrame is how large a delivery over a socket may be, in bytes.
	maxFrame = 4 << 20
)

// Run holds the sockets open until ctx ends, and lets what is in hand finish.
// Slack closes each of them several times a day and a gap opens then, so there
// are two. What came and was not acknowledged Slack sends again.
func (s *Slack) Run(ctx context.Context, r bot.Receiver) error {
	if s.o.BotToken != "" {
		if _, err := s.learn(ctx); err != nil && ctx.Err() == nil {
			s.o.Log.Warn("slack: the bot token was not taken", "reason", reasonFor(err))
		}
	}
	if s.o.AppToken == "" {
		<-ctx.Done()
		return nil
	}
	k := &socket{Slack: s, receiver: r, hands: make(chan struct{}, inHand)}
	// The sockets outlive ctx for a moment: the last acknowledgements go out
	// over them.
	alive, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	var sockets sync.WaitGroup
	for range s.o.Sockets {
		sockets.Go(func() { k.hold(ctx, alive) })
	}
	<-ctx.Done()
	k.settle()
	cut()
	sockets.Wait()
	return nil
}

// socket is what the sockets share.
type socket struct {
	*Slack
	receiver bot.Receiver
	hands    chan struct{}
	work     sync.WaitGroup
}

// settle waits for what is in hand, but not for long.
func (k *socket) settle() {
	done := make(chan struct{})
	go func() { k.work.Wait(); close(done) }()
	limit := time.NewTimer(drain)
	defer limit.Stop()
	select {
	case <-done:
	case <-limit.C:
	}
}

// hold keeps one socket open, whatever becomes of it.
func (k *socket) hold(ctx, alive context.Context) {
	for ctx.Err() == nil {
		err := k.once(ctx, alive)
		if ctx.Err() != nil {
			return
		}
		k.o.Log.Warn("slack: the socket is closed and is opened again", "reason", reasonFor(err))
		pause := time.NewTimer(wait(err))
		select {
		case <-ctx.Done():
		case <-pause.C:
		}
		pause.Stop()
	}
}

// wait is shorter where Slack did not refuse us.
func wait(err error) time.Duration {
	if codeOf(err) != "" {
		return again
	}
	return time.Second
}

// once opens a socket and reads it until it ends for good; slack-go opens it
// again by itself when Slack asks for that.
func (k *socket) once(ctx, alive context.Context) error {
	sm := socketmode.New(k.appClient(), socketmode.OptionReadLimit(maxFrame), socketmode.OptionLog(log.New(io.Discard, "", 0)))
	alive, cut := context.WithCancel(alive)
	defer cut()
	ended := make(chan error, 1)
	go func() { ended <- sm.RunContext(alive) }()
	up := 0
	defer func() { k.opened(-up) }()
	for {
		select {
		case ev := <-sm.Events:
			was := up
			up = state(ev.Type, up)
			k.opened(up - was)
			if ctx.Err() == nil {
				k.took(ctx, alive, sm, ev)
			}
		case err := <-ended:
			return err
		}
	}
}

// state is 1 while a socket is open: from Slack's greeting until it is opened
// anew.
func state(t socketmode.EventType, now int) int {
	switch t {
	case socketmode.EventTypeHello:
		return 1
	case socketmode.EventTypeConnecting, socketmode.EventTypeConnectionError:
		return 0
	}
	return now
}

// delivered is what came over a socket, as far as it is needed.
type delivered struct {
	Envelope string          `json:"envelope_id"`
	Type     string          `json:"type"`
	Payload  json.RawMessage `json:"payload"`
}

// took handles one thing that came, in a goroutine of its own. What slack-go
// could not read it reports without acknowledging it, and Slack would send it
// for ever: it is read here like all else.
func (k *socket) took(ctx, alive context.Context, sm *socketmode.Client, ev socketmode.Event) {
	var d delivered
	switch data := ev.Data.(type) {
	case *api.ConnectionErrorEvent:
		k.o.Log.Warn("slack: the socket was not opened and is tried again", "reason", reasonFor(data.ErrorObj))
		return
	case *socketmode.ErrorBadMessage:
		if json.Unmarshal(data.Message, &d) != nil {
			return
		}
	default:
		if ev.Request == nil {
			return
		}
		d = delivered{ev.Request.EnvelopeID, ev.Request.Type, ev.Request.Payload}
	}
	if d.Envelope == "" {
		return
	}
	select {
	case k.hands <- struct{}{}:
	case <-ctx.Done():
		return
	}
	k.work.Go(func() {
		defer func() { <-k.hands }()
		k.answer(alive, sm, d)
	})
}

// answer handles a delivery and acknowledges it where it was accepted. Silence
// makes Slack send it again.
func (k *socket) answer(ctx context.Context, sm *socketmode.Client, d delivered) {
	answer, err := k.handle(ctx, k.receiver, d.Type, d.Payload)
	if err != nil {
		k.o.Log.Warn("slack: a delivery was not accepted and will come again", "reason", reasonFor(err))
		return
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	if err := sm.AckCtx(ctx, d.Envelope, answer); err != nil {
		k.o.Log.Warn("slack: a delivery could not be acknowledged and will come again")
	}
}
