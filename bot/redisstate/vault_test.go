package redisstate_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
	"cymar/bot/seal"
)

const vaultKey = "a=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

func safe(t *testing.T) (*bottest.Server, *redisstate.Store) {
	t.Helper()
	server := bottest.NewServer(t)
	box, err := seal.New(vaultKey)
	if err != nil {
		t.Fatal(err)
	}
	s, err := redisstate.Open(t.Context(), redisstate.Options{URL: server.URL, Seal: box, Clock: bottest.NewClock(time.Time{})})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return server, s
}

func TestATokenIsKeptSealedAndApartForEachInstallation(t *testing.T) {
	t.Parallel()
	server, s := safe(t)
	v := s.Vault()
	if _, err := v.Get(t.Context(), "slack", "T1"); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("before: %v", err)
	}
	for _, tenant := range []bot.TenantID{"T1", "T2"} {
		if err := v.Put(t.Context(), "slack", tenant, []byte("hunter2 of "+tenant)); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := v.Get(t.Context(), "slack", "T1"); err != nil || string(got) != "hunter2 of T1" {
		t.Errorf("%q, %v", got, err)
	}
	c := server.Client(t)
	keys, err := c.Keys(t.Context(), "*:vault:*").Result()
	if err != nil || len(keys) != 2 {
		t.Fatalf("%q, %v", keys, err)
	}
	for _, k := range keys {
		if kept := c.Get(t.Context(), k).Val(); strings.Contains(kept, "hunter2") || kept == "" {
			t.Errorf("kept as %q", kept)
		}
	}
	// One installation's token put in another's place does not open.
	if err := c.Set(t.Context(), keys[0], c.Get(t.Context(), keys[1]).Val(), 0).Err(); err != nil {
		t.Fatal(err)
	}
	_, err1 := v.Get(t.Context(), "slack", "T1")
	_, err2 := v.Get(t.Context(), "slack", "T2")
	if !errors.Is(errors.Join(err1, err2), seal.ErrKey) {
		t.Errorf("a token that was moved: %v, %v", err1, err2)
	}
}

func TestATokenIsSealedAgainWhenTheKeyChanges(t *testing.T) {
	t.Parallel()
	server, s := safe(t)
	if err := s.Vault().Put(t.Context(), "slack", "T1", []byte("hunter2")); err != nil {
		t.Fatal(err)
	}
	const next = "b=ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="
	for _, keys := range []string{next + "," + vaultKey, next} {
		box, err := seal.New(keys)
		if err != nil {
			t.Fatal(err)
		}
		later, err := redisstate.Open(t.Context(), redisstate.Options{URL: server.URL, Seal: box, Clock: bottest.NewClock(time.Time{})})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := later.Vault().Get(t.Context(), "slack", "T1"); err != nil || string(got) != "hunter2" {
			t.Errorf("%q, %v", got, err)
		}
		_ = later.Close()
	}
}

func TestATokenGoesWithItsInstallation(t *testing.T) {
	t.Parallel()
	_, s := safe(t)
	if err := s.Vault().Put(t.Context(), "slack", "T1", []byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := s.Keeper().EraseTenant(t.Context(), "slack", "T1"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Vault().Get(t.Context(), "slack", "T1"); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("after: %v", err)
	}
}

func TestOneReplicaAtATimeMayExchangeAToken(t *testing.T) {
	t.Parallel()
	server, s := safe(t)
	turn := func(tenant bot.TenantID) bool {
		ok, err := s.Vault().Turn(t.Context(), "slack", tenant, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if !turn("T1") || turn("T1") || !turn("T2") {
		t.Error("a turn was given twice, or not at all")
	}
	server.Stop()
	if _, err := s.Vault().Turn(t.Context(), "slack", "T1", time.Minute); !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("without Redis: %v", err)
	}
	if _, err := s.Vault().Get(t.Context(), "slack", "T1"); !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("without Redis: %v", err)
	}
}
