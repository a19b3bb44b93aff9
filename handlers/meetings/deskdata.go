package meetings

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"cymar/bot"
)

// deskView is all that the page shows.
type deskView struct {
	Title    string        `json:"title"`
	DateLine string        `json:"date_line"`
	Revision int           `json:"revision"`
	Parts    []deskPart    `json:"parts"`
	Messages []deskMessage `json:"messages"`
	Risks    []deskRisk    `json:"risks"`
	Busy     bool          `json:"busy"` // the guard list is still being made
	Lists    bool          `json:"lists"`
	Chart    bool          `json:"chart"`
	Undo     bool          `json:"undo"`
	Word     bool          `json:"word"`
	Stale    bool          `json:"stale"`
	Out      bool          `json:"published"`
}

type deskPart struct {
	Part     string `json:"part"`
	Name     string `json:"name"`
	Title    string `json:"title"`
	Text     string `json:"text"`
	Theme    bool   `json:"theme"`
	Hidden   bool   `json:"hidden"`
	Note     string `json:"note"`
	Messages []int  `json:"messages"`
}

type deskMessage struct {
	N    int    `json:"n"`
	At   string `json:"at"`
	Text string `json:"text"`
}

type deskRisk struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Text  string `json:"text"`
	Part  string `json:"part"`
	Firm  bool   `json:"firm"`
	Open  bool   `json:"open"`
}

func (h *Handler) view(ctx context.Context, m Meeting) (deskView, error) {
	say := h.speak(m.Lang)
	d := *m.Draft
	v := deskView{Title: orElse(d.Overview.Title, say.word("head.untitled")), DateLine: d.Overview.DateLine, Revision: m.Revision, Lists: d.Lists,
		Chart: !d.NoChart, Undo: len(m.Past) > 0, Word: d.Word != nil, Stale: m.Stale, Out: m.State == Published}
	all, err := h.o.Store.Messages(ctx, m)
	if err != nil {
		return v, err
	}
	number := map[string]int{}
	for _, msg := range all {
		number[msg.ID] = msg.N
		v.Messages = append(v.Messages, deskMessage{msg.N, clockOf(m, msg), msg.Text})
	}
	for _, part := range d.parts() {
		x, err := d.view(part)
		if err != nil || !x.Theme && x.Text == "" && len(x.Messages) == 0 {
			continue
		}
		p := deskPart{Part: part, Name: say.word("desk.theme") + " " + part, Title: x.Title, Text: x.Text, Theme: x.Theme, Hidden: x.Hidden}
		if x.Theme {
			p.Note = say.count("people", x.People) + ", " + say.count("messages", len(x.Messages))
		} else {
			p.Name = say.word("part." + part)
		}
		for _, id := range x.Messages {
			if n, ok := number[id]; ok {
				p.Messages = append(p.Messages, n)
			}
		}
		slices.Sort(p.Messages)
		v.Parts = append(v.Parts, p)
	}
	return v, h.risksInto(ctx, m, &v)
}

func (h *Handler) risksInto(ctx context.Context, m Meeting, v *deskView) error {
	if m.Purged {
		return nil
	}
	say := h.speak(m.Lang)
	risks, err := h.guardList(ctx, m)
	if errors.Is(err, errLater) {
		v.Busy = true
		return nil
	}
	for _, r := range risks {
		v.Risks = append(v.Risks, deskRisk{r.ID, say.word("risk." + string(r.Kind)), r.Text, r.Part, r.firm(), r.Open})
	}
	return err
}

