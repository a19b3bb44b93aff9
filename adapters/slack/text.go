package slack

import (
	"regexp"
	"strings"
	"unicode"

	"cymar/bot"
)

// angled is what Slack writes between angle brackets in a message's text:
// mentions, links, dates. A typed “<” arrives as an entity, so whatever is
// between brackets is Slack's own.
var angled = regexp.MustCompile(`<([^<>]*)>`)

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// someone stands where somebody was pointed to: the id would mean nothing to a
// reader and would name a person where nobody is to be named.
const someone = "@someone"

// heard is what a message's text says.
type heard struct {
	text     string
	toBot    bool
	mentions []bot.User
}

// hear turns a message's text into plain words. The bot's own mention is
// taken out.
func hear(text, team, self string) heard {
	var h heard
	var w strings.Builder
	last := 0
	for _, at := range angled.FindAllStringSubmatchIndex(text, -1) {
		w.WriteString(entities.Replace(text[last:at[0]]))
		w.WriteString(entities.Replace(h.angle(text[at[2]:at[3]], team, self)))
		last = at[1]
	}
	w.WriteString(entities.Replace(text[last:]))
	h.text = w.String()
	if h.toBot {
		h.text = strings.TrimLeft(strings.TrimSpace(h.text), ",:;- ")
	}
	h.text = strings.TrimSpace(h.text)
	return h
}

// angle is what stands for one thing between brackets.
func (h *heard) angle(in, team, self string) string {
	target, label, labelled := strings.Cut(in, "|")
	switch {
	case strings.HasPrefix(target, "@"):
		return h.person(target[1:], label, team, self)
	case strings.HasPrefix(target, "#"):
		return "#" + orElse(label, "channel")
	case strings.HasPrefix(target, "!"):
		if labelled {
			return label
		}
		name, _, _ := strings.Cut(target[1:], "^")
		return "@" + name
	case !labelled || label == target || strings.HasSuffix(strings.TrimSuffix(target, "/"), "//"+label) || target == "mailto:"+label:
		return strings.TrimPrefix(target, "mailto:")
	}
	return label + " (" + target + ")"
}

func (h *heard) person(id, label, team, self string) string {
	switch {
	case id == self && self != "":
		h.toBot = true
		return ""
	case !userID.MatchString(id):
		return ""
	}
	h.mentions = append(h.mentions, userOf(team, id))
	if label != "" {
		return "@" + label
	}
	return someone
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// clean is a text without what a platform might take for a command to itself:
// control codes, and marks that turn the direction of what follows.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r == '\u2028', r == '\u2029', r == '\v', r == '\f', r == '\r':
			return '\n'
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
			return -1
		}
		return r
	}, strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), "\ufffd"))
}

// units is how Slack counts a text: in UTF-16, so that an emoji is two.
func units(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xffff {
			n++
		}
	}
	return n
}

// short is a text cut to a limit, with an ellipsis where it was cut.
func short(s string, limit int) string {
	s = clean(s)
	if units(s) <= limit {
		return s
	}
	head, _ := cut(s, limit-1)
	return strings.TrimRightFunc(head, unicode.IsSpace) + "…"
}

// cut breaks a text in two, so that the first part keeps a limit: at a line's
// end, else between words, and within a word only where it is longer than the
// limit. No rune is lost but the space at which it was cut.
func cut(s string, limit int) (head, rest string) {
	end, n := len(s), 0
	for i, r := range s {
		n += units(string(r))
		if n > limit {
			end = i
			break
		}
	}
	if end == len(s) {
		return s, ""
	}
	for _, at := range []string{"\n\n", "\n", ". ", " "} {
		if i := strings.LastIndex(s[:end], at); i > end/3 || i > 0 && at == " " {
			i += len(at) - 1
			return s[:i], s[i+1:]
		}
	}
	return s[:end], s[end:]
}
