// Command slack measures how fast mentions are acknowledged and answered, and
// what that costs: by Cymar's core and Slack adapter, and by a Bolt for
// JavaScript app that does the same. Run it with bench/slack/run.sh. Everything
// is on this machine: Redis on a Unix socket, Slack's API faked here.
package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const secret = "bench"

func main() {
	n := flag.Int("n", 5000, "mentions to send")
	conns := flag.Int("c", 16, "at a time")
	flag.Parse()
	if err := compare(os.Stdout, *n, *conns, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// compare measures each program, given as name=command, in turn.
func compare(w io.Writer, n, conns int, programs []string) error {
	fmt.Fprintf(w, "%d mentions, %d at a time\n%-8s %12s %12s %10s %10s %14s %10s\n", n, conns,
		"", "acked/s", "answered/s", "p50 ms", "p99 ms", "CPU ms/event", "RSS MiB")
	var first figures
	for i, p := range programs {
		name, command, ok := strings.Cut(p, "=")
		if !ok {
			return fmt.Errorf("write name=command, not %q", p)
		}
		f, err := measure(command, n, conns)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Fprintf(w, "%-8s %12.0f %12.0f %10.1f %10.1f %14.3f %10.0f\n", name, f.acked, f.answered, f.p50, f.p99, f.cpu, f.rss)
		if i == 0 {
			first = f
			continue
		}
		fmt.Fprintf(w, "ratio to %s: acknowledged %.1f, answered %.1f, p99 1/%.1f, CPU 1/%.1f, memory 1/%.1f\n", name,
			first.acked/f.acked, first.answered/f.answered, f.p99/first.p99, f.cpu/first.cpu, f.rss/first.rss)
	}
	return nil
}

type figures struct{ acked, answered, p50, p99, cpu, rss float64 }

// rig is what a program runs against.
type rig struct {
	dir      string
	redis    *exec.Cmd
	api      *httptest.Server
	answered atomic.Int64
	port     int
}

func newRig() (*rig, error) {
	dir, err := os.MkdirTemp("", "cb")
	if err != nil {
		return nil, err
	}
	r := &rig{dir: dir}
	r.redis = exec.Command("redis-server", "--port", "0", "--unixsocket", r.socket(), "--dir", dir, "--appendonly", "yes", "--appendfsync", "everysec", "--save", "")
	if err := r.redis.Start(); err != nil {
		return nil, err
	}
	r.api = httptest.NewServer(http.HandlerFunc(r.slack))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r.port = l.Addr().(*net.TCPAddr).Port
	return r, l.Close()
}

func (r *rig) socket() string { return filepath.Join(r.dir, "s") }

func (r *rig) close() {
	r.api.Close()
	_ = r.redis.Process.Kill()
	_ = r.redis.Wait()
	_ = os.RemoveAll(r.dir)
}

// slack answers every call well, and counts the messages.
func (r *rig) slack(w http.ResponseWriter, req *http.Request) {
	_, _ = io.Copy(io.Discard, req.Body)
	w.Header().Set("Content-Type", "application/json")
	if strings.HasSuffix(req.URL.Path, "chat.postMessage") {
		r.answered.Add(1)
	}
	_, _ = io.WriteString(w, `{"ok":true,"channel":"C1","ts":"1.1","team":"t","team_id":"T1","user_id":"U0BOT","bot_id":"B0BOT","user":"bot"}`)
}

// measure starts a program and sends it mentions, warmed up by a tenth more.
func measure(command string, n, conns int) (figures, error) {
	r, err := newRig()
	if err != nil {
		return figures{}, err
	}
	defer r.close()
	words := strings.Fields(command)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Env = append(os.Environ(), "REDIS_SOCKET="+r.socket(), "SLACK_API_URL="+r.api.URL+"/api/", "SLACK_BOT_TOKEN=xoxb-bench",
		"SLACK_SIGNING_SECRET="+secret, "PORT="+strconv.Itoa(r.port), "NODE_ENV=production")
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return figures{}, err
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	if err := r.await(20*time.Second, func() bool { return r.post(0) == nil }); err != nil {
		return figures{}, err
	}
	r.burst(1, n/10, conns)
	if err := r.await(time.Minute, func() bool { return r.answered.Load() > int64(n/10) }); err != nil {
		return figures{}, err
	}
	before, _ := usage(cmd.Process.Pid)
	r.answered.Store(0)
	began := time.Now()
	took := r.burst(n, n, conns)
	acked := time.Since(began)
	if len(took) != n {
		return figures{}, fmt.Errorf("%d of %d were acknowledged", len(took), n)
	}
	if err := r.await(2*time.Minute, func() bool { return r.answered.Load() >= int64(n) }); err != nil {
		return figures{}, err
	}
	all := time.Since(began)
	after, rss := usage(cmd.Process.Pid)
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
	return figures{float64(n) / acked.Seconds(), float64(n) / all.Seconds(), ms(took[n/2]), ms(took[n*99/100]), ms(after-before) / float64(n), rss}, nil
}

func (r *rig) await(limit time.Duration, holds func() bool) error {
	end, look := time.NewTimer(limit), time.NewTicker(5*time.Millisecond)
	defer end.Stop()
	defer look.Stop()
	for !holds() {
		select {
		case <-look.C:
		case <-end.C:
			return fmt.Errorf("waited %v; %d messages were sent", limit, r.answered.Load())
		}
	}
	return nil
}

// burst sends mentions with ids from first on, and returns how long each took
// to be acknowledged.
func (r *rig) burst(first, n, conns int) []time.Duration {
	var mu sync.Mutex
	var took []time.Duration
	var next atomic.Int64
	var all sync.WaitGroup
	for range conns {
		all.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				began := time.Now()
				if r.post(first+i) == nil {
					mu.Lock()
					took = append(took, time.Since(began))
					mu.Unlock()
				}
			}
		})
	}
	all.Wait()
	return took
}

var client = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 256}}

// post delivers one mention, each in a channel of its own so that Slack's pace
// for a channel is not what is measured.
func (r *rig) post(i int) error {
	now := strconv.FormatInt(time.Now().Unix(), 10)
	body := fmt.Appendf(nil, `{"token":"x","team_id":"T1","api_app_id":"A1","event":{"user":"U%06d","type":"app_mention","ts":"1795440000.%06d","text":"<@U0BOT> hello","team":"T1","channel":"C%06d","event_ts":"1795440000.%06d"},`+
		`"type":"event_callback","event_id":"Ev%06d","event_time":%s,"authorizations":[{"team_id":"T1","user_id":"U0BOT","is_bot":true}]}`, i%500, i, i, i, i, now)
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = fmt.Fprintf(mac, "v0:%s:%s", now, body)
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, fmt.Sprintf("http://127.0.0.1:%d/slack/events", r.port), bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-Slack-Request-Timestamp", now)
	req.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, res.Body)
	_ = res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", res.StatusCode)
	}
	return nil
}

// usage is the CPU time of a process so far, and the most memory that it held,
// in MiB.
func usage(pid int) (cpu time.Duration, rss float64) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	for _, f := range fields[11:13] {
		ticks, _ := strconv.Atoi(f)
		cpu += time.Duration(ticks) * 10 * time.Millisecond
	}
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(status)) {
		if v, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(v), "kB")))
			rss = float64(kb) / 1024
		}
	}
	return cpu, rss
}
