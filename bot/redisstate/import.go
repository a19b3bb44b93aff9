package redisstate

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

// Imported is what came in.
type Imported struct {
	Platform bot.Platform
	Tenant   bot.TenantID
	At       time.Time // when it was exported
	Keys     int
}

// ErrInstalled is for an import over an installation that has data already.
var ErrInstalled = errors.New("there are data of this installation already; remove them first, or import into an empty store")

// Import reads an export and, when it is whole, writes it. What has expired
// since stays out. The installation must have no data here.
func (s *Store) Import(ctx context.Context, in io.Reader, patterns []bot.KeyPattern) (Imported, error) {
	e, err := readExport(in, patterns)
	if err != nil {
		return Imported{}, err
	}
	out := Imported{Platform: e.Platform, Tenant: e.Tenant, At: e.At}
	if err := s.absent(ctx, e, patterns); err != nil {
		return out, err
	}
	for _, r := range e.records {
		if r.Expires != 0 && r.Expires <= s.now().UnixMilli() {
			continue
		}
		if err := s.writeKey(ctx, s.shards.Tag(e.Platform, e.Tenant)+r.Key, r); err != nil {
			return out, bot.Unavailable(err)
		}
		out.Keys++
	}
	return out, nil
}

// absent makes sure that nothing is written over. What the settings file gives
// a new installation does not count: a space that nobody has changed is the
// same in both.
func (s *Store) absent(ctx context.Context, e export, patterns []bot.KeyPattern) error {
	keys, err := s.ownKeys(ctx, e.Platform, e.Tenant, patterns)
	if err != nil {
		return err
	}
	own := bot.TenantDigest(e.Platform, e.Tenant)
	for _, key := range keys {
		if strings.Contains(key, own) && !strings.Contains(key, ":spaces:") && !strings.Contains(key, ":places:") {
			return fmt.Errorf("%s in %s: %w", e.Platform, s.Where, ErrInstalled)
		}
	}
	return nil
}

func (s *Store) writeKey(ctx context.Context, key string, r record) error {
	_, err := s.client.TxPipelined(ctx, func(p redis.Pipeliner) error {
		switch r.Type {
		case "string":
			text := ""
			if r.Text != nil {
				text = string(*r.Text)
			}
			p.Set(ctx, key, text, 0)
		case "hash":
			p.HSet(ctx, key, values(r.Fields)...)
		case "set":
			p.SAdd(ctx, key, values(r.Fields)...)
		case "zset":
			for m, score := range r.Scores {
				p.ZAdd(ctx, key, redis.Z{Score: score, Member: string(m)})
			}
		}
		if r.Expires != 0 {
			p.PExpireAt(ctx, key, time.UnixMilli(r.Expires))
		}
		return nil
	})
	return err
}

func values(of []blob) []any {
	out := make([]any, len(of))
	for i, b := range of {
		out[i] = string(b)
	}
	return out
}
