package main

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"cymar/bot/bottest"
	"cymar/config"
)

// freeAddr is an address on loopback that nobody uses just now.
func freeAddr(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// get is what an address answers; 0 when nothing does.
func get(url string) (int, string) {
	client := http.Client{Timeout: 5 * time.Second}
	res, err := client.Get(url)
	if err != nil {
		return 0, ""
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	return res.StatusCode, string(body)
}

// TestTheWholeBotTellsHowItIs asks a question and reads its counters, stops
// the store and looks whether the bot is alive and not ready.
func TestTheWholeBotTellsHowItIs(t *testing.T) {
	t.Parallel()
	server, health := bottest.NewServer(t), freeAddr(t)
	url := served(t, "REDIS_URL="+server.URL, "HEALTH_ADDR="+health)
	v := &visitor{t: t, url: url, as: "amara"}
	v.say("direct-amara", "what does non-directive mean")
	v.sees("direct-amara", "Sources:")
	bottest.Eventually(t, "the answer to be counted", func() bool {
		_, body := get("http://" + health + "/metrics")
		return strings.Contains(body, `cymar_events_total{handler="answer",kind="said",platform="playground",result="accepted"} 1`) &&
			strings.Contains(body, `cymar_deliveries_total{queue="reply",reason="ok"}`) &&
			strings.Contains(body, `cymar_due{job="supervision"}`) && strings.Contains(body, "cymar_store_up 1")
	})
	if _, body := get("http://" + health + "/metrics"); strings.Contains(body, "amara") || strings.Contains(body, "directive") {
		t.Error("the metrics name somebody, or what was said")
	}
	if code, body := get("http://" + health + "/readyz"); code != http.StatusOK {
		t.Errorf("ready: %d %s", code, body)
	}
	server.Stop()
	bottest.Eventually(t, "it says that it is not ready", func() bool {
		code, body := get("http://" + health + "/readyz")
		return code == http.StatusServiceUnavailable && strings.Contains(body, "store: not reachable")
	})
	if code, _ := get("http://" + health + "/healthz"); code != http.StatusOK {
		t.Errorf("alive: %d", code)
	}
}

func TestWhatIsAskedToStopDrainsFirstAndEndsInTime(t *testing.T) {
	t.Parallel()
	health := freeAddr(t)
	ctx, stop := context.WithCancel(t.Context())
	out := newWaiter("Cymar is running")
	done := make(chan int, 1)
	environ := []string{"REDIS_URL=" + bottest.NewServer(t).URL, "PLAYGROUND_ADDR=127.0.0.1:0", "HEALTH_ADDR=" + health, "DRAIN_FOR=1s", "LOG_FORMAT=json"}
	go func() { done <- run(ctx, nil, stdio{strings.NewReader(""), out, out, environ}) }()
	<-out.seen
	bottest.Eventually(t, "it is ready", func() bool { code, _ := get("http://" + health + "/readyz"); return code == http.StatusOK })
	if got := cymar(t, "", environ, "health"); got.status != 0 {
		t.Errorf("the health command: %+v", got)
	}
	began := time.Now()
	stop()
	bottest.Eventually(t, "it says that it stops", func() bool {
		code, body := get("http://" + health + "/readyz")
		return code == http.StatusServiceUnavailable && strings.Contains(body, "stopping")
	})
	if status := bottest.Receive(t, done, "the end"); status != 0 {
		t.Errorf("status %d: %s", status, out.String())
	}
	if took := time.Since(began); took < time.Second || took > 25*time.Second {
		t.Errorf("it took %v", took)
	}
	for line := range strings.Lines(out.String()) {
		if strings.HasPrefix(line, "{") && !json.Valid([]byte(line)) {
			t.Errorf("a line of the log is no JSON: %s", line)
		}
	}
}

func TestAnAddressForHealthThatIsInUseIsNamed(t *testing.T) {
	t.Parallel()
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = busy.Close() }()
	got := cymar(t, "", []string{"PLAYGROUND_ADDR=127.0.0.1:0", "HEALTH_ADDR=" + busy.Addr().String()})
	if got.status != 2 || !strings.Contains(got.err, "HEALTH_ADDR") {
		t.Errorf("%+v", got)
	}
}

func TestTheHealthCommandAsksWhereTheBotTells(t *testing.T) {
	t.Parallel()
	for health, want := range map[string]string{"": "page", ":9090": "127.0.0.1:9090", "10.0.0.1:9": "10.0.0.1:9"} {
		if got := healthAddr(config.Config{Health: health, Page: "page"}); got != want {
			t.Errorf("%q: %q", health, got)
		}
	}
}
