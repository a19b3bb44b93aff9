package transcript

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"time"
)

// tableOf writes a chat as a table.
func tableOf(tb testing.TB, all []Message, d rune, crlf bool, heads []string, row func(Message) []string) string {
	tb.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = d, crlf
	if heads != nil {
		if err := w.Write(heads); err != nil {
			tb.Fatal(err)
		}
	}
	for _, m := range all {
		if m.Deleted {
			continue
		}
		if err := w.Write(row(m)); err != nil {
			tb.Fatal(err)
		}
	}
	w.Flush()
	return b.String()
}

func TestATableIsReadWhateverItsColumnsAreCalled(t *testing.T) {
	t.Parallel()
	utc := func(layout string) func(Message) string {
		return func(m Message) string { return m.At.UTC().Format(layout) }
	}
	local := func(layout string) func(Message) string {
		return func(m Message) string { return m.At.Format(layout) }
	}
	cols := func(at func(Message) string) func(Message) []string {
		return func(m Message) []string { return []string{at(m), m.Author, m.Text} }
	}
	for name, render := range map[string]func(tb testing.TB, all []Message) string{
		"commas": func(tb testing.TB, all []Message) string {
			return tableOf(tb, all, ',', false, []string{"Timestamp", "Author", "Message"}, cols(local("02/01/2006 15:04")))
		},
		"a mark, CRLF and times in UTC": func(tb testing.TB, all []Message) string {
			return "\ufeff" + tableOf(tb, all, ',', true, []string{"CreatedDateTime (UTC)", "DisplayName", "Body"}, cols(utc("2006-01-02 15:04:05")))
		},
		"ISO times with Z": func(tb testing.TB, all []Message) string {
			return tableOf(tb, all, ',', true, []string{"Created At", "Sender", "Content"}, cols(utc("2006-01-02T15:04:05Z")))
		},
		"semicolons and other words": func(tb testing.TB, all []Message) string {
			return tableOf(tb, all, ';', false, []string{"Sent", "From", "Text"}, cols(local("2006-01-02 15:04:05")))
		},
		"tabs": func(tb testing.TB, all []Message) string {
			return tableOf(tb, all, '\t', false, []string{"when", "who", "msg"}, cols(local("2 January 2006 15:04")))
		},
		"Welsh headings": func(tb testing.TB, all []Message) string {
			return tableOf(tb, all, ',', false, []string{"Dyddiad", "Amser", "Enw", "Neges"}, func(m Message) []string {
				return []string{m.At.Format("02/01/2006"), m.At.Format("15:04"), m.Author, m.Text}
			})
		},
		"first and last name apart": func(tb testing.TB, all []Message) string {
			return tableOf(tb, all, ',', false, []string{"First name", "Surname", "Message", "Date", "Time"}, func(m Message) []string {
				first, last, _ := strings.Cut(m.Author, " ")
				return []string{first, last, m.Text, m.At.Format("02/01/2006"), m.At.Format("3:04 PM")}
			})
		},
		"other columns between": func(tb testing.TB, all []Message) string {
			return tableOf(tb, all, ',', false, []string{"No.", "Channel", "Posted At", "User ID", "User", "Attachments", "Comment"}, func(m Message) []string {
				return []string{"7", "general", m.At.Format("02/01/2006 15:04:05"), "u1", m.Author, "", m.Text}
			})
		},
		"seconds since 1970": func(tb testing.TB, all []Message) string {
			return tableOf(tb, all, ',', false, []string{"ts", "username", "text"}, cols(func(m Message) string { return fmt.Sprintf("%d.000200", m.At.Unix()) }))
		},
		"newest first": func(tb testing.TB, all []Message) string {
			back := make([]Message, len(all))
			for i, m := range all {
				back[len(all)-1-i] = m
			}
			return tableOf(tb, back, ',', false, []string{"Time", "Name", "Message"}, cols(local("02/01/2006 15:04:05")))
		},
		"no headings": func(tb testing.TB, all []Message) string {
			return tableOf(tb, all, ',', false, nil, cols(local("02/01/2006 15:04:05")))
		},
		"Excel's hint": func(tb testing.TB, all []Message) string {
			return "sep=;\n" + tableOf(tb, all, ';', false, []string{"Date", "Name", "Chat"}, cols(local("02/01/2006 15:04")))
		},
		"a title above": func(tb testing.TB, all []Message) string {
			return "Chat of the meeting\n\n" + tableOf(tb, all, ',', false, []string{"Date", "Name", "Chat"}, cols(local("02/01/2006 15:04")))
		},
	} {
		for _, chatName := range chatNames(t) {
			t.Run(name+"/"+chatName, func(t *testing.T) {
				t.Parallel()
				want := chat(t, chatName)
				got, r, err := Read("chat.csv", strings.NewReader(render(t, want.Messages)), Options{})
				if err != nil {
					t.Fatal(err)
				}
				mustAgree(t, compare(want.Messages, got.Messages), 1, 1, 1)
				if r.Pieces[0].Form != FormCSV || len(r.Faults) > 0 {
					t.Errorf("%+v %+v", r.Pieces, r.Faults)
				}
				inOrder(t, got.Messages)
			})
		}
	}
}

