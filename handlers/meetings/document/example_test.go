package document_test

import (
	"bytes"
	"fmt"
	"os"
	"time"

	"cymar/handlers/meetings/document"
)

func sampleOverview() document.Overview {
	return document.Overview{
		Title:      "Peer Support Space: Meeting Chat Overview",
		DateLine:   "Thursday 8 January 2026, 14:00 – 16:00 | MS Teams",
		Paragraphs: []document.Paragraph{{Text: "The meeting focused on supervision."}, {Text: "Overall, there was commitment."}},
		Lists:      []document.List{{Heading: "Actions", Items: []document.Item{{Text: "Send the slides"}}}},
	}
}

func ExampleMarkdown() {
	if err := document.Markdown(os.Stdout, sampleOverview()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// # Peer Support Space: Meeting Chat Overview
	//
	// Thursday 8 January 2026, 14:00 – 16:00 | MS Teams
	//
	// The meeting focused on supervision.
	//
	// Overall, there was commitment.
	//
	// ## Actions
	//
	// - Send the slides
}

func ExampleReadDOCX() {
	var file bytes.Buffer
	if err := document.DOCX(&file, sampleOverview()); err != nil {
		fmt.Println(err)
		return
	}
	edited, err := document.ReadDOCX(bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, text := range edited.Texts() {
		fmt.Println(text)
	}
	// Output:
	// Peer Support Space: Meeting Chat Overview
	// Thursday 8 January 2026, 14:00 – 16:00 | MS Teams
	// The meeting focused on supervision.
	// Overall, there was commitment.
	// Actions
	// Send the slides
}

func ExampleTimeline_Chart() {
	start := time.Date(2026, 1, 8, 14, 0, 0, 0, time.UTC)
	timeline := document.Timeline{Title: "Themes", Start: start, End: start.Add(time.Hour), Themes: []document.ThemeTimes{
		{Title: "Supervision", At: []time.Time{start.Add(5 * time.Minute), start.Add(9 * time.Minute)}},
	}}
	chart, err := timeline.Chart()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(chart.Alt)
	// Output: Chart of the themes between 14:00 and 15:00. Supervision: 2 messages, mostly between 14:05 and 14:09.
}
