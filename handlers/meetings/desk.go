package meetings

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/meetings/transcript"
)

// chat is the messages that a draft rests on, with the names of the people
// who wrote them.
func (h *Handler) chat(ctx context.Context, m Meeting) (transcript.Transcript, error) {
	all, err := h.o.Store.Messages(ctx, m)
	if err != nil {
		return transcript.Transcript{}, err
	}
	if m.Live {
		return h.collected(ctx, m, all)
	}
	t := m.known()
	t.Messages = typed(all, nil)
	return t, nil
}

// show is the draft again, or how far it has come.
func (h *Handler) show(ctx context.Context, a asked) (bot.Reply, error) {
	m, err := h.mine(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	switch m.State {
	case Announcing, Collecting:
		return only(a.say("show.collecting")), nil
	case Drawing:
		return only(a.say("draw.still")), nil
	case Gathering:
		card, more, err := h.gathered(ctx, a, m, nil)
		return only(card).And(more), err
	}
	if m.Draft == nil {
		return bot.Reply{}, refuse(a.word("no_draft"))
	}
	// Sent anew, so that the cards stand below each other again; from now on
	// these are the ones that change.
	m, err = h.o.Store.Change(ctx, m.home(), m.ID, a.ID, func(m *Meeting) error { m.Shown++; return nil })
	if err != nil {
		return bot.Reply{}, err
	}
	return only(a.headCard(m, h.o.Page(m.Owner.Platform) != "")).And(a.partCards(m)), nil
}

// how is what can be typed.
func (h *Handler) how(_ context.Context, a asked) (bot.Reply, error) {
	facts := bot.Facts{}
	for _, v := range h.verbs {
		phrases := v.en
		if a.lang == bot.Welsh {
			phrases = v.cy
		}
		if len(phrases) == 0 || v.id == "show" {
			continue
		}
		facts.Rows = append(facts.Rows, bot.Fact{Label: a.word("command") + " " + phrases[0], Value: a.word("how." + v.id)})
	}
	lead := a.word("how.lead")
	return only(bot.Card{Summary: lead, Lang: a.lang, Blocks: []bot.Block{bot.Para(lead), facts}}), nil
}

// mostListed is how many overviews are listed.
const mostListed = 12

// own is the overviews of whoever asks, the newest first.
func (h *Handler) own(ctx context.Context, a asked) ([]Meeting, error) {
	all, err := h.o.Store.All(ctx, homeOf(a.From))
	return slices.DeleteFunc(all, func(m Meeting) bool { return m.Owner != a.From }), err
}

func (h *Handler) list(ctx context.Context, a asked) (bot.Reply, error) {
	all, err := h.own(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(all) == 0 {
		return only(a.say("none")), nil
	}
	lead := a.word("list.lead")
	card := bot.Card{Summary: lead, Lang: a.lang, Blocks: []bot.Block{bot.Para(lead)}}
	row := bot.Buttons{}
	facts := bot.Facts{}
	for i, m := range all[:min(len(all), mostListed)] {
		n := strconv.Itoa(i + 1)
		facts.Rows = append(facts.Rows, bot.Fact{Label: n + ". " + a.nameOf(m), Value: a.word("state."+string(m.State)) + ", " + m.Made.In(m.zone()).Format("02/01/2006")})
		b := a.button("open", n, bot.Plain)
		b.Value, b.Label = m.ID, a.word("button.open")+" "+n
		row.Buttons = append(row.Buttons, b)
	}
	return only(withBlocks(card, facts, row)), nil
}

func (s speaker) nameOf(m Meeting) string {
	if m.Draft != nil && m.Draft.Overview.Title != "" {
		return m.Draft.Overview.Title
	}
	return orElse(m.Facts.Title, s.word("head.untitled"))
}

// open turns to another overview, by its number in the list.
func (h *Handler) open(ctx context.Context, a asked) (bot.Reply, error) {
	all, err := h.own(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	i := slices.IndexFunc(all, func(m Meeting) bool { return m.ID == a.args })
	if n, err := strconv.Atoi(plain(a.args)); i < 0 && err == nil {
		i = n - 1
	}
	if i < 0 || i >= len(all) {
		return bot.Reply{}, refuse(a.word("open.how"))
	}
	if err := h.o.Store.SetDesk(ctx, a.From, all[i].ID); err != nil {
		return bot.Reply{}, err
	}
	return h.show(ctx, a)
}

// delete removes an overview and its messages, after a second word.
func (h *Handler) delete(ctx context.Context, a asked) (bot.Reply, error) {
	m, err := h.mine(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	if yes, _ := a.onOff(); !yes {
		text := a.word("delete.sure", words.Data{"Name": a.nameOf(m)})
		b := a.button("delete", a.word("yes"), bot.Danger)
		return only(bot.Card{Summary: text, Lang: a.lang, Blocks: []bot.Block{bot.Para(text), bot.Buttons{Buttons: []bot.Button{b}}}}), nil
	}
	if err := h.o.Store.Delete(ctx, m); err != nil {
		return bot.Reply{}, err
	}
	return only(a.say("delete.done")), nil
}

// more goes back to gathering, because another piece was found.
func (h *Handler) more(ctx context.Context, a asked) (bot.Reply, error) {
	m, err := h.mine(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	pieces, err := h.o.Store.Pieces(ctx, m)
	if err != nil {
		return bot.Reply{}, err
	}
	if m.Live || len(pieces) == 0 || m.State == Published {
		return bot.Reply{}, refuse(a.word("more.no"))
	}
	_, err = h.o.Store.Change(ctx, m.home(), m.ID, a.ID, func(m *Meeting) error {
		m.State, m.Made = Gathering, h.o.Clock.Now()
		return nil
	})
	return only(a.say("more.yes")), err
}

// mostEvidence is how many messages one card shows.
const mostEvidence = 40

// evidence shows the messages behind a part, here and nowhere else.
func (h *Handler) evidence(ctx context.Context, a asked) (bot.Reply, error) {
	part, err := a.one()
	if err != nil {
		return bot.Reply{}, err
	}
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	if a.In.Kind != bot.DirectChat {
		return bot.Reply{}, refuse(a.word("evidence.where"))
	}
	v, err := m.Draft.view(part)
	if err != nil {
		return bot.Reply{}, refuse(a.word("part.none"))
	}
	all, err := h.o.Store.Messages(ctx, m)
	if err != nil {
		return bot.Reply{}, err
	}
	list := bot.List{}
	for _, msg := range all {
		if slices.Contains(v.Messages, msg.ID) && len(list.Items) < mostEvidence {
			list.Items = append(list.Items, m.line(msg))
		}
	}
	if len(list.Items) == 0 {
		return only(a.say("evidence.none")), nil
	}
	lead := a.word("evidence.lead", words.Data{"Part": a.partTitle(v)})
	return only(bot.Card{Summary: lead, Lang: a.lang, Blocks: []bot.Block{bot.Heading{Text: lead}, list, bot.Small(a.word("evidence.note"))}}), nil
}

// quote puts somebody's exact words into a theme: “quote 2 m12: the words”.
func (h *Handler) quote(ctx context.Context, a asked) (bot.Reply, error) {
	head, text, ok := strings.Cut(a.raw, ":")
	f := strings.Fields(a.args)
	if !ok || len(f) < 3 || len(strings.Fields(head)) < 3 {
		return bot.Reply{}, refuse(a.word("quote.how"))
	}
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	msg, err := h.message(ctx, a, m, f[1])
	if err != nil {
		return bot.Reply{}, err
	}
	text = strings.Trim(strings.TrimSpace(text), "“”\"")
	if len(strings.Fields(text)) < 2 || !strings.Contains(msg.Text, text) {
		return bot.Reply{}, refuse(a.word("quote.exact", words.Data{"Message": f[1]}))
	}
	part := a.partName(f[0])
	sentence := fmt.Sprintf(h.speak(bot.English).word("quote.sentence"), text)
	if m, err = h.alterIn(ctx, a, m, func(d *Draft) error { return d.quote(part, sentence, msg.ID) }); err != nil {
		return bot.Reply{}, err
	}
	return h.shown(a, m, part), nil
}

func (h *Handler) setLists(ctx context.Context, a asked) (bot.Reply, error) {
	return h.switchOf(ctx, a, "lists", func(d *Draft, on bool) { d.Lists = on })
}

func (h *Handler) setChart(ctx context.Context, a asked) (bot.Reply, error) {
	return h.switchOf(ctx, a, "chart", func(d *Draft, on bool) { d.NoChart = !on })
}

func (h *Handler) switchOf(ctx context.Context, a asked, what string, set func(*Draft, bool)) (bot.Reply, error) {
	on, ok := a.onOff()
	if !ok {
		return bot.Reply{}, refuse(a.word(what + ".how"))
	}
	if _, err := h.alter(ctx, a, func(d *Draft) error { set(d, on); return nil }); err != nil {
		return bot.Reply{}, err
	}
	return only(a.say(what + "." + switched(on))), nil
}

// forms is who takes which form.
func (h *Handler) forms() map[string]bot.HandlerFunc {
	return map[string]bot.HandlerFunc{"facts": h.filled, "part": h.submittedPart, "merging": h.submittedMerge}
}

// tidyJob looks each hour for what has had its time.
const tidyJob = "meetings.tidy"

// mostCollecting is how long a collection may run that nobody stops.
const mostCollecting = 12 * time.Hour

// tidy purges the messages whose time has come and stops what was forgotten.
func (h *Handler) tidy(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	tick, _ := ev.What.(bot.Tick)
	homes, err := h.o.Store.Homes(ctx, tick.Shard)
	if err != nil {
		return bot.Reply{}, err
	}
	var reply bot.Reply
	for _, home := range homes {
		all, err := h.o.Store.All(ctx, home)
		if err != nil {
			return bot.Reply{}, err
		}
		for _, m := range all {
			r, err := h.tidyOne(ctx, ev, m)
			if err != nil {
				return bot.Reply{}, err
			}
			reply = reply.And(r)
		}
	}
	return reply, nil
}

func (h *Handler) tidyOne(ctx context.Context, ev bot.Event, m Meeting) (bot.Reply, error) {
	now := h.o.Clock.Now()
	switch {
	case m.State == Collecting && now.Sub(m.Since) > mostCollecting:
		own := ev
		own.ID = ev.ID + "/" + bot.EventID(m.ID)
		return h.close(ctx, own, m)
	case !m.Purged && !m.Purge.IsZero() && now.After(m.Purge):
		return bot.Reply{}, spent(ctx, h.o.Store, m)
	}
	return bot.Reply{}, nil
}
