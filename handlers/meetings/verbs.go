package meetings

import (
	"slices"
	"strings"

	"cymar/bot"
)

// verb is something that can be done with an overview, by a button or by
// “overview” and one of its phrases. Without phrases it is a button's only.
type verb struct {
	id     string
	needs  bot.Permission
	takes  bool // whether more words may follow
	en, cy []string
	do     doing
}

// all is what can be done, in the order in which help shows it.
func (h *Handler) all() []verb {
	return slices.Concat(h.gathering(), h.editing(), h.finishing())
}

func (h *Handler) gathering() []verb {
	const c = bot.CollectMeeting
	return []verb{
		{"show", c, false, []string{"", "show draft"}, []string{"", "dangos drafft"}, h.show},
		{"how", c, false, []string{"help"}, []string{"cymorth"}, h.how},
		{"list", c, false, []string{"list"}, []string{"rhestr"}, h.list},
		{"open", c, true, []string{"open"}, []string{"agor"}, h.open},
		{"start", c, true, []string{"start"}, []string{"dechrau"}, h.start},
		{"stop", c, false, []string{"stop"}, []string{"gorffen"}, h.stop},
		{"auto", c, true, []string{"with meetings"}, []string{"gyda chyfarfodydd"}, h.auto},
		{"fill", c, false, nil, nil, h.fill},
		{"name", c, true, []string{"name"}, []string{"enw"}, h.setName},
		{"date", c, true, []string{"date"}, []string{"dyddiad"}, h.setDate},
		{"times", c, true, []string{"times"}, []string{"amserau"}, h.setTimes},
		{"facilitator", c, true, []string{"facilitator"}, []string{"hwylusydd"}, h.setFacilitator},
		{"told", c, true, []string{"told"}, []string{"dywedwyd"}, h.setTold},
		{"without", c, true, []string{"without", "leave out"}, []string{"heb", "gadael allan"}, h.setNames},
		{"more", c, false, []string{"more"}, []string{"rhagor"}, h.more},
		{"draw", c, false, []string{"draw"}, []string{"llunio"}, h.draw},
		{"delete", c, true, []string{"delete"}, []string{"dileu"}, h.delete},
	}
}

func (h *Handler) editing() []verb {
	const c = bot.CollectMeeting
	return []verb{
		{"edit", c, true, []string{"edit"}, []string{"golygu"}, h.edit},
		{"title", c, true, []string{"title"}, []string{"teitl"}, h.setTitle},
		{"text", c, true, []string{"text"}, []string{"testun"}, h.setText},
		{"hide", c, true, []string{"hide"}, []string{"cuddio"}, h.hide},
		{"unhide", c, true, []string{"show"}, []string{"dangos"}, h.unhide},
		{"merge", c, true, []string{"merge"}, []string{"uno"}, h.merge},
		{"move", c, true, []string{"move"}, []string{"symud"}, h.move},
		{"add", c, true, []string{"add"}, []string{"ychwanegu"}, h.add},
		{"evidence", c, true, []string{"evidence"}, []string{"tystiolaeth"}, h.evidence},
		{"redraw", c, true, []string{"redraw"}, []string{"ail-lunio"}, h.redraw},
		{"quote", c, true, []string{"quote"}, []string{"dyfynnu"}, h.quote},
		{"lists", c, true, []string{"lists"}, []string{"rhestrau"}, h.setLists},
		{"chart", c, true, []string{"chart"}, []string{"siart"}, h.setChart},
		{"undo", c, false, []string{"undo"}, []string{"dadwneud"}, h.undo},
		{"leave", bot.Anyone, false, nil, nil, h.leaveMe},
		{"rejoin", bot.Anyone, false, nil, nil, h.takeMe},
	}
}

