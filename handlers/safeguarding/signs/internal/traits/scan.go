package traits

import (
	"fmt"

	"cymar/handlers/safeguarding/signs/internal/lexicon"
	"cymar/handlers/safeguarding/signs/internal/reading"
)

// sentence is a sentence with the phrases in it, or several joined.
type sentence struct {
	words    []reading.Word
	items    []item
	frames   frames
	question bool
	shout    bool
	whole    bool
}

// item is a phrase of a known concept, or a word of none.
type item struct {
	concepts []lexicon.Concept
	at, len  int // in words
	quoted   bool
	inner    bool // it lies inside a longer phrase, or across the end of one
}

// frames are the kinds of talk that a sentence shows.
type frames uint32

const (
	practice frames = 1 << iota
	training
	policy
	scenario
	tech
	leave
	laugh
	past
	wellNow
	now
	self
	kin
	patient
	someone
	people
	said
	supporting
	idiom
	meeting
	thanks
	urgent
	unreach
	safeguard
	abuse
	leisure
	food
)

// concepts are the ones that features are built around.
type concepts struct {
	frame []frames // by concept
	core  []bool   // by concept
}

var frameNames = map[string]frames{
	"PRACTICE": practice, "TRAINING": training, "POLICY": policy, "SCENARIO": scenario, "TECH": tech, "LEAVE": leave,
	"LAUGH": laugh, "PAST": past, "YEAR": past, "WELLNOW": wellNow, "NOW": now, "I": self, "MYSELF": self, "MY": self, "SUIC_SELF": self,
	"KIN": kin, "CASE": patient, "SOMEONE": someone, "PEOPLE": people, "SAID": said, "SUPPORTING": supporting,
	"IDIOM": idiom, "MEETING": meeting, "THANKS": thanks, "URGENT": urgent, "UNREACH": unreach, "SAFEG": safeguard,
	"ABUSE": abuse, "HE": kin, "SUIC_OTHER": kin, "LEISURE": leisure, "FOOD": food, "DAILY": food, "WORKLIFE": meeting,
}

var coreNames = []string{
	"SUIC_SELF", "SUIC_OTHER", "SUIC_WORD", "DIE", "NOTEXIST", "NOPOINT", "BURDEN", "HARM_SELF", "PILLS", "HEIGHT", "RAIL",
	"WATER", "ROPE", "BLADE", "GUN", "VEHICLE", "TAKE", "STOCK", "GOODBYE", "NOTE", "AFFAIRS", "PLAN", "END", "CONT", "GONE",
	"VOICES", "LOW", "LOST", "ABUSE", "IDIOM", "LIVE", "WANT", "CANT", "FUTURELESS", "DISCOVERY", "CALM", "FINAL", "ATEDGE", "AFTERME",
	"FOLLOW", "REGRET", "METHODQ", "ENDTIRED", "DAILY",
}

func findConcepts(lex *lexicon.Lexicon) (concepts, error) {
	c := concepts{frame: make([]frames, lex.Len()), core: make([]bool, lex.Len())}
	for name, f := range frameNames {
		id, ok := lex.Concept(name)
		if !ok {
			return c, fmt.Errorf("traits: the lexicon has no concept %s", name)
		}
		c.frame[id] = f
	}
	core, err := lookUp(lex, coreNames)
	if err != nil {
		return c, err
	}
	for _, id := range core {
		c.core[id] = true
	}
	return c, nil
}

func lookUp(lex *lexicon.Lexicon, names []string) ([]lexicon.Concept, error) {
	out := make([]lexicon.Concept, 0, len(names))
	for _, name := range names {
		id, ok := lex.Concept(name)
		if !ok {
			return nil, fmt.Errorf("traits: the lexicon has no concept %s", name)
		}
		out = append(out, id)
	}
	return out, nil
}

// scan finds the phrases of a sentence, the longest first from the left.
func (r *Reader) scan(s reading.Sentence, welsh bool) sentence {
	out := sentence{words: s.Words, question: s.Question, shout: s.Shout}
	words, stems := make([]string, len(s.Words)), make([]string, len(s.Words))
	for i, w := range s.Words {
		words[i], stems[i] = w.Text, w.Stem
	}
	covered, closed := 0, 0
	for i := range words {
		m := r.lex.Find(words[i:], stems[i:], welsh)
		it := item{concepts: m.Concepts, at: i, len: max(m.Len, 1), quoted: s.Words[i].Quoted, inner: i < covered}
		if it.inner && m.Len == 0 {
			continue
		}
		if !it.inner {
			covered = i + it.len
			for _, c := range m.Concepts {
				out.frames |= r.c.frame[c]
				if r.c.frame[c]&idiom != 0 {
					closed = covered
				}
			}
		} else if i < closed {
			continue
		}
		out.items = append(out.items, it)
	}
	return out
}

// windows divides a long sentence; a short one comes back alone.
func (s sentence) windows() []sentence {
	if len(s.words) <= windowWords+windowStep/2 {
		return []sentence{s}
	}
	out := []sentence{}
	for from := 0; ; from += windowStep {
		to := min(from+windowWords, len(s.words))
		out = append(out, s.cut(from, to))
		if to == len(s.words) {
			return out
		}
	}
}

func (s sentence) cut(from, to int) sentence {
	out := sentence{words: s.words[from:to], frames: s.frames, question: s.question && to == len(s.words), shout: s.shout}
	for _, it := range s.items {
		if it.at >= from && it.at+it.len <= to {
			it.at -= from
			out.items = append(out.items, it)
		}
	}
	return out
}

// join makes one piece of several sentences.
func join(all []sentence) sentence {
	var out sentence
	for _, s := range all {
		for _, it := range s.items {
			it.at += len(out.words)
			out.items = append(out.items, it)
		}
		out.words = append(out.words[:len(out.words):len(out.words)], s.words...)
		out.frames |= s.frames
		out.question = s.question
		out.shout = out.shout || s.shout
	}
	return out
}
