package themes

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/reading"
	"cymar/handlers/meetings/themes/text"
	"cymar/handlers/meetings/transcript"
)

// RiskKind says what may be wrong with a piece of the text.
type RiskKind string

// The kinds of risks.
const (
	RiskName       RiskKind = "name"       // part of a display name, or somebody named in the chat
	RiskPlace      RiskKind = "place"      // a trust, ward, town or service as the chat writes it
	RiskContact    RiskKind = "contact"    // phone number, e-mail address, link, NHS number, initials
	RiskHealth     RiskKind = "health"     // words of somebody's own health or family
	RiskWords      RiskKind = "words"      // runs along a message that must not be retold
	RiskSingle     RiskKind = "single"     // rests on one person alone
	RiskNumber     RiskKind = "number"     // a figure: it may point at somebody
	RiskUntraced   RiskKind = "untraced"   // no message bears it out
	RiskDeleted    RiskKind = "deleted"    // rests on a message that was withdrawn since
	RiskDisclosure RiskKind = "disclosure" // the safeguarding guard would catch it
)

// Risk is one thing for the facilitator to settle before publishing.
type Risk struct {
	Kind      RiskKind
	Paragraph int      // index into the text's paragraphs, the title being 0
	Text      string   // the words in question, as they stand in the overview
	Messages  []string // for a single-contributor point: the messages behind it
}

// Risks reads the text that is about to be published, whether drawn here or
// edited by the facilitator, against the transcript. published is the text with
// a blank line between paragraphs; o may be the zero value where only a text is
// left. It gives every risk once, in the order of the text.
func Risks(t transcript.Transcript, opt Options, o Overview, published string) []Risk {
	d := read(t, opt)
	c := checker{drawing: d, guard: opt.Guard, title: wordSet(t.Title)}
	var out []Risk
	paras := strings.Split(published, "\n\n")
	for k, p := range paras {
		first := k == 0 || k == 1 && strings.Contains(p, "|")
		for _, r := range c.paragraph(p, first) {
			r.Paragraph = k
			out = append(out, r)
		}
	}
	return append(out, c.evidence(o, paras)...)
}

type checker struct {
	drawing
	guard func(string) string
	title map[string]bool
}

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range text.Words(s) {
		m[w] = true
	}
	return m
}

var (
	phoneRE    = regexp.MustCompile(`(?:\+44[ -]?|\b0)\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b`)
	nhsRE      = regexp.MustCompile(`\b\d{3} ?\d{3} ?\d{4}\b`)
	emailRE    = regexp.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`)
	initialsRE = regexp.MustCompile(`\b(?:[A-Z]\.){2,}`)
	figureRE   = regexp.MustCompile(`\b\d+(?:[.,]\d+)*%?`)
)

// paragraph gives the risks in the words of one paragraph. The title and the
// date line may hold figures and the name of the space.
func (c checker) paragraph(p string, head bool) []Risk {
	var out []Risk
	add := func(kind RiskKind, s string) {
		if !slices.ContainsFunc(out, func(r Risk) bool { return r.Kind == kind && r.Text == s }) {
			out = append(out, Risk{Kind: kind, Text: s})
		}
	}
	for _, re := range []*regexp.Regexp{phoneRE, nhsRE, emailRE, initialsRE} {
		for _, s := range re.FindAllString(p, -1) {
			add(RiskContact, s)
		}
	}
	if text.HasLink(p) {
		add(RiskContact, "link")
	}
	c.names(p, add)
	if head {
		return out
	}
	for _, s := range figureRE.FindAllString(p, -1) {
		add(RiskNumber, s)
	}
	for _, s := range sentences(p) {
		c.sentence(s, add)
	}
	return out
}

// names finds capitals that belong to somebody or somewhere.
func (c checker) names(p string, add func(RiskKind, string)) {
	start := true
	for _, t := range text.Tokens(p) {
		if !t.Word {
			start = start || t.Text == "." || t.Text == "?" || t.Text == "!" || t.Text == "“" || t.Text == "\""
			continue
		}
		first := start
		start = false
		r := []rune(t.Text)
		if !unicode.IsUpper(r[0]) || c.title[t.Lower] || grammar.Capital(t.Lower) || len(r) < 3 {
			continue
		}
		switch {
		case c.chat.People.IsName(t.Text) && !(first && grammar.Common(t.Lower)):
			add(RiskName, t.Text)
		case !first && !grammar.Common(t.Lower) && strings.ToUpper(t.Text) != t.Text:
			add(RiskPlace, t.Text)
		}
	}
	if c.chat.People.NamesIn(p) {
		for _, s := range c.chat.People.ProperIn(p) {
			if !c.inTitle(s) {
				add(RiskPlace, s)
			}
		}
	}
}

func (c checker) inTitle(s string) bool {
	for _, w := range text.Words(s) {
		if !c.title[w] {
			return false
		}
	}
	return true
}

// sentence finds what tells of somebody.
func (c checker) sentence(s string, add func(RiskKind, string)) {
	if c.guard != nil {
		if level := c.guard(s); level != "" && level != "N" {
			add(RiskDisclosure, s)
		}
	}
	if reading.TellsOfHealth(s) {
		add(RiskHealth, s)
	}
	ws := text.Words(s)
	for i := range c.chat.Lines {
		l := &c.chat.Lines[i]
		if (l.Closed != "" || l.Gone) && run(ws, text.Words(l.Raw), 5) {
			add(RiskWords, s)
			return
		}
	}
}

// run tells whether n words stand in a row in both.
func run(a, b []string, n int) bool {
	for i := 0; i+n <= len(a); i++ {
		for j := 0; j+n <= len(b); j++ {
			if slices.Equal(a[i:i+n], b[j:j+n]) {
				return true
			}
		}
	}
	return false
}

// evidence finds the sentences that rest on one person, on a message that is
// gone, or on none.
func (c checker) evidence(o Overview, paras []string) []Risk {
	var out []Risk
	for _, part := range o.parts() {
		for _, s := range part.Sentences {
			k := slices.IndexFunc(paras, func(p string) bool { return strings.Contains(p, s.Text) })
			if k < 0 {
				continue
			}
			if kind, ids := c.behind(s); kind != "" {
				out = append(out, Risk{Kind: kind, Paragraph: k, Text: s.Text, Messages: ids})
			}
		}
	}
	return out
}

// parts gives the paragraphs of which each sentence has its own evidence.
func (o Overview) parts() []Part {
	var out []Part
	for _, t := range o.Themes {
		if !t.Hidden {
			out = append(out, t.Part)
		}
	}
	return out
}

func (c checker) behind(s Sentence) (RiskKind, []string) {
	who := map[string]bool{}
	for _, id := range s.Messages {
		i, ok := c.chat.Index(id)
		if !ok || c.chat.Lines[i].Gone {
			return RiskDeleted, []string{id}
		}
		who[c.chat.Lines[i].Author] = true
	}
	switch len(who) {
	case 0:
		return RiskUntraced, nil
	case 1:
		return RiskSingle, s.Messages
	}
	return "", nil
}

func sentences(p string) []string {
	var out []string
	for _, s := range text.Sentences(p) {
		out = append(out, s.Text)
	}
	return out
}
