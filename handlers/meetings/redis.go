package meetings

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/seal"
)

// redisStore keeps the job's records in Redis.
type redisStore struct {
	keys
	db    redis.UniversalClient
	box   *seal.Box
	keep  Keep
	known sync.Map // places whose route is kept already
}

// NewStore keeps the records in Redis. What was said in meetings, and what was
// made of it, is sealed where box has a key.
func NewStore(db redis.UniversalClient, shards bot.Shards, box *seal.Box, keep Keep) Store {
	return &redisStore{keys: keys{shards}, db: db, box: box, keep: keep.orUsual()}
}

// about binds what is sealed to where it is kept.
func about(key, field string) string {
	_, name, _ := strings.Cut(key, "}")
	return name + "\x00" + field
}

// write is v as it is kept under a key, in a field where it is a hash.
func (s *redisStore) write(key, field string, v any) (string, error) {
	body, err := json.Marshal(v)
	if err != nil {
		return "", err
	}
	return s.box.Seal(string(body), about(key, field))
}

// read is what was kept there.
func (s *redisStore) read(key, field, kept string, v any) error {
	body, err := s.box.Open(kept, about(key, field))
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(body), v)
}

func (s *redisStore) Make(ctx context.Context, m Meeting) (Meeting, error) {
	h := m.home()
	body, err := s.write(s.meeting(h, m.ID), "", m)
	if err != nil {
		return m, err
	}
	_, err = s.db.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.SetArgs(ctx, s.meeting(h, m.ID), body, redis.SetArgs{Mode: "NX", TTL: s.keep.Chat})
		p.SAdd(ctx, s.all(h), m.ID)
		p.SAdd(ctx, homes(s.shards.Of(h.Platform, h.Tenant)), h.member())
		p.Set(ctx, s.desk(m.Owner), m.ID, s.keep.Chat)
		return nil
	})
	if err != nil && !errors.Is(err, redis.Nil) {
		return m, bot.Unavailable(err)
	}
	return s.Load(ctx, h, m.ID)
}

func (s *redisStore) Load(ctx context.Context, h Home, id string) (Meeting, error) {
	m, _, err := s.load(ctx, h, id)
	return m, err
}

// load is a meeting and the text that it was read from.
func (s *redisStore) load(ctx context.Context, h Home, id string) (Meeting, string, error) {
	body, err := s.db.Get(ctx, s.meeting(h, id)).Result()
	if errors.Is(err, redis.Nil) {
		return Meeting{}, "", bot.ErrNotFound
	}
	if err != nil {
		return Meeting{}, "", bot.Unavailable(err)
	}
	var m Meeting
	if err := s.read(s.meeting(h, id), "", body, &m); err != nil {
		return m, body, fmt.Errorf("meeting: %w", err)
	}
	return m, body, nil
}

// swapScript saves a value that is still what it was when it was read, and
// leaves its time to live as it is.
//
//	KEYS[1] a string, or a hash where ARGV[3] is given
//	ARGV[1] what was read   ARGV[2] what to write   ARGV[3] the hash's field, "" for a string
//	returns 1: saved. 0: somebody else saved meanwhile.
var swapScript = redis.NewScript(`
if ARGV[3] == '' then
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
  return 1
end
if redis.call('HGET', KEYS[1], ARGV[3]) ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], ARGV[3], ARGV[2])
return 1`)

// attempts is how often a change is tried against others' changes.
const attempts = 20

var errCrowd = errors.New("too many change it at once")

func (s *redisStore) Change(ctx context.Context, h Home, id string, ev bot.EventID, do func(*Meeting) error) (Meeting, error) {
	for range attempts {
		m, before, err := s.load(ctx, h, id)
		if err != nil {
			return m, err
		}
		if ev != "" && !m.happened(ev) {
			return m, nil
		}
		if err := do(&m); err != nil {
			return m, err
		}
		m.Revision++
		after, err := s.write(s.meeting(h, id), "", m)
		if err != nil {
			return m, err
		}
		n, err := swapScript.Run(ctx, s.db, []string{s.meeting(h, id)}, before, after, "").Int()
		if err != nil || n == 1 {
			return m, bot.Unavailable(err)
		}
	}
	return Meeting{}, bot.Unavailable(errCrowd)
}

func (s *redisStore) Delete(ctx context.Context, m Meeting) error {
	h := m.home()
	err := s.forgetMessages(ctx, m)
	if err != nil {
		return err
	}
	_, err = s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.Del(ctx, s.meeting(h, m.ID))
		p.SRem(ctx, s.all(h), m.ID)
		return nil
	})
	return bot.Unavailable(err)
}

