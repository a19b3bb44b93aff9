package transcript

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

const chats = "../testdata/chats"

// chat loads one of the evaluation chats, with what is known about it.
func chat(tb testing.TB, name string) Transcript {
	tb.Helper()
	f, err := os.Open(filepath.Join(chats, name, "chat.jsonl"))
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	t, err := ReadJSONL(f)
	if err != nil {
		tb.Fatal(err)
	}
	meta, err := os.Open(filepath.Join(chats, name, "meta.json"))
	if err != nil {
		tb.Fatal(err)
	}
	defer meta.Close()
	if err := t.ReadMeta(meta); err != nil {
		tb.Fatal(err)
	}
	return t
}

// chatNames are the evaluation chats.
func chatNames(tb testing.TB) []string {
	tb.Helper()
	dirs, err := os.ReadDir(chats)
	if err != nil || len(dirs) == 0 {
		tb.Fatalf("no chats in %s: %v", chats, err)
	}
	var names []string
	for _, d := range dirs {
		if d.IsDir() {
			names = append(names, d.Name())
		}
	}
	return names
}

// comparison is how well a reading agrees with the chat that it was made of.
type comparison struct {
	want, found, extra, timed, right int
	missing                          []string // ids of messages not read
	invented                         []string // the beginnings of texts that are no messages
}

func (c comparison) recall() float64    { return share(c.found, c.want) }
func (c comparison) precision() float64 { return 1 - float64(c.extra)/float64(max(1, c.found+c.extra)) }
func (c comparison) time() float64      { return share(c.right, c.timed) }

func share(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// compare matches what was read with what was written, by author and words.
func compare(want, got []Message) comparison {
	var c comparison
	have := map[string][]int{}
	for i, m := range got {
		if !m.Deleted {
			have[personKey(m.Author)+"|"+keyOf(m.Text)] = append(have[personKey(m.Author)+"|"+keyOf(m.Text)], i)
		}
	}
	for _, m := range want {
		k := personKey(m.Author) + "|" + keyOf(m.Text)
		if m.Deleted {
			continue
		}
		c.want++
		if len(have[k]) == 0 {
			c.missing = append(c.missing, m.ID)
			continue
		}
		g := got[have[k][0]]
		have[k] = have[k][1:]
		c.found++
		if !g.At.IsZero() {
			c.timed++
			if sameTime(g.At, m.At) {
				c.right++
			}
		}
	}
	for _, left := range have {
		for _, i := range left {
			c.extra++
			c.invented = append(c.invented, got[i].Author+": "+got[i].Text[:min(60, len(got[i].Text))])
		}
	}
	return c
}

// sameTime agrees to the minute; where the day is not known, by the clock.
func sameTime(got, want time.Time) bool {
	if got.Year() > 1 {
		return got.Sub(want).Abs() <= 61*time.Second
	}
	d := got.Hour()*60 + got.Minute() - want.Hour()*60 - want.Minute()
	return d >= -1 && d <= 1
}

// mustAgree fails unless everything was read, nothing else, at the right time.
func mustAgree(t *testing.T, c comparison, recall, precision, times float64) {
	t.Helper()
	if c.recall() < recall || c.precision() < precision || c.time() < times {
		t.Errorf("recall %.3f precision %.3f time %.3f of %d\nnot read: %.300q\nno messages: %.300q",
			c.recall(), c.precision(), c.time(), c.want, c.missing, c.invented)
	}
}

// laterThatYear is when tests read: after all the evaluation chats.
var laterThatYear = time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)

func TestEveryRawFormGivesTheMessagesOfItsChat(t *testing.T) {
	t.Parallel()
	forms := 0
	for _, name := range chatNames(t) {
		raws, err := os.ReadDir(filepath.Join(chats, name, "raw"))
		if err != nil {
			continue // some chats have no raw form
		}
		for _, raw := range raws {
			forms++
			t.Run(name+"/"+raw.Name(), func(t *testing.T) {
				t.Parallel()
				got, r := readPath(t, filepath.Join(chats, name, "raw", raw.Name()))
				if len(r.Faults) > 0 {
					t.Errorf("faults: %+v", r.Faults)
				}
				want := chat(t, name)
				if r.Pieces[0].Form == FormVTT {
					if len(got.Messages) != 77 {
						t.Errorf("%d captions", len(got.Messages))
					}
					return
				}
				c := compare(want.Messages, got.Messages)
				if r.Pieces[0].Form == FormZoom {
					c.forgive(want, func(m Message) bool { return m.At.Day() != want.Date.Day() }) // Zoom saves one day
				}
				mustAgree(t, c, 0.995, 0.995, 0.99)
			})
		}
	}
	if forms < 13 {
		t.Errorf("only %d raw forms were found", forms)
	}
}

// forgive takes messages off that a form cannot hold.
func (c *comparison) forgive(want Transcript, absent func(Message) bool) {
	byID := map[string]Message{}
	for _, m := range want.Messages {
		byID[m.ID] = m
	}
	kept := slices.DeleteFunc(c.missing, func(id string) bool { return absent(byID[id]) })
	c.want -= len(c.missing) - len(kept)
	c.missing = kept
}

func readPath(tb testing.TB, path string) (Transcript, Report) {
	tb.Helper()
	o := Options{Now: laterThatYear}
	st, err := os.Stat(path)
	if err != nil {
		tb.Fatal(err)
	}
	var t Transcript
	var r Report
	if st.IsDir() {
		t, r, err = ReadFS(os.DirFS(path), o)
	} else {
		var f *os.File
		if f, err = os.Open(path); err != nil {
			tb.Fatal(err)
		}
		defer f.Close()
		t, r, err = Read(filepath.Base(path), f, o)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return t, r
}

func TestWhatIsKnownBesideTheMessagesIsReadFromItsFile(t *testing.T) {
	t.Parallel()
	got := chat(t, "digital-gdpr-boundaries")
	if got.Channel != "cop-digital" || got.Platform != Slack || got.Start.Format("15:04") != "10:00" || got.Langs[0] != "en" {
		t.Errorf("%+v", got)
	}
	var bad Transcript
	for _, s := range []string{`{`, `{"timezone":"Moon/Crater"}`, `{"date":"soon"}`, `{"date":"2026-01-01","start":"x"}`, `{"date":"2026-01-01","end":"x"}`} {
		if err := bad.ReadMeta(jsonReader(s)); err == nil {
			t.Errorf("%s was read", s)
		}
	}
}

func jsonReader(s string) *jsonText { return &jsonText{s} }

// jsonText is a reader that gives one byte at a time, as slow disks may.
type jsonText struct{ rest string }

func (j *jsonText) Read(p []byte) (int, error) {
	if j.rest == "" {
		return 0, os.ErrClosed
	}
	p[0], j.rest = j.rest[0], j.rest[1:]
	return 1, nil
}
