package transcript

import (
	"fmt"
	"strings"
	"testing"
)

// sample is a short chat as some program gives it, written by hand, and what
// has to come out: "time author: text {reactions}" a line.
type sampleChat struct {
	name string
	text string
	want string
	form Form
}

func told(all []Message) string {
	var b strings.Builder
	for _, m := range all {
		text := strings.ReplaceAll(m.Text, "\n", " / ")
		if m.Deleted {
			text = "(deleted)"
		}
		fmt.Fprintf(&b, "%s %s: %s", m.At.Format("15:04"), m.Author, text)
		for _, r := range m.Reactions {
			fmt.Fprintf(&b, " {%s %d}", r.Name, r.Count)
		}
		b.WriteString("\n")
	}
	return b.String()
}

var sampleChats = []sampleChat{
	{
		name: "Teams, the old window with LRM marks",
		form: FormTeams,
		text: "[\u200e12/\u200e03/\u200e2026 14:01]  Ann Lee:  \r\nhello all\r\n\r\n[\u200e12/\u200e03/\u200e2026 14:02]  LEE, Bob (SOME TRUST):  \r\nbore da\r\nand welcome\r\n\r\n[\u200e12/\u200e03/\u200e2026 14:02]  Ann Lee:  \r\nthank you\r\n",
		want: "14:01 Ann Lee: hello all\n14:02 LEE, Bob (SOME TRUST): bore da / and welcome\n14:02 Ann Lee: thank you\n",
	},
	{
		name: "Teams on a telephone: everything on lines of its own",
		form: FormTeams,
		text: "Ann Lee\n12 March 2026 at 2:01 PM\nhello all\n\nBob Lee\n12 March 2026 at 2:02 PM\nbore da\n👍 3\n\nAnn Lee\n12 March 2026 at 2:09 PM\nwho has the link?\n",
		want: "14:01 Ann Lee: hello all\n14:02 Bob Lee: bore da {like 3}\n14:09 Ann Lee: who has the link?\n",
	},
	{
		name: "Teams in Welsh",
		form: FormTeams,
		text: "Dydd Iau 12 Mawrth\n\nDechreuodd y cyfarfod\n\nAnn Lee\n14:01\nBore da bawb\n👍 2\n\nBob Lee\n14:02  Golygwyd\nBore da Ann\n\nCat Orr\n14:03\nMae'r neges hon wedi'i dileu.\n\nDaeth y cyfarfod i ben: 1a 2m\n\nAnn Lee\n15:40\nDiolch, hwyl\n",
		want: "14:01 Ann Lee: Bore da bawb {like 2}\n14:02 Bob Lee: Bore da Ann\n14:03 Cat Orr: (deleted)\n15:40 Ann Lee: Diolch, hwyl\n",
	},
	{
		name: "Teams, selected with the pictures' words",
		form: FormTeams,
		text: "Chat\nHas context menu\n\nhello all by Ann Lee\nAnn Lee\n12/03/2026 14:01\n\nhello all\n\nhas anybody got the slides for this? I was late and missed ... by Bob Lee\nBob Lee\n12/03/2026 14:02\n\nhas anybody got the slides for this? I was late and missed the start\n👍\n2 Like reactions.\n2\n❤️\n1 Heart reaction.\n\nBegin Reference, yes, here by Ann Lee\nAnn Lee\n12/03/2026 14:03\n\nBob Lee\n12/03/2026 14:02\nhas anybody got the slides for this? I was late and missed the sta\nyes, here\nEdited\n\nbye by Bob Lee\nBob Lee\n12/03/2026 14:09\n\nbye\n",
		want: "14:01 Ann Lee: hello all\n14:02 Bob Lee: has anybody got the slides for this? I was late and missed the start {heart 1} {like 2}\n14:03 Ann Lee: yes, here\n14:09 Bob Lee: bye\n",
	},
	{
		name: "Slack, a thread opened beside the channel",
		form: FormSlackWin,
		text: "Tuesday, May 19th\n\nAnn Lee\n  10:01 AM\nwhat do people use?\n:eyes:\n3\n2 replies\nLast reply today at 10:31 AM\nView thread\n\nBob Lee\n  10:02 AM\nsame question\n\n10:04\nand another thing\n\nNew\n\nhelper\nAPP  10:05 AM\nSupervision is due this week\n\nAnn Lee\n  10:31 AM\nreplied to a thread: what do people use?\nthank you both (edited)\n",
		want: "10:01 Ann Lee: what do people use? {eyes 3}\n10:02 Bob Lee: same question\n10:04 Bob Lee: and another thing\n10:05 helper: Supervision is due this week\n10:31 Ann Lee: thank you both\n",
	},
	{
		name: "Slack, name and time on one line",
		form: FormSlackWin,
		text: "Ann Lee  10:01 AM\nwhat do people use?\n:eyes: 3\n\nBob Lee  10:02 AM\nsame question\n:+1: 2\n\nAnn Lee  1:31 PM\nthanks\n",
		want: "10:01 Ann Lee: what do people use? {eyes 3}\n10:02 Bob Lee: same question {+1 2}\n13:31 Ann Lee: thanks\n",
	},
	{
		name: "Zoom, as it was saved years ago",
		form: FormZoom,
		text: "14:01:02\t From  Ann Lee : hello all\r\n14:01:40\t From  iPhone (3) : can you hear me?\r\nsecond line of that\r\n14:02:00\t From  Ann Lee  to  iPhone (3)(Privately) : mute yourself\r\n14:03:00\t From  Dr. Bob Lee : note: time 14:30 please\r\n",
		want: "14:01 Ann Lee: hello all\n14:01 iPhone (3): can you hear me? / second line of that\n14:03 Dr. Bob Lee: note: time 14:30 please\n",
	},
	{
		name: "Zoom in the cloud, counted from the start of the recording",
		form: FormLog,
		text: "00:01:02\tAnn Lee:\thello all\n00:01:40\tBob Lee:\tbore da\n00:03:00\tAnn Lee:\twho has the link?\n",
		want: "00:01 Ann Lee: hello all\n00:01 Bob Lee: bore da\n00:03 Ann Lee: who has the link?\n",
	},
	{
		name: "a messenger's export",
		form: FormLog,
		text: "12/03/2026, 14:00 - Messages are end-to-end encrypted\n12/03/2026, 14:01 - Ann Lee: hello all\n12/03/2026, 14:02 - Bob Lee: bore da\nsecond line\n12/03/2026, 14:02 - Ann Lee: This message was deleted\n12/03/2026, 14:05 - Bob Lee: bye\n",
		want: "14:01 Ann Lee: hello all\n14:02 Bob Lee: bore da / second line\n14:02 Ann Lee: (deleted)\n14:05 Bob Lee: bye\n",
	},
	{
		name: "a telephone's export with brackets and seconds",
		form: FormTeams,
		text: "[12/03/2026, 14:01:22] Ann Lee: hello all\n[12/03/2026, 14:02:03] Bob Lee: bore da\n[12/03/2026, 14:05:00] Ann Lee: see: this works\n",
		want: "14:01 Ann Lee: hello all\n14:02 Bob Lee: bore da\n14:05 Ann Lee: see: this works\n",
	},
	{
		name: "a meeting's chat with the time above the name",
		form: FormTeams,
		text: "14:01\nAnn Lee\nhello all\n\n14:02\nBob Lee\nbore da\n\n14:02\nAnn Lee\nwho has the link?\n\n14:03\nBob Lee\nme\n",
		want: "14:01 Ann Lee: hello all\n14:02 Bob Lee: bore da\n14:02 Ann Lee: who has the link?\n14:03 Bob Lee: me\n",
	},
	{
		name: "notes that somebody typed",
		form: FormTeams,
		text: "Ann Lee (14:01): hello all\nBob Lee (14:02): bore da\nAnn Lee (14:03): who has the link?\nBob Lee (14:03): me\n",
		want: "14:01 Ann Lee: hello all\n14:02 Bob Lee: bore da\n14:03 Ann Lee: who has the link?\n14:03 Bob Lee: me\n",
	},
	{
		name: "bars between name and time, dates with dots",
		form: FormTeams,
		text: "Ann Lee | 12.03.2026 14:01\nhello all\n\nBob Lee | 12.03.2026 14:02\nbore da\n\nAnn Lee | 12.03.2026 14:03\nthanks\n",
		want: "14:01 Ann Lee: hello all\n14:02 Bob Lee: bore da\n14:03 Ann Lee: thanks\n",
	},
	{
		name: "no blank lines at all",
		form: FormTeams,
		text: "Ann Lee\n14:01\nhello all\nBob Lee\n14:02\nbore da\n👍 2\nAnn Lee\n14:03\nBob Lee\n14:02\nbore da\nand to you\nBob Lee\n14:04\nthanks\n",
		want: "14:01 Ann Lee: hello all\n14:02 Bob Lee: bore da {like 2}\n14:03 Ann Lee: and to you\n14:04 Bob Lee: thanks\n",
	},
	{
		name: "a table copied out of a sheet",
		form: FormCSV,
		text: "Date\tTime\tName\tMessage\n12/03/2026\t14:01\tAnn Lee\thello all\n12/03/2026\t14:02\tBob Lee\t\"bore da\nand welcome\"\n12/03/2026\t14:03\tAnn Lee\tthanks\n",
		want: "14:01 Ann Lee: hello all\n14:02 Bob Lee: bore da / and welcome\n14:03 Ann Lee: thanks\n",
	},
	{
		name: "subtitles",
		form: FormVTT,
		text: "WEBVTT\n\n00:14:01.000 --> 00:14:03.000\n<v Ann Lee>hello all</v>\n\n00:14:04.000 --> 00:14:05.000\n<v Bob Lee>bore da</v>\n",
		want: "00:14 Ann Lee: hello all\n00:14 Bob Lee: bore da\n",
	},
}

