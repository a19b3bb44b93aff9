package redisstate_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

// from is somebody's question in their direct chat, of any installation.
func from(tenant bot.TenantID, i int) bot.Event {
	u := bot.User{Platform: "fake", Tenant: tenant, ID: bot.UserID(fmt.Sprint("u", i))}
	ev := bottest.Said(u, bottest.Direct(u), fmt.Sprint(tenant, i))
	ev.ID = bot.EventID(fmt.Sprint(tenant, ":", i))
	return ev
}

// order runs a worker until n deliveries were made and says whose they were.
func order(t *testing.T, b *bench, n int) []bot.TenantID {
	t.Helper()
	var mu sync.Mutex
	var all []bot.TenantID
	b.platform.Before = func(_ context.Context, s bottest.Sent) error {
		mu.Lock()
		defer mu.Unlock()
		all = append(all, s.To.Tenant)
		return nil
	}
	b.options.Workers = 1
	run(t, b.bot(t, b.store(t)))
	b.platform.Await(t, n)
	mu.Lock()
	defer mu.Unlock()
	return all
}

// accepted lets so many questions of an installation be accepted.
func accepted(t *testing.T, core *bot.Bot, tenant bot.TenantID, n int) {
	t.Helper()
	for i := range n {
		receive(t, core, from(tenant, i))
	}
}

func TestAnAnswerWaitsForNoMoreThanAShareOfAnothersStorm(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.jobs = []bot.Job{answering{}}
	b.options.Share = 5
	core := b.bot(t, b.store(t))
	accepted(t, core, "loud", 300)
	accepted(t, core, "quiet", 1)
	for i, tenant := range order(t, b, 301) {
		if tenant == "quiet" {
			if i > 5+4 { // the share, and what the four workers took before
				t.Errorf("it came after %d of the others", i)
			}
			return
		}
	}
	t.Error("it never came")
}

func TestAnInstallationsOwnAnswersKeepTheirOrder(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.jobs = []bot.Job{answering{}}
	b.options.Share = 1
	accepted(t, b.bot(t, b.store(t)), "loud", 50)
	order(t, b, 50)
	for i, s := range b.platform.All() {
		if want := fmt.Sprint("you said loud", i); s.Text() != want {
			t.Fatalf("%d: %q", i, s.Text())
		}
	}
	b.settled(t)
}

func TestALineEndsWithItsStormAndLeavesNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.jobs = []bot.Job{answering{}}
	b.options.Share = 3
	refusals := 0
	var mu sync.Mutex
	b.platform.Before = func(context.Context, bottest.Sent) error { // every third fails for now, or for good
		mu.Lock()
		defer mu.Unlock()
		switch refusals++; refusals % 3 {
		case 1:
			return bottest.Refused(bot.RateLimited, time.Millisecond)
		case 2:
			return bottest.Refused(bot.Invalid, 0)
		}
		return nil
	}
	s := b.store(t)
	core := b.bot(t, s)
	for _, tenant := range []bot.TenantID{"a", "b"} {
		accepted(t, core, tenant, 40)
	}
	if st, err := s.Stats(t.Context()); err != nil || st.Waiting[bot.Replies] != 80 {
		t.Errorf("%d wait, %v", st.Waiting[bot.Replies], err)
	}
	if n := b.client.XLen(t.Context(), "{cymar:00}:reply").Val(); n != 6 {
		t.Errorf("%d are on the stream and the shares of both are 6", n)
	}
	run(t, core)
	bottest.Eventually(t, "all was dealt with", func() bool {
		b.clock.Advance(time.Second)
		st, err := s.Stats(t.Context())
		return err == nil && st.Waiting[bot.Replies]+st.Delayed == 0
	})
	if left := b.client.HGetAll(t.Context(), "{cymar:00}:share:reply").Val(); len(left) != 1 || left[""] == "" {
		t.Errorf("the shares say %v, and nothing is on the stream", left)
	}
}

func TestSharesThatAreCountedWronglyHeal(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]string{"too many": "1000", "too few": "-1000"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			b.jobs = []bot.Job{answering{}}
			b.options.Share, b.options.Steal = 2, 30*time.Millisecond
			s := b.store(t)
			accepted(t, b.bot(t, s), "loud", 20)
			b.client.HSet(t.Context(), "{cymar:00}:share:reply", bot.TenantDigest("fake", "loud"), wrong)
			accepted(t, b.bot(t, s), "other", 1)
			order(t, b, 21)
			b.settled(t)
		})
	}
}

func TestWhatIsErasedInALineIsNotSent(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.jobs = []bot.Job{answering{}}
	b.options.Share = 1
	s := b.store(t)
	core := b.bot(t, s)
	accepted(t, core, "loud", 20)
	accepted(t, core, "quiet", 1)
	if err := s.Keeper().EraseTenant(t.Context(), "fake", "loud"); err != nil {
		t.Fatal(err)
	}
	if got := order(t, b, 1); got[0] != "quiet" {
		t.Errorf("sent to %v", got)
	}
	b.settled(t)
	if n := len(b.platform.All()); n != 1 {
		t.Errorf("%d were sent", n)
	}
}

// listens is a guard that knows one phrase.
type listens struct{}

func (listens) Read(text string) bot.Finding {
	if text == "private words" {
		return bot.Finding{Level: bot.Crisis}
	}
	return bot.Finding{}
}

func TestAnAnswerInACrisisStandsInNoLine(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.guard = listens{}
	b.jobs = []bot.Job{answering{}, guarding{}}
	b.options.Share, b.options.Workers = 2, 1
	core := b.bot(t, b.store(t))
	accepted(t, core, "loud", 50)
	crisis := from("loud", 99)
	crisis.What = bot.Said{Text: "private words", ToBot: true}
	receive(t, core, crisis)
	if n := b.client.XLen(t.Context(), "{cymar:00}:reply").Val(); n != 3 {
		t.Errorf("%d are on the stream: the share is 2, and the answer in the crisis is beside it", n)
	}
	run(t, core)
	bottest.Eventually(t, "all came", func() bool { b.clock.Advance(time.Second); return len(b.platform.All()) == 51 })
	b.settled(t)
	if at := slices.Index(texts(b.platform.All()), "numbers"); at < 0 || at > 2+4 {
		t.Errorf("it came as number %d", at)
	}
}

func TestAnAnswerInACrisisThatIsPutOffComesAndCanBeErased(t *testing.T) {
	t.Parallel()
	for _, erase := range []bool{false, true} {
		b := newBench(t)
		b.guard = listens{}
		b.jobs = []bot.Job{guarding{}}
		b.platform.Before = bottest.Fail(bottest.Refused(bot.RateLimited, time.Minute))
		s := b.store(t)
		core := b.bot(t, s)
		crisis := from("quiet", 1)
		crisis.What = bot.Said{Text: "private words", ToBot: true}
		receive(t, core, crisis)
		run(t, core)
		b.waits(t, 1)
		if erase {
			if err := s.Keeper().EraseTenant(t.Context(), "fake", "quiet"); err != nil {
				t.Fatal(err)
			}
			b.waits(t, 0)
			continue
		}
		b.clock.Advance(2 * time.Minute)
		if got := b.platform.Await(t, 1)[0].Text(); got != "numbers" {
			t.Errorf("got %q", got)
		}
	}
}
