package meetings

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/meetings/document"
)

// publish puts the overview into the channel, once nothing on the guard list is
// open, and plans when the messages go.
func (h *Handler) publish(ctx context.Context, a asked) (bot.Reply, error) {
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	if m.Purged {
		return bot.Reply{}, refuse(a.word("draw.published"))
	}
	all, err := h.guardList(ctx, m)
	if errors.Is(err, errLater) {
		return bot.Reply{}, refuse(a.word("draw.busy"))
	}
	if err != nil {
		return bot.Reply{}, err
	}
	if len(open(all)) > 0 {
		return only(a.guardCard(all)), nil
	}
	place, ok, err := h.where(ctx, a, m)
	if err != nil {
		return bot.Reply{}, err
	}
	if !ok {
		return bot.Reply{}, refuse(a.word("publish.where", words.Data{"Mention": a.Caps.Mention}))
	}
	text := m.Draft.published()
	m, err = h.o.Store.Change(ctx, m.home(), m.ID, a.ID, func(m *Meeting) error {
		if m.Draft == nil || m.Draft.published() != text {
			return errNoPart // it changed since it was checked
		}
		now := h.o.Clock.Now().UTC()
		m.State, m.Approved, m.At, m.Purge = Published, a.From.ID, now, now.Add(h.o.Keep.Published)
		m.Times++
		return nil
	})
	if errors.Is(err, errNoPart) {
		return bot.Reply{}, refuse(a.word("publish.changed"))
	}
	if err != nil {
		return bot.Reply{}, err
	}
	if err := h.count(ctx, m); err != nil {
		return bot.Reply{}, err
	}
	return h.goOut(ctx, a, m, place)
}

// where is the place to publish in: the one it is typed in, else where the
// chat was collected, else the space's only place.
func (h *Handler) where(ctx context.Context, a asked, m Meeting) (bot.Place, bool, error) {
	if a.In.Kind != bot.DirectChat && a.In.ID != "" {
		p := a.In
		p.Thread = ""
		return p, true, nil
	}
	if m.Live {
		return m.Place, true, nil
	}
	routes, err := h.o.Store.Routes(ctx, m.home())
	if err != nil {
		return bot.Place{}, false, err
	}
	var known []bot.Place
	for _, id := range a.Space.Places {
		if p, ok := routes[id]; ok {
			known = append(known, p)
		}
	}
	if len(known) != 1 {
		return bot.Place{}, false, nil
	}
	return known[0], true, nil
}

// goOut is the overview for everybody, and word to the facilitator of what
// happens now.
func (h *Handler) goOut(ctx context.Context, a asked, m Meeting, place bot.Place) (bot.Reply, error) {
	d := m.Draft
	title, dateLine := d.Overview.Title, d.Overview.DateLine
	if d.Word != nil {
		title, dateLine = d.Word.Title, d.Word.DateLine
	}
	say := h.speak(a.Space.Lang)
	card := bot.Card{Summary: orElse(title, say.word("head.untitled")), Lang: bot.English, Blocks: []bot.Block{bot.Heading{Text: orElse(title, say.word("head.untitled"))}}}
	if dateLine != "" {
		card.Blocks = append(card.Blocks, bot.Para(dateLine))
	}
	card.Blocks = append(card.Blocks, d.body(h.speak(bot.English))...)
	card.Blocks = append(card.Blocks, bot.Small(h.speak(bot.English).word("publish.note")), bot.Small(h.speak(bot.Welsh).word("publish.note")))
	key := fmt.Sprintf("meetings.published:%s:%d", m.ID, m.Times)
	reply := bot.Reply{Sends: []bot.Send{{To: bot.InPlace(place), Card: card, Key: key}}}
	if a.Caps.Files {
		f, err := h.file(ctx, m, "docx")
		if err != nil {
			return bot.Reply{}, err
		}
		reply.Sends = append(reply.Sends, bot.Send{To: bot.InPlace(place), File: &f, Key: key + ":file"})
	}
	done := a.say("publish.done", words.Data{"Date": m.Purge.In(m.zone()).Format("02/01/2006")})
	row := bot.Buttons{Buttons: []bot.Button{a.button("files", "", bot.Plain), a.button("annex", "", bot.Plain)}}
	if h.o.Questions != nil && len(d.Overview.Questions) > 0 {
		row.Buttons = append(row.Buttons, a.button("questions", "", bot.Plain))
	}
	reply.Sends = append(reply.Sends, bot.Send{To: bot.DM(m.Owner), Card: withBlocks(done, row)})
	return reply, nil
}

