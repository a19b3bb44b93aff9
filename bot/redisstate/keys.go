package redisstate

import (
	"time"

	"cymar/bot"
)

// How long things are kept.
const (
	doneTTL      = 48 * time.Hour   // an event that was handled
	briefTTL     = 24 * time.Hour   // an event and the marks of a personal crisis
	nowTTL       = 10 * time.Minute // what was answered inside the platform's request
	replyMarkTTL = 48 * time.Hour   // the mark of a reply that was sent
	leftTTL      = time.Hour        // what could not reach somebody in private
	holdTTL      = time.Minute      // the right to send one part
	parcelTTL    = 24 * time.Hour   // a file that waits for where to go
	failedKept   = 1000             // permanent failures kept by shard
)

// Patterns is every kind of key that this package writes.
var Patterns = []bot.KeyPattern{
	{Key: "{cymar:NN}:store", Type: "hash", TTL: "none", For: "shard 00 only: the number of shards and the form of the data, checked at every start; the key of the audit log's digests, sealed"},
	{Key: "{cymar:NN}:in:<event>", Type: "string", TTL: "the lease (20 s) while an event is handled; then 48 h, 24 h in a personal crisis", For: "an event is handled once"},
	{Key: "{cymar:NN}:now:<event>", Type: "string", TTL: "10 min", For: "what was answered inside the platform's request, for when it asks again", Personal: true},
	{Key: "{cymar:NN}:reply", Type: "stream", TTL: "none: an entry goes when it is dealt with", For: "ids of answers on their way"},
	{Key: "{cymar:NN}:nudge", Type: "stream", TTL: "none: an entry goes when it is dealt with", For: "ids of reminders on their way"},
	{Key: "{cymar:NN}:work", Type: "stream", TTL: "none: an entry goes when it is dealt with", For: "ids of our own follow-up events"},
	{Key: "{cymar:NN}:line:<queue>", Type: "zset", TTL: "none: a member goes when its turn has come", For: "ids of what an installation has in a queue beyond its share, which waits so that others come to their turn"},
	{Key: "{cymar:NN}:share:<queue>", Type: "hash", TTL: "none: a field goes with the last entry", For: "how many entries each installation has on a queue's stream"},
	{Key: "{cymar:NN}:mates", Type: "zset", TTL: "30 s after the last replica said that it works", For: "which replicas work on the shard, by when they last said so"},
	{Key: "{cymar:NN}:delayed", Type: "zset", TTL: "none: a member goes when its time has come", For: "queue, installation and id of what waits for its time, by milliseconds since 1970"},
	{Key: "{cymar:NN}:out:<delivery>", Type: "hash", TTL: "none: until it is sent, fails or is erased; 24 h at most after its time", For: "the body of a delivery (b), tries (n), since when (at), why it waits (why), the part being sent (try)", Personal: true},
	{Key: "{cymar:NN}:queued:<tenant>", Type: "hash", TTL: "none: a field goes with its body", For: "which bodies are an installation's and, as a digest, whose; so that they can be erased", Personal: true},
	{Key: "{cymar:NN}:sent:<send>", Type: "string", TTL: "48 h; 40 days for reminders, or as the settings say; 24 h in a personal crisis", For: "a send goes once: ids of the place and the message, no content", Personal: true},
	{Key: "{cymar:NN}:marks:<tenant>:<person>", Type: "zset", TTL: "as long as the last of the marks", For: "which of those marks are of messages to a person, so that “forget me” can empty them", Personal: true},
	{Key: "{cymar:NN}:hold:<send>", Type: "string", TTL: "60 s", For: "one delivery at a time sends this part"},
	{Key: "{cymar:NN}:left:<tenant>", Type: "hash", TTL: "1 h after the last was left; each is shown for an hour", For: "person → an answer that could not reach them in private, for “Show me”", Personal: true},
	{Key: "{cymar:NN}:vault:<tenant>", Type: "string", TTL: "none: until uninstalled", For: "the token of a workspace that installed the app, sealed"},
	{Key: "{cymar:NN}:turn:<tenant>", Type: "string", TTL: "20 s", For: "one replica at a time exchanges the token"},
	{Key: "{cymar:NN}:parcel:<file>", Type: "string", TTL: "24 h; until it is given or declined", For: "a file that a person asked for and has yet to say where to put", Personal: true},
	{Key: "{cymar:NN}:failed", Type: "stream", TTL: "none: the last 1,000", For: "what could not be delivered: digest, queue and reason, no text"},
	{Key: "{cymar:NN}:counts", Type: "hash", TTL: "none", For: "failures by reason; parts that may have gone twice"},
	{Key: "{cymar:NN}:audit:<tenant>", Type: "zset", TTL: "400 days after the last line; each line is purged after 400 days", For: "who did what few may do: verbs, and keyed digests in the place of ids", Personal: true},
	{Key: "{cymar:NN}:audits", Type: "set", TTL: "none", For: "which installations have an audit log, for the nightly purge"},
	{Key: "{cymar:NN}:direct:<tenant>", Type: "hash", TTL: "none: until forgotten or uninstalled", For: "person → their direct chat with the bot", Personal: true},
	{Key: "{cymar:NN}:seen:<tenant>", Type: "hash", TTL: "none: until forgotten or uninstalled", For: "person → the space they were last seen in", Personal: true},
	{Key: "{cymar:NN}:profile:<tenant>", Type: "hash", TTL: "none: until forgotten or uninstalled", For: "person → language, greeted when, discreet notifications", Personal: true},
	{Key: "{cymar:NN}:spaces:<tenant>", Type: "hash", TTL: "none: until uninstalled", For: "space → its settings and roles", Personal: true},
	{Key: "{cymar:NN}:places:<tenant>", Type: "hash", TTL: "none: until uninstalled", For: "place → the space it belongs to"},
}

