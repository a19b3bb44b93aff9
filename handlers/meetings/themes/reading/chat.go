// Package reading goes through a transcript once and notes for each message
// what a facilitator sees at a glance: who answers whom, what it is about,
// whether it is small talk, and whether it may be retold at all.
package reading

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"cymar/handlers/meetings/themes/lexicon"
	"cymar/handlers/meetings/themes/text"
	"cymar/handlers/meetings/transcript"
)

// Options say what the reader cannot know from the transcript.
type Options struct {
	Guard    func(text string) string // level of danger or personal data: "", "N", "R", "A", "S" or "P"; nil: own rules only
	LeaveOut []string                 // display names of people who asked to be left out
	Omit     map[string]bool          // IDs of messages to be left out
}

// Line is a message with what was noted about it.
type Line struct {
	ID     string
	Author string
	At     time.Time
	Clean  string // without addresses, emoji, chat markup and names of people
	Raw    string

	Sentences []text.Sentence
	Words     []string // of Clean, hyphenated ones apart
	Stems     []string // of Words
	Content   []string // stems of the words that carry meaning
	Topics    []TopicWeight
	Cues      Cues

	Parent    int  // index of the line it answers, or -1
	Linked    bool // the platform said so; otherwise Parent comes from a name in the text
	Replies   int
	Likes     int // all reactions but laughter
	Laughs    int
	Question  bool
	Welsh     bool
	Link      bool // holds a web address
	File      bool // names a file
	Pasted    bool // several lines, or a long quotation
	Addressed bool // speaks to somebody by name

	Bot    bool
	Gone   bool   // deleted, left out: nothing of it is used anywhere
	Small  bool   // small talk: greetings, thanks, sound trouble, jokes, procedure
	Host   bool   // written by somebody who leads the meeting
	Closed string // why it must not be retold, or ""
	Echoed bool   // others quote its words, so that it would be recognised
	Wary   bool   // tells of its writer, or finds fault with where they work: only what is general in it may be retold
	Story  bool   // tells a story of its writer
	Level  string // of danger: "R", "A", "S", or ""
}

// TopicWeight is how much a line says about a topic of the lexicon.
type TopicWeight struct {
	Topic  int
	Weight float64
}

// Cues counts the kinds of phrases in a line.
type Cues map[string]int

// Chat is a transcript that has been read.
type Chat struct {
	Transcript *transcript.Transcript
	Lines      []Line
	Start, End time.Time
	People     People
	Lexicon    *lexicon.Lexicon
	Stemmer    *text.Stemmer

	cues *lexicon.Cues
	byID map[string]int
}

// Read notes everything about a transcript.
func Read(t *transcript.Transcript, opt Options) *Chat {
	c := &Chat{Transcript: t, Lexicon: lexicon.Default(), Stemmer: text.NewStemmer(), cues: lexicon.DefaultCues(), byID: map[string]int{}}
	c.People = newPeople(t)
	c.span()
	c.Lines = make([]Line, len(t.Messages))
	for i := range t.Messages {
		c.byID[t.Messages[i].ID] = i
		c.Lines[i] = c.line(&t.Messages[i])
	}
	c.dropUnmet()
	c.dropLoneHints()
	c.link()
	c.hosts()
	c.private(opt)
	c.small()
	return c
}

// Index gives the index of a message's line.
func (c *Chat) Index(id string) (int, bool) {
	i, ok := c.byID[id]
	return i, ok
}

// Familiar tells whether a lower-case word is a term of the lexicon, though no
// dictionary may have it.
func (c *Chat) Familiar(word string) bool { return c.Lexicon.Has(c.Stemmer.Stem(word)) }

// span takes the meeting's times from the transcript, or else from the first
// and last message.
func (c *Chat) span() {
	c.Start, c.End = c.Transcript.Start, c.Transcript.End
	ms := c.Transcript.Messages
	if len(ms) == 0 {
		return
	}
	if c.Start.IsZero() {
		c.Start = ms[0].At
	}
	if c.End.IsZero() || c.End.Before(c.Start) {
		c.End = ms[len(ms)-1].At
	}
}

