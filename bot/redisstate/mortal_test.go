package redisstate_test

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"cymar/bot"
	"cymar/bot/redisstate"
)

// point is where a replica dies: before or after one of its steps.
type point struct {
	step  string // a script's name, "load", "handle" or "send"
	after bool
}

func (p point) String() string {
	if p.after {
		return "after " + p.step
	}
	return "before " + p.step
}

// errDead is what everything says in a replica that died.
var errDead = errors.New("this replica is dead")

// mortal lets a replica die at one point: from then on no command of its own
// reaches Redis, as if the process were gone.
type mortal struct {
	at   point
	kill func() // what dying is; closes died when nil
	dead atomic.Bool
	once sync.Once
	died chan struct{}
}

func newMortal(at point) *mortal { return &mortal{at: at, died: make(chan struct{})} }

// passes reports whether the replica lives on after coming to a point.
func (m *mortal) passes(step string, after bool) error {
	if m.dead.Load() {
		return errDead
	}
	if m.at != (point{step, after}) {
		return nil
	}
	if m.kill != nil {
		m.kill()
	}
	m.dead.Store(true)
	m.once.Do(func() { close(m.died) })
	return errDead
}

func (m *mortal) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		if m.dead.Load() {
			return nil, errDead
		}
		return next(ctx, network, addr)
	}
}

func (m *mortal) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		return m.around(cmd, stepOf(cmd), func() error { return next(ctx, cmd) })
	}
}

// stepOf is the name of the script that a command runs, else the command's own.
// A script goes as a whole the first time.
func stepOf(cmd redis.Cmder) string {
	args := cmd.Args()
	if len(args) < 2 {
		return cmd.Name()
	}
	script, _ := args[1].(string)
	switch cmd.Name() {
	case "evalsha":
		return redisstate.ScriptName(script)
	case "eval":
		return redisstate.ScriptName(redis.NewScript(script).Hash())
	}
	return cmd.Name()
}

func (m *mortal) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		step := "pipeline"
		if cmds[0].Name() == "hmget" {
			step = "load"
		}
		return m.around(cmds[0], step, func() error { return next(ctx, cmds) })
	}
}

func (m *mortal) around(cmd redis.Cmder, step string, do func() error) error {
	if err := m.passes(step, false); err != nil {
		cmd.SetErr(err)
		return err
	}
	if err := do(); err != nil {
		return err
	}
	err := m.passes(step, true)
	if err != nil {
		cmd.SetErr(err)
	}
	return err
}

// hasty is an inbox whose leases are short, so that a test need not wait for
// a dead replica's.
type hasty struct{ bot.Inbox }

func (h hasty) Begin(ctx context.Context, ev bot.Event, _ time.Duration) (bot.Claim, error) {
	return h.Inbox.Begin(ctx, ev, 200*time.Millisecond)
}
