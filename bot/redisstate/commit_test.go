package redisstate_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

func TestACommitWhoseAnswerWasLostCanBeSentAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	in := b.store(t).Inbox()
	claim, err := in.Begin(t.Context(), hello, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	d := bot.Delivery{ID: "d", Platform: "fake", Tenant: bottest.Tenant, Parts: []bot.Part{{Key: "k"}}}
	for range 3 {
		if err := in.Commit(t.Context(), claim, bot.Outcome{Deliveries: []bot.Delivery{d}}); err != nil {
			t.Error(err)
		}
	}
	if n := b.client.XLen(t.Context(), "{cymar:00}:reply").Val(); n != 1 {
		t.Errorf("%d deliveries", n)
	}
}

func TestACommitIsAllOrNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	in := b.store(t).Inbox()
	for name, next := range map[string]bot.Event{"an event without an id": {What: bot.Joined{}}, "an event of nothing": {ID: "x"}} {
		claim, err := in.Begin(t.Context(), bottest.Said(ann, bottest.Channel("c"), name), time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		d := bot.Delivery{ID: "d", Parts: []bot.Part{{Key: "k"}}}
		if err := in.Commit(t.Context(), claim, bot.Outcome{Deliveries: []bot.Delivery{d}, Next: []bot.Event{next}}); err == nil {
			t.Errorf("%s was committed", name)
		}
		if n := b.client.Exists(t.Context(), "{cymar:00}:reply", "{cymar:00}:work").Val(); n != 0 {
			t.Errorf("%s: something was put on the way", name)
		}
	}
}

func TestALostClaimPutsNothingOnTheWay(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	in := b.store(t).Inbox()
	claim, err := in.Begin(t.Context(), hello, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	claim.Token = "another's"
	d := bot.Delivery{ID: "d", Parts: []bot.Part{{Key: "k"}}}
	if err := in.Commit(t.Context(), claim, bot.Outcome{Deliveries: []bot.Delivery{d}}); err == nil {
		t.Error("committed")
	}
	if keys := b.client.Keys(t.Context(), "*").Val(); len(keys) != 2 { // the store's and the claim
		t.Errorf("%v", keys)
	}
}

func TestSpacesSavedAtTheSameTimeAreAllKept(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	sp := b.store(t).Spaces()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			if err := sp.Save(t.Context(), bottest.Space(bot.SpaceID(fmt.Sprint("s", i)), bot.PlaceID(fmt.Sprint("c", i)))); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if all, err := sp.List(t.Context(), "fake", bottest.Tenant); err != nil || len(all) != 8 {
		t.Errorf("%d spaces, %v", len(all), err)
	}
	if err := sp.Save(t.Context(), bot.Space{Name: "nameless"}); err == nil {
		t.Error("a space without an id was saved")
	}
}

func TestTheReportNamesTheMessageOfTheFallback(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	other := say("for all")
	s := bot.Send{To: bot.DM(ann), Card: bot.Say(bot.English, "for you"), Key: "told:1", Else: &other}
	job := sends(s)
	job.outcomes = make(chan bot.What, 1)
	b.jobs = []bot.Job{job}
	b.platform.Before = bottest.Fail(bottest.Refused(bot.Unreachable, 0))
	receive(t, b.replica(t), hello)
	want := bot.Delivered{Key: "told:1", Message: "m1"}
	if got := bottest.Receive(t, job.outcomes, "the outcome"); got != want {
		t.Errorf("got %v", got)
	}
}

func TestAPartIsSentByOneDeliveryAtATime(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	out := b.store(t).Outbox()
	one := bot.Delivery{ID: "one", Platform: "fake", Tenant: bottest.Tenant, Parts: []bot.Part{{Key: "k"}}}
	two := one
	two.ID = "two"
	for range 2 { // the right to send is its own: it may ask again
		if _, err := out.Sent(t.Context(), one, "k"); !errors.Is(err, bot.ErrNotFound) {
			t.Fatal(err)
		}
	}
	if _, err := out.Sent(t.Context(), two, "k"); !errors.Is(err, bot.ErrBusy) {
		t.Errorf("the other may send it as well: %v", err)
	}
	looks := bot.Delivery{ID: "three", Platform: "fake", Tenant: bottest.Tenant, Parts: []bot.Part{{Key: "other"}}}
	if _, err := out.Sent(t.Context(), looks, "k"); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("one that only looks: %v", err)
	}
	if err := out.MarkSent(t.Context(), one, "k", bot.Mark{}); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Sent(t.Context(), two, "k"); err != nil {
		t.Errorf("after it was sent: %v", err)
	}
}

func TestABodyThatIsErasedWhileItIsInHandStaysErased(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.jobs = []bot.Job{answering{}}
	s := b.store(t)
	b.platform.Before = func(ctx context.Context, _ bottest.Sent) error {
		if err := s.Keeper().EraseTenant(ctx, "fake", bottest.Tenant); err != nil {
			t.Error(err)
		}
		return bottest.Refused(bot.ServerFault, 0)
	}
	core := b.bot(t, s)
	run(t, core)
	receive(t, core, hello)
	b.settled(t)
	if keys := b.client.Keys(t.Context(), "*:out:*").Val(); len(keys) != 0 {
		t.Errorf("%v", keys)
	}
}

func TestADayIsCountedFromTheTimeThatASendWasMeantFor(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	later := say("in two days")
	later.NotBefore = b.clock.Now().Add(48 * time.Hour)
	b.jobs = []bot.Job{sends(later)}
	b.platform.Before = bottest.Fail(bottest.Refused(bot.ServerFault, 0))
	core := b.replica(t)
	receive(t, core, hello)
	b.waits(t, 1)
	b.clock.Advance(48 * time.Hour)
	s := b.store(t)
	bottest.Eventually(t, "it was tried", func() bool {
		due := b.client.ZRangeWithScores(t.Context(), "{cymar:00}:delayed", 0, -1).Val()
		return len(due) == 1 && int64(due[0].Score) > b.clock.Now().UnixMilli()
	})
	b.clock.Advance(10 * time.Second)
	b.platform.Await(t, 1)
	if st, err := s.Stats(t.Context()); err != nil || len(st.Failed) != 0 {
		t.Errorf("%v, %v", st.Failed, err)
	}
}
