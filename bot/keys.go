package bot

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"regexp"
	"strings"
)

// Shards is how many parts a deployment's state is cut into. It is fixed when
// the store is first used. Every tenant belongs to one shard, and all its keys
// carry that shard's tag, so that one script can touch them and Redis Cluster
// can spread the shards over its nodes.
type Shards int

// Of is the shard of an installation, by hash.
func (n Shards) Of(p Platform, t TenantID) int {
	if n <= 1 {
		return 0
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(string(p) + "\x00" + string(t)))
	return int(h.Sum32() % uint32(n))
}

// For is the shard that an event is claimed in: a tick and its follow-up work
// name theirs, any other event has a tenant.
func (n Shards) For(ev Event) int {
	switch w := ev.What.(type) {
	case Tick:
		return n.within(w.Shard)
	case Continue:
		return n.within(w.Shard)
	}
	if ev.In.Tenant == "" {
		return n.Of(ev.From.Platform, ev.From.Tenant)
	}
	return n.Of(ev.In.Platform, ev.In.Tenant)
}

func (n Shards) within(shard int) int {
	if shard < 0 || shard >= int(n) {
		return 0
	}
	return shard
}

// Tag is what a shard's keys begin with: "{cymar:03}".
func Tag(shard int) string { return fmt.Sprintf("{cymar:%02d}", shard) }

// Tag is what the keys of an installation begin with.
func (n Shards) Tag(p Platform, t TenantID) string { return Tag(n.Of(p, t)) }

// Digest makes a key's part of bounded length out of anything: 22 characters.
// An id in it can no longer be read, though whoever knows the id finds it.
func Digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		_, _ = fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:16])
}

// TenantDigest stands for an installation in a key.
func TenantDigest(p Platform, t TenantID) string { return Digest(string(p), string(t)) }

// KeyPattern describes one kind of Redis key. Every package that writes Redis
// lists its own in keys.go under the name Patterns; docs/redis-keys.md is
// generated from them.
type KeyPattern struct {
	Key      string // "{cymar:NN}:in:<event>": NN is the shard, <…> is a part that varies
	Type     string // string, hash, set, zset, stream or list
	TTL      string // in words: "48 h", "none: until forgotten"
	For      string // what it is for, one line
	Personal bool   // whether it says something about a person
}

var varies = regexp.MustCompile(`<[^>]*>`)

// Matches reports whether a key is of this kind.
func (k KeyPattern) Matches(key string) bool {
	parts := varies.Split(strings.TrimPrefix(k.Key, "{cymar:NN}"), -1)
	for i, p := range parts {
		parts[i] = regexp.QuoteMeta(p)
	}
	re := `^\{cymar:\d+\}` + strings.Join(parts, `[^:]+`) + `$`
	ok, err := regexp.MatchString(re, key)
	return err == nil && ok
}
