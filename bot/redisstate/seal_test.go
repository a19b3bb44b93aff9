package redisstate_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
	"cymar/bot/seal"
)

func sealer(t *testing.T) *seal.Box {
	t.Helper()
	b, err := seal.New("k=" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", 32))))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// readable is every key and value of a Redis as one text.
func readable(t *testing.T, db redis.UniversalClient) string {
	t.Helper()
	var all strings.Builder
	ctx := t.Context()
	for _, key := range db.Keys(ctx, "*").Val() {
		all.WriteString(key + "\n")
		switch db.Type(ctx, key).Val() {
		case "string":
			all.WriteString(db.Get(ctx, key).Val())
		case "hash":
			fmt.Fprint(&all, db.HGetAll(ctx, key).Val())
		case "stream":
			fmt.Fprint(&all, db.XRange(ctx, key, "-", "+").Val())
		case "zset":
			fmt.Fprint(&all, db.ZRange(ctx, key, 0, -1).Val())
		}
	}
	return all.String()
}

// TestWithAKeyNoWordLiesReadableInRedis puts words everywhere that the core
// keeps any: an answer, a follow-up, a delivery, a card left for somebody.
func TestWithAKeyNoWordLiesReadableInRedis(t *testing.T) {
	t.Parallel()
	db := bottest.Redis(t)
	box := sealer(t)
	s, err := redisstate.New(t.Context(), db, redisstate.Options{Seal: box})
	if err != nil {
		t.Fatal(err)
	}
	ann := bottest.Person("ann")
	ev := bottest.Said(ann, bottest.Direct(ann), "zebrafinch")
	claim, err := s.Inbox().Begin(t.Context(), ev, bottest.Patience)
	if err != nil {
		t.Fatal(err)
	}
	card := bot.Say(bot.English, "zebrafinch")
	next := ev
	next.ID = "next"
	err = s.Inbox().Commit(t.Context(), claim, bot.Outcome{
		Now: &bot.Now{Card: &card}, Next: []bot.Event{next},
		Deliveries: []bot.Delivery{{ID: "d", Queue: bot.Replies, Platform: ann.Platform, Tenant: ann.Tenant,
			Dest: bot.Dest{Kind: bot.ToDirect, User: ann}, Parts: []bot.Part{{Key: "k", Card: card}}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Directory().Leave(t.Context(), ann, card); err != nil {
		t.Fatal(err)
	}
	if all := readable(t, db); strings.Contains(all, "zebrafinch") {
		t.Errorf("a word can be read: %s", all)
	}
	again, err := s.Inbox().Begin(t.Context(), ev, bottest.Patience)
	if err != nil || again.Now == nil || again.Now.Card.Summary != "zebrafinch" {
		t.Errorf("the kept answer: %+v, %v", again, err)
	}
	if c, err := s.Directory().Left(t.Context(), ann); err != nil || c.Summary != "zebrafinch" {
		t.Errorf("the card left: %+v, %v", c, err)
	}
	if _, err := redisstate.New(t.Context(), db, redisstate.Options{}); !errors.Is(err, seal.ErrKey) {
		t.Errorf("without the key: %v", err)
	}
}

func TestASealedBotSaysWhatAPlainOneSays(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.options.Seal = sealer(t)
	b.jobs = []bot.Job{sends(say("sealed on the way"))}
	core := b.replica(t)
	receive(t, core, hello)
	if got := b.platform.Await(t, 1)[0].Text(); got != "sealed on the way" {
		t.Errorf("%q arrived", got)
	}
}
