package slack

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"cymar/bot"
)

// OAuth is what installing in several workspaces needs.
type OAuth struct {
	ClientID, ClientSecret string
	PublicURL              string // where Slack sends people back to, without a slash at its end
	Vault                  Vault
	AuthorizeURL           string // Slack's own when empty
}

// Vault keeps one secret a workspace, sealed.
type Vault interface {
	Put(ctx context.Context, p bot.Platform, t bot.TenantID, secret []byte) error
	// Get gives what was put; bot.ErrNotFound where there is nothing.
	Get(ctx context.Context, p bot.Platform, t bot.TenantID) ([]byte, error)
	// Turn reports whether it is the caller's turn to change it: nobody else
	// gets one for that long.
	Turn(ctx context.Context, p bot.Platform, t bot.TenantID, hold time.Duration) (bool, error)
}

// grant is a workspace's token as the vault keeps it.
type grant struct {
	Token   string    `json:"token"`
	Refresh string    `json:"refresh,omitempty"`
	Expires time.Time `json:"expires,omitzero"`
	Self    string    `json:"self"` // our own user there
}

const (
	// refreshBefore is how long before its end a token is exchanged.
	refreshBefore = 30 * time.Minute
	// refreshHold is how long one replica may take to exchange it.
	refreshHold = 20 * time.Second
	// stateLives is how long somebody may take at Slack's page.
	stateLives = 10 * time.Minute
	stateName  = "cymar_slack_state"
)

// scopes is what the manifest asks for, in its order.
func scopes() string {
	all := make([]string, len(Permissions))
	for i, p := range Permissions {
		all[i] = p.Scope
	}
	return strings.Join(all, ",")
}

// install sends somebody to Slack's page. The state is signed, ends in ten
// minutes, and belongs to this browser by a cookie.
func (s *Slack) install(w http.ResponseWriter, _ *http.Request) {
	o := s.o.OAuth
	nonce := rand.Text()
	expires := strconv.FormatInt(s.o.Clock.Now().Add(stateLives).Unix(), 10)
	http.SetCookie(w, &http.Cookie{Name: stateName, Value: nonce, Path: "/slack", MaxAge: int(stateLives / time.Second),
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(o.PublicURL, "https://")})
	q := url.Values{"client_id": {o.ClientID}, "scope": {scopes()}, "redirect_uri": {o.PublicURL + "/slack/oauth"},
		"state": {expires + "." + nonce + "." + o.sign(expires+"."+nonce)}}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Location", orElse(o.AuthorizeURL, "https://slack.com/oauth/v2/authorize")+"?"+q.Encode())
	w.WriteHeader(http.StatusFound)
}

func (o *OAuth) sign(what string) string {
	m := hmac.New(sha256.New, []byte(o.ClientSecret))
	_, _ = m.Write([]byte("slack state " + what))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// stateHolds checks a state against its signature, its end and its browser.
func (s *Slack) stateHolds(req *http.Request) bool {
	parts := strings.Split(req.URL.Query().Get("state"), ".")
	cookie, err := req.Cookie(stateName)
	if err != nil || len(parts) != 3 {
		return false
	}
	ends, err := strconv.ParseInt(parts[0], 10, 64)
	if err != nil || s.o.Clock.Now().Unix() > ends || subtle.ConstantTimeCompare([]byte(cookie.Value), []byte(parts[1])) != 1 {
		return false
	}
	return hmac.Equal([]byte(s.o.OAuth.sign(parts[0]+"."+parts[1])), []byte(parts[2]))
}

// returned takes somebody who comes back from Slack's page.
func (s *Slack) returned(r bot.Receiver) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: stateName, Path: "/slack", MaxAge: -1})
		switch q := req.URL.Query(); {
		case !s.stateHolds(req):
			page(w, http.StatusBadRequest, "This link is too old, or was opened in another browser. Begin again at /slack/install.")
			return
		case q.Get("code") == "":
			page(w, http.StatusOK, "Cymar was not installed. Nothing was changed.")
			return
		}
		ev, err := s.exchange(req.Context(), req.URL.Query().Get("code"))
		if err == nil {
			_, err = receive(req.Context(), r, ev)
		}
		if err != nil {
			s.o.Log.Warn("slack: the app was not installed", "reason", reasonFor(err))
			page(w, http.StatusBadGateway, "Slack did not complete the installation. Please begin again at /slack/install.")
			return
		}
		page(w, http.StatusOK, "Cymar is installed. Open Slack and write “help” to Cymar.")
	}
}

func page(w http.ResponseWriter, status int, text string) {
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	w.WriteHeader(status)
	_, _ = fmt.Fprintln(w, text)
}

