package prose

import (
	"slices"
	"strings"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/text"
)

// besides names what else the theme of a thin paragraph was about, in one
// sentence: things with what belongs to them, the lexicon's words for what
// several people spoke of, and phrases that say something by themselves.
func (w *Writer) besides(p *Paragraph, f *frames, t theme, before int) {
	told := len(p.Sentences) - before
	if n := words(p.Text()); told > 1 && n >= thin+10*w.fuller || n >= enough+10*w.fuller {
		return
	}
	said := w.saidStems(p.Text())
	most := max(3, 6-told) + w.fuller/2
	xs, lines := w.aside(t, said, most-1)
	taken := w.ownStories(t)
	for _, fits := range []func(phrase) bool{w.titular, w.weighty} {
		for _, x := range t.phrases {
			if len(xs) >= most || !fits(x) || !w.substantial(x) || cutShort(x) || overlaps(x.stems, said) || !w.apiece(x, append(slices.Clone(taken), lines...)) {
				continue
			}
			for _, s := range x.stems {
				said[s] = true
			}
			xs = append(xs, ofMany(x))
			lines = append(lines, x.lines...)
		}
	}
	if len(xs) == 0 && told == 0 || len(xs) < 2 && w.fuller > 2 {
		more, at := w.barely(t, said, append(taken, lines...))
		xs, lines = append(xs, more...), append(lines, at...)
	}
	if len(xs) < 2 {
		more, at := w.alsoTopics(f, t, said, 2)
		xs, lines = append(xs, more...), append(lines, at...)
	}
	for len(xs) > 1 && !w.typed(list(xs), lines) {
		xs = xs[:len(xs)-1]
	}
	if w.worthAList(xs, t.lines) {
		p.add(w, f, Sentence{Text: f.beside(told) + list(xs) + ".", Lines: lines})
	}
}

// worthAList tells whether at least two things of a list say something: a list
// of odd single words ("corridors and the break") is worse than none. One thing
// stands alone where it says of what it is ("the agreement with the ward").
func (w *Writer) worthAList(xs []string, lines []int) bool {
	n := 0
	for _, x := range xs {
		if w.says(x, lines) {
			n++
		}
	}
	return n > 1 || n == 1 && len(xs) == 1 && words(unarticled(xs[0])) > 2
}

// says tells whether a thing says something by itself: one of several words, a
// term of the field, or what two people of the theme spoke of.
func (w *Writer) says(x string, lines []int) bool {
	if words(unarticled(x)) > 1 || w.telling(stemsOf(w, x)) {
		return true
	}
	who := map[string]bool{}
	for _, stem := range w.c.Stemmer.Content(x) {
		for _, i := range lines {
			if slices.Contains(w.c.Lines[i].Stems, stem) {
				who[w.c.Lines[i].Author] = true
			}
		}
	}
	return len(who) > 1
}

// unarticled leaves out the article before a thing.
func unarticled(s string) string {
	for _, by := range []string{"the ", "a ", "an "} {
		if rest, ok := strings.CutPrefix(s, by); ok {
			return rest
		}
	}
	return s
}

// ownStories gives the lines from which alone the first sentence of a theme names
// something and in which somebody speaks of what is theirs: by two things of it
// the message could be known.
func (w *Writer) ownStories(t theme) []int {
	of, _ := w.named(t)
	var own []int
	for _, x := range t.phrases {
		if len(x.authors) > 1 || !slices.Contains(of, w.inTitle(x)) {
			continue
		}
		for _, i := range x.lines {
			if slices.ContainsFunc(w.c.Lines[i].Words, func(x string) bool { return x == "our" || x == "my" }) {
				own = append(own, i)
			}
		}
	}
	return own
}

// ofMany gives a phrase as it stands among others, in the plural where it was
// typed without an article: "relatives" for "relative".
func ofMany(x phrase) string {
	if bareSingular(x) {
		return grammar.Plural(x.bare)
	}
	return x.many()
}

// bareSingular tells whether a phrase is one noun of which there are many, and
// lacks its article.
func bareSingular(x phrase) bool {
	return !strings.Contains(x.bare, " ") && !x.plural && !x.mass && x.text == x.bare && strings.ToLower(x.bare) == x.bare
}

// cutShort tells whether a phrase reads as a piece of a sentence: one word
// that is no noun ("young"), or a noun with the verb that followed it
// ("work waits"); or whether it names a trifle.
func cutShort(x phrase) bool {
	ws := strings.Fields(x.bare)
	last := ws[len(ws)-1]
	switch {
	case len(ws) == 1:
		return bareSingular(x) && (!grammar.IsNoun(x.bare) || describing[x.bare]) || trifles[strings.TrimSuffix(last, "s")]
	case strings.HasSuffix(last, "s") && grammar.IsDeed(last) && grammar.IsMass(ws[len(ws)-2]) && len(x.authors) < 2:
		return true
	}
	return trifles[strings.TrimSuffix(last, "s")] && len(x.authors) < 2
}

