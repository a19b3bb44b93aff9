package prose

import (
	"strings"

	"cymar/handlers/meetings/themes/lexicon"
	"cymar/handlers/meetings/themes/text"
)

// openWords gives the stems of what may be retold in some lines.
func (w *Writer) openWords(lines []int) map[string]bool {
	m := map[string]bool{}
	for _, i := range lines {
		if w.c.Lines[i].Closed == "" {
			for _, s := range w.c.Lines[i].Stems {
				m[s] = true
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
