package prose

import (
	"strings"

	"cymar/handlers/meetings/themes/grammar"
)

// services reports what one service does and what another: two to a sentence
// where they are short. Of one person's service one thing is told.
func (w *Writer) services(p *Paragraph, f *frames, ps []point) {
	ps = w.ofEach(ps)
	seen := 0
	for k := 0; k < len(ps); k++ {
		x := ps[k]
		if k+1 < len(ps) && words(x.text)+words(ps[k+1].text) <= 26 {
			y := ps[k+1]
			lines := append(append([]int{}, x.lines...), y.lines...)
			if w.either(p, f, lines, f.both(x, y, seen)) {
				k++
				seen += 2
				continue
			}
		}
		if w.either(p, f, x.lines, f.alone(x, seen)) {
			seen++
		}
	}
}

// either adds the first of some wordings that can be printed: in the words that
// were typed if it can.
func (w *Writer) either(p *Paragraph, f *frames, lines []int, wordings []string) bool {
	try := func(s string, fits bool) bool {
		return fits && s != "" && p.add(w, f, Sentence{Text: s + ".", Lines: lines})
	}
	behind := append(append([]int{}, lines...), p.Lines...)
	for _, s := range wordings {
		if try(s, w.typed(s, behind)) {
			return true
		}
	}
	for _, s := range wordings {
		if try(s, true) {
			return true
		}
	}
	return false
}

// alone gives ways to say what one service does.
func (f *frames) alone(x point, seen int) []string {
	if x.form == grammar.Local {
		if seen > 0 {
			return []string{"Elsewhere, " + x.text, "In another, " + x.text}
		}
		return []string{f.pick("In one service, ", "In one organisation, ") + x.text, "One contributor described how " + x.text}
	}
	one, described := "One service ", "One contributor described "
	if seen > 0 {
		one, described = "Another service ", "Another described "
	}
	out := []string{one + x.text}
	if x.doing != "" {
		out = append(out, described+x.doing)
	}
	if len(out) > 1 && f.pick("service", "described") == "described" {
		out[0], out[1] = out[1], out[0]
	}
	return out
}

// both gives ways to say what two services do.
func (f *frames) both(x, y point, seen int) []string {
	switch {
	case x.form == grammar.Local && y.form == grammar.Local:
		return []string{f.alone(x, seen)[0] + ", while elsewhere " + y.text}
	case x.form == grammar.Local || y.form == grammar.Local:
		return nil
	case x.doing == "" || y.doing == "":
		return []string{f.alone(x, seen)[0] + ", while another " + y.text}
	}
	described := "One contributor described "
	if seen > 0 {
		described = "Another described "
	}
	out := []string{f.service(seen) + x.text + ", while another " + y.text, described + x.doing + ", and another " + y.doing}
	if f.pick("while", "and another") == "and another" {
		out[0], out[1] = out[1], out[0]
	}
	return out
}

func (f *frames) service(seen int) string {
	if seen > 0 {
		return "Another service "
	}
	return "One service "
}

// ofEach keeps the first of each person's points.
func (w *Writer) ofEach(ps []point) []point {
	var out []point
	seen := map[string]bool{}
	for _, x := range ps {
		if who := w.c.Lines[x.lines[0]].Author; !seen[who] {
			seen[who] = true
			out = append(out, x)
		}
	}
	return out
}

// wishes reports what single contributors would like.
func (w *Writer) wishes(p *Paragraph, f *frames, ps []point) {
	for k, x := range w.ofEach(ps) {
		who := "One contributor "
		if k > 0 {
			who = "Another "
		}
		p.add(w, f, Sentence{Text: who + strings.TrimSpace(x.text) + ".", Lines: x.lines})
	}
}
