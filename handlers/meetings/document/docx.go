package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// MIMEDocx is the media type of what DOCX writes.
const MIMEDocx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// DOCX writes the overview as a Word document: real headings and lists,
// language tags, properties, and words for the picture.
func DOCX(w io.Writer, o Overview) error { return docx(w, o, false) }

// DOCXAnnex writes an annex (see Annex) as a Word document.
func DOCXAnnex(w io.Writer, o Overview) error { return docx(w, o, true) }

type part struct {
	name string
	data []byte
}

func docx(w io.Writer, o Overview, annex bool) error {
	blocks := o.layOut(annex)
	chart := o.Chart != nil && !annex
	parts := []part{
		{"[Content_Types].xml", contentTypes(chart)},
		{"_rels/.rels", []byte(packageRels)},
		{"docProps/core.xml", coreProperties(o)},
		{"docProps/app.xml", []byte(appProperties)},
		{"word/document.xml", body(o, blocks)},
		{"word/styles.xml", styles(o.Lang)},
		{"word/settings.xml", settings(o.Lang)},
		{"word/numbering.xml", []byte(numbering)},
		{"word/fontTable.xml", []byte(fontTable)},
		{"word/_rels/document.xml.rels", documentRels(chart)},
	}
	if chart {
		parts = append(parts, part{"word/media/chart.png", o.Chart.PNG})
	}
	if err := pack(w, parts); err != nil {
		return fmt.Errorf("writing the Word document: %w", err)
	}
	return nil
}

// pack writes the parts without times, so that the same overview gives the
// same bytes.
func pack(w io.Writer, parts []part) error {
	z := zip.NewWriter(w)
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		if _, err := f.Write(p.data); err != nil {
			return err
		}
	}
	return z.Close()
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// esc makes a text stand inside an element or an attribute.
func esc(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(plain(s))) // a buffer takes everything
	return b.String()
}

// styleOf is the style of each kind of block, as styles.xml defines them.
var styleOf = map[kind]string{
	kindTitle: "Title", kindDate: "Subtitle", kindHeading: "Heading1", kindText: "BodyText", kindBullet: "ListBullet",
	kindChart: "Figure", kindNote: "Note", kindSaid: "ListBullet",
}

// body is word/document.xml.
func body(o Overview, blocks []block) []byte {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:document xmlns:w="` + nsWord + `" xmlns:r="` + nsRel + `" xmlns:wp="` + nsDrawing +
		`" xmlns:a="` + nsArt + `" xmlns:pic="` + nsPicture + `"><w:body>`)
	for _, bl := range blocks {
		b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + styleOf[bl.kind] + `"/></w:pPr>`)
		switch bl.kind {
		case kindChart:
			b.WriteString(picture(*o.Chart))
		case kindSaid:
			b.WriteString(saidRuns(bl, o.Lang))
		default:
			b.WriteString(run(bl.text, bl.lang, o.Lang, ""))
		}
		b.WriteString("</w:p>")
	}
	b.WriteString(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1304" w:bottom="1304" w:left="1304" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	return []byte(b.String())
}

// run is a stretch of text in one language. A line break in it stays one.
func run(text, lang, whole, style string) string {
	var b strings.Builder
	b.WriteString("<w:r><w:rPr>" + style)
	if lang != "" && tag(lang) != tag(whole) {
		b.WriteString(`<w:lang w:val="` + tag(lang) + `"/>`)
	}
	b.WriteString("</w:rPr>")
	for i, l := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteString("<w:br/>")
		}
		b.WriteString(`<w:t xml:space="preserve">` + esc(l) + "</w:t>")
	}
	return b.String() + "</w:r>"
}

func saidRuns(bl block, whole string) string {
	head := strings.TrimSpace(bl.said.When + " " + bl.said.Who)
	if head == "" {
		return run(bl.said.Text, bl.lang, whole, "")
	}
	return run(head+": ", "", whole, "<w:b/>") + run(bl.said.Text, bl.lang, whole, "")
}

// emuPerPixel at 96 pixels an inch; the picture is never wider than the text.
const (
	emuPerPixel = 9525
	textWidth   = 9298 * 635 // twentieths of a point in EMU
)

func picture(c Chart) string {
	cx, cy := c.Width*emuPerPixel, c.High*emuPerPixel
	if cx > textWidth && cx > 0 {
		cx, cy = textWidth, int(int64(cy)*textWidth/int64(cx))
	}
	return fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%[1]d" cy="%[2]d"/>`+
		`<wp:docPr id="1" name="Chart" title="%[3]s" descr="%[4]s"/><a:graphic><a:graphicData uri="%[5]s"><pic:pic>`+
		`<pic:nvPicPr><pic:cNvPr id="1" name="chart.png" descr="%[4]s"/><pic:cNvPicPr/></pic:nvPicPr>`+
		`<pic:blipFill><a:blip r:embed="rIdChart"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[1]d" cy="%[2]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`+
		`</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`, cx, cy, esc(c.Title), esc(c.Alt), nsPicture)
}

// coreProperties is docProps/core.xml.
func coreProperties(o Overview) []byte {
	var b strings.Builder
	b.WriteString(xmlHead + `<cp:coreProperties xmlns:cp="` + nsCore + `" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	b.WriteString("<dc:title>" + esc(o.Title) + "</dc:title><dc:subject>" + esc(o.DateLine) + "</dc:subject>")
	if o.Author != "" {
		b.WriteString("<dc:creator>" + esc(o.Author) + "</dc:creator><cp:lastModifiedBy>" + esc(o.Author) + "</cp:lastModifiedBy>")
	}
	b.WriteString("<dc:language>" + tag(o.Lang) + "</dc:language>")
	if !o.Created.IsZero() {
		at := o.Created.UTC().Format("2006-01-02T15:04:05Z")
		b.WriteString(`<dcterms:created xsi:type="dcterms:W3CDTF">` + at + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + at + `</dcterms:modified>`)
	}
	return []byte(b.String() + "</cp:coreProperties>")
}
