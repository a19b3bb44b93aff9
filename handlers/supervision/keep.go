package supervision

import (
	"context"
	"errors"
	"strings"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/handlers/supervision/ladder"
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
		lines = append(lines, say.heldLine(c))
	}
	if r.Draft != nil {
		for _, p := range r.Draft.Plans {
			lines = append(lines, say.word("held.draft")+": "+say.heldLine(p.Clock))
		}
	}
	for _, also := range []struct {
		id string
		is bool
	}{
		{"pause", r.Pause != ladder.Pause{}}, {"wishes", r.Wishes != Wishes{}}, {"team", r.Team != ""}, {"undo", r.Before != nil}, {"sees", len(r.Sees) > 0},
	} {
		if also.is {
			lines = append(lines, say.word("held."+also.id))
		}
	}
	if len(r.Clocks) == 0 && r.Draft == nil {
		lines = append(lines, say.word("held.none"))
	}
	return []bot.Fact{{Label: say.word("held.label"), Value: strings.Join(lines, "; ")}}, nil
}

// heldLine is what is kept of one supervision.
func (s speaker) heldLine(c Clock) string {
	line := s.kind(c.Kind)
	if c.Kind == "" {
		line = s.word("label.kind") + ": " + s.word("every.unsaid")
	}
	for _, f := range []struct{ label, value string }{
		{"label.with", c.With}, {"held.last", c.Last.String()}, {"held.next", c.Next.String()},
	} {
		if f.value != "" {
			line += ", " + s.word(f.label) + " " + f.value
		}
	}
	if c.State != "" {
		line += ", " + s.word("state."+string(c.State))
	}
	if c.Supervisor != "" {
		line += ", " + s.word("held.supervisor")
	}
	return line
}

// Erase removes the record, its places in the sets, the digest and a roster.
func (s *redisStore) Erase(ctx context.Context, u bot.User) error {
	_, err := s.Change(ctx, u, func(r *Record) error {
		*r = Record{User: u}
		return nil
	})
	if err != nil {
		return err
	}
	if err := s.part(ctx, u); err != nil {
		return err
	}
	h := homeOf(u)
	_, err = s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.HDel(ctx, s.digests(h), string(u.ID))
		p.Del(ctx, s.roster(h, userDigest(u)))
		p.SRem(ctx, s.rosters(h), userDigest(u))
		return nil
	})
	return bot.Unavailable(err)
}

// part takes somebody out of the records of those whose supervisor they are,
// or who supervise them.
func (s *redisStore) part(ctx context.Context, u bot.User) error {
	return s.Each(ctx, homeOf(u), func(all []Record) error {
		for _, r := range all {
			if !r.parted(u.ID) {
				continue
			}
			_, err := s.change(ctx, r.User, func(r *Record) error {
				r.parted(u.ID)
				return nil
			}, func(Record) string { return "=" })
			if err != nil {
				return err
			}
		}
		return nil
	})
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
	return s.eraseRest(ctx, h)
}

// eraseRest removes what belongs to an installation and to nobody in it.
func (s *redisStore) eraseRest(ctx context.Context, h Home) error {
	ids, err := s.db.SMembers(ctx, s.rosters(h)).Result()
	if err != nil {
		return bot.Unavailable(err)
	}
	names := []string{s.people(h), s.trend(h), s.digests(h), s.rosters(h)}
	for _, id := range ids {
		names = append(names, s.roster(h, id))
	}
	_, err = s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.Del(ctx, names...)
		p.SRem(ctx, homes(s.Shard(h)), h.member())
		return nil
	})
	return bot.Unavailable(err)
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
