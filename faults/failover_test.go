//go:build linux

package faults

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"cymar/bot"
)

// hands is how many answers three replicas have in hand at once.
const hands = 3 * 32

func failovers() []fault {
	return []fault{
		{name: "Sentinel: the primary is killed in the middle", events: 1000, happens: (*scene).sentinelFailover, inHand: hands,
			expect: "refused until a replica is promoted; 0 lost of those accepted with WAIT 1"},
		{name: "Sentinel: the primary is killed while its replicas lag", events: 150, inHand: hands,
			expect:  "with WAIT 1 nothing is accepted that only the primary has; 0 lost",
			happens: func(s *scene) { s.laggingFailover(1) }},
		{name: "Sentinel: the same without WAIT", events: 150, loses: true,
			expect:  "what only the primary had is lost: this is what WAIT 1 is for",
			happens: func(s *scene) { s.laggingFailover(-1) }},
		{name: "Cluster of 3 + 3: a primary is killed in the middle", events: 1000, happens: (*scene).clusterFailover, inHand: hands,
			expect: "its shards are refused until its replica is promoted and has a replica itself; the others go on; 0 lost with WAIT 1"},
	}
}

// end is kill -9.
func end(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

func (s *scene) sentinelFailover() {
	g := newTrio(s.t)
	s.options.URL, s.options.Replicas = g.url, 1
	s.start(3)
	s.through(func() {
		began := time.Now()
		s.open()
		g.nodes[0].Stop()
		s.promoted(g)
		s.seen = fmt.Sprintf("A replica was promoted after %.0f s (of which 3 s are Sentinel's patience in this test).", time.Since(began).Seconds())
	})
}

// promoted waits until one of the replicas is the primary.
func (s *scene) promoted(g trio) {
	s.t.Helper()
	second, third := g.nodes[1].Client(s.t), g.nodes[2].Client(s.t)
	eventually(s.t, "a replica is promoted", func() bool {
		return info(s.t, second, "role") == "master" || info(s.t, third, "role") == "master"
	})
}

// laggingFailover cuts the replicas off, lets a third of the questions be
// offered meanwhile, kills the primary and brings the replicas back.
func (s *scene) laggingFailover(wait int) {
	g := newTrio(s.t)
	s.options.URL, s.options.Replicas = g.url, wait
	s.start(2)
	second, third := g.nodes[1].Client(s.t), g.nodes[2].Client(s.t)
	pids := []int{pidOf(s.t, second), pidOf(s.t, third)}
	primary := g.nodes[0].Client(s.t)
	done := s.asking()
	s.platform.await(s.t, s.n*2/3)
	s.rest() // no replica has more than it accepted: they share the primary's machine, say
	thaw := []func(){freeze(s.t, pids[0]), freeze(s.t, pids[1])}
	if err := primary.ClientKillByFilter(s.t.Context(), "TYPE", "replica").Err(); err != nil {
		s.t.Fatal(err)
	}
	s.open()
	if wait > 0 {
		s.untilRefused(20) // also those that came again
	} else {
		s.untilAccepted(s.n*2/3 + 8)
	}
	g.nodes[0].Stop()
	for _, f := range thaw {
		f()
	}
	s.promoted(g)
	s.work()
	s.finish(done)
}

func (s *scene) untilAccepted(n int) {
	s.t.Helper()
	eventually(s.t, "events are accepted", func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return len(s.accepted) >= n
	})
}

func (s *scene) clusterFailover() {
	primaries, url := newCluster(s.t)
	s.options.URL, s.options.Replicas, s.options.Shards = url, 1, 8
	s.tenants = 100
	s.start(3)
	slot := primaries[0].Client(s.t).ClusterKeySlot(s.t.Context(), bot.Tag(0)).Val()
	mine := int(slot) * 3 / 16384
	victim, witness := primaries[mine], primaries[(mine+1)%3].Client(s.t)
	s.through(func() {
		began := time.Now()
		s.open()
		victim.Stop()
		eventually(s.t, "its replica is promoted", func() bool {
			nodes := witness.ClusterNodes(s.t.Context()).Val()
			return strings.Contains(nodes, "master,fail ") && strings.Count(nodes, "master ") == 3
		})
		s.seen = fmt.Sprintf("The replica was promoted after %.0f s (of which 3 s are the cluster's patience in this test).", time.Since(began).Seconds())
		s.untilRefused(1) // WAIT 1: the new primary has no replica yet
		victim.Start(s.t)
	})
}
