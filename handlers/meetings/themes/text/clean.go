package text

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	linkRE    = regexp.MustCompile(`(?i)(?:https?://|www\.)\S+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:example|org|com|uk|net|wales|cymru)(?:/\S*)?`)
	emailRE   = regexp.MustCompile(`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`)
	codeRE    = regexp.MustCompile(`:[a-z0-9_+'-]*[a-z_+][a-z0-9_+'-]*:`)
	smileyRE  = regexp.MustCompile(`(?:^|\s)[:;=]-?[)(DPp]+`)
	fileRE    = regexp.MustCompile(`(?i)\b[\w-]+\.(?:docx?|pdf|pptx?|xlsx?|csv|odt)\b`)
	spacesRE  = regexp.MustCompile(`[ \t\x{00a0}]+`)
	zeroRE    = regexp.MustCompile(`[\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2060}-\x{2069}\x{feff}\x{00ad}]`)
	markdown  = strings.NewReplacer("*", "", "~~", "", "`", "")
	quoteFold = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`)
)

// HasLink tells whether a text holds a web address.
func HasLink(s string) bool { return addressed(s) && linkRE.MatchString(without(emailRE, s)) }

// HasFile tells whether a text names a file such as "plan.docx".
func HasFile(s string) bool { return addressed(s) && fileRE.MatchString(s) }

// HasEmail tells whether a text holds an e-mail address.
func HasEmail(s string) bool { return strings.Contains(s, "@") && emailRE.MatchString(s) }

// Clean takes away what is not language: addresses, emoji and their codes,
// invisible characters, chat markup. Line breaks stay.
func Clean(s string) string {
	if !plain(s) {
		s = zeroRE.ReplaceAllString(s, "")
	}
	if addressed(s) {
		s = without(fileRE, without(linkRE, without(emailRE, s)))
	}
	if strings.ContainsAny(s, ":;=") {
		s = without(smileyRE, without(codeRE, s))
	}
	s = quoteFold.Replace(markdown.Replace(s))
	s = strings.Map(dropSymbol, s)
	if !plain(s) || strings.Contains(s, "  ") || strings.Contains(s, "\t") {
		s = spacesRE.ReplaceAllString(s, " ")
	}
	return strings.TrimSpace(s)
}

func without(re *regexp.Regexp, s string) string { return re.ReplaceAllString(s, " ") }

// addressed tells whether a text can hold an address or the name of a file at
// all, so that most messages are spared the search for them.
func addressed(s string) bool {
	for i := 0; i+1 < len(s); i++ {
		if s[i] == '.' && s[i+1] > ' ' || s[i] == '/' && s[i+1] == '/' {
			return true
		}
	}
	return false
}

// plain tells whether a text is in ASCII.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func dropSymbol(r rune) rune {
	switch {
	case r == '+' || r == '=' || r == '£' || r == '<' || r == '>' || r == '|' || r == '~':
		return r
	case unicode.Is(unicode.So, r), unicode.Is(unicode.Sk, r) && r > 0xff, r >= 0xfe00 && r <= 0xfe0f, r >= 0x1f3fb && r <= 0x1f3ff:
		return ' '
	}
	return r
}
