package supervision

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/ladder"
)

// nudgeKey begins the key of every nudge; the local date and the person follow.
const nudgeKey = "supervision.nudge:"

func keyOf(d calendar.Date, u bot.UserID) string { return nudgeKey + d.String() + ":" + string(u) }

// readKey is the date and the person of a nudge's key.
func readKey(key string) (calendar.Date, bot.UserID, bool) {
	date, user, ok := strings.Cut(strings.TrimPrefix(key, nudgeKey), ":")
	d, err := calendar.Parse(date)
	return d, bot.UserID(user), ok && err == nil && !d.Zero() && user != ""
}

const (
	// most is how many people one event deals with; a Continue takes the rest.
	most = 500
	// patience is how long what came of a nudge may take to be known. After
	// that it is offered again, under the same key.
	patience = 10 * time.Minute
	// slack is how long after somebody's evening a message that is on its way
	// may still arrive.
	slack = 5 * time.Minute
)

// nudge writes to those for whom there is something to do. It changes no
// record: each is only put off in the set, and settled when it is known what
// came of the message. If we die in between, they come up again, and the key
// keeps them from being sent twice.
func (h *Handler) nudge(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	shard, page := shardOf(ev.What)
	now := h.o.Clock.Now()
	all, err := h.o.Store.Due(ctx, shard, now, most)
	if err != nil || len(all) == 0 {
		return bot.Reply{}, err
	}
	sends, err := h.each(ctx, all, now)
	if err != nil {
		return bot.Reply{}, err
	}
	var reply bot.Reply
	var written []Record
	for i := range all {
		if len(sends[i]) > 0 {
			written = append(written, all[i])
		}
		reply.Sends = append(reply.Sends, sends[i]...)
	}
	if err := h.o.Store.Look(ctx, shard, written); err != nil {
		return bot.Reply{}, err
	}
	if len(all) == most {
		reply.Next = append(reply.Next, bot.Event{What: bot.Continue{Job: tickJob, Shard: shard, State: strconv.Itoa(page + 1)}})
	}
	return reply, nil
}

// each is what to send to each of many people: what all of them need is read
// in one go, and what only some need, for several of them at once.
func (h *Handler) each(ctx context.Context, all []Record, now time.Time) ([][]bot.Send, error) {
	homes, users := []Home{}, make([]bot.User, len(all))
	for i, r := range all {
		if users[i] = r.User; !slices.Contains(homes, homeOf(r.User)) {
			homes = append(homes, homeOf(r.User))
		}
	}
	profiles, err := h.o.Profiles.Several(ctx, users)
	if err != nil {
		return nil, err
	}
	lists := make([][]bot.Space, len(homes))
	err = side(len(homes), func(i int) (err error) {
		lists[i], err = h.o.Spaces.List(ctx, homes[i].Platform, homes[i].Tenant)
		return err
	})
	if err != nil {
		return nil, err
	}
	sends := make([][]bot.Send, len(all))
	return sends, side(len(all), func(i int) (err error) {
		sends[i], err = h.one(ctx, &all[i], spaceOf(all[i], lists[slices.Index(homes, homeOf(all[i].User))]), profiles[i], now)
		return err
	})
}

// spaceOf is somebody's space among their installation's; empty where it is
// not there any more.
func spaceOf(r Record, all []bot.Space) bot.Space {
	for _, s := range all {
		if s.ID == r.Space {
			return s
		}
	}
	return bot.Space{}
}

// abreast is how many people are dealt with side by side.
const abreast = 16

// side does n things side by side and returns the first error. A panic of one
// of them is the caller's.
func side(n int, do func(i int) error) error {
	var all sync.WaitGroup
	var next atomic.Int64
	errs, panics := make([]error, n), make(chan any, abreast)
	for range min(abreast, n) {
		all.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					panics <- p
				}
			}()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				if errs[i] = do(i); errs[i] != nil {
					return
				}
			}
		})
	}
	all.Wait()
	select {
	case p := <-panics:
		panic(p)
	default:
		return errors.Join(errs...)
	}
}

func shardOf(w bot.What) (shard, page int) {
	switch w := w.(type) {
	case bot.Tick:
		return w.Shard, 0
	case bot.Continue:
		page, _ = strconv.Atoi(w.State)
		return w.Shard, page
	}
	return 0, 0
}

// one is what to send to one person, and when to look again.
func (h *Handler) one(ctx context.Context, r *Record, space bot.Space, profile bot.Profile, now time.Time) ([]bot.Send, error) {
	p := h.person(*r, space)
	if err := h.withSeen(ctx, r, &p, now); err != nil {
		return nil, err
	}
	items := p.Due(now)
	if len(items) == 0 {
		return nil, h.sweep(ctx, r, space, now)
	}
	r.Look = now.Add(patience)
	today, s := p.Hours.Today(now), h.speak(language(*r, profile, space))
	return []bot.Send{{
		To: bot.DM(r.User), Key: keyOf(today, r.User.ID), Card: h.nudgeCard(s, *r, items, today, profile.Discreet),
		NotAfter: p.Hours.Evening(today).Add(slack),
	}}, nil
}

// withSeen adds the dates that others share with this person, so that all of
// them and the person's own come in one message a day. Sharing that no longer
// stands goes.
func (h *Handler) withSeen(ctx context.Context, r *Record, p *ladder.Person, now time.Time) error {
	if len(r.Sees) == 0 || !r.Stopped.Zero() {
		return nil
	}
	dates, stand, err := h.sees(ctx, *r, now)
	if err != nil {
		return err
	}
	p.Clocks = append(p.Clocks, dates...)
	if len(stand) == len(r.Sees) {
		return nil
	}
	saved, err := h.o.Store.Change(ctx, r.User, func(r *Record) error {
		r.Sees = slices.DeleteFunc(r.Sees, func(s Seen) bool { return !slices.Contains(stand, s) })
		return h.look(ctx, r)
	})
	*r = saved
	return err
}

