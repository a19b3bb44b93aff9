package meetings

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/meetings/themes"
	"cymar/handlers/meetings/themes/reading"
	"cymar/handlers/meetings/transcript"
)

// drawJob draws a draft.
const drawJob = "meetings.draw"

// key names a send about a meeting that goes once a drawing.
func (m Meeting) key(what string) string {
	return fmt.Sprintf("meetings.%s:%s:%d", what, m.ID, m.Round)
}

// begin starts another drawing.
func (m *Meeting) begin() {
	m.State, m.Round, m.Stale = Drawing, m.Round+1, false
}

// drawn says that the draft is being drawn, and has it drawn.
func (h *Handler) drawn(m Meeting) bot.Reply {
	say := h.speak(m.Lang)
	return bot.Reply{
		Sends: []bot.Send{{To: bot.DM(m.Owner), Key: m.key("progress"), Card: bot.Say(m.Lang, say.word("draw.began"))}},
		Next:  []bot.Event{h.goOn(m)},
	}
}

func (h *Handler) goOn(m Meeting) bot.Event {
	return bot.Event{In: bot.Place{Platform: m.Owner.Platform, Tenant: m.Owner.Tenant},
		What: bot.Continue{Job: drawJob, Shard: h.o.Store.Shard(m.home()), State: fmt.Sprintf("%s/%d", m.ID, m.Round)}}
}

