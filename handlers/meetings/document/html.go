package document

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
)

// page is a whole page without outside resources. The styles keep contrast at
// 7:1 and more, in light and in dark, and in print.
var page = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="referrer" content="no-referrer">{{if .Author}}
<meta name="author" content="{{.Author}}">{{end}}
<title>{{.Title}}</title>
<style>
:root { color-scheme: light dark; }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 42rem; font: 1.0625rem/1.6 system-ui, "Segoe UI", Arial, sans-serif; color: #1b1b1b; background: #fff; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2rem 0 .25rem; }
p { margin: .75rem 0; }
.date { margin: 0 0 1.5rem; font-weight: 600; }
.note { margin-top: 2rem; padding-top: .75rem; border-top: 1px solid #767676; font-size: .95rem; }
figure { margin: 2rem 0; overflow-x: auto; }
figure svg { max-width: 100%; height: auto; background: #fff; }
li { margin: .25rem 0; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: .5rem; padding: .5rem 1rem; background: #fff; color: #003a70; outline: 3px solid #003a70; }
@media (prefers-color-scheme: dark) { body { color: #f2f2f2; background: #161616; } }
@media print { body { max-width: none; padding: 0; color: #000; background: #fff; } .skip { display: none; } }
</style>
</head>
<body>
<a class="skip" href="#text">{{.Skip}}</a>
<header>
<h1>{{.Title}}</h1>{{if .Date}}
<p class="date">{{.Date}}</p>{{end}}{{if .Warning}}
<p class="note">{{.Warning}}</p>{{end}}
</header>
<main id="text">
{{range .Sections}}{{if .Heading}}<section aria-labelledby="{{.ID}}">
<h2 id="{{.ID}}"{{if .Lang}} lang="{{.Lang}}"{{end}}>{{.Heading}}</h2>
{{end}}{{range .Texts}}<p{{if .Lang}} lang="{{.Lang}}"{{end}}>{{.Text}}</p>
{{end}}{{if .Items}}<ul>
{{range .Items}}<li{{if .Lang}} lang="{{.Lang}}"{{end}}>{{.Text}}</li>
{{end}}</ul>
{{end}}{{if .Heading}}</section>
{{end}}{{if .Chart}}<figure>
{{.Chart}}
</figure>
{{end}}{{end}}</main>{{if .Note}}
<footer>
<p class="note">{{.Note}}</p>
</footer>{{end}}
</body>
</html>
`))

type pageData struct {
	Lang, Title, Date, Author, Note, Warning, Skip string
	Sections                                       []section
}

type section struct {
	ID, Heading, Lang string
	Texts, Items      []line
	Chart             template.HTML
}

type line struct{ Text, Lang string }

// HTML writes the overview as a page that stands by itself.
func HTML(w io.Writer, o Overview) error { return htmlPage(w, o, false) }

// HTMLAnnex writes an annex (see Annex) as a page.
func HTMLAnnex(w io.Writer, o Overview) error { return htmlPage(w, o, true) }

func htmlPage(w io.Writer, o Overview, annex bool) error {
	d := pageData{Lang: tag(o.Lang), Author: plain(o.Author), Skip: "Skip to the text"}
	if o.Lang == Welsh {
		d.Skip = "Neidio i'r testun"
	}
	d.Sections = []section{{}}
	for _, b := range o.layOut(annex) {
		d.put(b, o)
	}
	if annex { // whom it is for has to stand above it
		d.Warning, d.Note = d.Note, ""
	}
	var out bytes.Buffer
	if err := page.Execute(&out, d); err != nil {
		return fmt.Errorf("writing HTML: %w", err)
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("writing HTML: %w", err)
	}
	return nil
}

// put places a block in the section that it belongs to.
func (d *pageData) put(b block, o Overview) {
	text := plain(b.text)
	l := line{Text: text}
	if b.lang != "" && tag(b.lang) != d.Lang {
		l.Lang = tag(b.lang)
	}
	last := &d.Sections[len(d.Sections)-1]
	switch b.kind {
	case kindTitle:
		d.Title = text
	case kindDate:
		d.Date = text
	case kindNote:
		d.Note = text
	case kindHeading:
		d.Sections = append(d.Sections, section{ID: fmt.Sprintf("part-%d", len(d.Sections)), Heading: text, Lang: l.Lang})
	case kindText:
		last.Texts = append(last.Texts, l)
	case kindBullet, kindSaid:
		last.Items = append(last.Items, l)
	case kindChart:
		// The SVG is ours and built by Timeline, with every text escaped.
		d.Sections = append(d.Sections, section{Chart: template.HTML(o.Chart.SVG)}, section{}) //nolint:gosec // see above
	}
}
