package prose

import (
	"math"
	"slices"
	"sort"
	"strings"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/lexicon"
	"cymar/handlers/meetings/themes/text"
)

// mostTitle is how many words a title has at most.
const mostTitle = 8

// name is what a theme is called: as a title, and within a sentence.
type name struct {
	title string
	about string
	keys  []string // topics of the lexicon
	stems map[string]bool
	score float64 // how well it fits; to be compared within one theme only
	given bool    // somebody called it so; it need not keep off another of its topic
}

// namings gives what a theme may be called, best first: a topic of the lexicon
// as seen from one side, two topics together, a topic and the chat's own words,
// what somebody called it, or those words alone. There is always one.
func (w *Writer) namings(lines []int, ps []phrase) []name {
	n := namer{w: w, lines: lines, said: w.openWords(lines), phrases: ps}
	for _, t := range w.themeTopics(lines) {
		if len(n.topics) < mostTopics && t.score >= leastName && t.authors > 0 {
			t.score *= w.damped(t)
			n.topics = append(n.topics, t)
		}
	}
	if n.label, n.labelled = w.announced(lines); n.labelled && n.label.first {
		for _, s := range n.label.stems {
			n.said[s] = true
		}
	}
	n.fromTopics()
	n.fromLabel()
	n.fromPhrases()
	sort.SliceStable(n.out, func(a, b int) bool { return n.out[a].score > n.out[b].score })
	if len(n.out) == 0 {
		return []name{{title: "Other points", about: "other points", stems: map[string]bool{}}}
	}
	return n.out
}

// Topics that a name may come from: how many, and from which score on.
const (
	mostTopics = 6
	leastName  = 0.45
)

// damped takes off from a topic that the whole meeting is about, for its title
// says so already, and from one that few lines or one person speak of.
func (w *Writer) damped(t topicScore) float64 {
	x := math.Min(1, math.Sqrt(t.share/0.26))
	if w.subject[t.topic] {
		x *= 0.45
	}
	if t.authors < 2 {
		x *= 0.45
	}
	return x
}

// namer collects what a theme may be called.
type namer struct {
	w        *Writer
	lines    []int
	said     map[string]bool
	phrases  []phrase
	topics   []topicScore
	label    label
	labelled bool
	out      []name
}

// add takes a name up if it is short enough, says something, and what it says
// stands in the lines.
func (n *namer) add(phrase string, score float64, keys ...string) {
	w := n.w
	stems := w.c.Stemmer.Content(phrase)
	if phrase == "" || score <= 0 || words(phrase) > mostTitle || len(stems) == 0 || !w.safe(phrase, runSaid) {
		return
	}
	switch words(noArticle(phrase)) {
	case 1:
		score *= 0.4 // one word names a subject and says nothing of it
	case 2:
		score *= 0.85
	}
	n.out = append(n.out, name{title: text.UpperFirst(spelled(noArticle(phrase))), about: phrase, keys: keys, stems: stemSet(stems), score: score})
}

// noArticle takes the article from a phrase.
func noArticle(s string) string {
	for _, a := range []string{"the ", "a ", "an "} {
		if rest, ok := strings.CutPrefix(s, a); ok {
			return rest
		}
	}
	return s
}

// fromTopics names the theme by what the lexicon knows of it.
func (n *namer) fromTopics() {
	lx := n.w.c.Lexicon
	for k, t := range n.topics {
		topic := lx.Topics[t.topic]
		plain := t.score
		if topic.Where != "" {
			plain *= placeAlone
		}
		about, title := n.fill(topic.About), lowerTitle(n.fill(topic.Title))
		if noArticle(about) == title {
			title = about // "the Welsh language"
		}
		n.add(about, plain*0.95, topic.Key)
		n.add(title, plain, topic.Key)
		for _, s := range topic.Sides {
			if voices := n.voices(t.topic, s); voices >= 2 {
				n.add(n.fill(s.Text), t.score*(0.8+0.8*math.Min(1, float64(voices)/float64(max(2, t.authors)))), topic.Key)
			}
		}
		for j, u := range n.topics {
			if j != k && !n.w.subject[t.topic] && u.authors >= 2 && u.score > 0.3*t.score {
				n.pair(t, u)
			}
		}
		if topic.Where == "" {
			n.beside(n.short(topic), t.score, topic.Key)
		} else {
			n.at(topic, t)
		}
	}
}

// inTitle gives a phrase as it stands in a title: "time limits" for "a time
// limit" and for "time limit".
func (w *Writer) inTitle(p phrase) string {
	s := p.many()
	if s != p.bare || p.plural || p.mass || !p.pluralSeen && !grammar.IsPerson(p.head) && !everyday[p.head] || grammar.Capital(p.head) || strings.Contains(s, " of ") {
		return s
	}
	i := strings.LastIndexByte(s, ' ') + 1
	return s[:i] + grammar.Plural(s[i:])
}

