package transcript

import (
	"strings"
	"testing"
	"time"
)

const spokenSample = `WEBVTT - made by a meeting

NOTE confidence 0.9

STYLE
::cue { color: white }

0f3a/1-0
00:00:04.104 --> 00:00:13.818 align:start
<v Ann Lee>Right, um, good
afternoon everybody.</v>

0f3a/2-0
00:00:15.000 --> 00:00:20.000
<v Ann Lee>I'm Ann &amp; I facilitate.</v>

00:21.500 --> 00:24.000
<v.loud Bob Ray>Hiya.</v><v Cat Orr>Hello.</v>

00:00:25.000 --> 00:00:26.000
<i>still Cat</i>
`

func TestCaptionsBecomeMessagesByTheirVoices(t *testing.T) {
	t.Parallel()
	got, r, err := Read("x.vtt", strings.NewReader(spokenSample), Options{})
	if err != nil || r.Pieces[0].Form != FormVTT || len(r.Faults) > 0 {
		t.Fatalf("%v %+v", err, r)
	}
	want := []struct{ author, text, at string }{
		{"Ann Lee", "Right, um, good afternoon everybody.", "00:00:04"}, {"Ann Lee", "I'm Ann & I facilitate.", "00:00:15"},
		{"Bob Ray", "Hiya.", "00:00:21"}, {"Cat Orr", "Hello.", "00:00:21"}, {"Cat Orr", "still Cat", "00:00:25"},
	}
	if len(got.Messages) != len(want) {
		t.Fatalf("%+v", got.Messages)
	}
	for i, w := range want {
		if m := got.Messages[i]; m.Author != w.author || m.Text != w.text || m.At.Format(time.TimeOnly) != w.at {
			t.Errorf("%d is %+v", i, m)
		}
	}
}

func TestTurnsJoinWhatOnePersonSaysWithoutAPause(t *testing.T) {
	t.Parallel()
	got, _, err := Read("x.vtt", strings.NewReader(spokenSample), Options{Turns: true})
	if err != nil || len(got.Messages) != 3 || got.Messages[0].Text != "Right, um, good afternoon everybody. I'm Ann & I facilitate." {
		t.Errorf("%v %+v", err, got.Messages)
	}
}

func TestSpeechIsCountedFromTheStartOfTheMeetingWhereThatIsKnown(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 12, 14, 0, 0, 0, time.UTC)
	got, _, err := Read("x.vtt", strings.NewReader(spokenSample), Options{Known: Transcript{Start: start}})
	if err != nil || got.Messages[0].At.Sub(start) != 4104*time.Millisecond {
		t.Errorf("%v %v", err, got.Messages[0].At)
	}
}

func TestSubtitlesWithNamesBeforeTheWordsAreReadToo(t *testing.T) {
	t.Parallel()
	text := "1\n00:00:01,000 --> 00:00:02,500\nAnn Lee: hello there\n\n2\n00:00:03,000 --> 00:00:04,000\nand welcome\n\n3\n00:00:05,000 --> 00:00:06,000\nBob Ray: note: this is fine\n"
	got, r, err := Read("x.srt", strings.NewReader(text), Options{})
	if err != nil || len(got.Messages) != 3 || r.People != 2 {
		t.Fatalf("%v %+v", err, got.Messages)
	}
	if m := got.Messages[1]; m.Author != "Ann Lee" || m.Text != "and welcome" {
		t.Errorf("%+v", m)
	}
	if m := got.Messages[2]; m.Author != "Bob Ray" || m.Text != "note: this is fine" {
		t.Errorf("%+v", m)
	}
}

func TestCaptionsThatCannotBeReadAreSaidByTheirLine(t *testing.T) {
	t.Parallel()
	text := "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nnobody said this\n\nno time here\n<v Ann>lost</v>\n\n99:99:zz --> 1\n<v Ann>bad time</v>\n\n00:00:05.000 --> 00:00:06.000\n<v Ann>good</v>\n\n00:00:07.000 --> 00:00:08.000"
	got, r, err := Read("x.vtt", strings.NewReader(text), Options{})
	if err != nil || len(got.Messages) != 1 {
		t.Fatalf("%v %+v", err, got.Messages)
	}
	want := []Fault{{"x.vtt", 3, NoName}, {"x.vtt", 6, BadLine}, {"x.vtt", 9, BadTime}, {"x.vtt", 15, CutOff}}
	for i, w := range want {
		if i >= len(r.Faults) || r.Faults[i] != w {
			t.Errorf("fault %d: want %+v among %+v", i, w, r.Faults)
		}
	}
}

func TestTheTimeOfACaptionIsReadInItsForms(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]time.Duration{
		"00:00:04.104": 4104 * time.Millisecond, "01:02.5": 62500 * time.Millisecond, "01:00:00,000": time.Hour, "10:00:00.000": 10 * time.Hour,
	} {
		if got, ok := cueTime(in); !ok || got != want {
			t.Errorf("%s is %v (%v)", in, got, ok)
		}
	}
	for _, in := range []string{"", "4", "a:b", "00:00:00:01", "-1:00", "99:00:00.000", "00:0x"} {
		if got, ok := cueTime(in); ok {
			t.Errorf("%s is %v", in, got)
		}
	}
}
