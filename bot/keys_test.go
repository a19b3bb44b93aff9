package bot_test

import (
	"fmt"
	"testing"

	"cymar/bot"
	"cymar/bot/bottest"
)

func TestTenantsAreSpreadOverTheShardsAndStayThere(t *testing.T) {
	t.Parallel()
	const n, tenants = bot.Shards(16), 1600
	count := map[int]int{}
	for i := range tenants {
		tenant := bot.TenantID(fmt.Sprint("T", i))
		shard := n.Of("slack", tenant)
		if shard != n.Of("slack", tenant) || shard < 0 || shard >= 16 {
			t.Fatalf("%s: %d", tenant, shard)
		}
		count[shard]++
	}
	for shard := range 16 {
		if c := count[shard]; c < 50 || c > 150 {
			t.Errorf("shard %d has %d of %d tenants", shard, c, tenants)
		}
	}
	// Where a tenant lies must never change: its data would be lost.
	if got := n.Of("slack", "T0123"); got != 7 {
		t.Errorf("the hash changed: %d", got)
	}
	if got := bot.Shards(0).Of("slack", "T0123"); got != 0 {
		t.Errorf("without shards: %d", got)
	}
}

func TestAnEventBelongsToTheShardOfItsTenantOrNamesIt(t *testing.T) {
	t.Parallel()
	const n = bot.Shards(16)
	want := n.Of("fake", bottest.Tenant)
	for name, ev := range map[string]bot.Event{
		"a message":        bottest.Said(ann, channel, "x"),
		"without a place":  {From: ann, What: bot.Opened{}},
		"what was sent":    {In: bot.Place{Platform: "fake", Tenant: bottest.Tenant}, What: bot.Delivered{}},
		"the clock":        {What: bot.Tick{Shard: want}},
		"follow-up work":   {What: bot.Continue{Shard: want}},
		"work of a tenant": {In: channel, What: bot.Continue{Shard: want}},
	} {
		if got := n.For(ev); got != want {
			t.Errorf("%s: %d, not %d", name, got, want)
		}
	}
	for _, shard := range []int{-1, 16, 99} {
		if got := n.For(bot.Event{What: bot.Tick{Shard: shard}}); got != 0 {
			t.Errorf("shard %d of 16 is %d", shard, got)
		}
	}
}

func TestADigestIsShortAndTellsPartsApart(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, parts := range [][]string{{}, {""}, {"", ""}, {"ab", "c"}, {"a", "bc"}, {"abc"}, {"a", "b", "c"}, {"1:a"}, {bottest.Hostile()["one long word"]}} {
		d := bot.Digest(parts...)
		if len(d) != 22 || seen[d] {
			t.Errorf("%v: %s", parts, d)
		}
		seen[d] = true
	}
}

func TestAKeyPatternKnowsItsKeys(t *testing.T) {
	t.Parallel()
	p := bot.KeyPattern{Key: "{cymar:NN}:a.b:<tenant>:topic:<place>"}
	for key, want := range map[string]bool{
		bot.Tag(3) + ":a.b:x:topic:y": true, bot.Tag(63) + ":a.b:x-_:topic:y1": true, bot.Tag(0) + ":axb:x:topic:y": false,
		bot.Tag(0) + ":a.b:x:topic:": false, bot.Tag(0) + ":a.b:x:topic:y:z": false, "a.b:x:topic:y": false,
		bot.Shards(16).Tag("slack", "T0123") + ":a.b:x:topic:y": true,
	} {
		if got := p.Matches(key); got != want {
			t.Errorf("%s: %v", key, got)
		}
	}
}
