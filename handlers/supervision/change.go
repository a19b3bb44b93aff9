package supervision

import (
	"context"
	"errors"
	"strings"

	"cymar/bot"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/when"
)

// errNothing: there is nothing that could be changed.
var errNothing = errors.New("nothing to change")

// which is the clocks that a command is about: the one named, or the only one.
// Where it could be several, the person is asked.
func (h *Handler) which(ctx context.Context, a asked, verb string) (when.Kind, *bot.Reply, error) {
	r, err := h.load(ctx, a.From)
	if err != nil {
		return "", nil, err
	}
	k := when.ReadKind(a.args)
	switch {
	case len(r.Clocks) == 0 || !r.Stopped.Zero():
		ask := only(h.start(a))
		return "", &ask, nil
	case k == "" && len(r.Clocks) == 1:
		return r.Clocks[0].Kind, nil, nil
	case k == "":
		ask := only(h.whichClock(a, r, verb))
		return "", &ask, nil
	case r.find(k) < 0:
		return "", nil, refuse(a.word("no_such_kind", map[string]any{"Kind": a.kind(k)}))
	}
	return k, nil, nil
}

// edit changes the clock of one kind and says how things stand.
func (h *Handler) edit(ctx context.Context, a asked, k when.Kind, done string, do func(Record, Clock) Clock) (bot.Reply, error) {
	r, err := h.change(ctx, a, true, func(r *Record) error {
		r.on(k, func(c Clock) Clock { return do(*r, c) })
		return nil
	})
	if err != nil {
		return bot.Reply{}, err
	}
	return only(h.changed(a, r, k, done)), nil
}

// held records that a supervision took place, today or on the day named.
func (h *Handler) held(ctx context.Context, a asked) (bot.Reply, error) {
	k, ask, err := h.which(ctx, a, "held")
	if err != nil || ask != nil {
		return orNothing(ask), err
	}
	on, ask, err := a.pick("held", k, when.Past, a.today)
	if err != nil || ask != nil {
		return orNothing(ask), err
	}
	return h.edit(ctx, a, k, "held", func(r Record, c Clock) Clock {
		c.Clock = c.Held(on, a.today, r.Wishes.InPost)
		return c
	})
}

func orNothing(r *bot.Reply) bot.Reply {
	if r == nil {
		return bot.Reply{}
	}
	return *r
}

// day is the date in what was written, or otherwise where there is none.
func (a asked) day(way when.Towards, otherwise calendar.Date) (calendar.Date, error) {
	d, f := when.ReadDate(a.args, a.today, way)
	switch {
	case f == nil:
		return d, nil
	case f.Why == when.Nothing && !otherwise.Zero():
		return otherwise, nil
	case f.Why == when.Nothing:
		return 0, refuse(a.word("date.how"))
	}
	return 0, a.instead(f, a.today)
}

// pick is the date in what was written, or otherwise where there is none.
// Where it can mean several, there is a button for each that is possible.
func (a asked) pick(verb string, k when.Kind, way when.Towards, otherwise calendar.Date) (calendar.Date, *bot.Reply, error) {
	_, f := when.ReadDate(a.args, a.today, way)
	if f == nil || f.Why != when.Ambiguous && f.Why != when.WrongWeekday {
		d, err := a.day(way, otherwise)
		return d, nil, err
	}
	var b bot.Buttons
	var not calendar.Date
	for _, d := range f.Dates {
		if way == when.Past && d > a.today || way == when.Future && d < a.today {
			not = d
			continue
		}
		press := a.dated(verb, k, d)
		press.Label = a.date(d, a.today)
		b.Buttons = append(b.Buttons, press)
	}
	if not != 0 {
		why := map[when.Towards]when.Why{when.Past: when.InTheFuture, when.Future: when.InThePast}[way]
		f = &when.Fault{Why: why, Said: f.Said, Dates: []calendar.Date{not}}
	}
	lead := a.fault(f, a.today)
	if len(b.Buttons) == 0 {
		return 0, nil, refuse(lead)
	}
	ask := only(bot.Card{Summary: lead, Lang: a.Lang, Blocks: []bot.Block{bot.Para(lead), b}})
	return 0, &ask, nil
}

func (h *Handler) moved(ctx context.Context, a asked) (bot.Reply, error) {
	k, ask, err := h.which(ctx, a, "movedto")
	if err != nil || ask != nil {
		return orNothing(ask), err
	}
	to, ask, err := a.pick("moved", k, when.Future, 0)
	if err != nil || ask != nil {
		return orNothing(ask), err
	}
	return h.edit(ctx, a, k, "moved", func(_ Record, c Clock) Clock {
		c.Clock = c.Moved(to, a.today)
		return c
	})
}

// cancelled records that a supervision was cancelled on the person: nothing
// to be chased for.
func (h *Handler) cancelled(ctx context.Context, a asked) (bot.Reply, error) {
	k, ask, err := h.which(ctx, a, "cancelled")
	if err != nil || ask != nil {
		return orNothing(ask), err
	}
	return h.edit(ctx, a, k, "cancelled", func(_ Record, c Clock) Clock {
		c.Clock = c.CalledOff(a.today)
		c.LastOff = a.today
		return c
	})
}

