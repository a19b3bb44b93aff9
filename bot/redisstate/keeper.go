package redisstate

import (
	"context"
	"errors"
	"strings"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

var _ bot.Keeper = (*Keeper)(nil)

// Keeper tells and erases what the core's own stores hold about a person.
type Keeper struct{ s *Store }

// Keeper is for what this store holds about people.
func (s *Store) Keeper() *Keeper { return &Keeper{s} }

// Held says in words what is kept about the person; see bot.Keeper.
func (k *Keeper) Held(ctx context.Context, u bot.User, lang bot.Lang) ([]bot.Fact, error) {
	w, err := wordsFor(lang)
	if err != nil {
		return nil, err
	}
	var held []bot.Fact
	profile, err := k.s.Profiles().Profile(ctx, u)
	if err != nil {
		return nil, err
	}
	held = append(held, w.profile(profile)...)
	_, err = k.s.Directory().Find(ctx, u)
	if err != nil && !errors.Is(err, bot.ErrUnreachable) {
		return nil, err
	}
	if err == nil {
		held = append(held, w.fact("direct", w.say.Say(lang, "direct_kept")))
	}
	spaces, err := k.spaces(ctx, u, w)
	if err != nil {
		return nil, err
	}
	waiting, err := k.queued(ctx, u)
	if err != nil {
		return nil, err
	}
	held = append(append(held, spaces...), w.waiting(len(waiting))...)
	_, err = k.s.Directory().Left(ctx, u)
	switch {
	case errors.Is(err, bot.ErrNotFound):
		return held, nil
	case err != nil:
		return nil, err
	}
	return append(held, w.fact("left", w.say.Say(lang, "left_kept"))), nil
}

// spaces is what the tenant's spaces say of the person.
func (k *Keeper) spaces(ctx context.Context, u bot.User, w heldWords) ([]bot.Fact, error) {
	var held []bot.Fact
	last, err := k.s.client.HGet(ctx, k.s.tenantKey(seen, u.Platform, u.Tenant), string(u.ID)).Result()
	if err != nil && !errors.Is(err, redis.Nil) {
		return nil, bot.Unavailable(err)
	}
	all, err := k.s.Spaces().List(ctx, u.Platform, u.Tenant)
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		if string(s.ID) == last {
			held = append(held, w.fact("seen", s.Name))
		}
		if r, ok := s.Roles[u.ID]; ok {
			held = append(held, w.fact("role", s.Name+": "+w.say.Say(w.lang, string(r))))
		}
		if s.Contact == u.ID {
			held = append(held, w.fact("contact", s.Name))
		}
	}
	return held, nil
}

// Erase removes all of it, with what is on its way to the person. What this
// event itself leads to comes after, and is sent. See bot.Keeper.
func (k *Keeper) Erase(ctx context.Context, u bot.User) error {
	waiting, err := k.queued(ctx, u)
	if err != nil {
		return err
	}
	if err := k.drop(ctx, u.Platform, u.Tenant, waiting); err != nil {
		return err
	}
	_, err = k.s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, what := range []string{direct, seen, profiles, left} {
			p.HDel(ctx, k.s.tenantKey(what, u.Platform, u.Tenant), string(u.ID))
		}
		return nil
	})
	if err != nil {
		return bot.Unavailable(err)
	}
	shard := k.s.shards.Of(u.Platform, u.Tenant)
	if err := k.emptyMarks(ctx, shard, marksKey(shard, u.Platform, u.Tenant, personID(u))); err != nil {
		return err
	}
	return k.leaveSpaces(ctx, u)
}

// emptyMarks takes places and messages out of the marks of what was sent to
// a person. That it was sent stays, under a digest, until the mark ends.
func (k *Keeper) emptyMarks(ctx context.Context, shard int, key string) error {
	sends, err := k.s.client.ZRange(ctx, key, 0, -1).Result()
	if err != nil {
		return bot.Unavailable(err)
	}
	_, err = k.s.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, send := range sends {
			p.SetArgs(ctx, sentOf(shard, send), "{}", redis.SetArgs{Mode: "XX", KeepTTL: true})
		}
		p.Del(ctx, key)
		return nil
	})
	if errors.Is(err, redis.Nil) { // a mark that has ended
		return nil
	}
	return bot.Unavailable(err)
}

// leaveSpaces takes the person out of every list of roles.
func (k *Keeper) leaveSpaces(ctx context.Context, u bot.User) error {
	return k.s.change(ctx, u.Platform, u.Tenant, func(all []bot.Space) []bot.Space {
		for i := range all {
			delete(all[i].Roles, u.ID)
			if all[i].Contact == u.ID {
				all[i].Contact = ""
			}
		}
		return all
	})
}

// EraseTenant removes everything of an installation; see bot.Keeper.
func (k *Keeper) EraseTenant(ctx context.Context, p bot.Platform, t bot.TenantID) error {
	index, err := k.index(ctx, p, t)
	if err != nil {
		return err
	}
	var ids []string
	for id := range index {
		ids = append(ids, id)
	}
	if err := k.drop(ctx, p, t, ids); err != nil {
		return err
	}
	shard := k.s.shards.Of(p, t)
	err = k.s.eachKey(ctx, marksKey(shard, p, t, "*"), func(key string) error { return k.emptyMarks(ctx, shard, key) })
	if err != nil {
		return err
	}
	_, err = k.s.client.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		for _, what := range []string{direct, seen, profiles, left, spaces, places, vault, turn} {
			pipe.Del(ctx, k.s.tenantKey(what, p, t))
		}
		return nil
	})
	return bot.Unavailable(err)
}

// queued is the ids of the bodies that are on their way to the person.
func (k *Keeper) queued(ctx context.Context, u bot.User) ([]string, error) {
	index, err := k.index(ctx, u.Platform, u.Tenant)
	if err != nil {
		return nil, err
	}
	var ids []string
	for id, whose := range index {
		if whose != "" && whose == personID(u) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// index is every body of a tenant that is on its way, and whose it is.
func (k *Keeper) index(ctx context.Context, p bot.Platform, t bot.TenantID) (map[string]string, error) {
	index := map[string]string{}
	key := queuedKey(k.s.shards.Of(p, t), p, t)
	var cursor uint64
	for {
		got, next, err := k.s.client.HScan(ctx, key, cursor, "", 1000).Result()
		if err != nil {
			return nil, bot.Unavailable(err)
		}
		for i := 0; i+1 < len(got); i += 2 {
			index[got[i]] = got[i+1]
		}
		if cursor = next; cursor == 0 {
			return index, nil
		}
	}
}

// drop erases bodies: their entries in the streams then find nothing to send.
func (k *Keeper) drop(ctx context.Context, p bot.Platform, t bot.TenantID, ids []string) error {
	shard := k.s.shards.Of(p, t)
	_, err := k.s.client.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		for _, id := range ids {
			pipe.Del(ctx, bodyKey(shard, id))
			pipe.HDel(ctx, queuedKey(shard, p, t), id)
			for _, q := range queues {
				for _, whose := range []string{bot.TenantDigest(p, t), ""} {
					pipe.ZRem(ctx, delayedKey(shard), strings.Join([]string{string(q), whose, id}, ":"))
				}
			}
		}
		return nil
	})
	return bot.Unavailable(err)
}