// storeKey: HASH, no time to live.
func storeKey() string { return bot.Tag(0) + ":store" }

// claimKey: STRING, the lease while handled, then doneTTL or briefTTL.
func claimKey(shard int, e bot.EventID) string {
	return bot.Tag(shard) + ":in:" + bot.Digest(string(e))
}

// nowKey: STRING, nowTTL.
func nowKey(shard int, e bot.EventID) string { return bot.Tag(shard) + ":now:" + bot.Digest(string(e)) }

// streamKey: STREAM, no time to live.
func streamKey(shard int, q bot.Queue) string { return bot.Tag(shard) + ":" + string(q) }

// lineKey: ZSET, no time to live.
func lineKey(shard int, q bot.Queue) string { return bot.Tag(shard) + ":line:" + string(q) }

// shareKey: HASH, no time to live.
func shareKey(shard int, q bot.Queue) string { return bot.Tag(shard) + ":share:" + string(q) }

// streamsKeys is every stream of a shard, then their lines, then their shares.
func streamsKeys(shard int) []string {
	var keys []string
	for _, of := range []func(int, bot.Queue) string{streamKey, lineKey, shareKey} {
		for _, q := range queues {
			keys = append(keys, of(shard, q))
		}
	}
	return keys
}

// matesKey: ZSET, as long as Options.Steal.
func matesKey(shard int) string { return bot.Tag(shard) + ":mates" }

// delayedKey: ZSET, no time to live.
func delayedKey(shard int) string { return bot.Tag(shard) + ":delayed" }

// bodyKey: HASH, no time to live; id is deliveryID or eventBodyID.
func bodyKey(shard int, id string) string { return bot.Tag(shard) + ":out:" + id }

// queuedKey: HASH, no time to live.
func queuedKey(shard int, p bot.Platform, t bot.TenantID) string {
	return bot.Tag(shard) + ":queued:" + bot.TenantDigest(p, t)
}

// sentKey: STRING, replyMarkTTL, Options.SentMarks or briefTTL.
func sentKey(d bot.Delivery, key string) string { return sentOf(d.Shard, sendID(d, key)) }

func sentOf(shard int, send string) string { return bot.Tag(shard) + ":sent:" + send }

// marksKey: ZSET, as long as the longest of the marks; person is a personID.
func marksKey(shard int, p bot.Platform, t bot.TenantID, person string) string {
	return bot.Tag(shard) + ":marks:" + bot.TenantDigest(p, t) + ":" + person
}

// holdKey: STRING, holdTTL.
func holdKey(d bot.Delivery, key string) string { return bot.Tag(d.Shard) + ":hold:" + sendID(d, key) }

// auditKey: ZSET, auditTTL; tenant is a digest.
func auditKey(shard int, tenant string) string { return bot.Tag(shard) + ":" + audit + ":" + tenant }

// auditsKey: SET, no time to live.
func auditsKey(shard int) string { return bot.Tag(shard) + ":audits" }

// parcelKey: STRING, parcelTTL.
func (s *Store) parcelKey(p bot.Platform, t bot.TenantID, id string) string {
	return s.shards.Tag(p, t) + ":parcel:" + bot.Digest(string(p), string(t), id)
}

// failedKey: STREAM, the last failedKept.
func failedKey(shard int) string { return bot.Tag(shard) + ":failed" }

// countsKey: HASH, no time to live.
func countsKey(shard int) string { return bot.Tag(shard) + ":counts" }

// deliveryID stands for a delivery in the stream and in keys.
func deliveryID(id string) string { return bot.Digest("delivery", id) }

// eventBodyID stands for a follow-up event in the stream and in keys.
func eventBodyID(id bot.EventID) string { return bot.Digest("event", string(id)) }

// What a sealed value is about: it opens in its own place only, in any shard.
func aboutBody(id string) string    { return "out:" + id }
func aboutNow(e bot.EventID) string { return "now:" + bot.Digest(string(e)) }
func aboutLeft(u bot.User) string   { return "left:" + personID(u) }
func aboutVault(p bot.Platform, t bot.TenantID) string {
	return "vault:" + bot.TenantDigest(p, t)
}
func aboutParcel(id string) string { return "parcel:" + bot.Digest(id) }

// sendID stands for the key of a send, apart for every installation.
func sendID(d bot.Delivery, key string) string {
	return bot.Digest(string(d.Platform), string(d.Tenant), key)
}

// personID stands for a person in queuedKey; "" for nobody in particular.
func personID(u bot.User) string {
	if u.ID == "" {
		return ""
	}
	return bot.Digest(string(u.Platform), string(u.Tenant), string(u.ID))
}

// tenantKey: HASH, no time to live; what is direct, seen, profile, spaces or places;
// for left, leftTTL. vault: STRING, no time to live; turn: STRING, 20 s.
func (s *Store) tenantKey(what string, p bot.Platform, t bot.TenantID) string {
	return s.shards.Tag(p, t) + ":" + what + ":" + bot.TenantDigest(p, t)
}
