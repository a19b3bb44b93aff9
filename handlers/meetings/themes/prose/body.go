package prose

import (
	"slices"
	"strings"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/text"
)

// body reports the points of a theme: what is hard, how people see it, what is
// done and what was proposed.
func (w *Writer) body(p *Paragraph, f *frames, t theme) {
	k := sorted(w.choose(f, t))
	feared := k.feared
	p.negative, p.positive = len(k.hard)+len(feared), len(k.done)+len(k.services)+len(k.ideas)
	hard, views := w.differ(p, f, k.hard, k.views)
	w.pairs(p, f, hard, frameHard)
	w.feared(p, f, feared)
	w.pairs(p, f, views, frameView)
	w.services(p, f, k.services)
	w.listed(p, f, k.done, false)
	w.wishes(p, f, k.wishes)
	w.listed(p, f, k.ideas, true)
	if len(p.Sentences) < 4+w.fuller {
		w.asked(p, f, k.asked)
	}
}

// kinds are points by what they are.
type kinds struct {
	hard, feared, views, services, done, wishes, ideas, asked []point
}

// sorted parts points by what they are.
func sorted(ps []point) kinds {
	var k kinds
	for _, x := range ps {
		switch {
		case x.asked:
			k.asked = append(k.asked, x)
		case x.form == grammar.Did || x.form == grammar.Local:
			k.services = append(k.services, x)
		case x.form == grammar.View:
			k.wishes = append(k.wishes, x)
		case x.form == grammar.That && (x.stance == grammar.Worry || x.neg && x.stance != grammar.Should && !setsApart(x.text)):
			k.hard = append(k.hard, x)
		case x.form == grammar.That:
			k.views = append(k.views, x)
		case x.stance == grammar.Worry:
			k.feared = append(k.feared, x)
		case x.stance == grammar.Practice || x.stance == grammar.Plain || x.stance == grammar.Opinion:
			k.done = append(k.done, x)
		default:
			k.ideas = append(k.ideas, x)
		}
	}
	return k
}

