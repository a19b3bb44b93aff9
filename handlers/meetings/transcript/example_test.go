package transcript_test

import (
	"fmt"
	"os"
	"strings"
	"testing/fstest"
	"time"

	"cymar/handlers/meetings/transcript"
)

func ExampleRead() {
	pasted := `Thursday 12 March 2026

Ann Lee
14:01
hello all

Bob Ray
14:02
Ann Lee
12/03/2026 14:01
hello all
bore da Ann
👍 2
`
	t, r, err := transcript.Read("pasted.txt", strings.NewReader(pasted), transcript.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range t.Messages {
		fmt.Println(m.ID, m.At.Format("2 Jan 15:04"), m.Author, m.Text, m.ReplyTo, m.Reactions)
	}
	fmt.Println(r.Pieces[0].Form, r.Messages, r.People, r.Missing)
	// Output:
	// m001 12 Mar 14:01 Ann Lee hello all  []
	// m002 12 Mar 14:02 Bob Ray bore da Ann m001 [{like 2}]
	// teams-copy 2 2 [title start end facilitator]
}

func ExampleReadFS() {
	pieces := fstest.MapFS{
		"1.txt": {Data: []byte("Ann Lee\n14:01\nhello to all of you\n\nBob Ray\n14:02\ngood afternoon everybody\n")},
		"2.txt": {Data: []byte("Bob Ray\n2:02 PM\ngood afternoon everybody\n\nCat Orr\n2:03 PM\nbore da\n")},
	}
	day := time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
	t, r, err := transcript.ReadFS(pieces, transcript.Options{Known: transcript.Transcript{Date: day}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range t.Messages {
		fmt.Println(m.At.Format(time.DateTime), m.Author)
	}
	fmt.Println(r.Repeated, "repeated,", r.Gaps, "gaps")
	// Output:
	// 2026-03-12 14:01:00 Ann Lee
	// 2026-03-12 14:02:00 Bob Ray
	// 2026-03-12 14:03:00 Cat Orr
	// 1 repeated, 0 gaps
}

func ExampleBecause() {
	_, _, err := transcript.Read("photo.png", strings.NewReader("\x89PNG"), transcript.Options{})
	fmt.Println(transcript.Because(err))
	// Output: picture
}

func ExampleTranscript_WriteJSONL() {
	t, _, err := transcript.Read("zoom.txt", strings.NewReader("14:03:22 From Ann to Everyone:\n\thello\n"), transcript.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := t.WriteJSONL(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output: {"id":"m001","ts":"0001-01-02T14:03:22","author":"Ann","text":"hello"}
}
