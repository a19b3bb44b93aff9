// Package privacy answers “what do you hold on me?” and “forget me”. It knows
// nothing of what the other jobs keep: each store that holds something about
// a person is a bot.Keeper, and all of them are asked.
package privacy

import (
	"context"
	"embed"
	"fmt"
	"log/slog"

	"cymar/bot"
	"cymar/bot/words"
)

//go:embed words
var files embed.FS

// Handler is the job.
type Handler struct {
	words *words.Catalogue
	o     Options
}

// Options is what the job works on.
type Options struct {
	Keepers []bot.Keeper // every store that holds something about a person
	Audit   bot.Audit
	Spaces  bot.Spaces // for who is administrator
	Purges  []Purge
	// Rewrite lets the store write its file anew after something was erased;
	// false: not now. The nightly purge asks again.
	Rewrite func(ctx context.Context) bool
	Clock   bot.Clock
	Log     *slog.Logger
}

// New makes the handler.
func New(o Options) (*Handler, error) {
	cat, err := words.In(files, "words")
	if err != nil {
		return nil, fmt.Errorf("privacy: %w", err)
	}
	return &Handler{cat, o}, nil
}

// Title is what help lists the job's commands under.
func (h *Handler) Title(lang bot.Lang) string { return h.say(lang, "job") }

// Register puts the job on the router.
func (h *Handler) Register(r *bot.Router) {
	r.Command(bot.Command{
		Name: "what do you hold on me", Help: h.both("help.held"),
		Phrases: map[bot.Lang][]string{
			bot.English: {"what do you hold on me", "what do you know about me", "my data"},
			bot.Welsh:   {"beth wyt ti'n ei gadw amdana i", "fy nata"},
		},
	}, bot.HandlerFunc(h.held))
	r.Command(bot.Command{
		Name: "forget me", Help: h.both("help.forget"),
		Phrases: map[bot.Lang][]string{bot.English: {"forget me"}, bot.Welsh: {"anghofia fi"}},
	}, bot.HandlerFunc(h.ask))
	r.Command(bot.Command{
		Name: "yes forget me", Help: h.both("help.confirm"),
		Phrases: map[bot.Lang][]string{bot.English: {"yes forget me"}, bot.Welsh: {"ie anghofia fi"}},
	}, bot.HandlerFunc(h.forget))
	r.Action("privacy.held", bot.Anyone, bot.HandlerFunc(h.held))
	r.Action("privacy.forget", bot.Anyone, bot.HandlerFunc(h.forget))
	r.Command(bot.Command{
		Name: "my data as a file", Help: h.both("help.file"),
		Phrases: map[bot.Lang][]string{bot.English: {"my data as a file"}, bot.Welsh: {"fy nata fel ffeil"}},
	}, bot.HandlerFunc(h.file))
	r.Command(bot.Command{
		Name: "audit log", Help: h.both("help.audit"), Needs: bot.Administer,
		Phrases: map[bot.Lang][]string{bot.English: {"audit log"}, bot.Welsh: {"cofnod archwilio"}},
	}, bot.HandlerFunc(h.audit))
	r.Action("privacy.file", bot.Anyone, bot.HandlerFunc(h.file))
	r.Tick(purgeJob, "15 3 * * *", bot.HandlerFunc(h.purge))
	r.On(bot.Uninstalled{}, bot.HandlerFunc(h.removed))
	r.Audited("yes forget me", "privacy.forget", "uninstalled")
}

func (h *Handler) say(lang bot.Lang, id string) string { return h.words.Say(lang, id) }

func (h *Handler) both(id string) map[bot.Lang]string {
	return map[bot.Lang]string{bot.English: h.say(bot.English, id), bot.Welsh: h.say(bot.Welsh, id)}
}

func only(c bot.Card) bot.Reply { return bot.Reply{Sends: []bot.Send{{To: bot.OnlyActor(), Card: c}}} }

