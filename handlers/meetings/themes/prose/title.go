package prose

import (
	"strings"

	"cymar/handlers/meetings/themes/text"
)

// mostTitle is how many words a title has at most.
const mostTitle = 9

// name is what a theme is called: as a title, and within a sentence.
type name struct {
	title string
	about string
	keys  []string // topics of the lexicon
	stems map[string]bool
}

// name gives a theme its title: the topic that the lexicon knows, made
// particular by the meeting's own words; or those words alone.
func (w *Writer) name(lines []int, ps []phrase) name {
	ts := w.themeTopics(lines)
	var n name
	if len(ts) > 0 && ts[0].score >= 1.2 && ts[0].authors >= 2 && (ts[0].share >= 0.28 || ts[0].score >= 2 && ts[0].authors >= 3) {
		n = w.fromTopics(ts, w.openWords(lines))
	}
	if n.title == "" && w.countOf(ps, w.sound) < 2 && len(ts) > 0 && ts[0].score >= 0.9 && ts[0].share >= 0.2 {
		n = w.fromTopics(ts[:1], w.openWords(lines)) // better a weak topic than no name
	}
	n = w.labelled(n, lines, ts)
	n.stems = stemSet(w.c.Stemmer.Content(n.title))
	extra := w.particulars(n, ps)
	if n.title == "" && len(extra) < 2 && len(ts) > 0 {
		n = w.fromTopics(ts[:1], w.openWords(lines))
		n.stems = stemSet(w.c.Stemmer.Content(n.title))
		extra = w.particulars(n, ps)
	}
	switch {
	case n.title == "" && len(extra) == 0:
		n.title, n.about = "Other points", "other points"
	case n.title == "":
		n.about = list(extra)
		n.title = text.UpperFirst(list(bareAll(ps, extra)))
	case len(extra) > 0:
		n.title += ": " + list(bareAll(ps, extra))
	}
	n.title = shortened(spelled(n.title))
	return n
}

// shortened takes the last of what is particular from a title that has become
// too long by writing out what was short.
func shortened(title string) string {
	if words(title) <= mostTitle {
		return title
	}
	if i := strings.LastIndex(title, " and "); i > strings.IndexByte(title, ':') && strings.Contains(title, ":") {
		return title[:i]
	}
	head, _, _ := strings.Cut(title, ":")
	return head
}

// fromTopics words the strongest topic, or the two strongest together.
func (w *Writer) fromTopics(ts []topicScore, said map[string]bool) name {
	lx := w.c.Lexicon
	a := lx.Topics[ts[0].topic]
	n := name{title: w.fill(a.Title, said), about: w.fill(a.About, said), keys: []string{a.Key}}
	if len(ts) > 1 && !w.shareWord(a.Title, lx.Topics[ts[1].topic].Title) && ts[1].authors >= 2 && ts[1].score > 0.5*ts[0].score && ts[1].share >= 0.24 {
		b := lx.Topics[ts[1].topic]
		n.keys = append(n.keys, b.Key)
		if words(a.Title)+words(b.Title)+1 <= 6 && !strings.Contains(a.Title, " and ") && !strings.Contains(b.Title, " and ") {
			n.title += " and " + text.LowerFirst(w.fill(b.Title, said))
			n.about += " and " + w.fill(b.About, said)
		}
	}
	return n
}

// shareWord tells whether two titles have a word in common.
func (w *Writer) shareWord(a, b string) bool {
	return overlaps(w.c.Stemmer.Content(a), stemSet(w.c.Stemmer.Content(b)))
}

func words(s string) int { return len(strings.Fields(s)) }

// particulars picks up to three phrases that say something that the topic does
// not, as many as fit into a title.
func (w *Writer) particulars(n name, ps []phrase) []string {
	var out []string
	var lines []int
	left := mostTitle - words(n.title)
	most := 2
	if words(n.title) <= 3 {
		most = 3
	}
	fits := w.titular
	if n.title == "" && !w.anyOf(ps, w.titular) {
		fits = func(p phrase) bool { return p.open && p.known }
	}
	for _, p := range ps {
		if len(out) == most || !p.plain && len(p.authors) < 2 || !fits(p) || overlaps(p.stems, n.stems) || echoes(p.bare, n.title) || words(p.bare) > 3 || p.bare == initials(n.title) || !w.apiece(p, lines) {
			continue
		}
		need := words(p.bare)
		if len(out) > 0 {
			need++
		}
		if need > left {
			continue
		}
		left -= need
		out = append(out, p.text)
		lines = append(lines, p.lines...)
	}
	if n.title != "" && words(n.title) > 5 {
		return nil
	}
	return out
}

