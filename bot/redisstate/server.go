//go:build unix

package redisstate

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// errNoServer: there is no redis-server and no valkey-server on PATH.
var errNoServer = errors.New("no redis-server or valkey-server on PATH")

// longestSocket is how long the path of a Unix socket may be, in bytes.
const longestSocket = 107

// server is the embedded store: a Redis of our own as a child process, with an
// append-only file in the data folder. It ends with us, whatever ends us.
type server struct {
	program string
	dir     string // the data folder, absolute
	socket  string
	scratch string   // a folder of our own for the socket, if the data folder's path is too long
	lock    *os.File // held by us and by the child
	log     *slog.Logger
	said    tail

	mu       sync.Mutex
	child    *os.Process   // while one runs
	quitting bool          // do not start it again
	quit     chan struct{} // closed with quitting
	failed   chan struct{} // closed when a child has ended, for await
	ended    chan struct{} // closed: it is gone for good
}

// startServer starts the embedded store. A *SetupError says what is wrong with
// the folder; errNoServer, that there is nothing to start.
func startServer(ctx context.Context, dir string, log *slog.Logger) (*server, error) {
	program := findServer()
	if program == "" {
		return nil, errNoServer
	}
	s := &server{program: program, log: log,
		quit: make(chan struct{}), failed: make(chan struct{}), ended: make(chan struct{})}
	if err := s.prepare(ctx, dir); err != nil {
		return nil, err
	}
	go s.keep()
	return s, nil
}

func findServer() string {
	for _, name := range []string{"redis-server", "valkey-server"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// prepare makes the folder, takes its lock and chooses the socket. The path is
// made absolute, for the child must not depend on where we stand.
func (s *server) prepare(ctx context.Context, dir string) error {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return badFolder(dir, err)
	}
	s.dir = abs
	if err := os.MkdirAll(abs, 0o700); err != nil {
		return badFolder(abs, err)
	}
	if s.lock, err = lockFolder(ctx, abs); err != nil {
		return err
	}
	s.socket = filepath.Join(abs, "redis.sock")
	if len(s.socket) > longestSocket {
		if s.scratch, err = os.MkdirTemp(shortTemp(), "cymar-"); err != nil {
			return errors.Join(badFolder(shortTemp(), err), unlock(s.lock))
		}
		s.socket = filepath.Join(s.scratch, "redis.sock")
	}
	return nil
}

// shortTemp is a folder for temporary files whose path leaves room for a socket's.
func shortTemp() string {
	if t := os.TempDir(); len(t) < 60 {
		return t
	}
	return "/tmp"
}

func badFolder(dir string, err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return &SetupError{Where: "the data folder " + dir, What: "it cannot be used (" + err.Error() + ")",
		Remedy: "make it writable, or set CYMAR_DATA to another folder", Err: err}
}

// keep runs the child, and starts it again if it ends by itself, until stop.
// Pdeathsig fires when the thread that started the child ends, not the
// process: so this goroutine keeps its thread to itself for good.
func (s *server) keep() {
	runtime.LockOSThread()
	defer close(s.ended)
	for first := true; ; first = false {
		err := s.run()
		if first {
			close(s.failed)
		}
		select {
		case <-s.quit:
			return
		case <-time.After(time.Second):
			s.log.Error("the embedded store ended and is started again", "reason", err, "said", s.said.String())
		}
	}
}

// run is one life of the child. It syncs before it answers (always): with
// everysec a write is put off while another is being synced, and what it had
// answered is lost when it is killed then, as a test found.
func (s *server) run() error {
	cmd := exec.Command(s.program,
		"--dir", s.dir, "--port", "0", "--unixsocket", s.socket, "--unixsocketperm", "700",
		"--appendonly", "yes", "--appendfsync", "always", "--save", "",
		"--daemonize", "no", "--loglevel", "notice", "--logfile", "", "--maxmemory-policy", "noeviction")
	cmd.Dir, cmd.Stdout, cmd.Stderr = s.dir, &s.said, &s.said
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C"} // no secret of ours
	cmd.ExtraFiles = []*os.File{s.lock}                         // so that the folder stays locked as long as the child lives
	cmd.SysProcAttr = childAttr()
	if err := s.start(cmd); err != nil {
		return err
	}
	err := cmd.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.child = nil
	return err
}

func (s *server) start(cmd *exec.Cmd) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.quitting {
		return errors.New("stopping")
	}
	err := cmd.Start()
	if err == nil {
		s.child = cmd.Process
	}
	return err
}

// await waits until the child answers, for as long as it is reading its data.
func (s *server) await(ctx context.Context) error {
	t := time.NewTicker(5 * time.Millisecond)
	defer t.Stop()
	for {
		if s.answers() {
			return nil
		}
		select {
		case <-t.C:
		case <-s.failed:
			return &SetupError{Where: "the data folder " + s.dir, What: "the store's own server does not start (" + s.said.String() + ")",
				Remedy: "repair or move away what is in the folder"}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// answers asks the child without a client, which would log every try that fails.
func (s *server) answers() bool {
	c, err := net.DialTimeout("unix", s.socket, time.Second)
	if err != nil {
		return false
	}
	defer func() { _ = c.Close() }()
	if _, err := c.Write([]byte("PING\r\n")); err != nil {
		return false
	}
	line, err := bufio.NewReader(c).ReadString('\n')
	return err == nil && line == "+PONG\r\n"
}

// stop ends the child, which writes what it has to disk first.
func (s *server) stop() error {
	s.mu.Lock()
	s.quitting = true
	close(s.quit)
	if s.child != nil {
		_ = s.child.Signal(syscall.SIGTERM)
	}
	s.mu.Unlock()
	<-s.ended
	errs := []error{unlock(s.lock)}
	if s.scratch != "" {
		errs = append(errs, os.RemoveAll(s.scratch))
	}
	return errors.Join(errs...)
}

// tail keeps the end of what the child says.
type tail struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.buf.Len() > 8<<10 {
		t.buf.Reset()
	}
	return t.buf.Write(p)
}

// String is the last line that says something.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := strings.Split(strings.TrimSpace(t.buf.String()), "\n")
	return fmt.Sprintf("%.200s", strings.TrimSpace(lines[len(lines)-1]))
}
