package meetings

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

// Held says how much of a person is kept: how many messages, which overviews.
func (s *redisStore) Held(ctx context.Context, u bot.User, lang bot.Lang) ([]bot.Fact, error) {
	cat, err := catalogue()
	if err != nil {
		return nil, err
	}
	say := speaker{words: cat, lang: lang}
	all, err := s.All(ctx, homeOf(u))
	if err != nil {
		return nil, err
	}
	wrote, leads := 0, 0
	for _, m := range all {
		if m.Owner == u {
			leads++
		}
		msgs, err := s.by(ctx, m, u.ID)
		if err != nil {
			return nil, err
		}
		wrote += len(msgs)
	}
	out, err := s.Out(ctx, u)
	if err != nil {
		return nil, err
	}
	var facts []bot.Fact
	if wrote > 0 {
		facts = append(facts, bot.Fact{Label: say.word("held.wrote"), Value: fmt.Sprint(wrote)})
	}
	if leads > 0 {
		facts = append(facts, bot.Fact{Label: say.word("held.leads"), Value: fmt.Sprint(leads)})
	}
	if out {
		facts = append(facts, bot.Fact{Label: say.word("held.out"), Value: say.word("yes")})
	}
	return facts, nil
}

// by is the ids of the messages of one person.
func (s *redisStore) by(ctx context.Context, m Meeting, u bot.UserID) ([]string, error) {
	if !m.Live || m.Purged {
		return nil, nil
	}
	all, err := s.Messages(ctx, m)
	var out []string
	for _, msg := range all {
		if msg.User == u {
			out = append(out, msg.ID)
		}
	}
	return out, err
}

// Erase removes the messages of a person, the reactions they gave, the
// overviews that they were working on and the wish to be left out. What was
// published stays, without saying by whom.
func (s *redisStore) Erase(ctx context.Context, u bot.User) error {
	h := homeOf(u)
	all, err := s.All(ctx, h)
	if err != nil {
		return err
	}
	for _, m := range all {
		if m.Owner == u {
			err = s.Delete(ctx, m)
		} else {
			err = s.eraseFrom(ctx, m, u)
		}
		if err != nil {
			return err
		}
	}
	_, err = s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.HDel(ctx, s.out(h), string(u.ID))
		p.Del(ctx, s.desk(u))
		return nil
	})
	return bot.Unavailable(err)
}

func (s *redisStore) eraseFrom(ctx context.Context, m Meeting, u bot.User) error {
	if !m.Live || m.Purged {
		return nil
	}
	all, err := s.Messages(ctx, m)
	if err != nil {
		return err
	}
	mine, stale := person(u), false
	for _, msg := range all {
		_, err := s.Alter(ctx, m, msg.ID, func(x *Message) bool {
			x.unreact(mine, "")
			return x.User != u.ID
		})
		if err != nil {
			return err
		}
		stale = stale || msg.User == u.ID
	}
	if !stale {
		return nil
	}
	_, err = s.Change(ctx, m.home(), m.ID, "", func(m *Meeting) error { m.outdated(); return nil })
	return err
}

// unreact takes a person's reactions away: the one of a name, or all.
func (m *Message) unreact(who, name string) {
	for n, people := range m.Reactions {
		if name != "" && n != name {
			continue
		}
		if rest := without(people, who); len(rest) > 0 {
			m.Reactions[n] = rest
		} else {
			delete(m.Reactions, n)
		}
	}
}

func without(all []string, one string) []string {
	var out []string
	for _, s := range all {
		if s != one {
			out = append(out, s)
		}
	}
	return out
}

// EraseTenant removes everything of an installation.
func (s *redisStore) EraseTenant(ctx context.Context, p bot.Platform, t bot.TenantID) error {
	h := Home{p, t}
	all, err := s.All(ctx, h)
	if err != nil {
		return err
	}
	for _, m := range all {
		if err := s.Delete(ctx, m); err != nil {
			return err
		}
		if err := s.db.Del(ctx, s.desk(m.Owner)).Err(); err != nil {
			return bot.Unavailable(err)
		}
	}
	trends, err := s.db.SMembers(ctx, s.trends(h)).Result()
	if err != nil {
		return bot.Unavailable(err)
	}
	names := append(trends, s.trends(h), s.out(h), s.routes(h), s.all(h))
	_, err = s.db.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		pipe.Del(ctx, names...)
		pipe.SRem(ctx, homes(s.shards.Of(p, t)), h.member())
		return nil
	})
	return bot.Unavailable(err)
}
