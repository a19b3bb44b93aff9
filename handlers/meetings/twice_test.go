package meetings_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/meetings"
)

// dying makes the replica die at every nth step of a kind: after the handler
// has done its work and before the core has noted it, or before it begins.
func (sc *scene) dying(method string, nth int) {
	n := 0
	sc.Memory.Fail = func(m string) error {
		if m != method {
			return nil
		}
		if n++; n%nth == 0 {
			return bot.Unavailable(errors.New("the replica died"))
		}
		return nil
	}
}

// insists hands an event over until it is taken, as a platform and the outbox
// do, and its follow-up work as well.
func (sc *scene) insists(ev bot.Event) {
	sc.t.Helper()
	for range 5 {
		if _, err := sc.Bot.Receive(sc.t.Context(), ev); err == nil {
			_ = sc.Memory.Drain(sc.t.Context(), sc.Bot) // what fails is handed over again below
			return
		}
	}
	sc.t.Fatalf("%s was never taken", ev.ID)
}

func TestEveryEventHandledTwiceLeavesWhatOneLeaves(t *testing.T) {
	t.Parallel()
	hold := func(die bool) *scene {
		sc := newScene(t)
		if die {
			sc.dying("Commit", 2)
		}
		n := 0
		do := func(u bot.User, in bot.Place, w bot.What) {
			n++
			sc.Clock.Advance(time.Second)
			sc.insists(bot.Event{ID: bot.EventID(fmt.Sprint("ev", n)), At: sc.Clock.Now(), From: u, In: in, What: w})
		}
		do(lead, channel, bot.Said{Text: "start collecting", Message: "x", ToBot: true})
		for range 4 { // the report of the notice comes until it is taken
			_ = sc.Memory.Drain(t.Context(), sc.Bot)
			if m := sc.meeting(); m.State == meetings.Announcing {
				sc.insists(bot.Event{ID: "notice", In: bot.Place{Platform: "fake", Tenant: bottest.Tenant}, What: bot.Delivered{Key: "meetings.notice:" + m.ID}})
			}
		}
		do(ann, channel, bot.Said{Text: "peer-led supervision is monthly", Message: "1"})
		do(ben, channel, bot.Said{Text: "our supervision is peer-led too", Message: "2"})
		do(cai, channel, bot.Said{Text: "I am really struggling", Message: "3"})
		do(ben, channel, bot.Reacted{Message: "1", Name: "like"})
		do(ann, channel, bot.Edited{Message: "1", Text: "peer-led supervision is fortnightly"})
		do(cai, channel, bot.Said{Text: "leave me out", Message: "4", ToBot: true})
		return sc
	}
	once, twice := hold(false), hold(true)
	if a, b := once.kept(), twice.kept(); a != b || a != "peer-led supervision is fortnightly | our supervision is peer-led too" {
		t.Errorf("once %q, twice %q", a, b)
	}
	a, b := once.meeting(), twice.meeting()
	if fmt.Sprint(a.Checks) != fmt.Sprint(b.Checks) || len(b.Checks) != 1 {
		t.Errorf("once %v, twice %v", a.Checks, b.Checks)
	}
}

func TestAReplicaThatDiesWhileItDrawsLosesNothing(t *testing.T) {
	t.Parallel()
	for name, method := range map[string]string{"before the draft was kept": "Begin", "after the draft was kept": "Commit"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sc := newScene(t)
			sc.drops(lead, "zoom.txt", chat(t, "supervision-role-drift/raw/zoom-chat.txt"))
			before := len(sc.Platform.All())
			sc.dying(method, 2)
			said := bot.Event{ID: "draw", At: sc.Clock.Now(), From: lead, In: bottest.Direct(lead), What: bot.Said{Text: "overview draw", ToBot: true}}
			if _, err := sc.Bot.Receive(t.Context(), said); err != nil {
				t.Fatal(err)
			}
			if err := sc.Memory.Drain(t.Context(), sc.Bot); err == nil {
				t.Fatal("nothing died")
			}
			sc.Memory.Fail = nil
			m := sc.meeting()
			work := bot.Event{ID: "draw>0", In: bot.Place{Platform: "fake", Tenant: bottest.Tenant},
				What: bot.Continue{Job: "meetings.draw", State: fmt.Sprintf("%s/%d", m.ID, m.Round)}}
			for range 20 { // as often as it comes
				sc.Receive(work)
			}
			ready, parts := 0, map[string]int{}
			for _, s := range sc.Platform.All()[before:] {
				if strings.Contains(s.Text(), "The draft is ready") {
					ready++
				}
				if h, ok := s.Card.Blocks[0].(bot.Heading); ok && s.How == "send" {
					parts[h.Text]++
				}
			}
			if ready != 1 || len(parts) < 5 {
				t.Errorf("the draft came %d times, in %d parts", ready, len(parts))
			}
			for title, n := range parts {
				if n != 1 {
					t.Errorf("%q came %d times", title, n)
				}
			}
		})
	}
}

func TestWorkOfAnEarlierRoundDoesNothing(t *testing.T) {
	t.Parallel()
	sc := reviewing(t)
	sc.says(lead, "overview draw")
	before := sc.meeting().Revision
	_, sent := sc.Receive(bot.Event{ID: "late", In: bot.Place{Platform: "fake", Tenant: bottest.Tenant}, What: bot.Continue{Job: "meetings.draw", State: sc.meeting().ID + "/1"}})
	if len(sent) != 0 || sc.meeting().Revision != before {
		t.Errorf("it sent %d cards", len(sent))
	}
	_, sent = sc.Receive(bot.Event{ID: "gone", In: bot.Place{Platform: "fake", Tenant: bottest.Tenant}, What: bot.Continue{Job: "meetings.draw", State: "nothing/1"}})
	if len(sent) != 0 {
		t.Errorf("it sent %d cards", len(sent))
	}
}
