package reading

import (
	"strings"
	"unicode"

	"cymar/handlers/meetings/themes/text"
	"cymar/handlers/meetings/transcript"
)

// People knows the display names in a chat.
type People struct {
	tokens map[string]bool   // lower-case words of all names
	first  map[string]string // lower-case first name or surname → author, where only one has it
	own    map[string]map[string]bool
	lower  map[string]bool // words that the chat also writes in lower case
	proper map[string]bool // pairs of words that are written with capitals: names of places and services
}

func newPeople(t *transcript.Transcript) People {
	p := People{tokens: map[string]bool{}, first: map[string]string{}, own: map[string]map[string]bool{}, lower: map[string]bool{}, proper: map[string]bool{}}
	for i := range t.Messages {
		p.author(t.Messages[i].Author)
		toks := text.Tokens(t.Messages[i].Text)
		own := p.own[t.Messages[i].Author]
		for k, tok := range toks {
			if tok.Word && tok.Text == tok.Lower && !own[tok.Lower] {
				p.lower[tok.Lower] = true
			}
			if k > 0 && titled(toks[k-1]) && titled(tok) {
				p.proper[toks[k-1].Lower+" "+tok.Lower] = true
			}
		}
	}
	return p
}

// titled tells whether a word is written like a name: one capital, then small
// letters.
func titled(t text.Token) bool {
	return t.Word && len(t.Text) > 2 && unicode.IsUpper(firstRune(t.Text)) && t.Text[1:] == strings.ToLower(t.Text[1:])
}

// NamesIn tells whether a text has two words in a row that the chat writes as
// a name elsewhere.
func (p *People) NamesIn(s string) bool {
	prev := ""
	for _, w := range text.Words(s) {
		if p.proper[prev+" "+w] {
			return true
		}
		prev = w
	}
	return false
}

func (p *People) author(name string) {
	if p.own[name] != nil {
		return
	}
	own := map[string]bool{}
	p.own[name] = own
	bare, _, _ := strings.Cut(name, "(")
	for _, w := range text.Words(name) {
		for part := range strings.SplitSeq(w, "-") {
			if len(part) > 1 {
				p.tokens[part] = true
			}
		}
		p.tokens[w] = true
	}
	for _, w := range text.Words(bare) {
		if len(w) < 2 || notAName[w] {
			continue
		}
		own[w] = true
		if who, taken := p.first[w]; taken && who != name {
			p.first[w] = "" // two people share it
		} else {
			p.first[w] = name
		}
	}
}

var notAName = map[string]bool{"guest": true, "external": true, "unverified": true, "iphone": true, "ipad": true, "galaxy": true, "meeting": true,
	"room": true, "dr": true, "prof": true, "team": true, "the": true, "and": true, "of": true, "user": true, "phone": true, "laptop": true,
	"support": true, "peer": true, "nhs": true, "trust": true, "she": true, "her": true, "he": true, "him": true, "they": true, "them": true,
	"tablet": true, "desk": true, "office": true, "anonymous": true}

// IsBot tells whether a display name is that of a program.
func (p *People) IsBot(author string) bool {
	a := strings.ToLower(strings.TrimSpace(author))
	return strings.HasSuffix(a, "bot") || strings.HasPrefix(a, "slackbot") || strings.HasSuffix(a, "(app)") || strings.Contains(a, "[bot") || strings.Contains(a, "(bot") || strings.HasSuffix(a, " app")
}

// ToBot tells whether a message is a command to a program.
func (p *People) ToBot(raw string) bool {
	rest, ok := strings.CutPrefix(strings.TrimSpace(raw), "@")
	return ok && p.IsBot(leadingWord(rest))
}

// IsName tells whether a word, as written, is part of somebody's name.
func (p *People) IsName(word string) bool {
	low := text.Fold(word)
	return p.tokens[low] && !p.lower[low]
}

// In gives the lower-case words of a text that are somebody's name there: they
// begin with a capital and stand in a display name.
func (p *People) In(s string) map[string]bool {
	var out map[string]bool
	for _, t := range text.Tokens(s) {
		if t.Word && unicode.IsUpper(firstRune(t.Text)) && p.tokens[t.Lower] && p.first[t.Lower] != "" {
			if out == nil {
				out = map[string]bool{}
			}
			out[t.Lower] = true
		}
	}
	return out
}

// InLower tells whether the chat writes a word in lower case somewhere.
func (p *People) InLower(low string) bool { return p.lower[low] }

