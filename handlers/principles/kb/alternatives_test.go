package kb

import (
	"math"
	"slices"
	"testing"

	"cymar/text/linear"
)

// finder ranks the entries for a question.
type finder func(question string) []Candidate

// lesson is what an alternative may learn from: examples with their entries,
// and our way of reading them.
type lesson struct {
	vocab    *vocabulary
	entries  []*Entry
	byID     map[string]*Entry
	set      *trainingSet
	examples []linear.Example // four fifths of the set's
	texts    []string         // their questions
}

// BenchmarkAlternatives is the table of docs/decisions/0003: what share of
// held-out examples and of the fresh questions each way of finding gets right.
//
//	go test -run xxx -bench Alternatives -benchtime 1x ./handlers/principles/kb
func BenchmarkAlternatives(b *testing.B) {
	words := weights{words: 1}
	pairs := weights{words: 1, pairs: 0.7}
	letters := weights{words: 1, pairs: 0.7, letters: 1.2}
	concepts := weights{words: 1, pairs: 0.7, letters: 1.2, concepts: 0.7, combined: 0.5}
	for _, alt := range []struct {
		name  string
		learn func(b *testing.B) (lesson, finder)
	}{
		{"01-BM25-entries", func(b *testing.B) (lesson, finder) { l := learn(b, words, nil); return l, l.bm25(true) }},
		{"02-BM25-examples", func(b *testing.B) (lesson, finder) { l := learn(b, words, nil); return l, l.bm25(false) }},
		{"03-naive-Bayes-words", func(b *testing.B) (lesson, finder) { l := learn(b, words, nil); return l, l.naiveBayes() }},
		{"04-nearest-30-all-features", func(b *testing.B) (lesson, finder) { l := learn(b, chosenWeights(), nil); return l, l.nearest(30) }},
		{"05-softmax-words", func(b *testing.B) (lesson, finder) { l := learn(b, words, nil); return l, l.softmax(b) }},
		{"06-softmax-and-word-pairs", func(b *testing.B) (lesson, finder) { l := learn(b, pairs, nil); return l, l.softmax(b) }},
		{"07-softmax-and-letters", func(b *testing.B) (lesson, finder) { l := learn(b, letters, nil); return l, l.softmax(b) }},
		{"08-softmax-and-concepts", func(b *testing.B) (lesson, finder) { l := learn(b, concepts, nil); return l, l.softmax(b) }},
		{"09-softmax-and-word-classes", func(b *testing.B) (lesson, finder) { l := learn(b, chosenWeights(), nil); return l, l.softmax(b) }},
		{"10-the-same-no-dictionary", func(b *testing.B) (lesson, finder) {
			l := learn(b, chosenWeights(), func(v *vocabulary) { v.welsh = &gloss{} })
			return l, l.softmax(b)
		}},
		{"11-the-same-no-further-or-prose", func(b *testing.B) (lesson, finder) {
			l := learn(b, chosenWeights(), nil)
			l.set.beside = nil
			return l, l.softmax(b)
		}},
		{"12-softmax-with-nearest-30", func(b *testing.B) (lesson, finder) {
			l := learn(b, chosenWeights(), nil)
			return l, blend(l.softmax(b), l.nearest(30), 0.2)
		}},
	} {
		b.Run(alt.name, func(b *testing.B) {
			for b.Loop() {
				l, find := alt.learn(b)
				l.report(b, find)
			}
		})
	}
}

func learn(b *testing.B, w weights, change func(*vocabulary)) lesson {
	b.Helper()
	entries, err := Read(Embedded(), nil)
	if err != nil {
		b.Fatal(err)
	}
	l := lesson{vocab: mustVocabulary(b), entries: entries, byID: make(map[string]*Entry)}
	l.vocab.weights = w
	if change != nil {
		change(l.vocab)
	}
	for _, e := range entries {
		l.byID[e.ID] = e
	}
	if l.set, err = newTrainingSet(l.vocab, entries); err != nil {
		b.Fatal(err)
	}
	for i, e := range l.set.examples {
		if i%folds != 0 {
			l.examples, l.texts = append(l.examples, e), append(l.texts, l.set.questions[i])
		}
	}
	return l
}

