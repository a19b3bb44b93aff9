package redisstate_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

// TestADeployOfTwoReplicasOneAfterTheOtherLosesAndDoublesNothing stops each of
// two replicas in turn and starts a new one in its place, as Kubernetes does,
// while people go on writing to whichever is there.
func TestADeployOfTwoReplicasOneAfterTheOtherLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.jobs = []bot.Job{answering{}}
	old := []*bot.Bot{b.bot(t, b.store(t)), b.bot(t, b.store(t))}
	stop := []func(){run(t, old[0]), run(t, old[1])}
	const each = 60
	asked := 0
	ask := func(to ...*bot.Bot) {
		var wg sync.WaitGroup
		for range each {
			ev := bottest.Said(bottest.Person("u"), bottest.Channel("c1"), fmt.Sprintf("question %d", asked))
			ev.ID = bot.EventID(fmt.Sprintf("e%d", asked))
			core := to[asked%len(to)]
			asked++
			wg.Go(func() { receive(t, core, ev) })
		}
		wg.Wait()
	}
	ask(old...)
	longest := time.Duration(0)
	for i := range old {
		began := time.Now()
		stop[i]()
		longest = max(longest, time.Since(began))
		ask(old[1-i]) // the other takes all of it; in the second round it has begun to stop, and still may finish
		old[i] = b.replica(t)
		ask(old[i])
	}
	b.platform.Await(t, asked)
	b.settled(t)
	if n := len(b.platform.All()); n != asked {
		t.Errorf("%d questions, %d answers", asked, n)
	}
	if longest > 25*time.Second {
		t.Errorf("a replica took %v to stop", longest)
	}
}
