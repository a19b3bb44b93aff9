// Package help says what the bot can do. It is generated from what the other
// jobs registered, so that it is never out of date.
package help

import (
	"context"
	"embed"
	"fmt"
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
		Name:    "help",
		Phrases: map[bot.Lang][]string{bot.English: {"help", "what can you do", "?"}, bot.Welsh: {"cymorth", "beth wyt ti'n gallu ei wneud"}},
		Help:    map[bot.Lang]string{bot.English: h.words.Say(bot.English, "help"), bot.Welsh: h.words.Say(bot.Welsh, "help")},
	}, h)
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

// Handle shows the commands that the person may use where they are.
func (h *Handler) Handle(_ context.Context, ev bot.Event) (bot.Reply, error) {
	return bot.Reply{Sends: []bot.Send{{To: bot.OnlyActor(), Card: h.Card(ev.Role, ev.Lang)}}}, nil
}

// Card is the help that a role sees, in a language.
func (h *Handler) Card(role bot.Role, lang bot.Lang) bot.Card {
	card := bot.Card{Summary: h.words.Say(lang, "lead"), Lang: lang, Blocks: []bot.Block{
		bot.Heading{Text: h.words.Say(lang, "title")},
		bot.Para(h.words.Say(lang, "lead")),
		bot.Points(h.words.Say(lang, "asking")),
	}}
	var mine, theirs bot.Facts
	for _, c := range h.commands() {
		row := bot.Fact{Label: strings.TrimSpace(first(c.Phrases[lang])), Value: c.Help[lang]}
		switch {
		case c.Needs == bot.Anyone:
			mine.Rows = append(mine.Rows, row)
		case role.May(c.Needs):
			theirs.Rows = append(theirs.Rows, row)
		}
	}
	card.Blocks = append(card.Blocks, bot.Para(h.words.Say(lang, "commands")), mine)
	if len(theirs.Rows) > 0 {
		card.Blocks = append(card.Blocks, bot.Para(h.words.Say(lang, "role")), theirs)
	}
	card.Blocks = append(card.Blocks, bot.Small(h.words.Say(lang, "watch")))
	return card
}

func first(s []string) string {
	if len(s) == 0 {
		return ""
	}
	return s[0]
}
