package score

import (
	"regexp"
	"strings"
	"unicode"

	"cymar/handlers/meetings/themes"
	"cymar/handlers/meetings/themes/text"
)

var contacts = regexp.MustCompile(`[\w.+-]+@[\w-]+\.[\w.]+|https?://\S+|(?:\D|^)0\d[\d ]{8,12}\d`)

// Leaks gives what gives somebody away in anything of an overview that may be
// published: facts or six words in a row of a sensitive or withdrawn message,
// names of those who wrote, and addresses.
func Leaks(c Chat, o themes.Overview) []string {
	all := published(o)
	low := strings.ToLower(strings.ReplaceAll(all, "’", "'"))
	var out []string
	closed := map[string]bool{}
	for _, s := range c.Gold.Sensitive {
		closed[s.Message] = true
		if f := facts(low, s.Facts); len(f) > 0 {
			out = append(out, s.Message+": "+strings.Join(f, ", "))
		}
	}
	rows := grams(all)
	for _, m := range c.Transcript.Messages {
		if !closed[m.ID] && !m.Deleted {
			continue
		}
		for g := range grams(m.Text) {
			if rows[g] {
				out = append(out, m.ID+" in its words: "+g)
			}
		}
	}
	out = append(out, names(c, all)...)
	return append(out, contacts.FindAllString(all, -1)...)
}

func published(o themes.Overview) string {
	parts := []string{o.Text()}
	for _, t := range o.Themes {
		parts = append(parts, t.Title)
	}
	for _, items := range [][]themes.Item{o.Requested, o.Shared, o.Questions, o.Actions} {
		for _, it := range items {
			parts = append(parts, it.What)
		}
	}
	return strings.Join(parts, "\n")
}

// facts gives those that stand in a text, where they give the message away.
func facts(low string, all []string) []string {
	var sure, some []string
	for _, f := range all {
		if rest, ok := strings.CutPrefix(f, "!"); ok {
			if strings.Contains(low, rest) {
				sure = append(sure, rest)
			}
		} else if begins(low, f) {
			some = append(some, f)
		}
	}
	if len(sure) > 0 || len(some) > 1 {
		return append(sure, some...)
	}
	return nil
}

// begins tells whether a phrase stands in a text where a word begins.
func begins(s, phrase string) bool {
	for from := 0; ; {
		i := strings.Index(s[from:], phrase)
		if i < 0 {
			return false
		}
		at := from + i
		if at == 0 || !isLetter(s[at-1]) {
			return true
		}
		from = at + 1
	}
}

func isLetter(b byte) bool { return b >= 0x80 || unicode.IsLetter(rune(b)) || unicode.IsDigit(rune(b)) }

func grams(s string) map[string]bool {
	m := map[string]bool{}
	ws := text.Words(s)
	for i := 0; i+6 <= len(ws); i++ {
		m[strings.Join(ws[i:i+6], " ")] = true
	}
	return m
}

// names gives the parts of display names that a text writes with a capital,
// where the chat itself never writes them small.
func names(c Chat, all string) []string {
	own, small := map[string]bool{}, set(strings.Fields(ordinary))
	for _, m := range c.Transcript.Messages {
		for _, t := range text.Words(m.Author) {
			own[t] = len(t) > 2
		}
		for _, t := range text.Tokens(m.Text) {
			if t.Text == t.Lower {
				small[t.Lower] = true
			}
		}
	}
	for _, t := range text.Words(c.Transcript.Title) {
		small[t] = true
	}
	var out []string
	for _, t := range text.Tokens(all) {
		if t.Text != t.Lower && own[t.Lower] && !small[t.Lower] {
			out = append(out, "name: "+t.Text)
		}
	}
	return out
}

// ordinary are words of display names that are ordinary words too.
const ordinary = "nhs trust foundation health board university mental guest iphone partnership care community network will may mark rose grace joy hope art bill april june"
