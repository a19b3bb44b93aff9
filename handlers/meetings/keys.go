package meetings

import (
	"time"

	"cymar/bot"
)

// How long each kind of record lives beside what Keep says. Nothing of a
// meeting outlives Keep.Chat but what was published in the channel, and counts.
const (
	pieceLife = 7 * 24 * time.Hour // of the pieces in which a chat was copied
	passLife  = 15 * time.Minute   // of a link to the desk
	seatLife  = 12 * time.Hour     // of the browser that used it
	trendOf   = 24                 // meetings of a space that are counted
)

// Patterns is every kind of key that this job writes.
var Patterns = []bot.KeyPattern{
	{Key: "{cymar:NN}:meetings:<tenant>:meeting:<meeting>", Type: "string", TTL: "90 days, or less by the settings", For: "a meeting's particulars, its draft and who answers for it", Personal: true},
	{Key: "{cymar:NN}:meetings:<tenant>:said:<meeting>", Type: "hash", TTL: "90 days, or 30 days after publication; less by the settings", For: "the messages of a meeting's chat; of those that were removed the id alone", Personal: true},
	{Key: "{cymar:NN}:meetings:<tenant>:pieces:<meeting>", Type: "hash", TTL: "7 days", For: "the pieces in which a chat was copied, without the messages that the guard holds back", Personal: true},
	{Key: "{cymar:NN}:meetings:<tenant>:now:<place>", Type: "string", TTL: "90 days, or less by the settings; until collecting stops", For: "which meeting is being collected in a place"},
	{Key: "{cymar:NN}:meetings:<tenant>:at:<place>", Type: "set", TTL: "90 days, or less by the settings", For: "meetings of a place whose messages are kept, for edits and removals"},
	{Key: "{cymar:NN}:meetings:<tenant>:desk:<person>", Type: "string", TTL: "90 days, or less by the settings", For: "which overview somebody is working on", Personal: true},
	{Key: "{cymar:NN}:meetings:<tenant>:out", Type: "hash", TTL: "none: until taken back, forgotten or uninstalled", For: "who asked to be left out of overviews, and when", Personal: true},
	{Key: "{cymar:NN}:meetings:<tenant>:all", Type: "set", TTL: "none: a member goes with its meeting", For: "the meetings of an installation"},
	{Key: "{cymar:NN}:meetings:<tenant>:routes", Type: "hash", TTL: "none: until uninstalled", For: "the shared places where the bot was spoken to, so that an overview can be published there"},
	{Key: "{cymar:NN}:meetings:<tenant>:trend:<space>", Type: "hash", TTL: "none: the last 24 meetings", For: "themes of a space's published overviews as keys and counts, no text"},
	{Key: "{cymar:NN}:meetings:<tenant>:trends", Type: "set", TTL: "none: until uninstalled", For: "which spaces have such counts"},
	{Key: "{cymar:NN}:meetings:<tenant>:pass:<link>", Type: "string", TTL: "15 min", For: "a link to the desk that was not used yet", Personal: true},
	{Key: "{cymar:NN}:meetings:<tenant>:seat:<browser>", Type: "string", TTL: "12 h", For: "the browser in which somebody works on one overview", Personal: true},
	{Key: "{cymar:NN}:meetings:homes", Type: "set", TTL: "none: a member goes with its last meeting", For: "installations of the shard with meetings"},
}

// Home is the installation that a record belongs to.
type Home struct {
	Platform bot.Platform
	Tenant   bot.TenantID
}

func homeOf(u bot.User) Home     { return Home{u.Platform, u.Tenant} }
func homeIn(p bot.Place) Home    { return Home{p.Platform, p.Tenant} }
func (h Home) member() string    { return string(h.Platform) + "\x00" + string(h.Tenant) }
func homes(shard int) string     { return bot.Tag(shard) + ":meetings:homes" }
func (m Meeting) home() Home     { return homeOf(m.Owner) }
func person(u bot.User) string   { return bot.Digest(string(u.ID)) }
func spot(p bot.Place) string    { return bot.Digest(string(p.ID)) }
func secret(value string) string { return bot.Digest("meetings", value) }

// keys makes every key of this job; each begins with the tenant's shard tag.
type keys struct{ shards bot.Shards }

func (k keys) base(h Home) string {
	return k.shards.Tag(h.Platform, h.Tenant) + ":meetings:" + bot.TenantDigest(h.Platform, h.Tenant)
}

// meeting: STRING, Keep.Chat.
func (k keys) meeting(h Home, id string) string { return k.base(h) + ":meeting:" + id }

// said: HASH, Keep.Chat; the field is the platform's id of the message.
func (k keys) said(h Home, id string) string { return k.base(h) + ":said:" + id }

// pieces: HASH, pieceLife; the field is the piece's name.
func (k keys) pieces(h Home, id string) string { return k.base(h) + ":pieces:" + id }

// now: STRING, Keep.Chat.
func (k keys) now(p bot.Place) string { return k.base(homeIn(p)) + ":now:" + spot(p) }

// at: SET, Keep.Chat.
func (k keys) at(p bot.Place) string { return k.base(homeIn(p)) + ":at:" + spot(p) }

// desk: STRING, Keep.Chat.
func (k keys) desk(u bot.User) string { return k.base(homeOf(u)) + ":desk:" + person(u) }

// out: HASH, no time to live; the field is the person.
func (k keys) out(h Home) string { return k.base(h) + ":out" }

// all: SET, no time to live.
func (k keys) all(h Home) string { return k.base(h) + ":all" }

// routes: HASH, no time to live; the field is the place.
func (k keys) routes(h Home) string { return k.base(h) + ":routes" }

// trend: HASH, no time to live; the field is the meeting.
func (k keys) trend(h Home, s bot.SpaceID) string {
	return k.base(h) + ":trend:" + bot.Digest(string(s))
}

// trends: SET, no time to live.
func (k keys) trends(h Home) string { return k.base(h) + ":trends" }

// pass: STRING, passLife.
func (k keys) pass(h Home, value string) string { return k.base(h) + ":pass:" + secret(value) }

// seat: STRING, seatLife.
func (k keys) seat(h Home, value string) string { return k.base(h) + ":seat:" + secret(value) }