// Handle offers both, for a request in other words.
func (h *Handler) Handle(_ context.Context, ev bot.Event) (bot.Reply, error) {
	lead := h.say(ev.Lang, "offer")
	return only(bot.Card{Summary: lead, Lang: ev.Lang, Blocks: []bot.Block{
		bot.Para(lead),
		bot.Buttons{Buttons: []bot.Button{
			{Action: "privacy.held", Label: h.say(ev.Lang, "held"), Command: h.say(ev.Lang, "held_command")},
			h.forgetButton(ev.Lang),
		}},
		bot.Small(h.say(ev.Lang, "language")),
	}}), nil
}

// facts asks every store.
func (h *Handler) facts(ctx context.Context, ev bot.Event) (bot.Facts, error) {
	var facts bot.Facts
	for _, k := range h.o.Keepers {
		f, err := k.Held(ctx, ev.From, ev.Lang)
		if err != nil {
			return facts, err
		}
		facts.Rows = append(facts.Rows, f...)
	}
	return facts, nil
}

// held says what is kept, in words.
func (h *Handler) held(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	facts, err := h.facts(ctx, ev)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(facts.Rows) == 0 {
		return only(bot.Say(ev.Lang, h.say(ev.Lang, "nothing"))), nil
	}
	lead := h.say(ev.Lang, "lead")
	return only(bot.Card{Summary: lead, Lang: ev.Lang, Blocks: []bot.Block{
		bot.Para(lead), facts,
		bot.Buttons{Buttons: []bot.Button{
			{Action: "privacy.file", Label: h.say(ev.Lang, "file"), Command: h.say(ev.Lang, "file_command")},
			h.forgetButton(ev.Lang),
		}},
	}}), nil
}

func (h *Handler) forgetButton(lang bot.Lang) bot.Button {
	return bot.Button{
		Action: "privacy.forget", Style: bot.Danger, Label: h.say(lang, "forget"),
		Command: h.say(lang, "forget_command"), Confirm: h.say(lang, "confirm"),
	}
}

// ask makes sure before anything goes.
func (h *Handler) ask(_ context.Context, ev bot.Event) (bot.Reply, error) {
	lead := h.say(ev.Lang, "confirm")
	return only(bot.Card{Summary: lead, Lang: ev.Lang, Blocks: []bot.Block{
		bot.Para(lead), bot.Buttons{Buttons: []bot.Button{h.forgetButton(ev.Lang)}},
	}}), nil
}

// forget erases the person from every store. What the core remembers in order
// to answer this very request goes as well, and the answer leaves no trace.
func (h *Handler) forget(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	warn, err := h.exported(ctx, ev)
	if err != nil {
		return bot.Reply{}, err
	}
	for _, k := range h.o.Keepers {
		if err := k.Erase(ctx, ev.From); err != nil {
			return bot.Reply{}, err
		}
	}
	h.rewrite(ctx)
	done := only(bot.Say(ev.Lang, h.say(ev.Lang, "forgotten")))
	done.Sends[0].NoTrace = true
	return done.And(warn), nil
}

// rewrite lets the store's file be written anew.
func (h *Handler) rewrite(ctx context.Context) {
	if h.o.Rewrite != nil && !h.o.Rewrite(ctx) {
		h.o.Log.Info("the store did not rewrite its file just now; it is asked again at night")
	}
}

// removed erases what was kept for whoever has taken the bot away: a person
// who removed it from their own chats, or a whole installation. A place that
// the bot was removed from is neither: what is kept there ends by itself.
func (h *Handler) removed(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	if ev.In.ID != "" && ev.In.Kind != bot.DirectChat {
		return bot.Reply{}, nil
	}
	for _, k := range h.o.Keepers {
		if err := gone(ctx, k, ev); err != nil {
			return bot.Reply{}, err
		}
	}
	h.rewrite(ctx)
	return bot.Reply{}, nil
}

func gone(ctx context.Context, k bot.Keeper, ev bot.Event) error {
	if ev.In.Kind == bot.DirectChat {
		return k.Erase(ctx, ev.From)
	}
	return k.EraseTenant(ctx, ev.In.Platform, ev.In.Tenant)
}
