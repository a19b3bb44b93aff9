package meetings

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"cymar/bot"
	"cymar/bot/words"
	"cymar/handlers/meetings/themes"
)

// mostPast is how many steps can be undone.
const mostPast = 10

// remember keeps the draft as it is, for undoing.
func (m *Meeting) remember() {
	if m.Draft == nil {
		return
	}
	m.Past = append(m.Past, *m.Draft)
	if n := len(m.Past); n > mostPast {
		m.Past = slices.Clone(m.Past[n-mostPast:])
	}
	d := m.Draft.clone()
	m.Draft = &d
}

// errWord: the draft is a Word file now, so its parts are not ours to change.
var errWord = errors.New("the draft came back from Word")

// alter changes the draft of the meeting that somebody works on, so that it
// can be undone, and gives the meeting as it is then.
func (h *Handler) alter(ctx context.Context, a asked, do func(*Draft) error) (Meeting, error) {
	m, err := h.drafted(ctx, a)
	if err != nil {
		return m, err
	}
	return h.alterIn(ctx, a, m, do)
}

func (h *Handler) alterIn(ctx context.Context, a asked, m Meeting, do func(*Draft) error) (Meeting, error) {
	m, err := h.o.Store.Change(ctx, m.home(), m.ID, a.ID, func(m *Meeting) error {
		if m.Draft == nil || m.Draft.Word != nil {
			return errWord
		}
		m.remember()
		return do(m.Draft)
	})
	switch {
	case errors.Is(err, errNoPart) || errors.Is(err, themes.ErrNoTheme):
		return m, refuse(a.word("part.none"))
	case errors.Is(err, errWord):
		return m, refuse(a.word("part.word"))
	}
	return m, err
}

// shown puts the new card of a part in the place of the old one.
func (h *Handler) shown(a asked, m Meeting, parts ...string) bot.Reply {
	var r bot.Reply
	for _, p := range parts {
		if card, ok := a.partCard(m, p); ok {
			r.Sends = append(r.Sends, bot.Send{To: bot.Replacing(m.partKey(p)), Card: card})
		}
	}
	return r
}

// partKey names the card of a part, as it was last shown.
func (m Meeting) partKey(part string) string {
	return fmt.Sprintf("%s.%d:%s", m.key("part"), m.Shown, part)
}

// two divides “3: A new title” and “3 A new title” into part and text.
func (a asked) two() (part, text string, ok bool) {
	head, text, ok := strings.Cut(a.raw, ":")
	fields := strings.Fields(a.args)
	if len(fields) == 0 {
		return "", "", false
	}
	part = a.partName(fields[0])
	if !ok || !strings.Contains(plain(lastWord(head)), plain(fields[0])) {
		text = strings.TrimSpace(strings.TrimPrefix(a.args, fields[0]))
	}
	text = strings.TrimSpace(text)
	return part, text, part != "" && text != ""
}

func lastWord(s string) string {
	f := strings.Fields(s)
	if len(f) == 0 {
		return ""
	}
	return f[len(f)-1]
}

// partName reads a part as people name it: a theme's number, or one of the
// other parts in either language.
func (a asked) partName(s string) string {
	s = strings.TrimPrefix(plain(s), "#")
	if n, err := strconv.Atoi(s); err == nil && n > 0 {
		return strconv.Itoa(n)
	}
	for _, p := range []string{partOpening, partMaterial, partClosing} {
		for _, lang := range []bot.Lang{bot.English, bot.Welsh} {
			if s == p || s == plain(a.words.Say(lang, "part."+p)) {
				return p
			}
		}
	}
	return ""
}

