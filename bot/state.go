package bot

import (
	"context"
	"strings"
	"time"
)

// Inbox makes sure that an event is handled once.
type Inbox interface {
	// Begin claims the event for lease. ErrBusy: somebody else holds it.
	Begin(ctx context.Context, ev Event, lease time.Duration) (Claim, error)
	// Commit marks the event done and puts its outcome on the way, all or
	// nothing. ErrBusy: the claim was lost meanwhile, and nothing was done.
	Commit(ctx context.Context, c Claim, o Outcome) error
	// Release gives the event back so that it can be tried again.
	Release(ctx context.Context, c Claim) error
}

// Claim is the right to handle one event.
type Claim struct {
	Event EventID
	Shard int
	Token string
	Done  bool // it was handled before; Now is what was answered then
	Now   *Now
}

// Outcome is what came of handling an event.
type Outcome struct {
	Now        *Now
	Deliveries []Delivery
	Next       []Event
	Brief      bool // keep the mark for 24 hours only, and no Now: a personal crisis
}

// Queue is one of the outbox's streams; each has workers of its own.
type Queue string

// The queues. A storm of nudges never holds up an answer.
const (
	Replies Queue = "reply"
	Nudges  Queue = "nudge"
	Work    Queue = "work"
)

// Delivery is what a reply sends to one place: its parts go in order, each
// with its own mark.
type Delivery struct {
	ID        string    `json:"id"`
	Queue     Queue     `json:"queue"`
	Platform  Platform  `json:"platform"`
	Tenant    TenantID  `json:"tenant"`
	Shard     int       `json:"shard"`
	Dest      Dest      `json:"dest"`
	Parts     []Part    `json:"parts"`
	NotBefore time.Time `json:"not_before,omitzero"`
	NotAfter  time.Time `json:"not_after,omitzero"`
	Report    bool      `json:"report,omitempty"`   // a handler wants to know what came of it
	Brief     bool      `json:"brief,omitempty"`    // marks live 24 hours and say nothing more
	NoTrace   bool      `json:"no_trace,omitempty"` // the marks say neither where nor which message
	Lang      Lang      `json:"lang,omitempty"`
	Else      *Delivery `json:"else,omitempty"`
}

// Owns reports whether key is the key of one of the delivery's parts, or of a
// piece of one.
func (d Delivery) Owns(key string) bool {
	for _, p := range d.Parts {
		if key == p.Key || strings.HasPrefix(key, p.Key+pieceMark) {
			return true
		}
	}
	return false
}

// pieceMark stands between the key of a part and the number of a piece of it.
const pieceMark = "\x1f"

// DestKind is how a delivery finds its place.
type DestKind string

// The kinds of destination.
const (
	ToPlace     DestKind = "place"
	ToOnlyActor DestKind = "only"
	ToDirect    DestKind = "dm"
	ToReplace   DestKind = "replace"
)

// Dest is where a delivery goes.
type Dest struct {
	Kind     DestKind `json:"kind"`
	Place    Place    `json:"place,omitzero"`
	User     User     `json:"user,omitzero"`
	Replaces string   `json:"replaces,omitempty"` // the key of the card to replace
}

// Part is one send of a delivery.
type Part struct {
	Key  string   `json:"key"`
	Card Card     `json:"card"`
	File *FileRef `json:"file,omitempty"`
}

// Mark is the proof that a part was sent, and where it stands.
type Mark struct {
	Place    Place       `json:"place"`
	Messages []MessageID `json:"messages"`
}

// Outbox is the one way out. A delivery is tried until it is sent, fails for
// good, or is too old; an entry of the Work queue is an event of our own.
type Outbox interface {
	// Run works until ctx ends, then finishes what is in hand.
	Run(ctx context.Context, w Worker) error
	// Sent returns the mark of a part. ErrNotFound when it was not sent.
	Sent(ctx context.Context, d Delivery, key string) (Mark, error)
	// MarkSent records that a part was sent.
	MarkSent(ctx context.Context, d Delivery, key string, m Mark) error
}

// Worker is what the outbox hands its entries to. A *SendError with a passing
// reason puts a delivery back for later; any other error is final.
type Worker interface {
	Deliver(ctx context.Context, d Delivery) error
	Receiver
}

// Directory knows how to reach people.
type Directory interface {
	// Remember keeps a person's direct chat, and the space they were last seen in.
	Remember(ctx context.Context, u User, p Place, s SpaceID) error
	// Find is the person's direct chat; ErrUnreachable when none is known.
	Find(ctx context.Context, u User) (Place, error)
	// Leave keeps a card for somebody who could not be reached in private, in
	// the place of an earlier one, for an hour.
	Leave(ctx context.Context, u User, c Card) error
	// Left is that card; ErrNotFound when there is none.
	Left(ctx context.Context, u User) (Card, error)
}

// Spaces keeps the communities of practice.
type Spaces interface {
	// Of is the space that a place belongs to; ErrNotFound when none.
	Of(ctx context.Context, p Place) (Space, error)
	// For is the space of a person in their direct chat: the one they were
	// last seen in, else the tenant's only one; ErrNotFound otherwise.
	For(ctx context.Context, u User) (Space, error)
	// Save makes or changes a space.
	Save(ctx context.Context, s Space) error
	// List is every space of a tenant.
	List(ctx context.Context, p Platform, t TenantID) ([]Space, error)
}

// Profiles keeps the little that is remembered of a person.
type Profiles interface {
	Profile(ctx context.Context, u User) (Profile, error) // zero when nothing is kept
	// Several is the profiles of many people in one go, in their order.
	Several(ctx context.Context, all []User) ([]Profile, error)
	SaveProfile(ctx context.Context, u User, p Profile) error
}
