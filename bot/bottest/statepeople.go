package bottest

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cymar/bot"
)

func directRemembered(t *testing.T, s State) {
	ann, ctx := Person("ann"), t.Context()
	if err := s.Remember(ctx, ann, Channel("c1"), ""); err != nil {
		t.Fatal(err)
	}
	if p, err := s.Find(ctx, ann); !errors.Is(err, bot.ErrUnreachable) {
		t.Fatalf("a channel is no way to a person: %v, %v", p, err)
	}
	chat := Direct(ann)
	chat.Thread = "a thread of today"
	if err := s.Remember(ctx, ann, chat, ""); err != nil {
		t.Fatal(err)
	}
	got, err := s.Find(ctx, ann)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Direct(ann), got); diff != "" {
		t.Error(diff)
	}
}

func leftForOne(t *testing.T, s State) {
	ann, bob, ctx := Person("ann"), Person("bob"), t.Context()
	if _, err := s.Left(ctx, ann); !errors.Is(err, bot.ErrNotFound) {
		t.Fatalf("something was there before: %v", err)
	}
	for _, text := range []string{"the first", "the second"} {
		if err := s.Leave(ctx, ann, bot.Say(bot.Welsh, text)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Left(ctx, ann)
	if diff := cmp.Diff(bot.Say(bot.Welsh, "the second"), got); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	if _, err := s.Left(ctx, bob); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("it is there for somebody else: %v", err)
	}
}

// Space is a space of the fake platform with the given places.
func Space(id bot.SpaceID, places ...bot.PlaceID) bot.Space {
	return bot.Space{ID: id, Platform: "fake", Tenant: Tenant, Name: "Space " + string(id), Places: places,
		Nation: bot.Wales, Lang: bot.Welsh, Roles: map[bot.UserID]bot.Role{"lead": bot.Facilitator},
		Contact: "lead", Settings: map[string]string{"k": "v"}, Made: Start}
}

func save(t *testing.T, s State, all ...bot.Space) {
	t.Helper()
	for _, space := range all {
		if err := s.Save(t.Context(), space); err != nil {
			t.Fatal(err)
		}
	}
}

func placeMoves(t *testing.T, s State) {
	save(t, s, Space("a", "c1", "c2"), Space("b", "c2"))
	for place, want := range map[bot.PlaceID]bot.SpaceID{"c1": "a", "c2": "b"} {
		got, err := s.Of(t.Context(), Channel(place))
		if err != nil || got.ID != want || !got.Holds(place) {
			t.Errorf("%s: %v, %v", place, got, err)
		}
	}
	save(t, s, Space("a"))
	if _, err := s.Of(t.Context(), Channel("c1")); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("a place that was given up: %v", err)
	}
	all, err := s.List(t.Context(), "fake", Tenant)
	if err != nil || len(all) != 2 {
		t.Fatalf("%v, %v", all, err)
	}
	want := []bot.Space{Space("a"), Space("b", "c2")}
	if all[0].ID == "b" {
		all[0], all[1] = all[1], all[0]
	}
	if diff := cmp.Diff(want, all); diff != "" {
		t.Error(diff)
	}
}

func spaceLastSeen(t *testing.T, s State) {
	save(t, s, Space("a", "c1"), Space("b", "c2"))
	ann := Person("ann")
	for _, seen := range []bot.SpaceID{"a", "b", ""} {
		if err := s.Remember(t.Context(), ann, Channel("c"), seen); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.For(t.Context(), ann); err != nil || got.ID != "b" {
		t.Errorf("%v, %v", got, err)
	}
}

func onlySpace(t *testing.T, s State) {
	save(t, s, Space("a", "c1"))
	if got, err := s.For(t.Context(), Person("new")); err != nil || got.ID != "a" {
		t.Errorf("%v, %v", got, err)
	}
}

func nobodyGuesses(t *testing.T, s State) {
	if _, err := s.For(t.Context(), Person("new")); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("without a space: %v", err)
	}
	save(t, s, Space("a", "c1"), Space("b", "c2"))
	if _, err := s.For(t.Context(), Person("new")); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("with two: %v", err)
	}
}

func tenantsApart(t *testing.T, s State) {
	save(t, s, Space("a", "c1"))
	elsewhere := Channel("c1")
	elsewhere.Tenant = "t2"
	if got, err := s.Of(t.Context(), elsewhere); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("%v, %v", got, err)
	}
	if all, err := s.List(t.Context(), "fake", "t2"); err != nil || len(all) != 0 {
		t.Errorf("%v, %v", all, err)
	}
}

func profileKept(t *testing.T, s State) {
	want := bot.Profile{Lang: bot.Welsh, Greeted: Start.Add(time.Hour), Discreet: true}
	if err := s.SaveProfile(t.Context(), Person("ann"), want); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Profile(t.Context(), Person("ann")); err != nil || got != want {
		t.Errorf("%v, %v", got, err)
	}
}

func profileEmpty(t *testing.T, s State) {
	if got, err := s.Profile(t.Context(), Person("ann")); err != nil || got != (bot.Profile{}) {
		t.Errorf("%v, %v", got, err)
	}
	if err := s.SaveProfile(t.Context(), Person("ann"), bot.Profile{}); err != nil {
		t.Error(err)
	}
}
