// Package traits turns a message into the features that the guard's model
// weighs. A message is judged in pieces (each sentence, neighbouring
// sentences together, windows of long ones, and a short message whole), so
// that one line in the middle of a long message counts as much as the line
// alone.
package traits

import (
	"cymar/handlers/safeguarding/signs/internal/lexicon"
	"cymar/handlers/safeguarding/signs/internal/reading"
	"cymar/text/linear"
)

// Sizes of the pieces, in words.
const (
	windowWords = 22 // of a window of a long sentence
	windowStep  = 11
	pairWords   = 34 // two sentences longer than this together are not joined
	wholeWords  = 44 // a message longer than this is not judged whole
	maxPieces   = 4000
)

// Reader makes features. It is safe for use by many goroutines at once.
type Reader struct {
	lex     *lexicon.Lexicon
	senses  *lexicon.Senses
	speller *reading.Speller
	c       concepts
}

// Piece is a part of a message with its features.
type Piece struct {
	Features []linear.Feature
	Words    []reading.Word
	Whole    bool // the piece is the whole message
}

// Message is a message in pieces.
type Message struct {
	Pieces []Piece
	Lang   string
}

// New loads what reading needs.
func New() (*Reader, error) {
	lex, err := lexicon.Load()
	if err != nil {
		return nil, err
	}
	senses, err := lexicon.LoadSenses()
	if err != nil {
		return nil, err
	}
	known := func(w string) bool { return lex.Known(w) || senses.Known(w) }
	r := &Reader{lex: lex, senses: senses, speller: reading.NewSpeller(known)}
	if r.c, err = findConcepts(lex); err != nil {
		return nil, err
	}
	return r, nil
}

// Read divides a message into pieces and describes each.
func (r *Reader) Read(raw string) Message {
	m := r.speller.Read(raw)
	out := Message{Lang: m.Lang}
	scanned := make([]sentence, len(m.Sentences))
	var around frames
	for i, s := range m.Sentences {
		scanned[i] = r.scan(s, m.Welsh)
		around |= scanned[i].frames
	}
	for _, p := range pieces(scanned) {
		d := describer{r: r, piece: p, around: around, welsh: m.Welsh}
		out.Pieces = append(out.Pieces, Piece{Features: d.features(), Words: p.words, Whole: p.whole})
	}
	return out
}

// pieces are the parts in which a message is judged.
func pieces(all []sentence) []sentence {
	var out []sentence
	words := 0
	for i, s := range all {
		words += len(s.words)
		out = append(out, s.windows()...)
		if i > 0 && len(all[i-1].words)+len(s.words) <= pairWords {
			out = append(out, join(all[i-1:i+1]))
		}
		if len(out) > maxPieces {
			break
		}
	}
	switch {
	case len(all) == 1:
		out[0].whole = true
	case len(all) > 2 && words <= wholeWords:
		out = append(out, join(all))
		fallthrough
	case len(all) == 2 && words <= pairWords:
		out[len(out)-1].whole = true
	}
	return out
}
