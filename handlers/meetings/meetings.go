// Package meetings turns the chat of a meeting into an overview: it collects
// what is said after a notice that everybody sees, or reads a chat that was
// copied out; has the themes drawn; shows the draft to the facilitator alone,
// part by part; and publishes it once every risk is settled. Messages are kept
// for as long as that takes. What the safeguarding guard holds back is never
// kept: of it the facilitator learns the time, once.
package meetings

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"strings"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/meetings/themes"
)

//go:embed words page
var files embed.FS

func catalogue() (*words.Catalogue, error) { return words.In(files, "words") }

// Questions takes the questions that a meeting left open to those who look
// after the knowledge base. ev makes a repeat harmless.
type Questions interface {
	Open(ctx context.Context, of bot.User, words string, lang bot.Lang, ev bot.EventID) error
}

// Options is what the job is made of. People, Questions and Page may be nil.
type Options struct {
	Store  Store
	Spaces bot.Spaces
	Clock  bot.Clock
	Guard  bot.Guard
	// Files opens a chat, or an edited overview, that was dropped.
	Files bot.Files
	// People finds the names of those in a place, so that none of them stands
	// in an overview. They are not kept.
	People func(ctx context.Context, in bot.Place) ([]bot.Person, error)
	// Questions takes what was left open.
	Questions Questions
	// Page is the address under which a platform's people reach the desk,
	// without a slash at the end; "" where they cannot.
	Page func(bot.Platform) string
	// Keep is how long things are kept; its store has to be told the same.
	Keep Keep
}

// Handler is the job.
type Handler struct {
	o     Options
	words *words.Catalogue
	verbs []verb
	hands *hands
}

// New makes the handler.
func New(o Options) (*Handler, error) {
	cat, err := catalogue()
	if err != nil {
		return nil, fmt.Errorf("meetings: %w", err)
	}
	if o.Page == nil {
		o.Page = func(bot.Platform) string { return "" }
	}
	o.Keep = o.Keep.orUsual()
	h := &Handler{o: o, words: cat, hands: newHands()}
	h.verbs = h.all()
	return h, nil
}

// Title is what help lists the job's commands under.
func (h *Handler) Title(lang bot.Lang) string { return h.words.Say(lang, "job") }

// Register puts the job on the router.
func (h *Handler) Register(r *bot.Router) {
	for _, c := range h.commands() {
		for _, lang := range []bot.Lang{bot.English, bot.Welsh} {
			c.cmd.Help[lang] = h.speak(lang).word("help." + c.id)
		}
		r.Command(c.cmd, c.do)
	}
	for _, v := range h.verbs {
		r.Action("meetings."+v.id, v.needs, h.verb(v))
	}
	for id, do := range h.forms() {
		r.Form("meetings."+id, bot.CollectMeeting, submitted(do))
	}
	r.Quoted(bot.CollectMeeting, h.isChat, bot.HandlerFunc(h.pasted))
	r.On(bot.Uploaded{}, bot.HandlerFunc(h.dropped))
	r.On(bot.MeetingStarted{}, bot.HandlerFunc(h.began))
	r.On(bot.MeetingEnded{}, bot.HandlerFunc(h.ended))
	r.Observe(bot.HandlerFunc(h.observe))
	r.Outcome(noticeKey, bot.HandlerFunc(h.announced))
	r.Outcome(checkKey, bot.HandlerFunc(h.toldOf))
	r.Work(readJob, bot.HandlerFunc(h.reading))
	r.Work(drawJob, bot.HandlerFunc(h.drawing))
	r.Tick(tidyJob, "20 * * * *", bot.HandlerFunc(h.tidy))
}

// asked is a command or a button on its way through the job.
type asked struct {
	bot.Event
	speaker
	args string // what followed the verb, or the button's value
	raw  string // the same with its line ends, where it was typed
	on   string // the meeting that is meant; "": the one on the person's desk
}

// doing is what a verb does.
type doing func(ctx context.Context, a asked) (bot.Reply, error)

