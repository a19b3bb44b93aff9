package playground

import (
	"bytes"
	"io"
	"slices"
	"sync"
	"time"

	"cymar/bot"
)

// message is one thing on the page.
type message struct {
	ID      bot.MessageID
	Place   bot.PlaceID
	Thread  bot.MessageID
	From    bot.UserID
	Only    bot.UserID // the one who sees it; "" for everybody
	At      time.Time
	Text    string
	Card    *bot.Card
	File    *bot.FileRef
	Edited  bool
	Removed bool
	Likes   map[bot.UserID]string // reaction by person
}

// seenBy reports whether a person may see the message at all.
func (m message) seenBy(who bot.UserID) bool {
	if m.Only != "" && m.Only != who {
		return false
	}
	_, ok := placeFor(m.Place, who)
	return ok
}

const (
	maxMessages = 5000 // on the page; older ones go
	maxUpload   = 32 << 20
	maxFiles    = 8
)

// hub holds what is on the page and tells every open page of a change.
type hub struct {
	mu       sync.Mutex
	messages []message
	files    map[string][]byte
	order    []string // of files, oldest first
	pages    map[*watcher]bool
	closed   bool
}

// watcher is one open page. Its channel holds the newest state of changed
// messages; a page that does not keep up is let go and comes back by itself.
type watcher struct {
	who bot.UserID
	c   chan message
}

func newHub() *hub { return &hub{files: map[string][]byte{}, pages: map[*watcher]bool{}} }

// watch gives what a person sees now, and what changes from here on. It
// reports false when the playground is closing.
func (h *hub) watch(who bot.UserID) ([]message, *watcher, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil, nil, false
	}
	var now []message
	for _, m := range h.messages {
		if m.seenBy(who) {
			now = append(now, m)
		}
	}
	w := &watcher{who, make(chan message, 256)}
	h.pages[w] = true
	return now, w, true
}

func (h *hub) leave(w *watcher) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(w)
}

// drop closes a page's channel; the caller holds the lock.
func (h *hub) drop(w *watcher) {
	if h.pages[w] {
		delete(h.pages, w)
		close(w.c)
	}
}

func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for w := range h.pages {
		h.drop(w)
	}
}

func (h *hub) put(m message) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.messages = append(h.messages, m)
	if len(h.messages) > maxMessages {
		h.messages = slices.Delete(h.messages, 0, len(h.messages)-maxMessages)
	}
	h.tell(m)
}

// tell shows a message to every page that may see it; the caller holds the lock.
func (h *hub) tell(m message) {
	for w := range h.pages {
		if !m.seenBy(w.who) {
			continue
		}
		select {
		case w.c <- m:
		default:
			h.drop(w)
		}
	}
}

// change alters a message and shows it again; false when it is not there.
func (h *hub) change(id bot.MessageID, how func(*message)) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := range h.messages {
		if h.messages[i].ID == id {
			how(&h.messages[i])
			h.tell(h.messages[i])
			return true
		}
	}
	return false
}

func (h *hub) message(id bot.MessageID) (message, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, m := range h.messages {
		if m.ID == id {
			return m, true
		}
	}
	return message{}, false
}

// keep holds a dropped file until newer ones push it out.
func (h *hub) keep(id string, data []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.files[id] = data
	h.order = append(h.order, id)
	if len(h.order) > maxFiles {
		delete(h.files, h.order[0])
		h.order = h.order[1:]
	}
}

func (h *hub) file(id string) (io.Reader, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	data, ok := h.files[id]
	return bytes.NewReader(data), ok
}
