package meetings

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"html/template"
	"net/http"
	"strings"

	"cymar/bot"
)

// deskPolicy lets the desk use what we serve and nothing else.
const deskPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Desk is the page on which a facilitator works on one overview: the overview
// beside the messages behind it. Nobody gets in but by a link that the bot gave
// them; it works once, and then in the browser that used it.
type Desk struct {
	h    *Handler
	open *template.Template
	page *template.Template
}

// NewDesk makes the page.
func (h *Handler) NewDesk() (*Desk, error) {
	open, err1 := template.ParseFS(files, "page/open.html")
	page, err2 := template.ParseFS(files, "page/desk.html")
	return &Desk{h, open, page}, errors.Join(err1, err2)
}

// Mount puts the page on mux, under /desk/.
func (d *Desk) Mount(mux *http.ServeMux, r bot.Receiver) {
	mux.Handle("GET /desk/open", shut(d.knock))
	mux.Handle("POST /desk/open", shut(d.enter))
	mux.Handle("GET /desk/desk.css", shut(asset("desk.css", "text/css; charset=utf-8")))
	mux.Handle("GET /desk/desk.js", shut(asset("desk.js", "text/javascript; charset=utf-8")))
	mux.Handle("GET /desk/m/{id}", shut(d.seated(d.show)))
	mux.Handle("GET /desk/m/{id}/data", shut(d.seated(d.data)))
	mux.Handle("GET /desk/m/{id}/file", shut(d.seated(d.download)))
	mux.Handle("POST /desk/m/{id}/do", shut(d.seated(d.do)))
	mux.Handle("POST /desk/m/{id}/publish", shut(d.seated(func(w http.ResponseWriter, req *http.Request, m Meeting) { d.publish(w, req, m, r) })))
}

// shut puts the rules for browsers on every answer.
func shut(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", deskPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		h.Set("X-Robots-Tag", "noindex")
		if r.Method == http.MethodPost && foreign(r) {
			http.Error(w, "This page answers itself only.", http.StatusForbidden)
			return
		}
		next(w, r)
	})
}

// foreign reports whether another site sent a request. Without a referrer a
// browser gives no origin with a form, so what it says of the site goes first.
func foreign(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site != "same-origin"
	}
	origin := r.Header.Get("Origin")
	return origin != "" && origin != "http://"+r.Host && origin != "https://"+r.Host
}

func asset(name, kind string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		body, err := files.ReadFile("page/" + name)
		if err != nil {
			http.Error(w, "not there", http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write(body)
	}
}

// knock shows a button and uses nothing up: programs that look at links before
// people do would otherwise take the link's one use.
func (d *Desk) knock(w http.ResponseWriter, r *http.Request) {
	key := r.URL.Query().Get("key")
	if _, err := ReadKey(key); err != nil {
		d.away(w, http.StatusForbidden)
		return
	}
	render(w, http.StatusOK, d.open, map[string]any{"Key": key})
}

// enter takes the link and binds this browser to the overview.
func (d *Desk) enter(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4096)
	key, err := ReadKey(r.PostFormValue("key"))
	if err != nil {
		d.away(w, http.StatusForbidden)
		return
	}
	seat, err := d.h.o.Store.Use(r.Context(), key.Home, key.Secret)
	if err != nil {
		d.turn(w, err)
		return
	}
	own := Key{Home: key.Home, Secret: rand.Text()}
	if err := d.h.o.Store.Sit(r.Context(), own.Secret, seat); err != nil {
		d.turn(w, err)
		return
	}
	https := strings.HasPrefix(d.h.o.Page(key.Home.Platform), "https://")
	http.SetCookie(w, &http.Cookie{Name: cookieOf(seat.Meeting), Value: own.String(), Path: "/desk/", HttpOnly: true, Secure: https,
		SameSite: http.SameSiteStrictMode, MaxAge: int(seatLife.Seconds())})
	http.Redirect(w, r, "/desk/m/"+seat.Meeting, http.StatusSeeOther)
}

func cookieOf(meeting string) string { return "cymar_desk_" + meeting }

// turn says that the store is away, or that there is no such right.
func (d *Desk) turn(w http.ResponseWriter, err error) {
	if errors.Is(err, bot.ErrNotFound) {
		d.away(w, http.StatusForbidden)
		return
	}
	http.Error(w, "The page cannot be reached at the moment. Please try again.", http.StatusServiceUnavailable)
}

func (d *Desk) away(w http.ResponseWriter, status int) {
	render(w, status, d.open, map[string]any{"Key": ""})
}

func render(w http.ResponseWriter, status int, t *template.Template, data any) {
	var out bytes.Buffer
	if err := t.Execute(&out, data); err != nil {
		http.Error(w, "The page could not be made.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes())
}

// seated lets in the browser that used the link of this overview.
func (d *Desk) seated(next func(http.ResponseWriter, *http.Request, Meeting)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		m, err := d.meeting(r.Context(), r)
		if err != nil {
			d.turn(w, err)
			return
		}
		next(w, r, m)
	}
}

func (d *Desk) meeting(ctx context.Context, r *http.Request) (Meeting, error) {
	id := r.PathValue("id")
	c, err := r.Cookie(cookieOf(id))
	if err != nil {
		return Meeting{}, bot.ErrNotFound
	}
	key, err := ReadKey(c.Value)
	if err != nil {
		return Meeting{}, bot.ErrNotFound
	}
	seat, err := d.h.o.Store.Seated(ctx, key.Home, key.Secret)
	if err != nil {
		return Meeting{}, err
	}
	if seat.Meeting != id {
		return Meeting{}, bot.ErrNotFound
	}
	m, err := d.h.o.Store.Load(ctx, key.Home, id)
	if err == nil && (m.Owner != seat.Owner || m.Draft == nil) {
		return Meeting{}, bot.ErrNotFound
	}
	return m, err
}

// show is the page; what is on it comes as data.
func (d *Desk) show(w http.ResponseWriter, _ *http.Request, m Meeting) {
	say := d.h.speak(m.Lang)
	words := map[string]string{}
	for _, id := range deskWords {
		words[id] = say.word("desk." + id)
	}
	text, err := json.Marshal(words)
	if err != nil {
		http.Error(w, "The page could not be made.", http.StatusInternalServerError)
		return
	}
	render(w, http.StatusOK, d.page, map[string]any{"Lang": m.Lang, "ID": m.ID, "Words": words, "Text": string(text)})
}

// deskWords is what the page says.
var deskWords = []string{"title", "overview", "evidence", "none", "saved", "saving", "failed", "theme", "paragraph", "hide", "show", "merge", "redraw", "undo", "lists", "chart",
	"publish", "sure", "published", "settle", "keep", "firm", "clear", "move", "hidden", "keys", "keys_text", "files", "annex", "word", "stale", "add", "add_name", "private", "go", "people", "wait", "behind"}
