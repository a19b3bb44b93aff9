// Teams measures how fast a bot takes in verified messages: ours, the library
// that it stands on as it is, and Microsoft's botbuilder. Each runs in a
// process of its own on loopback, takes the same signed messages over 16
// connections, and answers nothing.
//
//	cd bench/teams && npm ci && go run . -n 3000
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/infracloudio/msbotbuilder-go/core"

	"cymar/adapters/teams"
	"cymar/adapters/teams/teamsfake"
	"cymar/bot"
)

func main() {
	n := flag.Int("n", 3000, "messages")
	serve := flag.String("serve", "", "ours or library: be the bot")
	fake := flag.String("fake", "", "Microsoft's side")
	addr := flag.String("addr", "", "where to listen")
	flag.Parse()
	if *serve != "" {
		fail(http.ListenAndServe(*addr, bots(*serve, *fake)))
	}
	service := teamsfake.New()
	defer service.Close()
	fmt.Fprintln(os.Stdout, "| bot | messages/s | p99 | CPU a message | memory |\n| --- | --- | --- | --- | --- |")
	for i, name := range []string{"ours", "library", "botbuilder"} {
		for range 2 { // each from a cold start
			measure(service, name, fmt.Sprintf("127.0.0.1:%d", 18700+i), *n)
		}
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

type nobody struct{}

func (nobody) Receive(context.Context, bot.Event) (*bot.Now, error) { return nil, nil }

// bots is the bot of a name.
func bots(name, fake string) http.Handler {
	mux := http.NewServeMux()
	if name == "ours" {
		a, err := teams.New(teams.Options{AppID: teamsfake.AppID, Tenant: teamsfake.Tenant, Secret: func() string { return teamsfake.Secret },
			Endpoints: teams.Endpoints{OpenID: fake + "/openid", Login: fake, Service: fake + "/connector"}})
		if err != nil {
			fail(err)
		}
		a.Mount(mux, nobody{})
		return mux
	}
	to, err := url.Parse(fake)
	if err != nil {
		fail(err)
	}
	http.DefaultTransport = toFake{to, http.DefaultTransport}
	a, err := core.NewBotAdapter(core.AdapterSetting{AppID: teamsfake.AppID, AppPassword: teamsfake.Secret})
	if err != nil {
		fail(err)
	}
	mux.HandleFunc("POST /api/messages", func(w http.ResponseWriter, r *http.Request) {
		if _, err := a.ParseRequest(r.Context(), r); err != nil {
			http.Error(w, "no", http.StatusUnauthorized)
		}
	})
	return mux
}

// toFake sends the library, whose addresses are fixed, to the fake.
type toFake struct {
	fake *url.URL
	next http.RoundTripper
}

func (f toFake) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	if r.URL.Host == "login.botframework.com" {
		r.URL.Path = "/openid"
	}
	r.URL.Scheme, r.URL.Host, r.Host = "http", f.fake.Host, f.fake.Host
	return f.next.RoundTrip(r)
}

func measure(s *teamsfake.Service, name, addr string, n int) {
	cmd := exec.Command(os.Args[0], "-serve", name, "-fake", s.URL, "-addr", addr)
	if name == "botbuilder" {
		cmd = exec.Command("node", "botbuilder.js", s.OpenID(), teamsfake.AppID, addr)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		fail(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	amara, _, _ := teamsfake.People()
	c := s.Claims(s.ServiceURL())
	c["nbf"] = time.Now().Add(-time.Second).Unix() // the library takes no other
	token := "Bearer " + s.Sign(c)
	body, err := json.Marshal(teamsfake.Merge(s.Message("m", amara, teamsfake.Personal(amara), "hello"), map[string]any{"localTimestamp": "2026-11-23T09:00:00Z"}))
	if err != nil {
		fail(err)
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	post := func() (int, error) {
		req, err := http.NewRequest(http.MethodPost, "http://"+addr+"/api/messages", bytes.NewReader(body))
		if err != nil {
			return 0, err
		}
		req.Header.Set("Authorization", token)
		req.Header.Set("Content-Type", "application/json")
		res, err := client.Do(req)
		if err != nil {
			return 0, err
		}
		defer func() { _ = res.Body.Close() }()
		_, err = io.Copy(io.Discard, res.Body)
		return res.StatusCode, err
	}
	for range 200 {
		if status, err := post(); err == nil && status == http.StatusOK {
			break
		}
		<-time.After(50 * time.Millisecond)
	}
	before := cpu(cmd.Process.Pid)
	begin, took, wrong := time.Now(), make([]time.Duration, n), 0
	var wg sync.WaitGroup
	var mu sync.Mutex
	next := 0
	for range 16 {
		wg.Go(func() {
			for {
				mu.Lock()
				i := next
				next++
				mu.Unlock()
				if i >= n {
					return
				}
				at := time.Now()
				status, err := post()
				took[i] = time.Since(at)
				if err != nil || status != http.StatusOK {
					mu.Lock()
					wrong++
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	all := time.Since(begin)
	slices.Sort(took)
	fmt.Fprintf(os.Stdout, "| %s | %.0f | %.1f ms | %.3f ms | %s |", name, float64(n)/all.Seconds(),
		took[n*99/100].Seconds()*1000, (cpu(cmd.Process.Pid)-before).Seconds()*1000/float64(n), memory(cmd.Process.Pid))
	fmt.Fprintf(os.Stdout, " %s\n", map[bool]string{true: "", false: fmt.Sprint(wrong, " refused")}[wrong == 0])
}

// cpu is the processor time of a process, in hundredths of a second.
func cpu(pid int) time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+2:]))
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

func memory(pid int) string {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return "?"
	}
	for _, line := range strings.Split(string(b), "\n") {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.Atoi(strings.Fields(rest)[0])
			return fmt.Sprintf("%d MiB", kb/1024)
		}
	}
	return "?"
}
