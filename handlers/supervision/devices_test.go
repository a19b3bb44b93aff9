package supervision_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/supervision"
	"cymar/handlers/supervision/ladder"
)

// atOnce hands over what one person does on several devices, all at the same
// moment, through two replicas on one Redis.
func atOnce(t *testing.T, scenes []*scene, said ...string) {
	t.Helper()
	var wg sync.WaitGroup
	for i, text := range said {
		ev := bottest.Said(bea, bottest.Direct(bea), text)
		ev.ID = bot.EventID(fmt.Sprintf("device-%d-%s", i, text))
		wg.Go(func() {
			if _, err := scenes[i%len(scenes)].Bot.Receive(t.Context(), ev); err != nil {
				t.Errorf("%q: %v", text, err)
			}
		})
	}
	wg.Wait()
	for _, sc := range scenes {
		_ = sc.Memory.Drain(t.Context(), sc.Bot)
	}
}

// devices is two replicas on one Redis, with bea's two supervisions in it.
func devices(t *testing.T) []*scene {
	t.Helper()
	first := both(t)
	return []*scene{first, newSceneOn(t, first.store)}
}

func TestTwoCommandsAtOnceFromTwoDevicesBothCount(t *testing.T) {
	t.Parallel()
	for range 10 {
		two := devices(t)
		atOnce(t, two, "held peer on 20 November", "moved line management to 17 December")
		if diff := cmp.Diff([]string{"peer, last 2026-11-20, next 2026-12-18", "line, last 2026-11-15, next 2026-12-17"}, lines(two[0].record())); diff != "" {
			t.Fatal(diff)
		}
	}
}

func TestTheSameThingSaidOnTwoDevicesIsDoneOnce(t *testing.T) {
	t.Parallel()
	two := devices(t)
	atOnce(t, two, "held peer on 20 November", "held peer on 20 November")
	if diff := cmp.Diff([]string{"peer, last 2026-11-20, next 2026-12-18", lineAsItWas}, lines(two[0].record())); diff != "" {
		t.Error(diff)
	}
}

func TestContraryCommandsAtOnceLeaveOneOfThemWhole(t *testing.T) {
	t.Parallel()
	for range 10 {
		two := devices(t)
		atOnce(t, two, "cancelled on me peer", "moved peer to 9 December")
		c := two[0].record().Clocks[0]
		moved := c.State == ladder.Running && c.Next.String() == "2026-12-09"
		off := c.State == ladder.Cancelled && c.Next.Zero()
		if !moved && !off {
			t.Errorf("half of each: %+v", c)
		}
	}
}

func TestTwentyPressesAtOnceAreAllOrNothingEach(t *testing.T) {
	t.Parallel()
	two := devices(t)
	var said []string
	for i := range 20 {
		said = append(said, fmt.Sprintf("snooze %d", 1+i))
	}
	atOnce(t, two, said...)
	r := two[0].record()
	if r.Clocks[0].Snooze.Zero() || r.Clocks[0].Snooze != r.Clocks[1].Snooze {
		t.Errorf("the two kinds are snoozed differently: %s, %s", r.Clocks[0].Snooze, r.Clocks[1].Snooze)
	}
	has(t, two[0].says(bea, "undo"), "Undone")
}

func TestSavingOnTwoDevicesSavesOnce(t *testing.T) {
	t.Parallel()
	first := newScene(t)
	first.says(bea, oneLine)
	two := []*scene{first, newSceneOn(t, first.store)}
	atOnce(t, two, "save it", "save it")
	r := first.record()
	if len(r.Clocks) != 1 || r.Draft != nil {
		t.Errorf("%+v", r)
	}
	var all []string
	for _, sc := range two {
		for _, s := range sc.Platform.All() {
			all = append(all, s.Text())
		}
	}
	has(t, strings.Join(all, "\n"), "Saved", "nothing waiting to be saved")
}

