package lists

import (
	"regexp"
	"strings"

	"cymar/handlers/meetings/themes/grammar"
	"cymar/handlers/meetings/themes/reading"
)

// object gives what somebody asks to be sent or posted, whatever it is: "please
// share the zine".
func (d *drawer) object(i int) resource {
	for _, s := range d.c.Lines[i].Sentences {
		ws := grammar.Parse(s.Text)
		for _, p := range grammar.Phrases(ws) {
			if p.Det == "" || p.Det == "my" || p.Det == "our" || grammar.IsPerson(p.Head) || !grammar.Known(p.Head) || notPassedOn[strings.TrimSuffix(p.Head, "s")] || !passed(ws, p) {
				continue
			}
			if text := d.rules.Thing(ws, p); text != "" {
				return resource{text: text, head: d.c.Stemmer.Stem(p.Head)}
			}
		}
	}
	return resource{}
}

// passed tells whether a phrase is the object of a verb of passing on.
func passed(ws []grammar.Word, p grammar.Phrase) bool {
	for i := range ws {
		if &ws[i] != &p.Words[0] {
			continue
		}
		for k := i - 1; k >= 0 && k >= i-3; k-- {
			switch ws[k].Lower {
			case "share", "send", "post", "paste", "circulate", "forward", "upload":
				return true
			case "the", "a", "an", "that", "this", "those", "these", "your", "their", "me", "us", "round", "over":
			default:
				return false
			}
		}
	}
	return false
}

// notPassedOn are what people share without handing anything over.
var notPassedOn = stemless(`view experience thought idea screen email address contact story feeling concern space slot time room office desk load responsibility information news message
	question answer day job post post-it learning practice reflection worry pain cost risk work love joy word number name detail`)

func stemless(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// coming is of what is not there yet: "will put it in Files tonight".
var coming = regexp.MustCompile(`(?i)\b(?:will|i'?ll|we'?ll|going to|need to|needs to|once|when i|anfona|yrra|posta i)\b`)

// toCome tells whether a line only says that something will be handed over.
func toCome(l *reading.Line) bool {
	return coming.MatchString(strings.ReplaceAll(l.Clean, "’", "'"))
}

// hands is how somebody begins who gives a wording: "ours:", "here's what we
// send:", "pasting main bit:".
var hands = regexp.MustCompile(`(?i)(?:^|[\s,.])(?:ours|mine|here'?s (?:what we|how we|our|the)[^:?]{0,40}|here (?:it|they) (?:is|are)|past(?:ing|ed)[^:?]{0,40}|copied[^:?]{0,30}|as promised|dyma[^:?]{0,40}|wording)\s*:\s*(?s:(.+))$`)

// opens tells whether a sentence ends where the wording itself begins.
func opens(s string) bool {
	return strings.HasSuffix(strings.TrimSpace(s), ":") && hands.MatchString(s+" x")
}

// beforeWording leaves out of a sentence the wording that it hands over.
func beforeWording(s string) string {
	if at := hands.FindStringSubmatchIndex(strings.ReplaceAll(s, "’", "'")); at != nil && !strings.Contains(s, "’") {
		return s[:at[2]]
	}
	return s
}

// measured leaves out of a phrase what a number before it counts ("the four page
// form") and who comes after the thing ("a letter people can use").
func measured(ws, words []grammar.Word, thing string) []grammar.Word {
	for i := range ws {
		if &ws[i] == &words[0] && i > 0 && ws[i-1].Tag == grammar.Num && len(words) > 1 && words[0].Lower != thing && counted[words[0].Lower] {
			words = words[1:]
			break
		}
	}
	for i := range words {
		if words[i].Lower == thing && i+1 < len(words) && grammar.IsPerson(words[i+1].Lower) {
			return words[:i+1]
		}
	}
	return words
}

// counted are units in which a thing is measured.
var counted = stemless("page side column minute hour day week step line part point question")

// handsOver tells whether a line gives the wording itself, after such a start.
func handsOver(l *reading.Line) bool {
	m := hands.FindStringSubmatch(strings.ReplaceAll(l.Raw, "’", "'"))
	if m == nil || l.Question && !strings.Contains(l.Raw, ">") {
		return false
	}
	return len(strings.Fields(m[1])) >= 8
}

// welshThing gives what a line in Welsh asks for or hands over, in English.
func welshThing(l *reading.Line) resource {
	for k, w := range l.Words {
		r, ok := inWelsh[w]
		if !ok {
			continue
		}
		if (w == "fersiwn" || w == "copi" || w == "gopi") && k+1 < len(l.Words) && strings.HasPrefix(l.Words[k+1], "gymraeg") {
			return resource{text: "a Welsh version", head: "version"}
		}
		return r
	}
	return resource{}
}

var inWelsh = map[string]resource{
	"sleidiau": {text: "slides", head: "slide"}, "polisi": {text: "the policy", head: "polici"}, "bolisi": {text: "the policy", head: "polici"},
	"templed": {text: "a template", head: "templat"}, "dempled": {text: "a template", head: "templat"}, "taflen": {text: "a leaflet", head: "leaflet"},
	"daflen": {text: "a leaflet", head: "leaflet"}, "geirfa": {text: "a glossary", head: "glossari"}, "ffurflen": {text: "a form", head: "form"},
	"fersiwn": {text: "a version", head: "version"}, "copi": {text: "a copy", head: "copi"}, "gopi": {text: "a copy", head: "copi"},
	"canllaw": {text: "guidance", head: "guidanc"}, "canllawiau": {text: "guidance", head: "guidanc"},
}
