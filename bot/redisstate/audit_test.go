package redisstate_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
	"cymar/bot/seal"
)

func line(at time.Time, verb string, who bot.User) bot.AuditLine {
	return bot.AuditLine{At: at, Platform: "fake", Tenant: bottest.Tenant, Event: "trace", Verb: verb, Who: who}
}

func TestTheAuditLogKeepsVerbsInOrderAndNoIds(t *testing.T) {
	t.Parallel()
	db := bottest.Redis(t)
	s, err := redisstate.New(t.Context(), db, redisstate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ann := bottest.Person("zebrafinch")
	log := s.Audit()
	for range 2 { // an event may be handled twice
		for i, verb := range []string{"role", "admin export"} {
			if err := log.Record(t.Context(), line(bottest.Start.Add(time.Duration(i)*time.Hour), verb, ann)); err != nil {
				t.Fatal(err)
			}
		}
	}
	lines, err := log.Lines(t.Context(), "fake", bottest.Tenant, bottest.Start)
	if err != nil || len(lines) != 2 || lines[0].Verb != "role" || lines[1].Verb != "admin export" || lines[0].Digest != log.Digest(ann) {
		t.Fatalf("%+v, %v", lines, err)
	}
	if later, _ := log.Lines(t.Context(), "fake", bottest.Tenant, bottest.Start.Add(time.Minute)); len(later) != 1 {
		t.Errorf("%+v", later)
	}
	if other, _ := log.Lines(t.Context(), "fake", "other", bottest.Start); len(other) != 0 {
		t.Errorf("another installation sees %+v", other)
	}
	all := readable(t, db)
	if strings.Contains(all, "zebrafinch") || strings.Contains(all, bot.Digest("fake", string(bottest.Tenant), "zebrafinch")) {
		t.Error("the log names somebody, or has a digest that anybody can make")
	}
	if got := log.Digest(bot.User{}); got != "operator" {
		t.Errorf("nobody is %q", got)
	}
}

func TestTwoStoresHaveDifferentDigestsAndOneStoreAlwaysTheSame(t *testing.T) {
	t.Parallel()
	ann := bottest.Person("ann")
	db := bottest.Redis(t)
	digest := func(o redisstate.Options) string {
		s, err := redisstate.New(t.Context(), db, o)
		if err != nil {
			t.Fatal(err)
		}
		return s.Audit().Digest(ann)
	}
	first := digest(redisstate.Options{})
	if again := digest(redisstate.Options{}); again != first {
		t.Errorf("%s, then %s", first, again)
	}
	if sealed := digest(redisstate.Options{Seal: sealer(t)}); sealed != first {
		t.Errorf("with a key %s, without %s", sealed, first)
	}
	other, err := redisstate.New(t.Context(), bottest.Redis(t), redisstate.Options{})
	if err != nil || other.Audit().Digest(ann) == first {
		t.Errorf("another store knows the same digest (%v)", err)
	}
}

func TestAStoreWhoseKeyIsMissingSaysSoAtTheStart(t *testing.T) {
	t.Parallel()
	db := bottest.Redis(t)
	if _, err := redisstate.New(t.Context(), db, redisstate.Options{Seal: sealer(t)}); err != nil {
		t.Fatal(err)
	}
	other, err := seal.New("n=" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("n", 32))))
	if err != nil {
		t.Fatal(err)
	}
	for name, box := range map[string]*seal.Box{"no key": nil, "another key": other} {
		_, err := redisstate.New(t.Context(), db, redisstate.Options{Seal: box})
		var setup *redisstate.SetupError
		if !errors.As(err, &setup) || !strings.Contains(err.Error(), "CYMAR_KEYS") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOldLinesAndOldFailuresArePurgedAndYoungOnesStay(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.platform.Before = nil
	s := b.store(t)
	ann := bottest.Person("ann")
	for i := range 5 {
		at := b.clock.Now().Add(-time.Duration(i) * 24 * time.Hour)
		if err := s.Audit().Record(t.Context(), line(at, "role", ann)); err != nil {
			t.Fatal(err)
		}
		id := fmt.Sprintf("%d-1", b.clock.Now().Add(-time.Duration(5-i)*24*time.Hour).UnixMilli())
		if err := b.client.Do(t.Context(), "XADD", "{cymar:00}:failed", id, "d", "x").Err(); err != nil {
			t.Fatal(err)
		}
	}
	keep := 60 * time.Hour
	for name, c := range map[string]struct {
		run  func(bool) (int64, error)
		want int64
	}{
		"audit":    {func(dry bool) (int64, error) { return s.PurgeAudit(t.Context(), 0, keep, dry) }, 2},
		"failures": {func(dry bool) (int64, error) { return s.PurgeFailures(t.Context(), 0, keep, dry) }, 3},
	} {
		var got []int64
		for _, dry := range []bool{true, true, false, false} {
			n, err := c.run(dry)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			got = append(got, n)
		}
		if got[0] != c.want || got[1] != c.want || got[2] != c.want || got[3] != 0 {
			t.Errorf("%s: %v, want %d three times, then none", name, got, c.want)
		}
	}
}

// TestForgettingSomebodyEmptiesTheMarksOfWhatTheyWereSent looks for the
// person's direct chat in every key and value, before and after.
func TestForgettingSomebodyEmptiesTheMarksOfWhatTheyWereSent(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.jobs = []bot.Job{answering{}}
	core := b.replica(t)
	s := b.store(t)
	ann := bottest.Person("zebrafinch")
	ev := bottest.Said(ann, bottest.Direct(ann), "hello")
	receive(t, core, ev)
	b.platform.Await(t, 1)
	b.settled(t)
	if !strings.Contains(readable(t, b.client), "zebrafinch") {
		t.Fatal("nothing was kept, so this test shows nothing")
	}
	if err := s.Keeper().Erase(t.Context(), ann); err != nil {
		t.Fatal(err)
	}
	if all := readable(t, b.client); strings.Contains(all, "zebrafinch") {
		t.Errorf("left: %s", all)
	}
	receive(t, core, ev) // it was handled, and that is still known
	if n := len(b.platform.All()); n != 1 {
		t.Errorf("sent %d", n)
	}
}

func TestAWordToSomebodyWhoIsForgottenLeavesNoTrace(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	last := say("done")
	last.To, last.NoTrace = bot.Here(), true
	b.jobs = []bot.Job{sends(last)}
	core := b.replica(t)
	ann := bottest.Person("zebrafinch")
	receive(t, core, bottest.Said(ann, bottest.Direct(ann), "forget me"))
	b.platform.Await(t, 1)
	b.settled(t)
	for _, key := range b.client.Keys(t.Context(), "*:sent:*").Val() {
		if v := b.client.Get(t.Context(), key).Val(); strings.Contains(v, "zebrafinch") {
			t.Errorf("%s: %s", key, v)
		}
	}
	if keys := b.client.Keys(t.Context(), "*:marks:*").Val(); len(keys) != 0 {
		t.Errorf("left: %v", keys)
	}
}
