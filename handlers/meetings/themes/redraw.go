package themes

import (
	"slices"

	"cymar/handlers/meetings/themes/grouping"
	"cymar/handlers/meetings/themes/lists"
	"cymar/handlers/meetings/themes/prose"
	"cymar/handlers/meetings/transcript"
)

// Redraw writes one theme anew from the messages that it now has: paragraph,
// number of contributors and, unless the facilitator has given one, title. The
// rest of the overview stays.
func Redraw(t transcript.Transcript, opt Options, o Overview, theme int) (Overview, error) {
	if err := o.at(theme); err != nil {
		return o, err
	}
	d := read(t, opt)
	lines := d.lines(o.Themes[theme].Messages)
	o = o.clone()
	if len(lines) == 0 {
		o.Themes[theme].Sentences, o.Themes[theme].Contributors = nil, 0
		return o, nil
	}
	groups := []grouping.Theme{{Lines: lines}}
	for k := range o.Themes {
		if k != theme {
			groups = append(groups, grouping.Theme{Lines: d.lines(o.Themes[k].Messages)})
		}
	}
	w := prose.New(d.chat, d.rules, lists.Draw(d.chat, d.rules), groups)
	fresh := d.theme(w.One(lines, theme, len(o.Themes)))
	if old := o.Themes[theme]; old.Edited && old.Title != "" {
		fresh.Title = old.Title
	}
	fresh.Hidden = o.Themes[theme].Hidden
	o.Themes[theme] = fresh
	return o, nil
}

// lines gives the indices of messages that may still be used, in order.
func (d drawing) lines(ids []string) []int {
	var out []int
	for _, id := range ids {
		if i, ok := d.chat.Index(id); ok && !d.chat.Lines[i].Gone && d.chat.Lines[i].Level == "" {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}
