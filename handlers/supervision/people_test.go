package supervision_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/supervision"
)

// peopled is a scene whose platform knows these people by name; err is what it
// says instead.
func peopled(t *testing.T, names map[bot.UserID]string, err error) *scene {
	t.Helper()
	sc := &scene{t: t, store: supervision.NewStore(bottest.Redis(t), 1)}
	sc.Stage = bottest.NewStage(t, func(s *bottest.Stage, _ *bot.Options) []bot.Job {
		h, failed := supervision.New(supervision.Options{Store: sc.store, Spaces: s.Memory, Profiles: s.Memory, Clock: s.Clock, Files: dropped{},
			People: func(_ context.Context, in bot.Place) ([]bot.Person, error) {
				if in.ID != channel.ID {
					t.Errorf("asked who is in %s", in.ID)
				}
				var all []bot.Person
				for id, name := range names {
					all = append(all, bot.Person{User: bottest.Person(id), Name: name})
				}
				return all, err
			}})
		if failed != nil {
			t.Fatal(failed)
		}
		return []bot.Job{h, answers{h}}
	})
	space := bot.Space{ID: "s1", Platform: "fake", Tenant: bottest.Tenant, Name: "Space", Nation: bot.England, Lang: bot.English,
		Places: []bot.PlaceID{channel.ID}, Roles: map[bot.UserID]bot.Role{lead.ID: bot.Facilitator}}
	if err := sc.Memory.Save(t.Context(), space); err != nil {
		t.Fatal(err)
	}
	return sc
}

// invites tries a list and invites; it returns to whom an invitation went, and
// which names were asked for on a card.
func (sc *scene) invites(who ...string) (invited []bot.PlaceID, asked []string) {
	sc.t.Helper()
	list := "roster\n"
	for _, w := range who {
		list += w + ",peer,every 4 weeks,12 December\n"
	}
	sc.Say(lead, channel, list)
	for _, s := range sc.Say(lead, channel, "invite them") {
		if strings.Contains(s.Text(), "It is up to you") {
			invited = append(invited, s.To.ID)
		}
		for _, b := range s.Card.Blocks {
			bs, _ := b.(bot.Buttons)
			for _, button := range bs.Buttons {
				if name, ok := strings.CutPrefix(button.Label, "That's me · Fi yw hwnna: "); ok {
					asked = append(asked, name)
				}
			}
		}
	}
	return invited, asked
}

func TestANameIsMatchedHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	for written, name := range map[string]string{
		"Bea Jones": "Bea Jones", "bea jones": "Bea JONES", "  Bea   Jones ": "Bea Jones", "@bea jones": "Bea Jones", "Siôn Tŷ": "sion ty",
		"Sion Ty": "Siôn Tŷ", "@u1": "whoever", "U1": "whoever", "O'Neill-Smith": "O’Neill Smith",
	} {
		sc := peopled(t, map[bot.UserID]string{"u1": name, "u2": "Somebody Else"}, nil)
		invited, asked := sc.invites(written)
		if len(invited) != 1 || invited[0] != "d-u1" || len(asked) != 0 {
			t.Errorf("%q as %q: invited %v, asked %v", written, name, invited, asked)
		}
	}
}

func TestANameThatIsNotCertainIsAskedOnACard(t *testing.T) {
	t.Parallel()
	for written, people := range map[string]map[bot.UserID]string{
		"two of the name":       {"u1": "Sam Jones", "u2": "sam jones"},
		"a part of the name":    {"u1": "Sam Jones of Cardiff"},
		"nobody of the name":    {"u1": "Kim Lee"},
		"nobody at all":         {},
		"one letter else":       {"u1": "Sam Jone"},
		"a first name of two":   {"u1": "Sam", "u2": "Jones"},
		"an id that begins so":  {"sam": "Kim"},
		"an empty display name": {"u1": ""},
	} {
		invited, asked := peopled(t, people, nil).invites("Sam Jones")
		if len(invited) != 0 || len(asked) != 1 || asked[0] != "Sam Jones" {
			t.Errorf("%s: invited %v, asked %v", written, invited, asked)
		}
	}
}

func TestWhereAPlatformCannotSayWhoIsThereEverybodyIsAsked(t *testing.T) {
	t.Parallel()
	sc := peopled(t, map[bot.UserID]string{"u1": "Sam Jones"}, errors.New("not allowed to see members"))
	sc.Platform.Can.Ephemeral = true
	invited, asked := sc.invites("Kim Lee", "Ann Ray")
	if len(invited) != 0 || len(asked) != 2 {
		t.Errorf("invited %v, asked %v", invited, asked)
	}
}

