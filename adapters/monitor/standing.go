package monitor

import (
	"context"

	"github.com/prometheus/client_golang/prometheus"

	"cymar/bot"
)

// standing is what is asked for when the metrics are read: every replica tells
// the same of it, so a dashboard takes the greatest, not the sum.
type standing struct{ o Options }

func gauge(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("cymar_"+name, help, labels, nil)
}

var (
	waiting = gauge("outbox_waiting", "Entries of the outbox that are due and not yet dealt with.", "queue")
	oldest  = gauge("outbox_oldest_seconds", "How long the first of them has been there.", "queue")
	delayed = gauge("outbox_delayed", "Entries of the outbox that wait for their time.")
	failed  = gauge("undelivered", "Deliveries that failed for good since the store was set up, by reason.", "reason")
	twice   = gauge("maybe_twice", "Parts that may have gone twice: a replica died, or the platform gave no clear answer.", "window")
	due     = gauge("due", "People for whom there is something to do now, by job.", "job")
	up      = gauge("store_up", "1 when the store answered these questions.")
)

// Describe lists what Collect may give.
func (s *standing) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{waiting, oldest, delayed, failed, twice, due, up} {
		ch <- d
	}
}

// Collect asks the store. Where it does not answer, the counters stay readable
// and cymar_store_up says 0.
func (s *standing) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	well := 1.0
	if s.o.Outbox != nil {
		o, err := s.o.Outbox(ctx)
		if err != nil {
			well = 0
		} else {
			outbox(ch, o)
		}
	}
	if s.o.Due != nil {
		jobs, err := s.o.Due(ctx)
		if err != nil {
			well = 0
		}
		for job, n := range jobs {
			give(ch, due, float64(n), job)
		}
	}
	give(ch, up, well)
}

func outbox(ch chan<- prometheus.Metric, o Outbox) {
	for _, q := range []bot.Queue{bot.Replies, bot.Nudges, bot.Work} {
		give(ch, waiting, float64(o.Waiting[q]), string(q))
		give(ch, oldest, o.Oldest[q].Seconds(), string(q))
	}
	give(ch, delayed, float64(o.Delayed))
	for reason, n := range o.Failed {
		give(ch, failed, float64(n), string(reason))
	}
	give(ch, twice, float64(o.TwiceDied), "died")
	give(ch, twice, float64(o.TwiceFault), "fault")
}

func give(ch chan<- prometheus.Metric, d *prometheus.Desc, v float64, labels ...string) {
	ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
}
