package meetings

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"cymar/bot"
)

// Listening reports whether the core may hand on what happens in a place: what
// is said only while it is collected, changes while messages are kept.
func (h *Handler) Listening(ctx context.Context, p bot.Place, w bot.What) (bool, error) {
	if _, said := w.(bot.Said); said {
		id, err := h.o.Store.Running(ctx, p)
		return id != "", err
	}
	kept, err := h.o.Store.Kept(ctx, p)
	return len(kept) > 0, err
}

// observe collects what is said, and follows what becomes of it.
func (h *Handler) observe(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	if ev.In.Kind == bot.DirectChat || ev.In.ID == "" {
		return bot.Reply{}, nil
	}
	switch w := ev.What.(type) {
	case bot.Said:
		if w.ToBot {
			return bot.Reply{}, h.o.Store.Route(ctx, ev.In)
		}
		return h.collect(ctx, ev, w)
	case bot.Edited:
		return h.each(ctx, ev, func(m Meeting) (bool, error) { return h.edited(ctx, ev, m, w) })
	case bot.Removed:
		return h.each(ctx, ev, func(m Meeting) (bool, error) { return h.drop(ctx, m, string(w.Message)) })
	case bot.Reacted:
		return h.each(ctx, ev, func(m Meeting) (bool, error) { return false, h.reacted(ctx, ev, m, w) })
	}
	return bot.Reply{}, nil
}

// closed reports the levels whose words are never kept, and whether their
// author may need somebody to check in.
func closed(l bot.Level) (closed, check bool) {
	return l != bot.Calm, l != bot.Calm && l != bot.PersonalData
}

func (h *Handler) collect(ctx context.Context, ev bot.Event, w bot.Said) (bot.Reply, error) {
	id, err := h.o.Store.Running(ctx, ev.In)
	if err != nil || id == "" {
		return bot.Reply{}, err
	}
	m, err := h.o.Store.Load(ctx, homeIn(ev.In), id)
	if err != nil || m.State != Collecting || ev.At.Before(m.Since) || strings.TrimSpace(w.Text) == "" {
		return bot.Reply{}, ignore(err)
	}
	if no, check := closed(ev.Found.Level); no {
		return bot.Reply{}, h.mark(ctx, ev, m, string(w.Message), check)
	}
	if asksToBeLeftOut(w.Text) {
		return h.leaveMe(ctx, h.ask(ev, ""))
	}
	out, err := h.o.Store.Out(ctx, ev.From)
	if err != nil || out {
		return bot.Reply{}, err
	}
	return bot.Reply{}, h.o.Store.Keep(ctx, m, Message{
		ID: string(w.Message), At: ev.At, User: ev.From.ID, Text: w.Text, ReplyTo: string(w.ReplyTo)})
}

// ignore lets pass that a record is gone.
func ignore(err error) error {
	if errors.Is(err, bot.ErrNotFound) {
		return nil
	}
	return err
}

// mark notes when somebody may need a check-in: the time, and nothing else.
// What is said next to somebody in danger is theirs as well, so until the draft
// is drawn it is known where that was.
func (h *Handler) mark(ctx context.Context, ev bot.Event, m Meeting, message string, check bool) error {
	if !check {
		return nil
	}
	_, err := h.o.Store.Change(ctx, m.home(), m.ID, ev.ID, func(m *Meeting) error {
		m.check(ev.At.In(m.zone()).Format("15:04"))
		if l := ev.Found.Level; l == bot.Crisis || l == bot.OtherInDanger {
			m.Quiet = append(m.Quiet, Quiet{At: ev.At, Message: bot.Digest(message)})
		}
		return nil
	})
	return err
}

// check notes a time of day, unless the facilitator was told of it before.
func (m *Meeting) check(clock string) {
	d := bot.Digest(m.ID, clock)
	if !slices.Contains(m.Marked, d) {
		m.Marked = append(m.Marked, d)
		m.Checks = append(m.Checks, clock)
		slices.Sort(m.Checks)
	}
}

