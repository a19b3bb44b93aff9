package supervision

import (
	"strings"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

// note is small print of several strings.
func note(parts ...string) bot.Note { return bot.Small(strings.Join(parts, " ")) }

// start is how to begin: by a form or by a sentence.
func (h *Handler) start(a asked) bot.Card {
	lead := a.word("start.lead")
	card := bot.Card{Summary: lead, Lang: a.Lang, Blocks: []bot.Block{bot.Para(lead), bot.Points(a.word("start.examples"))}}
	var b bot.Buttons
	if a.Caps.Forms {
		fill := a.button("form", "", a.word("button.form"))
		fill.Command, fill.Style = a.command("setup"), bot.Primary
		b.Buttons = append(b.Buttons, fill)
	}
	b.Buttons = append(b.Buttons, a.button("nobody", "", a.word("button.nobody")))
	return with(card, b, note(a.word("start.private"), a.word("start.local")))
}

func with(c bot.Card, more ...bot.Block) bot.Card {
	c.Blocks = append(c.Blocks[:len(c.Blocks):len(c.Blocks)], more...)
	return c
}

// whichKind asks for the kind, for a verb that is to get it.
func (h *Handler) whichKind(a asked, verb string) bot.Card {
	lead := a.word("which.kind")
	var b bot.Buttons
	if verb == "setup" {
		verb = "kind"
	}
	for _, k := range when.Kinds {
		b.Buttons = append(b.Buttons, a.button(verb, string(k), a.kind(k), a.kind(k)))
	}
	return bot.Card{Summary: lead, Lang: a.Lang, Blocks: []bot.Block{bot.Para(lead), b}}
}

// whichClock asks which of several supervisions is meant.
func (h *Handler) whichClock(a asked, r Record, verb string) bot.Card {
	lead := a.word("which.clock")
	var b bot.Buttons
	date := ""
	if d, f := when.ReadDate(a.args, a.today, towards(verb)); f == nil {
		date = " " + d.String()
		if verb == "movedto" {
			verb = "moved"
		}
	}
	for _, c := range r.Clocks {
		button := a.button(verb, string(c.Kind)+date, a.kind(c.Kind), a.kind(c.Kind)+date)
		if verb == "movedto" {
			button.Command = a.command("moved", a.example(a.today.Add(14)), a.kind(c.Kind))
		}
		b.Buttons = append(b.Buttons, button)
	}
	return bot.Card{Summary: lead, Lang: a.Lang, Blocks: []bot.Block{bot.Para(lead), b}}
}

func towards(verb string) when.Towards {
	if verb == "held" {
		return when.Past
	}
	return when.Future
}

// confirm says back what was understood, before anything is saved.
func (h *Handler) confirm(a asked, r Record, faults []*when.Fault) bot.Card {
	card := bot.Card{Summary: a.word("confirm.lead"), Lang: a.Lang}
	if len(faults) > 0 {
		card.Summary = a.fault(faults[0], a.today)
	}
	for _, f := range faults {
		card = with(card, bot.Para(a.fault(f, a.today)))
		if b := a.choices(f); len(b.Buttons) > 0 {
			card = with(card, b)
		}
	}
	kinds := true
	lead := bot.Para(a.word("confirm.nothing"))
	var all []bot.Block
	for _, p := range r.Draft.Plans {
		if len(faults) == 0 && p.Kind != "" {
			p = r.complete(p, a.today)
		}
		if facts := a.planFacts(p); len(facts.Rows) > 0 {
			all, lead = append(all, facts), bot.Para(a.word("confirm.lead"))
		}
		kinds = kinds && p.Kind != ""
	}
	card = with(with(card, lead), all...)
	switch {
	case !kinds:
		ask := h.whichKind(a, "setup")
		card = with(card, ask.Blocks...)
	case len(faults) == 0:
		save := a.button("save", "", a.word("button.save"))
		save.Style = bot.Primary
		card = with(card, bot.Buttons{Buttons: []bot.Button{save}}, note(a.word("confirm.change")))
	}
	return card
}

// choices is a button for each thing that a fault may mean.
func (a asked) choices(f *when.Fault) bot.Buttons {
	var b bot.Buttons
	for _, d := range f.Dates {
		if f.Why != when.Ambiguous && f.Why != when.WrongWeekday {
			break
		}
		verb := "next"
		if d < a.today {
			verb = "last"
		}
		b.Buttons = append(b.Buttons, a.button(verb, d.String(), a.date(d, a.today), d.String()))
	}
	english := speaker{words: a.words, lang: bot.English}
	for _, i := range f.Every {
		value := strings.TrimPrefix(english.every(i), "every ")
		own := a.every(i)
		typed := own
		for _, every := range []string{"every ", "bob "} {
			typed = strings.TrimPrefix(typed, every)
		}
		b.Buttons = append(b.Buttons, a.button("every", value, own, typed))
	}
	return b
}

// planFacts is a plan in words.
func (a asked) planFacts(p Plan) bot.Facts {
	var f bot.Facts
	row := func(id, value string) { f.Rows = append(f.Rows, bot.Fact{Label: a.word("label." + id), Value: value}) }
	if p.Kind != "" {
		row("kind", a.kind(p.Kind))
	}
	if p.State == ladder.Nobody {
		row("state", a.word("state.nobody"))
		return f
	}
	every := a.every(p.Every)
	if p.Default {
		every += " (" + a.word("default") + ")"
	}
	if !p.Every.Zero() {
		row("every", every)
	}
	if p.With != "" {
		row("with", p.With)
	}
	if !p.Last.Zero() {
		row("last", a.lastHeld(p.Clock))
	}
	if p.Next.Zero() {
		return f
	}
	next := a.near(p.Next, a.today)
	if p.Counted {
		next += " (" + a.word("counted") + ")"
	}
	row("next", next)
	return f
}

// lastHeld is when it was last held, and whether the supervisor said so too.
func (a asked) lastHeld(c Clock) string {
	if c.Confirmed == c.Last {
		return a.date(c.Last, a.today) + " (" + a.word("confirmed") + ")"
	}
	return a.date(c.Last, a.today)
}

// saved says that something was done and how all of it stands.
func (h *Handler) saved(a asked, r Record, done string) bot.Card {
	card := h.mineCard(a, r)
	lead := a.word("done." + done)
	card.Summary, card.Blocks = lead, append([]bot.Block{bot.Para(lead)}, card.Blocks...)
	if done == "undone" {
		return card
	}
	return with(card, a.undoButton())
}

func (a asked) undoButton() bot.Buttons {
	return bot.Buttons{Buttons: []bot.Button{a.button("undo", "", a.word("button.undo"))}}
}

func (a asked) withUndo(text string) bot.Card {
	return bot.Card{Summary: text, Lang: a.Lang, Blocks: []bot.Block{bot.Para(text), a.undoButton()}}
}

// told says until when it is quiet.
func (h *Handler) told(a asked, done string, until calendar.Date) bot.Card {
	return a.withUndo(a.word("done."+done, words.Data{"Date": a.date(until, a.today)}))
}

// changed says what was done to one kind and what comes next.
func (h *Handler) changed(a asked, r Record, k when.Kind, done string) bot.Card {
	i := r.find(k)
	if i < 0 {
		return h.mineCard(a, r)
	}
	c := r.Clocks[i]
	d := words.Data{"Kind": a.kind(k)}
	if !c.Last.Zero() {
		d["Last"] = a.near(c.Last, a.today)
	}
	if !c.Next.Zero() {
		d["Next"] = a.near(c.Next, a.today)
	}
	card := bot.Card{Lang: a.Lang, Summary: a.word("done."+done, d)}
	card = with(card, bot.Para(card.Summary))
	var b bot.Buttons
	switch done {
	case "nobody":
		b.Buttons = append(b.Buttons, h.answers(a.speaker, "missing")...)
		b.Buttons = append(b.Buttons, a.button("quiet", string(k), a.word("button.quiet"), a.kind(k)))
	case "cancelled", "held":
		b.Buttons = append(b.Buttons, a.moveButton(c, a.today))
	}
	b.Buttons = append(b.Buttons, a.button("undo", "", a.word("button.undo")))
	return with(card, b)
}

// answers is the button to an answer of the knowledge base, if there is one.
func (h *Handler) answers(s speaker, topic string) []bot.Button {
	if h.o.Answer == nil {
		return nil
	}
	return []bot.Button{h.o.Answer("supervision-"+topic, s.word("answer."+topic))}
}

// moveButton asks for another date, or for the first one.
func (s speaker) moveButton(c Clock, today calendar.Date) bot.Button {
	label := "button.moved"
	if c.State != ladder.Running {
		label = "button.date"
	}
	b := s.button("movedto", string(c.Kind), s.word(label))
	b.Command = s.command("moved", s.example(max(c.Next, today).Add(7)), s.kind(c.Kind))
	return b
}

// clockRow is the buttons of one supervision.
func (s speaker) clockRow(c Clock, today calendar.Date) bot.Buttons {
	k := string(c.Kind)
	var b bot.Buttons
	if c.State == ladder.Running {
		b.Buttons = append(b.Buttons, s.button("held", k, s.word("button.held"), s.kind(c.Kind)))
		other := s.button("heldon", k, s.word("button.heldon"))
		other.Command = s.command("held", s.kind(c.Kind), s.example(today.Add(-1)))
		b.Buttons = append(b.Buttons, other)
	}
	b.Buttons = append(b.Buttons, s.moveButton(c, today))
	if c.State == ladder.Running {
		b.Buttons = append(b.Buttons,
			s.button("cancelled", k, s.word("button.cancelled"), s.kind(c.Kind)),
			s.button("calendar", k, s.word("button.calendar"), s.kind(c.Kind)))
	}
	return b
}

// mineCard is how everything stands, or how to begin.
func (h *Handler) mineCard(a asked, r Record) bot.Card {
	if len(r.Clocks) == 0 || !r.Stopped.Zero() {
		if len(r.Sees) > 0 && r.Stopped.Zero() {
			return with(h.start(a), bot.Divider{}, a.seenList(r))
		}
		return h.start(a)
	}
	lead := a.word("mine.title")
	card := bot.Card{Summary: lead, Lang: a.Lang, Blocks: []bot.Block{bot.Heading{Text: lead}}}
	if r.Pause.Holds(a.today) {
		card = with(card, bot.Para(a.word("mine.paused", words.Data{"Date": a.date(r.Pause.Until, a.today)})),
			bot.Buttons{Buttons: []bot.Button{a.button("resume", "", a.word("button.resume"))}})
	}
	for _, c := range r.Clocks {
		card = with(card, bot.Text{Spans: []bot.Span{{Text: a.kind(c.Kind), Bold: true}}}, a.clockFacts(c), a.clockRow(c, a.today))
	}
	pausing := a.button("pausing", "", a.word("button.pause"))
	pausing.Command = a.command("pause", a.example(a.today.Add(14)))
	all := bot.Buttons{Buttons: []bot.Button{pausing, a.button("calendar", "", a.word("button.all")), a.button("stop", "", a.word("button.stop"))}}
	card = with(card, bot.Divider{}, all)
	if len(r.Sees) > 0 {
		card = with(card, a.seenList(r))
	}
	return with(card, note(a.word("mine.more")))
}

// clockFacts is how one supervision stands.
func (a asked) clockFacts(c Clock) bot.Facts {
	f := a.planFacts(Plan{Clock: c})
	f.Rows = f.Rows[1:] // the kind stands above
	if c.State == ladder.Nobody {
		return f
	}
	if c.State == ladder.Cancelled {
		return state(f, a.word("label.state"), a.word("state.cancelled"))
	}
	switch {
	case c.Snooze > a.today:
		f = state(f, a.word("label.state"), a.word("state.snoozed", words.Data{"Date": a.date(c.Snooze, a.today)}))
	case c.Next < a.today:
		f = state(f, a.word("label.state"), a.word("state.overdue"))
	}
	if c.Shared == Agreed {
		f = state(f, a.word("label.shared"), a.word("shared.yes"))
	}
	return f
}

// state adds a row.
func state(f bot.Facts, label, value string) bot.Facts {
	f.Rows = append(f.Rows, bot.Fact{Label: label, Value: value})
	return f
}
