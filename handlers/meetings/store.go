package meetings

import (
	"context"
	"slices"
	"time"

	"cymar/bot"
	"cymar/handlers/meetings/themes"
)

// State is how far a meeting has come.
type State string

// The states, in order. A meeting that is imported begins with Gathering.
const (
	Announcing State = "announcing" // the notice is on its way; nothing is taken yet
	Collecting State = "collecting"
	Gathering  State = "gathering" // pieces and particulars come in
	Drawing    State = "drawing"
	Reviewing  State = "reviewing"
	Published  State = "published"
)

// Meeting is all that is kept of a meeting but its messages.
type Meeting struct {
	ID    string      `json:"id"`
	Owner bot.User    `json:"owner"` // the facilitator, who alone sees the draft
	Lang  bot.Lang    `json:"lang"`
	Space bot.SpaceID `json:"space,omitempty"`
	Zone  string      `json:"zone,omitempty"`
	State State       `json:"state"`
	Live  bool        `json:"live,omitempty"`
	Place bot.Place   `json:"place,omitzero"` // where it is collected
	Made  time.Time   `json:"made"`
	Since time.Time   `json:"since,omitzero"` // nothing said before is taken
	Until time.Time   `json:"until,omitzero"`

	Facts Particulars `json:"facts"`
	Told  string      `json:"told,omitempty"`  // whether people were told: "yes", "no", "" for not said
	Names []string    `json:"names,omitempty"` // display names to leave out
	// Checks is when something was written whose author may need somebody to
	// check in: "14:37" and nothing else. They go once the facilitator is told.
	Checks []string `json:"checks,omitempty"`
	Marked []string `json:"marked,omitempty"` // of those, digests, so that nobody is told twice

	Quiet []Quiet `json:"quiet,omitempty"` // until the draft is drawn

	Draft    *Draft              `json:"draft,omitempty"`
	Past     []Draft             `json:"past,omitempty"` // for undoing, the oldest first
	Settled  map[string]Decision `json:"settled,omitempty"`
	Stale    bool                `json:"stale,omitempty"` // a message changed after the draft was drawn
	Revision int                 `json:"revision"`
	Round    int                 `json:"round,omitempty"` // which time it was drawn

	Shown    int        `json:"shown,omitempty"` // which time its cards were sent
	Times    int        `json:"times,omitempty"` // how often it was published
	Approved bot.UserID `json:"approved,omitempty"`
	At       time.Time  `json:"at,omitzero"`    // when it was approved
	Purge    time.Time  `json:"purge,omitzero"` // when the messages go
	Purged   bool       `json:"purged,omitempty"`

	Events []string `json:"events,omitempty"` // digests of the last events that changed it
}

// Quiet is where in a meeting somebody was in danger: who and in what words is
// not kept.
type Quiet struct {
	At      time.Time `json:"at"`
	Message string    `json:"m"` // a digest, to know what answered it
}

// Particulars is what a chat may not tell of its meeting.
type Particulars struct {
	Title        string   `json:"title,omitempty"`
	Date         string   `json:"date,omitempty"`  // 2026-01-08
	Start        string   `json:"start,omitempty"` // 14:00
	End          string   `json:"end,omitempty"`
	Facilitators []string `json:"facilitators,omitempty"` // display names
	Platform     string   `json:"platform,omitempty"`
}

// Decision is how the facilitator settled a risk; its words are not kept.
type Decision struct {
	Kind themes.RiskKind `json:"kind"`
	By   bot.UserID      `json:"by"`
	At   time.Time       `json:"at"`
}

// Message is one message of a meeting's chat. Of one that was removed nothing
// is kept but its id.
type Message struct {
	ID        string              `json:"-"`
	N         int                 `json:"n,omitempty"` // what the facilitator calls it: m12
	At        time.Time           `json:"at"`
	User      bot.UserID          `json:"u,omitempty"` // of a collection
	Author    string              `json:"a,omitempty"` // the display name, of a copied chat
	Text      string              `json:"t"`
	ReplyTo   string              `json:"r,omitempty"`
	Reactions map[string][]string `json:"re,omitempty"` // digests of who gave each
	Counts    map[string]int      `json:"co,omitempty"` // of a copied chat
	Edited    time.Time           `json:"e,omitzero"`
	Links     []string            `json:"l,omitempty"`
}

