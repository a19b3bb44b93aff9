package transcript

import (
	"strings"

	"cymar/handlers/meetings/transcript/stamp"
)

// message reads what stands under one head: one message, or several that
// somebody sent in quick succession.
func (b *builder) message(h head, body []string) {
	if h.private {
		b.p.private++
		return
	}
	it := item{author: h.author, when: b.dated(h.when), line: h.at + 1, bot: h.badge}
	if h.edited {
		it.edited = editedUnknown
	}
	body = b.withoutPreview(body)
	if h.rest != "" {
		body = append([]string{h.rest}, body...)
	}
	pars := paragraphs(dedent(body), h.at+h.size)
	pars = b.withoutQuote(&it, pars)
	if h.style == styleZoom && b.zoomReaction(pars) {
		return
	}
	b.divide(it, pars, h.style)
}

// dated gives a time the day that stands above it, where it has none itself.
func (b *builder) dated(st stamp.Stamp) stamp.Stamp {
	if st.HasDay() || st.Vague() {
		return st
	}
	d := b.day
	d.Clock, d.Hour, d.Min, d.Sec, d.HasSec, d.Half, d.Zoned, d.Offset =
		st.Clock, st.Hour, st.Min, st.Sec, st.HasSec, st.Half, st.Zoned, st.Offset
	return d
}

// withoutPreview drops what stands above the next head but belongs to it: the
// preview of its message, and the picture of its author.
func (b *builder) withoutPreview(body []string) []string {
	if b.next >= len(b.layout.heads) {
		return body
	}
	author := b.layout.heads[b.next].author
	for n := len(body); n > 0; n-- {
		s := strings.TrimSpace(body[n-1])
		if s == "" {
			continue
		}
		if _, ok := previewOf(s, author); ok && b.layout.previews || portrait(s, author) && (n > 1 || b.next == 0) {
			b.p.system++
			body = body[:n-1]
			continue
		}
		break
	}
	return body
}

// portrait reports what is copied of a person's picture: its description, or
// the initials in place of it.
func portrait(s, author string) bool {
	if rest, found := strings.CutPrefix(strings.ToLower(s), "profile picture"); found {
		return len(rest) < maxName
	}
	if len(s) < 2 || len(s) > 4 || strings.ToUpper(s) != s {
		return false
	}
	initials := ""
	for _, w := range strings.Fields(outsideBrackets(author)) {
		initials += string([]rune(strings.ToUpper(w))[:1])
	}
	return s == initials
}

// dedent takes off the indent that all lines share.
func dedent(lines []string) []string {
	shared := -1
	for _, s := range lines {
		if strings.TrimSpace(s) == "" || reactionLine(s) {
			continue
		}
		if n := len(s) - len(strings.TrimLeft(s, " \t")); shared < 0 || n < shared {
			shared = n
		}
	}
	if shared <= 0 {
		return lines
	}
	out := make([]string, len(lines))
	for i, s := range lines {
		out[i] = strings.TrimLeft(s[:min(shared, len(s))], " \t") + s[min(shared, len(s)):]
	}
	return out
}

// divide finds the messages among the paragraphs under one head.
func (b *builder) divide(it item, pars []paragraph, s style) {
	runs := (s == styleTwo || s == styleAbove || s == styleNamed) && !b.layout.previews
	var text []string
	made, cut, timed := 0, false, false
	flush := func() {
		if len(text) > 0 {
			cur := it
			if made > 0 {
				cur.quoted, cur.follows = quote{}, !timed
			}
			if cut { // a date came between: whoever wrote this is not shown
				cur.orphan, cur.author, cur.when = true, "", b.day
			}
			b.finish(cur, text)
			text, made = nil, made+1
		}
	}
	for i, par := range pars {
		joined := len(text) > 0 && (!runs || goesOn(text, par.lines))
		switch {
		case i > 0 && !(joined && runs) && b.sets(par.lines):
			was := b.day
			flush()
			cut = cut || runs && b.day != was
		case i > 0 && reactionsOnly(par.lines):
			text = append(text, par.lines...)
			if runs {
				flush()
			}
		case joined:
			text = append(append(text, ""), par.lines...)
		case runs && i > 0 && hasOwnTime(par.lines):
			flush()
			it.line, it.when, timed = par.at+1, ownTime(par.lines[0], it.when), true
			text = append(text, par.lines[1:]...)
		default:
			flush()
			if made > 0 {
				it.line, timed = par.at+1, false
			}
			text = append(text, par.lines...)
		}
	}
	flush()
	if made == 0 {
		b.p.system++ // a picture or a card alone
	}
}

