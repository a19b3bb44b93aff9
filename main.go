// Cymar is a chatbot for people in and around peer support in NHS mental
// health services: it answers questions, reminds of supervision, and writes
// up meetings. See README.md.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"cymar/bot/redisstate"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	redisstate.LogTo(slog.New(slog.DiscardHandler)) // what matters of it reaches our own log
	os.Exit(run(ctx, os.Args[1:], system()))
}

// fail says what is wrong and gives the exit status: 2 for what the operator
// can mend, 1 for all else.
func fail(io stdio, err error) int {
	_, _ = fmt.Fprintf(io.err, "cymar: %v\n", err)
	var usage usageError
	var setup *redisstate.SetupError
	if errors.As(err, &usage) || errors.As(err, &setup) {
		return 2
	}
	return 1
}
