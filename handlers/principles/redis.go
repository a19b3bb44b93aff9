package principles

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

// redisStore keeps the job's records in Redis.
type redisStore struct {
	keys
	db  redis.UniversalClient
	now func() time.Time
}

// NewStore keeps the records in Redis.
func NewStore(db redis.UniversalClient, shards bot.Shards, clock bot.Clock) Store {
	return &redisStore{keys{shards}, db, clock.Now}
}

func (s *redisStore) Topic(ctx context.Context, p bot.Place) (string, error) {
	topic, err := s.db.Get(ctx, s.topic(p)).Result()
	if errors.Is(err, redis.Nil) {
		return "", nil
	}
	return topic, bot.Unavailable(err)
}

func (s *redisStore) SetTopic(ctx context.Context, p bot.Place, topic string) error {
	return bot.Unavailable(s.db.Set(ctx, s.topic(p), topic, topicLife).Err())
}

// logScript keeps a question once under its key and counts an event once.
//
//	KEYS[1] -> index       KEYS[2] -> number     KEYS[3] -> questions   KEYS[4] -> homes
//	ARGV[1] -> question's key   ARGV[2] -> its JSON without id   ARGV[3] -> home
//	returns the question's number
var logScript = redis.NewScript(`
local id = redis.call('HGET', KEYS[1], ARGV[1])
if not id then
  id = redis.call('INCR', KEYS[2])
  redis.call('HSET', KEYS[1], ARGV[1], id)
end
redis.call('HSETNX', KEYS[3], id, ARGV[2])
redis.call('SADD', KEYS[4], ARGV[3])
return tonumber(id)`)

func (s *redisStore) Log(ctx context.Context, h Home, key string, q Question, event bot.EventID) (Question, error) {
	body, err := json.Marshal(q)
	if err != nil {
		return q, err
	}
	n, err := logScript.Run(ctx, s.db,
		[]string{s.index(h), s.number(h), s.questions(h), homes(s.shards.Of(h.Platform, h.Tenant))},
		bot.Digest(key), body, string(h.Platform)+"\x00"+string(h.Tenant)).Int()
	if err != nil {
		return q, bot.Unavailable(err)
	}
	q.ID = fmt.Sprintf("Q-%d", n)
	seen := s.seen(h, q.ID)
	_, err = s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.SAdd(ctx, seen, bot.Digest(string(event)))
		p.Expire(ctx, seen, questionLife)
		return nil
	})
	return q, bot.Unavailable(err)
}

func number(id string) string { return strings.TrimPrefix(strings.ToUpper(id), "Q-") }

func (s *redisStore) Question(ctx context.Context, h Home, id string) (Question, error) {
	body, err := s.db.HGet(ctx, s.questions(h), number(id)).Result()
	if errors.Is(err, redis.Nil) {
		return Question{}, bot.ErrNotFound
	}
	if err != nil {
		return Question{}, bot.Unavailable(err)
	}
	return s.read(ctx, h, number(id), body)
}

func (s *redisStore) read(ctx context.Context, h Home, n, body string) (Question, error) {
	var q Question
	if err := json.Unmarshal([]byte(body), &q); err != nil {
		return q, fmt.Errorf("question %s: %w", n, err)
	}
	q.ID = "Q-" + n
	times, err := s.db.SCard(ctx, s.seen(h, q.ID)).Result()
	q.Times = int(times)
	return q, bot.Unavailable(err)
}

// Questions is the open ones, the most asked first; those past their time go.
func (s *redisStore) Questions(ctx context.Context, h Home) ([]Question, error) {
	all, err := s.db.HGetAll(ctx, s.questions(h)).Result()
	if err != nil {
		return nil, bot.Unavailable(err)
	}
	var out []Question
	for n, body := range all {
		q, err := s.read(ctx, h, n, body)
		if err != nil {
			return nil, err
		}
		if s.now().Sub(q.First) > questionLife {
			if err := s.Close(ctx, h, q.ID); err != nil {
				return nil, err
			}
			continue
		}
		out = append(out, q)
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Times != out[j].Times {
			return out[i].Times > out[j].Times
		}
		return out[i].ID < out[j].ID
	})
	return out, nil
}

func (s *redisStore) Close(ctx context.Context, h Home, id string) error {
	n := number(id)
	index, err := s.db.HGetAll(ctx, s.index(h)).Result()
	if err != nil {
		return bot.Unavailable(err)
	}
	_, err = s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		for key, of := range index {
			if of == n {
				p.HDel(ctx, s.index(h), key)
			}
		}
		p.HDel(ctx, s.questions(h), n)
		p.Del(ctx, s.seen(h, "Q-"+n), s.waiting(h, "Q-"+n))
		return nil
	})
	return bot.Unavailable(err)
}

func (s *redisStore) Wait(ctx context.Context, u bot.User, id string) error {
	key := s.waiting(homeOf(u), "Q-"+number(id))
	_, err := s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.SAdd(ctx, key, string(u.ID))
		p.Expire(ctx, key, questionLife)
		return nil
	})
	return bot.Unavailable(err)
}

func (s *redisStore) Unwait(ctx context.Context, u bot.User, id string) error {
	key := s.waiting(homeOf(u), "Q-"+number(id))
	return bot.Unavailable(s.db.SRem(ctx, key, string(u.ID)).Err())
}

func (s *redisStore) Waiting(ctx context.Context, h Home, id string) ([]bot.User, error) {
	ids, err := s.db.SMembers(ctx, s.waiting(h, "Q-"+number(id))).Result()
	sort.Strings(ids)
	out := make([]bot.User, len(ids))
	for i, id := range ids {
		out[i] = bot.User{Platform: h.Platform, Tenant: h.Tenant, ID: bot.UserID(id)}
	}
	return out, bot.Unavailable(err)
}

func (s *redisStore) Homes(ctx context.Context, shard int) ([]Home, error) {
	all, err := s.db.SMembers(ctx, homes(shard)).Result()
	sort.Strings(all)
	var out []Home
	for _, h := range all {
		platform, tenant, _ := strings.Cut(h, "\x00")
		out = append(out, Home{bot.Platform(platform), bot.TenantID(tenant)})
	}
	return out, bot.Unavailable(err)
}

// ratingField names one person's opinion of one entry without naming them.
func ratingField(entry string, u bot.UserID) string { return entry + "/" + bot.Digest(string(u)) }

func (s *redisStore) Rate(ctx context.Context, u bot.User, entry string, up bool) error {
	value := "down"
	if up {
		value = "up"
	}
	return bot.Unavailable(s.db.HSet(ctx, s.ratings(homeOf(u)), ratingField(entry, u.ID), value).Err())
}

func (s *redisStore) Ratings(ctx context.Context, h Home) ([]Rating, error) {
	all, err := s.db.HGetAll(ctx, s.ratings(h)).Result()
	if err != nil {
		return nil, bot.Unavailable(err)
	}
	sums := map[string]*Rating{}
	for field, value := range all {
		entry, _, _ := strings.Cut(field, "/")
		if sums[entry] == nil {
			sums[entry] = &Rating{Entry: entry}
		}
		if value == "up" {
			sums[entry].Up++
		} else {
			sums[entry].Down++
		}
	}
	var out []Rating
	for _, r := range sums {
		out = append(out, *r)
	}
	sort.Slice(out, func(i, j int) bool {
		if a, b := out[i].Down-out[i].Up, out[j].Down-out[j].Up; a != b {
			return a > b
		}
		return out[i].Entry < out[j].Entry
	})
	return out, nil
}
