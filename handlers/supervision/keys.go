package supervision

import "cymar/bot"

// Patterns is every kind of key that this job writes.
var Patterns = []bot.KeyPattern{
	{Key: "{cymar:NN}:supervision:<tenant>:person:<person>", Type: "string", TTL: "none: until stopped (7 days later), forgotten or uninstalled", For: "kinds, dates and states of a person's supervision, what they are setting up, and when to write to them; never content", Personal: true},
	{Key: "{cymar:NN}:supervision:<tenant>:people", Type: "set", TTL: "none: a member goes with its record", For: "digests of the people with a record", Personal: true},
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

// due: ZSET, no time to live.
func due(shard int) string { return bot.Tag(shard) + ":supervision:due" }

// member is a person in due: the tenant's and the person's digest.
func member(u bot.User) string {
	return bot.TenantDigest(u.Platform, u.Tenant) + ":" + userDigest(u)
}
