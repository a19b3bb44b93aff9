package redisstate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

var _ bot.Spaces = (*Spaces)(nil)

// Spaces keeps the communities of practice.
type Spaces struct{ s *Store }

// Spaces is the store's list of spaces.
func (s *Store) Spaces() *Spaces { return &Spaces{s} }

// Of is the space that a place belongs to; see bot.Spaces.
func (sp *Spaces) Of(ctx context.Context, p bot.Place) (bot.Space, error) {
	id, err := sp.s.client.HGet(ctx, sp.s.tenantKey(places, p.Platform, p.Tenant), string(p.ID)).Result()
	if errors.Is(err, redis.Nil) {
		return bot.Space{}, bot.ErrNotFound
	}
	if err != nil {
		return bot.Space{}, bot.Unavailable(err)
	}
	return sp.get(ctx, p.Platform, p.Tenant, bot.SpaceID(id))
}

// For is the space of a person in their direct chat; see bot.Spaces.
func (sp *Spaces) For(ctx context.Context, u bot.User) (bot.Space, error) {
	id, err := sp.s.client.HGet(ctx, sp.s.tenantKey(seen, u.Platform, u.Tenant), string(u.ID)).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return bot.Space{}, bot.Unavailable(err)
	}
	if id != "" {
		space, err := sp.get(ctx, u.Platform, u.Tenant, bot.SpaceID(id))
		if !errors.Is(err, bot.ErrNotFound) {
			return space, err
		}
	}
	all, err := sp.List(ctx, u.Platform, u.Tenant)
	if err != nil {
		return bot.Space{}, err
	}
	if len(all) != 1 {
		return bot.Space{}, bot.ErrNotFound
	}
	return all[0], nil
}

func (sp *Spaces) get(ctx context.Context, p bot.Platform, t bot.TenantID, id bot.SpaceID) (bot.Space, error) {
	return field[bot.Space](ctx, sp.s, sp.s.tenantKey(spaces, p, t), string(id))
}

// List is every space of a tenant, by name; see bot.Spaces.
func (sp *Spaces) List(ctx context.Context, p bot.Platform, t bot.TenantID) ([]bot.Space, error) {
	return list(ctx, sp.s.client, sp.s.tenantKey(spaces, p, t))
}

func list(ctx context.Context, c redis.Cmdable, key string) ([]bot.Space, error) {
	got, err := c.HVals(ctx, key).Result()
	if err != nil {
		return nil, bot.Unavailable(err)
	}
	all := make([]bot.Space, len(got))
	for i, text := range got {
		if err := json.Unmarshal([]byte(text), &all[i]); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b bot.Space) int {
		return strings.Compare(a.Name+"\x00"+string(a.ID), b.Name+"\x00"+string(b.ID))
	})
	return all, nil
}

// Save makes or changes a space. A place belongs to one space only: one that
// another had moves here.
func (sp *Spaces) Save(ctx context.Context, s bot.Space) error {
	if s.ID == "" || s.Tenant == "" {
		return errors.New("a space needs an id and a tenant")
	}
	return sp.s.change(ctx, s.Platform, s.Tenant, func(all []bot.Space) []bot.Space {
		out := []bot.Space{s}
		for _, o := range all {
			if o.ID != s.ID {
				o.Places = slices.DeleteFunc(o.Places, s.Holds)
				out = append(out, o)
			}
		}
		return out
	})
}

// changeTries is how often a change to a tenant's spaces is tried again when
// somebody else changed them at the same time.
const changeTries = 20

// change rewrites a tenant's spaces and the index of their places, together.
func (s *Store) change(ctx context.Context, p bot.Platform, t bot.TenantID, edit func([]bot.Space) []bot.Space) error {
	own, index := s.tenantKey(spaces, p, t), s.tenantKey(places, p, t)
	rewrite := func(tx *redis.Tx) error {
		all, err := list(ctx, tx, own)
		if err != nil {
			return err
		}
		fields, where, err := flatten(edit(all))
		if err != nil {
			return err
		}
		_, err = tx.TxPipelined(ctx, func(pipe redis.Pipeliner) error {
			pipe.Del(ctx, own, index)
			put(ctx, pipe, own, fields)
			put(ctx, pipe, index, where)
			return nil
		})
		return err
	}
	for range changeTries {
		err := s.client.Watch(ctx, rewrite, own, index)
		if !errors.Is(err, redis.TxFailedErr) {
			return bot.Unavailable(err)
		}
	}
	return bot.Unavailable(fmt.Errorf("the spaces changed %d times meanwhile", changeTries))
}

func put(ctx context.Context, pipe redis.Pipeliner, key string, fields []any) {
	if len(fields) > 0 {
		pipe.HSet(ctx, key, fields...)
	}
}

// flatten makes the fields of the two hashes.
func flatten(all []bot.Space) (fields, where []any, err error) {
	for _, s := range all {
		b, err := json.Marshal(s)
		if err != nil {
			return nil, nil, err
		}
		fields = append(fields, string(s.ID), string(b))
		for _, p := range s.Places {
			where = append(where, string(p), string(s.ID))
		}
	}
	return fields, where, nil
}
