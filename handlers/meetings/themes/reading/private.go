package reading

import (
	"regexp"
	"strings"
	"time"
	"unicode"

	"cymar/handlers/meetings/themes/lexicon"
	"cymar/handlers/meetings/themes/text"
)

// Reasons why a line must not be retold. They are keys, not words for people.
const (
	ReasonDeleted    = "deleted"
	ReasonLeftOut    = "left-out"
	ReasonDanger     = "danger"
	ReasonIdentifier = "identifier"
	ReasonPersonal   = "personal"
	ReasonPointing   = "points-at-somebody"
	ReasonConfiding  = "confided"
	ReasonEmployer   = "own-employer"
	ReasonElsewhere  = "other-business"
)

// private marks what must not be retold: what was withdrawn, what the guard
// caught, and what tells of somebody. When in doubt a line is closed: the
// point it makes can still be told if others make it too.
func (c *Chat) private(opt Options) {
	out := c.optedOut(opt)
	for i := range c.Lines {
		l := &c.Lines[i]
		switch {
		case l.Gone:
			l.Closed = ReasonDeleted
		case out[l.Author], opt.Omit[l.ID]:
			l.Gone, l.Closed = true, ReasonLeftOut
		case l.Bot:
		default:
			c.guard(l, opt)
			if l.Closed == "" {
				l.Closed = c.reason(l)
			}
			l.Story = tellsStory(l)
			l.Wary = l.Story || speaksMuch(l) || blamesOwn(l)
		}
	}
	c.shelter()
	c.echoes()
}

// echoes marks the lines whose words somebody else repeats in quotation marks:
// they have struck people, and would be recognised.
func (c *Chat) echoes() {
	const back = 60
	for i := range c.Lines {
		for _, q := range quotations(c.Lines[i].Clean) {
			for k := i - 1; k >= 0 && k >= i-back; k-- {
				if l := &c.Lines[k]; l.Author != c.Lines[i].Author && strings.Contains(" "+strings.Join(l.Words, " ")+" ", " "+q+" ") {
					l.Echoed, c.Lines[i].Echoed = true, true
				}
			}
		}
	}
}

// quotations gives what stands in quotation marks, of three words and more.
func quotations(s string) []string {
	var out []string
	for k, part := range strings.Split(s, `"`) {
		if k%2 == 0 {
			continue
		}
		if ws := lexicon.SplitWords(part); len(ws) >= 3 {
			out = append(out, strings.Join(ws, " "))
		}
	}
	return out
}

// optedOut gives the people who asked to be left out, before or in the chat.
func (c *Chat) optedOut(opt Options) map[string]bool {
	out := map[string]bool{}
	for _, n := range opt.LeaveOut {
		out[n] = true
	}
	for i := range c.Lines {
		l := &c.Lines[i]
		if l.Cues["optout"] > 0 && !l.Bot && !(l.Host && l.Cues["host"] > 0) && speaksOfSelf(l.Words) {
			out[l.Author] = true
		}
	}
	return out
}

// guard asks the safeguarding rules, and its own few where there are none.
func (c *Chat) guard(l *Line, opt Options) {
	level := ""
	if opt.Guard != nil {
		level = opt.Guard(l.Raw)
	}
	if level == "" || level == "N" {
		level = ""
		if l.Cues["crisis"] > 0 && speaksOfSelf(l.Words) && !strings.ContainsRune(l.Clean, '"') {
			level = "R"
		}
	}
	switch level {
	case "":
	case "P":
		l.Level, l.Closed = level, ReasonIdentifier
	default:
		l.Level, l.Closed = level, ReasonDanger
	}
}

// worry is somebody in danger: who, and from when on.
type worry struct {
	author string
	at     time.Time
}

// Around a message of somebody in danger, what they and others write belongs
// to it for so long.
const (
	nearDanger = 12 * time.Minute
	pastDanger = time.Hour
)

