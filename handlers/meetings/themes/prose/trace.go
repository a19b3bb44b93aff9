package prose

import (
	"math"
	"slices"
	"strings"

	"cymar/handlers/meetings/themes/grammar"
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
	thursday friday saturday sunday teams slack possible commitment`)

// traced tells whether the words of a sentence stand in the lines behind it,
// rare words counting for more.
func (w *Writer) traced(sentence string, lines []int) bool {
	return w.share(sentence, lines, w.meant) >= 0.72
}

// typed tells whether the words of a sentence stand in the lines behind it as
// they were typed.
func (w *Writer) typed(sentence string, lines []int) bool {
	return w.share(sentence, lines, func(i int) []string { return w.c.Lines[i].Stems }) >= 0.72
}

// share gives how much of a sentence stands in some lines, from 0 to 1.
func (w *Writer) share(sentence string, lines []int, of func(line int) []string) float64 {
	have := map[string]bool{}
	for _, i := range lines {
		for _, s := range of(i) {
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
	if all == 0 {
		return 1
	}
	return got / all
}

// meant gives the stems of a line as it was typed and as it would be written
// out: "mins" and "minutes", "20" and "twenty".
func (w *Writer) meant(i int) []string {
	if got, ok := w.inFull[i]; ok {
		return got
	}
	l := &w.c.Lines[i]
	out := slices.Clone(l.Stems)
	for _, s := range l.Sentences {
		for _, x := range slices.Concat(grammar.Written(s.Text), grammar.Lemmas(s.Text)) {
			for part := range strings.SplitSeq(x, "-") {
				out = append(out, w.c.Stemmer.Stem(part))
			}
		}
	}
	w.inFull[i] = out
	return out
}

// rarity weighs a stem by how few people use it.
func (w *Writer) rarity(stem string) float64 {
	return math.Log(float64(1+len(w.c.Lines))/float64(1+len(w.users[stem]))) + 1
}
