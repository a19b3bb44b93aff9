package supervision

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/ladder"
	"cymar/handlers/supervision/roster"
)

const (
	inviteJob = "supervision.invite"
	inviteKey = "supervision.invite:"
	// inviteLife is how long somebody has to accept.
	inviteLife = 28 * 24 * time.Hour
	// dryLife is how long a list that was only tried is kept.
	dryLife = time.Hour
	// shown is how many faulty lines, and names on a card, are shown.
	shown = 20
)

var rosterPhrase = regexp.MustCompile(`(?i)^\s*(supervision roster|roster|rhestr goruchwyliaeth|rhestr pobl)[:\s]*`)

// isRoster keeps "roster" in a question from being a command.
func isRoster(args string) bool { return strings.ContainsAny(args, ",;\t") }

// roster tries a list that was pasted.
func (h *Handler) roster(ctx context.Context, a asked) (bot.Reply, error) {
	said, _ := a.What.(bot.Said)
	data := rosterPhrase.ReplaceAllString(said.Text, "")
	if data == "" {
		return bot.Reply{}, refuse(a.word("roster.how"))
	}
	return h.tryRoster(ctx, a, []byte(data))
}

// dropped tries a list that somebody dropped into the chat with the bot, if
// they may invite people and it is one.
func (h *Handler) dropped(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	up, _ := ev.What.(bot.Uploaded)
	if h.o.Files == nil || !ev.Role.May(bot.InvitePeople) || !strings.HasSuffix(strings.ToLower(up.File.Name), ".csv") {
		return bot.Reply{}, nil
	}
	a, err := h.ask(ctx, ev, "")
	if err != nil {
		return bot.Reply{}, err
	}
	f, err := h.o.Files.Open(ctx, ev.In.Platform, up.File)
	if err != nil {
		return bot.Reply{}, refuse(a.word("roster.unreadable"))
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, roster.MaxBytes+1))
	if err != nil {
		return bot.Reply{}, refuse(a.word("roster.unreadable"))
	}
	if h.o.Others != nil && h.o.Others(data) {
		return bot.Reply{}, nil
	}
	return h.tryRoster(ctx, a, data)
}

// tryRoster says what a list holds and what is wrong with it; nobody is
// invited yet.
func (h *Handler) tryRoster(ctx context.Context, a asked, data []byte) (bot.Reply, error) {
	if a.Space.Zero() {
		return bot.Reply{}, refuse(a.word("coverage.where"))
	}
	r := roster.Read(data, a.today)
	if _, err := h.o.Store.SetRoster(ctx, a.From, r.Lines, dryLife); err != nil {
		return bot.Reply{}, err
	}
	card := bot.Card{Summary: a.words.Count(a.Lang, "roster.read", r.Read, words.Data{"Good": len(r.Lines)}), Lang: a.Lang}
	card = with(card, bot.Para(card.Summary))
	if len(r.Faults) > 0 {
		card = with(card, a.faultTable(r.Faults))
	}
	if len(r.Lines) == 0 {
		return only(with(card, bot.Para(a.word("roster.how")))), nil
	}
	certain, unsure := h.match(ctx, a.Event, r.Lines)
	invite := a.button("invite", "", a.word("button.invite"))
	invite.Style, invite.Confirm = bot.Primary, a.word("roster.confirm")
	return only(with(card, bot.Para(a.word("roster.found", words.Data{"Certain": len(certain), "Unsure": len(unsure)})),
		bot.Buttons{Buttons: []bot.Button{invite}}, note(a.word("roster.nobody_yet")))), nil
}

// faultTable is the faulty lines, each with its reason.
func (s speaker) faultTable(all []roster.Fault) bot.Table {
	t := bot.Table{Header: []string{s.word("column.line"), s.word("column.fault")}}
	for i, f := range all {
		if i == shown {
			t.Rows = append(t.Rows, []string{"…", s.count("roster.more", len(all)-shown)})
			break
		}
		n := fmt.Sprint(f.Line)
		if f.Line == 0 {
			n = "–"
		}
		t.Rows = append(t.Rows, []string{n, s.rosterFault(f)})
	}
	return t
}

// rosterFault says what is wrong with a line and what to write instead.
func (s speaker) rosterFault(f roster.Fault) string {
	if id := "roster_fault." + string(f.Why); s.words.Has(id) {
		return s.word(id, words.Data{"Said": f.Said})
	}
	return s.word("fault."+string(f.Why), words.Data{"Said": f.Said})
}

// matched is a line and whom it is about.
type matched struct {
	line roster.Line
	user bot.User
}

// match finds the people of the lines: those whom exactly one person in the
// place bears the name of, and those of whom that is not so.
func (h *Handler) match(ctx context.Context, ev bot.Event, lines []roster.Line) (certain []matched, unsure []roster.Line) {
	var people []bot.Person
	if h.o.People != nil {
		people, _ = h.o.People(ctx, placeOf(ev)) // whom we cannot see are found by their own press
	}
	byName := map[string][]bot.User{}
	for _, p := range people {
		for _, name := range []string{folded(p.Name), folded(string(p.User.ID))} {
			byName[name] = append(byName[name], p.User)
		}
	}
	for _, l := range lines {
		if found := byName[folded(l.Who)]; len(found) == 1 {
			certain = append(certain, matched{l, found[0]})
		} else {
			unsure = append(unsure, l)
		}
	}
	return certain, unsure
}