// draw begins a drawing: the first, or once more from the same messages.
func (h *Handler) draw(ctx context.Context, a asked) (bot.Reply, error) {
	m, err := h.mine(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	switch {
	case m.State == Announcing || m.State == Collecting:
		return bot.Reply{}, refuse(a.word("draw.collecting"))
	case m.State == Published || m.Purged:
		return bot.Reply{}, refuse(a.word("draw.published"))
	}
	m, err = h.o.Store.Change(ctx, m.home(), m.ID, a.ID, func(m *Meeting) error { m.begin(); return nil })
	if err != nil {
		return bot.Reply{}, err
	}
	return h.drawn(m), nil
}

// read is the chat of a meeting as it is kept: pieces until the draft is
// drawn, messages from then on.
func (h *Handler) read(ctx context.Context, m Meeting) (transcript.Transcript, transcript.Report, error) {
	all, err := h.o.Store.Messages(ctx, m)
	if err != nil {
		return transcript.Transcript{}, transcript.Report{}, err
	}
	if m.Live {
		t, err := h.collected(ctx, m, all)
		return t, transcript.Report{Messages: len(all)}, err
	}
	pieces, err := h.o.Store.Pieces(ctx, m)
	if err != nil {
		return transcript.Transcript{}, transcript.Report{}, err
	}
	if len(pieces) == 0 {
		t := m.known()
		t.Messages = typed(all, nil)
		return t, transcript.Report{Messages: len(all)}, nil
	}
	var files []transcript.File
	for _, p := range pieces {
		files = append(files, transcript.Bytes(p.Name, p.Data))
	}
	t, r, err := transcript.ReadAll(files, h.readOptions(m))
	if err != nil {
		return t, r, refuse(h.speak(m.Lang).whyNot(err))
	}
	if !t.Date.IsZero() && t.Start.IsZero() { // the day stands in the chat, the times do not
		t.Start, t.End = clock(t.Date, m.Facts.Start), clock(t.Date, m.Facts.End)
	}
	return t, r, nil
}

// learn keeps what the chat told of its meeting.
func (f *Particulars) learn(t transcript.Transcript) {
	date, start, end := moments(t)
	f.Title, f.Date, f.Platform = orElse(f.Title, t.Title), orElse(f.Date, date), orElse(f.Platform, string(t.Platform))
	f.Start, f.End = orElse(f.Start, start), orElse(f.End, end)
	if len(f.Facilitators) == 0 {
		f.Facilitators = t.Facilitators
	}
}

// collected is a chat that was collected, with the names of those who wrote,
// so that none of them stands in the overview. They are asked for anew each
// time and not kept.
func (h *Handler) collected(ctx context.Context, m Meeting, all []Message) (transcript.Transcript, error) {
	names := map[bot.UserID]string{}
	if h.o.People != nil {
		people, err := h.o.People(ctx, m.Place)
		if err != nil && bot.Passing(err) && ctx.Err() == nil {
			return transcript.Transcript{}, err
		}
		for _, p := range people {
			names[p.User.ID] = p.Name
		}
	}
	t := m.known()
	zone := m.zone()
	t.Messages = typed(all, names)
	for i := range t.Messages {
		t.Messages[i].At = t.Messages[i].At.In(zone)
	}
	if t.Date.IsZero() {
		y, mo, d := m.Since.In(zone).Date()
		t.Date = time.Date(y, mo, d, 0, 0, 0, 0, zone)
		t.Start, t.End = m.Since.In(zone), m.Until.In(zone)
	}
	if n := names[m.Owner.ID]; n != "" && len(t.Facilitators) == 0 {
		t.Facilitators = []string{n}
	}
	return t, nil
}

// typed is messages as the drawing reads them.
func typed(all []Message, names map[bot.UserID]string) []transcript.Message {
	out := make([]transcript.Message, 0, len(all))
	for _, m := range all {
		author := m.Author
		if author == "" {
			author = orElse(names[m.User], string(m.User))
		}
		t := transcript.Message{ID: m.ID, At: m.At, Author: author, Text: m.Text, ReplyTo: m.ReplyTo, Edited: m.Edited, Links: m.Links}
		for name, who := range m.Reactions {
			t.Reactions = append(t.Reactions, transcript.Reaction{Name: name, Count: len(who)})
		}
		for name, n := range m.Counts {
			t.Reactions = append(t.Reactions, transcript.Reaction{Name: name, Count: n})
		}
		slices.SortFunc(t.Reactions, func(a, b transcript.Reaction) int { return strings.Compare(a.Name, b.Name) })
		out = append(out, t)
	}
	return out
}

// drawing draws a draft and sends it to the facilitator. Coming twice, it
// sends the same again under the same keys.
func (h *Handler) drawing(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	c, _ := ev.What.(bot.Continue)
	id, round, _ := strings.Cut(c.State, "/")
	m, err := h.o.Store.Load(ctx, homeIn(ev.In), id)
	if err != nil || fmt.Sprint(m.Round) != round {
		return bot.Reply{}, ignore(err) // deleted, or begun anew meanwhile
	}
	if m.State == Drawing {
		m, err = h.drawNow(ctx, ev, m)
	}
	var told *bot.UserError
	switch {
	case errors.Is(err, errLater):
		again := bot.Send{To: bot.Replacing(m.key("progress")), Key: m.key("progress") + "/still", Card: h.speak(m.Lang).say("draw.still"),
			Else: &bot.Send{To: bot.DM(m.Owner), Card: h.speak(m.Lang).say("draw.still")}}
		return bot.Reply{Sends: []bot.Send{again}, Next: []bot.Event{h.goOn(m)}}, nil
	case errors.As(err, &told):
		return h.fail(ctx, ev, m, told.Text)
	case err != nil || m.State != Reviewing:
		return bot.Reply{}, err
	}
	return h.present(m).And(h.checkIn(m)), nil
}

// fail says why no draft could be drawn; what was read stays.
func (h *Handler) fail(ctx context.Context, ev bot.Event, m Meeting, why string) (bot.Reply, error) {
	m, err := h.o.Store.Change(ctx, m.home(), m.ID, ev.ID+"/failed", func(m *Meeting) error {
		m.State = Gathering
		return nil
	})
	if err != nil {
		return bot.Reply{}, err
	}
	return bot.Reply{Sends: []bot.Send{instead(m.Owner, m.key("progress"), "/failed", bot.Say(m.Lang, why))}}, nil
}

// sketch is what came of a drawing.
type sketch struct {
	chat     transcript.Transcript
	overview themes.Overview
}

func (h *Handler) drawNow(ctx context.Context, ev bot.Event, m Meeting) (Meeting, error) {
	work := m.key("draw")
	t, _, err := h.read(ctx, m)
	if err != nil {
		return m, err
	}
	opt := h.options(m)
	out, how := await(ctx, h.hands, work, func() sketch {
		t := withQuiet(forDrawing(t), m.Quiet)
		return sketch{t, themes.Draw(t, opt)}
	})
	switch how {
	case later:
		return m, errLater
	case broken:
		return m, refuse(h.speak(m.Lang).word("draw.broken"))
	}
	if err := h.settleMessages(ctx, m, out); err != nil {
		return m, err
	}
	out.overview.Sensitive, out.overview.Noise = nil, nil // of that nothing is kept
	return h.o.Store.Change(ctx, m.home(), m.ID, ev.ID, func(m *Meeting) error {
		if m.State == Drawing {
			m.State, m.Quiet = Reviewing, nil
			if !m.Live {
				m.Facts.learn(out.chat)
			}
			m.remember()
			m.Draft, m.Settled = newDraft(out.overview), nil
		}
		return nil
	})
}

// settleMessages keeps the messages that the draft may rest on, each with its
// number, and none that was written to somebody in danger.
func (h *Handler) settleMessages(ctx context.Context, m Meeting, s sketch) error {
	away := map[string]bool{}
	for _, x := range s.overview.Sensitive {
		away[x.Message] = x.Level != "" || x.Reason == reading.ReasonDanger
	}
	if !m.Live {
		var all []Message
		for _, t := range s.chat.Messages {
			if t.Deleted || t.Bot || t.Text == heldDanger || away[t.ID] {
				continue
			}
			all = append(all, kept1(t, len(all)+1))
		}
		return h.o.Store.Replace(ctx, m, all)
	}
	n := 0
	for _, t := range s.chat.Messages {
		if t.Text == heldDanger {
			continue
		}
		n++
		_, err := h.o.Store.Alter(ctx, m, t.ID, func(msg *Message) bool {
			if msg.N == 0 {
				msg.N = n
			}
			return !away[t.ID]
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// kept1 is a message of a copied chat as it is kept.
func kept1(t transcript.Message, n int) Message {
	m := Message{ID: t.ID, N: n, At: t.At, Author: t.Author, Text: t.Text, ReplyTo: t.ReplyTo, Edited: t.Edited, Links: t.Links}
	for _, r := range t.Reactions {
		if m.Counts == nil {
			m.Counts = map[string]int{}
		}
		m.Counts[r.Name] += r.Count
	}
	return m
}

// progress words for a draft that is ready.
func (s speaker) ready(m Meeting) string {
	n := len(m.Draft.Overview.Themes)
	if n == 0 {
		return s.word("draw.nothing")
	}
	return s.count("draw.done", n, words.Data{"Messages": s.count("messages", m.Draft.Overview.Messages), "People": s.count("people", m.Draft.Overview.People)})
}
