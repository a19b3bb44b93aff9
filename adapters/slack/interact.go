package slack

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"cymar/bot"
)

// interaction is a button, a submitted form or a shortcut.
type interaction struct {
	Type     string `json:"type"`
	Trigger  string `json:"trigger_id"`
	Response string `json:"response_url"`
	Callback string `json:"callback_id"`
	ActionTS string `json:"action_ts"`
	Team     struct {
		ID string `json:"id"`
	} `json:"team"`
	User struct {
		ID   string `json:"id"`
		Team string `json:"team_id"`
	} `json:"user"`
	Channel struct {
		ID string `json:"id"`
	} `json:"channel"`
	Container struct {
		Type      string `json:"type"`
		Message   string `json:"message_ts"`
		Channel   string `json:"channel_id"`
		Thread    string `json:"thread_ts"`
		Ephemeral bool   `json:"is_ephemeral"`
	} `json:"container"`
	Message struct {
		TS     string `json:"ts"`
		Thread string `json:"thread_ts"`
		Text   string `json:"text"`
	} `json:"message"`
	Actions []action `json:"actions"`
	View    view     `json:"view"`
}

type action struct {
	ID    string `json:"action_id"`
	Value string `json:"value"`
	TS    string `json:"action_ts"`
}

type view struct {
	ID       string `json:"id"`
	Type     string `json:"type"`
	Hash     string `json:"hash"`
	Callback string `json:"callback_id"`
	Meta     string `json:"private_metadata"`
	State    struct {
		Values map[string]map[string]value `json:"values"`
	} `json:"state"`
}

// value is what stands in one field of a form.
type value struct {
	Value string   `json:"value"`
	Date  string   `json:"selected_date"`
	Time  string   `json:"selected_time"`
	One   *option  `json:"selected_option"`
	Many  []option `json:"selected_options"`
}

type option struct {
	Value string `json:"value"`
}

func (v value) text() string {
	switch {
	case v.One != nil:
		return v.One.Value
	case len(v.Many) > 0:
		all := make([]string, len(v.Many))
		for i, o := range v.Many {
			all[i] = o.Value
		}
		return strings.Join(all, ",")
	}
	return orElse(v.Value, orElse(v.Date, v.Time))
}

// parseInteraction reads an interaction; false where it is none.
func parseInteraction(body []byte) (interaction, bool) {
	var i interaction
	if err := json.Unmarshal(body, &i); err != nil || i.User.ID == "" {
		return i, false
	}
	i.Team.ID = orElse(i.Team.ID, i.User.Team)
	return i, i.Team.ID != ""
}

func (i interaction) user() bot.User { return userOf(i.Team.ID, i.User.ID) }

// inHome reports whether it happened on somebody's App Home.
func (i interaction) inHome() bool { return i.View.Type == "home" }

// place is where a button stood, or where a shortcut was used on a message;
// false where that is nowhere, as on the App Home.
func (i interaction) place() (bot.Place, bool) {
	channel := orElse(i.Channel.ID, i.Container.Channel)
	if !channelID.MatchString(channel) {
		return bot.Place{}, false
	}
	thread := orElse(i.Message.Thread, i.Container.Thread)
	p := placeOf(i.Team.ID, channel, "", thread)
	if i.Container.Ephemeral {
		p = only(p, i.User.ID)
	} else if p.Kind == bot.Channel && thread == "" {
		p.Thread = bot.MessageID(orElse(i.Message.TS, i.Container.Message))
	}
	return p, true
}

func (i interaction) event(in bot.Place, at string, what bot.What, id ...string) bot.Event {
	return bot.Event{ID: eventID(append([]string{i.Team.ID}, id...)...), At: whenOf(at, time.Now().Unix()), From: i.user(), In: in, What: what}
}

