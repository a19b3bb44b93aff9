// Package teamsfake is Microsoft's side of a Teams bot, for tests and
// benchmarks: the document and the keys that tokens are checked with, the
// endpoint that gives the bot its own tokens, the connector, a drive for files
// and the part of Graph that lists a chat. What it sends to the bot it signs as
// the Bot Framework does, valid from some seconds in the future; what the bot
// sends it must carry a token that it gave. So the bot runs its production path
// in every test, and needs no switch that would let strangers in.
package teamsfake

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"
)

// The bot's registration, and the tenant that it is in.
const (
	AppID  = "11111111-2222-4333-8444-555555555555"
	Secret = "the-fake-client-secret"
	Tenant = "99999999-8888-4777-8666-555555555555"
	Issuer = "https://api.botframework.com"
)

// Call is one request that reached the service.
type Call struct {
	Method string
	Path   string // escaped, with the query
	ID     string // of the message that was sent or changed
	Body   json.RawMessage
}

// Fault is what happens to a request instead of its answer.
type Fault struct {
	Status int
	Header map[string]string
	Body   string
	// Cut ends the connection without an answer.
	Cut bool
	// Slow waits for this to be closed before it answers as usual.
	Slow <-chan struct{}
}

// Service is Microsoft's side. Make it with New.
type Service struct {
	URL string
	// Now is the time that tokens are made for.
	Now func() time.Time
	// Members is who is in every conversation, as the connector tells it.
	Members []map[string]any
	// Forward, when set, is where the connector's calls go after they were
	// checked and recorded: a host that shows them.
	Forward http.Handler

	server *httptest.Server
	mu     sync.Mutex
	keys   *ring
	tokens map[string]bool
	calls  []Call
	more   chan struct{}
	faults map[string][]Fault
	counts map[string]int
	drive  map[string][]byte
	chats  map[string][]map[string]any
	sent   int
	conns  int
	down   bool
}

// Down cuts every call to the connector, or lets them through again.
func (s *Service) Down(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

// Connections is how many connections were ever made to the service.
func (s *Service) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns
}

// New starts the service on loopback. Close ends it.
func New() *Service {
	s := &Service{
		Now: time.Now, keys: newRing(), tokens: map[string]bool{}, more: make(chan struct{}),
		faults: map[string][]Fault{}, counts: map[string]int{}, drive: map[string][]byte{}, chats: map[string][]map[string]any{},
		Members: []map[string]any{},
	}
	s.server = httptest.NewUnstartedServer(s.routes())
	s.server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.conns++
		}
	}
	s.server.Start()
	s.URL = s.server.URL
	return s
}

// Close ends the service and every connection to it.
func (s *Service) Close() {
	s.server.CloseClientConnections()
	s.server.Close()
}

// Addresses, as the bot's settings have them.

// OpenID is the document that names the keys.
func (s *Service) OpenID() string { return s.URL + "/openid" }

// ServiceURL is the connector.
func (s *Service) ServiceURL() string { return s.URL + "/connector" }

// Graph is Microsoft Graph.
func (s *Service) Graph() string { return s.URL + "/graph" }

// Drive is the address of a file: the bot puts it there, or gets it.
func (s *Service) Drive(name string) string { return s.URL + "/drive/" + name }

func (s *Service) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /openid", s.faulty("openid", s.openid))
	mux.HandleFunc("GET /keys", s.faulty("keys", s.jwks))
	mux.HandleFunc("POST /"+Tenant+"/oauth2/v2.0/token", s.faulty("token", s.token))
	mux.HandleFunc("/connector/", s.faulty("connector", s.checked(s.connector)))
	mux.HandleFunc("/graph/", s.faulty("graph", s.checked(s.graph)))
	mux.HandleFunc("/drive/", s.faulty("drive", s.file))
	return mux
}

// Next makes the next requests of a kind fail, one fault each; a zero fault
// lets one through. Kinds: openid, keys, token, connector, graph, drive.
func (s *Service) Next(kind string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[kind] = append(s.faults[kind], faults...)
}

// Count is how many requests of a kind came, failed ones too.
func (s *Service) Count(kind string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[kind]
}

func (s *Service) fault(kind string) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.counts[kind]++
	if s.down && kind == "connector" {
		return Fault{Cut: true}
	}
	waiting := s.faults[kind]
	if len(waiting) == 0 {
		return Fault{}
	}
	s.faults[kind] = waiting[1:]
	return waiting[0]
}

// faulty lets what Next said happen before, or instead of, the real answer.
func (s *Service) faulty(kind string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f := s.fault(kind)
		if f.Slow != nil {
			select {
			case <-f.Slow:
			case <-r.Context().Done():
				return
			}
		}
		if f.Cut {
			panic(http.ErrAbortHandler)
		}
		if f.Status == 0 {
			next(w, r)
			return
		}
		for name, v := range f.Header {
			w.Header().Set(name, v)
		}
		w.WriteHeader(f.Status)
		_, _ = io.WriteString(w, f.Body)
	}
}

// token gives the bot its token, as Entra does.
func (s *Service) token(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if r.FormValue("client_id") != AppID || r.FormValue("client_secret") != Secret || r.FormValue("grant_type") != "client_credentials" {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. Trace ID: x"}`)
		return
	}
	s.mu.Lock()
	t := fmt.Sprintf("bearer-%d", s.counts["token"])
	s.tokens[r.FormValue("scope")+" "+t] = true
	s.mu.Unlock()
	write(w, http.StatusOK, map[string]any{"token_type": "Bearer", "expires_in": 3600, "access_token": t})
}

// Expire makes every token that was given worthless.
func (s *Service) Expire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens = map[string]bool{}
}

// checked lets a call through that carries a token for the right service.
func (s *Service) checked(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		scope := "https://api.botframework.com/.default"
		if strings.HasPrefix(r.URL.Path, "/graph/") {
			scope = "https://graph.microsoft.com/.default"
		}
		t, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		s.mu.Lock()
		ok := s.tokens[scope+" "+t]
		s.mu.Unlock()
		if !ok {
			write(w, http.StatusUnauthorized, map[string]any{"error": map[string]any{"code": "Unauthorized"}})
			return
		}
		next(w, r)
	}
}

func (s *Service) record(r *http.Request) Call {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		body = nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent++
	c := Call{Method: r.Method, Path: strings.TrimPrefix(r.URL.RequestURI(), "/connector"), Body: body}
	switch _, message, ok := strings.Cut(r.URL.Path, "/activities/"); {
	case ok:
		c.ID = message
	case strings.HasSuffix(r.URL.Path, "/activities"):
		c.ID = fmt.Sprintf("170000000%04d", s.sent)
	}
	s.calls = append(s.calls, c)
	close(s.more)
	s.more = make(chan struct{})
	return c
}

// Calls is what the connector was asked, in order, and a channel that is
// closed when there is more.
func (s *Service) Calls() ([]Call, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Call(nil), s.calls...), s.more
}

// Await waits until a call holds for which want is true.
func (s *Service) Await(ctx context.Context, want func(Call) bool) (Call, error) {
	for {
		calls, more := s.Calls()
		for _, c := range calls {
			if want(c) {
				return c, nil
			}
		}
		select {
		case <-more:
		case <-ctx.Done():
			return Call{}, ctx.Err()
		}
	}
}

func write(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the other side may be gone
}

// Merge is an activity with changes laid over it, one level deep.
func Merge(activity map[string]any, over ...map[string]any) map[string]any {
	out := maps.Clone(activity)
	for _, o := range over {
		maps.Copy(out, o)
	}
	return out
}
