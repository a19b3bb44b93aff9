package slackfake

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// sockets is the open connections of Socket Mode.
type sockets struct {
	mu     sync.Mutex
	open   []*conn
	turn   int
	acks   map[string]chan []byte
	lose   bool // acknowledgements are lost on the way
	lost   chan struct{}
	opened int
	more   chan struct{}
}

// conn is one connection; writes are one at a time.
type conn struct {
	*websocket.Conn
	mu sync.Mutex
}

func (c *conn) send(v any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.WriteJSON(v)
}

const (
	pingEvery = 10 * time.Second
	maxAck    = 20 * 1024 // a larger acknowledgement is dropped in silence
)

func (s *Slack) socket(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &conn{Conn: ws}
	if c.send(object{"type": "hello", "num_connections": 1, "connection_info": object{"app_id": App}}) != nil {
		return
	}
	s.sockets.add(c)
	defer s.sockets.drop(c)
	done := make(chan struct{})
	defer close(done)
	go c.ping(done)
	for {
		_, data, err := ws.ReadMessage()
		if err != nil {
			return
		}
		s.sockets.ack(data)
	}
}

func (c *conn) ping(done <-chan struct{}) {
	t := time.NewTicker(pingEvery)
	defer t.Stop()
	for {
		if c.WriteControl(websocket.PingMessage, []byte("ping"), time.Now().Add(time.Second)) != nil {
			return
		}
		select {
		case <-t.C:
		case <-done:
			return
		}
	}
}

func (k *sockets) add(c *conn) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.open = append(k.open, c)
	k.opened++
	if k.more != nil {
		close(k.more)
	}
	k.more = make(chan struct{})
}

func (k *sockets) drop(c *conn) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i, o := range k.open {
		if o == c {
			k.open = append(k.open[:i:i], k.open[i+1:]...)
		}
	}
	_ = c.Close()
}

func (k *sockets) closeAll() {
	k.mu.Lock()
	open := k.open
	k.mu.Unlock()
	for _, c := range open {
		_ = c.Close()
	}
}

// ack takes an acknowledgement, unless it is too large or is to be lost.
func (k *sockets) ack(data []byte) {
	var a struct {
		Envelope string          `json:"envelope_id"`
		Payload  json.RawMessage `json:"payload"`
	}
	if len(data) >= maxAck || json.Unmarshal(data, &a) != nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	wait := k.acks[a.Envelope]
	switch {
	case wait == nil:
	case k.lose:
		k.lost <- struct{}{}
	default:
		delete(k.acks, a.Envelope)
		wait <- a.Payload
	}
}

// pick is the connection whose turn it is; each envelope goes to one of them.
func (k *sockets) pick() (*conn, <-chan struct{}) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.more == nil {
		k.more = make(chan struct{})
	}
	if len(k.open) == 0 {
		return nil, k.more
	}
	k.turn++
	return k.open[k.turn%len(k.open)], nil
}

// carry sends over whichever connection takes it, and waits for one where
// there is none.
func (k *sockets) carry(v any) bool {
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for {
		c, more := k.pick()
		if c == nil {
			select {
			case <-more:
				continue
			case <-limit.C:
				return false
			}
		}
		if c.send(v) == nil {
			return true
		}
		k.drop(c)
	}
}

func (k *sockets) expect(envelope string) chan []byte {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.acks == nil {
		k.acks = map[string]chan []byte{}
	}
	wait := make(chan []byte, 1)
	k.acks[envelope] = wait
	return wait
}

// LoseAcks lets acknowledgements get lost on their way, and tells of each that
// came; the returned function lets them arrive again.
func (s *Slack) LoseAcks() (lost <-chan struct{}, again func()) {
	s.sockets.mu.Lock()
	defer s.sockets.mu.Unlock()
	s.sockets.lose, s.sockets.lost = true, make(chan struct{}, 1000)
	return s.sockets.lost, func() {
		s.sockets.mu.Lock()
		defer s.sockets.mu.Unlock()
		s.sockets.lose = false
	}
}

