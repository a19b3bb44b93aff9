package meetings

import (
	"context"
	"slices"
	"strings"
	"time"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/meetings/document"
	"cymar/handlers/meetings/themes"
	"cymar/handlers/meetings/transcript"
)

// document is the overview as it is written into files, with the messages
// behind each part for the annex.
func (h *Handler) document(ctx context.Context, m Meeting) (document.Overview, error) {
	all, err := h.o.Store.Messages(ctx, m)
	if err != nil {
		return document.Overview{}, err
	}
	d := *m.Draft
	if d.Word != nil {
		return h.fromEdited(*d.Word, m), nil
	}
	by := map[string]Message{}
	for _, msg := range all {
		by[msg.ID] = msg
	}
	said := func(ids []string) []document.Said {
		var out []document.Said
		for _, id := range ids {
			if msg, ok := by[id]; ok {
				out = append(out, document.Said{When: clockOf(m, msg), Text: msg.Text})
			}
		}
		return out
	}
	say := h.speak(bot.English) // the overview is written in English
	out := document.Overview{Title: d.Overview.Title, DateLine: d.Overview.DateLine, Lang: document.English, Author: "Cymar", Created: m.At}
	for _, part := range d.parts() {
		if v, err := d.view(part); err == nil && !v.Hidden && strings.TrimSpace(v.Text) != "" {
			out.Paragraphs = append(out.Paragraphs, document.Paragraph{Text: v.Text, Evidence: said(v.Messages)})
		}
	}
	if d.Lists {
		for _, l := range d.lists() {
			list := document.List{Heading: say.word("list." + l.id)}
			for _, it := range l.items {
				list.Items = append(list.Items, document.Item{Text: it.What, Evidence: said(it.Messages)})
			}
			out.Lists = append(out.Lists, list)
		}
	}
	if m.State != Published {
		out.Note = say.word("files.draft")
	}
	if d.NoChart {
		return out, nil
	}
	out.Chart, err = m.timeline(d.Overview, by, say.word("chart.title")).Chart()
	return out, err
}

// timeline is when each theme was written about.
func (m Meeting) timeline(o themes.Overview, by map[string]Message, title string) document.Timeline {
	known := m.known()
	tl := document.Timeline{Title: title, Start: known.Start, End: known.End}
	if m.Live {
		tl.Start, tl.End = m.Since.In(m.zone()), m.Until.In(m.zone())
	}
	for _, th := range o.Themes {
		if th.Hidden {
			continue
		}
		times := document.ThemeTimes{Title: th.Title}
		for _, id := range th.Messages {
			if msg, ok := by[id]; ok && !msg.At.IsZero() {
				times.At = append(times.At, msg.At.In(m.zone()))
			}
		}
		tl.Themes = append(tl.Themes, times)
	}
	return tl
}

// fromEdited is a version that came back from Word, for files.
func (h *Handler) fromEdited(w document.Edited, m Meeting) document.Overview {
	return document.Overview{Title: w.Title, DateLine: w.DateLine, Lang: document.English, Author: "Cymar", Created: m.At,
		Paragraphs: w.Paragraphs, Lists: w.Lists, Note: w.Note}
}

// fromWord takes an overview that was edited in Word and dropped back: the
// guard list runs over it before it can be published.
func (h *Handler) fromWord(ctx context.Context, a asked, data []byte) (bot.Card, bot.Reply, error) {
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Card{}, bot.Reply{}, err
	}
	e, err := document.ReadDOCX(strings.NewReader(string(data)), int64(len(data)))
	if err != nil || len(e.Paragraphs) == 0 {
		return bot.Card{}, bot.Reply{}, refuse(a.word("word.unreadable"))
	}
	if note := h.speak(bot.English).word("files.draft"); e.Note == note {
		e.Note = ""
	}
	m, err = h.o.Store.Change(ctx, m.home(), m.ID, a.ID, func(m *Meeting) error {
		if m.Draft == nil {
			return errNoPart
		}
		m.remember()
		m.Draft.Word = &e
		return nil
	})
	if err != nil {
		return bot.Card{}, bot.Reply{}, err
	}
	list, err := h.checked(ctx, a, m)
	if err != nil {
		return bot.Card{}, bot.Reply{}, err
	}
	for i := range list.Sends { // the work has no actor to answer
		list.Sends[i].To = bot.DM(m.Owner)
	}
	return a.say("word.taken", words.Data{"Paragraphs": len(e.Paragraphs)}), list, nil
}

// risky reports whether a sentence holds anything that a guard list would name.
func (h *Handler) risky(t transcript.Transcript, m Meeting, sentence string) bool {
	found := themes.Risks(t, h.options(m), themes.Overview{}, "\n\n"+"\n\n"+sentence)
	return slices.ContainsFunc(found, func(r themes.Risk) bool { return r.Kind != themes.RiskNumber })
}

// count keeps what recurs over meetings: keys and numbers, no words.
func (h *Handler) count(ctx context.Context, m Meeting) error {
	if m.Space == "" {
		return nil
	}
	date := m.Facts.Date
	if date == "" {
		at := m.Made
		if m.Live {
			at = m.Since
		}
		date = at.In(m.zone()).Format(time.DateOnly)
	}
	return h.o.Store.Count(ctx, m.home(), m.Space, Counted{Meeting: m.ID, Date: date, Marks: m.Draft.Overview.Marks()})
}
