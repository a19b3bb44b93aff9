package transcript

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func TestWhatIsNoChatIsNamedForWhatItIs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		data string
		want Reason
	}{
		"nothing":                {"", Empty},
		"blank lines":            {"\n \n\t\n", Empty},
		"only a mark":            {"\ufeff", Empty},
		"a PNG":                  {"\x89PNG\r\n\x1a\n....", Picture},
		"a JPEG":                 {"\xff\xd8\xff\xe0..", Picture},
		"a telephone's photo":    {"\x00\x00\x00\x18ftypheic....", Picture},
		"a WebP":                 {"RIFF\x00\x00\x00\x00WEBP", Picture},
		"a PDF":                  {"%PDF-1.7 ...", Document},
		"an old Word file":       {"\xd0\xcf\x11\xe0....", Document},
		"rich text":              {`{\rtf1 hello}`, Document},
		"a video":                {"\x00\x00\x00\x18ftypmp42....", Media},
		"a voice message":        {"OggS....", Media},
		"another archive":        {"7z\xbc\xaf\x27\x1c", BadArchive},
		"a compressed file":      {"\x1f\x8b\x08....", BadArchive},
		"half a zip":             {"PK\x03\x04....", BadArchive},
		"noise":                  {string(noise(4000)), NotAChat},
		"prose":                  {"We met on Thursday. It was good.\n\nThen we went home, at 14:00 or so.\n", NotAChat},
		"a list of names":        {"Ann Lee\nBob Ray\nCat Orr\n", NotAChat},
		"a page of HTML":         {"<!doctype html><html><body><p>hi</p></body></html>", NotAChat},
		"other JSON":             {`{"a":1,"b":[1,2]}`, NotAChat},
		"a list of other things": {`[{"a":1},{"a":2}]`, NotAChat},
		"a list of lists":        {`[[[[[[]]]]]]`, NotAChat},
		"an empty list":          {`[]`, Empty},
		"a Graph page, empty":    {`{"@odata.context":"x","value":[]}`, NoMessages},
		"captions without any":   {"WEBVTT\n\n", NoMessages},
		"a table without rows":   {"Time,Name,Message\n", NoMessages},
	} {
		_, _, err := Read("x", strings.NewReader(c.data), Options{})
		if got := Because(err); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "Ann") {
			t.Errorf("%s: the error shows what is in it: %v", name, err)
		}
	}
}

// noise is bytes that are nothing, the same each time.
func noise(n int) []byte {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return b
}

// endless gives the same text over and over, as far as somebody reads.
type endless struct {
	text string
	at   int
	read int64
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.text[e.at:])
	e.at = (e.at + n) % len(e.text)
	e.read += int64(n)
	return n, nil
}

func TestAFileOf200MegabytesIsNotReadToItsEnd(t *testing.T) {
	t.Parallel()
	r := &endless{text: "Ann Lee\n14:01\nhello there\n\n"}
	_, _, err := Read("big.txt", io.LimitReader(r, 200<<20), Options{})
	if Because(err) != TooLarge || r.read > defaultLimit+1<<20 {
		t.Errorf("%v after %d bytes", err, r.read)
	}
	if _, _, err := Read("lines.txt", io.LimitReader(&endless{text: "x\n"}, 20<<20), Options{}); Because(err) != TooLarge {
		t.Errorf("ten million lines: %v", err)
	}
}

