package kb

import "strings"

// How sure another topic must be to be taken up in place of the last one,
// where the question by itself looks like the second half of a conversation.
const (
	otherTopic    = 0.7
	ellipticWords = 12 // a longer question stands by itself
)

// openers begin a question that goes on from what was said.
var openers = map[string]bool{
	"and": true, "but": true, "so": true, "then": true, "also": true, "or": true, "ok": true, "okay": true, "right": true, "yeah": true, "yes": true, "no": true, "hmm": true, "even": true,
	"what if": true, "what about": true, "how about": true, "how come": true, "why not": true, "tell me": true, "say more": true, "go on": true, "and if": true, "anything else": true, "for example": true, "such as": true, "like what": true, "in what": true, "does that": true, "is that": true, "is this": true, "does it": true, "is it": true, "would that": true, "can that": true, "what else": true, "who else": true, "more on": true, "more about": true,
	"a beth": true, "beth os": true, "beth am": true, "ond": true, "felly": true, "ac": true, "hefyd": true, "dweud mwy": true, "dwed mwy": true, "mwy": true, "a os": true, "ac os": true,
}

// empty are words that say nothing about a topic: a question made of them
// alone can only be about the last one.
var empty = set(`
	a an the and but so then also or ok okay right yes no yeah really what why how when where who which whose if about is are was were be been am do does did done
	can could would should will shall may might must have has had not dont doesnt isnt arent wont cant it its this that these those there here he she they them him her his their i im me my we us our you your
	to of in on at for with from by as than too very just still again more else other another one ones thing things way ways get got go mean means say says said tell told explain please pls give show need example examples instead
	a beth pam sut pryd ble pwy pa os am mae yw ydy ydi sy fod bod mwy eto felly ond neu ac hi fe fo nhw hynny hyn y yr yn i o dweud dwed esbonio esboniwch plis
`)

func set(list string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// asking are the words of a question that has nothing else in it.
var asking = set(`why how what who when where which pam sut beth pwy pryd ble`)

// ellipsis is how much a question looks like the second half of a
// conversation.
type ellipsis struct {
	opens bool // it begins like one: "and …", "what if …"
	bare  bool // it names nothing at all
	asks  bool // it has a question word
}

func readEllipsis(r reading) ellipsis {
	if len(r.words) > ellipticWords {
		return ellipsis{}
	}
	first, two := r.words[0], r.words[0]
	if len(r.words) > 1 {
		two += " " + r.words[1]
	}
	e := ellipsis{opens: openers[first] || openers[two], bare: true}
	for _, w := range r.words {
		e.bare = e.bare && empty[w]
		e.asks = e.asks || asking[w]
	}
	return e
}

// goesOn says whether a question that by itself leads to res goes on from the
// last answer: nothing else in it is confident, and it is not a greeting.
func (e ellipsis) goesOn(res Result) bool {
	switch {
	case res.Outcome == Smalltalk && res.Confidence >= otherTopic:
		return e.bare && e.opens && e.asks
	case e.bare:
		return true
	}
	return e.opens && res.Confidence < otherTopic
}

// followUp puts the last topic in the place of a result, where the question
// goes on from it.
func followUp(res Result, r reading, last *Entry) Result {
	e := readEllipsis(r)
	if res.Entry == last {
		res.FollowUp = e.opens || e.bare
		return res
	}
	if !e.goesOn(res) {
		return res
	}
	sure := 1 - res.Confidence
	return Result{Outcome: Answer, Entry: last, Confidence: sure, Lang: res.Lang, FollowUp: true,
		Candidates: append([]Candidate{{last, sure}}, res.Candidates...)}
}