func (h *Handler) finishing() []verb {
	const p = bot.PublishOverview
	return []verb{
		{"check", p, false, []string{"check"}, []string{"gwirio"}, h.check},
		{"settle", p, true, []string{"keep"}, []string{"cadw"}, h.settle},
		{"files", p, false, []string{"files"}, []string{"ffeiliau"}, h.sendFiles},
		{"annex", p, false, []string{"annex"}, []string{"atodiad"}, h.sendAnnex},
		{"questions", p, false, []string{"questions"}, []string{"cwestiynau"}, h.sendQuestions},
		{"page", p, false, []string{"page", "desk"}, []string{"tudalen", "desg"}, h.page},
		{"publish", p, false, []string{"publish"}, []string{"cyhoeddi"}, h.publish},
	}
}

// find is the verb whose phrase the words begin with, the longest, and the
// rest of them.
func (h *Handler) find(args string) (best verb, rest string, ok bool) {
	said := strings.Fields(args)
	longest := -1
	for _, v := range h.verbs {
		for _, p := range slices.Concat(v.en, v.cy) {
			n := len(strings.Fields(p))
			if n > longest && begins(said, p) && (v.takes || len(said) == n) {
				best, rest, ok, longest = v, strings.Join(said[n:], " "), true, n
			}
		}
	}
	return best, rest, ok
}

// begins compares word by word, without case and the marks around words.
func begins(said []string, phrase string) bool {
	p := strings.Fields(phrase)
	if len(said) < len(p) {
		return false
	}
	for i := range p {
		if plain(said[i]) != plain(p[i]) {
			return false
		}
	}
	return true
}

func plain(word string) string {
	return strings.ToLower(strings.Trim(strings.ReplaceAll(word, "’", "'"), ".,:;!?“”\"()"))
}

// welsh reports whether the verb was typed in Welsh, and not in words that
// both languages use.
func (v verb) welsh(args string) bool {
	said := strings.Fields(args)
	in := func(phrases []string) bool {
		return slices.ContainsFunc(phrases, func(p string) bool { return p != "" && begins(said, p) })
	}
	return in(v.cy) && !in(v.en)
}

// command is a command of the job's, with the help that it has in words.
type command struct {
	id  string
	cmd bot.Command
	do  bot.Handler
}

func (h *Handler) commands() []command {
	make := func(id string, needs bot.Permission, takes func(string) bool, en, cy []string, do bot.Handler) command {
		return command{id, bot.Command{Name: en[0], Needs: needs, Args: takes != nil, Takes: takes,
			Phrases: map[bot.Lang][]string{bot.English: en, bot.Welsh: cy}, Help: map[bot.Lang]string{}}, do}
	}
	isVerb := func(args string) bool { _, _, ok := h.find(args); return ok }
	few := func(args string) bool { return len(strings.Fields(args)) <= 12 && !strings.Contains(args, "?") }
	return []command{
		make("start", bot.CollectMeeting, few, []string{"start collecting"}, []string{"dechrau casglu"}, h.named(h.start)),
		make("stop", bot.CollectMeeting, nil, []string{"stop collecting"}, []string{"gorffen casglu"}, h.named(h.stop)),
		make("overview", bot.CollectMeeting, isVerb, []string{"overview"}, []string{"trosolwg"}, bot.HandlerFunc(h.typed)),
		make("out", bot.Anyone, nil, []string{"leave me out", "please leave me out"}, []string{"gadael fi allan", "gadewch fi allan"}, h.named(h.leaveMe)),
		make("in", bot.Anyone, nil, []string{"take me in again"}, []string{"fy nghynnwys eto"}, h.named(h.takeMe)),
		make("this", bot.Anyone, nil, []string{"leave this out", "leave that out", "leave my last message out"}, []string{"gadael hwn allan", "gadael fy neges olaf allan"}, h.named(h.leaveThis)),
		make("trends", bot.Anyone, isSpan, []string{"what did we talk about", "recurring themes"}, []string{"am beth fuon ni'n siarad", "themâu cyson"}, h.named(h.trends)),
	}
}
