package redisstate_test

import (
	"bytes"
	"errors"
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
)

func TestAParcelIsThereForItsTenantUntilItIsDroppedOrADayIsOver(t *testing.T) {
	t.Parallel()
	client := bottest.Redis(t)
	s, err := redisstate.New(t.Context(), client, redisstate.Options{Clock: bottest.NewClock(bottest.Start)})
	if err != nil {
		t.Fatal(err)
	}
	p, data := s.Parcels(), []byte("PK\x00\xff")
	if err := p.Keep(t.Context(), "teams", "t1", "a:b", data); err != nil {
		t.Fatal(err)
	}
	if got, err := p.Parcel(t.Context(), "teams", "t1", "a:b"); err != nil || !bytes.Equal(got, data) {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := p.Parcel(t.Context(), "teams", "t2", "a:b"); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("another tenant: %v", err)
	}
	keys, err := client.Keys(t.Context(), "*:parcel:*").Result()
	if err != nil || len(keys) != 1 {
		t.Fatalf("%v, %v", keys, err)
	}
	if ttl := client.TTL(t.Context(), keys[0]).Val(); ttl <= 0 || ttl.Hours() > 24 {
		t.Errorf("it is kept for %v", ttl)
	}
	if err := p.Drop(t.Context(), "teams", "t1", "a:b"); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Parcel(t.Context(), "teams", "t1", "a:b"); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("after it was dropped: %v", err)
	}
}
