package grouping

import (
	"math"
	"slices"
	"strings"
	"time"

	"cymar/handlers/meetings/themes/reading"
)

// Theme is the lines that belong together, by index, in order.
type Theme struct {
	Lines []int
}

// Tuning holds the weights of the grouping. The zero value is not useful; see
// DefaultTuning.
type Tuning struct {
	Topic   float64 // weight of the lexicon beside the words
	Parent  float64 // how much of the line it answers a line takes over
	Shift   float64 // weight of openings
	Carry   float64 // weight of continuations
	Gap     float64 // weight of a pause
	Host    float64 // weight of the host's turns
	Label   float64 // weight of a short label at the beginning
	Density float64 // themes per square root of lines
	Cross   float64 // weight of a reply link that a boundary would cut
	Over    float64 // how many more stretches are cut than themes are wanted
	Apart   float64 // what it costs to join stretches that do not touch
	Big     float64 // what it costs that a theme has more than its share of lines
}

// DefaultTuning is what was measured to be best; see docs/decisions/0005.
var DefaultTuning = Tuning{Topic: 1.05, Parent: 0.47, Shift: 0.5, Carry: 0.3, Gap: 0.55, Host: 0.47, Label: 0.3, Density: 0.83, Cross: 0.4, Over: 1.6, Apart: 0.25, Big: 0.6}

// Group finds the themes of a chat, in the order in which they begin.
func Group(c *reading.Chat, tune Tuning) []Theme {
	g := &grouper{c: c, tune: tune}
	g.choose()
	if len(g.rows) == 0 {
		return nil
	}
	g.vectors()
	g.strays()
	return g.themes()
}

type grouper struct {
	c     *reading.Chat
	tune  Tuning
	rows  []int // indices of the lines that may carry a theme
	vecs  map[int]vector
	sp    *space
	stray map[int]bool
	moved map[int]bool
}

func (g *grouper) choose() {
	for i := range g.c.Lines {
		l := &g.c.Lines[i]
		if l.Small || l.Gone || l.Level != "" || l.Closed == reading.ReasonElsewhere || l.Host && l.Cues["host"] >= 3 {
			continue
		}
		if p := l.Parent; p >= 0 && g.c.Lines[p].Level == "R" {
			continue // somebody looks after somebody
		}
		if l.At.Before(g.c.Start.Add(-2*time.Minute)) && l.Replies < 2 {
			continue // a notice before the meeting, or somebody's waiting
		}
		g.rows = append(g.rows, i)
	}
}

func (g *grouper) vectors() {
	g.sp = newSpace(g.c, g.rows)
	g.vecs = make(map[int]vector, len(g.rows))
	for _, i := range g.rows {
		v := g.sp.vector(g.c, &g.c.Lines[i], float32(g.tune.Topic))
		if p := g.c.Lines[i].Parent; p >= 0 {
			if pv, ok := g.vecs[p]; ok {
				v = blend(v, pv, float32(g.tune.Parent))
			}
		}
		g.vecs[i] = v
	}
}

// strays sets aside the lines that answer something from much earlier, and
// what follows from them: they would tear the thread that they stand in.
func (g *grouper) strays() {
	g.stray = map[int]bool{}
	for k, i := range g.rows {
		l := &g.c.Lines[i]
		if l.Parent < 0 {
			if l.At.After(g.c.End.Add(5 * time.Minute)) {
				g.stray[i] = true
			}
			continue
		}
		if g.stray[l.Parent] || l.Linked && g.far(k, l.Parent) {
			g.stray[i] = true
		}
	}
}

// far tells whether a line lies more than a few rows and minutes back.
func (g *grouper) far(k, parent int) bool {
	i := g.rows[k]
	at, _ := slices.BinarySearch(g.rows, parent)
	return k-at > 8 && g.c.Lines[i].At.Sub(g.c.Lines[parent].At) > 8*time.Minute
}

func (g *grouper) themes() []Theme {
	var rows []int
	for _, i := range g.rows {
		if !g.stray[i] {
			rows = append(rows, i)
		}
	}
	if len(rows) == 0 {
		rows, g.stray = g.rows, nil
	}
	vecs := make([]vector, len(rows))
	cue := make([]float64, len(rows))
	for k, i := range rows {
		vecs[k] = g.vecs[i]
		cue[k] = g.opening(rows, k)
	}
	want := g.wanted(len(g.rows))
	g.crossings(rows, cue)
	seg := newSegmenter(vecs, cue, g.sp.size(len(g.c.Lexicon.Topics)))
	starts := seg.into(int(math.Round(float64(want) * g.tune.Over)))
	out := make([]Theme, len(starts))
	for k, s := range starts {
		end := len(rows)
		if k+1 < len(starts) {
			end = starts[k+1]
		}
		out[k].Lines = slices.Clone(rows[s:end])
	}
	out = g.merge(out, want, cue, starts)
	g.moved = map[int]bool{}
	return g.place(out)
}

// crossings takes off, at each row, for the reply links that a boundary there
// would cut.
func (g *grouper) crossings(rows []int, cue []float64) {
	at := make(map[int]int, len(rows))
	for k, i := range rows {
		at[i] = k
	}
	for k, i := range rows {
		p := g.c.Lines[i].Parent
		from, ok := at[p]
		if p < 0 || !ok || k-from > 10 {
			continue
		}
		for b := from + 1; b <= k; b++ {
			cue[b] -= g.tune.Cross
		}
	}
}

