package bot

import (
	"context"
	"io"
)

// Handler does a job's work on one event. It reads and writes its own store
// and returns what is to be said. An event may come twice, so its writes must
// be idempotent.
type Handler interface {
	Handle(ctx context.Context, ev Event) (Reply, error)
}

// HandlerFunc lets a function be a Handler.
type HandlerFunc func(ctx context.Context, ev Event) (Reply, error)

// Handle calls f.
func (f HandlerFunc) Handle(ctx context.Context, ev Event) (Reply, error) { return f(ctx, ev) }

// Job is a handler folder: it puts its commands, actions, forms and ticks on
// the router.
type Job interface{ Register(r *Router) }

// Titled is a job whose commands help lists under a title of their own.
type Titled interface{ Title(lang Lang) string }

// Guard reads a text for signs that somebody is in danger. It is pure.
type Guard interface{ Read(text string) Finding }

// Keeper is every store that holds something about a person.
type Keeper interface {
	// Held says in words what is kept about the person.
	Held(ctx context.Context, u User, lang Lang) ([]Fact, error)
	// Erase removes all of it. It may be called twice.
	Erase(ctx context.Context, u User) error
	// EraseTenant removes everything of an installation that was removed.
	EraseTenant(ctx context.Context, p Platform, t TenantID) error
}

// Words gives a core phrase in a language; see bot/words.
type Words func(lang Lang, id string) string

// Files opens what a person dropped, through the adapter it came from.
type Files interface {
	Open(ctx context.Context, p Platform, f FileRef) (io.ReadCloser, error)
}
