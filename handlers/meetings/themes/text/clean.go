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
func HasLink(s string) bool { return linkRE.MatchString(emailRE.ReplaceAllString(s, " ")) }

// HasFile tells whether a text names a file such as "plan.docx".
func HasFile(s string) bool { return fileRE.MatchString(s) }

// HasEmail tells whether a text holds an e-mail address.
func HasEmail(s string) bool { return emailRE.MatchString(s) }

// Clean takes away what is not language: addresses, emoji and their codes,
// invisible characters, chat markup. Line breaks stay.
func Clean(s string) string {
	s = zeroRE.ReplaceAllString(s, "")
	s = emailRE.ReplaceAllString(s, " ")
	s = linkRE.ReplaceAllString(s, " ")
	s = fileRE.ReplaceAllString(s, " ")
	s = codeRE.ReplaceAllString(s, " ")
	s = smileyRE.ReplaceAllString(s, " ")
	s = quoteFold.Replace(markdown.Replace(s))
	s = strings.Map(dropSymbol, s)
	return strings.TrimSpace(spacesRE.ReplaceAllString(s, " "))
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