func TestManyNamesAreAskedOnSeveralCards(t *testing.T) {
	t.Parallel()
	sc := peopled(t, nil, nil)
	var who []string
	for i := range 45 {
		who = append(who, fmt.Sprintf("Person %d", i))
	}
	_, asked := sc.invites(who...)
	if len(asked) != 45 {
		t.Errorf("%d names", len(asked))
	}
	cards := 0
	for _, s := range sc.Platform.All() {
		if strings.Contains(s.Text(), "Some people are invited") {
			if cards++; s.Only != nil || s.To.ID != channel.ID {
				t.Errorf("the card went to %+v", s.To)
			}
		}
	}
	if cards != 3 {
		t.Errorf("%d cards", cards)
	}
}

func TestManyWhoAreInvitedAreInvitedOnceEach(t *testing.T) {
	t.Parallel()
	names := map[bot.UserID]string{}
	var who []string
	for i := range 230 {
		names[bot.UserID(fmt.Sprintf("u%03d", i))] = fmt.Sprintf("Person %d", i)
		who = append(who, fmt.Sprintf("Person %d", i))
	}
	sc := peopled(t, names, nil)
	invited, _ := sc.invites(who...)
	seen := map[bot.PlaceID]int{}
	for _, to := range invited {
		seen[to]++
	}
	if len(invited) != 230 || len(seen) != 230 {
		t.Errorf("%d invitations to %d people", len(invited), len(seen))
	}
	if again, _ := sc.invites(who...); len(again) != 0 {
		t.Errorf("%d were invited twice on a day", len(again))
	}
}

func TestAcceptingAnInvitationKeepsOnesOwnPlans(t *testing.T) {
	t.Parallel()
	sc := peopled(t, map[bot.UserID]string{"bea": "Bea Jones"}, nil)
	sc.says(bea, "next on 9 December") // begun, and the kind is not said yet
	sc.invites("Bea Jones")
	has(t, sc.press(bea, "supervision.save", "peer"), "Saved", "Saturday 12 December")
	r := sc.record()
	if len(r.Clocks) != 1 || r.Clocks[0].Kind != "peer" || r.Draft == nil || r.Draft.Plans[0].Next.String() != "2026-12-09" {
		t.Errorf("%+v", r)
	}
	has(t, sc.says(bea, "my supervision"), "Saturday 12 December", "Wednesday 9 December", "Nothing is saved yet", "Which kind")
}

func TestAnInvitationSavesNothingElse(t *testing.T) {
	t.Parallel()
	sc := peopled(t, map[bot.UserID]string{"bea": "Bea Jones"}, nil)
	sc.says(bea, "line management monthly, next on 9 December")
	sc.invites("Bea Jones")
	has(t, sc.press(bea, "supervision.save", "peer"), "Saved")
	if r := sc.record(); len(r.Clocks) != 1 || r.Clocks[0].Kind != "peer" {
		t.Errorf("what was not said yes to is saved: %+v", lines(r))
	}
	has(t, sc.press(bea, "supervision.save", "peer"), "nothing waiting")
	has(t, sc.says(bea, "save it"), "Saved")
	if r := sc.record(); len(r.Clocks) != 2 {
		t.Errorf("%+v", lines(r))
	}
}

func TestWhoHasTheKindAlreadyIsNotInvitedToIt(t *testing.T) {
	t.Parallel()
	sc := peopled(t, map[bot.UserID]string{"bea": "Bea Jones"}, nil)
	sc.says(bea, "peer supervision every 2 weeks, next on 9 December")
	sc.says(bea, "save it")
	if invited, _ := sc.invites("Bea Jones"); len(invited) != 0 {
		t.Errorf("%v", invited)
	}
	if c := sc.record().Clocks[0]; c.Next.String() != "2026-12-09" || c.Every.Days != 14 {
		t.Errorf("the list changed what is theirs: %+v", c)
	}
}

func TestAnInvitationThatNobodyAnswersGoesAfterFourWeeks(t *testing.T) {
	t.Parallel()
	sc := peopled(t, map[bot.UserID]string{"bea": "Bea Jones"}, nil)
	sc.invites("Bea Jones")
	sc.tick(at("2026-12-20 10:00"))
	if r := sc.record(); r.Draft == nil {
		t.Fatal("gone too soon")
	}
	sc.tick(at("2026-12-21 10:00"))
	if r := sc.record(); r.Draft != nil || r.Invited.Zero() || !r.Accepted.Zero() {
		t.Errorf("%+v", r)
	}
	has(t, sc.says(bea, "save it"), "nothing waiting")
}

func TestAListIsKeptForAnHourAndOnlyForWhoSentIt(t *testing.T) {
	t.Parallel()
	sc := peopled(t, map[bot.UserID]string{"bea": "Bea Jones"}, nil)
	has(t, sc.text(sc.Say(lead, channel, "invite them")), "There is no list")
	sc.Say(lead, channel, "roster\nBea Jones,peer,every 4 weeks")
	if sent := sc.Say(bea, channel, "invite them"); strings.Contains(sc.text(sent), "Invited") {
		t.Error("somebody who is no lead invited people")
	}
	has(t, sc.text(sc.Say(lead, channel, "invite them")), "Invited in private: 1.")
}

