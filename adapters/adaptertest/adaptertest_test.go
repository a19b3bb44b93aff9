package adaptertest

import (
	"slices"
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
)

func TestTextThatIsShownInOtherLinesIsNotLost(t *testing.T) {
	t.Parallel()
	for want, shown := range map[string]string{
		"one two":       "• one\n  two",
		"Sŵn y môr":     "Sŵn\u200b y môr (1/2)",
		"bad \xff ends": "bad ends",
		"<!channel>":    "&lt;!channel&gt;",
		"":              "anything",
	} {
		if !contains(shown, want) {
			t.Errorf("%q counts as lost in %q", want, shown)
		}
	}
}

func TestTextThatIsMissingOrTurnedRoundIsLost(t *testing.T) {
	t.Parallel()
	for want, shown := range map[string]string{
		"one two": "two one", "one": "on", "30 November": "3 November", "ŵ": "w",
	} {
		if contains(shown, want) {
			t.Errorf("%q counts as there in %q", want, shown)
		}
	}
}

func TestEveryStatusHasAReasonAndOnlyPassingOnesPass(t *testing.T) {
	t.Parallel()
	for status := 400; status < 600; status++ {
		all := reasons(status, []int{412})
		if len(all) == 0 {
			t.Errorf("%d has none", status)
		}
		passes := status == 429 || status == 412 || status >= 500
		for _, r := range all {
			if r.Passing() != passes {
				t.Errorf("%d may be %q", status, r)
			}
		}
	}
}

func TestTheWordsOfACardAreThoseOfEveryBlock(t *testing.T) {
	t.Parallel()
	fixtures := bottest.Cards()
	every := Words(fixtures[len(fixtures)-2].Card)
	for _, want := range []string{"What peer support is", "Alex", "Next due", "30 November 2026", "Listen first", "It helped that somebody had been there too.", "NHS", "October", "12"} {
		if !slices.Contains(every, want) {
			t.Errorf("%q is not among %q", want, every)
		}
	}
	if got := Words(bot.Card{Summary: "alone"}); !slices.Equal(got, []string{"alone"}) {
		t.Errorf("%q", got)
	}
}

func TestTheTakerRefusesAndAnswersAsTold(t *testing.T) {
	t.Parallel()
	k, want := &Taker{}, &bot.Now{Card: &bot.Card{Summary: "s"}}
	k.Refuse(errRefused)
	if _, err := k.Receive(t.Context(), bot.Event{}); err == nil || len(k.All()) != 0 {
		t.Errorf("refused: %v, %d events", err, len(k.All()))
	}
	k.Refuse(nil)
	k.Answer(want)
	if now, err := k.Receive(t.Context(), bot.Event{ID: "e"}); err != nil || now != want || k.Last(t).ID != "e" {
		t.Errorf("%v, %v", now, err)
	}
}
