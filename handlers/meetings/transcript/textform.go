package transcript

import (
	"strings"
	"unicode"

	"cymar/handlers/meetings/transcript/stamp"
)

const (
	maxText  = 32 << 20  // bytes of one text
	maxLines = 1_000_000 // lines of one text
)

// readText finds out which of the text forms a file has and reads it.
func readText(text string, p *piece, o Options) error {
	if len(text) > maxText || strings.Count(text, "\n") > maxLines {
		return &Error{Why: TooLarge}
	}
	if strings.TrimSpace(text) == "" {
		return &Error{Why: Empty}
	}
	if isCaptions(text) {
		return readCaptions(text, p, o)
	}
	if t, delim, skip, ok := findTable(text); ok {
		return readTable(text, p, t, delim, skip)
	}
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	lines = undouble(lines)
	l := learn(lines)
	if len(l.heads) == 0 {
		return &Error{Why: NotAChat}
	}
	b := &builder{p: p, lines: lines, layout: l, said: map[string][]int{}}
	b.run()
	p.form, p.platform = b.form()
	return nil
}

// undouble takes away every second line of a text in which all of them are
// blank, as some programs paste.
func undouble(lines []string) []string {
	n := len(lines)
	if n < 20 {
		return lines
	}
	for off := range 2 {
		blank, said := 0, 0
		for i := range lines {
			empty := lines[i] == ""
			switch {
			case i%2 == off && empty:
				blank++
			case i%2 != off && !empty:
				said++
			}
		}
		if blank*2 >= n-2 && said*10 >= n*4 {
			var kept []string
			for i := range lines {
				if i%2 != off {
					kept = append(kept, lines[i])
				}
			}
			return kept
		}
	}
	return lines
}

// builder turns lines into messages once the layout is known.
type builder struct {
	p      *piece
	lines  []string
	layout layout
	day    stamp.Stamp      // the last date that stood on a line of its own
	said   map[string][]int // indexes of messages by author and first letters
	codes  int              // reactions written as :codes:, as Slack does
	indent int              // time lines that are indented, as Slack's are
	next   int              // index of the head after the present one
}

func (b *builder) run() {
	heads := b.layout.heads
	if b.beginsInQuote(heads) {
		heads = heads[1:]
		b.layout.heads = heads
	}
	b.before(heads[0].at)
	for i := 0; i < len(heads); i++ {
		h := heads[i]
		end := b.bodyEnd(heads, i)
		for i+1 < len(heads) && b.blank(h, end) && b.quotes(h, heads[i+1]) {
			i++
			end = b.bodyEnd(heads, i)
		}
		b.next = i + 1
		if h.style == styleTwo && strings.HasPrefix(b.lines[h.at+h.size-1], "  ") {
			b.indent++
		}
		b.message(h, b.lines[h.at+h.size:end])
	}
}

// beginsInQuote reports that the copy begins with a quotation, whose reply
// follows it: the head is dated and the others are not, or its words are cut
// off and go on below.
func (b *builder) beginsInQuote(heads []head) bool {
	if len(heads) < 2 || heads[0].size < 2 || heads[0].rest != "" {
		return false
	}
	h := heads[0]
	body := b.lines[h.at+h.size : b.bodyEnd(heads, 0)]
	if len(body) < 2 || body[0] == "" || body[1] == "" {
		return false
	}
	dated := 0
	for _, other := range heads[1:] {
		if other.dated {
			dated++
		}
	}
	return h.dated && dated*5 < len(heads) || strings.HasSuffix(body[0], "…")
}

func (b *builder) bodyEnd(heads []head, i int) int {
	if i+1 < len(heads) {
		return max(heads[i+1].at, heads[i].at+heads[i].size)
	}
	return len(b.lines)
}

// blank reports that nothing stands under a head.
func (b *builder) blank(h head, end int) bool {
	if h.rest != "" {
		return false
	}
	for _, s := range b.lines[h.at+h.size : end] {
		if s != "" && !isEditedLine(s) {
			return false
		}
	}
	return true
}

// quotes reports that a head right under another is that of a quotation: it is
// earlier, and its words are the beginning of an earlier message of its author;
// or it carries a date that the others do not.
func (b *builder) quotes(h, q head) bool {
	first := ""
	for _, s := range b.lines[q.at+q.size : min(len(b.lines), q.at+q.size+3)] {
		if first = strings.TrimSpace(s); first != "" {
			break
		}
	}
	if b.find(q.author, first) >= 0 {
		return true
	}
	return q.dated && !h.dated && q.when.Seconds() <= h.when.Seconds()
}