func (c *Chat) line(m *transcript.Message) Line {
	l := Line{ID: m.ID, Author: m.Author, At: m.At, Raw: m.Text, Parent: -1, Gone: m.Deleted}
	l.Bot = m.Bot || c.People.IsBot(m.Author)
	cleaned := text.Clean(m.Text)
	l.Clean, l.Addressed = c.People.Strip(cleaned, m.Author)
	l.Clean = roomLabel.ReplaceAllString(l.Clean, "")
	l.Sentences = text.Sentences(l.Clean)
	l.Words = lexicon.SplitWords(l.Clean)
	l.Stems = make([]string, len(l.Words))
	names := c.People.In(l.Clean)
	for i, w := range l.Words {
		l.Stems[i] = c.Stemmer.Stem(w)
		if text.IsContent(w) && !names[w] {
			l.Content = append(l.Content, l.Stems[i])
		}
	}
	l.Topics = c.topics(&l)
	l.Cues = c.cueClasses(&l)
	l.Welsh = text.IsWelsh(l.Clean)
	l.Link, l.File = text.HasLink(m.Text) || len(m.Links) > 0, text.HasFile(m.Text)
	l.Pasted = strings.Count(strings.TrimSpace(m.Text), "\n") >= 2
	for k := range l.Sentences {
		s := &l.Sentences[k]
		s.Text = c.People.Unname(s.Text)
		if s.End == 0 && asks(s.Text) || s.End == '.' && asksYesOrNo(s.Text) {
			s.End = '?'
		}
		l.Question = l.Question || s.End == '?'
	}
	for _, r := range m.Reactions {
		if isLaugh(r.Name) {
			l.Laughs += r.Count
		} else {
			l.Likes += r.Count
		}
	}
	return l
}

// asksYesOrNo tells whether a sentence that ends like a statement has the order
// of a question all the same: "can you claim travel while you wait."
func asksYesOrNo(s string) bool {
	ws := lexicon.CueWords(text.Words(s))
	return len(ws) > 4 && questionVerb[ws[0]] && asked[ws[1]]
}

// asks tells whether a sentence without a closing mark is a question by the
// order of its words.
func asks(s string) bool {
	ws := lexicon.CueWords(text.Words(s))
	if len(ws) > 0 && (ws[0] == "so" || ws[0] == "and" || ws[0] == "but") {
		ws = ws[1:]
	}
	if len(ws) < 3 {
		return false
	}
	switch ws[0] {
	case "whats", "whos", "wheres", "hows", "whens":
		return true
	case "what", "who", "where", "how", "when", "why":
		return questionVerb[ws[1]]
	}
	return questionVerb[ws[0]] && questionSubject[ws[1]]
}

var (
	questionVerb    = wordSet("is are do does did can could would should has have was were will")
	asked           = wordSet("you u we they i anyone anybody people others there") // "do it" and "have a look" are no questions
	questionSubject = wordSet("you u we they it i anyone anybody people others there that the a an someone somebody your our peers psws")
)

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// roomLabel is what people put before the report of a breakout room.
var roomLabel = regexp.MustCompile(`(?i)^(?:(?:break ?out )?(?:room|group|table|team)\s*#?\d+(?:\s*here)?\s*[-–:.,]?\s+|#?\d{1,2}[.:)]\s+)`)

func isLaugh(name string) bool {
	switch strings.Trim(name, ":") {
	case "laugh", "joy", "laughing", "rolling_on_the_floor_laughing", "rofl", "grin", "smile", "sweat_smile", "smiley", "😂", "🤣", "😆", "😄":
		return true
	}
	return false
}

func (c *Chat) topics(l *Line) []TopicWeight {
	var out []TopicWeight
	seen := map[int]int{}
	for _, h := range c.Lexicon.Find(l.Words, l.Stems) {
		if k, ok := seen[h.Topic]; ok {
			out[k].Weight += h.Weight / 2 // the second term of a topic says less than the first
			continue
		}
		seen[h.Topic] = len(out)
		out = append(out, TopicWeight{Topic: h.Topic, Weight: h.Weight})
	}
	return out
}

