package bot

import (
	"errors"
	"strings"
	"time"
)

// Meter is told what happens, so that it can be counted. It is called on the
// way of every event: it must be quick and may not fail. No argument names a
// person, a place, an installation or what was said.
type Meter interface {
	// Handled is an event that was taken in, or was not: handler is the
	// command, button, form or job, and result one of the Result constants.
	Handled(p Platform, kind, handler string, result Result, took time.Duration)
	// Trouble is a handler that failed ("failed", "panicked") or that had to
	// tell somebody what to do instead ("told").
	Trouble(handler, what string)
	// Denied is a try at something that the person may not do.
	Denied(needs Permission)
	// Sent is one call to a platform; reason is "" when it took the message.
	Sent(p Platform, reason Reason, took time.Duration)
	// Settled is an entry of the outbox that was dealt with, or put back for
	// later; lag is counted from when it was due first.
	Settled(q Queue, reason Reason, again bool, lag time.Duration)
}

// Result is what came of an event.
type Result string

// The results.
const (
	Accepted    Result = "accepted"
	Repeated    Result = "repeated" // it was handled before
	Busy        Result = "busy"     // another replica has it
	NotAccepted Result = "not_accepted"
)

// NoMeter counts nothing.
type NoMeter struct{}

var _ Meter = NoMeter{}

// Handled does nothing.
func (NoMeter) Handled(Platform, string, string, Result, time.Duration) {}

// Trouble does nothing.
func (NoMeter) Trouble(string, string) {}

// Denied does nothing.
func (NoMeter) Denied(Permission) {}

// Sent does nothing.
func (NoMeter) Sent(Platform, Reason, time.Duration) {}

// Settled does nothing.
func (NoMeter) Settled(Queue, Reason, bool, time.Duration) {}

// resultFor names what came of an event that was not handled.
func resultFor(err error) Result {
	if errors.Is(err, ErrBusy) {
		return Busy
	}
	return NotAccepted
}

// label names the handler of an event from what was registered, never from
// what somebody sent. What the guard took over counts as an answer, for
// nothing may tell that it did.
func (r *Router) label(ev Event) string {
	switch w := ev.What.(type) {
	case Said:
		if ev.Command != "" {
			return ev.Command
		}
		return "answer"
	case Pressed:
		return known(r.actions, w.Action)
	case Submitted:
		return known(r.forms, w.Form)
	case Tick:
		return known(r.jobs, w.Job)
	case Continue:
		return known(r.jobs, w.Job)
	case Delivered:
		return strings.TrimRight(r.reports(w.Key), ":/.")
	case Undelivered:
		return strings.TrimRight(r.reports(w.Key), ":/.")
	}
	return ev.What.kind()
}

func known[T any](of map[string]T, name string) string {
	if _, ok := of[name]; ok {
		return name
	}
	return "unknown"
}

// Trace is the mark that an event, its follow-up work, its deliveries and the
// reports of them carry in the log: a digest, of which no id can be read.
func (id EventID) Trace() string {
	root := string(id)
	if d, report := strings.CutSuffix(root, "!"); report {
		return Delivery{ID: d}.Trace()
	}
	root, _, _ = strings.Cut(root, ">")
	return Digest("trace", root)[:12]
}

// Trace is that of the event which led to the delivery.
func (d Delivery) Trace() string {
	if at := strings.LastIndex(d.ID, "/"); at >= 0 {
		return EventID(d.ID[:at]).Trace()
	}
	return EventID(d.ID).Trace()
}
