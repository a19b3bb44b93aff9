// Package transcript holds what was typed in a meeting's chat, whatever form
// it came in. It is pure: no clock, no network, no Redis.
package transcript

import "time"

// Platform says where a chat was held.
type Platform string

// The platforms that a transcript can come from. The zero value is unknown.
const (
	Teams Platform = "teams"
	Slack Platform = "slack"
	Zoom  Platform = "zoom"
)

// Transcript is one meeting's chat in the order in which it was typed.
type Transcript struct {
	Title    string
	Date     time.Time // local midnight of the day of the meeting; zero when unknown
	Start    time.Time // when the meeting began; zero when unknown
	End      time.Time // when it ended; zero when unknown
	Platform Platform
	Channel  string   // the channel's name, without '#', where there is one
	Zone     string   // IANA name, for instance "Europe/London"; "" when unknown
	Langs    []string // "en", "cy"; the first is the main one

	Facilitators []string // display names of those who led the meeting, where known
	Messages     []Message
}

// Message is one thing that somebody, or a bot, typed.
type Message struct {
	ID string // unique within its transcript
	// At is when it was typed. Where the day is not known it lies in the year
	// 1 (the time of day and the order hold); where nothing is known it is
	// zero.
	At        time.Time
	Author    string // the display name as shown
	Text      string // plain text; may hold line breaks
	ReplyTo   string // the ID of an earlier message, or ""
	Reactions []Reaction
	Edited    time.Time // time of the last edit; zero when never edited
	Deleted   bool      // withdrawn by its author: nothing of it may be used
	Bot       bool      // written by a program
	Links     []string  // addresses that stand behind words of the text, where the form tells them
}

// Reaction is how often one reaction was given to a message.
type Reaction struct {
	Name  string // "like", "heart" (Teams) or an emoji code (Slack)
	Count int
}
