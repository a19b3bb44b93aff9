package prose

import (
	"math"
	"strings"

	"cymar/handlers/meetings/themes/text"
)

// reporting are the words that a report may use of itself.
var reporting = set(`facilitator facilitators participant participants attendee attendees member members contributor contributors people person one two
	three four five six seven eight nine ten several many various number others another meeting chat discussion discussions discussed discuss conversation
	conversations session overview summary theme themes topic topics key main important central issue issues point points area areas focus focused noted
	note notes noting said say highlight highlighted highlighting raised raise raising reflected reflect reflecting reflection explored explore expressed
	express expressing emphasised emphasise described describe describing shared share sharing asked ask asking requested request requests wanted
	interest interested mentioned mention commented comment comments agreed agree suggested suggest suggestion suggestions concern concerns concerned
	question questions questioned resource resources link links message messages action actions overall finally also particular particularly including
	included include across around regarding related relating strong strongly emerged emerge covered cover centred following first second third last
	response responses reply replies support supported reaction reactions contributed contribute part especially alongside attention context view views
	feeling felt feel january february march april may june july august september october november december monday tuesday wednesday
	thursday friday saturday sunday teams slack`)

// traced tells whether the words of a sentence stand in the lines behind it,
// rare words counting for more.
func (w *Writer) traced(sentence string, lines []int) bool {
	have := map[string]bool{}
	for _, i := range lines {
		for _, s := range w.c.Lines[i].Stems {
			have[s] = true
		}
	}
	var got, all float64
	for _, x := range text.Words(sentence) {
		for part := range strings.SplitSeq(x, "-") {
			if !text.IsContent(part) || reporting[part] {
				continue
			}
			s := w.c.Stemmer.Stem(part)
			weight := w.rarity(s)
			all += weight
			if have[s] {
				got += weight
			}
		}
	}
	return all == 0 || got/all >= 0.72
}

// rarity weighs a stem by how few people use it.
func (w *Writer) rarity(stem string) float64 {
	return math.Log(float64(1+len(w.c.Lines))/float64(1+len(w.users[stem]))) + 1
}
