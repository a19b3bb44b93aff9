//go:build linux

package faults

import (
	"flag"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"testing"

	"cymar/bot/redisstate"
)

var (
	long = flag.Bool("long", false, "the long form: ten times the deliveries")
	page = flag.String("page", "", "write the results to this file")
)

// TestMain is also the replica that some faults start and kill: the test's own
// program in another role.
func TestMain(m *testing.M) {
	redisstate.LogTo(slog.New(slog.DiscardHandler))
	signal.Ignore(syscall.SIGXFSZ) // a redis-server that we start is told that its file is too large, and not killed
	if role := os.Getenv("CYMAR_FAULTS_REPLICA"); role != "" {
		os.Exit(playReplica(role))
	}
	flag.Parse()
	_ = flag.Set("test.parallel", "6") // most of a fault is waiting for it to pass
	os.Exit(m.Run())
}
