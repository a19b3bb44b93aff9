// Package lists draws out what was asked for, what was posted, what somebody
// undertook to do, and which questions nobody answered.
package lists

import (
	"slices"
	"strings"
	"sync"
	"time"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/reading"
	"cymar/handlers/meetings/themes/text"
)

// Status is how far a request has come.
type Status string

// The statuses of a request.
const (
	Asked   Status = "asked"
	Offered Status = "offered"
	Posted  Status = "posted"
)

// Item is one resource, question or action with the lines behind it.
type Item struct {
	What   string // a noun phrase, an indirect question, or a verb phrase
	Lines  []int
	From   []int  // lines from which the wording was taken, where they are others
	Status Status // of a request
	Done   bool   // of an action: the chat shows that it was done
	Head   string // stem of the noun it is about, where known
	Score  float64
	Loose  bool // of a question: the wording may miss its point
}

// Lists is what was drawn out of one chat.
type Lists struct {
	Requested, Shared, Questions, Actions []Item
}

// Draw goes through a chat once for each list.
func Draw(c *reading.Chat, rules grammar.Rules) Lists {
	d := &drawer{c: c, rules: rules, asked: map[int]int{}}
	var out Lists
	out.Requested = d.requested()
	out.Shared = d.shared(out.Requested)
	out.Actions = d.actions(out.Requested)
	out.Questions = d.questions()
	return out
}

