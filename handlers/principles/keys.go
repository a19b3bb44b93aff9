package principles

import (
	"time"

	"cymar/bot"
)

// How long each kind of record lives.
const (
	topicLife    = time.Hour
	questionLife = 180 * 24 * time.Hour
)

// Patterns is every kind of key that this job writes.
var Patterns = []bot.KeyPattern{
	{Key: "{cymar:NN}:principles:<tenant>:topic:<place>", Type: "string", TTL: "1 h", For: "the last topic of a thread or direct chat, as an entry's id"},
	{Key: "{cymar:NN}:principles:<tenant>:questions", Type: "hash", TTL: "none: each field is swept after 180 days", For: "unanswered questions by number, without the asker"},
	{Key: "{cymar:NN}:principles:<tenant>:index", Type: "hash", TTL: "none: each field goes with its question", For: "which number the same words have"},
	{Key: "{cymar:NN}:principles:<tenant>:number", Type: "string", TTL: "none", For: "the last question's number"},
	{Key: "{cymar:NN}:principles:<tenant>:seen:<question>", Type: "set", TTL: "180 days", For: "digests of the events that asked it, so that each counts once"},
	{Key: "{cymar:NN}:principles:<tenant>:waiting:<question>", Type: "set", TTL: "180 days", For: "who asked to be told when there is an answer", Personal: true},
	{Key: "{cymar:NN}:principles:<tenant>:ratings", Type: "hash", TTL: "none", For: "one opinion for each person's digest and entry", Personal: true},
	{Key: "{cymar:NN}:principles:homes", Type: "set", TTL: "none", For: "installations of the shard with open questions"},
}

// keys makes every key of this job; each begins with the tenant's shard tag.
type keys struct{ shards bot.Shards }

func (k keys) base(h Home) string {
	return k.shards.Tag(h.Platform, h.Tenant) + ":principles:" + bot.TenantDigest(h.Platform, h.Tenant)
}

func (k keys) topic(p bot.Place) string {
	return k.base(Home{p.Platform, p.Tenant}) + ":topic:" + bot.Digest(string(p.ID), string(p.Thread))
}

func (k keys) questions(h Home) string          { return k.base(h) + ":questions" }
func (k keys) index(h Home) string              { return k.base(h) + ":index" }
func (k keys) number(h Home) string             { return k.base(h) + ":number" }
func (k keys) seen(h Home, id string) string    { return k.base(h) + ":seen:" + id }
func (k keys) waiting(h Home, id string) string { return k.base(h) + ":waiting:" + id }
func (k keys) ratings(h Home) string            { return k.base(h) + ":ratings" }

func homes(shard int) string { return bot.Tag(shard) + ":principles:homes" }
