package teams

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/infracloudio/msbotbuilder-go/schema"

	"cymar/bot"
)

// Path is where the Bot Framework sends activities.
const Path = "/api/messages"

// mostBody is how large an activity may be, in bytes.
const mostBody = 1 << 20

// Mount puts the one address that Teams calls on mux, and the pages that the
// app package points to.
func (a *Adapter) Mount(mux *http.ServeMux, r bot.Receiver) {
	mountPages(mux)
	mux.HandleFunc("POST "+Path, func(w http.ResponseWriter, req *http.Request) { a.serve(w, req, r) })
}

// refusal is why a request is not taken, as the log has it, and its status.
type refusal struct {
	status int
	why    string
}

func (r *refusal) Error() string { return r.why }

// serve checks who calls before anything is read, reads, and hands on. 503
// asks Teams to try again, which it does about twice.
func (a *Adapter) serve(w http.ResponseWriter, req *http.Request, to bot.Receiver) {
	in, err := a.admit(w, req)
	var refused *refusal
	if errors.As(err, &refused) {
		a.o.Log.Warn("refused a call", "platform", string(Platform), "why", refused.why, "status", refused.status)
		if refused.status == http.StatusServiceUnavailable {
			w.Header().Set("Retry-After", "5")
		}
		http.Error(w, http.StatusText(refused.status), refused.status)
		return
	}
	a.routes.learn(in.tenant(a.o.Tenant), string(in.ServiceURL))
	r := reading{inbound: in, home: a.o.Tenant, now: a.o.Clock.Now(), known: func(p bot.Place, id string) string {
		return a.objectOf(req.Context(), p, id)
	}}
	if in.Type == schema.Invoke {
		a.reply(w, a.take(req.Context(), r, to))
		return
	}
	if err := hand(req.Context(), to, r.events()); err != nil {
		w.Header().Set("Retry-After", "1")
		http.Error(w, "try again", http.StatusServiceUnavailable)
		return
	}
	a.catchUp(req.Context(), r, to)
	w.WriteHeader(http.StatusOK)
}

// admit lets an activity in, or says why not. The token is checked before the
// body is read.
func (a *Adapter) admit(w http.ResponseWriter, req *http.Request) (inbound, error) {
	g, err := a.verifier.verify(req.Context(), req.Header.Get("Authorization"))
	switch {
	case errors.Is(err, errNoKeys):
		return inbound{}, &refusal{http.StatusServiceUnavailable, "the signing keys cannot be fetched"}
	case err != nil:
		return inbound{}, &refusal{http.StatusUnauthorized, "no valid token"}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, mostBody))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return inbound{}, &refusal{http.StatusRequestEntityTooLarge, "the activity is too large"}
	case err != nil:
		return inbound{}, &refusal{http.StatusBadRequest, "the activity did not arrive whole"}
	}
	in, err := decode(body)
	if err != nil {
		return inbound{}, &refusal{http.StatusBadRequest, "the body is no activity"}
	}
	return in, a.fits(in, g)
}

// fits checks an activity against its token, and where answers to it would go.
func (a *Adapter) fits(in inbound, g grant) error {
	switch {
	case !g.covers(string(in.ServiceURL), string(in.ChannelID)):
		return &refusal{http.StatusUnauthorized, "the token was made for something else"}
	case !a.hosts.allow(string(in.ServiceURL)):
		return &refusal{http.StatusForbidden, "the service URL is not one of Microsoft's"}
	case in.Conversation.ID != "" && !sound(string(in.Conversation.ID)):
		return &refusal{http.StatusBadRequest, "the conversation's id cannot be used"}
	}
	return nil
}

// hand passes events on, in order; the first that is not accepted stops it.
// Their ids repeat when the activity comes again.
func hand(ctx context.Context, to bot.Receiver, events []bot.Event) error {
	for _, ev := range events {
		if _, err := to.Receive(ctx, ev); err != nil {
			return err
		}
	}
	return nil
}

// reply writes the answer to an invoke.
func (a *Adapter) reply(w http.ResponseWriter, ans answer) {
	if ans.body == nil {
		w.WriteHeader(ans.status)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(ans.status)
	if err := json.NewEncoder(w).Encode(ans.body); err != nil {
		a.o.Log.Debug("Teams went away while it was answered")
	}
}
