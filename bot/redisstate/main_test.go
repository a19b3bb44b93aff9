package redisstate_test

import (
	"log/slog"
	"os"
	"testing"

	"cymar/bot/redisstate"
)

// TestMain is also the replica that other tests start and kill: the test's own
// program under another name.
func TestMain(m *testing.M) {
	redisstate.LogTo(slog.New(slog.DiscardHandler))
	if role := os.Getenv("CYMAR_TEST_ROLE"); role != "" {
		os.Exit(play(role))
	}
	os.Exit(m.Run())
}
