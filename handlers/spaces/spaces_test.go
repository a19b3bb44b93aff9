package spaces_test

import (
	"strings"
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/spaces"
)

var (
	ruth    = bottest.Person("ruth")
	jon     = bottest.Person("jon")
	channel = bottest.Channel("c1")
)

func stage(t *testing.T) *bottest.Stage {
	t.Helper()
	return bottest.NewStage(t, func(s *bottest.Stage, _ *bot.Options) []bot.Job {
		h, err := spaces.New(s.Memory, s.Clock)
		if err != nil {
			t.Fatal(err)
		}
		return []bot.Job{h}
	})
}

func space(t *testing.T, s *bottest.Stage) bot.Space {
	t.Helper()
	got, err := s.Memory.Of(t.Context(), channel)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestASpaceIsTypedInItsChannelAndItsMakerFacilitates(t *testing.T) {
	t.Parallel()
	s := stage(t)
	s.Say(ruth, channel, "space setup Peer support in the North; wales; cy")
	got := space(t, s)
	if got.Name != "Peer support in the North" || got.Nation != bot.Wales || got.Lang != bot.Welsh {
		t.Errorf("%+v", got)
	}
	if got.RoleOf(ruth.ID) != bot.Facilitator || got.RoleOf(jon.ID) != bot.Participant {
		t.Errorf("%v", got.Roles)
	}
}

func TestASpaceIsMadeByFormWithItsFaultsAtTheField(t *testing.T) {
	t.Parallel()
	s := stage(t)
	now, _ := s.Press(ruth, channel, "spaces.setup", "")
	if now == nil || now.Form == nil || now.Form.ID != "spaces.save" || len(now.Form.Fields) != 3 {
		t.Fatalf("%+v", now)
	}
	now, _ = s.Do(ruth, channel, bot.Submitted{Form: "spaces.save", Fields: map[string]string{"name": " ", "nation": "both", "lang": "en"}})
	if now == nil || now.FieldErrors["name"] == "" {
		t.Errorf("%+v", now)
	}
	s.Do(ruth, channel, bot.Submitted{Form: "spaces.save", Fields: map[string]string{"name": "North", "nation": "england", "lang": "en"}})
	if got := space(t, s); got.Name != "North" || got.Nation != bot.England {
		t.Errorf("%+v", got)
	}
}

func TestOnlyAFacilitatorChangesASpaceThatIsThere(t *testing.T) {
	t.Parallel()
	s := stage(t)
	s.Say(ruth, channel, "space setup North")
	for _, text := range []string{"space setup South", "space setup", "role facilitator @Jon", "safeguarding contact none"} {
		s.Say(jon, channel, text)
	}
	if got := space(t, s); got.Name != "North" || len(got.Roles) != 1 {
		t.Errorf("%+v", got)
	}
	s.Say(ruth, channel, "gosod gofod Gogledd")
	if got := space(t, s); got.Name != "Gogledd" {
		t.Errorf("%+v", got)
	}
}

func TestWrongWordsAreAnsweredWithRightOnes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"space setup North; france":                  "england, wales or both",
		"space setup North; wales; fr":               "the language en or cy",
		"space setup ; wales":                        "Give the space a name",
		"space setup " + strings.Repeat("long ", 50): "Give the space a name",
		"space setup":                                "not set up as a space yet",
		"space":                                      "not set up as a space yet",
	} {
		sent := stage(t).Say(ruth, channel, text)
		if len(sent) != 1 || !strings.Contains(sent[0].Text(), want) {
			t.Errorf("%q: %v", text, sent)
		}
	}
	sent := stage(t).Say(ruth, bottest.Direct(ruth), "space setup North")
	if len(sent) != 1 || !strings.Contains(sent[0].Text(), "its own channel") {
		t.Errorf("in a direct chat: %v", sent)
	}
}

func TestAFacilitatorGrantsRolesInEitherLanguage(t *testing.T) {
	t.Parallel()
	s := stage(t)
	s.Say(ruth, channel, "space setup North")
	s.Do(ruth, channel, bot.Said{Text: "role curator @Jon", ToBot: true, Mentions: []bot.User{jon}})
	if got := space(t, s).RoleOf(jon.ID); got != bot.Curator {
		t.Errorf("%s", got)
	}
	s.Do(ruth, channel, bot.Said{Text: "rôl hwylusydd @Jon", ToBot: true, Mentions: []bot.User{jon}})
	if got := space(t, s).RoleOf(jon.ID); got != bot.Facilitator {
		t.Errorf("%s", got)
	}
	s.Do(ruth, channel, bot.Said{Text: "role administrator @Jon", ToBot: true, Mentions: []bot.User{jon}})
	if got := space(t, s).RoleOf(jon.ID); got != bot.Facilitator {
		t.Errorf("a facilitator made an administrator: %s", got)
	}
	if sent := s.Say(ruth, channel, "role curator"); !strings.Contains(sent[0].Text(), "role facilitator @name") {
		t.Errorf("%v", sent)
	}
}

func TestAQuestionAboutRolesIsNoCommand(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"role drift, what do i do", "safeguarding contact who is it", "space to breathe at work"} {
		if sent := stage(t).Say(ruth, channel, text); len(sent) != 0 {
			t.Errorf("%q was taken as a command: %v", text, sent)
		}
	}
}

func TestASafeguardingContactIsNamedAndTakenBack(t *testing.T) {
	t.Parallel()
	s := stage(t)
	s.Say(ruth, channel, "space setup North")
	s.Do(ruth, channel, bot.Said{Text: "safeguarding contact @Jon", ToBot: true, Mentions: []bot.User{jon}})
	if got := space(t, s).Contact; got != jon.ID {
		t.Errorf("%q", got)
	}
	if card := s.Say(ruth, channel, "space")[0].Text(); !strings.Contains(card, "yes") || strings.Contains(card, "jon") {
		t.Error(card)
	}
	s.Say(ruth, channel, "cyswllt diogelu neb")
	if got := space(t, s).Contact; got != "" {
		t.Errorf("%q", got)
	}
}
