// Package slackfake is a Slack for tests: the calls that the adapter makes,
// signed deliveries with retries, and Socket Mode. It is as strict as Slack
// is known to be: a token in the form or the header, Block Kit's limits,
// trigger ids that expire, uploads whose size must fit, one socket for each
// envelope. Only tests import it.
package slackfake

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// The one workspace, its people and its channels. Alex and Bea can be written
// to; Gone was deactivated. The bot is a member of Community and of Closed.
const (
	Team      = "T0WORK0001"
	Bot       = "U0CYMAR001"
	BotID     = "B0CYMAR001"
	App       = "A0CYMAR001"
	Alex      = "U0ALEX0001"
	Bea       = "U0BEA00001"
	Gone      = "U0GONE0001"
	Community = "C0COMMUN01"
	Closed    = "G0CLOSED01"
	Elsewhere = "C0ELSEWH01"
)

// Secrets of the fake, each to be looked for in logs and errors.
const (
	BotToken     = "xoxb-fake-3f9a17c2"
	AppToken     = "xapp-fake-88d1e0b4"
	Signing      = "signing-fake-5b1c77aa"
	ClientID     = "1234.5678"
	ClientSecret = "client-fake-0c4e9d21"
)

// Message is a message, or a change of one, as it arrived.
type Message struct {
	Method  string // chat.postMessage, chat.postEphemeral, chat.update, files.completeUploadExternal or respond
	Channel string
	Thread  string
	User    string // who alone sees it
	TS      string
	Text    string
	Blocks  json.RawMessage
	File    *File
}

// Body is the message for Read: its text and blocks.
func (m Message) Body() string {
	b, _ := json.Marshal(map[string]any{"text": m.Text, "blocks": m.Blocks, "file": m.File != nil}) // plain values: it cannot fail
	return string(b)
}

// File is a file that was put up.
type File struct {
	ID, Name, Channel, Thread string
	Size                      int
	Data                      []byte
}

// View is a form that was opened, or a home page that was shown.
type View struct {
	Method  string
	User    string // of a home page
	ID      string
	Trigger string
	Raw     json.RawMessage
}

// Fault is how the next call fails. Of the fields one is set.
type Fault struct {
	Method     string // only this method, where set
	Code       string // Slack's own: {"ok":false,"error":Code}
	Status     int
	RetryAfter time.Duration
	Cut        bool
	Garbage    bool
	Stall      bool // until the caller gives up
}

// Slack is the fake. Its exported fields may be set before it is used.
type Slack struct {
	URL     string
	AckWait time.Duration // how long a delivery over a socket waits; 3 s when zero

	mu       sync.Mutex
	more     chan struct{}
	messages []Message
	views    []View
	calls    map[string]int
	faults   []Fault
	tokens   map[string]time.Time // valid tokens, with their end
	triggers map[string]time.Time
	slots    map[string]*File // upload addresses
	files    map[string]*File
	codes    map[string]bool
	refresh  map[string]bool
	rotating bool
	n        int
	last     int64 // the newest timestamp, in microseconds
	now      func() time.Time
	sockets  sockets
	ending   chan struct{}
}

// New starts a Slack that ends with the test.
func New(tb testing.TB) *Slack {
	tb.Helper()
	s := &Slack{
		more: make(chan struct{}), calls: map[string]int{}, tokens: map[string]time.Time{BotToken: {}}, triggers: map[string]time.Time{},
		slots: map[string]*File{}, files: map[string]*File{}, codes: map[string]bool{}, refresh: map[string]bool{}, now: time.Now, ending: make(chan struct{}),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", s.api)
	mux.HandleFunc("POST /upload/{id}", s.upload)
	mux.HandleFunc("GET /files/{id}", s.download)
	mux.HandleFunc("POST /respond/{channel}/{ts}", s.respond)
	mux.HandleFunc("GET /socket", s.socket)
	server := httptest.NewServer(mux)
	s.URL = server.URL
	tb.Cleanup(func() {
		close(s.ending)
		s.sockets.closeAll()
		server.CloseClientConnections()
		server.Close()
	})
	return s
}

// API is the address to give to the adapter.
func (s *Slack) API() string { return s.URL + "/api/" }

// Break makes the next call fail; several faults come one after the other.
func (s *Slack) Break(f ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, f...)
}

