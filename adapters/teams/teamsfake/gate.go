package teamsfake

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
)

// Gate stands between a client of Microsoft's that knows no tokens, such as
// the Agents Playground, and a bot that takes nothing without one: it signs
// what the client sends as the Bot Framework does, and hands on. The way back
// goes through the connector, which checks the bot's token; see ForwardTo.
func (s *Service) Gate(bot func() string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var activity struct {
			ServiceURL string `json:"serviceUrl"`
		}
		if err != nil || json.Unmarshal(body, &activity) != nil {
			http.Error(w, "no activity", http.StatusBadRequest)
			return
		}
		req, err := http.NewRequestWithContext(r.Context(), http.MethodPost, bot()+"/api/messages", bytes.NewReader(body))
		if err != nil {
			http.Error(w, "no bot", http.StatusBadGateway)
			return
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Authorization", "Bearer "+s.Sign(s.Claims(activity.ServiceURL)))
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			http.Error(w, "the bot is away", http.StatusBadGateway)
			return
		}
		defer func() { _ = res.Body.Close() }()
		w.Header().Set("Content-Type", res.Header.Get("Content-Type"))
		w.WriteHeader(res.StatusCode)
		_, _ = io.Copy(w, res.Body) // the client may be gone
	})
}

// ForwardTo sends what the bot asks of the connector on to another one, after
// it was checked and recorded.
func (s *Service) ForwardTo(connector *url.URL) {
	s.Forward = &httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) {
		p.SetURL(connector)
		p.Out.URL.Path = connector.Path + strings.TrimPrefix(p.In.URL.Path, "/connector")
		p.Out.URL.RawPath = ""
		p.Out.Header.Del("Authorization")
	}}
}
