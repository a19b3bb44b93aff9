package prose

import (
	"strings"
	"time"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/grouping"
	"cymar/handlers/meetings/themes/lists"
	"cymar/handlers/meetings/transcript"
)

// Draft is the whole overview in parts.
type Draft struct {
	Title    string
	DateLine string
	Opening  Paragraph
	Themes   []Paragraph // in the order of groups
	Material Paragraph
	Closing  Paragraph
}

// Write writes the overview of a chat's themes.
func (w *Writer) Write(groups []grouping.Theme) Draft {
	f := newFrames()
	d := Draft{Title: w.title(), DateLine: w.dateLine()}
	for k, g := range groups {
		d.Themes = append(d.Themes, w.paragraph(w.study(g.Lines), f, k, len(groups)))
	}
	d.Opening = w.opening(d.Themes, f)
	d.Material = w.material(f)
	d.Closing = w.closing(d.Themes, f)
	return d
}

// Text gives the overview as it would be published.
func (d Draft) Text() string {
	parts := []string{d.Title, d.DateLine, d.Opening.Text()}
	for _, p := range d.Themes {
		parts = append(parts, p.Text())
	}
	parts = append(parts, d.Material.Text(), d.Closing.Text())
	var out []string
	for _, p := range parts {
		if strings.TrimSpace(p) != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n\n")
}

func (w *Writer) title() string {
	t := strings.TrimSpace(w.c.Transcript.Title)
	if t == "" {
		return "Meeting Chat Overview"
	}
	return t + ": Meeting Chat Overview"
}

func (w *Writer) dateLine() string {
	t := w.c.Transcript
	var parts []string
	if !t.Date.IsZero() {
		parts = append(parts, t.Date.Format("Monday 2 January 2006"))
	}
	if !t.Start.IsZero() && !t.End.IsZero() {
		parts = append(parts, clock(t.Start)+" – "+clock(t.End))
	}
	line := strings.Join(parts, ", ")
	if p := platformName(t.Platform); p != "" {
		if line != "" {
			line += " | "
		}
		line += p
	}
	return line
}

func clock(t time.Time) string { return t.Format("15:04") }

func platformName(p transcript.Platform) string {
	switch p {
	case transcript.Teams:
		return "MS Teams"
	case transcript.Slack:
		return "Slack"
	case transcript.Zoom:
		return "Zoom"
	}
	return ""
}

// opening says what the meeting focused on.
func (w *Writer) opening(ts []Paragraph, f *frames) Paragraph {
	var p Paragraph
	who := "The meeting"
	if len(w.c.Transcript.Langs) > 1 {
		who = "The meeting, in Welsh and English,"
	}
	for n := 3; n > 0; n-- {
		var xs []string
		var lines []int
		for _, t := range heaviest(ts, n) {
			if t.About != "" && !in(xs, t.About) {
				xs = append(xs, t.About)
				lines = append(lines, t.Lines...)
			}
		}
		if len(xs) > 0 && p.add(w, f, Sentence{Text: who + " focused on " + list(xs) + ".", Lines: lines}) {
			p.Lines = lines
			for _, x := range xs {
				f.opened = append(f.opened, x)
			}
			break
		}
	}
	return p
}

// heaviest gives the themes with most contributors, in their own order.
func heaviest(ts []Paragraph, n int) []Paragraph {
	if len(ts) <= n {
		return ts
	}
	least := make([]int, 0, len(ts))
	for i := range ts {
		rank := 0
		for j := range ts {
			if ts[j].Voices > ts[i].Voices || ts[j].Voices == ts[i].Voices && j < i {
				rank++
			}
		}
		if rank < n {
			least = append(least, i)
		}
	}
	var out []Paragraph
	for _, i := range least {
		out = append(out, ts[i])
	}
	return out
}

// material says what was asked for, shared and promised.
func (w *Writer) material(f *frames) Paragraph {
	var p Paragraph
	asked, lines := w.whats(w.lists.Requested, 5, func(it lists.Item) bool { return true })
	if len(asked) > 0 {
		p.add(w, f, Sentence{Text: "Requests were made for " + list(asked) + ".", Lines: lines})
	}
	shared, lines := w.whats(w.lists.Shared, 4, func(it lists.Item) bool { return it.What != "a link" })
	if len(shared) > 0 {
		verb := " were shared."
		if len(shared) == 1 && !strings.HasSuffix(shared[0], "s") {
			verb = " was shared."
		}
		p.add(w, f, Sentence{Text: list(shared) + verb, Lines: lines})
	}
	acts, lines := w.actions(4)
	if len(acts) > 0 {
		frame := "Agreed actions included "
		if len(acts) == 1 {
			frame = "One agreed action was "
		}
		p.add(w, f, Sentence{Text: frame + list(acts) + ".", Lines: lines})
	}
	for _, s := range p.Sentences {
		p.Lines = append(p.Lines, s.Lines...)
	}
	return p
}

// whats gives the wording of up to n items.
func (w *Writer) whats(items []lists.Item, n int, use func(lists.Item) bool) ([]string, []int) {
	var xs []string
	var lines []int
	seen := map[string]bool{}
	for _, it := range items {
		if len(xs) == n || it.What == "" || !use(it) || seen[it.Head] {
			continue
		}
		seen[it.Head] = true
		xs = append(xs, it.What)
		lines = append(lines, it.Lines...)
	}
	return xs, lines
}

// actions words the promises as gerunds.
func (w *Writer) actions(n int) ([]string, []int) {
	var xs []string
	var lines []int
	for _, it := range w.lists.Actions {
		verb, rest, _ := strings.Cut(it.What, " ")
		if len(xs) == n || words(it.What) < 3 || strings.Contains(" "+rest+" ", " it ") || strings.HasPrefix(rest, "that ") {
			continue
		}
		xs = append(xs, strings.TrimSpace(grammar.Ing(verb)+" "+rest))
		lines = append(append(lines, it.Lines...), it.From...)
	}
	return xs, lines
}

// closing sums up: what people care for, and what they find hard.
func (w *Writer) closing(ts []Paragraph, f *frames) Paragraph {
	var p Paragraph
	var good, hard []string
	for _, t := range ts {
		switch {
		case t.About == "" || in(good, t.About) || in(hard, t.About):
		case t.negative > t.positive && len(hard) < 3:
			hard = append(hard, t.About)
		case t.negative <= t.positive && len(good) < 3:
			good = append(good, t.About)
		}
	}
	lines := linesOf(ts)
	for _, s := range closings(good, hard, f.opened) {
		if p.add(w, f, Sentence{Text: s, Lines: lines}) {
			p.Lines = lines
			return p
		}
	}
	if len(ts) > 0 {
		p.Sentences = []Sentence{{Text: "Overall, the discussion highlighted strong interest in peer support, alongside shared concerns around several of these issues.", Lines: lines}}
	}
	return p
}

// closings gives ways to close, the fullest first.
func closings(good, hard, opened []string) []string {
	fresh := func(xs []string) []string {
		var out []string
		for _, x := range xs {
			if !in(opened, x) {
				out = append(out, x)
			}
		}
		return out
	}
	const open = "Overall, the discussion highlighted strong interest in "
	var out []string
	for _, g := range [][]string{fresh(good), good} {
		for _, h := range [][]string{hard, fresh(hard)} {
			if len(g) > 2 {
				g = g[:2]
			}
			switch {
			case len(g) > 0 && len(h) > 0:
				out = append(out, open+list(g)+", alongside shared concerns around "+list(h)+".")
			case len(h) > 0:
				out = append(out, open+"peer support, alongside shared concerns around "+list(h)+".")
			case len(g) > 0:
				out = append(out, open+list(g)+".")
			}
		}
	}
	return out
}

func linesOf(ts []Paragraph) []int {
	var out []int
	for _, t := range ts {
		out = append(out, t.Lines...)
	}
	return out
}

func in(xs []string, x string) bool {
	for _, y := range xs {
		if y == x {
			return true
		}
	}
	return false
}
