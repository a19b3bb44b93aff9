package prose

import (
	"strings"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/lists"
)

// material says what was asked for, shared and promised.
func (w *Writer) material(f *frames) Paragraph {
	var p Paragraph
	f.run = runAsked
	defer func() { f.run = runSaid }()
	asked, lines := w.whats(w.lists.Requested, 5)
	if len(asked) > 0 {
		p.add(w, f, Sentence{Text: "Requests were made for " + list(asked) + ".", Lines: lines})
	}
	shared, lines := w.whats(w.lists.Shared, 4)
	if len(shared) > 0 {
		verb := " were shared."
		if len(shared) == 1 && !pluralThing(shared[0]) {
			verb = " was shared."
		}
		p.add(w, f, Sentence{Text: list(shared) + verb, Lines: lines})
	}
	w.stillOpen(&p, f)
	if acts, lines := w.actions(4); len(acts) == 1 {
		p.add(w, f, Sentence{Text: "One agreed action was " + acts[0] + ".", Lines: lines})
	} else if len(acts) > 1 {
		p.add(w, f, Sentence{Text: "Agreed actions included " + list(acts) + ".", Lines: lines})
	}
	for _, s := range p.Sentences {
		p.Lines = append(p.Lines, s.Lines...)
	}
	return p
}

// stillOpen names the questions without an answer that no paragraph has told.
func (w *Writer) stillOpen(p *Paragraph, f *frames) {
	var xs []string
	var lines []int
	hedged := true
	for _, q := range w.lists.Questions {
		if q.Loose || !indirect(q.What) || ofTheRoom(q.What) || len(xs) == 2 || w.c.Lines[q.Lines[0]].Closed != "" || w.told(f, q.What) || !w.traced(q.What, q.Lines) || !w.safe(q.What, runAsked) {
			continue
		}
		xs, lines = append(xs, q.What), append(lines, q.Lines...)
		hedged = hedged && len(q.Lines) > 1
	}
	if len(xs) == 0 {
		return
	}
	end := "."
	if hedged { // somebody answered each, but not with certainty
		end = ", and no one could say for sure."
	}
	p.add(w, f, Sentence{Text: "Participants also asked " + list(xs) + end, Lines: lines})
}

// told tells whether some sentence has most of the words of a text.
func (w *Writer) told(f *frames, s string) bool {
	stems := w.saidStems(s)
	for _, old := range f.said {
		n := 0
		for x := range stems {
			if old[x] {
				n++
			}
		}
		if 3*n >= 2*len(stems) {
			return true
		}
	}
	return false
}

// pluralThing tells whether a thing with its article is several: "the slides
// of the talk".
func pluralThing(s string) bool {
	for _, cut := range []string{" for ", " of ", " on ", " with ", " from ", " about "} {
		s, _, _ = strings.Cut(s, cut)
	}
	return strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss") || strings.Contains(s, " and ")
}

// whats gives the wording of up to n items.
func (w *Writer) whats(items []lists.Item, n int) ([]string, []int) {
	var xs []string
	var lines []int
	seen := map[string]bool{}
	for _, it := range items {
		if len(xs) == n || it.What == "" || it.What == "a link" || seen[it.Head] {
			continue
		}
		seen[it.Head] = true
		xs = append(xs, it.What)
		lines = append(append(lines, it.Lines...), it.From...)
	}
	return xs, lines
}

// actions words the promises as gerunds.
func (w *Writer) actions(n int) ([]string, []int) {
	var xs []string
	var lines []int
	for _, it := range w.lists.Actions {
		verb, rest, _ := strings.Cut(it.What, " ")
		if len(xs) == n || words(it.What) < 3 || strings.Contains(" "+rest+" ", " it ") || strings.HasPrefix(rest, "that ") {
			continue
		}
		xs = append(xs, strings.TrimSpace(grammar.Ing(verb)+" "+rest))
		lines = append(append(lines, it.Lines...), it.From...)
	}
	return xs, lines
}
