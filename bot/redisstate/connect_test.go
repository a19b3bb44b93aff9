package redisstate_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
)

// freePort is a port that nobody listens on just now, low enough that the one
// 10,000 above it exists as well.
func freePort(t *testing.T) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := l.Addr().(*net.TCPAddr).Port
		_ = l.Close()
		if port < 55000 {
			return strconv.Itoa(port)
		}
	}
	t.Fatal("no free port")
	return ""
}

// answers opens a store, runs a whole bot on it and has it answer.
func answersOn(t *testing.T, o redisstate.Options) *redisstate.Store {
	t.Helper()
	o.Poll = 10 * time.Millisecond
	s := open(t, o)
	b := &bench{clock: bottest.NewClock(time.Now()), platform: bottest.NewPlatform(), jobs: []bot.Job{answering{}, scripted{tick: storm(20)}}}
	core := b.bot(t, s)
	stop := run(t, core)
	receive(t, core, hello)
	b.platform.Await(t, 1)
	for shard := range int(s.Shards()) {
		receive(t, core, bot.Event{ID: bot.EventID(fmt.Sprint("tick", shard)), At: b.clock.Now(), What: bot.Tick{Job: "test.job", Shard: shard}})
	}
	b.platform.Await(t, 1+20*int(s.Shards()))
	if err := s.Spaces().Save(t.Context(), bottest.Space("a", "c1")); err != nil {
		t.Error(err)
	}
	if err := s.Keeper().EraseTenant(t.Context(), "fake", bottest.Tenant); err != nil {
		t.Error(err)
	}
	stop()
	return s
}

func TestOnAClusterEveryScriptStaysInItsShard(t *testing.T) {
	t.Parallel()
	needsServer(t)
	port := freePort(t)
	server := bottest.NewServer(t, "--port", port, "--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1")
	admin := server.Client(t)
	if err := admin.ClusterAddSlotsRange(t.Context(), 0, 16383).Err(); err != nil {
		t.Fatal(err)
	}
	bottest.Eventually(t, "the cluster is up", func() bool {
		return strings.Contains(admin.ClusterInfo(t.Context()).Val(), "cluster_state:ok")
	})
	answersOn(t, redisstate.Options{URL: "redis+cluster://127.0.0.1:" + port, Shards: 16, Replicas: -1})
}

func TestACommitWaitsForItsReplica(t *testing.T) {
	t.Parallel()
	needsServer(t)
	port := freePort(t)
	master := bottest.NewServer(t, "--port", port, "--repl-diskless-sync-delay", "0")
	s, err := redisstate.New(t.Context(), master.Client(t), redisstate.Options{Replicas: 1})
	if err != nil {
		t.Fatal(err)
	}
	alone := bot.Outcome{Now: &bot.Now{}}
	claim, err := s.Inbox().Begin(t.Context(), hello, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Inbox().Commit(t.Context(), claim, alone); !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("a commit that nobody else has was accepted: %v", err)
	}
	bottest.NewServer(t, "--replicaof", "127.0.0.1 "+port)
	bottest.Eventually(t, "the replica follows", func() bool {
		return strings.Contains(master.Client(t).Info(t.Context(), "replication").Val(), "state=online")
	})
	if err := s.Inbox().Commit(t.Context(), claim, alone); err != nil {
		t.Errorf("with a replica: %v", err)
	}
}

// pair is a master whose replica follows it.
func pair(t *testing.T) (master, replica *bottest.Server) {
	t.Helper()
	port := freePort(t)
	master = bottest.NewServer(t, "--port", port, "--repl-diskless-sync-delay", "0")
	replica = bottest.NewServer(t, "--replicaof", "127.0.0.1 "+port)
	bottest.Eventually(t, "the replica follows", func() bool {
		return strings.Contains(master.Client(t).Info(t.Context(), "replication").Val(), "state=online")
	})
	return master, replica
}

