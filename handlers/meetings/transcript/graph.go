package transcript

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"
)

// chatMessage is a Microsoft Graph chatMessage, as far as it is of use.
type chatMessage struct {
	ID          string     `json:"id"`
	ReplyToID   string     `json:"replyToId"`
	MessageType string     `json:"messageType"`
	Created     *time.Time `json:"createdDateTime"`
	Edited      *time.Time `json:"lastEditedDateTime"`
	Deleted     *time.Time `json:"deletedDateTime"`
	Subject     string     `json:"subject"`
	From        identities `json:"from"`
	Body        struct {
		ContentType string `json:"contentType"`
		Content     string `json:"content"`
	} `json:"body"`
	Attachments []struct {
		ID          string `json:"id"`
		ContentType string `json:"contentType"`
		ContentURL  string `json:"contentUrl"`
		Name        string `json:"name"`
	} `json:"attachments"`
	Reactions []struct {
		Type string `json:"reactionType"`
		Name string `json:"displayName"`
	} `json:"reactions"`
	Event *struct {
		Type     string `json:"@odata.type"`
		Name     string `json:"chatDisplayName"`
		Duration string `json:"callDuration"`
	} `json:"eventDetail"`
}

type identities struct {
	User        *identity `json:"user"`
	Application *identity `json:"application"`
	Device      *identity `json:"device"`
}

type identity struct {
	ID   string `json:"id"`
	Name string `json:"displayName"`
}

// who is the identity that wrote, and whether it is a program.
func (f identities) who() (identity, bool) {
	switch {
	case f.User != nil:
		return *f.User, false
	case f.Application != nil:
		return *f.Application, true
	case f.Device != nil:
		return *f.Device, false
	}
	return identity{}, false
}

// graphReader gathers the pages of a chat. They come newest first, in any
// order, and may overlap.
type graphReader struct {
	p     *piece
	seen  map[string]int    // id to index in items
	names map[string]string // user id to display name
	users []string          // user id of each item, where its name is missing
}

// unknown is the author of a message whose account no longer has a name.
const unknown = "Unknown"

func readGraph(files []source) *piece {
	p := &piece{name: files[0].name, form: FormGraph, encoding: encUTF8, platform: Teams}
	g := &graphReader{p: p, seen: map[string]int{}, names: map[string]string{}}
	for _, f := range files {
		before := len(p.items)
		if cut := g.file(f.data); cut {
			p.faults = append(p.faults, Fault{Piece: f.name, Line: len(p.items) - before + 1, Why: CutOff})
		}
	}
	for i := range p.items {
		if p.items[i].author == "" {
			p.items[i].author = firstOf(g.names[g.users[i]], unknown)
		}
	}
	p.items = sortItems(p.items)
	return p
}

// file reads a page, a list of messages, one message, or several pages one
// after another. It reports that the file ends in the middle.
func (g *graphReader) file(data []byte) (cut bool) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	dec := json.NewDecoder(bytes.NewReader(data))
	for {
		tok, err := dec.Token()
		if err != nil {
			return len(bytes.TrimSpace(data[dec.InputOffset():])) > 0
		}
		switch tok {
		case json.Delim('['):
			cut = g.list(dec)
		case json.Delim('{'):
			cut = g.object(dec, data)
		}
		if cut {
			return true
		}
	}
}

func (g *graphReader) list(dec *json.Decoder) (cut bool) {
	for dec.More() {
		var m chatMessage
		if err := dec.Decode(&m); err != nil {
			if _, wrong := err.(*json.UnmarshalTypeError); wrong { //nolint:errorlint // Decode gives it bare
				g.p.fault(len(g.p.items)+1, BadLine)
				continue
			}
			return true
		}
		g.message(m)
	}
	_, err := dec.Token()
	return err != nil
}

// object is a page, whose messages are under "value", or a message by itself.
func (g *graphReader) object(dec *json.Decoder, data []byte) (cut bool) {
	begin := dec.InputOffset() - 1
	page := false
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return true
		}
		if key == "value" {
			if tok, err := dec.Token(); err != nil || tok != json.Delim('[') {
				return err != nil
			}
			page = true
			if g.list(dec) {
				return true
			}
			continue
		}
		var skip json.RawMessage
		if dec.Decode(&skip) != nil {
			return true
		}
	}
	if _, err := dec.Token(); err != nil {
		return true
	}
	var m chatMessage
	if !page && json.Unmarshal(data[begin:dec.InputOffset()], &m) == nil && m.ID != "" {
		g.message(m)
	}
	return false
}

func (g *graphReader) message(m chatMessage) {
	if m.Event != nil || m.MessageType != "" && m.MessageType != "message" || strings.Contains(m.Body.Content, "<systemEventMessage") {
		g.event(m)
		return
	}
	who, bot := m.From.who()
	if who.Name != "" {
		g.names[who.ID] = clean(who.Name)
	}
	it := item{id: m.ID, replyID: m.ReplyToID, author: clean(who.Name), bot: bot, deleted: m.Deleted != nil}
	if m.Created != nil {
		it.at = *m.Created
	}
	if m.Edited != nil {
		it.edited = *m.Edited
	}
	g.body(&it, m)
	if it.text == "" && !it.deleted {
		g.p.system++ // a card, or a picture alone
		return
	}
	if i, ok := g.seen[m.ID]; ok && m.ID != "" {
		g.p.items[i] = newerCopy(g.p.items[i], it)
		return
	}
	g.seen[m.ID] = len(g.p.items)
	g.p.add(it)
	g.users = append(g.users, who.ID)
}

func newerCopy(a, b item) item {
	if a.deleted || !b.deleted && a.edited.After(b.edited) {
		return a
	}
	return b
}

func (g *graphReader) body(it *item, m chatMessage) {
	var reply string
	if m.Body.ContentType == "text" {
		it.text = tidy(clean(m.Body.Content))
	} else {
		it.text, it.links, reply = bodyText(m.Body.Content)
	}
	if m.Subject != "" && it.text != "" {
		it.text = clean(m.Subject) + "\n" + it.text
	}
	for _, a := range m.Attachments {
		switch {
		case a.ContentType == "messageReference":
			it.replyID = a.ID
			g.p.quotes++
		case a.Name != "" && a.ContentURL != "" && len(it.links) < 20:
			it.links = append(it.links, a.ContentURL)
		}
	}
	if reply != "" {
		it.replyID = reply
	}
	for _, r := range m.Reactions {
		name := r.Name
		if name == "" {
			name = r.Type
		}
		it.react(reactionName(name), 1)
	}
}

// event keeps what a system event says about the meeting.
func (g *graphReader) event(m chatMessage) {
	g.p.system++
	if m.Event == nil {
		return
	}
	switch kind := m.Event.Type; {
	case strings.Contains(kind, "chatRenamed") && m.Event.Name != "":
		g.p.title = clean(m.Event.Name)
	case m.Created == nil:
	case strings.Contains(kind, "callStarted") && g.p.callStart.IsZero():
		g.p.callStart = *m.Created
	case strings.Contains(kind, "callEnded") && m.Created.After(g.p.callEnd):
		g.p.callEnd = *m.Created
	}
}
