package supervision_test

import (
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/handlers/supervision"
)

func TestTheCountOfPeopleDueGoesOverAllShardsAndLooksAtTheTime(t *testing.T) {
	t.Parallel()
	db := bottest.Redis(t)
	store := supervision.NewStore(db, 4)
	for _, tenant := range []bot.TenantID{"a", "b", "c", "d", "e"} {
		enrol(t, store, bot.User{Platform: "fake", Tenant: tenant, ID: "u"}, "2026-12-03", bottest.Start)
	}
	for _, c := range []struct {
		at   time.Time
		want int64
	}{{bottest.Start.Add(-time.Second), 0}, {bottest.Start, 5}} {
		if n, err := supervision.CountDue(t.Context(), db, 4, c.at); err != nil || n != c.want {
			t.Errorf("%v: %d, %v; want %d", c.at, n, err, c.want)
		}
	}
}
