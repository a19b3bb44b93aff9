package transcript

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// Form is the layout in which a chat came.
type Form string

// The forms that are recognised.
const (
	FormJSONL    Form = "jsonl"      // our own JSON Lines
	FormTeams    Form = "teams-copy" // copied from the Teams window
	FormGraph    Form = "graph"      // pages of Microsoft Graph chatMessages
	FormSlack    Form = "slack-export"
	FormSlackWin Form = "slack-copy" // copied from the Slack window
	FormZoom     Form = "zoom-chat"
	FormCSV      Form = "csv"
	FormVTT      Form = "webvtt" // what was spoken, not what was typed
	FormLog      Form = "chat-log"
)

// Report says what a reading found. It holds no text of a message; the names
// in it are those of the files.
type Report struct {
	Pieces   []Piece
	Messages int // messages in the transcript, deleted ones not counted
	People   int // distinct authors, bots not counted
	Bots     int // messages written by programs
	Deleted  int // messages withdrawn by their authors
	Repeated int // messages dropped because another piece holds them too
	Private  int // messages to one person only, left out
	System   int // lines of the program: joined, left, started, previews
	Quotes   int // quoted messages above replies
	Untimed  int // messages whose time is that of the one before
	Gaps     int // pieces that share nothing with the piece before

	First, Last time.Time // zero where no time is known
	CallStart   time.Time // when the platform says that the call began; zero where it does not
	CallEnd     time.Time

	Faults  []Fault   // what could not be read, line by line; at most 200
	More    int       // faults beyond those
	Missing []Missing // what has to be asked for
	Guessed []Missing // what was worked out, and ought to be confirmed
	Foreign bool      // most of it is in neither English nor Welsh
}

// Piece is one file of what was read.
type Piece struct {
	Name     string // as given
	Form     Form   // "" where the file was not read
	Encoding string // "utf-8", "utf-16", "windows-1252"
	Messages int
}

// Fault is a line, or a file, that could not be read.
type Fault struct {
	Piece string // the file's name
	Line  int    // counted from 1; 0 means the file as a whole
	Why   Reason
}

// Missing is something about the meeting that the form did not tell.
type Missing string

// What a form may leave out.
const (
	MissingTitle       Missing = "title"
	MissingDate        Missing = "date"
	MissingStart       Missing = "start"
	MissingEnd         Missing = "end"
	MissingFacilitator Missing = "facilitator"
)

// Reason is why something was not read. Words for people are the caller's.
type Reason string

// Why a file as a whole was not read.
const (
	Empty        Reason = "empty"         // nothing in it
	TooLarge     Reason = "too_large"     // beyond the limit
	Picture      Reason = "picture"       // a photograph or a screenshot
	Document     Reason = "document"      // Word, PDF, a spreadsheet
	Media        Reason = "media"         // a recording
	BadArchive   Reason = "bad_archive"   // a zip that cannot be opened
	Bomb         Reason = "bomb"          // a zip that unpacks beyond the limit
	NotAChat     Reason = "not_a_chat"    // text without names and times
	NoMessages   Reason = "no_messages"   // a known form with no message in it
	WhichChannel Reason = "which_channel" // an export of several channels
	Unreadable   Reason = "unreadable"    // the file could not be opened
)

// Why a line was not read.
const (
	CutOff     Reason = "cut_off"       // the file ends in the middle
	NoName     Reason = "no_name"       // text without a name above it
	NoTime     Reason = "no_time"       // a message without a time
	BadTime    Reason = "bad_time"      // a time that cannot be one
	BadLine    Reason = "bad_line"      // not in the form of the others
	BadPath    Reason = "bad_path"      // a path in an archive that leads outside
	Spoken     Reason = "spoken"        // a transcript of speech beside a chat
	OtherDays  Reason = "other_days"    // messages of other weeks left out
	BadCharset Reason = "bad_character" // bytes that are no text
)

// Error says why nothing could be read.
type Error struct {
	Piece string // the file's name; "" where it is all of them
	Why   Reason
	// Channels is what can be chosen from, where Why is WhichChannel.
	Channels []string
	Err      error // what lies beneath; may be nil
}

// Error names the file and the reason, and nothing of what is in it.
func (e *Error) Error() string {
	if e.Piece == "" {
		return fmt.Sprintf("reading the chat: %s", e.Why)
	}
	return fmt.Sprintf("reading %s: %s", e.Piece, e.Why)
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Because tells the reason of an error of this package; "" for any other.
func Because(err error) Reason {
	var e *Error
	if errors.As(err, &e) {
		return e.Why
	}
	return ""
}

const maxFaults = 200

func (r *Report) fault(piece string, line int, why Reason) {
	if len(r.Faults) >= maxFaults {
		r.More++
		return
	}
	r.Faults = append(r.Faults, Fault{Piece: piece, Line: line, Why: why})
}

// add takes over what one piece counted.
func (r *Report) add(p *piece) {
	r.Pieces = append(r.Pieces, Piece{Name: p.name, Form: p.form, Encoding: p.encoding, Messages: len(p.items)})
	r.System += p.system
	r.Quotes += p.quotes
	r.Private += p.private
	for _, f := range p.faults {
		r.fault(f.Piece, f.Line, f.Why)
	}
	if r.CallStart.IsZero() || !p.callStart.IsZero() && p.callStart.Before(r.CallStart) {
		r.CallStart = p.callStart
	}
	if p.callEnd.After(r.CallEnd) {
		r.CallEnd = p.callEnd
	}
	for _, m := range p.guessed {
		if !slices.Contains(r.Guessed, m) {
			r.Guessed = append(r.Guessed, m)
		}
	}
}

// complete counts the finished transcript and says what it lacks.
func (r *Report) complete(t *Transcript) {
	people := map[string]bool{}
	for _, m := range t.Messages {
		switch {
		case m.Deleted:
			r.Deleted++
			continue
		case m.Bot:
			r.Bots++
		default:
			people[personKey(m.Author)] = true
		}
		r.Messages++
		if r.First.IsZero() {
			r.First = m.At
		}
		r.Last = m.At
	}
	r.People = len(people)
	r.Foreign = r.Messages > 20 && len(t.Langs) == 0
	r.lacking(t)
}

func (r *Report) lacking(t *Transcript) {
	for _, m := range []struct {
		what    Missing
		missing bool
	}{
		{MissingTitle, t.Title == ""}, {MissingDate, t.Date.IsZero()}, {MissingStart, t.Start.IsZero()},
		{MissingEnd, t.End.IsZero()}, {MissingFacilitator, len(t.Facilitators) == 0},
	} {
		if m.missing {
			r.Missing = append(r.Missing, m.what)
		}
	}
}
