// Package principles answers questions about peer support from the knowledge
// base, with sources; says so when it does not know; keeps the words of what
// it could not answer for the curators, without the asker; and tells those who
// wished it when there is an answer.
package principles

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"regexp"
	"sort"
	"strings"
	"unicode"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/principles/kb"
	"cymar/text"
)

//go:embed words
var files embed.FS

// Knowledge is what is known at the moment; it may change while we run.
type Knowledge interface{ Base() *kb.Base }

// Handler is the job.
type Handler struct {
	words  *words.Catalogue
	know   Knowledge
	store  Store
	clock  bot.Clock
	routes map[string]bot.Handler
}

// New makes the handler. routes says who does the job that an entry with the
// outcome "routed" stands for; where nobody does, the entry's own text is said.
func New(know Knowledge, store Store, clock bot.Clock, routes map[string]bot.Handler) (*Handler, error) {
	cat, err := words.In(files, "words")
	if err != nil {
		return nil, fmt.Errorf("principles: %w", err)
	}
	return &Handler{cat, know, store, clock, routes}, nil
}

// toldPrefix begins the keys of “there is an answer now”.
const toldPrefix = "principles.told:"

// Title is what help lists the job's commands under.
func (h *Handler) Title(lang bot.Lang) string { return h.say(lang, "job") }

// Register puts the job on the router.
func (h *Handler) Register(r *bot.Router) {
	r.Answer(h)
	r.Action("principles.open", bot.Anyone, bot.HandlerFunc(h.open))
	r.Action("principles.rate", bot.Anyone, bot.HandlerFunc(h.rate))
	r.Action("principles.wait", bot.Anyone, bot.HandlerFunc(h.wait))
	r.Action("principles.close", bot.Curate, bot.HandlerFunc(h.close))
	r.Tick("principles.waiting", "7 * * * *", bot.HandlerFunc(h.recheck))
	r.Outcome(toldPrefix, bot.HandlerFunc(h.told))
	h.commands(r)
}

func (h *Handler) commands(r *bot.Router) {
	command := func(id string, needs bot.Permission, takes func(string) bool, en, cy []string, do bot.HandlerFunc) {
		r.Command(bot.Command{
			Name: en[0], Needs: needs, Args: takes != nil, Takes: takes,
			Phrases: map[bot.Lang][]string{bot.English: en, bot.Welsh: cy},
			Help:    map[bot.Lang]string{bot.English: h.say(bot.English, "help."+id), bot.Welsh: h.say(bot.Welsh, "help."+id)},
		}, do)
	}
	command("wait", bot.Anyone, nil, []string{"tell me when there is an answer"}, []string{"dwed wrtha i pan fydd ateb"}, h.wait)
	command("up", bot.Anyone, nil, []string{"helpful"}, []string{"defnyddiol"}, h.rateTyped("up"))
	command("down", bot.Anyone, nil, []string{"not helpful"}, []string{"ddim yn ddefnyddiol"}, h.rateTyped("down"))
	command("questions", bot.Curate, nil, []string{"questions"}, []string{"cwestiynau"}, h.list)
	command("close", bot.Curate, isQuestion, []string{"close question"}, []string{"cau cwestiwn"}, h.close)
	command("ratings", bot.Curate, nil, []string{"ratings"}, []string{"graddfeydd"}, h.ratings)
}

var questionID = regexp.MustCompile(`(?i)^q-\d{1,9}$`)

func isQuestion(args string) bool { return questionID.MatchString(args) }

func (h *Handler) say(lang bot.Lang, id string, data ...words.Data) string {
	return h.words.Say(lang, id, data...)
}

// Asked is one question, with what is known of its setting.
type Asked struct {
	Text   string
	Lang   bot.Lang
	Nation bot.Nation
	Last   string // the last topic of the conversation
}

// Find looks for the answer; it keeps nothing.
func (h *Handler) Find(q Asked) kb.Result {
	return h.know.Base().Find(q.query())
}

// Explain says which entries were considered, and what spoke for them.
func (h *Handler) Explain(q Asked) string { return h.know.Base().Explain(q.query()).String() }

func (q Asked) query() kb.Query {
	return kb.Query{Text: q.Text, Lang: string(q.Lang), Nation: string(q.Nation), LastTopic: q.Last}
}

// Handle answers what was said to the bot and is no command.
func (h *Handler) Handle(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	said, ok := ev.What.(bot.Said)
	if !ok {
		return bot.Reply{}, nil
	}
	if !wordy(said.Text) {
		return here(bot.Say(ev.Lang, h.say(ev.Lang, "empty"))), nil
	}
	last, err := h.store.Topic(ctx, ev.In)
	if err != nil {
		return bot.Reply{}, err
	}
	res := h.Find(Asked{said.Text, ev.Lang, ev.Space.Nation, last})
	switch res.Outcome {
	case kb.Answer:
		return here(h.Card(res, ev.Lang, ev.Space.Nation)), h.store.SetTopic(ctx, ev.In, res.Entry.ID)
	case kb.Routed:
		if to := h.routes[res.Entry.ID]; to != nil {
			return to.Handle(ctx, ev)
		}
	case kb.Unsure:
		return h.unsure(ctx, ev, said.Text, res)
	}
	return here(h.Card(res, ev.Lang, ev.Space.Nation)), nil
}

