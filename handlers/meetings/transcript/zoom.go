package transcript

import (
	"regexp"
	"strings"
)

var (
	zoomReacted = regexp.MustCompile(`(?s)^(?:Reacted to|Wedi ymateb i) ["“](.*)["”] (?:with|gyda|â) (.{1,60})$`)
	zoomRemoved = regexp.MustCompile(`(?s)^Removed an? (.{1,60}) reaction from ["“](.*)["”]$`)
)

// zoomReaction counts a reaction, which Zoom saves as a message of its own,
// on the message that it is about. It reports false for any other message.
func (b *builder) zoomReaction(pars []paragraph) bool {
	if len(pars) != 1 || len(pars[0].lines) > 4 {
		return false
	}
	s := strings.TrimSpace(strings.Join(pars[0].lines, "\n"))
	words, name, n := "", "", 1
	if m := zoomReacted.FindStringSubmatch(s); m != nil {
		words, name = m[1], m[2]
	} else if m := zoomRemoved.FindStringSubmatch(s); m != nil {
		words, name, n = m[2], m[1], -1
	} else {
		return false
	}
	b.p.system++
	if i := b.latest(prefixOf(words)); i >= 0 {
		it := &b.p.items[i]
		it.react(reactionName(name), n)
		if it.reactions[reactionName(name)] <= 0 {
			delete(it.reactions, reactionName(name))
		}
	}
	return true
}

// latest is the index of the latest message that begins with these words,
// whoever wrote it; -1 where there is none. Reactions come soon, so only the
// last few hundred messages are looked at.
func (b *builder) latest(prefix string) int {
	for i := len(b.p.items) - 1; i >= max(0, len(b.p.items)-400); i-- {
		if prefix != "" && strings.HasPrefix(b.p.items[i].key, prefix) {
			return i
		}
	}
	return -1
}