// forgetMessages removes what was written, and that it was.
func (s *redisStore) forgetMessages(ctx context.Context, m Meeting) error {
	h := m.home()
	if m.Live {
		if err := s.Stop(ctx, m); err != nil {
			return err
		}
	}
	_, err := s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
		p.Del(ctx, s.said(h, m.ID), s.pieces(h, m.ID))
		if m.Live {
			p.SRem(ctx, s.at(m.Place), m.ID)
		}
		return nil
	})
	return bot.Unavailable(err)
}

func (s *redisStore) Purge(ctx context.Context, m Meeting) error { return s.forgetMessages(ctx, m) }

// All is the meetings of an installation; those whose time ran out go.
func (s *redisStore) All(ctx context.Context, h Home) ([]Meeting, error) {
	ids, err := s.db.SMembers(ctx, s.all(h)).Result()
	if err != nil {
		return nil, bot.Unavailable(err)
	}
	var out []Meeting
	for _, id := range ids {
		m, err := s.Load(ctx, h, id)
		if errors.Is(err, bot.ErrNotFound) {
			err = bot.Unavailable(s.db.SRem(ctx, s.all(h), id).Err())
		} else if err == nil {
			out = append(out, m)
		}
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(out, func(a, b Meeting) int { return cmp.Or(b.Made.Compare(a.Made), cmp.Compare(a.ID, b.ID)) })
	if len(out) == 0 {
		err = s.db.SRem(ctx, homes(s.shards.Of(h.Platform, h.Tenant)), h.member()).Err()
	}
	return out, bot.Unavailable(err)
}

func (s *redisStore) Homes(ctx context.Context, shard int) ([]Home, error) {
	all, err := s.db.SMembers(ctx, homes(shard)).Result()
	slices.Sort(all)
	var out []Home
	for _, h := range all {
		platform, tenant, _ := strings.Cut(h, "\x00")
		out = append(out, Home{bot.Platform(platform), bot.TenantID(tenant)})
	}
	return out, bot.Unavailable(err)
}

func (s *redisStore) Collect(ctx context.Context, m Meeting) error {
	_, err := s.db.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.Set(ctx, s.now(m.Place), m.ID, s.keep.Chat)
		p.SAdd(ctx, s.at(m.Place), m.ID)
		p.Expire(ctx, s.at(m.Place), s.keep.Chat)
		return nil
	})
	return bot.Unavailable(err)
}

// stopScript ends a collection unless another one has taken its place.
//
//	KEYS[1] now   ARGV[1] the meeting
var stopScript = redis.NewScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 0`)

func (s *redisStore) Stop(ctx context.Context, m Meeting) error {
	return bot.Unavailable(stopScript.Run(ctx, s.db, []string{s.now(m.Place)}, m.ID).Err())
}

func (s *redisStore) Running(ctx context.Context, p bot.Place) (string, error) {
	return s.text(ctx, s.now(p))
}

// text is a string, "" where there is none.
func (s *redisStore) text(ctx context.Context, key string) (string, error) {
	v, err := s.db.Get(ctx, key).Result()
	if errors.Is(err, redis.Nil) {
		return "", nil
	}
	return v, bot.Unavailable(err)
}

func (s *redisStore) Kept(ctx context.Context, p bot.Place) ([]string, error) {
	ids, err := s.db.SMembers(ctx, s.at(p)).Result()
	slices.Sort(ids)
	return ids, bot.Unavailable(err)
}

func (s *redisStore) Desk(ctx context.Context, u bot.User) (string, error) {
	return s.text(ctx, s.desk(u))
}

func (s *redisStore) SetDesk(ctx context.Context, u bot.User, id string) error {
	return bot.Unavailable(s.db.Set(ctx, s.desk(u), id, s.keep.Chat).Err())
}

func (s *redisStore) Out(ctx context.Context, u bot.User) (bool, error) {
	out, err := s.db.HExists(ctx, s.out(homeOf(u)), string(u.ID)).Result()
	return out, bot.Unavailable(err)
}

func (s *redisStore) SetOut(ctx context.Context, u bot.User, out bool, at time.Time) error {
	if !out {
		return bot.Unavailable(s.db.HDel(ctx, s.out(homeOf(u)), string(u.ID)).Err())
	}
	return bot.Unavailable(s.db.HSetNX(ctx, s.out(homeOf(u)), string(u.ID), at.Format(time.DateOnly)).Err())
}

// Shard is where an installation's records are.
func (s *redisStore) Shard(h Home) int { return s.shards.Of(h.Platform, h.Tenant) }