// Piece is a part of a copied chat as it came, without what was held back.
type Piece struct {
	Name string
	Data []byte
}

// Counted is what is kept of a published overview for good.
type Counted struct {
	Meeting string        `json:"-"`
	Date    string        `json:"date"`
	Marks   []themes.Mark `json:"marks"`
}

// Seat is the right to work on one overview at the desk.
type Seat struct {
	Meeting string   `json:"meeting"`
	Owner   bot.User `json:"owner"`
}

// happened notes an event and reports whether it is new.
func (m *Meeting) happened(ev bot.EventID) bool {
	d := bot.Digest(string(ev))
	if slices.Contains(m.Events, d) {
		return false
	}
	m.Events = append(m.Events, d)
	if n := len(m.Events); n > eventsKept {
		m.Events = slices.Clone(m.Events[n-eventsKept:])
	}
	return true
}

const eventsKept = 40

// Store is what the job keeps. Every write may come twice.
type Store interface {
	// Make keeps a new meeting; one of the same id is left as it is.
	Make(ctx context.Context, m Meeting) (Meeting, error)
	Load(ctx context.Context, h Home, id string) (Meeting, error) // bot.ErrNotFound
	// Change lets do work on a meeting and saves it, once more where somebody
	// else saved meanwhile. An error of do leaves it as it is. An event that
	// changed it before changes nothing.
	Change(ctx context.Context, h Home, id string, ev bot.EventID, do func(*Meeting) error) (Meeting, error)
	Delete(ctx context.Context, m Meeting) error
	All(ctx context.Context, h Home) ([]Meeting, error) // newest first
	Homes(ctx context.Context, shard int) ([]Home, error)
	// Shard is where an installation's records are.
	Shard(h Home) int

	// Collect makes a meeting the one that is collected in its place, and
	// Stop ends that. Running says which it is, Kept those whose messages
	// are kept; "" and none where there is nothing.
	Collect(ctx context.Context, m Meeting) error
	Stop(ctx context.Context, m Meeting) error
	Running(ctx context.Context, p bot.Place) (string, error)
	Kept(ctx context.Context, p bot.Place) ([]string, error)

	// Keep keeps a message unless it was there or was removed; Alter changes
	// one that is there, and removes it where do says so; it reports whether
	// there was one.
	Keep(ctx context.Context, m Meeting, msg Message) error
	Alter(ctx context.Context, m Meeting, message string, do func(*Message) (keep bool)) (bool, error)
	// Bury has a message that did not come yet count as removed.
	Bury(ctx context.Context, m Meeting, message string) error
	Messages(ctx context.Context, m Meeting) ([]Message, error) // in order of time
	// Replace puts all messages of a copied chat in the place of its pieces.
	Replace(ctx context.Context, m Meeting, all []Message) error
	Purge(ctx context.Context, m Meeting) error

	AddPiece(ctx context.Context, m Meeting, p Piece) error
	Pieces(ctx context.Context, m Meeting) ([]Piece, error)

	Desk(ctx context.Context, u bot.User) (string, error) // "" for none
	SetDesk(ctx context.Context, u bot.User, id string) error

	Out(ctx context.Context, u bot.User) (bool, error)
	SetOut(ctx context.Context, u bot.User, out bool, at time.Time) error

	Route(ctx context.Context, p bot.Place) error
	Routes(ctx context.Context, h Home) (map[bot.PlaceID]bot.Place, error)

	Count(ctx context.Context, h Home, s bot.SpaceID, c Counted) error
	Counts(ctx context.Context, h Home, s bot.SpaceID) ([]Counted, error) // oldest first

	// Pass keeps a link's secret until it is used once; Use takes it and
	// gives the right to sit down. Sit and Seated do the same for a browser.
	Pass(ctx context.Context, secret string, s Seat) error
	Use(ctx context.Context, h Home, secret string) (Seat, error) // bot.ErrNotFound
	Sit(ctx context.Context, secret string, s Seat) error
	Seated(ctx context.Context, h Home, secret string) (Seat, error) // bot.ErrNotFound

	bot.Keeper
}
