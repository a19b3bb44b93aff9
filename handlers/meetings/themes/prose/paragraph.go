package prose

import (
	"strings"

	"cymar/handlers/meetings/themes/lexicon"
	"cymar/handlers/meetings/themes/text"
)

// Sentence is one sentence of the overview and the lines that bear it out.
type Sentence struct {
	Text  string
	Lines []int
}

// Paragraph is what is said of one theme.
type Paragraph struct {
	Title     string
	About     string
	Keys      []string
	Sentences []Sentence
	Lines     []int
	Voices    int
	sureness  float64 // how well the name fits
	negative  int
	positive  int
}

// Text gives the paragraph as running text.
func (p Paragraph) Text() string {
	var parts []string
	for _, s := range p.Sentences {
		parts = append(parts, s.Text)
	}
	return strings.Join(parts, " ")
}

// frames is the state of the wording: how often each frame was used, and what
// was said already.
type frames struct {
	used  map[string]int
	said  []map[string]bool
	sums  []map[string]bool // of the sentences that sum up
	about map[string]bool

	points map[string]bool // reported before
	opened []string        // what the opening named
	run    int             // see runSaid
}

func newFrames() *frames {
	return &frames{used: map[string]int{}, about: map[string]bool{}, points: map[string]bool{}, run: runSaid}
}

// pick gives the frame that was used least, the first among equals.
func (f *frames) pick(of ...string) string {
	best := of[0]
	for _, x := range of {
		if f.used[x] < f.used[best] {
			best = x
		}
	}
	f.used[best]++
	return best
}

// theme is what the writer knows of a theme before writing it.
type theme struct {
	lines   []int
	phrases []phrase
	names   []name // what it may be called, best first
	name    name
	points  []point
	voices  int
}

func (w *Writer) study(lines []int) theme {
	t := theme{lines: lines, phrases: w.phrases(lines), points: w.gather(lines), voices: w.countVoices(lines)}
	w.fitting(t.phrases, w.themeTopics(lines))
	key := [2]int{lines[0], len(lines)}
	if t.names = w.given[key]; t.names == nil {
		t.names = w.namings(lines, t.phrases)
		w.given[key] = t.names
	}
	t.name = t.names[0]
	return t
}

// paragraph writes one theme. place is its place among n.
func (w *Writer) paragraph(t theme, f *frames, place, n int) Paragraph {
	p := Paragraph{Title: t.name.title, About: t.name.about, Keys: t.name.keys, Lines: t.lines, Voices: t.voices, sureness: t.name.score}
	w.opener(&p, f, t, place, n)
	if len(p.Sentences) == 0 {
		w.returned(&p, f, t)
	}
	before := len(p.Sentences)
	w.body(&p, f, t)
	w.leftOpen(&p, f, t.lines)
	w.besides(&p, f, t, before)
	f.about[t.name.about] = true
	return p
}

func (w *Writer) countVoices(lines []int) int {
	who := map[string]bool{}
	for _, i := range lines {
		who[w.c.Lines[i].Author] = true
	}
	return len(who)
}

// add takes a sentence up if it can be traced, repeats nothing, and runs
// along no message that must not be retold.
func (p *Paragraph) add(w *Writer, f *frames, s Sentence) bool {
	return p.addBut(w, f, s, f.said)
}

// sum takes up a sentence that sums up: it may repeat what a paragraph said,
// but not the other that sums up.
func (p *Paragraph) sum(w *Writer, f *frames, s Sentence) bool {
	if !p.addBut(w, f, s, f.sums) {
		return false
	}
	f.sums = append(f.sums, f.said[len(f.said)-1])
	return true
}

func (p *Paragraph) addBut(w *Writer, f *frames, s Sentence, said []map[string]bool) bool {
	behind := append(append([]int{}, s.Lines...), p.Lines...)
	if s.Text == "" || !w.traced(s.Text, behind) || !w.safe(s.Text, f.run) {
		return false
	}
	if long := spelled(s.Text); long != s.Text && w.typed(long, behind) {
		s.Text = long
	}
	stems := w.saidStems(s.Text)
	for _, old := range said {
		if len(stems) > 0 && jaccard(old, stems) >= 0.57 {
			return false
		}
	}
	f.said = append(f.said, stems)
	s.Text = text.UpperFirst(s.Text)
	p.Sentences = append(p.Sentences, s)
	return true
}

func (w *Writer) saidStems(s string) map[string]bool {
	m := map[string]bool{}
	for _, x := range lexicon.SplitWords(text.Fold(s)) {
		if text.IsContent(x) && !reporting[x] {
			m[w.c.Stemmer.Stem(x)] = true
		}
	}
	return m
}

// spelled writes out what people shorten among themselves.
func spelled(s string) string {
	return strings.TrimSuffix(strings.TrimPrefix(spelling.Replace(" "+s+" "), " "), " ")
}

var spelling = strings.NewReplacer(" JDs", " job descriptions", " JD", " job description", " IG,", " information governance (IG),", " IG ", " information governance ", " IG.", " information governance.", " LE ", " lived experience ", " occ health", " occupational health", " whatsapp", " WhatsApp", " teams captions", " Teams captions", "NHS jobs ", "NHS Jobs ", " facebook", " Facebook", " instagram", " Instagram", " linkedin", " LinkedIn", " tiktok", " TikTok", " gps ", " GPs ", " gps,", " GPs,", " person specs", " person specifications", " obs ", " observations ", " obs,", " observations,", " obs.", " observations.")

// quantity words a number of contributors, never by guess.
func quantity(voices int) string {
	switch {
	case voices <= 1:
		return "One participant"
	case voices == 2:
		return "Two participants"
	case voices < 8:
		return "Several contributors"
	}
	return "Many participants"
}
