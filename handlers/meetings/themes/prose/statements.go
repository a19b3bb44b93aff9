package prose

import (
	"math"
	"sort"
	"strings"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/lexicon"
	"cymar/handlers/meetings/themes/reading"
	"cymar/handlers/meetings/themes/text"
)

// point is something that was said, ready to be reported.
type point struct {
	text   string
	form   grammar.Form
	stance grammar.Stance
	doing  string // of what a service does, as a gerund
	head   int    // words of a clause before its verb
	neg    bool
	past   bool // it tells what happened
	asked  bool // an indirect question
	lines  []int
	stems  map[string]bool
	score  float64
}

// points gives what some lines say, best first.
func (w *Writer) points(lines []int) []point {
	centre := w.centre(lines)
	var out []point
	for _, i := range lines {
		l := &w.c.Lines[i]
		if !w.retellable(l) {
			continue
		}
		for k, s := range l.Sentences {
			if k > 0 && l.Sentences[k-1].End != '?' && !l.Sentences[k-1].Quote {
				s.Text = w.rules.Resolve(l.Sentences[k-1].Text, s.Text)
			}
			if p, ok := w.point(l, s); ok {
				whole := p.text
				p.text = w.apartFrom(p.text, i)
				if p.text != whole && !p.asked && grammar.Doubtful(p.text) {
					continue
				}
				p.neg = p.neg && (words(p.text) >= words(whole) || grammar.Denies(p.text))
				if p.doing != "" {
					p.doing = w.apartFrom(p.doing, i)
				}
				p.lines = []int{i}
				p.stems = stemSet(w.c.Stemmer.Content(p.text))
				p.score = w.rate(l, &p, centre)
				out = append(out, p)
			}
		}
	}
	sort.SliceStable(out, func(a, b int) bool { return out[a].score > out[b].score })
	return w.apart(out)
}

// retellable tells whether anything said in a line may be reported.
func (w *Writer) retellable(l *reading.Line) bool {
	if l.Cues["tech"] > 0 && l.Cues["host"] > 0 || l.Cues["sympathy"] > 0 || l.Host && l.Cues["host"] > 1 {
		return false
	}
	return l.Closed == "" && !l.Echoed && !l.Gone && !l.Bot && !l.Welsh && !l.Pasted && l.Laughs <= l.Likes+3
}

func (w *Writer) point(l *reading.Line, s text.Sentence) (point, bool) {
	if s.Quote {
		s.Text = beforeQuote(unquoted(l, s.Text))
	}
	if s.Text == "" || text.IsWelsh(s.Text) {
		return point{}, false
	}
	if s.End == '?' {
		q, ok := w.rules.Ask(s.Text)
		return point{text: q, asked: true}, ok && !w.properName(q)
	}
	st, ok := w.rules.Report(s.Text)
	if !ok || !w.open(l, s, st) || repeats(st.Text) || w.properName(st.Text) {
		return point{}, false
	}
	if st.Form == grammar.Having && st.Stance == grammar.Plain && words(st.Text) < 4 {
		return point{}, false
	}
	if st.Form == grammar.Having && st.Stance != grammar.Practice && (!w.telling(stemsOf(w, st.Text)) && (words(st.Text) < 5 || !w.shared(st.Text)) || emptyHead[secondWord(st.Text)]) {
		return point{}, false // a bare phrase is worth reporting when it names something known
	}
	return point{text: st.Text, form: st.Form, stance: st.Stance, head: st.Subject, doing: st.Doing, neg: st.Negative, past: st.Past}, true
}

// shorter cuts a statement at a comma where the whole would run too long beside
// the message.
func (w *Writer) shorter(s string) string {
	if w.safe(s, runSaid) {
		return s
	}
	for _, by := range []string{", and ", " so ", " and then ", ", ", " and "} {
		for at := strings.LastIndex(s, by); at > 0; at = strings.LastIndex(s[:at], by) {
			head, tail := s[:at], s[at+len(by):]
			if words(head) < 3 {
				break
			}
			if w.safe(head, runSaid) && (by == ", " || grammar.IsClause(head)) && !conditions(tail) && (strings.HasPrefix(tail, "with ") || !strings.Contains(" "+tail+" ", " not ")) {
				return strings.TrimSuffix(head, ",")
			}
		}
	}
	head, tail, _ := strings.Cut(s, ", ")
	if words(head) >= 4 && !conditions(tail) {
		return head
	}
	return s
}

