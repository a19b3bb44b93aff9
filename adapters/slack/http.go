package slack

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"

	api "github.com/slack-go/slack"

	"cymar/bot"
)

// maxBody is how large a delivery may be, in bytes; Slack's are far smaller.
const maxBody = 1 << 20

// Mount puts the request URLs on mux, and those for installing where that is
// set up. Without a signing secret there are none.
func (s *Slack) Mount(mux *http.ServeMux, r bot.Receiver) {
	if s.o.Signing == "" {
		return
	}
	mux.Handle("POST /slack/events", s.signed(func(w http.ResponseWriter, req *http.Request, body []byte) {
		if challenge, ok := challenged(body); ok {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			_, _ = io.WriteString(w, challenge)
			return
		}
		s.deliver(w, req, r, kindEvents, body)
	}))
	mux.Handle("POST /slack/interactions", s.signed(func(w http.ResponseWriter, req *http.Request, body []byte) {
		form, err := url.ParseQuery(string(body))
		if err != nil {
			refuse(w, http.StatusBadRequest)
			return
		}
		s.deliver(w, req, r, kindInteractive, []byte(form.Get("payload")))
	}))
	mux.Handle("POST /slack/commands", s.signed(func(w http.ResponseWriter, req *http.Request, body []byte) {
		form, err := url.ParseQuery(string(body))
		if err != nil {
			refuse(w, http.StatusBadRequest)
			return
		}
		s.deliver(w, req, r, kindCommand, commandJSON(form))
	}))
	if s.o.OAuth != nil {
		mux.HandleFunc("GET /slack/install", s.install)
		mux.HandleFunc("GET /slack/oauth", s.returned(r))
	}
}

// commandJSON is a command's form as Socket Mode would send it, so that both
// ways are read alike.
func commandJSON(form url.Values) []byte {
	fields := map[string]string{}
	for k := range form {
		fields[k] = form.Get(k)
	}
	b, _ := json.Marshal(fields) // strings alone: it cannot fail
	return b
}

// signed lets in what Slack signed, within five minutes of now. The signature
// is over the bytes as they came.
func (s *Slack) signed(next func(http.ResponseWriter, *http.Request, []byte)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, maxBody))
		var large *http.MaxBytesError
		switch {
		case errors.As(err, &large):
			s.o.Log.Warn("slack: a request that is too large was refused")
			refuse(w, http.StatusRequestEntityTooLarge)
			return
		case err != nil:
			refuse(w, http.StatusBadRequest)
			return
		}
		if err := s.verify(req.Header, body); err != nil {
			s.o.Log.Warn("slack: a request that Slack did not sign was refused", "reason", signatureFault(err))
			refuse(w, http.StatusUnauthorized)
			return
		}
		next(w, req, body)
	})
}

func (s *Slack) verify(h http.Header, body []byte) error {
	v, err := api.NewSecretsVerifier(h, s.o.Signing)
	if err != nil {
		return err
	}
	if _, err := v.Write(body); err != nil {
		return err
	}
	return v.Ensure()
}

func signatureFault(err error) string {
	switch {
	case errors.Is(err, api.ErrMissingHeaders):
		return "no signature"
	case errors.Is(err, api.ErrExpiredTimestamp):
		return "too old, or from the future"
	}
	return "wrong signature"
}

// refuse answers what will never be accepted; Slack need not try again.
func refuse(w http.ResponseWriter, status int) {
	w.Header().Set("X-Slack-No-Retry", "1")
	http.Error(w, http.StatusText(status), status)
}

// challenged is how Slack asks whether an address is ours.
func challenged(body []byte) (string, bool) {
	if !bytes.Contains(body, []byte("url_verification")) {
		return "", false
	}
	var env envelope
	err := json.Unmarshal(body, &env)
	return env.Challenge, err == nil && env.Type == "url_verification"
}

// deliver hands a delivery on and answers Slack once it is kept. What is no
// JSON at all is refused; what is no event that we know is accepted.
func (s *Slack) deliver(w http.ResponseWriter, req *http.Request, r bot.Receiver, kind string, body []byte) {
	if !json.Valid(body) {
		s.o.Log.Warn("slack: a request that is no JSON was refused")
		refuse(w, http.StatusBadRequest)
		return
	}
	answer, err := s.handle(req.Context(), r, kind, body)
	if err != nil {
		w.Header().Set("Retry-After", "1")
		http.Error(w, "not accepted; please try again", http.StatusServiceUnavailable)
		return
	}
	if answer == nil {
		w.WriteHeader(http.StatusOK)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		s.o.Log.Debug("slack went away while it was answered")
	}
}