func TestWhoCannotBeReachedByAnInvitationIsCountedAtOnce(t *testing.T) {
	t.Parallel()
	sc := peopled(t, map[bot.UserID]string{"bea": "Bea Jones"}, nil)
	sc.Platform.Before = func(_ context.Context, s bottest.Sent) error {
		if s.To.ID == bottest.Direct(bea).ID || s.Opened.ID == bea.ID {
			return bottest.Refused(bot.Unreachable, 0)
		}
		return nil
	}
	sc.invites("Bea Jones")
	got := sc.text(sc.Say(lead, channel, "coverage"))
	has(t, got, "Fewer than five", "1 person could not be reached")
	hasNot(t, got, "Bea", "bea")
}

func TestAListThatWasOnlyTriedGoesAfterAnHour(t *testing.T) {
	t.Parallel()
	server := bottest.Mini(t) // whose time can be moved
	sc := newSceneOn(t, supervision.NewStore(server.Client(t), 1))
	sc.Say(lead, channel, list)
	server.FastForward(59 * time.Minute)
	if l, err := sc.store.Roster(t.Context(), lead); err != nil || len(l) != 2 {
		t.Errorf("%v, %v", l, err)
	}
	server.FastForward(2 * time.Minute)
	if l, err := sc.store.Roster(t.Context(), lead); err != nil || len(l) != 0 {
		t.Errorf("the list is kept for longer than said: %v, %v", l, err)
	}
	has(t, sc.text(sc.Say(lead, channel, "invite them")), "There is no list")
}

func TestWhatAWholeSpaceSeesIsInBothLanguagesWelshFirstInWales(t *testing.T) {
	t.Parallel()
	for nation, first := range map[bot.Nation]bot.Lang{bot.England: bot.English, bot.Wales: bot.Welsh, bot.Both: bot.English} {
		sc := peopled(t, nil, nil)
		space, err := sc.Memory.Of(t.Context(), channel)
		if err != nil {
			t.Fatal(err)
		}
		space.Nation = nation
		if err := sc.Memory.Save(t.Context(), space); err != nil {
			t.Fatal(err)
		}
		sc.Say(lead, channel, "roster\nKim Lee,peer,every 4 weeks")
		for _, s := range sc.Say(lead, channel, "invite them") {
			if s.Only != nil || s.To.ID != channel.ID {
				continue
			}
			has(t, s.Text(), "Some people are invited", "Mae rhai pobl yn cael eu gwahodd", "Fi yw hwnna", "That's me", "Kim Lee", "Nobody is told", "Ni ddywedir wrth neb")
			if welsh := strings.Index(s.Text(), "Mae rhai") < strings.Index(s.Text(), "Some people"); welsh != (first == bot.Welsh) || s.Card.Lang != first {
				t.Errorf("%s: %s", nation, s.Text())
			}
		}
		welsh := bottest.Person("wyn")
		if err := sc.Memory.SaveProfile(t.Context(), welsh, bot.Profile{Lang: bot.Welsh}); err != nil {
			t.Fatal(err)
		}
		for u, want := range map[bot.User]string{welsh: "Chi sy'n penderfynu", bea: "It is up to you"} {
			if err := sc.Memory.SaveProfile(t.Context(), bea, bot.Profile{Lang: bot.English}); err != nil {
				t.Fatal(err)
			}
			_, sent := sc.Press(u, channel, "supervision.claim", bot.Digest(string(lead.ID))+" 1")
			has(t, sc.text(sent), want)
		}
	}
}

func TestSomebodyWhoIsNotOnTheListCanStillSayNo(t *testing.T) {
	t.Parallel()
	sc := peopled(t, nil, nil)
	sc.Say(lead, channel, "roster\nKim Lee,peer,every 4 weeks,12 December")
	sc.Say(lead, channel, "invite them")
	has(t, sc.press(bea, "supervision.claim", bot.Digest(string(lead.ID))+" 1"), "It is up to you", "Saturday 12 December")
	has(t, sc.press(bea, "supervision.decline", ""), "That is fine")
	if r := sc.record(); len(r.Clocks) != 0 || r.Draft != nil || !r.Accepted.Zero() {
		t.Errorf("%+v", r)
	}
	for _, bad := range []string{"", "x", "0123456789012345678901", bot.Digest("somebody") + " 1", bot.Digest(string(lead.ID)) + " 99", bot.Digest(string(lead.ID)) + " -1"} {
		has(t, sc.press(bea, "supervision.claim", bad), "no longer there")
	}
}
