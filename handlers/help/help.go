// Package help says what the bot can do. It is generated from what the other
// jobs registered, so that it is never out of date.
package help

import (
	"context"
	"embed"
	"fmt"
	"slices"
	"strings"

	"cymar/bot"
	"cymar/bot/words"
)

//go:embed words
var files embed.FS

// Handler is the job.
type Handler struct {
	words    *words.Catalogue
	commands func() []bot.Command
	home     []Shortcut
}

// New makes the handler; home is what stands at the top of somebody's own page.
func New(home ...Shortcut) (*Handler, error) {
	cat, err := words.In(files, "words")
	if err != nil {
		return nil, fmt.Errorf("help: %w", err)
	}
	return &Handler{words: cat, home: home}, nil
}

// Shortcut is a button of somebody's own page. Label is the id of its words.
type Shortcut struct{ Action, Value, Label string }

// Register puts the job on the router, whose commands it will list.
func (h *Handler) Register(r *bot.Router) {
	h.commands = r.Commands
	r.Command(bot.Command{
		Name: "help", Args: true, Takes: h.isJob,
		Phrases: map[bot.Lang][]string{bot.English: {"help", "what can you do", "?"}, bot.Welsh: {"cymorth", "beth wyt ti'n gallu ei wneud"}},
		Help:    map[bot.Lang]string{bot.English: h.words.Say(bot.English, "help"), bot.Welsh: h.words.Say(bot.Welsh, "help")},
	}, h)
	r.Action("help.about", bot.Anyone, h)
	r.On(bot.Opened{}, bot.HandlerFunc(h.page))
}

// page is somebody's own page: the shortcuts, and what else can be typed.
func (h *Handler) page(_ context.Context, ev bot.Event) (bot.Reply, error) {
	card := h.Card(ev.Role, ev.Lang)
	var row bot.Buttons
	for _, s := range h.home {
		label := h.words.Say(ev.Lang, s.Label)
		row.Buttons = append(row.Buttons, bot.Button{Action: s.Action, Value: s.Value, Label: label, Command: label})
	}
	if len(row.Buttons) > 0 {
		card.Blocks = append([]bot.Block{row}, card.Blocks...)
	}
	return bot.Reply{Now: &bot.Now{Card: &card}}, nil
}

// Handle shows what there is, or what there is of one job.
func (h *Handler) Handle(_ context.Context, ev bot.Event) (bot.Reply, error) {
	about := ev.Args
	if p, ok := ev.What.(bot.Pressed); ok {
		about = p.Value
	}
	card := h.Card(ev.Role, ev.Lang)
	if about != "" {
		card = h.about(about, ev.Role, ev.Lang)
	}
	return bot.Reply{Sends: []bot.Send{{To: bot.OnlyActor(), Card: card}}}, nil
}

// group is the commands of one job that a role may use.
type group struct {
	title    string
	commands []bot.Command
}

// groups are the commands that a role may use, by job, in their order; first
// those of no job in particular.
func (h *Handler) groups(role bot.Role, lang bot.Lang) []group {
	all := []group{{}}
	for _, c := range h.commands() {
		if !role.May(c.Needs) {
			continue
		}
		title := c.Under(lang)
		i := slices.IndexFunc(all, func(g group) bool { return g.title == title })
		if i < 0 {
			i, all = len(all), append(all, group{title: title})
		}
		all[i].commands = append(all[i].commands, c)
	}
	return all
}

// rows are commands with what each is for.
func rows(commands []bot.Command, lang bot.Lang) bot.Facts {
	var out bot.Facts
	for _, c := range commands {
		out.Rows = append(out.Rows, bot.Fact{Label: first(c.Phrases[lang]), Value: c.Help[lang]})
	}
	return out
}

// Card is the help that a role sees, in a language: each job in a line, for
// nobody reads fifty.
func (h *Handler) Card(role bot.Role, lang bot.Lang) bot.Card {
	card := bot.Card{Summary: h.words.Say(lang, "lead"), Lang: lang, Blocks: []bot.Block{
		bot.Heading{Text: h.words.Say(lang, "title")},
		bot.Para(h.words.Say(lang, "lead")),
		bot.Points(h.words.Say(lang, "asking")),
		bot.Para(h.words.Say(lang, "commands")),
	}}
	groups := h.groups(role, lang)
	list := rows(groups[0].commands, lang)
	var more bot.Buttons
	for _, g := range groups[1:] {
		list.Rows = append(list.Rows, bot.Fact{Label: g.title, Value: some(g.commands, lang)})
		more.Buttons = append(more.Buttons, bot.Button{Action: "help.about", Value: g.title, Label: g.title,
			Command: h.words.Say(lang, "about_command", words.Data{"Job": strings.ToLower(g.title)})})
	}
	card.Blocks = append(card.Blocks, list)
	if len(more.Buttons) > 0 {
		card.Blocks = append(card.Blocks, bot.Para(h.words.Say(lang, "more")), more)
	}
	card.Blocks = append(card.Blocks, bot.Small(h.words.Say(lang, "watch")))
	return card
}

// shown is how many commands of a job the first card names.
const shown = 4

func some(commands []bot.Command, lang bot.Lang) string {
	var names []string
	for _, c := range commands[:min(shown, len(commands))] {
		names = append(names, "“"+first(c.Phrases[lang])+"”")
	}
	if len(commands) > shown {
		names = append(names, "…")
	}
	return strings.Join(names, ", ")
}

// about is everything that a role may do of one job; the whole help where no
// job is called so.
func (h *Handler) about(title string, role bot.Role, lang bot.Lang) bot.Card {
	for _, g := range h.groups(role, lang)[1:] {
		if called(g.commands[0], title) {
			return bot.Card{Summary: g.title, Lang: lang, Blocks: []bot.Block{bot.Heading{Text: g.title}, rows(g.commands, lang)}}
		}
	}
	return h.Card(role, lang)
}

// isJob reports whether there is a job of this title, in either language.
func (h *Handler) isJob(title string) bool {
	return slices.ContainsFunc(h.commands(), func(c bot.Command) bool { return called(c, title) })
}

func called(c bot.Command, title string) bool {
	return strings.EqualFold(c.Under(bot.English), title) || strings.EqualFold(c.Under(bot.Welsh), title)
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return strings.TrimSpace(s[0])
}
