package supervision

import (
	"context"
	"errors"
	"strings"
	"time"

	"cymar/bot"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
	"cymar/text"
)

// setup takes a sentence, or offers the form.
func (h *Handler) setup(ctx context.Context, a asked) (bot.Reply, error) {
	said, ok := a.What.(bot.Said)
	if !ok || a.args == "" {
		return only(h.start(a)), nil
	}
	return h.sentence(ctx, a, said)
}

// sentence keeps what somebody wrote as a draft and says back what it means.
func (h *Handler) sentence(ctx context.Context, a asked, said bot.Said) (bot.Reply, error) {
	s := when.Read(said.Text, a.today)
	p := Plan{Clock: Clock{Clock: ladder.Clock{Kind: s.Kind, Every: s.Every, Last: s.Last, Next: s.Next}, With: s.With}}
	if len(said.Mentions) > 0 {
		p.Supervisor = said.Mentions[0].ID
	}
	if p.Supervisor == a.From.ID || isOneself(p.With) {
		return bot.Reply{}, refuse(a.word("oneself"))
	}
	return h.draft(ctx, a, s.Faults, func(r *Record) {
		if p.Kind == "" && p.Every.Zero() && len(r.Clocks) == 1 { // a date alone is of the one there is; with how often it may be another
			p.Kind = r.Clocks[0].Kind
		}
		r.Draft = &Draft{Plans: []Plan{p}}
	})
}

// isOneself reports whether somebody named themselves as their supervisor.
func isOneself(with string) bool {
	switch text.Plain(text.Fold(with)) {
	case "me", "myself", "me myself", "fi", "fi fy hun", "fy hun", "fi fy hunan":
		return true
	}
	return false
}

// draft changes the draft and says what it is now.
func (h *Handler) draft(ctx context.Context, a asked, faults []*when.Fault, do func(*Record)) (bot.Reply, error) {
	r, err := h.change(ctx, a, false, func(r *Record) error {
		do(r)
		r.Draft.Until = h.o.Clock.Now().Add(draftLife).UTC()
		return nil
	})
	if err != nil {
		return bot.Reply{}, err
	}
	if r.Draft == nil { // a repeat of an event after the draft was saved
		return only(h.mineCard(a, r)), nil
	}
	return only(h.confirm(a, r, faults)), nil
}

// draftLife is how long what was not saved is kept.
const draftLife = 24 * time.Hour

// open is the first plan of the draft; a new one where there is none.
func (r *Record) open() *Plan {
	if r.Draft == nil || len(r.Draft.Plans) == 0 {
		r.Draft = &Draft{Plans: []Plan{{}}}
		if len(r.Clocks) == 1 {
			r.Draft.Plans[0].Kind = r.Clocks[0].Kind
		}
	}
	for i := range r.Draft.Plans {
		if r.Draft.Plans[i].Kind == "" {
			return &r.Draft.Plans[i]
		}
	}
	return &r.Draft.Plans[0]
}

func (h *Handler) setKind(ctx context.Context, a asked) (bot.Reply, error) {
	k := when.ReadKind(a.args)
	if k == "" {
		return only(h.whichKind(a, "setup")), nil
	}
	return h.draft(ctx, a, nil, func(r *Record) { r.open().Kind = k })
}

func (h *Handler) setEvery(ctx context.Context, a asked) (bot.Reply, error) {
	s := when.Read("every "+a.args, a.today)
	if s.Every.Zero() {
		_, f := when.ReadInterval("every " + a.args)
		if f == nil || f.Why == when.Nothing || len(s.Faults) == 0 {
			return bot.Reply{}, refuse(a.word("every.how"))
		}
	}
	return h.draft(ctx, a, s.Faults, func(r *Record) {
		p := r.open()
		if s.Kind != "" {
			p.Kind = s.Kind
		}
		fill(&p.Every, s.Every)
		fill(&p.Next, s.Next)
		fill(&p.Last, s.Last)
		fill(&p.With, s.With)
	})
}

// fill takes over a value that was said.
func fill[T comparable](to *T, v T) {
	var zero T
	if v != zero {
		*to = v
	}
}

func (h *Handler) setNext(ctx context.Context, a asked) (bot.Reply, error) {
	d, f := when.ReadDate(a.args, a.today, when.Future)
	if f != nil {
		return h.draft(ctx, a, []*when.Fault{f}, func(r *Record) { r.open() })
	}
	return h.draft(ctx, a, nil, func(r *Record) { r.open().Next = d })
}

func (h *Handler) setLast(ctx context.Context, a asked) (bot.Reply, error) {
	d, f := when.ReadDate(a.args, a.today, when.Past)
	if f != nil {
		return h.draft(ctx, a, []*when.Fault{f}, func(r *Record) { r.open() })
	}
	return h.draft(ctx, a, nil, func(r *Record) { r.open().Last = d })
}

// complete is a plan with everything that was not said worked out.
func (r Record) complete(p Plan, today calendar.Date) Plan {
	if i := r.find(p.Kind); i >= 0 {
		old := r.Clocks[i]
		if p.Every.Zero() {
			p.Every, p.Default = old.Every, old.Default
		}
		if p.Last.Zero() {
			p.Last = old.Last
		}
		if p.With == "" && p.Supervisor == "" {
			p.With, p.Supervisor, p.Shared = old.With, old.Supervisor, old.Shared
		}
	}
	if p.Every.Zero() {
		p.Every, p.Default = when.Default(p.Kind), true
	}
	if p.State == ladder.Nobody {
		p.Next = 0
		return p
	}
	if p.Next.Zero() {
		p.Counted = true
		p.Next = p.After(today, r.Wishes.InPost)
		if !p.Last.Zero() {
			p.Next = p.After(p.Last, r.Wishes.InPost)
		}
	}
	return p
}

