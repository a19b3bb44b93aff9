package teamsfake

// Activities as Teams sends them. Each has an id, a time and everything that
// the real ones have and the bot uses.

// Person is somebody in the chats: their name, the id that Teams gives them for
// this bot, and their Entra object id, empty for an anonymous guest.
type Person struct{ Name, ID, Object string }

// Account is the person in an activity.
func (p Person) Account() map[string]any {
	a := map[string]any{"id": p.ID, "name": p.Name}
	if p.Object != "" {
		a["aadObjectId"] = p.Object
	}
	return a
}

// People who appear in tests.
func People() (amara, ruth, guest Person) {
	return Person{"Amara Bell", "29:amara", "aaaaaaaa-0000-4000-8000-000000000001"},
		Person{"Ruth Marsh", "29:ruth", "aaaaaaaa-0000-4000-8000-000000000002"},
		Person{"A Guest", "29:guest", ""}
}

// Bot is the bot in an activity.
func Bot() map[string]any { return map[string]any{"id": "28:" + AppID, "name": "Cymar"} }

// Personal, ChannelThread and MeetingChat are conversations.

// Personal is somebody's direct chat.
func Personal(p Person) map[string]any {
	return map[string]any{"id": "a:chat-" + p.ID[3:], "conversationType": "personal", "tenantId": Tenant}
}

// ChannelThread is a thread in a channel.
func ChannelThread(channel, root string) map[string]any {
	return map[string]any{"id": channel + ";messageid=" + root, "conversationType": "channel", "isGroup": true, "tenantId": Tenant}
}

// MeetingChat is a meeting's chat.
func MeetingChat() map[string]any {
	return map[string]any{"id": "19:meeting_abc@thread.v2", "conversationType": "groupChat", "isGroup": true, "tenantId": Tenant}
}

// Activity is what every activity has.
func (s *Service) Activity(kind, id string, from Person, in map[string]any) map[string]any {
	return map[string]any{
		"type": kind, "id": id, "timestamp": s.Now().UTC().Format("2006-01-02T15:04:05.000Z"), "localTimestamp": "",
		"serviceUrl": s.ServiceURL(), "channelId": "msteams", "locale": "en-GB",
		"from": from.Account(), "recipient": Bot(), "conversation": in,
		"channelData": map[string]any{"tenant": map[string]any{"id": Tenant}},
	}
}

// Message is what somebody wrote.
func (s *Service) Message(id string, from Person, in map[string]any, text string) map[string]any {
	return Merge(s.Activity("message", id, from, in), map[string]any{"text": text, "textFormat": "plain"})
}

// ToBot is a message that begins with the bot's mention.
func (s *Service) ToBot(id string, from Person, in map[string]any, text string) map[string]any {
	return Merge(s.Message(id, from, in, "<at>Cymar</at>&nbsp;"+text), map[string]any{"entities": []any{
		map[string]any{"type": "mention", "text": "<at>Cymar</at>", "mentioned": Bot()},
		map[string]any{"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "Windows"},
	}})
}

// Invoke is a button pressed, or a dialog.
func (s *Service) Invoke(id string, from Person, in map[string]any, name string, value any) map[string]any {
	return Merge(s.Activity("invoke", id, from, in), map[string]any{"name": name, "value": value, "replyToId": "1700000000001"})
}

// Meeting is the start or the end of a meeting.
func (s *Service) Meeting(id string, from Person, name, title string) map[string]any {
	return Merge(s.Activity("event", id, from, MeetingChat()), map[string]any{"name": "application/vnd.microsoft." + name,
		"value": map[string]any{"Id": "m", "Title": title, "MeetingType": "Scheduled", "StartTime": "2026-11-23T10:00:00Z"}})
}