// place puts the strays with the line that they answer, or else with what they
// are most like; and moves what plainly belongs elsewhere.
func (g *grouper) place(themes []Theme) []Theme {
	of := map[int]int{}
	sums := make([]vector, len(themes))
	for t := range themes {
		var vs []vector
		for _, i := range themes[t].Lines {
			of[i] = t
			vs = append(vs, g.vecs[i])
		}
		sums[t] = sumOf(vs)
	}
	for _, i := range g.rows {
		if p := g.c.Lines[i].Parent; g.stray[i] {
			t, ok := of[p]
			if !ok {
				t, _ = g.likest(sums, i, -1)
			}
			if t >= 0 {
				of[i] = t
			}
		}
	}
	for _, i := range g.rows {
		g.move(of, sums, i)
	}
	out := make([]Theme, len(themes))
	for _, i := range g.rows {
		if t, ok := of[i]; ok {
			out[t].Lines = append(out[t].Lines, i)
		}
	}
	return slices.DeleteFunc(out, func(t Theme) bool { return len(t.Lines) == 0 })
}

// move puts a line that takes up an earlier subject with it.
func (g *grouper) move(of map[int]int, sums []vector, i int) {
	l := &g.c.Lines[i]
	t, ok := of[i]
	if !ok {
		return
	}
	if p, known := of[l.Parent]; known && p != t && g.moved[l.Parent] {
		of[i], g.moved[i] = p, true
		return
	}
	if l.Cues["return"] == 0 || l.Linked {
		return
	}
	best, x := g.likest(sums, i, t)
	own := dot(g.vecs[i], sums[t]) - 1
	if best >= 0 && x/length(sums[best]) > own/math.Max(1, length(sums[t]))*1.1 && x > 0.3 {
		of[i], g.moved[i] = best, true
	}
}

// likest gives the theme most like a line, other than one, and the product.
func (g *grouper) likest(sums []vector, i, other int) (int, float64) {
	best, at, prod := 0.0, -1, 0.0
	for t := range sums {
		if t == other {
			continue
		}
		p := dot(g.vecs[i], sums[t])
		if x := p / length(sums[t]); x > best {
			best, at, prod = x, t, p
		}
	}
	return at, prod
}

// opening is what speaks for a new theme at row k, apart from the words.
func (g *grouper) opening(rows []int, k int) float64 {
	l := &g.c.Lines[rows[k]]
	s := 0.0
	if l.Cues["shift"] > 0 {
		s += g.tune.Shift
	}
	if l.Cues["carry"] > 0 {
		s -= g.tune.Carry
	}
	if l.Parent >= 0 && k > 0 && l.Parent >= rows[max(0, k-6)] {
		s -= g.tune.Carry * 1.5
	}
	if l.Host && l.Question {
		s += g.tune.Host * 0.7
	}
	if labelled(l) {
		s += g.tune.Label
	}
	if k > 0 {
		s += g.between(rows[k-1], rows[k])
	}
	return s
}

// between looks at what lies between two rows: a pause, or the host's turn.
func (g *grouper) between(a, b int) float64 {
	s := 0.0
	gap := g.c.Lines[b].At.Sub(g.c.Lines[a].At).Minutes()
	s += g.tune.Gap * math.Min(math.Max(gap-1, 0), 4) / 2
	for i := a + 1; i <= b; i++ {
		l := &g.c.Lines[i]
		if l.Host && (l.Cues["host"] > 0 || l.Cues["shift"] > 0) {
			s += g.tune.Host
			break
		}
	}
	return s
}

// labelled tells whether a line begins with a short label: "Pay - ", "Social
// media!!", "third sector hat."
func labelled(l *reading.Line) bool {
	if len(l.Sentences) < 2 {
		return false
	}
	first := l.Sentences[0]
	n := len(strings.Fields(first.Text))
	return n <= 4 && first.End != '?' && !first.Quote && l.Cues["carry"] == 0 && l.Cues["agree"] == 0 && l.Cues["praise"] == 0 && l.Cues["thanks"] == 0
}

// Attach puts lines that no theme has, because they are short, with the line
// that they answer or follow closely: a request, an offer, an answer.
func Attach(c *reading.Chat, themes []Theme, lines []int) {
	of := map[int]int{}
	for t := range themes {
		for _, i := range themes[t].Lines {
			of[i] = t
		}
	}
	for _, i := range lines {
		l := &c.Lines[i]
		if _, has := of[i]; has || l.Gone || l.Level != "" {
			continue
		}
		if t, ok := host(c, of, i); ok {
			of[i] = t
			themes[t].Lines = append(themes[t].Lines, i)
			slices.Sort(themes[t].Lines)
		}
	}
}

// host gives the theme of the line that a line answers, or of one that it
// follows within three minutes.
func host(c *reading.Chat, of map[int]int, i int) (int, bool) {
	if p := c.Lines[i].Parent; p >= 0 {
		t, ok := of[p]
		return t, ok
	}
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		if c.Lines[i].At.Sub(c.Lines[k].At) > 3*time.Minute {
			break
		}
		if t, ok := of[k]; ok {
			return t, true
		}
	}
	return 0, false
}

// wanted is how many themes to look for among n lines: more for more lines,
// but no more than a person can keep in mind.
func (g *grouper) wanted(n int) int {
	most := mostThemes
	if g.c.End.Sub(g.c.Start) > 3*time.Hour {
		most = mostOfLong
	}
	return min(most, max(1, int(math.Round(g.tune.Density*math.Sqrt(float64(n))))))
}

// The most themes of one meeting, and of a transcript that spans several.
const (
	mostThemes = 8
	mostOfLong = 12
)
