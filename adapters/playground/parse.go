package playground

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"path/filepath"

	"cymar/bot"
)

// event is an event by somebody on the page. Its id comes from the page, so
// that it repeats when the page tries again.
func (p *Playground) event(c call, in bot.Place, kind string, w bot.What) bot.Event {
	return bot.Event{
		ID: bot.EventID("playground:" + p.boot + ":" + kind + ":" + short(c.Nonce)),
		At: p.o.Clock.Now(), From: userOf(c.As), In: in, What: w,
	}
}

func short(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:8])
}

func (p *Playground) say(c call, in bot.Place) (bot.Event, bool) {
	id := bot.MessageID(p.boot + "-" + short(c.Nonce))
	if _, again := p.hub.message(id); !again {
		p.hub.put(message{ID: id, Place: in.ID, Thread: c.Thread, From: c.As, Text: c.Text, At: p.o.Clock.Now()})
	}
	text, toBot, people := mentions(c.Text)
	if in.Kind == bot.Channel && in.Thread == "" {
		in.Thread = id
	}
	return p.event(c, in, "say", bot.Said{
		Text: text, Message: id, ToBot: toBot || in.Kind == bot.DirectChat, ReplyTo: c.Thread, Mentions: people,
	}), true
}

// own reports whether the message is the person's own, to change or remove.
func (p *Playground) own(c call) bool {
	m, ok := p.hub.message(c.Message)
	return ok && m.From == c.As && !m.Removed
}

func (p *Playground) edit(c call, in bot.Place) (bot.Event, bool) {
	if !p.own(c) {
		return bot.Event{}, false
	}
	p.hub.change(c.Message, func(m *message) { m.Text, m.Edited = c.Text, true })
	text, _, _ := mentions(c.Text)
	return p.event(c, in, "edit", bot.Edited{Text: text, Message: c.Message}), true
}

func (p *Playground) remove(c call, in bot.Place) (bot.Event, bool) {
	if !p.own(c) {
		return bot.Event{}, false
	}
	p.hub.change(c.Message, func(m *message) { m.Text, m.Removed = "", true })
	return p.event(c, in, "remove", bot.Removed{Message: c.Message}), true
}

func (p *Playground) react(c call, in bot.Place) (bot.Event, bool) {
	changed := p.hub.change(c.Message, func(m *message) {
		likes := map[bot.UserID]string{}
		for who, name := range m.Likes {
			likes[who] = name
		}
		likes[c.As] = c.Name
		if c.Gone {
			delete(likes, c.As)
		}
		m.Likes = likes
	})
	return p.event(c, in, "react", bot.Reacted{Message: c.Message, Name: c.Name, Gone: c.Gone}), changed
}

// press is a button of a card that the person can see.
func (p *Playground) press(c call, in bot.Place) (bot.Event, bool) {
	m, ok := p.hub.message(c.Message)
	if !ok || !m.seenBy(c.As) || m.Card == nil || !offers(*m.Card, c.Action, c.Value) {
		return bot.Event{}, false
	}
	in.Thread = m.Thread
	return p.event(c, in, "press", bot.Pressed{Action: c.Action, Value: c.Value, Message: c.Message}), true
}

// offers reports whether the card has such a button: a page cannot press what
// is not there.
func offers(card bot.Card, action, value string) bool {
	for _, b := range card.Blocks {
		row, _ := b.(bot.Buttons)
		for _, button := range row.Buttons {
			if button.Action == action && button.Value == value {
				return true
			}
		}
	}
	return false
}

func (p *Playground) submit(c call, in bot.Place) (bot.Event, bool) {
	return p.event(c, in, "submit", bot.Submitted{Form: c.Form, State: c.State, Fields: c.Fields}), c.Form != ""
}

func (p *Playground) meeting(c call, in bot.Place) (bot.Event, bool) {
	if in.Kind != bot.MeetingChat {
		return bot.Event{}, false
	}
	var w bot.What = bot.MeetingStarted{Title: "Monthly meeting"}
	if c.Gone {
		w = bot.MeetingEnded{}
	}
	return p.event(c, in, "meeting", w), true
}

// uploaded takes a file that was dropped on the page: its name and who drops
// it where in the address, its content as the body.
func (p *Playground) uploaded(r bot.Receiver) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		q := req.URL.Query()
		c := call{Nonce: q.Get("nonce"), As: bot.UserID(q.Get("as")), Place: bot.PlaceID(q.Get("place"))}
		in, err := p.admit(c)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		data, err := io.ReadAll(http.MaxBytesReader(w, req.Body, maxUpload))
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			http.Error(w, "The file is larger than 32 MB. A meeting's chat is far smaller: please send only that.", http.StatusRequestEntityTooLarge)
			return
		} else if err != nil {
			http.Error(w, "The file did not arrive whole. Please try again.", http.StatusBadRequest)
			return
		}
		p.receive(w, req, r, p.dropped(c, in, filepath.Base(q.Get("name")), data))
	}
}

func (p *Playground) dropped(c call, in bot.Place, name string, data []byte) bot.Event {
	id := bot.MessageID(p.boot + "-" + short(c.Nonce))
	file := bot.FileRef{Name: name, Size: int64(len(data)), Route: string(id)}
	if _, again := p.hub.message(id); !again {
		p.hub.keep(string(id), data)
		p.hub.put(message{ID: id, Place: in.ID, From: c.As, At: p.o.Clock.Now(), Text: name})
	}
	return p.event(c, in, "upload", bot.Uploaded{File: file, Message: id})
}
