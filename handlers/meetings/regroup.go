package meetings

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/meetings/themes"
)

// merge puts one theme into another: “merge 3 into 2”, or by a form.
func (h *Handler) merge(ctx context.Context, a asked) (bot.Reply, error) {
	parts := a.numbers()
	if _, pressed := a.What.(bot.Pressed); pressed && len(parts) == 1 && a.Caps.Forms {
		return h.mergeForm(ctx, a, parts[0])
	}
	if len(parts) != 2 {
		return bot.Reply{}, refuse(a.word("merge.how"))
	}
	m, err := h.alter(ctx, a, func(d *Draft) error { return d.merge(parts[0], parts[1]) })
	if err != nil {
		return bot.Reply{}, err
	}
	return h.merged(a, m, parts[0], parts[1]), nil
}

func (h *Handler) merged(a asked, m Meeting, from, into string) bot.Reply {
	moved := bot.Send{To: bot.Replacing(m.partKey(from)), Card: a.say("merge.done", words.Data{"From": from, "Into": into})}
	return bot.Reply{Sends: []bot.Send{moved}}.And(h.shown(a, m, into))
}

func (h *Handler) mergeForm(ctx context.Context, a asked, from string) (bot.Reply, error) {
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	field := bot.Field{Name: "into", Label: a.word("merge.into"), Kind: bot.ChoiceField}
	for i, n := range m.Draft.Numbers {
		if into := strconv.Itoa(n); into != from {
			field.Options = append(field.Options, bot.Option{Value: into, Label: into + ": " + m.Draft.Overview.Themes[i].Title})
		}
	}
	if len(field.Options) == 0 {
		return bot.Reply{}, refuse(a.word("merge.alone"))
	}
	f := bot.Form{ID: "meetings.merging", State: m.ID + "/" + from, Lang: a.lang, Title: a.word("merge.title"), Submit: a.word("button.merge"), Fields: []bot.Field{field}}
	return bot.Reply{Now: &bot.Now{Form: &f}}, nil
}

func (h *Handler) submittedMerge(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	w, _ := ev.What.(bot.Submitted)
	id, from, _ := strings.Cut(w.State, "/")
	a := h.ask(ev, from+" "+w.Fields["into"])
	a.on = id // the one for which the form was opened, whatever is on the desk now
	return h.merge(ctx, a)
}

// move puts a message into another theme: “move m12 to 3”.
func (h *Handler) move(ctx context.Context, a asked) (bot.Reply, error) {
	f := strings.Fields(a.args)
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(f) < 2 {
		return bot.Reply{}, refuse(a.word("move.how"))
	}
	msg, err := h.message(ctx, a, m, f[0])
	if err != nil {
		return bot.Reply{}, err
	}
	into := a.partName(f[len(f)-1])
	if m, err = h.alterIn(ctx, a, m, func(d *Draft) error { return d.move(msg.ID, into) }); err != nil {
		return bot.Reply{}, err
	}
	return h.shown(a, m, m.Draft.parts()...).And(only(a.say("move.done", words.Data{"Message": f[0], "Into": into}))), nil
}

// message is the message that the facilitator calls m12.
func (h *Handler) message(ctx context.Context, a asked, m Meeting, label string) (Message, error) {
	n, err := strconv.Atoi(strings.TrimPrefix(plain(label), "m"))
	if err != nil {
		return Message{}, refuse(a.word("move.how"))
	}
	all, err := h.o.Store.Messages(ctx, m)
	if err != nil {
		return Message{}, err
	}
	for _, msg := range all {
		if msg.N == n {
			return msg, nil
		}
	}
	return Message{}, refuse(a.word("move.gone", words.Data{"Message": label}))
}

// add makes a theme of the facilitator's own, of messages that they name:
// “add Rural travel: m4 m17”.
func (h *Handler) add(ctx context.Context, a asked) (bot.Reply, error) {
	title, rest, _ := strings.Cut(a.args, ":")
	title = strings.TrimSpace(title)
	if title == "" || len([]rune(title)) > mostTitle {
		return bot.Reply{}, refuse(a.word("add.how"))
	}
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	var ids []string
	for _, label := range strings.Fields(strings.ReplaceAll(rest, ",", " ")) {
		msg, err := h.message(ctx, a, m, label)
		if err != nil {
			return bot.Reply{}, err
		}
		ids = append(ids, msg.ID)
	}
	part := ""
	if m, err = h.alterIn(ctx, a, m, func(d *Draft) error { part = d.add(title, ids); return nil }); err != nil {
		return bot.Reply{}, err
	}
	part = orElse(part, strconv.Itoa(m.Draft.Given))
	card, _ := a.partCard(m, part)
	return bot.Reply{Sends: []bot.Send{{To: bot.DM(m.Owner), Card: card, Key: m.partKey(part)}}}, nil
}

// redraw writes one theme anew from the messages that it has now.
func (h *Handler) redraw(ctx context.Context, a asked) (bot.Reply, error) {
	part, err := a.one()
	if err != nil {
		return bot.Reply{}, err
	}
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	i, err := m.Draft.theme(part)
	if err != nil {
		return bot.Reply{}, refuse(a.word("redraw.themes"))
	}
	t, err := h.chat(ctx, m)
	if err != nil {
		return bot.Reply{}, err
	}
	type drawnAgain struct {
		o   themes.Overview
		err error
	}
	out, how := await(ctx, h.hands, fmt.Sprint(m.key("redraw"), part, m.Revision), func() drawnAgain {
		o, err := themes.Redraw(t, h.options(m), m.Draft.Overview, i)
		return drawnAgain{o, err}
	})
	if how != finished {
		return bot.Reply{}, refuse(a.word("draw.busy"))
	}
	if out.err != nil {
		return bot.Reply{}, out.err
	}
	fresh := out.o.Themes[i]
	m, err = h.alterIn(ctx, a, m, func(d *Draft) error {
		i, err := d.theme(part)
		if err != nil {
			return err
		}
		d.Overview.Themes = slices.Clone(d.Overview.Themes)
		d.Overview.Themes[i] = fresh
		return nil
	})
	if err != nil {
		return bot.Reply{}, err
	}
	return h.shown(a, m, part), nil
}
