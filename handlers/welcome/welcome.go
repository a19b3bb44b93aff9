// Package welcome is the first thing that somebody sees of the bot: which
// language to use, who can see what they write, what is kept, that nobody
// watches round the clock, and how to be forgotten.
//
// Asking for the language at first contact and keeping to the answer follows
// the Welsh Language Standards (No. 7) Regulations 2018, standard 2.
package welcome

import (
	"context"
	"embed"
	"fmt"
	"strings"
	"time"

	"cymar/bot"
	"cymar/bot/words"
)

//go:embed words
var files embed.FS

// settled is how long after the greeting a repeat of the event that led to it
// may still come; the greeting's key keeps it from being sent twice.
const settled = 10 * time.Minute

// Handler is the job.
type Handler struct {
	words    *words.Catalogue
	profiles bot.Profiles
	clock    bot.Clock
}

// New makes the handler.
func New(profiles bot.Profiles, clock bot.Clock) (*Handler, error) {
	cat, err := words.In(files, "words")
	if err != nil {
		return nil, fmt.Errorf("welcome: %w", err)
	}
	return &Handler{cat, profiles, clock}, nil
}

// Register puts the job on the router.
func (h *Handler) Register(r *bot.Router) {
	r.Observe(bot.HandlerFunc(h.meet))
	r.On(bot.Installed{}, bot.HandlerFunc(h.greet))
	r.Action("welcome.language", bot.Anyone, bot.HandlerFunc(h.press))
	r.Command(bot.Command{
		Name: "language", Args: true,
		Takes:   func(args string) bool { return len(strings.Fields(args)) == 1 && named(args) != "" },
		Phrases: map[bot.Lang][]string{bot.English: {"language", "English"}, bot.Welsh: {"iaith", "Cymraeg"}},
		Help:    h.both("help.language"),
	}, bot.HandlerFunc(h.language))
	r.Command(bot.Command{
		Name:    "about this bot",
		Phrases: map[bot.Lang][]string{bot.English: {"about this bot", "about you"}, bot.Welsh: {"am y bot hwn", "amdanat ti"}},
		Help:    h.both("help.about"),
	}, bot.HandlerFunc(h.about))
}

func (h *Handler) both(id string) map[bot.Lang]string {
	return map[bot.Lang]string{bot.English: h.words.Say(bot.English, id), bot.Welsh: h.words.Say(bot.Welsh, id)}
}

// meet greets somebody who speaks to the bot for the first time, and tells
// those who were greeted when the space names another safeguarding contact.
func (h *Handler) meet(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	said, ok := ev.What.(bot.Said)
	if !ok || !said.ToBot || ev.Found.Level == bot.Crisis {
		return bot.Reply{}, nil
	}
	return h.greet(ctx, ev)
}

func (h *Handler) greet(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	if ev.From.ID == "" {
		return bot.Reply{}, nil
	}
	p, err := h.profiles.Profile(ctx, ev.From)
	if err != nil {
		return bot.Reply{}, err
	}
	now := h.clock.Now()
	fresh := p.Greeted.IsZero() || now.Sub(p.Greeted) < settled
	told := p.Contact == ev.Space.Contact
	if !fresh && told {
		return bot.Reply{}, nil
	}
	card, key := h.card(ev.Space, ev.Lang), "welcome:"+string(ev.From.ID)
	if !fresh {
		card, key = h.contact(ev.Space, ev.Lang), "contact:"+string(ev.From.ID)+":"+string(ev.Space.Contact)
	}
	if p.Greeted.IsZero() {
		p.Greeted = now
	}
	p.Contact = ev.Space.Contact
	if err := h.profiles.SaveProfile(ctx, ev.From, p); err != nil {
		return bot.Reply{}, err
	}
	return bot.Reply{Sends: []bot.Send{{To: bot.OnlyActor(), Card: card, Key: key}}}, nil
}

