package meetings

import (
	"context"
	"errors"
	"slices"
	"strings"

	"cymar/bot"
	"cymar/bot/words"
)

// noticeKey begins the keys of notices; what became of one decides whether
// anything is collected.
const noticeKey = "meetings.notice:"

// autoSetting is the space's setting by which meetings are collected as they
// begin; its value is whoever switched it on.
const autoSetting = "overview_with_meetings"

// start posts the notice. Nothing is taken until it stands there.
func (h *Handler) start(ctx context.Context, a asked) (bot.Reply, error) {
	if a.In.Kind == bot.DirectChat {
		return bot.Reply{}, refuse(a.word("start.where"))
	}
	return h.announce(ctx, a, a.From, strings.TrimSpace(a.args))
}

func (h *Handler) announce(ctx context.Context, a asked, owner bot.User, title string) (bot.Reply, error) {
	running, err := h.o.Store.Running(ctx, a.In)
	if err != nil {
		return bot.Reply{}, err
	}
	id := meetingID(a.ID)
	if running != "" && running != id && a.From.ID == "" {
		return bot.Reply{}, nil
	}
	if running != "" && running != id {
		return only(a.say("start.running")), nil
	}
	place := a.In
	place.Thread = ""
	now := h.o.Clock.Now()
	m, err := h.o.Store.Make(ctx, Meeting{
		ID: id, Owner: owner, Lang: a.lang, Space: a.Space.ID, Zone: a.Space.Location().String(), State: Announcing, Live: true,
		Place: place, Made: now, Facts: Particulars{Title: orElse(title, a.Space.Name), Platform: string(place.Platform)}, Told: "yes",
	})
	if err != nil {
		return bot.Reply{}, err
	}
	if m.State != Announcing {
		return bot.Reply{}, nil
	}
	reply := bot.Reply{Sends: []bot.Send{{To: bot.InPlace(place), Card: h.notice(a.Space.Nation, owner), Key: noticeKey + id}}}
	if a.From.ID != "" {
		reply = reply.And(only(a.say("start.done")))
	}
	return reply, nil
}

// meetingID names the meeting that an event began, the same however often it
// comes.
func meetingID(ev bot.EventID) string { return bot.Digest("meeting", string(ev))[:12] }

// notice is what everybody sees before anything is collected: in both
// languages, Welsh first in Wales.
func (h *Handler) notice(nation bot.Nation, owner bot.User) bot.Card {
	langs := []bot.Lang{bot.English, bot.Welsh}
	if nation == bot.Wales {
		slices.Reverse(langs)
	}
	card := bot.Card{Lang: langs[0]}
	for i, lang := range langs {
		s := h.speak(lang)
		if i > 0 {
			card.Summary += " / "
			card.Blocks = append(card.Blocks, bot.Divider{})
		}
		card.Summary += s.word("notice.title")
		points := bot.Points(s.word("notice.points", words.Data{"Published": int(h.o.Keep.Published / oneDay), "Chat": int(h.o.Keep.Chat / oneDay)}))
		points.Items = append(points.Items, []bot.Span{{Text: s.word("notice.who") + " "}, {Text: s.word("notice.facilitator"), Mention: owner}})
		card.Blocks = append(card.Blocks, bot.Heading{Text: s.word("notice.title")}, bot.Para(s.word("notice.lead")), points,
			bot.Buttons{Buttons: []bot.Button{{Action: "meetings.leave", Label: s.word("button.leave"), Command: s.word("typed.leave")}}})
	}
	return card
}

// announced begins to collect once the notice stands there for all to see.
func (h *Handler) announced(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	home := homeIn(ev.In)
	var key string
	failed := false
	switch w := ev.What.(type) {
	case bot.Delivered:
		key = w.Key
	case bot.Undelivered:
		key, failed = w.Key, true
	}
	id := strings.TrimPrefix(key, noticeKey)
	if failed {
		return h.unannounced(ctx, home, id)
	}
	m, err := h.o.Store.Change(ctx, home, id, ev.ID, func(m *Meeting) error {
		if m.State == Announcing {
			m.State, m.Since = Collecting, h.o.Clock.Now()
		}
		return nil
	})
	if errors.Is(err, bot.ErrNotFound) {
		return bot.Reply{}, nil
	}
	if err != nil || m.State != Collecting {
		return bot.Reply{}, err
	}
	return bot.Reply{}, h.o.Store.Collect(ctx, m)
}

