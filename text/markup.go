package text

import "strings"

// stripMarkup removes what Slack and Teams write around words: <@U1>,
// <#C1|name>, <!here>, <https://a|words>, <at>name</at>, other tags, the
// entities of both, and the asterisks, tildes and underscores of emphasis.
// Anything that is not such mark-up is kept, "<" and all.
func stripMarkup(s string) string {
	s = stripAngles(s)
	if strings.Contains(s, "&") {
		s = entities.Replace(s)
	}
	if strings.ContainsAny(s, "*~_") {
		s = emphasis.Replace(s)
	}
	return stripAddresses(s)
}

// Each of these is one pass over the text, so that "&amp;lt;" becomes the
// words "&lt;" and never a tag.
var (
	entities = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "&nbsp;", " ",
		"&quot;", `"`, "&#39;", "'", "&apos;", "'", "&#x27;", "'")
	emphasis = strings.NewReplacer("*", "", "~", "", "_", " ")
)

// longestTag bounds the search for a closing ">", so that a text full of "<"
// costs no more than any other.
const longestTag = 300

func stripAngles(s string) string {
	if strings.IndexByte(s, '<') < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for len(s) > 0 {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			break
		}
		b.WriteString(s[:open])
		s = s[open:]
		kept, used := angle(s)
		b.WriteString(kept)
		s = s[used:]
	}
	b.WriteString(s)
	return b.String()
}

// angle reads one "<…>" at the start of s: what to keep of it, and how many
// bytes it took. An "<" that opens nothing is kept as it is.
func angle(s string) (kept string, used int) {
	window := s[:min(len(s), longestTag)]
	end := strings.IndexByte(window, '>')
	if end < 1 {
		return "<", 1
	}
	inner := window[1:end]
	switch {
	case inner == "at" || strings.HasPrefix(inner, "at "):
		return " ", atMention(s, end+1)
	case inner == "":
		return "<", 1
	case inner[0] == '@', inner[0] == '!':
		return " ", end + 1
	case inner[0] == '#', strings.Contains(inner, "://"), strings.HasPrefix(inner, "mailto:"), strings.HasPrefix(inner, "tel:"):
		return " " + label(inner) + " ", end + 1
	case isTag(inner):
		return " ", end + 1
	}
	return "<", 1
}

// atMention returns where a Teams <at>name</at> ends; without its closing tag
// only the opening one goes.
func atMention(s string, opened int) int {
	window := s[:min(len(s), longestTag)]
	if i := strings.Index(window, "</at>"); i >= 0 {
		return i + len("</at>")
	}
	return opened
}

// label is what a Slack link or channel shows: the part after the bar.
func label(inner string) string {
	_, words, _ := strings.Cut(inner, "|")
	return words
}

// isTag says whether "<inner>" is an HTML tag: "b", "/p", "br/", "div class=x".
func isTag(inner string) bool {
	name := strings.TrimPrefix(inner, "/")
	if name == "" || !isLetter(name[0]) {
		return false
	}
	name, _, _ = strings.Cut(name, " ")
	name = strings.TrimSuffix(name, "/")
	if len(name) > 10 {
		return false
	}
	for i := 0; i < len(name); i++ {
		if !isLetter(name[i]) && (name[i] < '0' || name[i] > '9') {
			return false
		}
	}
	return true
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// stripAddresses drops bare web addresses: their letters are not words.
func stripAddresses(s string) string {
	for _, scheme := range [...]string{"https://", "http://"} {
		s = stripScheme(s, scheme)
	}
	return s
}

func stripScheme(s, scheme string) string {
	at := strings.Index(s, scheme)
	if at < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for at >= 0 {
		b.WriteString(s[:at])
		s = s[at:]
		end := strings.IndexAny(s, " \t\r\n<>\"|")
		if end < 0 {
			end = len(s)
		}
		b.WriteByte(' ')
		s = s[end:]
		at = strings.Index(s, scheme)
	}
	b.WriteString(s)
	return b.String()
}
