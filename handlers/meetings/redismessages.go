package meetings

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
)

// gone stands in the place of a message that was removed, so that a late copy
// of it is not taken for a new one.
const gone = "-"

func (s *redisStore) Keep(ctx context.Context, m Meeting, msg Message) error {
	key := s.said(m.home(), m.ID)
	body, err := s.write(key, msg.ID, msg)
	if err != nil {
		return err
	}
	_, err = s.db.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.HSetNX(ctx, key, msg.ID, body)
		p.Expire(ctx, key, s.keep.Chat)
		return nil
	})
	return bot.Unavailable(err)
}

// Bury overwrites whatever came in the meantime: message and removal may be on
// their way at the same moment.
func (s *redisStore) Bury(ctx context.Context, m Meeting, message string) error {
	key := s.said(m.home(), m.ID)
	_, err := s.db.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.HSet(ctx, key, message, gone)
		p.Expire(ctx, key, s.keep.Chat)
		return nil
	})
	return bot.Unavailable(err)
}

func (s *redisStore) Alter(ctx context.Context, m Meeting, message string, do func(*Message) bool) (bool, error) {
	key := s.said(m.home(), m.ID)
	for range attempts {
		before, err := s.db.HGet(ctx, key, message).Result()
		if errors.Is(err, redis.Nil) || before == gone {
			return false, nil
		}
		if err != nil {
			return false, bot.Unavailable(err)
		}
		after, same, err := s.altered(key, message, before, do)
		if err != nil || same {
			return true, err
		}
		n, err := swapScript.Run(ctx, s.db, []string{key}, before, after, message).Int()
		if err != nil || n == 1 {
			return true, bot.Unavailable(err)
		}
	}
	return false, bot.Unavailable(errCrowd)
}

// altered is a message as it is to be kept, and whether it is the same as
// before.
func (s *redisStore) altered(key, id, before string, do func(*Message) bool) (after string, same bool, err error) {
	msg, err := s.message(key, id, before)
	if err != nil {
		return "", false, err
	}
	was, err := json.Marshal(msg)
	if err != nil {
		return "", false, err
	}
	if !do(&msg) {
		return gone, false, nil
	}
	is, err := json.Marshal(msg)
	if err != nil || string(was) == string(is) {
		return before, true, err
	}
	after, err = s.write(key, id, msg)
	return after, false, err
}

func (s *redisStore) message(key, id, kept string) (Message, error) {
	var m Message
	if err := s.read(key, id, kept, &m); err != nil {
		return m, fmt.Errorf("message: %w", err)
	}
	m.ID = id
	return m, nil
}

