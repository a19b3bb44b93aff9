package prose

import (
	"cymar/handlers/meetings/themes/text"
)

// opener says what a theme was about: its topic, and what of it was named.
func (w *Writer) opener(p *Paragraph, f *frames, t theme, place, n int) {
	about := t.name.about
	of, lines := w.named(t)
	lines = append(lines, t.lines...)
	if about == "" || !w.traced(about, append(w.linesWith(about), t.lines...)) {
		about, of = w.fromPhrases(t), nil
	}
	lines = append(lines, w.linesWith(about)...)
	if about == "" {
		return
	}
	if f.about[about] {
		about = "further points on " + about
	}
	for k := len(of); k >= 0; k-- {
		if p.add(w, f, Sentence{Text: w.openerText(about, of[:k], t.voices, f, place, n), Lines: lines}) {
			return
		}
	}
}

// returned begins a paragraph whose topic was much the same as an earlier one.
func (w *Writer) returned(p *Paragraph, f *frames, t theme) {
	of, lines := w.named(t)
	if len(of) == 0 {
		return
	}
	s := Sentence{Text: f.pick("The conversation also returned to ", "Comments also turned to ") + list(of) + ".", Lines: append(lines, t.lines...)}
	p.add(w, f, s)
}

// named gives the phrases that stand beside the topic in its sentence: fewer
// where there is much to report.
func (w *Writer) named(t theme) ([]string, []int) {
	most := 3
	if len(t.points) >= 3 {
		most = 2
	}
	var of []string
	var lines []int
	about := stemSet(w.c.Stemmer.Content(t.name.about))
	for _, fits := range []func(phrase) bool{w.titular, w.termed} {
		for _, p := range t.phrases {
			text := w.inTitle(p)
			if len(of) == most || !p.plain && len(p.authors) < 2 || !fits(p) || in(of, text) || overlaps(p.stems, about) || w.inPoints(p, t.points) || !w.apiece(p, lines) {
				continue
			}
			of = append(of, text)
			lines = append(lines, p.lines...)
		}
	}
	return of, lines
}

// termed tells whether a word is a term of the field, though of a subject
// that the theme has little of.
func (w *Writer) termed(p phrase) bool {
	return len(p.stems) == 1 && p.plain && p.known && p.score >= 2 && w.telling(p.stems)
}

// inPoints tells whether a phrase is told by a point that will be reported.
func (w *Writer) inPoints(p phrase, ps []point) bool {
	for k, x := range ps {
		if k < 4 && x.stems[p.stems[len(p.stems)-1]] {
			return true
		}
	}
	return false
}

// fromPhrases names a theme that the lexicon does not know.
func (w *Writer) fromPhrases(t theme) string {
	var xs []string
	for _, p := range t.phrases {
		if len(xs) < 3 && w.titular(p) && (p.plain || len(p.authors) > 1) {
			xs = append(xs, p.text)
		}
	}
	if len(xs) == 0 {
		for _, p := range t.phrases {
			if len(xs) < 2 && p.open {
				xs = append(xs, p.text)
			}
		}
	}
	return list(xs)
}

// linesWith gives some lines that have the content words of a text.
func (w *Writer) linesWith(s string) []int {
	var out []int
	for _, stem := range w.c.Stemmer.Content(s) {
		out = append(out, w.byStem[stem]...)
	}
	return out
}

// openerText words the topic. The first and the last have their own frames.
func (w *Writer) openerText(about string, of []string, voices int, f *frames, place, n int) string {
	xs := list(of)
	switch {
	case place == 0 && xs != "":
		return "A key theme was " + about + ", in particular " + xs + "."
	case place == 0:
		return "A key theme was " + about + "."
	case place == n-1 && n > 2 && xs != "":
		return "Finally, participants reflected on " + about + ", including " + xs + "."
	case place == n-1 && n > 2:
		return "Finally, participants reflected on " + about + "."
	case xs != "":
		return withPhrases(about, xs, voices, f)
	}
	return withoutPhrases(about, voices, f)
}

func withPhrases(about, xs string, voices int, f *frames) string {
	switch f.pick("discussed", "there", "explored", "emerged", "attention", "reflected") {
	case "discussed":
		return quantity(voices) + " discussed " + about + ", including " + xs + "."
	case "there":
		return "There was discussion about " + about + ", with particular attention to " + xs + "."
	case "explored":
		return "The conversation explored " + about + ", and especially " + xs + "."
	case "emerged":
		return text.UpperFirst(about) + " emerged as another key issue, with several comments on " + xs + "."
	case "attention":
		return "Attention was also given to " + about + ", including " + xs + "."
	}
	return "Participants also reflected on " + about + ", particularly " + xs + "."
}

func withoutPhrases(about string, voices int, f *frames) string {
	switch f.pick("plain-explored", "plain-emerged", "plain-there", "plain-discussed", "plain-second") {
	case "plain-explored":
		return "The conversation explored " + about + "."
	case "plain-emerged":
		return text.UpperFirst(about) + " emerged as another key issue."
	case "plain-there":
		return "There was also discussion about " + about + "."
	case "plain-discussed":
		return quantity(voices) + " discussed " + about + "."
	}
	return "Another area of discussion was " + about + "."
}