func (h *Handler) ask(ev bot.Event, args string) asked {
	a := asked{Event: ev, speaker: h.speak(ev.Lang), args: args, raw: args}
	if said, ok := ev.What.(bot.Said); ok {
		a.raw = said.Text
	}
	return a
}

// verb makes a handler of what a button does.
func (h *Handler) verb(v verb) bot.HandlerFunc {
	return func(ctx context.Context, ev bot.Event) (bot.Reply, error) {
		args, on := ev.Args, ""
		if w, ok := ev.What.(bot.Pressed); ok {
			on, args = unlabelled(w.Value)
		}
		a := h.ask(ev, args)
		a.on = on
		return h.about(ctx, a, v.do)
	}
}

// typed takes "overview …": the verb that follows and what follows that.
func (h *Handler) typed(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	v, rest, ok := h.find(ev.Args)
	if !ok {
		return bot.Reply{}, refuse(h.speak(ev.Lang).word("usage"))
	}
	if !ev.Role.May(v.needs) {
		return bot.Reply{}, refuse(h.speak(ev.Lang).word("denied"))
	}
	if v.welsh(ev.Args) {
		ev.Lang = bot.Welsh
	}
	return h.about(ctx, h.ask(ev, rest), v.do)
}

// named makes a handler of a command with words of its own.
func (h *Handler) named(do doing) bot.HandlerFunc {
	return func(ctx context.Context, ev bot.Event) (bot.Reply, error) {
		return h.about(ctx, h.ask(ev, ev.Args), do)
	}
}

// mine is the meeting that somebody works on, theirs and nobody else's.
func (h *Handler) mine(ctx context.Context, a asked) (Meeting, error) {
	id := a.on
	if id == "" {
		var err error
		if id, err = h.o.Store.Desk(ctx, a.From); err != nil {
			return Meeting{}, err
		}
	}
	m, err := h.o.Store.Load(ctx, homeOf(a.From), id)
	if errors.Is(err, bot.ErrNotFound) || err == nil && m.Owner != a.From {
		return Meeting{}, refuse(a.word("none"))
	}
	return m, err
}

// drafted is the meeting that somebody works on, once there is a draft.
func (h *Handler) drafted(ctx context.Context, a asked) (Meeting, error) {
	m, err := h.mine(ctx, a)
	if err == nil && m.Draft == nil {
		return m, refuse(a.word("no_draft"))
	}
	return m, err
}

// guard is the safeguarding guard as the drawing of themes asks it.
func (h *Handler) guard(text string) string {
	if text == heldDanger {
		return string(bot.Crisis)
	}
	switch level := h.o.Guard.Read(text).Level; level {
	case bot.OtherInDanger: // to be kept out, and looked after, like any safeguarding matter
		return string(bot.Safeguarding)
	default:
		return string(level)
	}
}

func (h *Handler) options(m Meeting) themes.Options {
	return themes.Options{Guard: h.guard, LeaveOut: m.Names}
}

// only answers whoever acted and nobody else.
func only(cards ...bot.Card) bot.Reply {
	var r bot.Reply
	for _, c := range cards {
		r.Sends = append(r.Sends, bot.Send{To: bot.OnlyActor(), Card: c})
	}
	return r
}

// refuse is words for the person instead of what they asked for.
func refuse(text string) error { return &bot.UserError{Text: text} }

// speaker puts things into words of one language.
type speaker struct {
	words *words.Catalogue
	lang  bot.Lang
}

func (h *Handler) speak(lang bot.Lang) speaker { return speaker{h.words, lang} }

func (s speaker) word(id string, data ...words.Data) string { return s.words.Say(s.lang, id, data...) }

func (s speaker) count(id string, n int, data ...words.Data) string {
	return s.words.Count(s.lang, id, n, data...)
}

// say is a card of one paragraph.
func (s speaker) say(id string, data ...words.Data) bot.Card {
	return bot.Say(s.lang, s.word(id, data...))
}

// button is something to press, and what can be typed instead.
func (s speaker) button(verb, value string, style bot.Style) bot.Button {
	return bot.Button{Action: "meetings." + verb, Value: value, Label: s.word("button." + verb), Style: style,
		Command: strings.TrimSpace(s.word("typed."+verb) + " " + value)}
}
