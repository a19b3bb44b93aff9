package prose

import (
	"hash/maphash"

	"cymar/handlers/meetings/themes/reading"
	"cymar/handlers/meetings/themes/text"
)

// How many words in a row a sentence may have in common with a message that
// must not be retold, with one that tells of its writer, and with an open one:
// few where it reports what was said, more where it names what was asked.
const (
	runClosed = 5
	runWary   = 6
	runSaid   = 11
	runAsked  = 18
	runAlike  = 7 // what is better put otherwise, if it can be
)

// runs knows which words stand in a row in which kind of message.
type runs struct {
	seed maphash.Seed
	sets map[int]map[uint64]bool // length of the row → hashes
}

func newRuns(c *reading.Chat) *runs {
	r := &runs{seed: maphash.MakeSeed(), sets: map[int]map[uint64]bool{}}
	for i := range c.Lines {
		l := &c.Lines[i]
		ws := text.Words(l.Raw)
		if l.Closed != "" || l.Gone {
			r.put(ws, runClosed)
		}
		if l.Wary || ofUs(ws) || ofOneself(ws) {
			r.put(ws, runWary)
		}
		r.put(ws, runAlike)
		r.put(ws, runSaid)
		r.put(ws, runAsked)
	}
	return r
}

func (r *runs) put(ws []string, n int) {
	if r.sets[n] == nil {
		r.sets[n] = map[uint64]bool{}
	}
	for i := 0; i+n <= len(ws); i++ {
		r.sets[n][r.hash(ws[i:i+n])] = true
	}
}

func (r *runs) hash(ws []string) uint64 {
	var h maphash.Hash
	h.SetSeed(r.seed)
	for _, w := range ws {
		_, _ = h.WriteString(w)
		_ = h.WriteByte(' ')
	}
	return h.Sum64()
}

// shared tells whether n words of a text stand in a row in a message too.
func (r *runs) shared(ws []string, n int) bool {
	set := r.sets[n]
	for i := 0; len(set) > 0 && i+n <= len(ws); i++ {
		if set[r.hash(ws[i:i+n])] {
			return true
		}
	}
	return false
}

// safe tells whether a text keeps away from the words of messages: those that
// are closed, those that tell of their writer, and any other in so long a row.
func (w *Writer) safe(s string, run int) bool {
	ws := text.Words(s)
	return !w.runs.shared(ws, runClosed) && !w.runs.shared(ws, runWary) && !w.runs.shared(ws, run)
}

// ofUs tells whether a message tells what its writer's own service does, by
// which it may be known.
func ofUs(ws []string) bool {
	for _, w := range ws {
		switch w {
		case "we", "we've", "we're", "we'd", "our", "ours", "us":
			return true
		}
	}
	return false
}

// ofOneself tells whether a message says something of its writer, and be it in
// passing: "text is good with a screen reader, I use one". To think or to agree
// says nothing.
func ofOneself(ws []string) bool {
	for i, w := range ws {
		if itself[w] && (i+1 == len(ws) || !thinking[ws[i+1]]) {
			return true
		}
	}
	return false
}

var (
	itself   = set("i i'm im i've ive i'd i'll me my mine myself dwi dw rwy rwyf fy fi mi")
	thinking = set("think feel agree reckon guess suppose wonder mean say know believe")
)
