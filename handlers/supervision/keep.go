package supervision

import (
	"context"
	"errors"
	"strings"

	"cymar/bot"
)

// Held says which dates are kept.
func (s *redisStore) Held(ctx context.Context, u bot.User, lang bot.Lang) ([]bot.Fact, error) {
	r, err := s.Load(ctx, u)
	if errors.Is(err, bot.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	cat, err := catalogue()
	if err != nil {
		return nil, err
	}
	say := speaker{words: cat, lang: lang}
	var lines []string
	for _, c := range r.Clocks {
		line := say.kind(c.Kind)
		if !c.Last.Zero() {
			line += ", " + say.word("held.last") + " " + c.Last.String()
		}
		if !c.Next.Zero() {
			line += ", " + say.word("held.next") + " " + c.Next.String()
		}
		if c.State != "" {
			line += ", " + say.word("state."+string(c.State))
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		lines = []string{say.word("held.none")}
	}
	return []bot.Fact{{Label: say.word("held.label"), Value: strings.Join(lines, "; ")}}, nil
}

// Erase removes the record and its places in the sets.
func (s *redisStore) Erase(ctx context.Context, u bot.User) error {
	_, err := s.Change(ctx, u, func(r *Record) error {
		*r = Record{User: u}
		return nil
	})
	return err
}

// EraseTenant removes everything of an installation.
func (s *redisStore) EraseTenant(ctx context.Context, p bot.Platform, t bot.TenantID) error {
	h := Home{p, t}
	digests, err := s.db.SMembers(ctx, s.people(h)).Result()
	if err != nil {
		return bot.Unavailable(err)
	}
	for len(digests) > 0 {
		n := min(len(digests), page)
		if err := s.erase(ctx, h, digests[:n]); err != nil {
			return err
		}
		digests = digests[n:]
	}
	return bot.Unavailable(s.db.Del(ctx, s.people(h)).Err())
}

func (s *redisStore) erase(ctx context.Context, h Home, digests []string) error {
	tenant := bot.TenantDigest(h.Platform, h.Tenant)
	var names []string
	var members []any
	for _, d := range digests {
		names = append(names, s.base(h)+":person:"+d)
		members = append(members, tenant+":"+d)
	}
	if err := s.db.Del(ctx, names...).Err(); err != nil {
		return bot.Unavailable(err)
	}
	return bot.Unavailable(s.db.ZRem(ctx, due(s.shards.Of(h.Platform, h.Tenant)), members...).Err())
}
