package redisstate

import (
	"encoding/json"
	"testing"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
)

// bodies is what deliveries and events look like in Redis.
func bodies(f *testing.F) [][]byte {
	f.Helper()
	whole := bot.Delivery{ID: "e/0", Queue: bot.Replies, Platform: "fake", Tenant: bottest.Tenant, NotBefore: bottest.Start, Report: true,
		Dest: bot.Dest{Kind: bot.ToPlace, Place: bottest.Channel("c1"), User: bottest.Person("ann")}}
	for _, c := range bottest.Cards()[:3] { // larger seeds make the fuzzer slow
		whole.Parts = append(whole.Parts, bot.Part{Key: c.Name, Card: c.Card, File: &bot.FileRef{Data: []byte("x")}})
	}
	other := whole
	whole.Else = &other
	var all [][]byte
	for _, v := range []any{whole, bottest.Said(bottest.Person("ann"), bottest.Channel("c1"), "x"), bottest.Tick("a.b", bottest.Start)} {
		b, err := json.Marshal(v)
		if err != nil {
			f.Fatal(err)
		}
		all = append(all, b)
	}
	return append(all, []byte(`{}`), []byte(`{"parts":[]}`), []byte(`null`), []byte("\x00"), []byte(`{"what":{"kind":"said"}}`))
}

func FuzzABodyIsUnderstoodOrLeftForANewerVersion(f *testing.F) {
	for _, b := range bodies(f) {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, q := range queues {
			l := lane{s: &Store{}, queue: q, shard: 3}
			j, err := l.understand(entry{body: string(body)})
			if err != nil {
				continue
			}
			if q == bot.Work && j.event.What == nil {
				t.Errorf("an event of nothing: %q", body)
			}
			if q != bot.Work && (len(j.delivery.Parts) == 0 || j.delivery.Shard != 3) {
				t.Errorf("a delivery of nothing: %q", body)
			}
		}
	})
}

func FuzzAnyMarkCanBeRead(f *testing.F) {
	f.Add(`{"place":{"id":"c"},"messages":["m"]}`)
	f.Add("not json")
	f.Fuzz(func(t *testing.T, text string) {
		if m := readMark(text); len(m.Messages) > len(text) {
			t.Errorf("%q: %+v", text, m)
		}
	})
}

func TestABodyOfANewerVersionIsLeftForAReplicaThatKnowsIt(t *testing.T) {
	t.Parallel()
	client := bottest.Redis(t)
	s, err := New(t.Context(), client, Options{Clock: bottest.NewClock(bottest.Start)})
	if err != nil {
		t.Fatal(err)
	}
	l := s.Outbox().lane(0, bot.Replies, "me", nil)
	if err := s.ensureGroup(t.Context(), l.stream); err != nil {
		t.Fatal(err)
	}
	body := bodyKey(0, "id")
	client.HSet(t.Context(), body, "b", `{"id":"x","parts":[{"key":"k","card":{"blocks":[{"kind":"hologram"}]}}]}`, "n", 0, "at", bottest.Start.UnixMilli())
	client.XAdd(t.Context(), xadd(l.stream, "id"))
	read, err := l.read(t.Context(), 1)
	if err != nil || len(read) != 1 {
		t.Fatal(read, err)
	}
	if err := l.load(t.Context(), read); err != nil {
		t.Fatal(err)
	}
	l.work(t.Context(), read[0])
	if n := client.ZCard(t.Context(), delayedKey(0)).Val(); n != 1 {
		t.Error("it does not wait")
	}
	if client.Exists(t.Context(), body).Val() != 1 {
		t.Error("it is lost")
	}
}

func TestBackoffGrowsToFiveMinutesWithSomeChanceInIt(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for n := range 40 {
		d := backoff(n)
		least := min(firstTry<<min(n, 20), longest)
		if d < least || d > least+least/2 {
			t.Errorf("try %d waits %v, not %v to half as much again", n, d, least)
		}
		seen[d.String()] = true
	}
	if len(seen) < 35 {
		t.Errorf("no chance in it: %d different", len(seen))
	}
}

func xadd(stream, id string) *redis.XAddArgs {
	return &redis.XAddArgs{Stream: stream, Values: []string{"d", id}}
}
