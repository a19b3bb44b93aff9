package lists

import (
	"regexp"
	"sort"
	"strings"
	"time"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/lexicon"
	"cymar/handlers/meetings/themes/reading"
)

// most is how many open questions are kept, by score.
const most = 6

// questions finds what was asked of the room and left open.
func (d *drawer) questions() []Item {
	var items []Item
	for i := range d.c.Lines {
		l := &d.c.Lines[i]
		if !usable(l) || !l.Question || l.Small || l.At.Before(d.c.Start) {
			continue
		}
		if _, isRequest := d.asked[i]; isRequest {
			continue
		}
		if item, ok := d.open(i); ok {
			items = append(items, item)
		}
	}
	sort.SliceStable(items, func(a, b int) bool { return items[a].Score > items[b].Score })
	if len(items) > most {
		items = items[:most]
	}
	sort.SliceStable(items, func(a, b int) bool { return items[a].Lines[0] < items[b].Lines[0] })
	return items
}

// open judges one question.
func (d *drawer) open(i int) (Item, bool) {
	l := &d.c.Lines[i]
	q := lead.ReplaceAllString(lastQuestion(l), "")
	if q == "" || len(l.Content) < 2 || suggests(q) || l.Cues["tech"] > 0 || favour(q) {
		return Item{}, false
	}
	item := Item{Lines: []int{i}, Score: d.weigh(l, q)}
	n, hedged := d.answers(i)
	if hedged >= 0 {
		item.Lines = append(item.Lines, hedged)
	}
	switch {
	case hedged >= 0 && n == 0:
		item.Score += 1
	case hedged >= 0:
		item.Score += 0.3
	case n == 0:
		item.Score += 0.6
	default:
		item.Score -= 0.4 * float64(n)
	}
	what, ok := d.rules.Ask(strings.Replace(q, " I wonder", "", 1))
	if ok {
		item.Score += 0.2
	} else {
		if what, item.Loose = d.about(i, q), true; l.Closed != "" {
			return Item{}, false // neither turned round nor to be quoted
		}
	}
	item.What = what
	return item, item.Score >= 0.9 && item.What != ""
}

// lead is what joins a question to what was said before it.
var lead = regexp.MustCompile(`(?i)^(?:as in|i mean|so|and|but|also),? `)

// favour tells whether somebody is asked to do something at once: "can people
// mute please", "could you send it".
func favour(q string) bool {
	low := strings.ToLower(q)
	for _, p := range []string{"could you ", "would you ", "will you ", "can everyone ", "can everybody "} {
		if strings.HasPrefix(low, p) {
			return true
		}
	}
	return strings.Contains(low, " please") && (strings.HasPrefix(low, "can ") || strings.HasPrefix(low, "could "))
}

// suggests tells whether a question is a proposal in disguise.
func suggests(q string) bool {
	low := strings.ToLower(strings.ReplaceAll(q, "’", "'"))
	for _, p := range []string{"could we ", "can we ", "shall i", "shall we", "should i ", "would it help", "why can't", "why don't", "why not", "how on earth", "how about", "we could", "could i ", "can i ", "am i ", "any chance"} {
		if strings.HasPrefix(low, p) || strings.Contains(low, " "+p) && p != "can i " && p != "am i " {
			return true
		}
	}
	return false
}

// lastQuestion gives the question that a line ends on, or its longest.
func lastQuestion(l *reading.Line) string {
	best := ""
	for _, s := range l.Sentences {
		if s.End == '?' && len(strings.Fields(s.Text)) >= 4 && len(s.Text) > len(best) {
			best = s.Text
		}
	}
	return best
}

// Questions that seek a fact, those that seek experience, and those that are
// no questions to the room.
var (
	factual    = []string{" does anyone", " has anyone", " has anybody", " does anybody", " is there", " are there", " who ", " whose ", " would it ", " would there", " whether ", " anyone know", " any money", " is it ", " is an ", " is a ", " is the ", " does the ", " does a ", " would ", " should ", " can ", " how does ", " how would ", " is that written", " which "}
	experience = []string{" how do people", " how do others", " how do you", " how are ", " what do people", " what do folk", " what do others", " do people ", " do others ", " what would help", " how would people", " what about ", " do you ", " did you", " have you ", " are you ", " how long", " what hours"}
	rhetorical = []string{" isn't it", " aren't we", " do you mean", " so what", " why bother", " to who ", " to whom", " what's the point", " who knew", " or what", " really", " you mean", " does that ring", " ring true", " is that safer", " so is that", " why would ", " why should "}
)

// weigh is how much a question sounds like one put to the room.
func (d *drawer) weigh(l *reading.Line, q string) float64 {
	low := " " + strings.ToLower(strings.ReplaceAll(q, "’", "'")) + " "
	s := 0.0
	switch {
	case containsAny(low, experience):
	case containsAny(low, factual), yesOrNo[first(strings.Fields(low))]:
		s = 0.5
	}
	if l.Cues["unsure"] > 0 {
		s += 0.4 // whoever asks has looked already
	}
	if containsAny(low, rhetorical) {
		s -= 0.7
	}
	if l.Addressed && l.Parent >= 0 && s > 0 {
		s -= 0.2
	}
	if l.Host {
		s -= 0.3
	}
	if l.Closed != "" {
		s -= 0.2
	}
	return s
}

// yesOrNo are words with which a question to be answered by yes or no begins.
var yesOrNo = map[string]bool{"is": true, "are": true, "does": true, "do": true, "has": true, "have": true, "will": true, "who": true, "whose": true, "would": true}

