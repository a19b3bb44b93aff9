package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cymar/handlers/meetings/document"
	"cymar/handlers/meetings/themes"
	"cymar/handlers/meetings/transcript"
)

const meetingChats = "handlers/meetings/testdata/chats/"

func TestAnOverviewIsWrittenInTheFormThatItsEndingSays(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	in, meta := meetingChats+"supervision-role-drift/chat.jsonl", meetingChats+"supervision-role-drift/meta.json"
	for ending, begins := range map[string]string{".json": "{", ".md": "# Peer Support", ".html": "<!doctype html>", ".docx": "PK"} {
		t.Run(ending, func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(dir, "overview"+ending)
			got := cymar(t, "", nil, "overview", in, "--meta", meta, "-o", out)
			b, err := os.ReadFile(out)
			if got.status != 0 || err != nil || !bytes.HasPrefix(b, []byte(begins)) {
				t.Fatalf("%+v %v %.60q", got, err, b)
			}
			if st, err := os.Stat(out); err != nil || st.Mode().Perm() != 0o600 {
				t.Errorf("others may read it: %v %v", st.Mode(), err)
			}
			if !strings.Contains(got.err, "Read JSON Lines: 159 messages by ") || strings.Contains(got.err, "\r") {
				t.Errorf("%s", got.err)
			}
		})
	}
}

func TestTheOverviewAsJSONHasWhatAScorerReads(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "o.json")
	folder := meetingChats + "supervision-role-drift/"
	if got := cymar(t, "", nil, "overview", folder+"chat.jsonl", "--meta", folder+"meta.json", "-o", out); got.status != 0 {
		t.Fatalf("%+v", got)
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var o struct {
		Title, Text string
		Themes      []struct {
			Title, Summary string
			MessageIDs     []string `json:"message_ids"`
		}
		Requested []any `json:"resources_requested"`
	}
	if err := json.Unmarshal(b, &o); err != nil {
		t.Fatal(err)
	}
	if len(o.Themes) < 4 || len(o.Requested) == 0 || !strings.Contains(o.Text, "Overall, ") || !strings.Contains(o.Text, "Thursday 12 March 2026, 14:00 – 16:00 | MS Teams") {
		t.Errorf("%.400s", b)
	}
	if len(o.Themes[0].MessageIDs) == 0 || !strings.HasPrefix(o.Themes[0].MessageIDs[0], "m") {
		t.Errorf("the messages of a theme are %v", o.Themes[0].MessageIDs)
	}
}

func TestTheMessagesAreWrittenAsTheyWereRead(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "m.jsonl")
	got := cymar(t, "", nil, "overview", meetingChats+"crisis-alternatives-national/raw/teams-pieces", "--messages", "-o", out)
	b, err := os.ReadFile(out)
	if got.status != 0 || err != nil || bytes.Count(b, []byte("\n")) != 174 {
		t.Fatalf("%+v %v, %d lines", got, err, bytes.Count(b, []byte("\n")))
	}
	for _, want := range []string{
		"Read text copied from Teams in 4 pieces: 174 messages by ", "from 13:18 on 21 October 2026 to 09:30 on 22 October 2026",
		"38 messages that stood in two pieces kept once.", "You can add: --title --start --end --facilitator.",
	} {
		if !strings.Contains(got.err, want) {
			t.Errorf("%q is not said:\n%s", want, got.err)
		}
	}
	if got := cymar(t, "", nil, "overview", meetingChats+"supervision-role-drift/raw/zoom-chat.txt", "--messages"); got.status != 0 ||
		!strings.Contains(got.out, `"author":"Helen Braithwaite"`) || !strings.Contains(got.err, "on a day that the chat does not tell") {
		t.Errorf("%.300s %s", got.out, got.err)
	}
}

func TestAChatIsReadFromStandardInput(t *testing.T) {
	t.Parallel()
	got := cymar(t, "Ann Lee\n14:01\nhello there\n\nBob Ray\n14:02\nyes\n", nil, "overview", "-", "--messages")
	if got.status != 0 || strings.Count(got.out, "\n") != 2 {
		t.Errorf("%+v", got)
	}
}

