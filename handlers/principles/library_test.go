package principles_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cymar/handlers/principles"
)

func folder(t *testing.T, content string) string {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, content)
	return dir
}

func put(t *testing.T, dir, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "leeds-numbers.md"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestADeployersEntryIsTakenUpWithoutARestart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	lib, err := principles.Open(dir, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	before := len(lib.Base().Entries())
	put(t, dir, leeds)
	lib.Refresh()
	if lib.Base().Entry("leeds-numbers") == nil || len(lib.Base().Entries()) != before+1 {
		t.Error("the new entry is not there")
	}
}

func TestABrokenFileIsNamedAndTheLastGoodStateStays(t *testing.T) {
	t.Parallel()
	dir := folder(t, leeds)
	var log strings.Builder
	lib, err := principles.Open(dir, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "---\nid: leeds-numbers\n---\nnothing\n")
	lib.Refresh()
	if lib.Base().Entry("leeds-numbers") == nil {
		t.Error("the good entry went")
	}
	if !strings.Contains(log.String(), "leeds-numbers.md") {
		t.Errorf("the file is not named: %s", log.String())
	}
	said := log.Len()
	lib.Refresh()
	if log.Len() != said {
		t.Error("the same fault is logged at every look")
	}
}

func TestABrokenFileAtTheStartIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := principles.Open(folder(t, "no front matter"), slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "leeds-numbers.md") {
		t.Errorf("%v", err)
	}
}