func TestAZipThatUnpacksWithoutEndIsGivenUp(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 4 {
		f, err := z.Create(fmt.Sprint(i, ".txt"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(f, io.LimitReader(&endless{text: "Ann Lee\n14:01\nhello there\n\n"}, 12<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 2<<20 {
		t.Fatalf("the bomb has %d bytes", b.Len())
	}
	_, r, err := Read("bomb.zip", bytes.NewReader(b.Bytes()), Options{Limit: 8 << 20})
	if Because(err) != Bomb || len(r.Faults) != 1 {
		t.Errorf("%v %+v", err, r.Faults)
	}
}

func TestPathsThatLeadOutsideAreNotFollowed(t *testing.T) {
	t.Parallel()
	chat := []byte("Ann Lee\n14:01\nhello there\n\nBob Ray\n14:02\nyes\n")
	for _, bad := range []string{"../x.txt", "a/../../x.txt", "/etc/x.txt", `..\x.txt`, `C:\x.txt`} {
		got, r, err := Read("x.zip", bytes.NewReader(zipOf(t, map[string][]byte{bad: chat, "good.txt": chat})), Options{})
		if err != nil || len(got.Messages) != 2 {
			t.Errorf("%s: %v", bad, err)
			continue
		}
		if len(r.Faults) != 1 || r.Faults[0].Why != BadPath || strings.Contains(r.Faults[0].Piece, "..") {
			t.Errorf("%s: %+v", bad, r.Faults)
		}
		if _, _, err := Read("x.zip", bytes.NewReader(zipOf(t, map[string][]byte{bad: chat})), Options{}); Because(err) != BadPath {
			t.Errorf("%s and nothing else: %v", bad, err)
		}
	}
}

func TestZipsThatHoldNoChatAreNamedForWhatTheyAre(t *testing.T) {
	t.Parallel()
	inner := zipOf(t, map[string][]byte{"x.txt": []byte("Ann\n14:01\nhi\n")})
	for name, c := range map[string]struct {
		files map[string][]byte
		want  Reason
	}{
		"a Word document":   {map[string][]byte{"[Content_Types].xml": nil, "word/document.xml": nil}, Document},
		"a zip in a zip":    {map[string][]byte{"a.zip": inner}, BadArchive},
		"pictures":          {map[string][]byte{"a.png": []byte("\x89PNG")}, Empty},
		"nothing":           {nil, Empty},
		"a photo and prose": {map[string][]byte{"a.png": nil, "b.txt": []byte("hello")}, NotAChat},
	} {
		_, _, err := Read("x.zip", bytes.NewReader(zipOf(t, c.files)), Options{})
		if got := Because(err); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestOfAFolderTheRestIsReadAndTheFaultSaid(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{
		"chat.txt":      {Data: []byte("Ann Lee\n14:01\nhello there\n\nBob Ray\n14:02\nyes\n")},
		"photo.png":     {Data: []byte("\x89PNG....")},
		"notes.txt":     {Data: []byte("my own notes\n")},
		"empty.txt":     {Data: nil},
		".DS_Store":     {Data: []byte("x")},
		"spoken.vtt":    {Data: []byte("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann Lee>hello</v>\n")},
		"sub/notes.pdf": {Data: []byte("%PDF")},
	}
	got, r, err := ReadFS(files, Options{})
	if err != nil || len(got.Messages) != 2 {
		t.Fatalf("%v %+v", err, got.Messages)
	}
	var faults []string
	for _, f := range r.Faults {
		faults = append(faults, f.Piece+" "+string(f.Why))
	}
	slices.Sort(faults)
	want := "[empty.txt empty notes.txt not_a_chat photo.png picture spoken.vtt spoken sub/notes.pdf document]"
	if fmt.Sprint(faults) != want {
		t.Errorf("got  %v\nwant %s", faults, want)
	}
}

func TestAFolderOfAThousandChatsIsNotReadToItsEnd(t *testing.T) {
	t.Parallel()
	var files []File
	for i := range maxPieces + 20 {
		files = append(files, Bytes(fmt.Sprint(i, ".txt"), []byte(fmt.Sprintf("Ann %d\n14:01\nhello %d there\n\nBob\n14:02\nyes\n", i, i))))
	}
	got, r, err := ReadAll(files, Options{})
	if err != nil || len(r.Pieces) != maxPieces || len(r.Faults) != 20 || r.Faults[0].Why != TooLarge || len(got.Messages) == 0 {
		t.Errorf("%v, %d pieces, %d faults", err, len(r.Pieces), len(r.Faults))
	}
}

type failing struct{ fstest.MapFS }

func (f failing) Open(name string) (fs.File, error) {
	if name != "." {
		return nil, fs.ErrPermission
	}
	return f.MapFS.Open(name)
}

func TestAFileThatCannotBeOpenedIsSaid(t *testing.T) {
	t.Parallel()
	_, r, err := ReadFS(failing{fstest.MapFS{"a.txt": {Data: []byte("x")}}}, Options{})
	if Because(err) != Unreadable || !errors.Is(err, fs.ErrPermission) || len(r.Faults) != 1 {
		t.Errorf("%v", err)
	}
	if _, _, err := ReadFS(fstest.MapFS{}, Options{}); Because(err) != Empty {
		t.Errorf("an empty folder: %v", err)
	}
	if _, _, err := Read("x", brokenReader{}, Options{}); Because(err) != Unreadable {
		t.Errorf("a broken disk: %v", err)
	}
	got, r, err := Read("x", io.MultiReader(strings.NewReader("Ann Lee\n14:01\nhello\n\nBob Ray\n14:02\nyes\n"), brokenReader{}), Options{})
	if err != nil || len(got.Messages) != 2 || r.Faults[0].Why != CutOff {
		t.Errorf("half a file: %v %+v", err, r.Faults)
	}
	if Because(errors.New("another")) != "" || Because(nil) != "" {
		t.Error("errors of others have reasons")
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("disk failed") }

func TestALineOfOurFormThatIsWrongIsSaidAndTheRestRead(t *testing.T) {
	t.Parallel()
	good := `{"id":"m1","ts":"2026-03-12T14:00:00Z","author":"Ann","text":"hello"}`
	for name, c := range map[string]struct {
		text string
		want []Fault
	}{
		"a broken line":     {good + "\n{broken\n" + good[:len(good)-2] + "x\"}\n", []Fault{{"x", 2, BadLine}}},
		"cut off":           {good + "\n" + good[:40], []Fault{{"x", 2, CutOff}}},
		"another object":    {good + "\n{\"a\":1}\n", []Fault{{"x", 2, BadLine}}},
		"cut off in a list": {"[" + good + "," + good[:30], []Fault{{"x", 0, CutOff}}},
		"a list":            {"[" + good + "]", nil},
		"a blank line":      {good + "\n\n", nil},
		"a mark":            {"\ufeff" + good + "\r\n", nil},
	} {
		got, r, err := Read("x", strings.NewReader(c.text), Options{})
		if err != nil || len(got.Messages) < 1 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !slices.Equal(r.Faults, c.want) {
			t.Errorf("%s: %+v", name, r.Faults)
		}
	}
}

func TestOtherObjectsThatNameSomebodyAreRead(t *testing.T) {
	t.Parallel()
	text := `{"timestamp":"2026-03-12 14:00","user":{"name":"Ann"},"message":"hello","likes":"2"}` + "\n" + `{"timestamp":1773324060,"user":"Bob","message":"yes"}`
	got, _, err := Read("x", strings.NewReader(text), Options{})
	if err != nil || len(got.Messages) != 2 || got.Messages[0].Author != "Ann" || got.Messages[1].At.Format("15:04") != "14:01" {
		t.Errorf("%v %+v", err, got.Messages)
	}
}

// hostile texts that have broken other programs.
var hostile = []string{
	`<script>alert(1)</script>`, "=cmd|' /C calc'!A0", "<!channel> </at> <@U1>", "\u202egnp.exe\u202c hidden", "a\u200bb\ufeffc", "a\x00b\x1bc",
	strings.Repeat("long ", 20_000), strings.Repeat("a\u0301", 3000), "[14:03] Not A Name", "14:03:22 From Nobody to Everyone:", "Name, 14:05 and more",
	"https://evil.example/?a=1&b=2", "\"quoted, \"\"twice\"\"; and more", "👩🏽‍🚀🏴󠁧󠁢󠁷󠁬󠁳󠁿", "Replying to nothing", "👍 4 of us", "line one\n\nline two\n\n12/03/2026", "{\"id\":1}", "Meeting ended: when it did",
	strings.Repeat("(", 5000), strings.Repeat("<", 5000), strings.Repeat("&", 5000),
}

func TestHostileTextIsReadAsTextInEveryForm(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 12, 14, 0, 0, 0, time.UTC)
	for _, s := range hostile {
		all := []Message{{Author: "Ann Lee", At: at, Text: "the first words"}, {Author: "Bob Ray", At: at.Add(2 * time.Minute), Text: s},
			{Author: "Cat Orr", At: at.Add(4 * time.Minute), Text: "the words in between"}, {Author: "Ann Lee", At: at.Add(6 * time.Minute), Text: "the last words"}}
		forms := map[string]string{
			"brackets": bracketed(all, knobs{clock: "15:04", date: "02/01/2006", indent: "    "}),
			"Zoom":     zoomed(all, knobs{}, "%s From %s to Everyone:"),
			"two":      twoLines(all, knobs{clock: "15:04", divider: english}),
			"table":    tableOf(t, all, ',', false, []string{"Time", "Name", "Message"}, func(m Message) []string { return []string{m.At.Format(time.RFC3339), m.Author, m.Text} }),
		}
		for _, page := range graphPages(t, all, 100, "systemEventMessage") {
			forms["Graph"] = string(page)
		}
		for form, text := range forms {
			got, _, err := Read("x", strings.NewReader(text), Options{Now: laterThatYear})
			if err != nil {
				t.Errorf("%s with %.30q: %v", form, s, err)
				continue
			}
			if n := len(got.Messages); n < 4 || got.Messages[n-1].Text != "the last words" || got.Messages[0].Text != "the first words" {
				t.Errorf("%s with %.30q: %d messages", form, s, n)
			}
			for _, m := range got.Messages {
				if strings.ContainsAny(m.Text, "\u202e\x00\ufeff\x1b") {
					t.Errorf("%s: %.30q kept its marks", form, s)
				}
			}
		}
	}
}

func TestAHundredKilobytesInOneMessageAreKept(t *testing.T) {
	t.Parallel()
	long := strings.TrimSpace(strings.Repeat("a long paste that goes on ", 4000))
	text := "Ann Lee\n14:01\n" + long + "\n\nBob Ray\n14:02\nthank you\n"
	got, _, err := Read("x.txt", strings.NewReader(text), Options{})
	if err != nil || got.Messages[0].Text != long {
		t.Errorf("%v, %d bytes of %d", err, len(got.Messages[0].Text), len(long))
	}
}

func TestSmallChatsAreReadToo(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"one person":     "Ann Lee\n14:01\nhello\n\nAnn Lee\n14:05\nanybody here?\n",
		"one message":    "[14:03] Ann Lee\n    hello\n",
		"only greetings": "Ann Lee, 14:01\nhi\n\nBob Ray, 14:01\nhi\n\nCat Orr, 14:02\nhiya\n",
	} {
		got, _, err := Read("x.txt", strings.NewReader(text), Options{})
		if err != nil || len(got.Messages) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAChatInAnotherLanguageIsReadAndSaidToBe(t *testing.T) {
	t.Parallel()
	words := []string{"dzień dobry wszystkim", "dziękuję bardzo za spotkanie", "czy ktoś słyszy mnie dobrze", "proszę mówić głośniej"}
	var all []Message
	for i := range 40 {
		all = append(all, Message{Author: fmt.Sprint("Osoba ", i%5), At: time.Date(2026, 3, 12, 14, i, 0, 0, time.UTC), Text: words[i%4]})
	}
	got, r, err := Read("x.txt", strings.NewReader(bracketed(all, knobs{clock: "15:04", date: "02/01/2006"})), Options{})
	if err != nil || len(got.Messages) != 40 || !r.Foreign || len(got.Langs) != 0 {
		t.Errorf("%v %d messages, foreign %v, languages %v", err, len(got.Messages), r.Foreign, got.Langs)
	}
}

func TestMemoryStaysInProportionToTheChat(t *testing.T) {
	if testing.Short() {
		t.Skip("a long chat takes time")
	}
	text := longChat(6_000)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got, _, err := Read("x.txt", strings.NewReader(text), Options{Now: laterThatYear})
	runtime.ReadMemStats(&after)
	if err != nil || len(got.Messages) < 5_900 {
		t.Fatalf("%v, %d messages", err, len(got.Messages))
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > uint64(len(text))*120 {
		t.Errorf("%d MB allocated for a chat of %d MB", used>>20, len(text)>>20)
	}
}

// longChat is a chat in the new layout of Teams with this many messages.
func longChat(n int) string {
	var all []Message
	at := time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)
	for i := range n {
		all = append(all, Message{ID: fmt.Sprint("m", i), Author: fmt.Sprintf("Person %d (Trust %d)", i%60, i%7), At: at.Add(time.Duration(i) * 20 * time.Second),
			Text: fmt.Sprintf("message %d about supervision and what it is for, and who gives it", i), Reactions: []Reaction{{"like", 1 + i%5}}})
		if i%9 == 8 {
			all[i].ReplyTo = all[i-5].ID
		}
	}
	return twoLines(all, knobs{clock: "15:04", divider: english, quotes: true, reacts: "emoji"})
}

func BenchmarkReadText(b *testing.B) {
	for _, n := range []int{600, 10_000} {
		text := longChat(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := Read("x.txt", strings.NewReader(text), Options{Now: laterThatYear}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
