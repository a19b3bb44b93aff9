package main

import (
	"io"
	"path/filepath"
	"strings"
	"time"

	"cymar/handlers/meetings/document"
	"cymar/handlers/meetings/themes"
	"cymar/handlers/meetings/transcript"
)

// writers of the forms in which people read an overview, by ending.
var writers = map[string]struct {
	overview, annex func(io.Writer, document.Overview) error
}{
	".docx": {document.DOCX, document.DOCXAnnex},
	".html": {document.HTML, document.HTMLAnnex},
	".htm":  {document.HTML, document.HTMLAnnex},
	".md":   {document.Markdown, document.MarkdownAnnex},
}

// files writes what was asked for.
func (c overviewCmd) files(io stdio, t transcript.Transcript, o themes.Overview) error {
	ext := strings.ToLower(filepath.Ext(c.Out))
	if ext == ".json" {
		if err := c.write(io, c.Out, jsonWriter(o)); err != nil {
			return err
		}
	} else {
		d, err := c.document(t, o)
		if err != nil {
			return err
		}
		if err := c.write(io, c.Out, written(writers[firstOf(ext, ".md")].overview, d)); err != nil {
			return err
		}
	}
	if c.Annex == "" {
		return nil
	}
	annex := evidence(t, o).Annex(annexTitle(o), "For the facilitator only. It holds what people wrote; please do not pass it on.")
	return c.write(io, c.Annex, written(writers[strings.ToLower(filepath.Ext(c.Annex))].annex, annex))
}

func annexTitle(o themes.Overview) string { return o.Title + " – the messages behind it" }

func jsonWriter(o themes.Overview) func(io.Writer) error {
	return func(w io.Writer) error {
		b, err := o.JSON()
		if err != nil {
			return err
		}
		_, err = w.Write(append(b, '\n'))
		return err
	}
}

func written(write func(io.Writer, document.Overview) error, d document.Overview) func(io.Writer) error {
	return func(w io.Writer) error { return write(w, d) }
}

// document is the overview as it is read: prose, and below it the chart and
// the lists where they are wanted.
func (c overviewCmd) document(t transcript.Transcript, o themes.Overview) (document.Overview, error) {
	d := evidence(t, o)
	if !c.Lists {
		d.Lists = nil
	}
	for i := range d.Paragraphs {
		d.Paragraphs[i].Heading = "" // the overview is prose; its headings are for the annex
	}
	if c.NoChart {
		return d, nil
	}
	chart, err := timeline(t, o).Chart()
	d.Chart = chart
	return d, err
}

// evidence is the whole overview with the messages behind each part.
func evidence(t transcript.Transcript, o themes.Overview) document.Overview {
	by := map[string]transcript.Message{}
	for _, m := range t.Messages {
		by[m.ID] = m
	}
	said := func(ids []string) []document.Said {
		var all []document.Said
		for _, id := range ids {
			if m, ok := by[id]; ok && !m.Deleted {
				all = append(all, document.Said{When: clockTime(m.At), Text: m.Text})
			}
		}
		return all
	}
	d := document.Overview{Title: o.Title, DateLine: o.DateLine, Author: "Cymar"}
	if len(t.Langs) > 0 {
		d.Lang = t.Langs[0]
	}
	add := func(heading string, p themes.Part) {
		if text := p.Text(); strings.TrimSpace(text) != "" {
			d.Paragraphs = append(d.Paragraphs, document.Paragraph{Heading: heading, Text: text, Evidence: said(p.Evidence())})
		}
	}
	add("", o.Opening)
	for _, th := range o.Themes {
		if !th.Hidden {
			add(th.Title, th.Part)
		}
	}
	add("", o.Material)
	add("", o.Closing)
	for _, l := range []struct {
		heading string
		items   []themes.Item
	}{{"Resources requested", o.Requested}, {"Resources shared", o.Shared}, {"Questions left open", o.Questions}, {"Actions", o.Actions}} {
		list := document.List{Heading: l.heading}
		for _, it := range l.items {
			list.Items = append(list.Items, document.Item{Text: it.What, Evidence: said(it.Messages)})
		}
		d.Lists = append(d.Lists, list)
	}
	return d
}

func clockTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("15:04")
}

// timeline is when each theme was written about.
func timeline(t transcript.Transcript, o themes.Overview) document.Timeline {
	at := map[string]time.Time{}
	for _, m := range t.Messages {
		at[m.ID] = m.At
	}
	tl := document.Timeline{Title: "Themes over the meeting’s time", Start: t.Start, End: t.End}
	for _, th := range o.Themes {
		if th.Hidden {
			continue
		}
		times := document.ThemeTimes{Title: th.Title}
		for _, id := range th.Messages {
			if when, ok := at[id]; ok && !when.IsZero() {
				times.At = append(times.At, when)
			}
		}
		tl.Themes = append(tl.Themes, times)
	}
	return tl
}
