package redisstate_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
)

// patternOf is the pattern that a key is of, or nil.
func patternOf(key string) *bot.KeyPattern {
	for _, p := range redisstate.Patterns {
		if p.Matches(key) {
			return &p
		}
	}
	return nil
}

func TestEveryKeyIsOfAListedPatternTypeAndTimeToLive(t *testing.T) {
	t.Parallel()
	b, seen := everything(t)
	for _, key := range b.client.Keys(t.Context(), "*").Val() {
		p := patternOf(key)
		if p == nil {
			t.Errorf("no pattern for %s", key)
			continue
		}
		seen[p.Key] = true
		if got := b.client.Type(t.Context(), key).Val(); got != p.Type {
			t.Errorf("%s is a %s, not a %s", key, got, p.Type)
		}
		forever := b.client.TTL(t.Context(), key).Val() < 0
		if forever != strings.HasPrefix(p.TTL, "none") {
			t.Errorf("%s: lives for ever: %v; the list says %q", key, forever, p.TTL)
		}
	}
	for _, p := range redisstate.Patterns {
		if !seen[p.Key] {
			t.Errorf("no key of the pattern %s was seen: the list is out of date, or this test is", p.Key)
		}
	}
}

// everything lets the bot do everything that writes a key.
func everything(t *testing.T) (*bench, map[string]bool) {
	t.Helper()
	b, s := known(t)
	job := told("hello")
	answer := job.answer
	job.answer = func(ev bot.Event) (bot.Reply, error) {
		r, err := answer(ev)
		r.Now = &bot.Now{}
		return r, err
	}
	job.tick = storm(1)
	b.jobs = []bot.Job{job}
	b.platform.Before = bottest.Fail(bottest.Refused(bot.Invalid, 0))
	core := b.bot(t, s)
	stop := run(t, core)
	receive(t, core, hello)
	bottest.Receive(t, job.outcomes, "the failure")
	receive(t, core, bottest.Tick("test.job", b.clock.Now()))
	b.platform.Await(t, 1)
	b.waits(t, 3) // what known put there
	if err := s.Parcels().Keep(t.Context(), "fake", bottest.Tenant, "p", []byte("PK")); err != nil {
		t.Fatal(err)
	}
	if err := s.Outbox().MarkSent(t.Context(), bot.Delivery{ID: "y", Platform: "fake", Tenant: bottest.Tenant, Dest: bot.Dest{User: ann}}, "m", bot.Mark{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Audit().Record(t.Context(), line(b.clock.Now(), "role", ann)); err != nil {
		t.Fatal(err)
	}
	d := bot.Delivery{ID: "x", Platform: "fake", Tenant: bottest.Tenant, Parts: []bot.Part{{Key: "k"}}}
	if _, err := s.Outbox().Sent(t.Context(), d, "k"); err == nil {
		t.Fatal("sent")
	}
	if err := s.Vault().Put(t.Context(), "fake", bottest.Tenant, []byte("token")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Vault().Turn(t.Context(), "fake", bottest.Tenant, 20*time.Second); err != nil {
		t.Fatal(err)
	}
	stop()
	job.tick = storm(50) // more than an installation's share: some stand in line
	b.jobs = []bot.Job{job}
	b.platform.Before = func(ctx context.Context, _ bottest.Sent) error { <-ctx.Done(); return ctx.Err() }
	receive(t, b.replica(t), bottest.Tick("test.job", b.clock.Now().Add(time.Hour)))
	bottest.Eventually(t, "a replica says that it works", func() bool {
		return b.client.Exists(t.Context(), "{cymar:00}:mates").Val() == 1
	})
	return b, map[string]bool{}
}

func TestKeysAreOfBoundedLengthAndShowNoId(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.jobs = []bot.Job{sends(say("hello"))}
	s := b.store(t)
	for name, text := range bottest.Hostile() {
		u := bot.User{Platform: "fake", Tenant: bot.TenantID("tenant " + text), ID: bot.UserID("person " + text)}
		ev := bottest.Said(u, bottest.Direct(u), text)
		ev.ID = bot.EventID("event " + text)
		if _, err := b.bot(t, s).Receive(t.Context(), ev); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, key := range b.client.Keys(t.Context(), "*").Val() {
		if len(key) > 64 || strings.Contains(key, "tenant") || strings.Contains(key, "person") || strings.Contains(key, "event ") {
			t.Errorf("%q", key)
		}
	}
}

func TestMarksLiveAsLongAsTheyShould(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	usual := b.store(t).Outbox()
	b.options.SentMarks = 100 * 24 * time.Hour
	set := b.store(t).Outbox()
	for want, d := range map[time.Duration]bot.Delivery{
		48 * time.Hour:       {ID: "r", Queue: bot.Replies},
		40 * 24 * time.Hour:  {ID: "n", Queue: bot.Nudges},
		100 * 24 * time.Hour: {ID: "set", Queue: bot.Nudges},
		24 * time.Hour:       {ID: "b", Queue: bot.Nudges, Brief: true},
	} {
		out := usual
		if d.ID == "set" {
			out = set
		}
		before := b.client.Keys(t.Context(), "*:sent:*").Val()
		if err := out.MarkSent(t.Context(), d, d.ID, bot.Mark{}); err != nil {
			t.Fatal(err)
		}
		for _, key := range b.client.Keys(t.Context(), "*:sent:*").Val() {
			if ttl := b.client.TTL(t.Context(), key).Val(); !slices.Contains(before, key) && (ttl > want || ttl < want-time.Minute) {
				t.Errorf("%s lives %v, not %v", d.ID, ttl, want)
			}
		}
	}
}

func TestOfACrisisOnlyTheIdIsKept(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.guard = alarm{}
	b.jobs = []bot.Job{guarding{}}
	core := b.replica(t)
	receive(t, core, bottest.Said(ann, bottest.Channel("c1"), "private words"))
	b.platform.Await(t, 1)
	b.settled(t)
	for _, key := range b.client.Keys(t.Context(), "*").Val() {
		p := patternOf(key)
		switch {
		case strings.Contains(p.Key, ":in:"), strings.Contains(p.Key, ":sent:"):
			if ttl := b.client.TTL(t.Context(), key).Val(); ttl > 24*time.Hour {
				t.Errorf("%s lives %v", key, ttl)
			}
		case strings.Contains(p.Key, ":now:"), strings.Contains(p.Key, ":out:"), strings.Contains(p.Key, ":queued:"), strings.Contains(p.Key, ":hold:"):
			t.Errorf("%s is kept", key)
		}
		if text := b.client.Dump(t.Context(), key).Val(); strings.Contains(text, "private words") {
			t.Errorf("%s holds what was said", key)
		}
	}
}

// alarm finds a crisis in everything.
type alarm struct{}

func (alarm) Read(string) bot.Finding { return bot.Finding{Level: bot.Crisis} }

// guarding is a job that answers a crisis.
type guarding struct{}

func (guarding) Register(r *bot.Router) {
	r.Guarded(bot.HandlerFunc(func(context.Context, bot.Event) (bot.Reply, error) {
		return bot.Reply{Now: &bot.Now{}, Sends: []bot.Send{say("numbers")}}, nil
	}))
}
