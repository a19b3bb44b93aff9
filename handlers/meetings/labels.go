package meetings

import (
	"context"
	"strings"

	"cymar/bot"
)

// labelled writes into the buttons of a reply's cards which overview they are
// about: a card stays in the chat, and by the time somebody presses it another
// overview may lie on their desk.
func labelled(r bot.Reply, id string) bot.Reply {
	if id == "" {
		return r
	}
	for i := range r.Sends {
		r.Sends[i].Card = labelledCard(r.Sends[i].Card, id)
		if other := r.Sends[i].Else; other != nil {
			copied := *other
			copied.Card = labelledCard(other.Card, id)
			r.Sends[i].Else = &copied
		}
	}
	if r.Now != nil && r.Now.Card != nil {
		now, card := *r.Now, labelledCard(*r.Now.Card, id)
		now.Card = &card
		r.Now = &now
	}
	return r
}

func labelledCard(c bot.Card, id string) bot.Card {
	blocks := make([]bot.Block, len(c.Blocks))
	for i, b := range c.Blocks {
		if row, ok := b.(bot.Buttons); ok {
			buttons := make([]bot.Button, len(row.Buttons))
			for k, one := range row.Buttons {
				buttons[k] = labelledButton(one, id)
			}
			row.Buttons = buttons
			b = row
		}
		blocks[i] = b
	}
	if c.Blocks != nil {
		c.Blocks = blocks
	}
	return c
}

// labelMark begins the value of a button that says which overview it is about.
const labelMark = "@"

func labelledButton(b bot.Button, id string) bot.Button {
	verb, ours := strings.CutPrefix(b.Action, "meetings.")
	if ours && !ofNone[verb] && !strings.HasPrefix(b.Value, labelMark) {
		b.Value = strings.TrimSpace(labelMark + id + " " + b.Value)
	}
	return b
}

// ofNone are the verbs that are about no overview, or name one themselves.
var ofNone = map[string]bool{"open": true, "list": true, "how": true, "start": true, "stop": true, "auto": true, "leave": true, "rejoin": true}

// unlabelled gives which overview a button is about, "" where it does not say,
// and the button's own value.
func unlabelled(value string) (id, own string) {
	if !strings.HasPrefix(value, labelMark) {
		return "", value
	}
	id, own, _ = strings.Cut(strings.TrimPrefix(value, labelMark), " ")
	return id, own
}

// about does a verb, and labels what it shows. A button of another overview
// than the one on the desk lays its own there: that is what is worked on now.
func (h *Handler) about(ctx context.Context, a asked, do doing) (bot.Reply, error) {
	if a.on != "" {
		if _, err := h.mine(ctx, a); err != nil {
			return bot.Reply{}, err
		}
		if err := h.o.Store.SetDesk(ctx, a.From, a.on); err != nil {
			return bot.Reply{}, err
		}
	}
	r, err := do(ctx, a)
	if err != nil {
		return r, err
	}
	id, err := h.o.Store.Desk(ctx, a.From)
	return labelled(r, id), err
}

// submitted does what a form asks for, and labels what it shows with the
// overview for which the form was opened.
func submitted(do bot.HandlerFunc) bot.HandlerFunc {
	return func(ctx context.Context, ev bot.Event) (bot.Reply, error) {
		r, err := do(ctx, ev)
		w, _ := ev.What.(bot.Submitted)
		id, _, _ := strings.Cut(w.State, "/")
		return labelled(r, id), err
	}
}
