package kb

import (
	"cmp"
	"errors"
	"io/fs"
	"math"
	"slices"
	"strings"
	"sync"

	"cymar/text"
	"cymar/text/linear"
)

// Base is a knowledge base that can be searched. It does not change once
// loaded, and many goroutines may search it at once.
type Base struct {
	entries []*Entry
	byID    map[string]*Entry
	vocab   *vocabulary
	model   *linear.Model
	classes []*Entry          // of each class of the model; nil for an entry that is no more
	near    *near             // entries that the model does not know
	exact   map[string]*Entry // folded examples, titles and terms
}

// Load reads a knowledge base and prepares it for searching: ours, then
// overlay (may be nil), whose entries add to ours or stand in their place. See
// Read for the errors.
func Load(ours, overlay fs.FS) (*Base, error) {
	var (
		vocab    *vocabulary
		model    *linear.Model
		errs     [2]error
		prepared sync.WaitGroup
	)
	prepared.Go(func() { vocab, errs[0] = newVocabulary() })
	prepared.Go(func() { model, _, errs[1] = loadModel(modelData) })
	entries, err := Read(ours, overlay)
	prepared.Wait()
	if err != nil {
		return nil, err // as it is: callers look for Faults
	}
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	return newBase(entries, vocab, model), nil
}

func newBase(entries []*Entry, vocab *vocabulary, model *linear.Model) *Base {
	b := &Base{entries: entries, byID: make(map[string]*Entry, len(entries)), vocab: vocab, model: model}
	for _, e := range entries {
		b.byID[e.ID] = e
	}
	for _, c := range model.Classes() {
		b.classes = append(b.classes, b.byID[c])
	}
	var fresh []*Entry
	for _, e := range entries {
		if e.theirs || model.Class(e.ID) < 0 {
			fresh = append(fresh, e)
		}
	}
	b.near = newNear(vocab, model, fresh)
	b.exact = exactTexts(entries)
	return b
}

// exactTexts are the examples, titles and terms that belong to one entry
// only.
func exactTexts(entries []*Entry) map[string]*Entry {
	exact := make(map[string]*Entry)
	for _, e := range entries {
		for _, s := range append(e.questions(), e.names()...) {
			key := exactKey(s)
			if other, ok := exact[key]; ok && other != e {
				exact[key] = nil
				continue
			}
			exact[key] = e
		}
	}
	return exact
}

func exactKey(s string) string { return text.Plain(text.Fold(s)) }

// Entries are all entries, ours first.
func (b *Base) Entries() []*Entry { return b.entries }

// Entry is the entry with an id, nil when there is none.
func (b *Base) Entry(id string) *Entry { return b.byID[id] }

// Query is a question, and what is known about where it was asked.
type Query struct {
	Text      string
	Lang      string // the asker's language, for when the words do not tell it
	Nation    string // the space's: England, Wales, Both or ""
	LastTopic string // id of the entry that was answered last in this thread, or ""
}

// Result is what a question leads to.
type Result struct {
	Outcome    Outcome
	Entry      *Entry      // what to answer, decline or route with; nil for DidYouMean, and for Unsure where nothing was near
	Confidence float64     // the probability that Outcome and Entry are right, from 0 to 1
	Candidates []Candidate // the likeliest entries, best first; for DidYouMean the ones to offer
	Lang       string      // the question's language, "" where it cannot be told
	Beside     []*Entry    // what an unsure answer's question may mean instead, likeliest first
	FollowUp   bool        // the question goes on about LastTopic
}

// Candidate is an entry that a question may be about.
type Candidate struct {
	Entry      *Entry
	Confidence float64
}

// Thresholds of the decision, chosen on held-out folds, see
// docs/decisions/0003-finding-the-answer.md.
const (
	sureEnough   = 0.15 // from here on a best answer is given
	worthAsking  = 0.08 // from here on a candidate is offered in “did you mean”
	maxOffered   = 3
	maxCandidate = 5

	sureAlone   = 0.8  // below, what else the question may mean is named beside the answer
	worthNaming = 0.04 // from here on an entry is named so
	maxBeside   = 2
)

// Find says what a question leads to.
func (b *Base) Find(q Query) Result {
	r := b.vocab.read(q.Text, q.Lang)
	if len(r.words) == 0 {
		return Result{Outcome: Unsure}
	}
	res := decide(b.rank(q, r))
	res.Lang = r.lang
	if last := b.byID[q.LastTopic]; last != nil && last.Outcome == Answer {
		res = followUp(res, r, last)
	}
	return res
}

