package meetings

import "cymar/bot"

// HasWord reports whether a string exists.
func HasWord(id string) bool {
	cat, err := catalogue()
	return err == nil && cat.Has(id)
}

// Verbs is what can be done with an overview: its id and its phrases in
// English and in Welsh.
func (h *Handler) Verbs() map[string][2][]string {
	out := map[string][2][]string{}
	for _, v := range h.verbs {
		out[v.id] = [2][]string{v.en, v.cy}
	}
	return out
}

// ReadSpan is how “in the last six meetings” is read.
var ReadSpan = span

// Notice is what everybody sees before anything is collected.
func (h *Handler) Notice(nation bot.Nation, owner bot.User) bot.Card { return h.notice(nation, owner) }
