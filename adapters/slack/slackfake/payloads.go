package slackfake

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Payloads for stories. What Slack sends in full stands in the adapter's
// testdata; these have the fields that matter, each under a new id.

func encode(v any) string {
	b, _ := json.Marshal(v) // plain values: it cannot fail
	return string(b)
}

// Event wraps an inner event, which gets a new event id.
func (s *Slack) Event(inner map[string]any) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return encode(object{"type": "event_callback", "team_id": Team, "api_app_id": App, "event_id": fmt.Sprintf("Ev%d", s.next()), "event_time": 1795000000,
		"event": inner, "authorizations": []object{{"team_id": Team, "user_id": Bot, "is_bot": true}}})
}

// NewTS is a new message's timestamp.
func (s *Slack) NewTS() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ts()
}

// Mentions is the two deliveries that come of one message which mentions the
// bot: an app_mention and a message, under two event ids.
func (s *Slack) Mentions(user, channel, text string) []string {
	ts, said := s.NewTS(), "<@"+Bot+"> "+escape(text)
	inner := object{"type": "app_mention", "user": user, "text": said, "ts": ts, "event_ts": ts, "channel": channel, "team": Team}
	again := object{"type": "message", "channel_type": "channel", "user": user, "text": said, "ts": ts, "event_ts": ts, "channel": channel, "team": Team}
	return []string{s.Event(inner), s.Event(again)}
}

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func escape(text string) string { return escapes.Replace(text) }

// Says is a message in somebody's direct chat with the bot.
func (s *Slack) Says(user, text string) string {
	ts := s.NewTS()
	return s.Event(object{"type": "message", "channel_type": "im", "user": user, "text": escape(text), "ts": ts, "event_ts": ts, "channel": Direct(user), "team": Team})
}

// Drops is a file that somebody drops into their direct chat with the bot.
func (s *Slack) Drops(user, name string, data []byte) string {
	id, ts := s.Put(name, data), s.NewTS()
	return s.Event(object{"type": "message", "subtype": "file_share", "channel_type": "im", "user": user, "text": "", "ts": ts, "event_ts": ts,
		"channel": Direct(user), "files": []object{{"id": id, "name": name, "size": len(data)}}})
}

// Command is a slash command.
func (s *Slack) Command(user, channel, name, text string) string {
	return encode(object{"command": name, "text": text, "team_id": Team, "channel_id": channel, "user_id": user, "trigger_id": s.Trigger(),
		"response_url": s.Response(channel, "0")})
}

// Presses is somebody pressing the button with this label on a message; empty
// where the message has no such button.
func (s *Slack) Presses(user string, m Message, label string) string {
	var blocks []any
	if err := json.Unmarshal(m.Blocks, &blocks); err != nil {
		return ""
	}
	for _, b := range list(blocks) {
		for _, e := range list(b["elements"]) {
			text, _ := e["text"].(map[string]any)
			if str(e["type"]) == "button" && str(text["text"]) == label {
				return s.press(user, m, str(e["action_id"]), str(e["value"]))
			}
		}
	}
	return ""
}

func (s *Slack) press(user string, m Message, id, value string) string {
	trigger := s.Trigger()
	container := object{"type": "message", "message_ts": m.TS, "channel_id": m.Channel, "is_ephemeral": m.User != ""}
	message := object{"ts": m.TS, "user": Bot, "bot_id": BotID}
	if m.Thread != "" {
		container["thread_ts"], message["thread_ts"] = m.Thread, m.Thread
	}
	return encode(object{"type": "block_actions", "team": object{"id": Team}, "user": object{"id": user, "team_id": Team}, "trigger_id": trigger,
		"container": container, "message": message, "channel": object{"id": m.Channel}, "response_url": s.Response(m.Channel, m.TS),
		"actions": []object{{"action_id": id, "value": value, "type": "button", "action_ts": s.NewTS()}}})
}

// Submits is somebody sending a form that was opened, with these fields. A
// date's name ends with its kind: "next:date".
func (s *Slack) Submits(user string, v View, fields map[string]string) string {
	var form struct {
		Callback string `json:"callback_id"`
		Meta     string `json:"private_metadata"`
	}
	_ = json.Unmarshal(v.Raw, &form) // it was checked when it was opened
	values := object{}
	for name, text := range fields {
		name, kind, _ := strings.Cut(name, ":")
		field := object{"type": "plain_text_input", "value": text}
		switch kind {
		case "date":
			field = object{"type": "datepicker", "selected_date": text}
		case "choice":
			field = object{"type": "static_select", "selected_option": object{"value": text}}
		}
		values[name] = object{"value": field}
	}
	return encode(object{"type": "view_submission", "team": object{"id": Team}, "user": object{"id": user, "team_id": Team}, "trigger_id": s.Trigger(),
		"view": object{"id": v.ID, "type": "modal", "callback_id": form.Callback, "private_metadata": form.Meta, "state": object{"values": values}}})
}

// Opens is somebody opening the bot's home page.
func (s *Slack) Opens(user string) string {
	return s.Event(object{"type": "app_home_opened", "user": user, "channel": Direct(user), "tab": "home", "event_ts": s.NewTS()})
}

// Leaves is the workspace removing the app.
func (s *Slack) Leaves() string { return s.Event(object{"type": "app_uninstalled"}) }
