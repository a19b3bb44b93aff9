package redisstate_test

import (
	"testing"

	"cymar/bot/bottest"
	"cymar/bot/redisstate"
)

func TestRedisIsAStateLikeAnyOther(t *testing.T) {
	t.Parallel()
	for name, server := range map[string]func(t *testing.T) *bottest.Server{
		"redis-server": func(t *testing.T) *bottest.Server { return bottest.NewServer(t) },
		"in memory":    func(t *testing.T) *bottest.Server { return bottest.Mini(t) },
	} {
		for _, shards := range []int{1, 16} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				bottest.ExerciseState(t, func(t *testing.T) bottest.State {
					r := server(t)
					s, err := redisstate.New(t.Context(), r.Client(t), redisstate.Options{Shards: shards})
					if err != nil {
						t.Fatal(err)
					}
					return bottest.State{Inbox: s.Inbox(), Outbox: s.Outbox(), Directory: s.Directory(),
						Spaces: s.Spaces(), Profiles: s.Profiles(), Lapse: r.FastForward}
				})
			})
		}
	}
}
