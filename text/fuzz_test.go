package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"cymar/text"
)

func FuzzFold(f *testing.F) {
	for _, s := range []string{"", "what is a psw", "<@U1> <https://a|b> &lt;b&gt; *x*", "<at id=1>x</at> tŷ", "\xff\u202e\u200b", "ﷺﷺﷺ", strings.Repeat("<", 500)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := text.Fold(s)
		if !utf8.ValidString(got) {
			t.Errorf("Fold(%q) is not valid UTF-8", s)
		}
		if len(got) > 16<<10 {
			t.Errorf("Fold of %d bytes gave %d", len(s), len(got))
		}
		if strings.ContainsAny(got, "\x00\n\r\t\u200b\u202e") || strings.Contains(got, "  ") || got != strings.TrimSpace(got) {
			t.Errorf("Fold(%q) = %q holds what it should remove", s, got)
		}
		for _, w := range text.Words(got) {
			if w == "" || len(w) > 43 || strings.ContainsAny(w, " '<>") {
				t.Errorf("Words(%q) gave %q", got, w)
			}
			text.Demutate(w)
			text.WelshStem(w)
			text.Stem(w)
		}
		text.LanguageOf(text.Words(got))
	})
}
