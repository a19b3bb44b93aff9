package transcript

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

const maxLine = 4 << 20 // bytes in one line of JSON Lines

type jsonMessage struct {
	ID        string         `json:"id"`
	TS        string         `json:"ts"`
	Author    string         `json:"author"`
	Text      string         `json:"text"`
	ReplyTo   string         `json:"reply_to,omitempty"`
	Reactions map[string]int `json:"reactions,omitempty"`
	Edited    string         `json:"edited,omitempty"`
	Deleted   bool           `json:"deleted,omitempty"`
	Bot       bool           `json:"bot,omitempty"`
	Links     []string       `json:"links,omitempty"`
}

// ReadJSONL reads one message a line. The meeting's title and times are not in
// that form: see ReadMeta. A line that cannot be read is an error that names it.
func ReadJSONL(r io.Reader) (Transcript, error) {
	var t Transcript
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 0, 64<<10), maxLine)
	for n := 1; sc.Scan(); n++ {
		line := bytes.TrimSpace(bytes.TrimPrefix(sc.Bytes(), []byte("\ufeff")))
		if len(line) == 0 {
			continue
		}
		m, err := readMessage(line)
		if err != nil {
			return t, fmt.Errorf("line %d: %w", n, err)
		}
		t.Messages = append(t.Messages, m)
	}
	if err := sc.Err(); err != nil {
		return t, fmt.Errorf("reading messages: %w", err)
	}
	return t, nil
}

func readMessage(line []byte) (Message, error) {
	var j jsonMessage
	if err := json.Unmarshal(line, &j); err != nil {
		return Message{}, fmt.Errorf("not a message: %w", err)
	}
	at, err := readTime(j.TS)
	if err != nil {
		return Message{}, fmt.Errorf("time: %w", err)
	}
	m := Message{ID: j.ID, At: at, Author: j.Author, Text: j.Text, ReplyTo: j.ReplyTo, Deleted: j.Deleted, Bot: j.Bot, Links: j.Links}
	for name, n := range j.Reactions {
		m.Reactions = append(m.Reactions, Reaction{Name: name, Count: n})
	}
	slices.SortFunc(m.Reactions, func(a, b Reaction) int { return strings.Compare(a.Name, b.Name) })
	if j.Edited != "" {
		if m.Edited, err = time.Parse(time.RFC3339, j.Edited); err != nil {
			return Message{}, fmt.Errorf("time of edit: %w", err)
		}
	}
	return m, nil
}

// ReadMeta fills in the meeting's title, times, place and languages from the
// JSON object that stands beside the messages.
func (t *Transcript) ReadMeta(r io.Reader) error {
	var j struct {
		Title, Date, Start, End, Platform, Timezone, Lang, Channel string
		Facilitators                                               []string
	}
	if err := json.NewDecoder(r).Decode(&j); err != nil {
		return fmt.Errorf("reading the meeting's particulars: %w", err)
	}
	zone := time.UTC
	if j.Timezone != "" {
		var err error
		if zone, err = time.LoadLocation(j.Timezone); err != nil {
			return fmt.Errorf("time zone: %w", err)
		}
	}
	t.Title, t.Platform, t.Zone, t.Channel = j.Title, Platform(j.Platform), j.Timezone, j.Channel
	t.Facilitators = j.Facilitators
	t.Langs = strings.FieldsFunc(j.Lang, func(r rune) bool { return r == ',' || r == ' ' })
	var err error
	if t.Date, err = parseIn("2006-01-02", j.Date, zone); err != nil {
		return fmt.Errorf("date: %w", err)
	}
	if t.Start, err = parseIn("2006-01-02 15:04", dateAndClock(j.Date, j.Start), zone); err != nil {
		return fmt.Errorf("start: %w", err)
	}
	if t.End, err = parseIn("2006-01-02 15:04", dateAndClock(j.Date, j.End), zone); err != nil {
		return fmt.Errorf("end: %w", err)
	}
	return nil
}

// timeUndated is how a time is written whose day is not known: on a day of the
// year 1, without a zone (see Message.At).
const timeUndated = "2006-01-02T15:04:05"

func readTime(s string) (time.Time, error) {
	if t, err := time.Parse(timeUndated, s); err == nil && t.Year() == 1 || s == "" {
		return t, nil
	}
	return time.Parse(time.RFC3339, s)
}

func writeTime(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.Year() == 1:
		return t.Format(timeUndated)
	}
	return t.Format(time.RFC3339)
}

// WriteJSONL writes one message a line, as ReadJSONL reads them. Deleted
// messages are left out, because nothing of them is kept.
func (t Transcript) WriteJSONL(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, m := range t.Messages {
		if m.Deleted {
			continue
		}
		if err := enc.Encode(lineOf(m)); err != nil {
			return fmt.Errorf("writing messages: %w", err)
		}
	}
	return nil
}

func lineOf(m Message) jsonMessage {
	j := jsonMessage{ID: m.ID, TS: writeTime(m.At), Author: m.Author, Text: m.Text, ReplyTo: m.ReplyTo,
		Edited: writeTime(m.Edited), Bot: m.Bot, Links: m.Links}
	for _, r := range m.Reactions {
		if j.Reactions == nil {
			j.Reactions = map[string]int{}
		}
		j.Reactions[r.Name] += r.Count
	}
	return j
}

func dateAndClock(date, clock string) string {
	if date == "" || clock == "" {
		return ""
	}
	return date + " " + clock
}

func parseIn(layout, s string, zone *time.Location) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.ParseInLocation(layout, s, zone)
}