func folded(name string) string { return strings.Join(plain(strings.TrimPrefix(name, "@")), " ") }

// placeOf is the place whose people a list is about: the event's own, or in a
// direct chat the first of the space.
func placeOf(ev bot.Event) bot.Place {
	if ev.In.Kind != bot.DirectChat || len(ev.Space.Places) == 0 {
		return ev.In
	}
	return bot.Place{Platform: ev.Space.Platform, Tenant: ev.Space.Tenant, ID: ev.Space.Places[0], Kind: bot.Channel}
}

// invite invites the people of the list that was tried.
func (h *Handler) invite(ctx context.Context, a asked) (bot.Reply, error) {
	lines, err := h.o.Store.Roster(ctx, a.From)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(lines) == 0 || a.Space.Zero() {
		return bot.Reply{}, refuse(a.word("roster.gone"))
	}
	id, err := h.o.Store.SetRoster(ctx, a.From, lines, rosterLife)
	if err != nil {
		return bot.Reply{}, err
	}
	certain, unsure := h.match(ctx, a.Event, lines)
	text := a.word("roster.invited", words.Data{"Certain": len(certain), "Unsure": len(unsure)})
	reply := only(bot.Say(a.Lang, text))
	reply.Sends = append(reply.Sends, h.claimCards(a, id, unsure)...)
	if len(certain) > 0 {
		reply.Next = []bot.Event{{From: a.From, In: a.In, What: bot.Continue{Job: inviteJob, Shard: h.o.Store.Shard(homeOf(a.From)), State: "0"}}}
	}
	return reply, nil
}

// inviting invites the next people of a list.
func (h *Handler) inviting(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	w, _ := ev.What.(bot.Continue)
	from, _ := strconv.Atoi(w.State)
	lines, err := h.o.Store.Roster(ctx, ev.From)
	if err != nil {
		return bot.Reply{}, err
	}
	certain, _ := h.match(ctx, ev, lines)
	var r bot.Reply
	end := min(from+invitesAtOnce, len(certain))
	for _, m := range certain[min(from, end):end] {
		send, err := h.inviteOne(ctx, ev, m)
		if err != nil {
			return bot.Reply{}, err
		}
		r.Sends = append(r.Sends, send...)
	}
	if end < len(certain) {
		w.State = strconv.Itoa(end)
		r.Next = []bot.Event{{From: ev.From, In: ev.In, What: w}}
	}
	return r, nil
}

// invitesAtOnce is how many people one event invites: each takes a few trips
// to the store.
const invitesAtOnce = 100

// inviteOne keeps that somebody was invited, with what was suggested; they are
// enrolled when they save it and not before.
func (h *Handler) inviteOne(ctx context.Context, ev bot.Event, m matched) ([]bot.Send, error) {
	today := calendar.On(h.o.Clock.Now(), ev.Space.Location())
	already := false
	r, err := h.o.Store.Change(ctx, m.user, func(r *Record) error {
		already = r.find(m.line.Kind) >= 0
		r.invited(m.line, ev.Space, today, h.o.Clock.Now())
		return h.look(ctx, r)
	})
	if err != nil || already {
		return nil, err
	}
	p, err := h.o.Profiles.Profile(ctx, m.user)
	if err != nil {
		return nil, err
	}
	s := h.speak(language(r, p, ev.Space))
	return []bot.Send{{To: bot.DM(m.user), Key: inviteKey + today.String() + ":" + string(m.line.Kind) + ":" + string(m.user.ID),
		Card: s.invitation(r, m.line, today)}}, nil
}

// invited notes an invitation, once for each kind.
func (r *Record) invited(l roster.Line, space bot.Space, today calendar.Date, now time.Time) {
	if r.Invited.Zero() {
		r.Invited = today
	}
	if r.Space == "" {
		r.Space = space.ID
	}
	fill(&r.Team, l.Team)
	if r.find(l.Kind) >= 0 {
		return
	}
	p := planFor(l)
	if r.Draft == nil {
		r.Draft = &Draft{}
	}
	r.Draft.Until = now.Add(inviteLife).UTC()
	for i, old := range r.Draft.Plans {
		if old.Kind == l.Kind {
			r.Draft.Plans[i] = p
			return
		}
	}
	r.Draft.Plans = append(r.Draft.Plans, p)
}

func planFor(l roster.Line) Plan {
	return Plan{Clock: Clock{Clock: ladder.Clock{Kind: l.Kind, Every: l.Every, Next: l.Next}, With: l.With}}
}

