package transcript

import (
	"html"
	"strings"
	"time"
)

// isCaptions knows WebVTT by its first line and SubRip by its first time line.
func isCaptions(text string) bool {
	head := strings.TrimSpace(text[:min(len(text), 400)])
	if strings.HasPrefix(head, "WEBVTT") {
		return true
	}
	lines := strings.SplitN(head, "\n", 3)
	return len(lines) > 1 && strings.Contains(lines[1], " --> ") && strings.Trim(lines[0], "0123456789 ") == ""
}

// readCaptions reads WebVTT with voice tags, or with "Name: " before the
// words, and SubRip. A caption is a message; with turns, what one person says
// in captions that follow each other is one.
func readCaptions(text string, p *piece, o Options) error {
	p.form, p.spoken = FormVTT, true
	var block []string
	first := 1
	for n := 1; ; n++ {
		line, rest, more := strings.Cut(text, "\n")
		text = rest
		if strings.TrimSpace(line) != "" {
			if len(block) == 0 {
				first = n
			}
			block = append(block, line)
		}
		if strings.TrimSpace(line) == "" || !more {
			p.cue(block, first, o.Turns)
			block = block[:0]
		}
		if !more {
			break
		}
	}
	return nil
}

// cue reads one block: an identifier or none, the times, the words.
func (p *piece) cue(block []string, line int, turns bool) {
	if len(block) == 0 || strings.HasPrefix(block[0], "WEBVTT") || isComment(block[0]) {
		return
	}
	i := 0
	for i < len(block) && !strings.Contains(block[i], "-->") {
		i++
	}
	if i == len(block) {
		p.fault(line, BadLine)
		return
	}
	from, _, _ := strings.Cut(block[i], "-->")
	at, ok := cueTime(strings.TrimSpace(from))
	if !ok {
		p.fault(line+i, BadTime)
		return
	}
	if i == len(block)-1 {
		p.fault(line, CutOff)
		return
	}
	for _, v := range voices(strings.Join(block[i+1:], " ")) {
		p.say(v, at, line+i, turns)
	}
}

func isComment(s string) bool {
	return strings.HasPrefix(s, "NOTE") || strings.HasPrefix(s, "STYLE") || strings.HasPrefix(s, "REGION")
}

func (p *piece) say(v voice, at time.Duration, line int, turns bool) {
	if v.text == "" {
		return
	}
	last := len(p.items) - 1
	if v.name == "" && last >= 0 {
		v.name = p.items[last].author // a caption without a name goes on
	}
	if v.name == "" {
		p.fault(line, NoName)
		return
	}
	if turns && last >= 0 && p.items[last].author == v.name {
		p.items[last].text += " " + v.text
		return
	}
	p.add(item{author: v.name, text: v.text, line: line, at: time.Time{}.Add(at)})
}

// cueTime reads 00:01:02.345, 01:02.345 and 00:01:02,345.
func cueTime(s string) (time.Duration, bool) {
	s = strings.ReplaceAll(s, ",", ".")
	whole, frac, _ := strings.Cut(s, ".")
	var total time.Duration
	parts := strings.Split(whole, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	for _, part := range parts {
		n, w := leadingNumber(part)
		if w == 0 || w != len(part) || w > 4 {
			return 0, false
		}
		total = total*60 + time.Duration(n)*time.Second
	}
	if ms, w := leadingNumber((frac + "000")[:3]); w == 3 {
		total += time.Duration(ms) * time.Millisecond
	}
	return total, total < 48*time.Hour
}

type voice struct{ name, text string }

// voices divides the words of a caption by who says them.
func voices(s string) []voice {
	var all []voice
	cur := voice{}
	push := func() {
		cur.text = strings.Join(strings.Fields(clean(html.UnescapeString(cur.text))), " ")
		if cur.text != "" {
			all = append(all, cur)
		}
		cur = voice{}
	}
	tagged := false
	for {
		before, rest, found := strings.Cut(s, "<")
		cur.text += before
		if !found {
			break
		}
		tag, after, closed := strings.Cut(rest, ">")
		if !closed {
			cur.text += rest
			break
		}
		if name, ok := voiceName(tag); ok {
			push()
			cur.name, tagged = name, true
		}
		s = after
	}
	push()
	if !tagged {
		for i := range all {
			all[i].name, all[i].text = spokenName(all[i].text)
		}
	}
	return all
}

// voiceName reads "v Name" and "v.loud Name".
func voiceName(tag string) (string, bool) {
	class, name, found := strings.Cut(tag, " ")
	if !found || class != "v" && !strings.HasPrefix(class, "v.") {
		return "", false
	}
	return strings.TrimSpace(clean(html.UnescapeString(name))), true
}

// spokenName reads the name before the first colon, where it looks like one.
func spokenName(s string) (name, text string) {
	name, text, found := strings.Cut(s, ": ")
	if !found || !plausibleName(name) || len(strings.Fields(outsideBrackets(name))) > 5 {
		return "", s
	}
	return name, text
}