func (m Meeting) zone() *time.Location {
	if z, err := time.LoadLocation(m.Zone); err == nil && m.Zone != "" {
		return z
	}
	return bot.Space{}.Location()
}

// each follows a change in every meeting that keeps messages of the place, and
// marks the drafts that rest on what changed.
func (h *Handler) each(ctx context.Context, ev bot.Event, do func(Meeting) (bool, error)) (bot.Reply, error) {
	ids, err := h.o.Store.Kept(ctx, ev.In)
	if err != nil {
		return bot.Reply{}, err
	}
	var reply bot.Reply
	for _, id := range ids {
		m, err := h.o.Store.Load(ctx, homeIn(ev.In), id)
		if errors.Is(err, bot.ErrNotFound) {
			continue
		}
		if err != nil {
			return bot.Reply{}, err
		}
		changed, err := do(m)
		if err != nil {
			return bot.Reply{}, err
		}
		if changed {
			r, err := h.outdate(ctx, m)
			if err != nil {
				return bot.Reply{}, err
			}
			reply = reply.And(r)
		}
	}
	return reply, nil
}

// outdated marks the draft, or the one that is being drawn just now, which may
// rest on what was read before. That an earlier change was looked at says
// nothing of this one.
func (m *Meeting) outdated() {
	m.Stale = m.Draft != nil || m.State == Drawing
	delete(m.Settled, riskID(riskStale, ""))
}

// outdate marks a draft whose messages changed, and tells the facilitator
// once a round.
func (h *Handler) outdate(ctx context.Context, m Meeting) (bot.Reply, error) {
	m, err := h.o.Store.Change(ctx, m.home(), m.ID, "", func(m *Meeting) error {
		m.outdated()
		return nil
	})
	if err != nil || !m.Stale || m.State == Drawing {
		return bot.Reply{}, ignore(err)
	}
	say := h.speak(m.Lang)
	card := say.say("stale." + string(m.State.after()))
	if m.State != Published {
		card.Blocks = append(card.Blocks, bot.Buttons{Buttons: []bot.Button{say.button("draw", "", bot.Plain)}})
	}
	return labelled(bot.Reply{Sends: []bot.Send{{To: bot.DM(m.Owner), Card: card, Key: m.key("stale")}}}, m.ID), nil
}

// after is whether an overview was published yet, as words tell it apart.
func (s State) after() State {
	if s == Published {
		return Published
	}
	return Reviewing
}

func (h *Handler) edited(ctx context.Context, ev bot.Event, m Meeting, w bot.Edited) (bool, error) {
	no, check := closed(ev.Found.Level)
	changed := false
	there, err := h.o.Store.Alter(ctx, m, string(w.Message), func(msg *Message) bool {
		changed = no || msg.Text != w.Text
		msg.Text, msg.Edited = w.Text, ev.At
		return !no
	})
	if err != nil || !there {
		return false, err
	}
	if no {
		err = h.mark(ctx, ev, m, string(w.Message), check)
	}
	return changed, err
}

// drop takes a message out. While a meeting is collected its removal may come
// before the message itself, which is then not to be kept.
func (h *Handler) drop(ctx context.Context, m Meeting, message string) (bool, error) {
	there, err := h.o.Store.Alter(ctx, m, message, func(*Message) bool { return false })
	if err != nil || there || m.State != Collecting {
		return there, err
	}
	return false, h.o.Store.Bury(ctx, m, message)
}

func (h *Handler) reacted(ctx context.Context, ev bot.Event, m Meeting, w bot.Reacted) error {
	who := person(ev.From)
	out, err := h.o.Store.Out(ctx, ev.From)
	if err != nil || out {
		return err
	}
	_, err = h.o.Store.Alter(ctx, m, string(w.Message), func(msg *Message) bool {
		msg.unreact(who, w.Name)
		if !w.Gone {
			if msg.Reactions == nil {
				msg.Reactions = map[string][]string{}
			}
			msg.Reactions[w.Name] = append(msg.Reactions[w.Name], who)
		}
		return true
	})
	return err
}
