package transcript

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Options say what a reader cannot know from the chat.
type Options struct {
	// Zone is where the meeting was held; nil means Europe/London.
	Zone *time.Location
	// Now is the time of reading. A date without its year is placed by it;
	// where it is zero such a date is asked for.
	Now time.Time
	// Known holds what is known beside the messages (see ReadMeta); it wins
	// over what the form says. Its Messages are not looked at.
	Known Transcript
	// Channel is the one to read from an export of several; "" where there is
	// one only.
	Channel string
	// Turns joins what one person said without a pause in a transcript of
	// speech. Off, every caption is a message.
	Turns bool
	// Limit is how many bytes are read and unpacked in all; 0 means 64 MiB.
	Limit int64
}

const (
	defaultLimit = 64 << 20
	maxFiles     = 20000
	maxPieces    = 500 // files that are each a copy of a part of the chat
)

func (o Options) zone() *time.Location {
	if o.Zone != nil {
		return o.Zone
	}
	if o.Known.Zone != "" {
		if z, err := time.LoadLocation(o.Known.Zone); err == nil {
			return z
		}
	}
	if z, err := time.LoadLocation("Europe/London"); err == nil {
		return z
	}
	return time.UTC
}

// File is one of the files to read. Name is used in reports only; a slash in
// it separates folders.
type File struct {
	Name string
	Open func() (io.ReadCloser, error)
}

// Bytes is a file that is already in memory.
func Bytes(name string, data []byte) File {
	return File{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
}

// Read reads one file, whatever form it has. Where nothing could be read the
// error is an *Error; what could not be read of a file that could is in the
// Report.
func Read(name string, r io.Reader, o Options) (Transcript, Report, error) {
	return ReadAll([]File{{Name: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(r), nil }}}, o)
}

// ReadFS reads a folder: an export, or the pieces in which a chat was copied.
func ReadFS(fsys fs.FS, o Options) (Transcript, Report, error) {
	var files []File
	err := fs.WalkDir(fsys, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() || hidden(p) || !d.Type().IsRegular():
			return nil
		case len(files) >= maxFiles:
			return &Error{Piece: p, Why: TooLarge}
		}
		files = append(files, File{Name: p, Open: func() (io.ReadCloser, error) { return fsys.Open(p) }})
		return nil
	})
	if err != nil {
		if Because(err) == "" {
			err = &Error{Why: Unreadable, Err: err}
		}
		return Transcript{}, Report{}, err
	}
	return ReadAll(files, o)
}

// hidden files are those that systems leave behind.
func hidden(p string) bool {
	return strings.HasPrefix(path.Base(p), ".") || strings.HasPrefix(p, "__MACOSX/") || path.Base(p) == "Thumbs.db"
}

// ReadAll reads several files as one chat: the pages of an export, or the
// pieces in which a chat was copied, in any order and overlapping.
func ReadAll(files []File, o Options) (Transcript, Report, error) {
	slices.SortStableFunc(files, func(a, b File) int { return naturally(a.Name, b.Name) })
	in := &intake{o: o, left: cmp.Or(o.Limit, defaultLimit)}
	for _, f := range files {
		in.take(f)
	}
	in.finish()
	if len(in.pieces) == 0 {
		return Transcript{}, in.report(), in.because(len(files))
	}
	return assemble(in.pieces, in.report(), o)
}

