package privacy_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/privacy"
)

type shelf struct {
	facts   []bot.Fact
	erased  []bot.User
	tenants []bot.TenantID
	fails   error
}

func (s *shelf) Held(context.Context, bot.User, bot.Lang) ([]bot.Fact, error) {
	return s.facts, s.fails
}
func (s *shelf) Erase(_ context.Context, u bot.User) error {
	s.erased = append(s.erased, u)
	return s.fails
}
func (s *shelf) EraseTenant(_ context.Context, _ bot.Platform, t bot.TenantID) error {
	s.tenants = append(s.tenants, t)
	return s.fails
}

var u = bottest.Person("u")

func stage(t *testing.T, shelves ...*shelf) *bottest.Stage {
	t.Helper()
	return bottest.NewStage(t, func(*bottest.Stage, *bot.Options) []bot.Job {
		var ks []bot.Keeper
		for _, s := range shelves {
			ks = append(ks, s)
		}
		h, err := privacy.New(privacy.Options{Keepers: ks, Audit: &ledger{}, Clock: bottest.NewClock(bottest.Start), Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		return []bot.Job{h}
	})
}

func TestWhatIsHeldIsSaidFromEveryStoreAndPrivately(t *testing.T) {
	t.Parallel()
	a, b := &shelf{facts: []bot.Fact{{Label: "Language", Value: "Welsh"}}}, &shelf{facts: []bot.Fact{{Label: "Ratings", Value: "3"}}}
	sent := stage(t, a, b).Say(u, bottest.Channel("c"), "what do you hold on me?")
	if len(sent) != 1 || sent[0].Only == nil {
		t.Fatalf("%v", sent)
	}
	for _, want := range []string{"Language: Welsh", "Ratings: 3"} {
		if !strings.Contains(sent[0].Text(), want) {
			t.Errorf("no %q in %s", want, sent[0].Text())
		}
	}
}

func TestNothingHeldIsSaidPlainly(t *testing.T) {
	t.Parallel()
	if text := stage(t, &shelf{}).Say(u, bottest.Direct(u), "my data")[0].Text(); !strings.Contains(text, "nothing about you") {
		t.Error(text)
	}
}

func TestForgettingAsksFirst(t *testing.T) {
	t.Parallel()
	a := &shelf{}
	sent := stage(t, a).Say(u, bottest.Direct(u), "forget me")
	if len(a.erased) != 0 || !strings.Contains(sent[0].Text(), "undone") {
		t.Errorf("%v %v", a.erased, sent)
	}
}

func TestForgettingErasesEveryStoreByButtonAndByWord(t *testing.T) {
	t.Parallel()
	a, b := &shelf{}, &shelf{}
	s := stage(t, a, b)
	s.Press(u, bottest.Direct(u), "privacy.forget", "")
	s.Say(u, bottest.Direct(u), "yes, forget me")
	s.Say(u, bottest.Direct(u), "ie anghofia fi")
	for _, sh := range []*shelf{a, b} {
		if len(sh.erased) != 3 || sh.erased[0] != u {
			t.Errorf("%v", sh.erased)
		}
	}
}

func TestAStoreThatCannotBeReachedMeansTryAgainNotDone(t *testing.T) {
	t.Parallel()
	s := stage(t, &shelf{fails: bot.Unavailable(errors.New("down"))})
	ev := bottest.Said(u, bottest.Direct(u), "yes forget me")
	if _, err := s.Bot.Receive(t.Context(), ev); !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("%v", err)
	}
}

func TestARemovedInstallationIsErased(t *testing.T) {
	t.Parallel()
	a := &shelf{}
	stage(t, a).Do(bot.User{}, bot.Place{Platform: "fake", Tenant: bottest.Tenant}, bot.Uninstalled{})
	if len(a.tenants) != 1 || a.tenants[0] != bottest.Tenant {
		t.Errorf("%v", a.tenants)
	}
}

func TestOnePersonRemovingTheBotTakesNobodyElsesDataAway(t *testing.T) {
	t.Parallel()
	a := &shelf{}
	s := stage(t, a)
	s.Do(u, bottest.Direct(u), bot.Uninstalled{})
	if len(a.tenants) != 0 || len(a.erased) != 1 || a.erased[0] != u {
		t.Errorf("%v %v", a.tenants, a.erased)
	}
	s.Do(u, bottest.Channel("c"), bot.Uninstalled{})
	if len(a.tenants) != 0 || len(a.erased) != 1 {
		t.Errorf("removed from one channel: %v %v", a.tenants, a.erased)
	}
}

func TestARequestInOtherWordsIsOfferedBoth(t *testing.T) {
	t.Parallel()
	h, err := privacy.New(privacy.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := h.Handle(t.Context(), bot.Event{From: u, Lang: bot.Welsh})
	if err != nil || !strings.Contains(r.Sends[0].Card.Plain(), "anghofia fi") {
		t.Errorf("%v %v", r, err)
	}
}
