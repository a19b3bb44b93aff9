package bot

import (
	"context"
	"errors"
)

// actionShow is the button under which something waits for one person.
const actionShow = "core.show"

// Show is the job that lets people see what could not reach them in private:
// by the button, or by typing it in their direct chat.
type Show struct {
	Directory Directory
	Words     Words
}

// Register takes the button and the command.
func (s Show) Register(r *Router) {
	r.Action(actionShow, Anyone, s)
	command := Command{Name: s.Words(English, "core.show"), Phrases: map[Lang][]string{}, Help: map[Lang]string{}}
	for _, lang := range []Lang{English, Welsh} {
		command.Phrases[lang] = []string{s.Words(lang, "core.show")}
		command.Help[lang] = s.Words(lang, "core.show_help")
	}
	r.Command(command, s)
}

// Handle gives whoever asks what was left for them, and nobody else's. A
// button is answered inside the platform's request, which only the asker sees.
func (s Show) Handle(ctx context.Context, ev Event) (Reply, error) {
	card, err := s.Directory.Left(ctx, ev.From)
	if errors.Is(err, ErrNotFound) {
		card, err = Say(ev.Lang, s.Words(ev.Lang, "core.show_none")), nil
	}
	if err != nil {
		return Reply{}, err
	}
	if _, pressed := ev.What.(Pressed); pressed {
		return Reply{Now: &Now{Card: &card}}, nil
	}
	return Reply{Sends: []Send{{To: OnlyActor(), Card: card}}}, nil
}