// unannounced gives up: without the notice nothing may be taken.
func (h *Handler) unannounced(ctx context.Context, home Home, id string) (bot.Reply, error) {
	m, err := h.o.Store.Load(ctx, home, id)
	if errors.Is(err, bot.ErrNotFound) {
		return bot.Reply{}, nil
	}
	if err != nil {
		return bot.Reply{}, err
	}
	say := h.speak(m.Lang)
	return bot.Reply{Sends: []bot.Send{{To: bot.DM(m.Owner), Card: say.say("start.failed"), Key: "meetings.failed:" + id}}}, h.o.Store.Delete(ctx, m)
}

// began collects a meeting as it begins, where the space has that switched on.
func (h *Handler) began(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	w, _ := ev.What.(bot.MeetingStarted)
	space, err := h.o.Spaces.Of(ctx, ev.In)
	if errors.Is(err, bot.ErrNotFound) {
		return bot.Reply{}, nil
	}
	owner := bot.UserID(space.Settings[autoSetting])
	if err != nil || owner == "" || !space.RoleOf(owner).May(bot.CollectMeeting) {
		return bot.Reply{}, err
	}
	ev.Space, ev.From = space, bot.User{}
	a := h.ask(ev, "")
	a.lang = space.Lang
	return h.announce(ctx, a, bot.User{Platform: ev.In.Platform, Tenant: ev.In.Tenant, ID: owner}, w.Title)
}

// auto switches that on or off.
func (h *Handler) auto(ctx context.Context, a asked) (bot.Reply, error) {
	on, ok := a.onOff()
	if !ok || a.Space.Zero() {
		return bot.Reply{}, refuse(a.word("auto.how"))
	}
	settings := map[string]string{}
	for k, v := range a.Space.Settings {
		settings[k] = v
	}
	delete(settings, autoSetting)
	if on {
		settings[autoSetting] = string(a.From.ID)
	}
	s := a.Space
	s.Settings = settings
	if err := h.o.Spaces.Save(ctx, s); err != nil {
		return bot.Reply{}, err
	}
	return only(a.say("auto." + switched(on))), nil
}

func switched(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

// onOff reads a switch in either language.
func (a asked) onOff() (on, ok bool) {
	switch plain(a.args) {
	case "on", "yes", "ymlaen", "ydw", "do", "ie":
		return true, true
	case "off", "no", "i ffwrdd", "na", "naddo", "diffodd":
		return false, true
	}
	return false, false
}

// stop ends a collection and has the draft drawn.
func (h *Handler) stop(ctx context.Context, a asked) (bot.Reply, error) {
	id, err := h.o.Store.Running(ctx, a.In)
	if err != nil {
		return bot.Reply{}, err
	}
	if id == "" && a.In.Kind == bot.DirectChat {
		id, err = h.o.Store.Desk(ctx, a.From)
	}
	if err != nil {
		return bot.Reply{}, err
	}
	m, err := h.o.Store.Load(ctx, homeOf(a.From), id)
	if errors.Is(err, bot.ErrNotFound) || err == nil && !m.stoppable() {
		return bot.Reply{}, refuse(a.word("stop.none"))
	}
	if err != nil {
		return bot.Reply{}, err
	}
	return h.close(ctx, a.Event, m)
}

// stoppable reports whether a meeting is collected, or was when the event that
// stopped it came for the first time.
func (m Meeting) stoppable() bool { return m.Live && (m.State == Collecting || m.State == Drawing) }

// ended ends the collection of a meeting that is over.
func (h *Handler) ended(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	id, err := h.o.Store.Running(ctx, ev.In)
	if err != nil || id == "" {
		return bot.Reply{}, err
	}
	m, err := h.o.Store.Load(ctx, homeIn(ev.In), id)
	if err != nil {
		return bot.Reply{}, err
	}
	return h.close(ctx, ev, m)
}

// close takes nothing more, says so in the place, and begins the draft.
func (h *Handler) close(ctx context.Context, ev bot.Event, m Meeting) (bot.Reply, error) {
	m, err := h.o.Store.Change(ctx, m.home(), m.ID, ev.ID, func(m *Meeting) error {
		if m.State == Collecting {
			m.Until = h.o.Clock.Now()
			m.begin()
		}
		return nil
	})
	if err != nil {
		return bot.Reply{}, err
	}
	if err := h.o.Store.Stop(ctx, m); err != nil {
		return bot.Reply{}, err
	}
	en, cy := h.speak(bot.English), h.speak(bot.Welsh)
	card := bot.Card{Lang: bot.English, Summary: en.word("stop.done"), Blocks: []bot.Block{bot.Para(en.word("stop.done")), bot.Para(cy.word("stop.done"))}}
	reply := bot.Reply{Sends: []bot.Send{{To: bot.InPlace(m.Place), Card: card, Key: "meetings.stopped:" + m.ID}}}
	return reply.And(h.drawn(m)), nil
}
