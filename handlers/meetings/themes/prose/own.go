package prose

import (
	"regexp"

	"cymar/handlers/meetings/themes/reading"
	"cymar/handlers/meetings/themes/text"
)

// own tells whether a message tells of its writer, of where they work or of one
// person they know, and be it in passing: by its words they could be known.
func own(l *reading.Line) bool {
	ws := text.Words(l.Raw)
	return l.Wary || ofUs(ws) || ofOneself(ws) || ofSomebody(ws)
}

// ofUs tells whether a message tells what its writer's own service does.
func ofUs(ws []string) bool { return anyIn(ws, us) }

// ofSomebody tells whether a message tells of one person: "man came out with no
// prescription".
func ofSomebody(ws []string) bool { return anyIn(ws, somebody) }

func anyIn(ws []string, of map[string]bool) bool {
	for _, w := range ws {
		if of[w] {
			return true
		}
	}
	return false
}

// ofOneself tells whether a message says something of its writer: "text is good
// with a screen reader, I use one". To think or to agree says nothing.
func ofOneself(ws []string) bool {
	for i, w := range ws {
		if itself[w] && (i+1 == len(ws) || !thinking[ws[i+1]]) {
			return true
		}
	}
	return false
}

var (
	us       = set("we we've we're we'd we'll our ours us here ni ein yma")
	itself   = set("i i'm im i've ive i'd i'll me my mine myself dwi dw rwy rwyf fy fi mi")
	somebody = set("he he's he'd him his she she's she'd her hers man woman lady lad chap bloke fella girl boy guy")
	thinking = set("think feel agree reckon guess suppose wonder mean say know believe")
)

// unquoted leaves out what a sentence quotes, where its message tells of its
// writer: what they were called or told is how colleagues would know them.
func unquoted(l *reading.Line, sentence string) string {
	if !own(l) {
		return sentence
	}
	return quoted.ReplaceAllString(sentence, "")
}

var quoted = regexp.MustCompile(`"[^"]*"?`)
