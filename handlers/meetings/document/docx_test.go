package document

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTheWordDocumentHasEveryPartThatItNames(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(io.Writer, Overview) error{"overview": DOCX, "annex": DOCXAnnex} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parts := unzip(t, written(t, write, sample(t)))
			checkTypes(t, parts)
			checkRelations(t, parts)
			for part, data := range parts {
				if strings.HasSuffix(part, ".xml") || strings.HasSuffix(part, ".rels") {
					checkXML(t, part, data)
				}
			}
			checkStyles(t, parts)
		})
	}
}

// checkTypes holds that every part has a content type and every type a part.
func checkTypes(t *testing.T, parts map[string][]byte) {
	t.Helper()
	var types struct {
		Default []struct {
			Extension   string `xml:",attr"`
			ContentType string `xml:",attr"`
		}
		Override []struct {
			PartName    string `xml:",attr"`
			ContentType string `xml:",attr"`
		}
	}
	if err := xml.Unmarshal(parts["[Content_Types].xml"], &types); err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{"[Content_Types].xml": true}
	for _, o := range types.Override {
		name := strings.TrimPrefix(o.PartName, "/")
		named[name] = true
		if _, ok := parts[name]; !ok || o.ContentType == "" {
			t.Errorf("%s is named in the content types but is not there", name)
		}
	}
	for name := range parts {
		known := named[name]
		for _, d := range types.Default {
			known = known || strings.HasSuffix(name, "."+d.Extension) && d.Extension != "xml"
		}
		if !known {
			t.Errorf("%s has no content type", name)
		}
	}
}

type relations struct {
	Relationship []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:",attr"`
		Target string `xml:",attr"`
		Mode   string `xml:"TargetMode,attr"`
	}
}

// checkRelations holds that every relation leads to a part of the file, and
// nothing outside, and that every id used in the document is one.
func checkRelations(t *testing.T, parts map[string][]byte) {
	t.Helper()
	ids := map[string]bool{}
	for _, name := range []string{"_rels/.rels", "word/_rels/document.xml.rels"} {
		var rels relations
		if err := xml.Unmarshal(parts[name], &rels); err != nil {
			t.Fatal(err)
		}
		base := path.Dir(path.Dir(name))
		for _, r := range rels.Relationship {
			if r.Mode != "" {
				t.Errorf("%s leads outside: %s", name, r.Target)
			}
			if _, ok := parts[path.Join(base, r.Target)]; !ok {
				t.Errorf("%s leads to %s, which is not there", name, r.Target)
			}
			if strings.HasPrefix(name, "word/") {
				ids[r.ID] = true
			}
		}
	}
	for _, after := range strings.Split(string(parts["word/document.xml"]), `r:embed="`)[1:] {
		id, _, _ := strings.Cut(after, `"`)
		if !ids[id] {
			t.Errorf("the document uses %s, which is no relation", id)
		}
	}
}

// order of the children that Word insists on, of those that are used.
var order = map[string][]string{
	"pPr":       {"pStyle", "keepNext", "keepLines", "numPr", "pBdr", "spacing", "ind", "outlineLvl"},
	"rPr":       {"rFonts", "b", "sz", "szCs", "lang"},
	"style":     {"name", "basedOn", "next", "qFormat", "pPr", "rPr"},
	"settings":  {"zoom", "defaultTabStop", "compat", "themeFontLang"},
	"inline":    {"extent", "docPr", "graphic"},
	"lvl":       {"start", "numFmt", "lvlText", "lvlJc", "pPr"},
	"sectPr":    {"pgSz", "pgMar"},
	"numbering": {"abstractNum", "num"},
	"styles":    {"docDefaults", "style"},
	"body":      {"p", "sectPr"},
	"p":         {"pPr", "r"},
}

// checkXML holds that a part is well-formed, in UTF-8, and its children in the
// order of the schema.
func checkXML(t *testing.T, part string, data []byte) {
	t.Helper()
	if !bytes.HasPrefix(data, []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`)) {
		t.Errorf("%s does not say what it is", part)
	}
	dec := xml.NewDecoder(bytes.NewReader(data))
	type level struct {
		name string
		at   int
	}
	stack := []level{{}}
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", part, err)
		}
		switch e := tok.(type) {
		case xml.StartElement:
			up := &stack[len(stack)-1]
			if names := order[up.name]; names != nil && strings.HasPrefix(part, "word/") {
				i := slices.Index(names, e.Name.Local)
				if i < 0 || i < up.at {
					t.Errorf("%s: %s is out of place in %s", part, e.Name.Local, up.name)
				}
				up.at = max(up.at, i)
			}
			stack = append(stack, level{name: e.Name.Local})
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
}

// checkStyles holds that every style used is defined.
func checkStyles(t *testing.T, parts map[string][]byte) {
	t.Helper()
	defined := string(parts["word/styles.xml"])
	for _, after := range strings.Split(string(parts["word/document.xml"]), `<w:pStyle w:val="`)[1:] {
		id, _, _ := strings.Cut(after, `"`)
		if !strings.Contains(defined, `w:styleId="`+id+`"`) {
			t.Errorf("style %s is not defined", id)
		}
	}
	if !strings.Contains(defined, `<w:name w:val="heading 1"/>`) || !strings.Contains(defined, `<w:outlineLvl w:val="0"/>`) {
		t.Error("headings are not headings to Word")
	}
}

