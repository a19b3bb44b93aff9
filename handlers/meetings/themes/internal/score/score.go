package score

import (
	"slices"
	"strings"

	"cymar/handlers/meetings/themes"
	"cymar/handlers/meetings/themes/text"
)

// Figures are the measures of one overview. All but the last two lie between 0
// and 1; what each means stands in docs/decisions/0005-drawing-themes.md.
type Figures struct {
	Found, Heavy, Right  float64 // share of gold themes found, of those with weight 3, and of written themes that are right
	B3                   float64 // B-cubed F1 of the grouping
	Named, Titled, Told  float64 // share of gold themes whose keywords are in the paragraph, the title, the text
	Requested, Shared    float64 // F1 of the lists
	Questions, Actions   float64
	Noise                float64 // share of the cited messages that are small talk
	R1                   float64 // words in common with the facilitator's text (F1)
	Leaks, Length, Count float64 // what gives somebody away; words; themes
}

// Of measures an overview of a chat.
func Of(c Chat, o themes.Overview) Figures {
	gold, ours := goldSets(c), ourSets(o)
	w := overlaps(gold, ours)
	pairs := match(w)
	f := Figures{B3: bcubed(gold, ours), Count: float64(len(o.Themes))}
	heavy := 0
	for i, j := range pairs {
		t := c.Gold.Themes[i]
		ok := j >= 0 && w[i][j] >= 0.5
		if t.Weight == 3 {
			heavy++
			f.Heavy += one(ok)
		}
		f.Found += one(ok)
		if j >= 0 && w[i][j] > 0 {
			f.Named += one(f.naming(t, o.Themes[j]))
			f.Titled += one(titles(t, o.Themes[j].Title))
		}
		f.Told += one(holds(o.Text(), t.Keywords))
	}
	n := float64(len(gold))
	f.Right = f.Found / max(1, float64(len(ours)))
	f.Found, f.Heavy, f.Named, f.Titled, f.Told = f.Found/n, f.Heavy/float64(max(1, heavy)), f.Named/n, f.Titled/n, f.Told/n
	f.lists(c, o)
	f.Noise, f.R1 = noise(c, ours), rouge(c.Reference, o.Text())
	f.Length, f.Leaks = float64(len(strings.Fields(o.Text()))), float64(len(Leaks(c, o)))
	return f
}

func one(ok bool) float64 {
	if ok {
		return 1
	}
	return 0
}

// naming tells whether a third of the keywords stand in the title or the first
// words of the paragraph.
func (Figures) naming(t GoldTheme, o themes.Theme) bool {
	words := strings.Fields(o.Text())
	return holds(o.Title+" "+strings.Join(words[:min(110, len(words))], " "), t.Keywords)
}

func holds(s string, keywords []string) bool {
	low, n := strings.ToLower(s), 0
	for _, k := range keywords {
		if strings.Contains(low, strings.ToLower(k)) {
			n++
		}
	}
	return 3*n >= len(keywords)
}

// titles tells whether a short title holds a keyword, or half of the content
// words of the gold title.
func titles(t GoldTheme, title string) bool {
	if len(strings.Fields(title)) > 9 {
		return false
	}
	low := strings.ToLower(title)
	if slices.ContainsFunc(t.Keywords, func(k string) bool { return strings.Contains(low, strings.ToLower(k)) }) {
		return true
	}
	st := text.NewStemmer()
	want, have, n := set(st.Content(t.Title)), set(st.Content(title)), 0
	for w := range want {
		n += int(one(have[w]))
	}
	return 2*n >= len(want)
}

func (f *Figures) lists(c Chat, o themes.Overview) {
	f.Requested = itemF1(c.Gold.Requested, o.Requested)
	f.Shared = itemF1(c.Gold.Shared, o.Shared)
	f.Questions = itemF1(c.Gold.Questions, o.Questions)
	f.Actions = itemF1(c.Gold.Actions, o.Actions)
}

// itemF1 pairs the items of two lists that share a message, if ours does not
// cite many more.
func itemF1(gold []Item, ours []themes.Item) float64 {
	if len(gold)+len(ours) == 0 {
		return 1
	}
	if len(gold) == 0 || len(ours) == 0 {
		return 0
	}
	w := make([][]float64, len(gold))
	for i, g := range gold {
		w[i] = make([]float64, len(ours))
		for j, o := range ours {
			a, b := set(g.Messages), set(o.Messages)
			w[i][j] = one(common(a, b) > 0 && len(b) <= min(2*len(a)+1, len(a)+6))
		}
	}
	hits := 0.0
	for i, j := range match(w) {
		if j >= 0 {
			hits += w[i][j]
		}
	}
	return 2 * hits / float64(len(gold)+len(ours))
}

func noise(c Chat, ours []map[string]bool) float64 {
	small, cited := set(c.Gold.Noise), map[string]bool{}
	for _, s := range ours {
		for id := range s {
			cited[id] = true
		}
	}
	return float64(common(small, cited)) / float64(max(1, len(cited)))
}

// rouge is the F1 of the stems that two texts have in common.
func rouge(ref, s string) float64 {
	a, b, both := counts(ref), counts(s), 0
	na, nb := 0, 0
	for w, n := range a {
		na += n
		both += min(n, b[w])
	}
	for _, n := range b {
		nb += n
	}
	return 2 * float64(both) / float64(max(1, na+nb))
}

func counts(s string) map[string]int {
	st, m := text.NewStemmer(), map[string]int{}
	for _, w := range text.Words(s) {
		m[st.Stem(w)]++
	}
	return m
}
