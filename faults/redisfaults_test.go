//go:build linux

package faults

import (
	"fmt"
	"time"

	"cymar/bot/bottest"
	"cymar/bot/redisstate"
)

func redisFaults() []fault {
	return []fault{
		{name: "Redis is killed (kill -9) and started again", events: 1000, happens: (*scene).redisRestarts,
			expect: "refused while it is away; nothing is lost with an append-only file that syncs before it answers"},
		{name: "Redis stops (SIGSTOP) and goes on", events: 600, happens: (*scene).redisPauses,
			expect: "refused within a few seconds while it stands; what it was told before counts when it goes on"},
		{name: "the disk of Redis is full (append-only file synced each second)", events: 600, happens: (*scene).diskFull,
			expect: "Redis refuses writes and so do we; it heals when there is room"},
		{name: "the disk of the embedded store is full (synced before it answers)", events: 600, happens: (*scene).embeddedDiskFull,
			expect: "redis-server ends itself rather than promise; it is started again and has all that was accepted"},
		{name: "the embedded store's redis-server is killed (kill -9)", events: 600, happens: (*scene).embeddedKilled,
			expect: "it is started again by itself, with all that was accepted"},
	}
}

func (s *scene) redisRestarts() {
	server := bottest.NewServer(s.t, "--appendonly", "yes", "--appendfsync", "always")
	s.options.URL = server.URL
	s.start(3)
	s.through(func() {
		s.open()
		server.Stop()
		s.untilRefused(16)
		server.Start(s.t)
	})
}

func (s *scene) redisPauses() {
	server := bottest.NewServer(s.t)
	s.options.URL = server.URL
	s.start(3)
	pid := pidOf(s.t, server.Client(s.t))
	s.through(func() {
		thaw := freeze(s.t, pid)
		began := time.Now()
		s.open()
		s.untilRefused(1)
		s.seen = fmt.Sprintf("The first refusal came after %.1f s.", time.Since(began).Seconds())
		s.untilRefused(15)
		thaw()
	})
}

func (s *scene) diskFull() {
	server := bottest.NewServer(s.t, "--appendonly", "yes", "--appendfsync", "everysec")
	s.options.URL = server.URL
	s.start(3)
	client := server.Client(s.t)
	pid := pidOf(s.t, client)
	s.through(func() {
		limitFiles(s.t, pid, 1)
		s.open()
		s.untilRefused(16)
		if got := info(s.t, client, "aof_last_write_status"); got != "err" {
			s.t.Errorf("Redis says of its file: %q, so this is no full disk", got)
		}
		limitFiles(s.t, pid, noLimit)
	})
}

// embedded is two replicas' worth of work on the store that a bot starts.
func (s *scene) embedded() (pid int) {
	s.options.DataDir = s.t.TempDir()
	s.options.Clock = s.clock
	store, err := redisstate.Open(s.t.Context(), s.options)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = store.Close() })
	s.join(store)
	return pidOf(s.t, store.Client())
}

func (s *scene) embeddedDiskFull() {
	pid := s.embedded()
	s.through(func() {
		limitFiles(s.t, pid, 1)
		s.open()
		s.untilRefused(1)
		s.restarted(pid)
	})
}

func (s *scene) embeddedKilled() {
	pid := s.embedded()
	s.through(func() {
		s.open()
		end(s.t, pid)
		s.restarted(pid)
	})
}

// restarted waits until another server process answers.
func (s *scene) restarted(old int) {
	s.t.Helper()
	eventually(s.t, "redis-server is started again", func() bool {
		now := info(s.t, s.stores[0].Client(), "process_id")
		return now != "" && now != fmt.Sprint(old)
	})
}