func TestAReminderAndAChangeAtOnceLoseNothing(t *testing.T) {
	t.Parallel()
	for range 10 {
		sc := setUp(t, "3 December")
		moment := at("2026-11-26 09:40")
		sc.Clock.Set(moment)
		var wg sync.WaitGroup
		for _, ev := range []bot.Event{bottest.Tick("supervision.nudge", moment), bottest.Said(bea, bottest.Direct(bea), "moved to 9 December")} {
			wg.Go(func() {
				if _, err := sc.Bot.Receive(t.Context(), ev); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		_ = sc.Memory.Drain(t.Context(), sc.Bot)
		if c := sc.record().Clocks[0]; c.Next.String() != "2026-12-09" {
			t.Fatalf("the change is lost: %+v", c)
		}
		sc.says(bea, "my supervision") // takes in what was answered at once
		got := sc.until(at("2026-12-02 10:00"))
		if len(got) != 1 || !strings.Contains(got[0], "Wed 2 Dec") || !strings.Contains(got[0], "Wednesday 9 December") {
			t.Fatalf("%q", got)
		}
	}
}

// Nothing of one person may end up with another.
func TestTwoPeopleAtOnceDoNotTouchEachOther(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	var wg sync.WaitGroup
	for i := range 30 {
		u := bottest.Person(bot.UserID(fmt.Sprint("u", i)))
		wg.Go(func() {
			for n, text := range []string{fmt.Sprintf("peer supervision every %d weeks, next on 12 December", 1+i), "save it"} {
				ev := bottest.Said(u, bottest.Direct(u), text)
				ev.ID = bot.EventID(fmt.Sprint(u.ID, n))
				if _, err := sc.Bot.Receive(t.Context(), ev); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for i := range 30 {
		r := sc.of(bottest.Person(bot.UserID(fmt.Sprint("u", i))))
		if len(r.Clocks) != 1 || r.Clocks[0].Every.Days != 7*(1+i) {
			t.Errorf("%d: %+v", i, r.Clocks)
		}
	}
	people := 0
	err := sc.store.Each(t.Context(), supervision.Home{Platform: "fake", Tenant: bottest.Tenant}, func(all []supervision.Record) error {
		people += len(all)
		return nil
	})
	if err != nil || people != 30 {
		t.Errorf("%d people: %v", people, err)
	}
}

// between does something between a tick's reading who is due and its putting
// them off, as another device may.
type between struct {
	supervision.Store
	do func()
}

func (b *between) Due(ctx context.Context, shard int, now time.Time, limit int) ([]supervision.Record, error) {
	all, err := b.Store.Due(ctx, shard, now, limit)
	if do := b.do; do != nil {
		b.do = nil
		do()
	}
	return all, err
}

func TestAChangeInTheMiddleOfATickIsNotPutOff(t *testing.T) {
	t.Parallel()
	store := &between{Store: supervision.NewStore(bottest.Redis(t), 1)}
	sc := newSceneOn(t, store)
	sc.says(bea, "peer-led supervision every 4 weeks, next on 20 January")
	sc.says(bea, "save it")
	early := sc.record() // looked at before there is anything to say, as a supervisor is each morning
	early.Look = at("2026-11-24 09:00")
	if err := store.Look(t.Context(), 0, []supervision.Record{early}); err != nil {
		t.Fatal(err)
	}
	other := newSceneOn(t, store.Store)
	other.Clock.Set(at("2026-11-24 09:10"))
	store.do = func() { other.says(bea, "moved to 1 December") }
	sc.tick(at("2026-11-24 09:10"))
	if c := sc.record().Clocks[0]; c.Next.String() != "2026-12-01" {
		t.Fatalf("%+v", c)
	}
	got := sc.until(at("2026-11-30 12:00"))
	if len(got) != 1 || !strings.Contains(got[0], "Mon 30 Nov") {
		t.Errorf("the change is lost: %q", got)
	}
}
