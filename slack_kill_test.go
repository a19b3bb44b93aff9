//go:build unix

package main

import (
	"context"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"

	"cymar/adapters/slack/slackfake"
	"cymar/bot/bottest"
)

// TestMain is also the program itself, which other tests start and kill: the
// test's own executable under another name.
func TestMain(m *testing.M) {
	if os.Getenv("CYMAR_TEST_SERVE") != "" {
		ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
		defer stop()
		os.Exit(run(ctx, nil, system()))
	}
	os.Exit(m.Run())
}

// process starts the program as a process of its own; kill is kill -9.
func (w *workspace) process() (kill func()) {
	w.t.Helper()
	program, err := os.Executable()
	if err != nil {
		w.t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Env = append(append(os.Environ(), "CYMAR_TEST_SERVE=1", "SLACK_BOT_TOKEN="+slackfake.BotToken), w.environ()...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	kill = func() { _ = cmd.Process.Kill(); <-ended }
	w.t.Cleanup(kill)
	return kill
}

func TestInSlackAProcessKilledBeforeItsAcknowledgementArrivesLeavesNobodyUnanswered(t *testing.T) {
	t.Parallel()
	w := &workspace{t: t, fake: slackfake.New(t), server: bottest.NewServer(t), socket: true}
	if !w.server.Real() {
		t.Skip("there is no redis-server: apt-get install redis-server")
	}
	kill := w.process()
	w.fake.Connected(t, 2)
	lost, again := w.fake.LoseAcks()
	mention := w.fake.Mentions(slackfake.Alex, slackfake.Community, "what does non-directive mean?")[0]
	first := make(chan bool, 1)
	go func() {
		_, taken := w.fake.Push(mention)
		first <- taken
	}()
	bottest.Receive(t, lost, "the acknowledgement that is lost")
	kill()
	if bottest.Receive(t, first, "Slack to give up on it") {
		t.Fatal("Slack took it as delivered, so this test shows nothing")
	}
	again()
	w.process()
	w.fake.Connected(t, 4)
	w.brings(mention)
	if m := w.fake.AwaitText(t, "Sources:"); m.Channel != slackfake.Community || m.Thread == "" {
		t.Errorf("answered in %q, thread %q", m.Channel, m.Thread)
	}
	w.brings(w.fake.Says(slackfake.Alex, "help"))
	w.fake.AwaitText(t, "What I can do")
	// Rather twice than never: it may have died between Slack's taking the
	// answer and its own mark.
	if n := w.answers(slackfake.Community, "Sources:"); n > 2 {
		t.Errorf("%d answers", n)
	}
}
