package teamsfake

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"io"
	"math/big"
	"net/http"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Key is one signing key, and the channels that it is endorsed for.
type Key struct {
	ID       string
	Private  *rsa.PrivateKey
	Endorses []string
}

// Two keys serve a whole test run: making one takes long.
var (
	firstKey  = sync.OnceValue(newKey)
	secondKey = sync.OnceValue(newKey)
)

func newKey() *rsa.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return k
}

// ring is the keys that the service publishes; the last signs.
type ring struct{ keys []Key }

func newRing() *ring {
	return &ring{[]Key{{"key-1", firstKey(), []string{"msteams", "skype"}}}}
}

// Rotate signs with a new key from now on, and publishes it alone.
func (s *Service) Rotate() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys = &ring{[]Key{{"key-2", secondKey(), []string{"msteams"}}}}
}

// Endorse sets the channels that the current key may sign for.
func (s *Service) Endorse(channels ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys.keys[len(s.keys.keys)-1].Endorses = channels
}

// Current is the key that signs.
func (s *Service) Current() Key {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.keys.keys[len(s.keys.keys)-1]
}

// Stranger is a key that the service does not publish.
func Stranger() *rsa.PrivateKey { return secondKey() }

func (s *Service) openid(w http.ResponseWriter, _ *http.Request) {
	write(w, http.StatusOK, map[string]any{"issuer": Issuer, "jwks_uri": s.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"RS256"}})
}

func (s *Service) jwks(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []map[string]any{{"kty": "EC", "kid": "other", "use": "sig", "crv": "P-256",
		"x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}}
	for _, k := range s.keys.keys {
		out = append(out, map[string]any{"kty": "RSA", "use": "sig", "kid": k.ID, "endorsements": k.Endorses,
			"n": base64.RawURLEncoding.EncodeToString(k.Private.N.Bytes()),
			"e": base64.RawURLEncoding.EncodeToString(big.NewInt(int64(k.Private.E)).Bytes())})
	}
	write(w, http.StatusOK, map[string]any{"keys": out})
}

// Claims is what a good token says: valid for an hour, from three seconds in
// the future, as the Bot Framework's are.
func (s *Service) Claims(serviceURL string) jwt.MapClaims {
	now := s.Now()
	return jwt.MapClaims{
		"iss": Issuer, "aud": AppID, "serviceurl": serviceURL,
		"nbf": now.Add(3 * time.Second).Unix(), "exp": now.Add(time.Hour).Unix(),
	}
}

// Sign makes a token with the current key.
func (s *Service) Sign(c jwt.MapClaims) string {
	k := s.Current()
	return SignWith(jwt.SigningMethodRS256, k.ID, k.Private, c)
}

// SignWith makes a token as it is told, good or not.
func SignWith(m jwt.SigningMethod, id string, key any, c jwt.MapClaims) string {
	t := jwt.NewWithClaims(m, c)
	t.Header["kid"] = id
	out, err := t.SignedString(key)
	if err != nil {
		panic(err)
	}
	return out
}

// Deliver signs an activity and posts it to the bot.
func (s *Service) Deliver(ctx context.Context, bot string, activity map[string]any) (status int, body []byte, err error) {
	url, _ := activity["serviceUrl"].(string)
	return s.Post(ctx, bot, "Bearer "+s.Sign(s.Claims(url)), activity)
}

// Post posts an activity with any Authorization header; none when it is empty.
func (s *Service) Post(ctx context.Context, bot, authorization string, activity any) (status int, body []byte, err error) {
	payload, ok := activity.([]byte)
	if !ok {
		if payload, err = json.Marshal(activity); err != nil {
			return 0, nil, err
		}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, bot+"/api/messages", bytes.NewReader(payload))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	if authorization != "" {
		req.Header.Set("Authorization", authorization)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	body, err = io.ReadAll(res.Body)
	return res.StatusCode, body, err
}
