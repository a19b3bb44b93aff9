package bot_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
)

// danger is a guard that knows one phrase.
type danger struct{}

func (danger) Read(text string) bot.Finding {
	if text == "private words" {
		return bot.Finding{Level: bot.Crisis}
	}
	return bot.Finding{}
}

// asking is a question of somebody of an installation.
func asking(tenant bot.TenantID, text string, n int) bot.Event {
	u := bot.User{Platform: "fake", Tenant: tenant, ID: "u"}
	ev := bottest.Said(u, bottest.Direct(u), text)
	ev.ID = bot.EventID(fmt.Sprint(tenant, n))
	return ev
}

func TestFiveThousandQuestionsOfOneInstallationKeepNobodyElseOut(t *testing.T) {
	t.Parallel()
	var loud, most atomic.Int64
	release := make(chan struct{})
	guarded := jobFunc(func(r *bot.Router) { r.Guarded(saying("numbers")) })
	slow := jobFunc(func(r *bot.Router) {
		r.Answer(bot.HandlerFunc(func(_ context.Context, ev bot.Event) (bot.Reply, error) {
			if ev.In.Tenant == "loud" {
				n := loud.Add(1)
				for was := most.Load(); n > was && !most.CompareAndSwap(was, n); was = most.Load() {
				}
				<-release
				loud.Add(-1)
			}
			return bot.Reply{}, nil
		}))
	})
	b := bottest.NewBench(t, []bot.Job{guarded, slow}, func(o *bot.Options) { o.AtOnce, o.Guard = 16, danger{} })
	var storm sync.WaitGroup
	for i := range 5000 {
		storm.Go(func() {
			if _, err := b.Receive(t.Context(), asking("loud", "a question", i)); err != nil {
				t.Error(err)
			}
		})
	}
	bottest.Eventually(t, "the storm has its share", func() bool { return loud.Load() == 4 })
	for i, ev := range []bot.Event{asking("quiet", "a question", 1), asking("loud", "private words", 9999)} { // neither waits
		if _, err := b.Receive(t.Context(), ev); err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
	close(release)
	storm.Wait()
	if most.Load() > 4 {
		t.Errorf("%d of one installation were handled at once", most.Load())
	}
}
