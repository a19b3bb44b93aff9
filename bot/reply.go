package bot

import (
	"bytes"
	"io"
	"time"
)

// Reply is what a handler wants done. The zero value says nothing.
type Reply struct {
	Sends []Send
	Now   *Now
	Next  []Event // our own follow-up events; they come back through Receive
}

// And joins two replies, in order; the first Now wins.
func (r Reply) And(o Reply) Reply {
	r.Sends = append(r.Sends[:len(r.Sends):len(r.Sends)], o.Sends...)
	r.Next = append(r.Next[:len(r.Next):len(r.Next)], o.Next...)
	if r.Now == nil {
		r.Now = o.Now
	}
	return r
}

// Now is what must be answered inside the platform's own request: a form to
// open, a form's faults, or the card that takes a pressed card's place.
type Now struct {
	Form        *Form             `json:"form,omitempty"`
	FieldErrors map[string]string `json:"field_errors,omitempty"`
	Card        *Card             `json:"card,omitempty"`
}

// Send is one card (or file) on its way. The same Key is sent once, whatever
// happens to the replica that handled the event.
type Send struct {
	To        To
	Card      Card
	File      *FileRef
	Key       string
	NotBefore time.Time
	NotAfter  time.Time // later than this it is dropped as too late
	Else      *Send     // sent instead where To cannot be reached
	// NoTrace keeps of the sending only that it was done: the word to somebody
	// who has just been forgotten. Such a card cannot be replaced.
	NoTrace bool
}

// To says where a Send goes. Make one with Here, OnlyActor, DM, InPlace or Replacing.
type To struct {
	kind  toKind
	user  User
	place Place
	key   string
}

type toKind int

const (
	toHere toKind = iota
	toOnlyActor
	toDM
	toPlace
	toReplacing
)

// Here is the place of the event, in the thread if there is one.
func Here() To { return To{} }

// OnlyActor reaches the one who acted and nobody else: a message only they
// see where the platform has that, else their direct chat.
func OnlyActor() To { return To{kind: toOnlyActor} }

// DM is somebody's direct chat with the bot, opened if need be.
func DM(u User) To { return To{kind: toDM, user: u} }

// InPlace is any place.
func InPlace(p Place) To { return To{kind: toPlace, place: p} }

// Replacing puts a card in the place of the one that was sent under key.
func Replacing(key string) To { return To{kind: toReplacing, key: key} }

// FileRef is a file by reference. Inbound, Route belongs to the adapter and a
// Fetcher opens it; outbound, Store names who keeps the bytes and ID which.
type FileRef struct {
	Name  string `json:"name"`
	Type  string `json:"type,omitempty"` // media type
	Size  int64  `json:"size,omitempty"` // bytes; 0 when unknown
	Route string `json:"route,omitempty"`
	Data  []byte `json:"data,omitempty"` // outbound: the content, at most a few hundred kB
}

// Form is a dialog of labelled fields.
type Form struct {
	ID     string  `json:"id"` // handler.verb; comes back as Submitted.Form
	Title  string  `json:"title"`
	Submit string  `json:"submit"`
	Cancel string  `json:"cancel,omitempty"`
	Intro  string  `json:"intro,omitempty"`
	State  string  `json:"state,omitempty"` // comes back as it is
	Fields []Field `json:"fields"`
	Lang   Lang    `json:"lang,omitempty"`
}

// FieldKind is how a field is filled in.
type FieldKind string

// The kinds of field.
const (
	TextField   FieldKind = "text"
	LongText    FieldKind = "long"
	DateField   FieldKind = "date" // 2006-01-02
	TimeField   FieldKind = "time" // 15:04
	ChoiceField FieldKind = "choice"
	ManyField   FieldKind = "many" // several choices, comma between values
)

// Field is one labelled question of a form.
type Field struct {
	Name     string    `json:"name"`
	Label    string    `json:"label"`
	Hint     string    `json:"hint,omitempty"`
	Kind     FieldKind `json:"kind"`
	Options  []Option  `json:"options,omitempty"`
	Value    string    `json:"value,omitempty"`
	Optional bool      `json:"optional,omitempty"`
	Max      int       `json:"max,omitempty"` // characters; 0: the platform's own limit
}

// Option is one choice.
type Option struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// reader is the content of an outbound file.
func (f FileRef) reader() io.Reader { return bytes.NewReader(f.Data) }
