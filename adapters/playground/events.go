package playground

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"cymar/bot"
)

// shown is a message as the page gets it.
type shown struct {
	ID      bot.MessageID `json:"id"`
	Place   bot.PlaceID   `json:"place"`
	Thread  bot.MessageID `json:"thread,omitempty"`
	From    bot.UserID    `json:"from"`
	Only    bool          `json:"only,omitempty"`
	At      time.Time     `json:"at"`
	Text    string        `json:"text,omitempty"`
	Card    *bot.Card     `json:"card,omitempty"`
	File    *shownFile    `json:"file,omitempty"`
	Edited  bool          `json:"edited,omitempty"`
	Removed bool          `json:"removed,omitempty"`
	Likes   int           `json:"likes,omitempty"`
	Liked   bool          `json:"liked,omitempty"`
}

type shownFile struct {
	Name string `json:"name"`
	Size int    `json:"size"`
}

func (m message) shownTo(who bot.UserID) shown {
	s := shown{
		ID: m.ID, Place: m.Place, Thread: m.Thread, From: m.From, Only: m.Only != "", At: m.At,
		Text: m.Text, Card: m.Card, Edited: m.Edited, Removed: m.Removed, Likes: len(m.Likes), Liked: m.Likes[who] != "",
	}
	if m.File != nil {
		s.File = &shownFile{m.File.Name, len(m.File.Data)}
	}
	return s
}

// heartbeat keeps a quiet page's connection open, and tells the time.
const heartbeat = 10 * time.Second

// events streams what a person sees: all there is, then each change.
func (p *Playground) events(w http.ResponseWriter, req *http.Request) {
	who := bot.UserID(req.URL.Query().Get("as"))
	now, watch, open := p.hub.watch(who)
	if !isCast(who) || !open {
		http.Error(w, "there is nobody of that name", http.StatusNotFound)
		return
	}
	defer p.hub.leave(watch)
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	all := make([]shown, len(now))
	for i, m := range now {
		all[i] = m.shownTo(who)
	}
	if !emit(w, out, "all", all) {
		return
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-req.Context().Done():
			return
		case m, ok := <-watch.c:
			if !ok || !emit(w, out, "message", m.shownTo(who)) {
				return
			}
		case <-beat.C:
			if !emit(w, out, "time", p.o.Clock.Now()) {
				return
			}
		}
	}
}

func emit(w http.ResponseWriter, out *http.ResponseController, name string, v any) bool {
	data, err := json.Marshal(v)
	if err != nil {
		return false
	}
	if _, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", name, data); err != nil {
		return false
	}
	return out.Flush() == nil
}

// visible is a message that the asking person may see.
func (p *Playground) visible(req *http.Request) (message, bool) {
	q := req.URL.Query()
	m, ok := p.hub.message(bot.MessageID(q.Get("message")))
	return m, ok && m.seenBy(bot.UserID(q.Get("as")))
}

// rendered shows a card as another platform would have it.
func (p *Playground) rendered(w http.ResponseWriter, req *http.Request) {
	m, ok := p.visible(req)
	if !ok || m.Card == nil {
		http.Error(w, "there is no such card", http.StatusNotFound)
		return
	}
	body, err := p.render(*m.Card, req.URL.Query().Get("form"))
	if err != nil {
		http.Error(w, "this card cannot be shown in that form", http.StatusUnprocessableEntity)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write(body)
}

func (p *Playground) render(c bot.Card, form string) ([]byte, error) {
	for _, r := range p.o.Renderers {
		if r.Name == form {
			return r.Render(c)
		}
	}
	if form == "Card" {
		return json.MarshalIndent(c, "", "  ")
	}
	return []byte(c.Plain()), nil
}

// download gives a file that the bot put on the page.
func (p *Playground) download(w http.ResponseWriter, req *http.Request) {
	m, ok := p.visible(req)
	if !ok || m.File == nil {
		http.Error(w, "there is no such file", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(m.File.Name))
	_, _ = w.Write(m.File.Data)
}
