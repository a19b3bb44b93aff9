package teamsfake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// connector is the Bot Framework's connector, as far as the bot uses it.
func (s *Service) connector(w http.ResponseWriter, r *http.Request) {
	c := s.record(r)
	if s.Forward != nil {
		r.Body = io.NopCloser(bytes.NewReader(c.Body))
		s.Forward.ServeHTTP(w, r)
		return
	}
	path := r.URL.Path
	switch {
	case r.Method == http.MethodPost && strings.HasSuffix(path, "/v3/conversations"):
		s.begin(w, c)
	case r.Method == http.MethodPost && strings.Contains(path, "/activities"):
		write(w, http.StatusCreated, map[string]any{"id": c.ID})
	case r.Method == http.MethodPut && strings.Contains(path, "/activities/"):
		write(w, http.StatusOK, map[string]any{"id": c.ID})
	case r.Method == http.MethodDelete:
		w.WriteHeader(http.StatusOK)
	case strings.HasSuffix(path, "/pagedmembers"):
		s.paged(w, r)
	case strings.Contains(path, "/members/"):
		s.member(w, path[strings.LastIndex(path, "/")+1:])
	default:
		http.NotFound(w, r)
	}
}

// begin opens the direct chat with somebody who has the app; a guest and a
// stranger have not.
func (s *Service) begin(w http.ResponseWriter, c Call) {
	var asked struct {
		Members []struct{ ID string } `json:"members"`
	}
	if err := json.Unmarshal(c.Body, &asked); err != nil || len(asked.Members) != 1 {
		write(w, http.StatusBadRequest, map[string]any{"error": map[string]any{"code": "BadArgument"}})
		return
	}
	amara, ruth, _ := People()
	for _, p := range []Person{amara, ruth} {
		if id := asked.Members[0].ID; id == p.ID || id == p.Object {
			write(w, http.StatusCreated, map[string]any{"id": Personal(p)["id"], "serviceUrl": s.ServiceURL()})
			return
		}
	}
	write(w, http.StatusForbidden, map[string]any{"error": map[string]any{"code": "BotNotInConversationRoster"}})
}

// paged gives two members a page, so that nobody forgets the next.
func (s *Service) paged(w http.ResponseWriter, r *http.Request) {
	var from int
	if t := r.URL.Query().Get("continuationToken"); t != "" {
		if _, err := fmt.Sscanf(t, "from-%d", &from); err != nil {
			http.Error(w, "bad token", http.StatusBadRequest)
			return
		}
	}
	to := min(from+2, len(s.Members))
	page := map[string]any{"members": s.Members[from:to]}
	if to < len(s.Members) {
		page["continuationToken"] = fmt.Sprintf("from-%d", to)
	}
	write(w, http.StatusOK, page)
}

func (s *Service) member(w http.ResponseWriter, id string) {
	for _, m := range s.Members {
		if m["id"] == id {
			write(w, http.StatusOK, m)
			return
		}
	}
	write(w, http.StatusNotFound, map[string]any{"error": map[string]any{"code": "MemberNotFoundInConversation"}})
}

// Put lays a file on the drive.
func (s *Service) Put(name string, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.drive[name] = data
}

// File is a file on the drive.
func (s *Service) File(name string) []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.drive[name]
}

// file gives or takes a file. Whoever sends a token with it has given it away.
func (s *Service) file(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/drive/")
	if r.Header.Get("Authorization") != "" {
		http.Error(w, "a token was sent to a stranger", http.StatusTeapot)
		return
	}
	if r.Method == http.MethodPut {
		body, err := io.ReadAll(r.Body)
		if err != nil || r.Header.Get("Content-Range") != fmt.Sprintf("bytes 0-%d/%d", len(body)-1, len(body)) {
			http.Error(w, "no range", http.StatusBadRequest)
			return
		}
		s.Put(name, body)
		w.WriteHeader(http.StatusCreated)
		return
	}
	if data := s.File(name); data != nil {
		_, _ = w.Write(data)
		return
	}
	http.NotFound(w, r)
}

// Chat gives a chat its past messages, newest first, as Graph lists them.
func (s *Service) Chat(id string, messages ...map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats[id] = messages
}

// graph lists a chat in pages of two.
func (s *Service) graph(w http.ResponseWriter, r *http.Request) {
	id, ok := strings.CutPrefix(r.URL.Path, "/graph/chats/")
	id, list := strings.CutSuffix(id, "/messages")
	s.mu.Lock()
	all, known := s.chats[id]
	s.mu.Unlock()
	if !ok || !list || !known {
		write(w, http.StatusNotFound, map[string]any{"error": map[string]any{"code": "NotFound"}})
		return
	}
	from := 0
	if t := r.URL.Query().Get("$skiptoken"); t != "" {
		if _, err := fmt.Sscanf(t, "%d", &from); err != nil {
			http.Error(w, "bad token", http.StatusBadRequest)
			return
		}
	}
	to := min(from+2, len(all))
	page := map[string]any{"value": all[from:to]}
	if to < len(all) {
		page["@odata.nextLink"] = fmt.Sprintf("%s/chats/%s/messages?$top=50&$skiptoken=%d", s.Graph(), id, to)
	}
	write(w, http.StatusOK, page)
}
