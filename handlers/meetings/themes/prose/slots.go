package prose

import (
	"strings"

	"cymar/handlers/meetings/themes/lexicon"
	"cymar/handlers/meetings/themes/text"
)

// openWords gives the stems of what may be retold in some lines, and those
// terms of the field that at least two people use, whatever else they say.
func (w *Writer) openWords(lines []int) map[string]bool {
	m := map[string]bool{}
	by := map[string]string{} // term → who used it first
	for _, i := range lines {
		l := &w.c.Lines[i]
		for _, s := range l.Stems {
			who, used := by[s]
			if l.Closed == "" || softly(l) && used && who != l.Author && w.c.Lexicon.Has(s) {
				m[s] = true
			}
			if !used && (l.Closed == "" || softly(l)) {
				by[s] = l.Author
			}
		}
	}
	return m
}

// fill words a text with slots in the words of a theme.
func (w *Writer) fill(template string, said map[string]bool) string {
	s := lexicon.Fill(template, func(option string) bool {
		for _, x := range lexicon.SplitWords(text.Fold(option)) {
			if text.IsContent(x) && !reporting[x] && !said[w.c.Stemmer.Stem(x)] {
				return false
			}
		}
		return true
	})
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "{P}", w.peers())), " ")
}

// peers is what the meeting calls peer workers.
func (w *Writer) peers() string {
	if w.voices("psw")+w.voices("psws") >= 2 {
		return "PSWs"
	}
	return "peer workers"
}
