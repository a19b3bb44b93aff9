package principles

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/principles/kb"
)

// Card is what is said to a result, in the language and nation.
func (h *Handler) Card(res kb.Result, lang bot.Lang, nation bot.Nation) bot.Card {
	switch {
	case res.Outcome == kb.DidYouMean:
		return h.didYouMean(res, lang)
	case res.Entry == nil:
		return h.dontKnow(lang)
	case res.Outcome == kb.Answer:
		return h.answer(res, lang, nation)
	}
	return bot.Card{Summary: res.Entry.Title.In(string(lang)), Lang: lang, Blocks: h.body(res, lang, nation)}
}

// Text is what an answer says, without heading, sources and buttons.
func (h *Handler) Text(res kb.Result, lang bot.Lang, nation bot.Nation) string {
	return bot.Card{Blocks: h.body(res, lang, nation)}.Plain()
}

// body is the entry's answer and, where it may not be the right one, the
// leads of what else the question may mean.
func (h *Handler) body(res kb.Result, lang bot.Lang, nation bot.Nation) []bot.Block {
	out := blocks(res.Entry, lang, nation)
	var others bot.List
	for _, e := range res.Beside {
		with := bot.List{Items: append(others.Items, []bot.Span{
			{Text: e.Title.In(string(lang)) + ": ", Bold: true}, {Text: e.Lead(string(lang))},
		})}
		if short(append(slices.Clip(out), bot.Para(h.say(lang, "beside")), with)) {
			others = with
		}
	}
	if len(others.Items) == 0 {
		return out
	}
	return append(out, bot.Para(h.say(lang, "beside")), others)
}

// short reports whether blocks are an answer still, and no lecture.
func short(blocks []bot.Block) bool {
	return utf8.RuneCountInString(bot.Card{Blocks: blocks}.Plain()) <= 1500
}

// blocks turns an entry's answer into a card's blocks.
func blocks(e *kb.Entry, lang bot.Lang, nation bot.Nation) []bot.Block {
	var out []bot.Block
	for _, b := range e.Answer(string(lang), string(nation)) {
		if !b.List {
			out = append(out, bot.Text{Spans: spans(b.Lines[0])})
			continue
		}
		var l bot.List
		for _, line := range b.Lines {
			l.Items = append(l.Items, spans(line))
		}
		out = append(out, l)
	}
	return out
}

func spans(in []kb.Span) []bot.Span {
	out := make([]bot.Span, len(in))
	for i, s := range in {
		out[i] = bot.Span{Text: s.Text, Bold: s.Bold, Link: s.Link}
	}
	return out
}

// answer is an entry with where it comes from, when it was checked, what else
// there is, and a way to say whether it helped.
func (h *Handler) answer(res kb.Result, lang bot.Lang, nation bot.Nation) bot.Card {
	e := res.Entry
	title := e.Title.In(string(lang))
	card := bot.Card{Summary: title, Lang: lang, Blocks: []bot.Block{bot.Heading{Text: title}}}
	card.Blocks = append(card.Blocks, h.body(res, lang, nation)...)
	card.Blocks = append(card.Blocks, h.sources(e, lang))
	if b := h.related(res, lang); len(b.Buttons) > 0 {
		card.Blocks = append(card.Blocks, b)
	}
	card.Blocks = append(card.Blocks, bot.Buttons{Buttons: []bot.Button{
		{Action: "principles.rate", Value: "up:" + e.ID, Label: h.say(lang, "up"), Command: h.say(lang, "up_command")},
		{Action: "principles.rate", Value: "down:" + e.ID, Label: h.say(lang, "down"), Command: h.say(lang, "down_command")},
	}})
	return card
}

// sources is the small print: the titles, linked where there is an address.
func (h *Handler) sources(e *kb.Entry, lang bot.Lang) bot.Note {
	out := []bot.Span{{Text: h.say(lang, "sources") + " "}}
	for i, s := range e.Sources {
		if i > 0 {
			out = append(out, bot.Span{Text: "; "})
		}
		out = append(out, source(s)...)
	}
	when := h.say(lang, "checked", words.Data{"Date": day(e.Checked, lang)})
	if !e.Review.IsZero() && h.clock.Now().After(e.Review) {
		when = h.say(lang, "stale", words.Data{"Date": day(e.Checked, lang)})
	}
	out = append(out, bot.Span{Text: ". " + when})
	if lang == bot.Welsh && e.Has("cy") && !e.WelshReviewed {
		out = append(out, bot.Span{Text: " " + h.say(lang, "unreviewed")})
	}
	return bot.Note{Spans: out}
}

func source(s kb.Source) []bot.Span {
	switch {
	case strings.HasPrefix(s.Place, "http"):
		return []bot.Span{{Text: s.Title, Link: s.Place}}
	case s.Place != "":
		return []bot.Span{{Text: s.Title + ", " + s.Place}}
	}
	return []bot.Span{{Text: s.Title}}
}

var welshMonths = [...]string{"Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"}

func day(t time.Time, lang bot.Lang) string {
	if lang == bot.Welsh {
		return t.Format("2 ") + welshMonths[t.Month()-1] + t.Format(" 2006")
	}
	return t.Format("2 January 2006")
}

// related are up to three buttons: what else the question may mean comes
// before what is near to the answer.
func (h *Handler) related(res kb.Result, lang bot.Lang) bot.Buttons {
	near := slices.Clone(res.Beside)
	for _, id := range res.Entry.Related {
		if e := h.know.Base().Entry(id); e != nil && e.Outcome == kb.Answer && !slices.Contains(near, e) {
			near = append(near, e)
		}
	}
	var b bot.Buttons
	for _, e := range near[:min(len(near), 3)] {
		b.Buttons = append(b.Buttons, openButton(e, lang))
	}
	return b
}

func openButton(e *kb.Entry, lang bot.Lang) bot.Button {
	return OpenButton(e.ID, e.Title.In(string(lang)))
}

// OpenButton shows an entry; label is also what can be asked instead. Other
// jobs point to an answer with it.
func OpenButton(topic, label string) bot.Button {
	return bot.Button{Action: "principles.open", Value: topic, Label: label, Command: label}
}

func (h *Handler) didYouMean(res kb.Result, lang bot.Lang) bot.Card {
	lead := h.say(lang, "mean")
	var b bot.Buttons
	for _, c := range res.Candidates[:min(len(res.Candidates), 3)] {
		b.Buttons = append(b.Buttons, openButton(c.Entry, lang))
	}
	return bot.Card{Summary: lead, Lang: lang, Blocks: []bot.Block{bot.Para(lead), b, bot.Small(h.say(lang, "mean_else"))}}
}

func (h *Handler) dontKnow(lang bot.Lang) bot.Card {
	lead := h.say(lang, "unsure")
	return bot.Card{Summary: lead, Lang: lang, Blocks: []bot.Block{bot.Para(lead), bot.Para(h.say(lang, "unsure_what"))}}
}
