package transcript

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// reactionNames of Teams, from the emoji that stand for them and from Welsh.
var reactionNames = map[string]string{
	"👍": "like", "❤": "heart", "😆": "laugh", "😂": "laugh", "😮": "surprised", "😢": "sad", "😡": "angry", "😠": "angry",
	"like": "like", "heart": "heart", "laugh": "laugh", "surprised": "surprised", "sad": "sad", "angry": "angry",
	"thumbsup": "thumbsup", "+1": "+1", "hoffi": "like", "calon": "heart", "chwerthin": "laugh", "syndod": "surprised", "trist": "sad", "dig": "angry",
	"love": "heart", "surprise": "surprised", "yes": "like", "thumbs up": "like",
}

// reactionName is the one name that a reaction has in a transcript.
func reactionName(s string) string {
	s = strings.Trim(strings.TrimSpace(strings.ReplaceAll(s, "\ufe0f", "")), ":")
	s = strings.TrimRight(s, "🏻🏼🏽🏾🏿")
	if n, ok := reactionNames[strings.ToLower(s)]; ok {
		return n
	}
	return s
}

var (
	emojiCode   = regexp.MustCompile(`^:[a-z0-9_+'-]{1,60}:(?::skin-tone-\d:)?$`)
	spokenCount = regexp.MustCompile(`(?i)^(\d{1,5}) (?:(.{1,40}) reactions?|adweithiau? (.{1,40}))\.?$`)
	codeCount   = regexp.MustCompile(`(:[a-z0-9_+'-]{1,60}:)(\d)`)
)

// isEmoji reports a text of emoji only.
func isEmoji(s string) bool {
	found := false
	for _, r := range s {
		switch {
		case r == 0x200d || r == 0xfe0f || r == 0x20e3 || r >= 0xe0020 && r <= 0xe007f || r >= 0x1f3fb && r <= 0x1f3ff:
		case r >= 0x1f000 || r >= 0x2190 && r <= 0x2bff || r == 0x3030 || r == 0x303d || r == 0xa9 || r == 0xae:
			found = true
		default:
			return false
		}
	}
	return found
}

// isReactionToken reports what a reaction is called: an emoji, a code between
// colons, or one of Teams' six words.
func isReactionToken(s string) bool {
	if isEmoji(s) || emojiCode.MatchString(s) {
		return true
	}
	switch strings.ToLower(s) {
	case "like", "heart", "laugh", "surprised", "sad", "angry", "hoffi", "calon", "chwerthin", "syndod", "trist", "dig":
		return true
	}
	return false
}

type counted struct {
	name string
	n    int
}

// countedReactions reads a line such as "👍 4", "like 4", ":wave: 6" or
// "👍 4 ❤️ 2". It reports false where anything else stands in it.
func countedReactions(s string) ([]counted, bool) {
	fields := strings.Fields(loosen(codeCount.ReplaceAllString(s, "$1 $2")))
	if len(fields) < 2 || len(fields) > 40 || len(fields)%2 != 0 {
		return nil, false
	}
	var all []counted
	for i := 0; i < len(fields); i += 2 {
		n, err := strconv.Atoi(strings.Trim(fields[i+1], "x×()"))
		if err != nil || n < 1 || n > 99999 || !isReactionToken(fields[i]) {
			return nil, false
		}
		all = append(all, counted{reactionName(fields[i]), n})
	}
	return all, true
}

// loosen puts a space between an emoji and the number behind it: "👍4".
func loosen(s string) string {
	var b strings.Builder
	var last rune
	for _, r := range s {
		if unicode.IsDigit(r) && last > 0x2190 {
			b.WriteByte(' ')
		} else if r > 0x2190 && r != 0xfe0f && r != 0x200d && unicode.IsDigit(last) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// reactionLine reports a line that only counts reactions.
func reactionLine(s string) bool {
	_, ok := countedReactions(s)
	return ok || spokenCount.MatchString(s)
}

// tailReactions takes the lines that count reactions off the end of a
// message. Keep is how many lines of text have to stay: a message may be one
// emoji.
func tailReactions(lines []string, keep int) (rest []string, all []counted) {
	for len(lines) > keep {
		n, group := lastReaction(lines)
		if n == 0 || len(lines)-n < keep {
			break
		}
		lines = lines[:len(lines)-n]
		all = append(all, group...)
	}
	return lines, all
}

// lastReaction reads one reaction from the last lines and tells how many it
// takes: "👍 4"; ":wave:" and "6"; "👍", "4 Like reactions." and "4".
func lastReaction(lines []string) (int, []counted) {
	last := strings.TrimSpace(lines[len(lines)-1])
	if group, ok := countedReactions(last); ok {
		return 1, group
	}
	before := func(i int) string {
		if len(lines) < i {
			return ""
		}
		return strings.TrimSpace(lines[len(lines)-i])
	}
	if m := spokenCount.FindStringSubmatch(last); m != nil {
		n, _ := strconv.Atoi(m[1])
		size := 1
		if isReactionToken(before(2)) {
			size = 2
		}
		return size, []counted{{reactionName(m[2] + m[3]), n}}
	}
	n, err := strconv.Atoi(last)
	if err != nil || n < 1 || n > 99999 {
		return 0, nil
	}
	if m := spokenCount.FindStringSubmatch(before(2)); m != nil && m[1] == last {
		size := 2
		if isReactionToken(before(3)) {
			size = 3
		}
		return size, []counted{{reactionName(m[2] + m[3]), n}}
	}
	if isReactionToken(before(2)) && (isEmoji(before(2)) || emojiCode.MatchString(before(2))) {
		return 2, []counted{{reactionName(before(2)), n}}
	}
	return 0, nil
}
