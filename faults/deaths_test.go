//go:build linux

package faults

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
)

// points is where a replica is killed, in the order of a question's way.
var points = []string{"after begin", "after handle", "before commit", "after commit",
	"before send", "after send", "before mark", "after mark", "before done", "after done"}

func deaths() []fault {
	var all []fault
	for _, p := range points {
		all = append(all, fault{name: "kill -9 of a replica " + p, events: 60,
			expect:  "nothing is lost; twice only what the platform took and we had not yet marked",
			happens: func(s *scene) { s.replicaDies("kill", p) }})
	}
	return append(all, fault{name: "a replica stops (SIGSTOP) and goes on after others took over", events: 60,
		expect:  "nothing is lost; what it was sending may go twice",
		happens: func(s *scene) { s.replicaDies("stop", "before send") }})
}

// replicaDies has a replica of its own process do the work until it is at a
// point; then another one goes on.
func (s *scene) replicaDies(how, point string) {
	server := bottest.NewServer(s.t)
	s.options.URL, s.options.Steal = server.URL, 2*time.Second
	first := act(s.t, how, server.Addr(), point, s.n)
	for id := range first.accepted {
		s.accepted[bot.PlaceID(id)] = true
	}
	s.start(1)
	s.open()
	if how == "kill" && !first.killed() {
		s.t.Fatalf("it ended by itself: %v", first.cmd.ProcessState)
	}
	done := make(chan struct{})
	go func() { // the platform offers again what was not accepted
		defer close(done)
		for i := range s.n {
			if ev := question(i); !s.accepted[ev.In.ID] {
				s.offer(ev, 0)
			}
		}
	}()
	s.finish(done)
	if how == "stop" {
		_ = first.cmd.Process.Signal(syscall.SIGCONT)
		<-first.ended
	}
	took, err := server.Client(s.t).HGetAll(s.t.Context(), "platform").Result()
	if err != nil {
		s.t.Fatal(err)
	}
	for place, n := range took {
		times, _ := strconv.Atoi(n)
		s.platform.add(bot.PlaceID(place), times)
	}
}

// actor is a replica in a process of its own.
type actor struct {
	cmd      *exec.Cmd
	accepted <-chan string // the places of what it accepted; closed when it stops at the point
	ended    chan struct{}
}

func act(t *testing.T, how, addr, point string, n int) *actor {
	t.Helper()
	accepted := make(chan string, n)
	a := &actor{cmd: exec.Command(os.Args[0]), accepted: accepted, ended: make(chan struct{})}
	a.cmd.Env = append(os.Environ(), "CYMAR_FAULTS_REPLICA="+how, "CYMAR_FAULTS_REDIS="+addr,
		"CYMAR_FAULTS_POINT="+point, "CYMAR_FAULTS_EVENTS="+strconv.Itoa(n))
	a.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := a.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := a.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.cmd.Process.Kill(); <-a.ended })
	go func() {
		defer close(a.ended)
		tell(out, accepted)
		_ = a.cmd.Wait()
	}()
	return a
}

// tell passes on what a process accepted until it says that it stops, or ends.
func tell(out interface{ Read([]byte) (int, error) }, accepted chan<- string) {
	open := true
	for in := bufio.NewScanner(out); in.Scan(); {
		switch {
		case open && in.Text() == "stops":
			close(accepted)
			open = false
		case open:
			accepted <- in.Text()
		}
	}
	if open {
		close(accepted)
	}
}

// killed waits for the end and reports whether it was by kill -9.
func (a *actor) killed() bool {
	<-a.ended
	status, ok := a.cmd.ProcessState.Sys().(syscall.WaitStatus)
	return ok && status.Signal() == syscall.SIGKILL
}

// mortal kills or stops its process at a point of the work, when it comes
// there for the nth time.
type mortal struct {
	how, point string
	nth        int64
	passed     atomic.Int64
	steps      map[string]string // a script's hash → its name
}

func (m *mortal) passes(point string) {
	if point != m.point || m.passed.Add(1) != m.nth {
		return
	}
	if m.how == "kill" {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
	_, _ = fmt.Fprintln(os.Stdout, "stops")
	_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP)
}

func (m *mortal) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

func (m *mortal) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

func (m *mortal) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		step := m.step(cmd)
		m.passes("before " + step)
		err := next(ctx, cmd)
		if err == nil {
			m.passes("after " + step)
		}
		return err
	}
}

// step is the name of the script that a command runs, "" when it runs none.
func (m *mortal) step(cmd redis.Cmder) string {
	if len(cmd.Args()) < 2 {
		return ""
	}
	hash, _ := cmd.Args()[1].(string)
	if cmd.Name() == "eval" {
		hash = redis.NewScript(hash).Hash()
	}
	return m.steps[hash]
}

// scriptNames reads the scripts where they lie: the tests of this folder run
// in it.
func scriptNames() (map[string]string, error) {
	files, err := filepath.Glob("../bot/redisstate/scripts/*.lua")
	if err != nil {
		return nil, err
	}
	head, err := os.ReadFile("../bot/redisstate/scripts/line.lua")
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		for _, whole := range []string{string(text), string(head) + string(text)} { // some have the head that puts entries on streams
			names[redis.NewScript(whole).Hash()] = strings.TrimSuffix(filepath.Base(f), ".lua")
		}
	}
	return names, nil
}

// playReplica is such a process; the result is its exit status.
func playReplica(how string) int {
	ctx := context.Background()
	n, _ := strconv.Atoi(os.Getenv("CYMAR_FAULTS_EVENTS"))
	m := &mortal{how: how, point: os.Getenv("CYMAR_FAULTS_POINT"), nth: int64(n / 2)}
	var err error
	if m.steps, err = scriptNames(); err != nil {
		return 1
	}
	client := redis.NewClient(&redis.Options{Addr: os.Getenv("CYMAR_FAULTS_REDIS"), PoolSize: 100})
	counts := redis.NewClient(&redis.Options{Addr: os.Getenv("CYMAR_FAULTS_REDIS")})
	s, err := redisstate.New(ctx, client, redisstate.Options{Poll: 20 * time.Millisecond, Steal: 2 * time.Second})
	if err != nil {
		return 1
	}
	client.AddHook(m)
	out := newPlatform()
	out.before = func(context.Context, bot.Place) error { m.passes("before send"); return nil }
	out.after = func(ctx context.Context, to bot.Place) error {
		err := counts.HIncrBy(ctx, "platform", string(to.ID), 1).Err()
		m.passes("after send")
		return err
	}
	core, err := bot.New(parts(s, bot.SystemClock{}, out, []bot.Job{mortalJob{m}}))
	if err != nil {
		return 1
	}
	ended := make(chan error, 1)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() { ended <- core.Run(ctx) }()
	for i := range n {
		for _, err := core.Receive(ctx, question(i)); err != nil; _, err = core.Receive(ctx, question(i)) {
		}
		_, _ = fmt.Fprintln(os.Stdout, question(i).In.ID)
	}
	if how == "kill" { // the point comes when the last of it is sent
		select {
		case <-ended:
		case <-time.After(time.Minute): // it never does: say so rather than hang
		}
	}
	return 0
}

// mortalJob answers, and may die before or after.
type mortalJob struct{ m *mortal }

func (j mortalJob) Register(r *bot.Router) {
	r.Answer(bot.HandlerFunc(func(context.Context, bot.Event) (bot.Reply, error) {
		j.m.passes("after handle")
		return bot.Reply{Sends: []bot.Send{{Card: bot.Say(bot.English, "an answer")}}}, nil
	}))
}
