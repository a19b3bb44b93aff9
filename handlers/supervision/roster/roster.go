// Package roster reads a list of people and their supervision from CSV as it
// comes out of spreadsheets: commas, semicolons or tabs, UTF-8, Latin-1 or
// UTF-16, headings in English or Welsh or none. Nothing is guessed: a line
// that cannot be taken is named with the reason. It is pure.
package roster

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	unicodeenc "golang.org/x/text/encoding/unicode"

	"cymar/handlers/supervision/calendar"
	"cymar/handlers/supervision/when"
	"cymar/text"
)

// Line is one person and one supervision.
type Line struct {
	Number int           `json:"n"` // in the file, from 1
	Who    string        `json:"w"` // name or handle, as written
	Kind   when.Kind     `json:"k"`
	Every  when.Interval `json:"e,omitzero"` // zero: not said
	Next   calendar.Date `json:"d,omitzero"`
	With   string        `json:"s,omitempty"`
	Team   string        `json:"t,omitempty"`
}

// Why is what is wrong with a line, or with the file.
type Why string

// The faults; those of a date or an interval are when's own.
const (
	NoName    Why = "no_name"
	NoKind    Why = "no_kind"
	Formula   Why = "formula"   // a cell that a spreadsheet would run
	Duplicate Why = "duplicate" // the same person and kind again
	Oneself   Why = "oneself"   // supervised by themselves
	Broken    Why = "broken"    // quotes that do not close, or a line break inside a cell
	LongCell  Why = "long_cell" // a cell of more than maxCell characters
	TooLarge  Why = "too_large" // the file
	Empty     Why = "empty"     // no line at all
)

// Fault is a line that cannot be taken.
type Fault struct {
	Line   int    // 0: the file as a whole
	Column string // "who", "kind", "every", "next", "with" or "team"
	Why    Why
	Said   string // the cell, cut short
}

// Roster is what a file holds.
type Roster struct {
	Lines  []Line
	Faults []Fault
	Read   int // lines with something in them, without the heading
}

const (
	// MaxBytes is the largest file that is read.
	MaxBytes = 16 << 20
	// MaxLines is how many lines are read.
	MaxLines = 50_000
	maxCell  = 200
)

// Read reads a file.
func Read(data []byte, today calendar.Date) Roster {
	var r Roster
	if len(data) > MaxBytes {
		r.Faults = []Fault{{Why: TooLarge}}
		return r
	}
	s := decode(data)
	in := csv.NewReader(strings.NewReader(s))
	in.Comma, in.FieldsPerRecord, in.LazyQuotes = separator(s), -1, true
	in.TrimLeadingSpace = in.Comma != '\t' // which counts as space, and empty cells would be lost
	p := parser{today: today, columns: usual, seen: map[string]bool{}}
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if p.out.Read >= MaxLines {
			p.fault(0, "", TooLarge, "")
			break
		}
		n := 0
		if len(cells) > 0 {
			n, _ = in.FieldPos(0)
		}
		p.line(n, cells, err)
	}
	if p.out.Read == 0 {
		p.fault(0, "", Empty, "")
	}
	return p.out
}

// decode makes UTF-8 of what a spreadsheet wrote.
func decode(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		if out, err := unicodeenc.UTF16(unicodeenc.LittleEndian, unicodeenc.UseBOM).NewDecoder().Bytes(data); err == nil {
			return string(out)
		}
	case !utf8.Valid(data):
		if out, err := charmap.Windows1252.NewDecoder().Bytes(data); err == nil {
			return string(out)
		}
	}
	return strings.TrimPrefix(strings.ToValidUTF8(string(data), "\uFFFD"), "\uFEFF")
}