// Lines gives the indices of all lines that stand in a list, in order.
func (l Lists) Lines() []int {
	var out []int
	for _, items := range [][]Item{l.Requested, l.Shared, l.Questions, l.Actions} {
		for _, it := range items {
			out = append(out, it.Lines...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

type drawer struct {
	c     *reading.Chat
	rules grammar.Rules
	asked map[int]int // line → index of the request that it makes
}

// usable tells whether anything may be taken from a line at all.
func usable(l *reading.Line) bool { return !l.Gone && !l.Bot && l.Level == "" }

// requested finds what people asked for.
func (d *drawer) requested() []Item {
	var items []Item
	for i := range d.c.Lines {
		l := &d.c.Lines[i]
		if !usable(l) {
			continue
		}
		if k := d.follows(items, i); k >= 0 {
			items[k].Lines = append(items[k].Lines, i)
			d.asked[i] = k
			continue
		}
		r, ok := d.request(i)
		if !ok {
			continue
		}
		what, head := r.text, r.head
		if k := d.same(items, head, what, i); k >= 0 {
			items[k].Lines = append(items[k].Lines, i)
			d.asked[i] = k
			continue
		}
		d.asked[i] = len(items)
		items = append(items, Item{What: what, Head: head, Lines: []int{i}, From: r.from, Status: Asked})
	}
	return items
}

// follows gives the request that a line only joins ("me too please"), or -1.
func (d *drawer) follows(items []Item, i int) int {
	l := &d.c.Lines[i]
	if l.Cues["follow"] == 0 || len(l.Content) > 6 || len(items) == 0 {
		return -1
	}
	if p := l.Parent; p >= 0 {
		if k, ok := d.asked[p]; ok {
			return k
		}
	}
	last := items[len(items)-1]
	at := last.Lines[len(last.Lines)-1]
	if l.At.Sub(d.c.Lines[at].At) > 4*time.Minute || i-at > 6 {
		return -1
	}
	if head := d.resource(i); head.head != "" && head.head != last.Head {
		return -1
	}
	return len(items) - 1
}

// mostCompared is with how many of the latest items a new one is compared.
const mostCompared = 100

// same gives an earlier request for the same thing, or -1.
func (d *drawer) same(items []Item, head, what string, i int) int {
	for k := max(0, len(items)-mostCompared); k < len(items); k++ {
		if head == "" || items[k].Head != head {
			continue
		}
		last := items[k].Lines[len(items[k].Lines)-1]
		near := d.c.Lines[i].At.Sub(d.c.Lines[last].At) < 6*time.Minute
		if near || overlap(d.c.Stemmer.Content(items[k].What), d.c.Stemmer.Content(what)) >= 0.6 {
			return k
		}
	}
	return -1
}

func overlap(a, b []string) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	in := map[string]bool{}
	for _, x := range a {
		in[x] = true
	}
	n := 0
	for _, x := range b {
		if in[x] {
			n++
		}
	}
	return float64(n) / float64(min(len(a), len(b)))
}

// request tells whether a line asks for something that can be passed on, and
// what.
func (d *drawer) request(i int) (resource, bool) {
	l := &d.c.Lines[i]
	ask, seek := l.Cues["request"] > 0, l.Cues["seek"] > 0
	if !ask && !seek || l.Cues["tech"] > 1 || l.Cues["ownbot"] > 0 || l.Link && !l.Question {
		return resource{}, false
	}
	r := d.resource(i)
	if seek && !ask && aboutMoney(l) {
		return resource{}, false
	}
	switch {
	case r.head != "" && (ask || l.Question || seek && firm()[r.head]):
		return d.fuller(r, i), !r.own || ask
	case ask && d.object(i).head != "":
		return d.object(i), true
	case ask && d.pointsBack(i):
		if p := d.thingBefore(i); p.head != "" {
			return p, true
		}
	}
	return resource{}, false
}

// aboutMoney tells whether it is funds and not a thing that somebody seeks.
func aboutMoney(l *reading.Line) bool {
	for _, w := range l.Words {
		switch w {
		case "money", "funding", "funds", "pay", "budget", "evidence":
			return true
		}
	}
	return false
}

// pointsBack tells whether a line asks for "it" or "that".
func (d *drawer) pointsBack(i int) bool {
	for _, w := range d.c.Lines[i].Words {
		if w == "it" || w == "that" || w == "them" || w == "those" || w == "one" || w == "this" || w == "details" || w == "something" {
			return true
		}
	}
	return false
}

// thingBefore gives the resource that was spoken of just before.
func (d *drawer) thingBefore(i int) resource {
	for _, k := range []int{d.c.Lines[i].Parent, i - 1, i - 2, i - 3} {
		if k >= 0 && k < i && usable(&d.c.Lines[k]) && d.c.Lines[i].At.Sub(d.c.Lines[k].At) < 4*time.Minute {
			if r := d.resource(k); r.head != "" {
				r.from = []int{k}
				return r
			}
		}
	}
	return resource{}
}

// resource is a thing that can be passed on, as it was called.
type resource struct {
	text, head string
	from       []int // other lines that gave the words
	own        bool  // called "my" or "our"
}

// resource gives the first such thing that a line names.
func (d *drawer) resource(i int) resource {
	l := &d.c.Lines[i]
	var copied resource
	for k, s := range l.Sentences {
		if l.Pasted && k > 1 || k > 0 && opens(l.Sentences[k-1].Text) {
			break // what follows is the thing itself
		}
		s.Text = beforeWording(s.Text)
		ws := grammar.Parse(s.Text)
		for _, p := range grammar.Phrases(ws) {
			r, ok := d.named(ws, p)
			switch {
			case ok && (copies[r.text] || !l.Question && (r.text == "the page" || r.text == "pages")):
				copied = r // of what? perhaps the next phrase says
			case ok:
				return r
			}
		}
	}
	if copied.head == "" {
		copied = welshThing(l)
	}
	return copied
}

// copies are things that are always of something else.
var copies = map[string]bool{"a copy": true, "the copy": true, "a link": true, "the link": true, "a version": true, "the version": true, "copies": true}

func (d *drawer) named(ws []grammar.Word, p grammar.Phrase) (resource, bool) {
	for _, w := range p.Words {
		head := d.c.Stemmer.Stem(w.Lower)
		if (p.Det == "your" || p.Det == "my") && (w.Lower == "email" || w.Lower == "contact" || w.Lower == "details") {
			continue // how to reach somebody, and nothing for the meeting
		}
		if !resourceStems()[head] || w.Tag != grammar.Noun || unfit[w.Lower] || w.Lower == "questions" && len(p.Words) == 1 {
			continue
		}
		if w.Lower == "page" && p.Head != "page" && resourceStems()[d.c.Stemmer.Stem(p.Head)] {
			continue // "the four page form": the form
		}
		p.Words = measured(ws, p.Words, w.Lower)
		if p.Words[0].Tag == grammar.IngV && len(p.Words) > 1 && p.Det == "" {
			p.Words = p.Words[1:] // "rewriting letters": the letters
		}
		text := d.rules.Thing(ws, p)
		if text == "" {
			text = "the " + w.Lower
		}
		if w.Lower == "page" {
			text = "the page"
		}
		if more := d.second(ws, p); more != "" {
			text += " and " + more
		}
		return resource{text: text, head: head, own: p.Det == "my" || p.Det == "our"}, true
	}
	return resource{}, false
}

// unfit are forms that stem like a thing to be passed on but are none.
var unfit = map[string]bool{"present": true, "words": true, "word": true, "contact": true, "noted": true, "listing": true, "question": true, "data": true}

// second gives another such thing that is named in one breath: "job description
// and rota".
func (d *drawer) second(ws []grammar.Word, p grammar.Phrase) string {
	last := &p.Words[len(p.Words)-1]
	for i := range ws {
		if &ws[i] != last || i+2 >= len(ws) || ws[i+1].Lower != "and" {
			continue
		}
		for _, q := range grammar.Phrases(ws[i+2:]) {
			if resourceStems()[d.c.Stemmer.Stem(q.Head)] {
				return d.rules.Thing(ws[i+2:], q)
			}
			break
		}
	}
	return ""
}

// resourceStems are the stems of what people pass on to each other.
var resourceStems = sync.OnceValue(func() map[string]bool {
	return stems(`slides slide presentation deck recording description descriptions plan template policy protocol form letter wording text document
	link guide guidance toolkit pack checklist mou agreement specification case map survey results report write-up summary evaluation paper article
	module training materials resources resource handout poster leaflet advert rules script dpia screenshot rota card one-pager pager details programme
	workbook framework list examples example version copy flyer comparison audit assessment induction sop questions notes book booklet film video
	transcript contact email data statement charter standards curriculum syllabus prospectus newsletter website page spreadsheet procedure
	sheet brief instructions artwork factsheet infographic manual handbook questionnaire proforma flowchart outline draft paragraph leaflets
	risk-assessment person-spec passport planner log postcard postcards zine glossary jd jds prompt prompts worksheet exercise exercises podcast webinar bid proposal terms`)
})

// firm are the stems that alone make a wish a request.
var firm = sync.OnceValue(func() map[string]bool {
	return stems(`slides presentation deck recording template policy protocol letter wording document toolkit pack checklist mou agreement specification map
	leaflet advert dpia screenshot rota flyer handout description descriptions sop induction guidance framework copy pager one-pager`)
})

func stems(words string) map[string]bool {
	st := text.NewStemmer()
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[st.Stem(w)] = true
	}
	return m
}
