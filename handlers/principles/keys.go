package principles

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	"cymar/bot"
)

// How long each kind of record lives.
const (
	topicLife    = time.Hour
	questionLife = 180 * 24 * time.Hour
)

// keys makes every key of this job; each begins with the tenant's shard tag.
type keys struct {
	tag func(bot.Platform, bot.TenantID) string
}

func (k keys) base(h Home) string {
	return fmt.Sprintf("%s:principles:%s:%s", k.tag(h.Platform, h.Tenant), h.Platform, h.Tenant)
}

// topic: STRING, an entry's id; 1 hour.
func (k keys) topic(p bot.Place) string {
	return k.base(Home{p.Platform, p.Tenant}) + ":topic:" + digest(string(p.ID)+"\x00"+string(p.Thread))
}

// questions: HASH, question id → JSON without the asker; swept after 180 days.
func (k keys) questions(h Home) string { return k.base(h) + ":questions" }

// index: HASH, a question's key → its id; swept with it.
func (k keys) index(h Home) string { return k.base(h) + ":index" }

// number: STRING, the last question's number.
func (k keys) number(h Home) string { return k.base(h) + ":number" }

// seen: SET of event digests, to count a question's askings once; 180 days.
func (k keys) seen(h Home, id string) string { return k.base(h) + ":seen:" + id }

// waiting: SET of user ids that asked to be told; 180 days.
func (k keys) waiting(h Home, id string) string { return k.base(h) + ":waiting:" + id }

// ratings: HASH, entry and digest of the person → up or down.
func (k keys) ratings(h Home) string { return k.base(h) + ":ratings" }

// homes: SET of installations with open questions, in their shard.
func homes(tag string) string { return tag + ":principles:homes" }

// digest shortens what may be long and hides whose it is.
func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}
