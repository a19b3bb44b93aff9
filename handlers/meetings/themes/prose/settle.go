package prose

import (
	"math"
	"sort"
	"strings"
)

// settle gives every theme a name, so that no two sound alike: those that are
// surest of theirs choose first.
func (w *Writer) settle(ts []theme) {
	order := make([]int, len(ts))
	for k := range order {
		order[k] = k
	}
	sort.SliceStable(order, func(a, b int) bool { return ts[order[a]].names[0].score > ts[order[b]].names[0].score })
	var taken []name
	for _, k := range order {
		ts[k].name = free(ts[k].names, taken)
		taken = append(taken, ts[k].name)
	}
}

// free gives the best name that is not too like those which are taken.
func free(names, taken []name) name {
	best, at := -1.0, 0
	for k, n := range names {
		s := n.score
		for _, t := range taken {
			s *= 1 - likeness(n, t)
		}
		if s > best {
			best, at = s, k
		}
	}
	return names[at]
}

// likeness is how much two names sound alike, from 0 to 1.
func likeness(a, b name) float64 {
	if a.about == b.about {
		return 0.99
	}
	n := 0
	for s := range a.stems {
		if b.stems[s] {
			n++
		}
	}
	x := 1.8 * float64(n) / float64(max(1, len(a.stems)+len(b.stems)))
	if n == 1 && words(a.about) > 2 && words(b.about) > 2 && !strings.Contains(a.about+b.about, ",") {
		x = 0.25 // one subject from two sides
	}
	if len(a.keys) > 0 && len(b.keys) > 0 && a.keys[0] == b.keys[0] && !a.given && !b.given {
		x = math.Max(x, 0.35)
	}
	return x
}
