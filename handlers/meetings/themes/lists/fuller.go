package lists

import (
	"strings"
	"sync"
	"time"

	"cymar/handlers/meetings/themes/grammar"
)

// vague are the stems of things that need to be told of what they are.
var vague = sync.OnceValue(func() map[string]bool {
	return stems("wording text section copy link version versions details page document documents examples example list form screenshot summary results")
})

// fuller says of what a vague thing is, from what was said just before.
func (d *drawer) fuller(r resource, i int) resource {
	if !vague()[r.head] || strings.Contains(r.text, " of ") || strings.Contains(r.text, " for ") {
		return r
	}
	context := []int{i, d.c.Lines[i].Parent}
	if d.c.Lines[i].Parent < 0 {
		context[1] = i - 1
	}
	for _, k := range context {
		if k < 0 || !usable(&d.c.Lines[k]) || d.c.Lines[k].Closed != "" || d.c.Lines[i].At.Sub(d.c.Lines[k].At) > 5*time.Minute {
			continue
		}
		if of := d.termIn(k, r.head); of != "" && !strings.Contains(of, strings.TrimPrefix(strings.TrimPrefix(r.text, "the "), "an ")) {
			r.text += " of " + of
			if !strings.HasPrefix(r.text, "the ") && !strings.HasPrefix(r.text, "a") {
				r.text = "the " + r.text
			}
			r.from = append(r.from, k)
			return r
		}
	}
	return r
}

// termIn gives the first known term that a line names, with its article.
func (d *drawer) termIn(k int, but string) string {
	for _, s := range d.c.Lines[k].Sentences {
		ws := grammar.Parse(s.Text)
		for _, p := range grammar.Phrases(ws) {
			var stems []string
			for _, w := range p.Words {
				stems = append(stems, d.c.Stemmer.Stem(w.Lower))
			}
			if len(stems) < 2 || stems[len(stems)-1] == but || p.Det == "" && !p.Plural {
				continue
			}
			for _, h := range d.c.Lexicon.Find(stems, stems) {
				if h.Weight >= 1 {
					return d.rules.Thing(ws, p)
				}
			}
		}
	}
	return ""
}
