package supervision

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/handlers/supervision/coverage"
	"cymar/handlers/supervision/roster"
)

func (s *redisStore) Shard(h Home) int { return s.shards.Of(h.Platform, h.Tenant) }

func (s *redisStore) Homes(ctx context.Context, shard int) ([]Home, error) {
	members, err := s.db.SMembers(ctx, homes(shard)).Result()
	var out []Home
	for _, m := range members {
		platform, tenant, _ := strings.Cut(m, "\x00")
		out = append(out, Home{bot.Platform(platform), bot.TenantID(tenant)})
	}
	return out, bot.Unavailable(err)
}

// trendLife is how many months are kept.
const trendLife = 12

func (s *redisStore) Trend(ctx context.Context, h Home, space bot.SpaceID) (map[string]coverage.Report, error) {
	all, err := s.db.HGetAll(ctx, s.trend(h)).Result()
	if err != nil {
		return nil, bot.Unavailable(err)
	}
	out := map[string]coverage.Report{}
	for field, body := range all {
		id, month := cutLast(field)
		var r coverage.Report
		if id != string(space) || json.Unmarshal([]byte(body), &r) != nil {
			continue
		}
		out[month] = r
	}
	return out, nil
}

// cutLast divides a field of the trend into space and month.
func cutLast(field string) (space, month string) {
	i := strings.LastIndex(field, "/")
	if i < 0 {
		return field, ""
	}
	return field[:i], field[i+1:]
}

func (s *redisStore) SetTrend(ctx context.Context, h Home, space bot.SpaceID, month string, r coverage.Report) error {
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	fields, err := s.db.HKeys(ctx, s.trend(h)).Result()
	if err != nil {
		return bot.Unavailable(err)
	}
	at, err := time.Parse("2006-01", month)
	if err != nil {
		return err
	}
	oldest := at.AddDate(0, -trendLife, 0).Format("2006-01")
	_, err = s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		for _, f := range fields {
			if _, m := cutLast(f); m < oldest {
				p.HDel(ctx, s.trend(h), f)
			}
		}
		p.HSet(ctx, s.trend(h), string(space)+"/"+month, b)
		return nil
	})
	return bot.Unavailable(err)
}

func (s *redisStore) Digests(ctx context.Context, h Home) (map[bot.UserID]bot.SpaceID, error) {
	all, err := s.db.HGetAll(ctx, s.digests(h)).Result()
	out := map[bot.UserID]bot.SpaceID{}
	for u, space := range all {
		out[bot.UserID(u)] = bot.SpaceID(space)
	}
	return out, bot.Unavailable(err)
}

func (s *redisStore) SetDigest(ctx context.Context, u bot.User, space bot.SpaceID, on bool) error {
	if !on {
		return bot.Unavailable(s.db.HDel(ctx, s.digests(homeOf(u)), string(u.ID)).Err())
	}
	return bot.Unavailable(s.db.HSet(ctx, s.digests(homeOf(u)), string(u.ID), string(space)).Err())
}

func (s *redisStore) Roster(ctx context.Context, u bot.User) ([]roster.Line, error) {
	return s.RosterBy(ctx, homeOf(u), userDigest(u))
}

func (s *redisStore) RosterBy(ctx context.Context, h Home, id string) ([]roster.Line, error) {
	body, err := s.db.Get(ctx, s.roster(h, id)).Result()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, bot.Unavailable(err)
	}
	var all []roster.Line
	return all, json.Unmarshal([]byte(body), &all)
}

// rosterLife is how long the lines of those who were invited by name are kept.
const rosterLife = 28 * 24 * time.Hour

func (s *redisStore) SetRoster(ctx context.Context, u bot.User, all []roster.Line, life time.Duration) (string, error) {
	b, err := json.Marshal(all)
	if err != nil {
		return "", err
	}
	h, id := homeOf(u), userDigest(u)
	_, err = s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.Set(ctx, s.roster(h, id), b, life)
		p.SAdd(ctx, s.rosters(h), id)
		p.Expire(ctx, s.rosters(h), rosterLife)
		return nil
	})
	return id, bot.Unavailable(err)
}
