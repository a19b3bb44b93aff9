// Package monitor shows an operator how the bot is: whether it lives
// (/healthz), whether it may be given work (/readyz), and what it has done
// (/metrics, for Prometheus). Nothing here names a person, a place, an
// installation or what was said; the labels are sets that we define.
package monitor

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"cymar/bot"
)

// Outbox is how the outbox stands; see redisstate.Stats.
type Outbox struct {
	Waiting               map[bot.Queue]int64
	Oldest                map[bot.Queue]time.Duration
	Delayed               int64
	Failed                map[bot.Reason]int64
	TwiceDied, TwiceFault int64
}

// Check is one thing without which the bot cannot work.
type Check struct {
	Name string
	Ask  func(ctx context.Context) error
}

// Options is what the monitor looks at.
type Options struct {
	Version string
	Checks  []Check
	// Outbox and Due are asked when the metrics are; either may be nil.
	Outbox func(ctx context.Context) (Outbox, error)
	// Due is how many people there is something to do for, by job.
	Due func(ctx context.Context) (map[string]int64, error)
}

// Monitor counts as a bot.Meter and answers over HTTP.
type Monitor struct {
	o        Options
	reg      *prometheus.Registry
	draining atomic.Bool

	events   *prometheus.CounterVec
	took     *prometheus.HistogramVec
	trouble  *prometheus.CounterVec
	denied   *prometheus.CounterVec
	sent     *prometheus.CounterVec
	sendTook *prometheus.HistogramVec
	settled  *prometheus.CounterVec
	retries  *prometheus.CounterVec
	lag      *prometheus.HistogramVec
}

var _ bot.Meter = (*Monitor)(nil)

// New makes a monitor; what it looks at is given later, by Watch.
func New() *Monitor {
	m := &Monitor{reg: prometheus.NewRegistry()}
	m.events = counter("events_total", "Events, by what came of them.", "platform", "kind", "handler", "result")
	m.took = histogram("event_seconds", "Time from an event's arrival until it was accepted.", quick, "kind")
	m.trouble = counter("handler_trouble_total", "Handlers that failed, panicked, or told somebody what to do instead.", "handler", "what")
	m.denied = counter("denied_total", "Tries at something that the person may not do, by permission.", "permission")
	m.sent = counter("sends_total", "Calls to a platform, by reason of failure; ok where it took the message.", "platform", "reason")
	m.sendTook = histogram("send_seconds", "Time that a platform took for a message.", quick, "platform")
	m.settled = counter("deliveries_total", "Entries of the outbox that are done with, by reason of failure; ok where there is none.", "queue", "reason")
	m.retries = counter("retries_total", "Entries of the outbox that were put back for later, by reason.", "queue", "reason")
	m.lag = histogram("delivery_lag_seconds", "Time from when a delivery was due until it was done with.", slow, "queue")
	m.reg.MustRegister(m.events, m.took, m.trouble, m.denied, m.sent, m.sendTook, m.settled, m.retries, m.lag,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// The buckets, in seconds.
var (
	quick = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
	slow  = []float64{.01, .05, .1, .5, 1, 5, 15, 60, 300, 1800, 7200, 86400}
)

func counter(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "cymar", Name: name, Help: help}, labels)
}

func histogram(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: "cymar", Name: name, Help: help, Buckets: buckets}, labels)
}

// Watch says what to look at. Call it once, before Mount.
func (m *Monitor) Watch(o Options) {
	m.o = o
	info := prometheus.NewGauge(prometheus.GaugeOpts{Namespace: "cymar", Name: "build_info",
		Help: "1; the version is the label.", ConstLabels: prometheus.Labels{"version": o.Version}})
	info.Set(1)
	m.reg.MustRegister(info, &standing{o})
}

// Drain makes the bot not ready: it is about to stop and wants no more work.
func (m *Monitor) Drain() { m.draining.Store(true) }

// Mount puts the three pages on mux.
func (m *Monitor) Mount(mux *http.ServeMux) {
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", m.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.reg, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}))
}

// patience is how long all checks together may take.
const patience = 2 * time.Second

// ready names what is well and what is not. The errors stay with us: they may
// say where things are.
func (m *Monitor) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	var lines []string
	status := http.StatusOK
	for _, c := range m.o.Checks {
		word := "ok"
		if c.Ask(ctx) != nil {
			word, status = "not reachable", http.StatusServiceUnavailable
		}
		lines = append(lines, c.Name+": "+word)
	}
	if m.draining.Load() {
		lines, status = append(lines, "stopping"), http.StatusServiceUnavailable
	}
	slices.Sort(lines)
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, strings.Join(lines, "\n"))
}

// Handled counts an event.
func (m *Monitor) Handled(p bot.Platform, kind, handler string, r bot.Result, took time.Duration) {
	m.events.WithLabelValues(string(p), kind, handler, string(r)).Inc()
	m.took.WithLabelValues(kind).Observe(took.Seconds())
}

// Trouble counts a handler's trouble.
func (m *Monitor) Trouble(handler, what string) { m.trouble.WithLabelValues(handler, what).Inc() }

// Denied counts a denied try.
func (m *Monitor) Denied(needs bot.Permission) { m.denied.WithLabelValues(string(needs)).Inc() }

// Sent counts a call to a platform.
func (m *Monitor) Sent(p bot.Platform, reason bot.Reason, took time.Duration) {
	m.sent.WithLabelValues(string(p), orOK(reason)).Inc()
	m.sendTook.WithLabelValues(string(p)).Observe(took.Seconds())
}

// Settled counts an entry of the outbox.
func (m *Monitor) Settled(q bot.Queue, reason bot.Reason, again bool, lag time.Duration) {
	if again {
		m.retries.WithLabelValues(string(q), orOK(reason)).Inc()
		return
	}
	m.settled.WithLabelValues(string(q), orOK(reason)).Inc()
	m.lag.WithLabelValues(string(q)).Observe(lag.Seconds())
}

func orOK(r bot.Reason) string {
	if r == "" {
		return "ok"
	}
	return string(r)
}
