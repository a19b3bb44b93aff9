package score

import (
	"math/bits"

	"cymar/handlers/meetings/themes"
)

func set(xs []string) map[string]bool {
	m := map[string]bool{}
	for _, x := range xs {
		m[x] = true
	}
	return m
}

func common(a, b map[string]bool) int {
	n := 0
	for x := range a {
		if b[x] {
			n++
		}
	}
	return n
}

func f1(a, b map[string]bool) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(common(a, b)) / float64(len(a)+len(b))
}

func goldSets(c Chat) []map[string]bool {
	var out []map[string]bool
	for _, t := range c.Gold.Themes {
		out = append(out, set(t.Messages))
	}
	return out
}

func ourSets(o themes.Overview) []map[string]bool {
	var out []map[string]bool
	for _, t := range o.Themes {
		out = append(out, set(t.Messages))
	}
	return out
}

// overlaps gives the F1 of every gold theme with every written one; only
// messages of gold themes count.
func overlaps(gold, ours []map[string]bool) [][]float64 {
	all := map[string]bool{}
	for _, g := range gold {
		for id := range g {
			all[id] = true
		}
	}
	w := make([][]float64, len(gold))
	for i, g := range gold {
		w[i] = make([]float64, len(ours))
		for j, o := range ours {
			known := map[string]bool{}
			for id := range o {
				if all[id] {
					known[id] = true
				}
			}
			w[i][j] = f1(g, known)
		}
	}
	return w
}

// match pairs rows with columns one to one so that the sum of the weights is
// the highest; a row without a partner has -1. There are few rows: every subset
// of them is weighed.
func match(w [][]float64) []int {
	n := len(w)
	out := make([]int, n)
	for i := range out {
		out[i] = -1
	}
	if n == 0 || len(w[0]) == 0 {
		return out
	}
	if n > 16 {
		panic("too many rows to match")
	}
	cols := len(w[0])
	best := make([][]float64, cols+1) // best[j][rows]: highest sum with the first j columns and these rows
	took := make([][]int8, cols+1)    // the row that column j-1 took, or -1
	best[0], took[0] = make([]float64, 1<<n), make([]int8, 1<<n)
	for j := 1; j <= cols; j++ {
		best[j], took[j] = append([]float64{}, best[j-1]...), make([]int8, 1<<n)
		for rows := range took[j] {
			took[j][rows] = -1
			for rest := rows; rest != 0; rest &= rest - 1 {
				i := bits.TrailingZeros(uint(rest))
				if x := best[j-1][rows&^(1<<i)] + w[i][j-1]; x > best[j][rows]+1e-12 {
					best[j][rows], took[j][rows] = x, int8(i)
				}
			}
		}
	}
	rows := 1<<n - 1
	for j := cols; j > 0; j-- {
		if i := took[j][rows]; i >= 0 {
			out[i] = j - 1
			rows &^= 1 << i
		}
	}
	return out
}

// bcubed is the F1 of B-cubed precision and recall where a message may belong
// to several themes; one that no theme of ours has stands alone.
func bcubed(gold, ours []map[string]bool) float64 {
	g, o := labels(gold), labels(ours)
	next := len(ours)
	for id := range g {
		if len(o[id]) == 0 {
			o[id] = []int{next}
			next++
		}
	}
	p, r := halfB3(g, o, g), halfB3(o, g, g)
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func labels(sets []map[string]bool) map[string][]int {
	m := map[string][]int{}
	for k, s := range sets {
		for id := range s {
			m[id] = append(m[id], k)
		}
	}
	return m
}

// halfB3 averages over the items how far those that share a label in "by" share
// one in "want" too.
func halfB3(want, by map[string][]int, items map[string][]int) float64 {
	var sum float64
	for i := range items {
		var s, n float64
		for j := range items {
			both := shared(by[i], by[j])
			if both == 0 {
				continue
			}
			n++
			s += float64(min(both, shared(want[i], want[j]))) / float64(both)
		}
		sum += s / max(1, n)
	}
	return sum / float64(max(1, len(items)))
}

func shared(a, b []int) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			if x == y {
				n++
			}
		}
	}
	return n
}
