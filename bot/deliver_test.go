package bot_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cymar/bot"
	"cymar/bot/bottest"
)

// sending is a bench that answers everything with these sends.
func sending(t *testing.T, all ...bot.Send) *bottest.Bench {
	return bottest.NewBench(t, answers(handle(func(bot.Event) (bot.Reply, error) { return reply(all...), nil })))
}

func to(where bot.To, text string) bot.Send {
	return bot.Send{To: where, Card: bot.Say(bot.English, text)}
}

// where says what reached the platform in a line each.
func where(sent []bottest.Sent) []string {
	var all []string
	for _, s := range sent {
		line := s.How + " " + string(s.To.ID) + ": " + s.Text()
		if s.How == "upload" {
			line = s.How + " " + string(s.To.ID) + ": " + s.File.Name + "=" + s.Body
		}
		if s.Only != nil {
			line += " (only " + string(s.Only.ID) + ")"
		}
		all = append(all, line)
	}
	return all
}

func same(t *testing.T, want, got []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEachDestinationIsFound(t *testing.T) {
	t.Parallel()
	bob := bottest.Person("bob")
	b := sending(t, to(bot.Here(), "here"), to(bot.OnlyActor(), "only you"), to(bot.DM(bob), "for Bob"), to(bot.InPlace(bottest.Channel("c2")), "there"))
	same(t, []string{"send c1: here", "send c1: only you (only ann)", "open d-bob: ", "send d-bob: for Bob", "send c2: there"}, where(b.Say(ann, channel, "x")))
}

func TestAnAnswerStaysInItsThread(t *testing.T) {
	t.Parallel()
	b := sending(t, to(bot.Here(), "here"))
	in := channel
	in.Thread = "t9"
	if got := b.Say(ann, in, "x"); got[0].To.Thread != "t9" {
		t.Errorf("sent to %+v", got[0].To)
	}
}

func TestAKnownDirectChatIsUsedAndNotOpenedAgain(t *testing.T) {
	t.Parallel()
	b := sending(t, to(bot.DM(ann), "for you"))
	b.Say(ann, bottest.Direct(ann), "x")
	same(t, []string{"send d-ann: for you"}, where(b.Say(ann, channel, "y")))
}

func TestInADirectChatPrivateAndOpenAreTheSameAndKeepTheirOrder(t *testing.T) {
	t.Parallel()
	b := sending(t, to(bot.Here(), "one"), to(bot.OnlyActor(), "two"), to(bot.Here(), "three"))
	same(t, []string{"send d-ann: one", "send d-ann: two", "send d-ann: three"}, where(b.Say(ann, bottest.Direct(ann), "x")))
}

func TestSendsToOnePlaceKeepTheirOrderWhateverStandsBetween(t *testing.T) {
	t.Parallel()
	b := sending(t, to(bot.Here(), "one"), to(bot.InPlace(bottest.Channel("c2")), "elsewhere"), to(bot.Here(), "two"))
	if _, err := b.Receive(t.Context(), bottest.Said(ann, channel, "x")); err != nil {
		t.Fatal(err)
	}
	ds := b.Memory.Waiting()
	if len(ds) != 2 || len(ds[0].Parts) != 2 || ds[0].ID == ds[1].ID {
		t.Fatalf("deliveries: %+v", ds)
	}
	if ds[0].Parts[0].Key == ds[0].Parts[1].Key {
		t.Error("two parts have one key")
	}
}

func TestWithoutEphemeralMessagesPrivateMeansTheDirectChat(t *testing.T) {
	t.Parallel()
	b := sending(t, to(bot.OnlyActor(), "only you"))
	b.Platform.Can.Ephemeral = false
	same(t, []string{"open d-ann: ", "send d-ann: only you"}, where(b.Say(ann, channel, "x")))
}

func TestSomebodyWhoCannotBeReachedPrivatelyIsToldThatThereIsSomething(t *testing.T) {
	t.Parallel()
	b := sending(t, to(bot.OnlyActor(), "a private matter"))
	b.Platform.Can.Ephemeral = false
	b.Platform.Before = bottest.Fail(bottest.Refused(bot.Unreachable, 0))
	same(t, []string{"send c1: en:core.left\n\n→ en:core.show"}, where(b.Say(ann, channel, "x")))

	bob, press := bottest.Person("bob"), bot.Pressed{Action: "core.show"}
	for who, want := range map[bot.User]string{bob: "en:core.show_none", ann: "a private matter"} {
		now, err := b.Receive(t.Context(), bot.Event{ID: bot.EventID("press " + who.ID), From: who, In: channel, What: press})
		if err != nil || now == nil || now.Card.Plain() != want {
			t.Errorf("%s is shown %+v, %v", who.ID, now, err)
		}
	}
	b.Platform.Before = nil
	same(t, []string{"open d-ann: ", "send d-ann: a private matter"}, where(b.Say(ann, channel, "en:core.show")))
}

func TestOfACrisisNothingIsKeptToBeShownLater(t *testing.T) {
	t.Parallel()
	b := bottest.NewBench(t, []bot.Job{jobFunc(func(r *bot.Router) {
		r.Guarded(handle(func(bot.Event) (bot.Reply, error) { return reply(to(bot.OnlyActor(), "a private matter")), nil }))
	})}, func(o *bot.Options) { o.Guard = level(bot.Crisis) })
	b.Platform.Can.Ephemeral = false
	b.Platform.Before = bottest.Fail(bottest.Refused(bot.Unreachable, 0))
	same(t, []string{"send c1: en:core.private"}, where(b.Say(ann, channel, "x")))
	if _, err := b.Memory.Left(t.Context(), ann); !errors.Is(err, bot.ErrNotFound) {
		t.Errorf("something was kept: %v", err)
	}
}

func TestAFallbackGoesWhereTheFirstCannot(t *testing.T) {
	t.Parallel()
	other := to(bot.Here(), "for all")
	first := to(bot.DM(ann), "for you")
	first.Else = &other
	for reason, want := range map[bot.Reason][]string{
		bot.Unreachable: {"send c1: for all"}, bot.Invalid: {"send c1: for all"}, bot.AuthFailed: {"send c1: for all"},
		bot.ServerFault: nil, bot.RateLimited: nil, bot.TooLate: nil,
	} {
		b := sending(t, first)
		b.Platform.Before = bottest.Fail(bottest.Refused(reason, 0))
		got := where(b.Say(ann, channel, "x"))
		same(t, want, got)
		if waiting := len(b.Memory.Waiting()); (waiting == 1) != reason.Passing() {
			t.Errorf("%s: %d wait", reason, waiting)
		}
	}
}

func TestNothingIsSentAfterItsTime(t *testing.T) {
	t.Parallel()
	s := to(bot.Here(), "today")
	s.NotBefore, s.NotAfter = bottest.Start.Add(time.Hour), bottest.Start.Add(2*time.Hour)
	b := sending(t, s)
	b.Say(ann, channel, "x")
	b.Clock.Advance(3 * time.Hour)
	if b.Drain(); len(b.Platform.All()) != 0 {
		t.Errorf("sent %v", where(b.Platform.All()))
	}
}

func TestAPlatformWithoutAdapterIsUnreachable(t *testing.T) {
	t.Parallel()
	there := channel
	there.Platform = "elsewhere"
	b := sending(t)
	err := b.Deliver(t.Context(), bot.Delivery{Platform: "elsewhere", Dest: bot.Dest{Kind: bot.ToPlace, Place: there}, Parts: []bot.Part{{Key: "k"}}})
	var failed *bot.SendError
	if !errors.As(err, &failed) || failed.Reason != bot.Unreachable {
		t.Errorf("got %v", err)
	}
}

func TestAPlatformThatOpensNoChatsReachesOnlyWhomItKnows(t *testing.T) {
	t.Parallel()
	var p *bottest.Platform
	b := bottest.NewBench(t, answers(handle(func(bot.Event) (bot.Reply, error) { return reply(to(bot.DM(ann), "for you")), nil })),
		func(o *bot.Options) {
			p = o.Senders[0].(*bottest.Platform)
			o.Senders = []bot.Sender{p.Plain()}
		})
	if got := b.Say(ann, channel, "x"); len(got) != 0 {
		t.Errorf("sent %v", where(got))
	}
	same(t, []string{"send d-ann: for you"}, where(b.Say(ann, bottest.Direct(ann), "x")))
}

func TestAFileFollowsItsCardAndARetryDoesNotRepeatTheCard(t *testing.T) {
	t.Parallel()
	s := to(bot.Here(), "the overview")
	s.File = &bot.FileRef{Name: "o.txt", Data: []byte("words")}
	only := bot.Send{File: &bot.FileRef{Name: "only.txt", Data: []byte("no card")}}
	b := sending(t, s, only)
	b.Platform.Before = bottest.Fail(nil, bottest.Refused(bot.ServerFault, 0))
	b.Say(ann, channel, "x")
	b.Drain()
	same(t, []string{"send c1: the overview", "upload c1: o.txt=words", "upload c1: only.txt=no card"}, where(b.Platform.All()))
}

func TestAPlatformWithoutFilesSaysThatItTakesNone(t *testing.T) {
	t.Parallel()
	b := sending(t)
	core, err := bot.New(bot.Options{Router: bot.NewRouter(), Senders: []bot.Sender{b.Platform.Plain()}, Outbox: b.Memory, Clock: b.Clock})
	if err != nil {
		t.Fatal(err)
	}
	err = core.Deliver(t.Context(), bot.Delivery{Platform: "fake", Tenant: bottest.Tenant, Dest: bot.Dest{Kind: bot.ToPlace, Place: channel},
		Parts: []bot.Part{{Key: "k", File: &bot.FileRef{Name: "x"}}}})
	var failed *bot.SendError
	if !errors.As(err, &failed) || failed.Reason != bot.Invalid {
		t.Errorf("got %v", err)
	}
}

func TestACardThatIsSplitGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	b := sending(t, to(bot.Here(), "long"))
	b.Platform.Pieces = 3
	b.Platform.Before = bottest.Fail(nil, bottest.Refused(bot.RateLimited, time.Second))
	b.Say(ann, channel, "x")
	b.Drain()
	var got []string
	for _, s := range b.Platform.All() {
		got = append(got, s.Card.Summary)
	}
	same(t, []string{"long (1/3)", "long (2/3)", "long (3/3)"}, got)
}

func TestAMarkIsWrittenEvenWhenTheTimeIsUp(t *testing.T) {
	t.Parallel()
	b := sending(t)
	ctx, cancel := context.WithCancel(t.Context())
	b.Platform.After = func(context.Context, bottest.Sent) error { cancel(); return nil }
	d := bot.Delivery{ID: "d", Platform: "fake", Tenant: bottest.Tenant, Dest: bot.Dest{Kind: bot.ToPlace, Place: channel}, Parts: []bot.Part{{Key: "k"}}}
	if err := b.Deliver(ctx, d); err != nil {
		t.Error(err)
	}
	if _, err := b.Memory.Sent(t.Context(), d, "k"); err != nil {
		t.Errorf("no mark: %v", err)
	}
}

func TestADeliveryOwnsItsPartsAndTheirPieces(t *testing.T) {
	t.Parallel()
	d := bot.Delivery{Parts: []bot.Part{{Key: "a"}, {Key: "b"}}}
	for key, want := range map[string]bool{"a": true, "b": true, "a\x1f0": true, "ab": false, "a.0": false, "": false} {
		if d.Owns(key) != want {
			t.Errorf("%q", key)
		}
	}
}
