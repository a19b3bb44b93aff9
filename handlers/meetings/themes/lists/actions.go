package lists

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"cymar/handlers/meetings/themes/reading"
)

// actions finds what somebody undertook to do.
func (d *drawer) actions(requests []Item) []Item {
	var items []Item
	for i := range d.c.Lines {
		l := &d.c.Lines[i]
		if !usable(l) {
			continue
		}
		what, ok := d.undertakes(i, requests)
		if !ok {
			continue
		}
		if n := len(items); n > 0 && d.joins(items[n-1], i, what) {
			items[n-1].Lines = append(items[n-1].Lines, i)
			continue
		}
		item := Item{What: what, Lines: []int{i}}
		if k := d.requestAnswered(i, requests); k >= 0 {
			item.From = append(append([]int{}, requests[k].Lines...), requests[k].From...)
		}
		items = append(items, item)
	}
	d.settleDone(items)
	for k := range items {
		if items[k].What == "" || bare.MatchString(items[k].What) {
			if what := d.followUp(items[k].Lines[0]); what != "" {
				items[k].What = what
			}
		}
	}
	return slices.DeleteFunc(items, func(it Item) bool { return it.What == "" })
}

// bare is a promise that does not say of what: "take it back", "start it".
var bare = regexp.MustCompile(`^\w+ (?:it|that|them|this|both)(?: \w+)?$`)

// followUp words a promise that only says yes by the subject of what it says yes
// to, or gives "".
func (d *drawer) followUp(i int) string {
	for _, k := range []int{d.c.Lines[i].Parent, i - 1, i} {
		if k < 0 || !usable(&d.c.Lines[k]) || d.c.Lines[k].Closed != "" {
			continue
		}
		for _, t := range d.c.Lines[k].Topics {
			if t.Weight >= 1 {
				return "follow up on " + d.topic(t.Topic)
			}
		}
	}
	return ""
}

// joins tells whether somebody only joins in what was undertaken just before.
func (d *drawer) joins(last Item, i int, what string) bool {
	l := &d.c.Lines[i]
	at := last.Lines[len(last.Lines)-1]
	return i-at <= 2 && l.At.Sub(d.c.Lines[at].At) < 2*time.Minute && len(l.Content) <= 4 && d.c.Lines[at].Author != l.Author && what == ""
}

// undertakes tells whether a line promises something, and what. An empty what
// with true joins the promise before it.
func (d *drawer) undertakes(i int, requests []Item) (string, bool) {
	l := &d.c.Lines[i]
	if l.Cues["private"] > 0 && (l.Cues["promise"] == 0 || strings.Contains(strings.Join(l.Words, " "), "neges ")) || l.Small && l.At.Before(d.c.Start) {
		return "", false
	}
	req := d.requestAnswered(i, requests)
	for k, s := range l.Sentences {
		if l.Pasted && k > 0 || s.End == '?' && !strings.HasPrefix(strings.ToLower(s.Text), "shall ") {
			continue // what follows is the thing itself, or what somebody asks
		}
		p, ok := d.rules.Promise(yes.ReplaceAllString(unquoted(s.Text), ""))
		if adds := d.adds(l, s.Text); !ok && adds != "" {
			return adds, true
		}
		if !ok {
			continue
		}
		if p == "" && req >= 0 && ownWord(l) {
			if looksInto(l) {
				return "ask whether " + requests[req].What + " can be shared", true
			}
			return shareIt(requests[req]), true
		}
		if p == "" && i > 0 {
			return "", ownWord(l)
		}
		if trivial(p) {
			continue
		}
		if req >= 0 && d.offers(l) && !strings.Contains(p, "ask") && !strings.Contains(p, "check") {
			return shareIt(requests[req]), true
		}
		return p, true
	}
	if req >= 0 && d.offers(l) {
		return shareIt(requests[req]), true
	}
	return "", l.Host && d.assigns(i) || l.Welsh && ownWord(l)
}

// yes is what a promise may begin with.
var yes = regexp.MustCompile(`(?i)^(?:yes|yep|yeah|sure|ok|okay|of course|course|no problem)[,.!]?\s+`)

// quoted is what stands between quotation marks.
var quoted = regexp.MustCompile(`["“][^"”]*["”]?`)

// unquoted leaves out what somebody quotes: it is not they who promise it.
func unquoted(s string) string { return strings.TrimSpace(quoted.ReplaceAllString(s, " ")) }

// ownWord tells whether a line promises something in the first person, and not
// only in what it quotes.
func ownWord(l *reading.Line) bool {
	said := strings.ReplaceAll(unquoted(l.Clean), "’", "'")
	return l.Cues["promise"] > 0 && firstPerson.MatchString(said) && !takes.MatchString(said)
}

// takes is to understand, not to undertake: "what I'll take from this".
var takes = regexp.MustCompile(`(?i)\btake (?:from|away from|(?:that|this|it) as)\b`)

var firstPerson = regexp.MustCompile(`(?i)\b(?:i'?ll|we'?ll|i will|we will|let me|leave (?:it|that) with me|happy to|i can|i could|we could|shall i|i volunteer|going to|` +
	`yrra|anfona|wna i|gwna i|medraf|posta i|g?ofynna|rhanna i|y?sgrifenna i|edrycha i)\b|(?:^|[.!?,]\s*|\b(?:yes|course|sure|ok|okay|and)\s+)will\b`)

