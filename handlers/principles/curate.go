package principles

import (
	"context"
	"fmt"
	"strings"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/principles/kb"
)

// shownQuestions is how many one card lists; the rest come as these close.
const shownQuestions = 15

// list shows a curator what had no answer, the most asked first, without
// saying who asked.
func (h *Handler) list(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	qs, err := h.store.Questions(ctx, homeOf(ev.From))
	if err != nil {
		return bot.Reply{}, err
	}
	if len(qs) == 0 {
		return only(bot.Say(ev.Lang, h.say(ev.Lang, "questions.none"))), nil
	}
	title := h.words.Count(ev.Lang, "questions.title", len(qs))
	card := bot.Card{Summary: title, Lang: ev.Lang, Blocks: []bot.Block{bot.Heading{Text: title}}}
	for _, g := range grouped(qs[:min(len(qs), shownQuestions)]) {
		card.Blocks = append(card.Blocks, h.group(g, ev.Lang)...)
	}
	card.Blocks = append(card.Blocks, bot.Small(h.say(ev.Lang, "questions.how")))
	return only(card), nil
}

// group is one cluster of questions: each with its number, and a button that
// closes it.
func (h *Handler) group(g []Question, lang bot.Lang) []bot.Block {
	var l bot.List
	var b bot.Buttons
	for _, q := range g {
		l.Items = append(l.Items, []bot.Span{{Text: q.ID + " ", Bold: true}, {Text: fmt.Sprintf("%s (%d×)", q.Words, q.Times)}})
		b.Buttons = append(b.Buttons, bot.Button{
			Action: "principles.close", Value: q.ID,
			Label:   h.say(lang, "questions.close", words.Data{"ID": q.ID}),
			Command: h.say(lang, "questions.command", words.Data{"ID": q.ID}),
		})
	}
	return []bot.Block{l, b}
}

// grouped puts questions that share most of their words side by side.
func grouped(qs []Question) [][]Question {
	var out [][]Question
next:
	for _, q := range qs {
		for i, g := range out {
			if alike(q.Words, g[0].Words) && len(g) < 5 {
				out[i] = append(g, q)
				continue next
			}
		}
		out = append(out, []Question{q})
	}
	return out
}

// alike reports whether two texts share at least half of their stems.
func alike(a, b string) bool {
	in := map[string]bool{}
	for _, w := range strings.Fields(sameQuestion(a)) {
		in[w] = true
	}
	both, all := 0, len(in)
	for _, w := range strings.Fields(sameQuestion(b)) {
		if in[w] {
			both++
		} else {
			all++
		}
	}
	return 2*both >= all
}

// Open puts a question that was left open elsewhere on the curators' list: its
// words, and nobody's name. of says whose installation it is; ev makes a
// repeat harmless.
func (h *Handler) Open(ctx context.Context, of bot.User, words string, lang bot.Lang, ev bot.EventID) error {
	q := Question{Words: masked(words), Lang: lang, First: h.clock.Now()}
	_, err := h.store.Log(ctx, homeOf(of), sameQuestion(words), q, ev)
	return err
}

// close takes a question off the list: it is answered elsewhere, or not ours.
func (h *Handler) close(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	id := strings.ToUpper(ev.Args)
	if p, ok := ev.What.(bot.Pressed); ok {
		id = p.Value
	}
	if err := h.store.Close(ctx, homeOf(ev.From), id); err != nil {
		return bot.Reply{}, err
	}
	return only(bot.Say(ev.Lang, h.say(ev.Lang, "questions.closed", words.Data{"ID": id}))), nil
}

// ratings shows what people made of the answers, the least liked first.
func (h *Handler) ratings(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	rs, err := h.store.Ratings(ctx, homeOf(ev.From))
	if err != nil {
		return bot.Reply{}, err
	}
	if len(rs) == 0 {
		return only(bot.Say(ev.Lang, h.say(ev.Lang, "ratings.none"))), nil
	}
	t := bot.Table{Header: []string{h.say(ev.Lang, "ratings.entry"), h.say(ev.Lang, "ratings.up"), h.say(ev.Lang, "ratings.down")}}
	for _, r := range rs {
		t.Rows = append(t.Rows, []string{h.title(r.Entry, ev.Lang), fmt.Sprint(r.Up), fmt.Sprint(r.Down)})
	}
	title := h.say(ev.Lang, "ratings.title")
	return only(bot.Card{Summary: title, Lang: ev.Lang, Blocks: []bot.Block{bot.Heading{Text: title}, t}}), nil
}

func (h *Handler) title(id string, lang bot.Lang) string {
	if e := h.know.Base().Entry(id); e != nil {
		return e.Title.In(string(lang))
	}
	return id
}

// recheck looks, each hour, whether the knowledge base can answer by now what
// it could not: then those who wished it are told, and the question closes.
func (h *Handler) recheck(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	tick, _ := ev.What.(bot.Tick)
	homes, err := h.store.Homes(ctx, tick.Shard)
	if err != nil {
		return bot.Reply{}, err
	}
	var reply bot.Reply
	for _, home := range homes {
		r, err := h.recheckHome(ctx, home)
		if err != nil {
			return bot.Reply{}, err
		}
		reply = reply.And(r)
	}
	return reply, nil
}

func (h *Handler) recheckHome(ctx context.Context, home Home) (bot.Reply, error) {
	qs, err := h.store.Questions(ctx, home)
	if err != nil {
		return bot.Reply{}, err
	}
	var reply bot.Reply
	for _, q := range qs {
		res := h.Find(Asked{Text: q.Words, Lang: q.Lang})
		if res.Outcome != kb.Answer {
			continue
		}
		waiting, err := h.store.Waiting(ctx, home, q.ID)
		if err != nil {
			return bot.Reply{}, err
		}
		for _, u := range waiting {
			reply.Sends = append(reply.Sends, h.tell(u, q, res))
		}
		if len(waiting) == 0 {
			if err := h.store.Close(ctx, home, q.ID); err != nil {
				return bot.Reply{}, err
			}
		}
	}
	return reply, nil
}

func (h *Handler) tell(u bot.User, q Question, res kb.Result) bot.Send {
	card := h.Card(res, q.Lang, "")
	intro := h.say(q.Lang, "told")
	card.Summary = intro
	card.Blocks = append([]bot.Block{bot.Para(intro), bot.Quote{Spans: bot.Plainly(q.Words)}}, card.Blocks...)
	return bot.Send{To: bot.DM(u), Card: card, Key: toldPrefix + q.ID + ":" + string(u.ID)}
}

// told forgets somebody who was told, or who cannot be.
func (h *Handler) told(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	var key string
	switch w := ev.What.(type) {
	case bot.Delivered:
		key = w.Key
	case bot.Undelivered:
		key = w.Key
	}
	id, user, ok := strings.Cut(strings.TrimPrefix(key, toldPrefix), ":")
	if !ok {
		return bot.Reply{}, nil
	}
	u := bot.User{Platform: ev.In.Platform, Tenant: ev.In.Tenant, ID: bot.UserID(user)}
	return bot.Reply{}, h.store.Unwait(ctx, u, id)
}
