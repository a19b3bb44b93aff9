package bot

import (
	"fmt"
	"slices"
)

// address turns sends into deliveries: those to one place make one delivery,
// so that they arrive in order.
func (b *Bot) address(ev Event, sends []Send, brief bool) []Delivery {
	var out []Delivery
	for i, s := range sends {
		if s.Key == "" {
			s.Key = fmt.Sprintf("%s#%d", ev.ID, i)
		}
		d := b.delivery(ev, s, brief)
		if at := slices.IndexFunc(out, func(o Delivery) bool { return together(o, d) }); at >= 0 {
			out[at].Parts = append(out[at].Parts, d.Parts...)
			continue
		}
		d.ID = fmt.Sprintf("%s/%d", ev.ID, len(out))
		out = append(out, d)
	}
	return out
}

// together reports whether b can ride with a.
func together(a, b Delivery) bool {
	return a.NoTrace == b.NoTrace && a.Dest == b.Dest && a.Dest.Kind != ToReplace && a.Else == nil && b.Else == nil &&
		a.Report == b.Report && !a.Report && a.NotBefore.Equal(b.NotBefore) && a.NotAfter.Equal(b.NotAfter)
}

func (b *Bot) delivery(ev Event, s Send, brief bool) Delivery {
	if s.Card.Lang == "" {
		s.Card.Lang = ev.Lang
	}
	d := Delivery{
		Queue: queueFor(ev.What), Dest: destination(ev, s.To), Lang: s.Card.Lang,
		Parts:     []Part{{Key: s.Key, Card: s.Card, File: s.File}},
		NotBefore: s.NotBefore, NotAfter: s.NotAfter,
		Report: b.o.Router.reports(s.Key) != "", Brief: brief, NoTrace: s.NoTrace,
	}
	d.Platform, d.Tenant = d.Dest.home()
	if s.Else != nil {
		other := *s.Else
		if other.Key == "" {
			other.Key = s.Key + "~"
		}
		e := b.delivery(ev, other, brief)
		d.Else = &e
	}
	return d
}

func queueFor(w What) Queue {
	switch w := w.(type) {
	case Tick:
		return Nudges
	case Continue:
		if w.Nudging {
			return Nudges
		}
	}
	return Replies
}

// home is the installation that a destination belongs to.
func (d Dest) home() (Platform, TenantID) {
	if d.User.Tenant != "" {
		return d.User.Platform, d.User.Tenant
	}
	return d.Place.Platform, d.Place.Tenant
}

// destination says where a send goes. In a direct chat everything is for the
// one who acted, and goes one way, so that it arrives in order and can be
// erased with the person.
func destination(ev Event, to To) Dest {
	if ev.In.Kind == DirectChat && (to.kind == toHere || to.kind == toOnlyActor) {
		return Dest{Kind: ToPlace, Place: ev.In, User: ev.From}
	}
	switch to.kind {
	case toOnlyActor:
		return Dest{Kind: ToOnlyActor, Place: ev.In, User: ev.From}
	case toDM:
		return Dest{Kind: ToDirect, User: to.user}
	case toPlace:
		return Dest{Kind: ToPlace, Place: to.place}
	case toReplacing:
		return Dest{Kind: ToReplace, Place: ev.In, User: ev.From, Replaces: to.key}
	}
	return Dest{Kind: ToPlace, Place: ev.In}
}

// following gives our own follow-up events their ids and remembers whether a
// tick began them.
func (b *Bot) following(ev Event, next []Event) []Event {
	for i := range next {
		if next[i].ID == "" {
			next[i].ID = EventID(fmt.Sprintf("%s>%d", ev.ID, i))
		}
		if next[i].At.IsZero() {
			next[i].At = b.o.Clock.Now()
		}
		if c, ok := next[i].What.(Continue); ok {
			c.Nudging = queueFor(ev.What) == Nudges
			next[i].What = c
		}
	}
	return next
}
