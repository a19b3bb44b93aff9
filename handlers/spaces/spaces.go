// Package spaces sets up communities of practice: a space's name, nation,
// language and safeguarding contact, and who has which role in it. Spaces can
// also come from the settings file; what is said here is kept over it.
package spaces

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"cymar/bot"
	"cymar/bot/words"
)

//go:embed words
var files embed.FS

// Handler is the job.
type Handler struct {
	words  *words.Catalogue
	spaces bot.Spaces
	clock  bot.Clock
}

// New makes the handler.
func New(spaces bot.Spaces, clock bot.Clock) (*Handler, error) {
	cat, err := words.In(files, "words")
	if err != nil {
		return nil, fmt.Errorf("spaces: %w", err)
	}
	return &Handler{cat, spaces, clock}, nil
}

// Title is what help lists the job's commands under.
func (h *Handler) Title(lang bot.Lang) string { return h.say(lang, "job") }

// Register puts the job on the router. Whether somebody may set up a place
// that is in no space yet is for setUp to say; all else is in the core's table.
func (h *Handler) Register(r *bot.Router) {
	command := func(name string, takes func(string) bool, en, cy []string, needs bot.Permission, do bot.HandlerFunc) {
		r.Command(bot.Command{
			Name: name, Args: takes != nil, Takes: takes, Needs: needs,
			Phrases: map[bot.Lang][]string{bot.English: en, bot.Welsh: cy},
			Help:    map[bot.Lang]string{bot.English: h.say(bot.English, "help."+en[0]), bot.Welsh: h.say(bot.Welsh, "help."+en[0])},
		}, do)
	}
	command("space", nil, []string{"space"}, []string{"gofod"}, bot.Anyone, h.show)
	command("space setup", anything, []string{"space setup"}, []string{"gosod gofod"}, bot.Anyone, h.typed)
	command("role", h.startsWithRole, []string{"role"}, []string{"rôl"}, bot.GrantRoles, h.role)
	command("contact", startsWithPerson, []string{"safeguarding contact"}, []string{"cyswllt diogelu"}, bot.SetUpSpace, h.contact)
	r.Action("spaces.setup", bot.Anyone, bot.HandlerFunc(h.open))
	r.Form("spaces.save", bot.Anyone, bot.HandlerFunc(h.submitted))
}

func anything(string) bool { return true }

// startsWithRole keeps "role drift" a question.
func (h *Handler) startsWithRole(args string) bool {
	_, err := h.parseRole(args)
	return err == nil
}

func startsWithPerson(args string) bool {
	return strings.HasPrefix(args, "@") || nobody(args)
}

func nobody(args string) bool {
	return strings.EqualFold(args, "none") || strings.EqualFold(args, "neb")
}

func (h *Handler) say(lang bot.Lang, id string, data ...words.Data) string {
	return h.words.Say(lang, id, data...)
}

func only(card bot.Card) bot.Reply {
	return bot.Reply{Sends: []bot.Send{{To: bot.OnlyActor(), Card: card}}}
}

// there answers in the place itself where the person cannot be answered alone
// in it: a space is set up in its own place, and nothing of this is private.
func there(ev bot.Event, card bot.Card) bot.Reply {
	if ev.Caps.Ephemeral {
		return only(card)
	}
	return bot.Reply{Sends: []bot.Send{{To: bot.Here(), Card: card}}}
}

// show says what the space is.
func (h *Handler) show(_ context.Context, ev bot.Event) (bot.Reply, error) {
	if ev.Space.Zero() {
		return there(ev, h.invite(ev.Lang)), nil
	}
	return there(ev, h.card(ev.Space, ev.Lang)), nil
}

// invite offers the form to set a space up.
func (h *Handler) invite(lang bot.Lang) bot.Card {
	text := h.say(lang, "none")
	return bot.Card{Summary: text, Lang: lang, Blocks: []bot.Block{
		bot.Para(text),
		bot.Buttons{Buttons: []bot.Button{{Action: "spaces.setup", Label: h.say(lang, "setup"), Command: h.say(lang, "command"), Style: bot.Primary}}},
	}}
}

