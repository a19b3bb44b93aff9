package supervision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

// redisStore keeps the job's records in Redis.
type redisStore struct {
	keys
	db redis.UniversalClient
}

// NewStore keeps the records in Redis.
func NewStore(db redis.UniversalClient, shards bot.Shards) Store {
	return &redisStore{keys{shards}, db}
}

func (s *redisStore) Load(ctx context.Context, u bot.User) (Record, error) {
	r, body, err := s.load(ctx, u)
	if err == nil && body == "" {
		err = bot.ErrNotFound
	}
	return r, err
}

// load is a record and the text that it was read from, "" where there is none.
func (s *redisStore) load(ctx context.Context, u bot.User) (Record, string, error) {
	body, err := s.db.Get(ctx, s.person(u)).Result()
	if errors.Is(err, redis.Nil) {
		return Record{User: u}, "", nil
	}
	if err != nil {
		return Record{}, "", bot.Unavailable(err)
	}
	r, err := readRecord(body)
	return r, body, err
}

func readRecord(body string) (Record, error) {
	var r Record
	if err := json.Unmarshal([]byte(body), &r); err != nil {
		return r, fmt.Errorf("supervision record: %w", err)
	}
	return r, nil
}

// saveScript saves a record unless it changed since it was read.
//
//	KEYS[1] the person   KEYS[2] people   KEYS[3] due   KEYS[4] homes
//	ARGV[1] what was read, "" for nothing   ARGV[2] what to write, "" to remove
//	ARGV[3] the person's digest   ARGV[4] the member of due
//	ARGV[5] its score, "" for none, "=" to leave it as it is
//	ARGV[6] the installation, as homes has it
//	returns 1: saved. 0: somebody else saved meanwhile.
var saveScript = redis.NewScript(`
local held = redis.call('GET', KEYS[1]) or ''
if held ~= ARGV[1] then return 0 end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
  redis.call('SREM', KEYS[2], ARGV[3])
  if redis.call('SCARD', KEYS[2]) == 0 then redis.call('SREM', KEYS[4], ARGV[6]) end
else
  redis.call('SET', KEYS[1], ARGV[2])
  redis.call('SADD', KEYS[2], ARGV[3])
  redis.call('SADD', KEYS[4], ARGV[6])
end
if ARGV[5] == '' or ARGV[2] == '' then
  redis.call('ZREM', KEYS[3], ARGV[4])
elseif ARGV[5] ~= '=' then
  redis.call('ZADD', KEYS[3], ARGV[5], ARGV[4])
end
return 1`)

// attempts is how often a change is tried against others' changes.
const attempts = 20

func (s *redisStore) Change(ctx context.Context, u bot.User, change func(*Record) error) (Record, error) {
	return s.change(ctx, u, change, func(r Record) string { return score(r.Look) })
}

// change is Change, with when it is to come up next as the caller says.
func (s *redisStore) change(ctx context.Context, u bot.User, change func(*Record) error, score func(Record) string) (Record, error) {
	for range attempts {
		r, before, err := s.load(ctx, u)
		if err != nil {
			return r, err
		}
		if err := change(&r); err != nil {
			return r, err
		}
		saved, err := s.save(ctx, u, r, before, score(r))
		if err != nil || saved {
			return r, err
		}
	}
	return Record{}, bot.Unavailable(errors.New("the record is being changed by too many at once"))
}

func (s *redisStore) save(ctx context.Context, u bot.User, r Record, before, score string) (bool, error) {
	after := ""
	if !r.empty() {
		b, err := json.Marshal(r)
		if err != nil {
			return false, err
		}
		after = string(b)
	}
	h := homeOf(u)
	shard := s.Shard(h)
	keys := []string{s.person(u), s.people(h), due(shard), homes(shard)}
	n, err := saveScript.Run(ctx, s.db, keys, before, after, userDigest(u), member(u), score, h.member()).Int()
	return n == 1, bot.Unavailable(err)
}

// empty reports whether there is nothing to keep.
func (r Record) empty() bool {
	return len(r.Clocks) == 0 && len(r.Sees) == 0 && r.Invited.Zero() && r.Accepted.Zero() && r.Stopped.Zero() && r.Draft == nil
}

func score(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return strconv.FormatInt(t.Unix(), 10)
}

func (s *redisStore) Due(ctx context.Context, shard int, now time.Time, limit int) ([]Record, error) {
	members, err := s.db.ZRangeByScore(ctx, due(shard), &redis.ZRangeBy{
		Min: "-inf", Max: strconv.FormatInt(now.Unix(), 10), Count: int64(limit)}).Result()
	if err != nil || len(members) == 0 {
		return nil, bot.Unavailable(err)
	}
	names := make([]string, len(members))
	for i, m := range members {
		tenant, person, _ := strings.Cut(m, ":")
		names[i] = bot.Tag(shard) + ":supervision:" + tenant + ":person:" + person
	}
	bodies, err := s.db.MGet(ctx, names...).Result()
	if err != nil {
		return nil, bot.Unavailable(err)
	}
	return s.readDue(ctx, shard, members, bodies)
}

// readDue reads the records; a member whose record is gone or cannot be read
// leaves the set, for nothing can be done for it.
func (s *redisStore) readDue(ctx context.Context, shard int, members []string, bodies []any) ([]Record, error) {
	var out []Record
	var gone []any
	for i, b := range bodies {
		body, _ := b.(string)
		r, err := readRecord(body)
		if err != nil {
			gone = append(gone, members[i])
			continue
		}
		out = append(out, r)
	}
	if len(gone) == 0 {
		return out, nil
	}
	return out, bot.Unavailable(s.db.ZRem(ctx, due(shard), gone...).Err())
}

func (s *redisStore) Look(ctx context.Context, shard int, all []Record) error {
	if len(all) == 0 {
		return nil
	}
	var at []redis.Z
	var never []any
	for _, r := range all {
		if r.Look.IsZero() {
			never = append(never, member(r.User))
			continue
		}
		at = append(at, redis.Z{Score: float64(r.Look.Unix()), Member: member(r.User)})
	}
	_, err := s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		if len(at) > 0 {
			p.ZAdd(ctx, due(shard), at...)
		}
		if len(never) > 0 {
			p.ZRem(ctx, due(shard), never...)
		}
		return nil
	})
	return bot.Unavailable(err)
}

// page is how many records are read at once.
const page = 500

func (s *redisStore) Each(ctx context.Context, h Home, f func([]Record) error) error {
	var cursor uint64
	for {
		all, next, err := s.Page(ctx, h, cursor)
		if err == nil && len(all) > 0 {
			err = f(all)
		}
		if err != nil || next == 0 {
			return err
		}
		cursor = next
	}
}

func (s *redisStore) Page(ctx context.Context, h Home, cursor uint64) ([]Record, uint64, error) {
	digests, next, err := s.db.SScan(ctx, s.people(h), cursor, "", page).Result()
	if err != nil || len(digests) == 0 {
		return nil, next, bot.Unavailable(err)
	}
	names := make([]string, len(digests))
	for i, d := range digests {
		names[i] = s.base(h) + ":person:" + d
	}
	bodies, err := s.db.MGet(ctx, names...).Result()
	if err != nil {
		return nil, 0, bot.Unavailable(err)
	}
	var all []Record
	for _, b := range bodies {
		if body, ok := b.(string); ok {
			r, err := readRecord(body)
			if err != nil {
				return nil, 0, err
			}
			all = append(all, r)
		}
	}
	return all, next, nil
}
