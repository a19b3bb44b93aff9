package transcript

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// rawFiles are all raw forms that are one file.
func rawFiles(tb testing.TB) map[string][]byte {
	tb.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(chats, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Base(filepath.Dir(p)) != "raw" {
			return err
		}
		all[p], err = os.ReadFile(p)
		return err
	})
	if err != nil || len(all) < 8 {
		tb.Fatalf("%d files: %v", len(all), err)
	}
	return all
}

// chatOf is the chat that a raw file was made of.
func chatOf(path string) string { return filepath.Base(filepath.Dir(filepath.Dir(path))) }

func TestAFileThatEndsAnywhereGivesWhatItHasAndInventsNothing(t *testing.T) {
	t.Parallel()
	for path, data := range rawFiles(t) {
		if filepath.Ext(path) == ".vtt" {
			continue // its words are not the chat's
		}
		t.Run(chatOf(path)+"/"+filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			want := chat(t, chatOf(path))
			for tenth := 2; tenth < 10; tenth++ {
				cut := data[:len(data)*tenth/10-tenth]
				got, _, err := ReadAll([]File{Bytes("x", cut)}, Options{Now: laterThatYear})
				if err != nil {
					t.Fatalf("cut at %d: %v", len(cut), err)
				}
				c := compare(want.Messages, got.Messages)
				if len(got.Messages) < len(want.Messages)*(tenth-2)/10 || c.extra > 2 {
					t.Errorf("cut at %d: %d messages of %d, %d invented: %.200q", len(cut), len(got.Messages), len(want.Messages), c.extra, c.invented)
				}
			}
		})
	}
}

func TestAFileThatBeginsAnywhereGivesWhatItHas(t *testing.T) {
	t.Parallel()
	for path, data := range rawFiles(t) {
		if filepath.Ext(path) != ".txt" {
			continue
		}
		t.Run(chatOf(path)+"/"+filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			want := chat(t, chatOf(path))
			for tenth := 1; tenth < 8; tenth++ {
				cut := data[len(data)*tenth/10:]
				got, _, err := ReadAll([]File{Bytes("x", cut)}, Options{Now: laterThatYear})
				if err != nil {
					t.Fatalf("beginning at %d: %v", len(data)-len(cut), err)
				}
				c := compare(want.Messages, got.Messages)
				if len(got.Messages) < len(want.Messages)*(9-tenth)/10 || c.extra > 3 {
					t.Errorf("beginning at %d: %d messages of %d, %d invented: %.200q", len(data)-len(cut), len(got.Messages), len(want.Messages), c.extra, c.invented)
				}
			}
		})
	}
}

func TestTheFormsOfOneChatAreOneChat(t *testing.T) {
	t.Parallel()
	raw := filepath.Join(chats, "supervision-role-drift", "raw")
	for _, names := range [][]string{
		{"teams-new-layout.txt", "teams-select-all.txt"}, {"teams-brackets.txt", "teams-name-comma-time.txt"}, {"zoom-chat.txt", "teams-new-layout.txt"},
		{"chat.csv", "teams-select-all.txt"}, {"teams-new-layout.txt", "chat.csv", "zoom-chat.txt"},
	} {
		t.Run(fmt.Sprint(names), func(t *testing.T) {
			t.Parallel()
			var files []File
			for _, n := range names {
				data, err := os.ReadFile(filepath.Join(raw, n))
				if err != nil {
					t.Fatal(err)
				}
				files = append(files, Bytes(n, data))
			}
			got, r, err := ReadAll(files, Options{Now: laterThatYear})
			if err != nil {
				t.Fatal(err)
			}
			want := chat(t, "supervision-role-drift")
			mustAgree(t, compare(want.Messages, got.Messages), 0.98, 0.96, 0.97)
			if r.Repeated < 130 {
				t.Errorf("only %d repeated", r.Repeated)
			}
		})
	}
}

func TestTheSpokenSideIsLeftOutBesideTheChat(t *testing.T) {
	t.Parallel()
	got, r := readPath(t, filepath.Join(chats, "supervision-role-drift", "raw"))
	spoken := 0
	for _, f := range r.Faults {
		if f.Why == Spoken {
			spoken++
		}
	}
	if spoken != 1 {
		t.Errorf("%+v", r.Faults)
	}
	want := chat(t, "supervision-role-drift")
	c := compare(want.Messages, got.Messages)
	if c.recall() < 0.98 || c.extra > 12 {
		t.Errorf("recall %.3f, %d extra: %.300q", c.recall(), c.extra, c.invented)
	}
}
