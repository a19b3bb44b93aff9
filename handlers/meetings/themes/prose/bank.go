package prose

import (
	"math"
	"sort"
	"strings"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/lexicon"
	"cymar/handlers/meetings/themes/reading"
	"cymar/handlers/meetings/themes/text"
)

// banked gives the points of the lexicon's bank that some lines make, best
// first. Each belongs to a topic of the theme, and to the line that makes it.
func (w *Writer) banked(lines []int, topics []topicScore) []point {
	about := map[int]float64{}
	for k, t := range topics {
		if k < 5 && t.score > 0.6 {
			about[t.topic] = t.score
		}
	}
	bank := lexicon.DefaultPoints()
	hits := map[int][]int{}
	for _, i := range lines {
		for _, k := range w.bankLine(i) {
			if w.anchored(&bank.All[k], &w.c.Lines[i], about) {
				hits[k] = append(hits[k], i)
			}
		}
	}
	said := w.openWords(lines)
	var out []point
	for k, at := range hits {
		if p, ok := w.bankPoint(&bank.All[k], at, about, said); ok {
			out = append(out, p)
		}
	}
	sort.Slice(out, func(a, b int) bool {
		return out[a].score > out[b].score || out[a].score == out[b].score && out[a].text < out[b].text
	})
	return out
}

// bankLine matches a line against the bank: what it says, not what it asks.
func (w *Writer) bankLine(i int) []int {
	l := &w.c.Lines[i]
	if l.Gone || l.Bot || l.Small || l.Level != "" || l.Closed == reading.ReasonElsewhere || l.Pasted {
		return nil
	}
	var stems []string
	for _, s := range l.Sentences {
		if s.End == '?' {
			continue
		}
		for _, x := range lexicon.SplitWords(s.Text) {
			stems = append(stems, w.c.Stemmer.Stem(x))
		}
	}
	return lexicon.DefaultPoints().Match(stems)
}

// anchored tells whether a point belongs to the theme and to the line.
func (w *Writer) anchored(p *lexicon.Point, l *reading.Line, about map[int]float64) bool {
	theme := false
	for t := range p.Topics {
		theme = theme || about[t] > 0
	}
	if !theme {
		return false
	}
	for _, t := range l.Topics {
		if t.Weight >= 1 && p.Topics[t.Topic] {
			return true
		}
	}
	return false
}

// openWords gives the stems of what may be retold in some lines.
func (w *Writer) openWords(lines []int) map[string]bool {
	m := map[string]bool{}
	for _, i := range lines {
		if w.c.Lines[i].Closed == "" {
			for _, s := range w.c.Lines[i].Stems {
				m[s] = true
			}
		}
	}
	return m
}

// fill words a text with slots in the words of a theme.
func (w *Writer) fill(template string, said map[string]bool) string {
	s := lexicon.Fill(template, func(option string) bool {
		for _, x := range lexicon.SplitWords(text.Fold(option)) {
			if text.IsContent(x) && !reporting[x] && !said[w.c.Stemmer.Stem(x)] {
				return false
			}
		}
		return true
	})
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "{P}", w.peers())), " ")
}

func (w *Writer) bankPoint(b *lexicon.Point, at []int, about map[int]float64, said map[string]bool) (point, bool) {
	voices := w.countVoices(at)
	open := false
	likes := 0
	for _, i := range at {
		l := &w.c.Lines[i]
		open = open || l.Closed == ""
		likes += l.Likes
	}
	if !open && voices < 2 {
		return point{}, false
	}
	topic := 0.0
	for t := range b.Topics {
		topic = math.Max(topic, about[t])
	}
	p := point{text: w.fill(b.Text, said), lines: at, banked: true}
	p.stems = stemSet(w.c.Stemmer.Content(p.text))
	p.score = math.Log1p(float64(voices))*1.6 + 0.5*float64(b.Needs()) + 0.15*math.Log1p(float64(likes)) + 0.4*math.Log1p(topic) + w.covered(p.stems, at)
	switch b.Kind {
	case lexicon.Difficulty:
		p.form, p.neg = grammar.That, true
	case lexicon.View:
		p.form, p.stance = grammar.That, grammar.Opinion
	case lexicon.Practice:
		p.form, p.stance = grammar.Doing, grammar.Practice
	case lexicon.Proposal:
		p.form, p.stance = grammar.Doing, grammar.Idea
	}
	return p, true
}

// covered is the share of a point's words that stand in the lines behind it.
func (w *Writer) covered(stems map[string]bool, lines []int) float64 {
	have := map[string]bool{}
	for _, i := range lines {
		for _, s := range w.c.Lines[i].Stems {
			have[s] = true
		}
	}
	n := 0
	for s := range stems {
		if have[s] {
			n++
		}
	}
	return 2 * float64(n) / float64(max(1, len(stems)))
}

// peers is what the meeting calls peer workers.
func (w *Writer) peers() string {
	if w.voices("psw")+w.voices("psws") >= 2 {
		return "PSWs"
	}
	return "peer workers"
}