func TestAnEventWhoseCommitNoReplicaHasIsNotCalledDone(t *testing.T) {
	t.Parallel()
	needsServer(t)
	master, replica := pair(t)
	s, err := redisstate.New(t.Context(), master.Client(t), redisstate.Options{Replicas: 1})
	if err != nil {
		t.Fatal(err)
	}
	claim, err := s.Inbox().Begin(t.Context(), hello, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	replica.Stop()
	if err := s.Inbox().Commit(t.Context(), claim, bot.Outcome{}); !errors.Is(err, bot.ErrUnavailable) {
		t.Fatalf("the commit: %v", err)
	}
	if again, err := s.Inbox().Begin(t.Context(), hello, time.Minute); !errors.Is(err, bot.ErrUnavailable) {
		t.Errorf("the platform, coming again, is told %+v, %v: a failover would lose the event", again, err)
	}
	replica.Start(t)
	bottest.Eventually(t, "the event counts as done once the replica has it", func() bool {
		again, err := s.Inbox().Begin(t.Context(), hello, time.Minute)
		return err == nil && again.Done
	})
}

func TestSentinelsLeadToTheMaster(t *testing.T) {
	t.Parallel()
	needsServer(t)
	port, watch := freePort(t), freePort(t)
	bottest.NewServer(t, "--port", port)
	conf := filepath.Join(t.TempDir(), "sentinel.conf")
	if err := os.WriteFile(conf, []byte("sentinel monitor main 127.0.0.1 "+port+" 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	bottest.NewSentinel(t, conf, "--port", watch)
	answersOn(t, redisstate.Options{URL: "redis+sentinel://127.0.0.1:" + watch + "/main", Replicas: -1})
}

func TestWithoutAServerTheStoreIsInMemoryAndSaysSo(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	s := answersOn(t, redisstate.Options{DataDir: filepath.Join(t.TempDir(), "data")})
	if !s.Volatile {
		t.Error("it does not say that nothing is kept")
	}
}

func TestInMemoryLeasesRunOutToo(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	s := open(t, redisstate.Options{})
	if _, err := s.Inbox().Begin(t.Context(), hello, 100*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	bottest.Eventually(t, "the lease runs out", func() bool {
		_, err := s.Inbox().Begin(t.Context(), hello, time.Minute)
		return err == nil
	})
}

func TestAStoreThatCannotBeOpenedIsExplainedInOneSentence(t *testing.T) {
	t.Parallel()
	locked := bottest.NewServer(t, "--requirepass", "hush")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for what, test := range map[string]struct {
		o    redisstate.Options
		says []string
	}{
		"nobody listens": {redisstate.Options{URL: "redis://:hush@127.0.0.1:1"}, []string{"127.0.0.1:1", "no answer", "REDIS_URL"}},
		"no such socket": {redisstate.Options{URL: "unix:///nowhere/s"}, []string{"/nowhere/s", "REDIS_URL"}},
		"no password":    {redisstate.Options{URL: locked.URL}, []string{"password", "REDIS_URL"}},
		"an address":     {redisstate.Options{URL: "nonsense"}, []string{"REDIS_URL", "redis://"}},
		"a folder":       {redisstate.Options{DataDir: filepath.Join(file, "data")}, []string{file, "CYMAR_DATA"}},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			if what == "no password" && !locked.Real() || what == "a folder" {
				needsServer(t)
			}
			_, err := redisstate.Open(t.Context(), test.o)
			var setup *redisstate.SetupError
			if !errors.As(err, &setup) {
				t.Fatalf("got %v", err)
			}
			for _, s := range test.says {
				if !strings.Contains(err.Error(), s) {
					t.Errorf("%q does not say %q", err, s)
				}
			}
			if strings.Contains(err.Error(), "hush") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%q", err)
			}
		})
	}
}

func TestACorruptedDataFolderIsExplained(t *testing.T) {
	t.Parallel()
	needsServer(t)
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "appendonlydir"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"appendonly.aof.manifest":   "file appendonly.aof.1.incr.aof seq 1 type i\n",
		"appendonly.aof.1.incr.aof": "this is no such file at all\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, "appendonlydir", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	_, err := redisstate.Open(t.Context(), redisstate.Options{DataDir: dir})
	var setup *redisstate.SetupError
	if !errors.As(err, &setup) || !strings.Contains(err.Error(), dir) {
		t.Errorf("got %v", err)
	}
}

func TestACanceledStartLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	needsServer(t)
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := redisstate.Open(ctx, redisstate.Options{DataDir: dir}); err == nil {
		t.Error("opened")
	}
	open(t, redisstate.Options{DataDir: dir}) // the lock is free again
}
