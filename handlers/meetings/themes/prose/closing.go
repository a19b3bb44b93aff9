package prose

import (
	"slices"
	"sort"
	"strings"

	"cymar/handlers/meetings/themes/grammar"
)

// closing sums up: what people care for, what they find hard, and what they
// agree on, as far as the chat shows it.
func (w *Writer) closing(ts []Paragraph, themes []theme, f *frames) Paragraph {
	var p Paragraph
	c := closer{subject: subjectOf(w.c.Transcript.Title), shared: len(w.lists.Shared) >= several, open: len(w.lists.Questions) >= several}
	c.good, c.hard = w.sides(sure(ts), f.opened)
	view := w.sharedView(themes)
	c.view = view.text
	lines := append(linesOf(ts), view.lines...)
	for _, s := range c.sentences() {
		if p.sum(w, f, Sentence{Text: "Overall, the discussion " + s + ".", Lines: lines}) {
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
// three, those of which most that was hard or open was said. What the opening
// named comes last, so that the close does not repeat it.
func (w *Writer) sides(ts []Paragraph, opened []string) (good, hard []string) {
	order := make([]int, len(ts))
	for k := range order {
		order[k] = k
	}
	sort.SliceStable(order, func(a, b int) bool {
		x, y := w.troubles(ts[order[a]]), w.troubles(ts[order[b]])
		return x > y || x == y && ts[order[a]].Voices > ts[order[b]].Voices
	})
	var again []string
	for _, k := range order {
		about := core(ts[k].About)
		switch {
		case about == "" || alike(good, about) || alike(hard, about):
		case w.troubles(ts[k]) <= 0:
			good = append(good, about)
		case in(opened, about):
			again = append(again, about)
		default:
			hard = append(hard, about)
		}
	}
	hard = append(hard, again...)
	return good, hard[:min(3, len(hard))]
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

// sharedView gives what should be, of which most people approved: by what they
// wrote or by how they reacted.
func (w *Writer) sharedView(ts []theme) point {
	var best point
	most := 0
	for _, t := range ts {
		for _, p := range t.points {
			backed := w.likes(p.lines) + 2*w.countVoices(p.lines)
			if p.stance != grammar.Should || p.form != grammar.That || p.asked || words(p.text) > mostView || strings.Contains(p.text, ":") || backed < leastBacked || backed <= most {
				continue
			}
			best, most = p, backed
		}
	}
	return best
}

// A shared view is short, and so many at least approved of it.
const (
	mostView    = 13
	leastBacked = 6
)

// closer is what a close may say.
type closer struct {
	subject    string
	good, hard []string
	view       string
	shared     bool // several things were passed on
	open       bool // several questions stayed open
}

// sentences gives ways to close, the fullest first.
func (c closer) sentences() []string {
	var out []string
	for _, to := range c.cares() {
		for n := min(3, len(c.hard)); n > 0; n-- {
			tail := ", alongside shared concerns around " + list(c.hard[:n])
			if c.view != "" {
				out = append(out, to+tail+", and a shared view that "+c.view)
			}
			if c.open {
				out = append(out, to+tail+", with several questions still open")
			}
			out = append(out, to+tail)
		}
		if c.view != "" {
			out = append(out, to+", and a shared view that "+c.view)
		}
		if c.open && len(c.hard) == 0 {
			out = append(out, to+", with several questions still open")
		}
		if len(c.hard) == 0 && len(c.good) > 0 {
			out = append(out, to)
		}
	}
	for _, x := range append(c.hard, c.good...) {
		out = append(out, "highlighted strong interest in peer support, alongside shared concerns and questions around "+x)
	}
	return out
}

// cares gives ways to say what people hold dear, the fullest first.
func (c closer) cares() []string {
	subject := c.subject
	if !strings.Contains(subject, "peer") {
		subject = "peer support"
	}
	sharing := ""
	if c.shared {
		sharing = " and to sharing resources"
	}
	var out []string
	if n := min(2, len(c.good)); n > 0 && len(c.hard) < 2 {
		if c.shared {
			out = append(out, "highlighted strong interest in "+list(append(slices.Clone(c.good[:n]), "sharing resources")))
		}
		out = append(out, "highlighted strong interest in "+list(c.good[:n]))
	}
	return append(out, "highlighted strong commitment to "+subject+sharing, "highlighted strong commitment to "+subject, "highlighted strong interest in peer support")
}
