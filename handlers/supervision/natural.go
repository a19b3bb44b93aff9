package supervision

import (
	"context"
	"strings"

	"cymar/bot"
	"cymar/handlers/supervision/when"
)

// intent is something that people ask for in many words, and the words that
// give it away. The first that fits counts.
type intent struct {
	id    string
	words []string // any of these, as the beginning of a word; a space joins two
}

var intents = []intent{
	{"cancelled", []string{"cancelled on", "was cancelled", "got cancelled", "been cancelled", "called off", "cancelled again", "cancelled my sup", "cancelled our", "ei ganslo", "wedi canslo", "canslwyd"}},
	{"nobody", []string{"nobody to", "no one to", "no supervisor", "don't have a supervisor", "dont have a supervisor", "haven't got a supervisor", "have nobody", "neb i ", "does gen i neb", "dim goruchwyliwr"}},
	{"pause", []string{"pause", "on leave", "annual leave", "off sick", "sick leave", "maternity", "holiday", "oedi", "ar wyliau", "yn sal", "i ffwrdd tan"}},
	{"stop", []string{"stop", "cancel", "turn off", "unsubscribe", "delete my", "remove my", "no more", "opt out", "canslo", "stopi", "diffodd", "dim mwy"}},
	{"snooze", []string{"snooze", "later", "not now", "wedyn", "nes ymlaen"}},
	{"moved", []string{"moved", "reschedul", "changed to", "postponed", "symud", "gohiri", "aildrefnu"}},
	{"held", []string{"we had", "i had", "we met", "was held", "happened", "went ahead", "record", "log ", "done", "ges i", "cawsom", "cynhaliwyd", "cofnodi"}},
	{"mine", []string{"when is", "when's", "whens", "when did", "my next", "is my", "am i", "have i", "show", "list", "what date", "overdue", "pryd mae", "pryd mae'r", "fy nesaf", "dangos", "ydw i"}},
}

// Handle takes a request in other words than the commands': it offers what
// fits, and changes nothing without a press.
func (h *Handler) Handle(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	said, ok := ev.What.(bot.Said)
	if !ok {
		return bot.Reply{}, nil
	}
	a, err := h.ask(ctx, ev, said.Text)
	if err != nil {
		return bot.Reply{}, err
	}
	id := intended(said.Text)
	s := when.Read(said.Text, a.today)
	if id == "" && s.Timed() {
		return h.sentence(ctx, a, said)
	}
	r, err := h.load(ctx, ev.From)
	if err != nil {
		return bot.Reply{}, err
	}
	if offer, ok := h.offer(a, r, id, s); ok {
		return only(offer), nil
	}
	return only(h.mineCard(a, r)), nil
}

// intended is what a request is about.
func intended(said string) string {
	padded := " " + strings.Join(plain(said), " ") + " "
	for _, i := range intents {
		for _, w := range i.words {
			if strings.Contains(padded, " "+strings.TrimLeft(strings.ReplaceAll(w, "'", ""), " ")) {
				return i.id
			}
		}
	}
	return ""
}

// offer is the button that does what was asked for, with the date and the kind
// that were named.
func (h *Handler) offer(a asked, r Record, id string, s when.Sentence) (bot.Card, bool) {
	if len(r.Clocks) == 0 && id != "nobody" || id == "" || id == "mine" {
		return bot.Card{}, false
	}
	kind, label := string(s.Kind), ""
	if s.Kind != "" {
		label = a.kind(s.Kind)
	}
	date := ""
	switch {
	case id == "held" && !s.Last.Zero():
		date = s.Last.String()
	case id != "held" && !s.Next.Zero():
		date = s.Next.String()
	}
	verb := id
	switch {
	case id == "moved" && date == "":
		verb = "movedto"
	case id == "pause" && date == "":
		verb = "pausing"
	case id == "snooze" && date == "":
		date = "3"
	case id == "pause":
		kind, label = "", ""
	}
	press := a.count("button.snooze", 3)
	if id != "snooze" {
		press = a.word("button." + id)
	}
	b := a.button(verb, strings.TrimSpace(kind+" "+date), press, label, date)
	if verb != id {
		b.Command = a.dateCommand(verb, s.Kind)
	}
	lead := a.word("offer." + id)
	if date != "" && id != "snooze" {
		d := s.Next
		if id == "held" {
			d = s.Last
		}
		b.Label += ": " + a.date(d, a.today)
	}
	return bot.Card{Summary: lead, Lang: a.Lang, Blocks: []bot.Block{bot.Para(lead),
		bot.Buttons{Buttons: []bot.Button{b, a.button("mine", "", a.word("button.mine"))}}}}, true
}
