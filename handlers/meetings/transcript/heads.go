package transcript

import (
	"strings"

	"cymar/handlers/meetings/transcript/stamp"
)

// style is how a layout shows who wrote a message and when.
type style int

const (
	styleNone    style = iota
	styleZoom          // 14:03:22 From Name to Everyone: text
	styleBracket       // [14:03] Name
	styleTwo           // Name / 14:03
	styleNamed         // Name, 14:03
	styleStamped       // 14:03 Name: text
	styleAbove         // 14:03 / Name
	styleCount
)

// head is where a message begins.
type head struct {
	at      int // index of its first line
	size    int // how many lines it takes
	style   style
	sign    string // what heads of one layout have in common
	author  string
	when    stamp.Stamp
	rest    string // text on the same line
	edited  bool
	private bool
	badge   bool // marked as a program
	dated   bool
	inset   bool // does not begin at the margin
}

// headsAt finds every way in which a message could begin at a line.
func headsAt(lines []string, i int) []head {
	s := strings.TrimSpace(lines[i])
	if s == "" || len(s) > 64<<10 {
		return nil
	}
	var all []head
	add := func(h head, ok bool) {
		if ok {
			h.at, h.dated, h.inset = i, h.when.HasDay(), lines[i][0] == ' ' || lines[i][0] == '\t'
			all = append(all, h)
		}
	}
	if hasDigit(s[:min(len(s), 240)]) {
		switch {
		case s[0] == '[':
			add(bracketHead(s))
		case s[0] >= '0' && s[0] <= '9' || strings.Contains(s[:min(len(s), 60)], "From "):
			add(zoomHead(s))
			add(stampedHead(s))
			add(aboveHead(lines, i))
		}
		add(namedHead(s))
	}
	add(twoLineHead(lines, i))
	return all
}

// withoutStatus takes off the emoji that Slack shows behind a name for what
// somebody is doing.
func withoutStatus(name string) string {
	i := strings.LastIndex(strings.TrimRight(name, " "), " ") + 1
	if j := strings.IndexByte(name, ':'); j > 0 && emojiCode.MatchString(strings.TrimSpace(name[j:])) {
		return strings.TrimSpace(name[:j])
	}
	if i > 1 && emojiCode.MatchString(name[i:]) {
		return strings.TrimSpace(name[:i])
	}
	return name
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// clockOf reads a stamp with a time of day, and the mark of an edit behind it.
func clockOf(s string) (st stamp.Stamp, edited, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) > 100 {
		return st, false, false
	}
	for _, mark := range []string{"(edited)", "Edited", "edited", "Golygwyd", "(golygwyd)"} {
		if rest, found := strings.CutSuffix(s, mark); found {
			s, edited = strings.TrimRight(rest, " .,·"), true
			break
		}
	}
	st, ok = stamp.Parse(s)
	return st, edited, ok && st.Clock
}

func bracketHead(s string) (head, bool) {
	inside, after, found := strings.Cut(s[1:], "]")
	if !found {
		return head{}, false
	}
	st, _, ok := clockOf(inside)
	if !ok {
		return head{}, false
	}
	lead := len(after) - len(strings.TrimLeft(after, " :-–"))
	name, text, colon, ok := nameAndText(after[lead:])
	name, edited := editedMark(name)
	return head{size: 1, style: styleBracket, sign: sign("[]", colon), author: name, when: st, rest: text, edited: edited}, ok
}

func sign(sep string, colon bool) string {
	if colon {
		return sep + ":"
	}
	return sep
}

// zoomHead reads what Zoom saves. A message to one person is private.
func zoomHead(s string) (head, bool) {
	i := strings.Index(s, "From ")
	if i < 0 || i > 60 {
		return head{}, false
	}
	st, _, ok := clockOf(s[:i])
	if !ok {
		return head{}, false
	}
	who, text, found := cutColon(s[i+len("From "):])
	if !found {
		return head{}, false
	}
	name, private := " "+who, false
	if j := strings.LastIndex(name, " to "); j >= 0 {
		name, private = name[:j], !toAll(name[j+len(" to "):])
	}
	name = strings.TrimSpace(name)
	return head{size: 1, style: styleZoom, sign: "zoom", author: name, when: st, rest: text, private: private}, name != "" && len(name) < maxName
}

// cutColon divides at the colon after the name: " : " in old files, ": " or
// the end of the line in new ones.
func cutColon(s string) (before, after string, found bool) {
	if before, after, found = strings.Cut(s, " : "); found {
		if b, a, ok := strings.Cut(s, ": "); ok && len(b) < len(before) {
			return b, strings.TrimSpace(a), true
		}
		return before, strings.TrimSpace(after), true
	}
	if before, after, found = strings.Cut(s, ": "); found {
		return before, strings.TrimSpace(after), true
	}
	before, found = strings.CutSuffix(strings.TrimRight(s, " "), ":")
	return before, "", found
}

