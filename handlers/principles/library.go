package principles

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"cymar/handlers/principles/kb"
)

// glance is how often the deployer's folder is looked at: a change is there
// within five seconds.
const glance = 2 * time.Second

// Library holds the knowledge base as it stands and takes up what changes in
// the deployer's folder. When a file there is broken, the last good state stays.
type Library struct {
	dir  string // the deployer's own entries; "" when there are none
	log  *slog.Logger
	base atomic.Pointer[kb.Base]
	seen string
}

// Open reads our entries and those of dir. The error names every faulty file
// and line.
func Open(dir string, log *slog.Logger) (*Library, error) {
	l := &Library{dir: dir, log: log}
	l.seen = l.fingerprint()
	base, err := l.load()
	if err != nil {
		return nil, err
	}
	l.base.Store(base)
	return l, nil
}

// Base is the knowledge base as it stands.
func (l *Library) Base() *kb.Base { return l.base.Load() }

func (l *Library) load() (*kb.Base, error) {
	if l.dir == "" {
		return kb.Load(kb.Embedded(), nil)
	}
	return kb.Load(kb.Embedded(), os.DirFS(l.dir))
}

// Run looks at the folder until ctx ends.
func (l *Library) Run(ctx context.Context) error {
	if l.dir == "" {
		<-ctx.Done()
		return nil
	}
	t := time.NewTicker(glance)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
			l.Refresh()
		}
	}
}

// Refresh takes up what changed since the last look. It is Run's step.
func (l *Library) Refresh() {
	now := l.fingerprint()
	if now == l.seen {
		return
	}
	l.seen = now
	base, err := l.load()
	if err != nil {
		l.log.Error("the knowledge folder has faults; the last good state stays", "folder", l.dir, "faults", err.Error())
		return
	}
	l.base.Store(base)
	l.log.Info("the knowledge folder was read again", "folder", l.dir, "entries", len(base.Entries()))
}

// fingerprint changes when a file in the folder does.
func (l *Library) fingerprint() string {
	if l.dir == "" {
		return ""
	}
	sum := ""
	err := fs.WalkDir(os.DirFS(l.dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			sum += fmt.Sprintf("%s %d %d\n", path, info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	if err != nil {
		return "unreadable: " + err.Error()
	}
	return sum
}
