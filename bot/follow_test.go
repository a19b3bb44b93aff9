package bot_test

import (
	"context"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

// working is a bench whose clock's job answers with what f says.
func working(t *testing.T, f func(ev bot.Event) bot.Reply, outcomes ...bot.Handler) *bottest.Bench {
	return bottest.NewBench(t, []bot.Job{jobFunc(func(r *bot.Router) {
		h := handle(func(ev bot.Event) (bot.Reply, error) { return f(ev), nil })
		r.Tick("test.job", "* * * * *", h)
		r.Answer(h)
		for _, o := range outcomes {
			r.Outcome("told:", o)
		}
	})})
}

// queues receives an event and returns the queues of what waits.
func queues(t *testing.T, b *bottest.Bench, ev bot.Event) []bot.Queue {
	t.Helper()
	if _, err := b.Receive(t.Context(), ev); err != nil {
		t.Fatal(err)
	}
	var all []bot.Queue
	for _, d := range b.Memory.Waiting() {
		all = append(all, d.Queue)
	}
	return all
}

func TestWhatTheClockBeganGoesWithTheNudgesToItsEnd(t *testing.T) {
	t.Parallel()
	b := working(t, func(ev bot.Event) bot.Reply {
		if _, ok := ev.What.(bot.Tick); ok {
			return bot.Reply{Next: []bot.Event{{What: bot.Continue{Job: "test.job"}}}}
		}
		return reply(to(bot.InPlace(channel), "nudge"))
	})
	next := bot.Event{ID: "c", What: bot.Continue{Job: "test.job", Nudging: true}}
	if got := queues(t, b, next); len(got) != 1 || got[0] != bot.Nudges {
		t.Errorf("got %v", got)
	}
	b.Do(bottest.Tick("test.job", bottest.Start))
	if got := b.Platform.All(); len(got) != 2 {
		t.Errorf("sent %v", where(got))
	}
}

func TestWhatAPersonBeganGoesWithTheAnswers(t *testing.T) {
	t.Parallel()
	b := working(t, func(ev bot.Event) bot.Reply {
		if _, ok := ev.What.(bot.Said); ok {
			return bot.Reply{Next: []bot.Event{{What: bot.Continue{Job: "test.job", Nudging: true}}}, Sends: []bot.Send{send("a")}}
		}
		return reply(to(bot.InPlace(channel), "b"))
	})
	if got := queues(t, b, bottest.Said(ann, channel, "x")); len(got) != 1 || got[0] != bot.Replies {
		t.Errorf("got %v", got)
	}
	b.Memory.Fail = func(string) error { return nil }
	b.Drain()
	same(t, []string{"send c1: a", "send c1: b"}, where(b.Platform.All()))
}

func TestFollowUpEventsHaveIdsThatRepeatAndComeAtTheirTime(t *testing.T) {
	t.Parallel()
	var ids []bot.EventID
	b := working(t, func(ev bot.Event) bot.Reply {
		if _, ok := ev.What.(bot.Tick); !ok {
			ids = append(ids, ev.ID)
			return bot.Reply{}
		}
		return bot.Reply{Next: []bot.Event{
			{What: bot.Continue{Job: "test.job"}}, {What: bot.Continue{Job: "test.job"}},
			{ID: "mine", At: bottest.Start.Add(time.Hour), What: bot.Continue{Job: "test.job"}}}}
	})
	tick := bottest.Tick("test.job", bottest.Start)
	b.Do(tick)
	if len(ids) != 2 || ids[0] != tick.ID+">0" || ids[1] != tick.ID+">1" {
		t.Errorf("ids %v", ids)
	}
	b.Clock.Advance(time.Hour)
	if b.Drain(); len(ids) != 3 || ids[2] != "mine" {
		t.Errorf("then %v", ids)
	}
}

func TestAHandlerHearsOnlyOfTheSendsThatItAskedFor(t *testing.T) {
	t.Parallel()
	var heard []bot.What
	b := working(t, func(bot.Event) bot.Reply {
		a, c := send("a"), send("b")
		a.Key, c.Key = "told:a", "other:b"
		return reply(a, c)
	}, bot.HandlerFunc(func(_ context.Context, ev bot.Event) (bot.Reply, error) {
		heard = append(heard, ev.What)
		return bot.Reply{}, nil
	}))
	b.Say(ann, channel, "x")
	if len(heard) != 1 || heard[0] != (bot.Delivered{Key: "told:a", Message: "m1"}) {
		t.Errorf("heard %v", heard)
	}
	b.Platform.Before = bottest.Fail(bottest.Refused(bot.AuthFailed, 0))
	b.Say(ann, channel, "y") // the mark of the first is still there: it counts as delivered
	if len(heard) != 2 || heard[1] != (bot.Delivered{Key: "told:a", Message: "m1"}) {
		t.Errorf("heard %v", heard)
	}
}

func TestReportedSendsGoEachByItself(t *testing.T) {
	t.Parallel()
	b := working(t, func(bot.Event) bot.Reply {
		a, c := send("a"), send("b")
		a.Key, c.Key = "told:a", "told:b"
		return reply(a, c)
	}, saying(""))
	if got := queues(t, b, bottest.Said(ann, channel, "x")); len(got) != 2 {
		t.Errorf("%d deliveries", len(got))
	}
}

func TestTheCoresOutboxRunsUntilItsEnd(t *testing.T) {
	t.Parallel()
	b := working(t, func(bot.Event) bot.Reply { return bot.Reply{} })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := b.Run(ctx); err != nil {
		t.Error(err)
	}
}

func TestRepliesAreJoinedInOrderAndTheFirstNowWins(t *testing.T) {
	t.Parallel()
	one, two := &bot.Now{}, &bot.Now{}
	a := bot.Reply{Sends: []bot.Send{send("a")}, Now: one, Next: []bot.Event{{ID: "1"}}}
	c := bot.Reply{Sends: []bot.Send{send("b")}, Now: two, Next: []bot.Event{{ID: "2"}}}
	got := bot.Reply{}.And(a).And(c)
	if got.Now != one || len(got.Sends) != 2 || got.Sends[1].Card.Plain() != "b" || got.Next[1].ID != "2" {
		t.Errorf("%+v", got)
	}
	if len(a.Sends) != 1 || len(a.Next) != 1 {
		t.Error("joining changed what was joined")
	}
}