func (h *Handler) card(s bot.Space, lang bot.Lang) bot.Card {
	rows := []bot.Fact{
		{Label: h.say(lang, "label.name"), Value: s.Name},
		{Label: h.say(lang, "label.nation"), Value: h.say(lang, "nation."+string(s.Nation))},
		{Label: h.say(lang, "label.lang"), Value: h.say(lang, "lang."+string(s.Lang))},
		{Label: h.say(lang, "label.contact"), Value: h.say(lang, yes(s.Contact != ""))},
	}
	return bot.Card{Summary: s.Name, Lang: lang, Blocks: []bot.Block{
		bot.Heading{Text: s.Name}, bot.Facts{Rows: rows},
		bot.Buttons{Buttons: []bot.Button{{Action: "spaces.setup", Label: h.say(lang, "change"), Command: h.say(lang, "command")}}},
	}}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// may reports whether the person may set up this place: whoever may in its
// space, and anybody where there is no space yet; that person becomes its
// facilitator.
func may(ev bot.Event) bool { return ev.Space.Zero() || ev.Role.May(bot.SetUpSpace) }

func (h *Handler) denied(lang bot.Lang) error { return &bot.UserError{Text: h.say(lang, "denied")} }

// open shows the form, in the platform's own request.
func (h *Handler) open(_ context.Context, ev bot.Event) (bot.Reply, error) {
	if !may(ev) {
		return bot.Reply{}, h.denied(ev.Lang)
	}
	s, lang := ev.Space, ev.Lang
	choice := func(name, value string, options ...string) bot.Field {
		f := bot.Field{Name: name, Label: h.say(lang, "label."+name), Kind: bot.ChoiceField, Value: value}
		for _, o := range options {
			f.Options = append(f.Options, bot.Option{Value: o, Label: h.say(lang, name+"."+o)})
		}
		return f
	}
	form := bot.Form{
		ID: "spaces.save", Lang: lang, Title: h.say(lang, "setup"), Submit: h.say(lang, "save"),
		Fields: []bot.Field{
			{Name: "name", Label: h.say(lang, "label.name"), Kind: bot.TextField, Value: s.Name, Max: maxName},
			choice("nation", orElse(string(s.Nation), "both"), "england", "wales", "both"),
			choice("lang", orElse(string(s.Lang), "en"), "en", "cy"),
		},
	}
	return bot.Reply{Now: &bot.Now{Form: &form}}, nil
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

const maxName = 120

// submitted takes the form.
func (h *Handler) submitted(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	w, _ := ev.What.(bot.Submitted)
	name := strings.TrimSpace(w.Fields["name"])
	if name == "" || len([]rune(name)) > maxName {
		return bot.Reply{Now: &bot.Now{FieldErrors: map[string]string{"name": h.say(ev.Lang, "missing")}}}, nil
	}
	return h.save(ctx, ev, name, bot.Nation(w.Fields["nation"]), bot.Lang(w.Fields["lang"]))
}

// typed takes "space setup Name; wales; cy".
func (h *Handler) typed(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	if ev.Args == "" {
		if !may(ev) {
			return bot.Reply{}, h.denied(ev.Lang)
		}
		return there(ev, h.invite(ev.Lang)), nil
	}
	parts := append(strings.Split(ev.Args, ";"), "both", string(ev.Lang))
	nation, lang := strings.ToLower(strings.TrimSpace(parts[1])), strings.ToLower(strings.TrimSpace(parts[2]))
	name := strings.TrimSpace(parts[0])
	if name == "" || len([]rune(name)) > maxName {
		return bot.Reply{}, &bot.UserError{Text: h.say(ev.Lang, "missing")}
	}
	return h.save(ctx, ev, name, bot.Nation(nation), bot.Lang(lang))
}

func (h *Handler) save(ctx context.Context, ev bot.Event, name string, nation bot.Nation, lang bot.Lang) (bot.Reply, error) {
	if !may(ev) {
		return bot.Reply{}, h.denied(ev.Lang)
	}
	if ev.In.Kind == bot.DirectChat {
		return bot.Reply{}, &bot.UserError{Text: h.say(ev.Lang, "where")}
	}
	if !h.words.Has("nation."+string(nation)) || !h.words.Has("lang."+string(lang)) {
		return bot.Reply{}, &bot.UserError{Text: h.say(ev.Lang, "usage")}
	}
	s := ev.Space
	if s.Zero() {
		s = bot.Space{
			ID: ID(ev.In), Platform: ev.In.Platform, Tenant: ev.In.Tenant, Made: h.clock.Now(),
			Places: []bot.PlaceID{ev.In.ID}, Roles: map[bot.UserID]bot.Role{ev.From.ID: bot.Facilitator},
		}
	}
	s.Name, s.Nation, s.Lang = name, nation, lang
	if err := h.spaces.Save(ctx, s); err != nil {
		return bot.Reply{}, err
	}
	return there(ev, h.card(s, ev.Lang)), nil
}

// ID names the space that is set up in a place; the same place gives the same id.
func ID(p bot.Place) bot.SpaceID {
	sum := sha256.Sum256([]byte(string(p.Platform) + "\x00" + string(p.Tenant) + "\x00" + string(p.ID)))
	return bot.SpaceID("s" + hex.EncodeToString(sum[:8]))
}

// role takes "role facilitator @somebody".
func (h *Handler) role(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	said, _ := ev.What.(bot.Said)
	role, err := h.parseRole(ev.Args)
	if err != nil || len(said.Mentions) == 0 {
		return bot.Reply{}, &bot.UserError{Text: h.say(ev.Lang, "role.usage")}
	}
	if role == bot.Administrator && ev.Role != bot.Administrator {
		return bot.Reply{}, h.denied(ev.Lang)
	}
	s := withRoles(ev.Space, role, said.Mentions)
	if err := h.spaces.Save(ctx, s); err != nil {
		return bot.Reply{}, err
	}
	return only(bot.Say(ev.Lang, h.say(ev.Lang, "role.done", words.Data{"Role": h.say(ev.Lang, "role."+string(role))}))), nil
}

var errNoRole = errors.New("no such role")

// parseRole reads the first word as a role's name in either language.
func (h *Handler) parseRole(text string) (bot.Role, error) {
	args := strings.Fields(strings.ToLower(text))
	if len(args) == 0 {
		return "", errNoRole
	}
	for _, r := range bot.Roles {
		for _, lang := range []bot.Lang{bot.English, bot.Welsh} {
			if args[0] == string(r) || args[0] == h.say(lang, "role."+string(r)) {
				return r, nil
			}
		}
	}
	return "", errNoRole
}

func withRoles(s bot.Space, role bot.Role, people []bot.User) bot.Space {
	roles := map[bot.UserID]bot.Role{}
	for id, r := range s.Roles {
		roles[id] = r
	}
	for _, u := range people {
		roles[u.ID] = role
	}
	s.Roles = roles
	return s
}

// contact takes "safeguarding contact @somebody", or "none".
func (h *Handler) contact(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	said, _ := ev.What.(bot.Said)
	s := ev.Space
	switch {
	case s.Zero():
		return there(ev, h.invite(ev.Lang)), nil
	case len(said.Mentions) == 1:
		s.Contact = said.Mentions[0].ID
	case nobody(ev.Args):
		s.Contact = ""
	default:
		return bot.Reply{}, &bot.UserError{Text: h.say(ev.Lang, "contacts.usage")}
	}
	if err := h.spaces.Save(ctx, s); err != nil {
		return bot.Reply{}, err
	}
	return only(bot.Say(ev.Lang, h.say(ev.Lang, "contacts."+yes(s.Contact != "")))), nil
}
