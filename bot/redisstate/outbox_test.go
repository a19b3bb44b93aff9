package redisstate_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cymar/bot"
	"cymar/bot/bottest"
)

// scripted is a job made of functions.
type scripted struct {
	answer   func(ev bot.Event) (bot.Reply, error)
	tick     func(ev bot.Event) (bot.Reply, error)
	outcomes chan bot.What // what became of sends whose key begins with "told:"
}

func (s scripted) Register(r *bot.Router) {
	if s.answer != nil {
		r.Answer(bot.HandlerFunc(func(_ context.Context, ev bot.Event) (bot.Reply, error) { return s.answer(ev) }))
	}
	if s.tick != nil {
		r.Tick("test.job", "0 9 * * *", bot.HandlerFunc(func(_ context.Context, ev bot.Event) (bot.Reply, error) { return s.tick(ev) }))
	}
	if s.outcomes != nil {
		r.Outcome("told:", bot.HandlerFunc(func(_ context.Context, ev bot.Event) (bot.Reply, error) {
			s.outcomes <- ev.What
			return bot.Reply{}, nil
		}))
	}
}

// sends is a job that answers everything with the same sends.
func sends(all ...bot.Send) scripted {
	return scripted{answer: func(bot.Event) (bot.Reply, error) { return bot.Reply{Sends: all}, nil }}
}

func say(text string) bot.Send { return bot.Send{Card: bot.Say(bot.English, text)} }

var hello = bottest.Said(bottest.Person("u1"), bottest.Channel("c1"), "hello")

func receive(t *testing.T, core *bot.Bot, ev bot.Event) {
	t.Helper()
	if _, err := core.Receive(t.Context(), ev); err != nil {
		t.Fatal(err)
	}
}

func texts(sent []bottest.Sent) []string {
	var all []string
	for _, s := range sent {
		all = append(all, s.Text())
	}
	return all
}

func TestTwentyCopiesOfOneEventGiveOneAnswer(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.jobs = []bot.Job{answering{}}
	var replicas []*bot.Bot
	for range 5 {
		replicas = append(replicas, b.replica(t))
	}
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() { retry(t, replicas[i%5], hello) })
	}
	wg.Wait()
	b.settled(t)
	if n := len(b.platform.All()); n != 1 {
		t.Errorf("%d answers", n)
	}
}

func TestFiveReplicasHandleOneTickOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	var handled atomic.Int64
	b.jobs = []bot.Job{scripted{tick: func(bot.Event) (bot.Reply, error) {
		handled.Add(1)
		return bot.Reply{Sends: []bot.Send{{To: bot.DM(bottest.Person("ann")), Card: bot.Say(bot.English, "due"), Key: "ann:1"}}}, nil
	}}}
	tick := bottest.Tick("test.job", b.clock.Now())
	var wg sync.WaitGroup
	for range 5 {
		core := b.replica(t)
		wg.Go(func() { retry(t, core, tick) })
	}
	wg.Wait()
	b.settled(t)
	if n := handled.Load(); n != 1 {
		t.Errorf("handled %d times", n)
	}
	got := b.platform.All()
	if len(got) != 2 || got[0].How != "open" || got[1].Text() != "due" {
		t.Errorf("got %v", got)
	}
}

func TestAStormOfNudgesNeverHoldsUpAnAnswer(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	release := make(chan struct{})
	defer close(release)
	b.platform.Before = func(ctx context.Context, s bottest.Sent) error {
		if s.Text() == "nudge" {
			select {
			case <-release:
			case <-ctx.Done():
			}
			return ctx.Err()
		}
		return nil
	}
	b.jobs = []bot.Job{answering{}, scripted{tick: storm(500)}}
	core := b.replica(t)
	for i := range 4 {
		receive(t, core, bottest.Tick("test.job", b.clock.Now().Add(time.Duration(i)*time.Minute)))
	}
	receive(t, core, hello)
	if got := b.platform.Await(t, 1)[0].Text(); got != "you said hello" {
		t.Errorf("got %q", got)
	}
}

// storm is a tick's handler that nudges n people.
func storm(n int) func(bot.Event) (bot.Reply, error) {
	return func(ev bot.Event) (bot.Reply, error) {
		var r bot.Reply
		for i := range n {
			r.Sends = append(r.Sends, bot.Send{To: bot.InPlace(bottest.Channel(bot.PlaceID(fmt.Sprint("c", i)))),
				Card: bot.Say(bot.English, "nudge"), Key: fmt.Sprint(ev.ID, i)})
		}
		return r, nil
	}
}