// Connected waits until sockets were opened n times in all.
func (s *Slack) Connected(tb testing.TB, n int) {
	tb.Helper()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for {
		s.sockets.mu.Lock()
		if s.sockets.more == nil {
			s.sockets.more = make(chan struct{})
		}
		opened, more := s.sockets.opened, s.sockets.more
		s.sockets.mu.Unlock()
		if opened >= n {
			return
		}
		select {
		case <-more:
		case <-limit.C:
			tb.Fatalf("%d of %d sockets were opened", opened, n)
		}
	}
}

// Refresh tells one connection to go, as Slack does several times a day.
func (s *Slack) Refresh() {
	if c, _ := s.sockets.pick(); c != nil {
		_ = c.send(object{"type": "disconnect", "reason": "refresh_requested"})
	}
}

// Push sends one delivery over a socket and waits for its acknowledgement. It
// returns the answer in it; false where none came in time.
func (s *Slack) Push(payload string) ([]byte, bool) {
	s.mu.Lock()
	envelope := fmt.Sprintf("envelope-%d", s.next())
	s.mu.Unlock()
	wait := s.sockets.expect(envelope)
	kind, body := kindOf(payload)
	if !s.sockets.carry(object{"type": kind, "envelope_id": envelope, "payload": body, "accepts_response_payload": kind != events}) {
		return nil, false
	}
	limit := time.NewTimer(max(s.AckWait, time.Millisecond))
	if s.AckWait == 0 {
		limit.Reset(3 * time.Second)
	}
	defer limit.Stop()
	select {
	case answer := <-wait:
		return answer, true
	case <-limit.C:
		return nil, false
	}
}

const (
	events      = "events_api"
	interactive = "interactive"
	command     = "slash_commands"
)

// kindOf is the kind of a payload and how it stands in an envelope. What is no
// JSON is put there as a text.
func kindOf(payload string) (string, json.RawMessage) {
	var p map[string]any
	body := json.RawMessage(payload)
	if json.Unmarshal([]byte(payload), &p) != nil {
		quoted, _ := json.Marshal(payload) // a text: it cannot fail
		return events, quoted
	}
	switch p["type"] {
	case "block_actions", "view_submission", "view_closed", "shortcut", "message_action", "block_suggestion":
		return interactive, body
	}
	if _, ok := p["command"]; ok {
		return command, body
	}
	return events, body
}

// Post delivers over HTTP to a bot at an address, signed. The header values
// are added; retry is the number of the try after the first.
func (s *Slack) Post(tb testing.TB, bot, payload string, retry int) (int, []byte) {
	tb.Helper()
	kind, _ := kindOf(payload)
	path, form, body := "/slack/events", "application/json", payload
	switch kind {
	case interactive:
		path, form, body = "/slack/interactions", "application/x-www-form-urlencoded", url.Values{"payload": {payload}}.Encode()
	case command:
		path, form, body = "/slack/commands", "application/x-www-form-urlencoded", commandForm(payload)
	}
	req, err := http.NewRequest(http.MethodPost, bot+path, strings.NewReader(body))
	if err != nil {
		tb.Fatal(err)
	}
	req.Header.Set("Content-Type", form)
	Sign(req, []byte(body), Signing, time.Now())
	if retry > 0 {
		req.Header.Set("X-Slack-Retry-Num", strconv.Itoa(retry))
		req.Header.Set("X-Slack-Retry-Reason", "http_error")
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, nil
	}
	return res.StatusCode, bytes.TrimSpace(answer)
}

func commandForm(payload string) string {
	var fields map[string]string
	_ = json.Unmarshal([]byte(payload), &fields) // it was read once already
	v := url.Values{}
	for k, f := range fields {
		v.Set(k, f)
	}
	return v.Encode()
}

// Sign signs a request as Slack does.
func Sign(req *http.Request, body []byte, secret string, at time.Time) {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	_, _ = fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	req.Header.Set("X-Slack-Request-Timestamp", stamp)
	req.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
}
