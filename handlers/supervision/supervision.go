// Package supervision reminds people of supervision that is due: privately, on
// a working day, once. Somebody sets it up in a form or in a sentence; a sorted
// set by time says whom to write to each minute; the pure packages when,
// calendar and ladder say what and when. Kinds, dates and states are kept, and
// nothing of what is talked about. A lead sees how many, never who.
package supervision

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/supervision/calendar"
)

//go:embed words
var files embed.FS

func catalogue() (*words.Catalogue, error) { return words.In(files, "words") }

// Options is what the job is made of. Answer and Files may be nil.
type Options struct {
	Store    Store
	Spaces   bot.Spaces
	Profiles bot.Profiles
	Clock    bot.Clock
	// Answer is a button that shows an answer of the knowledge base, by its
	// topic; label is also what can be asked instead.
	Answer func(topic, label string) bot.Button
	// People finds who is in a place, to match a roster's names; nil where no
	// platform can say.
	People func(ctx context.Context, in bot.Place) ([]bot.Person, error)
	// Files opens a roster that was dropped into a chat; Others, where set,
	// says that a file is another job's.
	Files  bot.Files
	Others func(data []byte) bool
}

// Handler is the job.
type Handler struct {
	o       Options
	words   *words.Catalogue
	phrases map[string]map[bot.Lang]string
	zones   sync.Map // name → *time.Location
}

// New makes the handler.
func New(o Options) (*Handler, error) {
	cat, err := catalogue()
	if err != nil {
		return nil, fmt.Errorf("supervision: %w", err)
	}
	h := &Handler{o: o, words: cat}
	h.phrases = phrasesOf(h.verbs())
	return h, nil
}

// tickJob is the job of the clock.
const tickJob = "supervision.nudge"

// Title is what help lists the job's commands under.
func (h *Handler) Title(lang bot.Lang) string { return h.speak(lang).word("job") }

// Register puts the job on the router.
func (h *Handler) Register(r *bot.Router) {
	for _, v := range h.verbs() {
		do := h.verb(v)
		r.Action("supervision."+v.id, v.needs, do)
		r.Action("supervision."+v.id+inWelsh, v.needs, welsh(do))
		if len(v.en) == 0 {
			continue
		}
		r.Command(bot.Command{
			Name: v.en[0], Needs: v.needs, Args: v.takes != nil, Takes: v.takes,
			Phrases: map[bot.Lang][]string{bot.English: v.en, bot.Welsh: v.cy},
			Help:    map[bot.Lang]string{bot.English: h.speak(bot.English).word("help." + v.id), bot.Welsh: h.speak(bot.Welsh).word("help." + v.id)},
		}, do)
	}
	for id, do := range map[string]bot.HandlerFunc{"setup": h.submitted, "heldon": h.dated(h.held), "movedto": h.dated(h.moved), "pausing": h.dated(h.pause)} {
		r.Form("supervision."+id, bot.Anyone, do)
		r.Form("supervision."+id+inWelsh, bot.Anyone, welsh(do))
	}
	r.Tick(tickJob, "* * * * *", bot.HandlerFunc(h.nudge))
	r.Tick(digestJob, "0 9 * * 1", h.eachHome(digestJob, h.digest))
	r.Tick(monthJob, "15 3 1 * *", h.eachHome(monthJob, h.month))
	r.Work(inviteJob, bot.HandlerFunc(h.inviting))
	r.Outcome(nudgeKey, bot.HandlerFunc(h.outcome))
	r.Outcome(inviteKey, bot.HandlerFunc(h.inviteOutcome))
	r.On(bot.Uploaded{}, bot.HandlerFunc(h.dropped))
}

// welsh is what a Welsh card's button or form does.
func welsh(do bot.HandlerFunc) bot.HandlerFunc {
	return func(ctx context.Context, ev bot.Event) (bot.Reply, error) {
		ev.Lang = bot.Welsh
		return do(ctx, ev)
	}
}

// asked is a command or a button on its way through the job.
type asked struct {
	bot.Event
	speaker
	args  string        // what followed the command, or the button's value
	today calendar.Date // for the person
}

// doing is what a verb does.
type doing func(ctx context.Context, a asked) (bot.Reply, error)