func TestTheAnnexHoldsTheMessagesAndTheOverviewDoesNot(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	folder := meetingChats + "supervision-role-drift/"
	out, annex := filepath.Join(dir, "o.docx"), filepath.Join(dir, "annex.md")
	if got := cymar(t, "", nil, "overview", folder+"raw/teams-select-all.txt", "--meta", folder+"meta.json", "-o", out, "--annex", annex); got.status != 0 {
		t.Fatalf("%+v", got)
	}
	b, err := os.ReadFile(annex)
	if err != nil || !strings.Contains(string(b), "For the facilitator only") || strings.Count(string(b), "\n- 1") < 20 {
		t.Errorf("%v %.300s", err, b)
	}
	doc, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	back, err := document.ReadDOCX(bytes.NewReader(doc), int64(len(doc)))
	if err != nil || back.Pictures != 1 || len(back.Paragraphs) < 5 || len(back.Lists) != 0 || back.Title == "" {
		t.Errorf("%v %+v", err, back)
	}
}

func TestTheListsAndTheChartAreThereWhereTheyAreWanted(t *testing.T) {
	t.Parallel()
	folder := meetingChats + "supervision-role-drift/"
	got := cymar(t, "", nil, "overview", folder+"chat.jsonl", "--meta", folder+"meta.json", "--lists")
	for _, want := range []string{"## Resources requested", "## Resources shared", "## Questions left open", "## Actions"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("%s is missing", want)
		}
	}
	out := filepath.Join(t.TempDir(), "o.docx")
	if got := cymar(t, "", nil, "overview", folder+"chat.jsonl", "--meta", folder+"meta.json", "--no-chart", "-o", out); got.status != 0 {
		t.Fatalf("%+v", got)
	}
	z, err := zip.OpenReader(out)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, ".png") {
			t.Error("there is a chart")
		}
	}
}

func TestWhatTheChatDoesNotTellIsTakenFromTheCommandLine(t *testing.T) {
	t.Parallel()
	got := cymar(t, "", nil, "overview", meetingChats+"supervision-role-drift/raw/zoom-chat.txt", "--title", "Peer Space", "--date", "2026-03-12",
		"--start", "14:00", "--end", "16:00", "--facilitator", "Helen Braithwaite; Tunde Olaleye")
	if got.status != 0 || !strings.HasPrefix(got.out, "# Peer Space: Meeting Chat Overview\n\nThursday 12 March 2026, 14:00 – 16:00 | Zoom\n") {
		t.Errorf("%.200s\n%s", got.out, got.err)
	}
	if strings.Contains(got.err, "You can add") {
		t.Errorf("asked for what was given: %s", got.err)
	}
}

func TestAFaultOnTheCommandLineIsSaidWithWhatToDo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	chat := meetingChats + "supervision-role-drift/chat.jsonl"
	picture := filepath.Join(dir, "photo.png")
	if err := os.WriteFile(picture, []byte("\x89PNG...."), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"a picture":           {[]string{picture}, "photo.png: it is a picture. Copy the chat as text instead"},
		"no such file":        {[]string{filepath.Join(dir, "nothing.txt")}, "nothing.txt: it could not be opened"},
		"an empty folder":     {[]string{t.TempDir()}, "there is nothing in it"},
		"another ending":      {[]string{chat, "-o", "x.pdf"}, "the overview is written as .docx, .html, .md or .json"},
		"messages as a page":  {[]string{chat, "--messages", "-o", "x.html"}, "--messages writes .jsonl"},
		"an annex as JSON":    {[]string{chat, "--annex", "x.json"}, "the annex is written as"},
		"a date as spoken":    {[]string{chat, "--date", "12 March"}, "--date is written as 2026-01-08"},
		"a time as spoken":    {[]string{chat, "--date", "2026-03-12", "--start", "two"}, "--start is written as 14:00"},
		"a time without day":  {[]string{chat, "--end", "16:00"}, "--end needs --date as well"},
		"no such folder":      {[]string{chat, "-o", filepath.Join(dir, "no", "x.md")}, "could not write x.md"},
		"a meta file of else": {[]string{chat, "--meta", picture}, "particulars"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := cymar(t, "", nil, append([]string{"overview"}, c.args...)...)
			if got.status == 0 || !strings.Contains(got.err, c.want) {
				t.Errorf("%+v", got)
			}
			if strings.Contains(got.err, dir) {
				t.Errorf("a path of the machine is shown: %s", got.err)
			}
		})
	}
}

