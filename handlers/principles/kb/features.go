package kb

import (
	"math"

	"cymar/text"
	"cymar/text/linear"
)

// weights are the kinds of features and how much each kind weighs as a whole,
// however many features of it a question has.
type weights struct {
	words, pairs, concepts, combined, classes, letters, frame float64
}

// chosenWeights were chosen by cross-validation, see
// docs/decisions/0003-finding-the-answer.md.
func chosenWeights() weights {
	return weights{words: 1, pairs: 0.7, concepts: 0.7, combined: 0.5, classes: 0.7, letters: 1.2, frame: 0.3}
}

// features collects the features of one question, and their names where
// somebody wants to know why.
type features struct {
	x     []linear.Feature
	names map[uint32]string // nil unless explaining
}

// all are the features of a reading for the trained model.
func (f *features) all(v *vocabulary, r reading) []linear.Feature {
	f.meaning(v, r)
	f.group(v.weights.letters, func() { f.letters(r) })
	f.group(v.weights.frame, func() { f.frame(r) })
	return f.x
}

// meaning adds all but letters and frame: what two questions about the same
// share however they are spelt.
func (f *features) meaning(v *vocabulary, r reading) []linear.Feature {
	f.group(v.weights.words, func() { f.words(r) })
	f.group(v.weights.pairs, func() { f.pairs(r) })
	f.group(v.weights.concepts, func() { f.concepts("k:", v.concepts, r.concepts) })
	f.group(v.weights.combined, func() { f.combined(v.concepts, r.concepts) })
	f.group(v.weights.classes, func() { f.concepts("t:", v.classes, r.classes) })
	return f.x
}

// group adds features that together have the length weight: one among many
// says less.
func (f *features) group(weight float64, add func()) {
	if weight == 0 {
		return
	}
	from := len(f.x)
	add()
	added := linear.Merge(f.x[from:])
	value := float32(weight / math.Sqrt(math.Max(1, float64(len(added)))))
	for i := range added {
		added[i].Value = value
	}
	f.x = f.x[:from+len(added)]
}

func (f *features) add(kind, a, b string) {
	id := linear.Extend(linear.ID(kind), a)
	if b != "" {
		id = linear.Extend(linear.Extend(id, " "), b)
	}
	f.x = append(f.x, linear.Feature{ID: id, Value: 1})
	if f.names != nil {
		f.names[id] = kind + a
		if b != "" {
			f.names[id] += " " + b
		}
	}
}

func (f *features) words(r reading) {
	for _, s := range r.stems {
		f.add("w:", s, "")
	}
	for _, s := range r.keys {
		f.add("y:", s, "")
	}
}

func (f *features) pairs(r reading) {
	last := "^"
	for _, s := range r.stems {
		f.add("b:", last, s)
		last = s
	}
}

func (f *features) concepts(kind string, l *lexicon, found []uint16) {
	for _, c := range found {
		f.add(kind, l.names[c], "")
	}
}

func (f *features) combined(l *lexicon, found []uint16) {
	for i, a := range found {
		for _, b := range found[i+1:] {
			f.add("p:", l.names[a], l.names[b])
		}
	}
}

// letters are the runs of three to five letters of each word, its edges
// included: what is left of a word that is misspelt.
func (f *features) letters(r reading) {
	var buf [64]byte
	for _, w := range r.words {
		padded := append(append(append(buf[:0], ' '), w...), ' ')
		for n := 3; n <= 5; n++ {
			for i := 0; i+n <= len(padded); i++ {
				f.add("c:", string(padded[i:i+n]), "")
			}
		}
	}
}

// frame is what holds for the question as a whole: its language, how long it
// is, and how it begins.
func (f *features) frame(r reading) {
	lang := r.lang
	if lang == "" {
		lang = text.English
	}
	f.add("l:", lang, "")
	f.add("n:", size(len(r.words)), "")
	if len(r.stems) >= 3 {
		f.add("f:", r.stems[0]+" "+r.stems[1], r.stems[2])
	}
}

func size(words int) string {
	switch {
	case words <= 1:
		return "one"
	case words <= 3:
		return "few"
	case words <= 7:
		return "some"
	case words <= 14:
		return "many"
	}
	return "long"
}
