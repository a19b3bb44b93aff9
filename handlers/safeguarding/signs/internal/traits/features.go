package traits

import (
	"math"

	"cymar/handlers/safeguarding/signs/internal/lexicon"
	"cymar/handlers/safeguarding/signs/internal/reading"
	"cymar/text"
	"cymar/text/linear"
)

// describer makes the features of one piece.
type describer struct {
	r      *Reader
	piece  sentence
	around frames
	welsh  bool
	x      []linear.Feature
}

// How much each kind of feature counts beside the others. All were chosen on
// writers that the model had not seen; pairs of concepts in tables written by
// hand, and crossed with who is spoken of, did worse there than without.
const (
	wordWeight     = 1
	stemWeight     = 0.7
	pairWeight     = 0.8
	stemPairWeight = 0.6
	gapWeight      = 0.5
	farWeight      = 0.35
	firstWeight    = 0.6
	lastWeight     = 0.4
	lettersWeight  = 0.35
	senseWeight    = 1
	phraseWeight   = 0.7
	innerWeight    = 0.7
	besideWeight   = 0.5
	frameWeight    = 0.8
	aroundWeight   = 0.4
	lengthWeight   = 0.5
)

func (d *describer) add(id uint32, value float32) {
	d.x = append(d.x, linear.Feature{ID: id, Value: value})
}

func (d *describer) features() []linear.Feature {
	d.x = make([]linear.Feature, 0, 400)
	d.ofWords()
	d.ofSenses()
	d.ofPhrases()
	d.ofFrames()
	return normal(cap1(linear.Merge(d.x)))
}

// cap1 keeps a repeated feature from outweighing all others.
func cap1(x []linear.Feature) []linear.Feature {
	for i := range x {
		if x[i].Value > 1.5 {
			x[i].Value = 1.5
		}
	}
	return x
}

var (
	idWord     = linear.ID("w:")
	idStem     = linear.ID("s:")
	idPair     = linear.ID("b:")
	idStemPair = linear.ID("sp:")
	idSkip     = linear.ID("g:")
	idFar      = linear.ID("far:")
	idTriple   = linear.ID("t:")
	idFirst    = linear.ID("^:")
	idLast     = linear.ID("$:")
	idLetters  = linear.ID("c:")
	idQuoted   = linear.ID("q:")
)

// reach is how many words may stand between two that are paired, and one more.
const reach = 6

// ofWords: words, their stems, pairs with and without a gap, triples, and
// groups of letters inside words (for misspellings and unknown forms).
func (d *describer) ofWords() {
	words := d.piece.words
	stems := make([]string, len(words))
	for i, w := range words {
		stems[i] = d.stem(w.Text, w.Stem)
	}
	for i, w := range words {
		base := idWord
		if w.Quoted {
			base = idQuoted
		}
		d.add(linear.Extend(base, w.Text), wordWeight)
		if stems[i] != w.Text {
			d.add(linear.Extend(idStem, stems[i]), stemWeight)
		}
		d.letters(w.Text)
		d.runs(words[i:])
		d.pairs(stems[i:])
	}
	if len(words) > 0 {
		d.add(linear.Extend(idFirst, words[0].Text), firstWeight)
		d.add(linear.Extend(idLast, words[len(words)-1].Text), lastWeight)
	}
}

// runs: the first word with the one after it, with the one after that, and
// all three.
func (d *describer) runs(words []reading.Word) {
	if len(words) > 1 {
		d.add(two(idPair, words[0].Text, words[1].Text), pairWeight)
	}
	if len(words) > 2 {
		d.add(two(idSkip, words[0].Text, words[2].Text), gapWeight)
		d.add(linear.Extend(linear.Extend(two(idTriple, words[0].Text, words[1].Text), " "), words[2].Text), gapWeight)
	}
}

// pairs: the first stem with each of those within reach.
func (d *describer) pairs(stems []string) {
	for k := 1; k <= reach && k < len(stems); k++ {
		if k == 1 {
			d.add(two(idStemPair, stems[0], stems[1]), stemPairWeight)
			continue
		}
		d.add(two(idFar, stems[0], stems[k]), farWeight)
	}
}

