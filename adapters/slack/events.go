package slack

import (
	"encoding/json"
	"slices"
	"strings"

	"cymar/bot"
)

// The payloads are read into types of our own, with the few fields that are
// needed: slack-go refuses a whole event for one field that it does not
// expect, and a field that Slack adds tomorrow must not silence the bot.

// envelope is what an Events API delivery is wrapped in.
type envelope struct {
	Type           string          `json:"type"`
	Challenge      string          `json:"challenge"`
	Team           string          `json:"team_id"`
	ID             string          `json:"event_id"`
	Time           int64           `json:"event_time"`
	Event          json.RawMessage `json:"event"`
	Authorizations []struct {
		Team string `json:"team_id"`
		User string `json:"user_id"`
		Bot  bool   `json:"is_bot"`
	} `json:"authorizations"`
}

// inner is the fields of all the inner events that we know.
type inner struct {
	Type        string     `json:"type"`
	Subtype     string     `json:"subtype"`
	User        string     `json:"user"`
	Bot         string     `json:"bot_id"`
	Text        string     `json:"text"`
	TS          string     `json:"ts"`
	Thread      string     `json:"thread_ts"`
	Channel     string     `json:"channel"`
	ChannelType string     `json:"channel_type"`
	EventTS     string     `json:"event_ts"`
	Tab         string     `json:"tab"`
	Inviter     string     `json:"inviter"`
	Deleted     string     `json:"deleted_ts"`
	Reaction    string     `json:"reaction"`
	Files       []file     `json:"files"`
	Message     *inner     `json:"message"`
	Previous    *inner     `json:"previous_message"`
	Edited      *editedBy  `json:"edited"`
	Item        item       `json:"item"`
	Tokens      tokensGone `json:"tokens"`
}

type editedBy struct {
	TS string `json:"ts"`
}

type item struct {
	Type    string `json:"type"`
	Channel string `json:"channel"`
	TS      string `json:"ts"`
}

type tokensGone struct {
	Bot []string `json:"bot"`
}

type file struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Type string `json:"mimetype"`
	Size int64  `json:"size"`
}

// delivery is one inner event with what was around it.
type delivery struct {
	env envelope
	inner
	self string // our own user in that workspace
}

// parseEvents reads an Events API delivery. What is no event that we know
// gives none. self is our own user in a workspace, where the delivery does
// not say.
func parseEvents(body []byte, self func(team string) string) (envelope, []bot.Event) {
	var d delivery
	if json.Unmarshal(body, &d.env) != nil || d.env.Type != "event_callback" || d.env.Team == "" {
		return d.env, nil
	}
	var kind struct{ Type string }
	if json.Unmarshal(d.env.Event, &kind) != nil || !slices.Contains(known, kind.Type) || json.Unmarshal(d.env.Event, &d.inner) != nil {
		return d.env, nil
	}
	for _, a := range d.env.Authorizations {
		if a.Bot && (a.Team == d.env.Team || a.Team == "") {
			d.self = a.User
		}
	}
	if d.self == "" {
		d.self = self(d.env.Team)
	}
	return d.env, d.events()
}

// known is the events that are asked for in the manifest, and no others.
var known = []string{
	"app_mention", "message", "reaction_added", "reaction_removed", "member_joined_channel", "member_left_channel",
	"app_home_opened", "app_uninstalled", "tokens_revoked",
}

func (d delivery) events() []bot.Event {
	switch d.Type {
	case "app_mention", "message":
		return d.message()
	case "reaction_added", "reaction_removed":
		return d.reaction()
	case "member_joined_channel", "member_left_channel":
		return d.member()
	case "app_home_opened":
		return d.home()
	case "tokens_revoked":
		if len(d.Tokens.Bot) == 0 {
			return nil
		}
	}
	return d.make(placeOf(d.env.Team, "", "channel", ""), "", bot.Uninstalled{}, "event", d.env.ID)
}

// make is one event; without an id to repeat there is none.
func (d delivery) make(in bot.Place, from string, what bot.What, id ...string) []bot.Event {
	if slices.Contains(id, "") {
		return nil
	}
	ev := bot.Event{ID: eventID(append([]string{d.env.Team}, id...)...), At: whenOf(d.EventTS, d.env.Time), In: in, What: what}
	if from != "" {
		ev.From = userOf(d.env.Team, from)
	}
	return []bot.Event{ev}
}

