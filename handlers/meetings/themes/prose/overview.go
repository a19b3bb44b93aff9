package prose

import (
	"sort"
	"strings"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/grouping"
	"cymar/handlers/meetings/themes/text"
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

// Write writes the overview of a chat's themes. Where little can be said of
// them it says more of what is less sure to matter.
func (w *Writer) Write(groups []grouping.Theme) Draft {
	lines := 0
	for _, g := range groups {
		lines += len(g.Lines)
	}
	var d Draft
	for level := range 6 {
		w.fuller = level
		if d = w.write(groups); words(d.Text()) >= min(wantedWords, 6*lines) {
			break
		}
	}
	return d
}

// wantedWords is how long an overview is at least, where the chat has enough
// to tell.
const wantedWords = 345

func (w *Writer) write(groups []grouping.Theme) Draft {
	f := newFrames()
	d := Draft{Title: w.title(), DateLine: w.dateLine()}
	var themes []theme
	for _, g := range groups {
		if t := w.study(g.Lines); !w.slight(t) {
			themes = append(themes, t)
		}
	}
	sort.SliceStable(themes, func(a, b int) bool { return middle(themes[a].lines) < middle(themes[b].lines) })
	w.settle(themes)
	for k, t := range themes {
		d.Themes = append(d.Themes, w.paragraph(t, f, k, len(themes)))
	}
	d.Opening = w.opening(d.Themes, f)
	d.Material = w.material(f)
	d.Closing = w.closing(d.Themes, themes, f)
	if n := len(d.Closing.Sentences); n > 0 {
		d.Closing.Sentences = append(d.Closing.Sentences, Sentence{Text: ofChatOnly, Lines: d.Closing.Sentences[0].Lines})
	}
	w.spellOut(&d)
	return d
}

// ofChatOnly says what an overview of a chat is not.
const ofChatOnly = "This is an overview of the meeting chat and its messages, and not of what was said in the session itself."

// spellOut writes out the name of peer workers where it first stands.
func (w *Writer) spellOut(d *Draft) {
	parts := []*Paragraph{&d.Opening}
	for k := range d.Themes {
		parts = append(parts, &d.Themes[k])
	}
	for _, p := range append(parts, &d.Material, &d.Closing) {
		for k := range p.Sentences {
			s := &p.Sentences[k]
			if i := strings.Index(s.Text, "PSWs"); i >= 0 {
				s.Text = text.UpperFirst(s.Text[:i] + "peer support workers (PSWs)" + s.Text[i+len("PSWs"):])
				return
			}
		}
	}
}

// middle is the line halfway through a theme.
func middle(lines []int) int { return lines[len(lines)/2] }

// slight tells whether a theme is too thin to be one: one person's, by which
// they would be known; or few lines, of which little can be said and which have
// no name that one could be sure of.
func (w *Writer) slight(t theme) bool {
	n := t.names[0]
	return t.voices < 2 || len(t.lines) < 3 || len(t.lines) <= fewLines && len(t.points) < 2 && (len(n.keys) == 0 || n.score < sureName)
}

// fewLines is how many lines a theme may have and yet be none.
const fewLines = 6

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

// opening says what the meeting focused on: its own title, and the themes that
// most people spoke about.
func (w *Writer) opening(ts []Paragraph, f *frames) Paragraph {
	var p Paragraph
	who := "The meeting"
	if len(w.c.Transcript.Langs) > 1 {
		who = "The meeting, in Welsh and English,"
	}
	subject := subjectOf(w.c.Transcript.Title)
	for n := 3; n >= 0; n-- {
		xs, lines := abouts(heaviest(w.beside(sure(ts), subject), n))
		for _, about := range []string{subject, ""} {
			s := focus(about, xs)
			if s == "" || !p.sum(w, f, Sentence{Text: who + " focused on " + s + ".", Lines: append(lines, linesOf(ts)...)}) {
				continue
			}
			p.Lines, f.opened = lines, xs
			return p
		}
	}
	if len(ts) > 0 {
		p.Sentences = []Sentence{{Text: who + " focused on peer support.", Lines: linesOf(ts)}}
	}
	return p
}

// beside leaves out the themes that the subject of the meeting names already.
func (w *Writer) beside(ts []Paragraph, subject string) []Paragraph {
	said := stemSet(w.c.Stemmer.Content(subject))
	var out []Paragraph
	for _, t := range ts {
		if !overlaps(w.c.Stemmer.Content(t.About), said) {
			out = append(out, t)
		}
	}
	return out
}

// focus joins the subject of the meeting and its main themes.
func focus(subject string, xs []string) string {
	switch {
	case len(xs) == 0:
		return subject
	case subject == "":
		return list(xs)
	}
	return subject + ", with particular attention to " + list(xs)
}

// sure leaves out the themes of whose name little speaks, unless there are few
// others.
func sure(ts []Paragraph) []Paragraph {
	for _, least := range []float64{sureName, leastName} {
		var out []Paragraph
		for _, t := range ts {
			if t.About != "" && t.sureness >= least {
				out = append(out, t)
			}
		}
		if len(out) >= 3 {
			return out
		}
	}
	return ts
}

// sureName is the score from which on a name says what a theme is about.
const sureName = 1.5

// alike tells whether the beginning or end of a name stands in the others:
// "young people" beside "older people and young people".
func alike(xs []string, s string) bool {
	for _, x := range xs {
		if strings.Contains(x, s) || strings.Contains(s, x) {
			return true
		}
	}
	return false
}

func abouts(ts []Paragraph) ([]string, []int) {
	var xs []string
	var lines []int
	for _, t := range ts {
		if about := core(t.About); !in(xs, about) && !alike(xs, about) {
			xs = append(xs, about)
			lines = append(lines, t.Lines...)
		}
	}
	return xs, lines
}

// core is as much of a theme's name as fits into a list: of three things the
// first two.
func core(about string) string {
	first, rest, ok := strings.Cut(about, ", ")
	if !ok {
		return about
	}
	second, _, _ := strings.Cut(rest, " and ")
	if i := strings.LastIndex(second, ", "); i >= 0 {
		second = second[:i]
	}
	if strings.Contains(first, " and ") || second == "" {
		return first
	}
	return first + " and " + second
}

// subjectOf takes the subject out of a meeting's title: what follows a colon,
// or what is left when the kind of meeting is taken away. It gives "" where the
// title names only that.
func subjectOf(title string) string {
	if before, after, ok := strings.Cut(title, ":"); ok {
		if s := lowerTitle(after); !kindOfMeeting(s) {
			return s
		}
		title = before + " meeting"
	}
	for _, part := range strings.Split(title, " / ") {
		low := strings.ToLower(part)
		for _, kind := range meetingKinds {
			low = strings.TrimSuffix(strings.TrimSpace(low), kind)
		}
		low = strings.TrimSpace(low)
		if (strings.HasSuffix(low, "peer support") || strings.HasSuffix(low, "peer work")) && len(strings.Fields(low)) > 2 {
			return lowerTitle(part[:len(low)])
		}
	}
	return ""
}

// meetingKinds are what meetings are called that have no other subject.
var meetingKinds = []string{"implementation space", "community of practice", "network", "forum", "meeting", "group", "space", "practice exchange"}

// kindOfMeeting tells whether a text only says what kind of meeting it is.
func kindOfMeeting(s string) bool {
	for _, kind := range meetingKinds {
		s = strings.TrimSuffix(strings.TrimSpace(s), kind)
	}
	return strings.TrimSpace(s) == ""
}

// lowerTitle writes a title as it stands within a sentence.
func lowerTitle(s string) string {
	ws := grammar.Parse(strings.TrimSpace(s))
	for i := range ws {
		ws[i].Text = strings.TrimSpace(ws[i].Text)
	}
	return strings.TrimSpace(grammar.Print(ws))
}

// heaviest gives the themes with most contributors, in their own order.
func heaviest(ts []Paragraph, n int) []Paragraph {
	if len(ts) <= n {
		return ts
	}
	if n == 0 {
		return nil
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

// One writes a single theme, as the one at place among n.
func (w *Writer) One(lines []int, place, n int) Paragraph {
	return w.paragraph(w.study(lines), newFrames(), place, n)
}
