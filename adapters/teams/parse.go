package teams

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"time"

	"github.com/infracloudio/msbotbuilder-go/schema"

	"cymar/bot"
)

// Activities that the library has no name for.
const (
	installation = schema.ActivityTypes("installationUpdate")
	reactions    = schema.ActivityTypes("messageReaction")
	edited       = schema.ActivityTypes("messageUpdate")
	deleted      = schema.ActivityTypes("messageDelete")
)

// Names of events and invokes.
const (
	meetingStart = "application/vnd.microsoft.meetingStart"
	meetingEnd   = "application/vnd.microsoft.meetingEnd"
	fileInfo     = "application/vnd.microsoft.teams.file.download.info"
)

// reading is one activity on its way to events.
type reading struct {
	inbound
	home bot.TenantID
	now  time.Time
	// known gives the Entra object id behind a Teams id, "" when it cannot.
	known func(place bot.Place, id string) string
}

// events is what an activity means; none when it is nothing to us. It never
// decides: who may do what, and whether anybody listens, is the core's.
func (r reading) events() []bot.Event {
	switch r.Type {
	case schema.Message:
		return r.message()
	case edited:
		if r.From.isProgram() {
			return nil
		}
		return r.one("edit", r.From, bot.Edited{Text: r.words(), Message: bot.MessageID(r.ID)})
	case deleted:
		return r.one("delete", r.From, bot.Removed{Message: bot.MessageID(r.ID)})
	case schema.ConversationUpdate:
		return r.members()
	case installation:
		return r.installed()
	case reactions:
		return r.reacted()
	case schema.Event:
		return r.meeting()
	}
	return nil
}

// event gives what happened its id, which repeats when Teams sends the
// activity again.
func (r reading) event(kind string, who account, w bot.What) bot.Event {
	p := r.place(r.home)
	id := string(r.ID)
	if id == "" || r.Type == edited || r.Type == deleted {
		id += "@" + time.Time(r.At).UTC().Format(time.RFC3339Nano)
	}
	at := time.Time(r.At)
	if at.IsZero() {
		at = r.now
	}
	return bot.Event{
		ID: bot.EventID(fmt.Sprintf("teams:%s:%s:%s:%s", kind, p.Tenant, p.ID, id)),
		At: at, From: who.user(p.Tenant), In: p, What: w,
	}
}

func (r reading) one(kind string, who account, w bot.What) []bot.Event {
	return []bot.Event{r.event(kind, who, w)}
}

// message is what somebody wrote, the files they dropped, or a button or form
// of a client that answers with a message.
func (r reading) message() []bot.Event {
	if r.From.isProgram() {
		return nil
	}
	if d, ok := r.pressedIn(r.Value); ok {
		return []bot.Event{r.pressed(d, string(r.ReplyToID))}
	}
	var out []bot.Event
	if text := r.words(); text != "" || len(r.files()) == 0 {
		out = append(out, r.event("say", r.From, r.said(text)))
	}
	for i, f := range r.files() {
		ev := r.event(fmt.Sprintf("file%d", i), r.From, bot.Uploaded{File: f, Message: bot.MessageID(r.ID)})
		out = append(out, ev)
	}
	return out
}

func (r reading) said(text string) bot.Said {
	p := r.place(r.home)
	s := bot.Said{Text: text, Message: bot.MessageID(r.ID), ToBot: p.Kind == bot.DirectChat}
	if p.Thread != "" && string(p.Thread) != string(r.ID) {
		s.ReplyTo = p.Thread
	}
	for _, e := range r.Entities {
		switch {
		case e.Type != "mention" || e.Mentioned.ID == "":
		case r.isBot(e.Mentioned):
			s.ToBot = true
		default:
			s.Mentions = append(s.Mentions, r.person(e.Mentioned, p))
		}
	}
	return s
}

// person is somebody who was pointed to; a mention names them by the id that
// Teams gave them for this bot only.
func (r reading) person(a account, p bot.Place) bot.User {
	if a.Object == "" && r.known != nil {
		a.Object = text(r.known(p, string(a.ID)))
	}
	return a.user(p.Tenant)
}

// isProgram reports whether a bot wrote, ours or another.
func (a account) isProgram() bool { return a.Role == "bot" || strings.HasPrefix(string(a.ID), "28:") }

func (r reading) isBot(a account) bool { return a.ID != "" && a.ID == r.Recipient.ID }

// words is the text without the mention of the bot, and with other mentions as
// plain names. What is a mention is told by its entity, not by how it looks.
func (r reading) words() string {
	s := string(r.Text)
	for _, e := range r.Entities {
		if e.Type != "mention" || e.Text == "" {
			continue
		}
		name := ""
		if !r.isBot(e.Mentioned) {
			name = strings.TrimSuffix(strings.TrimPrefix(string(e.Text), "<at>"), "</at>")
		}
		s = strings.ReplaceAll(s, string(e.Text), name)
	}
	s = html.UnescapeString(s) // Teams writes &nbsp; after a mention and &lt; for <
	return strings.TrimSpace(strings.ReplaceAll(s, "\u00a0", " "))
}

// files is what was dropped into a direct chat.
func (r reading) files() []bot.FileRef {
	var out []bot.FileRef
	for _, a := range r.Attachments {
		if a.Type == fileInfo && a.Content.V.DownloadURL != "" {
			out = append(out, bot.FileRef{Name: string(a.Name), Type: string(a.Content.V.FileType), Route: string(a.Content.V.DownloadURL)})
		}
	}
	return out
}

// members is people coming and going. The bot's own coming is told by an
// installationUpdate.
func (r reading) members() []bot.Event {
	var out []bot.Event
	add := func(kind string, who list[account], w bot.What) {
		for _, m := range who {
			if m.ID != "" && !r.isBot(m) {
				out = append(out, r.event(kind+":"+string(m.ID), m, w))
			}
		}
	}
	add("join", r.Added, bot.Joined{})
	add("leave", r.Removed, bot.Left{})
	return out
}

// installed is the bot being added somewhere or taken away. An update of the
// app is neither.
func (r reading) installed() []bot.Event {
	switch r.Action {
	case "add":
		return r.one("install", r.From, bot.Installed{})
	case "remove":
		return r.one("uninstall", r.From, bot.Uninstalled{})
	}
	return nil
}

func (r reading) reacted() []bot.Event {
	var out []bot.Event
	add := func(all list[reaction], gone bool) {
		for i, l := range all {
			w := bot.Reacted{Message: bot.MessageID(r.ReplyToID), Name: string(l.Type), Gone: gone}
			out = append(out, r.event(fmt.Sprintf("react%d%t", i, gone), r.From, w))
		}
	}
	add(r.Liked, false)
	add(r.Unliked, true)
	return out
}

// meeting is the start and the end of a meeting whose chat the bot is in.
func (r reading) meeting() []bot.Event {
	var v struct {
		Title text `json:"Title"`
	}
	_ = json.Unmarshal(r.Value, &v) // a title that cannot be read is no title
	switch r.Name {
	case meetingStart:
		return r.one("start", r.From, bot.MeetingStarted{Title: string(v.Title)})
	case meetingEnd:
		return r.one("end", r.From, bot.MeetingEnded{})
	}
	return nil
}
