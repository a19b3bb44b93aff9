package grouping

import (
	"math"
	"slices"
)

// mostParts is how many stretches are compared each with each; before that only
// neighbours are joined, so that the work stays near linear.
const mostParts = 90

// part is a stretch, or several that were joined.
type part struct {
	row   int     // its row in the table of products
	norm2 float64 // square of the length of the sum of its vectors
	cuts  []int   // numbers of the stretches
	lines []int
}

func (p *part) size() float64 { return math.Sqrt(math.Max(p.norm2, 0)) }

// merger joins the parts that are most alike. The products of their sums are
// kept in a table: those of a joined part are the sums of those of its halves.
type merger struct {
	g     *grouper
	parts []*part
	open  []float64 // what speaks for a new theme where a stretch begins
	prod  [][]float64
	fair  float64 // how many lines a theme has if all have the same
}

// merge joins parts, first those too small to be a theme, until there are no
// more than want.
func (g *grouper) merge(ts []Theme, want int, cue []float64, starts []int) []Theme {
	ts, open := g.thin(ts, cue, starts)
	m := &merger{g: g, open: open, fair: float64(len(g.rows)) / float64(want)}
	sums := make([]vector, len(ts))
	for k, t := range ts {
		sums[k] = g.sum(t.Lines)
		m.parts = append(m.parts, &part{row: k, norm2: dot(sums[k], sums[k]), cuts: []int{k}, lines: t.Lines})
	}
	m.prod = products(sums)
	for len(m.parts) > 1 {
		i, j := m.closest(m.smallest(want))
		if i < 0 {
			break
		}
		m.join(i, j)
	}
	out := make([]Theme, len(m.parts))
	for k, p := range m.parts {
		out[k].Lines = p.lines
	}
	return out
}

func (g *grouper) sum(lines []int) vector {
	vs := make([]vector, 0, len(lines))
	for _, i := range lines {
		vs = append(vs, g.vecs[i])
	}
	return sumOf(vs)
}

func products(sums []vector) [][]float64 {
	prod := make([][]float64, len(sums))
	for i := range sums {
		prod[i] = make([]float64, len(sums))
	}
	for i := range sums {
		for j := i + 1; j < len(sums); j++ {
			prod[i][j] = dot(sums[i], sums[j])
			prod[j][i] = prod[i][j]
		}
	}
	return prod
}

// join puts the second part into the first.
func (m *merger) join(i, j int) {
	a, b := m.parts[i], m.parts[j]
	a.norm2 += b.norm2 + 2*m.prod[a.row][b.row]
	for _, p := range m.parts {
		m.prod[a.row][p.row] += m.prod[b.row][p.row]
		m.prod[p.row][a.row] = m.prod[a.row][p.row]
	}
	a.cuts, a.lines = append(a.cuts, b.cuts...), append(a.lines, b.lines...)
	m.parts = slices.Delete(m.parts, j, j+1)
}

// thin joins neighbours until there are few enough stretches to compare all,
// and gives what speaks for a new theme where each begins.
func (g *grouper) thin(ts []Theme, cue []float64, starts []int) ([]Theme, []float64) {
	open := make([]float64, len(ts))
	sums := make([]vector, 0, len(ts))
	for k := range ts {
		open[k] = cue[starts[k]]
		if len(ts) > mostParts {
			sums = append(sums, g.sum(ts[k].Lines))
		}
	}
	ts = slices.Clone(ts)
	loss := make([]float64, len(sums))
	for k := 1; k < len(sums); k++ {
		loss[k] = neighbourGain(sums[k-1], sums[k], open[k])
	}
	for len(ts) > mostParts {
		at := 1
		for k := 2; k < len(ts); k++ {
			if loss[k] > loss[at] {
				at = k
			}
		}
		ts[at-1].Lines = append(ts[at-1].Lines, ts[at].Lines...)
		sums[at-1] = sumOf([]vector{sums[at-1], sums[at]})
		ts, sums, open, loss = slices.Delete(ts, at, at+1), slices.Delete(sums, at, at+1), slices.Delete(open, at, at+1), slices.Delete(loss, at, at+1)
		for _, k := range []int{at - 1, at} {
			if k > 0 && k < len(ts) {
				loss[k] = neighbourGain(sums[k-1], sums[k], open[k])
			}
		}
	}
	return ts, open
}

// neighbourGain is what joining neighbours costs, by the length of what they
// have, so that long stretches are not joined for ever.
func neighbourGain(a, b vector, open float64) float64 {
	return length(sumOf([]vector{a, b})) - length(a) - length(b) - open
}

// anyPart lets every pair be joined; noPart ends the joining.
const (
	anyPart = -1
	noPart  = -2
)

// A theme has at least so many lines, and in a chat that has enough of them so
// many.
const (
	fewLines    = 3
	enoughLines = 5
)

// smallest gives a part that is too small to stand alone, or anyPart while
// there are more parts than wanted.
func (m *merger) smallest(want int) int {
	at := noPart
	if len(m.parts) > want {
		at = anyPart
	}
	least := min(enoughLines, max(fewLines, int(m.fair/2)))
	for k, p := range m.parts {
		if (len(p.lines) < least || m.g.voices(p.lines) < 2) && (at < 0 || len(p.lines) < len(m.parts[at].lines)) {
			at = k
		}
	}
	return at
}

func (g *grouper) voices(lines []int) int {
	who := map[string]bool{}
	for _, i := range lines {
		who[g.c.Lines[i].Author] = true
	}
	return len(who)
}

// closest gives the pair that loses least by being joined; with must >= 0, one
// of the pair is that part.
func (m *merger) closest(must int) (int, int) {
	bi, bj, best := -1, -1, math.Inf(-1)
	if must == noPart {
		return bi, bj
	}
	for i := range m.parts {
		for j := i + 1; j < len(m.parts); j++ {
			if must >= 0 && i != must && j != must {
				continue
			}
			if x := m.gain(m.parts[i], m.parts[j]); x > best {
				bi, bj, best = i, j, x
			}
		}
	}
	return bi, bj
}

// gain is what joining two parts costs, as a number below zero: nothing when
// they say the same, more when they do not touch in time.
func (m *merger) gain(a, b *part) float64 {
	both := math.Sqrt(math.Max(0, a.norm2+b.norm2+2*m.prod[a.row][b.row]))
	x := both - a.size() - b.size()
	touch := false
	for _, i := range a.cuts {
		for _, j := range b.cuts {
			if abs(i-j) == 1 {
				touch = true
				x -= m.open[max(i, j)]
			}
		}
	}
	x -= m.g.tune.Big * math.Max(0, float64(len(a.lines)+len(b.lines))/m.fair-tooBig)
	if !touch {
		x -= m.g.tune.Apart * (a.size() + b.size())
	}
	return x
}

// tooBig is from how many times its fair share on a theme has too many lines:
// then it is most often two that were taken for one.
const tooBig = 1.5
