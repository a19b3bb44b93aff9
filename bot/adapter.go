package bot

import (
	"context"
	"io"
	"net/http"
	"time"
)

// Receiver takes events in. An error means: not accepted, let the platform
// try again. A Now must be answered inside the platform's own request.
type Receiver interface {
	Receive(ctx context.Context, ev Event) (*Now, error)
}

// Source is an adapter that goes and gets its events: a socket, the clock.
// Run returns when ctx ends, within five seconds.
type Source interface {
	Run(ctx context.Context, r Receiver) error
}

// Ready is an adapter that can say whether it is connected, so that a replica
// that is not gets nothing to do. The error must not carry a token.
type Ready interface {
	Ready() error
}

// Webhook is an adapter that is called: it puts its handlers on mux.
type Webhook interface {
	Mount(mux *http.ServeMux, r Receiver)
}

// Sender is the way out to one platform. Failures are *SendError. Split
// breaks a card that is too large for the platform, losing no word of it.
type Sender interface {
	Platform() Platform
	Caps() Caps
	Split(Card) []Card
	Send(ctx context.Context, to Place, only *User, card Card) (MessageID, error)
}

// Updater can change a card that it sent.
type Updater interface {
	Update(ctx context.Context, in Place, m MessageID, card Card) error
}

// Opener can open the direct chat with somebody. Failures are *SendError.
type Opener interface {
	Open(ctx context.Context, u User) (Place, error)
}

// Uploader can put a file into a place.
type Uploader interface {
	Upload(ctx context.Context, to Place, file FileRef, body io.Reader) (MessageID, error)
}

// Fetcher opens a file that somebody dropped. The caller closes it and limits
// how much it reads.
type Fetcher interface {
	Fetch(ctx context.Context, file FileRef) (io.ReadCloser, error)
}

// People knows who is in a place, for matching a roster's names. The names
// are for that and are not kept.
type People interface {
	People(ctx context.Context, in Place) ([]Person, error)
}

// Person is somebody as the platform shows them.
type Person struct {
	User User
	Name string
}

// Caps is what a platform can do, as data. Code that wants to ask which
// platform it is on wants a field here instead.
type Caps struct {
	Ephemeral bool // a message in a shared place that one person sees
	Update    bool // cards can change after they were sent
	Forms     bool // dialogs
	Files     bool // files can be put into a shared place
	Threads   bool
	Mention   string // how a person addresses the bot in a shared place, "@Cymar"
}

// Reason is why a send failed; it is a metric's label, so the set is closed.
type Reason string

// The reasons. The first two pass by themselves and are tried again; the
// others are final.
const (
	RateLimited Reason = "rate_limited"
	ServerFault Reason = "server"

	AuthFailed  Reason = "auth"
	Invalid     Reason = "invalid"
	Unreachable Reason = "unreachable"
	TooLate     Reason = "too_late"
	GaveUp      Reason = "gave_up"
)

// Passing reports whether trying again may help.
func (r Reason) Passing() bool { return r == RateLimited || r == ServerFault }

// Clock tells the time; tests and the playground move it.
type Clock interface{ Now() time.Time }

// SystemClock is the real time.
type SystemClock struct{}

// Now is time.Now.
func (SystemClock) Now() time.Time { return time.Now() }
