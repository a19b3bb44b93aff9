// Package chattest makes transcripts for tests from a few written lines.
package chattest

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"cymar/handlers/meetings/transcript"
)

// Day is the day on which the meetings of tests are held.
var Day = time.Date(2026, time.March, 12, 0, 0, 0, 0, time.UTC)

// Chat reads lines such as
//
//	10:04 Ann Lee >2 +like*3 -: can you share the rota?
//
// that is a time, a display name, perhaps the number of the message it answers,
// reactions, "-" for a withdrawn message, "*" for a program; and the text, in
// which \n breaks a line. Messages are numbered m1, m2 and so on. The meeting
// lasts from the first message's hour to the last message.
func Chat(t testing.TB, lines string) *transcript.Transcript {
	t.Helper()
	tr := &transcript.Transcript{Title: "Peer Support Space: A Test", Date: Day, Platform: transcript.Teams, Zone: "Europe/London", Langs: []string{"en"}}
	for line := range strings.Lines(lines) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		m, err := message(line, len(tr.Messages)+1)
		if err != nil {
			t.Fatalf("line %q: %v", line, err)
		}
		tr.Messages = append(tr.Messages, m)
	}
	if n := len(tr.Messages); n > 0 {
		tr.Start = tr.Messages[0].At.Truncate(time.Hour)
		tr.End = tr.Messages[n-1].At.Add(10 * time.Minute)
	}
	return tr
}

func message(line string, n int) (transcript.Message, error) {
	head, text, ok := strings.Cut(line, ": ")
	if !ok {
		return transcript.Message{}, fmt.Errorf("no text")
	}
	clock, rest, _ := strings.Cut(head, " ")
	at, err := time.Parse("15:04", clock)
	if err != nil {
		return transcript.Message{}, fmt.Errorf("time: %w", err)
	}
	m := transcript.Message{ID: ID(n), Text: strings.ReplaceAll(text, `\n`, "\n")}
	m.At = Day.Add(time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute)
	var name []string
	for f := range strings.FieldsSeq(rest) {
		switch f[0] {
		case '>':
			m.ReplyTo = "m" + f[1:]
		case '+':
			kind, count, _ := strings.Cut(f[1:], "*")
			k, _ := strconv.Atoi(count)
			m.Reactions = append(m.Reactions, transcript.Reaction{Name: kind, Count: max(k, 1)})
		case '-':
			m.Deleted = true
		case '*':
			m.Bot = true
		default:
			name = append(name, f)
		}
	}
	m.Author = strings.Join(name, " ")
	return m, nil
}

// ID gives the identity of the nth message, the first being 1.
func ID(n int) string { return "m" + strconv.Itoa(n) }
