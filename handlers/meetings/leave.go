package meetings

import (
	"context"
	"slices"
	"strings"

	"cymar/bot"
)

// leaving is what people write to each other when they wish to be left out,
// without speaking to the bot.
var leaving = []string{
	"leave me out", "please leave me out", "leave my messages out", "please leave my messages out", "keep me out of the overview",
	"don't include me", "please don't include me", "don't include my messages", "gadael fi allan", "gadewch fi allan", "peidiwch â fy nghynnwys",
}

// asksToBeLeftOut reports whether a short message asks for that and nothing else.
func asksToBeLeftOut(text string) bool {
	said := strings.Fields(text)
	return len(said) <= 12 && slices.ContainsFunc(leaving, func(p string) bool { return begins(said, p) })
}

// leaveMe leaves a person out from now on, and takes out what is there.
func (h *Handler) leaveMe(ctx context.Context, a asked) (bot.Reply, error) {
	if err := h.o.Store.SetOut(ctx, a.From, true, h.o.Clock.Now()); err != nil {
		return bot.Reply{}, err
	}
	reply, err := h.dropAll(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	card := a.say("out.done")
	card.Blocks = append(card.Blocks, bot.Buttons{Buttons: []bot.Button{a.button("rejoin", "", bot.Plain)}})
	return only(card).And(reply), nil
}

// takeMe ends that; what was left out stays out.
func (h *Handler) takeMe(ctx context.Context, a asked) (bot.Reply, error) {
	if err := h.o.Store.SetOut(ctx, a.From, false, h.o.Clock.Now()); err != nil {
		return bot.Reply{}, err
	}
	return only(a.say("out.back")), nil
}

// dropAll removes a person's messages, and the reactions they gave, from all
// meetings that keep any.
func (h *Handler) dropAll(ctx context.Context, a asked) (bot.Reply, error) {
	all, err := h.o.Store.All(ctx, homeOf(a.From))
	if err != nil {
		return bot.Reply{}, err
	}
	var reply bot.Reply
	for _, m := range all {
		if !m.Live || m.Purged {
			continue
		}
		msgs, err := h.o.Store.Messages(ctx, m)
		if err != nil {
			return bot.Reply{}, err
		}
		if err := h.unreactAll(ctx, m, msgs, person(a.From)); err != nil {
			return bot.Reply{}, err
		}
		r, err := h.dropFrom(ctx, m, slices.DeleteFunc(msgs, func(msg Message) bool { return msg.User != a.From.ID }))
		if err != nil {
			return bot.Reply{}, err
		}
		reply = reply.And(r)
	}
	return reply, nil
}

// unreactAll takes a person's reactions away, who gives no weight any more.
func (h *Handler) unreactAll(ctx context.Context, m Meeting, msgs []Message, who string) error {
	for _, msg := range msgs {
		if !msg.reactedBy(who) {
			continue
		}
		if _, err := h.o.Store.Alter(ctx, m, msg.ID, func(x *Message) bool { x.unreact(who, ""); return true }); err != nil {
			return err
		}
	}
	return nil
}

func (m Message) reactedBy(who string) bool {
	for _, people := range m.Reactions {
		if slices.Contains(people, who) {
			return true
		}
	}
	return false
}

// dropFrom removes messages and marks the draft that may rest on them.
func (h *Handler) dropFrom(ctx context.Context, m Meeting, msgs []Message) (bot.Reply, error) {
	for _, msg := range msgs {
		if _, err := h.drop(ctx, m, msg.ID); err != nil {
			return bot.Reply{}, err
		}
	}
	if len(msgs) == 0 {
		return bot.Reply{}, nil
	}
	return h.outdate(ctx, m)
}

// leaveThis takes out one message: the one that was answered where it is the
// person's own, else the last one they wrote.
func (h *Handler) leaveThis(ctx context.Context, a asked) (bot.Reply, error) {
	said, _ := a.What.(bot.Said)
	all, err := h.o.Store.All(ctx, homeOf(a.From))
	if err != nil {
		return bot.Reply{}, err
	}
	for _, m := range all { // the newest first
		if !m.Live || m.Purged || a.In.Kind != bot.DirectChat && !m.Place.Same(a.In) {
			continue
		}
		msgs, err := h.o.Store.Messages(ctx, m)
		if err != nil {
			return bot.Reply{}, err
		}
		if i := theirs(msgs, a.From.ID, string(said.ReplyTo)); i >= 0 {
			r, err := h.dropFrom(ctx, m, msgs[i:i+1])
			return only(a.say("this.done")).And(r), err
		}
	}
	return bot.Reply{}, refuse(a.word("this.none"))
}

// theirs is the message meant: the one that was answered, else the last.
func theirs(msgs []Message, who bot.UserID, answered string) int {
	last := -1
	for i, msg := range msgs {
		if msg.User != who {
			continue
		}
		if answered != "" && msg.ID == answered {
			return i
		}
		last = i
	}
	return last
}
