// Package bot is Cymar's core: the vocabulary that handlers and adapters
// share, and the one way in (Receive) and the one way out (the outbox).
//
// It imports the standard library only. An adapter turns what a platform sent
// into an Event; a handler turns the Event into a Reply; the core makes sure
// that an event is handled once and that what a reply sends leaves through the
// outbox. No handler talks to a platform and no adapter decides anything.
package bot

import (
	"log/slog"
	"time"
)

// Platform names where an event came from: "slack", "teams", "playground".
type Platform string

// The ids are opaque: only the adapter that made one may parse it. They are
// stored, so their form must stay stable.
type (
	// TenantID is one installation: a workspace, a Microsoft 365 tenant, the playground.
	TenantID string
	// UserID is a person within a tenant.
	UserID string
	// PlaceID is a channel, a meeting chat or a direct chat.
	PlaceID string
	// MessageID is one message in a place.
	MessageID string
	// EventID is the same whenever the platform repeats the event.
	EventID string
)

// User is somebody on a platform.
type User struct {
	Platform Platform `json:"platform"`
	Tenant   TenantID `json:"tenant"`
	ID       UserID   `json:"id"`
}

// PlaceKind tells a private chat from a public one.
type PlaceKind string

// The kinds of place.
const (
	DirectChat  PlaceKind = "direct"
	Channel     PlaceKind = "channel"
	MeetingChat PlaceKind = "meeting"
)

// Place is where something was said and where an answer can go. Route belongs
// to the adapter: it is storable and is all that Send needs.
type Place struct {
	Platform Platform  `json:"platform"`
	Tenant   TenantID  `json:"tenant"`
	ID       PlaceID   `json:"id"`
	Thread   MessageID `json:"thread,omitempty"`
	Kind     PlaceKind `json:"kind"`
	Route    string    `json:"route,omitempty"`
}

// Same reports whether both are the same place, whatever the thread.
func (p Place) Same(o Place) bool {
	return p.Platform == o.Platform && p.Tenant == o.Tenant && p.ID == o.ID
}

// Event is something that happened. The first five fields are the adapter's;
// the core fills in the rest before a handler sees it.
type Event struct {
	ID   EventID
	At   time.Time
	From User
	In   Place
	What What

	Found Finding // what the guard read in the text
	Lang  Lang    // the language to answer in
	Space Space   // the space that the place belongs to; zero when none
	Role  Role    // what the actor is there
	Caps  Caps    // what the platform can do

	Command string // the name of the command that Text began with
	Args    string // what followed it, as typed
}

// LogValue shows the event's trace, the platform and the kind of event; never
// a text, a name or a person's id.
func (e Event) LogValue() slog.Value {
	kind := ""
	if e.What != nil {
		kind = e.What.kind()
	}
	return slog.GroupValue(slog.String("trace", e.ID.Trace()), slog.String("platform", string(e.In.Platform)), slog.String("kind", kind))
}

// Level is what the guard makes of a text; see FACTS §9.3 to §9.5 for the rule.
type Level string

// The levels, from the most to the least urgent.
const (
	Crisis        Level = "R" // the writer may be in danger now
	OtherInDanger Level = "T" // somebody else is in danger now
	Distress      Level = "A" // distress, or ambiguous
	Safeguarding  Level = "S" // somebody may be being harmed
	PersonalData  Level = "P" // the text may identify a patient
	Calm          Level = ""  // nothing of the kind
)

// Finding is the guard's reading of one message. It is never stored.
type Finding struct{ Level Level }

// Lang is a language tag: English or Welsh.
type Lang string

// The two languages that every string exists in.
const (
	English Lang = "en"
	Welsh   Lang = "cy"
)

// What is what happened; the set is closed.
type What interface{ kind() string }

