package redisstate_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
	"cymar/bot/redisstate"
)

func needsServer(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err != nil {
		t.Skip("redis-server is not installed")
	}
}

// open opens a store that is closed at the end of the test.
func open(t testing.TB, o redisstate.Options) *redisstate.Store {
	t.Helper()
	s, err := redisstate.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestTheEmbeddedStoreFindsItsDataAgain(t *testing.T) {
	t.Parallel()
	needsServer(t)
	dir := filepath.Join(t.TempDir(), "new", "data")
	ann := bottest.Person("ann")
	s := open(t, redisstate.Options{DataDir: dir})
	if err := s.Profiles().SaveProfile(t.Context(), ann, bot.Profile{Lang: bot.Welsh}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, redisstate.Options{DataDir: dir})
	p, err := s.Profiles().Profile(t.Context(), ann)
	if err != nil || p.Lang != bot.Welsh {
		t.Errorf("got %+v, %v", p, err)
	}
	if s.Volatile || !strings.Contains(s.Where, dir) {
		t.Errorf("volatile %v, where %q", s.Volatile, s.Where)
	}
}

func TestASecondStoreOnTheSameFolderIsRefused(t *testing.T) {
	t.Parallel()
	needsServer(t)
	dir := t.TempDir()
	open(t, redisstate.Options{DataDir: dir})
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second) // it must not wait for one that is alive
	defer cancel()
	_, err := redisstate.Open(ctx, redisstate.Options{DataDir: dir})
	var setup *redisstate.SetupError
	if !errors.As(err, &setup) || !errors.Is(err, redisstate.ErrInUse) {
		t.Fatalf("got %v", err)
	}
	if !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "CYMAR_DATA") {
		t.Errorf("the sentence names no place or no remedy: %v", err)
	}
}

// A child that another goroutine is just starting holds a copy of every
// descriptor for a moment.
func TestAFolderThatWasLetGoIsWaitedFor(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	lock, err := redisstate.LockFolder(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	held, err := syscall.Dup(int(lock.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	if err := redisstate.Unlock(lock); err != nil {
		t.Fatal(err)
	}
	impatient, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := redisstate.LockFolder(impatient, dir); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody is at work, and yet: %v", err)
	}
	if err := syscall.Close(held); err != nil {
		t.Fatal(err)
	}
	next, err := redisstate.LockFolder(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := redisstate.Unlock(next); err != nil {
		t.Error(err)
	}
}

func TestAFolderWithALongPathIsFine(t *testing.T) {
	t.Parallel()
	needsServer(t)
	dir := filepath.Join(t.TempDir(), strings.Repeat("long/", 40))
	s := open(t, redisstate.Options{DataDir: dir})
	if err := s.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "appendonlydir")); err != nil {
		t.Errorf("the data are not in the folder: %v", err)
	}
}

func TestAFolderMayBeNamedFromWhereTheBotStands(t *testing.T) {
	t.Parallel()
	needsServer(t)
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	relative, err := filepath.Rel(here, dir)
	if err != nil {
		t.Fatal(err)
	}
	s := open(t, redisstate.Options{DataDir: relative})
	if !strings.Contains(s.Where, dir) {
		t.Errorf("it does not name the folder as it is: %q", s.Where)
	}
	if _, err := os.Stat(filepath.Join(dir, "appendonlydir")); err != nil {
		t.Errorf("the data are elsewhere: %v", err)
	}
}