// shelter closes what is said to or about somebody in danger. The guard would
// rather be wrong than miss one, so that what it takes for danger closes other
// messages only where something else speaks for it too.
func (c *Chat) shelter() {
	var worries []worry
	for i := range c.Lines {
		l := &c.Lines[i]
		if l.Level == "R" && c.confirmed(i) {
			worries = append(worries, worry{l.Author, l.At})
			continue
		}
		for len(worries) > 0 && l.At.Sub(worries[0].at) > pastDanger {
			worries = worries[1:]
		}
		for _, w := range worries {
			if l.Level == "" {
				c.keepWith(l, w)
			}
		}
	}
}

// confirmed tells whether danger shows in the words of a line, or in how
// others answer it.
func (c *Chat) confirmed(i int) bool {
	l := &c.Lines[i]
	if l.Cues["crisis"] > 0 || l.Cues["struggling"] > 0 && speaksOfSelf(l.Words) {
		return true
	}
	for k := i + 1; k < len(c.Lines) && c.Lines[k].At.Sub(l.At) < nearDanger; k++ {
		o := &c.Lines[k]
		if o.Author != l.Author && (o.Cues["sympathy"] > 0 || o.Cues["private"] > 0) && (c.names(o, l.Author) || o.Parent == i || k == i+1) {
			return true
		}
	}
	return false
}

// keepWith closes a line that belongs to somebody's danger.
func (c *Chat) keepWith(l *Line, w worry) {
	after := l.At.Sub(w.at)
	if after > pastDanger || l.Gone {
		return
	}
	own := l.Author == w.author
	named := c.names(l, w.author) || l.Parent >= 0 && c.Lines[l.Parent].Level == "R"
	quiet := after < nearDanger && (l.Cues["sympathy"] > 0 || strings.Contains(l.Raw, "999") || strings.Contains(l.Clean, "the person"))
	if !own && !named && !quiet {
		return
	}
	l.Closed, l.Small = ReasonDanger, true
	switch {
	case own && after < nearDanger:
		l.Level = "R"
	case own:
		l.Gone = true
	}
}

// names tells whether a line names an author by first name or surname.
func (c *Chat) names(l *Line, author string) bool {
	for _, w := range l.Words {
		if c.People.Own(author, w) {
			return true
		}
	}
	return false
}

var selfWords = wordSet("i i'n i'm im i've ive i'd i'll my me mine myself dwi dw o'n fi fy")

func speaksOfSelf(words []string) bool {
	for _, w := range words {
		if selfWords[w] {
			return true
		}
	}
	return false
}

// reason judges a line by what it tells of people.
func (c *Chat) reason(l *Line) string {
	self := speaksOfSelf(l.Words)
	switch {
	case c.identifies(l):
		return ReasonIdentifier
	case otherBusiness(l):
		return ReasonElsewhere
	case l.Cues["family"] > 0, self && (l.Cues["health"] > 0 || l.Cues["struggling"] > 0):
		return ReasonPersonal
	case l.Cues["confess"] > 0 && (self || l.Cues["confess"]+l.Cues["struggling"] > 1):
		return ReasonConfiding
	case l.Cues["pointing"] > 0 || aboutOnePerson(l):
		return ReasonPointing
	case l.Cues["confess"] > 0:
		return ReasonEmployer
	}
	return ""
}

// tellsStory tells whether a line tells a story of its writer: a first person
// with the past or a number.
func tellsStory(l *Line) bool {
	first, past, figure := 0, 0, false
	for _, w := range l.Words {
		switch {
		case selfWords[w]:
			first++
		case w == "was" || w == "had" || w == "were" || w == "got" || w == "did" || w == "felt" || w == "went" || w == "been" || strings.HasSuffix(w, "ed") && len(w) > 4:
			past++
		case unicode.IsDigit(rune(w[0])):
			figure = true
		}
	}
	return first > 0 && (past > 0 || figure)
}

// speaksMuch tells whether a line speaks of its writer over and over.
func speaksMuch(l *Line) bool {
	first := 0
	for _, w := range l.Words {
		if selfWords[w] {
			first++
		}
	}
	return first > 2
}

// aboutOnePerson tells whether a line speaks of a single person by "he" or
// "she".
func aboutOnePerson(l *Line) bool {
	for _, w := range l.Words {
		switch w {
		case "he", "she", "him", "his", "her", "hers", "he's", "she's", "hes", "shes", "he'd", "she'd", "herself", "himself":
			return true
		}
	}
	return false
}