// pressed is the buttons of one interaction, which may be several. A button
// that opens a page is none.
func (i interaction) pressed(in bot.Place) []bot.Event {
	var out []bot.Event
	message := orElse(i.Message.TS, i.Container.Message)
	for _, a := range i.Actions {
		name, _, _ := strings.Cut(a.ID, actionMark)
		if !strings.Contains(name, ".") {
			continue
		}
		out = append(out, i.event(in, a.TS, bot.Pressed{Action: name, Value: a.Value, Message: bot.MessageID(message)},
			string(in.ID), orElse(message, i.View.ID), "pressed", i.User.ID, a.ID, a.TS))
	}
	return out
}

// actionMark stands between a button's action and its number, which makes the
// ids of two buttons with one action differ.
const actionMark = "#"

// meta is what a form carries through Slack: where it was opened, and its state.
type meta struct {
	State   string `json:"s,omitempty"`
	Channel string `json:"c"`
	Thread  string `json:"t,omitempty"`
	Route   string `json:"r,omitempty"`
	First   string `json:"f,omitempty"` // the first field, for faults that belong to none
}

func (m meta) place(team string) bot.Place {
	p := placeOf(team, m.Channel, "", m.Thread)
	p.Route = m.Route
	return p
}

// maxMeta is how much a form may carry through Slack.
const maxMeta = 3000

func (m meta) encode() (string, error) {
	b, err := json.Marshal(m)
	if err == nil && len(b) > maxMeta {
		err = fmt.Errorf("the form carries %d bytes, Slack takes %d", len(b), maxMeta)
	}
	return string(b), err
}

func (i interaction) meta() meta {
	var m meta
	_ = json.Unmarshal([]byte(i.View.Meta), &m) // a form that is not ours has none
	return m
}

// submitted is a form that was filled in.
func (i interaction) submitted(m meta) bot.Event {
	fields := map[string]string{}
	for block, values := range i.View.State.Values {
		for _, v := range values {
			fields[block] = v.text()
		}
	}
	return i.event(m.place(i.Team.ID), "", bot.Submitted{Form: i.View.Callback, State: m.State, Fields: fields},
		"submitted", i.View.ID, orElse(i.Trigger, i.View.Hash))
}

// typed is what a shortcut or the composer says for somebody.
func (i interaction) typed(in bot.Place, text string, id ...string) bot.Event {
	return i.event(in, i.ActionTS, bot.Said{Text: text, ToBot: true}, id...)
}

// command is a slash command, from either transport.
type command struct {
	Command string `json:"command"`
	Text    string `json:"text"`
	Team    string `json:"team_id"`
	Channel string `json:"channel_id"`
	User    string `json:"user_id"`
	Trigger string `json:"trigger_id"`
}

// commands is what each slash command stands for when it is typed, and whether
// its answer is for the place or for the one who typed it.
var commands = map[string]struct {
	begins string
	shared bool
}{
	"/peer":        {},
	"/supervision": {begins: "supervision"},
	"/overview":    {begins: "overview", shared: true},
}

// text is what the command says in the words of the bot; false for a command
// that is not ours. An empty one asks for help.
func (c command) text() (string, bool) {
	known, ok := commands[strings.ToLower(c.Command)]
	words := strings.Fields(hear(c.Text, c.Team, "").text)
	switch {
	case !ok:
		return "", false
	case len(words) == 0 || len(words) == 1 && !known.shared && slices.Contains(helps, strings.ToLower(words[0])):
		return "help", true
	case known.begins != "" && !strings.EqualFold(words[0], known.begins):
		words = append([]string{known.begins}, words...)
	}
	return strings.Join(words, " "), true
}

var helps = []string{"help", "?", "cymorth"}

func (c command) event(in bot.Place, text string) bot.Event {
	h := hear(c.Text, c.Team, "")
	return bot.Event{ID: eventID(c.Team, "command", orElse(c.Trigger, bot.Digest(c.User, c.Channel, c.Command, c.Text))), At: time.Now().UTC(),
		From: userOf(c.Team, c.User), In: in, What: bot.Said{Text: text, ToBot: true, Mentions: h.mentions}}
}