func here(c bot.Card) bot.Reply { return bot.Reply{Sends: []bot.Send{{To: bot.Here(), Card: c}}} }

func only(c bot.Card) bot.Reply { return bot.Reply{Sends: []bot.Send{{To: bot.OnlyActor(), Card: c}}} }

// wordy reports whether there is a word to go by; an emoji or a stray mark
// gets a friendly sentence instead of a search.
func wordy(s string) bool { return strings.ContainsFunc(text.Fold(s), unicode.IsLetter) }

// unsure says so. The words are kept for the curators only when the text is a
// question of ours that nobody has answered, and when it is calm: what
// somebody wrote in distress is nobody's list.
func (h *Handler) unsure(ctx context.Context, ev bot.Event, said string, res kb.Result) (bot.Reply, error) {
	if ev.Found.Level != bot.Calm || !unanswered(res) {
		return here(h.Card(res, ev.Lang, ev.Space.Nation)), nil
	}
	q := Question{Words: masked(said), Lang: ev.Lang, First: h.clock.Now()}
	q, err := h.store.Log(ctx, homeOf(ev.From), sameQuestion(said), q, ev.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	card := h.Card(res, ev.Lang, ev.Space.Nation)
	card.Blocks = append(card.Blocks, bot.Buttons{Buttons: []bot.Button{{
		Action: "principles.wait", Value: q.ID, Label: h.say(ev.Lang, "wait"), Command: h.say(ev.Lang, "wait_command"),
	}}})
	return here(card), h.store.SetTopic(ctx, ev.In, q.ID)
}

// unanswered tells a gap in the knowledge base from what is not our subject.
func unanswered(res kb.Result) bool { return res.Entry == nil || res.Entry.ID == "unknown-detail" }

var (
	private = regexp.MustCompile(`@\S+|\S+@\S+|https?://\S+|\d[\d ()-]{4,}\d`)
	spaces  = regexp.MustCompile(`\s+`)
)

const maxWords = 300

// masked takes addresses, handles and long numbers out of a question's words.
func masked(s string) string {
	s = spaces.ReplaceAllString(private.ReplaceAllString(s, "…"), " ")
	if r := []rune(strings.TrimSpace(s)); len(r) > maxWords {
		return string(r[:maxWords]) + "…"
	}
	return strings.TrimSpace(s)
}

// sameQuestion is one key for a question asked in the same words in any order.
func sameQuestion(s string) string {
	ws := text.Words(text.Fold(s))
	for i, w := range ws {
		ws[i] = text.Stem(w)
	}
	sort.Strings(ws)
	return strings.Join(ws, " ")
}

// open shows an entry that was offered as related or as “did you mean”.
func (h *Handler) open(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	pressed, _ := ev.What.(bot.Pressed)
	e := h.know.Base().Entry(pressed.Value)
	if e == nil {
		return bot.Reply{}, &bot.UserError{Text: h.say(ev.Lang, "gone")}
	}
	card := h.Card(kb.Result{Outcome: e.Outcome, Entry: e}, ev.Lang, ev.Space.Nation)
	return here(card), h.store.SetTopic(ctx, ev.In, e.ID)
}

func (h *Handler) rateTyped(way string) bot.HandlerFunc {
	return func(ctx context.Context, ev bot.Event) (bot.Reply, error) {
		topic, err := h.store.Topic(ctx, ev.In)
		if err != nil {
			return bot.Reply{}, err
		}
		ev.What = bot.Pressed{Value: way + ":" + topic}
		return h.rate(ctx, ev)
	}
}

// rate keeps one opinion a person and entry.
func (h *Handler) rate(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	pressed, _ := ev.What.(bot.Pressed)
	way, id, _ := strings.Cut(pressed.Value, ":")
	if h.know.Base().Entry(id) == nil {
		return bot.Reply{}, &bot.UserError{Text: h.say(ev.Lang, "rate.what")}
	}
	if err := h.store.Rate(ctx, ev.From, id, way == "up"); err != nil {
		return bot.Reply{}, err
	}
	return only(bot.Say(ev.Lang, h.say(ev.Lang, "rate."+thanks(way)))), nil
}

func thanks(way string) string {
	if way == "up" {
		return "up"
	}
	return "down"
}

// wait keeps that somebody wants to hear of an answer; only now is the asker kept.
func (h *Handler) wait(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	id, err := h.which(ctx, ev)
	if err != nil {
		return bot.Reply{}, err
	}
	if _, err := h.store.Question(ctx, homeOf(ev.From), id); errors.Is(err, bot.ErrNotFound) {
		return bot.Reply{}, &bot.UserError{Text: h.say(ev.Lang, "wait_what")}
	} else if err != nil {
		return bot.Reply{}, err
	}
	if err := h.store.Wait(ctx, ev.From, id); err != nil {
		return bot.Reply{}, err
	}
	return only(bot.Say(ev.Lang, h.say(ev.Lang, "wait_done"))), nil
}

// which is the question that an event is about: the button's, or the last
// one asked in this conversation.
func (h *Handler) which(ctx context.Context, ev bot.Event) (string, error) {
	if p, ok := ev.What.(bot.Pressed); ok {
		return p.Value, nil
	}
	return h.store.Topic(ctx, ev.In)
}
