package teams

import (
	"context"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"

	"cymar/bot"
)

const (
	keysFresh   = 24 * time.Hour   // after that the keys are fetched again
	keysPause   = time.Minute      // between two fetches, however many unknown ids come
	keysTimeout = 10 * time.Second // for both documents
	keysMost    = 1 << 20          // bytes of a document
)

// Errors of the keys.
var (
	errNoKeys     = errors.New("the signing keys cannot be fetched")
	errUnknownKey = errors.New("no such signing key")
)

// key is one of the service's public keys and the channels it may sign for.
type key struct {
	public    *rsa.PublicKey
	endorsing []string
}

// keyset is the service's public keys, fetched through its OpenID document.
// An unknown id leads to a fetch at most once a minute, so that forged tokens
// cannot make us call out. The last good keys stay when a fetch fails.
type keyset struct {
	metadata string
	client   *http.Client
	clock    bot.Clock
	fetches  singleflight.Group

	mu      sync.Mutex
	keys    map[string]key
	fetched time.Time // when keys came
	tried   time.Time // when a fetch last ended, well or not
}

// find is the key with an id. errNoKeys: we know no keys at all, which is not
// the caller's fault.
func (s *keyset) find(ctx context.Context, id string) (key, error) {
	k, found, due := s.look(id)
	if due {
		done := s.fetches.DoChan("", func() (any, error) {
			if _, _, due := s.look(id); !due { // another fetch ended meanwhile
				return nil, nil
			}
			return nil, s.refresh(context.WithoutCancel(ctx))
		})
		select {
		case <-done:
		case <-ctx.Done():
			return key{}, fmt.Errorf("%w: %w", errNoKeys, ctx.Err())
		}
		k, found, _ = s.look(id)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case found:
		return k, nil
	case len(s.keys) == 0:
		return key{}, errNoKeys
	}
	return key{}, errUnknownKey
}

// look finds a key among those we have, and says whether a fetch is due.
func (s *keyset) look(id string) (k key, found, due bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, found = s.keys[id]
	now := s.clock.Now()
	stale := !found || now.Sub(s.fetched) >= keysFresh
	return k, found, stale && (s.tried.IsZero() || now.Sub(s.tried) >= keysPause)
}

func (s *keyset) refresh(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, keysTimeout)
	defer cancel()
	keys, err := s.fetch(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tried = s.clock.Now()
	if err == nil {
		s.keys, s.fetched = keys, s.tried
	}
	return err
}

type jwk struct {
	Type      string   `json:"kty"`
	Use       string   `json:"use"`
	ID        string   `json:"kid"`
	N         string   `json:"n"`
	E         string   `json:"e"`
	Endorsing []string `json:"endorsements"`
}

func (s *keyset) fetch(ctx context.Context) (map[string]key, error) {
	var meta struct {
		JWKS string `json:"jwks_uri"`
	}
	if err := s.get(ctx, s.metadata, &meta); err != nil {
		return nil, err
	}
	var set struct {
		Keys []jwk `json:"keys"`
	}
	if err := s.get(ctx, meta.JWKS, &set); err != nil {
		return nil, err
	}
	keys := map[string]key{}
	for _, j := range set.Keys {
		if public, err := j.rsa(); err == nil && j.ID != "" && (j.Use == "" || j.Use == "sig") {
			keys[j.ID] = key{public, j.Endorsing}
		}
	}
	if len(keys) == 0 {
		return nil, errNoKeys
	}
	return keys, nil
}

func (s *keyset) get(ctx context.Context, url string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	res, err := s.client.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the signing keys: %s", res.Status)
	}
	return json.NewDecoder(io.LimitReader(res.Body, keysMost)).Decode(into)
}

// rsa is the key itself; anything below 2,048 bits is not taken.
func (j jwk) rsa() (*rsa.PublicKey, error) {
	n, err1 := base64.RawURLEncoding.DecodeString(j.N)
	e, err2 := base64.RawURLEncoding.DecodeString(j.E)
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	if j.Type != "RSA" || len(n) < 256 || len(n) > 1024 || len(e) == 0 || len(e) > 4 {
		return nil, errUnknownKey
	}
	return &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}, nil
}

// endorses reports whether the key may sign for a channel.
func (k key) endorses(channel string) bool {
	return channel != "" && slices.Contains(k.endorsing, channel)
}