func (s *redisStore) Messages(ctx context.Context, m Meeting) ([]Message, error) {
	key := s.said(m.home(), m.ID)
	fields, err := s.db.HGetAll(ctx, key).Result()
	if err != nil {
		return nil, bot.Unavailable(err)
	}
	var out []Message
	for id, body := range fields {
		if body == gone {
			continue
		}
		msg, err := s.message(key, id, body)
		if err != nil {
			return nil, err
		}
		out = append(out, msg)
	}
	slices.SortFunc(out, func(a, b Message) int {
		return cmp.Or(cmp.Compare(a.order(), b.order()), a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// order is the number that a message was given, if it was: a copied chat does
// not always tell the times by which to sort it.
func (m Message) order() int {
	if m.N == 0 {
		return 1 << 30
	}
	return m.N
}

func (s *redisStore) Replace(ctx context.Context, m Meeting, all []Message) error {
	key := s.said(m.home(), m.ID)
	fields := make([]any, 0, 2*len(all))
	for _, msg := range all {
		body, err := s.write(key, msg.ID, msg)
		if err != nil {
			return err
		}
		fields = append(fields, msg.ID, body)
	}
	_, err := s.db.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.Del(ctx, key)
		if len(fields) > 0 {
			p.HSet(ctx, key, fields...)
			p.Expire(ctx, key, s.keep.Chat)
		}
		return nil
	})
	return bot.Unavailable(err)
}

func (s *redisStore) AddPiece(ctx context.Context, m Meeting, p Piece) error {
	key := s.pieces(m.home(), m.ID)
	body, err := s.write(key, p.Name, p.Data)
	if err != nil {
		return err
	}
	_, err = s.db.TxPipelined(ctx, func(pipe redis.Pipeliner) error {
		pipe.HSet(ctx, key, p.Name, body)
		pipe.Expire(ctx, key, min(pieceLife, s.keep.Chat))
		return nil
	})
	return bot.Unavailable(err)
}

func (s *redisStore) Pieces(ctx context.Context, m Meeting) ([]Piece, error) {
	key := s.pieces(m.home(), m.ID)
	fields, err := s.db.HGetAll(ctx, key).Result()
	if err != nil {
		return nil, bot.Unavailable(err)
	}
	var out []Piece
	for name, body := range fields {
		p := Piece{Name: name}
		if err := s.read(key, name, body, &p.Data); err != nil {
			return nil, fmt.Errorf("piece: %w", err)
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b Piece) int { return cmp.Compare(a.Name, b.Name) })
	return out, nil
}

func (s *redisStore) Route(ctx context.Context, p bot.Place) error {
	p.Thread = ""
	if _, same := s.known.Load(p); same {
		return nil
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	if err := s.db.HSet(ctx, s.routes(homeIn(p)), string(p.ID), body).Err(); err != nil {
		return bot.Unavailable(err)
	}
	s.known.Store(p, true)
	return nil
}

func (s *redisStore) Routes(ctx context.Context, h Home) (map[bot.PlaceID]bot.Place, error) {
	fields, err := s.db.HGetAll(ctx, s.routes(h)).Result()
	if err != nil {
		return nil, bot.Unavailable(err)
	}
	out := map[bot.PlaceID]bot.Place{}
	for id, body := range fields {
		var p bot.Place
		if err := json.Unmarshal([]byte(body), &p); err != nil {
			return nil, fmt.Errorf("route: %w", err)
		}
		out[bot.PlaceID(id)] = p
	}
	return out, nil
}

func (s *redisStore) Count(ctx context.Context, h Home, space bot.SpaceID, c Counted) error {
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = s.db.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.HSet(ctx, s.trend(h, space), c.Meeting, body)
		p.SAdd(ctx, s.trends(h), s.trend(h, space))
		return nil
	})
	if err != nil {
		return bot.Unavailable(err)
	}
	all, err := s.Counts(ctx, h, space)
	for i := 0; err == nil && i < len(all)-trendOf; i++ {
		err = bot.Unavailable(s.db.HDel(ctx, s.trend(h, space), all[i].Meeting).Err())
	}
	return err
}

func (s *redisStore) Counts(ctx context.Context, h Home, space bot.SpaceID) ([]Counted, error) {
	fields, err := s.db.HGetAll(ctx, s.trend(h, space)).Result()
	if err != nil {
		return nil, bot.Unavailable(err)
	}
	var out []Counted
	for id, body := range fields {
		c := Counted{Meeting: id}
		if err := json.Unmarshal([]byte(body), &c); err != nil {
			return nil, fmt.Errorf("counts: %w", err)
		}
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Counted) int {
		return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.Meeting, b.Meeting))
	})
	return out, nil
}

func (s *redisStore) Pass(ctx context.Context, value string, seat Seat) error {
	body, err := json.Marshal(seat)
	if err != nil {
		return err
	}
	return bot.Unavailable(s.db.Set(ctx, s.pass(homeOf(seat.Owner), value), body, passLife).Err())
}

func (s *redisStore) Use(ctx context.Context, h Home, value string) (Seat, error) {
	return seatFrom(s.db.GetDel(ctx, s.pass(h, value)).Result())
}

func (s *redisStore) Sit(ctx context.Context, value string, seat Seat) error {
	body, err := json.Marshal(seat)
	if err != nil {
		return err
	}
	return bot.Unavailable(s.db.Set(ctx, s.seat(homeOf(seat.Owner), value), body, seatLife).Err())
}

func (s *redisStore) Seated(ctx context.Context, h Home, value string) (Seat, error) {
	return seatFrom(s.db.Get(ctx, s.seat(h, value)).Result())
}

func seatFrom(body string, err error) (Seat, error) {
	var seat Seat
	switch {
	case errors.Is(err, redis.Nil):
		return seat, bot.ErrNotFound
	case err != nil:
		return seat, bot.Unavailable(err)
	}
	if err := json.Unmarshal([]byte(body), &seat); err != nil {
		return seat, fmt.Errorf("seat: %w", err)
	}
	return seat, nil
}
