package transcript

import (
	"regexp"
	"strings"
)

// Lines that a chat program writes by itself, in English and in Welsh. They
// are matched against whole lines only.
var systemLine = regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
	// the meeting
	`(?:the )?(?:meeting|call|huddle|recording|transcription|live captions?)(?: has| have)? (?:been )?(?:started|stopped|ended|begun|finished|scheduled|cancell?ed|updated|rescheduled|happened)(?:\.|[: ].{0,16}\d.{0,40}| by .{1,120})?`,
	`.{1,160} (?:started|ended|joined|left|stopped|scheduled|cancell?ed) (?:a|an|the|this) (?:meeting|call|huddle|recording|transcription|chat|conversation|channel|group|team)\b.{0,60}`,
	`a huddle (?:started|happened|is in progress).{0,80}`, `meeting (?:notes|recap|chat history)\b.{0,40}`,
	`(?-i:[\p{Lu}\d])[^"?!]{0,160} (?:has |have )?(?:joined|left)(?: as a guest)?\.?`,
	`.{1,160} (?:was|were|has been|have been) (?:added|invited|removed|made an? \w+)(?: (?:to|from|by) .{1,160})?`,
	`.{1,160} (?:has )?(?:added|invited|removed) .{1,160} (?:to|from) (?:the |this |#).{0,120}`,
	`.{1,160} (?:has )?(?:set|changed|updated|cleared|renamed|named) (?:the )?(?:channel|meeting|chat|group|conversation)(?:'s)?(?: (?:topic|name|title|picture|description|purpose))?\b.{0,200}`,
	`.{1,160} (?:has )?(?:un)?pinned (?:a|this) message\b.{0,80}`, `pinned by .{1,160}`, `joined #?[\w-]{1,80}\.?(?: also,.{0,200})?`,
	// the window
	`last read`, `new messages?`, `new`, `unread(?: messages)?`, `(?:show|view|see|hide) (?:more|less|all|thread|replies|newer replies|older replies|translation|original)`,
	`\d{1,4} (?:new |more )?(?:repl(?:y|ies)|messages?|people)\b(?: .{0,40}ago| from .{0,120})?`, `last reply .{1,60}`, `(?:view|open) (?:the )?(?:thread|conversation)`, `also sent to the channel`,
	`replied to a thread:?.{0,200}`, `thread`, `reply`, `repl(?:y|ies) in thread`, `type a (?:new )?message`, `chat`, `shared`, `files`, `recap`, `whiteboard`, `photos`, `participants`, `details`,
	`has context menu`, `meet now`, `join`, `url preview(?: for .{0,200})?`, `link preview(?: for .{0,200})?`, `translated? (?:from .{1,40}|by .{1,40})?`,
	`edited`, `\(edited\)`, `sent`, `seen(?: by .{1,160})?`, `delivered`, `collapse(?: all)?`, `important!?`, `urgent!?`, `copy link`, `more options`, `unmute`, `end of (?:chat|messages)`,
	// Welsh
	`dechreuodd y (?:cyfarfod|alwad|recordiad).{0,60}`, `daeth y (?:cyfarfod|alwad|recordiad) i ben.{0,60}`, `(?:mae'?r )?(?:cyfarfod|galwad) wedi (?:dechrau|gorffen|dod i ben).{0,60}`,
	`(?:mae )?.{1,160} wedi (?:ymuno|gadael)\b.{0,60}`, `ymunodd .{1,160}`, `gadawodd .{1,160}`, `darllenwyd ddiwethaf`, `golygwyd`, `\(golygwyd\)`, `wedi'?i olygu`, `negeseuon newydd`, `newydd`, `sgwrs`, `ffeiliau`,
}, "|") + `)$`)

var deletedLine = regexp.MustCompile(`(?i)^[\[(*_]?(?:` + strings.Join([]string{
	`th(?:is|e) message (?:was|has been|is) (?:deleted|removed)(?: by .{1,120})?`, `message (?:deleted|removed)(?: by .{1,120})?`, `you deleted this message`, `.{1,120} (?:has )?deleted (?:this|a) message`, `deleted`,
	`mae'?r neges hon wedi(?:'i| ei| cael ei) dileu`, `cafodd y neges hon ei dileu`, `dilëwyd y neges hon`, `neges wedi'?i dileu`,
}, "|") + `)\.?[\])*_]?$`)

// isSystem reports a line that the program wrote.
func isSystem(s string) bool {
	s = strings.Trim(s, " \t-–—_*•·|")
	return s != "" && len(s) < 400 && !speaks(s) && systemLine.MatchString(s)
}

// speaks reports a line that begins as people do when they tell something:
// "I was removed from the list" is not the program's.
func speaks(s string) bool {
	first, _, _ := strings.Cut(strings.ToLower(s), " ")
	switch first {
	case "i", "we", "he", "she", "they", "it", "that", "this", "who", "my", "our", "and", "but", "so", "nobody", "everyone", "someone", "has":
		return !strings.HasPrefix(strings.ToLower(s), "has context menu")
	}
	return false
}

// isDeletedLine reports what stands in place of a message that was withdrawn.
func isDeletedLine(s string) bool {
	return len(s) < 300 && deletedLine.MatchString(strings.TrimSpace(s))
}

// isStrictSystem reports a system line that nobody would type, so that it is
// known even where no blank line sets it apart.
func isStrictSystem(s string) bool {
	l := strings.ToLower(s)
	return (strings.HasPrefix(l, "meeting started") || strings.HasPrefix(l, "meeting ended") || strings.HasPrefix(l, "call started") ||
		strings.HasPrefix(l, "call ended") || l == "last read" || l == "has context menu") && isSystem(s)
}

// editedMark takes the word that says so off a line.
func editedMark(s string) (string, bool) {
	for _, mark := range []string{"(edited)", "(Edited)", "(golygwyd)", "(wedi'i olygu)"} {
		if rest, ok := strings.CutSuffix(s, mark); ok {
			return strings.TrimRight(rest, " "), true
		}
	}
	return s, false
}

// isEditedLine reports a line that says nothing but that.
func isEditedLine(s string) bool {
	switch strings.ToLower(strings.Trim(s, "() ")) {
	case "edited", "golygwyd", "wedi'i olygu", "wedi’i olygu":
		return true
	}
	return false
}
