//go:build unix

package redisstate

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ErrInUse says that another process works on the data folder.
var ErrInUse = errors.New("the data folder is in use")

// lastBreath is how long to wait for the store's server of a bot that was
// killed: it is writing its data.
const lastBreath = 10 * time.Second

// lockFolder takes the lock on the data folder. The lock is flock's: it is
// held for as long as anybody has the descriptor, us or the child, and ends
// with them.
func lockFolder(ctx context.Context, dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, badFolder(dir, err)
	}
	if err := waitForLock(ctx, f, dir); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if err := sign(f); err != nil {
		return nil, errors.Join(badFolder(dir, err), f.Close())
	}
	return f, nil
}

// sign writes our process into the lock file, for whoever finds it taken.
func sign(f *os.File) error {
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err := f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

// unlock lets go of the folder. The signature goes first: for a moment a child
// that is just being started may hold a copy of the descriptor, and whoever
// comes next should wait for it instead of believing us at work.
func unlock(f *os.File) error { return errors.Join(f.Truncate(0), f.Close()) }

// waitForLock refuses at once where another bot is alive, and waits a little
// where it is dead and only its server is still closing.
func waitForLock(ctx context.Context, f *os.File, dir string) error {
	t := time.NewTicker(10 * time.Millisecond)
	defer t.Stop()
	end := time.Now().Add(lastBreath)
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			return nil
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return badFolder(dir, err)
		}
		if owner := holder(f); alive(owner) || time.Now().After(end) {
			return inUse(dir, owner)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-t.C:
		}
	}
}

func inUse(dir string, owner int) error {
	what := "another process is working on it"
	if alive(owner) {
		what = fmt.Sprintf("another Cymar (process %d) is working on it", owner)
	}
	return &SetupError{Where: "the data folder " + dir, What: what,
		Remedy: "stop that one, or set CYMAR_DATA to another folder", Err: ErrInUse}
}

// holder is the process that signed the lock file; 0 when nobody did.
func holder(f *os.File) int {
	var buf [20]byte
	n, _ := f.ReadAt(buf[:], 0)
	pid, _ := strconv.Atoi(strings.TrimSpace(string(buf[:n])))
	return pid
}

func alive(pid int) bool {
	return pid > 0 && !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH)
}
