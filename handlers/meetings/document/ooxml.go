package document

import "strings"

// The namespaces of the parts of a Word document.
const (
	nsWord    = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	nsRel     = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	nsDrawing = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
	nsArt     = "http://schemas.openxmlformats.org/drawingml/2006/main"
	nsPicture = "http://schemas.openxmlformats.org/drawingml/2006/picture"
	nsCore    = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
	nsRels    = "http://schemas.openxmlformats.org/package/2006/relationships"
	nsTypes   = "http://schemas.openxmlformats.org/package/2006/content-types"
)

const typeWord = "application/vnd.openxmlformats-officedocument.wordprocessingml."

// contentTypes is [Content_Types].xml.
func contentTypes(chart bool) []byte {
	var b strings.Builder
	b.WriteString(xmlHead + `<Types xmlns="` + nsTypes + `"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>`)
	if chart {
		b.WriteString(`<Default Extension="png" ContentType="image/png"/>`)
	}
	for _, o := range [][2]string{
		{"/word/document.xml", typeWord + "document.main+xml"}, {"/word/styles.xml", typeWord + "styles+xml"},
		{"/word/settings.xml", typeWord + "settings+xml"}, {"/word/numbering.xml", typeWord + "numbering+xml"},
		{"/word/fontTable.xml", typeWord + "fontTable+xml"},
		{"/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"},
		{"/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"},
	} {
		b.WriteString(`<Override PartName="` + o[0] + `" ContentType="` + o[1] + `"/>`)
	}
	return []byte(b.String() + "</Types>")
}

const packageRels = xmlHead + `<Relationships xmlns="` + nsRels + `">` +
	`<Relationship Id="rId1" Type="` + nsRel + `/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`<Relationship Id="rId3" Type="` + nsRel + `/extended-properties" Target="docProps/app.xml"/></Relationships>`

func documentRels(chart bool) []byte {
	var b strings.Builder
	b.WriteString(xmlHead + `<Relationships xmlns="` + nsRels + `">`)
	for _, r := range [][2]string{{"styles", "styles.xml"}, {"settings", "settings.xml"}, {"numbering", "numbering.xml"}, {"fontTable", "fontTable.xml"}} {
		b.WriteString(`<Relationship Id="rId` + r[0] + `" Type="` + nsRel + "/" + r[0] + `" Target="` + r[1] + `"/>`)
	}
	if chart {
		b.WriteString(`<Relationship Id="rIdChart" Type="` + nsRel + `/image" Target="media/chart.png"/>`)
	}
	return []byte(b.String() + "</Relationships>")
}

const appProperties = xmlHead + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Cymar</Application></Properties>`

const fontTable = xmlHead + `<w:fonts xmlns:w="` + nsWord + `"><w:font w:name="Arial"><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>`

// settings is word/settings.xml: the language of the whole, and that the file
// is of today's kind, so that Word does not open it in a mode for old ones.
func settings(lang string) []byte {
	return []byte(xmlHead + `<w:settings xmlns:w="` + nsWord + `"><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>` +
		`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
		`<w:themeFontLang w:val="` + tag(lang) + `"/></w:settings>`)
}

// numbering defines the one kind of list: bullets.
const numbering = xmlHead + `<w:numbering xmlns:w="` + nsWord + `"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>` +
	`<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>` +
	`<w:pPr><w:ind w:left="425" w:hanging="283"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`

// paragraph styles: id, name, what follows, paragraph properties, run
// properties. The names are Word's own, so that its navigation pane, its table
// of contents and readers aloud know the headings.
var paragraphStyles = []struct{ id, name, next, ppr, rpr string }{
	{"Normal", "Normal", "", "", ""},
	{"Title", "Title", "Subtitle", `<w:keepNext/><w:spacing w:before="0" w:after="60"/><w:outlineLvl w:val="9"/>`, `<w:b/><w:sz w:val="36"/><w:szCs w:val="36"/>`},
	{"Subtitle", "Subtitle", "BodyText", `<w:spacing w:before="0" w:after="320"/>`, `<w:b/><w:sz w:val="24"/><w:szCs w:val="24"/>`},
	{"Heading1", "heading 1", "BodyText", `<w:keepNext/><w:keepLines/><w:spacing w:before="320" w:after="80"/><w:outlineLvl w:val="0"/>`, `<w:b/><w:sz w:val="28"/><w:szCs w:val="28"/>`},
	{"BodyText", "Body Text", "BodyText", `<w:spacing w:before="0" w:after="180" w:line="300" w:lineRule="auto"/>`, ""},
	{"ListBullet", "List Bullet", "ListBullet", `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:spacing w:before="0" w:after="80" w:line="288" w:lineRule="auto"/><w:ind w:left="425" w:hanging="283"/>`, ""},
	{"Figure", "Figure", "BodyText", `<w:spacing w:before="240" w:after="240"/>`, ""},
	{"Note", "Note", "BodyText", `<w:pBdr><w:top w:val="single" w:sz="4" w:space="6" w:color="767676"/></w:pBdr><w:spacing w:before="320" w:after="120"/>`, `<w:sz w:val="20"/><w:szCs w:val="20"/>`},
}

// styles is word/styles.xml.
func styles(lang string) []byte {
	var b strings.Builder
	b.WriteString(xmlHead + `<w:styles xmlns:w="` + nsWord + `"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/>` +
		`<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="` + tag(lang) + `" w:eastAsia="` + tag(lang) + `" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	for _, s := range paragraphStyles {
		b.WriteString(`<w:style w:type="paragraph"`)
		if s.id == "Normal" {
			b.WriteString(` w:default="1"`)
		}
		b.WriteString(` w:styleId="` + s.id + `"><w:name w:val="` + s.name + `"/>`)
		if s.id != "Normal" {
			b.WriteString(`<w:basedOn w:val="Normal"/>`)
		}
		if s.next != "" {
			b.WriteString(`<w:next w:val="` + s.next + `"/>`)
		}
		b.WriteString(`<w:qFormat/>`)
		if s.ppr != "" {
			b.WriteString("<w:pPr>" + s.ppr + "</w:pPr>")
		}
		if s.rpr != "" {
			b.WriteString("<w:rPr>" + s.rpr + "</w:rPr>")
		}
		b.WriteString("</w:style>")
	}
	b.WriteString(`<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>`)
	return []byte(b.String() + "</w:styles>")
}
