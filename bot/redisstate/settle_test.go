package redisstate

import (
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

// inHand is a lane that has read one entry.
func inHand(t *testing.T, q bot.Queue) (*lane, job) {
	t.Helper()
	s, err := New(t.Context(), bottest.Redis(t), Options{Clock: bottest.NewClock(bottest.Start)})
	if err != nil {
		t.Fatal(err)
	}
	ev := bottest.Tick("a.b", bottest.Start)
	claim, err := s.Inbox().Begin(t.Context(), ev, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	d := bot.Delivery{ID: "d", Queue: q, Platform: "fake", Tenant: bottest.Tenant, Report: true, Parts: []bot.Part{{Key: "k"}}}
	if err := s.Inbox().Commit(t.Context(), claim, bot.Outcome{Deliveries: []bot.Delivery{d}}); err != nil {
		t.Fatal(err)
	}
	l := s.Outbox().lane(0, q, "me", nil)
	if err := s.ensureGroup(t.Context(), l.stream); err != nil {
		t.Fatal(err)
	}
	read, err := l.read(t.Context(), 1)
	if err != nil || len(read) != 1 {
		t.Fatal(read, err)
	}
	if err := l.load(t.Context(), read); err != nil {
		t.Fatal(err)
	}
	j, err := l.understand(read[0])
	if err != nil {
		t.Fatal(err)
	}
	return l, j
}

func TestAnEntryIsSettledOnceWhoeverSettlesItAgain(t *testing.T) {
	t.Parallel()
	l, j := inHand(t, bot.Replies)
	for range 2 {
		l.done(j, bot.Invalid)
	}
	c := l.s.client
	if n := c.HGet(t.Context(), countsKey(0), "failed:invalid").Val(); n != "1" {
		t.Errorf("counted %s times", n)
	}
	if n := c.XLen(t.Context(), streamKey(0, bot.Work)).Val(); n != 1 {
		t.Errorf("reported %d times", n)
	}
}

func TestAReplicaThatIsLateDoesNotPutBackWhatAnotherHas(t *testing.T) {
	t.Parallel()
	l, j := inHand(t, bot.Nudges)
	now := l.s.now()
	l.later(j.entry, verdict{}, now)
	if _, err := l.s.list(t.Context(), dueScript, append([]string{delayedKey(0)}, streamsKeys(0)...), l.s.ms(now), 10, 32, 32, 32); err != nil {
		t.Fatal(err)
	}
	l.later(j.entry, verdict{}, now.Add(time.Hour)) // it was taken over meanwhile, and is on the stream again
	if n := l.s.client.ZCard(t.Context(), delayedKey(0)).Val(); n != 0 {
		t.Errorf("%d wait, besides the one on the stream", n)
	}
}

func TestAnswersHaveTheMostWorkers(t *testing.T) {
	t.Parallel()
	for shards, workers := range map[bot.Shards]map[bot.Queue]int{
		1:  {bot.Replies: 32, bot.Nudges: 8, bot.Work: 8},
		16: {bot.Replies: 32, bot.Nudges: 4, bot.Work: 4},
		64: {bot.Replies: 32, bot.Nudges: 1, bot.Work: 1},
	} {
		out := &Outbox{s: &Store{o: Options{}.withDefaults(), shards: shards}}
		for q, want := range workers {
			if got := len(out.lane(0, q, "me", nil).free); got != want {
				t.Errorf("%d shards, %s: %d", shards, q, got)
			}
		}
	}
}

func TestWhatTheWorkerSaysDecidesWhatBecomesOfAnEntry(t *testing.T) {
	t.Parallel()
	for want, err := range map[verdict]error{
		{}: nil,
		{reason: bot.RateLimited, again: true, after: time.Minute}: bottest.Refused(bot.RateLimited, time.Minute),
		{reason: bot.Invalid}:                  bottest.Refused(bot.Invalid, 0),
		{again: true}:                          bot.ErrBusy,
		{reason: bot.ServerFault, again: true}: bot.Unavailable(bot.ErrNotFound),
		{reason: bot.Unreachable}:              bottest.Refused(bot.Unreachable, time.Hour),
	} {
		if got := judge(err); got != want {
			t.Errorf("%v: %+v, not %+v", err, got, want)
		}
	}
	if got := judge(&bot.UserError{}); got != (verdict{reason: bot.Invalid}) {
		t.Errorf("an error of ours: %+v", got)
	}
}
