package transcript

import (
	"html"
	"strings"
)

// bodyText is what a Teams message's HTML shows: paragraphs and line breaks,
// mentions with @, emoji as characters, without quoted replies. Addresses
// behind words are given apart; reply is the id of a message quoted in the old
// way.
func bodyText(content string) (text string, links []string, reply string) {
	w := htmlWalk{}
	for content != "" {
		before, rest, found := strings.Cut(content, "<")
		w.words(before)
		if !found {
			break
		}
		tag, after, closed := strings.Cut(rest, ">")
		if !closed || !tagLike(tag) {
			w.words("&lt;")
			content = rest
			continue
		}
		w.tag(tag)
		content = after
	}
	return tidy(w.out.String()), w.links, w.reply
}

// tagLike tells a tag from a "<" that somebody typed.
func tagLike(s string) bool {
	if s == "" || len(s) > 8<<10 {
		return false
	}
	c := s[0] | 0x20
	return c >= 'a' && c <= 'z' || s[0] == '/' || s[0] == '!'
}

type htmlWalk struct {
	out   strings.Builder
	links []string
	reply string
	skip  string // the element whose content is not shown
	href  string
	mark  int // where the link's words begin
	pre   bool
	last  string // the element that was closed last
}

func (w *htmlWalk) words(s string) {
	if w.skip != "" || s == "" {
		return
	}
	s = clean(html.UnescapeString(s))
	if !w.pre {
		lead, trail := strings.TrimLeft(s, " \n\t") != s, strings.TrimRight(s, " \n\t") != s
		s = strings.Join(strings.Fields(s), " ")
		if lead && !strings.HasSuffix(w.out.String(), "\n") {
			s = " " + s
		}
		if trail && s != " " {
			s += " "
		}
	}
	w.out.WriteString(s)
}

func (w *htmlWalk) tag(tag string) {
	closing := strings.HasPrefix(tag, "/")
	name, attrs, _ := strings.Cut(strings.TrimPrefix(tag, "/"), " ")
	name = strings.ToLower(strings.TrimSuffix(strings.TrimSpace(name), "/"))
	if w.skip != "" {
		if closing && name == w.skip {
			w.skip = ""
		}
		return
	}
	if closing {
		w.closed(name)
		return
	}
	w.opened(name, attrs)
}

func (w *htmlWalk) opened(name, attrs string) {
	switch name {
	case "br", "tr":
		w.out.WriteByte('\n')
	case "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "pre", "table":
		w.block(name)
	case "at":
		w.out.WriteByte('@')
	case "emoji":
		w.out.WriteString(attr(attrs, "alt"))
		w.skip = "emoji"
	case "img":
		if strings.Contains(attrs, "emoji") || strings.Contains(attrs, "Emoji") {
			w.out.WriteString(attr(attrs, "alt"))
		}
	case "a":
		w.href, w.mark = attr(attrs, "href"), w.out.Len()
	case "blockquote":
		if strings.Contains(attrs, "schema.skype.com/Reply") {
			w.reply, w.skip = attr(attrs, "itemid"), name
		}
	case "script", "style", "attachment":
		if !strings.HasSuffix(attrs, "/") {
			w.skip = name
		}
	}
}

// block begins on a line of its own; a paragraph leaves a blank one.
func (w *htmlWalk) block(name string) {
	w.pre = w.pre || name == "pre"
	switch s := w.out.String(); {
	case s == "" || strings.HasSuffix(s, "\n\n"):
	case name == "p" && !strings.HasSuffix(s, "\n"):
		w.out.WriteString("\n\n")
	case name == "p" && w.last == "p":
		w.out.WriteByte('\n')
	case !strings.HasSuffix(s, "\n"):
		w.out.WriteByte('\n')
	}
}

func (w *htmlWalk) closed(name string) {
	w.last = name
	switch name {
	case "p", "div", "li", "h1", "h2", "h3", "tr":
		w.out.WriteByte('\n')
	case "pre":
		w.pre = false
	case "a":
		shown := strings.TrimSpace(w.out.String()[min(w.mark, w.out.Len()):])
		if strings.HasPrefix(w.href, "http") && w.href != shown && len(w.links) < 20 {
			w.links = append(w.links, w.href)
		}
		w.href = ""
	}
}

// attr is the value of an attribute, unescaped; "" where there is none.
func attr(attrs, name string) string {
	for {
		i := strings.Index(attrs, name+"=")
		if i < 0 {
			return ""
		}
		whole := i == 0 || attrs[i-1] == ' ' || attrs[i-1] == '\n'
		attrs = attrs[i+len(name)+1:]
		if !whole || attrs == "" {
			continue
		}
		q := attrs[0]
		if q != '"' && q != '\'' {
			v, _, _ := strings.Cut(attrs, " ")
			return html.UnescapeString(v)
		}
		v, _, _ := strings.Cut(attrs[1:], string(q))
		return html.UnescapeString(v)
	}
}

// tidy trims lines and keeps at most one blank line between two.
func tidy(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	out := lines[:0]
	for _, l := range lines {
		l = strings.TrimRight(l, " \t")
		if l == "" && len(out) > 0 && out[len(out)-1] == "" {
			continue
		}
		out = append(out, l)
	}
	return strings.Join(out, "\n")
}
