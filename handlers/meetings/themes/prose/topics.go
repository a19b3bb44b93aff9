package prose

import (
	"math"
	"sort"
)

// topicScore is a topic of the lexicon and how much a theme is about it.
type topicScore struct {
	topic   int
	score   float64
	authors int // who use a telling term of it
	share   float64
}

// fitting marks the phrases that belong to what a theme is mainly about.
func (w *Writer) fitting(ps []phrase, ts []topicScore) {
	main := map[int]bool{}
	for k, t := range ts {
		if k < mainTopics && t.score > 0.4 {
			main[t.topic] = true
		}
	}
	for k := range ps {
		for _, h := range w.c.Lexicon.Find(ps[k].stems, ps[k].stems) {
			ps[k].fit = ps[k].fit || h.Weight >= 1 && main[h.Topic]
		}
	}
}

// mainTopics is how many topics a theme is mainly about, at most.
const mainTopics = 4

// themeTopics gives the topics of some lines, strongest first: what many say
// here and few say elsewhere.
func (w *Writer) themeTopics(lines []int) []topicScore {
	sum := map[int]float64{}
	told := map[int]int{}
	who := map[int]map[string]bool{}
	for _, i := range lines {
		l := &w.c.Lines[i]
		for _, t := range l.Topics {
			if t.Weight < 1 {
				sum[t.Topic] += t.Weight / 2
				continue
			}
			sum[t.Topic] += math.Min(t.Weight, 2)
			told[t.Topic]++
			if who[t.Topic] == nil {
				who[t.Topic] = map[string]bool{}
			}
			who[t.Topic][l.Author] = true
		}
	}
	var out []topicScore
	for t, s := range sum {
		own := s / math.Max(w.topics[t], s)
		n := len(who[t])
		score := s / math.Sqrt(float64(len(lines))) * (0.35 + own) * (0.5 + math.Log1p(float64(n)))
		out = append(out, topicScore{topic: t, authors: n, score: score, share: float64(told[t]) / float64(len(lines))})
	}
	sort.Slice(out, func(a, b int) bool {
		return out[a].score > out[b].score || out[a].score == out[b].score && out[a].topic < out[b].topic
	})
	return out
}