func (d *Desk) data(w http.ResponseWriter, r *http.Request, m Meeting) {
	v, err := d.h.view(r.Context(), m)
	if err != nil {
		d.turn(w, err)
		return
	}
	writeJSON(w, http.StatusOK, v)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "The page could not be made.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

// deskAct is something that was done on the page.
type deskAct struct {
	Nonce string `json:"nonce"` // the same when the page tries again
	Verb  string `json:"verb"`
	Args  string `json:"args"`
	Text  string `json:"text"` // of a title or a paragraph
}

// onDesk is what can be done there.
var onDesk = []string{"title", "text", "hide", "unhide", "merge", "move", "add", "redraw", "undo", "lists", "chart", "settle", "quote"}

// do does on the page what the verb of that name does in the chat, and answers
// with the whole view.
func (d *Desk) do(w http.ResponseWriter, r *http.Request, m Meeting) {
	act, ok := readAct(w, r)
	i := slices.IndexFunc(d.h.verbs, func(v verb) bool { return v.id == act.Verb })
	if !ok || i < 0 || !slices.Contains(onDesk, act.Verb) {
		http.Error(w, "That is nothing that this page does.", http.StatusBadRequest)
		return
	}
	if err := d.act(r.Context(), m, d.h.verbs[i], act); err != nil {
		var told *bot.UserError
		if errors.As(err, &told) {
			writeJSON(w, http.StatusUnprocessableEntity, map[string]string{"error": told.Text})
			return
		}
		d.turn(w, err)
		return
	}
	if m, err := d.h.o.Store.Load(r.Context(), m.home(), m.ID); err != nil {
		d.turn(w, err)
	} else {
		d.data(w, r, m)
	}
}

func readAct(w http.ResponseWriter, r *http.Request) (deskAct, bool) {
	var act deskAct
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return act, false
	}
	err = json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10)).Decode(&act)
	return act, err == nil && act.Nonce != "" && len(act.Nonce) <= 64
}

// act hands it to the verb; what the verb would say in the chat is not sent,
// because the page shows it.
func (d *Desk) act(ctx context.Context, m Meeting, v verb, act deskAct) error {
	h := d.h
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	a := asked{speaker: h.speak(m.Lang), on: m.ID, args: act.Args, raw: act.Args, Event: bot.Event{
		ID: bot.EventID("desk:" + m.ID + ":" + act.Nonce), At: h.o.Clock.Now(), From: m.Owner, In: private(m), Lang: m.Lang, What: bot.Said{Text: act.Args}}}
	switch act.Verb {
	case "title", "text":
		if strings.TrimSpace(act.Text) == "" && act.Verb == "text" {
			_, err := h.alterIn(ctx, a, m, func(d *Draft) error { return d.rewrite(a.partName(act.Args), "") })
			return err
		}
		a.raw = act.Args + ": " + act.Text
		a.args = strings.Join(strings.Fields(a.raw), " ")
	}
	_, err := v.do(ctx, a)
	return err
}

// private is the place of what is done on the page.
func private(m Meeting) bot.Place {
	return bot.Place{Platform: m.Owner.Platform, Tenant: m.Owner.Tenant, Kind: bot.DirectChat}
}

// publish goes the way of everything that leaves: as an event, through the
// core and the outbox.
func (d *Desk) publish(w http.ResponseWriter, r *http.Request, m Meeting, to bot.Receiver) {
	act, ok := readAct(w, r)
	if !ok {
		http.Error(w, "That is nothing that this page does.", http.StatusBadRequest)
		return
	}
	risks, err := d.h.guardList(r.Context(), m)
	say := d.h.speak(m.Lang)
	switch {
	case errors.Is(err, errLater):
		writeJSON(w, http.StatusUnprocessableEntity, map[string]string{"error": say.word("draw.busy")})
		return
	case err != nil:
		d.turn(w, err)
		return
	case len(open(risks)) > 0:
		writeJSON(w, http.StatusUnprocessableEntity, map[string]string{"error": say.count("check.open", len(open(risks)))})
		return
	}
	if err := d.h.o.Store.SetDesk(r.Context(), m.Owner, m.ID); err != nil {
		d.turn(w, err)
		return
	}
	_, err = to.Receive(r.Context(), bot.Event{ID: bot.EventID("desk:" + m.ID + ":" + act.Nonce), At: d.h.o.Clock.Now(), From: m.Owner, In: private(m),
		What: bot.Pressed{Action: "meetings.publish"}})
	if err != nil {
		d.turn(w, err)
		return
	}
	m, err = d.h.o.Store.Load(r.Context(), m.home(), m.ID)
	switch {
	case err != nil:
		d.turn(w, err)
	case m.State != Published:
		writeJSON(w, http.StatusUnprocessableEntity, map[string]string{"error": say.word("desk.where")})
	default:
		d.data(w, r, m)
	}
}

// download gives the overview, or its evidence, as a file.
func (d *Desk) download(w http.ResponseWriter, r *http.Request, m Meeting) {
	form := r.URL.Query().Get("form")
	if !slices.Contains([]string{"docx", "html", "md", "annex.docx"}, form) {
		http.Error(w, "There is no such file.", http.StatusNotFound)
		return
	}
	f, err := d.h.file(r.Context(), m, form)
	if err != nil {
		d.turn(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename*=UTF-8''%s", url.PathEscape(f.Name)))
	_, _ = w.Write(f.Data)
}