// invitation is what an invited person sees.
func (s speaker) invitation(r Record, l roster.Line, today calendar.Date) bot.Card {
	lead := s.word("invite.lead")
	a := asked{speaker: s, today: today}
	yes := s.button("save", string(l.Kind), s.word("button.accept"), s.kind(l.Kind))
	yes.Style = bot.Primary
	return bot.Card{Summary: lead, Lang: s.lang, Blocks: []bot.Block{bot.Para(lead), a.planFacts(r.complete(planFor(l), today)),
		bot.Buttons{Buttons: []bot.Button{yes, s.button("decline", "", s.word("button.decline"))}}, note(s.word("invite.private"))}}
}

// decline says no to an invitation; only that one was invited is kept.
func (h *Handler) decline(ctx context.Context, a asked) (bot.Reply, error) {
	_, err := h.change(ctx, a, false, func(r *Record) error {
		r.Draft = nil
		return nil
	})
	return only(bot.Say(a.Lang, a.word("invite.declined"))), err
}

// claimCards asks in the place who the others are.
func (h *Handler) claimCards(a asked, id string, unsure []roster.Line) []bot.Send {
	var out []bot.Send
	s := h.both(a.Space)
	for from := 0; from < len(unsure); from += shown {
		var b bot.Buttons
		for _, l := range unsure[from:min(from+shown, len(unsure))] {
			value := id + " " + strconv.Itoa(l.Number)
			button := s[0].button("claim", value, s[0].word("button.claim")+" · "+s[1].word("button.claim")+": "+l.Who, value)
			button.Action = "supervision.claim" // in whose language is for whoever presses it
			b.Buttons = append(b.Buttons, button)
		}
		card := bot.Card{Summary: s[0].word("claim.lead"), Lang: s[0].lang}
		card = with(card, bot.Para(s[0].word("claim.lead")), bot.Para(s[1].word("claim.lead")), b, note(s[0].word("invite.private"), s[1].word("invite.private")))
		out = append(out, bot.Send{To: bot.InPlace(placeOf(a.Event)), Card: card})
	}
	return out
}

// both is both languages, for what a whole space sees: Welsh first in Wales.
func (h *Handler) both(s bot.Space) [2]speaker {
	if s.Nation == bot.Wales {
		return [2]speaker{h.speak(bot.Welsh), h.speak(bot.English)}
	}
	return [2]speaker{h.speak(bot.English), h.speak(bot.Welsh)}
}

var claimed = regexp.MustCompile(`^([\w-]{22}) (\d{1,6})$`)

func isClaim(args string) bool { return claimed.MatchString(args) }

// claim is somebody saying that a name on the list is theirs: they are
// invited, as everybody else.
func (h *Handler) claim(ctx context.Context, a asked) (bot.Reply, error) {
	m := claimed.FindStringSubmatch(a.args)
	if m == nil {
		return bot.Reply{}, refuse(a.word("claim.gone"))
	}
	lines, err := h.o.Store.RosterBy(ctx, homeOf(a.From), m[1])
	if err != nil {
		return bot.Reply{}, err
	}
	for _, l := range lines {
		if strconv.Itoa(l.Number) != m[2] {
			continue
		}
		r, err := h.change(ctx, a, false, func(r *Record) error {
			r.invited(l, a.Space, a.today, h.o.Clock.Now())
			return nil
		})
		if err != nil {
			return bot.Reply{}, err
		}
		card := a.invitation(r, l, a.today)
		return only(card), nil
	}
	return bot.Reply{}, refuse(a.word("claim.gone"))
}

// inviteOutcome notes who cannot be reached at all.
func (h *Handler) inviteOutcome(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	w, failed := ev.What.(bot.Undelivered)
	parts := strings.SplitN(strings.TrimPrefix(w.Key, inviteKey), ":", 3)
	if !failed || w.Reason != bot.Unreachable || len(parts) != 3 {
		return bot.Reply{}, nil
	}
	u := bot.User{Platform: ev.In.Platform, Tenant: ev.In.Tenant, ID: bot.UserID(parts[2])}
	_, err := h.o.Store.Change(ctx, u, func(r *Record) error {
		if !r.empty() {
			r.Missed, r.Reason = manyMissed, w.Reason
		}
		return h.look(ctx, r)
	})
	return bot.Reply{}, err
}

// MaxRoster is the largest list that is read, in bytes.
const MaxRoster = roster.MaxBytes

// CheckRoster says in words what a list holds and what is wrong with it, for
// the command line; ok reports whether every line can be used.
func CheckRoster(data []byte, today time.Time, lang bot.Lang) (text string, ok bool, err error) {
	cat, err := catalogue()
	if err != nil {
		return "", false, err
	}
	s := speaker{words: cat, lang: lang}
	r := roster.Read(data, calendar.On(today, today.Location()))
	text = s.words.Count(lang, "roster.read", r.Read, words.Data{"Good": len(r.Lines)}) + "\n"
	for _, f := range r.Faults {
		line := s.word("column.line") + " " + strconv.Itoa(f.Line)
		if f.Line == 0 {
			line = "–"
		}
		text += line + ": " + s.rosterFault(f) + "\n"
	}
	return text, len(r.Faults) == 0, nil
}