// echoes tells whether a phrase only repeats a word of a title in another form:
// "commissioner" beside "commissioning".
func echoes(bare, title string) bool {
	const stem = 6
	for _, a := range text.Words(bare) {
		for _, b := range text.Words(title) {
			if len(a) > stem && len(b) > stem && a[:stem] == b[:stem] {
				return true
			}
		}
	}
	return false
}

func (w *Writer) countOf(ps []phrase, is func(phrase) bool) int {
	n := 0
	for _, p := range ps {
		if is(p) {
			n++
		}
	}
	return n
}

func (w *Writer) anyOf(ps []phrase, is func(phrase) bool) bool {
	for _, p := range ps {
		if is(p) {
			return true
		}
	}
	return false
}

// sound tells whether a phrase is worth a place in the text: several people
// use it, or it is a known term.
func (w *Writer) sound(p phrase) bool {
	if !p.open && len(p.authors) < 2 || p.score < 1.2 {
		return false
	}
	if len(p.authors) >= 2 {
		return len(p.authors) > 2 || len(p.stems) > 1 || w.telling(p.stems)
	}
	return w.compound(p.stems)
}

// initials gives the abbreviation of a title: "AI" for "Artificial
// intelligence".
func initials(title string) string {
	s := ""
	for _, w := range strings.Fields(title) {
		s += strings.ToUpper(w[:1])
	}
	return s
}

// titular tells whether a phrase is worth a place in a title.
func (w *Writer) titular(p phrase) bool {
	if p.open && len(p.stems) == 1 && p.score >= 1 && p.fit {
		return true
	}
	return w.sound(p) || p.open && p.score >= 1 && len(p.lines) > 1 && p.fit
}

// labelled gives a theme the name by which somebody brought it up, unless the
// lexicon's title of the same subject says it better.
func (w *Writer) labelled(n name, lines []int, ts []topicScore) name {
	x, ok := w.announced(lines)
	if !ok {
		return n
	}
	bare := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(x.text, "the "), "a "), "an ")
	if n.title != "" && (!x.first || overlaps(x.stems, stemSet(w.c.Stemmer.Content(n.title+" "+n.about))) || w.sameTopic(x, n)) {
		return n
	}
	n.title, n.about = text.UpperFirst(bare), x.text
	if len(ts) > 0 && len(n.keys) == 0 && ts[0].share >= 0.2 {
		n.keys = []string{w.c.Lexicon.Topics[ts[0].topic].Key}
	}
	return n
}

// sameTopic tells whether a label only says in one word what the lexicon's
// title of the theme says.
func (w *Writer) sameTopic(x label, n name) bool {
	for _, h := range w.c.Lexicon.Find(x.stems, x.stems) {
		if h.Weight >= 1 && len(n.keys) > 0 && w.c.Lexicon.Topics[h.Topic].Key == n.keys[0] {
			return len(x.stems) == 1
		}
	}
	return false
}

func overlaps(stems []string, in map[string]bool) bool {
	for _, s := range stems {
		if in[s] {
			return true
		}
	}
	return false
}

// bareAll gives the phrases of the texts without their articles.
func bareAll(ps []phrase, texts []string) []string {
	var out []string
	for _, t := range texts {
		for _, p := range ps {
			if p.text == t {
				t = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(t, "the "), "a "), "an ")
				break
			}
		}
		out = append(out, t)
	}
	return out
}

// list joins phrases: "a, b and c".
func list(xs []string) string {
	switch len(xs) {
	case 0:
		return ""
	case 1:
		return xs[0]
	}
	sep := " and "
	for _, x := range xs {
		if strings.Contains(x, " and ") {
			sep = ", and "
		}
	}
	return strings.Join(xs[:len(xs)-1], ", ") + sep + xs[len(xs)-1]
}
