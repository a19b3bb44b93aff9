package principles_test

import (
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/principles"
)

func TestOldQuestionsArePurgedWithWhoWaitsAndYoungOnesStay(t *testing.T) {
	t.Parallel()
	db, clock := bottest.Redis(t), bottest.NewClock(bottest.Start)
	store := principles.NewStore(db, 1, clock)
	u := bottest.Person("u")
	h := principles.Home{Platform: u.Platform, Tenant: u.Tenant}
	log := func(words string) string {
		q, err := store.Log(t.Context(), h, words, principles.Question{Words: words, First: clock.Now()}, bot.EventID(words))
		if err != nil {
			t.Fatal(err)
		}
		if err := store.Wait(t.Context(), u, q.ID); err != nil {
			t.Fatal(err)
		}
		return q.ID
	}
	old := log("old")
	clock.Advance(20 * 24 * time.Hour)
	young := log("young")
	clock.Advance(15 * 24 * time.Hour)
	purge := func(dry bool) int64 {
		n, err := principles.PurgeQuestions(t.Context(), db, 1, clock, 0, 30*24*time.Hour, dry)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if dry, done, again := purge(true), purge(false), purge(false); dry != 1 || done != 1 || again != 0 {
		t.Errorf("counted %d, purged %d, then %d", dry, done, again)
	}
	if who, err := store.Waiting(t.Context(), h, old); err != nil || len(who) != 0 {
		t.Errorf("still waiting for the old one: %v, %v", who, err)
	}
	if who, err := store.Waiting(t.Context(), h, young); err != nil || len(who) != 1 {
		t.Errorf("waiting for the young one: %v, %v", who, err)
	}
}
