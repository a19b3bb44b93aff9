package welcome_test

import (
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/welcome"
)

var (
	bea     = bottest.Person("bea")
	channel = bottest.Channel("c1")
)

func stage(t *testing.T) *bottest.Stage {
	t.Helper()
	return bottest.NewStage(t, func(s *bottest.Stage, _ *bot.Options) []bot.Job {
		h, err := welcome.New(s.Memory, s.Clock)
		if err != nil {
			t.Fatal(err)
		}
		return []bot.Job{h}
	})
}

func TestTheFirstCardSaysWhoSeesWhatIsKeptWhoWatchesAndHowToBeForgotten(t *testing.T) {
	t.Parallel()
	sent := stage(t).Say(bea, bottest.Direct(bea), "hello")
	if len(sent) != 1 {
		t.Fatalf("%d messages", len(sent))
	}
	for _, want := range []string{"Who sees it", "What is kept", "180 days", "round the clock", "116 123", "forget me", "Cymraeg / English?"} {
		if !strings.Contains(sent[0].Text(), want) {
			t.Errorf("the card does not say %q", want)
		}
	}
}

func TestSomebodyIsGreetedOnce(t *testing.T) {
	t.Parallel()
	s := stage(t)
	s.Say(bea, bottest.Direct(bea), "hello")
	if again := s.Say(bea, bottest.Direct(bea), "hello again"); len(again) != 0 {
		t.Errorf("greeted again: %v", again)
	}
	s.Clock.Advance(60 * 24 * time.Hour)
	if again := s.Say(bea, channel, "and again"); len(again) != 0 {
		t.Errorf("greeted again after two months: %v", again)
	}
}

func TestInAChannelOnlyTheNewcomerSeesTheGreeting(t *testing.T) {
	t.Parallel()
	sent := stage(t).Say(bea, channel, "hello")
	if len(sent) != 1 || sent[0].Only == nil || sent[0].Only.ID != bea.ID {
		t.Errorf("%+v", sent)
	}
}

func TestTheChosenLanguageIsKeptAndUsed(t *testing.T) {
	t.Parallel()
	s := stage(t)
	now, sent := s.Press(bea, bottest.Direct(bea), "welcome.language", "cy")
	if now == nil || now.Card == nil || now.Card.Lang != bot.Welsh {
		t.Errorf("the card did not change to Welsh: %+v", now)
	}
	if len(sent) != 1 || !strings.Contains(sent[0].Text(), "yn Gymraeg") {
		t.Errorf("%v", sent)
	}
	p, err := s.Memory.Profile(t.Context(), bea)
	if err != nil || p.Lang != bot.Welsh {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestTheLanguageCanBeTyped(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bot.Lang{
		"language Welsh": bot.Welsh, "iaith Saesneg": bot.English, "Cymraeg": bot.Welsh,
		"English": bot.English, "iaith Gymraeg!": bot.Welsh,
	} {
		s := stage(t)
		s.Say(bea, bottest.Direct(bea), text)
		p, err := s.Memory.Profile(t.Context(), bea)
		if err != nil || p.Lang != want {
			t.Errorf("%q: %q, %v", text, p.Lang, err)
		}
	}
}

func TestAQuestionAboutLanguageIsNoCommand(t *testing.T) {
	t.Parallel()
	s := stage(t)
	s.Say(bea, bottest.Direct(bea), "language barrier with a lady on the ward, what do I do")
	if p, err := s.Memory.Profile(t.Context(), bea); err != nil || p.Lang != "" {
		t.Errorf("%q, %v", p.Lang, err)
	}
}

func TestAnUnknownLanguageIsRefused(t *testing.T) {
	t.Parallel()
	_, sent := stage(t).Press(bea, bottest.Direct(bea), "welcome.language", "fr")
	if len(sent) != 1 || !strings.Contains(sent[0].Text(), "English or Welsh") {
		t.Errorf("%v", sent)
	}
}

func TestPeopleAreToldWhenASafeguardingContactIsNamed(t *testing.T) {
	t.Parallel()
	s := stage(t)
	s.Say(bea, channel, "hello")
	s.Clock.Advance(time.Hour)
	space := bot.Space{ID: "s", Platform: bea.Platform, Tenant: bea.Tenant, Places: []bot.PlaceID{channel.ID}, Contact: "ruth"}
	if err := s.Memory.Save(t.Context(), space); err != nil {
		t.Fatal(err)
	}
	sent := s.Say(bea, channel, "hello")
	if len(sent) != 1 || !strings.Contains(sent[0].Text(), "safeguarding contact") {
		t.Fatalf("%v", sent)
	}
	if p, err := s.Memory.Profile(t.Context(), bea); err != nil || p.Contact != "ruth" {
		t.Errorf("%+v, %v", p, err)
	}
	if again := s.Say(bea, channel, "hello"); len(again) != 0 {
		t.Errorf("told twice: %v", again)
	}
}

func TestAboutThisBotShowsTheFirstCardAgain(t *testing.T) {
	t.Parallel()
	s := stage(t)
	s.Say(bea, channel, "hello")
	sent := s.Say(bea, channel, "about this bot")
	if len(sent) != 1 || !strings.Contains(sent[0].Text(), "What is kept") {
		t.Errorf("%v", sent)
	}
}

func TestInstallingGreets(t *testing.T) {
	t.Parallel()
	_, sent := stage(t).Do(bea, bottest.Direct(bea), bot.Installed{})
	if len(sent) != 1 {
		t.Errorf("%v", sent)
	}
}
