package supervision_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/supervision"
)

// allKeys is every key in the database.
func allKeys(t *testing.T, db redis.UniversalClient) []string {
	t.Helper()
	keys, err := db.Keys(t.Context(), "*").Result()
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func TestErasingSomebodyLeavesNoOrphan(t *testing.T) {
	t.Parallel()
	db := bottest.Redis(t)
	store := supervision.NewStore(db, 16)
	enrol(t, store, bea, "2026-12-03", bottest.Start)
	facts, err := store.Held(t.Context(), bea, bot.Welsh)
	if err != nil || len(facts) != 1 || !strings.Contains(facts[0].Value, "gymheiriaid, nesaf 2026-12-03") {
		t.Errorf("%v, %v", facts, err)
	}
	for range 2 {
		if err := store.Erase(t.Context(), bea); err != nil {
			t.Fatal(err)
		}
		if keys := allKeys(t, db); len(keys) != 0 {
			t.Errorf("left: %v", keys)
		}
	}
	if facts, err := store.Held(t.Context(), bea, bot.English); err != nil || len(facts) != 0 {
		t.Errorf("%v, %v", facts, err)
	}
}

func TestErasingAnInstallationLeavesTheOthers(t *testing.T) {
	t.Parallel()
	db := bottest.Redis(t)
	store := supervision.NewStore(db, 1)
	for i := range 700 {
		enrol(t, store, bottest.Person(bot.UserID(fmt.Sprint("u", i))), "2026-12-03", bottest.Start)
	}
	other := bot.User{Platform: "fake", Tenant: "t2", ID: "ann"}
	enrol(t, store, other, "2026-12-03", bottest.Start)
	if err := store.EraseTenant(t.Context(), "fake", bottest.Tenant); err != nil {
		t.Fatal(err)
	}
	due, err := store.Due(t.Context(), 0, bottest.Start, 1000)
	if err != nil || len(due) != 1 || due[0].User != other || len(allKeys(t, db)) != 4 {
		t.Errorf("%d due, %v, %v", len(due), allKeys(t, db), err)
	}
}

func TestEveryKeyIsDescribed(t *testing.T) {
	t.Parallel()
	db := bottest.Redis(t)
	enrol(t, supervision.NewStore(db, 16), bea, "2026-12-03", bottest.Start)
	seen := 0
	for _, key := range allKeys(t, db) {
		for _, p := range supervision.Patterns {
			if p.Matches(key) && db.Type(t.Context(), key).Val() == p.Type {
				seen++
			}
		}
		if strings.Contains(key, string(bea.ID)) {
			t.Errorf("%s names somebody", key)
		}
	}
	if n := len(allKeys(t, db)); seen != n || n != 4 {
		t.Errorf("%d of %d keys are described", seen, n)
	}
}

func TestTwoChangesAtOnceBothCount(t *testing.T) {
	t.Parallel()
	store := supervision.NewStore(bottest.Redis(t), 1)
	enrol(t, store, bea, "2026-12-03", bottest.Start)
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			_, err := store.Change(t.Context(), bea, func(r *supervision.Record) error {
				r.Missed++
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if r, err := store.Load(t.Context(), bea); err != nil || r.Missed != 12 {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestAChangeThatFailsChangesNothing(t *testing.T) {
	t.Parallel()
	store := supervision.NewStore(bottest.Redis(t), 1)
	enrol(t, store, bea, "2026-12-03", bottest.Start)
	no := errors.New("no")
	_, err := store.Change(t.Context(), bea, func(r *supervision.Record) error {
		r.Clocks = nil
		return no
	})
	if r, _ := store.Load(t.Context(), bea); !errors.Is(err, no) || len(r.Clocks) != 1 {
		t.Errorf("%v, %+v", err, r)
	}
}

func TestARecordThatCannotBeReadLeavesTheSet(t *testing.T) {
	t.Parallel()
	db := bottest.Redis(t)
	store := supervision.NewStore(db, 1)
	enrol(t, store, bea, "2026-12-03", bottest.Start)
	for _, key := range allKeys(t, db) {
		if strings.Contains(key, ":person:") {
			db.Set(t.Context(), key, "{broken", 0)
		}
	}
	for range 2 {
		if due, err := store.Due(t.Context(), 0, bottest.Start, 10); err != nil || len(due) != 0 {
			t.Errorf("%v, %v", due, err)
		}
	}
	if n := db.ZCard(t.Context(), "{cymar:00}:supervision:due").Val(); n != 0 {
		t.Errorf("%d left in the set", n)
	}
}

func TestAStoreThatIsGoneIsUnavailable(t *testing.T) {
	t.Parallel()
	server := bottest.NewServer(t)
	store := supervision.NewStore(server.Client(t), 1)
	server.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, err := store.Load(ctx, bea); !errors.Is(err, bot.ErrUnavailable) {
		t.Error(err)
	}
	if _, err := store.Due(ctx, 0, bottest.Start, 1); !errors.Is(err, bot.ErrUnavailable) {
		t.Error(err)
	}
}

// dump is all that is kept of somebody, as it is kept.
func dump(t *testing.T, store supervision.Store, u bot.User) string {
	t.Helper()
	r, err := store.Load(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestEverythingThatIsKeptIsSaidOnRequest(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.says(bea, "peer-led supervision every 4 weeks with our peer lead, next on 3 December")
	sc.says(bea, "save it")
	sc.says(bea, "my working days Mon Tue")
	sc.says(bea, "pause until 5 January")
	sc.says(bea, "line management monthly, next on 15 December")
	_, err := sc.store.Change(t.Context(), bea, func(r *supervision.Record) error {
		r.Team, r.Sees = "North", []supervision.Seen{{User: "cat", Kind: "peer"}}
		r.Clocks[0].Supervisor = "sam"
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[bot.Lang][]string{
		bot.English: {"Peer-led supervision, With our peer lead, next 2026-12-03, who your supervisor is here", "not saved yet: Line management", "a pause", "how you wish to be reminded",
			"your team", "before your last change", "whose dates are shared with you"},
		bot.Welsh: {"Goruchwyliaeth gan gymheiriaid", "heb ei gadw eto: Rheolaeth llinell", "cyfnod o oedi", "eich tîm", "eich newid diwethaf"},
	} {
		facts, err := sc.store.Held(t.Context(), bea, lang)
		if err != nil || len(facts) != 1 {
			t.Fatalf("%v, %v", facts, err)
		}
		has(t, facts[0].Value, want...)
	}
}