// sendFiles gives the facilitator the overview as files.
func (h *Handler) sendFiles(ctx context.Context, a asked) (bot.Reply, error) {
	return h.filesOf(ctx, a, "docx", "html", "md")
}

// sendAnnex gives the facilitator the messages behind each paragraph as a file
// of its own.
func (h *Handler) sendAnnex(ctx context.Context, a asked) (bot.Reply, error) {
	return h.filesOf(ctx, a, "annex.docx")
}

func (h *Handler) filesOf(ctx context.Context, a asked, forms ...string) (bot.Reply, error) {
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	if m.Purged && strings.HasPrefix(forms[0], "annex") {
		return bot.Reply{}, refuse(a.word("evidence.none"))
	}
	var r bot.Reply
	for _, form := range forms {
		f, err := h.file(ctx, m, form)
		if err != nil {
			return bot.Reply{}, err
		}
		other := a.say("files.cannot", words.Data{"Name": f.Name})
		r.Sends = append(r.Sends, bot.Send{To: bot.DM(a.From), File: &f, Else: &bot.Send{To: bot.DM(a.From), Card: other}})
	}
	lead := "files.lead"
	if strings.HasPrefix(forms[0], "annex") {
		lead = "files.annex"
	}
	return only(a.say(lead)).And(r), nil
}

// file writes the overview in one form.
func (h *Handler) file(ctx context.Context, m Meeting, form string) (bot.FileRef, error) {
	d, err := h.document(ctx, m)
	if err != nil {
		return bot.FileRef{}, err
	}
	var out bytes.Buffer
	kind := "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	switch form {
	case "html":
		kind, err = "text/html; charset=utf-8", document.HTML(&out, d)
	case "md":
		kind, err = "text/markdown; charset=utf-8", document.Markdown(&out, d)
	case "annex.docx":
		say := h.speak(m.Lang)
		err = document.DOCXAnnex(&out, d.Annex(say.word("annex.title", words.Data{"Title": d.Title}), say.word("annex.note")))
	default:
		err = document.DOCX(&out, d)
	}
	if err != nil {
		return bot.FileRef{}, fmt.Errorf("writing the overview: %w", err)
	}
	name := h.speak(m.Lang).word("files.name") + " " + orElse(m.Facts.Date, m.Made.In(m.zone()).Format("2006-01-02")) + "." + form
	return bot.FileRef{Name: name, Type: kind, Size: int64(out.Len()), Data: out.Bytes()}, nil
}

// sendQuestions takes what was left open to those who look after the
// knowledge base: in words that hold no risk, and without saying who asked.
func (h *Handler) sendQuestions(ctx context.Context, a asked) (bot.Reply, error) {
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	if h.o.Questions == nil {
		return bot.Reply{}, refuse(a.word("questions.nobody"))
	}
	t, err := h.chat(ctx, m)
	if err != nil {
		return bot.Reply{}, err
	}
	sent, kept := 0, 0
	for i, q := range m.Draft.Overview.Questions {
		if h.risky(t, m, q.What) {
			kept++
			continue
		}
		if err := h.o.Questions.Open(ctx, a.From, q.What, bot.English, bot.EventID(fmt.Sprintf("%s/%d", a.ID, i))); err != nil {
			return bot.Reply{}, err
		}
		sent++
	}
	card := bot.Say(a.lang, a.count("questions.sent", sent))
	if kept > 0 {
		card.Blocks = append(card.Blocks, bot.Para(a.count("questions.kept", kept)))
	}
	return only(card), nil
}
