package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Deliver sends what the outbox hands over. A *SendError with a passing
// reason means: later. Parts that carry a mark are not sent again.
func (b *Bot) Deliver(ctx context.Context, d Delivery) error {
	err := b.deliver(ctx, d)
	var failed *SendError
	if d.Else == nil || !errors.As(err, &failed) || failed.Reason.Passing() || failed.Reason == TooLate {
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
		if err := b.send(ctx, s, d, p, to, only); err != nil {
			return err
		}
	}
	return nil
}

// step is one call to the platform.
type step func(context.Context) (MessageID, error)

// send puts one part on the platform. Where that takes several steps (a card
// that had to be split, a file) each has a mark, so that a retry goes on where
// it stopped; the last one's is the part's own.
func (b *Bot) send(ctx context.Context, s Sender, d Delivery, p Part, to Place, only *User) error {
	mark := Mark{Place: to}
	steps := steps(s, p, to, only)
	for i, do := range steps {
		key := p.Key
		if i < len(steps)-1 {
			key = fmt.Sprint(p.Key, pieceMark, i)
		}
		m, err := b.o.Outbox.Sent(ctx, d, key)
		if errors.Is(err, ErrNotFound) {
			m, err = b.once(ctx, d, key, mark, do)
		}
		if err != nil {
			return err
		}
		mark.Messages = append(mark.Messages, m.Messages...)
	}
	return nil
}

// once takes one step and marks it, even when ctx ends in between: without the
// mark the step would be taken again. The part's own mark holds what the steps
// before it sent.
func (b *Bot) once(ctx context.Context, d Delivery, key string, before Mark, do step) (Mark, error) {
	began := time.Now()
	id, err := do(ctx)
	b.o.Meter.Sent(d.Platform, sendReason(err), time.Since(began))
	if err != nil {
		return Mark{}, err
	}
	own := Mark{Place: before.Place, Messages: []MessageID{id}}
	kept := own
	if !strings.Contains(key, pieceMark) {
		kept.Messages = append(slices.Clone(before.Messages), id)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	return own, b.o.Outbox.MarkSent(ctx, d, key, kept)
}

// sendReason is why a platform did not take a message; "" when it did.
func sendReason(err error) Reason {
	var failed *SendError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &failed):
		return failed.Reason
	}
	return ServerFault
}

// steps is what it takes to send a part: its card in as many pieces as the
// platform needs, then its file.
func steps(s Sender, p Part, to Place, only *User) []step {
	var all []step
	if p.File == nil || p.Card.Summary != "" || len(p.Card.Blocks) > 0 {
		for _, c := range s.Split(p.Card) {
			all = append(all, func(ctx context.Context) (MessageID, error) { return s.Send(ctx, to, only, c) })
		}
	}
	if p.File != nil {
		all = append(all, func(ctx context.Context) (MessageID, error) { return upload(ctx, s, *p.File, to) })
	}
	return all
}

func upload(ctx context.Context, s Sender, f FileRef, to Place) (MessageID, error) {
	up, ok := s.(Uploader)
	if !ok {
		return "", &SendError{Reason: Invalid, Err: errors.New("this platform takes no files here")}
	}
	return up.Upload(ctx, to, f, f.reader())
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
// saying what, and lets them see it; of a crisis nothing is kept for that.
func (b *Bot) offer(ctx context.Context, s Sender, d Delivery) error {
	if d.Brief {
		return b.send(ctx, s, d, Part{Key: d.Parts[0].Key + "?", Card: Say(d.Lang, b.o.Words(d.Lang, "core.private"))}, d.Dest.Place, nil)
	}
	if err := b.o.Directory.Leave(ctx, d.Dest.User, joined(d)); err != nil {
		return err
	}
	card := Say(d.Lang, b.o.Words(d.Lang, "core.left"))
	card.Blocks = append(card.Blocks, Buttons{Buttons: []Button{{
		Action: actionShow, Label: b.o.Words(d.Lang, "core.show"), Command: b.o.Words(d.Lang, "core.show"),
	}}})
	return b.send(ctx, s, d, Part{Key: d.Parts[0].Key + "?", Card: card}, d.Dest.Place, nil)
}

// joined is all parts of a delivery as one card.
func joined(d Delivery) Card {
	card := d.Parts[0].Card
	for _, p := range d.Parts[1:] {
		card.Blocks = append(card.Blocks[:len(card.Blocks):len(card.Blocks)], p.Card.Blocks...)
	}
	return card
}

// replace puts a card in the place of an earlier one, or sends it anew where
// that one is gone or the platform cannot.
func (b *Bot) replace(ctx context.Context, s Sender, d Delivery) error {
	old, err := b.o.Outbox.Sent(ctx, d, d.Dest.Replaces)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	to := d.Dest.Place
	if old.Place.ID != "" {
		to = old.Place
	}
	if up, ok := s.(Updater); ok && len(old.Messages) > 0 {
		last := old.Messages[len(old.Messages)-1]
		err := up.Update(ctx, to, last, d.Parts[0].Card)
		var failed *SendError
		if err == nil {
			return b.o.Outbox.MarkSent(ctx, d, d.Parts[0].Key, Mark{Place: to, Messages: []MessageID{last}})
		}
		if !errors.As(err, &failed) || failed.Reason.Passing() || failed.Reason == AuthFailed {
			return err
		}
	}
	if to.ID == "" {
		return &SendError{Reason: Unreachable, Err: errors.New("the card to replace is gone, and it is not known where it was")}
	}
	return b.parts(ctx, s, d, to, nil)
}
