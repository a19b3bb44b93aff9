// Package personal finds what may identify a patient in a message: an NHS
// number, a date of birth, an address with the person who lives there. It
// says which kind was found and never what.
package personal

import (
	_ "embed"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Kind is the kind of datum that was found.
type Kind string

// The kinds.
const (
	None         Kind = ""
	NHSNumber    Kind = "nhs number"
	RecordNumber Kind = "record number"
	BirthDate    Kind = "date of birth"
	Insurance    Kind = "national insurance number"
	Address      Kind = "address"
	Contact      Kind = "contact details"
	Whereabouts  Kind = "person and place"
	NamedPerson  Kind = "named person"
)

//go:embed names.txt
var givenNames string

// Finder finds personal data. Make one with New; it is safe for use by many
// goroutines at once.
type Finder struct {
	names map[string]bool
	told  told

	tenDigits, insurance, insuranceSaid, record, recordBare, postcode, street, phone, mobile, email *regexp.Regexp
	birth, birthWord, person, livesAt, venue, notNumber, health                                     *regexp.Regexp
	bedPerson, initialsWard, wardEvent, theirNumber, contactFrom, work                              *regexp.Regexp
	name, nameThen, status, ofStatus                                                                *regexp.Regexp
}

const (
	// Somebody who is supported, in the singular: “patients can ring us on …”
	// is about nobody.
	someone = `(?:patient|pt|client|service user|su|resident|supervisee|inpatient|mum|dad|lady|gentleman|man|woman|lad|girl|boy|chap|bloke|fella|person i (?:see|support|visit)|claf|cleient|defnyddiwr gwasanaeth|dynes|ddynes|menyw|fenyw|dyn|gŵr|wraig)`
	date    = `(?:\d{1,2}(?:st|nd|rd|th)?[\s/.\-]+(?:\d{1,2}|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)[\s/.\-,]+(?:\d{4}|\d{2})\b)`
	mobile  = `(?:\+44\s?7|07)\d{3}[\s-]?\d{3}[\s-]?\d{3}\b`
)

// most is how many numbers or names of a kind are looked at in one message: a
// long one full of them is a list, and tells by its beginning what it is.
const most = 150

// New prepares a finder.
func New() *Finder {
	f := &Finder{names: make(map[string]bool)}
	for _, n := range strings.Fields(givenNames) {
		f.names[n] = true
	}
	f.numbers()
	f.people()
	f.told = newTold()
	return f
}

func fold(pattern string) *regexp.Regexp { return regexp.MustCompile(`(?i)` + pattern) }

func (f *Finder) numbers() {
	f.tenDigits = regexp.MustCompile(`\d{3}([ -]?)\d{3}([ -]?)\d{4}`)
	f.health = fold(`\b(?:nhs|gig|patient|pt|claf|client|service user)\b`)
	f.notNumber = fold(`\b(?:isbn|doi|iras|grant|ticket|order|ref|reference|meeting|passcode|webinar|conference|tel|phone|fax|ring|call|text|dial|bleep|timestamp|log|asset|invoice|po|tracking|build|version|nihr\w*)\b`)
	f.insuranceSaid = fold(`\b(?:ni|nino|national insurance|yswiriant (?:gwladol|cenedlaethol))\b[^.!?\n]{0,20}\b[a-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-z]\b`)
	f.insurance = fold(`\b(?:[a-ceghj-prtw-z][a-ceghj-nprtw-z]|qq) ?\d{2} ?\d{2} ?\d{2} ?[a-d]\b`)
	f.record = fold(`\b(?:rio|systm ?one|s1|paris|wccis|wpas|pas|mrn|emis|epr|carenotes|hospital|hosp|case|patient|client|clinic|unit|k|crn|local|rhif)\s?(?:no|num|number|id|ref|record|case|claf|ysbyty|achos)(?:['’]s)?\b[\s.:#]*(?:is |yw |ydi )?([a-z]{0,3}-?\d[\d -]{2,11}\d[a-z]?)\b`)
	f.recordBare = fold(`\b(?:rio|systm ?one|paris|wccis|mrn|emis|carenotes)\b(?: (?:for|under|as|case|record))?[\s:#(]*([a-z]{0,2}\d{5,10})\b`)
	f.birthWord = fold(`\b(?:d\.?o\.?b\.?|date of birth|dyddiad geni|(?:her|his|their|patient['’]s|client['’]s|service user['’]s) birthday)(?:['’]s)?[\s:.(]*(?:is |was |yw |on |ydi )?` + date + `|(?:^|[.!?\n] ?)born ` + date + `,`)
	f.birth = fold(`([\p{L}'’]+(?: [\p{L}'’]+)?),? (?:was |is |were |)(?:born|ganwyd|ganed|b\.)(?: on| in| the| ar)* ` + date)
}

func (f *Finder) people() {
	f.postcode = fold(`\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b`)
	f.street = fold(`\b\d{1,3}[a-d]?,? (?:[\p{L}'’]+ ){1,3}?(?:lane|road|rd|street|avenue|ave|drive|crescent|terrace|gardens|grove|row|court|walk|mews|way|place|cottages|parade|close|hill|house)\b|\b\d{1,3}[a-d]?,? (?:heol|stryd|ffordd|lôn|lon|maes|rhes|cae|bryn) \p{L}+`)
	f.person = fold(`\b` + someone + `\b`)
	f.livesAt = fold(`\b(?:lives? (?:at|in|on)|living at|(?:home |her |his |their )address|address is|yn byw (?:yn|ar)|cyfeiriad)\b`)
	f.venue = fold(`\b(?:venue|meet(?:ing)?|park(?:ing)?|sat ?nav|event|forum|conference|office|centre|center|hall|hotel|hub|caf[eé]|church|drop.?in|open day|workshop|training|our base|lleoliad|cyfarfod)\b`)
	f.phone = fold(`(?:` + mobile + `|\b0[12]\d{2,3}[\s-]?\d{3,4}[\s-]?\d{3,4}\b)`)
	f.mobile = regexp.MustCompile(mobile)
	f.email = fold(`\b[\w.+-]+@[\w-]+\.[\w.]+\b`)
	f.theirNumber = fold(`\b(?:(?:her|his) (?:new )?(?:number|mobile|phone|tel|email|e-mail|landline)|` + someone + `(?:['’]s)?(?: \p{L}+){0,4}?[\s,(]*(?:number|mobile|phone|tel|contact|email|e-mail|on|at|rhif))(?: (?:is|number|phone|no|yw|ydi))*[\s:,(]*$`)
	f.contactFrom = fold(`\b(?:she|he|they|mae hi|mae o|mae e)\S*(?: has| is| just| keeps?)? (?:text\w*|rang|r[iu]ng\w*|call\w*|messag\w*|email\w*|wedi \p{L}+)(?: me| us)?(?: from| on| off| o)? ?$`)
	f.work = fold(`\b(?:colleague|manager|lead|facilitator|trainer|speaker|office|team|us|our|helpline|line|switchboard|duty|reception|samaritans|patients|clients|service users|service|experience|engagement|liaison)\b`)
	f.bedPerson = fold(`\b(?:` + someone + `|she|he)\b[^.!?\n]{0,40}\b(?:bed|room|bay|gwely) \d{1,2}\b|\b(?:bed|room|bay|gwely) \d{1,2}\b[^.!?\n]{0,12}\b` + someone + `\b`)
	f.initialsWard = regexp.MustCompile(`\b(?:[A-Z]\.\s?[A-Z]\.?|[A-Z]{2})(?:,| is| was| has| had| who)?[^.!?\n]{0,20}?\b(?:(?i:bed|room|bay) \d{1,2}|(?i:on|in|from|at|to|ar) (?:the )?\p{L}+ [Ww]ard|(?i:on|in|from|at|to) [Ww]ard \d+|[Ww]ard [A-Z]\p{L}+)`)
	f.wardEvent = fold(`\b(?:admitted|readmitted|discharged|sectioned|detained|restrained|absconded|awol|overdos\w*|self.?harm\w*|seclu\w*|transferred|depot|meds|unwell|psychotic|manic|suicidal|section|leave|today|tonight|yesterday|last night|this morning|pt|patient|claf)\b`)
	f.name = regexp.MustCompile(`\b(\p{Lu}\p{Ll}+) (?:[\p{Lu}]\. ?)?(\p{Lu}[\p{Ll}'’-]+(?:\p{Lu}\p{Ll}+)?)\b`)
	f.nameThen = fold(`^(?:['’]s|,)?(?: \(.{1,25}\))?(?:,? who)?(?: is| was| has| had|['’]s| got| been| just| currently| now| still| recently| our| my| dal| wedi| newydd| yn)*(?: a| an| the| under| on| diagnosed| with| to| suffering| from| of| living| acutely| very| quite| gael| cael| diagnosis| ar)* ?`)
	f.status = fold(`^(?:section(?:ed)? ?(?:2|3|4|5|17|35|37|41|136)?\b|adran \d|detained|cto\b|schizo\w*|bipolar|psychosis|psychotic|manic|eupd|bpd|borderline|personality disorder|anorexi\w*|bulimi\w*|dementia|alzheimer\w*|ptsd|ocd|adhd|depress\w*|suicid\w*|overdos\w*|self.?harm\w*|diagnos\w*|clozapine|lithium|depot|sgitsoffren\w*|deubegwn|iselder|seicosis)`)
	f.ofStatus = fold(`\b(?:diagnosis|section|sectioning|depot|relapse|overdose|admission|medication|care plan|risk assessment) (?:of|for) (?:mr |mrs |ms |miss )?$`)
}

// Find says which kind of personal datum a message holds; None when none was
// found. Of several it names the most telling.
func (f *Finder) Find(message string) Kind {
	message = norm.NFKC.String(message)
	if strings.ContainsFunc(message, unicode.IsDigit) {
		if k := f.findNumber(message); k != None {
			return k
		}
		if k := f.findPlace(message); k != None {
			return k
		}
	}
	if f.emailOf(message) || f.reachable(message) {
		return Contact
	}
	if f.named(message) || f.inCare(message) {
		return NamedPerson
	}
	return None
}
