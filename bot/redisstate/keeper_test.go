package redisstate_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
)

var ann = bottest.Person("ann")

// known is a bench on which the bot knows something of Ann in every store.
func known(t *testing.T) (*bench, *redisstate.Store) {
	t.Helper()
	b := newBench(t)
	waiting := bot.Send{To: bot.DM(ann), Card: bot.Say(bot.English, "for Ann"), NotBefore: b.clock.Now().Add(time.Hour)}
	here := say("for Ann, in her chat")
	here.NotBefore = waiting.NotBefore
	other := bot.Send{To: bot.DM(bottest.Person("bob")), Card: bot.Say(bot.English, "for Bob"), NotBefore: waiting.NotBefore}
	b.jobs = []bot.Job{sends(waiting, here, other)}
	s := b.store(t)
	space := bottest.Space("a", "c1")
	space.Roles["ann"], space.Contact = bot.PSW, "ann"
	if err := s.Spaces().Save(t.Context(), space); err != nil {
		t.Fatal(err)
	}
	if err := s.Profiles().SaveProfile(t.Context(), ann, bot.Profile{Lang: bot.Welsh, Greeted: bottest.Start, Discreet: true}); err != nil {
		t.Fatal(err)
	}
	if err := s.Directory().Leave(t.Context(), ann, bot.Say(bot.English, "left for Ann")); err != nil {
		t.Fatal(err)
	}
	receive(t, b.bot(t, s), bottest.Said(ann, bottest.Direct(ann), "hello"))
	return b, s
}

func held(t *testing.T, s *redisstate.Store, lang bot.Lang) string {
	t.Helper()
	facts, err := s.Keeper().Held(t.Context(), ann, lang)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range facts {
		fmt.Fprintf(&all, "%s: %s\n", f.Label, f.Value)
	}
	return all.String()
}

func TestAPersonIsToldWhatIsHeldInTheirLanguage(t *testing.T) {
	t.Parallel()
	_, s := known(t)
	want := `Your language: Welsh
First greeted on: 23/11/2026
Discreet notifications: yes
Your chat with me: its address, so that I can write to you
The space you were last seen in: Space a
Your role: Space a: peer support worker
Safeguarding contact of: Space a
Messages on their way to you: 2
An answer that could not reach you: kept for an hour, until you ask me to show it
`
	if got := held(t, s, bot.English); got != want {
		t.Errorf("got\n%s", got)
	}
	welsh := held(t, s, bot.Welsh)
	if strings.Count(welsh, "\n") != strings.Count(want, "\n") || !strings.HasPrefix(welsh, "Eich iaith: Cymraeg\n") || strings.Contains(welsh, "⟦") {
		t.Errorf("got\n%s", welsh)
	}
}

func TestAPersonIsForgottenAndNobodyElse(t *testing.T) {
	t.Parallel()
	b, s := known(t)
	for range 2 { // it may be asked twice
		if err := s.Keeper().Erase(t.Context(), ann); err != nil {
			t.Fatal(err)
		}
	}
	if got := held(t, s, bot.English); got != "" {
		t.Errorf("still held:\n%s", got)
	}
	space, err := s.Spaces().Of(t.Context(), bottest.Channel("c1"))
	if err != nil || space.RoleOf("lead") != bot.Facilitator {
		t.Errorf("the space is %+v, %v", space, err)
	}
	b.replica(t)
	b.clock.Advance(2 * time.Hour)
	b.settled(t)
	for _, m := range b.platform.All() {
		if m.How == "send" && m.Text() != "for Bob" {
			t.Errorf("sent %q", m.Text())
		}
	}
	if n := len(b.platform.All()); n != 2 { // opened Bob's chat and wrote to him
		t.Errorf("%d messages", n)
	}
}

func TestAnInstallationThatWasRemovedLeavesNothingPersonal(t *testing.T) {
	t.Parallel()
	b, s := known(t)
	if err := s.Keeper().EraseTenant(t.Context(), "fake", bottest.Tenant); err != nil {
		t.Fatal(err)
	}
	for _, key := range b.client.Keys(t.Context(), "*").Val() {
		if p := patternOf(key); p == nil || p.Personal {
			t.Errorf("%s is still there", key)
		}
	}
}

func TestWhatIsSaidAfterForgettingArrives(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	s := b.store(t)
	b.jobs = []bot.Job{scripted{answer: func(ev bot.Event) (bot.Reply, error) {
		err := s.Keeper().Erase(t.Context(), ev.From)
		return bot.Reply{Sends: []bot.Send{say("you are forgotten")}}, err
	}}}
	core := b.bot(t, s)
	run(t, core)
	receive(t, core, bottest.Said(ann, bottest.Direct(ann), "forget me"))
	if got := b.platform.Await(t, 1)[0].Text(); got != "you are forgotten" {
		t.Errorf("got %q", got)
	}
}
