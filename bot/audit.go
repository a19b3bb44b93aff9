package bot

import (
	"context"
	"time"
)

// Audit is the log of who did what that few may do: approved, exported,
// imported, erased, changed a role, or tried to. Ids and verbs, no content;
// people stand in it as keyed digests.
type Audit interface {
	// Record writes a line. The same line of the same event is written once.
	Record(ctx context.Context, l AuditLine) error
	// Lines is an installation's since a time, the oldest first.
	Lines(ctx context.Context, p Platform, t TenantID, since time.Time) ([]AuditLine, error)
	// Digest is how a person appears in the lines.
	Digest(u User) string
}

// AuditLine is one line of the log. Who goes in, and Digest comes out.
type AuditLine struct {
	At       time.Time `json:"at"`
	Platform Platform  `json:"platform"`
	Tenant   TenantID  `json:"-"`
	Event    string    `json:"event"` // the event's trace, as in the log
	Verb     string    `json:"verb"`  // the command, button or form; "denied: …" where it was refused
	Space    SpaceID   `json:"space,omitempty"`
	Who      User      `json:"-"` // zero: the operator, by the command line
	Digest   string    `json:"who"`
}

// isAudited reports whether a line is due: for everything that needs a
// permission, and for what was registered with Audited.
func (r *Router) isAudited(needs Permission, label string) bool {
	return needs != Anyone || r.audited[label]
}

// Audited names commands, buttons, forms and kinds of event that everybody may
// use and that are written to the audit log all the same.
func (r *Router) Audited(names ...string) {
	for _, n := range names {
		r.audited[n] = true
	}
}

// record writes what somebody did, or was not let do, to the audit log.
func (b *Bot) record(ctx context.Context, ev Event, needs Permission, denied bool) error {
	label := b.o.Router.label(ev)
	if b.o.Audit == nil || !b.o.Router.isAudited(needs, label) {
		return nil
	}
	if denied {
		label = "denied: " + label
	}
	at := ev.At
	if at.IsZero() {
		at = b.o.Clock.Now()
	}
	return b.o.Audit.Record(ctx, AuditLine{At: at, Platform: ev.In.Platform, Tenant: ev.In.Tenant,
		Event: ev.ID.Trace(), Verb: label, Space: ev.Space.ID, Who: ev.From})
}
