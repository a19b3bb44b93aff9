// Package prose writes the overview: a title and a paragraph for each theme,
// an opening, what was asked for and shared, and a close. It writes what the
// messages bear out, says nothing of who said it, and leaves out what it
// cannot say well.
package prose

import (
	"math"
	"slices"
	"sort"
	"strings"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/reading"
	"cymar/handlers/meetings/themes/text"
)

// phrase is a noun phrase that a theme is about.
type phrase struct {
	text    string // as printed: with its article
	bare    string // without
	stems   []string
	head    string
	score   float64
	lines   []int
	authors map[string]bool
	open    bool // some line that may be retold has it, or it is a term of the field
	plain   bool // some line that may be retold has it
	known   bool // every word is in the dictionary
	mass    bool
	plural  bool
	dets    map[string]int

	fit        bool // the lexicon has a term in it, of a topic that the theme has
	pluralSeen bool // the chat also writes it in the plural
}

// phrases gives the noun phrases of some lines, best first. total counts, for
// each key, how often it stands in the whole chat.
func (w *Writer) phrases(lines []int) []phrase {
	found := map[string]*phrase{}
	for _, i := range lines {
		l := &w.c.Lines[i]
		for _, p := range w.linePhrases(i) {
			key := strings.Join(p.stems, " ")
			q := found[key]
			if q == nil {
				q = &phrase{bare: p.bare, stems: p.stems, head: p.head, authors: map[string]bool{}, known: p.known, mass: p.mass, plural: p.plural, dets: map[string]int{}}
				found[key] = q
			}
			if l.Closed == "" {
				q.open, q.plain = true, true
				if p.plural || !q.plural {
					q.bare, q.plural = p.bare, p.plural
				}
			} else if softly(l) && w.telling(p.stems) && p.known {
				q.open = true // a term of the field is nobody's
			}
			q.lines = append(q.lines, i)
			q.authors[l.Author] = true
			q.dets[p.det]++
			q.score += 0.15 * math.Log1p(float64(l.Likes))
		}
	}
	var out []phrase
	for key, q := range found {
		w.comesBackTo(q, lines)
		if !q.open && len(q.authors) < 2 || !q.known && len(q.authors) < several || len(q.stems) == 1 && everyday[q.head] && len(q.authors) < several {
			continue
		}
		q.pluralSeen = w.c.People.InLower(grammar.Plural(q.head)) && !q.mass
		q.score = w.weigh(key, q)
		q.text = withArticle(q)
		out = append(out, *q)
	}
	sort.Slice(out, func(a, b int) bool {
		return out[a].score > out[b].score || out[a].score == out[b].score && out[a].bare < out[b].bare
	})
	return distinct(out)
}

// comesBackTo counts for a single word all who use it, in whatever phrase, if
// they are several: then it is what is spoken of.
func (w *Writer) comesBackTo(q *phrase, lines []int) {
	if len(q.stems) > 1 || !q.plain {
		return
	}
	var at []int
	who := map[string]bool{}
	for _, i := range lines {
		if slices.Contains(w.c.Lines[i].Stems, q.stems[0]) {
			at = append(at, i)
			who[w.c.Lines[i].Author] = true
		}
	}
	if len(who) >= several {
		q.lines, q.authors = at, who
	}
}

// softly tells whether a line is closed for what it tells of its writer or of
// where they work, and not for danger or at somebody's wish. Terms of the field
// may then be taken from it, one at most; see apiece.
func softly(l *reading.Line) bool {
	return l.Closed == reading.ReasonPersonal || l.Closed == reading.ReasonEmployer
}

// found is one occurrence of a phrase.
type occurrence struct {
	bare, det, head string
	stems           []string
	known           bool
	mass, plural    bool
}