func (s *Slack) oauthOptions() []api.OAuthOption {
	if s.o.APIURL == "" {
		return nil
	}
	return []api.OAuthOption{api.OAuthOptionAPIURL(s.o.APIURL)}
}

// exchange makes a token of a code, keeps it, and gives the event that
// welcomes whoever installed the app.
func (s *Slack) exchange(ctx context.Context, code string) (bot.Event, error) {
	o := s.o.OAuth
	res, err := api.GetOAuthV2ResponseContext(ctx, s.http, o.ClientID, o.ClientSecret, code, o.PublicURL+"/slack/oauth", s.oauthOptions()...)
	if err != nil {
		return bot.Event{}, err
	}
	if res.Team.ID == "" || res.AccessToken == "" {
		return bot.Event{}, refusal("team_not_found")
	}
	t := bot.TenantID(res.Team.ID)
	if err := s.keep(ctx, t, s.granted(res)); err != nil {
		return bot.Event{}, err
	}
	by := userOf(res.Team.ID, res.AuthedUser.ID)
	in, err := s.Open(ctx, by)
	if err != nil {
		in = placeOf(res.Team.ID, "", "channel", "")
	}
	return bot.Event{ID: eventID(res.Team.ID, "installed", bot.Digest(code)), At: s.o.Clock.Now(), From: by, In: in, What: bot.Installed{}}, nil
}

func (s *Slack) granted(res *api.OAuthV2Response) grant {
	g := grant{Token: res.AccessToken, Refresh: res.RefreshToken, Self: res.BotUserID}
	if res.ExpiresIn > 0 {
		g.Expires = s.o.Clock.Now().Add(time.Duration(res.ExpiresIn) * time.Second)
	}
	return g
}

func (s *Slack) keep(ctx context.Context, t bot.TenantID, g grant) error {
	b, err := json.Marshal(g)
	if err != nil {
		return err
	}
	return s.o.OAuth.Vault.Put(ctx, Platform, t, b)
}

// installed is the token of a workspace that installed the app, exchanged for
// a new one where it is about to end.
func (s *Slack) installed(ctx context.Context, t bot.TenantID) (string, error) {
	g, err := s.grant(ctx, t)
	if err != nil || g.Expires.IsZero() || s.left(g) > refreshBefore {
		return g.Token, err
	}
	mine, err := s.o.OAuth.Vault.Turn(ctx, Platform, t, refreshHold)
	if err == nil && mine {
		if next, err := s.refresh(ctx, t); err == nil {
			return next.Token, nil
		} else if s.left(g) <= 0 {
			return "", err
		}
	}
	if s.left(g) <= 0 {
		return "", &bot.SendError{Reason: bot.ServerFault, After: time.Second, Err: errors.New("slack: the token is being exchanged")}
	}
	return g.Token, nil
}

func (s *Slack) left(g grant) time.Duration { return g.Expires.Sub(s.o.Clock.Now()) }

func (s *Slack) grant(ctx context.Context, t bot.TenantID) (grant, error) {
	var g grant
	b, err := s.o.OAuth.Vault.Get(ctx, Platform, t)
	switch {
	case errors.Is(err, bot.ErrNotFound):
		return g, &bot.SendError{Reason: bot.AuthFailed, Err: errNoInstall}
	case errors.Is(err, bot.ErrUnavailable):
		return g, &bot.SendError{Reason: bot.ServerFault, Err: errors.New("slack: the token cannot be read now")}
	case err != nil || json.Unmarshal(b, &g) != nil:
		return grant{}, &bot.SendError{Reason: bot.AuthFailed, Err: errors.New("slack: the token was sealed with another key")}
	}
	s.mu.Lock()
	s.self[string(t)] = g.Self
	s.mu.Unlock()
	return g, nil
}

// refresh exchanges a token; the caller has the turn. Somebody may have done
// so while it was waited for.
func (s *Slack) refresh(ctx context.Context, t bot.TenantID) (grant, error) {
	g, err := s.grant(ctx, t)
	if err != nil || s.left(g) > refreshBefore {
		return g, err
	}
	o := s.o.OAuth
	res, err := api.RefreshOAuthV2TokenContext(ctx, s.http, o.ClientID, o.ClientSecret, g.Refresh, s.oauthOptions()...)
	if err != nil {
		s.o.Log.Warn("slack: a token was not exchanged", "reason", reasonFor(err))
		return grant{}, err
	}
	next := s.granted(res)
	next.Self = orElse(next.Self, g.Self)
	// The old one ends with the exchange, so the new one is kept even where
	// the caller has gone away.
	return next, s.keep(context.WithoutCancel(ctx), t, next)
}
