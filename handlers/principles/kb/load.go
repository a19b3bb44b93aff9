package kb

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed entries/*.md
var embedded embed.FS

// Embedded are our own entries.
func Embedded() fs.FS {
	sub, err := fs.Sub(embedded, "entries")
	if err != nil {
		panic(err) // the folder's name is a constant
	}
	return sub
}

// Read reads all entries of a knowledge base without building what searching
// needs: ours, then those of overlay (may be nil), which add to ours or stand
// in place of those with the same id. The error, when it is about the entries'
// content, is of type Faults and has every fault of every file.
func Read(ours, overlay fs.FS) ([]*Entry, error) {
	entries, faults, err := readFolder(ours, true)
	if err != nil {
		return nil, err
	}
	if overlay != nil {
		theirs, more, err := readFolder(overlay, false)
		if err != nil {
			return nil, err
		}
		faults = append(faults, more...)
		entries = override(entries, theirs)
	}
	faults = append(faults, unrelated(entries)...)
	if len(faults) == 0 && len(entries) == 0 {
		return nil, errors.New("kb: the knowledge base holds no entries")
	}
	return entries, faults.orNil()
}

// readFolder reads every .md file at the top of a folder but a README, in
// order of name.
func readFolder(folder fs.FS, ours bool) ([]*Entry, Faults, error) {
	names, err := fs.Glob(folder, "*.md")
	if err != nil {
		return nil, nil, fmt.Errorf("kb: list entries: %w", err)
	}
	names = slices.DeleteFunc(names, func(n string) bool { return strings.EqualFold(n, "readme.md") })
	if _, err := fs.Stat(folder, "."); err != nil {
		return nil, nil, fmt.Errorf("kb: open the folder of entries: %w", err)
	}
	entries, faults, errs := make([]*Entry, len(names)), make([]Faults, len(names)), make([]error, len(names))
	var wait sync.WaitGroup
	for i, name := range names {
		wait.Go(func() {
			data, err := fs.ReadFile(folder, name)
			if err != nil {
				errs[i] = fmt.Errorf("kb: read entry: %w", err)
				return
			}
			entries[i], faults[i] = parse(path.Base(name), data, ours)
		})
	}
	wait.Wait()
	return entries, slices.Concat(faults...), errors.Join(errs...)
}

// override puts each of theirs in the place of ours with the same id, the
// rest at the end.
func override(ours, theirs []*Entry) []*Entry {
	at := make(map[string]int, len(ours))
	for i, e := range ours {
		at[e.ID] = i
	}
	for _, e := range theirs {
		if i, ok := at[e.ID]; ok {
			ours[i] = e
			continue
		}
		ours = append(ours, e)
	}
	return ours
}

// unrelated finds related ids that no entry has.
func unrelated(entries []*Entry) Faults {
	known := make(map[string]bool, len(entries))
	for _, e := range entries {
		known[e.ID] = true
	}
	var faults Faults
	for _, e := range entries {
		for _, id := range e.Related {
			if !known[id] {
				faults = append(faults, Fault{e.File, 0, fmt.Sprintf("related: there is no entry %q%s", id, suggest(id, entries))})
			}
		}
	}
	return faults
}

// suggest names the entry whose id looks most like one that is not there.
func suggest(id string, entries []*Entry) string {
	for _, e := range entries {
		if strings.HasPrefix(e.ID, id) || strings.HasPrefix(id, e.ID) {
			return fmt.Sprintf("; is it %q?", e.ID)
		}
	}
	return ""
}
