package principles_test

import (
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/principles"
)

func TestACuratorSeesTheOpenQuestionsAndNobodyElseDoes(t *testing.T) {
	t.Parallel()
	sc := open(t)
	if text := one(t, sc.Say(ruth, channel, "questions")).Text(); !strings.Contains(text, "no unanswered question") {
		t.Error(text)
	}
	sc.Say(bea, channel, obscure)
	if text := one(t, sc.Say(bea, channel, "questions")).Text(); strings.Contains(text, obscure) || !strings.Contains(text, "facilitator") {
		t.Errorf("a participant saw: %s", text)
	}
	m := one(t, sc.Say(ruth, channel, "questions"))
	if m.Only == nil || !strings.Contains(m.Text(), obscure+" (1×)") || !strings.Contains(m.Text(), "close question Q-1") {
		t.Errorf("%+v %s", m.Only, m.Text())
	}
}

func TestAQuestionIsClosedByButtonAndByWord(t *testing.T) {
	t.Parallel()
	sc := open(t)
	home := principles.Home{Platform: bea.Platform, Tenant: bea.Tenant}
	for _, shut := range []func(){
		func() { sc.Say(ruth, channel, "close question q-1") },
		func() { sc.Press(ruth, channel, "principles.close", "Q-2") },
	} {
		sc.Say(bea, channel, obscure)
		shut()
		if qs, err := sc.store.Questions(t.Context(), home); err != nil || len(qs) != 0 {
			t.Errorf("%v, %v", qs, err)
		}
	}
}

func TestAParticipantClosesNothing(t *testing.T) {
	t.Parallel()
	sc := open(t)
	sc.Say(bea, channel, obscure)
	sc.Press(bea, channel, "principles.close", "Q-1")
	if qs, err := sc.store.Questions(t.Context(), principles.Home{Platform: bea.Platform, Tenant: bea.Tenant}); err != nil || len(qs) != 1 {
		t.Errorf("%v, %v", qs, err)
	}
}

func TestQuestionsAreSweptAfterTheirTime(t *testing.T) {
	t.Parallel()
	sc := open(t)
	sc.Say(bea, channel, obscure)
	sc.Clock.Advance(181 * 24 * time.Hour)
	if qs, err := sc.store.Questions(t.Context(), principles.Home{Platform: bea.Platform, Tenant: bea.Tenant}); err != nil || len(qs) != 0 {
		t.Errorf("%v, %v", qs, err)
	}
}

func TestWaitingForNothingIsAnsweredWithWhatToDo(t *testing.T) {
	t.Parallel()
	if text := one(t, open(t).Say(bea, bottest.Direct(bea), "tell me when there is an answer")).Text(); !strings.Contains(text, "Ask it again first") {
		t.Error(text)
	}
}

func TestForgettingTakesSomebodyOffEveryList(t *testing.T) {
	t.Parallel()
	sc := open(t)
	sc.Say(bea, bottest.Direct(bea), obscure)
	sc.Say(bea, bottest.Direct(bea), "tell me when there is an answer")
	sc.Press(bea, channel, "principles.rate", "up:role-drift")
	if held, err := sc.store.Held(t.Context(), bea, bot.Welsh); err != nil || len(held) != 2 {
		t.Fatalf("%v, %v", held, err)
	}
	for range 2 {
		if err := sc.store.Erase(t.Context(), bea); err != nil {
			t.Fatal(err)
		}
	}
	if held, err := sc.store.Held(t.Context(), bea, bot.English); err != nil || len(held) != 0 {
		t.Errorf("%v, %v", held, err)
	}
	if err := sc.store.EraseTenant(t.Context(), bea.Platform, bea.Tenant); err != nil {
		t.Fatal(err)
	}
	if qs, err := sc.store.Questions(t.Context(), principles.Home{Platform: bea.Platform, Tenant: bea.Tenant}); err != nil || len(qs) != 0 {
		t.Errorf("%v, %v", qs, err)
	}
}

func TestRatingsAreShownTheLeastLikedFirst(t *testing.T) {
	t.Parallel()
	sc := open(t)
	if text := one(t, sc.Say(ruth, channel, "ratings")).Text(); !strings.Contains(text, "Nobody has rated") {
		t.Error(text)
	}
	sc.Press(bea, channel, "principles.rate", "up:mutual")
	sc.Press(bea, channel, "principles.rate", "down:role-drift")
	text := one(t, sc.Say(ruth, channel, "graddfeydd")).Text()
	if a, b := strings.Index(text, "0 | 1"), strings.LastIndex(text, "1 | 0"); a < 0 || b < a {
		t.Error(text)
	}
}
