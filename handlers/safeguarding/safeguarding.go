// Package safeguarding answers when the guard found that somebody may be in
// danger, that somebody may be being harmed, or that a text may identify a
// patient. It runs before anything else sees a message, keeps nothing of it,
// and never stays silent. The levels and what follows from each are rules
// from outside: the fact sheet's sections 9.1 to 9.5, after the guidance of
// NSPA and Samaritans for people who look after online communities.
package safeguarding

import (
	"context"
	"embed"
	"fmt"

	"cymar/bot"
	"cymar/bot/words"
)

//go:embed words
var files embed.FS

// Handler is the job.
type Handler struct {
	Cards
	profiles bot.Profiles
}

// New makes the handler. lines is usually Helplines, with the operator's changes.
func New(lines []Helpline, profiles bot.Profiles) (*Handler, error) {
	cat, err := words.In(files, "words")
	if err != nil {
		return nil, fmt.Errorf("safeguarding: %w", err)
	}
	return &Handler{Cards{cat, lines}, profiles}, nil
}

// Register puts the job on the router.
func (h *Handler) Register(r *bot.Router) {
	r.Guarded(h)
	r.Command(bot.Command{
		Name: "urgent help",
		Phrases: map[bot.Lang][]string{
			bot.English: {"urgent help", "crisis lines", "helplines"},
			bot.Welsh:   {"cymorth brys", "llinellau argyfwng", "help brys"},
		},
		Help: map[bot.Lang]string{
			bot.English: h.say(bot.English, "help"), bot.Welsh: h.say(bot.Welsh, "help"),
		},
	}, bot.HandlerFunc(h.numbers))
}

func (h *Handler) numbers(_ context.Context, ev bot.Event) (bot.Reply, error) {
	card := h.Everybody(ev.Space.Nation, ev.Lang)
	return bot.Reply{Sends: []bot.Send{{To: bot.OnlyActor(), Card: card}}}, nil
}

// Handle answers by the level that the guard found.
func (h *Handler) Handle(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	card := h.For(ev.Found.Level, ev.Space.Nation, ev.Lang)
	said, _ := ev.What.(bot.Said)
	switch ev.Found.Level {
	case bot.Crisis:
		reply, err := h.crisis(ctx, ev, card)
		if _, form := ev.What.(bot.Submitted); form {
			// The form stays open as it is: nothing of it is stored or lost.
			reply.Now = &bot.Now{FieldErrors: map[string]string{"": h.say(ev.Lang, "form")}}
		}
		return reply, err
	case bot.OtherInDanger:
		return bot.Reply{Sends: []bot.Send{{To: bot.Here(), Card: card}}}, nil
	case bot.Safeguarding, bot.PersonalData:
		return bot.Reply{Sends: []bot.Send{{To: bot.OnlyActor(), Card: card}}}, nil
	case bot.Distress:
		if said.ToBot {
			return bot.Reply{Sends: []bot.Send{{To: bot.OnlyActor(), Card: card}}}, nil
		}
	}
	return bot.Reply{}, nil
}

// crisis reaches the person alone where it can, and everybody in the place
// where it cannot: an answer that fails to arrive would be silence.
func (h *Handler) crisis(ctx context.Context, ev bot.Event, card bot.Card) (bot.Reply, error) {
	if ev.In.Kind == bot.DirectChat {
		return bot.Reply{Sends: []bot.Send{{To: bot.Here(), Card: card}}}, nil
	}
	everybody := &bot.Send{To: bot.Here(), Card: h.Everybody(ev.Space.Nation, ev.Lang)}
	direct := bot.Send{To: bot.DM(ev.From), Card: card, Else: everybody}
	sends := []bot.Send{direct}
	if ev.Caps.Ephemeral {
		sends[0].Else = &bot.Send{To: bot.OnlyActor(), Card: card, Else: everybody}
		sends = append(sends, bot.Send{To: bot.OnlyActor(), Card: h.Pointer(ev.Lang)})
	}
	alert, err := h.alert(ctx, ev)
	return bot.Reply{Sends: append(sends, alert...)}, err
}

// alert asks the space's safeguarding contact to look at the place, and only
// when the person was told beforehand that there is one.
func (h *Handler) alert(ctx context.Context, ev bot.Event) ([]bot.Send, error) {
	contact := ev.Space.Contact
	if contact == "" || contact == ev.From.ID {
		return nil, nil
	}
	told, err := h.profiles.Profile(ctx, ev.From)
	if err != nil || told.Contact != contact {
		return nil, err
	}
	to := bot.User{Platform: ev.From.Platform, Tenant: ev.From.Tenant, ID: contact}
	lang := ev.Space.Lang
	if p, err := h.profiles.Profile(ctx, to); err == nil && p.Lang != "" {
		lang = p.Lang
	}
	return []bot.Send{{To: bot.DM(to), Card: h.look(ev.In, lang)}}, nil
}
