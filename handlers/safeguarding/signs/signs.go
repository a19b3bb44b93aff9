package signs

import (
	"cymar/handlers/safeguarding/signs/internal/judging"
	"cymar/handlers/safeguarding/signs/internal/personal"
	"cymar/handlers/safeguarding/signs/internal/reading"
	"cymar/handlers/safeguarding/signs/internal/traits"
)

// Level is what a message shows.
type Level string

// The levels, from the most to the least urgent. Where a message shows
// several, the first of them is reported.
const (
	Crisis       Level = "R" // the writer may be in danger
	Other        Level = "T" // somebody else is in danger now
	Safeguarding Level = "S" // somebody is being harmed, or may be
	Personal     Level = "P" // the message may identify a patient
	Distress     Level = "A" // the writer is in distress, or it is not clear
	Nothing      Level = "N"
)

// Datum is the kind of personal datum that was found, never the datum.
type Datum = personal.Kind

// Finding is what a message shows.
type Finding struct {
	Level Level
	Lang  string // "en", "cy", or "" where it cannot be told
	Datum Datum  // set whenever personal data was found, whatever the level
}

// Reader reads messages. It is safe for use by many goroutines at once.
type Reader struct {
	traits *traits.Reader
	finder *personal.Finder
	judge  *judging.Judge
}

// Read says what a message shows. It takes well under a millisecond for a
// chat message, and its work is bounded for any input.
func (r *Reader) Read(text string) Finding {
	text = reading.Visible(text)
	m := r.traits.Read(text)
	f := Finding{Lang: m.Lang, Datum: r.finder.Find(text)}
	f.Level = Level(r.judge.Score(m.Pieces, judging.Chosen).Level(judging.Chosen))
	if l, ok := certainly(text); ok {
		f.Level = l
	}
	if f.Datum != personal.None && (f.Level == Distress || f.Level == Nothing) {
		f.Level = Personal
	}
	return f
}
