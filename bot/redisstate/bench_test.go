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

// quick is a platform that answers at once and tells when.
type quick struct {
	bot.Sender
	got func(text string)
}

func (q quick) Send(_ context.Context, _ bot.Place, _ *bot.User, c bot.Card) (bot.MessageID, error) {
	q.got(c.Summary)
	return "m", nil
}

// eachSync runs a benchmark on a Redis that syncs before it answers, as the
// embedded one does, and on one that syncs every second.
func eachSync(b *testing.B, run func(b *testing.B, sync string)) {
	for _, sync := range []string{"always", "everysec"} {
		b.Run(sync, func(b *testing.B) { run(b, sync) })
	}
}

// benchmark is a whole bot on a real Redis whose platform calls got.
func benchmark(b *testing.B, sync string, got func(text string)) *bot.Bot {
	needsServer(b)
	t := benchOn(b, bottest.NewServer(b, "--appendonly", "yes", "--appendfsync", sync))
	t.clock.Set(time.Now())
	t.options.Clock = bot.SystemClock{}
	t.jobs = []bot.Job{answering{}, scripted{tick: storm(500)}}
	o := t.parts(t.store(b))
	o.Clock = bot.SystemClock{}
	o.Senders = []bot.Sender{quick{t.platform, got}}
	core, err := bot.New(o)
	if err != nil {
		b.Fatal(err)
	}
	run(b, core)
	return core
}

// BenchmarkAnswer is one question at a time, from Receive to the platform.
func BenchmarkAnswer(b *testing.B) { eachSync(b, answer) }

func answer(b *testing.B, sync string) {
	arrived := make(chan struct{}, 1)
	core := benchmark(b, sync, func(string) { arrived <- struct{}{} })
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		ask(b, core, i)
		<-arrived
		took = append(took, time.Since(start))
	}
	percentiles(b, took)
}

func ask(b *testing.B, core *bot.Bot, i int) {
	ev := bottest.Said(bottest.Person("u1"), bottest.Channel("c1"), fmt.Sprint("question ", i))
	if _, err := core.Receive(b.Context(), ev); err != nil {
		b.Fatal(err)
	}
}

func percentiles(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkThroughput is many questions at once, from Receive to the platform.
func BenchmarkThroughput(b *testing.B) { eachSync(b, throughput) }

func throughput(b *testing.B, mode string) {
	var wg sync.WaitGroup
	core := benchmark(b, mode, func(string) { wg.Done() })
	const askers = 32
	start := time.Now()
	var done sync.WaitGroup
	per := b.N/askers + 1
	for a := range askers {
		done.Go(func() {
			for i := range per {
				wg.Add(1)
				ask(b, core, a*per+i)
			}
		})
	}
	done.Wait()
	wg.Wait()
	b.ReportMetric(float64(per*askers)/time.Since(start).Seconds(), "answers/s")
}

// BenchmarkAnswerBehindAStorm is one question at a time while 20,000 nudges
// are queued and going out.
func BenchmarkAnswerBehindAStorm(b *testing.B) { eachSync(b, answerBehindAStorm) }

func answerBehindAStorm(b *testing.B, mode string) {
	var nudges sync.WaitGroup
	arrived := make(chan struct{}, 1)
	core := benchmark(b, mode, func(text string) {
		if text == "nudge" {
			nudges.Done()
			return
		}
		arrived <- struct{}{}
	})
	var took []time.Duration
	round := 0
	for i := 0; b.Loop(); i++ {
		if i%100 == 0 { // at most 100 questions to a storm, so that it lasts
			b.StopTimer()
			nudges.Wait()
			nudges.Add(20000)
			for j := range 40 {
				round++
				due := time.Now().Add(time.Duration(round*100+j) * time.Hour)
				if _, err := core.Receive(b.Context(), bottest.Tick("test.job", due)); err != nil {
					b.Fatal(err)
				}
			}
			b.StartTimer()
		}
		start := time.Now()
		ask(b, core, i)
		<-arrived
		took = append(took, time.Since(start))
	}
	percentiles(b, took)
	nudges.Wait()
}

// BenchmarkAnswerBesideAStorm is one question at a time while 5,000 answers of
// another installation wait, on a platform that takes 20 ms for each: with
// turns, and as it would be without.
func BenchmarkAnswerBesideAStorm(b *testing.B) {
	for name, share := range map[string]int{"turns": 0, "none": 1 << 20} {
		b.Run(name, func(b *testing.B) { besideAStorm(b, share) })
	}
}

func besideAStorm(b *testing.B, share int) {
	needsServer(b)
	t := newBench(b)
	t.jobs, t.options.Share = []bot.Job{answering{}}, share
	arrived := make(chan bot.TenantID, 6000)
	t.platform.Before = func(_ context.Context, s bottest.Sent) error {
		<-time.After(20 * time.Millisecond)
		arrived <- s.To.Tenant
		return nil
	}
	core := t.bot(b, t.store(b))
	storm := 0
	for range 5000 {
		storm++
		if _, err := core.Receive(b.Context(), from("loud", storm)); err != nil {
			b.Fatal(err)
		}
	}
	run(b, core)
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		if _, err := core.Receive(b.Context(), from("quiet", i)); err != nil {
			b.Fatal(err)
		}
		for who := <-arrived; who != "quiet"; who = <-arrived {
		}
		took = append(took, time.Since(start))
	}
	percentiles(b, took)
}
