package slackfake

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// call is one call of a method.
type call struct {
	url.Values
	method string
	token  string
}

// object is an answer.
type object = map[string]any

func no(code string) object { return object{"ok": false, "error": code} }

// api answers every method. A token may stand in the form, as slack-go sends
// it, or in the header.
func (s *Slack) api(w http.ResponseWriter, r *http.Request) {
	c := call{method: strings.TrimPrefix(r.URL.Path, "/api/")}
	body, err := io.ReadAll(io.LimitReader(r.Body, 4<<20))
	if err != nil {
		return
	}
	c.Values, err = fields(r.Header.Get("Content-Type"), body)
	if err != nil {
		http.Error(w, "bad form", http.StatusBadRequest)
		return
	}
	c.token = c.Get("token")
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		c.token = bearer
	}
	s.mu.Lock()
	s.calls[c.method]++
	s.mu.Unlock()
	if s.fails(w, r, c.method) {
		return
	}
	w.Header().Set("Content-Type", "application/json")
	s.mu.Lock()
	answer := s.answer(c)
	s.mu.Unlock()
	_ = json.NewEncoder(w).Encode(answer) // a caller that went away is a test's own doing
}

// fields reads a call's fields from a form or from JSON.
func fields(kind string, body []byte) (url.Values, error) {
	if len(body) == 0 || !strings.HasPrefix(kind, "application/json") {
		return url.ParseQuery(string(body))
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		return nil, err
	}
	v := url.Values{}
	for k, b := range raw {
		var text string
		if json.Unmarshal(b, &text) != nil {
			text = string(b)
		}
		v.Set(k, text)
	}
	return v, nil
}

// fails lets the next fault happen, where there is one for this method.
func (s *Slack) fails(w http.ResponseWriter, r *http.Request, method string) bool {
	s.mu.Lock()
	i := slices.IndexFunc(s.faults, func(f Fault) bool { return f.Method == "" || f.Method == method })
	if i < 0 {
		s.mu.Unlock()
		return false
	}
	f := s.faults[i]
	s.faults = slices.Delete(s.faults, i, i+1)
	s.mu.Unlock()
	switch {
	case f.Code != "":
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(no(f.Code))
	case f.Cut:
		panic(http.ErrAbortHandler)
	case f.Garbage:
		_, _ = io.WriteString(w, "<html>not what you asked for</html>")
	case f.Stall:
		select {
		case <-r.Context().Done():
		case <-s.ending:
		}
	default:
		if f.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(f.RetryAfter/time.Second)))
		}
		w.WriteHeader(f.Status)
	}
	return true
}

// answer is what a method says; the caller holds the lock.
func (s *Slack) answer(c call) object {
	switch c.method {
	case "oauth.v2.access":
		return s.oauth(c)
	case "apps.connections.open":
		if c.token != AppToken {
			return no("invalid_auth")
		}
		return object{"ok": true, "url": "ws" + strings.TrimPrefix(s.URL, "http") + "/socket?ticket=" + strconv.Itoa(s.next())}
	}
	ends, ok := s.tokens[c.token]
	switch {
	case c.token == "":
		return no("not_authed")
	case !ok:
		return no("invalid_auth")
	case !ends.IsZero() && s.now().After(ends):
		return no("token_expired")
	}
	if do := methods[c.method]; do != nil {
		return do(s, c)
	}
	return no("unknown_method")
}

var methods = map[string]func(*Slack, call) object{
	"auth.test": func(*Slack, call) object {
		return object{"ok": true, "team": "Peer support Wales", "team_id": Team, "user": "cymar", "user_id": Bot, "bot_id": BotID}
	},
	"chat.postMessage":             (*Slack).post,
	"chat.postEphemeral":           (*Slack).post,
	"chat.update":                  (*Slack).update,
	"conversations.open":           (*Slack).open,
	"conversations.members":        (*Slack).members,
	"users.list":                   (*Slack).users,
	"views.open":                   (*Slack).view,
	"views.publish":                (*Slack).view,
	"files.getUploadURLExternal":   (*Slack).slot,
	"files.completeUploadExternal": (*Slack).complete,
	"files.info":                   (*Slack).info,
}

// Direct is the direct chat of somebody with the bot.
func Direct(user string) string { return "D" + user[1:] }

func (s *Slack) reaches(channel string) string {
	switch channel {
	case Community, Closed, Direct(Alex), Direct(Bea):
		return ""
	case Elsewhere:
		return "not_in_channel"
	}
	return "channel_not_found"
}

func (s *Slack) post(c call) object {
	m := Message{Method: c.method, Channel: c.Get("channel"), Thread: c.Get("thread_ts"), User: c.Get("user"), Text: c.Get("text"), Blocks: json.RawMessage(c.Get("blocks"))}
	if code := s.reaches(m.Channel); code != "" {
		return no(code)
	}
	if code := check(m); code != "" {
		return no(code)
	}
	m.TS = s.ts()
	s.messages = append(s.messages, m)
	s.arrived()
	return object{"ok": true, "channel": m.Channel, "ts": m.TS, "message_ts": m.TS}
}

