package kb

import (
	"math"
	"slices"

	"cymar/text"
)

// bm25 is the plain peer that the finder is measured against: words only, one
// document per entry made of its examples, titles, terms and answer, or one
// per example.
type bm25 struct {
	owner    []*Entry
	length   []float64
	mean     float64
	postings map[string][]bm25Posting
}

type bm25Posting struct {
	doc   int
	count float64
}

func newBM25() *bm25 { return &bm25{postings: make(map[string][]bm25Posting)} }

func (b *bm25) add(e *Entry, texts ...string) {
	doc := len(b.owner)
	b.owner = append(b.owner, e)
	counts := make(map[string]float64)
	n := 0.0
	for _, t := range texts {
		for _, w := range text.Words(text.Fold(t)) {
			counts[text.Stem(w)]++
			n++
		}
	}
	b.length = append(b.length, n)
	b.mean += (n - b.mean) / float64(doc+1)
	for w, c := range counts {
		b.postings[w] = append(b.postings[w], bm25Posting{doc, c})
	}
}

// find ranks entries by their best document.
func (b *bm25) find(question string) []Candidate {
	const k, slope = 1.2, 0.75
	scores := make([]float64, len(b.owner))
	for _, w := range text.Words(text.Fold(question)) {
		docs := b.postings[text.Stem(w)]
		idf := math.Log(1 + (float64(len(b.owner))-float64(len(docs))+0.5)/(float64(len(docs))+0.5))
		for _, p := range docs {
			scores[p.doc] += idf * p.count * (k + 1) / (p.count + k*(1-slope+slope*b.length[p.doc]/b.mean))
		}
	}
	best := make(map[*Entry]float64)
	for doc, s := range scores {
		best[b.owner[doc]] = max(best[b.owner[doc]], s)
	}
	ranked := make([]Candidate, 0, len(best))
	for e, s := range best {
		ranked = append(ranked, Candidate{e, s})
	}
	slices.SortFunc(ranked, byConfidence)
	return ranked
}
