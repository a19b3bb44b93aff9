package bottest

import (
	"bufio"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"
)

// Redis is a client to an empty Redis of the test's own: a real redis-server
// on a Unix socket where there is one, else miniredis. It ends with the test.
func Redis(tb testing.TB) redis.UniversalClient {
	tb.Helper()
	return NewServer(tb).Client(tb)
}

// Server is a Redis that a test can stop and start again, as an outage does.
// It keeps nothing over a stop, unless the arguments "--appendonly yes" say so.
type Server struct {
	// URL is the address, as Options.URL of the store takes it.
	URL string

	addr  string
	first []string // what must stand before the arguments
	args  []string
	mini  *miniredis.Miniredis
	stop  func()
}

// NewServer starts a Redis for this test, with more arguments if need be.
func NewServer(tb testing.TB, args ...string) *Server {
	tb.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		return Mini(tb)
	}
	dir := shortDir(tb)
	s := &Server{addr: filepath.Join(dir, "s"), args: append([]string{"--dir", dir, "--save", "", "--appendonly", "no"}, args...)}
	s.URL = "unix://" + s.addr
	tb.Cleanup(s.Stop)
	s.Start(tb)
	return s
}

// NewSentinel starts a Sentinel with this file, which it rewrites.
func NewSentinel(tb testing.TB, conf string, args ...string) *Server {
	tb.Helper()
	dir := shortDir(tb)
	s := &Server{addr: filepath.Join(dir, "s"), first: []string{conf, "--sentinel"}, args: append([]string{"--dir", dir}, args...)}
	tb.Cleanup(s.Stop)
	s.Start(tb)
	return s
}

// shortDir is a folder whose path leaves room for a socket's, which may have
// 107 bytes only; tb.TempDir can be longer.
func shortDir(tb testing.TB) string {
	tb.Helper()
	dir, err := os.MkdirTemp("", "cy")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// Real reports whether it is a redis-server, and not miniredis.
func (s *Server) Real() bool { return s.mini == nil }

// Addr is the socket's path, or host and port.
func (s *Server) Addr() string { return s.addr }

// Client is a new client of the server, closed at the end of the test.
func (s *Server) Client(tb testing.TB) *redis.Client {
	tb.Helper()
	c := redis.NewClient(&redis.Options{Addr: s.addr, PoolSize: 100, DialerRetries: 1, ContextTimeoutEnabled: true, DisableIdentity: true})
	tb.Cleanup(func() { _ = c.Close() })
	return c
}

// Start starts the server again after Stop.
func (s *Server) Start(tb testing.TB) {
	tb.Helper()
	if s.mini != nil {
		if err := s.mini.Restart(); err != nil {
			tb.Fatal(err)
		}
		return
	}
	args := append(slices.Clone(s.first), "--port", "0", "--unixsocket", s.addr)
	cmd := exec.Command("redis-server", append(args, s.args...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	dieWithUs(cmd.SysProcAttr)
	started, ended := make(chan error, 1), make(chan struct{})
	go func() {
		runtime.LockOSThread() // the child ends with the thread that started it
		defer close(ended)
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		tb.Fatal(err)
	}
	s.stop = func() { _ = cmd.Process.Kill(); <-ended }
	s.await(tb)
}

// Stop ends the server at once, as a crash does.
func (s *Server) Stop() {
	switch {
	case s.mini != nil:
		s.mini.Close()
	case s.stop != nil:
		s.stop()
		s.stop = nil
	}
}

// await waits until the server answers.
func (s *Server) await(tb testing.TB) {
	tb.Helper()
	Eventually(tb, "redis-server answers", func() bool { return answers(s.addr) })
}

// answers asks without a client, which would log every try that fails.
func answers(socket string) bool {
	c, err := net.DialTimeout("unix", socket, time.Second)
	if err != nil {
		return false
	}
	defer func() { _ = c.Close() }()
	if _, err := c.Write([]byte("PING\r\n")); err != nil {
		return false
	}
	line, err := bufio.NewReader(c).ReadString('\n')
	return err == nil && (line == "+PONG\r\n" || strings.HasPrefix(line, "-NOAUTH"))
}

// Mini is a server that is miniredis even where there is a redis-server.
func Mini(tb testing.TB) *Server {
	tb.Helper()
	m := miniredis.RunT(tb)
	age(tb, m)
	return &Server{URL: "redis://" + m.Addr(), addr: m.Addr(), mini: m}
}

// age lets times to live run down, which miniredis does not do by itself.
func age(tb testing.TB, m *miniredis.Miniredis) {
	const every = 20 * time.Millisecond
	quit, ended := make(chan struct{}), make(chan struct{})
	tb.Cleanup(func() { close(quit); <-ended })
	go func() {
		defer close(ended)
		for t := time.NewTicker(every); ; {
			select {
			case <-quit:
				t.Stop()
				return
			case <-t.C:
				m.FastForward(every)
			}
		}
	}()
}

// FastForward lets d pass at once for times to live in miniredis. With a real
// server it does nothing.
func (s *Server) FastForward(d time.Duration) {
	if s.mini != nil {
		s.mini.FastForward(d)
	}
}
