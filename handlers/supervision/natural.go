package supervision

import (
	"context"
	"strings"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/when"
)

// intent is a verb that people ask for in many words, and the words that give
// it away: each is the beginning of a word, or of several in a row, as
// text.Words divides them.
type intent struct {
	verb  string
	words []string
}

// intents is in order: the first that fits counts. What is said of a
// cancellation comes before what is said of cancelling, and so on.
var intents = []intent{
	{"undo", []string{"undo", "by mistake", "oops", "thats wrong", "i said held but", "correct it", "dadwneud", "camgymeriad"}},
	{"digest", []string{"weekly digest", "figures every", "every monday send", "crynodeb wythnosol", "ffigurau bob"}},
	{"coverage", []string{"coverage", "figures", "how many of", "how many had", "how many people", "how many are", "how many cancel", "percentage",
		"what share", "trend", "bar chart", "numbers", "cwmpas", "ffigurau", "faint o"}},
	{"decline", []string{"decline", "dont want to be on", "take me off the", "gwrthod"}},
	{"roster", []string{"roster", "csv", "invite my", "invite the", "invites", "invitation to the", "import ", "add these people", "rhestr", "gwahodd"}},
	{"save", []string{"accept", "i want to join", "thats me", "derbyn"}},
	{"calendar", []string{"ics", "calendar", "outlook", "download my", "export", "nghalendr", "galendr", "calendr"}},
	{"discreet", []string{"discreet", "hide what", "a reminder from cymar", "cynnil"}},
	{"confirm", []string{"supervisor to confirm", "supervisor confirm", "ngoruchwyliwr gadarnhau"}},
	{"share", []string{"tell my supervisor", "let my supervisor", "supervisor get the same", "dwed wrth fy"}},
	{"days", []string{"working days", "change my days", "fix my days", "only remind me on", "days a week", "day off", "niwrnodau gwaith", "nyddiau gwaith", "ddiwrnodau gwaith"}},
	{"zone", []string{"timezone", "time zone", "parth amser"}},
	{"hours", []string{"working hours", "send my reminders at", "time of my reminders", "remind me between", "remind me at", "i work nights", "oriau gwaith"}},
	{"nobody", []string{"nobody", "no one to", "no supervisor", "dont have a supervisor", "havent got a supervisor", "neb i", "does gen i neb", "dim goruchwyliwr", "neb eto"}},
	{"cancelled", []string{"cancelled on", "cancelled again", "cancld", "canceled on", "was cancelled", "was canceled", "got cancelled", "been cancelled", "cancelled my", "cancelled our",
		"cancelled by", "cancelled no", "they cancelled", "supervisor cancelled", "mark it as cancelled", "record cancelled", "a cancellation", "called off", "didnt happen",
		"never went ahead", "sup is off", "to cancelled", "ei chanslo", "ei ganslo", "wedi canslo", "canslwyd"}},
	{"resume", []string{"resume", "im back", "unpause", "back on", "start my reminders again", "ailddechrau", "nol o"}},
	{"pause", []string{"pause", "pausing", "on leave", "annual leave", "off sick", "sick leave", "maternity", "jury service", "secondment", "on hold", "suspend", "hold my nudges",
		"holiday", "oedi", "oeda", "ar wyliau", "yn sal", "i ffwrdd tan"}},
	{"stop", []string{"stop", "cancel my", "cancel the", "turn off", "turn reminders off", "turn the reminders off", "reminders off", "unsubscribe", "delete my", "remove ", "wipe", "start over",
		"no more", "opt out", "canslo fy", "canslo r", "diffodd", "dim mwy", "mwyach"}},
	{"moved", []string{"move my", "been moved", "has moved", "it moved", "moved to", "reschedul", "rearrang", "change my sup to", "change it to", "shift", "new date", "back to half", "got bumped",
		"bumped to", "postponed", "changed to", "symud", "gohiri", "aildrefnu"}},
	{"snooze", []string{"snooz", "snoze", "later", "not now", "ask me again", "skip", "miss out", "remind me tomorrow", "wedyn", "nes ymlaen", "atgoffa fi fory"}},
	{"every", []string{"change it from", "change the interval", "turn monthly", "turn weekly", "make my", "default interval", "first 12 weeks", "shorten my"}},
	{"held", []string{"as held", "was held", "held", "mark it as done", "mark that one done", "mark it done", "had my sup", "we had", "i had", "had supervision", "had line", "supervision done", "done my",
		"we met", "i met", "log ", "tick off", "took place", "just come out", "happened", "went ahead", "put it down", "backdate", "enter my", "it was on", "i was in", "ges i", "cawsom", "cynhaliwyd", "cofnod"}},
	{"mine", []string{"when is", "whens", "when did", "what date", "my next", "next sup", "nxt", "is my", "am i", "have i got", "do i have", "show", "list", "what reminders", "date of my", "days till",
		"how long since", "dates have i", "my history", "settings", "which kinds", "pryd mae", "pryd ges i oruchwyliaeth ddiwethaf", "nesaf", "dangos", "ydw i"}},
}

