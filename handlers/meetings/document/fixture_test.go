package document

import (
	"archive/zip"
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files again")

var began = time.Date(2026, 1, 8, 14, 0, 0, 0, time.UTC)

// sample is an overview with everything that one can have.
func sample(tb testing.TB) Overview {
	tb.Helper()
	return Overview{
		Title:    "Peer Support Space: Meeting Chat Overview",
		DateLine: "Thursday 8 January 2026, 14:00 – 16:00 | MS Teams",
		Paragraphs: []Paragraph{
			{Text: "The meeting focused on peer support roles & how they are led."},
			{Heading: "Role drift into clinical tasks", Text: "A key theme was drift: “obs” and cover for <short> shifts.",
				Evidence: []Said{{When: "14:12", Who: "A. Person", Text: "we get pulled into obs"}, {Text: "same"}}},
			{Text: "Bu trafod am yr iaith.", Lang: Welsh, Evidence: []Said{{When: "14:30", Text: "Ŵyneb yn wyneb, plis", Lang: Welsh}}},
			{Text: "Overall, the discussion highlighted commitment.\n\nIt also showed what is open."},
		},
		Lists: []List{
			{Heading: "Resources requested", Items: []Item{{Text: "Slides", Evidence: []Said{{When: "14:13", Text: "slides please"}}}, {Text: "Job descriptions"}}},
			{Heading: "Nothing here"},
			{Heading: "Actions", Items: []Item{{Text: "Send the slides"}}},
		},
		Chart:   chartOf(tb),
		Note:    "An overview of the chat, not of what was said aloud.",
		Author:  "Cymar",
		Created: began.Add(26 * time.Hour),
	}
}

func timeline() Timeline {
	at := func(minutes ...int) []time.Time {
		var all []time.Time
		for _, m := range minutes {
			all = append(all, began.Add(time.Duration(m)*time.Minute))
		}
		return all
	}
	return Timeline{Title: "Themes over the meeting’s time", Start: began, End: began.Add(2 * time.Hour), Themes: []ThemeTimes{
		{"Supervision by peers", at(5, 6, 7, 7, 8, 40, 41, -20)},
		{"Role drift into clinical tasks, and what a team can do about it before somebody starts", at(50, 52, 55, 90)},
		{"Yr iaith Gymraeg: ŵ ac ŷ", at(100)},
		{"Nothing in the meeting", at(300)},
	}}
}

func chartOf(tb testing.TB) *Chart {
	tb.Helper()
	c, err := timeline().Chart()
	if err != nil || c == nil {
		tb.Fatalf("no chart: %v", err)
	}
	return c
}

// written runs a writer and returns what it wrote.
func written(tb testing.TB, write func(io.Writer, Overview) error, o Overview) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := write(&b, o); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// golden compares with a file in testdata; -update writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("%s is not as it was (-update writes it again):\n%s", name, diff)
	}
}

// unzip returns the parts of a document by name.
func unzip(tb testing.TB, b []byte) map[string][]byte {
	tb.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		tb.Fatal(err)
	}
	parts := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			tb.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			tb.Fatal(err)
		}
		r.Close()
		parts[f.Name] = data
	}
	return parts
}

// hostile texts that have broken other writers.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</w:t></w:r><w:r>`, `]]>`, `<!--`, `&amp;&#0;`, "{{.Title}}",
	"=cmd|' /C calc'!A0", "[link](https://evil.example)", "![x](https://evil.example/p.png)", "# heading", "1. one", "- item", "> quote", "`code`", "<https://evil.example>",
	"\u202egnp.exe", "a\x00b\x08c", "\ufffe\uffff", string([]byte{0xff, 0xfe, 'x'}), strings.Repeat("y", 40_000), strings.Repeat("a\u0301", 500), "👩🏽‍🚀🏴󠁧󠁢󠁷󠁬󠁳󠁿", "line one\nline two\n\nline three",
}

// hostileOverview puts one text into every place.
func hostileOverview(s string) Overview {
	return Overview{Title: s, DateLine: s, Note: s, Author: s,
		Paragraphs: []Paragraph{{Heading: s, Text: s, Evidence: []Said{{When: s, Who: s, Text: s}}}},
		Lists:      []List{{Heading: s, Items: []Item{{Text: s, Evidence: []Said{{Text: s}}}}}}}
}
