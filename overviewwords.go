package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"cymar/handlers/meetings/themes"
	"cymar/handlers/meetings/transcript"
)

// formNames are what the forms are called in the terminal.
var formNames = map[transcript.Form]string{
	transcript.FormJSONL: "JSON Lines", transcript.FormTeams: "text copied from Teams", transcript.FormGraph: "Teams messages from Microsoft Graph",
	transcript.FormSlack: "a Slack export", transcript.FormSlackWin: "text copied from Slack", transcript.FormZoom: "a Zoom chat",
	transcript.FormCSV: "a table", transcript.FormVTT: "a transcript of what was said", transcript.FormLog: "a chat log",
}

// why people's files are not read, and what to do.
var reasonWords = map[transcript.Reason]string{
	transcript.Empty: "there is nothing in it. Copy the chat again and save it as text", transcript.TooLarge: "it is too large; up to 64 MB and a million lines are read. Cut it to the day of the meeting",
	transcript.Picture: "it is a picture. Copy the chat as text instead", transcript.Document: "it is a document, not a chat. Save the chat as plain text and try that",
	transcript.Media: "it is a recording. Use the chat, or the transcript as .vtt", transcript.BadArchive: "the archive cannot be opened. Unpack it and give the folder",
	transcript.Bomb: "it unpacks to more than is read. Unpack it and give the channel's folder", transcript.NotAChat: "no names and times were found in it. Copy the chat with the names and times of the messages",
	transcript.NoMessages: "there are no messages in it", transcript.Unreadable: "it could not be opened",
	transcript.CutOff: "it ends in the middle; what comes before was read", transcript.NoName: "text without a name above it was left out",
	transcript.BadTime: "the time could not be read", transcript.BadLine: "it is not in the form of the others and was left out",
	transcript.BadPath: "its path leads outside the archive; it was not read", transcript.Spoken: "a transcript of speech beside a chat was left out",
	transcript.OtherDays: "messages weeks away from the meeting were left out",
}

// whyNot says why nothing was read, and what to do about it.
func whyNot(err error) string {
	var e *transcript.Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	if e.Why == transcript.WhichChannel {
		return fmt.Sprintf("the export holds %d channels. Choose one with --channel: %s", len(e.Channels), strings.Join(e.Channels, ", "))
	}
	name := e.Piece
	if name == "" {
		name = "the chat"
	}
	return name + ": " + reasonWords[e.Why]
}

// reportWords says what was read, what was not, and what is missing.
func reportWords(t transcript.Transcript, r transcript.Report) string {
	var b strings.Builder
	form := formNames[r.Pieces[0].Form]
	if n := len(r.Pieces); n > 1 {
		form += fmt.Sprintf(" in %d pieces", n)
	}
	fmt.Fprintf(&b, "Read %s: %s by %s%s.\n", form, count(r.Messages, "message"), people(r.People), fromTo(r))
	for _, x := range []struct {
		n    int
		what string
	}{
		{r.Repeated, "that stood in two pieces kept once"}, {r.Deleted, "deleted by their authors left out"}, {r.Private, "to one person only left out"},
	} {
		if x.n > 0 {
			fmt.Fprintf(&b, "%s %s.\n", count(x.n, "message"), x.what)
		}
	}
	if r.Gaps > 0 {
		fmt.Fprintf(&b, "Between %s nothing is shared with the others: messages may be missing there.\n", count(r.Gaps+1, "piece"))
	}
	for _, f := range r.Faults {
		b.WriteString(faultWords(f))
	}
	if r.More > 0 {
		fmt.Fprintf(&b, "And %d more that could not be read.\n", r.More)
	}
	return b.String() + missingWords(r) + foreignWords(r)
}

func foreignWords(r transcript.Report) string {
	if !r.Foreign {
		return ""
	}
	return "Most of it seems to be in neither English nor Welsh; the overview will miss much of it.\n"
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

func fromTo(r transcript.Report) string {
	a, z := r.First, r.Last
	switch {
	case a.IsZero() && z.IsZero():
		return ", without times"
	case z.Year() < 1970:
		return fmt.Sprintf(", from %s to %s on a day that the chat does not tell", a.Format("15:04"), z.Format("15:04"))
	case a.Format(time.DateOnly) == z.Format(time.DateOnly):
		return fmt.Sprintf(", from %s to %s on %s", a.Format("15:04"), z.Format("15:04"), a.Format("2 January 2006"))
	}
	return fmt.Sprintf(", from %s to %s", a.Format("15:04 on 2 January 2006"), z.Format("15:04 on 2 January 2006"))
}

func faultWords(f transcript.Fault) string {
	where := firstOf(f.Piece, "the chat")
	if f.Line > 0 {
		where += fmt.Sprintf(", line %d", f.Line)
	}
	return where + ": " + reasonWords[f.Why] + ".\n"
}

// missingWords asks for what the chat does not tell.
func missingWords(r transcript.Report) string {
	flags := map[transcript.Missing]string{
		transcript.MissingTitle: "--title", transcript.MissingDate: "--date", transcript.MissingStart: "--start",
		transcript.MissingEnd: "--end", transcript.MissingFacilitator: "--facilitator",
	}
	var b strings.Builder
	if len(r.Missing) > 0 {
		var all []string
		for _, m := range r.Missing {
			all = append(all, flags[m])
		}
		fmt.Fprintf(&b, "The chat does not tell everything. You can add: %s.\n", strings.Join(all, " "))
	}
	if len(r.Guessed) > 0 {
		b.WriteString("The year was worked out from the days; check the date, or give it with --date.\n")
	}
	return b.String()
}

// checkInWords tells the facilitator when somebody may need a word: the times
// and nothing else.
func checkInWords(o themes.Overview) string {
	var times []string
	for _, s := range o.Sensitive {
		if s.Level != "" {
			times = append(times, clockTime(s.At))
		}
	}
	if len(times) == 0 {
		return ""
	}
	need := "messages may need"
	if len(times) == 1 {
		need = "message may need"
	}
	return fmt.Sprintf("%d %s somebody to check in: %s\n", len(times), need, strings.Join(times, ", "))
}
