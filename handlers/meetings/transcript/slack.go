package transcript

import (
	"bytes"
	"encoding/json"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// slackMessage is a message of a Slack export, as far as it is of use.
type slackMessage struct {
	Type     string `json:"type"`
	Subtype  string `json:"subtype"`
	TS       string `json:"ts"`
	ThreadTS string `json:"thread_ts"`
	User     string `json:"user"`
	Username string `json:"username"`
	BotID    string `json:"bot_id"`
	Text     string `json:"text"`
	Topic    string `json:"topic"`
	Profile  struct {
		DisplayName string `json:"display_name"`
		RealName    string `json:"real_name"`
	} `json:"user_profile"`
	Edited *struct {
		TS string `json:"ts"`
	} `json:"edited"`
	Reactions []struct {
		Name  string `json:"name"`
		Count int    `json:"count"`
	} `json:"reactions"`
	Files []struct {
		Name string `json:"name"`
		URL  string `json:"permalink"`
	} `json:"files"`
}

type slackUser struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	RealName string `json:"real_name"`
	IsBot    bool   `json:"is_bot"`
	Profile  struct {
		DisplayName string `json:"display_name"`
		RealName    string `json:"real_name"`
	} `json:"profile"`
}

type slackChannel struct {
	Name  string `json:"name"`
	Topic struct {
		Value string `json:"value"`
	} `json:"topic"`
}

// slackExport is what the files of an export hold together.
type slackExport struct {
	p        *piece
	users    map[string]string
	bots     map[string]bool
	channels map[string]slackChannel
}

func (in *intake) readSlackExport() {
	e := slackExport{users: map[string]string{}, bots: map[string]bool{}, channels: map[string]slackChannel{}}
	days := map[string][]source{}
	for _, s := range in.slack {
		switch s.kind {
		case kindSlackUsers:
			e.readUsers(s.data)
		case kindSlackChannels:
			e.readChannels(s.data)
		default:
			name := path.Base(path.Dir(s.name))
			days[name] = append(days[name], s)
		}
	}
	if len(days) == 0 {
		in.refuse(&Error{Piece: in.slack[0].name, Why: NoMessages})
		return
	}
	name, ok := chooseChannel(days, in.o.Channel)
	if !ok {
		in.refuse(&Error{Why: WhichChannel, Channels: channelNames(days)})
		return
	}
	in.pieces = append(in.pieces, e.read(name, days[name]))
}

func channelNames(days map[string][]source) []string {
	var all []string
	for name := range days {
		if !direct(name) {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// chooseChannel takes the channel asked for, or the only one.
func chooseChannel(days map[string][]source, want string) (string, bool) {
	want = strings.TrimPrefix(want, "#")
	if _, ok := days[want]; ok {
		return want, true
	}
	if all := channelNames(days); len(all) == 1 {
		return all[0], true
	}
	return "", false
}

// direct reports the folder of a conversation between two people, which is
// nobody's meeting.
func direct(name string) bool {
	return len(name) >= 9 && name[0] == 'D' && strings.ToUpper(name) == name
}

func (e *slackExport) readUsers(data []byte) {
	eachElement(data, func(raw json.RawMessage, _ int) {
		var u slackUser
		if json.Unmarshal(raw, &u) != nil || u.ID == "" {
			return
		}
		e.users[u.ID] = clean(firstOf(u.Profile.DisplayName, u.Profile.RealName, u.RealName, u.Name))
		e.bots[u.ID] = u.IsBot
	})
}

func (e *slackExport) readChannels(data []byte) {
	eachElement(data, func(raw json.RawMessage, _ int) {
		var c slackChannel
		if json.Unmarshal(raw, &c) == nil {
			e.channels[c.Name] = c
		}
	})
}

func firstOf(names ...string) string {
	for _, n := range names {
		if strings.TrimSpace(n) != "" {
			return strings.TrimSpace(n)
		}
	}
	return ""
}

func (e *slackExport) read(channel string, files []source) *piece {
	e.p = &piece{name: files[0].name, form: FormSlack, encoding: encUTF8, platform: Slack}
	if c, ok := e.channels[channel]; ok || channel != "." && channel != "/" {
		e.p.channel, e.p.title = channel, clean(c.Topic.Value)
	}
	for _, f := range files {
		data := bytes.TrimSpace(bytes.TrimPrefix(f.data, []byte("\xef\xbb\xbf")))
		cut := eachElement(data, func(raw json.RawMessage, n int) {
			var m slackMessage
			if json.Unmarshal(raw, &m) != nil {
				e.p.faults = append(e.p.faults, Fault{Piece: f.name, Line: n, Why: BadLine})
				return
			}
			e.message(m)
		})
		if cut {
			e.p.faults = append(e.p.faults, Fault{Piece: f.name, Why: CutOff})
		}
	}
	e.p.items = sortItems(e.p.items)
	return e.p
}

// said are the subtypes that are messages of people or programs; all others
// are the program speaking about the channel.
var said = map[string]bool{"": true, "bot_message": true, "me_message": true, "thread_broadcast": true, "file_share": true, "file_comment": true}

func (e *slackExport) message(m slackMessage) {
	switch {
	case m.Subtype == "tombstone":
		e.p.add(item{id: m.TS, at: slackTime(m.TS), author: e.author(m), deleted: true})
		return
	case !said[m.Subtype] || m.Type != "" && m.Type != "message":
		e.p.system++
		if m.Subtype == "channel_topic" && m.Topic != "" {
			e.p.title = clean(m.Topic)
		}
		return
	}
	it := item{id: m.TS, at: slackTime(m.TS), author: e.author(m), bot: m.BotID != "" || m.Subtype == "bot_message" || e.bots[m.User]}
	it.text, it.links = e.unmark(m.Text)
	for _, f := range m.Files {
		if it.text == "" {
			it.text = clean(f.Name)
		}
		if f.URL != "" && len(it.links) < 20 {
			it.links = append(it.links, f.URL)
		}
	}
	if it.text == "" || it.at.IsZero() {
		e.p.system++
		return
	}
	if m.ThreadTS != m.TS {
		it.replyID = m.ThreadTS
	}
	if m.Edited != nil {
		it.edited = slackTime(m.Edited.TS)
	}
	for _, r := range m.Reactions {
		it.react(r.Name, min(max(r.Count, 1), 100000))
	}
	e.p.add(it)
}

func (e *slackExport) author(m slackMessage) string {
	return firstOf(e.users[m.User], clean(m.Profile.DisplayName), clean(m.Profile.RealName), clean(m.Username), m.User, m.BotID, unknown)
}

// slackTime reads seconds and microseconds since 1970.
func slackTime(ts string) time.Time {
	sec, frac, _ := strings.Cut(ts, ".")
	s, err := strconv.ParseInt(sec, 10, 64)
	if err != nil || s < 0 || s > 1<<40 {
		return time.Time{}
	}
	us, _ := strconv.ParseInt((frac + "000000")[:6], 10, 64)
	return time.Unix(s, us*1000).UTC()
}
