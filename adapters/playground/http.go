package playground

import (
	"embed"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"time"

	"cymar/bot"
)

//go:embed page
var pageFiles embed.FS

// policy lets the page use what we serve and nothing else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

const maxBody = 1 << 20

// Mount puts the page and its calls on mux.
func (p *Playground) Mount(mux *http.ServeMux, r bot.Receiver) {
	static := func(path, file, kind string) {
		mux.Handle("GET "+path, p.local(func(w http.ResponseWriter, _ *http.Request) {
			body, err := pageFiles.ReadFile("page/" + file)
			if err != nil {
				http.Error(w, "not there", http.StatusNotFound)
				return
			}
			w.Header().Set("Content-Type", kind)
			_, _ = w.Write(body)
		}))
	}
	static("/{$}", "index.html", "text/html; charset=utf-8")
	static("/page.css", "page.css", "text/css; charset=utf-8")
	static("/page.js", "page.js", "text/javascript; charset=utf-8")
	static("/card.js", "card.js", "text/javascript; charset=utf-8")
	mux.Handle("GET /api/setting", p.local(p.setting))
	mux.Handle("GET /api/events", p.local(p.events))
	mux.Handle("GET /api/card", p.local(p.rendered))
	mux.Handle("GET /api/file", p.local(p.download))
	mux.Handle("POST /api/clock", p.local(p.moveClock))
	mux.Handle("POST /api/upload", p.local(p.uploaded(r)))
	for path, do := range map[string]act{
		"say": p.say, "edit": p.edit, "remove": p.remove, "react": p.react,
		"press": p.press, "submit": p.submit, "meeting": p.meeting,
	} {
		mux.Handle("POST /api/"+path, p.local(p.call(r, do)))
	}
}

// local lets only this machine's own page in: the address that the browser
// asked for must be loopback, and a call must come from our page, so that no
// other site can use a person's browser to reach it.
func (p *Playground) local(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		if !loopback(r.Host) || foreign(r) {
			http.Error(w, "The playground answers its own page on this machine only.", http.StatusForbidden)
			return
		}
		next(w, r)
	})
}

func loopback(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func foreign(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return true
	}
	origin := r.Header.Get("Origin")
	return origin != "" && origin != "http://"+r.Host
}

// call is what the page sends with every act.
type call struct {
	Nonce   string            `json:"nonce"` // the same when the page tries again
	As      bot.UserID        `json:"as"`
	Place   bot.PlaceID       `json:"place"`
	Thread  bot.MessageID     `json:"thread"`
	Message bot.MessageID     `json:"message"`
	Text    string            `json:"text"`
	Name    string            `json:"name"`
	Gone    bool              `json:"gone"`
	Action  string            `json:"action"`
	Value   string            `json:"value"`
	Form    string            `json:"form"`
	State   string            `json:"state"`
	Fields  map[string]string `json:"fields"`
}

// act turns a call into an event; false when there is nothing to hand on.
type act func(call, bot.Place) (bot.Event, bool)

// errCall is a call that no page of ours makes.
var errCall = errors.New("that call is not one of the page's")

func (p *Playground) call(r bot.Receiver, do act) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		var c call
		if err := json.NewDecoder(http.MaxBytesReader(w, req.Body, maxBody)).Decode(&c); err != nil {
			http.Error(w, "The message is too long or cannot be read.", http.StatusBadRequest)
			return
		}
		place, err := p.admit(c)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		place.Thread = c.Thread
		ev, ok := do(c, place)
		if !ok {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		p.receive(w, req, r, ev)
	}
}

// admit checks who acts, and where.
func (p *Playground) admit(c call) (bot.Place, error) {
	if !isCast(c.As) || c.Nonce == "" || len(c.Nonce) > 64 {
		return bot.Place{}, errCall
	}
	place, ok := placeFor(c.Place, c.As)
	if !ok {
		return bot.Place{}, errCall
	}
	return place, nil
}

// receive hands the event on and answers in the page's own request.
func (p *Playground) receive(w http.ResponseWriter, req *http.Request, r bot.Receiver, ev bot.Event) {
	now, err := r.Receive(req.Context(), ev)
	if err != nil {
		w.Header().Set("Retry-After", "1")
		http.Error(w, "The bot could not take that in. The page tries again.", http.StatusServiceUnavailable)
		return
	}
	if now != nil && now.Card != nil {
		if pressed, ok := ev.What.(bot.Pressed); ok {
			p.hub.change(pressed.Message, func(m *message) { m.Card = now.Card })
		}
	}
	w.Header().Set("Content-Type", "application/json")
	if now == nil {
		now = &bot.Now{}
	}
	p.write(w, now)
}

func (p *Playground) write(w io.Writer, v any) {
	if err := json.NewEncoder(w).Encode(v); err != nil {
		p.o.Log.Debug("a page went away while it was answered")
	}
}

type setting struct {
	Cast      []actor   `json:"cast"`
	Rooms     []room    `json:"rooms"`
	Now       time.Time `json:"now"`
	Volatile  bool      `json:"volatile"`
	Renderers []string  `json:"renderers"`
}

// setting is what the page is made from.
func (p *Playground) setting(w http.ResponseWriter, _ *http.Request) {
	s := setting{Cast: cast, Rooms: rooms, Now: p.o.Clock.Now(), Volatile: p.o.Volatile, Renderers: []string{"Plain text", "Card"}}
	for _, r := range p.o.Renderers {
		s.Renderers = append(s.Renderers, r.Name)
	}
	w.Header().Set("Content-Type", "application/json")
	p.write(w, s)
}

// moveClock moves the time forward; what is due then happens within a second.
func (p *Playground) moveClock(w http.ResponseWriter, req *http.Request) {
	var c struct{ Hours float64 }
	err := json.NewDecoder(http.MaxBytesReader(w, req.Body, maxBody)).Decode(&c)
	if err != nil || !p.o.Clock.Forward(time.Duration(c.Hours*float64(time.Hour))) {
		http.Error(w, "The clock goes forward by up to a year at a time.", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	p.write(w, map[string]time.Time{"now": p.o.Clock.Now()})
}
