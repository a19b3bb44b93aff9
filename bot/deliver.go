package bot

import (
	"context"
	"errors"
	"fmt"
)

// Deliver sends what the outbox hands over. A *SendError with a passing
// reason means: later. Parts that carry a mark are not sent again.
func (b *Bot) Deliver(ctx context.Context, d Delivery) error {
	err := b.deliver(ctx, d)
	var failed *SendError
	if d.Else == nil || !errors.As(err, &failed) || failed.Reason.Passing() {
		return err
	}
	return b.Deliver(ctx, d.otherwise())
}

// otherwise is the fallback, under the same id and home.
func (d Delivery) otherwise() Delivery {
	e := *d.Else
	e.ID, e.Shard, e.Queue = d.ID, d.Shard, d.Queue
	return e
}

func (b *Bot) deliver(ctx context.Context, d Delivery) error {
	if !d.NotAfter.IsZero() && b.o.Clock.Now().After(d.NotAfter) {
		return &SendError{Reason: TooLate}
	}
	s := b.sender(d.Platform)
	if s == nil {
		return &SendError{Reason: Unreachable, Err: errors.New("no adapter for this platform")}
	}
	if d.Dest.Kind == ToReplace {
		return b.replace(ctx, s, d)
	}
	to, only, err := b.reach(ctx, s, d.Dest)
	if errors.Is(err, errShow) {
		return b.offer(ctx, s, d)
	}
	if err != nil {
		return err
	}
	return b.parts(ctx, s, d, to, only)
}

// parts sends what is not yet marked, in order.
func (b *Bot) parts(ctx context.Context, s Sender, d Delivery, to Place, only *User) error {
	for _, p := range d.Parts {
		_, err := b.o.Outbox.Sent(ctx, d, p.Key)
		if err == nil {
			continue
		}
		if !errors.Is(err, ErrNotFound) {
			return err
		}
		if err := b.send(ctx, s, d, p, to, only); err != nil {
			return err
		}
	}
	return nil
}

// send puts one part on the platform. A card that had to be split carries a
// mark for each piece, so that a retry goes on where it stopped.
func (b *Bot) send(ctx context.Context, s Sender, d Delivery, p Part, to Place, only *User) error {
	mark := Mark{Place: to}
	pieces := s.Split(p.Card)
	for i, c := range pieces {
		key := p.Key
		if i < len(pieces)-1 {
			key = fmt.Sprintf("%s.%d", p.Key, i)
		}
		if m, err := b.o.Outbox.Sent(ctx, d, key); err == nil {
			mark.Messages = append(mark.Messages, m.Messages...)
			continue
		} else if !errors.Is(err, ErrNotFound) {
			return err
		}
		id, err := s.Send(ctx, to, only, c)
		if err != nil {
			return err
		}
		mark.Messages = append(mark.Messages, id)
		own := Mark{Place: to, Messages: []MessageID{id}}
		if key == p.Key {
			own = mark
		}
		if err := b.o.Outbox.MarkSent(ctx, d, key, own); err != nil {
			return err
		}
	}
	return b.upload(ctx, s, p, to)
}

// upload puts the part's file beside its card.
func (b *Bot) upload(ctx context.Context, s Sender, p Part, to Place) error {
	if p.File == nil {
		return nil
	}
	up, ok := s.(Uploader)
	if !ok {
		return &SendError{Reason: Invalid, Err: errors.New("this platform takes no files here")}
	}
	_, err := up.Upload(ctx, to, *p.File, p.File.reader())
	return err
}

// errShow: the person can only be reached where they are, by a button.
var errShow = errors.New("offer to show it")

// reach finds the place of a destination and who alone may see it there.
func (b *Bot) reach(ctx context.Context, s Sender, d Dest) (Place, *User, error) {
	switch d.Kind {
	case ToDirect:
		p, err := b.direct(ctx, s, d.User)
		return p, nil, err
	case ToOnlyActor:
		if d.Place.Kind == DirectChat {
			return d.Place, nil, nil
		}
		if s.Caps().Ephemeral {
			return d.Place, &d.User, nil
		}
		p, err := b.direct(ctx, s, d.User)
		var failed *SendError
		if errors.As(err, &failed) && failed.Reason == Unreachable {
			return Place{}, nil, errShow
		}
		return p, nil, err
	}
	return d.Place, nil, nil
}

// direct is somebody's direct chat: the one we know, else a new one.
func (b *Bot) direct(ctx context.Context, s Sender, u User) (Place, error) {
	p, err := b.o.Directory.Find(ctx, u)
	if !errors.Is(err, ErrUnreachable) {
		return p, err
	}
	if o, ok := s.(Opener); ok {
		return o.Open(ctx, u)
	}
	return Place{}, &SendError{Reason: Unreachable, Err: err}
}

// offer says in the place that there is something for one person, without
// saying what, and how to see it.
func (b *Bot) offer(ctx context.Context, s Sender, d Delivery) error {
	text := b.o.Words(d.Lang, "core.private")
	card := Say(d.Lang, text)
	p := Part{Key: d.Parts[0].Key + "?", Card: card}
	return b.send(ctx, s, d, p, d.Dest.Place, nil)
}

// replace puts a card in the place of an earlier one, or sends it anew where
// that one is gone or the platform cannot.
func (b *Bot) replace(ctx context.Context, s Sender, d Delivery) error {
	old, err := b.o.Outbox.Sent(ctx, d, d.Dest.Replaces)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	up, ok := s.(Updater)
	if err != nil || !ok || len(old.Messages) == 0 {
		return b.parts(ctx, s, d, d.Dest.Place, nil)
	}
	last := old.Messages[len(old.Messages)-1]
	return up.Update(ctx, old.Place, last, d.Parts[0].Card)
}