// early is what is asked about, which would else be taken for something told.
var early = []string{"when did", "how long since", "pryd ges", "pryd mae", "what date was", "dangos", "show my", "which kinds", "didnt get my reminder", "is my reminder"}

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
	verb := intended(said.Text)
	s := when.Read(said.Text, a.today)
	if s.Timed() && (verb == "" || verb == "every") {
		return h.sentence(ctx, a, said)
	}
	r, err := h.load(ctx, ev.From)
	if err != nil {
		return bot.Reply{}, err
	}
	if card, ok := h.offer(a, r, verb, s); ok {
		return only(card), nil
	}
	return only(h.mineCard(a, r)), nil
}

// intended is the verb that a request is about, "" where it cannot be told.
func intended(said string) string {
	padded := " " + strings.Join(plain(said), " ") + " "
	if anyOf(padded, early) {
		return "mine"
	}
	for _, i := range intents {
		if anyOf(padded, i.words) {
			return i.verb
		}
	}
	return ""
}

func anyOf(padded string, beginnings []string) bool {
	for _, w := range beginnings {
		if strings.Contains(padded, " "+w) {
			return true
		}
	}
	return false
}

// offer is the button that does what was asked for, with the kind and the
// date that were named.
func (h *Handler) offer(a asked, r Record, id string, s when.Sentence) (bot.Card, bool) {
	switch id {
	case "", "mine":
		return bot.Card{}, false
	case "held", "moved", "pause", "stop", "snooze", "cancelled":
		if len(r.Clocks) == 0 {
			return bot.Card{}, false
		}
		return h.offerDated(a, id, s), true
	case "nobody":
		return h.offerDated(a, id, s), true
	}
	for _, v := range h.verbs() {
		if v.id == id && a.Role.May(v.needs) {
			lead := a.word("offer.this")
			b := a.button(id, "", a.command(id))
			return bot.Card{Summary: lead, Lang: a.Lang, Blocks: []bot.Block{bot.Para(lead), bot.Points(a.word("help." + id)),
				bot.Buttons{Buttons: []bot.Button{b, a.button("mine", "", a.word("button.mine"))}}}}, true
		}
	}
	return bot.Card{}, false
}

// offerDated is the offer of a verb that may have a kind and a date.
func (h *Handler) offerDated(a asked, id string, s when.Sentence) bot.Card {
	d := s.Next
	if id == "held" {
		d = s.Last
	}
	b := []bot.Button{a.dated(id, s.Kind, d)}
	if d.Zero() {
		if may := a.possible(id, s); len(may) > 0 {
			b = may
		}
	}
	lead := a.word("offer." + id)
	return bot.Card{Summary: lead, Lang: a.Lang, Blocks: []bot.Block{bot.Para(lead),
		bot.Buttons{Buttons: append(b, a.button("mine", "", a.word("button.mine")))}}}
}

// possible is a button for each date that may be meant and can be.
func (a asked) possible(id string, s when.Sentence) []bot.Button {
	var out []bot.Button
	for _, f := range s.Faults {
		for _, d := range f.Dates {
			if (f.Why == when.Ambiguous || f.Why == when.WrongWeekday) && (id == "held") == (d <= a.today) {
				out = append(out, a.dated(id, s.Kind, d))
			}
		}
	}
	return out
}

// dated is the button of a verb with a kind and a date, as far as they are
// known; where it needs a date that is not known it asks for it.
func (a asked) dated(id string, k when.Kind, d calendar.Date) bot.Button {
	var value, typed []string
	if k != "" && id != "pause" {
		value, typed = append(value, string(k)), append(typed, a.kind(k))
	}
	switch {
	case id == "snooze" && d.Zero():
		return a.button(id, strings.Join(append(value, "3"), " "), a.count("button.snooze", 3), append([]string{"3"}, typed...)...)
	case !d.Zero():
		value, typed = append(value, d.String()), append(typed, d.String())
	case id == "moved":
		b := a.button("movedto", string(k), a.word("button.moved"))
		b.Command = a.dateCommand("movedto", k)
		return b
	case id == "pause":
		b := a.button("pausing", "", a.word("button.pause"))
		b.Command = a.dateCommand("pausing", k)
		return b
	}
	label := a.word("button.later")
	if id != "snooze" {
		label = a.word("button." + id)
	}
	if !d.Zero() && id != "cancelled" && id != "stop" && id != "nobody" {
		label = a.word("offer_date."+id, words.Data{"Date": a.date(d, a.today)})
	}
	return a.button(id, strings.Join(value, " "), label, typed...)
}
