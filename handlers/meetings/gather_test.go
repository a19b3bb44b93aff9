package meetings_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"
	"time"

	"cymar/bot"
	"cymar/bot/bottest"
)

const pieces = "crisis-alternatives-national/raw/teams-pieces/"

func TestAChatThatWasCopiedInPiecesIsJoinedAndDrawn(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	has(t, sc.says(lead, chat(t, pieces+"1.txt")), "text copied from Teams", "49 messages", "not known", "Were people told")
	sc.says(lead, chat(t, pieces+"2.txt"))
	sc.drops(lead, "3.txt", chat(t, pieces+"3.txt"))
	has(t, sc.drops(lead, "4.txt", chat(t, pieces+"4.txt")), "174 messages", "kept once")
	sc.says(lead, "overview name Crisis alternatives")
	sc.says(lead, "overview date 21 October 2026")
	has(t, sc.says(lead, "overview times 1.30pm to 3.30pm"), "13:30", "15:30", "2026-10-21", "Crisis alternatives")
	sc.says(lead, "overview told yes")
	out := sc.says(lead, "overview draw")
	has(t, out, "The draft is ready", "messages by 5", "Crisis alternatives", "Wednesday 21 October 2026", "1. ", "Opening", "Closing", "Evidence")
}

func TestPiecesStillJoinWhenTheGuardHeldSomethingBack(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	secret := "I want to die and nobody in the zebrafinch meeting knows it"
	var texts []string
	for _, n := range []string{"1", "2", "3", "4"} {
		text := chat(t, pieces+n+".txt")
		lines := strings.Split(text, "\n")
		for i, line := range lines { // one message, wherever it was copied or quoted
			if strings.Contains(line, "Could we hear") || n == "2" && i == len(lines)-1 {
				lines[i] = secret
			}
		}
		texts = append(texts, strings.Join(lines, "\n"))
	}
	out := ""
	for _, text := range texts {
		out = sc.says(lead, text)
	}
	has(t, out, "kept once")
	hasNot(t, out, "share nothing", "shares nothing")
	if everything := dump(t, sc); strings.Contains(everything, "zebrafinch") {
		t.Error("what was held back is kept")
	}
}

func TestAMessageHeldBackLeavesNothingBehindInAnyForm(t *testing.T) {
	t.Parallel()
	const secret = "Honestly I want to die, the zebrafinch told me so yesterday"
	for name, body := range map[string]string{
		"brackets.txt": "[14:01] Ann Pritchard\n    we need more supervision in every team\n[14:02] Ben Okafor\n    " + secret + "\n[14:03] Cai Morgan\n    so do we, supervision is monthly at best\n",
		"zoom.txt":     "14:01:00 From Ann Pritchard to Everyone:\n\twe need more supervision\n14:02:00 From Ben Okafor to Everyone:\n\t" + secret + "\n14:03:00 From Cai Morgan to Everyone:\n\tReplying to \"Honestly I want to die, the zebraf...\"\n\n\tsupervision is monthly at best\n",
		"chat.csv":     "time,name,message\n2026-01-08 14:01,Ann Pritchard,we need more supervision\n2026-01-08 14:02,Ben Okafor,\"" + secret + "\"\n2026-01-08 14:03,Cai Morgan,supervision is monthly\n",
		"chat.jsonl":   `{"id":"1","ts":"2026-01-08T14:01:00Z","author":"Ann","text":"we need supervision"}` + "\n" + `{"id":"2","ts":"2026-01-08T14:02:00Z","author":"Ben","text":"` + secret + `"}` + "\n" + `{"id":"3","ts":"2026-01-08T14:03:00Z","author":"Cai","text":"so do we"}` + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sc := newScene(t)
			out := sc.drops(lead, name, body)
			has(t, out, "3 messages", "1 message may need somebody to check in: 14:02")
			hasNot(t, out, "zebrafinch", "Ben Okafor")
			if everything := dump(t, sc); strings.Contains(everything, "zebrafinch") {
				t.Error("what was held back is kept")
			}
			hasNot(t, sc.says(lead, "overview draw"), "zebrafinch", "check in")
			if got := sc.kept(); strings.Contains(got, "held back") || strings.Contains(got, "zebrafinch") {
				t.Errorf("kept %q", got)
			}
		})
	}
}

