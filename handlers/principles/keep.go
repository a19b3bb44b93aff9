package principles

import (
	"context"
	"fmt"
	"strings"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

// Held says which questions the person is waiting for, and how many answers
// they have rated.
func (s *redisStore) Held(ctx context.Context, u bot.User, lang bot.Lang) ([]bot.Fact, error) {
	waits, err := s.waitsOf(ctx, u)
	if err != nil {
		return nil, err
	}
	rated, err := s.ratedBy(ctx, u)
	if err != nil {
		return nil, err
	}
	label := map[bot.Lang][2]string{
		bot.English: {"Questions you asked to hear back about", "Answers you rated"},
		bot.Welsh:   {"Cwestiynau yr oeddech am glywed yn ôl amdanyn nhw", "Atebion a raddiwyd gennych"},
	}[lang]
	var out []bot.Fact
	if len(waits) > 0 {
		out = append(out, bot.Fact{Label: label[0], Value: strings.Join(waits, ", ")})
	}
	if len(rated) > 0 {
		out = append(out, bot.Fact{Label: label[1], Value: fmt.Sprint(len(rated))})
	}
	return out, nil
}

// Erase takes the person off every waiting list and drops their ratings.
func (s *redisStore) Erase(ctx context.Context, u bot.User) error {
	h := homeOf(u)
	waits, err := s.waitsOf(ctx, u)
	if err != nil {
		return err
	}
	rated, err := s.ratedBy(ctx, u)
	if err != nil {
		return err
	}
	_, err = s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, id := range waits {
			p.SRem(ctx, s.waiting(h, id), string(u.ID))
		}
		for _, field := range rated {
			p.HDel(ctx, s.ratings(h), field)
		}
		return nil
	})
	return bot.Unavailable(err)
}

// EraseTenant removes everything of an installation.
func (s *redisStore) EraseTenant(ctx context.Context, platform bot.Platform, t bot.TenantID) error {
	h := Home{platform, t}
	all, err := s.Questions(ctx, h)
	if err != nil {
		return err
	}
	for _, q := range all {
		if err := s.Close(ctx, h, q.ID); err != nil {
			return err
		}
	}
	_, err = s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.Del(ctx, s.questions(h), s.index(h), s.number(h), s.ratings(h))
		p.SRem(ctx, homes(s.shards.Of(platform, t)), string(platform)+"\x00"+string(t))
		return nil
	})
	return bot.Unavailable(err)
}

func (s *redisStore) waitsOf(ctx context.Context, u bot.User) ([]string, error) {
	h := homeOf(u)
	ids, err := s.db.HKeys(ctx, s.questions(h)).Result()
	if err != nil {
		return nil, bot.Unavailable(err)
	}
	var out []string
	for _, n := range ids {
		in, err := s.db.SIsMember(ctx, s.waiting(h, "Q-"+n), string(u.ID)).Result()
		if err != nil {
			return nil, bot.Unavailable(err)
		}
		if in {
			out = append(out, "Q-"+n)
		}
	}
	return out, nil
}

func (s *redisStore) ratedBy(ctx context.Context, u bot.User) ([]string, error) {
	fields, err := s.db.HKeys(ctx, s.ratings(homeOf(u))).Result()
	mine := "/" + bot.Digest(string(u.ID))
	var out []string
	for _, f := range fields {
		if strings.HasSuffix(f, mine) {
			out = append(out, f)
		}
	}
	return out, bot.Unavailable(err)
}