// setsApart tells whether a clause is negative only in saying what something is
// not as well as what it is: "about training and not about history".
func setsApart(s string) bool {
	for _, p := range []string{" and not ", ", not ", " rather than ", ", nothing else", " not only ", " not just "} {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// feared reports such phrases in one sentence.
func (w *Writer) feared(p *Paragraph, f *frames, ps []point) {
	var xs []string
	var lines []int
	for _, x := range ps {
		if len(xs) < 2 && w.safe(x.text, runSaid) {
			xs = append(xs, x.text)
			lines = append(lines, x.lines...)
		}
	}
	if len(xs) > 0 {
		p.add(w, f, Sentence{Text: f.pick("Concern was expressed about ", "There was also concern about ", "Other difficulties included ") + list(xs) + ".", Lines: lines})
	}
}

// differ reports two points between which people differed: one objects, and
// answers the other or speaks of the same thing.
func (w *Writer) differ(p *Paragraph, f *frames, hard, views []point) ([]point, []point) {
	for _, b := range append(slices.Clone(hard), views...) {
		for _, a := range append(slices.Clone(views), hard...) {
			if !w.objects(a, b) {
				continue
			}
			lines := append(append([]int{}, a.lines...), b.lines...)
			if p.add(w, f, Sentence{Text: "One view was that " + a.text + "; another was that " + b.text + ".", Lines: lines}) {
				told := func(x point) bool { return x.text == a.text || x.text == b.text }
				return slices.DeleteFunc(slices.Clone(hard), told), slices.DeleteFunc(slices.Clone(views), told)
			}
		}
	}
	return hard, views
}

// objects tells whether somebody else makes the second point against the first.
func (w *Writer) objects(a, b point) bool {
	l := &w.c.Lines[b.lines[0]]
	if a.lines[0] >= b.lines[0] || l.Cues["contrast"] == 0 || l.Author == w.c.Lines[a.lines[0]].Author {
		return false
	}
	return l.Parent == a.lines[0] || w.sameThing(a, b)
}

// sameThing tells whether two points come from different people and share a
// word that the lexicon knows.
func (w *Writer) sameThing(a, b point) bool {
	if w.countVoices(append(append([]int{}, a.lines...), b.lines...)) < 2 {
		return false
	}
	for s := range a.stems {
		if b.stems[s] && w.telling([]string{s}) {
			return true
		}
	}
	return false
}

// pairs reports clauses, two to a sentence where they go together.
func (w *Writer) pairs(p *Paragraph, f *frames, ps []point, frame func(f *frames, x point, voices, likes int) string) {
	for k := 0; k < len(ps); k++ {
		x := ps[k]
		x.text = withAnd(x.text)
		voices := w.countVoices(x.lines)
		s := frame(f, x, voices, w.likes(x.lines)) + x.text
		fact := x.stance == grammar.Plain || strings.HasPrefix(x.text, "it is possible ")
		switch likes := w.likes(x.lines); {
		case x.past: // what happened is nothing to agree to
		case !fact && !x.neg && likes >= strongly:
			s = f.pick("There was strong support for the view that ", "Many supported the view that ") + x.text
		case fact && likes >= strongly && len(w.c.Lines[x.lines[0]].Sentences) < several:
			s = "Several agreed that " + x.text
		case fact:
		case len(w.c.Lines[x.lines[0]].Sentences) > 2: // agreed to which?
		case likes >= agreed:
			s = f.pick("Several agreed that ", "Several contributors supported the view that ") + x.text
		}
		lines := x.lines
		if k+1 < len(ps) && words(x.text)+words(ps[k+1].text) <= 28 && !strings.Contains(x.text, ":") && (voices >= several) == (w.countVoices(ps[k+1].lines) >= several) && (!strings.HasPrefix(s, "Several ") || w.likes(ps[k+1].lines) >= agreed) {
			y := ps[k+1]
			and := ", and that "
			if strings.HasSuffix(strings.TrimSuffix(s, x.text), " how ") {
				and = ", and how "
			}
			both := s + and + y.text + "."
			if p.add(w, f, Sentence{Text: both, Lines: append(append([]int{}, lines...), y.lines...)}) {
				k++
				continue
			}
		}
		if p.add(w, f, Sentence{Text: s + ".", Lines: lines}) {
			continue
		}
		if s := x.parted(f); s != "" {
			p.add(w, f, Sentence{Text: s + ".", Lines: lines})
		}
	}
}

// From how many reactions on a view was agreed to, and any point strongly.
const (
	agreed   = 4
	strongly = 7
)

func (w *Writer) likes(lines []int) int {
	n := 0
	for _, i := range lines {
		n += w.c.Lines[i].Likes
	}
	return n
}

// several is from how many contributors on the text says "several".
const several = 3

func frameHard(f *frames, x point, voices, likes int) string {
	switch {
	case voices >= several:
		return f.pick("Several contributors noted that ", "Several participants described how ")
	case x.stance != grammar.Worry && !troubling(x.text): // "no money changes hands" is good news
		return f.pick("It was noted that ", "It was also noted that ", "It was said that ")
	case voices == 2 || likes > 1:
		return f.pick("Concern was expressed that ", "Participants described how ", "Participants noted that ", "A particular concern was that ")
	}
	return f.pick("It was noted that ", "One concern was that ", "It was also noted that ", "Another concern was that ")
}

// troubling tells whether a clause says itself that something is hard.
func troubling(s string) bool {
	for _, x := range text.Words(s) {
		if troubles[x] {
			return true
		}
	}
	return strings.HasPrefix(s, "there is no ") || strings.HasPrefix(s, "there are no ") || strings.Contains(s, "not enough")
}

var troubles = set(`cannot nobody never nowhere lose loses losing lost lack lacks lacking miss misses missing refuse refused refuses hard harder difficult difficulty
	struggle struggles struggling wait waits waiting unable unsafe unfair risk risks afraid scared fear burn leave leaves fail fails failing stop stops
	without alone excluded ignored forgotten left`)

func frameView(f *frames, x point, voices, likes int) string {
	switch {
	case voices >= several:
		return f.pick("Several contributors felt that ", "It was strongly felt that ")
	case x.stance == grammar.Opinion:
		return f.pick("One view was that ", "It was also felt that ")
	case x.stance == grammar.Should && (voices == 2 || likes > 1):
		return f.pick("Participants emphasised that ", "It was felt that ", "An important point was that ")
	case x.stance == grammar.Should:
		return f.pick("It was felt that ", "It was suggested that ", "One view was that ")
	}
	return f.pick("It was noted that ", "It was highlighted that ", "It was also mentioned that ", "Another point was that ")
}

// listed reports phrases in one list.
func (w *Writer) listed(p *Paragraph, f *frames, ps []point, ideas bool) {
	var xs []string
	var lines []int
	for _, form := range []grammar.Form{grammar.Having, grammar.Wishing, grammar.Doing} {
		for _, x := range ps {
			if x.form == form && len(xs) < 4 && w.safe(x.text, runSaid) {
				xs = append(xs, withAnd(x.text))
				lines = append(lines, x.lines...)
			}
		}
	}
	if len(xs) == 0 {
		return
	}
	for _, s := range w.listSentences(f, ideas, xs, w.countVoices(lines)) {
		if p.add(w, f, Sentence{Text: s, Lines: lines}) {
			return
		}
	}
}

// withAnd puts "and" before the last of things that were typed with commas only.
func withAnd(s string) string {
	k := strings.LastIndex(s, ", ")
	if strings.Count(s, ", ") < 2 || strings.Contains(s, " and ") || strings.Contains(s, ", not ") {
		return s
	}
	return s[:k] + " and " + s[k+2:]
}

// listSentences words a list in ways of which the first that can be traced is
// taken.
func (w *Writer) listSentences(f *frames, ideas bool, xs []string, voices int) []string {
	plain := frameList(f, ideas, len(xs), voices) + list(xs) + "."
	if ideas || voices > 1 || len(xs) > 1 || strings.Contains(xs[0], ",") {
		return []string{plain}
	}
	is := " was "
	if pluralThing(xs[0]) && !strings.HasSuffix(strings.Fields(xs[0])[0], "ing") {
		is = " were "
	}
	if f.pick("plain", "described") == "described" {
		return []string{text.UpperFirst(xs[0]) + is + "also mentioned.", plain}
	}
	return []string{plain}
}

// frameList begins a list by how many things it has and how many people spoke.
func frameList(f *frames, ideas bool, things, voices int) string {
	switch {
	case ideas && things > 1:
		return "Suggestions included "
	case ideas:
		return f.pick("One suggestion was ", "There was interest in ", "Another suggestion was ")
	case voices > 1:
		return f.pick("Participants described ", "Participants also mentioned ", "Responses included ")
	}
	return f.pick("One contributor mentioned ", "There was also mention of ", "One participant mentioned ")
}

// asked reports a question that was discussed.
func (w *Writer) asked(p *Paragraph, f *frames, ps []point) {
	f.run = runAsked
	defer func() { f.run = runSaid }()
	ps = slices.DeleteFunc(slices.Clone(ps), func(x point) bool {
		return ofTheRoom(x.text) || w.fuller < 2 && w.isListed(x.lines[0]) || strings.Contains(x.text, "others would share") || !w.traced(x.text, x.lines)
	})
	if len(ps) > 1 && indirect(ps[0].text) == indirect(ps[1].text) && words(ps[0].text)+words(ps[1].text) < 26 {
		x, y := ps[0], ps[1]
		s := askedFor(f, x.text) + ", and " + y.text + "."
		if p.add(w, f, Sentence{Text: s, Lines: append(slices.Clone(x.lines), y.lines...)}) {
			return
		}
	}
	for _, x := range ps {
		if p.add(w, f, Sentence{Text: askedFor(f, x.text) + ".", Lines: x.lines}) {
			return
		}
	}
}

// ofTheRoom tells whether a question only looks round: "who has got a dog".
func ofTheRoom(q string) bool {
	for _, by := range []string{"who has ", "who else ", "who is on ", "who is in ", "who here ", "what the rule is", "what others write", "who wants "} {
		if strings.HasPrefix(q, by) {
			return true
		}
	}
	return false
}

// askedFor words a question, or a thing that was asked for.
func askedFor(f *frames, what string) string {
	if indirect(what) {
		return f.pick("Participants asked ", "It was asked ") + what
	}
	return f.pick("Participants asked for ", "Some asked for ") + what
}

// isListed tells whether a line stands in the lists of requests or questions.
func (w *Writer) isListed(i int) bool {
	for _, it := range w.lists.Questions {
		if it.Lines[0] == i {
			return true
		}
	}
	for _, it := range w.lists.Requested {
		for _, k := range it.Lines {
			if k == i {
				return true
			}
		}
	}
	return false
}

// leftOpen says which question of the theme nobody could answer; of a chat of
// which little else can be told two.
func (w *Writer) leftOpen(p *Paragraph, f *frames, lines []int) {
	f.run = runAsked
	defer func() { f.run = runSaid }()
	in, told := map[int]bool{}, 0
	for _, i := range lines {
		in[i] = true
	}
	for _, q := range w.lists.Questions {
		if !in[q.Lines[0]] || !indirect(q.What) || ofTheRoom(q.What) || q.Loose || w.c.Lines[q.Lines[0]].Closed != "" {
			continue
		}
		s := f.pick("Participants also asked %s.", "It was also asked %s.")
		if len(q.Lines) > 1 { // somebody answered, but not with certainty
			s = f.pick("It was asked %s, and no one could say for sure.", "Another question was %s, and no one could say for sure.")
		}
		if p.add(w, f, Sentence{Text: strings.Replace(s, "%s", q.What, 1), Lines: q.Lines}) {
			if told++; told > w.fuller/4 {
				return
			}
		}
	}
}

func indirect(s string) bool {
	first, _, _ := strings.Cut(s, " ")
	switch first {
	case "whether", "who", "how", "why", "what", "which", "where", "when", "whose":
		return true
	}
	return false
}