// linePhrases gives the phrases of one line, kept for later calls.
func (w *Writer) linePhrases(i int) []occurrence {
	if got, ok := w.inLine[i]; ok {
		return got
	}
	var out []occurrence
	for _, s := range w.c.Lines[i].Sentences {
		if text.IsWelsh(s.Text) {
			continue
		}
		ws := grammar.Parse(unquoted(&w.c.Lines[i], s.Text))
		for _, p := range grammar.Phrases(ws) {
			if o, ok := w.occurrence(p); ok {
				out = append(out, o)
			}
		}
	}
	w.inLine[i] = out
	return out
}

func (w *Writer) occurrence(p grammar.Phrase) (occurrence, bool) {
	if len(p.Words) > 4 || emptyHead[p.Head] || units[p.Words[0].Lower] || len(p.Words) == 1 && deeds[p.Head] {
		return occurrence{}, false
	}
	if len(p.Words) == 1 && len(p.Words[0].Text) < 3 && !p.Words[0].Upper {
		return occurrence{}, false // "ar", "ot": of another language, or cut short
	}
	o := occurrence{bare: p.Text(), det: p.Det, head: p.Head, known: true, mass: grammar.IsMass(p.Head), plural: p.Plural}
	for _, x := range p.Words {
		if !w.printable(x) {
			return occurrence{}, false
		}
		o.known = o.known && grammar.Known(x.Lower)
		if x.Tag != grammar.Prep && x.Tag != grammar.Det {
			o.stems = append(o.stems, w.c.Stemmer.Stem(x.Lower))
		}
	}
	return o, len(o.stems) > 0 && !w.properName(o.bare)
}

// properName tells whether a phrase is the name of a place or service: written
// with capitals somewhere, and no term of the lexicon.
func (w *Writer) properName(s string) bool {
	return w.c.People.NamesIn(s) && !w.compound(stemsOf(w, s))
}

// printable tells whether a word of a phrase may stand in the overview.
func (w *Writer) printable(x grammar.Word) bool {
	if x.Lower[0] >= '0' && x.Lower[0] <= '9' || coarse[x.Lower] {
		return false
	}
	if x.Text != x.Lower && w.c.People.IsName(x.Text) && !grammar.Capital(x.Lower) {
		return false
	}
	return !x.Upper || grammar.Capital(x.Lower) || grammar.Common(x.Lower) || strings.ToUpper(x.Text) == x.Text && w.voices(x.Lower) >= 2
}

// weigh scores a phrase: how many people use it, how much it belongs to this
// theme and not to the rest, and whether the lexicon knows it.
func (w *Writer) weigh(key string, q *phrase) float64 {
	voices := float64(len(q.authors))
	all := float64(max(w.total[key], len(q.lines)))
	own := float64(len(q.lines)) / all
	s := (0.6 + math.Log1p(voices)) * (0.35 + own)
	if w.compound(q.stems) || len(q.stems) > 1 && voices > 1 {
		s *= 1.35
	}
	if w.telling(q.stems) {
		s *= 1.7
	}
	if !q.open {
		s *= 0.6
	}
	if !q.plural && !q.mass && !q.pluralSeen && q.dets["a"]+q.dets["an"]+q.dets["the"]+q.dets["our"] == 0 && !w.telling(q.stems) {
		s *= 0.4
	}
	if len(q.stems) == 1 && voices < 2 && !w.telling(q.stems) {
		s *= 0.35
	}
	return s + q.score
}

// telling tells whether the lexicon has a term in the stems.
func (w *Writer) telling(stems []string) bool {
	for _, h := range w.c.Lexicon.Find(stems, stems) {
		if h.Weight >= 1 {
			return true
		}
	}
	return false
}

// compound tells whether the stems hold a term of several words that the
// lexicon knows.
func (w *Writer) compound(stems []string) bool {
	for _, h := range w.c.Lexicon.Find(stems, stems) {
		if h.Weight >= 1 && h.Len > 1 {
			return true
		}
	}
	return false
}

// distinct leaves out phrases that only repeat the words of a better one.
func distinct(ps []phrase) []phrase {
	var out []phrase
	seen := map[string]bool{}
	for _, p := range ps {
		fresh := 0
		for _, s := range p.stems {
			if !seen[s] {
				fresh++
			}
		}
		if fresh == 0 || len(p.stems) > 1 && fresh < len(p.stems) && len(out) > 0 && sharesHead(out, p) {
			continue
		}
		for _, s := range p.stems {
			seen[s] = true
		}
		out = append(out, p)
	}
	return out
}

