package supervision_test

import (
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/supervision"
)

// demonstrated is a scene with the invented colleagues in its space.
func demonstrated(t *testing.T) *scene {
	t.Helper()
	sc := newScene(t)
	space, err := sc.Memory.Of(t.Context(), channel)
	if err != nil {
		t.Fatal(err)
	}
	if err := supervision.Demonstrate(t.Context(), sc.store, space, sc.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	return sc
}

func TestADemonstrationHasFiguresAndSixMonthsToShow(t *testing.T) {
	t.Parallel()
	got := demonstrated(t).text(demonstrated(t).Say(lead, channel, "supervision coverage"))
	has(t, got, "Invited: about 30. Accepted: about 25.",
		"1 | Peer-led supervision | about 15 (60%) | about 5 | fewer than five | about 10",
		"Line management | about 15", "North | about 15", "Smaller teams and others together",
		"June 2026 |", "October 2026 |", "November 2026 | about 25 | about 15 (60%)")
	hasNot(t, got, "invented", "East", "May 2026")
}

func TestNobodyOfADemonstrationIsEverWrittenTo(t *testing.T) {
	t.Parallel()
	sc := demonstrated(t)
	for day := range 120 {
		for _, hour := range []int{9, 13} {
			if sent := sc.tick(at("2026-11-23 00:40").Add(time.Duration(24*day+hour) * time.Hour)); len(sent) != 0 {
				t.Fatalf("day %d: %s", day, sent[0].Text())
			}
		}
	}
	has(t, sc.text(sc.Say(lead, channel, "reminder days 9 2 after 1 every 3 times 1")), "From now on")
	if sent := sc.tick(at("2027-06-01 10:00")); len(sent) != 0 {
		t.Errorf("once the rungs were changed: %s", sent[0].Text())
	}
}

func TestADemonstrationIsErasedWithItsInstallation(t *testing.T) {
	t.Parallel()
	db := bottest.Redis(t)
	store := supervision.NewStore(db, 1)
	space := bot.Space{ID: "s1", Platform: "fake", Tenant: bottest.Tenant, Name: "Space"}
	for range 2 { // it comes twice where the start was cut short
		if err := supervision.Demonstrate(t.Context(), store, space, bottest.Start); err != nil {
			t.Fatal(err)
		}
	}
	people := 0
	err := store.Each(t.Context(), supervision.Home{Platform: "fake", Tenant: bottest.Tenant}, func(all []supervision.Record) error {
		people += len(all)
		return nil
	})
	if err != nil || people != 32 {
		t.Errorf("%d people: %v", people, err)
	}
	if err := store.EraseTenant(t.Context(), "fake", bottest.Tenant); err != nil {
		t.Fatal(err)
	}
	if keys := allKeys(t, db); len(keys) != 0 {
		t.Errorf("left: %v", keys)
	}
}