var ownThings = wordSet("ours our my mine")

var blame = wordSet(`never nobody no not don't doesn't won't can't isn't wasn't dont doesnt wont cant refused ignored banned closed cut cuts lost stopped only
	without broken late locked behind worse worst awful terrible wrong fails failed failing left excluded denied laughed bullied broke invented`)

// blamesOwn tells whether a line finds fault with where its writer works.
func blamesOwn(l *Line) bool {
	own, bad := false, false
	for _, w := range l.Words {
		own = own || ownThings[w]
		bad = bad || blame[w]
	}
	return own && bad
}

// otherBusiness tells whether a line is a paste from another meeting.
func otherBusiness(l *Line) bool {
	low := strings.ToLower(l.Raw)
	return l.Pasted && (strings.Contains(low, "minutes of") || strings.Contains(low, "aob") || strings.Contains(low, "item 4"))
}

var (
	phoneRE    = regexp.MustCompile(`(?:^|\D)(?:\+44[ -]?|0)\d{2,4}[ -]?\d{3}[ -]?\d{3,4}(?:\D|$)`)
	nhsRE      = regexp.MustCompile(`\b\d{3} \d{3} \d{4}\b`)
	emailRE    = regexp.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`)
	initialsRE = regexp.MustCompile(`\b(?:[A-Z]\.){2,}|\b(?:pt|patient|client|lady|man|chap|bed \d+)\s+[A-Z]{2}\b`)
	bareInits  = regexp.MustCompile(`\b[A-Z]{2}\b[^.]{0,40}\b(?:ward|bed|meds|section|yn|group|admitted|asking|flat|flats)\b`)
	shortName  = regexp.MustCompile(`\b[A-Z][a-z]+ [A-Z]\b\.?`)
)

// identifies tells whether a line holds something that identifies a person.
func (c *Chat) identifies(l *Line) bool {
	if phoneRE.MatchString(l.Raw) || nhsRE.MatchString(l.Raw) || emailRE.MatchString(l.Raw) || initialsRE.MatchString(l.Raw) {
		return true
	}
	if m := bareInits.FindString(l.Raw); m != "" && !commonInits[m[:2]] {
		return true
	}
	return shortName.MatchString(l.Raw) && (strings.Contains(l.Raw, "ward") || strings.Contains(l.Raw, "bed") || strings.Contains(l.Raw, "brother") || strings.Contains(l.Raw, "meds"))
}

var commonInits = map[string]bool{"HR": true, "IT": true, "AI": true, "JD": true, "GP": true, "LE": true, "UK": true, "IG": true, "OT": true, "PE": true, "RE": true, "OK": true, "TV": true, "PS": true, "OH": true, "QI": true, "AL": true, "ED": true, "DJ": true, "PR": true, "PA": true, "CV": true, "EU": true, "US": true, "PC": true, "TO": true, "NO": true, "IS": true, "SO": true, "MY": true, "WE": true, "IF": true, "DO": true, "IN": true, "ON": true, "OR": true, "AM": true, "PM": true, "MP": true, "VR": true, "YP": true, "SU": true, "MH": true, "PW": true, "CN": true, "TA": true}

// TellsOfHealth tells whether a text speaks of one person's own illness,
// treatment or family, and not of health in general.
func TellsOfHealth(s string) bool {
	ws := lexicon.SplitWords(text.Fold(s))
	self, single := false, false
	for i, w := range ws {
		self = self || selfWords[w]
		one := w == "one" && i+1 < len(ws) && (ws[i+1] == "participant" || ws[i+1] == "person" || ws[i+1] == "worker" || ws[i+1] == "psw")
		single = single || one || w == "he" || w == "she" || w == "his" || w == "her"
	}
	if !self && !single {
		return false
	}
	for _, cue := range lexicon.DefaultCues().Find(lexicon.CueWords(ws)) {
		if cue.Class == "health" || cue.Class == "family" || cue.Class == "struggling" {
			return true
		}
	}
	return false
}