func sharesHead(ps []phrase, p phrase) bool {
	for _, q := range ps {
		if q.head == p.head {
			return true
		}
	}
	return false
}

// withArticle gives a phrase as it stands in a list: "line management", "a hub
// day", "safety plans".
func withArticle(q *phrase) string {
	switch {
	case q.plural || q.mass || strings.Contains(q.bare, " of "):
		return q.bare
	case q.dets["a"]+q.dets["an"] > 0 && q.dets["the"] == 0:
		return grammar.Article(q.bare) + " " + q.bare
	case q.dets["the"]+q.dets["our"] > q.dets[""]:
		return "the " + q.bare
	case grammar.IsNoun(q.head) && q.pluralSeen:
		i := strings.LastIndexByte(q.bare, ' ') + 1
		return q.bare[:i] + grammar.Plural(q.bare[i:])
	case grammar.IsNoun(q.head) && q.dets["a"]+q.dets["an"] > 0:
		return grammar.Article(q.bare) + " " + q.bare
	}
	return q.bare
}

// many gives a phrase as it stands among others of its kind: "interviews"
// rather than "an interview".
func (p phrase) many() string {
	rest, ok := strings.CutPrefix(p.text, "a ")
	if strings.ToLower(p.bare) != p.bare {
		return p.text // "an OT"
	}
	if !ok {
		rest, ok = strings.CutPrefix(p.text, "an ")
	}
	if !ok {
		return p.text
	}
	i := strings.LastIndexByte(rest, ' ') + 1
	return rest[:i] + grammar.Plural(rest[i:])
}

var emptyHead = set(`psw psws peer peers worker workers role roles support service services staff trust trusts team teams care practice contact contacts story stories
	thing things way ways bit bits lot lots time times day days week weeks month months year years hour hours minute minutes people person one kind
	sort type part point side end start case number amount couple few half rest top bottom question questions answer idea ideas example reason problem issue
	moment minute second today morning afternoon evening chat meeting session room link window phone-call word name line piece stuff
	everyone someone nobody something anything nothing everything man woman lady bloke guy guys mum dad sorry thanks hello yes no ok please welcome job
	place fact matter sense life world difference result while turn go look talk think help hour hours sec secs min mins yesterday tomorrow night monday
	tuesday wednesday thursday friday saturday sunday mondays fridays saturdays sundays christmas january february march april may june july august september october november december
	right rights good goods course courses online present presents sick sicks get use stop stops share shares round rounds lead visit pick gone works work leave leaves write use debate views view fold ring end ends talk need needs call calls size band-aid plus minus love luck fun joke laugh wish hope mind wonder pardon god hell heart lol xx x mile miles pair set list spot page pages side sides half version versions past future`)

// everyday are nouns that say little unless several people come back to them.
var everyday = set(`hand hands head heads eye eyes face faces hat shirt cat dog tea coffee cake bus car home house street road door floor table bed lamp
	fridge bag box cats dogs hats cakes buses cars homes houses streets roads doors floors tables beds bags boxes`)

// units are what a phrase begins with when its number was left behind: "two
// hour handover".
var units = set(`hour hours minute minutes day week month months year years page pages mile miles pound side point bed min mins yr hr night line floor band`)

// deeds are single nouns that are mostly verbs.
var deeds = set(`walk visit drive pick trial section village note notes evidence power handover debate test move change cost care hand issue report review turn
	track bring pay call fight study start try text message signal concern rule rules value measure count figure form sign tone front contact`)

var coarse = set(`shit crap arse bum bloody damn hell sod idiot stupid daft silly weird mad lol omg wtf ffs lmao haha grey red ten pee`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for x := range strings.FieldsSeq(words) {
		m[x] = true
	}
	return m
}