// separator is what divides the cells of the first line.
func separator(s string) rune {
	first, _, _ := strings.Cut(strings.TrimLeft(s, "\r\n"), "\n")
	best, most := ',', 0
	for _, c := range ",;\t" {
		if n := strings.Count(first, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// usual is the order of the columns where there is no heading.
var usual = []string{"who", "kind", "every", "next", "with", "team"}

// headings is what the columns are called.
var headings = map[string]string{
	"name": "who", "who": "who", "handle": "who", "person": "who", "psw": "who", "enw": "who", "pwy": "who",
	"kind": "kind", "type": "kind", "supervision": "kind", "math": "kind",
	"interval": "every", "every": "every", "how often": "every", "frequency": "every", "pa mor aml": "every", "cyfnod": "every",
	"next": "next", "next date": "next", "date": "next", "due": "next", "nesaf": "next", "dyddiad nesaf": "next", "dyddiad": "next",
	"supervisor": "with", "with": "with", "goruchwyliwr": "with", "gyda": "with", "team": "team", "service": "team", "tim": "team",
}

type parser struct {
	today   calendar.Date
	columns []string
	started bool
	seen    map[string]bool
	out     Roster
}

func (p *parser) fault(n int, column string, why Why, said string) {
	if r := []rune(said); len(r) > 40 {
		said = string(r[:40]) + "…"
	}
	p.out.Faults = append(p.out.Faults, Fault{n, column, why, said})
}

func (p *parser) line(n int, cells []string, err error) {
	if strings.TrimSpace(strings.Join(cells, "")) == "" && err == nil {
		return
	}
	if !p.started {
		p.started = true
		if p.heading(cells) {
			return
		}
	}
	p.out.Read++
	if err != nil || strings.ContainsAny(strings.Join(cells, ""), "\r\n") { // an open quote takes all that follows it
		p.fault(n, "", Broken, "")
		return
	}
	if l, ok := p.read(n, cells); ok {
		p.out.Lines = append(p.out.Lines, l)
	}
}

// heading takes the first line for the names of the columns, if it is that.
func (p *parser) heading(cells []string) bool {
	var columns []string
	known := 0
	for _, c := range cells {
		name := headings[strings.Trim(text.Plain(text.Fold(c)), ` .:"`)]
		if name != "" {
			known++
		}
		columns = append(columns, name)
	}
	if known < 2 {
		return false
	}
	p.columns = columns
	return true
}

// read reads one line; each thing that is wrong with it is a fault.
func (p *parser) read(n int, cells []string) (Line, bool) {
	l, before := Line{Number: n}, len(p.out.Faults)
	for i, c := range cells {
		if i < len(p.columns) && p.columns[i] != "" {
			p.cell(&l, p.columns[i], clean(c))
		}
	}
	if before == len(p.out.Faults) {
		p.whole(l)
	}
	return l, before == len(p.out.Faults)
}

// clean takes out of a cell what nobody can see.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

func (p *parser) cell(l *Line, column, c string) {
	switch {
	case c == "":
		return
	case utf8.RuneCountInString(c) > maxCell:
		p.fault(l.Number, column, LongCell, c)
		return
	case formula(c):
		p.fault(l.Number, column, Formula, c)
		return
	}
	switch column {
	case "who":
		l.Who = c
	case "kind":
		if l.Kind = when.ReadKind(c); l.Kind == "" {
			p.fault(l.Number, column, NoKind, c)
		}
	case "every":
		i, f := when.ReadInterval(c)
		p.when(l.Number, column, c, f)
		l.Every = i
	case "next":
		d, f := when.ReadDate(c, p.today, when.Future)
		p.when(l.Number, column, c, f)
		l.Next = d
	case "with":
		l.With = c
	case "team":
		l.Team = c
	}
}

func (p *parser) when(n int, column, c string, f *when.Fault) {
	if f != nil {
		p.fault(n, column, Why(f.Why), c)
	}
}

// formula reports whether a spreadsheet would run the cell. A handle, "@bea",
// is no formula.
func formula(c string) bool {
	switch c[0] {
	case '=', '+', '-', '|', '%':
		return true
	case '@':
		return strings.ContainsAny(c, "()!=+*/")
	}
	return false
}

// whole is what can be wrong with a line whose cells are right.
func (p *parser) whole(l Line) {
	who := text.Plain(text.Fold(strings.TrimPrefix(l.Who, "@")))
	key := who + "\x00" + string(l.Kind)
	switch {
	case who == "":
		p.fault(l.Number, "who", NoName, l.Who)
	case l.Kind == "":
		p.fault(l.Number, "kind", NoKind, "")
	case text.Plain(text.Fold(strings.TrimPrefix(l.With, "@"))) == who:
		p.fault(l.Number, "with", Oneself, l.With)
	case p.seen[key]:
		p.fault(l.Number, "who", Duplicate, l.Who)
	}
	p.seen[key] = true
}

// Safe is a cell that no spreadsheet takes for a formula.
func Safe(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r|%", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
