package bottest_test

import (
	"testing"
	"time"

	"cymar/bot/bottest"
)

func TestMemoryIsAStateLikeAnyOther(t *testing.T) {
	t.Parallel()
	bottest.ExerciseState(t, func(*testing.T) bottest.State {
		clock := bottest.NewClock(time.Time{})
		m := bottest.NewMemory(clock)
		return bottest.State{Inbox: m, Outbox: m, Directory: m, Spaces: m, Profiles: m,
			Lapse: func(d time.Duration) { clock.Advance(d) }}
	})
}
