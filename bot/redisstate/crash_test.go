package redisstate_test

import (
	"context"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
)

// points is every step of claim, handle, commit, load, send and mark, and
// whether a message may go twice when a replica dies there.
var points = map[point]bool{
	{"begin", false}: false, {"begin", true}: false,
	{"handle", false}: false, {"handle", true}: false,
	{"commit", false}: false, {"commit", true}: false,
	{"load", false}: false, {"load", true}: false,
	{"sent", false}: false, {"sent", true}: false,
	{"send", false}: false, {"send", true}: true, // the first window: accepted, and we die before our mark
	{"mark", false}: true, {"mark", true}: false, // the same
	{"done", false}: false, {"done", true}: false,
}

func TestAReplicaThatDiesLosesNothingAndDoublesOnlyInTheNamedWindow(t *testing.T) {
	t.Parallel()
	for p, twice := range points {
		t.Run(p.String(), func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.options.Steal = 200 * time.Millisecond
			m := newMortal(p)
			b.jobs = []bot.Job{mortalJob{m}}
			first := b.mortalReplica(t, m)
			ev := bottest.Said(bottest.Person("u1"), bottest.Channel("c1"), "hello")
			_, err := first.Receive(t.Context(), ev)
			run(t, first)
			if err == nil {
				bottest.Closed(t, m.died, "the replica to die")
			}
			b.jobs = []bot.Job{answering{}}
			second := b.heir(t)
			if err != nil { // the platform was told so, and tries again
				retry(t, second, ev)
			}
			b.settled(t)
			b.sentOnce(t, twice)
		})
	}
}

// mortalJob answers like answering, in a replica that may die while it does.
type mortalJob struct{ m *mortal }

func (j mortalJob) Register(r *bot.Router) {
	r.Answer(bot.HandlerFunc(func(context.Context, bot.Event) (bot.Reply, error) {
		if err := j.m.passes("handle", false); err != nil {
			return bot.Reply{}, bot.Unavailable(err)
		}
		err := j.m.passes("handle", true)
		return bot.Reply{Sends: []bot.Send{{Card: bot.Say(bot.English, "you said hello")}}}, bot.Unavailable(err)
	}))
}

// mortalReplica is a replica with a client of its own that dies.
func (b *bench) mortalReplica(t *testing.T, m *mortal) *bot.Bot {
	client := b.server.Client(t)
	s, err := redisstate.New(t.Context(), client, b.options)
	if err != nil {
		t.Fatal(err)
	}
	client.AddHook(m)
	o := b.parts(s)
	o.Inbox = hasty{o.Inbox}
	o.Senders = []bot.Sender{dying{b.platform, m}}
	core, err := bot.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return core
}

// heir is a replica that lives, with short leases as well.
func (b *bench) heir(t *testing.T) *bot.Bot {
	o := b.parts(b.store(t))
	o.Inbox = hasty{o.Inbox}
	core, err := bot.New(o)
	if err != nil {
		t.Fatal(err)
	}
	run(t, core)
	return core
}

// dying is the way to the platform of a replica that may die at it.
type dying struct {
	bot.Sender
	m *mortal
}

func (d dying) Send(ctx context.Context, to bot.Place, only *bot.User, c bot.Card) (bot.MessageID, error) {
	if err := d.m.passes("send", false); err != nil {
		return "", err
	}
	id, err := d.Sender.Send(ctx, to, only, c)
	if err == nil {
		err = d.m.passes("send", true)
	}
	return id, err
}

// retry does what a platform does with an event that was not accepted.
func retry(t *testing.T, core *bot.Bot, ev bot.Event) {
	t.Helper()
	bottest.Eventually(t, "the event is accepted", func() bool {
		_, err := core.Receive(t.Context(), ev)
		return err == nil
	})
}

// settled waits until nothing is on its way any more.
func (b *bench) settled(t *testing.T) {
	t.Helper()
	s := b.store(t)
	bottest.Eventually(t, "nothing is on its way", func() bool {
		st, err := s.Stats(t.Context())
		return err == nil && st.Delayed == 0 && st.Waiting[bot.Replies]+st.Waiting[bot.Nudges]+st.Waiting[bot.Work] == 0
	})
}

// sentOnce checks that the platform got the message once or, where that is
// allowed, twice and counted.
func (b *bench) sentOnce(t *testing.T, twice bool) {
	t.Helper()
	n := len(b.platform.All())
	st, err := b.store(t).Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n == 0 || n > 2 || n == 2 && !twice {
		t.Errorf("the platform got it %d times", n)
	}
	if twice && (n != 2 || st.TwiceDied == 0) {
		t.Errorf("sent %d times, counted as a double %d times: this window is not what it is said to be", n, st.TwiceDied)
	}
}
