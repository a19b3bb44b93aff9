package supervision

import (
	"context"
	"time"

	"cymar/bot"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/coverage"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/roster"
	"cymar/handlers/supervision/when"
)

// Record is all that is kept of a person's supervision: kinds, dates and
// states, and how they wish to be written to. Never what was talked about.
type Record struct {
	User  bot.User    `json:"u"`
	Space bot.SpaceID `json:"sp,omitempty"`
	Lang  bot.Lang    `json:"la,omitempty"` // as they last wrote
	Team  string      `json:"te,omitempty"` // as the roster had it

	Clocks []Clock      `json:"c,omitempty"`
	Pause  ladder.Pause `json:"p,omitzero"`
	Wishes Wishes       `json:"w,omitzero"`

	Told  calendar.Date `json:"t,omitzero"` // the last day on which a message was settled
	Tried calendar.Date `json:"tr,omitzero"`
	// Missed is how many messages in a row could not reach them, and Reason why.
	Missed int        `json:"mi,omitempty"`
	Reason bot.Reason `json:"re,omitempty"`

	Invited  calendar.Date `json:"in,omitzero"`
	Accepted calendar.Date `json:"ac,omitzero"`
	Stopped  calendar.Date `json:"st,omitzero"`

	// Before is what the last change changed, for undoing it, and Event the
	// digest of the event that made it, so that a repeat changes nothing.
	Before *Before `json:"b,omitempty"`
	Event  string  `json:"ev,omitempty"`

	Draft *Draft `json:"dr,omitempty"`

	// Sees is whose dates this person is told as their supervisor.
	Sees []Seen `json:"se,omitempty"`

	Look time.Time `json:"-"` // when there is something to do; zero: never
}

// Clock is one kind of supervision.
type Clock struct {
	ladder.Clock
	With       string     `json:"w,omitempty"` // the supervisor, as the person calls them
	Supervisor bot.UserID `json:"su,omitempty"`
	// Shared is whether the supervisor is told of the date as well: "asked"
	// once the person wishes it, "yes" once the supervisor agreed.
	Shared    Consent       `json:"sh,omitempty"`
	Confirmed calendar.Date `json:"co,omitzero"` // the supervisor said that it was held on this day
	LastOff   calendar.Date `json:"ca,omitzero"` // when it was last cancelled on the person, for the figures
}

// Seen is somebody who shares the dates of one kind with their supervisor.
type Seen struct {
	User  bot.UserID    `json:"u"`
	Kind  when.Kind     `json:"k"`
	Since calendar.Date `json:"s"` // when both had agreed: what was due up to then is not told
}

// Consent is how far two people have agreed.
type Consent string

// The consents.
const (
	NotAsked Consent = ""
	Asked    Consent = "asked"
	Agreed   Consent = "yes"
)

// Wishes is how somebody wants to be written to.
type Wishes struct {
	Days     calendar.Week   `json:"d,omitempty"`
	From     int             `json:"f,omitempty"` // minutes after midnight
	Until    int             `json:"u,omitempty"`
	Zone     string          `json:"z,omitempty"`
	Nation   calendar.Nation `json:"n,omitempty"`
	Holidays bool            `json:"h,omitempty"`
	InPost   calendar.Date   `json:"p,omitzero"`
	Named    bool            `json:"na,omitempty"` // the lead may know who could not be reached
}

// Before is the part of a record that a change can change.
type Before struct {
	Clocks  []Clock       `json:"c,omitempty"`
	Pause   ladder.Pause  `json:"p,omitzero"`
	Wishes  Wishes        `json:"w,omitzero"`
	Stopped calendar.Date `json:"st,omitzero"`
}

// Draft is what somebody is setting up and has not saved. It goes after a day.
type Draft struct {
	Plans []Plan    `json:"p"`
	Until time.Time `json:"u"`
}

// Plan is one supervision of a draft.
type Plan struct {
	Clock
	Counted bool `json:"x,omitempty"` // the next date was worked out, not said
}

// Home is the installation that a record belongs to.
type Home struct {
	Platform bot.Platform
	Tenant   bot.TenantID
}

func homeOf(u bot.User) Home { return Home{u.Platform, u.Tenant} }

// Store is what the job keeps. Every write may come twice.
type Store interface {
	// Load is a person's record; bot.ErrNotFound where there is none.
	Load(ctx context.Context, u bot.User) (Record, error)
	// Change lets change work on the record, an empty one where there is
	// none, and saves it; once more where somebody else saved meanwhile. An
	// error of change leaves everything as it is. A record that is then
	// empty but for the person is removed.
	Change(ctx context.Context, u bot.User, change func(*Record) error) (Record, error)
	// Due is at most limit of a shard's people for whom there is something
	// to do by now, the longest waiting first.
	Due(ctx context.Context, shard int, now time.Time, limit int) ([]Record, error)
	// Look puts people back into the set, each at its Look.
	Look(ctx context.Context, shard int, all []Record) error
	// Each calls f with every record of an installation, in pages.
	Each(ctx context.Context, h Home, f func([]Record) error) error
	// Page is some records of an installation, and from where to go on; 0 at
	// first, and at the end.
	Page(ctx context.Context, h Home, cursor uint64) ([]Record, uint64, error)

	// Shard is where an installation's records are.
	Shard(h Home) int
	// Homes is the installations of a shard with records.
	Homes(ctx context.Context, shard int) ([]Home, error)
	// Trend is a space's reports by month, 2026-11; a year of them.
	Trend(ctx context.Context, h Home, s bot.SpaceID) (map[string]coverage.Report, error)
	SetTrend(ctx context.Context, h Home, s bot.SpaceID, month string, r coverage.Report) error
	// Digests is who wishes a weekly digest, of which space.
	Digests(ctx context.Context, h Home) (map[bot.UserID]bot.SpaceID, error)
	SetDigest(ctx context.Context, u bot.User, s bot.SpaceID, on bool) error
	// Roster is what a lead is importing, by the lead; empty where nothing.
	Roster(ctx context.Context, u bot.User) ([]roster.Line, error)
	RosterBy(ctx context.Context, h Home, id string) ([]roster.Line, error)
	SetRoster(ctx context.Context, u bot.User, all []roster.Line, life time.Duration) (id string, err error)

	bot.Keeper
}
