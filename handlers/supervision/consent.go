package supervision

import (
	"context"
	"strings"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/when"
)

// mentioned takes a person, and perhaps a kind, or nothing, to be told how.
func mentioned(args string) bool {
	return args == "" || short(args, 6) && strings.Contains(args, "@") || isKind(args)
}

// share asks the supervisor whether they wish the same reminder. Both have to
// agree; nobody else is ever told.
func (h *Handler) share(ctx context.Context, a asked) (bot.Reply, error) {
	k, ask, err := h.which(ctx, a, "share")
	if err != nil {
		return bot.Reply{}, err
	}
	who, known, err := h.supervisor(ctx, a, k)
	switch {
	case err != nil:
		return bot.Reply{}, err
	case ask != nil || !known:
		return bot.Reply{}, refuse(a.word("share.how"))
	case who.ID == a.From.ID:
		return bot.Reply{}, refuse(a.word("oneself"))
	}
	_, err = h.change(ctx, a, true, func(r *Record) error {
		r.on(k, func(c Clock) Clock {
			c.Supervisor, c.Shared = who.ID, Asked
			return c
		})
		return nil
	})
	if err != nil {
		return bot.Reply{}, err
	}
	reply := only(a.withUndo(a.word("share.asked")))
	reply.Sends = append(reply.Sends, bot.Send{To: bot.DM(who), Card: a.request("agree", k, "share.request", string(a.From.ID)+" "+string(k))})
	return reply, nil
}

// supervisor is who was named now, or when the supervision was set up.
func (h *Handler) supervisor(ctx context.Context, a asked, k when.Kind) (bot.User, bool, error) {
	if said, _ := a.What.(bot.Said); len(said.Mentions) > 0 {
		return said.Mentions[0], len(said.Mentions) == 1, nil
	}
	r, err := h.load(ctx, a.From)
	i := r.find(k)
	if err != nil || i < 0 || r.Clocks[i].Supervisor == "" {
		return bot.User{}, false, err
	}
	return bot.User{Platform: a.From.Platform, Tenant: a.From.Tenant, ID: r.Clocks[i].Supervisor}, true, nil
}

// request is a card that asks a supervisor for something, with one button.
func (a asked) request(verb string, k when.Kind, id, value string) bot.Card {
	text := a.word(id, words.Data{"Kind": a.kind(k)})
	return bot.Card{Summary: text, Lang: a.Lang, Blocks: []bot.Block{
		bot.Text{Spans: []bot.Span{{Text: a.word("share.somebody"), Mention: a.From}, {Text: ": " + text}}},
		bot.Buttons{Buttons: []bot.Button{a.button(verb, value, a.word("button."+verb), value)}}, note(a.word("share.note"))}}
}

// theirs reads the person, the kind and perhaps a date of a request.
func theirs(args string) (u bot.UserID, k when.Kind, d calendar.Date, ok bool) {
	f := strings.Fields(args)
	if len(f) < 2 || len(f) > 3 {
		return "", "", 0, false
	}
	if len(f) == 3 {
		var err error
		if d, err = calendar.Parse(f[2]); err != nil {
			return "", "", 0, false
		}
	}
	k = when.ReadKind(f[1])
	return bot.UserID(f[0]), k, d, k != ""
}

func isTheirs(args string) bool { _, _, _, ok := theirs(args); return ok }

// agree is the supervisor's consent.
func (h *Handler) agree(ctx context.Context, a asked) (bot.Reply, error) {
	done, err := h.settleRequest(ctx, a, "share.agreed", func(c Clock, _ calendar.Date) (Clock, bool) {
		ok := c.Supervisor == a.From.ID && c.Shared != NotAsked
		if ok {
			c.Shared = Agreed
		}
		return c, ok
	})
	if err != nil {
		return bot.Reply{}, err
	}
	id, k, _, _ := theirs(a.args)
	_, err = h.change(ctx, a, false, func(r *Record) error {
		r.see(Seen{User: id, Kind: k, Since: a.today})
		return nil
	})
	return done, err
}

// settleRequest lets a supervisor change what they were asked about, and
// nothing else of somebody's record.
func (h *Handler) settleRequest(ctx context.Context, a asked, done string, do func(Clock, calendar.Date) (Clock, bool)) (bot.Reply, error) {
	id, k, d, ok := theirs(a.args)
	if !ok {
		return bot.Reply{}, refuse(a.word("share.gone"))
	}
	u := bot.User{Platform: a.From.Platform, Tenant: a.From.Tenant, ID: id}
	found := false
	_, err := h.o.Store.Change(ctx, u, func(r *Record) error {
		r.on(k, func(c Clock) Clock {
			c, found = do(c, d)
			return c
		})
		return h.look(ctx, r)
	})
	switch {
	case err != nil:
		return bot.Reply{}, err
	case !found:
		return bot.Reply{}, refuse(a.word("share.gone"))
	}
	return only(bot.Say(a.Lang, a.word(done))), nil
}

// confirm asks the supervisor to confirm that it was held.
func (h *Handler) confirmHeld(ctx context.Context, a asked) (bot.Reply, error) {
	k, ask, err := h.which(ctx, a, "confirm")
	if err != nil || ask != nil {
		return orNothing(ask), err
	}
	r, err := h.load(ctx, a.From)
	if err != nil {
		return bot.Reply{}, err
	}
	i := r.find(k)
	if i < 0 || r.Clocks[i].Shared != Agreed || r.Clocks[i].Last.Zero() {
		return bot.Reply{}, refuse(a.word("confirmheld.not"))
	}
	c := r.Clocks[i]
	to := bot.User{Platform: a.From.Platform, Tenant: a.From.Tenant, ID: c.Supervisor}
	card := a.request("confirmed", k, "confirmheld.request", string(a.From.ID)+" "+string(k)+" "+c.Last.String())
	card.Blocks = append(card.Blocks, bot.Facts{Rows: []bot.Fact{{Label: a.word("label.last"), Value: a.date(c.Last, a.today)}}})
	reply := only(bot.Say(a.Lang, a.word("confirmheld.asked")))
	reply.Sends = append(reply.Sends, bot.Send{To: bot.DM(to), Card: card})
	return reply, nil
}

// confirmed is the supervisor's word that it was held on that day.
func (h *Handler) confirmed(ctx context.Context, a asked) (bot.Reply, error) {
	return h.settleRequest(ctx, a, "confirmheld.done", func(c Clock, d calendar.Date) (Clock, bool) {
		ok := c.Supervisor == a.From.ID && c.Shared == Agreed && c.Last == d && !d.Zero()
		if ok {
			c.Confirmed = d
		}
		return c, ok
	})
}
