//go:build linux

package faults

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

func eventFaults() []fault {
	return []fault{
		{name: "every event comes five times, in any order, to any replica", events: 300, happens: (*scene).repeated, clean: true,
			expect: "each is handled once"},
		{name: "every third question makes the handler panic", events: 300, happens: (*scene).panics, clean: true,
			expect: "those who asked get an apology; the others notice nothing"},
		{name: "the clock jumps a day ahead and two days back", events: 300, happens: (*scene).clockJumps, clean: true,
			expect: "nothing is lost and no reminder of one day comes twice; what waits for a second try waits until the clock is there again"},
	}
}

func (s *scene) repeated() {
	s.options.Steal = 30 * time.Second
	s.local()
	const times = 5
	order := rand.New(rand.NewPCG(1, 2)).Perm(s.n * times)
	var next atomic.Int64
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			for k := int(next.Add(1)) - 1; k < len(order); k = int(next.Add(1)) - 1 {
				s.offer(s.question(order[k]%s.n), k)
			}
		})
	}
	all.Wait()
	s.settle()
}

func (s *scene) panics() {
	s.options.Steal = 30 * time.Second
	s.local()
	s.open()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range s.n {
			ev := s.question(i)
			if i%3 == 0 {
				said := ev.What.(bot.Said)
				said.Text = "panic, please"
				ev.What = said
			}
			s.offer(ev, i)
		}
	}()
	s.finish(done)
}

// clockJumps: half of the events are reminders of one day, which tick again
// whenever the clock comes by; the others are questions of which every tenth
// is refused by the platform at first, so that it waits when the clock jumps.
func (s *scene) clockJumps() {
	clock := bottest.NewClock(time.Time{})
	half := s.n / 2
	s.clock, s.options.Steal = clock, 30*time.Second
	s.jobs = append(s.jobs, reminding{half})
	var seen firsts
	s.platform.before = func(_ context.Context, to bot.Place) error {
		if strings.HasSuffix(string(to.ID), "0") && seen.time(to) {
			return bottest.Refused(bot.RateLimited, 10*time.Minute)
		}
		return nil
	}
	s.local()
	start, due := clock.Now(), clock.Now()
	for day, jump := range []time.Duration{0, 24 * time.Hour, -24 * time.Hour, 0, 49 * time.Hour} {
		clock.Set(start.Add(jump))
		for i := half + day; i < s.n; i += 5 {
			s.offer(s.question(i), i)
		}
		s.remind(due, half)               // the same tick
		s.remind(due.Add(jump/100), half) // and another of the same day
		s.answered(half + day)
	}
	eventually(s.t, "nothing waits for the clock", func() bool {
		clock.Advance(time.Hour)
		return s.idle()
	})
	s.seen = fmt.Sprintf("The clock stood at 0, +24 h, -24 h, 0 and +49 h, with %d messages waiting at each jump.", s.n/10)
}

// answered waits until all that the platform does not refuse at first and that
// was asked in this step is answered.
func (s *scene) answered(from int) {
	s.t.Helper()
	eventually(s.t, "the questions are answered", func() bool {
		arrived := s.platform.all()
		for i := from; i < s.n; i += 5 {
			if place := s.question(i).In.ID; !strings.HasSuffix(string(place), "0") && arrived[place] == 0 {
				return false
			}
		}
		return true
	})
}
