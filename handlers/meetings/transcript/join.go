package transcript

import (
	"slices"
	"strings"
)

// join makes one chat of the pieces in which it was copied. A piece is put
// where it shares messages with what is there; what is shared is kept once.
// Gaps counts the pieces that share nothing with the others.
func join(pieces []*piece) (items []item, repeated, gaps int) {
	items = pieces[0].items
	rest := slices.Clone(pieces[1:])
	for len(rest) > 0 {
		best, most := 0, 0
		idx := indexOf(items)
		for i, p := range rest[:min(len(rest), maxChoice)] {
			if n := len(idx.matches(items, p.items)); n > most {
				best, most = i, n
			}
		}
		next := rest[best].items
		if most == 0 {
			gaps++
		}
		dup := 0
		items, dup = merge(items, next, idx.matches(items, next))
		repeated += dup
		rest = slices.Delete(rest, best, best+1)
	}
	return items, repeated, gaps
}

// index finds the items that may be copies of one.
type index struct {
	words map[string][]int // by author and first letters
	clock map[string][]int // by author and minute, for what was deleted
}

func indexOf(items []item) index {
	x := index{words: map[string][]int{}, clock: map[string][]int{}}
	for i := range items {
		k := saidKey(items[i].author, items[i].key)
		x.words[k] = append(x.words[k], i)
		if c := items[i].clockKey(); c != "" {
			x.clock[c] = append(x.clock[c], i)
		}
	}
	return x
}

func (it *item) clockKey() string {
	if !it.when.Clock {
		return ""
	}
	m := it.when.Seconds() / 60
	return personKey(it.author) + "@" + string(rune('A'+m/60)) + string(rune('A'+m%60))
}

// maxCandidates is among how many messages with the same beginning, by the
// same author, one is looked for: people write "+1" more than once.
const maxCandidates = 200

// maxChoice is up to how many pieces the next to join is chosen by what it
// shares; more are taken in the order of their names.
const maxChoice = 40

// match pairs an item of the next piece with one that is there.
type match struct{ next, have int }

// matches pairs the items in order: a later one never with an earlier one.
func (x index) matches(have, next []item) []match {
	var all []match
	last := -1
	for i := range next {
		it := &next[i]
		if it.orphan {
			continue
		}
		c := x.candidates(it)
		from, _ := slices.BinarySearch(c, last+1)
		found := -1
		for _, j := range c[from:min(len(c), from+maxCandidates)] {
			if sameMessage(&have[j], it, i == len(next)-1, j == len(have)-1) {
				found = j
				break
			}
		}
		if found >= 0 {
			all = append(all, match{i, found})
			last = found
		}
	}
	return believable(all, next)
}

func (x index) candidates(it *item) []int {
	if it.deleted {
		return x.clock[it.clockKey()]
	}
	if c := x.words[saidKey(it.author, it.key)]; len(c) > 0 {
		return c
	}
	return x.clock[it.clockKey()]
}

// believable turns away a single match of a short message, which may well be
// two people's, or one person's twice.
func believable(all []match, next []item) []match {
	if len(all) == 1 && len(next) > 1 && len([]rune(next[all[0].next].key)) < 12 {
		return nil
	}
	return all
}

// sameMessage reports two copies of one message. The last of a piece may be
// cut off, and either may have been deleted since.
func sameMessage(a, b *item, lastOfB, lastOfA bool) bool {
	if a.day.n > 0 && b.day.n > 0 && a.day.n != b.day.n || !sameClock(a, b) {
		return false
	}
	if personKey(a.author) != personKey(b.author) {
		return false
	}
	if a.deleted || b.deleted {
		return a.when.Clock && b.when.Clock && a.when.Seconds()/60 == b.when.Seconds()/60
	}
	switch {
	case a.key == b.key:
		return a.key != "" || a.text == b.text
	case lastOfB && strings.HasPrefix(a.key, b.key), lastOfA && strings.HasPrefix(b.key, a.key):
		return true
	}
	return false
}

// sameClock compares to the minute; a message under the head of another has
// no time of its own.
func sameClock(a, b *item) bool {
	if !a.at.IsZero() && !b.at.IsZero() {
		d := a.at.Sub(b.at)
		return d.Abs().Seconds() <= 60
	}
	if !a.when.Clock || !b.when.Clock || a.follows || b.follows {
		return true
	}
	d := a.when.Seconds()/60 - b.when.Seconds()/60
	return d >= -1 && d <= 1
}

// merge puts the items of the next piece between those that are there.
func merge(have, next []item, pairs []match) (all []item, repeated int) {
	if len(pairs) == 0 {
		return mergeApart(have, next)
	}
	h := 0
	pair := 0
	for i := range next {
		it := next[i]
		bound := len(have)
		if pair < len(pairs) {
			bound = pairs[pair].have
		}
		if pair < len(pairs) && pairs[pair].next == i {
			all = append(all, have[h:bound]...)
			all = append(all, both(have[bound], it))
			h, pair = bound+1, pair+1
			repeated++
			continue
		}
		if it.orphan && heldNear(have, bound, it) {
			repeated++
			continue
		}
		for h < bound && compareWhen(&have[h], &it) <= 0 && (have[h].when.Clock || pair == len(pairs)) {
			all = append(all, have[h])
			h++
		}
		all = append(all, it)
	}
	return append(all, have[h:]...), repeated
}

// heldNear reports that what an orphan says stands at the end of a message
// that was copied whole elsewhere, shortly before the place where it belongs.
func heldNear(have []item, bound int, it item) bool {
	for j := min(bound, len(have)-1); j >= max(0, bound-6); j-- {
		if it.key != "" && strings.Contains(have[j].key, it.key) {
			return true
		}
	}
	return false
}

// mergeApart places a piece that shares nothing: before or after the others
// where the days tell, else after them.
func mergeApart(have, next []item) ([]item, int) {
	if len(next) > 0 && next[0].orphan { // the end of what was copied before
		n := 0
		for n < len(next) && next[n].orphan && heldNear(have, len(have), next[n]) {
			n++
		}
		if n > 0 {
			return append(slices.Clone(have), next[n:]...), n
		}
	}
	a, b := have[0], next[len(next)-1]
	if (a.day.n > 0 && b.day.n > 0 || !a.at.IsZero() && !b.at.IsZero()) && compareWhen(&a, &b) > 0 {
		return append(slices.Clone(next), have...), 0
	}
	return append(slices.Clone(have), next...), 0
}

// both makes one item of two copies: the longer text, the higher counts, and
// deleted if either copy says so.
func both(a, b item) item {
	if len(b.key) > len(a.key) {
		a.text, a.key = b.text, b.key
	}
	for name, n := range b.reactions {
		if have := a.reactions[name]; n > have {
			a.react(name, n-have)
		}
	}
	if a.day.n == 0 {
		a.day = b.day
	}
	if a.follows && !b.follows {
		a.when, a.follows = b.when, false
	}
	if a.quoted == (quote{}) {
		a.quoted = b.quoted
	}
	if a.edited.IsZero() {
		a.edited = b.edited
	}
	a.deleted = a.deleted || b.deleted
	if a.deleted {
		a.text, a.key = "", ""
	}
	return a
}