// verb makes a handler of what a verb does.
func (h *Handler) verb(v verb) bot.HandlerFunc {
	return func(ctx context.Context, ev bot.Event) (bot.Reply, error) {
		args := ev.Args
		switch w := ev.What.(type) {
		case bot.Pressed:
			args = w.Value
		case bot.Said:
			if typedIn(v.cy, w.Text) && !typedIn(v.en, w.Text) {
				ev.Lang = bot.Welsh // "cadw" alone is too short to tell a language by
			}
		}
		a, err := h.ask(ctx, ev, args)
		if err != nil {
			return bot.Reply{}, err
		}
		return v.do(ctx, a)
	}
}

// typedIn reports whether a message begins with one of the phrases.
func typedIn(phrases []string, said string) bool {
	words := plain(said)
	for _, p := range phrases {
		if w := plain(p); len(words) >= len(w) && slices.Equal(words[:len(w)], w) {
			return true
		}
	}
	return false
}

// ask finds out what day it is for the person.
func (h *Handler) ask(ctx context.Context, ev bot.Event, args string) (asked, error) {
	r, err := h.load(ctx, ev.From)
	if err != nil {
		return asked{}, err
	}
	space := ev.Space
	if r.Space != "" && r.Space != space.ID {
		if space, err = h.space(ctx, r); err != nil {
			return asked{}, err
		}
	}
	today := h.person(r, space).Hours.Today(h.o.Clock.Now())
	return asked{Event: ev, speaker: h.speak(ev.Lang), args: args, today: today}, nil
}

// load is a person's record, an empty one where there is none.
func (h *Handler) load(ctx context.Context, u bot.User) (Record, error) {
	r, err := h.o.Store.Load(ctx, u)
	if errors.Is(err, bot.ErrNotFound) {
		return Record{User: u}, nil
	}
	return r, err
}

// space is the space of a record; the zero one where it is gone.
func (h *Handler) space(ctx context.Context, r Record) (bot.Space, error) {
	all, err := h.o.Spaces.List(ctx, r.User.Platform, r.User.Tenant)
	if err != nil {
		return bot.Space{}, err
	}
	for _, s := range all {
		if s.ID == r.Space {
			return s, nil
		}
	}
	return bot.Space{}, nil
}

// change changes the record of whoever acted, once for an event however often
// it comes, and works out when there is something to do next. With undo, what
// was there before is kept.
func (h *Handler) change(ctx context.Context, a asked, undo bool, do func(*Record) error) (Record, error) {
	digest := bot.Digest(string(a.ID))
	return h.o.Store.Change(ctx, a.From, func(r *Record) error {
		if r.Event != digest {
			before := r.before()
			if err := do(r); err != nil {
				return err
			}
			r.Event = digest
			if _, said := a.What.(bot.Said); said || r.Lang == "" {
				r.Lang = a.Lang
			}
			if undo {
				r.Before = &before
			}
			if r.Space == "" {
				r.Space = a.Space.ID
			}
		}
		return h.look(ctx, r)
	})
}

// look works out when there is something to do for a record.
func (h *Handler) look(ctx context.Context, r *Record) error {
	space, err := h.space(ctx, *r)
	if err != nil {
		return err
	}
	r.Look = h.next(*r, space)
	return nil
}

// forgetAfter is how long a record that was stopped can be had back.
const forgetAfter = 7 * 24 * time.Hour

// next is when there is something to do for a record; zero: never.
func (h *Handler) next(r Record, space bot.Space) time.Time {
	p := h.person(r, space)
	at, _ := p.Next(h.o.Clock.Now())
	if r.Draft != nil {
		at = sooner(at, r.Draft.Until)
	}
	if len(r.Sees) > 0 && r.Stopped.Zero() {
		at = sooner(at, glance(p, h.o.Clock.Now()))
	}
	if !r.Stopped.Zero() {
		at = sooner(at, r.Stopped.At(0, 0, time.UTC).Add(forgetAfter))
	}
	return at
}

func sooner(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}

// only answers whoever acted and nobody else.
func only(c bot.Card) bot.Reply { return bot.Reply{Sends: []bot.Send{{To: bot.OnlyActor(), Card: c}}} }

// refuse is words for the person instead of what they asked for.
func refuse(text string) error { return &bot.UserError{Text: text} }
