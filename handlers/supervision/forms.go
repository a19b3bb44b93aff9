package supervision

import (
	"context"

	"cymar/bot"
	"cymar/handlers/supervision/when"
)

// dateForm asks for the date that a button needs; where there are no forms it
// says what to write.
func (h *Handler) dateForm(id string) doing {
	return func(_ context.Context, a asked) (bot.Reply, error) {
		k := when.ReadKind(a.args)
		if !a.Caps.Forms {
			return bot.Reply{}, refuse(a.word("type."+id, map[string]any{"Command": a.dateCommand(id, k)}))
		}
		f := bot.Form{ID: a.named(id), Lang: a.Lang, Title: a.word("ask." + id), Submit: a.word("form.save"), State: string(k),
			Fields: []bot.Field{{Name: "date", Label: a.word("ask." + id), Kind: bot.DateField}}}
		return bot.Reply{Now: &bot.Now{Form: &f}}, nil
	}
}

// dateCommand is what does the same as the form.
func (a asked) dateCommand(id string, k when.Kind) string {
	kind := ""
	if k != "" {
		kind = a.kind(k)
	}
	switch id {
	case "heldon":
		return a.command("held", kind, a.example(a.today.Add(-1)))
	case "movedto":
		return a.command("moved", a.example(a.today.Add(14)), kind)
	}
	return a.command("pause", a.example(a.today.Add(14)))
}

// dated takes a form with one date and does with it what the command does.
func (h *Handler) dated(do doing) bot.HandlerFunc {
	return func(ctx context.Context, ev bot.Event) (bot.Reply, error) {
		w, _ := ev.What.(bot.Submitted)
		a, err := h.ask(ctx, ev, w.State+" "+w.Fields["date"])
		if err != nil {
			return bot.Reply{}, err
		}
		return do(ctx, a)
	}
}
