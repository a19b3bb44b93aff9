package bot_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

func TestReasonsThatPassAreTheTwoThatTryingAgainHelps(t *testing.T) {
	t.Parallel()
	for r, want := range map[bot.Reason]bool{bot.RateLimited: true, bot.ServerFault: true, bot.AuthFailed: false,
		bot.Invalid: false, bot.Unreachable: false, bot.TooLate: false, bot.GaveUp: false} {
		if r.Passing() != want {
			t.Errorf("%s", r)
		}
	}
}

func TestTheWorldsFaultsPassAndOursDoNot(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]bool{
		bot.Unavailable(errors.New("x")): true, fmt.Errorf("y: %w", context.DeadlineExceeded): true, context.Canceled: true, io.EOF: true,
		error(&net.OpError{Op: "dial", Err: errors.New("refused")}): true,
		errors.New("x"): false, bot.ErrBusy: false, bot.ErrNotFound: false, error(&bot.UserError{}): false,
	} {
		if got := bot.Passing(err); got != want {
			t.Errorf("%v: %v", err, got)
		}
	}
	if bot.Unavailable(nil) != nil {
		t.Error("no fault became one")
	}
}

func TestAnErrorKeepsItsCause(t *testing.T) {
	t.Parallel()
	cause := errors.New("cause")
	for _, err := range []error{bot.Unavailable(cause), &bot.SendError{Reason: bot.Invalid, Err: cause}} {
		if !errors.Is(err, cause) || !strings.Contains(err.Error(), "cause") {
			t.Errorf("%v", err)
		}
	}
	if got := (&bot.SendError{Reason: bot.TooLate}).Error(); got != "send: too_late" {
		t.Errorf("%q", got)
	}
	if got := (&bot.UserError{Text: "private"}).Error(); strings.Contains(got, "private") {
		t.Errorf("%q shows what was said to the person", got)
	}
}

func TestALoggedEventShowsNoTextAndNobody(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	l := slog.New(slog.NewTextHandler(&log, nil))
	l.Info("x", "event", bottest.Said(ann, channel, "secret"))
	l.Info("x", "event", bot.Event{})
	got := log.String()
	if strings.Contains(got, "secret") || strings.Contains(got, "ann") || strings.Contains(got, "c1") || !strings.Contains(got, "said") {
		t.Error(got)
	}
}

func TestTheSystemsClockGoes(t *testing.T) {
	t.Parallel()
	if d := time.Since(bot.SystemClock{}.Now()); d < 0 || d > time.Minute {
		t.Errorf("%v off", d)
	}
}
