package prose

import (
	"strings"
	"time"

	"cymar/handlers/meetings/transcript"
)

func (w *Writer) title() string {
	t := strings.TrimSpace(w.c.Transcript.Title)
	if t == "" {
		return "Meeting Chat Overview"
	}
	if strings.Contains(t, ":") {
		return t + " – Meeting Chat Overview"
	}
	return t + ": Meeting Chat Overview"
}

func (w *Writer) dateLine() string {
	t := w.c.Transcript
	var parts []string
	if !t.Date.IsZero() {
		parts = append(parts, t.Date.Format("Monday 2 January 2006"))
	}
	if !t.Start.IsZero() && !t.End.IsZero() {
		parts = append(parts, clock(t.Start)+" – "+clock(t.End))
	}
	line := strings.Join(parts, ", ")
	if p := platformName(t.Platform); p != "" {
		if line != "" {
			line += " | "
		}
		line += p
	}
	return line
}

func clock(t time.Time) string { return t.Format("15:04") }

func platformName(p transcript.Platform) string {
	switch p {
	case transcript.Teams:
		return "MS Teams"
	case transcript.Slack:
		return "Slack"
	case transcript.Zoom:
		return "Zoom"
	}
	return ""
}
