package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"cymar/text"
)

func TestFoldGivesOneFormToWhatLooksTheSame(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ in, want string }{
		"case and spaces":        {"  What IS\t\na  PSW ", "what is a psw"},
		"quotes and dashes":      {"I’m “fine” – really", `i'm "fine" - really`},
		"zero width and bidi":    {"su\u200bper\u202evision\u2069\ufeff", "supervision"},
		"soft hyphen":            {"super\u00advision", "supervision"},
		"compatibility forms":    {"ｐｅｅｒ ﬁnd ①", "peer find 1"},
		"controls":               {"a\x00b\x07c", "a b c"},
		"broken bytes":           {"a\xff\xfeb", "a b"},
		"accents stay":           {"TÎM a thŷ", "tîm a thŷ"},
		"decomposed accents":     {"ti\u0302m", "tîm"},
		"nothing":                {"", ""},
		"only invisible":         {"\u200b\u200d\u2060", ""},
		"slack mention":          {"<@U012AB> what is a peer", "what is a peer"},
		"slack link with words":  {"see <https://x.org/a|this page> please", "see this page please"},
		"slack bare link":        {"see <https://x.org/a> please", "see please"},
		"slack channel":          {"in <#C1|peer-space> today", "in peer-space today"},
		"slack broadcast":        {"<!channel> hello <!subteam^S1|@leads>", "hello"},
		"emphasis":               {"*really* _not_ ~sure~", "really not sure"},
		"teams mention":          {"<at>Cymar</at> hello", "hello"},
		"teams mention with id":  {`<at id="0">Cymar Bot</at>&nbsp;hello`, "hello"},
		"html":                   {"<p>one</p><br/>two <b>three</b>", "one two three"},
		"entities":               {"tea &amp; cake &lt;3", "tea & cake <3"},
		"a tag that was escaped": {"&lt;b&gt;hi&lt;/b&gt;", "<b>hi</b>"},
		"less-than is not a tag": {"pain <3 and a < b > c", "pain <3 and a < b > c"},
		"bare address":           {"look at https://a.b/c?d=e now", "look at now"},
		"unclosed":               {"<at>hello", "hello"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := text.Fold(c.in); got != c.want {
				t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestFoldKeepsTheBeginningAndTheEndOfALongText(t *testing.T) {
	t.Parallel()
	long := "begin " + strings.Repeat("ŵ blah ", 8000) + " end"
	got := text.Fold(long)
	if len(got) > 9<<10 {
		t.Errorf("a long text folds to %d bytes, want at most 9 KiB", len(got))
	}
	if !strings.HasPrefix(got, "begin ") || !strings.HasSuffix(got, " end") {
		t.Errorf("head or tail lost: %.20q … %q", got, got[len(got)-20:])
	}
	if !utf8.ValidString(got) {
		t.Error("cut inside a character")
	}
}

func TestPlainRemovesAccents(t *testing.T) {
	t.Parallel()
	if got := text.Plain("tîm dŵr gwaith tŷ café plain"); got != "tim dwr gwaith ty cafe plain" {
		t.Errorf("got %q", got)
	}
}

func TestWordsDividesAsPeopleType(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"what's a psw?":                 {"whats", "a", "psw"},
		"I don't, can't and she'd've":   {"i", "dont", "cant", "and", "shed", "ve"},
		"sy'n rhoi i'r tîm a'u teulu":   {"sy", "n", "rhoi", "i", "r", "tim", "a", "u", "teulu"},
		"1:1 w/ non-directive, lgbtq+":  {"1", "1", "w", "non", "directive", "lgbtq"},
		"…":                             nil,
		"":                              nil,
		"'quoted' words'":               {"quoted", "words"},
		strings.Repeat("a", 60):         {strings.Repeat("a", 40)},
		"rock'nroll":                    {"rock", "nroll"},
		"Beth yw'ch barn chi am hynny?": {"beth", "yw", "ch", "barn", "chi", "am", "hynny"},
	} {
		if diff := cmp.Diff(want, text.Words(text.Fold(in))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", in, diff)
		}
	}
}

func TestStemJoinsTheFormsOfAnEnglishWord(t *testing.T) {
	t.Parallel()
	for _, group := range [][]string{{"drive", "drives", "driving"}, {"boundary", "boundaries"}, {"supervise", "supervised", "supervising"}} {
		for _, w := range group {
			if text.Stem(w) != text.Stem(group[0]) {
				t.Errorf("Stem(%q) = %q, Stem(%q) = %q", w, text.Stem(w), group[0], text.Stem(group[0]))
			}
		}
	}
	if got := text.Stem("tŷ"); got != "tŷ" {
		t.Errorf("a word that is not ASCII changed: %q", got)
	}
}

func BenchmarkFoldAndWords(b *testing.B) {
	q := "ward manager keeps asking me to do obs cover, is that what peers do?"
	for b.Loop() {
		text.Words(text.Fold(q))
	}
}

func BenchmarkFoldFortyKilobytes(b *testing.B) {
	q := strings.Repeat("<at>x ﷺ &amp; <https://a|", 1700)
	for b.Loop() {
		text.Words(text.Fold(q))
	}
}
