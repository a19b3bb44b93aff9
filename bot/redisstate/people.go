package redisstate

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

var (
	_ bot.Directory = (*Directory)(nil)
	_ bot.Profiles  = (*Profiles)(nil)
)

// The kinds of what a tenant has one of.
const (
	direct   = "direct"
	seen     = "seen"
	profiles = "profile"
	spaces   = "spaces"
	places   = "places"
	left     = "left"
	audit    = "audit"
	vault    = "vault"
	turn     = "turn"
)

// Directory knows how to reach people.
type Directory struct{ s *Store }

// Directory is the store's knowledge of how to reach people.
func (s *Store) Directory() *Directory { return &Directory{s} }

// Remember keeps a direct chat, and the space that the person was seen in; see
// bot.Directory. A place that many share is no way to one person.
func (d *Directory) Remember(ctx context.Context, u bot.User, p bot.Place, space bot.SpaceID) error {
	if u.ID == "" {
		return nil
	}
	_, err := d.s.client.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		if p.Kind == bot.DirectChat && p.ID != "" {
			p.Thread = ""
			b, err := json.Marshal(p)
			if err != nil {
				return err
			}
			pipe.HSet(ctx, d.s.tenantKey(direct, u.Platform, u.Tenant), string(u.ID), b)
		}
		if space != "" {
			pipe.HSet(ctx, d.s.tenantKey(seen, u.Platform, u.Tenant), string(u.ID), string(space))
		}
		return nil
	})
	return bot.Unavailable(err)
}

// Find is the person's direct chat; see bot.Directory.
func (d *Directory) Find(ctx context.Context, u bot.User) (bot.Place, error) {
	p, err := field[bot.Place](ctx, d.s, d.s.tenantKey(direct, u.Platform, u.Tenant), string(u.ID))
	if errors.Is(err, bot.ErrNotFound) {
		return p, bot.ErrUnreachable
	}
	return p, err
}

// Leave keeps a card for somebody for an hour; see bot.Directory.
func (d *Directory) Leave(ctx context.Context, u bot.User, c bot.Card) error {
	b, err := json.Marshal(leftCard{time.Now().Add(leftTTL), c})
	if err != nil {
		return err
	}
	kept, err := d.s.o.Seal.Seal(string(b), aboutLeft(u))
	if err != nil {
		return err
	}
	key := d.s.tenantKey(left, u.Platform, u.Tenant)
	_, err = d.s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.HSet(ctx, key, string(u.ID), kept)
		p.Expire(ctx, key, leftTTL)
		return nil
	})
	return bot.Unavailable(err)
}

// leftCard is a card that was left for somebody.
type leftCard struct {
	Until time.Time `json:"until"`
	Card  bot.Card  `json:"card"`
}

// Left is the card that was left for somebody; see bot.Directory.
func (d *Directory) Left(ctx context.Context, u bot.User) (bot.Card, error) {
	w, err := sealedField[leftCard](ctx, d.s, d.s.tenantKey(left, u.Platform, u.Tenant), string(u.ID), aboutLeft(u))
	if err == nil && time.Now().After(w.Until) {
		err = bot.ErrNotFound
	}
	return w.Card, err
}

// Profiles keeps the little that is remembered of a person.
type Profiles struct{ s *Store }

// Profiles is the store's memory of how people wish to be spoken to.
func (s *Store) Profiles() *Profiles { return &Profiles{s} }

// Profile is what is remembered of somebody; zero when that is nothing.
func (p *Profiles) Profile(ctx context.Context, u bot.User) (bot.Profile, error) {
	v, err := field[bot.Profile](ctx, p.s, p.s.tenantKey(profiles, u.Platform, u.Tenant), string(u.ID))
	if errors.Is(err, bot.ErrNotFound) {
		return v, nil
	}
	return v, err
}

// Several is the profiles of many people in one go; see bot.Profiles.
func (p *Profiles) Several(ctx context.Context, all []bot.User) ([]bot.Profile, error) {
	got := make([]*redis.StringCmd, len(all))
	_, err := p.s.client.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		for i, u := range all {
			got[i] = pipe.HGet(ctx, p.s.tenantKey(profiles, u.Platform, u.Tenant), string(u.ID))
		}
		return nil
	})
	if err != nil && !errors.Is(err, redis.Nil) { // somebody of whom nothing is kept
		return nil, bot.Unavailable(err)
	}
	out := make([]bot.Profile, len(all))
	for i, g := range got {
		text, err := g.Result()
		switch {
		case errors.Is(err, redis.Nil):
			continue
		case err == nil:
			err = json.Unmarshal([]byte(text), &out[i])
		default:
			err = bot.Unavailable(err)
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// SaveProfile remembers it; a zero profile is forgotten.
func (p *Profiles) SaveProfile(ctx context.Context, u bot.User, v bot.Profile) error {
	key := p.s.tenantKey(profiles, u.Platform, u.Tenant)
	if v == (bot.Profile{}) {
		return bot.Unavailable(p.s.client.HDel(ctx, key, string(u.ID)).Err())
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return bot.Unavailable(p.s.client.HSet(ctx, key, string(u.ID), b).Err())
}

// field reads one field of a hash; bot.ErrNotFound when there is none.
func field[T any](ctx context.Context, s *Store, key, name string) (T, error) {
	return sealedField[T](ctx, s, key, name, "")
}

// sealedField is field, of a value that was sealed about something.
func sealedField[T any](ctx context.Context, s *Store, key, name, about string) (T, error) {
	var v T
	text, err := s.client.HGet(ctx, key, name).Result()
	if errors.Is(err, redis.Nil) {
		return v, bot.ErrNotFound
	}
	if err != nil {
		return v, bot.Unavailable(err)
	}
	if text, err = s.o.Seal.Open(text, about); err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(text), &v)
}
