package prose

import (
	"slices"
	"strings"

	"cymar/handlers/meetings/themes/grammar"
)

// besides names what else a thin paragraph's theme was about: first what is
// well known, then what is at least plain.
func (w *Writer) besides(p *Paragraph, f *frames, t theme) {
	short := enough + 20*w.fuller - words(p.Text())
	if short <= 0 {
		return
	}
	most := 3
	fit := plain
	switch {
	case w.fuller > 1:
		most, fit = 3+w.fuller, w.weighty // there is nothing else to say of the meeting
	case len(p.Sentences) < 2:
		most = 5
	case short > enough/2:
		most = 4
	}
	said := w.saidStems(p.Text())
	w.alsoTopics(p, f, t, said)
	xs, lines := w.aside(t, said, most)
	if len(xs) > 1 {
		most = len(xs)
	}
	for _, fits := range []func(phrase) bool{w.titular, fit} {
		for _, x := range t.phrases {
			if len(xs) == most || !fits(x) || overlaps(x.stems, said) || !w.apiece(x, lines) {
				continue
			}
			for _, s := range x.stems {
				said[s] = true
			}
			xs = append(xs, x.many())
			lines = append(lines, x.lines...)
		}
	}
	if len(xs) > 1 {
		p.add(w, f, Sentence{Text: f.pick("Comments also covered ", "Other comments covered ", "Participants also mentioned ") + list(xs) + ".", Lines: lines})
	}
}

// alsoTopics names what else a theme was about in the lexicon's words, which
// are nobody's: so that what several people told of themselves is not lost.
func (w *Writer) alsoTopics(p *Paragraph, f *frames, t theme, said map[string]bool) {
	var xs []string
	var lines []int
	open := w.openWords(t.lines)
	for k, ts := range w.themeTopics(t.lines) {
		topic := w.c.Lexicon.Topics[ts.topic]
		if len(xs) == 3 || k > 6 {
			break
		}
		about := w.fill(topic.About, open)
		stems := w.c.Stemmer.Content(about)
		if ts.authors < 2 || ts.score < leastTopic || slices.Contains(t.name.keys, topic.Key) || f.about[about] || overlaps(stems, said) || !w.traced(about, w.tellOf(ts.topic, t.lines)) {
			continue
		}
		for _, s := range stems {
			said[s] = true
		}
		xs, lines = append(xs, about), append(lines, w.tellOf(ts.topic, t.lines)...)
	}
	if len(xs) > 0 {
		p.add(w, f, Sentence{Text: f.pick("Participants also spoke about ", "The discussion touched on ", "Several comments concerned ", "Links were made with ") + list(xs) + ".", Lines: lines})
	}
}

// leastTopic is the score below which a topic is no part of a theme.
const leastTopic = 0.5

// tellOf gives the lines that have a telling term of a topic.
func (w *Writer) tellOf(topic int, lines []int) []int {
	var out []int
	for _, i := range lines {
		for _, t := range w.c.Lines[i].Topics {
			if t.Topic == topic && t.Weight >= 1 {
				out = append(out, i)
			}
		}
	}
	return out
}

// apiece tells whether a phrase may stand beside others. What several people
// say, or what everybody in the field says, may. Of anything else only one from
// each message, or it could be known by the two; and none from a message that
// tells of its writer.
func (w *Writer) apiece(x phrase, taken []int) bool {
	if len(x.authors) > 1 {
		return true
	}
	common := w.telling(x.stems)
	for _, i := range x.lines {
		wary := w.c.Lines[i].Wary
		if w.c.Lines[i].Closed != "" && slices.Contains(taken, i) {
			return false
		}
		if wary && !common || (wary || !common) && slices.Contains(taken, i) {
			return false
		}
	}
	return true
}

// plain tells whether a phrase may be named beside others: several people used
// it, or it says something by itself.
func plain(p phrase) bool { return bare(p) && (len(p.stems) > 1 || len(p.authors) > 1 || p.fit) }

// weighty tells whether a phrase may be named where little else is told: also a
// single word of one person, if others welcomed the message or it came again.
func (w *Writer) weighty(p phrase) bool {
	return plain(p) || bare(p) && (len(p.lines) > 1 || w.likes(p.lines) >= welcomed)
}

// welcomed is from how many reactions on a message was welcomed.
const welcomed = 3

// bare tells whether a phrase may at least be named: open, in ordinary words,
// and no person.
func bare(p phrase) bool {
	if len(p.authors) < 2 && (len(p.stems) == 1 && grammar.IsDeed(p.bare) || strings.Contains(p.bare, " of ")) {
		return false
	}
	return p.open && p.known && p.score >= 0.5 && !grammar.IsPerson(p.head) && (p.plural || p.mass || p.dets["a"]+p.dets["an"]+p.dets["the"] > 0)
}

// enough is how many words a paragraph has that needs no more.
const enough = 60
