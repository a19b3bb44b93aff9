//go:build unix

package redisstate_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
)

// actor is a process of this test program that plays a role.
type actor struct {
	cmd   *exec.Cmd
	lines chan string
	ended chan struct{}
}

// act starts a process in a role, with settings for its environment.
func act(t *testing.T, role string, env ...string) *actor {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	a := &actor{cmd: exec.Command(program), lines: make(chan string, 16), ended: make(chan struct{})}
	a.cmd.Env = append(os.Environ(), append(env, "CYMAR_TEST_ROLE="+role)...)
	a.cmd.Stderr = os.Stderr
	out, err := a.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := a.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(a.ended)
		defer close(a.lines)
		for in := bufio.NewScanner(out); in.Scan(); {
			a.lines <- in.Text()
		}
		_ = a.cmd.Wait()
	}()
	t.Cleanup(a.kill)
	return a
}

// kill is kill -9.
func (a *actor) kill() {
	_ = a.cmd.Process.Kill()
	for range a.lines { // let the reader see the end
	}
	<-a.ended
}

// killed reports whether the process ended by kill -9.
func (a *actor) killed() bool {
	status, ok := a.cmd.ProcessState.Sys().(syscall.WaitStatus)
	return ok && status.Signal() == syscall.SIGKILL
}

// play is what such a process does; the result is its exit status.
func play(role string) int {
	ctx := context.Background()
	var err error
	switch role {
	case "replica":
		err = playReplica(ctx)
	case "owner":
		err = playOwner(ctx)
	}
	if err != nil {
		_, _ = fmt.Fprintln(os.Stdout, "failed:", err)
		return 1
	}
	return 0
}

// playReplica handles one event on the Redis at CYMAR_TEST_REDIS and kills
// itself at the point CYMAR_TEST_POINT.
func playReplica(ctx context.Context) error {
	client := redis.NewClient(&redis.Options{Addr: os.Getenv("CYMAR_TEST_REDIS")})
	step, after := strings.CutPrefix(os.Getenv("CYMAR_TEST_POINT"), "after ")
	m := newMortal(point{strings.TrimPrefix(step, "before "), after})
	m.kill = func() { _ = syscall.Kill(os.Getpid(), syscall.SIGKILL); select {} }
	clock := bottest.NewClock(time.Time{})
	s, err := redisstate.New(ctx, client, redisstate.Options{Clock: clock, Poll: 10 * time.Millisecond, Steal: 300 * time.Millisecond})
	if err != nil {
		return err
	}
	client.AddHook(m)
	b := &bench{clock: clock, platform: bottest.NewPlatform(), jobs: []bot.Job{mortalJob{m}}}
	b.platform.After = func(ctx context.Context, s bottest.Sent) error { // the platform is a list in Redis
		return client.RPush(ctx, "platform", s.Text()).Err()
	}
	o := b.parts(s)
	o.Inbox = hasty{o.Inbox}
	o.Senders = []bot.Sender{dying{b.platform, m}}
	core, err := bot.New(o)
	if err != nil {
		return err
	}
	for { // the platform, until it is told that the event was accepted
		if _, err := core.Receive(ctx, hello); err == nil {
			break
		}
	}
	_, _ = fmt.Fprintln(os.Stdout, "accepted")
	return core.Run(ctx)
}

func TestAReplicaKilledAtEachStepLosesNothing(t *testing.T) {
	t.Parallel()
	needsServer(t)
	for _, p := range []point{{"begin", true}, {"handle", true}, {"commit", false}, {"commit", true},
		{"send", false}, {"send", true}, {"mark", false}, {"mark", true}, {"done", false}} {
		t.Run(p.String(), func(t *testing.T) {
			t.Parallel()
			server := bottest.NewServer(t)
			client := server.Client(t)
			first := act(t, "replica", "CYMAR_TEST_REDIS="+server.Addr(), "CYMAR_TEST_POINT="+p.String())
			accepted := false
			for line := range first.lines {
				accepted = accepted || line == "accepted"
			}
			<-first.ended
			if !first.killed() {
				t.Fatalf("it ended by itself: %v", first.cmd.ProcessState)
			}
			act(t, "replica", "CYMAR_TEST_REDIS="+server.Addr())
			b := benchOn(t, server)
			if got, err := client.BLPop(t.Context(), bottest.Patience, "platform").Result(); err != nil || got[1] != "you said hello" {
				t.Fatalf("lost (accepted: %v): %v, %v", accepted, got, err)
			}
			b.settled(t)
			again := client.LLen(t.Context(), "platform").Val()
			if again > 1 || again == 1 && !points[p] {
				t.Errorf("sent %d times", again+1)
			}
		})
	}
}