// sets reports a paragraph that is the program's own: dates, joins, threads.
func (b *builder) sets(lines []string) bool {
	if b.divider(lines, b.endsBody(lines)) {
		return true
	}
	if allSystem(lines) {
		b.p.system += len(lines)
		return true
	}
	return false
}

// endsBody is whether "Thursday" or "today" may be a date line here. Somebody
// may type it, so only layouts that set messages apart have it.
func (b *builder) endsBody(lines []string) bool { return b.layout.spaced && len(lines) == 1 }

// hasOwnTime reports a message that follows under the same head with its time
// on a line of its own above the words, as Slack shows it.
func hasOwnTime(lines []string) bool {
	if len(lines) < 2 {
		return false
	}
	st, _, ok := clockOf(lines[0])
	return ok && !st.HasDay()
}

// ownTime reads that time. Slack leaves AM and PM out there, so the half of
// the day is that of the head, or the next.
func ownTime(line string, head stamp.Stamp) stamp.Stamp {
	st, _, _ := clockOf(line)
	if head.Half != stamp.Unsaid && st.Half == stamp.Unsaid && st.Hour <= 12 {
		st.Half = head.Half
		if st.Seconds() < head.Seconds() {
			st.Half = stamp.PM
		}
	}
	head.Hour, head.Min, head.Sec, head.HasSec, head.Half = st.Hour, st.Min, st.Sec, st.HasSec, st.Half
	return head
}

func reactionsOnly(lines []string) bool {
	rest, all := tailReactions(lines, 0)
	return len(rest) == 0 && len(all) > 0
}

// goesOn reports that a paragraph belongs to the message above it: what came
// before is not at an end, or the next continues a list.
func goesOn(text, next []string) bool {
	last := strings.TrimSpace(text[len(text)-1])
	if last == "" || reactionLine(last) {
		return false
	}
	if strings.HasSuffix(last, ":") || strings.HasSuffix(last, ",") || strings.HasSuffix(last, ";") || openQuote(text) {
		return true
	}
	return listMark(last) > 0 && listMark(next[0]) > 0
}

func openQuote(text []string) bool {
	plain, curly := 0, 0
	for _, s := range text {
		plain += strings.Count(s, `"`)
		curly += strings.Count(s, "“") - strings.Count(s, "”")
	}
	return plain%2 == 1 || curly > 0
}

// listMark is the width of a bullet or a number at the start of a line; 0
// where there is none.
func listMark(s string) int {
	s = strings.TrimSpace(s)
	for _, m := range []string{"- ", "* ", "• ", "– ", "◦ "} {
		if strings.HasPrefix(s, m) {
			return len(m)
		}
	}
	if _, w := leadingNumber(s); w > 0 && w < 4 && len(s) > w+1 && (s[w] == '.' || s[w] == ')') {
		return w + 1
	}
	return 0
}

// finish makes one message of its lines.
func (b *builder) finish(it item, lines []string) {
	lines = withoutStrict(b.p, lines)
	if len(lines) > 1 && strings.HasPrefix(strings.ToLower(lines[0]), "replied to a thread:") {
		lines = lines[1:]
	}
	lines, reacted := tailReactions(lines, 1)
	for n := len(lines); n > 1 && (isEditedLine(lines[n-1]) || threadLine(lines[n-1])); n-- {
		if isEditedLine(lines[n-1]) {
			it.edited = editedUnknown
		}
		lines = lines[:n-1]
	}
	lines, more := tailReactions(lines, 1)
	for _, r := range append(reacted, more...) {
		it.react(r.name, r.n)
		if coded(r) {
			b.codes++
		}
	}
	it.text = tidy(strings.Join(lines, "\n"))
	if rest, edited := editedMark(it.text); edited {
		it.text, it.edited = rest, editedUnknown
	}
	if isDeletedLine(it.text) {
		it.text, it.deleted = "", true
	}
	if it.text == "" && !it.deleted {
		b.p.system++
		return
	}
	it.key, it.piece = keyOf(it.text), b.p.name
	b.p.add(it)
	if !it.orphan {
		b.remember(len(b.p.items) - 1)
	}
}

// coded reports a reaction that is named by a code, as Slack does.
func coded(r counted) bool { return !isEmoji(r.name) && reactionNames[r.name] != r.name }

// threadLine is what Slack writes under a message that has replies.
func threadLine(s string) bool {
	l := strings.ToLower(strings.TrimSpace(s))
	return isSystem(s) && (strings.Contains(l, "repl") || strings.Contains(l, "thread") || strings.Contains(l, "also sent"))
}

// withoutStrict drops lines that only the program writes.
func withoutStrict(p *piece, lines []string) []string {
	for n := len(lines); n > 1 && isStrictSystem(strings.TrimSpace(lines[n-1])); n-- {
		lines = lines[:n-1]
		p.system++
	}
	return lines
}
