package supervision

import (
	"context"
	"strings"

	"cymar/bot"
	"cymar/handlers/supervision/calendar"
)

// The jobs that run for a whole installation.
const (
	digestJob = "supervision.digest"
	monthJob  = "supervision.month"
)

// setDigest switches a lead's weekly digest on or off.
func (h *Handler) setDigest(ctx context.Context, a asked) (bot.Reply, error) {
	on, _ := isOn(a.args)
	if on && a.Space.Zero() {
		return bot.Reply{}, refuse(a.word("coverage.where"))
	}
	if err := h.o.Store.SetDigest(ctx, a.From, a.Space.ID, on); err != nil {
		return bot.Reply{}, err
	}
	return only(bot.Say(a.Lang, a.word("digest."+onWord(on)))), nil
}

// eachHome does something for one installation after the other, each as an
// event of its own.
func (h *Handler) eachHome(job string, do func(ctx context.Context, home Home) (bot.Reply, error)) bot.HandlerFunc {
	return func(ctx context.Context, ev bot.Event) (bot.Reply, error) {
		switch w := ev.What.(type) {
		case bot.Continue:
			platform, tenant, _ := strings.Cut(w.State, "\x00")
			return do(ctx, Home{bot.Platform(platform), bot.TenantID(tenant)})
		case bot.Tick:
			all, err := h.o.Store.Homes(ctx, w.Shard)
			var r bot.Reply
			for _, home := range all {
				r.Next = append(r.Next, bot.Event{ID: bot.EventID(string(ev.ID) + ">" + bot.TenantDigest(home.Platform, home.Tenant)),
					What: bot.Continue{Job: job, Shard: w.Shard, State: home.member()}})
			}
			return r, err
		}
		return bot.Reply{}, nil
	}
}

// digest sends the figures to those who wish them each week.
func (h *Handler) digest(ctx context.Context, home Home) (bot.Reply, error) {
	wanted, err := h.o.Store.Digests(ctx, home)
	if err != nil || len(wanted) == 0 {
		return bot.Reply{}, err
	}
	spaces, err := h.o.Spaces.List(ctx, home.Platform, home.Tenant)
	if err != nil {
		return bot.Reply{}, err
	}
	all, err := h.reports(ctx, home, spaces...)
	if err != nil {
		return bot.Reply{}, err
	}
	var r bot.Reply
	for id, space := range wanted {
		rep := all[space]
		if rep == nil || !rep.space.RoleOf(id).May(bot.SeeCoverage) {
			continue
		}
		send, err := h.digestFor(ctx, bot.User{Platform: home.Platform, Tenant: home.Tenant, ID: id}, rep)
		if err != nil {
			return bot.Reply{}, err
		}
		r.Sends = append(r.Sends, send)
	}
	return r, nil
}

func (h *Handler) digestFor(ctx context.Context, u bot.User, rep *report) (bot.Send, error) {
	p, err := h.o.Profiles.Profile(ctx, u)
	if err != nil {
		return bot.Send{}, err
	}
	if rep.trend, err = h.o.Store.Trend(ctx, homeOf(u), rep.space.ID); err != nil {
		return bot.Send{}, err
	}
	card, err := h.reportCard(h.speak(language(Record{}, p, rep.space)), rep)
	day := calendar.On(h.o.Clock.Now(), rep.space.Location())
	return bot.Send{To: bot.DM(u), Card: card, Key: digestJob + ":" + day.String() + ":" + string(u.ID)}, err
}

// month keeps the figures of the month that is over, as they would be shown.
func (h *Handler) month(ctx context.Context, home Home) (bot.Reply, error) {
	spaces, err := h.o.Spaces.List(ctx, home.Platform, home.Tenant)
	if err != nil {
		return bot.Reply{}, err
	}
	all, err := h.reports(ctx, home, spaces...)
	if err != nil {
		return bot.Reply{}, err
	}
	for id, rep := range all {
		yesterday := calendar.On(h.o.Clock.Now(), rep.space.Location()).Add(-1)
		if err := h.o.Store.SetTrend(ctx, home, id, yesterday.String()[:len("2006-01")], rep.Report); err != nil {
			return bot.Reply{}, err
		}
	}
	return bot.Reply{}, nil
}
