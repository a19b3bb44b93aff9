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
		if own(l) {
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