// playOwner keeps an embedded store until it is killed.
func playOwner(ctx context.Context) error {
	s, err := redisstate.Open(ctx, redisstate.Options{DataDir: os.Getenv("CYMAR_TEST_DATA"), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	claim, err := s.Inbox().Begin(ctx, hello, time.Minute)
	if err != nil {
		return err
	}
	if err := s.Inbox().Commit(ctx, claim, bot.Outcome{}); err != nil {
		return err
	}
	info := s.Client().Info(ctx, "server").Val()
	_, rest, _ := strings.Cut(info, "process_id:")
	pid, _, _ := strings.Cut(rest, "\r\n")
	_, _ = fmt.Fprintln(os.Stdout, pid)
	select {}
}

func TestAfterKillingTheBotItsDataAreFoundAgainAndNoServerIsLeft(t *testing.T) {
	t.Parallel()
	needsServer(t)
	dir := t.TempDir()
	owner := act(t, "owner", "CYMAR_TEST_DATA="+dir)
	line := bottest.Receive(t, owner.lines, "the store to be there")
	var pid int
	if _, err := fmt.Sscan(line, &pid); err != nil {
		t.Fatal(line)
	}
	if _, err := redisstate.Open(t.Context(), redisstate.Options{DataDir: dir}); err == nil {
		t.Error("a second process took the folder over")
	} else if want := fmt.Sprint("process ", owner.cmd.Process.Pid); !strings.Contains(err.Error(), want) {
		t.Errorf("the sentence does not say %q: %v", want, err)
	}
	owner.kill()
	s := open(t, redisstate.Options{DataDir: dir}) // at once, while the old server is still closing
	claim, err := s.Inbox().Begin(t.Context(), hello, time.Minute)
	if err != nil || !claim.Done {
		t.Errorf("what was committed is gone: %+v, %v", claim, err)
	}
	if runs(pid) {
		t.Errorf("the server of the killed bot, process %d, is still there", pid)
	}
}

// runs reports whether a process does anything still; one that ended and was
// not yet buried by its parent does not.
func runs(pid int) bool {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return syscall.Kill(pid, 0) == nil && !os.IsNotExist(err)
	}
	return !strings.Contains(string(status), "State:\tZ")
}

// serverOf is the process of the Redis that a store is on.
func serverOf(t *testing.T, s *redisstate.Store) int {
	t.Helper()
	_, rest, _ := strings.Cut(s.Client().Info(t.Context(), "server").Val(), "process_id:")
	var pid int
	if _, err := fmt.Sscan(rest, &pid); err != nil {
		t.Fatal(err)
	}
	return pid
}

func TestTheEmbeddedServerOutlivesTheThreadsOfTheBot(t *testing.T) {
	t.Parallel()
	needsServer(t)
	s := open(t, redisstate.Options{DataDir: t.TempDir()})
	pid := serverOf(t, s)
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(runtime.LockOSThread) // a thread whose goroutine ends so is ended too
	}
	wg.Wait()
	bottest.Eventually(t, "the store answers", func() bool { return s.Ping(t.Context()) == nil })
	if now := serverOf(t, s); now != pid {
		t.Errorf("the server %d ended with a thread; now it is %d", pid, now)
	}
}

func TestAnEmbeddedServerThatDiesIsStartedAgain(t *testing.T) {
	t.Parallel()
	needsServer(t)
	s := open(t, redisstate.Options{DataDir: t.TempDir()})
	if err := s.Profiles().SaveProfile(t.Context(), ann, bot.Profile{Discreet: true}); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(serverOf(t, s), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	bottest.Eventually(t, "the server is back with its data", func() bool {
		p, err := s.Profiles().Profile(t.Context(), ann)
		return err == nil && p.Discreet
	})
}
