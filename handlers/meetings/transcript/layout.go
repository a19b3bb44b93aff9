package transcript

import (
	"slices"
	"strings"
)

// layout is what was learned about a text: where its messages begin, and what
// stands around them.
type layout struct {
	style    style
	heads    []head
	previews bool // a line "words of the message by Name" stands above each head
	spaced   bool // a blank line stands above each head
}

// learn finds the style that explains most of the text, and its heads.
func learn(lines []string) layout {
	var by [styleCount][]head
	for i := range lines {
		for _, h := range headsAt(lines, i) {
			by[h.style] = append(by[h.style], h)
		}
	}
	best, most := styleNone, 0.0
	for s := styleZoom; s < styleCount; s++ {
		by[s] = usualSigns(by[s])
		if v := evidence(by[s]); v > most*1.05 {
			best, most = s, v
		}
	}
	l := layout{style: best, heads: by[best]}
	l.learnSurroundings(lines)
	return l
}

// usualSigns keeps the heads that look like the others: one that is alone in
// its look is more likely a line that somebody typed.
func usualSigns(heads []head) []head {
	count := map[string]int{}
	most := 0
	for _, h := range heads {
		count[h.sign]++
		most = max(most, count[h.sign])
	}
	return slices.DeleteFunc(heads, func(h head) bool {
		return count[h.sign] < most && (count[h.sign] < 2 || count[h.sign]*20 < most)
	})
}

// evidence weighs heads: a name that comes again counts twice as much.
func evidence(heads []head) float64 {
	count := map[string]int{}
	for _, h := range heads {
		count[h.author]++
	}
	v := 0.0
	for _, h := range heads {
		switch {
		case h.style == styleZoom:
			v += 1.5 // nothing else looks like that
		case count[h.author] > 1:
			v++
		default:
			v += 0.5
		}
	}
	return v
}

// learnSurroundings finds out what stands above the heads and drops those
// that lack it: they are quotations in a message.
func (l *layout) learnSurroundings(lines []string) {
	inset := 0
	for _, h := range l.heads {
		if h.inset {
			inset++
		}
	}
	if inset*4 < len(l.heads) { // what stands further in is text
		l.keep(func(i int) bool { return !l.heads[i].inset })
	}
	previews, blanks := 0, 0
	for _, h := range l.heads {
		if previewAbove(lines, h) {
			previews++
		}
		if h.at == 0 || strings.TrimSpace(lines[h.at-1]) == "" {
			blanks++
		}
	}
	n := len(l.heads)
	l.previews = n >= 3 && previews*10 >= n*6
	l.spaced = !l.previews && blanks*10 >= n*9 || blanks*10 >= n*7 && l.style == styleTwo && !l.previews
	switch {
	case l.previews:
		l.keep(func(i int) bool { return previewAbove(lines, l.heads[i]) || l.open(lines, i) })
	case !l.spaced && blanks*10 >= n*6:
		l.keepKnown(lines)
	case l.spaced && n >= 3:
		l.keep(func(i int) bool { return l.heads[i].at == 0 || strings.TrimSpace(lines[l.heads[i].at-1]) == "" })
	}
}

// keepKnown drops heads without a blank line above whose author stands above
// no other message: "Doors open, 13:30" in an agenda.
func (l *layout) keepKnown(lines []string) {
	known := map[string]bool{}
	blank := func(i int) bool { return l.heads[i].at == 0 || strings.TrimSpace(lines[l.heads[i].at-1]) == "" }
	for i := range l.heads {
		known[l.heads[i].author] = known[l.heads[i].author] || blank(i)
	}
	l.keep(func(i int) bool { return blank(i) || known[l.heads[i].author] })
}

func (l *layout) keep(want func(i int) bool) {
	var kept []head
	for i := range l.heads {
		if want(i) {
			kept = append(kept, l.heads[i])
		}
	}
	l.heads = kept
}

// open reports that a head comes after some text, not right after another.
func (l *layout) open(lines []string, i int) bool {
	if i == 0 {
		return true
	}
	for _, s := range lines[l.heads[i-1].at+l.heads[i-1].size : max(l.heads[i].at, l.heads[i-1].at+l.heads[i-1].size)] {
		if strings.TrimSpace(s) != "" {
			return true
		}
	}
	return false
}

// previewAbove reports a line above the head that ends with its author's name
// after some words: "afternoon! Bev, peer lead ... by Bev Jollands".
func previewAbove(lines []string, h head) bool {
	if h.at == 0 {
		return false
	}
	_, ok := previewOf(lines[h.at-1], h.author)
	return ok
}

// previewOf is the words of a preview line, without the author's name, the
// word before it, and the mark of a reply.
func previewOf(s, author string) (string, bool) {
	words, found := strings.CutSuffix(strings.TrimSpace(s), " "+author)
	if !found {
		return "", false
	}
	i := strings.LastIndexByte(words, ' ')
	if i < 0 {
		return "", false
	}
	switch words[i+1:] {
	case "by", "gan", "from", "oddi", "wrth":
	default:
		return "", false
	}
	words = strings.TrimSpace(words[:i])
	for _, mark := range []string{"Begin Reference, ", "Dechrau'r Cyfeirnod, ", "Dechrau Cyfeirnod, "} {
		words = strings.TrimPrefix(words, mark)
	}
	return strings.TrimRight(words, " .…"), true
}
