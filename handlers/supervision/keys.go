package supervision

import "cymar/bot"

// Patterns is every kind of key that this job writes.
var Patterns = []bot.KeyPattern{
	{Key: "{cymar:NN}:supervision:<tenant>:person:<person>", Type: "string", TTL: "none: until stopped (7 days later), forgotten or uninstalled", For: "kinds, dates and states of a person's supervision, what they are setting up, when to write to them, and with whom both agreed to share a date; never content", Personal: true},
	{Key: "{cymar:NN}:supervision:<tenant>:people", Type: "set", TTL: "none: a member goes with its record", For: "digests of the people with a record", Personal: true},
	{Key: "{cymar:NN}:supervision:<tenant>:trend", Type: "hash", TTL: "none: a field is swept after a year", For: "a space's monthly figures as they were shown: rounded, no small groups"},
	{Key: "{cymar:NN}:supervision:<tenant>:digests", Type: "hash", TTL: "none: until switched off, forgotten or uninstalled", For: "who wishes the weekly digest, of which space", Personal: true},
	{Key: "{cymar:NN}:supervision:<tenant>:roster:<person>", Type: "string", TTL: "1 h; 28 days for those who were invited by name", For: "the lines of a list that a lead is importing", Personal: true},
	{Key: "{cymar:NN}:supervision:<tenant>:rosters", Type: "set", TTL: "28 days", For: "which such lists there are"},
	{Key: "{cymar:NN}:supervision:homes", Type: "set", TTL: "none: a member goes with its last person", For: "installations of the shard with records"},
	{Key: "{cymar:NN}:supervision:due", Type: "zset", TTL: "none: a member goes with its record", For: "digests of the shard's people by when there is something to do, in seconds since 1970", Personal: true},
}

// keys makes every key of this job; each begins with the tenant's shard tag.
type keys struct{ shards bot.Shards }

func (k keys) base(h Home) string {
	return k.shards.Tag(h.Platform, h.Tenant) + ":supervision:" + bot.TenantDigest(h.Platform, h.Tenant)
}

func userDigest(u bot.User) string { return bot.Digest(string(u.ID)) }

// person: STRING, no time to live.
func (k keys) person(u bot.User) string { return k.base(homeOf(u)) + ":person:" + userDigest(u) }

// people: SET, no time to live.
func (k keys) people(h Home) string { return k.base(h) + ":people" }

// trend: HASH, no time to live; fields <space>/<month>.
func (k keys) trend(h Home) string { return k.base(h) + ":trend" }

// digests: HASH, no time to live.
func (k keys) digests(h Home) string { return k.base(h) + ":digests" }

// roster: STRING, an hour or rosterLife; id is the lead's digest.
func (k keys) roster(h Home, id string) string { return k.base(h) + ":roster:" + id }

// rosters: SET, rosterLife.
func (k keys) rosters(h Home) string { return k.base(h) + ":rosters" }

// homes: SET, no time to live.
func homes(shard int) string { return bot.Tag(shard) + ":supervision:homes" }

// member is the installation in homes.
func (h Home) member() string { return string(h.Platform) + "\x00" + string(h.Tenant) }

// due: ZSET, no time to live.
func due(shard int) string { return bot.Tag(shard) + ":supervision:due" }

// member is a person in due: the tenant's and the person's digest.
func member(u bot.User) string {
	return bot.TenantDigest(u.Platform, u.Tenant) + ":" + userDigest(u)
}
