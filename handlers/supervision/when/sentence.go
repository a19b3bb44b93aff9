package when

import (
	"strings"

	"cymar/handlers/supervision/calendar"
)

// Sentence is what somebody wrote about a supervision of theirs. What was not
// said is zero.
type Sentence struct {
	Kind   Kind
	Every  Interval
	Next   calendar.Date
	Last   calendar.Date
	With   string   // the supervisor, as the writer calls them
	Faults []*Fault // what has to be asked before any of it is used
	Named  bool     // supervision, reflective practice or the like is named
	Rest   int      // how many words were not understood
}

// Timed reports whether anything was said of how often or of a date.
func (s Sentence) Timed() bool {
	return !s.Every.Zero() || !s.Next.Zero() || !s.Last.Zero() || len(s.Faults) > 0
}

// maxWith is the longest that a supervisor's description is kept, in bytes.
const maxWith = 60

// Read reads a whole sentence: "peer-led supervision every 4 weeks with our
// peer lead, next on 12 December".
func Read(s string, today calendar.Date) Sentence {
	p := parse{reader: reader{tokens(s)}, today: today}
	for i := 0; i < len(p.toks); {
		i += p.step(i)
	}
	p.out.With = asTyped(s, p.out.With)
	for _, f := range p.out.Faults {
		f.Said = asTyped(s, f.Said)
	}
	return p.out
}

// asTyped is the words with the capital letters that they had, where they
// stand in s as they were read.
func asTyped(s, folded string) string {
	for i := 0; folded != "" && i+len(folded) <= min(len(s), 8<<10); i++ {
		if strings.EqualFold(s[i:i+len(folded)], folded) {
			return s[i : i+len(folded)]
		}
	}
	return folded
}

// parse walks over a sentence once.
type parse struct {
	reader
	today  calendar.Date
	out    Sentence
	marked mark
}

// mark is what the next date is of.
type mark int

const (
	unmarked mark = iota
	ofNext
	ofLast
)

// step takes what begins at i and returns how many tokens that is.
func (p *parse) step(i int) int {
	for _, take := range []func(int) int{p.with, p.interval, p.date, p.mark} {
		if n := take(i); n > 0 {
			return n
		}
	}
	if !p.kind(i) && !p.at(i).stop() && !fillers[p.at(i).text] {
		p.out.Rest++
	}
	return 1
}

// fillers is the words that may stand between the others.
var fillers = map[string]bool{
	"on": true, "the": true, "it": true, "is": true, "my": true, "our": true, "a": true, "at": true, "for": true, "to": true, "and": true,
	"of": true, "session": true, "meeting": true, "please": true, "one": true, "with": true, "led": true, "or": true, "until": true, "till": true,
	"ar": true, "y": true, "yr": true, "r": true, "i": true, "fy": true, "ein": true, "gan": true, "o": true, "yn": true, "n": true, "tan": true,
	"sesiwn": true, "cyfarfod": true, "un": true, "neu": true, "os": true, "gwelwch": true, "dda": true,
}

// with takes "with our peer lead": everything up to a mark or a time.
func (p *parse) with(i int) int {
	if !p.is(i, "with", "gyda", "efo", "wrth") && !(p.is(i, "led") && p.is(i+1, "by")) {
		return 0
	}
	k := i + 1
	if p.is(k, "by") {
		k++
	}
	from := k
	for k < len(p.toks) && !p.at(k).stop() && !p.timely(k) && !p.is(k, reasons...) {
		k++
	}
	if k > from && p.out.With == "" {
		p.out.With = cut(p.said(from, k))
	}
	return k - i
}

// reasons is the words after which people say what it is about, which is not
// to be kept.
var reasons = []string{"about", "because", "regarding", "re", "concerning", "for", "to", "so", "since", "who", "whom", "which", "where",
	"am", "ynghylch", "ynglyn", "oherwydd", "achos", "sydd", "sy", "i"}

func cut(s string) string {
	if len(s) <= maxWith {
		return s
	}
	return strings.TrimSpace(strings.ToValidUTF8(s[:maxWith], ""))
}