// Own tells whether a word is part of the author's own name.
func (p *People) Own(author, word string) bool { return p.own[author][text.Fold(word)] }

// Addressee gives the author whom a text speaks to by name, or "".
func (p *People) Addressee(s, author string) string {
	if i := strings.IndexByte(s, '@'); i >= 0 {
		if ws := text.Words(s[i+1:]); len(ws) > 0 {
			if who := p.first[ws[0]]; who != "" && who != author {
				return who
			}
		}
	}
	toks := text.Tokens(s)
	for i, t := range toks {
		who := p.first[t.Lower]
		if !t.Word || who == "" || who == author || p.lower[t.Lower] && !unicode.IsUpper(firstRune(t.Text)) {
			continue
		}
		if vocative(toks, i) {
			return who
		}
	}
	return ""
}

// vocative tells whether the name at i stands at an edge of a sentence, as it
// does when somebody is spoken to.
func vocative(toks []text.Token, i int) bool {
	if i > 5 && i < len(toks)-2 {
		return false
	}
	before := i == 0 || !toks[i-1].Word || politeBefore[toks[i-1].Lower]
	after := i+1 >= len(toks) || !toks[i+1].Word || i == 0
	return before && after || i+1 >= len(toks) || i == 0
}

var politeBefore = map[string]bool{"thanks": true, "thank": true, "you": true, "hi": true, "hello": true, "oh": true, "yes": true, "no": true, "hey": true,
	"agree": true, "sorry": true, "please": true, "that": true, "with": true, "welcome": true, "dear": true}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// Strip takes mentions and forms of address out of a text, and tells whether
// there were any.
func (p *People) Strip(s, author string) (string, bool) {
	addressed := false
	if strings.IndexByte(s, '@') >= 0 {
		s, addressed = p.stripMentions(s)
	}
	return s, addressed || p.Addressee(s, author) != ""
}

// Unname takes names of people in the chat from the beginning and the end of
// a sentence, where they only say who is spoken to.
func (p *People) Unname(s string) string {
	f := strings.Fields(s)
	for len(f) > 1 && p.called(f[len(f)-1]) {
		f = f[:len(f)-1]
	}
	for len(f) > 1 && p.called(f[0]) && !verbAfter(f[1]) {
		f = f[1:]
	}
	return strings.Trim(strings.Join(f, " "), " ,-–")
}

// called tells whether a word, as written, is somebody's first name or
// surname.
func (p *People) called(word string) bool {
	w := strings.Trim(word, ",.!?:;")
	low := text.Fold(w)
	_, known := p.first[low]
	return known && unicode.IsUpper(firstRune(w)) && !p.lower[low]
}

// verbAfter tells whether a name is the subject of a sentence and not an
// address.
func verbAfter(word string) bool {
	switch strings.ToLower(word) {
	case "is", "was", "has", "had", "said", "says", "and", "on", "from", "will", "did", "does", "ended", "asked", "wrote", "mentioned", "talked", "spoke":
		return true
	}
	return false
}

func (p *People) stripMentions(s string) (string, bool) {
	var b strings.Builder
	found := false
	for {
		i := strings.IndexByte(s, '@')
		if i < 0 {
			b.WriteString(s)
			return b.String(), found
		}
		b.WriteString(s[:i])
		rest := s[i+1:]
		n := p.nameLength(rest)
		found = found || n > 0
		s = rest[n:]
	}
}

// nameLength gives how many bytes at the start of a text are a name.
func (p *People) nameLength(s string) int {
	n := 0
	for n < len(s) {
		word := leadingWord(s[n:])
		if word == "" || !p.tokens[text.Fold(word)] && !strings.EqualFold(word, "peerbot") {
			break
		}
		n += len(word)
		for n < len(s) && (s[n] == ' ' || s[n] == ',' && n+1 < len(s) && s[n+1] == ' ' && p.tokens[text.Fold(leadingWord(s[n+2:]))]) {
			n++
		}
	}
	return n
}

func leadingWord(s string) string {
	for i, r := range s {
		if !unicode.IsLetter(r) && r != '\'' && r != '’' && r != '-' {
			return s[:i]
		}
	}
	return s
}

// ProperIn gives the names of places and services in a text: words in a row
// that the chat writes with capitals.
func (p *People) ProperIn(s string) []string {
	var out []string
	ws := text.Words(s)
	for i := 1; i < len(ws); i++ {
		if two := ws[i-1] + " " + ws[i]; p.proper[two] {
			out = append(out, two)
		}
	}
	return out
}
