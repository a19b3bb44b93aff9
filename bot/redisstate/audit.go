package redisstate

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/seal"
)

var _ bot.Audit = (*Audit)(nil)

// auditTTL is how long a line of the audit log is kept.
const auditTTL = 400 * 24 * time.Hour

// Audit is who did what few may do.
type Audit struct{ s *Store }

// Audit is the store's audit log.
func (s *Store) Audit() *Audit { return &Audit{s} }

// Record writes a line once; see bot.Audit.
func (a *Audit) Record(ctx context.Context, l bot.AuditLine) error {
	l.At, l.Digest = l.At.UTC().Truncate(time.Second), a.Digest(l.Who)
	b, err := json.Marshal(l)
	if err != nil {
		return err
	}
	key := a.s.tenantKey(audit, l.Platform, l.Tenant)
	_, err = a.s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.ZAdd(ctx, key, redis.Z{Score: float64(l.At.Unix()), Member: b})
		p.Expire(ctx, key, auditTTL)
		p.SAdd(ctx, auditsKey(a.s.shards.Of(l.Platform, l.Tenant)), bot.TenantDigest(l.Platform, l.Tenant))
		return nil
	})
	return bot.Unavailable(err)
}

// Lines is an installation's log since a time; see bot.Audit.
func (a *Audit) Lines(ctx context.Context, p bot.Platform, t bot.TenantID, since time.Time) ([]bot.AuditLine, error) {
	got, err := a.s.client.ZRangeByScore(ctx, a.s.tenantKey(audit, p, t),
		&redis.ZRangeBy{Min: strconv.FormatInt(since.Unix(), 10), Max: "+inf"}).Result()
	if err != nil {
		return nil, bot.Unavailable(err)
	}
	out := make([]bot.AuditLine, 0, len(got))
	for _, text := range got {
		l := bot.AuditLine{Tenant: t}
		if err := json.Unmarshal([]byte(text), &l); err != nil {
			return nil, fmt.Errorf("a line of the audit log: %w", err)
		}
		out = append(out, l)
	}
	return out, nil
}

// Digest is how a person appears in the log: nobody finds it without the key
// that lies in the store, sealed where there is a CYMAR_KEYS.
func (a *Audit) Digest(u bot.User) string {
	if u.ID == "" {
		return "operator"
	}
	h := hmac.New(sha256.New, a.s.pepper)
	h.Write([]byte(bot.Digest(string(u.Platform), string(u.Tenant), string(u.ID))))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:12])
}

// settlePepper makes the key of the digests at the first start, reads it at
// every other, and seals it again when the first key changed. Where it cannot
// be opened CYMAR_KEYS lacks a key, and it is better to know that at the start.
func (s *Store) settlePepper(ctx context.Context) error {
	fresh, err := s.o.Seal.Seal(rand.Text()+rand.Text(), "pepper")
	if err != nil {
		return err
	}
	var got *redis.StringCmd
	_, err = s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.HSetNX(ctx, storeKey(), "pepper", fresh)
		got = p.HGet(ctx, storeKey(), "pepper")
		return nil
	})
	if err != nil {
		return bot.Unavailable(err)
	}
	kept := got.Val()
	plain, err := s.o.Seal.Open(kept, "pepper")
	if errors.Is(err, seal.ErrKey) {
		return &SetupError{Where: s.Where, What: "its data are sealed with a key that CYMAR_KEYS does not have",
			Remedy: "put that key back after the first: CYMAR_KEYS=new=…,old=…", Err: err}
	}
	s.pepper = []byte(plain)
	if err != nil || !s.o.Seal.Stale(kept) {
		return err
	}
	again, err := s.o.Seal.Seal(plain, "pepper")
	if err != nil {
		return err
	}
	return bot.Unavailable(s.client.HSet(ctx, storeKey(), "pepper", again).Err())
}
