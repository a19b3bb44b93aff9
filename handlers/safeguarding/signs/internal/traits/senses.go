package traits

import "cymar/text/linear"

var (
	idSense     = linear.ID("z:")
	idSenseNext = linear.ID("zn:")
	idSenseNear = linear.ID("zu:")
	idSenseWord = linear.ID("zw:")
)

// ofSenses: the senses of the words, pairs of them in order, and each with
// the word before and after it.
func (d *describer) ofSenses() {
	words := d.piece.words
	of := make([][]string, len(words))
	for i, w := range words {
		of[i] = d.r.senses.Of(w.Text, w.Stem, d.welsh)
		for _, s := range of[i] {
			d.add(linear.Extend(idSense, s), senseWeight)
		}
	}
	for i := range words {
		for _, s := range of[i] {
			d.sensePairs(s, of[i+1:min(i+5, len(words))])
			id := linear.Extend(idSenseWord, s)
			if i+1 < len(words) {
				d.add(linear.Extend(linear.Extend(id, ">"), words[i+1].Text), senseWeight*0.5)
			}
			if i > 0 {
				d.add(linear.Extend(linear.Extend(id, "<"), words[i-1].Text), senseWeight*0.5)
			}
		}
	}
}

func (d *describer) sensePairs(s string, after [][]string) {
	for k, senses := range after {
		for _, t := range senses {
			base := idSenseNear
			if k == 0 {
				base = idSenseNext
			}
			d.add(linear.Extend(linear.Extend(linear.Extend(base, s), ">"), t), senseWeight*0.6)
		}
	}
}