// naturally orders names as people number them: 2.txt before 10.txt.
func naturally(a, b string) int {
	for a != "" && b != "" {
		na, wa := leadingNumber(a)
		nb, wb := leadingNumber(b)
		if wa > 0 && wb > 0 {
			if c := cmp.Compare(na, nb); c != 0 {
				return c
			}
			a, b = a[wa:], b[wb:]
			continue
		}
		if c := cmp.Compare(a[0], b[0]); c != 0 {
			return c
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

func leadingNumber(s string) (n, width int) {
	for width < len(s) && width < 15 && s[width] >= '0' && s[width] <= '9' {
		n = n*10 + int(s[width]-'0')
		width++
	}
	return n, width
}

// intake sorts the files by what is in them.
type intake struct {
	o      Options
	left   int64 // bytes that may still be read
	files  int
	pieces []*piece
	graph  []source
	slack  []source
	faults []Fault
	errs   []*Error
}

// source is a file that was read into memory.
type source struct {
	name     string
	data     []byte
	kind     kind
	encoding string
}

func (in *intake) take(f File) {
	if in.files++; in.files > maxFiles {
		in.refuse(&Error{Piece: f.Name, Why: TooLarge})
		return
	}
	data, err := in.slurp(f)
	if err != nil {
		in.refuse(err)
		return
	}
	in.sort(source{name: f.Name, data: data}, 0)
}

// slurp reads a file while the limit lasts.
func (in *intake) slurp(f File) ([]byte, *Error) {
	r, err := f.Open()
	if err != nil {
		return nil, &Error{Piece: f.Name, Why: Unreadable, Err: err}
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, in.left+1))
	if int64(len(data)) > in.left {
		return nil, &Error{Piece: f.Name, Why: TooLarge}
	}
	if err != nil && len(data) == 0 {
		return nil, &Error{Piece: f.Name, Why: Unreadable, Err: err}
	}
	if err != nil { // a part of it is better than nothing, and is said
		in.faults = append(in.faults, Fault{Piece: f.Name, Why: CutOff})
	}
	in.left -= int64(len(data))
	return data, nil
}

// sort hands a file to the reader of its kind. Depth counts the archives
// around it.
func (in *intake) sort(s source, depth int) {
	s.kind, s.encoding = sniff(s.data), encUTF8
	s.recode()
	switch s.kind {
	case kindZip:
		in.unpack(s, depth)
	case kindGraph:
		in.graph = append(in.graph, s)
	case kindSlack, kindSlackUsers, kindSlackChannels:
		in.slack = append(in.slack, s)
	case kindNothing: // an empty list beside others
	case kindJSON:
		in.read(s, readRecords)
	case kindText:
		in.text(s)
	default:
		in.refuse(&Error{Piece: s.name, Why: s.kind.reason()})
	}
}

// recode turns a file that is not UTF-8 into it, so that what is in it can be
// told: PowerShell writes JSON in UTF-16.
func (s *source) recode() {
	switch s.kind {
	case kindText, kindJSON, kindGraph, kindSlack, kindSlackUsers, kindSlackChannels:
	default:
		return
	}
	if utf8.Valid(s.data) && zeroSide(s.data) < 0 {
		return
	}
	if text, enc, ok := decode(s.data); ok {
		s.data, s.encoding = []byte(text), enc
		s.kind = sniff(s.data)
	}
}

type reader func(src source, p *piece, o Options) error

func (in *intake) read(s source, read reader) {
	p := &piece{name: s.name, encoding: s.encoding}
	if err := read(s, p, in.o); err != nil {
		in.refuse(asError(s.name, err))
		return
	}
	in.pieces = append(in.pieces, p)
}

func asError(name string, err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		if e.Piece == "" {
			e.Piece = name
		}
		return e
	}
	return &Error{Piece: name, Why: NotAChat, Err: err}
}

// text decodes a file and finds out which of the text forms it has.
func (in *intake) text(s source) {
	if len(in.pieces) >= maxPieces {
		in.refuse(&Error{Piece: s.name, Why: TooLarge})
		return
	}
	text, _, ok := decode(s.data)
	if !ok {
		in.refuse(&Error{Piece: s.name, Why: NotAChat})
		return
	}
	p := &piece{name: s.name, encoding: s.encoding}
	if err := readText(text, p, in.o); err != nil {
		in.refuse(asError(s.name, err))
		return
	}
	in.pieces = append(in.pieces, p)
}

func (in *intake) refuse(e *Error) {
	in.errs = append(in.errs, e)
	if len(in.faults) < maxFaults {
		in.faults = append(in.faults, Fault{Piece: e.Piece, Why: e.Why})
	}
}

// finish reads the exports, whose files belong together.
func (in *intake) finish() {
	if len(in.graph) > 0 {
		in.pieces = append(in.pieces, readGraph(in.graph))
	}
	if len(in.slack) > 0 {
		in.readSlackExport()
		in.faults = slices.DeleteFunc(in.faults, otherPart)
	}
	in.graph, in.slack = nil, nil
	in.pieces = slices.DeleteFunc(in.pieces, func(p *piece) bool {
		if len(p.items) > 0 || p.form == FormGraph && p.title != "" {
			return false
		}
		in.faults = append(in.faults, p.faults...)
		in.refuse(&Error{Piece: p.name, Why: NoMessages})
		return true
	})
}

// otherPart reports a file of an export that holds no messages.
func otherPart(f Fault) bool { return f.Why == NotAChat && path.Ext(f.Piece) == ".json" }

func (in *intake) report() Report { return Report{Faults: in.faults} }

// because chooses what to say where nothing was read: the reason of the one
// file, or of the first that is worth more than "not a chat".
func (in *intake) because(files int) error {
	if len(in.errs) == 0 {
		for _, f := range in.faults {
			if f.Why == BadPath {
				return &Error{Piece: f.Piece, Why: BadPath} // all that there was led outside
			}
		}
		return &Error{Why: Empty}
	}
	best := in.errs[0]
	for _, e := range in.errs {
		if worth(e.Why) > worth(best.Why) {
			best = e
		}
	}
	return best
}

func worth(why Reason) int {
	switch why {
	case WhichChannel, Bomb, TooLarge:
		return 3
	case NoMessages, BadArchive, Unreadable:
		return 2
	case Empty:
		return 0
	}
	return 1
}
