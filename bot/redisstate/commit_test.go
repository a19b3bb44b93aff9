package redisstate_test

import (
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
