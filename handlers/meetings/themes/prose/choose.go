package prose

// choose takes the points that a paragraph tells: the best, and such as speak
// of what the others do not, until it is long enough.
func (w *Writer) choose(f *frames, t theme) []point {
	var left, asked []point
	for _, x := range f.fresh(t.points) {
		if x.asked {
			asked = append(asked, x)
		} else {
			left = append(left, x)
		}
	}
	centre := w.centre(t.lines)
	var out []point
	said := map[string]bool{}
	length, most := 0, w.room(t)
	for len(left) > 0 && len(out) < most && length < told+12*w.fuller {
		k := w.next(left, out, said, centre)
		x := left[k]
		left = append(left[:k:k], left[k+1:]...)
		for s := range x.stems {
			said[s] = true
		}
		out = append(out, x)
		length += words(x.text) + framed
	}
	return append(out, asked...)
}

// A paragraph tells of its theme in about so many words; a sentence needs some
// for its frame.
const (
	told   = 60
	framed = 3
)

// next gives the place of the point that adds most to what is told.
func (w *Writer) next(left, out []point, said map[string]bool, centre map[string]int) int {
	best, most := 0, -100.0
	for k, x := range left {
		gain := x.score
		for s := range x.stems {
			switch {
			case said[s]:
				gain -= 0.15
			case centre[s] >= 3:
				gain += 0.2
			}
		}
		for _, y := range out {
			if y.lines[0] == x.lines[0] || y.form == x.form && w.c.Lines[y.lines[0]].Author == w.c.Lines[x.lines[0]].Author {
				gain -= 0.4
			}
		}
		if gain > most {
			best, most = k, gain
		}
	}
	return best
}

// room is how many points a theme may have: more for one that many lines are
// about.
func (w *Writer) room(t theme) int {
	switch {
	case len(t.lines) >= 12:
		return 6 + w.fuller
	case len(t.lines) >= 7:
		return 5 + w.fuller
	}
	return 4 + w.fuller
}

// fresh leaves out the points that were reported before.
func (f *frames) fresh(ps []point) []point {
	var out []point
	for _, p := range ps {
		if !f.points[p.text] {
			f.points[p.text] = true
			out = append(out, p)
		}
	}
	return out
}
