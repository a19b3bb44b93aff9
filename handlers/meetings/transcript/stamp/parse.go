package stamp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLength is the longest text, in bytes, that can be a stamp.
const maxLength = 80

// Parse reads a text that is nothing but a stamp. It reports false where
// anything else stands in it, or where what stands in it cannot be a date or a
// time.
func Parse(text string) (Stamp, bool) {
	if len(text) > maxLength || !hasDigitOrWord(text) {
		return Stamp{}, false
	}
	p := parser{rest: strings.ToLower(text)}
	for p.skip(); p.rest != ""; p.skip() {
		if !p.step() {
			return Stamp{}, false
		}
	}
	return p.finish()
}

// hasDigitOrWord turns away most lines of a chat at little cost: a stamp has a
// digit, or is one of a few single words.
func hasDigitOrWord(s string) bool {
	return strings.ContainsAny(s, "0123456789") || len(s) < 24
}

type parser struct {
	rest   string
	s      Stamp
	day    int  // a number that may yet be a day
	dydd   bool // the Welsh for "day" came before: Mawrth is Tuesday, not March
	wanted bool // a word came that must be followed by something
}

// skip passes over what only stands between the parts.
func (p *parser) skip() {
	p.rest = strings.TrimLeftFunc(p.rest, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",|·•()[]‏‎-–—", r)
	})
}

// step takes one part off the front.
func (p *parser) step() bool {
	r, _ := utf8.DecodeRuneInString(p.rest)
	if r >= '0' && r <= '9' {
		return p.iso() || p.numeric() || p.clock() || p.number()
	}
	if r == '+' && p.s.Clock {
		return p.offset()
	}
	return p.word()
}

func (p *parser) finish() (Stamp, bool) {
	s := p.s
	if p.day > 0 || p.wanted {
		return Stamp{}, false // a number that belongs to nothing
	}
	if (s.Month > 0) != (s.Day > 0) || s.Year > 0 && !s.HasDay() {
		return Stamp{}, false
	}
	if !s.Clock && !s.HasDay() && !s.Vague() {
		return Stamp{}, false
	}
	return s, valid(s)
}

func valid(s Stamp) bool {
	if s.Hour > 23 || s.Min > 59 || s.Sec > 60 || s.Half != Unsaid && (s.Hour > 12 || s.Hour == 0) {
		// Some programs write "14:03 PM"; the hour speaks for itself.
		if s.Half != PM || s.Hour < 13 || s.Hour > 23 || s.Min > 59 {
			return false
		}
	}
	if s.A > 0 && (s.A > 31 || s.B > 31 || s.A > 12 && s.B > 12) {
		return false
	}
	return s.Day <= 31 && s.Month <= 12 && (s.Year == 0 || s.Year > 1970 && s.Year < 2200)
}

// digits reads up to limit digits at the start of s.
func digits(s string, limit int) (n, width int) {
	for width < len(s) && width < limit && s[width] >= '0' && s[width] <= '9' {
		n = n*10 + int(s[width]-'0')
		width++
	}
	return n, width
}

// ends reports whether no further digit follows.
func ends(s string) bool { return s == "" || s[0] < '0' || s[0] > '9' }

// iso reads 2026-03-12 and 2026/03/12, and the T that may follow.
func (p *parser) iso() bool {
	y, w := digits(p.rest, 5)
	if w != 4 || p.s.HasDay() || len(p.rest) < 8 {
		return false
	}
	sep := p.rest[4]
	m, wm := digits(p.rest[5:], 2)
	if strings.IndexByte("-/.", sep) < 0 || wm == 0 || len(p.rest) <= 5+wm || p.rest[5+wm] != sep {
		return false
	}
	rest := p.rest[6+wm:]
	d, wd := digits(rest, 2)
	if wd == 0 || m == 0 || d == 0 || !ends(rest[wd:]) {
		return false
	}
	p.s.Year, p.s.Month, p.s.Day = y, m, d
	rest = rest[wd:]
	if len(rest) > 1 && rest[0] == 't' && !ends(rest[1:]) {
		rest = rest[1:]
	}
	p.rest = rest
	return true
}