// describing are words for a kind of people that need the people.
var describing = set("young old sick poor deaf blind adult")

// trifles are things that nobody would look for in an overview.
var trifles = set("bacon roll sausage extinguisher blanket colour sheep biscuit cake soup toast bagel kettle mug sandwich sock pillow sofa faces")

// barely names the first things of a theme of which little else can be told.
func (w *Writer) barely(t theme, said map[string]bool, taken []int) (xs []string, lines []int) {
	for _, x := range t.phrases {
		if len(xs) == 3 || !bare(x) || len(x.authors) < 2 && !w.telling(x.stems) || household[strings.TrimSuffix(x.head, "s")] || overlaps(x.stems, said) || !w.apiece(x, append(slices.Clone(taken), lines...)) {
			continue
		}
		xs, lines = append(xs, x.many()), append(lines, x.lines...)
	}
	return xs, lines
}

// beside begins a sentence that names what was spoken of.
func (f *frames) beside(told int) string {
	if told == 0 {
		return f.pick("Comments concerned ", "Participants spoke about ", "Points were raised about ", "Several comments concerned ")
	}
	return f.pick("Participants also spoke about ", "Other comments concerned ", "Further points concerned ", "Further comments covered ")
}

// substantial tells whether a phrase says enough to be named: one of several
// words, or a word that more than one person uses and that is no household
// thing.
func (w *Writer) substantial(x phrase) bool {
	if ws := strings.Fields(x.bare); len(ws) > 1 && grammar.IsDeed(x.head) && grammar.IsPerson(ws[len(ws)-2]) {
		return false // "person sleep" was somebody who sleeps
	}
	if len(x.authors) < 2 && bodily(x.bare) {
		return false
	}
	return len(x.stems) > 1 || x.fit || len(x.authors) > 1 && (w.telling(x.stems) || !household[strings.TrimSuffix(x.head, "s")])
}

// bodily tells whether a phrase is of somebody's body, illness or loss, of which
// one person's word is theirs.
func bodily(s string) bool {
	for _, x := range text.Words(s) {
		if ofBodies[strings.TrimSuffix(x, "s")] || ofBodies[x] {
			return true
		}
	}
	return false
}

var ofBodies = set(`birth injury injuries scar wound surgery operation miscarriage pregnancy sickness illness death suicide harm abuse assault rape violence overdose
	diagnosis psychosis depression bipolar cancer hip heart seizure stroke allergy tablet dose injection admission section funeral loss grief divorce custody`)

// household are things that are in every house: that they were spoken of says
// nothing about a meeting.
var household = set(`kettle cup mug clock folder charger lamp telly television sofa biscuit cake soup toast bagel bread butter milk sandwich dinner breakfast lunch
	tea coffee sugar rice onion leek lamb celery chip pot pan plate spoon knife fridge oven cooker dog cat sheep cow car bus train bike boot shoe hat shirt
	belt scarf coat pen pencil paper pocket bag box drawer door window wall floor roof ceiling table chair bench bed blanket pillow curtain mirror bath
	shower toilet towel soap key lock light bulb plug cable battery screen phone photo picture poster card stamp letter envelope road street path gate
	garden tree flower grass river beach hill park field farm shop supermarket cafe pub church chapel colour number week month year evening morning night
	man men woman women boy girl lady guy mum dad nan baby eye hand head foot face hair back tooth teeth rain snow sun weather kitten puppy game ball
	film song radio tunic purple garlic lobby cupboard bingo telephone step shelf stair sock glove ring watch doll toy teddy`)

// alsoTopics names what else a theme was about in the lexicon's words, which
// are nobody's: so that what several people told of themselves is not lost.
func (w *Writer) alsoTopics(f *frames, t theme, said map[string]bool, most int) (xs []string, lines []int) {
	open := w.openWords(t.lines)
	for k, ts := range w.themeTopics(t.lines) {
		topic := w.c.Lexicon.Topics[ts.topic]
		if len(xs) >= most || k > 6 {
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
	return xs, lines
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
		if wary && !common || (wary || !common || own(&w.c.Lines[i])) && slices.Contains(taken, i) {
			return false
		}
	}
	return true
}

// weighty tells whether a phrase may be named beside others: several people
// used it, it came again or was welcomed, or it says something by itself.
func (w *Writer) weighty(p phrase) bool {
	return bare(p) && (len(p.stems) > 1 || len(p.authors) > 1 || p.fit || len(p.lines) > 1 || w.likes(p.lines) >= welcomed)
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

// How many words a paragraph has that needs no more, and one that is thin.
const (
	enough = 60
	thin   = 55
)