// rank gives every entry its probability, best first.
func (b *Base) rank(q Query, r reading) []Candidate {
	if e := b.exact[exactKey(q.Text)]; e != nil {
		return []Candidate{{e, 1}} // somebody's very words
	}
	var f features
	p := b.model.Probabilities(nil, f.all(b.vocab, r))
	ranked := make([]Candidate, 0, len(b.entries))
	best := 0.0
	for i, e := range b.classes {
		if e != nil {
			ranked = append(ranked, Candidate{e, float64(p[i])})
			best = math.Max(best, float64(p[i]))
		}
	}
	for i, s := range b.near.similarities(b.vocab, r) {
		ranked = addOdds(ranked, b.near.entries[i], newcomerOdds(s, best, len(b.near.entries)))
	}
	var sum float64
	for _, c := range ranked {
		sum += c.Confidence
	}
	for i := range ranked {
		ranked[i].Confidence /= sum
	}
	slices.SortFunc(ranked, byConfidence)
	return ranked
}

// byConfidence orders candidates, the likeliest first.
func byConfidence(a, b Candidate) int {
	return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), strings.Compare(a.Entry.ID, b.Entry.ID))
}

// addOdds adds an entry that the model does not know, or what speaks for one
// beside the model.
func addOdds(ranked []Candidate, e *Entry, odds float64) []Candidate {
	for i := range ranked {
		if ranked[i].Entry == e {
			ranked[i].Confidence += odds
			return ranked
		}
	}
	return append(ranked, Candidate{e, odds})
}

// newcomerOdds are the odds of an entry with this similarity against all
// those that the model knows, the best of which has the probability best. The
// more newcomers there are, the likelier one of them is similar by chance.
func newcomerOdds(similarity, best float64, newcomers int) float64 {
	crowd := math.Log(float64(newcomers))
	return math.Exp(nearSlope*similarity - nearOffset - nearRival*logit(best) - nearCrowd*crowd)
}

// Fitted by holding 3, 10 and 40 entries out of training and bringing them
// back as a deployer's with ten examples each.
const (
	nearSlope  = 23
	nearOffset = 5.5
	nearRival  = 0.6
	nearCrowd  = 0.5
)

// logit is the logarithm of the odds of p, kept finite at 0 and 1.
func logit(p float64) float64 { return math.Log((p + 0.01) / (1.01 - p)) }

// honest brings a probability of the model nearer to how often it is right:
// on held-out examples the model is too sure at the top and too modest at the
// bottom.
func honest(p float64) float64 {
	return 1 / (1 + math.Exp(-modesty*logit(p)))
}

const modesty = 0.7

// decide turns probabilities into an outcome. Declines, commands and
// smalltalk each count as a whole: which of its entries it is matters less
// than that it is one.
func decide(ranked []Candidate) Result {
	total := make(map[Outcome]float64)
	first := make(map[Outcome]Candidate)
	for _, c := range ranked {
		o := c.Entry.Outcome
		if first[o].Entry == nil {
			first[o] = c
		}
		total[o] += c.Confidence
	}
	res := Result{Outcome: Answer, Entry: first[Answer].Entry, Confidence: first[Answer].Confidence,
		Candidates: ranked[:min(len(ranked), maxCandidate)]}
	for _, o := range [...]Outcome{Unsure, Routed, Smalltalk} {
		if total[o] > res.Confidence {
			res.Outcome, res.Entry, res.Confidence = o, first[o].Entry, total[o]
		}
	}
	switch {
	case res.Outcome == Answer && res.Confidence < sureEnough:
		res = offer(res, ranked)
	case res.Outcome == Answer && res.Confidence < sureAlone:
		res.Beside = beside(res.Entry, ranked)
	}
	return res.honest()
}

// beside are the answers that come next after an entry. People seldom use the
// documents' words, so the right answer is often the second.
func beside(entry *Entry, ranked []Candidate) []*Entry {
	var out []*Entry
	for _, c := range ranked {
		if c.Confidence < worthNaming || len(out) == maxBeside {
			break
		}
		if c.Entry != entry && c.Entry.Outcome == Answer {
			out = append(out, c.Entry)
		}
	}
	return out
}

func (r Result) honest() Result {
	r.Confidence = honest(r.Confidence)
	r.Candidates = slices.Clone(r.Candidates)
	for i, c := range r.Candidates {
		r.Candidates[i].Confidence = honest(c.Confidence)
	}
	return r
}

// offer turns an answer that is not likely enough into a question back, or,
// where nothing is near, into not knowing.
func offer(res Result, ranked []Candidate) Result {
	res.Outcome, res.Entry = Unsure, nil
	var offered []Candidate
	for _, c := range ranked {
		if c.Entry.Outcome == Answer && c.Confidence >= worthAsking && len(offered) < maxOffered {
			offered = append(offered, c)
		}
	}
	if len(offered) > 0 {
		res.Outcome, res.Candidates = DidYouMean, offered
	}
	return res
}