func TestEveryReasonHasWordsForPeople(t *testing.T) {
	t.Parallel()
	for _, why := range []transcript.Reason{
		transcript.Empty, transcript.TooLarge, transcript.Picture, transcript.Document, transcript.Media, transcript.BadArchive, transcript.Bomb, transcript.NotAChat,
		transcript.NoMessages, transcript.Unreadable, transcript.CutOff, transcript.NoName, transcript.BadTime, transcript.BadLine, transcript.BadPath, transcript.Spoken, transcript.OtherDays,
	} {
		if reasonWords[why] == "" {
			t.Errorf("%s has no words", why)
		}
	}
	err := &transcript.Error{Why: transcript.WhichChannel, Channels: []string{"peers", "random"}}
	if got := whyNot(err); got != "the export holds 2 channels. Choose one with --channel: peers, random" {
		t.Error(got)
	}
}

func TestTheReportIsInPlainSentences(t *testing.T) {
	t.Parallel()
	r := transcript.Report{Pieces: []transcript.Piece{{Form: transcript.FormCSV}}, Messages: 1, People: 1, Private: 2, Gaps: 1, More: 3, Foreign: true,
		Faults:  []transcript.Fault{{Piece: "a.csv", Line: 4, Why: transcript.NoName}, {Why: transcript.OtherDays}},
		Guessed: []transcript.Missing{transcript.MissingDate}}
	want := "Read a table: 1 message by 1 person, without times.\n2 messages to one person only left out.\n" +
		"Between 2 pieces nothing is shared with the others: messages may be missing there.\na.csv, line 4: text without a name above it was left out.\n" +
		"the chat: messages weeks away from the meeting were left out.\nAnd 3 more that could not be read.\n" +
		"The year was worked out from the days; check the date, or give it with --date.\nMost of it seems to be in neither English nor Welsh; the overview will miss much of it.\n"
	if got := reportWords(transcript.Transcript{}, r); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestTheTimesToCheckInAreGivenAndNothingElse(t *testing.T) {
	t.Parallel()
	at := func(clock string) themes.Sensitive {
		when, err := time.Parse("15:04", clock)
		if err != nil {
			t.Fatal(err)
		}
		return themes.Sensitive{Level: "A", At: when}
	}
	one, two := themes.Overview{Sensitive: []themes.Sensitive{at("14:37"), {Reason: "name"}}}, themes.Overview{Sensitive: []themes.Sensitive{at("14:37"), at("15:02")}}
	if got := checkInWords(one); got != "1 message may need somebody to check in: 14:37\n" {
		t.Error(got)
	}
	if got := checkInWords(two); got != "2 messages may need somebody to check in: 14:37, 15:02\n" {
		t.Error(got)
	}
	if got := checkInWords(themes.Overview{}); got != "" {
		t.Error(got)
	}
}

func TestTheBarIsDrawnOnATerminalOnly(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	quiet := newProgress(&b, "one", "two")
	quiet.next()
	quiet.stop()
	if b.Len() != 0 {
		t.Errorf("%q", b.String())
	}
	shown := &progress{w: &b, steps: []string{"Reading", "Writing"}}
	shown.next()
	shown.next()
	shown.next()
	shown.stop()
	if got := b.String(); !strings.Contains(got, "████████░░░░░░░░  Reading …") || !strings.Contains(got, "████████████████  Writing …") || !strings.HasSuffix(got, "\r") {
		t.Errorf("%q", got)
	}
}
