package prose

import (
	"strings"

	"cymar/handlers/meetings/themes/lexicon"
)

// told tells whether some of the lines speak of a topic.
func (n *namer) told(topic int, lines []int) bool { return len(n.w.tellOf(topic, lines)) > 0 }

// meet tells whether some line speaks of both topics.
func (n *namer) meet(a, b int) bool {
	for _, i := range n.lines {
		has := 0
		for _, t := range n.w.c.Lines[i].Topics {
			if (t.Topic == a || t.Topic == b) && t.Weight >= 1 {
				has++
			}
		}
		if has == 2 {
			return true
		}
	}
	return false
}

// pair names a topic together with another.
func (n *namer) pair(t, u topicScore) {
	a, b := n.w.c.Lexicon.Topics[t.topic], n.w.c.Lexicon.Topics[u.topic]
	n.both(n.short(a), a.Where != "", t.score, []string{a.Key, b.Key}, u, n.meet(t.topic, u.topic))
}

// both names a subject together with a topic: as matter and place where some
// line speaks of both, or side by side.
func (n *namer) both(subject string, place bool, score float64, keys []string, u topicScore, meet bool) {
	b := n.w.c.Lexicon.Topics[u.topic]
	other := n.short(b)
	if subject == "" || other == "" || n.w.subject[u.topic] || n.w.shareWord(subject, other) || echoes(subject, other) {
		return
	}
	score = 0.95 * (score + 0.4*u.score)
	if where := n.fill(b.Where); where != "" && !place && meet {
		n.add(subject+" "+where, 1.1*score, keys...)
	}
	if place && b.Where == "" { // a place comes after what is done there
		n.add(together(other, subject), 0.99*score, keys...)
		return
	}
	n.add(together(subject, other), score, keys...)
}

// together puts two phrases side by side, or gives "" where that reads badly.
func together(a, b string) string {
	if a == "" || b == "" || strings.Contains(a+b, " and ") || strings.Contains(a+b, ",") {
		return ""
	}
	return a + " and " + b
}

// beside puts the phrases that several people used, or the best two that the
// lexicon knows, next to a subject.
func (n *namer) beside(subject string, score float64, keys ...string) {
	if subject == "" {
		return
	}
	stems := stemSet(n.w.c.Stemmer.Content(subject))
	var xs []string
	var lines []int
	sum := 0.0
	for _, p := range n.phrases {
		if len(xs) == 2 || !n.fits(p, lines) || overlaps(p.stems, stems) || echoes(p.bare, subject) {
			continue
		}
		xs, lines, sum = append(xs, n.w.inTitle(p)), append(lines, p.lines...), sum+p.score*weight(p)
		for _, s := range p.stems {
			stems[s] = true
		}
		if !strings.Contains(subject, " and ") {
			n.add(list(append([]string{subject}, xs...)), 0.85*score+0.16*sum, keys...)
		}
	}
}

// at names what goes on in a place: "meals and rooms on wards". Where the
// meeting is about the place, what goes on is enough.
func (n *namer) at(place lexicon.Topic, t topicScore) {
	stems := stemSet(n.w.c.Stemmer.Content(n.short(place)))
	var xs []string
	var lines []int
	sum := 0.0
	for _, p := range n.phrases {
		if len(xs) == 2 || !n.fits(p, lines) || overlaps(p.stems, stems) {
			continue
		}
		xs, lines, sum = append(xs, n.w.inTitle(p)), append(lines, p.lines...), sum+p.score*weight(p)
		for _, s := range p.stems {
			stems[s] = true
		}
		name := list(xs)
		if where := n.fill(place.Where); where != "" && !n.w.subject[t.topic] {
			name += " " + where
		}
		base := 0.85
		if len(xs) == 1 && len(p.authors) < 2 {
			base = 0.6 // what one person names in passing
		}
		n.add(name, base*t.score+0.16*sum, place.Key)
	}
}

// weight is how much a phrase counts in a name.
func weight(p phrase) float64 {
	switch len(p.authors) {
	case 0, 1:
		return 0.5
	case 2:
		return 1
	}
	return 1.5
}

// fits tells whether a phrase may stand in a name.
func (n *namer) fits(p phrase, taken []int) bool {
	if fresh(p.stems, n.w.titled) == 0 {
		return false // the meeting's own title says it
	}
	fit := n.w.titular(p) || len(n.topics) == 0 && p.known && len(p.authors) >= 2
	return (p.plain || len(p.authors) >= 2) && fit && !handed[p.head] && words(p.bare) <= 3 && n.w.apiece(p, taken)
}
