//go:build linux

package faults

import (
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"github.com/redis/go-redis/v9"

	"cymar/bot/bottest"
)

// freePort is a port that nobody listens on, below those that the system gives
// to connections: none of them takes it before a server does.
func freePort(t *testing.T) string {
	t.Helper()
	for range 100 {
		port := strconv.Itoa(11000 + rand.IntN(20000))
		if l, err := net.Listen("tcp", "127.0.0.1:"+port); err == nil {
			_ = l.Close()
			return port
		}
	}
	t.Fatal("no free port")
	return ""
}

// node is a redis-server of a group, on a port.
type node struct {
	*bottest.Server
	port string
}

func newNode(t *testing.T, args ...string) node {
	t.Helper()
	port := freePort(t)
	return node{bottest.NewServer(t, append([]string{"--port", port, "--repl-diskless-sync-delay", "0"}, args...)...), port}
}

// info is one field of a server's INFO.
func info(t *testing.T, c redis.UniversalClient, field string) string {
	t.Helper()
	for line := range strings.Lines(c.Info(t.Context()).Val()) {
		if v, ok := strings.CutPrefix(strings.TrimSpace(line), field+":"); ok {
			return v
		}
	}
	return ""
}

// pidOf is the process of a server.
func pidOf(t *testing.T, c redis.UniversalClient) int {
	t.Helper()
	pid, err := strconv.Atoi(info(t, c, "process_id"))
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// freeze stops a process until thaw, or the end of the test.
func freeze(t *testing.T, pid int) (thaw func()) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	thaw = func() { _ = syscall.Kill(pid, syscall.SIGCONT) }
	t.Cleanup(thaw)
	return thaw
}

// limitFiles lets no file of a process grow beyond so many bytes. That is a
// full disk as far as the process can tell, and takes no privilege.
func limitFiles(t *testing.T, pid int, size uint64) {
	t.Helper()
	limit := syscall.Rlimit{Cur: size, Max: ^uint64(0)}
	_, _, e := syscall.RawSyscall6(syscall.SYS_PRLIMIT64, uintptr(pid), syscall.RLIMIT_FSIZE, uintptr(unsafe.Pointer(&limit)), 0, 0, 0)
	if e != 0 {
		t.Fatalf("the size of a process's files cannot be limited: %v", e)
	}
}

const noLimit = ^uint64(0)

// trio is a primary with two replicas, watched by three Sentinels.
type trio struct {
	nodes []node
	url   string
}

func newTrio(t *testing.T) trio {
	t.Helper()
	first := newNode(t)
	g := trio{nodes: []node{first}}
	for range 2 {
		g.nodes = append(g.nodes, newNode(t, "--replicaof", "127.0.0.1 "+first.port))
	}
	primary := first.Client(t)
	eventually(t, "two replicas follow", func() bool {
		return strings.Count(primary.Info(t.Context(), "replication").Val(), "state=online") == 2
	})
	var watchers, ports []string
	for range 3 {
		port := freePort(t)
		watchers, ports = append(watchers, "127.0.0.1:"+port), append(ports, port)
	}
	for _, port := range ports {
		conf := filepath.Join(t.TempDir(), "sentinel.conf")
		text := fmt.Sprintf("sentinel monitor main 127.0.0.1 %s 2\nsentinel down-after-milliseconds main 3000\nsentinel failover-timeout main 6000\n", first.port)
		if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		watcher := bottest.NewSentinel(t, conf, "--port", port)
		c := watcher.Client(t)
		eventually(t, "a Sentinel knows the replicas", func() bool {
			return strings.Contains(fmt.Sprint(c.Do(t.Context(), "sentinel", "master", "main").Val()), "num-slaves:2")
		})
	}
	g.url = "redis+sentinel://" + strings.Join(watchers, ",") + "/main"
	return g
}

// newCluster is three primaries with a replica each.
func newCluster(t *testing.T) (primaries []node, url string) {
	t.Helper()
	var nodes []node
	var addrs []string
	for range 6 {
		n := newNode(t, "--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1", "--cluster-port", freePort(t),
			"--cluster-node-timeout", "3000", "--cluster-replica-validity-factor", "0", "--appendonly", "yes")
		nodes, addrs = append(nodes, n), append(addrs, "127.0.0.1:"+n.port)
	}
	introduce(t, nodes)
	for i := range 3 {
		id := nodes[i].Client(t).ClusterMyID(t.Context()).Val()
		replica := nodes[i+3].Client(t)
		eventually(t, "a replica accepts its primary", func() bool { return replica.ClusterReplicate(t.Context(), id).Err() == nil })
	}
	for _, n := range nodes {
		c := n.Client(t)
		eventually(t, "the cluster is up", func() bool {
			return strings.Contains(c.ClusterInfo(t.Context()).Val(), "cluster_state:ok") &&
				strings.Count(c.ClusterNodes(t.Context()).Val(), "slave ") == 3
		})
	}
	for _, n := range nodes[3:] {
		c := n.Client(t)
		eventually(t, "each replica has caught up", func() bool { return info(t, c, "master_link_status") == "up" })
	}
	return nodes[:3], "redis+cluster://" + strings.Join(addrs, ",")
}

// introduce gives the first three nodes their slots and all of them each other.
func introduce(t *testing.T, nodes []node) {
	t.Helper()
	ctx := t.Context()
	for i, n := range nodes {
		c := n.Client(t)
		if err := c.Do(ctx, "cluster", "set-config-epoch", i+1).Err(); err != nil {
			t.Fatal(err)
		}
		if i < 3 {
			if err := c.ClusterAddSlotsRange(ctx, i*16384/3, (i+1)*16384/3-1).Err(); err != nil {
				t.Fatal(err)
			}
		}
		bus := strings.TrimSpace(c.ConfigGet(ctx, "cluster-port").Val()["cluster-port"])
		if err := nodes[0].Client(t).Do(ctx, "cluster", "meet", "127.0.0.1", n.port, bus).Err(); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range nodes {
		c := n.Client(t)
		eventually(t, "every node knows six", func() bool {
			return strings.Contains(c.ClusterInfo(ctx).Val(), "cluster_known_nodes:6")
		})
	}
}
