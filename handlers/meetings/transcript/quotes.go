package transcript

import (
	"strings"
	"time"
)

// editedUnknown marks a message that was edited at a time not told.
var editedUnknown = time.Unix(0, 0).UTC()

const indexLetters = 12 // of a message's words, by which it is found again

func saidKey(author, key string) string {
	n := 0
	for i := range key {
		if n == indexLetters {
			key = key[:i]
			break
		}
		n++
	}
	return personKey(author) + "|" + key
}

func (b *builder) remember(i int) {
	it := &b.p.items[i]
	k := saidKey(it.author, it.key)
	b.said[k] = append(b.said[k], i)
}

// find is the index of the latest message of an author that begins with the
// words shown; -1 where there is none. The author may be "".
func (b *builder) find(author, shown string) int {
	prefix := keyOf(strings.TrimRight(strings.TrimSpace(shown), ".…"))
	if prefix == "" {
		return -1
	}
	all := b.said[saidKey(author, prefix)]
	for i := len(all) - 1; i >= 0; i-- {
		if strings.HasPrefix(b.p.items[all[i]].key, prefix) {
			return all[i]
		}
	}
	return -1
}

// withoutQuote takes the quotation off the top of a reply: its author and
// time, and as many lines as the quoted message goes on for.
func (b *builder) withoutQuote(it *item, pars []paragraph) []paragraph {
	if len(pars) == 0 {
		return pars
	}
	par := pars[0]
	if rest, q, ok := replyingTo(par.lines); ok {
		it.quoted = q
		b.p.quotes++
		return b.shift(pars, rest)
	}
	lines := trimmed(par.lines)
	q, ok := b.quoteHead(lines)
	if !ok || len(lines) <= q.size && len(pars) < 2 {
		return pars
	}
	body := lines[q.size:]
	if q.rest != "" {
		body = append([]string{q.rest}, body...)
	}
	n := b.quotedLines(q.author, body)
	if len(body) <= n && len(pars) < 2 {
		return pars // nothing would be left
	}
	b.p.seen = append(b.p.seen, q.when)
	it.quoted = quote{author: q.author, prefix: keyOf(strings.TrimRight(strings.Join(body[:n], " "), " .…"))}
	b.p.quotes++
	return b.shift(pars, body[n:])
}

func trimmed(lines []string) []string {
	out := make([]string, len(lines))
	for i, s := range lines {
		out[i] = strings.TrimSpace(s)
	}
	return out
}

// shift puts the lines that are left in place of the first paragraph.
func (b *builder) shift(pars []paragraph, rest []string) []paragraph {
	if len(rest) == 0 {
		return pars[1:]
	}
	out := append([]paragraph{}, pars...)
	out[0].at += len(out[0].lines) - len(rest)
	out[0].lines = rest
	return out
}

// quoteHead reads the head of a quotation, in any style, and a bare name above
// words that the person is known to have written.
func (b *builder) quoteHead(lines []string) (head, bool) {
	best := head{}
	for _, h := range headsAt(lines, 0) {
		if h.style == styleAbove {
			continue
		}
		if best.style == styleNone || h.size > best.size {
			best = h
		}
	}
	if best.style == styleTwo || best.style != styleNone && b.knows(best, lines) {
		return best, true
	}
	if len(lines) >= 3 && plausibleName(lines[0]) && b.find(lines[0], lines[1]) >= 0 && len(keyOf(lines[1])) >= 6 {
		return head{size: 1, author: lines[0]}, true
	}
	return head{}, false
}

// knows reports that the words under a head on one line were said before.
func (b *builder) knows(h head, lines []string) bool {
	words := h.rest
	if words == "" && len(lines) > h.size {
		words = lines[h.size]
	}
	return b.find(h.author, words) >= 0
}

// quotedLines is how many lines the quotation takes: as long as they are the
// beginning of the message quoted, and one where that is not known.
func (b *builder) quotedLines(author string, body []string) int {
	if len(body) == 0 {
		return 0
	}
	i := b.find(author, body[0])
	if i < 0 {
		return 1
	}
	key, sum := b.p.items[i].key, ""
	n := 0
	for n < len(body)-1 || n == 0 {
		next := sum + keyOf(strings.TrimRight(body[n], " .…"))
		if !strings.HasPrefix(key, next) {
			break
		}
		n++
		if next == sum && n > 1 { // an empty line or a symbol alone
			n--
			break
		}
		sum = next
		if sum == key || strings.HasSuffix(body[n-1], "…") || strings.HasSuffix(body[n-1], "...") {
			break
		}
	}
	return max(n, 1)
}

// replyingTo reads Zoom's way of quoting: Replying to "the first words...".
func replyingTo(lines []string) (rest []string, q quote, ok bool) {
	s := strings.TrimSpace(lines[0])
	for _, mark := range []string{"Replying to ", "Yn ateb "} {
		if after, found := strings.CutPrefix(s, mark); found && quotedWhole(after) {
			return lines[1:], quote{prefix: prefixOf(after)}, true
		}
	}
	return nil, quote{}, false
}

// quotedWhole reports words between quotation marks and nothing behind them.
func quotedWhole(s string) bool {
	s = strings.TrimSpace(s)
	return len(s) > 1 && (strings.HasPrefix(s, `"`) && strings.HasSuffix(s, `"`) || strings.HasPrefix(s, "“") && strings.HasSuffix(s, "”"))
}

func prefixOf(quoted string) string {
	return keyOf(strings.TrimRight(strings.Trim(strings.TrimSpace(quoted), `"“”`), " .…"))
}
