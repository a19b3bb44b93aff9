package playground_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"cymar/adapters/playground"
	"cymar/bot"
	"cymar/bot/bottest"
)

// taker is a receiver that keeps what it got.
type taker struct {
	mu     sync.Mutex
	events []bot.Event
	now    *bot.Now
	fails  int
}

func (k *taker) Receive(_ context.Context, ev bot.Event) (*bot.Now, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.events = append(k.events, ev)
	if k.fails > 0 {
		k.fails--
		return nil, errors.New("not now")
	}
	return k.now, nil
}

func (k *taker) last(t *testing.T) bot.Event {
	t.Helper()
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.events) == 0 {
		t.Fatal("no event came")
	}
	return k.events[len(k.events)-1]
}

type world struct {
	page   *playground.Playground
	server *httptest.Server
	took   *taker
	clock  *playground.Clock
}

func open(t *testing.T) world {
	t.Helper()
	w := world{took: &taker{}, clock: playground.NewClock()}
	w.page = playground.New(playground.Options{Clock: w.clock, Renderers: []playground.Renderer{
		{Name: "Shouted", Render: func(c bot.Card) ([]byte, error) { return []byte(strings.ToUpper(c.Summary)), nil }},
	}})
	mux := http.NewServeMux()
	w.page.Mount(mux, w.took)
	w.server = httptest.NewServer(mux)
	t.Cleanup(func() { w.page.Close(); w.server.Close() })
	return w
}

func (w world) post(t *testing.T, path, body string) (int, string) {
	t.Helper()
	res, err := http.Post(w.server.URL+"/api/"+path, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return read(t, res)
}

func (w world) get(t *testing.T, path string) (int, string) {
	t.Helper()
	res, err := http.Get(w.server.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, res)
}

func read(t *testing.T, res *http.Response) (int, string) {
	t.Helper()
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(b)
}

type line struct {
	ID, Place, Thread, From, Text string
	Only, Edited, Removed         bool
	Likes                         int
	Card                          *bot.Card
}

// watch opens the stream of what somebody sees; next waits for a message.
func (w world) watch(t *testing.T, as string) (all []line, next func() line) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), bottest.Patience)
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, w.server.URL+"/api/events?as="+as, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<24)
	event := func(want string, into any) {
		name := ""
		for lines.Scan() {
			if n, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				name = n
			}
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && name == want {
				if err := json.Unmarshal([]byte(data), into); err != nil {
					t.Error(err)
				}
				return
			}
		}
		t.Errorf("the stream ended before %q", want)
	}
	event("all", &all)
	return all, func() line {
		var l line
		event("message", &l)
		return l
	}
}