// placeAlone is what is left of a name that says where and not what.
const placeAlone = 0.7

// voices counts who shows a side of a topic, if some line shows both.
func (n *namer) voices(topic int, s lexicon.Side) int {
	who := map[string]bool{}
	met := false
	for _, i := range n.lines {
		if l := &n.w.c.Lines[i]; s.Seen(l.Stems) {
			who[l.Author] = true
			met = met || len(n.w.tellOf(topic, []int{i})) > 0
		}
	}
	if !met {
		return 0
	}
	return len(who)
}

// fill words a text, or gives "" where the theme has not all of its words.
func (n *namer) fill(template string) string {
	s := n.w.fill(template, n.said)
	for _, x := range lexicon.SplitWords(text.Fold(s)) {
		if (text.IsContent(x) || x[0] >= '0' && x[0] <= '9') && !reporting[x] && !light[x] && !n.said[n.w.c.Stemmer.Stem(x)] {
			return ""
		}
	}
	return s
}

// light are words that a name may have though nobody said them.
var light = set(`peer peers worker workers work working people support practice making keeping being having getting finding running using roles role staff moving`)

// short gives a topic in a word or two.
func (n *namer) short(t lexicon.Topic) string {
	if s := n.fill(t.Short); s != "" {
		return s
	}
	return n.fill(t.About)
}

// fromLabel names the theme as somebody did who brought it up.
func (n *namer) fromLabel() {
	if !n.labelled {
		return
	}
	x, key := n.label, n.keyOf(n.label)
	score := 0.5 * x.score
	if x.first {
		score = 1.1 * x.score
	}
	if words(x.text) > 2 {
		score *= 1.3
	}
	from := len(n.out)
	n.add(x.text, score, key...)
	n.beside(x.text, score, key...)
	for k := range n.out {
		n.out[k].given = k >= from
		if x.first && len(key) > 0 && slices.Contains(n.out[k].keys, key[0]) {
			n.out[k].score *= 1.3 // it is what somebody said that it would be about
		}
	}
}

// keyOf gives the topic of a label, if the theme has it.
func (n *namer) keyOf(x label) []string {
	for _, h := range n.w.c.Lexicon.Find(x.stems, x.stems) {
		for _, t := range n.topics {
			if t.topic == h.Topic && h.Weight >= 1 {
				return []string{n.w.c.Lexicon.Topics[t.topic].Key}
			}
		}
	}
	return nil
}

// fromPhrases names the theme by its own words alone.
func (n *namer) fromPhrases() {
	for _, fits := range []func(phrase) bool{func(p phrase) bool { return n.fits(p, nil) }, func(p phrase) bool { return p.open && p.known && words(p.bare) <= 3 }} {
		for _, p := range n.phrases {
			if fits(p) {
				n.beside(n.w.inTitle(p), 0.2*p.score*weight(p))
				n.add(n.w.inTitle(p), 0.1*p.score*weight(p))
				break
			}
		}
	}
	for _, p := range n.phrases {
		if score := n.returns(p); score >= leastName && (p.plain || len(p.authors) >= 2) && p.known && words(p.bare) <= 3 {
			n.add(n.w.inTitle(p), score)
			n.beside(n.w.inTitle(p), score)
			for _, u := range n.topics {
				if u.authors >= 2 {
					n.both(n.w.inTitle(p), false, score, []string{n.w.c.Lexicon.Topics[u.topic].Key}, u, n.told(u.topic, p.lines))
				}
			}
		}
	}
}

// returns is how much a theme comes back to a phrase, on the scale of topics:
// what several say here and few say elsewhere.
func (n *namer) returns(p phrase) float64 {
	voices, here, all := len(p.authors), len(p.lines), n.w.total[join(p.stems)]
	if len(p.stems) == 1 {
		all = n.w.lines[p.stems[0]]
	}
	if voices < several || n.w.titled[p.stems[len(p.stems)-1]] || handed[p.head] {
		return 0
	}
	share, own := float64(here)/float64(len(n.lines)), float64(here)/float64(max(here, all))
	return share * math.Sqrt(float64(len(n.lines))) * (0.35 + own) * (0.5 + math.Log1p(float64(voices))) * math.Min(1, math.Sqrt(share/0.26))
}

// handed are things that people pass on: a theme is about what they are for.
var handed = set(`sheet sheets form forms letter letters slide slides page pages template templates document documents list lists link links
	paper papers version versions copy copies checklist checklists`)
