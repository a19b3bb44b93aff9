package kb

import "strings"

// How sure another topic must be to be taken up in place of the last one,
// where the question by itself looks like the second half of a conversation.
const (
	otherTopic     = 0.6
	otherTopicLong = 0.35
	ellipticWords  = 12
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
	to of in on at for with from by as than too very just still again more else other another one ones thing things way ways get got go mean means say says said tell told explain please pls thanks example examples instead
	a beth pam sut pryd ble pwy pa os am mae yw ydy ydi sy fod bod mwy eto felly ond neu ac hi fe fo nhw hynny hyn y yr yn i o dweud dwed esbonio esboniwch plis
`)

func set(list string) map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// elliptic says whether a question by itself looks like the second half of a
// conversation, and whether it names anything at all.
func elliptic(r reading) (goesOn, bare bool) {
	if len(r.words) > ellipticWords {
		return false, false
	}
	content := 0
	for _, w := range r.words {
		if !empty[w] {
			content++
		}
	}
	first := r.words[0]
	two := first
	if len(r.words) > 1 {
		two += " " + r.words[1]
	}
	return openers[first] || openers[two] || content == 0, content == 0
}

// followUp puts the last topic in the place of a result, where the question
// goes on from it and nothing else is confident.
func followUp(res Result, r reading, last *Entry) Result {
	goesOn, bare := elliptic(r)
	same := res.Entry == last
	switch {
	case same:
		res.FollowUp = goesOn
		return res
	case bare && res.Outcome != Smalltalk, goesOn && res.Confidence < otherTopic:
	default:
		return res
	}
	return Result{Outcome: Answer, Entry: last, Confidence: 1 - res.Confidence, Lang: res.Lang, FollowUp: true,
		Candidates: append([]Candidate{{last, 1 - res.Confidence}}, res.Candidates...)}
}