func TestASendWaitsForItsTime(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	later := say("later")
	later.NotBefore = b.clock.Now().Add(time.Hour)
	b.jobs = []bot.Job{sends(say("now"), later)}
	core := b.replica(t)
	receive(t, core, hello)
	if got := texts(b.platform.Await(t, 1)); !cmp.Equal(got, []string{"now"}) {
		t.Fatalf("got %v", got)
	}
	b.clock.Advance(time.Hour)
	if got := texts(b.platform.Await(t, 2)); !cmp.Equal(got, []string{"now", "later"}) {
		t.Errorf("got %v", got)
	}
}

func TestWhatComesTooLateIsDropped(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	s := say("only today")
	s.NotBefore, s.NotAfter, s.Key = b.clock.Now().Add(time.Hour), b.clock.Now().Add(2*time.Hour), "told:1"
	job := sends(s)
	job.outcomes = make(chan bot.What, 1)
	b.jobs = []bot.Job{job}
	core := b.replica(t)
	receive(t, core, hello)
	b.clock.Advance(3 * time.Hour)
	want := bot.Undelivered{Key: "told:1", Reason: bot.TooLate}
	if got := bottest.Receive(t, job.outcomes, "the outcome"); got != want {
		t.Errorf("got %v", got)
	}
	if got := b.platform.All(); len(got) != 0 {
		t.Errorf("sent %v", got)
	}
}

func TestThePartsOfOneAnswerGoInOrderAndARetryGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.platform.Before = bottest.Fail(nil, nil, bottest.Refused(bot.ServerFault, 0))
	b.platform.Pieces = 2
	b.jobs = []bot.Job{sends(say("one"), say("two"), say("three"))}
	core := b.replica(t)
	receive(t, core, hello)
	b.platform.Await(t, 2)
	b.waits(t, 1)
	b.clock.Advance(10 * time.Second)
	var got []string
	for _, s := range b.platform.Await(t, 6) {
		got = append(got, s.Card.Summary)
	}
	want := []string{"one (1/2)", "one (2/2)", "two (1/2)", "two (2/2)", "three (1/2)", "three (2/2)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// waits waits until n deliveries wait for their time.
func (b *bench) waits(t *testing.T, n int64) {
	t.Helper()
	s := b.store(t)
	bottest.Eventually(t, fmt.Sprintf("%d deliveries wait", n), func() bool {
		st, err := s.Stats(t.Context())
		return err == nil && st.Delayed == n && st.Waiting[bot.Replies]+st.Waiting[bot.Nudges] == 0
	})
}

func TestTheSameKeyIsSentOnceWhateverAsksForIt(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	s := say("once")
	s.Key = "the same"
	b.jobs = []bot.Job{sends(s)}
	var cores []*bot.Bot
	for range 3 {
		cores = append(cores, b.replica(t))
	}
	for i := range 12 {
		receive(t, cores[i%3], bottest.Said(bottest.Person("u1"), bottest.Channel("c1"), fmt.Sprint("message ", i)))
	}
	b.platform.Await(t, 1)
	bottest.Eventually(t, "nothing is on its way", func() bool {
		b.clock.Advance(time.Second)
		st, err := b.store(t).Stats(t.Context())
		return err == nil && st.Delayed+st.Waiting[bot.Replies] == 0
	})
	if n := len(b.platform.All()); n != 1 {
		t.Errorf("sent %d times", n)
	}
}

func TestFollowUpEventsComeBackAndAreTriedAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	states := make(chan string, 10)
	var failures atomic.Int64
	b.jobs = []bot.Job{scripted{tick: func(ev bot.Event) (bot.Reply, error) {
		c, ok := ev.What.(bot.Continue)
		if !ok {
			return bot.Reply{Next: []bot.Event{{What: bot.Continue{Job: "test.job", State: "a"}}, {What: bot.Continue{Job: "test.job", State: "b"}}}}, nil
		}
		if c.State == "b" && failures.Add(1) == 1 {
			return bot.Reply{}, bot.Unavailable(errors.New("for now"))
		}
		states <- c.State
		return bot.Reply{}, nil
	}}}
	core := b.replica(t)
	receive(t, core, bottest.Tick("test.job", b.clock.Now()))
	if got := bottest.Receive(t, states, "the first"); got != "a" {
		t.Errorf("got %q", got)
	}
	b.waits(t, 1)
	b.clock.Advance(10 * time.Second)
	if got := bottest.Receive(t, states, "the second"); got != "b" {
		t.Errorf("got %q", got)
	}
	b.settled(t)
}