func TestWhatATableSaysBesideTheWordsIsKept(t *testing.T) {
	t.Parallel()
	text := "Id,Timestamp,Author,Message,Reactions,Reply to,Deleted,Edited\n" +
		"a1,2026-03-12 14:00,Ann,\"two\nlines\",like x4; heart x2,,,\n" +
		"a2,2026-03-12 14:01,Bob,yes,👍 3,a1,no,\n" +
		"a3,2026-03-12 14:02,Cat,secret,,,yes,\n" +
		"a4,2026-03-12 14:03,Dee,This message has been deleted.,,,,\n"
	got, r, err := Read("x.csv", strings.NewReader(text), Options{})
	if err != nil || len(got.Messages) != 4 {
		t.Fatalf("%v %+v", err, got.Messages)
	}
	m := got.Messages
	if m[0].Text != "two\nlines" || len(m[0].Reactions) != 2 || m[0].Reactions[1] != (Reaction{"like", 4}) {
		t.Errorf("%+v", m[0])
	}
	if m[1].ReplyTo != m[0].ID || m[1].Reactions[0] != (Reaction{"like", 3}) {
		t.Errorf("%+v", m[1])
	}
	if !m[2].Deleted || m[2].Text != "" || !m[3].Deleted || r.Deleted != 2 || r.Messages != 2 {
		t.Errorf("%+v %+v", m[2], m[3])
	}
}

func TestARowThatIsNoMessageIsSaidByItsLine(t *testing.T) {
	t.Parallel()
	text := "Time,Name,Message\n12/03/2026 14:00,Ann,\"one\nmore\"\n12/03/2026 14:01,,no name\n99/99/2026 14:02,Bob,bad time\n,,\n12/03/2026 14:04,Dee,last\n"
	got, r, err := Read("x.csv", strings.NewReader(text), Options{})
	if err != nil || len(got.Messages) != 3 {
		t.Fatalf("%v %+v", err, got.Messages)
	}
	want := []Fault{{"x.csv", 4, NoName}, {"x.csv", 5, BadTime}}
	if fmt.Sprint(r.Faults) != fmt.Sprint(want) {
		t.Errorf("%+v", r.Faults)
	}
	if got.Messages[1].At != got.Messages[0].At || r.Untimed != 1 {
		t.Errorf("a message without a time is at %v", got.Messages[1].At)
	}
}

func TestAQuotationMarkThatNobodyClosedLosesNoRow(t *testing.T) {
	t.Parallel()
	text := "Time,Name,Message\n12/03/2026 14:00,Ann,\"she said no\n12/03/2026 14:01,Bob,ok\n12/03/2026 14:02,Cat,fine\n12/03/2026 14:03,Dee,\"last, then\"\n"
	got, _, err := Read("x.csv", strings.NewReader(text), Options{})
	if err != nil || len(got.Messages) != 4 {
		t.Fatalf("%v %+v", err, got.Messages)
	}
	if got.Messages[0].Text != "she said no" || got.Messages[1].Author != "Bob" {
		t.Errorf("%+v", got.Messages)
	}
}

func TestATableThatWasCutOffIsReadAsFarAsItGoes(t *testing.T) {
	t.Parallel()
	want := chat(t, "supervision-role-drift")
	text := tableOf(t, want.Messages, ',', false, []string{"Time", "Name", "Message"}, func(m Message) []string {
		return []string{m.At.Format(time.RFC3339), m.Author, m.Text}
	})
	got, _, err := Read("x.csv", strings.NewReader(text[:len(text)*2/3]), Options{})
	if err != nil || len(got.Messages) < 90 {
		t.Errorf("%v, %d messages", err, len(got.Messages))
	}
}

func TestATextWithCommasIsNoTable(t *testing.T) {
	t.Parallel()
	text := "Ann Lee, 14:01\nfirst, then, last\n\nBob Ray, 14:02\nname, message, time\n\nCat Orr, 14:03\nok, fine, then\n"
	got, r, err := Read("x.txt", strings.NewReader(text), Options{})
	if err != nil || r.Pieces[0].Form != FormTeams || len(got.Messages) != 3 {
		t.Errorf("%v %+v %+v", err, r.Pieces, got.Messages)
	}
}

func TestColumnsAreKnownByTheirNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]role{
		"Time": roleTime, "time (UTC)": roleTime, "Date/Time": roleWhen, "Display Name": roleAuthor, "display_name": roleAuthor, "Message Text": roleText,
		"NEGES": roleText, "Enw": roleAuthor, "Reply to": roleReply, "reply_to": roleReply, "Reactions": roleReactions, "": roleNone, "Colour": roleNone, "Is deleted": roleDeleted,
	} {
		if got, _ := roleOf(name); got != want {
			t.Errorf("%q is %d, want %d", name, got, want)
		}
	}
	if _, utc := roleOf("Time (UTC)"); !utc {
		t.Error("UTC is not seen")
	}
}
