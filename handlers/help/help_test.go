package help_test

import (
	"strings"
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/help"
)

type job struct{}

func (job) Register(r *bot.Router) {
	text := func(s string) map[bot.Lang]string { return map[bot.Lang]string{bot.English: s, bot.Welsh: "cy " + s} }
	phrase := func(s string) map[bot.Lang][]string {
		return map[bot.Lang][]string{bot.English: {s}, bot.Welsh: {"cy-" + s}}
	}
	do := bot.HandlerFunc(nil)
	r.Command(bot.Command{Name: "nap", Phrases: phrase("nap"), Help: text("for everybody")}, do)
	r.Command(bot.Command{Name: "publish", Phrases: phrase("publish"), Help: text("for some"), Needs: bot.PublishOverview}, do)
}

// titled is a job with a title and more commands than the first card names.
type titled struct{}

func (titled) Title(lang bot.Lang) string {
	return map[bot.Lang]string{bot.English: "Gardening", bot.Welsh: "Garddio"}[lang]
}

func (titled) Register(r *bot.Router) {
	for _, verb := range []string{"dig", "sow", "water", "weed", "harvest"} {
		r.Command(bot.Command{Name: verb,
			Phrases: map[bot.Lang][]string{bot.English: {verb}, bot.Welsh: {"cy-" + verb}},
			Help:    map[bot.Lang]string{bot.English: "how to " + verb, bot.Welsh: "sut i " + verb},
		}, bot.HandlerFunc(nil))
	}
}

func stage(t *testing.T) *bottest.Stage {
	t.Helper()
	return bottest.NewStage(t, func(*bottest.Stage, *bot.Options) []bot.Job {
		h, err := help.New(help.Shortcut{Action: "nap.mine", Label: "home.supervision"})
		if err != nil {
			t.Fatal(err)
		}
		return []bot.Job{h, job{}, titled{}}
	})
}

func TestHelpListsWhatWasRegisteredAndThePersonMayDo(t *testing.T) {
	t.Parallel()
	u := bottest.Person("u")
	text := stage(t).Say(u, bottest.Direct(u), "help")[0].Text()
	if !strings.Contains(text, "nap: for everybody") || strings.Contains(text, "for some") {
		t.Error(text)
	}
}

func TestAFacilitatorSeesMore(t *testing.T) {
	t.Parallel()
	s, u, in := stage(t), bottest.Person("u"), bottest.Channel("c")
	space := bot.Space{ID: "s", Platform: u.Platform, Tenant: u.Tenant, Places: []bot.PlaceID{in.ID}, Roles: map[bot.UserID]bot.Role{u.ID: bot.Facilitator}}
	if err := s.Memory.Save(t.Context(), space); err != nil {
		t.Fatal(err)
	}
	if text := s.Say(u, in, "help")[0].Text(); !strings.Contains(text, "for some") {
		t.Error(text)
	}
}

func TestAJobIsOneLineAndHelpAboutItListsAll(t *testing.T) {
	t.Parallel()
	s, u := stage(t), bottest.Person("u")
	in := bottest.Direct(u)
	text := s.Say(u, in, "help")[0].Text()
	if !strings.Contains(text, "Gardening: “dig”, “sow”, “water”, “weed”, …") || !strings.Contains(text, "→ Gardening (help gardening)") ||
		strings.Contains(text, "harvest") {
		t.Error(text)
	}
	_, pressed := s.Do(u, in, bot.Pressed{Action: "help.about", Value: "Gardening"})
	for how, got := range map[string]string{
		"typed": s.Say(u, in, "help gardening")[0].Text(), "in the other language": s.Say(u, in, "help garddio")[0].Text(), "pressed": pressed[0].Text(),
	} {
		if !strings.Contains(got, "harvest: how to harvest") || strings.Contains(got, "nap") {
			t.Errorf("%s: %s", how, got)
		}
	}
}

func TestHelpAboutWhatIsNoJobIsAQuestion(t *testing.T) {
	t.Parallel()
	s, u := stage(t), bottest.Person("u")
	if sent := s.Say(u, bottest.Direct(u), "help her with her flat?"); len(sent) != 0 {
		t.Errorf("help took it: %s", sent[0].Text())
	}
}

func TestHelpSpeaksWelsh(t *testing.T) {
	t.Parallel()
	s, u := stage(t), bottest.Person("u")
	if err := s.Memory.SaveProfile(t.Context(), u, bot.Profile{Lang: bot.Welsh}); err != nil {
		t.Fatal(err)
	}
	if text := s.Say(u, bottest.Direct(u), "cymorth")[0].Text(); !strings.Contains(text, "cy-nap: cy for everybody") {
		t.Error(text)
	}
}

func TestOnesPageShowsItsShortcutsAndHelp(t *testing.T) {
	t.Parallel()
	u, s := bottest.Person("u"), stage(t)
	if err := s.Memory.SaveProfile(t.Context(), u, bot.Profile{Lang: bot.Welsh}); err != nil {
		t.Fatal(err)
	}
	now, sent := s.Do(u, bottest.Direct(u), bot.Opened{})
	if len(sent) != 0 || now == nil || now.Card == nil {
		t.Fatalf("%v, and %d messages", now, len(sent))
	}
	text := now.Card.Plain()
	if !strings.Contains(text, "Fy ngoruchwyliaeth") || !strings.Contains(text, "cy-nap") {
		t.Error(text)
	}
}