// save keeps the draft, or only the kind named, as an invitation's button
// names it. What has no kind yet waits on.
func (h *Handler) save(ctx context.Context, a asked) (bot.Reply, error) {
	missing, just := false, when.ReadKind(a.args)
	r, err := h.change(ctx, a, true, func(r *Record) error {
		missing = r.Draft == nil
		if missing {
			return errNothing
		}
		var wait []Plan
		for _, p := range r.Draft.Plans {
			if p.Kind == "" || just != "" && p.Kind != just {
				wait = append(wait, p)
				continue
			}
			c := r.complete(p, a.today).Clock
			c.Since = a.today
			r.put(c)
		}
		if len(wait) == len(r.Draft.Plans) {
			return errNothing
		}
		r.saved(wait, a.today)
		return nil
	})
	switch {
	case errors.Is(err, errNothing) && (missing || just != ""):
		return bot.Reply{}, refuse(a.word("save.nothing"))
	case errors.Is(err, errNothing):
		return only(h.whichKind(a, "setup")), nil
	case err != nil:
		return bot.Reply{}, err
	}
	return only(h.saved(a, r, "saved")), nil
}

// saved notes that somebody saved what they had drafted, but for what waits.
func (r *Record) saved(wait []Plan, today calendar.Date) {
	r.Stopped = 0
	if r.Draft.Plans = wait; len(wait) == 0 {
		r.Draft = nil
	}
	if r.Accepted.Zero() {
		r.Accepted = today
	}
}

// form shows the form, in the platform's own request.
func (h *Handler) form(_ context.Context, a asked) (bot.Reply, error) {
	f := bot.Form{ID: a.named("setup"), Lang: a.Lang, Title: a.word("form.title"), Submit: a.word("form.submit"), Intro: a.word("form.intro")}
	for _, k := range when.Kinds[:2] {
		name := string(k)
		f.Fields = append(f.Fields,
			bot.Field{Name: name, Label: a.kind(k), Kind: bot.ChoiceField, Value: "have", Options: []bot.Option{
				{Value: "have", Label: a.word("form.have")}, {Value: "nobody", Label: a.word("form.nobody")}, {Value: "leave", Label: a.word("form.leave")}}},
			bot.Field{Name: name + "_every", Label: a.word("form.every"), Hint: a.word("form.default", map[string]any{"Every": a.every(when.Default(k))}), Kind: bot.TextField, Optional: true, Max: 60},
			bot.Field{Name: name + "_next", Label: a.word("form.next"), Kind: bot.DateField, Optional: true})
	}
	f.Fields = append(f.Fields, bot.Field{Name: "in_post", Label: a.word("form.post"), Hint: a.word("form.post_why"), Kind: bot.DateField, Optional: true})
	return bot.Reply{Now: &bot.Now{Form: &f}}, nil
}

// submitted takes the form.
func (h *Handler) submitted(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	w, _ := ev.What.(bot.Submitted)
	a, err := h.ask(ctx, ev, "")
	if err != nil {
		return bot.Reply{}, err
	}
	faults := map[string]string{}
	var plans []Plan
	for _, k := range when.Kinds[:2] {
		if p, ok := a.planOf(k, w.Fields, faults); ok {
			plans = append(plans, p)
		}
	}
	post := a.field(w.Fields, "in_post", when.Past, faults)
	if len(faults) == 0 && len(plans) == 0 {
		faults["peer"] = a.word("form.empty")
	}
	if len(faults) > 0 {
		return bot.Reply{Now: &bot.Now{FieldErrors: faults}}, nil
	}
	return h.draft(ctx, a, nil, func(r *Record) {
		r.Draft = &Draft{Plans: plans}
		fill(&r.Wishes.InPost, post)
	})
}

// planOf is what the form says of a kind; false when it is left out.
func (a asked) planOf(k when.Kind, fields, faults map[string]string) (Plan, bool) {
	p := Plan{Clock: Clock{Clock: ladder.Clock{Kind: k}}}
	switch fields[string(k)] {
	case "leave", "":
		return p, false
	case "nobody":
		p.State = ladder.Nobody
		return p, true
	}
	if said := strings.TrimSpace(fields[string(k)+"_every"]); said != "" {
		i, f := when.ReadInterval(said)
		if f != nil {
			faults[string(k)+"_every"] = a.fault(f, a.today)
		}
		p.Every = i
	}
	p.Next = a.field(fields, string(k)+"_next", when.Future, faults)
	return p, true
}

// field is a date of the form, zero where it is empty or at fault.
func (a asked) field(fields map[string]string, name string, way when.Towards, faults map[string]string) calendar.Date {
	said := strings.TrimSpace(fields[name])
	if said == "" {
		return 0
	}
	d, f := when.ReadDate(said, a.today, way)
	if f != nil {
		faults[name] = a.fault(f, a.today)
	}
	return d
}
