package text

import (
	"strings"
	"testing"
)

// thorough is Clean without any of its short cuts.
func thorough(s string) string {
	s = zeroRE.ReplaceAllString(s, "")
	s = emailRE.ReplaceAllString(s, " ")
	s = linkRE.ReplaceAllString(s, " ")
	s = fileRE.ReplaceAllString(s, " ")
	s = codeRE.ReplaceAllString(s, " ")
	s = smileyRE.ReplaceAllString(s, " ")
	s = quoteFold.Replace(markdown.Replace(s))
	s = strings.Map(dropSymbol, s)
	return strings.TrimSpace(spacesRE.ReplaceAllString(s, " "))
}

func TestTheShortCutsMissNothing(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", " ", "plain words only", "two  spaces and\ta tab", "a\u00a0b", "zero\u200bwidth", "end.", "a. b", ".", "..", "//", "a//b",
		"HTTPS://PEERS", "see https://x", "www.x", "www.", "peers.example", "peers.EXAMPLE/jobs", "x@y", "x@y.z", "@peers", "plan.docx", "plan.DOCX.",
		":tada:", ":)", "so :-) there", "=D", "ratio 3:4", "10:30", "emoji 🙏🏾 here", "wo❤️rd", "“quoted”", "*bold*", "a * b", "~~gone~~",
		"\u2028", "a\n\nb", "\u00e9t\u00e9 www.site.wales", "mail me: a.b+c@d-e.example.", "https://\u200bx.org", strings.Repeat("a.b ", 50),
	} {
		if got, want := Clean(s), thorough(s); got != want {
			t.Errorf("Clean(%q) = %q, want %q", s, got, want)
		}
		if got, want := HasLink(s), linkRE.MatchString(emailRE.ReplaceAllString(s, " ")); got != want {
			t.Errorf("HasLink(%q) = %v", s, got)
		}
		if got, want := [2]bool{HasFile(s), HasEmail(s)}, [2]bool{fileRE.MatchString(s), emailRE.MatchString(s)}; got != want {
			t.Errorf("%q: file and e-mail %v, want %v", s, got, want)
		}
	}
}

func FuzzTheShortCutsMissNothing(f *testing.F) {
	for _, s := range []string{"see https://a.example/b", "a@b.c", "x  :) y", "\u200b:tada:", "plan.pdf\t."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := Clean(s), thorough(s); got != want {
			t.Errorf("Clean(%q) = %q, want %q", s, got, want)
		}
	})
}
