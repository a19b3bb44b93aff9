package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is the longest display name, in bytes: trusts' names stand in some.
const maxName = 180

// plausibleName reports whether a line could be a display name. Many are not
// names of people: "iPhone (3)", "Meeting Room 4 Tamebank (Guest)", "k.a.",
// "V", a telephone number.
func plausibleName(s string) bool {
	if s == "" || len(s) > maxName || strings.Contains(s, "://") || strings.Contains(s, ": ") || strings.ContainsAny(s, "\n\t?=<>{}") {
		return false
	}
	outside := strings.TrimSpace(outsideBrackets(s))
	if len(strings.Fields(outside)) > 8 || !hasLetterOrDigit(outside) && !hasLetterOrDigit(s) {
		return false
	}
	if isSystem(s) || isBadge(s) || reactionLine(s) {
		return false
	}
	return !endsSentence(s)
}

// endsSentence reports punctuation at the end that names do not have; an
// initial may have a full stop.
func endsSentence(s string) bool {
	last, size := utf8.DecodeLastRuneInString(s)
	switch last {
	case '!', ':', ';', ',', '…', '"', '”':
		return true
	case '.':
		words := strings.Fields(s[:len(s)-size])
		w := words[len(words)-1]
		return utf8.RuneCountInString(w) > 3 && !strings.Contains(w, ".") && !strings.EqualFold(w, "prof")
	}
	return false
}

func hasLetterOrDigit(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// isBadge knows the words that stand beside a name.
func isBadge(s string) bool {
	switch strings.ToLower(strings.Trim(s, "()[] ")) {
	case "app", "bot", "guest", "external", "unverified", "organizer", "organiser", "presenter", "owner", "workflow", "trefnydd", "gwestai", "allanol":
		return true
	}
	return false
}

// nameAndText divides "Name: text". Colon is false where the whole is a name.
func nameAndText(s string) (name, text string, colon, ok bool) {
	s = strings.TrimSpace(s)
	if before, after, found := strings.Cut(s, ":"); found && (after == "" || after[0] == ' ' || after[0] == '\t') {
		before = strings.TrimSpace(before)
		return before, strings.TrimSpace(after), true, plausibleName(before)
	}
	return s, "", false, plausibleName(s)
}