func TestWhatTheFacilitatorSaysOfThemselvesIsNotTakenForAChat(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	for name, text := range map[string]string{
		"distress with times": "14:00 I sat down\n14:05 I want to die\n14:10: nobody answered: not one",
		"a cry above a chat":  "I want to die, please help me\n\n[14:01] Ann Pritchard\n    one thing\n[14:02] Ben Okafor\n    another thing\n[14:03] Cai Morgan\n    a third\n",
	} {
		if got := sc.says(lead, text); !strings.Contains(got, "urgent help") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestOnlyThoseWhoMayCollectAreReadTo(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	if got := sc.drops(ann, "1.txt", chat(t, pieces+"1.txt")); got != "" {
		t.Errorf("said %q", got)
	}
	hasNot(t, sc.says(ann, chat(t, pieces+"1.txt")), "copied from Teams")
}

func TestWhatIsMissingCanBeFilledInByAForm(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.says(lead, chat(t, pieces+"1.txt"))
	has(t, sc.presses(lead, "fill", ""), "form: About the meeting")
	submit := func(fields map[string]string) (*bot.Now, string) {
		now, sent := sc.Do(lead, bottest.Direct(lead), bot.Submitted{Form: "meetings.facts", Fields: fields})
		return now, sc.text(sent)
	}
	now, _ := submit(map[string]string{"date": "32/13/2026", "start": "half past", "end": "12:00"})
	if now == nil || now.FieldErrors["date"] == "" || now.FieldErrors["start"] == "" {
		t.Errorf("answered %+v", now)
	}
	now, _ = submit(map[string]string{"start": "14:00", "end": "13:00"})
	if now == nil || now.FieldErrors["end"] == "" {
		t.Errorf("answered %+v", now)
	}
	_, out := submit(map[string]string{"name": "Crisis", "date": "2026-10-21", "start": "13:30", "end": "15:30", "facilitator": "Lowri Hughes", "without": "Ann; Ben", "told": "no"})
	has(t, out, "Crisis", "2026-10-21", "13:30", "Lowri Hughes", "Ann; Ben", "not told yet")
}

func TestDatesAndTimesAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.says(lead, chat(t, pieces+"1.txt"))
	for said, want := range map[string]string{
		"date 8 January 2026": "2026-01-08", "date 8/1/2026": "2026-01-08", "date 2026-01-08": "2026-01-08", "date 8 Ionawr 2026": "2026-01-08",
		"date Thursday 8 January": "2026-01-08", "times 14:00 to 16:00": "16:00", "times 2pm – 4pm": "14:00", "times 2.30 pm": "14:30",
	} {
		has(t, sc.says(lead, "overview "+said), want)
	}
	for _, said := range []string{"date", "date someday", "date 31/02/2026", "date 8", "times", "times 5", "times 16:00 to 14:00", "times a b c", "date 8/1/1826"} {
		has(t, sc.says(lead, "overview "+said), "I cannot read")
	}
}

func TestBadFilesGetAClearSentenceAndLoseNothing(t *testing.T) {
	t.Parallel()
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	w, err := z.Create("chat.txt")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(bytes.Repeat([]byte{'a'}, 80<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	sc := newScene(t)
	sc.says(lead, chat(t, pieces+"1.txt"))
	before := dump(t, sc)
	for name, c := range map[string]struct{ body, want string }{
		"empty.txt":   {"", "nothing in it"},
		"photo.png":   {"\x89PNG\r\n\x1a\n0000000000000000", "picture"},
		"report.pdf":  {"%PDF-1.7 0000000000000000", "document"},
		"prose.txt":   {strings.Repeat("Just prose without any names. ", 30), "no names and times"},
		"bomb.zip":    {bomb.String(), "drop only"},
		"broken.docx": {"PK\x03\x04 nothing", "no draft yet"},
		"broken.zip":  {"PK\x03\x04 nothing", "open the archive"},
		"notes.json":  {"{]", "I found no names and times"},
	} {
		got := sc.drops(lead, name, c.body)
		has(t, got, c.want)
		hasNot(t, got, "sorry", "Sorry")
	}
	if after := dump(t, sc); !strings.Contains(after, strings.Split(before, "\n")[0]) {
		t.Error("a bad file took something away")
	}
	has(t, sc.says(lead, "overview"), "49 messages")
	_, sent := sc.Do(lead, bottest.Direct(lead), bot.Uploaded{File: bot.FileRef{Name: "huge.txt", Size: 200 << 20}})
	has(t, sc.text(sent), "larger than 32 MB")
	_, sent = sc.Do(lead, bottest.Direct(lead), bot.Uploaded{File: bot.FileRef{Name: "gone.txt", Route: "gone"}})
	has(t, sc.text(sent), "could not open the file")
}

func TestAListOfPeopleIsLeftToAnotherJob(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	if got := sc.drops(lead, "roster.csv", "name,kind,every\nAnn,peer,4 weeks\n"); got != "" {
		t.Errorf("said %q", got)
	}
	if sc.handler.IsChat([]byte("name,kind,every\nAnn,peer,4 weeks\n")) || !sc.handler.IsChat([]byte(chat(t, "supervision-role-drift/raw/chat.csv"))) {
		t.Error("a list is a chat, or a chat is none")
	}
	has(t, sc.drops(lead, "chat.csv", chat(t, "supervision-role-drift/raw/chat.csv")), "a table")
}

func TestEveryFormOfAChatCanBeDropped(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"teams-brackets.txt", "teams-name-comma-time.txt", "teams-new-layout.txt", "teams-select-all.txt", "transcript.vtt", "zoom-chat.txt"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			sc := newScene(t)
			has(t, sc.drops(lead, path, chat(t, "supervision-role-drift/raw/"+path)), "The chat so far", "messages by")
			has(t, sc.says(lead, "overview draw"), "The draft is ready")
		})
	}
}

