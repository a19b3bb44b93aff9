package transcript

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const smallChat = `Peer Support Space: Supervision
Thursday 12 March 2026

Ann Lee, 13:58
Bore da a chroeso i bawb, mae'n braf eich gweld chi

Bob Ray, 14:01
hello everybody, it is good to be here and to see you

Ann Lee, 14:02
we will start with what supervision is for
`

func TestTheReportSaysWhatWasReadAndWhatIsMissing(t *testing.T) {
	t.Parallel()
	got, r, err := Read("a chat.txt", strings.NewReader(smallChat), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Title != "Peer Support Space: Supervision" || got.Date.Format(time.DateOnly) != "2026-03-12" || got.Platform != Teams || got.Zone != "Europe/London" {
		t.Errorf("%+v", got)
	}
	if r.Messages != 3 || r.People != 2 || r.First.Format("15:04") != "13:58" || r.Last.Format("15:04") != "14:02" {
		t.Errorf("%+v", r)
	}
	if p := r.Pieces[0]; p != (Piece{Name: "a chat.txt", Form: FormTeams, Encoding: "utf-8", Messages: 3}) {
		t.Errorf("%+v", p)
	}
	if fmt.Sprint(r.Missing) != "[start end facilitator]" || len(r.Guessed) != 0 {
		t.Errorf("missing %v guessed %v", r.Missing, r.Guessed)
	}
}

func TestWhatIsKnownWinsOverWhatTheFormSays(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
	known := Transcript{Title: "Another", Date: day, Start: day.Add(14 * time.Hour), End: day.Add(16 * time.Hour), Facilitators: []string{"Ann Lee"}, Langs: []string{"cy"}, Zone: "UTC", Platform: Zoom}
	got, r, err := Read("x", strings.NewReader(smallChat), Options{Known: known})
	if err != nil {
		t.Fatal(err)
	}
	if got.Title != "Another" || got.Platform != Zoom || got.Zone != "UTC" || got.Langs[0] != "cy" || len(r.Missing) != 0 || len(got.Messages) != 3 {
		t.Errorf("%+v %+v", got, r.Missing)
	}
}

func TestADayThatIsGivenDatesAChatWithoutOne(t *testing.T) {
	t.Parallel()
	text := "23:50:00 From Ann to Everyone:\n\tnearly midnight\n00:10:00 From Bob to Everyone:\n\tpast it now\n00:20:00 From Ann to Everyone:\n\tand later\n"
	undated, r, err := Read("x", strings.NewReader(text), Options{})
	if err != nil || !undated.Date.IsZero() || r.Missing[1] != MissingDate {
		t.Fatalf("%v %+v %v", err, undated.Date, r.Missing)
	}
	if d := undated.Messages[1].At.Sub(undated.Messages[0].At); d != 20*time.Minute {
		t.Errorf("midnight takes %v", d)
	}
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 7, 2, 0, 0, 0, 0, zone)
	got, _, err := Read("x", strings.NewReader(text), Options{Known: Transcript{Date: day}})
	if err != nil {
		t.Fatal(err)
	}
	if at := got.Messages[2].At; at.Format(time.RFC3339) != "2026-07-02T00:20:00+01:00" {
		t.Errorf("the busiest day is %v", at)
	}
	if at := got.Messages[0].At; at.Format(time.RFC3339) != "2026-07-01T23:50:00+01:00" {
		t.Errorf("the evening before is %v", at)
	}
}

func TestTheYearThatADateLacksIsFoundAndSaid(t *testing.T) {
	t.Parallel()
	text := "Thursday 12 March\n\nAnn Lee\n14:01\nhello\n\nBob Ray\n14:02\nyes\n"
	got, r, err := Read("x", strings.NewReader(text), Options{Now: laterThatYear})
	if err != nil || got.Date.Year() != 2026 || fmt.Sprint(r.Guessed) != "[date]" {
		t.Errorf("%v %v %v", err, got.Date, r.Guessed)
	}
	// Elsewhere the year stands beside the same day: nothing is guessed.
	quoted := strings.Replace(text, "14:02\n", "14:02\nAnn Lee\n12/03/2020 14:01\nhello\n", 1)
	got, r, err = Read("x", strings.NewReader(quoted), Options{Now: laterThatYear})
	if err != nil || got.Date.Year() != 2020 || len(r.Guessed) != 0 {
		t.Errorf("%v %v %v", err, got.Date, r.Guessed)
	}
	// Without a now the year is asked for, and the order holds.
	got, r, err = Read("x", strings.NewReader(text), Options{})
	if err != nil || !got.Date.IsZero() || got.Messages[0].At.Year() != 1 || r.Missing[1] != MissingDate {
		t.Errorf("%v %v %v", err, got.Date, r.Missing)
	}
}