// conditions tells whether what would be cut off says on what the rest hangs.
func conditions(tail string) bool {
	for _, by := range []string{"as long as ", "if ", "unless ", "provided ", "except ", "until ", "only ", "so long as ", "without "} {
		if strings.HasPrefix(tail, by) {
			return true
		}
	}
	return false
}

// shared tells whether others in the chat use a word of a text too.
func (w *Writer) shared(s string) bool {
	for _, x := range w.c.Stemmer.Content(s) {
		if len(w.users[x]) > 2 {
			return true
		}
	}
	return false
}

// secondWord gives the word after an article, or the first.
func secondWord(s string) string {
	f := strings.Fields(s)
	if len(f) > 1 && (f[0] == "a" || f[0] == "an" || f[0] == "the") {
		return f[1]
	}
	return f[0]
}

func stemsOf(w *Writer, s string) []string {
	var out []string
	for _, x := range lexicon.SplitWords(text.Fold(s)) {
		out = append(out, w.c.Stemmer.Stem(x))
	}
	return out
}

// repeats tells whether a statement says the same word twice, as jokes do.
func repeats(s string) bool {
	if a, b, ok := strings.Cut(s, ", while "); ok {
		return repeats(a) || repeats(b) // set beside each other on purpose
	}
	seen := map[string]bool{}
	for _, w := range text.Words(s) {
		if len(w) > 4 && text.IsContent(w) {
			if seen[w] {
				return true
			}
			seen[w] = true
		}
	}
	return false
}

// centre gives how many lines of a theme hold each stem.
func (w *Writer) centre(lines []int) map[string]int {
	n := map[string]int{}
	for _, i := range lines {
		seen := map[string]bool{}
		for _, s := range w.c.Lines[i].Content {
			if !seen[s] {
				seen[s] = true
				n[s]++
			}
		}
	}
	return n
}

// rate judges a point: how central it is, how much it was welcomed, and how
// well it reads.
func (w *Writer) rate(l *reading.Line, p *point, centre map[string]int) float64 {
	s, n := 0.0, 0
	for x := range p.stems {
		s += math.Log1p(float64(max(0, centre[x]-1)))
		if w.telling([]string{x}) {
			s += 0.5
		}
		n++
	}
	if n < 2 {
		return -1
	}
	s /= math.Sqrt(float64(n))
	s += 0.25 * math.Log1p(float64(l.Likes+2*l.Replies))
	switch {
	case p.stance == grammar.Should:
		s += 0.6
	case p.stance == grammar.Opinion || p.stance == grammar.Idea || p.stance == grammar.Practice:
		s += 0.3
	}
	if k := len(strings.Fields(p.text)); k > 15 || k < 5 {
		s -= 0.3
	}
	if l.Wary {
		s -= 0.3
	}
	return s
}

func stemSet(stems []string) map[string]bool {
	m := map[string]bool{}
	for _, s := range stems {
		m[s] = true
	}
	return m
}

// gather gives the points that are worth a sentence, best first; of a theme of
// which little can be told the first two.
func (w *Writer) gather(lines []int) []point {
	ps := w.points(lines)
	for k, p := range ps {
		if k > 1 && p.score < leastPoint-0.25*float64(w.fuller) {
			return ps[:k] // one or two are better than none
		}
	}
	return ps
}

// leastPoint is the score below which a point is not worth a sentence.
const leastPoint = 0.25

// apart keeps one point a line, and of points that say the same the best.
func (w *Writer) apart(ps []point) []point {
	var out []point
	used := map[int]bool{}
	for _, p := range ps {
		if p.score < 0 || used[p.lines[0]] {
			continue
		}
		same := false
		for k := range out {
			if jaccard(out[k].stems, p.stems) > 0.4 && !w.objects(out[k], p) && !w.objects(p, out[k]) {
				same = true
				break
			}
		}
		if !same {
			used[p.lines[0]] = true
			out = append(out, p)
		}
	}
	return out
}

func jaccard(a, b map[string]bool) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	n := 0
	for x := range a {
		if b[x] {
			n++
		}
	}
	return float64(n) / float64(len(a)+len(b)-n)
}
