package personal

import (
	"regexp"
	"strings"
)

// told finds somebody who can be known, in a sentence that tells of their
// care: “Mrs Pugh, 4 Heol y Bryn, she has bipolar”. The words may stand
// anywhere in the sentence, so that more must speak against it: a post, an
// event, or the writer's own story.
type told struct {
	titled, initialled, care, post, own, sector, goesOn, one *regexp.Regexp
}

func newTold() told {
	return told{
		titled:     regexp.MustCompile(`\b(?:Mrs?|Miss|Ms|Mr & Mrs)\.? (?:\p{Lu}\p{Ll}+ )?\p{Lu}[\p{Ll}'’]+`),
		initialled: regexp.MustCompile(`\b(?:[Pp]t|[Pp]atient|[Cc]lient|[Ss]ervice user|SU|[Cc]leient|[Cc]laf) (?:\p{Lu}\.? ?\p{Lu}\b\.?)|\b\p{Lu}\.\p{Lu}\.,? \(?\d{2}\b`),
		care: fold(`\b(?:section(?:ed)? ?\d{1,3}\b|s\.?(?:2|3|37|117)\b|sectioned|adran \d|detained|cto|mha|sectioning|` +
			`schizo\w*|bipolar|psychosis|psychotic|manic|eupd|bpd|personality disorder|anorexi\w*|bulimi\w*|dementia|alzheimer\w*|korsakoff\w*|ptsd|ocd|adhd|hiv|` +
			`depression|agoraphobi\w*|anxiety|self.?harm\w*|overdos\w*|hearing voices|clozapine|lithium|depot|methadone|heroin|positive for|index offence|relaps\w*|hcr.?20|` +
			`diagnos\w*|sgitsoffren\w*|deubegwn|iselder|seicosis|pigiad|(?:been|was) (?:admitted|readmitted|discharged)|admitted (?:\d|under|on|last|sun|mon|tue|wed|thu|fri|sat)|` +
			`(?:still )?on (?:\p{L}+ )?ward|ar ward|in bay \d|side room|picu|her mum['’]s section|down to \d\d ?kg|taken into care)\b`),
		post: fold(`\b(?:speak\w*|present\w*|talk(?:s|ing)? (?:about|on)|lectur\w*|session|training|trainer|workshop|webinar|slides?|conference|panel|book|paper|study|research\w*|author|` +
			`lead|leads|runs?|running|manager|manages|facilitat\w*|coordinator|consultant|nurse|doctor|psychologist|therapist|colleague|peer (?:support )?worker|psw|psws|peer lead|ot|` +
			`works?|working|worked|covers|covering|supervis\w*|chair\w*|volunteer\w*|host\w*|by|film|series|episode|song|angladd|funeral|siarad|arwain|gweithio|rheolwr|hyfforddiant|cyflwyno|sleidiau)\b`),
		goesOn: regexp.MustCompile(`^[?.!]+ (?:She|He|They|Mae|Ma)\b[^?.!\n]{0,100}`),
		one: fold(`\b(?:(?:my|our|the|this|ref:?|her|his|add|for) )?(?:patient|service user|client|cleient)(?:['’]s)? (?:email|e-mail|number|mobile|phone|tel|on|at|is|ydi|yw|asked|wants|\S+@|\d)` +
			`|ff[oô]n y cleient|\b(?:patient|client) details\b`),
		own:    fold(`\b(?:i am|i['’]?m|my name is|my name['’]s|this is|regards|thanks|cheers|diolch|dw ?i['’]?n?|fy enw)[ ,]*$`),
		sector: fold(`\b(?:hospital|house|unit|centre|street|road|trust|ward|team|act|school|college|university|bank|review|project|programme|group|hub|green|park|hall|wales|england|nhs|health|peer|mental|teams|zoom)\b`),
	}
}

// persons are the places in s of the names that are somebody's: with a title, or
// with a given name that is known.
func (f *Finder) persons(s string) [][]int {
	out := f.told.titled.FindAllStringIndex(s, most)
	for _, m := range f.name.FindAllStringSubmatchIndex(s, most) {
		if f.names[strings.ToLower(s[m[2]:m[3]])] && !f.told.sector.MatchString(s[m[4]:m[5]]) {
			out = append(out, m[:2])
		}
	}
	return out
}

// inCare says whether somebody is named, or given by initials, in a sentence
// that tells of their care.
func (f *Finder) inCare(s string) bool {
	for _, m := range f.persons(s) {
		before, _ := around(s, m[0], m[1], 40)
		sentence := sentenceAt(s, m[0], m[1])
		if professional(before) || f.told.own.MatchString(before) || f.told.post.MatchString(strings.Replace(sentence, s[m[0]:m[1]], "", 1)) {
			continue
		}
		_, after := around(s, m[0], m[1], 200)
		if i := strings.IndexAny(after, "?.!"); i >= 0 {
			sentence += f.told.goesOn.FindString(after[i:])
		}
		if f.told.care.MatchString(sentence) || f.phone.MatchString(sentence) && f.person.MatchString(sentence) || f.homeOf(sentence) {
			return true
		}
	}
	return f.told.initialled.MatchString(s) && f.initialled(s)
}

// homeOf: the sentence has an address, and is not about a venue.
func (f *Finder) homeOf(sentence string) bool {
	return (f.postcode.MatchString(sentence) || f.street.MatchString(sentence)) && !f.venue.MatchString(sentence)
}

// reachable finds a mobile number or an address for e-mail in a sentence
// about one patient.
func (f *Finder) reachable(s string) bool {
	for _, re := range []*regexp.Regexp{f.mobile, f.email} {
		for _, m := range re.FindAllStringIndex(s, most) {
			if sentence := sentenceAt(s, m[0], m[1]); f.told.one.MatchString(sentence) && !f.work.MatchString(f.told.one.ReplaceAllString(strings.Replace(sentence, s[m[0]:m[1]], "", 1), "")) {
				return true
			}
		}
	}
	return false
}

func (f *Finder) initialled(s string) bool {
	for _, m := range f.told.initialled.FindAllStringIndex(s, most) {
		sentence := sentenceAt(s, m[0], m[1])
		if (f.told.care.MatchString(sentence) || f.wardEvent.MatchString(sentence)) && !f.told.post.MatchString(sentence) {
			return true
		}
	}
	return false
}