// timely reports whether a time or a date begins at k.
func (p *parse) timely(k int) bool {
	if p.markAt(k) != unmarked {
		return true
	}
	if _, ok := p.reader.interval(k); ok {
		return true
	}
	_, ok := p.reader.date(k, p.today, Future)
	return ok || p.is(k, "on", "ar", "and", "a")
}

// interval takes an interval; a weekday of the month is put together with
// "monthly".
func (p *parse) interval(i int) int {
	if _, ok := p.reader.nthDate(i, p.today, Future); ok {
		if d, _ := p.nthDay(i); d.month != 0 {
			return 0
		}
	}
	if p.marked != unmarked && p.out.Every.Zero() && !p.isEvery(i) {
		if _, ok := p.nthDay(i); ok { // "next one first Monday"
			return 0
		}
	}
	e, ok := p.reader.interval(i)
	if !ok {
		return 0
	}
	is, f := p.settle(every{is: e.is, may: e.may, fault: e.fault, n: e.n}, i)
	switch {
	case f != nil:
		p.out.Faults = append(p.out.Faults, f)
	case p.out.Every.Zero():
		p.out.Every = is
	case is.Nth != 0 && p.out.Every.Months > 0:
		p.out.Every.Nth, p.out.Every.On = is.Nth, is.On
	case is.Fixed && !p.out.Every.Fixed:
		p.out.Every.On, p.out.Every.Fixed = is.On, true
	}
	return e.n
}

// date takes a date, and puts it where the words before it say.
func (p *parse) date(i int) int {
	way := Future
	if p.marked == ofLast {
		way = Past
	}
	d, ok := p.reader.date(i, p.today, way)
	if !ok {
		return 0
	}
	if p.marked == unmarked && d.is != 0 && d.is < p.today {
		way = Past
	}
	is, f := p.decide(d, i, p.today, way)
	switch {
	case f != nil:
		p.out.Faults = append(p.out.Faults, f)
	case way == Past && p.out.Last.Zero():
		p.out.Last = is
	case way == Future && p.out.Next.Zero():
		p.out.Next = is
	case is != p.out.Next && is != p.out.Last:
		both := []calendar.Date{p.out.Next, is}
		if way == Past {
			both[0] = p.out.Last
		}
		p.out.Faults = append(p.out.Faults, &Fault{Why: Ambiguous, Said: p.said(i, i+d.n), Dates: both})
	}
	p.marked = unmarked
	return d.n
}

// mark takes a word that says what the following date is of.
func (p *parse) mark(i int) int {
	m := p.markAt(i)
	if m == unmarked {
		return 0
	}
	p.marked = m
	return 1
}

func (p *parse) markAt(i int) mark {
	switch {
	case p.is(i, "next", "nesaf", "starting", "starts", "start", "from", "beginning", "begin", "due", "dechrau"):
		return ofNext
	case p.is(i, "last", "previous", "was", "since", "held", "had", "diwethaf", "ddiwethaf", "oedd", "roedd", "ers", "cynhaliwyd", "gynhaliwyd"):
		return ofLast
	}
	return unmarked
}

// kind takes a word that names a kind of supervision, or supervision itself.
func (p *parse) kind(i int) bool {
	t := p.at(i).text
	if strings.HasPrefix(t, "supervis") || strings.Contains(t, "oruchwyl") || strings.HasPrefix(t, "goruchwyl") || t == "sup" {
		p.out.Named = true
		return true
	}
	k, ok := words.kinds[t]
	if !ok {
		return false
	}
	if t != "practice" && t != "case" {
		p.out.Named = true
	}
	if strength[k] > strength[p.out.Kind] {
		p.out.Kind = k
	}
	return true
}

// ReadKind is the kind that a few words name, or "".
func ReadKind(s string) Kind {
	p := parse{reader: reader{tokens(s)}}
	for i := range p.toks {
		p.kind(i)
	}
	return p.out.Kind
}