func two(base uint32, a, b string) uint32 {
	return linear.Extend(linear.Extend(linear.Extend(base, a), " "), b)
}

func (d *describer) stem(word, stem string) string {
	if d.welsh {
		return text.WelshStem(word)
	}
	return stem
}

func (d *describer) letters(w string) {
	if len(w) < 4 || len(w) > 20 {
		return
	}
	padded := "<" + w + ">"
	for n := 3; n <= 5; n++ {
		for i := 0; i+n <= len(padded); i++ {
			d.add(linear.Extend(idLetters, padded[i:i+n]), lettersWeight)
		}
	}
}

var (
	idConcept = linear.ID("k:")
	idNext    = linear.ID("kn:")
	idNear    = linear.ID("ku:")
	idInner   = linear.ID("ki:")
	idThree   = linear.ID("kt:")
	idBeside  = linear.ID("kw:")
)

// ofPhrases: the concepts, pairs of them in order and near each other, three
// in a row, and each with the words beside it.
func (d *describer) ofPhrases() {
	var seq []item
	for _, it := range d.piece.items {
		if len(it.concepts) == 0 {
			continue
		}
		if it.inner {
			for _, c := range it.concepts {
				d.add(d.concept(idInner, c, it.quoted), innerWeight)
			}
			continue
		}
		seq = append(seq, it)
		for _, c := range it.concepts {
			d.add(d.concept(idConcept, c, it.quoted), phraseWeight)
		}
		d.beside(it)
	}
	for i, it := range seq {
		for j := i + 1; j < len(seq) && j <= i+4; j++ {
			d.near(it, seq[j], j == i+1)
		}
		if i+2 < len(seq) {
			d.three(seq[i : i+3])
		}
	}
}

func (d *describer) concept(base uint32, c lexicon.Concept, quoted bool) uint32 {
	id := linear.Extend(base, d.r.lex.Name(c))
	if quoted {
		id = linear.Extend(id, "\"")
	}
	return id
}

func (d *describer) near(a, b item, next bool) {
	for _, ca := range a.concepts {
		for _, cb := range b.concepts {
			if next {
				d.add(d.concept(linear.Extend(d.concept(idNext, ca, a.quoted), ">"), cb, b.quoted), phraseWeight*0.8)
			}
			if ca > cb {
				d.add(d.concept(linear.Extend(d.concept(idNear, cb, b.quoted), "+"), ca, a.quoted), phraseWeight*0.5)
			} else {
				d.add(d.concept(linear.Extend(d.concept(idNear, ca, a.quoted), "+"), cb, b.quoted), phraseWeight*0.5)
			}
		}
	}
}

func (d *describer) three(s []item) {
	id := idThree
	for _, it := range s {
		id = linear.Extend(d.concept(id, it.concepts[0], it.quoted), ">")
	}
	d.add(id, phraseWeight*0.7)
}

// beside joins a core concept with the words before and after it.
func (d *describer) beside(it item) {
	for _, c := range it.concepts {
		if !d.r.c.core[c] {
			continue
		}
		id := linear.Extend(idBeside, d.r.lex.Name(c))
		if it.at > 0 {
			d.add(linear.Extend(linear.Extend(id, "<"), d.piece.words[it.at-1].Text), besideWeight)
		}
		if after := it.at + it.len; after < len(d.piece.words) {
			d.add(linear.Extend(linear.Extend(id, ">"), d.piece.words[after].Text), besideWeight)
		}
	}
}

// normal scales a piece's features to length one: what the model has never
// seen takes its share, so that a text of unknown words stays undecided.
func normal(x []linear.Feature) []linear.Feature {
	var sum float64
	for _, f := range x {
		sum += float64(f.Value) * float64(f.Value)
	}
	if sum == 0 {
		return x
	}
	scale := float32(1 / math.Sqrt(sum))
	for i := range x {
		x[i].Value *= scale
	}
	return x
}
