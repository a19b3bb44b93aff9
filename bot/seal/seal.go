// Package seal encrypts what is kept at rest: platforms' tokens, what was said
// in meetings, messages on their way. It is AES-256-GCM under keys that the
// operator gives in CYMAR_KEYS; the first seals, every one opens, so a key is
// changed by putting a new one in front and taking the old one out when what
// it sealed has gone or was written again.
//
// A store takes a *Box and calls Seal before it writes and Open after it has
// read. Without a key both leave a value as it is, so a store need not ask;
// values from before a key was set can still be read.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// ErrKey is for a value that was sealed with a key that is not given any more, or it is
// not the value that was sealed in this place.
var ErrKey = errors.New("a sealed value cannot be opened: its key is missing from CYMAR_KEYS, or it was changed or moved")

// The beginnings of a kept value. JSON begins with neither, nor does text that
// people can type.
const (
	sealed = "\x01s1:"
	bare   = "\x01p:" // a plain value that happened to begin like a sealed one
)

// Box seals and opens. A nil Box has no key.
type Box struct{ keys []key }

type key struct {
	name string
	gcm  cipher.AEAD
}

// New reads keys of the form name=key,name=key: a name of letters and digits,
// a key of 32 bytes in base64 or hexadecimal. Empty: a Box without a key.
// The errors never show a key.
func New(keys string) (*Box, error) {
	b := &Box{}
	if strings.TrimSpace(keys) == "" {
		return b, nil
	}
	for i, one := range strings.Split(keys, ",") {
		k, err := parse(strings.TrimSpace(one))
		if err != nil {
			return nil, fmt.Errorf("key %d: %w", i+1, err)
		}
		if b.find(k.name) != nil {
			return nil, fmt.Errorf("key %d has the name of another", i+1)
		}
		b.keys = append(b.keys, k)
	}
	return b, nil
}

func parse(one string) (key, error) {
	name, text, ok := strings.Cut(one, "=")
	if !ok || name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" {
		return key{}, errors.New("write name=key, the name of letters and digits")
	}
	raw, err := bytes32(text)
	if err != nil {
		return key{}, err
	}
	block, err := aes.NewCipher(raw)
	if err != nil {
		return key{}, errors.New("the key cannot be used")
	}
	gcm, err := cipher.NewGCM(block)
	return key{name, gcm}, err
}

func bytes32(text string) ([]byte, error) {
	for _, read := range []func(string) ([]byte, error){
		hex.DecodeString, base64.StdEncoding.DecodeString, base64.RawStdEncoding.DecodeString, base64.RawURLEncoding.DecodeString,
	} {
		if raw, err := read(text); err == nil && len(raw) == 32 {
			return raw, nil
		}
	}
	return nil, errors.New("a key is 32 bytes in base64 or hexadecimal; “openssl rand -base64 32” makes one")
}

// On reports whether there is a key.
func (b *Box) On() bool { return b != nil && len(b.keys) > 0 }

func (b *Box) find(name string) *key {
	if b == nil {
		return nil
	}
	for i := range b.keys {
		if b.keys[i].name == name {
			return &b.keys[i]
		}
	}
	return nil
}

// Seal makes of a value what may be kept. About binds it to its place (its
// Redis key without the shard's tag, say, and its field): moved elsewhere it
// does not open. The result is text.
func (b *Box) Seal(plain, about string) (string, error) {
	if !b.On() {
		if strings.HasPrefix(plain, sealed) || strings.HasPrefix(plain, bare) {
			return bare + plain, nil
		}
		return plain, nil
	}
	k := b.keys[0]
	nonce := make([]byte, k.gcm.NonceSize())
	_, _ = rand.Read(nonce) // it never fails
	out := k.gcm.Seal(nonce, nonce, []byte(plain), []byte(about))
	return sealed + k.name + ":" + base64.RawStdEncoding.EncodeToString(out), nil
}

// Open gives back what was sealed about the same place; ErrKey otherwise. A
// value that was never sealed comes back as it is.
func (b *Box) Open(kept, about string) (string, error) {
	if plain, ok := strings.CutPrefix(kept, bare); ok {
		return plain, nil
	}
	rest, ok := strings.CutPrefix(kept, sealed)
	if !ok {
		return kept, nil
	}
	name, text, _ := strings.Cut(rest, ":")
	k := b.find(name)
	raw, err := base64.RawStdEncoding.DecodeString(text)
	if k == nil || err != nil || len(raw) < k.gcm.NonceSize() {
		return "", ErrKey
	}
	n := k.gcm.NonceSize()
	plain, err := k.gcm.Open(nil, raw[:n], raw[n:], []byte(about))
	if err != nil {
		return "", ErrKey
	}
	return string(plain), nil
}

// Stale reports whether a kept value should be written again: it is plain
// though there is a key, or sealed with one that is no longer the first.
func (b *Box) Stale(kept string) bool {
	return b.On() && !strings.HasPrefix(kept, sealed+b.keys[0].name+":")
}