type (
	// Said is a message. ToBot is true in a direct chat and where the bot was
	// mentioned; the mention itself is stripped from Text.
	Said struct {
		Text    string    `json:"text"`
		Message MessageID `json:"message"`
		ToBot   bool      `json:"to_bot"`
		ReplyTo MessageID `json:"reply_to,omitempty"`
		// Mentions are the people pointed to, without the bot itself.
		Mentions []User `json:"mentions,omitempty"`
	}
	// Edited is a message after its author changed it.
	Edited struct {
		Text    string    `json:"text"`
		Message MessageID `json:"message"`
	}
	// Removed is a message that is no longer there.
	Removed struct {
		Message MessageID `json:"message"`
	}
	// Reacted is a reaction added to a message, or taken back.
	Reacted struct {
		Message MessageID `json:"message"`
		Name    string    `json:"name"`
		Gone    bool      `json:"gone,omitempty"`
	}
	// Pressed is a button. Card names the message it stood on, as sent.
	Pressed struct {
		Action  string    `json:"action"`
		Value   string    `json:"value,omitempty"`
		Card    string    `json:"card,omitempty"` // the Key under which the card was sent
		Message MessageID `json:"message,omitempty"`
	}
	// Submitted is a form that was filled in.
	Submitted struct {
		Form   string            `json:"form"`
		State  string            `json:"state,omitempty"`
		Fields map[string]string `json:"fields"`
	}
	// Uploaded is a file dropped into a chat with the bot; a Fetcher opens it.
	Uploaded struct {
		File    FileRef   `json:"file"`
		Message MessageID `json:"message,omitempty"`
	}
	// Installed is the bot being added to a tenant or to somebody's own chats.
	Installed struct{}
	// Uninstalled is the bot being removed: from a whole tenant, whose data go,
	// or, in a direct chat, by one person, whose own data go.
	Uninstalled struct{}
	// Joined and Left are people coming into a place and going from it.
	Joined struct{}
	// Left is somebody leaving a place.
	Left struct{}
	// Opened is somebody opening their own page of the bot (Slack's App Home).
	Opened struct{}
	// MeetingStarted and MeetingEnded frame a meeting whose chat the bot is in.
	MeetingStarted struct {
		Title string `json:"title,omitempty"`
	}
	// MeetingEnded is the end of that meeting.
	MeetingEnded struct{}
	// Tick is the clock: it reaches every replica under one id.
	Tick struct {
		Job   string    `json:"job"`
		Shard int       `json:"shard"`
		Due   time.Time `json:"due"`
	}
	// Continue is work that a handler left for later under Reply.Next.
	Continue struct {
		Job   string `json:"job"`
		Shard int    `json:"shard"`
		State string `json:"state,omitempty"`
		// Nudging is set by the core when the work began with a Tick, so that
		// what it sends does not stand in the way of answers.
		Nudging bool `json:"nudging,omitempty"`
	}
	// Delivered reports that the send with this key reached the platform.
	Delivered struct {
		Key     string    `json:"key"`
		Message MessageID `json:"message,omitempty"`
	}
	// Undelivered reports that it never will, and why.
	Undelivered struct {
		Key    string `json:"key"`
		Reason Reason `json:"reason"`
	}
)

func (Said) kind() string           { return "said" }
func (Edited) kind() string         { return "edited" }
func (Removed) kind() string        { return "removed" }
func (Reacted) kind() string        { return "reacted" }
func (Pressed) kind() string        { return "pressed" }
func (Submitted) kind() string      { return "submitted" }
func (Uploaded) kind() string       { return "uploaded" }
func (Installed) kind() string      { return "installed" }
func (Uninstalled) kind() string    { return "uninstalled" }
func (Joined) kind() string         { return "joined" }
func (Left) kind() string           { return "left" }
func (Opened) kind() string         { return "opened" }
func (MeetingStarted) kind() string { return "meeting_started" }
func (MeetingEnded) kind() string   { return "meeting_ended" }
func (Tick) kind() string           { return "tick" }
func (Continue) kind() string       { return "continue" }
func (Delivered) kind() string      { return "delivered" }
func (Undelivered) kind() string    { return "undelivered" }