// report measures on the examples kept back, and on the fresh questions.
func (l lesson) report(b *testing.B, find finder) {
	b.Helper()
	var n, first, three, welsh, firstWelsh float64
	for i := 0; i < len(l.set.examples); i += folds {
		q, want := l.set.questions[i], l.byID[l.set.examples[i].Class]
		ranked := find(q)
		right := ranked[0].Entry == want
		n++
		first += one(right)
		three += one(slices.ContainsFunc(ranked[:3], func(c Candidate) bool { return c.Entry == want }))
		if l.vocab.read(q, "").keys != nil {
			welsh++
			firstWelsh += one(right)
		}
	}
	b.ReportMetric(100*first/n, "%first")
	b.ReportMetric(100*three/n, "%first-three")
	b.ReportMetric(100*firstWelsh/welsh, "%first-Welsh")
	for _, name := range []string{"fresh", "tune"} {
		right, n := 0, 0
		for _, q := range freshQuestions(b, "testdata/"+name+".jsonl") {
			first := find(q.Q)[0].Entry
			n++
			if first.Outcome == q.outcome() && (first.Outcome != Answer || first.ID == q.Topic || slices.Contains(q.Also, first.ID)) {
				right++
			}
		}
		b.ReportMetric(100*float64(right)/float64(n), "%"+name)
	}
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func (l lesson) features(question string) []linear.Feature {
	var f features
	return f.all(l.vocab, l.vocab.read(question, ""))
}

func (l lesson) softmax(b *testing.B) finder {
	b.Helper()
	m, err := linear.Train(append(slices.Clone(l.examples), l.set.beside...), trainOptions)
	if err != nil {
		b.Fatal(err)
	}
	return func(question string) []Candidate {
		var ranked []Candidate
		for i, p := range m.Probabilities(nil, l.features(question)) {
			ranked = append(ranked, Candidate{l.byID[m.Classes()[i]], float64(p)})
		}
		slices.SortFunc(ranked, byConfidence)
		return ranked
	}
}

// bm25 has one document an entry, or one an example.
func (l lesson) bm25(whole bool) finder {
	peer := newBM25()
	texts := make(map[string][]string)
	for i, e := range l.examples {
		texts[e.Class] = append(texts[e.Class], l.texts[i])
	}
	for _, e := range l.entries {
		of := slices.Concat(texts[e.ID], e.names(), e.sentences())
		if whole {
			peer.add(e, of...)
			continue
		}
		for _, t := range of {
			peer.add(e, t)
		}
	}
	return func(question string) []Candidate {
		if ranked := peer.find(question); len(ranked) >= 3 {
			return ranked
		}
		return []Candidate{{l.entries[0], 0}, {l.entries[1], 0}, {l.entries[2], 0}}
	}
}

// nearest lets the n most similar examples vote.
func (l lesson) nearest(n int) finder {
	rare, err := linear.Train(l.examples, linear.Options{Epochs: 1, IDF: true, Unit: true, MinCount: 2})
	if err != nil {
		panic(err)
	}
	index := &near{model: rare, postings: make(map[uint32][]posting)}
	for i := range l.examples {
		for _, y := range index.vector(l.vocab, l.vocab.read(l.texts[i], "")) {
			index.postings[y.ID] = append(index.postings[y.ID], posting{int32(i), y.Value})
		}
	}
	return func(question string) []Candidate {
		alike := make([]Candidate, len(l.examples))
		for i, e := range l.examples {
			alike[i].Entry = l.byID[e.Class]
		}
		for _, y := range index.vector(l.vocab, l.vocab.read(question, "")) {
			for _, p := range index.postings[y.ID] {
				alike[p.example].Confidence += float64(y.Value * p.value)
			}
		}
		slices.SortFunc(alike, byConfidence)
		return l.vote(alike[:n], func(c Candidate) float64 { return c.Confidence })
	}
}

// vote adds up what votes say for each entry, to shares of one.
func (l lesson) vote(votes []Candidate, count func(Candidate) float64) []Candidate {
	sum, total := make(map[*Entry]float64), 1e-9
	for _, v := range votes {
		sum[v.Entry] += count(v)
		total += count(v)
	}
	var ranked []Candidate
	for _, e := range l.entries {
		ranked = append(ranked, Candidate{e, sum[e] / total})
	}
	slices.SortFunc(ranked, byConfidence)
	return ranked
}

// blend mixes the shares of two finders.
func blend(a, b finder, share float64) finder {
	return func(question string) []Candidate {
		mixed := a(question)
		other := make(map[*Entry]float64)
		for _, c := range b(question) {
			other[c.Entry] = c.Confidence
		}
		for i, c := range mixed {
			mixed[i].Confidence = (1-share)*c.Confidence + share*other[c.Entry]
		}
		slices.SortFunc(mixed, byConfidence)
		return mixed
	}
}

func (l lesson) naiveBayes() finder {
	counts, total, all := make(map[string]map[uint32]float64), make(map[string]float64), make(map[uint32]float64)
	sum := 0.0
	for _, e := range l.examples {
		if counts[e.Class] == nil {
			counts[e.Class] = make(map[uint32]float64)
		}
		for _, f := range e.Features {
			counts[e.Class][f.ID]++
			total[e.Class]++
			all[f.ID]++
			sum++
		}
	}
	const smooth = 30
	return func(question string) []Candidate {
		var ranked []Candidate
		x := l.features(question)
		for _, e := range l.entries {
			score := 0.0
			for _, f := range x {
				if all[f.ID] > 0 {
					prior := all[f.ID] / sum
					score += math.Log((counts[e.ID][f.ID] + smooth*prior) / (total[e.ID] + smooth) / prior)
				}
			}
			ranked = append(ranked, Candidate{e, score})
		}
		slices.SortFunc(ranked, byConfidence)
		return ranked
	}
}
