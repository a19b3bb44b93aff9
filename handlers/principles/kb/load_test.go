package kb

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"cymar/text"
)

// mustLoad loads our entries with an overlay, which may be nil.
func mustLoad(tb testing.TB, overlay fs.FS) *Base {
	tb.Helper()
	b, err := Load(Embedded(), overlay)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func TestOurEntriesHaveNoFaults(t *testing.T) {
	t.Parallel()
	b := mustLoad(t, nil)
	if n := len(b.Entries()); n < 100 {
		t.Errorf("%d entries, want 100 or more", n)
	}
	for _, e := range b.Entries() {
		if b.Entry(e.ID) != e || !e.Has(text.English) || !e.Has(text.Welsh) {
			t.Errorf("%s is not whole", e.ID)
		}
	}
}

func TestADeployersEntryIsAddedAndNeedsNoWelsh(t *testing.T) {
	t.Parallel()
	b := mustLoad(t, fstest.MapFS{"car-park.md": {Data: []byte(good)}, "notes.txt": {Data: []byte("not an entry")}})
	e := b.Entry("car-park")
	if e == nil || e.Has(text.Welsh) {
		t.Fatalf("entry %+v", e)
	}
	if got := b.Find(Query{Text: "where do I park?"}); got.Entry != e || got.Confidence < 0.9 {
		t.Errorf("found %+v", got)
	}
}

func TestADeployersEntryStandsInPlaceOfOurs(t *testing.T) {
	t.Parallel()
	own := strings.NewReplacer("car-park", "hope", "Where do I park?", "What is hope here?").Replace(good)
	b := mustLoad(t, fstest.MapFS{"hope.md": {Data: []byte(own)}})
	if got := b.Entry("hope").Title.English; got != "What is hope here?" {
		t.Errorf("title %q", got)
	}
	if n := len(b.Entries()); n != len(mustLoad(t, nil).Entries()) {
		t.Errorf("%d entries", n)
	}
	for _, q := range []string{"where do i park", "she has lost all hope of ever getting better, what do i say"} {
		if got := b.Find(Query{Text: q}); got.Entry != b.Entry("hope") {
			t.Errorf("%q leads to %+v", q, got.Entry)
		}
	}
}

func TestARelatedIDThatIsNotThereIsAFault(t *testing.T) {
	t.Parallel()
	own := strings.Replace(good, "related: []", "related: [hop]", 1)
	_, err := Load(Embedded(), fstest.MapFS{"car-park.md": {Data: []byte(own)}})
	var faults Faults
	if !errors.As(err, &faults) || !strings.Contains(err.Error(), `car-park.md: related: there is no entry "hop"; is it "hope"?`) {
		t.Errorf("error %v", err)
	}
}

func TestAFolderThatCannotBeReadIsAnError(t *testing.T) {
	t.Parallel()
	_, err := Load(Embedded(), os.DirFS(filepath.Join(t.TempDir(), "missing")))
	var faults Faults
	if err == nil || errors.As(err, &faults) {
		t.Errorf("error %v, want one that is not about content", err)
	}
}

func TestNothingToLoadIsAnError(t *testing.T) {
	t.Parallel()
	if _, err := Load(fstest.MapFS{}, nil); err == nil {
		t.Error("an empty knowledge base loads")
	}
}