// language is the person's own choice, else how they last wrote, else the
// space's.
func language(r Record, p bot.Profile, s bot.Space) bot.Lang {
	for _, l := range []bot.Lang{p.Lang, r.Lang, s.Lang} {
		if l != "" {
			return l
		}
	}
	return bot.English
}

// sweep deals with somebody to whom there is nothing to write: an old draft
// and a record that was stopped go, and the time to look again is worked out
// from the record as it is by now, which they may just have changed.
func (h *Handler) sweep(ctx context.Context, r *Record, space bot.Space, now time.Time) error {
	saved, err := h.o.Store.Change(ctx, r.User, func(r *Record) error {
		if !r.Stopped.Zero() && !now.Before(r.Stopped.At(0, 0, time.UTC).Add(forgetAfter)) {
			*r = Record{User: r.User}
		}
		if r.Draft != nil && !now.Before(r.Draft.Until) {
			r.Draft = nil
		}
		r.Look = h.next(*r, space)
		return nil
	})
	*r = saved
	return err
}

// outcome settles a nudge.
func (h *Handler) outcome(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	var key string
	var reason bot.Reason
	switch w := ev.What.(type) {
	case bot.Delivered:
		key = w.Key
	case bot.Undelivered:
		key, reason = w.Key, w.Reason
	}
	day, id, ok := readKey(key)
	if !ok {
		return bot.Reply{}, nil
	}
	u := bot.User{Platform: ev.In.Platform, Tenant: ev.In.Tenant, ID: id}
	_, err := h.o.Store.Change(ctx, u, func(r *Record) error {
		r.settle(day, reason)
		return h.look(ctx, r)
	})
	return bot.Reply{}, err
}

// settle notes what came of the message of a day. What did not reach the
// person, and never will, counts as told: the next rung tries again. What was
// only too late, or met a fault of ours, comes on the next suitable morning.
// The same outcome twice changes nothing.
func (r *Record) settle(day calendar.Date, reason bot.Reason) {
	if day <= r.Told || r.empty() {
		return
	}
	switch reason {
	case "":
		r.Told, r.Missed, r.Reason = day, 0, ""
	case bot.Unreachable, bot.Invalid:
		r.Told, r.Missed, r.Reason = day, r.Missed+1, reason
	default:
		r.Tried, r.Reason = max(r.Tried, day), reason
	}
}

// nudgeCard is one card for everything that is due, as an offer.
func (h *Handler) nudgeCard(s speaker, r Record, items []ladder.Item, today calendar.Date, discreet bool) bot.Card {
	if discreet {
		text := s.word("nudge.discreet")
		return bot.Card{Summary: text, Lang: s.lang, Blocks: []bot.Block{bot.Para(text),
			bot.Buttons{Buttons: []bot.Button{s.button("mine", "", s.word("button.show"))}}}}
	}
	own, seen := divide(items)
	card := bot.Card{Summary: s.summary(own, seen, today), Lang: s.lang}
	bring, missing := false, false
	for _, i := range own {
		card = with(card, bot.Para(s.line(i, today)))
		if i.Step != ladder.Quiet {
			card = with(card, s.clockRow(r.Clocks[r.find(i.Clock.Kind)], today))
		}
		bring = bring || i.Step == ladder.Ahead && i.Clock.Next <= today.Add(3)
		missing = missing || i.Step == ladder.Quiet
	}
	if len(own) > 0 {
		card = with(card, h.nudgeButtons(s, bring, missing))
	}
	for _, i := range seen {
		of := r.User
		of.ID = bot.UserID(i.Clock.Of)
		card = with(card, s.seenLine(of, s.line(i, today)))
	}
	if len(seen) > 0 {
		card = with(card, note(s.word("share.note"), s.word("share.ends", words.Data{"Command": s.command("unshare")})))
	}
	if len(own) > 0 {
		card = with(card, note(s.word("nudge.note")))
	}
	return card
}

// divide is the person's own dates, and those that others share with them.
func divide(items []ladder.Item) (own, seen []ladder.Item) {
	for _, i := range items {
		if i.Clock.Of == "" {
			own = append(own, i)
		} else {
			seen = append(seen, i)
		}
	}
	return own, seen
}

// summary is what a notification shows. Of others' dates it says no more than
// that there are some.
func (s speaker) summary(own, seen []ladder.Item, today calendar.Date) string {
	switch {
	case len(own) == 1 && len(seen) == 0:
		return s.line(own[0], today)
	case len(own) == 0:
		return s.count("share.summary", len(seen))
	}
	return s.count("nudge.summary", len(own)+len(seen))
}

// nudgeButtons is what can be done with the card as a whole.
func (h *Handler) nudgeButtons(s speaker, bring, missing bool) bot.Buttons {
	var b bot.Buttons
	if bring {
		b.Buttons = append(b.Buttons, h.answers(s, "prepare")...)
	}
	if missing {
		b.Buttons = append(b.Buttons, h.answers(s, "missing")...)
	}
	for _, n := range []int{1, 3, 7} {
		b.Buttons = append(b.Buttons, s.button("snooze", strconv.Itoa(n), s.count("button.snooze", n), strconv.Itoa(n)))
	}
	return b
}

// line is one reminder in words.
func (s speaker) line(i ladder.Item, today calendar.Date) string {
	id := "nudge." + string(i.Step)
	text := s.word(id, map[string]any{"Kind": s.kind(i.Clock.Kind), "Date": s.near(i.Clock.Next, today)})
	if i.Final {
		text += " " + s.word("nudge.final")
	}
	return text
}
