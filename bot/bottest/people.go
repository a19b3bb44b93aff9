package bottest

import (
	"fmt"
	"time"

	"cymar/bot"
)

// Tenant is the fake platform's installation.
const Tenant bot.TenantID = "t1"

// Person is somebody on the fake platform.
func Person(id bot.UserID) bot.User {
	return bot.User{Platform: "fake", Tenant: Tenant, ID: id}
}

// Channel is a shared place on the fake platform.
func Channel(id bot.PlaceID) bot.Place {
	return bot.Place{Platform: "fake", Tenant: Tenant, ID: id, Kind: bot.Channel, Route: "route:" + string(id)}
}

// Meeting is a meeting's chat on the fake platform.
func Meeting(id bot.PlaceID) bot.Place {
	p := Channel(id)
	p.Kind = bot.MeetingChat
	return p
}

// Direct is a person's direct chat.
func Direct(u bot.User) bot.Place {
	id := bot.PlaceID("d-" + u.ID)
	return bot.Place{Platform: u.Platform, Tenant: u.Tenant, ID: id, Kind: bot.DirectChat, Route: "route:" + string(id)}
}

// Said is a message to the bot: its id is made from the place, the time and
// the text, so that the same one said again is the same event.
func Said(u bot.User, in bot.Place, text string) bot.Event {
	id := bot.Digest(string(u.ID), string(in.ID), text)
	return bot.Event{ID: bot.EventID("said:" + id), At: Start, From: u, In: in,
		What: bot.Said{Text: text, Message: bot.MessageID(id), ToBot: true}}
}

// Tick is the clock firing a job for shard 0.
func Tick(job string, due time.Time) bot.Event {
	return bot.Event{ID: bot.EventID(fmt.Sprintf("tick:%s:00:%s", job, due.UTC().Format(time.RFC3339))), At: due,
		What: bot.Tick{Job: job, Due: due}}
}