// check is the code with which Slack would refuse a message, or "".
func check(m Message) string {
	if len(m.Blocks) == 0 {
		m.Blocks = json.RawMessage("[]")
	}
	shown, err := Read(m.Body())
	switch {
	case err != nil:
		return "invalid_blocks"
	case strings.TrimSpace(m.Text) == "" && shown.Text == "" && shown.Buttons == "":
		return "no_text"
	}
	return ""
}

func (s *Slack) update(c call) object {
	at := slices.IndexFunc(s.messages, func(m Message) bool {
		return m.TS == c.Get("ts") && m.Channel == c.Get("channel") && m.Method == "chat.postMessage"
	})
	if at < 0 {
		return no("message_not_found")
	}
	m := s.messages[at]
	m.Method, m.Text, m.Blocks = c.method, c.Get("text"), json.RawMessage(c.Get("blocks"))
	if code := check(m); code != "" {
		return no(code)
	}
	s.messages = append(s.messages, m)
	s.arrived()
	return object{"ok": true, "channel": m.Channel, "ts": m.TS, "text": m.Text}
}

func (s *Slack) open(c call) object {
	switch u := c.Get("users"); u {
	case Alex, Bea:
		return object{"ok": true, "channel": object{"id": Direct(u), "is_im": true}}
	case Gone:
		return no("user_disabled")
	}
	return no("user_not_found")
}

// page cuts a list as Slack does, by cursor.
func page(c call, all []string) ([]string, object) {
	limit, err := strconv.Atoi(c.Get("limit"))
	if err != nil || limit <= 0 || limit > 2 {
		limit = 2 // so that a caller that stops at the first page is found out
	}
	from := 0
	if cur := c.Get("cursor"); cur != "" {
		from, _ = strconv.Atoi(strings.TrimPrefix(cur, "at:"))
	}
	to := min(from+limit, len(all))
	next := ""
	if to < len(all) {
		next = fmt.Sprintf("at:%d", to)
	}
	return all[from:to], object{"next_cursor": next}
}

func (s *Slack) members(c call) object {
	ids, meta := page(c, []string{Alex, Bot, Bea})
	return object{"ok": true, "members": ids, "response_metadata": meta}
}

func (s *Slack) users(c call) object {
	names := map[string]string{Bot: "Cymar", Alex: "Alex Hughes", Bea: "Bea Owen", Gone: "Gone Person"}
	ids, meta := page(c, []string{Bot, Gone, Alex, Bea})
	var list []object
	for _, id := range ids {
		list = append(list, object{"id": id, "name": strings.ToLower(names[id]), "real_name": names[id], "is_bot": id == Bot, "deleted": id == Gone,
			"profile": object{"real_name": names[id]}})
	}
	return object{"ok": true, "members": list, "response_metadata": meta}
}

func (s *Slack) view(c call) object {
	v := View{Method: c.method, User: c.Get("user_id"), Trigger: c.Get("trigger_id"), Raw: json.RawMessage(c.Get("view"))}
	if c.method == "views.open" {
		ends, ok := s.triggers[v.Trigger]
		delete(s.triggers, v.Trigger)
		switch {
		case !ok:
			return no("invalid_trigger_id")
		case s.now().After(ends):
			return no("expired_trigger_id")
		}
	}
	if err := CheckView(v.Raw); err != nil {
		return object{"ok": false, "error": "invalid_arguments", "response_metadata": object{"messages": []string{err.Error()}}}
	}
	v.ID = fmt.Sprintf("V%d", s.next())
	s.views = append(s.views, v)
	s.arrived()
	return object{"ok": true, "view": object{"id": v.ID, "type": "modal"}}
}

// oauth gives tokens for codes and for what may be exchanged, once each.
func (s *Slack) oauth(c call) object {
	id, secret := c.Get("client_id"), c.Get("client_secret")
	switch {
	case id != ClientID || secret != ClientSecret:
		return no("bad_client_secret")
	case c.Get("grant_type") == "refresh_token":
		if !s.refresh[c.Get("refresh_token")] {
			return no("invalid_refresh_token")
		}
		delete(s.refresh, c.Get("refresh_token"))
	case !s.codes[c.Get("code")]:
		return no("invalid_code")
	default:
		delete(s.codes, c.Get("code"))
	}
	token := fmt.Sprintf("xoxb-fake-%d", s.next())
	answer := object{"ok": true, "access_token": token, "token_type": "bot", "bot_user_id": Bot, "app_id": App,
		"team": object{"id": Team, "name": "Peer support Wales"}, "authed_user": object{"id": Alex}}
	s.tokens[token] = time.Time{}
	if s.rotating {
		fresh := fmt.Sprintf("xoxe-fake-%d", s.next())
		s.refresh[fresh] = true
		s.tokens[token] = s.now().Add(12 * time.Hour)
		answer["refresh_token"], answer["expires_in"] = fresh, 43200
	}
	return answer
}
