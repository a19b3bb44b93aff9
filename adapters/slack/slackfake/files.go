package slackfake

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
)

// slot gives an address to put a file at.
func (s *Slack) slot(c call) object {
	size, err := strconv.Atoi(c.Get("length"))
	if err != nil || size <= 0 || c.Get("filename") == "" {
		return no("invalid_arguments")
	}
	id := fmt.Sprintf("F0FILE%04d", s.next())
	s.slots[id] = &File{ID: id, Name: c.Get("filename"), Size: size}
	return object{"ok": true, "upload_url": s.URL + "/upload/" + id, "file_id": id}
}

// upload takes the bytes of a file, raw or as a strict multipart form. No
// token belongs there.
func (s *Slack) upload(w http.ResponseWriter, r *http.Request) {
	if s.fails(w, r, "upload") {
		return
	}
	data, err := content(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.slots[r.PathValue("id")]
	switch {
	case err != nil:
		http.Error(w, "bad form", http.StatusInternalServerError)
	case f == nil:
		http.Error(w, "no such address", http.StatusNotFound)
	case r.Header.Get("Authorization") != "" || strings.Contains(r.URL.RawQuery, "token"):
		http.Error(w, "a token does not belong here", http.StatusBadRequest)
	case len(data) != f.Size:
		http.Error(w, "the size is wrong", http.StatusBadRequest)
	default:
		f.Data = data
		_, _ = fmt.Fprintf(w, "OK - %d", len(data))
	}
}

func content(r *http.Request) ([]byte, error) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return io.ReadAll(r.Body)
	}
	parts := multipart.NewReader(r.Body, params["boundary"])
	part, err := parts.NextPart()
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(part)
	if err != nil {
		return nil, err
	}
	if _, err := parts.NextPart(); err != io.EOF {
		return nil, fmt.Errorf("after the file: %w", err)
	}
	rest, err := io.ReadAll(r.Body)
	if err != nil || len(rest) > 0 {
		return nil, fmt.Errorf("%d bytes behind the end", len(rest))
	}
	return data, nil
}

// complete shares what was put up.
func (s *Slack) complete(c call) object {
	var list []struct{ ID, Title string }
	if err := json.Unmarshal([]byte(c.Get("files")), &list); err != nil || len(list) != 1 {
		return no("invalid_arguments")
	}
	f := s.slots[list[0].ID]
	if f == nil || f.Data == nil {
		return no("file_not_found")
	}
	if code := s.reaches(c.Get("channel_id")); code != "" {
		return no(code)
	}
	delete(s.slots, f.ID)
	f.Channel, f.Thread = c.Get("channel_id"), c.Get("thread_ts")
	s.files[f.ID] = f
	s.messages = append(s.messages, Message{Method: c.method, Channel: f.Channel, Thread: f.Thread, TS: f.ID, Text: f.Name, File: f})
	s.arrived()
	return object{"ok": true, "files": []object{{"id": f.ID, "title": f.Name}}}
}

func (s *Slack) info(c call) object {
	f := s.files[c.Get("file")]
	if f == nil {
		return no("file_not_found")
	}
	at := s.URL + "/files/" + f.ID
	return object{"ok": true, "file": object{"id": f.ID, "name": f.Name, "size": f.Size, "url_private": at, "url_private_download": at}}
}

// download gives a file to whoever has a token.
func (s *Slack) download(w http.ResponseWriter, r *http.Request) {
	if s.fails(w, r, "download") {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.tokens[strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")]
	f := s.files[r.PathValue("id")]
	if !ok || f == nil {
		http.Error(w, "no", http.StatusForbidden)
		return
	}
	_, _ = w.Write(f.Data)
}

// respond takes an answer to an interaction. It needs no token, and Slack
// answers with a plain “ok”.
func (s *Slack) respond(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Text    string          `json:"text"`
		Blocks  json.RawMessage `json:"blocks"`
		Type    string          `json:"response_type"`
		Replace bool            `json:"replace_original"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, "invalid_payload", http.StatusBadRequest)
		return
	}
	m := Message{Method: "respond", Channel: r.PathValue("channel"), TS: r.PathValue("ts"), Text: in.Text, Blocks: in.Blocks}
	s.mu.Lock()
	defer s.mu.Unlock()
	if code := check(m); code != "" {
		http.Error(w, code, http.StatusBadRequest)
		return
	}
	s.messages = append(s.messages, m)
	s.arrived()
	w.Header().Set("Content-Type", "text/plain")
	_, _ = io.WriteString(w, "ok")
}
