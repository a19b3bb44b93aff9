package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cymar/text"
)

// Sentence is one sentence of a message.
type Sentence struct {
	Words    []Word
	Question bool // it ends with a question mark
	Shout    bool // it ends with an exclamation mark
}

// Word is one word in one spelling.
type Word struct {
	Text   string // without accents, contractions opened, slang and commonest slips written out
	Stem   string // the English stem
	Quoted bool   // it stands inside quotation marks
}

// Message is a message ready to be judged.
type Message struct {
	Sentences []Sentence
	Lang      string // text.English, text.Welsh or "" where it cannot be told
	Welsh     bool   // some of it may be Welsh
}

// Read divides a message into sentences and words. It never fails: a message
// without words has no sentences.
func (s *Speller) Read(raw string) Message {
	var m Message
	var spans []span
	var all []string
	for _, line := range lines(raw) {
		for _, sp := range sentences(text.Plain(line)) {
			spans = append(spans, sp)
			for _, p := range sp.parts {
				all = append(all, p.words...)
			}
		}
	}
	m.Lang = text.LanguageOf(all)
	m.Welsh = m.Lang == text.Welsh || hasWelsh(all)
	for _, sp := range spans {
		if words := s.words(sp, m.Lang == text.Welsh); len(words) > 0 {
			m.Sentences = append(m.Sentences, Sentence{Words: words, Question: sp.end == '?', Shout: sp.end == '!'})
		}
	}
	return m
}

// hasWelsh says whether any word is Welsh beyond doubt, as in a message that
// goes from one language to the other.
func hasWelsh(words []string) bool {
	for i := 0; i+3 <= len(words); i++ {
		if text.LanguageOf(words[i:i+3]) == text.Welsh {
			return true
		}
	}
	return len(words) < 3 && text.LanguageOf(words) == text.Welsh
}

// span is a sentence in its parts: inside and outside quotation marks.
type span struct {
	parts []part
	end   rune
}

type part struct {
	words  []string
	quoted bool
}

// sentences divides a folded line without accents. What stands in quotation
// marks stays in one piece.
func sentences(line string) []span {
	var out []span
	var sp span
	start, quote := 0, 0 // quote: where the open quotation ends, 0 for none
	flush := func(to int, quoted bool) {
		if words := text.AppendWords(nil, line[start:to]); len(words) > 0 {
			sp.parts = append(sp.parts, part{words: words, quoted: quoted})
		}
		start = to
	}
	for i, r := range line {
		switch {
		case quote > 0 && i < quote:
		case quote > 0:
			flush(i, true)
			quote = 0
		case r == '"' || r == '\'':
			if end := closing(line, i, r); end > 0 {
				flush(i, false)
				quote = end
			}
		case endsSentence(line, i, r):
			flush(i+utf8.RuneLen(r), false)
			sp.end = r
			out, sp = append(out, sp), span{}
		}
	}
	flush(len(line), false)
	return append(out, sp)
}

// closing finds where a quotation that opens at i ends; 0 when what stands
// there opens none. An apostrophe opens one only before three words or more
// and when it cannot belong to a word.
func closing(line string, i int, mark rune) int {
	if i > 0 {
		before, _ := utf8.DecodeLastRuneInString(line[:i])
		if unicode.IsLetter(before) || unicode.IsDigit(before) {
			return 0
		}
	}
	rest := line[i+1:]
	for at, tries := 0, 0; tries < maxMarks; tries++ {
		j := strings.IndexRune(rest[at:], mark)
		if j < 1 && at == 0 || j < 0 {
			return 0
		}
		at += j
		if mark == '"' || closesSingle(rest, at) {
			return i + 1 + at
		}
		at++
	}
	return 0
}

// maxMarks is how many marks are tried for the end of one quotation.
const maxMarks = 12

func closesSingle(rest string, at int) bool {
	if strings.Count(rest[:at], " ") < 2 || rest[at-1] == ' ' {
		return false
	}
	after, _ := utf8.DecodeRuneInString(rest[at+1:])
	return at+1 == len(rest) || !unicode.IsLetter(after) && !unicode.IsDigit(after)
}

// endsSentence says whether the mark at i ends a sentence: followed by a
// space or nothing, and not the point of an abbreviation.
func endsSentence(line string, i int, r rune) bool {
	if r != '.' && r != '!' && r != '?' && r != ';' {
		return false
	}
	if i+1 < len(line) && line[i+1] != ' ' && line[i+1] != '"' {
		return false
	}
	return r != '.' || !abbreviated(line[:i])
}

func abbreviated(before string) bool {
	at := strings.LastIndexByte(before, ' ') + 1
	word := before[at:]
	switch word {
	case "dr", "mr", "mrs", "ms", "prof", "st", "no", "tel", "vs", "approx", "e.g", "i.e", "d.o.b", "eg", "ie":
		return true
	}
	return len(word) == 1 && word != "i" && word[0] >= 'a'
}