func TestLanguagesAreTaggedSoThatTheRightVoiceReadsThem(t *testing.T) {
	t.Parallel()
	o := sample(t)
	parts := unzip(t, written(t, DOCX, o))
	for part, want := range map[string]string{
		"word/styles.xml":   `<w:lang w:val="en-GB" w:eastAsia="en-GB"`,
		"word/settings.xml": `<w:themeFontLang w:val="en-GB"/>`,
		"docProps/core.xml": `<dc:language>en-GB</dc:language>`,
		"word/document.xml": `<w:lang w:val="cy-GB"/></w:rPr><w:t xml:space="preserve">Bu trafod am yr iaith.</w:t>`,
	} {
		if !bytes.Contains(parts[part], []byte(want)) {
			t.Errorf("%s lacks %s", part, want)
		}
	}
	if n := bytes.Count(parts["word/document.xml"], []byte("w:lang")); n != 1 {
		t.Errorf("%d runs are tagged, where one is not in the document's language", n)
	}
	o.Lang = Welsh
	parts = unzip(t, written(t, DOCX, o))
	if !bytes.Contains(parts["word/styles.xml"], []byte(`<w:lang w:val="cy-GB"`)) || bytes.Contains(parts["word/document.xml"], []byte("cy-GB")) {
		t.Error("a Welsh document is not in Welsh as a whole")
	}
}

func TestThePictureHasWordsAndTheFileItsProperties(t *testing.T) {
	t.Parallel()
	parts := unzip(t, written(t, DOCX, sample(t)))
	if !bytes.Contains(parts["word/document.xml"], []byte(`descr="Chart of the themes between 14:00 and 16:00.`)) {
		t.Error("the picture has no words")
	}
	if !bytes.HasPrefix(parts["word/media/chart.png"], []byte("\x89PNG")) {
		t.Error("the picture is no PNG")
	}
	for _, want := range []string{
		"<dc:title>Peer Support Space: Meeting Chat Overview</dc:title>", "<dc:creator>Cymar</dc:creator>",
		`<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-09T16:00:00Z</dcterms:created>`,
	} {
		if !bytes.Contains(parts["docProps/core.xml"], []byte(want)) {
			t.Errorf("the properties lack %s", want)
		}
	}
}

func TestWithoutAChartThereIsNoPictureAndNoTypeForOne(t *testing.T) {
	t.Parallel()
	o := sample(t)
	o.Chart, o.Author, o.Created = nil, "", time.Time{}
	parts := unzip(t, written(t, DOCX, o))
	checkTypes(t, parts)
	checkRelations(t, parts)
	if _, ok := parts["word/media/chart.png"]; ok || bytes.Contains(parts["[Content_Types].xml"], []byte("png")) {
		t.Error("there is a picture")
	}
	if bytes.Contains(parts["docProps/core.xml"], []byte("creator")) || bytes.Contains(parts["docProps/core.xml"], []byte("created")) {
		t.Error("properties are made up")
	}
}

func TestTheSameOverviewGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(io.Writer, Overview) error{"docx": DOCX, "html": HTML, "markdown": Markdown, "annex": DOCXAnnex} {
		if a, b := written(t, write, sample(t)), written(t, write, sample(t)); !bytes.Equal(a, b) {
			t.Errorf("%s differs", name)
		}
	}
}

func TestTheWordDocumentIsAsItWas(t *testing.T) {
	t.Parallel()
	parts := unzip(t, written(t, DOCX, sample(t)))
	doc := strings.ReplaceAll(string(parts["word/document.xml"]), "<w:p>", "\n<w:p>")
	golden(t, "document.xml", []byte(doc))
}

func TestHostileTextStaysTextInWord(t *testing.T) {
	t.Parallel()
	for _, s := range hostile {
		o := hostileOverview(s)
		for _, write := range []func(io.Writer, Overview) error{DOCX, DOCXAnnex} {
			parts := unzip(t, written(t, write, o))
			for part, data := range parts {
				checkXML(t, part, data)
			}
			checkRelations(t, parts)
		}
	}
}

func TestLibreOfficeOpensItWithoutRepair(t *testing.T) {
	t.Parallel()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "overview.docx")
	if err := os.WriteFile(file, written(t, DOCX, sample(t)), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(office, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "pdf", "--outdir", dir, file)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	pdf, err := os.ReadFile(filepath.Join(dir, "overview.pdf"))
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) || len(pdf) < 10_000 {
		t.Errorf("the PDF has %d bytes: %v", len(pdf), err)
	}
}

type brokenWriter struct{ after int }

func (b *brokenWriter) Write(p []byte) (int, error) {
	if b.after -= len(p); b.after < 0 {
		return 0, errors.New("disk full")
	}
	return len(p), nil
}

func TestAFullDiskIsSaid(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(io.Writer, Overview) error{"docx": DOCX, "html": HTML, "markdown": Markdown} {
		for _, after := range []int{0, 300} {
			if err := write(&brokenWriter{after}, sample(t)); err == nil {
				t.Errorf("%s: no error after %d bytes", name, after)
			}
		}
	}
}
