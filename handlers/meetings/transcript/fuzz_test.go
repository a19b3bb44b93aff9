package transcript

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// mustHold are the promises that hold for whatever bytes come in.
func mustHold(t *testing.T, got Transcript, r Report, err error) {
	t.Helper()
	var e *Error
	if err != nil {
		if !errors.As(err, &e) || e.Why == "" {
			t.Fatalf("an error of no kind: %v", err)
		}
		return
	}
	if len(got.Messages) == 0 || len(r.Pieces) == 0 {
		t.Fatal("nothing was read and nothing said")
	}
	ids := map[string]bool{}
	for i, m := range got.Messages {
		switch {
		case m.ID == "" || ids[m.ID]:
			t.Fatalf("message %d has no id of its own", i)
		case m.Author == "" && !m.Deleted:
			t.Fatalf("message %d has no author", i)
		case m.Text == "" != m.Deleted:
			t.Fatalf("message %d: deleted %v, text %q", i, m.Deleted, m.Text)
		case i > 0 && m.At.Before(got.Messages[i-1].At):
			t.Fatalf("message %d comes before the one above it", i)
		case !utf8.ValidString(m.Text) || strings.ContainsRune(m.Text, 0x202e):
			t.Fatalf("message %d: %q", i, m.Text)
		}
		ids[m.ID] = true
	}
	for _, m := range got.Messages {
		if m.ReplyTo != "" && !ids[m.ReplyTo] {
			t.Fatalf("a reply to nothing: %s", m.ReplyTo)
		}
	}
	readsBack(t, got, r)
}

// readsBack holds that what is written can be read again.
func readsBack(t *testing.T, got Transcript, r Report) {
	t.Helper()
	var b bytes.Buffer
	if err := got.WriteJSONL(&b); err != nil {
		t.Fatal(err)
	}
	if r.Messages == 0 {
		return
	}
	again, err := ReadJSONL(&b)
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Messages) != r.Messages {
		t.Fatalf("%d messages written, %d read back", r.Messages, len(again.Messages))
	}
}

// seeds are the beginnings of every raw form, and what has broken readers.
func seeds(f *testing.F) {
	f.Helper()
	err := filepath.WalkDir(chats, func(p string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(p, "raw") && filepath.Base(p) != "chat.jsonl" {
			return err
		}
		data, err := os.ReadFile(p)
		if err == nil {
			f.Add(data[:min(len(data), 3000)])
		}
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{"", "[", "{", "[14:03] ", "a\n14:03\n", "PK\x03\x04", "WEBVTT\n\n00:00 --> 00:01\n<v x>y", "sep=;\n", "time,name,text\n,,\n", `[{"ts":"1","type":"message"}]`,
		`{"value":[{"id":"1","messageType":"message"`, "14:03:22 From a to b(Direct Message): x", "Name, 14:05\n\nName, 14:05\n", "\xff\xfe[\x001\x00", "\"\n\"\n\"\n14:05,a,b\n14:05,a,b"} {
		f.Add([]byte(s))
	}
}

func FuzzRead(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		got, r, err := Read("x", bytes.NewReader(b), Options{Now: laterThatYear, Limit: 1 << 20})
		mustHold(t, got, r, err)
	})
}

func FuzzTwoPieces(f *testing.F) {
	f.Add("Ann\n14:03\nhello there\n\nBob\n14:04\nyes\n", "Bob\n14:04\nyes\n\nCat\n2:05 PM\nno\n")
	f.Add("[14:03] Ann\n a\n\n[14:04] Ann\n b", "Thursday 12 March\n\nrest\n\nAnn\n14:04\nb\n\nThis message has been deleted.\n")
	f.Fuzz(func(t *testing.T, a, b string) {
		got, r, err := ReadAll([]File{Bytes("1", []byte(a)), Bytes("2", []byte(b))}, Options{Now: laterThatYear})
		mustHold(t, got, r, err)
	})
}

func FuzzTable(f *testing.F) {
	f.Add("Time,Name,Message\n12/03/2026 14:00,Ann,\"one\nmore\"\n")
	f.Add("sep=;\nDate;Name;Chat\n1;2;\"\n3;4;5\n")
	f.Fuzz(func(t *testing.T, s string) {
		p := &piece{name: "x"}
		if tb, d, skip, ok := findTable(s); ok {
			if err := readTable(s, p, tb, d, skip); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func FuzzCaptions(f *testing.F) {
	f.Add("WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n<v Ann>hello</v>\n")
	f.Add("1\n00:00:01,000 --> 00:00:02,000\nAnn: hello\n")
	f.Fuzz(func(t *testing.T, s string) {
		p := &piece{}
		for _, turns := range []bool{false, true} {
			if err := readCaptions(s, p, Options{Turns: turns}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func FuzzBodyText(f *testing.F) {
	f.Add(`<p>one<br>two <at id="0">x</at> <a href='y'>z</a><emoji alt="a"/></p>`)
	f.Add(`<<a<b href=<attachment id="1">`)
	f.Fuzz(func(t *testing.T, s string) {
		text, links, _ := bodyText(s)
		if len(text) > 8*len(s)+16 || len(links) > 20 {
			t.Errorf("%d bytes became %d, with %d links", len(s), len(text), len(links))
		}
	})
}

func FuzzSlackText(f *testing.F) {
	f.Add("hello <@U1> <https://x|y> <!here> &amp; <")
	f.Fuzz(func(_ *testing.T, s string) {
		e := slackExport{users: map[string]string{"U1": "Ann"}}
		e.unmark(s)
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("don\xe2\x80\x99t"))
	f.Add([]byte("\xff\xfea\x00"))
	f.Add([]byte("d\x92accord"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, _, ok := decode(b)
		if ok && (!utf8.ValidString(s) || strings.ContainsAny(s, "\r\x00\u202e\ufeff")) {
			t.Errorf("%q became %q", b, s)
		}
	})
}