// numeric reads 12/03/2026, 12.03.2026, 12-03-26 and 13/03.
func (p *parser) numeric() bool {
	a, wa := digits(p.rest, 2)
	if wa == 0 || len(p.rest) <= wa+1 || p.s.HasDay() || p.day > 0 {
		return false
	}
	sep := p.rest[wa]
	b, wb := digits(p.rest[wa+1:], 2)
	if strings.IndexByte("/.-", sep) < 0 || wb == 0 || a == 0 || b == 0 {
		return false
	}
	rest := p.rest[wa+1+wb:]
	y, wy := 0, 0
	if rest != "" && rest[0] == sep {
		y, wy = digits(rest[1:], 4)
		if wy != 2 && wy != 4 {
			return false
		}
		rest = rest[1+wy:]
	}
	if wy == 0 && (sep != '/' || rest != "" && rest[0] == ':') || !ends(rest) {
		return false // 14.03 is a time
	}
	if wy == 2 {
		y += 2000
	}
	p.s.A, p.s.B, p.s.Year, p.rest = a, b, y, rest
	p.s.Bare = wa == 1 || wb == 1
	return true
}

// clock reads 13:57, 13:57:09, 13.57, 2:03 pm and 4pm.
func (p *parser) clock() bool {
	if p.s.Clock {
		return false
	}
	h, w := digits(p.rest, 2)
	rest := p.rest[w:]
	m, sec, hasSec := 0, 0, false
	if n, wm := afterSep(rest, ":.h"); wm == 2 {
		m, rest = n, rest[3:]
		if n, ws := afterSep(rest, ":."); ws == 2 {
			sec, hasSec, rest = n, true, fraction(rest[3:])
		}
	} else if half, _ := meridiem(rest); half == Unsaid {
		return false
	}
	if !ends(rest) {
		return false
	}
	half, after := meridiem(rest)
	p.s.Clock, p.s.Hour, p.s.Min, p.s.Sec, p.s.HasSec, p.s.Half = true, h, m, sec, hasSec, half
	p.rest, p.wanted = after, false
	return true
}

// afterSep reads two digits after one of the separators.
func afterSep(s, seps string) (n, width int) {
	if s == "" || strings.IndexByte(seps, s[0]) < 0 {
		return 0, 0
	}
	return digits(s[1:], 2)
}

// fraction passes over .123 after the seconds.
func fraction(s string) string {
	if s == "" || s[0] != '.' && s[0] != ',' {
		return s
	}
	if _, w := digits(s[1:], 9); w > 0 {
		return s[1+w:]
	}
	return s
}

// number reads what may be a day of the month or a year.
func (p *parser) number() bool {
	n, w := digits(p.rest, 4)
	rest := p.rest[w:]
	if !ends(rest) {
		return false
	}
	if w == 4 {
		if p.s.Year > 0 || p.s.A > 0 {
			return false
		}
		p.s.Year, p.rest = n, rest
		return true
	}
	if w > 2 || n == 0 || n > 31 || p.s.HasDay() || p.day > 0 {
		return false
	}
	p.rest = ordinal(rest)
	if p.s.Month > 0 {
		p.s.Day = n
	} else {
		p.day = n
	}
	return true
}

// offset reads +01:00 and +0100.
func (p *parser) offset() bool {
	sign := 1
	if p.rest[0] == '-' {
		sign = -1
	}
	h, w := digits(p.rest[1:], 2)
	if w != 2 {
		return false
	}
	rest := strings.TrimPrefix(p.rest[3:], ":")
	m, wm := digits(rest, 2)
	p.s.Zoned, p.s.Offset, p.rest = true, sign*(h*3600+m*60), rest[wm:]
	return true
}
