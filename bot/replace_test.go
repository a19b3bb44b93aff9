package bot_test

import (
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
)

// replacing is a bench that sends a card under the key "k" for the first
// message and replaces it for every other.
func replacing(t *testing.T, edit ...func(*bot.Options)) *bottest.Bench {
	said := 0
	return bottest.NewBench(t, answers(handle(func(bot.Event) (bot.Reply, error) {
		if said++; said == 1 {
			s := to(bot.Here(), "old")
			s.Key = "k"
			return reply(s), nil
		}
		s := to(bot.Replacing("k"), "new")
		return reply(s), nil
	})), edit...)
}

func TestACardTakesThePlaceOfAnEarlierOne(t *testing.T) {
	t.Parallel()
	b := replacing(t)
	b.Platform.Pieces = 2
	first := b.Say(ann, channel, "x")
	got := b.Say(ann, bottest.Channel("elsewhere"), "y")
	same(t, []string{"update c1: new"}, where(got))
	if got[0].Message != first[1].Message {
		t.Errorf("changed %s, not %s", got[0].Message, first[1].Message)
	}
}

func TestACardThatWasReplacedCanBeReplacedAgain(t *testing.T) {
	t.Parallel()
	said := 0
	b := bottest.NewBench(t, answers(handle(func(bot.Event) (bot.Reply, error) {
		said++
		s := to([]bot.To{bot.Here(), bot.Replacing("a"), bot.Replacing("b")}[said-1], "card")
		s.Key = string(rune('a' + said - 1))
		return reply(s), nil
	})))
	for range 3 {
		b.Say(ann, channel, "x")
	}
	same(t, []string{"send c1: card", "update c1: card", "update c1: card"}, where(b.Platform.All()))
}

func TestWhereNothingCanBeReplacedTheCardIsSentAnew(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(b *bottest.Bench){
		"the old card is gone":      func(b *bottest.Bench) { b.Platform.Before = bottest.Fail(bottest.Refused(bot.Invalid, 0)) },
		"its place has gone":        func(b *bottest.Bench) { b.Platform.Before = bottest.Fail(bottest.Refused(bot.Unreachable, 0)) },
		"there never was one":       nil,
		"the platform changes none": nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := replacing(t, func(o *bot.Options) {
				if name == "the platform changes none" {
					o.Senders = []bot.Sender{o.Senders[0].(*bottest.Platform).Plain()}
				}
			})
			if name == "there never was one" {
				b = sending(t, to(bot.Replacing("k"), "new"))
			} else {
				b.Say(ann, channel, "x")
			}
			if prepare != nil {
				prepare(b)
			}
			same(t, []string{"send c1: new"}, where(b.Say(ann, channel, "y")))
		})
	}
}

func TestAPlatformThatIsDownIsAskedAgainToReplace(t *testing.T) {
	t.Parallel()
	b := replacing(t)
	b.Say(ann, channel, "x")
	b.Platform.Before = bottest.Fail(bottest.Refused(bot.ServerFault, 0))
	b.Say(ann, channel, "y")
	b.Drain()
	same(t, []string{"send c1: old", "update c1: new"}, where(b.Platform.All()))
}

func TestACardOfNoKnownPlaceThatIsGoneIsUnreachable(t *testing.T) {
	t.Parallel()
	b := sending(t)
	err := b.Deliver(t.Context(), bot.Delivery{Platform: "fake", Tenant: bottest.Tenant,
		Dest: bot.Dest{Kind: bot.ToReplace, Replaces: "k"}, Parts: []bot.Part{{Key: "n"}}})
	if reasonOf(err) != bot.Unreachable {
		t.Errorf("got %v", err)
	}
}