func TestTheOrderOfDayAndMonthIsFoundFromTheRest(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"British":              {"[05/03/2026 14:03] Ann\na\n\n[05/03/2026 14:04] Bob\nb\n", "2026-03-05"},
		"American":             {"[3/5/2026 2:03 PM] Ann\na\n\n[3/5/2026 2:04 PM] Bob\nb\n", "2026-03-05"},
		"a number over twelve": {"[03/05/2026 14:03] Ann\na\n\n[03/13/2026 14:04] Bob\nb\n\n[03/05/2026 14:05] Ann\nc\n", "2026-03-05"},
		"a date in words":      {"Thursday 5 March\n\nAnn\n03/05/2026 14:03\na\n\nBob\n03/05/2026 14:04\nb\n", "2026-03-05"},
		"the shorter meeting":  {"[05/03/2026 14:03] Ann\na\n\n[06/03/2026 14:04] Bob\nb\n\n[05/03/2026 14:05] Cat\nc\n", "2026-03-05"},
	} {
		got, _, err := Read("x", strings.NewReader(c.text), Options{Now: laterThatYear})
		if err != nil || got.Date.Format(time.DateOnly) != c.want {
			t.Errorf("%s: %v %v", name, err, got.Date)
		}
	}
}

func TestDaysWithoutADateKeepTheirOrder(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"yesterday and today": "[Yesterday 14:03] Ann\na\n\n[Yesterday 15:04] Bob\nb\n\n[Today 09:05] Ann\nc\n",
		"weekdays":            "[Thursday 14:03] Ann\na\n\n[Thursday 15:04] Bob\nb\n\n[Friday 15:05] Ann\nc\n",
		"Welsh":               "[Ddoe 14:03] Ann\na\n\n[Ddoe 15:04] Bob\nb\n\n[Heddiw 09:05] Ann\nc\n",
	} {
		got, _, err := Read("x", strings.NewReader(text), Options{Now: laterThatYear})
		if err != nil || len(got.Messages) != 3 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		m := got.Messages
		if m[2].At.Day() != m[0].At.Day()+1 || m[1].At.Day() != m[0].At.Day() || m[0].At.Year() != 1 {
			t.Errorf("%s: %v %v %v", name, m[0].At, m[1].At, m[2].At)
		}
	}
}

func TestMessagesBeforeTheFirstDateAreDatedFromIt(t *testing.T) {
	t.Parallel()
	text := "[15:58] Ann\na\n\n[16:03] Bob\nb\n\n[13/03/2026 09:12] Cat\nc\n\n[09:20] Ann\nd\n"
	got, _, err := Read("x", strings.NewReader(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var days []int
	for _, m := range got.Messages {
		days = append(days, m.At.Day())
	}
	if fmt.Sprint(days) != "[12 12 13 13]" {
		t.Errorf("%v", days)
	}
}

func TestTheLanguagesOfAChatAreFound(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"gogledd-rural-bilingual": "[en cy]", "supervision-role-drift": "[en]", "perinatal-sharing-and-boundaries": "[en]"} {
		if got := languages(chat(t, name).Messages); fmt.Sprint(got) != want {
			t.Errorf("%s is in %v", name, got)
		}
	}
}

func TestFaultsBeyondTheFirst200AreCounted(t *testing.T) {
	t.Parallel()
	var r Report
	for i := range 250 {
		r.fault("x", i, BadLine)
	}
	if len(r.Faults) != 200 || r.More != 50 {
		t.Errorf("%d and %d more", len(r.Faults), r.More)
	}
}

func TestAnErrorNamesTheFileAndTheReasonOnly(t *testing.T) {
	t.Parallel()
	err := &Error{Piece: "a.txt", Why: NotAChat, Err: fmt.Errorf("secret words")}
	if got := err.Error(); got != "reading a.txt: not_a_chat" {
		t.Error(got)
	}
	if got := (&Error{Why: Empty}).Error(); got != "reading the chat: empty" {
		t.Error(got)
	}
}

func TestNumbersInNamesAreOrderedAsPeopleCount(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{{"2.txt", "10.txt", -1}, {"a2b10", "a2b9", 1}, {"a", "a", 0}, {"a", "ab", -1}, {"messages-1.json", "messages-1.json", 0}, {"x/9", "x/10", -1}} {
		if got := naturally(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: %d", c.a, c.b, got)
		}
	}
}

func TestWhatIsWrittenIsReadBackTheSame(t *testing.T) {
	t.Parallel()
	for _, name := range chatNames(t) {
		want := chat(t, name)
		var b strings.Builder
		if err := want.WriteJSONL(&b); err != nil {
			t.Fatal(err)
		}
		got, r, err := Read("x.jsonl", strings.NewReader(b.String()), Options{})
		if err != nil || r.Pieces[0].Form != FormJSONL {
			t.Fatalf("%v %+v", err, r.Pieces)
		}
		mustAgree(t, compare(want.Messages, got.Messages), 1, 1, 1)
		ids := byID(want.Messages)
		for _, m := range got.Messages {
			if ids[m.ID].Author != m.Author {
				t.Fatalf("%s: %s is another message", name, m.ID)
			}
			if w := ids[m.ID]; w.ReplyTo != m.ReplyTo && !ids[w.ReplyTo].Deleted {
				t.Errorf("%s: %s answers %q, not %q", name, m.ID, m.ReplyTo, w.ReplyTo)
			}
		}
	}
}

func TestAWriterThatFailsIsSaid(t *testing.T) {
	t.Parallel()
	if err := chat(t, "supervision-role-drift").WriteJSONL(brokenWriter{}); err == nil {
		t.Error("nothing was said")
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, fmt.Errorf("disk full") }
