package grammar

import (
	"strings"

	"cymar/handlers/meetings/themes/text"
)

// Phrase is a noun phrase without its determiner.
type Phrase struct {
	Words  []Word
	Head   string // last noun before any "of"
	Det    string // the determiner that stood before it, or ""
	Plural bool
}

// Text gives the phrase as it would be printed within a sentence.
func (p Phrase) Text() string { return Print(p.Words) }

// Phrases gives the noun phrases of a tagged sentence: adjectives and nouns,
// and one "of" with what follows it.
func Phrases(ws []Word) []Phrase {
	var out []Phrase
	for i := 0; i < len(ws); i++ {
		end := nounRun(ws, i)
		if end == 0 {
			continue
		}
		from := skipEmpty(ws, i, end)
		p := Phrase{Words: ws[from:end], Head: ws[end-1].Lower, Det: detBefore(ws, i)}
		p.Plural = isPlural(loadLexis(), p.Head)
		if end+1 < len(ws) && ws[end].Lower == "of" {
			if more := nounRun(ws, end+1); more > 0 && ws[more-1].Tag == Noun {
				p.Words = ws[from:more]
				end = more
			}
		}
		out = append(out, p)
		i = end - 1
	}
	return out
}

// nounRun gives the end of the run of adjectives and nouns that begins at i
// and ends with a noun, or 0.
func nounRun(ws []Word, i int) int {
	end := 0
	for j := i; j < len(ws); j++ {
		switch ws[j].Tag {
		case Noun:
			end = j + 1
			if strings.HasSuffix(ws[j].Lower, "'s") || strings.HasSuffix(ws[j].Lower, "s'") {
				end = 0
			}
		case Adj:
			if end > 0 {
				return end
			}
		case IngV:
			if end > 0 || j+1 >= len(ws) || ws[j+1].Tag != Noun || j > i {
				return end
			}
		default:
			return end
		}
	}
	return end
}

// skipEmpty leaves out adjectives at the beginning that say nothing.
func skipEmpty(ws []Word, from, end int) int {
	for from < end-1 && (emptyAdj[ws[from].Lower] || ws[from].Tag == Num) {
		from++
	}
	return from
}

var emptyAdj = map[string]bool{"good": true, "great": true, "big": true, "little": true, "own": true, "same": true, "other": true, "first": true,
	"last": true, "next": true, "real": true, "whole": true, "right": true, "nice": true, "lovely": true, "sure": true, "only": true, "best": true,
	"worst": true, "actual": true, "quick": true, "small": true, "bad": true, "huge": true, "massive": true, "amazing": true, "brilliant": true,
	"wrong": true, "different": true, "certain": true, "main": true, "key": true, "such": true, "proper": true, "entire": true, "fab": true,
	"interesting": true, "excellent": true, "horrible": true, "odd": true, "silly": true, "stupid": true, "daft": true, "poor": true, "lucky": true,
	"glad": true, "happy": true, "sorry": true, "hard": true, "enough": true, "most": true, "particular": true, "past": true, "late": true}

func detBefore(ws []Word, i int) string {
	if i > 0 && (ws[i-1].Tag == Det || ws[i-1].Tag == Poss) {
		return ws[i-1].Lower
	}
	return ""
}

// Print gives words as running text.
func Print(ws []Word) string {
	var b strings.Builder
	for i, w := range ws {
		if i > 0 && (w.Tag != Mark || w.Text == "(" || w.Text == "-") {
			b.WriteByte(' ')
		}
		if i+1 < len(ws) && ws[i+1].Lower == "wales" && (w.Lower == "north" || w.Lower == "south" || w.Lower == "west" || w.Lower == "mid") {
			b.WriteString(text.UpperFirst(w.Lower))
			continue
		}
		b.WriteString(shown(w))
	}
	return b.String()
}

// shown gives a word as it is printed within a sentence: capitals only where
// they belong.
func shown(w Word) string {
	if w.Text == "Black" || w.Upper && (w.Text == "March" || w.Text == "May") {
		return w.Text // of people, and of months; typed with a capital
	}
	if c, ok := capitals[w.Lower]; ok {
		return c
	}
	if strings.ToUpper(w.Text) == w.Text && len(w.Text) > 1 && w.Text != strings.ToLower(w.Text) && !Known(w.Lower) {
		return w.Text // an abbreviation
	}
	return w.Lower
}

var capitals = map[string]string{"nhs": "NHS", "psw": "PSW", "psws": "PSWs", "wales": "Wales", "england": "England", "scotland": "Scotland", "welsh": "Welsh",
	"english": "English", "british": "British", "teams": "teams", "camhs": "CAMHS", "cmht": "CMHT", "cmhts": "CMHTs", "mdt": "MDT", "mdts": "MDTs", "dbs": "DBS", "hr": "HR",
	"ai": "AI", "ig": "IG", "jd": "JD", "jds": "JDs", "le": "LE", "ot": "OT", "ots": "OTs", "gdpr": "GDPR", "dpia": "DPIA", "dpias": "DPIAs", "mou": "MoU", "mous": "MoUs", "sop": "SOP", "sops": "SOPs", "gp": "GP", "gps": "GPs", "a&e": "A&E",
	"lgbtq": "LGBTQ", "lgbt": "LGBT", "icb": "ICB", "icbs": "ICBs", "cpd": "CPD", "qi": "QI", "wrap": "WRAP", "adhd": "ADHD", "bsl": "BSL", "urdu": "Urdu",
	"polish": "Polish", "arabic": "Arabic", "punjabi": "Punjabi", "asian": "Asian", "muslim": "Muslim", "whatsapp": "WhatsApp", "discord": "Discord",
	"minecraft": "Minecraft", "it": "it", computing: "IT", "uk": "UK", "us": "us", "pip": "PIP", "pcref": "PCREF", "afc": "AfC", "hca": "HCA", "hcas": "HCAs", "ebe": "EbE", "rct": "RCT", "mp": "MP",
	"phd": "PhD", "tv": "TV", "monday": "Monday", "tuesday": "Tuesday", "wednesday": "Wednesday", "thursday": "Thursday", "friday": "Friday", "saturday": "Saturday", "sunday": "Sunday",
	"january": "January", "february": "February", "april": "April", "june": "June", "july": "July", "august": "August", "september": "September", "october": "October",
	"november": "November", "december": "December", "ramadan": "Ramadan", "eid": "Eid", "christmas": "Christmas", "easter": "Easter", "deaf": "Deaf", "i": "I", "ict": "ICT", "cv": "CV", "cvs": "CVs",
	"sms": "SMS", "imroc": "ImROC", "hee": "HEE", "heiw": "HEIW", "nice": "nice", "who": "who", "may": "may", "march": "march", "mbu": "MBU", "mbus": "MBUs", "eip": "EIP", "iapt": "IAPT", "dbt": "DBT", "cbt": "CBT"}

// Capital tells whether a word is always written with a capital, and known.
func Capital(lower string) bool {
	c, ok := capitals[lower]
	return ok && c != lower
}

// Article gives "a" or "an" for a phrase.
func Article(phrase string) string {
	first, _, _ := strings.Cut(strings.ToLower(phrase), " ")
	return aOrAn(first)
}

// IsNoun tells whether a lower-case word is known as a noun.
func IsNoun(w string) bool { return loadLexis().forms[w].kinds&kNoun != 0 }
