package redisstate

import (
	"container/heap"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

// waiting is nudges by the time that each was given.
type waiting []time.Time

func (w waiting) Len() int           { return len(w) }
func (w waiting) Less(i, j int) bool { return w[i].Before(w[j]) }
func (w waiting) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }
func (w *waiting) Push(x any)        { *w = append(*w, x.(time.Time)) }
func (w *waiting) Pop() any          { o := *w; x := o[len(o)-1]; *w = o[:len(o)-1]; return x }

func TestEveryNudgeBehindTheGateGoesAtItsTimeAndIsAskedAboutTwice(t *testing.T) {
	t.Parallel()
	const people = 1000
	g := newGate(100 * time.Millisecond)
	d := bot.Delivery{Platform: "fake", Tenant: bottest.Tenant}
	now := bottest.Start
	g.close(d, now.Add(10*time.Second))
	queue := &waiting{}
	for range people {
		at, open := g.turn(d, now, false)
		if open {
			t.Fatal("it is open")
		}
		heap.Push(queue, at)
	}
	for asked := 0; queue.Len() > 0; asked++ {
		now = heap.Pop(queue).(time.Time)
		if at, open := g.turn(d, now, true); !open {
			heap.Push(queue, at)
		}
		if asked > people {
			t.Fatalf("%d nudges still wait after %d were asked about", queue.Len(), asked)
		}
	}
	if took := now.Sub(bottest.Start); took != 10*time.Second+(people-1)*100*time.Millisecond {
		t.Errorf("it took %v", took)
	}
}

func TestNewNudgesQueueBehindThoseThatWait(t *testing.T) {
	t.Parallel()
	g := newGate(time.Second)
	d := bot.Delivery{Platform: "fake", Tenant: bottest.Tenant}
	now := bottest.Start
	if _, open := g.turn(d, now, false); !open {
		t.Error("shut before anything happened")
	}
	g.close(d, now.Add(10*time.Second))
	g.turn(d, now, false) // at 10 s
	g.turn(d, now, false) // at 11 s
	if at, open := g.turn(d, now.Add(10*time.Second), false); open || at != now.Add(12*time.Second) {
		t.Errorf("a new one goes at %v, open %v", at.Sub(now), open)
	}
	if _, open := g.turn(d, now.Add(13*time.Second), false); !open {
		t.Error("shut when all have gone")
	}
	other := bot.Delivery{Platform: "fake", Tenant: "t2"}
	if _, open := g.turn(other, now, false); !open {
		t.Error("another installation is held up")
	}
	g.close(d, now.Add(20*time.Second))
	g.close(d, now.Add(15*time.Second)) // an earlier end does not shorten it
	if at, open := g.turn(d, now.Add(16*time.Second), true); open || at.Before(now.Add(20*time.Second)) {
		t.Errorf("goes at %v, open %v", at.Sub(now), open)
	}
}