// toAll reports whether a message went to the meeting, not to one person.
func toAll(target string) bool {
	t := strings.ToLower(target)
	if strings.Contains(t, "direct message") || strings.Contains(t, "privat") || strings.Contains(t, "breifat") {
		return false
	}
	for _, all := range []string{"everyone", "all ", "panelist", "panellist", "waiting room", "pawb", "breakout", "attendees", "participants"} {
		if strings.Contains(t+" ", all) {
			return true
		}
	}
	return false
}

// stampedHead reads a time and then a name: "14:03 Name: text",
// "12/03/2026, 14:03 - Name: text".
func stampedHead(s string) (head, bool) {
	best := 0
	var when stamp.Stamp
	for i := 3; i < len(s) && i < 46; i++ {
		if s[i] != ' ' && s[i] != '\t' {
			continue
		}
		if st, _, ok := clockOf(s[:i]); ok {
			best, when = i, st
		}
	}
	if _, _, whole := clockOf(s); best == 0 || whole {
		return head{}, false
	}
	after := s[best:]
	sep := after[:len(after)-len(strings.TrimLeft(after, " \t-–—|:•·"))]
	name, text, colon, ok := nameAndText(after[len(sep):])
	return head{size: 1, style: styleStamped, sign: sign(strings.TrimSpace(sep), colon), author: name, when: when, rest: text}, ok
}

// namedHead reads a name and then a time: "Name, 14:05", "Name  4:42 PM",
// "Name [14:05]", "Name (14:05): text".
func namedHead(s string) (head, bool) {
	if len(s) <= 260 {
		if h, ok := namedLine(s); ok {
			return h, true
		}
	}
	for from := 0; from < 240; {
		i := strings.Index(s[from:], ": ")
		if i < 0 {
			break
		}
		i += from
		if i < 260 {
			if h, ok := namedLine(s[:i]); ok {
				h.sign, h.rest = sign(h.sign, true), strings.TrimSpace(s[i+2:])
				return h, true
			}
		}
		from = i + 2
	}
	return head{}, false
}

const separators = " ,[(|·•-–—\t"

func namedLine(s string) (head, bool) {
	s = strings.TrimSuffix(strings.TrimSpace(s), ":")
	if s == "" || !stampEnd(s) {
		return head{}, false
	}
	if _, _, whole := clockOf(s); whole {
		return head{}, false
	}
	for i := max(1, len(s)-60); i < len(s); i++ {
		if !strings.ContainsRune(separators, rune(s[i])) || strings.ContainsRune(separators, rune(s[i-1])) {
			continue
		}
		st, edited, ok := clockOf(s[i:])
		if !ok {
			continue
		}
		name := strings.TrimSpace(s[:i])
		sep := s[i:]
		sep = sep[:len(sep)-len(strings.TrimLeft(sep, separators))]
		if badge, found := strings.CutSuffix(name, " APP"); found {
			name = strings.TrimSpace(badge)
		}
		name = withoutStatus(name)
		return head{size: 1, style: styleNamed, sign: namedSign(sep), author: name, when: st, edited: edited}, plausibleName(name)
	}
	return head{}, false
}

func namedSign(sep string) string {
	if t := strings.TrimSpace(sep); t != "" {
		return t[:1]
	}
	if len(sep) > 1 {
		return "wide"
	}
	return "narrow"
}

// stampEnd turns away lines that do not end as a stamp does.
func stampEnd(s string) bool {
	if !hasDigit(s[max(0, len(s)-40):]) {
		return false
	}
	switch c := s[len(s)-1]; {
	case c >= '0' && c <= '9', c == ']', c == ')', c == '.':
		return true
	case strings.IndexByte("mMhHpPbBdDtTzZcCyY", c) >= 0:
		return true
	}
	return false
}

// twoLineHead reads a name with the time on the line below, and perhaps a
// badge between.
func twoLineHead(lines []string, i int) (head, bool) {
	size, badge := 2, false
	if i+1 >= len(lines) {
		return head{}, false
	}
	below := strings.TrimSpace(lines[i+1])
	if i+2 < len(lines) && isBadge(below) {
		size, badge, below = 3, isProgram(below), strings.TrimSpace(lines[i+2])
	}
	if rest, found := strings.CutPrefix(below, "APP "); found {
		badge, below = true, strings.TrimSpace(rest)
	}
	st, edited, ok := clockOf(below)
	if !ok {
		return head{}, false
	}
	name := withoutStatus(strings.TrimSpace(lines[i]))
	return head{size: size, style: styleTwo, sign: "two", author: name, when: st, edited: edited, badge: badge}, plausibleName(name)
}

func isProgram(badge string) bool {
	switch strings.ToLower(strings.Trim(badge, "()[] ")) {
	case "app", "bot", "workflow":
		return true
	}
	return false
}

// aboveHead reads a time with the name on the line below.
func aboveHead(lines []string, i int) (head, bool) {
	st, edited, ok := clockOf(lines[i])
	if !ok || i+2 >= len(lines) || i > 0 && strings.TrimSpace(lines[i-1]) != "" {
		return head{}, false
	}
	name := strings.TrimSpace(lines[i+1])
	return head{size: 2, style: styleAbove, sign: "above", author: name, when: st, edited: edited},
		plausibleName(name) && strings.TrimSpace(lines[i+2]) != ""
}
