package prose

import "sort"

// closing sums up: what people care for, and what they find hard.
func (w *Writer) closing(ts []Paragraph, f *frames) Paragraph {
	var p Paragraph
	good, hard := w.sides(known(ts))
	lines := linesOf(ts)
	for _, s := range closings(good, hard, f.opened) {
		if p.sum(w, f, Sentence{Text: s, Lines: lines}) {
			p.Lines = lines
			return p
		}
	}
	if len(ts) > 0 {
		p.Sentences = []Sentence{{Text: "Overall, the discussion highlighted strong interest in peer support, alongside several shared concerns.", Lines: lines}}
	}
	return p
}

// sides parts the themes into those that went well with people and, up to
// three, those of which most that was hard or open was said. Both come in the
// order of how many people spoke.
func (w *Writer) sides(ts []Paragraph) (good, hard []string) {
	order := make([]int, len(ts))
	for k := range order {
		order[k] = k
	}
	sort.SliceStable(order, func(a, b int) bool { return ts[order[a]].Voices > ts[order[b]].Voices })
	for _, k := range order {
		t := ts[k]
		switch {
		case t.About == "" || alike(good, t.About) || alike(hard, t.About):
		case w.troubles(t) > 0 && len(hard) < 3 && len(hard) <= len(good):
			hard = append(hard, t.About)
		case len(good) < 3:
			good = append(good, t.About)
		}
	}
	return good, hard
}

// troubles weighs what was hard or left open in a theme against what is done
// or was proposed.
func (w *Writer) troubles(t Paragraph) float64 {
	x := 2 * float64(t.negative-t.positive)
	for _, i := range t.Lines {
		l := &w.c.Lines[i]
		if l.Cues["unsure"] > 0 || l.Cues["contrast"] > 0 || l.Cues["struggling"] > 0 {
			x += 0.5
		}
	}
	return x
}

// closings gives ways to close, the fullest first.
func closings(good, hard, opened []string) []string {
	var fresh []string
	for _, x := range good {
		if !in(opened, x) {
			fresh = append(fresh, x)
		}
	}
	var out []string
	for n := 2; n > 0; n-- {
		for _, g := range [][]string{fresh, good} {
			g, h := g[:min(n, len(g))], hard[:min(n+1, len(hard))]
			switch {
			case len(g) > 0 && len(h) > 0:
				out = append(out, "Overall, the discussion centred on "+list(g)+", alongside shared concerns and questions around "+list(h)+".")
			case len(g) > 1:
				out = append(out, "Overall, the discussion centred on "+list(g)+", with strong interest in sharing across services.")
			}
		}
	}
	for _, xs := range [][]string{hard, good} {
		for _, x := range xs {
			out = append(out, "Overall, the discussion highlighted strong interest in peer support, alongside shared concerns and questions around "+x+".")
		}
	}
	return out
}