// before reads what stands above the first head: a title, a date, lines of the
// program, or the end of a message whose head was not copied.
func (b *builder) before(end int) {
	pars := paragraphs(b.withoutPreview(b.lines[:end]), 0)
	for i, par := range pars {
		switch {
		case i == 0 && b.titled(par):
		case b.divider(par.lines, true):
		case b.preview(par.lines) || reactionsOnly(par.lines):
		case allSystem(par.lines):
			b.p.system += len(par.lines)
		default:
			b.finish(item{orphan: true, line: par.at + 1}, b.belowQuote(par.lines))
		}
	}
}

// belowQuote takes a quotation off the top of text without a head.
func (b *builder) belowQuote(lines []string) []string {
	if len(lines) > 3 {
		if h, ok := twoLineHead(lines, 0); ok {
			return lines[h.size+1:]
		}
	}
	return lines
}

// titled takes a title from the top of the text: one line, or a line with the
// date below it.
func (b *builder) titled(par paragraph) bool {
	s := strings.TrimSpace(par.lines[0])
	dated := len(par.lines) > 1 && b.divider(par.lines[1:2], true)
	if n := len(par.lines); n > 3 || n > 1 && !dated || !headingLike(s) || !dated && !titleCase(s) && !b.dateBelow(par) {
		return false
	}
	if isSystem(s) || b.isDate(s) || b.preview(par.lines[:1]) {
		return false
	}
	b.p.title = strings.TrimSpace(strings.TrimLeft(s, "#=- "))
	return true
}

// dateBelow reports that the next line which is not blank is a date.
func (b *builder) dateBelow(par paragraph) bool {
	for _, s := range b.lines[par.at+len(par.lines):] {
		if s = strings.TrimSpace(s); s != "" {
			return b.isDate(s)
		}
	}
	return false
}

// titleCase reports that most of the longer words begin with a capital: what
// else stands above the first name may be the end of somebody's message.
func titleCase(s string) bool {
	long, capital := 0, 0
	for w := range strings.FieldsSeq(s) {
		r := []rune(strings.TrimLeft(w, "(\"'#"))
		if len(r) > 3 {
			long++
			if unicode.IsUpper(r[0]) {
				capital++
			}
		}
	}
	return long >= 2 && capital*10 >= long*6
}

func headingLike(s string) bool {
	n := len(strings.Fields(s))
	return n >= 2 && n <= 20 && len(s) <= 200 && !strings.ContainsAny(s[len(s)-1:], ".?!,;")
}

func (b *builder) isDate(s string) bool {
	st, ok := stamp.Parse(strings.Trim(s, " -–—_=*#"))
	return ok && !st.Clock && (st.HasDay() || st.Vague())
}

// divider takes a date that stands alone between messages.
func (b *builder) divider(lines []string, anyDay bool) bool {
	if len(lines) != 1 {
		return false
	}
	st, ok := stamp.Parse(strings.Trim(lines[0], " -–—_=*#"))
	if !ok || st.Clock || !st.HasDay() && !(anyDay && st.Vague()) {
		return false
	}
	b.day = st
	b.p.seen = append(b.p.seen, st)
	b.p.system++
	return true
}

func (b *builder) preview(lines []string) bool {
	if len(lines) != 1 || b.next >= len(b.layout.heads) {
		return false
	}
	_, ok := previewOf(lines[0], b.layout.heads[b.next].author)
	return ok
}

// form tells the program by the looks of its layout.
func (b *builder) form() (Form, Platform) {
	switch b.layout.style {
	case styleZoom:
		return FormZoom, Zoom
	case styleTwo, styleAbove, styleNamed:
		if b.codes > 0 || b.indent*2 > len(b.layout.heads) {
			return FormSlackWin, Slack
		}
		return FormTeams, Teams
	case styleBracket:
		return FormTeams, Teams
	}
	return FormLog, ""
}

// paragraph is a run of lines without a blank one.
type paragraph struct {
	at    int // index of the first line, from the beginning of the text
	lines []string
}

func paragraphs(lines []string, at int) []paragraph {
	var all []paragraph
	begin := -1
	for i := 0; i <= len(lines); i++ {
		if i < len(lines) && strings.TrimSpace(lines[i]) != "" {
			if begin < 0 {
				begin = i
			}
			continue
		}
		if begin >= 0 {
			all = append(all, paragraph{at: at + begin, lines: lines[begin:i]})
			begin = -1
		}
	}
	return all
}

func allSystem(lines []string) bool {
	for _, s := range lines {
		if !isSystem(s) {
			return false
		}
	}
	return true
}