// adds gives what somebody who leads the meeting is putting down: "Adding
// endings as a topic for June".
func (d *drawer) adds(l *reading.Line, s string) string {
	verb, rest, ok := strings.Cut(s, " ")
	base := map[string]string{"Adding": "add", "Putting": "put"}[verb]
	if !ok || base == "" || !l.Host {
		return ""
	}
	p, ok := d.rules.Promise("I will " + base + " " + strings.NewReplacer(`"`, "", "“", "", "”", "").Replace(rest))
	if !ok || len(strings.Fields(p)) < 3 {
		return ""
	}
	return p
}

// shareIt words the promise to pass on what was asked for.
func shareIt(r Item) string { return "share " + r.What }

// requestAnswered gives the request that a line answers, or -1.
func (d *drawer) requestAnswered(i int, requests []Item) int {
	l := &d.c.Lines[i]
	if p := l.Parent; p >= 0 {
		if k, ok := d.asked[p]; ok && d.c.Lines[p].Author != l.Author {
			return k
		}
	}
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		if q, ok := d.asked[k]; ok && d.c.Lines[k].Author != l.Author && l.At.Sub(d.c.Lines[k].At) < 5*time.Minute {
			return q
		}
	}
	return -1
}

// offers tells whether a line says yes to a request without handing over yet.
func (d *drawer) offers(l *reading.Line) bool {
	if l.Link || l.File || l.Pasted || l.Question {
		return false
	}
	if ownWord(l) {
		return true
	}
	if l.Cues["agree"] == 0 || len(l.Content) > 6 || l.Cues["follow"] > 0 {
		return false
	}
	low := strings.ToLower(l.Clean)
	if strings.HasPrefix(low, "yes to ") || strings.HasPrefix(low, "yes but ") || len(l.Sentences) > 1 && len(strings.Fields(l.Sentences[1].Text)) > 5 {
		return false // yes to the thought, and more to say of it
	}
	switch first(l.Words) {
	case "yes", "yep", "sure", "course", "of", "happy", "will", "no", "yeah", "absolutely", "definitely", "medraf":
		return l.Cues["thanks"] == 0
	}
	return false
}

func first(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// assigns tells whether the host asks some to do something and they agree.
func (d *drawer) assigns(i int) bool {
	l := &d.c.Lines[i]
	if !l.Question || l.Cues["host"] > 2 {
		return false
	}
	low := " " + strings.Join(l.Words, " ") + " "
	if !strings.Contains(low, " could you ") && !strings.Contains(low, " could the ") && !strings.Contains(low, " can you ") && !strings.Contains(low, " of you ") && !strings.Contains(low, " would you ") {
		return false
	}
	yes := 0
	for k := i + 1; k < len(d.c.Lines) && k <= i+4; k++ {
		if d.c.Lines[k].Cues["agree"] > 0 && len(d.c.Lines[k].Content) <= 4 {
			yes++
		}
	}
	return yes > 0 && (strings.Contains(low, " by ") || strings.Contains(low, " before ") || strings.Contains(low, " meet "))
}

// trivial promises are part of talking, not work to be followed up.
func trivial(p string) bool {
	verb, rest, _ := strings.Cut(p, " ")
	if strings.HasSuffix(rest, "screen") || strings.HasPrefix(rest, "the kettle") {
		return true
	}
	if verb == "type" && (strings.HasPrefix(rest, "up ") || strings.HasSuffix(rest, " up")) {
		return false
	}
	if verb == "start" && strings.HasPrefix(rest, "with") || verb == "talk" && strings.HasPrefix(rest, "about") || verb == "take" && (strings.Contains(" "+rest, " as ") || strings.Contains(" "+rest, " from ")) {
		return true
	}
	switch verb {
	case "name", "wave", "say", "answer", "defend", "follow", "suggest", "be", "have", "admit", "own", "carry", "type", "keep", "stay", "stop", "go", "see", "let", "message", "ring", "call", "dm", "get", "wait", "pass", "leave", "read", "listen", "try", "need", "want", "think", "hear", "never", "always", "remember", "start", "help", "know", "miss", "end", "join", "come", "pretend", "tell", "give", "talk", "catch", "speak", "move", "begin", "lurk", "jump", "watch", "use", "steal", "summarise", "just", "live", "lie", "sit", "die":
		return !(verb == "help" || verb == "start" || verb == "talk" || verb == "speak" || verb == "get" || verb == "tell") || rest == ""
	}
	return false
}

// doneWithin is after how many messages a promise is no longer looked for.
const doneWithin = 400

// settleDone marks the promises that the chat shows to be kept: something was
// posted later by the one who promised.
func (d *drawer) settleDone(items []Item) {
	for k := range items {
		from := items[k].Lines[0]
		who := d.c.Lines[from].Author
		want := d.c.Stemmer.Content(items[k].What)
		for i := from + 1; i < len(d.c.Lines) && i < from+doneWithin; i++ {
			l := &d.c.Lines[i]
			if l.Author == who && usable(l) && (l.Link || l.Cues["deliver"] > 0) && overlap(l.Content, want) > 0.3 {
				items[k].Done = true
				items[k].Lines = append(items[k].Lines, i)
				break
			}
		}
	}
}
