package document

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wordFile is a file with this inside the body of its document.
func wordFile(tb testing.TB, inside string) []byte {
	tb.Helper()
	return zipped(tb, map[string]string{
		"[Content_Types].xml": "<Types/>",
		"word/document.xml":   `<w:document xmlns:w="` + nsWord + `" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>` + inside + `</w:body></w:document>`,
	})
}

func zipped(tb testing.TB, parts map[string]string) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		f, err := z.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		if _, err := f.Write([]byte(text)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func readBack(b []byte) (Edited, error) { return ReadDOCX(bytes.NewReader(b), int64(len(b))) }

func TestAnOverviewComesBackFromWordAsItWent(t *testing.T) {
	t.Parallel()
	o := sample(t)
	got, err := readBack(written(t, DOCX, o))
	if err != nil {
		t.Fatal(err)
	}
	want := Edited{Title: o.Title, DateLine: o.DateLine, Note: o.Note, Pictures: 1, Paragraphs: []Paragraph{
		{Text: o.Paragraphs[0].Text}, {Heading: o.Paragraphs[1].Heading, Text: o.Paragraphs[1].Text}, {Text: o.Paragraphs[2].Text},
		{Text: "Overall, the discussion highlighted commitment."}, {Text: "It also showed what is open."},
	}, Lists: []List{
		{Heading: "Resources requested", Items: []Item{{Text: "Slides"}, {Text: "Job descriptions"}}},
		{Heading: "Actions", Items: []Item{{Text: "Send the slides"}}},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if n := len(got.Texts()); n != 14 {
		t.Errorf("%d texts: %q", n, got.Texts())
	}
}

func p(style, inside string) string {
	if style != "" {
		style = `<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`
	}
	return "<w:p>" + style + inside + "</w:p>"
}

func r(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

func TestAnEditedDocumentIsReadAsItNowStands(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		inside string
		want   Edited
	}{
		"runs that Word has split": {p("BodyText", r("The meet")+`<w:proofErr w:type="spellStart"/>`+r("ing focused")+r(" on roles.")), Edited{Paragraphs: []Paragraph{{Text: "The meeting focused on roles."}}}},
		"added and struck out":     {p("", r("One ")+`<w:ins w:author="x">`+r("two ")+`</w:ins><w:del w:author="x"><w:r><w:delText>three </w:delText></w:r></w:del>`+r("four")), Edited{Paragraphs: []Paragraph{{Text: "One two four"}}}},
		"moved text stands once":   {p("", `<w:moveFrom>`+r("gone")+`</w:moveFrom>`+r("here ")+`<w:moveTo>`+r("moved")+`</w:moveTo>`), Edited{Paragraphs: []Paragraph{{Text: "here moved"}}}},
		"a link's words":           {p("", r("see ")+`<w:hyperlink>`+r("the slides")+`</w:hyperlink>`), Edited{Paragraphs: []Paragraph{{Text: "see the slides"}}}},
		"a field's result":         {p("", `<w:r><w:instrText>PAGE</w:instrText></w:r>`+r("7")), Edited{Paragraphs: []Paragraph{{Text: "7"}}}},
		"breaks and tabs":          {p("", `<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>`), Edited{Paragraphs: []Paragraph{{Text: "a b\nc-d"}}}},
		"a list of Word's own":     {p("Heading2", r("Actions")) + `<w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr>` + r("do it") + "</w:p>", Edited{Lists: []List{{Heading: "Actions", Items: []Item{{Text: "do it"}}}}}},
		"a list without a heading": {p("ListBullet", r("one")) + p("ListBullet", r("two")), Edited{Lists: []List{{Items: []Item{{Text: "one"}, {Text: "two"}}}}}},
		"a heading left alone":     {p("Heading1", r("Left")) + p("Heading1", r("Used")) + p("", r("text")), Edited{Paragraphs: []Paragraph{{Heading: "Left"}, {Heading: "Used", Text: "text"}}}},
		"a second title":           {p("Title", r("One")) + p("", r("text")) + p("Title", r("Two")) + p("", r("more")), Edited{Title: "One", Paragraphs: []Paragraph{{Text: "text"}, {Heading: "Two", Text: "more"}}}},
		"empty paragraphs":         {p("", "") + p("BodyText", r("  ")) + p("", r("x")), Edited{Paragraphs: []Paragraph{{Text: "x"}}}},
		"a text box, once": {p("", `<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>`+p("", r("boxed"))+`</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict>`+p("", r("boxed"))+`</w:pict></mc:Fallback></mc:AlternateContent></w:r>`),
			Edited{Pictures: 1, Paragraphs: []Paragraph{{Text: "boxed"}}}},
		"a table":          {`<w:tbl><w:tr><w:tc>` + p("", r("left")) + `</w:tc><w:tc>` + p("", r("right")) + `</w:tc></w:tr></w:tbl>`, Edited{Paragraphs: []Paragraph{{Text: "left"}, {Text: "right"}}}},
		"notes are joined": {p("Note", r("a")) + p("Note", r("b")), Edited{Note: "a\nb"}},
	} {
		got, err := readBack(wordFile(t, c.inside))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestWhatIsNoWordDocumentIsRefused(t *testing.T) {
	t.Parallel()
	good := written(t, DOCX, sample(t))
	for name, b := range map[string][]byte{
		"nothing":             nil,
		"a picture":           chartOf(t).PNG,
		"text":                []byte("hello"),
		"an old Word file":    []byte("\xd0\xcf\x11\xe0 old"),
		"a zip of else":       zipped(t, map[string]string{"a.txt": "x"}),
		"cut off":             good[:len(good)/2],
		"broken inside":       zipped(t, map[string]string{"word/document.xml": "<w:document><w:p>"}),
		"an entity":           zipped(t, map[string]string{"word/document.xml": `<!DOCTYPE x [<!ENTITY a "b">]><w:document>&a;</w:document>`}),
		"no XML":              zipped(t, map[string]string{"word/document.xml": "\x00\x01"}),
		"two ends":            zipped(t, map[string]string{"word/document.xml": "</w:p>"}),
		"unfinished skipping": zipped(t, map[string]string{"word/document.xml": "<w:document><w:del>"}),
	} {
		if _, err := readBack(b); !errors.Is(err, ErrNotDocx) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFileThatUnpacksWithoutEndIsRefused(t *testing.T) {
	t.Parallel()
	bomb := wordFile(t, "<w:p>"+strings.Repeat(r("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), 220_000)+"</w:p>")
	if len(bomb) > 1<<20 {
		t.Fatalf("the bomb has %d bytes", len(bomb))
	}
	for name, b := range map[string][]byte{
		"one long paragraph":   bomb,
		"too many paragraphs":  wordFile(t, strings.Repeat(p("", r("x")), maxParas+1)),
		"nested without end":   wordFile(t, strings.Repeat("<w:sdt>", 5000)+strings.Repeat("</w:sdt>", 5000)),
		"nested where skipped": wordFile(t, p("", strings.Repeat("<w:ins>", 300)+strings.Repeat("</w:ins>", 300))),
	} {
		if _, err := readBack(b); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ReadDOCX(bytes.NewReader(nil), maxFile+1); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a file beyond the limit: %v", err)
	}
}

func TestHostileTextComesBackWithoutItsMarks(t *testing.T) {
	t.Parallel()
	for _, s := range hostile {
		got, err := readBack(written(t, DOCX, hostileOverview(s)))
		if err != nil {
			t.Errorf("%.40q: %v", s, err)
			continue
		}
		want := strings.TrimSpace(plain(s))
		if want != "" && got.Title != want {
			t.Errorf("%.60q came back as %.60q", want, got.Title)
		}
	}
}

func FuzzReadDOCX(f *testing.F) {
	f.Add(written(f, DOCX, sample(f)))
	f.Add(wordFile(f, p("Title", r("x"))))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := readBack(b)
		if err != nil && !errors.Is(err, ErrNotDocx) && !errors.Is(err, ErrTooLarge) {
			t.Errorf("an error of no kind: %v", err)
		}
		checkClean(t, got)
	})
}

func FuzzTheTextOfAWordDocument(f *testing.F) {
	f.Add(p("Title", r("x")) + p("Heading1", r("y")) + p("ListBullet", r("z")))
	f.Add(`<w:p><w:r><w:t>a`)
	f.Add(`<w:del><w:p/></w:del><w:p><w:p></w:p></w:p>`)
	f.Fuzz(func(t *testing.T, inside string) {
		got, err := readBack(wordFile(t, inside))
		if err == nil {
			checkClean(t, got)
		}
	})
}

// checkClean holds that what was read can be written and read again.
func checkClean(t *testing.T, e Edited) {
	t.Helper()
	for _, s := range e.Texts() {
		if s != plain(s) {
			t.Errorf("%.60q has marks in it", s)
		}
	}
	again, err := readBack(written(t, DOCX, Overview{Title: e.Title, DateLine: e.DateLine, Paragraphs: e.Paragraphs, Lists: e.Lists, Note: e.Note}))
	if err != nil {
		t.Fatal(err)
	}
	if a, b := len(strings.Join(e.Texts(), "")), len(strings.Join(again.Texts(), "")); b < a-a/2-64 {
		t.Errorf("%d bytes of text became %d", a, b)
	}
}

func BenchmarkReadDOCX(b *testing.B) {
	data := written(b, DOCX, sample(b))
	for b.Loop() {
		if _, err := readBack(data); err != nil {
			b.Fatal(err)
		}
	}
}
