package themes_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"cymar/handlers/meetings/themes"
	"cymar/handlers/meetings/themes/internal/chattest"
	"cymar/handlers/meetings/transcript"
)

// hostile are texts that people paste, by accident or not.
var hostile = []string{
	"<script>alert(1)</script> supervision & pay",
	"=HYPERLINK(\"http://x\",\"supervision\")",
	"supervision \u202eyap dna\u202c forms",
	"sup\u200bervision\u200d pay\ufeff",
	strings.Repeat("supervision ", 9000),
	strings.Repeat("a", 100000),
	strings.Repeat("“", 3000),
	strings.Repeat("peer-", 3000),
	"\xff\xfe\x00 supervision",
	"{P} {a|b|c} {",
	"%s %d %!(EXTRA)",
	"\n\n\n\t\r\n",
	"????!!!!....,,,,",
	"supervision" + strings.Repeat("\u0301", 500),
	"👍👍🏽👨‍👩‍👧‍👦 supervision",
	"@@@@ @channel <!channel> </at>",
	"1 2 3 4 5 6 7 8 9 10 11 12",
	"we we we we we we we",
	"if if when when because because who who",
	"goruchwyliaeth a chyflog i bawb yn yr ysbyty",
}

func TestHostileTextDoesNoHarm(t *testing.T) {
	t.Parallel()
	for _, h := range hostile {
		tr := *chattest.Chat(t, meeting)
		for k := 2; k < len(tr.Messages); k += 3 {
			tr.Messages[k].Text = h
			tr.Messages[k].Author = h[:min(len(h), 40)]
		}
		checkText(t, themes.Draw(tr, themes.Options{}))
	}
}

// BenchmarkHostileText is what the worst of these cost, beside the chat as it
// was.
func BenchmarkHostileText(b *testing.B) {
	for name, h := range map[string]string{"ordinary": "", "long words": strings.Repeat("a", 100000), "many words": strings.Repeat("supervision ", 9000)} {
		tr := *chattest.Chat(b, meeting)
		for k := 2; k < len(tr.Messages) && h != ""; k += 3 {
			tr.Messages[k].Text = h
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				themes.Draw(tr, themes.Options{})
			}
		})
	}
}

// checkText holds that what is written is text and no markup or template.
func checkText(t *testing.T, o themes.Overview) {
	t.Helper()
	s := o.Text()
	for _, th := range o.Themes {
		s += "\n" + th.Title
	}
	if !utf8.ValidString(s) || strings.ContainsAny(s, "<>{}|=@\u202e\u202c\u200b\ufeff\x00") && !strings.Contains(strings.SplitN(s, "\n\n", 3)[1], "|") {
		t.Errorf("not clean: %.300q", s)
	}
	for _, p := range strings.Split(s, "\n\n")[2:] {
		if strings.ContainsAny(p, "<>{}|=@\u202e\u202c\u200b\ufeff\x00") {
			t.Errorf("not clean: %.300q", p)
		}
	}
	if len(s) > 20000 {
		t.Errorf("%d bytes", len(s))
	}
}

// FuzzDraw puts any text into a chat: no panic, clean words, every sentence
// with its evidence.
func FuzzDraw(f *testing.F) {
	for _, h := range hostile {
		if len(h) < 2000 {
			f.Add(h, h)
		}
	}
	f.Add("could you share the slides?", "I'll send them: https://example.org/slides")
	f.Add("who funds it?\nnobody knows", "leave me out please")
	f.Fuzz(func(t *testing.T, a, b string) {
		if len(a)+len(b) > 4000 {
			t.Skip("long texts are in the table")
		}
		tr := *chattest.Chat(t, meeting)
		at := tr.Messages[len(tr.Messages)-1].At
		for i, s := range []string{a, b, a + "\n" + b, b + ". " + a} {
			at = at.Add(time.Minute)
			tr.Messages = append(tr.Messages, transcript.Message{ID: chattest.ID(100 + i), Author: []string{"Ann Lee", "Eve Fox"}[i%2], At: at, Text: s})
		}
		o := themes.Draw(tr, themes.Options{})
		checkText(t, o)
		for _, p := range parts(o) {
			for _, s := range p.Sentences {
				if len(s.Messages) == 0 {
					t.Errorf("nothing bears out %q", s.Text)
				}
			}
		}
	})
}