// snooze puts off the reminders of the kind named, or of all.
func (h *Handler) snooze(ctx context.Context, a asked) (bot.Reply, error) {
	r, err := h.load(ctx, a.From)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(r.Clocks) == 0 {
		return only(h.start(a)), nil
	}
	until, err := a.until()
	if err != nil {
		return bot.Reply{}, err
	}
	k := when.ReadKind(a.args)
	r, err = h.change(ctx, a, true, func(r *Record) error {
		for i, c := range r.Clocks {
			if k == "" || c.Kind == k {
				r.Clocks[i].Clock = c.Quiet(until)
			}
		}
		return nil
	})
	if err != nil {
		return bot.Reply{}, err
	}
	return only(h.told(a, "snoozed", until)), nil
}

// mostSnooze is how many days a snooze may last; what is longer is a pause.
const mostSnooze = 60

// until is the day that a snooze ends on.
func (a asked) until() (calendar.Date, error) {
	var rest []string
	for _, w := range strings.Fields(a.args) {
		if when.ReadKind(w) == "" {
			rest = append(rest, w)
		}
	}
	n, ok := when.Days(strings.Join(rest, " "))
	if len(rest) == 0 {
		return 0, refuse(a.word("snooze.how"))
	}
	if !ok {
		d, err := a.day(when.Future, 0)
		if err != nil {
			return 0, err
		}
		n = int(d - a.today)
	}
	if n < 1 || n > mostSnooze {
		return 0, refuse(a.word("snooze.how"))
	}
	return a.today.Add(n), nil
}

// pause stops everything until a date.
func (h *Handler) pause(ctx context.Context, a asked) (bot.Reply, error) {
	until, ask, err := a.pick("pause", "", when.Future, 0)
	if err != nil || ask != nil {
		return orNothing(ask), err
	}
	_, err = h.change(ctx, a, true, func(r *Record) error {
		if len(r.Clocks) == 0 {
			return errNothing
		}
		from := a.today
		if r.Pause.Holds(a.today) {
			from = r.Pause.From
		}
		r.Pause = ladder.Pause{From: from, Until: until}
		return nil
	})
	if errors.Is(err, errNothing) {
		return only(h.start(a)), nil
	}
	if err != nil {
		return bot.Reply{}, err
	}
	return only(h.told(a, "paused", until)), nil
}

// resume ends a pause early.
func (h *Handler) resume(ctx context.Context, a asked) (bot.Reply, error) {
	r, err := h.change(ctx, a, true, func(r *Record) error {
		if !r.Pause.Holds(a.today) {
			return errNothing
		}
		r.Pause.Until = a.today
		return nil
	})
	if errors.Is(err, errNothing) {
		return bot.Reply{}, refuse(a.word("resume.nothing"))
	}
	if err != nil {
		return bot.Reply{}, err
	}
	return only(h.saved(a, r, "resumed")), nil
}

// nobody records that there is nobody to supervise the person.
func (h *Handler) nobody(ctx context.Context, a asked) (bot.Reply, error) {
	return h.withNobody(ctx, a, "nobody", false)
}

// quietly is nobody with one line a month.
func (h *Handler) quietly(ctx context.Context, a asked) (bot.Reply, error) {
	return h.withNobody(ctx, a, "quiet", true)
}

func (h *Handler) withNobody(ctx context.Context, a asked, verb string, monthly bool) (bot.Reply, error) {
	k := when.ReadKind(a.args)
	if k == "" {
		return only(h.whichKind(a, verb)), nil
	}
	r, err := h.change(ctx, a, true, func(r *Record) error {
		c := Clock{Clock: ladder.Clock{Kind: k, Every: when.Default(k), Default: true}}
		if i := r.find(k); i >= 0 {
			c = r.Clocks[i]
		}
		c.Clock, c.Supervisor, c.With, c.Shared = c.WithNobody(a.today, monthly), "", "", NotAsked
		r.put(c)
		r.Stopped = 0
		if r.Accepted.Zero() {
			r.Accepted = a.today
		}
		return nil
	})
	if err != nil {
		return bot.Reply{}, err
	}
	return only(h.changed(a, r, k, verb)), nil
}

// stop ends the reminders of the kind named, or all.
func (h *Handler) stop(ctx context.Context, a asked) (bot.Reply, error) {
	k, one := when.ReadKind(a.args), false
	_, err := h.change(ctx, a, true, func(r *Record) error {
		switch {
		case len(r.Clocks) == 0 && len(r.Sees) == 0 || k != "" && r.find(k) < 0:
			return errNothing
		case k == "" || len(r.Clocks) == 1:
			r.Stopped, r.Draft = a.today, nil
		default:
			one = true
			i := r.find(k)
			r.Clocks = append(r.Clocks[:i:i], r.Clocks[i+1:]...)
		}
		return nil
	})
	if errors.Is(err, errNothing) {
		return bot.Reply{}, refuse(a.word("stop.nothing"))
	}
	if err != nil {
		return bot.Reply{}, err
	}
	if one {
		return only(a.withUndo(a.word("stop.single", map[string]any{"Kind": a.kind(k)}))), nil
	}
	return only(a.withUndo(a.word("stop.done"))), nil
}

// undo takes the last change back.
func (h *Handler) undo(ctx context.Context, a asked) (bot.Reply, error) {
	r, err := h.change(ctx, a, false, func(r *Record) error {
		if r.Before == nil {
			return errNothing
		}
		b := *r.Before
		r.Clocks, r.Pause, r.Wishes, r.Stopped, r.Before = b.Clocks, b.Pause, b.Wishes, b.Stopped, nil
		return nil
	})
	if errors.Is(err, errNothing) {
		return bot.Reply{}, refuse(a.word("undo.nothing"))
	}
	if err != nil {
		return bot.Reply{}, err
	}
	return only(h.saved(a, r, "undone")), nil
}