func TestShortChatsOfEveryProgramAreReadAsAPersonWould(t *testing.T) {
	t.Parallel()
	for _, c := range sampleChats {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, r, err := Read("x", strings.NewReader(c.text), Options{Now: laterThatYear})
			if err != nil {
				t.Fatal(err)
			}
			if s := told(got.Messages); s != c.want {
				t.Errorf("got\n%swant\n%s", s, c.want)
			}
			if r.Pieces[0].Form != c.form {
				t.Errorf("the form is %s", r.Pieces[0].Form)
			}
		})
	}
}

func TestShortChatsAreTheSameInUTF16AndWithOtherLineEnds(t *testing.T) {
	t.Parallel()
	for _, c := range sampleChats {
		plain := strings.ReplaceAll(c.text, "\r\n", "\n")
		for name, data := range map[string][]byte{
			"UTF-16":        utf16Bytes(plain, false),
			"UTF-16, big":   utf16Bytes(plain, true),
			"CRLF":          []byte(crlf(plain)),
			"a mark":        []byte("\ufeff" + plain),
			"old line ends": []byte(strings.ReplaceAll(plain, "\n", "\r")),
		} {
			got, _, err := Read("x", strings.NewReader(string(data)), Options{Now: laterThatYear})
			if err != nil {
				t.Errorf("%s, %s: %v", c.name, name, err)
				continue
			}
			if s := told(got.Messages); s != c.want {
				t.Errorf("%s, %s: got\n%s", c.name, name, s)
			}
		}
	}
}
