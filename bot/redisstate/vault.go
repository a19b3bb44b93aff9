package redisstate

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

// Vault keeps what the bot needs to act in an installation: its token. It is
// sealed with the operator's key, and goes when the installation does.
type Vault struct{ s *Store }

// Vault is the store's safe for tokens.
func (s *Store) Vault() *Vault { return &Vault{s} }

// Put keeps a secret of an installation in the place of the one before.
func (v *Vault) Put(ctx context.Context, p bot.Platform, t bot.TenantID, secret []byte) error {
	kept, err := v.s.o.Seal.Seal(string(secret), aboutVault(p, t))
	if err != nil {
		return err
	}
	return bot.Unavailable(v.s.client.Set(ctx, v.s.tenantKey(vault, p, t), kept, 0).Err())
}

// Get is the secret of an installation; bot.ErrNotFound where there is none.
// One that was sealed with an older key is sealed again, so that the old key
// can go.
func (v *Vault) Get(ctx context.Context, p bot.Platform, t bot.TenantID) ([]byte, error) {
	kept, err := v.s.client.Get(ctx, v.s.tenantKey(vault, p, t)).Result()
	if errors.Is(err, redis.Nil) {
		return nil, bot.ErrNotFound
	} else if err != nil {
		return nil, bot.Unavailable(err)
	}
	secret, err := v.s.o.Seal.Open(kept, aboutVault(p, t))
	if err == nil && v.s.o.Seal.Stale(kept) {
		err = v.Put(ctx, p, t, []byte(secret))
	}
	return []byte(secret), err
}

// Turn reports whether the caller may exchange the secret: for as long as hold
// nobody else gets a turn.
func (v *Vault) Turn(ctx context.Context, p bot.Platform, t bot.TenantID, hold time.Duration) (bool, error) {
	err := v.s.client.SetArgs(ctx, v.s.tenantKey(turn, p, t), "1", redis.SetArgs{Mode: "NX", TTL: hold}).Err()
	if errors.Is(err, redis.Nil) {
		return false, nil
	}
	return err == nil, bot.Unavailable(err)
}
