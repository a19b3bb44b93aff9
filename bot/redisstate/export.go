package redisstate

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

// ExportForm is the form of an export. Import reads this one only.
const ExportForm = 1

// What stays behind: it is on its way, or it guards against doing something
// twice, and ends by itself.
var notExported = []string{":queued:", ":left:", ":turn:", ":audit:", ":parcel:", ":vault:"}

// exportHead is the first line.
type exportHead struct {
	Form     int          `json:"cymar_export"`
	Platform bot.Platform `json:"platform"`
	Tenant   bot.TenantID `json:"tenant"`
	At       time.Time    `json:"at"`
}

// exportTail is the last line; the sum is over every byte before it.
type exportTail struct {
	Lines int    `json:"lines"`
	SHA   string `json:"sha256"`
}

// record is one key, without the tag of its shard, with what is an
// installation's in it.
type record struct {
	Key     string           `json:"key"`
	Type    string           `json:"type"`
	Expires int64            `json:"expires,omitempty"` // ms since 1970
	Text    *blob            `json:"text,omitempty"`
	Fields  []blob           `json:"fields,omitempty"` // of a hash by turns, of a set
	Scores  map[blob]float64 `json:"scores,omitempty"`
}

// blob is bytes that may be no text.
type blob string

const binary = "base64:"

// MarshalText writes text as it is.
func (b blob) MarshalText() ([]byte, error) {
	if utf8.ValidString(string(b)) && !strings.HasPrefix(string(b), binary) {
		return []byte(b), nil
	}
	return []byte(binary + base64.StdEncoding.EncodeToString([]byte(b))), nil
}

// UnmarshalText reads what MarshalText wrote.
func (b *blob) UnmarshalText(text []byte) error {
	rest, is := strings.CutPrefix(string(text), binary)
	if !is {
		*b = blob(text)
		return nil
	}
	raw, err := base64.StdEncoding.DecodeString(rest)
	*b = blob(raw)
	return err
}

// Export writes an installation's data as JSON Lines: a head, a line for each
// key, a sum at the end. Patterns are every store's. What is sealed stays
// sealed: the reader needs the same CYMAR_KEYS. It returns how many keys there
// were.
func (s *Store) Export(ctx context.Context, w io.Writer, p bot.Platform, t bot.TenantID, patterns []bot.KeyPattern) (int, error) {
	sum := sha256.New()
	enc := json.NewEncoder(io.MultiWriter(w, sum))
	enc.SetEscapeHTML(false)
	if err := enc.Encode(exportHead{ExportForm, p, t, s.now().UTC().Truncate(time.Second)}); err != nil {
		return 0, err
	}
	keys, err := s.ownKeys(ctx, p, t, patterns)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, key := range keys {
		r, err := s.readKey(ctx, key, p, t)
		if errors.Is(err, bot.ErrNotFound) {
			continue
		}
		if err != nil {
			return n, err
		}
		if err := enc.Encode(r); err != nil {
			return n, err
		}
		n++
	}
	return n, json.NewEncoder(w).Encode(exportTail{n, hex.EncodeToString(sum.Sum(nil))})
}

