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
