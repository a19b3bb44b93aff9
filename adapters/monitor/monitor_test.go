package monitor_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"cymar/adapters/monitor"
	"cymar/bot"
)

func watched(t *testing.T, o monitor.Options) (*monitor.Monitor, func(path string) (int, string)) {
	t.Helper()
	m := monitor.New()
	m.Watch(o)
	mux := http.NewServeMux()
	m.Mount(mux)
	return m, func(path string) (int, string) {
		t.Helper()
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		body, err := io.ReadAll(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		return w.Code, string(body)
	}
}

func check(name string, err error) monitor.Check {
	return monitor.Check{Name: name, Ask: func(context.Context) error { return err }}
}

func TestItIsAliveEvenWhenNothingCanBeReached(t *testing.T) {
	t.Parallel()
	_, get := watched(t, monitor.Options{Checks: []monitor.Check{check("store", errors.New("down"))}})
	if code, body := get("/healthz"); code != http.StatusOK || body != "ok\n" {
		t.Errorf("%d %s", code, body)
	}
}

func TestItIsReadyWhenEveryPartIs(t *testing.T) {
	t.Parallel()
	_, get := watched(t, monitor.Options{Checks: []monitor.Check{check("store", nil), check("slack", nil)}})
	if code, body := get("/readyz"); code != http.StatusOK || body != "slack: ok\nstore: ok\n" {
		t.Errorf("%d %s", code, body)
	}
}

func TestItIsNotReadyWhenOnePartIsNotAndTellsNoSecretOfIt(t *testing.T) {
	t.Parallel()
	_, get := watched(t, monitor.Options{Checks: []monitor.Check{check("store", errors.New("redis://:hunter2@host")), check("slack", nil)}})
	code, body := get("/readyz")
	if code != http.StatusServiceUnavailable || !strings.Contains(body, "store: not reachable") || strings.Contains(body, "hunter2") {
		t.Errorf("%d %s", code, body)
	}
}

func TestWhatIsAboutToStopIsNotReadyButAlive(t *testing.T) {
	t.Parallel()
	m, get := watched(t, monitor.Options{Checks: []monitor.Check{check("store", nil)}})
	m.Drain()
	if code, body := get("/readyz"); code != http.StatusServiceUnavailable || !strings.Contains(body, "stopping") {
		t.Errorf("%d %s", code, body)
	}
	if code, _ := get("/healthz"); code != http.StatusOK {
		t.Errorf("alive: %d", code)
	}
}

func TestTheMetricsSayWhatHappenedByReasonAndHandler(t *testing.T) {
	t.Parallel()
	m, get := watched(t, monitor.Options{
		Version: "v1.2.3",
		Outbox: func(context.Context) (monitor.Outbox, error) {
			return monitor.Outbox{Waiting: map[bot.Queue]int64{bot.Nudges: 7}, Oldest: map[bot.Queue]time.Duration{bot.Nudges: 3 * time.Second},
				Delayed: 2, Failed: map[bot.Reason]int64{bot.Unreachable: 4}, TwiceDied: 1}, nil
		},
		Due: func(context.Context) (map[string]int64, error) { return map[string]int64{"supervision": 12}, nil },
	})
	m.Handled("slack", "said", "my supervision", bot.Accepted, 30*time.Millisecond)
	m.Trouble("answer", "panicked")
	m.Denied(bot.Administer)
	m.Sent("slack", bot.RateLimited, time.Second)
	m.Sent("slack", "", time.Millisecond)
	m.Settled(bot.Nudges, bot.RateLimited, true, time.Second)
	m.Settled(bot.Nudges, "", false, 2*time.Second)
	m.Settled(bot.Replies, bot.GaveUp, false, time.Hour)
	code, body := get("/metrics")
	for _, want := range []string{
		`cymar_events_total{handler="my supervision",kind="said",platform="slack",result="accepted"} 1`,
		`cymar_event_seconds_bucket{kind="said",le="0.05"} 1`,
		`cymar_event_seconds_bucket{kind="said",le="0.025"} 0`,
		`cymar_handler_trouble_total{handler="answer",what="panicked"} 1`,
		`cymar_denied_total{permission="administer"} 1`,
		`cymar_sends_total{platform="slack",reason="rate_limited"} 1`,
		`cymar_sends_total{platform="slack",reason="ok"} 1`,
		`cymar_retries_total{queue="nudge",reason="rate_limited"} 1`,
		`cymar_deliveries_total{queue="nudge",reason="ok"} 1`,
		`cymar_deliveries_total{queue="reply",reason="gave_up"} 1`,
		`cymar_delivery_lag_seconds_sum{queue="nudge"} 2`,
		`cymar_outbox_waiting{queue="nudge"} 7`,
		`cymar_outbox_waiting{queue="reply"} 0`,
		`cymar_outbox_oldest_seconds{queue="nudge"} 3`,
		`cymar_outbox_delayed 2`,
		`cymar_undelivered{reason="unreachable"} 4`,
		`cymar_maybe_twice{window="died"} 1`,
		`cymar_due{job="supervision"} 12`,
		`cymar_build_info{version="v1.2.3"} 1`,
		`cymar_store_up 1`,
		`go_goroutines `,
	} {
		if code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%d, no %s", code, want)
		}
	}
}

func TestWithoutTheStoreTheCountersCanStillBeRead(t *testing.T) {
	t.Parallel()
	m, get := watched(t, monitor.Options{
		Outbox: func(context.Context) (monitor.Outbox, error) { return monitor.Outbox{}, errors.New("down") },
		Due:    func(context.Context) (map[string]int64, error) { return nil, errors.New("down") },
	})
	m.Denied(bot.Curate)
	code, body := get("/metrics")
	if code != http.StatusOK || !strings.Contains(body, "cymar_store_up 0") || !strings.Contains(body, `cymar_denied_total{permission="curate"} 1`) {
		t.Errorf("%d %s", code, body)
	}
	if strings.Contains(body, "cymar_outbox_waiting") {
		t.Error("it makes up how the outbox stands")
	}
}
