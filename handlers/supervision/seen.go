package supervision

import (
	"context"
	"errors"
	"slices"
	"time"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/supervision/ladder"
)

// see adds somebody who shares their dates, once for each kind.
func (r *Record) see(s Seen) {
	if !slices.ContainsFunc(r.Sees, func(o Seen) bool { return o.User == s.User && o.Kind == s.Kind }) {
		r.Sees = append(r.Sees, s)
	}
}

// sees is the dates that others share with a supervisor, as clocks of theirs,
// and those whose sharing still stands. A date is read where it is kept, in
// the other's own record, each time: what they change or stop holds at once.
func (h *Handler) sees(ctx context.Context, r Record, now time.Time) (dates []ladder.Clock, stand []Seen, err error) {
	for _, s := range r.Sees {
		u := r.User
		u.ID = s.User
		theirs, err := h.load(ctx, u)
		if err != nil {
			return nil, nil, err
		}
		i := theirs.find(s.Kind)
		if i < 0 || theirs.Clocks[i].Shared != Agreed || theirs.Clocks[i].Supervisor != r.User.ID {
			continue
		}
		stand = append(stand, s)
		space, err := h.space(ctx, theirs)
		if err != nil {
			return nil, nil, err
		}
		if theirs.Stopped.Zero() && !theirs.Pause.Holds(h.hours(theirs, space).Today(now)) {
			dates = append(dates, s.clock(theirs.Clocks[i]))
		}
	}
	return dates, stand, nil
}

// clock is the other's date, as it is told to their supervisor.
func (s Seen) clock(c Clock) ladder.Clock {
	out := c.Clock
	out.Of, out.Snooze, out.Since = string(s.User), 0, max(out.Since, s.Since)
	return out
}

// glance is when a supervisor with whom dates are shared is looked at again:
// on each of their working mornings.
func glance(p ladder.Person, now time.Time) time.Time {
	today := p.Hours.Today(now)
	if at := p.Hours.Morning(today); at.After(now) && p.Hours.Works(today) {
		return at
	}
	return p.Hours.Morning(p.Hours.OnOrAfter(today.Add(1)))
}

// seenLine is what a supervisor is told of somebody's date.
func (s speaker) seenLine(of bot.User, line string) bot.Text {
	return bot.Text{Spans: []bot.Span{{Text: s.word("share.somebody"), Mention: of}, {Text: ": " + line}}}
}

// seenList is whose dates are shared with this person, and how that ends.
func (s speaker) seenList(r Record) bot.Text {
	t := bot.Text{Spans: bot.Plainly(s.count("share.seen", len(r.Sees)) + " ")}
	for i, seen := range r.Sees {
		if i > 0 {
			t.Spans = append(t.Spans, bot.Span{Text: ", "})
		}
		u := r.User
		u.ID = seen.User
		t.Spans = append(t.Spans, bot.Span{Text: s.word("share.somebody"), Mention: u}, bot.Span{Text: " (" + s.kind(seen.Kind) + ")"})
	}
	t.Spans = append(t.Spans, bot.Span{Text: ". " + s.word("share.ends", words.Data{"Command": s.command("unshare")})})
	return t
}

// unshare ends all sharing of somebody's dates, from either side, at once.
// There is no undoing of it: both would have to agree again.
func (h *Handler) unshare(ctx context.Context, a asked) (bot.Reply, error) {
	_, err := h.change(ctx, a, false, func(r *Record) error {
		if len(r.Sees) == 0 && !slices.ContainsFunc(r.Clocks, func(c Clock) bool { return c.Shared != NotAsked }) {
			return errNothing
		}
		for i := range r.Clocks {
			r.Clocks[i].Shared = NotAsked
		}
		r.Sees, r.Before = nil, nil
		return nil
	})
	if errors.Is(err, errNothing) {
		return bot.Reply{}, refuse(a.word("share.none"))
	}
	return only(bot.Say(a.Lang, a.word("share.ended"))), err
}

// parted takes everything about u out of somebody else's record: as their
// supervisor, and as one whose dates they are told.
func (r *Record) parted(u bot.UserID) bool {
	before := len(r.Sees)
	r.Sees = slices.DeleteFunc(r.Sees, func(s Seen) bool { return s.User == u })
	found := len(r.Sees) != before
	part := func(all []Clock) {
		for i, c := range all {
			if c.Supervisor == u {
				all[i].Supervisor, all[i].Shared, found = "", NotAsked, true
			}
		}
	}
	part(r.Clocks)
	if r.Before != nil {
		part(r.Before.Clocks)
	}
	if r.Draft != nil {
		for i, p := range r.Draft.Plans {
			if p.Supervisor == u {
				r.Draft.Plans[i].Supervisor, r.Draft.Plans[i].Shared, found = "", NotAsked, true
			}
		}
	}
	return found
}