func TestAChatOfNothingButGreetingsHasNoThemes(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"greetings":      "[14:01] Ann\n    hello all\n[14:02] Ben\n    hi everyone\n[14:03] Cai\n    bore da\n",
		"one person":     "[14:01] Ann\n    first point about supervision\n[14:02] Ann\n    second point about pay\n[14:03] Ann\n    third\n",
		"three messages": "[14:01] Ann\n    supervision\n[14:02] Ben\n    pay\n[14:03] Cai\n    bands\n",
	} {
		sc := newScene(t)
		sc.drops(lead, name+".txt", body)
		out := sc.says(lead, "overview draw")
		if !strings.Contains(out, "no themes") && !strings.Contains(out, "draft is ready") {
			t.Errorf("%s: %s", name, out)
		}
		hasNot(t, out, "sorry")
	}
}

func TestAnotherPieceCanBeAddedAfterTheDraft(t *testing.T) {
	t.Parallel()
	sc := newScene(t)
	sc.says(lead, chat(t, pieces+"1.txt"))
	sc.says(lead, "overview draw")
	has(t, sc.says(lead, "overview more"), "other pieces")
	has(t, sc.says(lead, chat(t, pieces+"2.txt")), "kept once")
	has(t, sc.says(lead, "overview draw"), "The draft is ready")
	sc.Clock.Advance(25 * time.Hour)
	sc.says(lead, "overview more")
	has(t, sc.says(lead, chat(t, pieces+"4.txt")), "messages by")
}
