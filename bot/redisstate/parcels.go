package redisstate

import (
	"context"
	"errors"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

// Parcels keeps a file that is on its way to a person until they have said
// where to put it, for a day at most.
type Parcels struct{ s *Store }

// Parcels is the store's shelf of files on their way.
func (s *Store) Parcels() *Parcels { return &Parcels{s} }

// Keep puts a file away under an id.
func (p *Parcels) Keep(ctx context.Context, on bot.Platform, t bot.TenantID, id string, data []byte) error {
	kept, err := p.s.o.Seal.Seal(string(data), aboutParcel(id))
	if err != nil {
		return err
	}
	return bot.Unavailable(p.s.client.Set(ctx, p.s.parcelKey(on, t, id), kept, parcelTTL).Err())
}

// Parcel is the file; bot.ErrNotFound when it is not there any more.
func (p *Parcels) Parcel(ctx context.Context, on bot.Platform, t bot.TenantID, id string) ([]byte, error) {
	kept, err := p.s.client.Get(ctx, p.s.parcelKey(on, t, id)).Result()
	if errors.Is(err, redis.Nil) {
		return nil, bot.ErrNotFound
	}
	if err != nil {
		return nil, bot.Unavailable(err)
	}
	data, err := p.s.o.Seal.Open(kept, aboutParcel(id))
	return []byte(data), err
}

// Drop forgets it.
func (p *Parcels) Drop(ctx context.Context, on bot.Platform, t bot.TenantID, id string) error {
	return bot.Unavailable(p.s.client.Del(ctx, p.s.parcelKey(on, t, id)).Err())
}
