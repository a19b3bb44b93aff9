package transcript

import "strings"

var slackEntities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// unmark turns the codes of a Slack message into what people saw: mentions by
// name, links as their words, & < > as themselves. Addresses behind words are
// given apart.
func (e *slackExport) unmark(s string) (text string, links []string) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "<")
		b.WriteString(slackEntities.Replace(before))
		if !found {
			break
		}
		code, after, closed := strings.Cut(rest, ">")
		if !closed || len(code) > 4<<10 {
			b.WriteByte('<')
			s = rest
			continue
		}
		shown, link := e.code(code)
		b.WriteString(shown)
		if link != "" && len(links) < 20 {
			links = append(links, link)
		}
		s = after
	}
	return tidy(clean(b.String())), links
}

// code reads what stands between < and >.
func (e *slackExport) code(code string) (shown, link string) {
	target, label, labelled := strings.Cut(code, "|")
	label = slackEntities.Replace(label)
	switch {
	case strings.HasPrefix(target, "@"):
		return "@" + firstOf(e.users[target[1:]], label, target[1:]), ""
	case strings.HasPrefix(target, "#"):
		return "#" + firstOf(label, target[1:]), ""
	case strings.HasPrefix(target, "!date"):
		return label, ""
	case strings.HasPrefix(target, "!subteam"):
		return "@" + strings.TrimPrefix(firstOf(label, "group"), "@"), ""
	case strings.HasPrefix(target, "!"):
		return "@" + target[1:], ""
	}
	target = slackEntities.Replace(target)
	if !labelled || label == "" || strings.HasSuffix(target, label) {
		return strings.TrimPrefix(target, "mailto:"), ""
	}
	return label, target
}