// ours reports whether a bot wrote it: ourselves or any other. Answering bots
// is how loops begin.
func (d delivery) ours(m inner) bool {
	return m.Bot != "" || m.Subtype == "bot_message" || m.User == "" || m.User == d.self || m.User == "USLACKBOT"
}

func (d delivery) message() []bot.Event {
	switch d.Subtype {
	case "", "file_share", "thread_broadcast", "me_message":
		return d.said()
	case "message_changed":
		return d.edited()
	case "message_deleted":
		return d.removed()
	}
	return nil
}

func (d delivery) said() []bot.Event {
	if d.ours(d.inner) || !stamp.MatchString(d.TS) || !channelID.MatchString(d.Channel) {
		return nil
	}
	in := placeOf(d.env.Team, d.Channel, d.ChannelType, d.Thread)
	h := hear(d.Text, d.env.Team, d.self)
	toBot := h.toBot || d.Type == "app_mention" || in.Kind == bot.DirectChat
	if in.Kind != bot.DirectChat && in.Thread == "" {
		in.Thread = bot.MessageID(d.TS)
	}
	d.EventTS = d.TS
	var out []bot.Event
	if h.text != "" || len(d.Files) == 0 {
		out = d.make(in, d.User, bot.Said{Text: h.text, Message: bot.MessageID(d.TS), ToBot: toBot, ReplyTo: bot.MessageID(d.Thread), Mentions: h.mentions}, d.Channel, d.TS)
	}
	if !toBot {
		return out
	}
	for _, f := range d.Files {
		ref := bot.FileRef{Name: f.Name, Type: f.Type, Size: f.Size, Route: d.env.Team + "/" + f.ID}
		out = append(out, d.make(in, d.User, bot.Uploaded{File: ref, Message: bot.MessageID(d.TS)}, d.Channel, d.TS, f.ID)...)
	}
	return out
}

// edited is a message whose words changed; Slack also says “changed” when a
// link was unfolded or somebody answered in its thread.
func (d delivery) edited() []bot.Event {
	m := d.Message
	if m == nil || d.ours(*m) || m.Edited == nil || !stamp.MatchString(m.TS) || d.Previous != nil && d.Previous.Text == m.Text {
		return nil
	}
	text := hear(m.Text, d.env.Team, d.self).text
	in := placeOf(d.env.Team, d.Channel, d.ChannelType, orElse(m.Thread, m.TS))
	return d.make(in, m.User, bot.Edited{Text: text, Message: bot.MessageID(m.TS)}, d.Channel, m.TS, "edited", m.Edited.TS)
}

func (d delivery) removed() []bot.Event {
	if d.Previous == nil || d.ours(*d.Previous) || !stamp.MatchString(d.Deleted) {
		return nil
	}
	in := placeOf(d.env.Team, d.Channel, d.ChannelType, orElse(d.Previous.Thread, d.Deleted))
	return d.make(in, d.Previous.User, bot.Removed{Message: bot.MessageID(d.Deleted)}, d.Channel, d.Deleted, "removed")
}

func (d delivery) reaction() []bot.Event {
	if d.Item.Type != "message" || d.User == "" || d.User == d.self {
		return nil
	}
	in := placeOf(d.env.Team, d.Item.Channel, "", d.Item.TS)
	gone := d.Type == "reaction_removed"
	name, _, _ := strings.Cut(d.Reaction, "::")
	return d.make(in, d.User, bot.Reacted{Message: bot.MessageID(d.Item.TS), Name: name, Gone: gone},
		d.Item.Channel, d.Item.TS, d.Type, d.User, d.Reaction, d.EventTS)
}

// member is somebody coming or going; where it is ourselves, whoever brought
// us in is the one to greet.
func (d delivery) member() []bot.Event {
	in := placeOf(d.env.Team, d.Channel, d.ChannelType, "")
	var what bot.What = bot.Joined{}
	who := d.User
	switch {
	case d.User == d.self && d.Type == "member_joined_channel":
		what, who = bot.Installed{}, d.Inviter
	case d.User == d.self:
		return nil
	case d.Type == "member_left_channel":
		what = bot.Left{}
	}
	return d.make(in, who, what, "event", d.env.ID)
}

func (d delivery) home() []bot.Event {
	if d.Tab != "home" || d.User == "" {
		return nil
	}
	return d.make(placeOf(d.env.Team, d.Channel, "im", ""), d.User, bot.Opened{}, "event", d.env.ID)
}