// card is the first card: four lines, and the language.
func (h *Handler) card(s bot.Space, lang bot.Lang) bot.Card {
	points := bot.Points(h.words.Say(lang, "lines"))
	if s.Contact != "" {
		points.Items = append(points.Items, h.contactLine(s, lang))
	}
	return bot.Card{Summary: h.words.Say(lang, "summary"), Lang: lang, Blocks: []bot.Block{
		bot.Heading{Text: h.words.Say(lang, "title")},
		bot.Para(h.words.Say(lang, "lead")),
		points,
		bot.Para("Cymraeg / English?"),
		bot.Buttons{Buttons: []bot.Button{
			{Action: "welcome.language", Label: "Cymraeg", Value: "cy", Command: "Cymraeg"},
			{Action: "welcome.language", Label: "English", Value: "en", Command: "English"},
		}},
	}}
}

func (h *Handler) contactLine(s bot.Space, lang bot.Lang) []bot.Span {
	who := bot.User{Platform: s.Platform, Tenant: s.Tenant, ID: s.Contact}
	return []bot.Span{
		{Text: h.words.Say(lang, "contact.before") + " "},
		{Text: h.words.Say(lang, "contact.who"), Mention: who},
		{Text: " " + h.words.Say(lang, "contact.after")},
	}
}

// contact tells somebody of a safeguarding contact named since.
func (h *Handler) contact(s bot.Space, lang bot.Lang) bot.Card {
	if s.Contact == "" {
		return bot.Say(lang, h.words.Say(lang, "contact.none"))
	}
	return bot.Card{Summary: h.words.Say(lang, "contact.summary"), Lang: lang,
		Blocks: []bot.Block{bot.Text{Spans: h.contactLine(s, lang)}}}
}

func (h *Handler) about(_ context.Context, ev bot.Event) (bot.Reply, error) {
	return bot.Reply{Sends: []bot.Send{{To: bot.OnlyActor(), Card: h.card(ev.Space, ev.Lang)}}}, nil
}

func (h *Handler) press(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	pressed, _ := ev.What.(bot.Pressed)
	lang := bot.Lang(pressed.Value)
	if err := h.remember(ctx, ev.From, lang); err != nil {
		return bot.Reply{}, err
	}
	card := h.card(ev.Space, lang)
	return bot.Reply{
		Now:   &bot.Now{Card: &card},
		Sends: []bot.Send{{To: bot.OnlyActor(), Card: bot.Say(lang, h.words.Say(lang, "chosen"))}},
	}, nil
}

// language takes "language welsh", "iaith saesneg", or the name of a language alone.
func (h *Handler) language(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	said, _ := ev.What.(bot.Said)
	lang := named(said.Text)
	if lang == "" {
		return bot.Reply{}, &bot.UserError{Text: h.words.Say(ev.Lang, "which")}
	}
	if err := h.remember(ctx, ev.From, lang); err != nil {
		return bot.Reply{}, err
	}
	return bot.Reply{Sends: []bot.Send{{To: bot.OnlyActor(), Card: bot.Say(lang, h.words.Say(lang, "chosen"))}}}, nil
}

// named finds a language's name in a text, in either language.
func named(text string) bot.Lang {
	for _, w := range strings.Fields(strings.ToLower(text)) {
		switch strings.Trim(w, ".,!?'\"") {
		case "cymraeg", "gymraeg", "chymraeg", "welsh", "cy":
			return bot.Welsh
		case "saesneg", "english", "en":
			return bot.English
		}
	}
	return ""
}

func (h *Handler) remember(ctx context.Context, u bot.User, lang bot.Lang) error {
	if lang != bot.Welsh && lang != bot.English {
		return &bot.UserError{Text: h.words.Say(bot.English, "which")}
	}
	p, err := h.profiles.Profile(ctx, u)
	if err != nil {
		return err
	}
	p.Lang = lang
	return h.profiles.SaveProfile(ctx, u, p)
}
