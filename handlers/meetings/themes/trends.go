package themes

import (
	"cmp"
	"slices"

	"cymar/handlers/meetings/themes/lexicon"
)

// Trend is how often a topic came up over several meetings. It holds counts and
// no words of anybody.
type Trend struct {
	Key          string
	Title        string
	Meetings     int // in how many of the meetings it was a theme
	Of           int // how many meetings were looked at
	Contributors int // the sum over the meetings; somebody may be counted in each
	Last         int // index of the last meeting in which it was a theme
}

// Mark is what is kept of a theme when its meeting's messages are purged.
type Mark struct {
	Key          string
	Contributors int
}

// Marks gives what is kept of an overview for trends: keys and counts, hidden
// themes and those without a key left out.
func (o Overview) Marks() []Mark {
	var out []Mark
	for _, t := range o.Themes {
		if t.Hidden || t.Key == "" {
			continue
		}
		if k := slices.IndexFunc(out, func(m Mark) bool { return m.Key == t.Key }); k >= 0 {
			out[k].Contributors = max(out[k].Contributors, t.Contributors)
			continue
		}
		out = append(out, Mark{Key: t.Key, Contributors: t.Contributors})
	}
	return out
}

// Recurring counts over meetings, oldest first, how often each topic was a
// theme: most often first, then by contributors, then by key.
func Recurring(meetings [][]Mark) []Trend {
	by := map[string]*Trend{}
	for i, marks := range meetings {
		for _, m := range marks {
			t := by[m.Key]
			if t == nil {
				t = &Trend{Key: m.Key, Title: TopicTitle(m.Key), Of: len(meetings)}
				by[m.Key] = t
			}
			t.Meetings++
			t.Contributors += m.Contributors
			t.Last = i
		}
	}
	out := make([]Trend, 0, len(by))
	for _, t := range by {
		out = append(out, *t)
	}
	slices.SortFunc(out, func(a, b Trend) int {
		return cmp.Or(cmp.Compare(b.Meetings, a.Meetings), cmp.Compare(b.Contributors, a.Contributors), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// TopicTitle gives the lexicon's title of a key, or the key itself. A drawn
// theme's own title may be more particular.
func TopicTitle(key string) string {
	lx := lexicon.Default()
	if i, ok := lx.ByKey(key); ok {
		return lexicon.Fill(lx.Topics[i].Title, func(string) bool { return true })
	}
	return key
}