func containsAny(s string, of []string) bool {
	for _, p := range of {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// answers counts the lines that answer a question, and gives the one that
// answers it only in part, or -1.
func (d *drawer) answers(i int) (int, int) {
	q := &d.c.Lines[i]
	n, hedged := 0, -1
	for k := i + 1; k < len(d.c.Lines) && k <= i+8; k++ {
		l := &d.c.Lines[k]
		if l.Gone || l.Bot || l.Author == q.Author || l.At.Sub(q.At) > 10*time.Minute {
			continue
		}
		direct, loose := l.Parent == i, alongside(l, q)
		switch {
		case !direct && l.Cues["shift"] > 0:
			return n, hedged
		case (direct || k <= i+2) && looksInto(l):
			if hedged < 0 {
				hedged = k // somebody will find out: it is open until then
			}
		case (direct || k <= i+2) && promises(l):
			n++ // somebody takes it on
		case direct && says(l, "nobody") && says(q, "who"):
			hedged = k
		case (direct || k <= i+2 && loose) && (l.Cues["unsure"] > 0 || l.Cues["follow"] > 0):
			if hedged < 0 {
				hedged = k
			}
		case direct && !l.Question, !direct && d.answersTo(q, l, k-i):
			n++
		}
	}
	return n, hedged
}

// alongside tells whether a line answers nothing by a link, or only the head of
// the thread in which the question was put.
func alongside(l, q *reading.Line) bool {
	return l.Parent < 0 || l.Parent == q.Parent
}

// answersTo tells whether a line that is not linked to a question, so many
// lines later, reads like an answer to it.
func (d *drawer) answersTo(q, l *reading.Line, later int) bool {
	if l.Small || l.Question || !alongside(l, q) || later > 6 {
		return false
	}
	shared := common(q.Content, l.Content)
	answerish := l.Cues["agree"] > 0 || speaksFor(l.Words)
	switch later {
	case 1:
		return answerish || shared > 0
	case 2:
		return answerish && shared > 0 || shared > 1
	}
	return shared > 1
}

// looksInto tells whether a line promises no more than to find out.
func looksInto(l *reading.Line) bool {
	if l.Cues["promise"] == 0 {
		return false
	}
	low := " " + strings.Join(l.Words, " ") + " "
	return containsAny(strings.ReplaceAll(low, "'", ""), findOut)
}

var findOut = []string{" find out ", " ask ", " check ", " look into ", " report back ", " come back on ", " take it to ", " take that to ", " raise it ", " raise that "}

// promises tells whether a line takes something on.
func promises(l *reading.Line) bool { return l.Cues["promise"] > 0 && l.Cues["unsure"] == 0 }

func says(l *reading.Line, word string) bool {
	for _, w := range l.Words {
		if w == word {
			return true
		}
	}
	return false
}

func common(a, b []string) int {
	in := map[string]bool{}
	for _, x := range a {
		in[x] = true
	}
	n := 0
	for _, x := range b {
		if in[x] {
			n++
			delete(in, x)
		}
	}
	return n
}

// speaksFor tells whether somebody begins with how it is where they are.
func speaksFor(words []string) bool {
	for k, w := range words {
		if k > 2 {
			return false
		}
		switch w {
		case "we", "we've", "weve", "ours", "our", "i", "i've", "i'd", "us", "because", "it's", "they", "only", "not", "no", "yes", "depends", "opposite", "when", "usually", "mostly":
			return true
		}
	}
	return false
}

// about names what a question is about, where it cannot be turned round: with
// "it" put in full from the line before, or by its phrases, or by its topic.
func (d *drawer) about(i int, q string) string {
	if thing := d.antecedent(i); thing != "" {
		for _, it := range []string{" it ", " that "} {
			if what, ok := d.rules.Ask(strings.Replace(" "+strings.ToLower(q)+" ", it, " "+thing+" ", 1)); ok {
				return what
			}
		}
	}
	if what := d.rules.About(q); what != "" {
		return "a question about " + what
	}
	for k := i; k >= 0 && k >= i-mostBack; k-- {
		if d.c.Lines[i].At.Sub(d.c.Lines[k].At) > 5*time.Minute {
			break
		}
		for _, t := range d.c.Lines[k].Topics {
			if t.Weight >= 1 {
				return "a question about " + d.topic(t.Topic)
			}
		}
	}
	return ""
}

// mostBack is how many lines back a question that says only "it" may have its
// subject.
const mostBack = 3

// topic names a topic of the lexicon in full, but for what may be added.
func (d *drawer) topic(k int) string {
	about := lexicon.Fill(d.c.Lexicon.Topics[k].About, func(o string) bool { return !strings.HasPrefix(o, " ") })
	return strings.Join(strings.Fields(strings.ReplaceAll(about, "{P}", "peer workers")), " ")
}

// antecedent gives what "it" most likely is: the last thing that the line
// before names with an article.
func (d *drawer) antecedent(i int) string {
	k := d.c.Lines[i].Parent
	if k < 0 {
		k = i - 1
	}
	if k < 0 || !usable(&d.c.Lines[k]) || d.c.Lines[k].Closed != "" {
		return ""
	}
	thing, n := "", 0
	for _, s := range d.c.Lines[k].Sentences {
		for _, p := range grammar.Phrases(grammar.Parse(s.Text)) {
			if (p.Det == "a" || p.Det == "an" || p.Det == "the" || p.Det == "our") && !p.Plural && !grammar.IsPerson(p.Head) && grammar.Known(p.Head) {
				thing = "the " + p.Head
				n++
			}
		}
	}
	if n != 1 {
		return "" // which of them is meant cannot be known
	}
	return thing
}