// numbers is the parts named in what was typed.
func (a asked) numbers() []string {
	var out []string
	for _, f := range strings.Fields(a.args) {
		if p := a.partName(f); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// one is the single part that was named.
func (a asked) one() (string, error) {
	if all := a.numbers(); len(all) == 1 {
		return all[0], nil
	}
	return "", refuse(a.word("part.which"))
}

// edit opens the form for a part.
func (h *Handler) edit(ctx context.Context, a asked) (bot.Reply, error) {
	part, err := a.one()
	if err != nil {
		return bot.Reply{}, err
	}
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	v, err := m.Draft.view(part)
	_, pressed := a.What.(bot.Pressed)
	switch {
	case err != nil:
		return bot.Reply{}, refuse(a.word("part.none"))
	case m.Draft.Word != nil:
		return bot.Reply{}, refuse(a.word("part.word"))
	case !a.Caps.Forms || !pressed:
		return bot.Reply{}, refuse(a.word("edit.type", words.Data{"Part": part}))
	}
	f := bot.Form{ID: "meetings.part", State: m.ID + "/" + part, Lang: a.lang, Title: a.word("edit.title"), Submit: a.word("fill.save")}
	if v.Theme {
		f.Fields = append(f.Fields, bot.Field{Name: "title", Label: a.word("edit.name"), Kind: bot.TextField, Value: v.Title, Max: mostTitle})
	}
	f.Fields = append(f.Fields, bot.Field{Name: "text", Label: a.word("edit.text"), Hint: a.word("edit.hint"), Kind: bot.LongText, Value: v.Text, Optional: true, Max: mostText})
	return bot.Reply{Now: &bot.Now{Form: &f}}, nil
}

// mostText is how long a paragraph may be.
const mostText = 3000

// submittedPart takes that form.
func (h *Handler) submittedPart(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	w, _ := ev.What.(bot.Submitted)
	a := h.ask(ev, "")
	id, part, _ := strings.Cut(w.State, "/")
	m, err := h.o.Store.Load(ctx, homeOf(ev.From), id)
	if err != nil || m.Owner != ev.From || m.Draft == nil {
		return bot.Reply{}, ignore(err)
	}
	title, named := w.Fields["title"]
	if named && strings.TrimSpace(title) == "" {
		return bot.Reply{Now: &bot.Now{FieldErrors: map[string]string{"title": a.word("edit.empty")}}}, nil
	}
	m, err = h.alterIn(ctx, a, m, func(d *Draft) error {
		v, err := d.view(part)
		if err != nil {
			return err
		}
		if named && title != v.Title {
			err = d.rename(part, title)
		}
		if text := w.Fields["text"]; err == nil && strings.TrimSpace(text) != v.Text {
			err = d.rewrite(part, text)
		}
		return err
	})
	if err != nil {
		return bot.Reply{}, err
	}
	return h.shown(a, m, part), nil
}

// onPart makes a verb of a change to one part.
func (h *Handler) onPart(ctx context.Context, a asked, do func(d *Draft, part string) error) (bot.Reply, error) {
	part, err := a.one()
	if err != nil {
		return bot.Reply{}, err
	}
	m, err := h.alter(ctx, a, func(d *Draft) error { return do(d, part) })
	if err != nil {
		return bot.Reply{}, err
	}
	return h.shown(a, m, part), nil
}

func (h *Handler) setTitle(ctx context.Context, a asked) (bot.Reply, error) {
	part, text, ok := a.two()
	if !ok || len([]rune(text)) > mostTitle {
		return bot.Reply{}, refuse(a.word("title.how"))
	}
	m, err := h.alter(ctx, a, func(d *Draft) error { return d.rename(part, text) })
	if err != nil {
		return bot.Reply{}, err
	}
	return h.shown(a, m, part), nil
}

func (h *Handler) setText(ctx context.Context, a asked) (bot.Reply, error) {
	part, text, ok := a.two()
	if !ok || len([]rune(text)) > mostText {
		return bot.Reply{}, refuse(a.word("text.how"))
	}
	m, err := h.alter(ctx, a, func(d *Draft) error { return d.rewrite(part, text) })
	if err != nil {
		return bot.Reply{}, err
	}
	return h.shown(a, m, part), nil
}

func (h *Handler) hide(ctx context.Context, a asked) (bot.Reply, error) {
	return h.onPart(ctx, a, func(d *Draft, part string) error { return d.hide(part, true) })
}

func (h *Handler) unhide(ctx context.Context, a asked) (bot.Reply, error) {
	return h.onPart(ctx, a, func(d *Draft, part string) error { return d.hide(part, false) })
}

// merge puts one theme into another: “merge 3 into 2”, or by a form.
func (h *Handler) merge(ctx context.Context, a asked) (bot.Reply, error) {
	parts := a.numbers()
	if _, pressed := a.What.(bot.Pressed); pressed && len(parts) == 1 && a.Caps.Forms {
		return h.mergeForm(ctx, a, parts[0])
	}
	if len(parts) != 2 {
		return bot.Reply{}, refuse(a.word("merge.how"))
	}
	m, err := h.alter(ctx, a, func(d *Draft) error { return d.merge(parts[0], parts[1]) })
	if err != nil {
		return bot.Reply{}, err
	}
	return h.merged(a, m, parts[0], parts[1]), nil
}

func (h *Handler) merged(a asked, m Meeting, from, into string) bot.Reply {
	moved := bot.Send{To: bot.Replacing(m.partKey(from)), Card: a.say("merge.done", words.Data{"From": from, "Into": into})}
	return bot.Reply{Sends: []bot.Send{moved}}.And(h.shown(a, m, into))
}

func (h *Handler) mergeForm(ctx context.Context, a asked, from string) (bot.Reply, error) {
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	field := bot.Field{Name: "into", Label: a.word("merge.into"), Kind: bot.ChoiceField}
	for i, n := range m.Draft.Numbers {
		if into := strconv.Itoa(n); into != from {
			field.Options = append(field.Options, bot.Option{Value: into, Label: into + ": " + m.Draft.Overview.Themes[i].Title})
		}
	}
	if len(field.Options) == 0 {
		return bot.Reply{}, refuse(a.word("merge.alone"))
	}
	f := bot.Form{ID: "meetings.merging", State: m.ID + "/" + from, Lang: a.lang, Title: a.word("merge.title"), Submit: a.word("button.merge"), Fields: []bot.Field{field}}
	return bot.Reply{Now: &bot.Now{Form: &f}}, nil
}

func (h *Handler) submittedMerge(ctx context.Context, ev bot.Event) (bot.Reply, error) {
	w, _ := ev.What.(bot.Submitted)
	_, from, _ := strings.Cut(w.State, "/")
	return h.merge(ctx, h.ask(ev, from+" "+w.Fields["into"]))
}

// move puts a message into another theme: “move m12 to 3”.
func (h *Handler) move(ctx context.Context, a asked) (bot.Reply, error) {
	f := strings.Fields(a.args)
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(f) < 2 {
		return bot.Reply{}, refuse(a.word("move.how"))
	}
	msg, err := h.message(ctx, a, m, f[0])
	if err != nil {
		return bot.Reply{}, err
	}
	into := a.partName(f[len(f)-1])
	if m, err = h.alterIn(ctx, a, m, func(d *Draft) error { return d.move(msg.ID, into) }); err != nil {
		return bot.Reply{}, err
	}
	return h.shown(a, m, m.Draft.parts()...).And(only(a.say("move.done", words.Data{"Message": f[0], "Into": into}))), nil
}

// message is the message that the facilitator calls m12.
func (h *Handler) message(ctx context.Context, a asked, m Meeting, label string) (Message, error) {
	n, err := strconv.Atoi(strings.TrimPrefix(plain(label), "m"))
	if err != nil {
		return Message{}, refuse(a.word("move.how"))
	}
	all, err := h.o.Store.Messages(ctx, m)
	if err != nil {
		return Message{}, err
	}
	for _, msg := range all {
		if msg.N == n {
			return msg, nil
		}
	}
	return Message{}, refuse(a.word("move.gone", words.Data{"Message": label}))
}

// add makes a theme of the facilitator's own, of messages that they name:
// “add Rural travel: m4 m17”.
func (h *Handler) add(ctx context.Context, a asked) (bot.Reply, error) {
	title, rest, _ := strings.Cut(a.args, ":")
	title = strings.TrimSpace(title)
	if title == "" || len([]rune(title)) > mostTitle {
		return bot.Reply{}, refuse(a.word("add.how"))
	}
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	var ids []string
	for _, label := range strings.Fields(strings.ReplaceAll(rest, ",", " ")) {
		msg, err := h.message(ctx, a, m, label)
		if err != nil {
			return bot.Reply{}, err
		}
		ids = append(ids, msg.ID)
	}
	part := ""
	if m, err = h.alterIn(ctx, a, m, func(d *Draft) error { part = d.add(title, ids); return nil }); err != nil {
		return bot.Reply{}, err
	}
	part = orElse(part, strconv.Itoa(m.Draft.Given))
	card, _ := a.partCard(m, part)
	return bot.Reply{Sends: []bot.Send{{To: bot.DM(m.Owner), Card: card, Key: m.partKey(part)}}}, nil
}

// redraw writes one theme anew from the messages that it has now.
func (h *Handler) redraw(ctx context.Context, a asked) (bot.Reply, error) {
	part, err := a.one()
	if err != nil {
		return bot.Reply{}, err
	}
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	i, err := m.Draft.theme(part)
	if err != nil {
		return bot.Reply{}, refuse(a.word("redraw.themes"))
	}
	t, err := h.chat(ctx, m)
	if err != nil {
		return bot.Reply{}, err
	}
	type drawnAgain struct {
		o   themes.Overview
		err error
	}
	out, how := await(ctx, h.hands, fmt.Sprint(m.key("redraw"), part, m.Revision), func() drawnAgain {
		o, err := themes.Redraw(t, h.options(m), m.Draft.Overview, i)
		return drawnAgain{o, err}
	})
	if how != finished {
		return bot.Reply{}, refuse(a.word("draw.busy"))
	}
	if out.err != nil {
		return bot.Reply{}, out.err
	}
	fresh := out.o.Themes[i]
	m, err = h.alterIn(ctx, a, m, func(d *Draft) error {
		i, err := d.theme(part)
		if err != nil {
			return err
		}
		d.Overview.Themes = slices.Clone(d.Overview.Themes)
		d.Overview.Themes[i] = fresh
		return nil
	})
	if err != nil {
		return bot.Reply{}, err
	}
	return h.shown(a, m, part), nil
}

// undo takes the last change back.
func (h *Handler) undo(ctx context.Context, a asked) (bot.Reply, error) {
	m, err := h.drafted(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(m.Past) == 0 {
		return bot.Reply{}, refuse(a.word("undo.none"))
	}
	m, err = h.o.Store.Change(ctx, m.home(), m.ID, a.ID, func(m *Meeting) error {
		if n := len(m.Past); n > 0 {
			last := m.Past[n-1]
			m.Draft, m.Past = &last, m.Past[:n-1]
		}
		return nil
	})
	if err != nil {
		return bot.Reply{}, err
	}
	return only(a.say("undo.done")).And(h.shown(a, m, m.Draft.parts()...)), nil
}