// dropUnmet takes away the topics that are only meant where the chat has a
// certain word.
func (c *Chat) dropUnmet() {
	unmet := map[int]bool{}
	for k, t := range c.Lexicon.Topics {
		unmet[k] = len(t.Needs) > 0 && !c.uses(t.Needs)
	}
	for i := range c.Lines {
		l := &c.Lines[i]
		l.Topics = slices.DeleteFunc(l.Topics, func(t TopicWeight) bool { return unmet[t.Topic] })
	}
}

// uses tells whether some line has one of the stems.
func (c *Chat) uses(stems []string) bool {
	for i := range c.Lines {
		for _, s := range c.Lines[i].Content {
			if slices.Contains(stems, s) {
				return true
			}
		}
	}
	return false
}

// dropLoneHints takes away topics that are only hinted at, unless a telling
// word of the same topic stands nearby.
func (c *Chat) dropLoneHints() {
	const near = 6
	last := make([]int, len(c.Lexicon.Topics)) // 1 + index of the last line that tells of a topic
	keep := make([]map[int]bool, len(c.Lines))
	pass := func(i int) {
		for _, t := range c.Lines[i].Topics {
			if t.Weight >= 1 {
				last[t.Topic] = i + 1
			}
		}
		for _, t := range c.Lines[i].Topics {
			if at := last[t.Topic]; at > 0 && max(at-1-i, i-at+1) <= near {
				if keep[i] == nil {
					keep[i] = map[int]bool{}
				}
				keep[i][t.Topic] = true
			}
		}
	}
	for i := range c.Lines {
		pass(i)
	}
	clear(last)
	for i := len(c.Lines) - 1; i >= 0; i-- {
		pass(i)
	}
	for i := range c.Lines {
		l := &c.Lines[i]
		l.Topics = slices.DeleteFunc(l.Topics, func(t TopicWeight) bool { return !keep[i][t.Topic] })
	}
}

// owned takes the "'s" from the nouns of people's families and neighbours, so
// that "my lad's back" speaks of "my lad".
func owned(words []string) []string {
	var out []string
	for i, w := range words {
		base, ok := strings.CutSuffix(w, "'s")
		if !ok || i == 0 || words[i-1] != "my" && words[i-1] != "our" && words[i-1] != "his" && words[i-1] != "her" {
			continue
		}
		if out == nil {
			out = slices.Clone(words)
		}
		out[i] = base
	}
	if out == nil {
		return words
	}
	return out
}

func (c *Chat) cueClasses(l *Line) Cues {
	var out Cues
	for _, cue := range c.cues.Find(lexicon.CueWords(owned(l.Words))) {
		if (cue.Class == "carry" || cue.Class == "greet") && cue.At > 0 {
			continue // only what a message begins with
		}
		if cue.Class == "deliver" && cue.At > 6 && len(l.Words) > 14 {
			continue
		}
		if cue.Class == "shift" && cue.At > 8 {
			continue
		}
		if out == nil {
			out = Cues{}
		}
		out[cue.Class]++
	}
	if len(l.Words) > 2 && l.Words[1] == "again" && text.IsContent(l.Words[0]) {
		if out == nil {
			out = Cues{}
		}
		out["return"]++ // "keys again."
	}
	return out
}

// link finds what each line answers: by the platform's reply link, or by the
// last line of somebody it speaks to by name.
func (c *Chat) link() {
	last := map[string]int{}
	for i := range c.Lines {
		l, m := &c.Lines[i], &c.Transcript.Messages[i]
		if p, ok := c.byID[m.ReplyTo]; ok && p < i {
			l.Parent, l.Linked = p, true
		} else if who := c.People.Addressee(m.Text, m.Author); who != "" {
			if p, ok := last[who]; ok && l.At.Sub(c.Lines[p].At) < 45*time.Minute {
				l.Parent = p
			}
		}
		if l.Parent >= 0 {
			c.Lines[l.Parent].Replies++
		}
		last[m.Author] = i
	}
}
