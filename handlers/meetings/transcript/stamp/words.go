package stamp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// months by their English and Welsh names; the Welsh ones also as they stand
// after "o" (o Fawrth). Short forms are found by prefix.
var months = [12][]string{
	{"january", "ionawr"}, {"february", "chwefror"}, {"march", "mawrth", "fawrth"}, {"april", "ebrill"},
	{"may", "mai", "fai"}, {"june", "mehefin", "fehefin"}, {"july", "gorffennaf", "orffennaf"}, {"august", "awst"},
	{"september", "medi", "fedi"}, {"october", "hydref"}, {"november", "tachwedd", "dachwedd"}, {"december", "rhagfyr", "ragfyr"},
}

// weekdays from Monday.
var weekdays = [7][]string{
	{"monday", "llun", "lun"}, {"tuesday", "mawrth", "fawrth"}, {"wednesday", "mercher", "fercher"}, {"thursday", "iau"},
	{"friday", "gwener", "wener"}, {"saturday", "sadwrn"}, {"sunday", "sul"},
}

// zones that a chat in England or Wales may name, in seconds.
var zones = map[string]int{"z": 0, "utc": 0, "gmt": 0, "bst": 3600, "wet": 0, "west": 3600}

// ordinals that may follow a day: 19th, 12fed.
var ordinals = []string{"st", "nd", "rd", "th", "fed", "ed", "ain", "ydd", "eg", "af", "il"}

// halves of the day after a time, the longer first; Welsh after English.
var halves = []struct {
	text string
	half Half
}{
	{"a.m.", AM}, {"p.m.", PM}, {"a.m", AM}, {"p.m", PM}, {"am", AM}, {"pm", PM},
	{"y.b.", AM}, {"y.p.", PM}, {"y.h.", PM}, {"yb", AM}, {"yp", PM}, {"yh", PM},
	{"y bore", AM}, {"y prynhawn", PM}, {"yr hwyr", PM},
}

func meridiem(s string) (Half, string) {
	t := strings.TrimLeftFunc(s, unicode.IsSpace)
	for _, h := range halves {
		if rest, ok := strings.CutPrefix(t, h.text); ok && !letterFirst(rest) {
			return h.half, rest
		}
	}
	return Unsaid, s
}

func letterFirst(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

func ordinal(s string) string {
	for _, o := range ordinals {
		if rest, ok := strings.CutPrefix(s, o); ok && !letterFirst(rest) {
			return rest
		}
	}
	return s
}

// word takes a name of a month, a day or a zone, or a word between the parts.
func (p *parser) word() bool {
	n := 0
	for n < len(p.rest) {
		r, w := utf8.DecodeRuneInString(p.rest[n:])
		if !unicode.IsLetter(r) {
			break
		}
		n += w
	}
	if n == 0 {
		return false
	}
	w := p.rest[:n]
	p.rest = strings.TrimPrefix(p.rest[n:], ".")
	return p.between(w) || p.relative(w) || p.zone(w) || p.monthOrDay(w)
}

// between knows the words that join the parts.
func (p *parser) between(w string) bool {
	switch w {
	case "dydd", "ddydd":
		p.dydd = true
	case "at", "am", "on", "ar", "of", "o", "the", "y":
		p.wanted = !p.s.Clock
		if w == "of" || w == "o" {
			p.wanted = false
		}
	default:
		return false
	}
	return true
}

func (p *parser) relative(w string) bool {
	switch w {
	case "today", "heddiw":
		p.s.Relative, p.s.Back = true, 0
	case "yesterday", "ddoe":
		p.s.Relative, p.s.Back = true, 1
	default:
		return false
	}
	return true
}

func (p *parser) zone(w string) bool {
	off, ok := zones[w]
	if !ok || !p.s.Clock || p.s.Zoned {
		return false
	}
	p.s.Zoned, p.s.Offset = true, off
	return true
}

// monthOrDay reads a month or a weekday. Welsh has one word for March and
// Tuesday: beside a number it is the month, after "dydd" or before it the day.
func (p *parser) monthOrDay(w string) bool {
	month, day := named(months[:], w), named(weekdays[:], w)
	if month > 0 && day > 0 {
		if p.dydd || p.s.Weekday == 0 && p.day == 0 {
			month = 0
		} else {
			day = 0
		}
	}
	switch {
	case month > 0 && p.s.Month == 0 && p.s.A == 0:
		p.s.Month = month
		if p.day > 0 {
			p.s.Day, p.day = p.day, 0
		}
	case day > 0 && p.s.Weekday == 0:
		p.s.Weekday, p.dydd, p.wanted = day, false, false
	default:
		return false
	}
	return true
}

// named finds a word, or its first three letters and more, in a table; the
// number counts from 1.
func named(table [][]string, w string) int {
	for i, names := range table {
		for _, n := range names {
			if n == w || len(w) >= 3 && len(w) <= 5 && strings.HasPrefix(n, w) {
				return i + 1
			}
		}
	}
	return 0
}