// ownKeys is every key that holds something of the installation: its own, and
// those that a shard's installations share.
func (s *Store) ownKeys(ctx context.Context, p bot.Platform, t bot.TenantID, patterns []bot.KeyPattern) ([]string, error) {
	var keys []string
	own := bot.TenantDigest(p, t)
	err := s.eachKey(ctx, s.shards.Tag(p, t)+":*", func(key string) error {
		if strings.Contains(key, own) && !slices.ContainsFunc(notExported, func(x string) bool { return strings.Contains(key, x) }) && known(key, patterns) {
			keys = append(keys, key)
		}
		return nil
	})
	for _, pat := range patterns {
		if shared(pat) {
			keys = append(keys, strings.Replace(pat.Key, "{cymar:NN}", s.shards.Tag(p, t), 1))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys), bot.Unavailable(err)
}

// shared reports whether a key of this kind holds members of many
// installations; the outbox's own do not count, for what is on its way stays.
func shared(k bot.KeyPattern) bool {
	return !strings.Contains(k.Key, "<") && (k.Type == "set" || k.Type == "zset") && k.Key != "{cymar:NN}:delayed"
}

func known(key string, patterns []bot.KeyPattern) bool {
	return slices.ContainsFunc(patterns, func(k bot.KeyPattern) bool { return k.Matches(key) })
}

// readKey is a key as a record; bot.ErrNotFound when nothing of it is the
// installation's.
func (s *Store) readKey(ctx context.Context, key string, p bot.Platform, t bot.TenantID) (record, error) {
	_, bare, _ := strings.Cut(key, "}")
	r := record{Key: bare}
	var ttl *redis.DurationCmd
	var kind *redis.StatusCmd
	_, err := s.client.Pipelined(ctx, func(pipe redis.Pipeliner) error {
		kind, ttl = pipe.Type(ctx, key), pipe.PTTL(ctx, key)
		return nil
	})
	if err != nil {
		return r, bot.Unavailable(err)
	}
	if left := ttl.Val(); left > 0 {
		r.Expires = s.now().Add(left).UnixMilli()
	}
	r.Type = kind.Val()
	return s.readValue(ctx, key, r, membersOf(bare, p, t))
}

// membersOf says which members of a key are the installation's: all of its own
// keys, and of the shared ones those that name it.
func membersOf(bare string, p bot.Platform, t bot.TenantID) func(string) bool {
	own := bot.TenantDigest(p, t)
	if strings.Contains(bare, own) {
		return func(string) bool { return true }
	}
	return func(m string) bool { return m == string(p)+"\x00"+string(t) || strings.HasPrefix(m, own+":") }
}

// foreign reports whether a record has a member that is not the installation's.
func (r record) foreign(p bot.Platform, t bot.TenantID) bool {
	mine := membersOf(r.Key, p, t)
	for m := range r.Scores {
		if !mine(string(m)) {
			return true
		}
	}
	return r.Type == "set" && slices.ContainsFunc(r.Fields, func(b blob) bool { return !mine(string(b)) })
}

func (s *Store) readValue(ctx context.Context, key string, r record, mine func(string) bool) (record, error) {
	var err error
	switch r.Type {
	case "string":
		var text string
		text, err = s.client.Get(ctx, key).Result()
		r.Text = (*blob)(&text)
	case "hash":
		var fields map[string]string
		fields, err = s.client.HGetAll(ctx, key).Result()
		for f, v := range fields {
			r.Fields = append(r.Fields, blob(f), blob(v))
		}
	case "set":
		var members []string
		members, err = s.client.SMembers(ctx, key).Result()
		for _, m := range members {
			if mine(m) {
				r.Fields = append(r.Fields, blob(m))
			}
		}
	case "zset":
		var members []redis.Z
		members, err = s.client.ZRangeWithScores(ctx, key, 0, -1).Result()
		for _, z := range members {
			if m, _ := z.Member.(string); mine(m) {
				if r.Scores == nil {
					r.Scores = map[blob]float64{}
				}
				r.Scores[blob(m)] = z.Score
			}
		}
	}
	if r.Text == nil && len(r.Fields) == 0 && len(r.Scores) == 0 || errors.Is(err, redis.Nil) {
		return r, bot.ErrNotFound
	}
	return r, bot.Unavailable(err)
}

// ErrExport is for a file that is no export, was cut short or was changed.
var ErrExport = errors.New("this is no whole export")

// export is one that was read and found whole.
type export struct {
	exportHead
	records []record
}

// maxLine bounds a line of an export: a draft with its pictures fits.
const maxLine = 64 << 20

// readExport reads everything before anything is written, so that half an
// export never comes in.
func readExport(in io.Reader, patterns []bot.KeyPattern) (export, error) {
	var e export
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	sum := sha256.New()
	for n := 0; lines.Scan(); n++ {
		line := lines.Bytes()
		if n == 0 {
			if json.Unmarshal(line, &e.exportHead) != nil || e.Form != ExportForm || e.Tenant == "" {
				return e, fmt.Errorf("%w: its first line does not say cymar_export %d", ErrExport, ExportForm)
			}
		} else if bytesLikeTail(line) {
			return e, e.whole(line, sum, lines)
		} else if err := e.add(line, n+1, patterns); err != nil {
			return e, err
		}
		sum.Write(line)
		sum.Write([]byte("\n"))
	}
	return e, errors.Join(fmt.Errorf("%w: its last line, with the sum, is missing", ErrExport), lines.Err())
}

func bytesLikeTail(line []byte) bool { return strings.HasPrefix(string(line), `{"lines":`) }

func (e *export) whole(line []byte, sum hash.Hash, rest *bufio.Scanner) error {
	var tail exportTail
	if json.Unmarshal(line, &tail) != nil || tail.Lines != len(e.records) || tail.SHA != hex.EncodeToString(sum.Sum(nil)) {
		return fmt.Errorf("%w: the sum at its end does not fit", ErrExport)
	}
	if rest.Scan() {
		return fmt.Errorf("%w: there is something after its end", ErrExport)
	}
	return nil
}

// add takes a line in. A key of no kind that we know, or of somebody else, is
// refused.
func (e *export) add(line []byte, n int, patterns []bot.KeyPattern) error {
	var r record
	if err := json.Unmarshal(line, &r); err != nil {
		return fmt.Errorf("%w: line %d cannot be read", ErrExport, n)
	}
	i := slices.IndexFunc(patterns, func(k bot.KeyPattern) bool { return k.Matches(bot.Tag(0) + r.Key) })
	own := bot.TenantDigest(e.Platform, e.Tenant)
	switch {
	case i < 0 || patterns[i].Type != r.Type:
		return fmt.Errorf("%w: line %d has a key of no known kind", ErrExport, n)
	case !strings.Contains(r.Key, own) && !shared(patterns[i]) || r.foreign(e.Platform, e.Tenant):
		return fmt.Errorf("%w: line %d has a key of another installation", ErrExport, n)
	case r.Type == "hash" && len(r.Fields)%2 != 0:
		return fmt.Errorf("%w: line %d cannot be read", ErrExport, n)
	}
	e.records = append(e.records, r)
	return nil
}
