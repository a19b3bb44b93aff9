package transcript

import (
	"slices"
	"strings"

	"cymar/text"
)

// common are the words that every longer text in English or Welsh has.
var common = strings.Fields("the and to of a i is it in you we that for on have are with be this not was but as they do if so at my what " +
	"y yr yn a o i ar am mae ac ni nid dw ddim chi ti wedi gan fel sydd oes hyn hefyd ond neu bod wrth")

// languages are those in which a fair part was written, the main one first;
// none where most of it is in neither.
func languages(all []Message) []string {
	count := map[string]int{}
	for _, m := range all {
		if !m.Bot {
			count[text.Language(m.Text)]++
		}
	}
	en, cy := count[text.English], count[text.Welsh]
	switch {
	case en+cy == 0 || foreign(all):
		return nil
	case cy*20 < en || cy < 3 && en > cy:
		return []string{text.English}
	case en*20 < cy || en < 3 && cy > en:
		return []string{text.Welsh}
	case cy > en:
		return []string{text.Welsh, text.English}
	}
	return []string{text.English, text.Welsh}
}

// foreign reports a chat in which hardly one word in twenty is a common word
// of English or Welsh; one in four is usual.
func foreign(all []Message) bool {
	words, known := 0, 0
	for _, m := range all {
		for _, w := range nameWords(m.Text[:min(len(m.Text), 2000)]) {
			words++
			if slices.Contains(common, w) {
				known++
			}
		}
	}
	return words >= 100 && known*20 < words
}
