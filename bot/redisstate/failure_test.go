package redisstate_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

// told is a job whose one answer is reported on.
func told(text string) scripted {
	s := say(text)
	s.Key = "told:1"
	job := sends(s)
	job.outcomes = make(chan bot.What, 4)
	return job
}

func TestAHandlerIsToldThatItsSendArrived(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	job := told("hello")
	b.jobs = []bot.Job{job}
	receive(t, b.replica(t), hello)
	want := bot.Delivered{Key: "told:1", Message: "m1"}
	if got := bottest.Receive(t, job.outcomes, "the outcome"); got != want {
		t.Errorf("got %v", got)
	}
}

func TestAFailureForGoodIsReportedAndRecordedWithoutText(t *testing.T) {
	t.Parallel()
	for _, reason := range []bot.Reason{bot.AuthFailed, bot.Invalid, bot.Unreachable} {
		t.Run(string(reason), func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			job := told("a secret of somebody's")
			b.jobs = []bot.Job{job}
			b.platform.Before = bottest.Fail(bottest.Refused(reason, 0))
			receive(t, b.replica(t), hello)
			want := bot.Undelivered{Key: "told:1", Reason: reason}
			if got := bottest.Receive(t, job.outcomes, "the outcome"); got != want {
				t.Errorf("got %v", got)
			}
			b.failedOnce(t, reason)
		})
	}
}

// failedOnce checks what is recorded of one failure.
func (b *bench) failedOnce(t *testing.T, reason bot.Reason) {
	t.Helper()
	b.settled(t)
	s := b.store(t)
	st, err := s.Stats(t.Context())
	if err != nil || st.Failed[reason] != 1 {
		t.Errorf("counted %v, %v", st.Failed, err)
	}
	all, err := s.Failures(t.Context(), 10)
	if err != nil || len(all) != 1 || all[0].Reason != reason || all[0].Queue != bot.Replies || all[0].At.IsZero() {
		t.Errorf("recorded %v, %v", all, err)
	}
	for _, key := range b.client.Keys(t.Context(), "*").Val() {
		if strings.Contains(key, ":out:") {
			t.Errorf("%s is still there", key)
		}
	}
}

func TestAPanicWhileSendingIsAFailureForGood(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	job := told("hello")
	b.jobs = []bot.Job{job}
	b.platform.Before = func(context.Context, bottest.Sent) error { panic("a renderer's mistake") }
	receive(t, b.replica(t), hello)
	want := bot.Undelivered{Key: "told:1", Reason: bot.Invalid}
	if got := bottest.Receive(t, job.outcomes, "the outcome"); got != want {
		t.Errorf("got %v", got)
	}
}

func TestAPlatformThatIsDownIsTriedAgainLessAndLessOften(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	job := told("hello")
	b.jobs = []bot.Job{job}
	var tries atomic.Int64
	b.platform.Before = func(context.Context, bottest.Sent) error {
		if tries.Add(1) <= 4 {
			return bottest.Refused(bot.ServerFault, 0)
		}
		return nil
	}
	receive(t, b.replica(t), hello)
	for n := range int64(4) {
		b.waits(t, 1)
		if got := tries.Load(); got != n+1 {
			t.Fatalf("%d tries, not %d", got, n+1)
		}
		first := time.Second << n
		b.clock.Advance(first - time.Millisecond) // not yet
		b.waits(t, 1)
		b.clock.Advance(first/2 + 2*time.Millisecond)
		bottest.Eventually(t, "the next try", func() bool { return tries.Load() > n+1 })
	}
	bottest.Receive(t, job.outcomes, "the outcome")
	st, err := b.store(t).Stats(t.Context())
	if err != nil || st.TwiceFault != 4 { // it may have taken each of them
		t.Errorf("counted as perhaps twice: %d, %v", st.TwiceFault, err)
	}
}

func TestAPlatformThatStaysDownIsGivenUpAfterADayAndTenTries(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	job := told("hello")
	b.jobs = []bot.Job{job}
	var tries atomic.Int64
	b.platform.Before = func(context.Context, bottest.Sent) error {
		tries.Add(1)
		return bottest.Refused(bot.ServerFault, 0)
	}
	receive(t, b.replica(t), hello)
	for n := range int64(9) { // the first may be a clock that jumped, so that age alone does not end it
		bottest.Eventually(t, "the next try", func() bool { return tries.Load() == n+1 })
		b.waits(t, 1)
		b.clock.Advance(25 * time.Hour)
	}
	want := bot.Undelivered{Key: "told:1", Reason: bot.GaveUp}
	if got := bottest.Receive(t, job.outcomes, "the outcome"); got != want {
		t.Errorf("got %v", got)
	}
	if n := tries.Load(); n != 10 {
		t.Errorf("given up after %d tries", n)
	}
}

func TestAPlatformIsGivenTheTimeThatItAsksFor(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.jobs = []bot.Job{sends(say("hello"))}
	b.platform.Before = bottest.Fail(bottest.Refused(bot.RateLimited, 30*time.Second))
	receive(t, b.replica(t), hello)
	b.waits(t, 1)
	due, err := b.client.ZRangeWithScores(t.Context(), "{cymar:00}:delayed", 0, -1).Result()
	if err != nil || len(due) != 1 || int64(due[0].Score) != b.clock.Now().Add(30*time.Second).UnixMilli() {
		t.Fatalf("due %v, %v", due, err)
	}
	b.clock.Advance(30 * time.Second)
	b.platform.Await(t, 1)
	st, err := b.store(t).Stats(t.Context())
	if err != nil || st.TwiceFault+st.TwiceDied != 0 { // it said that it did not take it
		t.Errorf("counted as perhaps twice: %+v, %v", st, err)
	}
}

func TestNudgesThatComeTooFastGetATimeEachAndDoNotAskThePlatformAgain(t *testing.T) {
	t.Parallel()
	const people = 40
	b := newBench(t)
	b.options.Workers = 1
	b.options.Pace = 100 * time.Millisecond
	var asked atomic.Int64
	b.platform.Before = func(context.Context, bottest.Sent) error {
		if asked.Add(1) == 1 {
			return bottest.Refused(bot.RateLimited, 10*time.Second)
		}
		return nil
	}
	b.jobs = []bot.Job{scripted{tick: storm(people)}}
	receive(t, b.replica(t), bottest.Tick("test.job", b.clock.Now()))
	b.waits(t, people)
	if n := asked.Load(); n != 1 {
		t.Errorf("the platform was asked %d times while it wanted rest", n)
	}
	due, err := b.client.ZRangeWithScores(t.Context(), "{cymar:00}:delayed", 0, -1).Result()
	if err != nil {
		t.Fatal(err)
	}
	start := b.clock.Now().Add(10 * time.Second).UnixMilli()
	for i, z := range due[1:] {
		if want := start + int64(i)*100; int64(z.Score) != want {
			t.Errorf("nudge %d is due %d ms after the pause, not %d", i, int64(z.Score)-start, want-start)
		}
	}
	b.clock.Advance(10 * time.Second)
	for i := range people - 2 {
		b.platform.Await(t, i+2) // those whose time it is, and not one more
		b.waits(t, int64(people-2-i))
		b.clock.Advance(b.options.Pace)
	}
	b.platform.Await(t, people)
	if n := asked.Load(); n != people+1 {
		t.Errorf("the platform was asked %d times", n)
	}
}
