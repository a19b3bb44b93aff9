package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// SendError is a send that failed. After is how long the platform asked us to
// wait. Err must not carry a token, a text or a name.
type SendError struct {
	Reason Reason
	After  time.Duration
	Err    error
}

func (e *SendError) Error() string {
	if e.Err == nil {
		return "send: " + string(e.Reason)
	}
	return fmt.Sprintf("send: %s: %v", e.Reason, e.Err)
}

func (e *SendError) Unwrap() error { return e.Err }

// UserError is words meant for the person. Any other error becomes a fixed
// apology, and goes to the operator without text or name.
type UserError struct{ Text string }

func (e *UserError) Error() string { return "told the person what to do instead" }

// Errors that the core and its stores speak in.
var (
	// ErrBusy: another replica holds the event. The platform should try again.
	ErrBusy = errors.New("the event is being handled elsewhere")
	// ErrUnavailable: a store cannot be reached. The event was not accepted.
	ErrUnavailable = errors.New("the store cannot be reached")
	// ErrUnreachable: there is no way to this person yet.
	ErrUnreachable = errors.New("no way to reach this person")
	// ErrNotFound: what was asked for is not there.
	ErrNotFound = errors.New("not found")
)

// Unavailable marks err as a store's failure: the claim on the event is given
// back and the platform tries again. A nil err stays nil.
func Unavailable(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrUnavailable, err)
}

// Passing reports whether err is the world's fault rather than ours, so that
// trying again can help.
func Passing(err error) bool {
	var n net.Error
	return errors.Is(err, ErrUnavailable) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, context.Canceled) || errors.Is(err, io.EOF) || errors.As(err, &n)
}