// Revoke ends every token, as removing the app does.
func (s *Slack) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.tokens)
}

// Messages is what arrived so far, in order.
func (s *Slack) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.messages)
}

// Views is the forms and home pages so far.
func (s *Slack) Views() []View {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.views)
}

// Calls is how often a method was called.
func (s *Slack) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// patience covers what waits for a lease of a replica that died.
const patience = time.Minute

// Await waits until holds is true of what arrived, and returns it.
func (s *Slack) Await(tb testing.TB, what string, holds func([]Message) bool) []Message {
	tb.Helper()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for {
		s.mu.Lock()
		all, more := slices.Clone(s.messages), s.more
		s.mu.Unlock()
		if holds(all) {
			return all
		}
		select {
		case <-more:
		case <-limit.C:
			tb.Fatalf("waited %v for %s; there are %d messages", patience, what, len(all))
		}
	}
}

// AwaitText waits for a message that shows all of want, and returns it.
func (s *Slack) AwaitText(tb testing.TB, want ...string) Message {
	tb.Helper()
	var found Message
	s.Await(tb, strings.Join(want, " and "), func(all []Message) bool {
		i := slices.IndexFunc(all, func(m Message) bool { return m.Shows(want...) })
		if i >= 0 {
			found = all[i]
		}
		return i >= 0
	})
	return found
}

// AwaitView waits for the newest view that holds want.
func (s *Slack) AwaitView(tb testing.TB, want string) View {
	tb.Helper()
	var found View
	s.Await(tb, "a view with "+want, func([]Message) bool {
		for _, v := range slices.Backward(s.Views()) {
			if strings.Contains(string(v.Raw), want) {
				found = v
				return true
			}
		}
		return false
	})
	return found
}

// Shows reports whether a person reads all of want in the message.
func (m Message) Shows(want ...string) bool {
	shown, err := Read(m.Body())
	if err != nil {
		return false
	}
	for _, w := range want {
		if !strings.Contains(shown.Text, w) && !strings.Contains(shown.Buttons, w) {
			return false
		}
	}
	return true
}

// arrived keeps something and tells whoever waits; the caller holds the lock.
func (s *Slack) arrived() {
	close(s.more)
	s.more = make(chan struct{})
}

// next is a number that was not used before; the caller holds the lock.
func (s *Slack) next() int { s.n++; return s.n }

// ts is a new message's timestamp; the caller holds the lock.
func (s *Slack) ts() string {
	s.last = max(s.last+1, s.now().UnixMicro())
	return fmt.Sprintf("%d.%06d", s.last/1e6, s.last%1e6)
}

// Trigger is a new trigger id, good for three seconds and for once.
func (s *Slack) Trigger() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := fmt.Sprintf("trigger.%d", s.next())
	s.triggers[id] = s.now().Add(3 * time.Second)
	return id
}

// Late is a trigger id whose three seconds are over.
func (s *Slack) Late() string {
	id := s.Trigger()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.triggers[id] = s.now().Add(-time.Second)
	return id
}

// Response is the address at which a message can be answered.
func (s *Slack) Response(channel, ts string) string {
	return s.URL + "/respond/" + channel + "/" + ts
}

// Put makes a file that somebody dropped, and returns its id.
func (s *Slack) Put(name string, data []byte) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := fmt.Sprintf("F0FILE%04d", s.next())
	s.files[id] = &File{ID: id, Name: name, Size: len(data), Data: data}
	return id
}

// Files is what the bot put up.
func (s *Slack) Files() []File {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []File
	for _, m := range s.messages {
		if m.File != nil {
			out = append(out, *m.File)
		}
	}
	return out
}

// Code is a new code of an installation; with rotate, its token ends in
// twelve hours and can be exchanged.
func (s *Slack) Code(rotate bool) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	code := fmt.Sprintf("code-%d", s.next())
	s.codes[code], s.rotating = true, rotate
	return code
}
