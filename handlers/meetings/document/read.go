package document

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// The reasons why a Word document cannot be read back.
var (
	ErrNotDocx  = errors.New("not a Word document")
	ErrTooLarge = errors.New("the Word document is too large")
)

// Limits of what is read: of the file, of its text when unpacked, and of the
// nesting of its elements.
const (
	maxFile  = 20 << 20
	maxText  = 16 << 20
	maxParas = 20000
	maxDepth = 200
)

// Edited is a Word document as it was found: what somebody made of the one
// they were given.
type Edited struct {
	Title      string
	DateLine   string
	Paragraphs []Paragraph
	Lists      []List
	Note       string
	Pictures   int // how many pictures are left in it
}

// Texts gives everything that the document says, paragraph by paragraph, for
// those who check it before it is published.
func (e Edited) Texts() []string {
	all := []string{e.Title, e.DateLine}
	for _, p := range e.Paragraphs {
		all = append(all, p.Heading, p.Text)
	}
	for _, l := range e.Lists {
		all = append(all, l.Heading)
		for _, it := range l.Items {
			all = append(all, it.Text)
		}
	}
	return slices.DeleteFunc(append(all, e.Note), func(s string) bool { return s == "" })
}

// ReadDOCX reads the text of a Word document: what was added in tracked
// changes is read, what was struck out is not. The error is ErrNotDocx or
// ErrTooLarge, or wraps one of them.
func ReadDOCX(r io.ReaderAt, size int64) (Edited, error) {
	if size > maxFile {
		return Edited{}, ErrTooLarge
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return Edited{}, fmt.Errorf("%w: %w", ErrNotDocx, err)
	}
	i := slices.IndexFunc(z.File, func(f *zip.File) bool { return f.Name == "word/document.xml" })
	if i < 0 || len(z.File) > 4000 {
		return Edited{}, ErrNotDocx
	}
	f, err := z.File[i].Open()
	if err != nil {
		return Edited{}, fmt.Errorf("%w: %w", ErrNotDocx, err)
	}
	defer f.Close()
	limited := &io.LimitedReader{R: f, N: maxText + 1}
	w := walker{dec: xml.NewDecoder(limited)}
	if err := w.walk(); err != nil {
		if limited.N <= 0 {
			return Edited{}, ErrTooLarge
		}
		return Edited{}, err
	}
	return w.edited(), nil
}

// para is a paragraph as found.
type para struct {
	style   string
	text    string
	list    bool
	picture bool
}

type walker struct {
	dec     *xml.Decoder
	paras   []para
	current *para
	inner   int // paragraphs inside a text box, whose text goes to the outer one
	text    strings.Builder
	inText  bool
}

// skipped elements hold what is not shown: struck out text, the codes of
// fields, a second version of a drawing for old programs.
func skipped(name string) bool {
	switch name {
	case "del", "moveFrom", "delText", "instrText", "Fallback", "annotationRef", "footnoteReference", "rPrChange", "pPrChange":
		return true
	}
	return false
}

func (w *walker) walk() error {
	depth := 0
	for {
		tok, err := w.dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrNotDocx, err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return ErrTooLarge
			}
			if skipped(t.Name.Local) {
				if err := w.dec.Skip(); err != nil {
					return fmt.Errorf("%w: %w", ErrNotDocx, err)
				}
				depth--
				continue
			}
			if err := w.start(t); err != nil {
				return err
			}
		case xml.EndElement:
			depth--
			w.end(t.Name.Local)
		case xml.CharData:
			if w.inText {
				w.text.Write(t)
			}
		}
	}
}

func (w *walker) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "p":
		if w.current != nil {
			w.inner++
			return nil
		}
		if len(w.paras) >= maxParas {
			return ErrTooLarge
		}
		w.current = &para{}
	case "pStyle":
		if w.current != nil && w.inner == 0 {
			w.current.style = value(t)
		}
	case "numPr":
		if w.current != nil {
			w.current.list = true
		}
	case "drawing", "pict":
		if w.current != nil {
			w.current.picture = true
		}
	case "t":
		w.inText = w.current != nil
	case "tab":
		w.text.WriteByte(' ')
	case "br", "cr":
		w.text.WriteByte('\n')
	case "noBreakHyphen":
		w.text.WriteByte('-')
	}
	return nil
}

func value(t xml.StartElement) string {
	for _, a := range t.Attr {
		if a.Name.Local == "val" {
			return a.Value
		}
	}
	return ""
}

func (w *walker) end(name string) {
	switch name {
	case "t":
		w.inText = false
	case "p":
		if w.inner > 0 {
			w.inner--
			w.text.WriteByte(' ')
			return
		}
		if w.current == nil {
			return
		}
		w.current.text = strings.TrimSpace(plain(w.text.String()))
		w.text.Reset()
		if w.current.text != "" || w.current.picture {
			w.paras = append(w.paras, *w.current)
		}
		w.current = nil
	}
}

// edited finds the parts again by the styles that we gave them; a paragraph in
// any other style is a paragraph.
func (w *walker) edited() Edited {
	var e Edited
	heading := ""
	for _, p := range w.paras {
		if p.picture {
			e.Pictures++
		}
		switch style := strings.ToLower(p.style); {
		case p.text == "":
		case style == "title" && e.Title == "" && len(e.Paragraphs) == 0:
			e.Title = p.text
		case style == "subtitle" && e.DateLine == "" && len(e.Paragraphs) == 0:
			e.DateLine = p.text
		case strings.HasPrefix(style, "heading"), style == "title":
			e.keepHeading(&heading, p.text)
		case p.list || strings.HasPrefix(style, "list"):
			e.item(&heading, p.text)
		case style == "note":
			e.Note = strings.TrimSpace(e.Note + "\n" + p.text)
		default:
			e.Paragraphs = append(e.Paragraphs, Paragraph{Heading: heading, Text: p.text})
			heading = ""
		}
	}
	e.keepHeading(&heading, "")
	return e
}

// keepHeading takes a new heading; one that nothing followed stays as text.
func (e *Edited) keepHeading(heading *string, next string) {
	if *heading != "" {
		e.Paragraphs = append(e.Paragraphs, Paragraph{Heading: *heading})
	}
	*heading = next
}

// item puts a line of a list under the last heading.
func (e *Edited) item(heading *string, text string) {
	if *heading != "" || len(e.Lists) == 0 {
		e.Lists = append(e.Lists, List{Heading: *heading})
		*heading = ""
	}
	last := &e.Lists[len(e.Lists)-1]
	last.Items = append(last.Items, Item{Text: text})
}
